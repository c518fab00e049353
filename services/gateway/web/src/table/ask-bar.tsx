// How much of an ask is pledged: as a bar, and in words.
import { dictionary, euro, word, type Lang } from '../lib/i18n';
import { titleOf, type Ask } from './records';

const texts = dictionary(
  {
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

// Binding first, then what is promised; never past the ask.
export const AskBar = ({ ask, named, lang }: { ask: Ask; named?: boolean; lang: Lang }) => {
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
    <>
      <p class="mw-askbar">
        {named && <b>{titleOf(ask, lang)}</b>} <span>{t.of(money(got), money(asked))}</span>
      </p>
      <svg
        class="mw-askbar__bar"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        role="img"
        aria-label={t.bar(titleOf(ask, lang), money(firm), money(committed), money(asked))}
      >
        <rect class="mw-askbar__all" width="100" height="4" />
        <rect class="mw-askbar__firm" width={part(firm)} height="4" />
        <rect class="mw-askbar__committed" x={part(firm)} width={part(committed)} height="4" />
      </svg>
      <p class="mw-quiet">{[left, ...(kinds ?? [])].join('; ')}</p>
    </>
  );
};

export const BarLegend = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  return (
    <ul class="mw-legend" aria-hidden="true">
      <li class="is-firm">{t.firm}</li>
      <li class="is-committed">{t.committed}</li>
    </ul>
  );
};
