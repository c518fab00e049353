// By which route a need may be bought: a choice, and what the rules of today say of each route.
import { useEffect, useState } from 'preact/hooks';
import type { RouteAdvice, RouteOption } from '../gen/api';
import { get } from './api';
import { SelectField, optionsOf } from './form';
import { date, dictionary, euro, word, type Lang } from './i18n';
import type { Draft } from './need-draft';
import { centsOf } from './step';

const texts = dictionary(
  {
    route: 'Inkooproute',
    hint: 'Zonder keuze: enkelvoudig onderhands voor een gemeente, eigen inkoopregels voor een ander.',
    may: 'mag',
    mayNot: 'mag niet',
    upTo: (limit: string) => `tot ${limit}`,
    counted: (sum: string, needs: number, since: string) =>
      needs > 0
        ? `Met ${needs} eerdere ${needs === 1 ? 'vraag' : 'vragen'} sinds ${since} samen ${sum}.`
        : '',
    days: (days: number) => `Leveranciers krijgen minstens ${days} dagen.`,
    by: 'Regel',
    again: (name: string, wins: number) => `${name} won hier al ${wins} keer in deze periode. Overweeg om ook anderen te vragen.`,
    title: 'Welke routes mogen bij deze waarde?',
  },
  {
    route: 'Route',
    hint: 'Without a choice: direct award for a municipality, own rules for anybody else.',
    may: 'allowed',
    mayNot: 'not allowed',
    upTo: (limit: string) => `up to ${limit}`,
    counted: (sum: string, needs: number, since: string) =>
      needs > 0
        ? `With ${needs} earlier need${needs === 1 ? '' : 's'} since ${since} ${sum} together.`
        : '',
    days: (days: number) => `Suppliers get at least ${days} days.`,
    by: 'Rule',
    again: (name: string, wins: number) => `${name} won here ${wins} times already in this period. Consider asking others as well.`,
    title: 'Which routes are allowed at this value?',
  },
);

// What the rules say of this value, asked a moment after the last key; nothing for who may not ask.
export const useRouteAdvice = (draft: Draft): RouteOption[] => {
  const [options, setOptions] = useState<RouteOption[]>([]);
  const cents = centsOf(draft.budget);
  const cpv = draft.cpv[0]?.code;
  useEffect(() => {
    setOptions([]);
    if (!cents) return undefined;
    const asking = new AbortController();
    const query = { budgetCents: cents, kind: draft.kind || undefined, cpv };
    const later = setTimeout(() => {
      get<RouteAdvice>('/route-advice', query, asking.signal).then(
        ({ items }) => setOptions(items.filter((one) => one.reason !== 'route_of_buyer')),
        () => undefined,
      );
    }, 300);
    return () => {
      clearTimeout(later);
      asking.abort();
    };
  }, [cents, cpv, draft.kind]);
  return options;
};

const Option = ({ option, lang }: { option: RouteOption; lang: Lang }) => {
  const t = texts(lang);
  const { counted_cents: sum, needs = 0, since, min_days: days = 0 } = option;
  return (
    <li>
      <b>{word('need_route', option.route, lang)}</b>: {option.allowed ? t.may : t.mayNot}
      {option.limit_cents !== undefined && ` (${t.upTo(euro(option.limit_cents, lang))})`}.{' '}
      {option.reason && word('reason', option.reason, lang)}{' '}
      {sum !== undefined && since && t.counted(euro(sum, lang), needs, date(since, lang))}{' '}
      {option.allowed && days > 0 && t.days(days)}
      {option.source && (
        <span class="mw-quiet">
          {' '}
          {t.by}: {option.source}.
        </span>
      )}
    </li>
  );
};

interface RouteFieldProps {
  draft: Draft;
  lang: Lang;
  set: (part: Partial<Draft>) => void;
}

export const RouteField = ({ draft, lang, set }: RouteFieldProps) => {
  const t = texts(lang);
  const options = useRouteAdvice(draft);
  return (
    <>
      <SelectField
        name="route"
        label={t.route}
        hint={t.hint}
        optional
        lang={lang}
        value={draft.route}
        onValue={(route) => set({ route })}
        options={optionsOf('need_route', lang)}
      />
      <div role="status" class="mw-advice">
        {options.length > 0 && (
          <>
            <p>
              <b>{t.title}</b>
            </p>
            <ul class="mw-list">
              {options.map((option) => (
                <Option key={option.route} option={option} lang={lang} />
              ))}
            </ul>
            {options[0]?.wins && <p>{t.again(options[0].winner_name ?? '', options[0].wins)}</p>}
          </>
        )}
      </div>
    </>
  );
};
