// The financing table on the page of its round: how many sit there and what became of them for everybody, and each ask for those at it.
import { useEffect, useState } from 'preact/hooks';
import type { Ask, Initiative, InitiativeState, Round } from '../gen/api';
import { getAll, type Stored } from '../lib/api';
import { dictionary, euro, link, moment, number, word, type Lang } from '../lib/i18n';
import { A, Facts, Heading, type Fact } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Financieringstafel',
    on: 'Wanneer',
    seated: 'Aan tafel gekomen',
    all: 'Naar de tafel met alle toezeggingen',
    of: (got: string, asked: string) => `${got} van ${asked}`,
    firm: 'Bindend',
    committed: 'Toegezegd onder voorwaarden',
    needs: (cents: string) => `Nog ${cents} nodig`,
    least: (cents: string) => `Nog ${cents} nodig om te kunnen beginnen`,
    full: 'Volledig toegezegd',
    bar: (title: string, firm: string, committed: string, asked: string) =>
      `${title}: ${firm} bindend en ${committed} onder voorwaarden, van ${asked}.`,
  },
  {
    title: 'Financing table',
    on: 'When',
    seated: 'Came to the table',
    all: 'To the table with all pledges',
    of: (got: string, asked: string) => `${got} of ${asked}`,
    firm: 'Binding',
    committed: 'Promised on conditions',
    needs: (cents: string) => `${cents} still needed`,
    least: (cents: string) => `${cents} still needed to be able to start`,
    full: 'Pledged in full',
    bar: (title: string, firm: string, committed: string, asked: string) =>
      `${title}: ${firm} binding and ${committed} on conditions, of ${asked}.`,
  },
);

type Known = Stored<Ask>;

// Binding first, then what is promised; never past the ask.
const AskBar = ({ ask, lang }: { ask: Known; lang: Lang }) => {
  const t = texts(lang);
  const asked = ask.amount_cents ?? 0;
  const firm = Math.min(ask.firm_cents ?? 0, asked);
  const committed = Math.min(ask.committed_cents ?? 0, asked - firm);
  const got = firm + committed;
  const viable = ask.min_viable_cents ?? asked;
  const money = (cents: number) => euro(cents, lang);
  const part = (cents: number) => (asked > 0 ? (cents / asked) * 100 : 0);
  const kinds = ask.sums
    ?.filter((one) => one.firm_cents + one.committed_cents > 0)
    .map((one) => `${word('pledge_kind', one.kind, lang).toLowerCase()} ${money(one.firm_cents + one.committed_cents)}`);
  const left = got >= asked ? t.full : got < viable ? t.least(money(viable - got)) : t.needs(money(asked - got));
  return (
    <li>
      <p class="mw-askbar">
        <b>{ask.title}</b> <span>{t.of(money(got), money(asked))}</span>
      </p>
      <svg
        class="mw-askbar__bar"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        role="img"
        aria-label={t.bar(ask.title ?? '', money(firm), money(committed), money(asked))}
      >
        <rect class="mw-askbar__all" width="100" height="4" />
        <rect class="mw-askbar__firm" width={part(firm)} height="4" />
        <rect class="mw-askbar__committed" x={part(firm)} width={part(committed)} height="4" />
      </svg>
      <p class="mw-quiet">{[left, ...(kinds ?? [])].join('; ')}</p>
    </li>
  );
};

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
          <ul class="mw-legend" aria-hidden="true">
            <li class="is-firm">{t.firm}</li>
            <li class="is-committed">{t.committed}</li>
          </ul>
          <ul class="mw-askbars">
            {asks.map((ask) => (
              <AskBar key={ask.id} ask={ask} lang={lang} />
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
