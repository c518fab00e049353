// The market: offers with filters. The address is the state: it can be copied, and Back works.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { MunicipalityPage, OfferPage, OfferSearchResult, WordCount } from '../gen/api';
import { faultOf, get, type Fault } from '../lib/api';
import {
  dictionary,
  link,
  number,
  shared,
  word,
  wordsOf,
  type Lang,
  type WordList,
} from '../lib/i18n';
import { OfferCard, type Shown } from '../lib/offer';
import type { Meta, PageProps } from '../lib/page';
import { A, Alert, Button, Crumbs, FaultAlert, Heading, Hidden, Icon } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Marktplaats', en: 'Marketplace' },
  about: {
    nl: 'Producten en diensten van sociale ondernemingen in heel Nederland.',
    en: 'Products and services of social enterprises all over the Netherlands.',
  },
  data: { operation: 'offer_list', path: '/offers' },
};

const texts = dictionary(
  {
    label: 'Zoek in producten en diensten',
    search: 'Zoeken',
    filters: 'Filters',
    chosen: (count: number) => `${count} gekozen`,
    sector: 'Thema',
    where: 'Levering in',
    anywhere: 'Heel Nederland',
    group: 'Werk en kansen voor',
    goal: 'Doel',
    apply: 'Filters toepassen',
    results: 'resultaten',
    result: 'resultaat',
    forWords: (words: string) => `voor “${words}”`,
    sort: 'Sorteer op',
    none: 'Geen aanbod gevonden',
    noneText: 'Haal een filter weg, of plaats uw vraag. Wie past, kunt u dan uitnodigen.',
    without: (what: string) => `Zonder filter “${what}”`,
    unknown: (words: string) => `Geen enkel aanbod heeft: ${words}.`,
    clear: 'Alle filters weghalen',
    post: 'Plaats uw vraag',
    pages: 'Meer resultaten',
    first: 'Naar het begin',
    next: 'Volgende resultaten',
    of: 'Alleen aanbod van',
    everyone: 'Toon al het aanbod',
  },
  {
    label: 'Search products and services',
    search: 'Search',
    filters: 'Filters',
    chosen: (count: number) => `${count} chosen`,
    sector: 'Theme',
    where: 'Delivered in',
    anywhere: 'The whole country',
    group: 'Work and chances for',
    goal: 'Goal',
    apply: 'Apply filters',
    results: 'results',
    result: 'result',
    forWords: (words: string) => `for “${words}”`,
    sort: 'Sort by',
    none: 'No offers found',
    noneText: 'Remove a filter, or post your need. You can then invite who fits.',
    without: (what: string) => `Without filter “${what}”`,
    unknown: (words: string) => `No offer at all has: ${words}.`,
    clear: 'Remove all filters',
    post: 'Post your need',
    pages: 'More results',
    first: 'Back to the start',
    next: 'Next results',
    of: 'Only offers of',
    everyone: 'Show all offers',
  },
);

const filterKeys = ['sector', 'goal', 'targetGroup', 'municipality'];

const listOf: Record<string, WordList> = {
  sector: 'sector',
  goal: 'impact_goal',
  targetGroup: 'target_group',
};

// Offers of the catalog, or those that words find.
interface Page {
  items: Shown[];
  total?: number;
  more?: boolean; // there are more than were looked at
  next?: string;
  sectors?: WordCount[];
  groups?: WordCount[];
  unknown?: readonly string[];
}

const found = ({ items, ...rest }: OfferSearchResult): Page => ({
  ...rest,
  items: items.map((item) => ({ ...item, id: item.offer_id })),
});

// Words are looked up by matching, which knows parts of words and says what it does not know.
const hasWords = (query: URLSearchParams) =>
  (query.get('q') ?? '').trim() !== '' && !query.has('supplierId');

const offersFor = async (query: URLSearchParams): Promise<Page> => {
  if (!hasWords(query)) return get<OfferPage>(`/offers?${query}`);
  const asked = new URLSearchParams(query);
  for (const other of ['sort', 'cursor']) asked.delete(other);
  asked.set('limit', '50');
  return found(await get<OfferSearchResult>(`/offers/search?${asked}`));
};

const addressQuery = () =>
  new URLSearchParams(typeof location === 'undefined' ? '' : location.search);

