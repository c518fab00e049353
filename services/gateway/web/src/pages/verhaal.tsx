// One tip or story of a city, and which other cities took it over.
import { useEffect, useState } from 'preact/hooks';
import { all } from '../lib/all';
import { command, get, may, me, replace, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, link, word, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done, acts, useTitle } from '../lib/step';
import { A, Badge, Crumbs, Fictional, Heading, State, Waiting } from '../lib/ui';
import type { Adoption, Me, Story } from '../gen/api';
import { AdoptForm, Adoptions } from '../roadmap/adoptions';
import { StoryForm } from '../roadmap/storyform';

export const meta: Meta = {
  title: { nl: 'Verhaal', en: 'Story' },
  about: {
    nl: 'Een tip of succesverhaal van een stad over sociaal ondernemen.',
    en: 'A tip or success story of a city about social enterprise.',
  },
  data: { operation: 'story_get', path: '/stories/{id}' },
};

const texts = dictionary(
  {
    roadmap: 'Roadmap',
    by: 'Van',
    problem: 'Wat was er aan de hand?',
    approach: 'Wat heeft de stad gedaan?',
    result: 'Wat leverde het op?',
    adoptions: 'Overgenomen door andere steden',
    none: 'Nog geen andere stad heeft dit overgenomen.',
    publish: 'Verhaal publiceren',
    published: 'Het verhaal staat nu op de roadmap.',
    retire: 'Verhaal intrekken',
    retired: 'Het verhaal is ingetrokken.',
    saved: 'Het concept is bewaard.',
  },
  {
    roadmap: 'Roadmap',
    by: 'By',
    problem: 'What was the matter?',
    approach: 'What did the city do?',
    result: 'What came of it?',
    adoptions: 'Adopted by other cities',
    none: 'No other city has adopted this yet.',
    publish: 'Publish the story',
    published: 'The story is on the roadmap now.',
    retire: 'Retire the story',
    retired: 'The story is retired.',
    saved: 'The draft is saved.',
  },
);

const StoryView = ({ given, lang }: { given: Stored<Story>; lang: Lang }) => {
  const t = texts(lang);
  const [story, setStory] = useState(given);
  useTitle(story.title, lang);
  const [who, setWho] = useState<Me>({});
  const [adoptions, setAdoptions] = useState<Stored<Adoption>[]>([]);
  const [said, setSaid] = useState('');

  const loadAdoptions = async () => {
    setAdoptions(await all<Adoption>('/adoptions', { storyId: given.id }));
  };
  useEffect(() => {
    void me().then(setWho);
    loadAdoptions().catch(() => setAdoptions([]));
  }, [given]);

  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    setStory(await get<Stored<Story>>(`/stories/${given.id}`));
    await loadAdoptions();
    setSaid(done);
  };
  const own = who.organisation_id === story.city_id;
  const mayAdopt =
    acts(who, 'POLICY') &&
    !own &&
    story.state === 'published' &&
    adoptions.every((adoption) => adoption.city_id !== who.organisation_id);
  const part = (title: string, text: string | undefined) =>
    text && (
      <>
        <Heading level={2} look={3}>
          {title}
        </Heading>
        <p class="mw-long">{text}</p>
      </>
    );
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.roadmap, '/roadmap/'], [story.title]]} />
      <Heading level={1}>{story.title}</Heading>
      <p class="mw-states">
        <Badge tone="brand">{word('story_kind', story.kind, lang)}</Badge>{' '}
        <Badge>{word('roadmap_theme', story.theme, lang)}</Badge>{' '}
        {story.state !== 'published' && (
          <State list="story_state" state={story.state} lang={lang} />
        )}{' '}
        <Fictional on={story.fictional} lang={lang} />
      </p>
      <p>
        {t.by}{' '}
        <A href={`${link('/stad/', lang)}?municipality=${story.municipality}`}>{story.city_name}</A>
      </p>
      <Done text={said} />
      <div class="mw-actions">
        {may(story, 'publish') && (
          <Act
            lang={lang}
            label={t.publish}
            act={() => act(t.published, () => command('/stories', story, 'publish'))}
          />
        )}
        {may(story, 'put') && (
          <StoryForm
            key={story.version}
            lang={lang}
            draft={story}
            send={(body) =>
              act(t.saved, () => replace<Story>(`/stories/${story.id}`, story.version, body))
            }
          />
        )}
        {may(story, 'retire') && (
          <Act
            lang={lang}
            kind="secondary"
            label={t.retire}
            act={() => act(t.retired, () => command('/stories', story, 'retire'))}
          />
        )}
        {mayAdopt && <AdoptForm story={story} lang={lang} act={act} />}
      </div>
      <div class="mw-tale">
        {part(t.problem, story.problem)}
        {part(t.approach, story.approach)}
        {part(t.result, story.result)}
      </div>
      <section class="mw-section" aria-labelledby="adoptions">
        <Heading level={2} id="adoptions">
          {t.adoptions}
        </Heading>
        {adoptions.length === 0 && <p class="mw-quiet">{t.none}</p>}
        <Adoptions adoptions={adoptions} lang={lang} act={act} />
      </section>
    </div>
  );
};

export default function StoryDetailPage({ lang, d, fault }: PageProps<Stored<Story>>) {
  return d ? (
    <StoryView given={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
