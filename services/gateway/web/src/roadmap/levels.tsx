// Levels of cities on the three themes. Three numbers, never averaged; missing is not zero.
import { LevelDots } from '../lib/charts';
import { date, dictionary, link, word, wordsOf, type Lang } from '../lib/i18n';
import { A, Heading, Table } from '../lib/ui';
import type { Assessment, RoadmapTheme, ThemeLevel } from '../gen/api';

export const levelTexts = dictionary(
  {
    level: (level: string) => `Niveau ${level} van 5`,
    missing: 'Nog niet gepubliceerd',
    missingNote: 'Dat is iets anders dan niveau 0.',
    asOf: (on: string) => `Stand van ${on}`,
    meanings: ['Nog niets', 'Bewust', 'Begonnen', 'Georganiseerd', 'Ingebed', 'Voorbeeld'],
    cities: 'Steden op de roadmap',
    city: 'Stad',
    note:
      'Elk thema heeft een eigen niveau. Wij maken er geen gemiddelde van: dat zou verbergen ' +
      'waar een stad nog kan groeien.',
  },
  {
    level: (level: string) => `Level ${level} of 5`,
    missing: 'Not published yet',
    missingNote: 'Which is not the same as level 0.',
    asOf: (on: string) => `As of ${on}`,
    meanings: ['Nothing yet', 'Aware', 'Started', 'Organised', 'Embedded', 'Leading'],
    cities: 'Cities on the roadmap',
    city: 'City',
    note:
      'Each theme has a level of its own. We do not average them: that would hide where a city ' +
      'can still grow.',
  },
);

export const themes = wordsOf('roadmap_theme') as RoadmapTheme[];

export const Level = ({ level, lang }: { level: number | undefined; lang: Lang }) => {
  const t = levelTexts(lang);
  if (level === undefined) return <span class="mw-quiet">{t.missing}</span>;
  return (
    <span class="mw-level">
      <LevelDots level={level} /> <b>{t.level(String(level))}</b>
      {`: ${t.meanings[level] ?? ''}`}
    </span>
  );
};

// The three levels of one city.
export const LevelCards = ({ levels, lang }: { levels: ThemeLevel[]; lang: Lang }) => {
  const t = levelTexts(lang);
  return (
    <ul class="mw-grid3">
      {themes.map((theme) => {
        const found = levels.find((one) => one.theme === theme);
        return (
          <li key={theme} class="mw-panel">
            <Heading level={3} look={4}>
              {word('roadmap_theme', theme, lang)}
            </Heading>
            <p>
              <Level level={found?.level} lang={lang} />
            </p>
            <p class="mw-quiet">
              {found?.level === undefined
                ? t.missingNote
                : found.as_of && t.asOf(date(found.as_of, lang))}
            </p>
          </li>
        );
      })}
    </ul>
  );
};

interface CityLevels {
  municipality: string;
  name: string;
  levels: Partial<Record<RoadmapTheme, number>>;
}

// Published assessments, by city; the newest of a theme counts, and they come newest first.
const byCity = (assessments: Assessment[]): CityLevels[] => {
  const cities = new Map<string, CityLevels>();
  for (const one of assessments) {
    if (one.state !== 'published' || !one.municipality) continue;
    const city = cities.get(one.municipality) ?? {
      municipality: one.municipality,
      name: one.city_name ?? one.municipality,
      levels: {},
    };
    if (one.level !== undefined) city.levels[one.theme] ??= one.level;
    cities.set(one.municipality, city);
  }
  return [...cities.values()].sort((a, b) => a.name.localeCompare(b.name, 'nl'));
};

export const CityTable = ({ assessments, lang }: { assessments: Assessment[]; lang: Lang }) => {
  const t = levelTexts(lang);
  const cities = byCity(assessments);
  if (cities.length === 0) return null;
  return (
    <section class="mw-section" aria-labelledby="cities">
      <Heading level={2} id="cities">
        {t.cities}
      </Heading>
      <p class="mw-quiet">{t.note}</p>
      <Table<CityLevels>
        caption={t.cities}
        quiet
        rows={cities}
        columns={[
          {
            head: t.city,
            cell: (city) => (
              <A href={`${link('/stad/', lang)}?municipality=${city.municipality}`}>{city.name}</A>
            ),
          },
          ...themes.map((theme) => ({
            head: word('roadmap_theme', theme, lang),
            cell: (city: CityLevels) => <Level level={city.levels[theme]} lang={lang} />,
          })),
        ]}
      />
    </section>
  );
};
