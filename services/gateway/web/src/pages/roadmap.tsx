// The roadmap: what cities pass on to each other by theme, and how far each of them is.
import { useEffect, useState } from 'preact/hooks';
import { all } from '../lib/all';
import { create, get, me, queryOf } from '../lib/api';
import { SelectField } from '../lib/form';
import { dictionary, link, number, word, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { acts } from '../lib/step';
import { A, Button, ButtonLink, Crumbs, Heading, P, Waiting } from '../lib/ui';
import type { Assessment, Me, MunicipalityPage, Story, StoryPage } from '../gen/api';
import { CityTable, themes } from '../roadmap/levels';
import { StoryCards } from '../roadmap/stories';
import { StoryForm } from '../roadmap/storyform';

export const meta: Meta = {
  title: { nl: 'Roadmap', en: 'Roadmap' },
  about: {
    nl: 'Tips en succesverhalen van steden over sociaal ondernemen, per thema.',
    en: 'Tips and success stories of cities about social enterprise, by theme.',
  },
  data: { operation: 'story_list', path: '/stories' },
};

const texts = dictionary(
  {
    lead:
      'Steden leren van elkaar hoe zij sociaal ondernemers verder helpen. Drie thema’s, per ' +
      'thema tips en verhalen, en per stad hoe ver zij is.',
    procurement: 'Hoe koopt een stad in bij sociaal ondernemers?',
    account: 'Wie is het gezicht van de gemeente voor een sociaal ondernemer?',
    ecosystem: 'Hoe vinden ondernemers, geldgevers en kennis elkaar?',
    filter: 'Kies een thema',
    allThemes: 'Alle thema’s',
    city: 'Stad',
    show: 'Toon',
    clear: 'Alle steden',
    stories: 'Tips en verhalen',
    found: (count: string) => `${count} gevonden`,
    none: 'Er is niets gevonden. Kies een ander thema of een andere stad.',
    next: 'Volgende verhalen',
  },
  {
    lead:
      'Cities learn from each other how to help social entrepreneurs. Three themes, tips and ' +
      'stories for each, and for each city how far it is.',
    procurement: 'How does a city buy from social entrepreneurs?',
    account: 'Who is the face of the municipality for a social entrepreneur?',
    ecosystem: 'How do entrepreneurs, money and knowledge find each other?',
    filter: 'Choose a theme',
    allThemes: 'All themes',
    city: 'City',
    show: 'Show',
    clear: 'All cities',
    stories: 'Tips and stories',
    found: (count: string) => `${count} found`,
    none: 'Nothing was found. Choose another theme or another city.',
    next: 'Next stories',
  },
);

interface Choice {
  theme?: string | undefined;
  municipality?: string | undefined;
}

const chosen = (): Choice => {
  const query = new URLSearchParams(location.search);
  return {
    theme: query.get('theme') ?? undefined,
    municipality: query.get('municipality') ?? undefined,
  };
};

interface FilterProps {
  choice: Choice;
  cities: MunicipalityPage['items'];
  lang: Lang;
}

const Filters = ({ choice, cities, lang }: FilterProps) => {
  const t = texts(lang);
  const [municipality, setMunicipality] = useState(choice.municipality ?? '');
  const address = (one: Choice) => link('/roadmap/', lang) + queryOf({ ...one });
  const apply = (event: Event) => {
    event.preventDefault();
    location.assign(address({ ...choice, municipality: municipality || undefined }));
  };
  const tab = (theme: string | undefined, label: string) => (
    <li>
      <a href={address({ ...choice, theme })} aria-current={choice.theme === theme || undefined}>
        {label}
      </a>
    </li>
  );
  return (
    <div class="mw-storyfilter">
      <nav aria-label={t.filter}>
        <ul class="mw-tabs">
          {tab(undefined, t.allThemes)}
          {themes.map((theme) => tab(theme, word('roadmap_theme', theme, lang)))}
        </ul>
      </nav>
      <form onSubmit={apply}>
        <SelectField
          name="municipality"
          lang={lang}
          label={t.city}
          value={municipality}
          onValue={setMunicipality}
          options={cities.map(({ code, name }) => [code, name])}
        />
        <Button submit kind="secondary">
          {t.show}
        </Button>
        {choice.municipality && <A href={address({ theme: choice.theme })}>{t.clear}</A>}
      </form>
    </div>
  );
};

const RoadmapView = ({ page, lang }: { page: StoryPage; lang: Lang }) => {
  const t = texts(lang);
  const choice = chosen();
  const [who, setWho] = useState<Me>({});
  const [cities, setCities] = useState<MunicipalityPage['items']>([]);
  const [assessments, setAssessments] = useState<Assessment[]>([]);
  useEffect(() => {
    void me().then(setWho);
    get<MunicipalityPage>('/municipalities')
      .then((found) => setCities(found.items))
      .catch(() => setCities([]));
    all<Assessment>('/assessments', {})
      .then(setAssessments)
      .catch(() => setAssessments([]));
  }, []);
  const write = async (body: Partial<Story>) => {
    const made = await create<Story>('/stories', body);
    location.assign(`${link('/verhaal/', lang)}?id=${made.id}`);
  };
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{t.lead}</P>
      <ul class="mw-grid3 mw-themes">
        {themes.map((theme) => (
          <li key={theme}>
            <Heading level={2} look={4}>
              {word('roadmap_theme', theme, lang)}
            </Heading>
            <p>{t[theme]}</p>
          </li>
        ))}
      </ul>
      <section class="mw-section" aria-labelledby="stories">
        <div class="mw-section__head">
          <Heading level={2} id="stories">
            {t.stories}
          </Heading>
          {page.total !== undefined && <p>{t.found(number(page.total, lang))}</p>}
        </div>
        <Filters choice={choice} cities={cities} lang={lang} />
        {acts(who, 'POLICY') && (
          <div class="mw-actions">
            <StoryForm lang={lang} send={write} />
          </div>
        )}
        {page.items.length === 0 && <p class="mw-quiet">{t.none}</p>}
        <StoryCards stories={page.items} level={3} lang={lang} />
        {page.next && (
          <div class="mw-actions">
            <ButtonLink kind="secondary" href={queryOf({ ...choice, cursor: page.next })}>
              {t.next}
            </ButtonLink>
          </div>
        )}
      </section>
      <CityTable assessments={assessments} lang={lang} />
    </div>
  );
};

export default function RoadmapPage({ lang, d, fault }: PageProps<StoryPage>) {
  return d ? (
    <RoadmapView page={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
