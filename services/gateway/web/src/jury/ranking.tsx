// The ranking of a round for who runs it: ties are shown, and how each total came about.
import { dictionary, link, number, type Lang } from '../lib/i18n';
import { A, Badge, Heading, Table } from '../lib/ui';
import type { RankedInitiative, Round } from '../gen/api';
import { needed } from './board';
import { titleOf, type Deliberation } from './deliberation';
import { score } from './result';

const texts = dictionary(
  {
    title: 'Rangorde',
    rank: 'Plaats',
    tied: (count: string) => `gelijk met ${count}`,
    initiative: 'Initiatief',
    total: 'Totaal van 100',
    spread: 'Verschil tussen juryleden',
    judged: 'Beoordelingen',
    of: (given: string, asked: string) => `${given} van ${asked}`,
    few: 'te weinig',
    criterion: (name: string) => `${name}, van 100`,
    none: 'Er is nog niets voorgelegd of beoordeeld.',
    how: 'Hoe de rangorde is berekend',
  },
  {
    title: 'Ranking',
    rank: 'Rank',
    tied: (count: string) => `tied with ${count}`,
    initiative: 'Initiative',
    total: 'Total of 100',
    spread: 'Difference between jurors',
    judged: 'Judgements',
    of: (given: string, asked: string) => `${given} of ${asked}`,
    few: 'too few',
    criterion: (name: string) => `${name}, of 100`,
    none: 'Nothing is presented or judged yet.',
    how: 'How the ranking is computed',
  },
);


const Rank = ({ one, lang }: { one: RankedInitiative; lang: Lang }) =>
  one.rank === undefined ? (
    <>–</>
  ) : (
    <>
      {number(one.rank, lang)}
      {one.tied ? <small class="mw-tied">{texts(lang).tied(number(one.tied, lang))}</small> : null}
    </>
  );

const Judged = ({ one, round, lang }: { one: RankedInitiative; round: Round; lang: Lang }) => {
  const t = texts(lang);
  return (
    <>
      {t.of(number(one.judgements, lang), number(needed(round), lang))}{' '}
      {!one.enough && <Badge tone="bad">{t.few}</Badge>}
    </>
  );
};

export const RankingTable = ({ of, lang }: { of: Deliberation; lang: Lang }) => {
  const t = texts(lang);
  const points = (ppm: number | undefined) => (ppm === undefined ? '–' : score(ppm, lang));
  const criteria = of.round.rubric ?? [];
  return (
    <section class="mw-section" aria-labelledby="ranking">
      <Heading level={2} look={3} id="ranking">
        {t.title}
      </Heading>
      {of.ranking.length === 0 ? (
        <p class="mw-quiet">{t.none}</p>
      ) : (
        <Table
          caption={t.title}
          quiet
          rows={of.ranking}
          columns={[
            {
              head: t.initiative,
              cell: (one) => (
                <A href={`${link('/initiatief/', lang)}?id=${one.initiative_id}`}>{titleOf(of, one.initiative_id)}</A>
              ),
            },
            { head: t.rank, cell: (one) => <Rank one={one} lang={lang} /> },
            { head: t.total, number: true, cell: (one) => points(one.total_ppm) },
            ...criteria.map(({ code, name, name_en }) => ({
              head: t.criterion((lang === 'en' && name_en) || name),
              number: true,
              cell: (one: RankedInitiative) => points(one.criteria?.find((each) => each.code === code)?.result_ppm),
            })),
            { head: t.spread, number: true, cell: (one) => points(one.spread_ppm) },
            { head: t.judged, cell: (one) => <Judged one={one} round={of.round} lang={lang} /> },
          ]}
        />
      )}
      <details class="mw-more">
        <summary>{t.how}</summary>
        <p>{of.formula[lang]}</p>
      </details>
    </section>
  );
};