// The order in which a list comes when nobody chose one.
const usualSort = (query: URLSearchParams) => (query.get('q') ? 'best' : 'newest');

// What the form says, without what is empty or follows by itself.
const formQuery = (form: HTMLFormElement, before: URLSearchParams) => {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form))
    if (typeof value === 'string' && value !== '') query.append(key, value);
  if (query.get('sort') === usualSort(before)) query.delete('sort');
  return query;
};

interface GroupProps {
  title: string;
  name: string;
  list: 'sector' | 'impact_goal' | 'target_group';
  counts?: WordCount[];
  query: URLSearchParams;
  lang: Lang;
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

const WhereFilter = ({ query, lang }: { query: URLSearchParams; lang: Lang }) => {
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

interface PartProps {
  page: Page;
  query: URLSearchParams;
  lang: Lang;
}

const Pager = ({ page, query, lang }: PartProps) => {
  const t = texts(lang);
  const first = new URLSearchParams(query);
  first.delete('cursor');
  const next = new URLSearchParams(query);
  if (page.next) next.set('cursor', page.next);
  if (!page.next && !query.has('cursor')) return null;
  return (
    <nav class="mw-pager" aria-label={t.pages}>
      {query.has('cursor') && <a href={`?${first}`}>{t.first}</a>}
      {page.next && (
        <a class="mw-pager__next" href={`?${next}`} rel="next">
          {t.next}
        </a>
      )}
    </nav>
  );
};

// Offers of one enterprise only: said, kept when filters change, and easy to leave.
const OneSupplier = ({ page, query, lang }: PartProps) => {
  const t = texts(lang);
  const supplierId = query.get('supplierId');
  if (!supplierId) return null;
  return (
    <Alert>
      <input type="hidden" name="supplierId" value={supplierId} />
      <p>
        {t.of} <b>{page.items[0]?.supplier_name}</b>.{' '}
        <A href={link('/marktplaats/', lang)}>{t.everyone}</A>
      </p>
    </Alert>
  );
};

interface NothingProps {
  query: URLSearchParams;
  lang: Lang;
  leave: (key: string, value: string) => void;
}

// What to do when nothing is found: every filter is a way out.
const Nothing = ({ query, lang, leave }: NothingProps) => {
  const t = texts(lang);
  const chosen = filterKeys.flatMap((key) =>
    query.getAll(key).map((value) => ({ key, value, list: listOf[key] })),
  );
  const need = new URLSearchParams({ title: (query.get('q') ?? '').slice(0, 120) });
  return (
    <div class="mw-empty">
      <Heading level={2} look={3}>
        {t.none}
      </Heading>
      <p>{t.noneText}</p>
      <div class="mw-actions">
        {chosen.map(({ key, value, list }) => (
          <Button key={key + value} kind="secondary" onClick={() => leave(key, value)}>
            {t.without(list ? word(list, value, lang) : t.where)}
          </Button>
        ))}
      </div>
      <p>
        <A href={link('/marktplaats/', lang)}>{t.clear}</A> <span aria-hidden="true">·</span>{' '}
        <A href={`${link('/vraag-plaatsen/', lang)}?${need}`}>{t.post}</A>
      </p>
    </div>
  );
};

const typingPause = 150; // ms

export default function Market({ lang, d, fault }: PageProps<OfferPage>) {
  const t = texts(lang);
  const form = useRef<HTMLFormElement>(null);
  const [page, setPage] = useState<Page>();
  const [wrong, setWrong] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  const [query, setQuery] = useState(addressQuery);
  const [words, setWords] = useState(query.get('q') ?? '');
  const [wide, setWide] = useState(true);
  const latest = useRef(0);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown: Page | undefined = page ?? d;
  const trouble = wrong ?? (shown ? undefined : fault);
  const chosen = filterKeys.reduce((sum, key) => sum + query.getAll(key).length, 0);

  const load = async (next: URLSearchParams) => {
    latest.current += 1;
    const mine = latest.current;
    setQuery(next);
    setBusy(true);
    try {
      const answer = await offersFor(next);
      if (mine !== latest.current) return; // something else was asked since
      setPage(answer);
      setWrong(undefined);
    } catch (thrown) {
      if (mine !== latest.current) return;
      setWrong(faultOf(thrown));
    }
    setBusy(false);
  };
  const go = (next: URLSearchParams, how: 'pushState' | 'replaceState') => {
    clearTimeout(typing.current);
    history[how](null, '', next.size > 0 ? `?${next}` : location.pathname);
    void load(next);
  };
  const apply = (how: 'pushState' | 'replaceState') => {
    if (form.current) go(formQuery(form.current, query), how);
  };
  const leave = (key: string, value: string) => {
    const next = new URLSearchParams(query);
    next.delete(key, value);
    go(next, 'pushState');
  };
  const type = (text: string) => {
    setWords(text);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => apply('replaceState'), typingPause);
  };
  useEffect(() => {
    const screen = matchMedia('(min-width: 60rem)');
    const fit = () => setWide(screen.matches);
    fit();
    screen.addEventListener('change', fit);
    const back = () => {
      const next = addressQuery();
      setWords(next.get('q') ?? '');
      void load(next);
    };
    addEventListener('popstate', back);
    if (hasWords(query)) void load(query);
    return () => {
      screen.removeEventListener('change', fit);
      removeEventListener('popstate', back);
    };
  }, []);

  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <form
        ref={form}
        class="mw-market"
        action={link('/marktplaats/', lang)}
        onSubmit={(event) => {
          event.preventDefault();
          apply('pushState');
        }}
        onChange={(event) => {
          if ((event.target as HTMLElement).id !== 'q') apply('pushState');
        }}
      >
        <div class="mw-market__bar">
          <label class="utrecht-form-label" for="q">
            {t.label}
          </label>
          <div class="mw-search__row">
            <input
              class="utrecht-textbox"
              type="search"
              id="q"
              name="q"
              value={words}
              onInput={(event) => type(event.currentTarget.value)}
            />
            <button class="nl-button nl-button--primary" type="submit">
              <Icon n="search" />
              <span class="nl-button__label">{t.search}</span>
            </button>
          </div>
        </div>
        <details class="mw-filters" open={wide}>
          <summary>
            <Icon n="adjustments-horizontal" /> {t.filters}
            {chosen > 0 && ` (${t.chosen(chosen)})`}
          </summary>
          <FilterGroup
            title={t.sector}
            name="sector"
            list="sector"
            counts={shown?.sectors}
            query={query}
            lang={lang}
          />
          <WhereFilter query={query} lang={lang} />
          <FilterGroup
            title={t.group}
            name="targetGroup"
            list="target_group"
            counts={shown?.groups}
            query={query}
            lang={lang}
          />
          <FilterGroup title={t.goal} name="goal" list="impact_goal" query={query} lang={lang} />
          <noscript>
            <button class="nl-button nl-button--secondary" type="submit">
              {t.apply}
            </button>
          </noscript>
        </details>
        <div class="mw-results" aria-busy={busy}>
          <div class="mw-results__head">
            <p role="status" class="mw-results__count">
              {shown ? (
                <>
                  <b>
                    {number(shown.total ?? shown.items.length, lang)}
                    {shown.more && '+'}
                  </b>{' '}
                  {shown.total === 1 ? t.result : t.results}{' '}
                  {query.get('q') && t.forWords(query.get('q') ?? '')}
                </>
              ) : (
                !trouble && shared(lang).loading
              )}
            </p>
            {!hasWords(query) && (
              <div class="mw-results__sort">
                <label for="sort">{t.sort}</label>
                <select class="utrecht-select" id="sort" name="sort">
                  {wordsOf('sort_order').map((key) => (
                    <option
                      key={key}
                      value={key}
                      selected={key === (query.get('sort') ?? usualSort(query))}
                    >
                      {word('sort_order', key, lang)}
                    </option>
                  ))}
                </select>
              </div>
            )}
          </div>
          {shown && <OneSupplier page={shown} query={query} lang={lang} />}
          {shown?.unknown && shown.unknown.length > 0 && (
            <p>{t.unknown(shown.unknown.join(', '))}</p>
          )}
          {trouble && <FaultAlert fault={trouble} lang={lang} />}
          {shown?.items.length === 0 && <Nothing query={query} lang={lang} leave={leave} />}
          <ul class="mw-list">
            {shown?.items.map((offer) => (
              <li key={offer.id}>
                <OfferCard offer={offer} lang={lang} level={2} />
              </li>
            ))}
          </ul>
          {shown && <Pager page={shown} query={query} lang={lang} />}
        </div>
      </form>
    </div>
  );
}
