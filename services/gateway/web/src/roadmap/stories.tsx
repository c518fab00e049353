// Stories as cards.
import { dictionary, link, number, word, type Lang } from '../lib/i18n';
import { A, Badge, Fictional, Heading, State } from '../lib/ui';
import type { Story } from '../gen/api';

const texts = dictionary(
  {
    by: 'Van',
    adoptions: (count: string, one: boolean) =>
      `Overgenomen door ${count} ${one ? 'stad' : 'steden'}`,
  },
  {
    by: 'By',
    adoptions: (count: string, one: boolean) => `Adopted by ${count} ${one ? 'city' : 'cities'}`,
  },
);

interface StoryCardsProps {
  stories: Story[];
  level: 3 | 4;
  lang: Lang;
}

export const StoryCards = ({ stories, level, lang }: StoryCardsProps) => {
  const t = texts(lang);
  return (
    <ul class="mw-stories">
      {stories.map((story) => (
        <li key={story.id} class="mw-story">
          <p class="mw-story__kind">
            <Badge tone="brand">{word('story_kind', story.kind, lang)}</Badge>{' '}
            {story.state !== 'published' && (
              <State list="story_state" state={story.state} lang={lang} />
            )}{' '}
            <Fictional on={story.fictional} lang={lang} />
          </p>
          <Heading level={level} look={4}>
            <A href={`${link('/verhaal/', lang)}?id=${story.id}`}>{story.title}</A>
          </Heading>
          <p class="mw-story__text">{story.problem}</p>
          <p class="mw-quiet">
            {`${t.by} ${story.city_name ?? ''} · ${word('roadmap_theme', story.theme, lang)}`}
          </p>
          {(story.adoptions ?? 0) > 0 && (
            <p class="mw-story__adopted">
              {t.adoptions(number(story.adoptions ?? 0, lang), story.adoptions === 1)}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
};
