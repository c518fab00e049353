// The financing table on the page of its round: how many sit there and what became of them for everybody, and each ask for those at it.
import { useEffect, useState } from 'preact/hooks';
import type { Ask, Initiative, InitiativeState, Round } from '../gen/api';
import { getAll, type Stored } from '../lib/api';
import { dictionary, link, moment, number, word, type Lang } from '../lib/i18n';
import { A, Facts, Heading, type Fact } from '../lib/ui';
import { AskBar, BarLegend } from '../table/ask-bar';

const texts = dictionary(
  {
    title: 'Financieringstafel',
    on: 'Wanneer',
    seated: 'Aan tafel gekomen',
    all: 'Naar de tafel met alle toezeggingen',
  },
  {
    title: 'Financing table',
    on: 'When',
    seated: 'Came to the table',
    all: 'To the table with all pledges',
  },
);

type Known = Stored<Ask>;

const outcomes: readonly InitiativeState[] = ['at_table', 'financed', 'part_financed', 'interest', 'realised'];

const counted = (initiatives: readonly Initiative[], lang: Lang): Fact[] =>
  outcomes
    .map((state) => [state, initiatives.filter((one) => one.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ term: word('initiative_state', state, lang), value: number(count, lang) }));

interface TableStateProps {
  round: Stored<Round>;
  initiatives: readonly Initiative[];
  member: boolean; // logged in, for an organisation
  lang: Lang;
}

export const TableState = ({ round, initiatives, member, lang }: TableStateProps) => {
  const t = texts(lang);
  const [asks, setAsks] = useState<Known[]>([]);
  useEffect(() => {
    if (member)
      getAll<Known>('/asks', { roundId: round.id }).then(
        (all) => setAsks(all.filter(({ amount_cents }) => amount_cents)),
        () => setAsks([]),
      );
  }, [round.id, round.version, member]);
  if (!round.at_table && asks.length === 0) return null;
  return (
    <section class="mw-panel" aria-labelledby="table">
      <Heading level={2} look={3} id="table">
        {t.title}
      </Heading>
      <Facts
        facts={[
          { term: t.on, value: round.table_at && moment(round.table_at, lang) },
          { term: t.seated, value: number(round.at_table ?? 0, lang) },
          ...counted(initiatives, lang),
        ]}
      />
      {asks.length > 0 && (
        <>
          <BarLegend lang={lang} />
          <ul class="mw-askbars">
            {asks.map((ask) => (
              <li key={ask.id}>
                <AskBar ask={ask} named lang={lang} />
              </li>
            ))}
          </ul>
          <p>
            <A href={`${link('/tafel/', lang)}?ronde=${round.id}`}>{t.all}</A>
          </p>
        </>
      )}
    </section>
  );
};
