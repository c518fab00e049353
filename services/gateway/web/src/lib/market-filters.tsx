// The filters beside the market; each says how many offers it leaves, where that is counted.
import { useEffect, useState } from 'preact/hooks';
import type { MunicipalityPage, WordCount } from '../gen/api';
import { get } from './api';
import { dictionary, number, word, wordsOf, type Lang } from './i18n';
import { filterKeys, type Page } from './market';
import { Hidden, Icon } from './ui';

const texts = dictionary(
  {
    filters: 'Filters',
    chosen: (count: number) => `${count} gekozen`,
    sector: 'Thema',
    where: 'Levering in',
    anywhere: 'Heel Nederland',
    group: 'Werk en kansen voor',
    goal: 'Doel',
    price: 'Prijs tot en met (€)',
    priceHint: 'Prijs vanaf, exclusief btw. Prijs op aanvraag valt af.',
    lead: 'Levertijd',
    anyLead: 'Maakt niet uit',
    within: (days: number) => `Binnen ${days} dagen`,
    apply: 'Filters toepassen',
    results: 'resultaten',
  },
  {
    filters: 'Filters',
    chosen: (count: number) => `${count} chosen`,
    sector: 'Theme',
    where: 'Delivered in',
    anywhere: 'The whole country',
    group: 'Work and chances for',
    goal: 'Goal',
    price: 'Price up to (€)',
    priceHint: 'Price from, excluding VAT. Without prices on request.',
    lead: 'Delivery',
    anyLead: 'Does not matter',
    within: (days: number) => `Within ${days} days`,
    apply: 'Apply filters',
    results: 'results',
  },
);

interface PartProps {
  query: URLSearchParams;
  lang: Lang;
}

interface GroupProps extends PartProps {
  title: string;
  name: string;
  list: 'sector' | 'impact_goal' | 'target_group';
  counts?: WordCount[];
}

const FilterGroup = ({ title, name, list, counts, query, lang }: GroupProps) => (
  <fieldset>
    <legend>{title}</legend>
    {wordsOf(list).map((key) => {
      const count = counts?.find((one) => one.word === key)?.count ?? 0;
      return (
        <label class="mw-check" key={key}>
          <input
            type="checkbox"
            class="utrecht-checkbox"
            name={name}
            value={key}
            checked={query.getAll(name).includes(key)}
          />
          <span>{word(list, key, lang)}</span>
          {counts && (
            <span class="mw-check__count">
              {number(count, lang)}
              <Hidden> {texts(lang).results}</Hidden>
            </span>
          )}
        </label>
      );
    })}
  </fieldset>
);

const WhereFilter = ({ query, lang }: PartProps) => {
  const [page, setPage] = useState<MunicipalityPage>();
  const t = texts(lang);
  const chosen = query.get('municipality') ?? '';
  useEffect(() => {
    const today = new Date().toISOString().slice(0, 10);
    get<MunicipalityPage>('/municipalities', { memberOn: today }).then(setPage, () => undefined);
  }, []);
  return (
    <fieldset>
      <legend>{t.where}</legend>
      <select
        class="utrecht-select"
        name="municipality"
        aria-label={t.where}
        value={page ? chosen : ''}
      >
        <option value="">{t.anywhere}</option>
        {page?.items.map(({ code, name }) => (
          <option key={code} value={code} selected={code === chosen}>
            {name}
          </option>
        ))}
      </select>
    </fieldset>
  );
};

const PriceFilter = ({ query, lang }: PartProps) => {
  const t = texts(lang);
  const asked = query.get('priceMaxCents');
  // Until it is asked for; an answer that comes meanwhile would put back what was asked before.
  const [typed, setTyped] = useState<string>();
  return (
    <fieldset>
      <legend>{t.price}</legend>
      <input
        class="utrecht-textbox"
        type="number"
        name="price"
        min="0"
        max="10000000"
        step="any"
        inputMode="decimal"
        aria-label={t.price}
        aria-describedby="price-hint"
        value={typed ?? (asked === null ? '' : Number(asked) / 100)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={() => setTyped(undefined)}
      />
      <p class="mw-quiet" id="price-hint">
        {t.priceHint}
      </p>
    </fieldset>
  );
};

const leadTimes = [7, 14, 30, 90]; // days

const LeadFilter = ({ query, lang }: PartProps) => {
  const t = texts(lang);
  const asked = Number(query.get('leadDaysMax') ?? 0);
  const offered = leadTimes.includes(asked) || !asked ? leadTimes : [...leadTimes, asked];
  return (
    <fieldset>
      <legend>{t.lead}</legend>
      <select class="utrecht-select" name="leadDaysMax" aria-label={t.lead}>
        <option value="">{t.anyLead}</option>
        {offered.map((days) => (
          <option key={days} value={days} selected={days === asked}>
            {t.within(days)}
          </option>
        ))}
      </select>
    </fieldset>
  );
};

export const Filters = ({ page, query, lang, open }: PartProps & { page?: Page; open: boolean }) => {
  const t = texts(lang);
  const chosen = filterKeys.reduce((sum, key) => sum + query.getAll(key).length, 0);
  const parts = { query, lang };
  return (
    <details class="mw-filters" open={open}>
      <summary>
        <Icon n="adjustments-horizontal" /> {t.filters}
        {chosen > 0 && ` (${t.chosen(chosen)})`}
      </summary>
      <FilterGroup title={t.sector} name="sector" list="sector" counts={page?.sectors} {...parts} />
      <WhereFilter {...parts} />
      <PriceFilter {...parts} />
      <LeadFilter {...parts} />
      <FilterGroup
        title={t.group}
        name="targetGroup"
        list="target_group"
        counts={page?.groups}
        {...parts}
      />
      <FilterGroup title={t.goal} name="goal" list="impact_goal" counts={page?.goals} {...parts} />
      <noscript>
        <button class="nl-button nl-button--secondary" type="submit">
          {t.apply}
        </button>
      </noscript>
    </details>
  );
};
