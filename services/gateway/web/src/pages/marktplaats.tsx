// The market: offers with filters. The address is the state: it can be copied, and Back works.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OfferPage, OfferSearchResult } from '../gen/api';
import { faultOf, type Fault } from '../lib/api';
import { dictionary, link, number, shared, word, wordsOf, type Lang } from '../lib/i18n';
import {
  addressQuery,
  formQuery,
  hasWords,
  offersFor,
  pageOf,
  usualSort,
  type Page,
} from '../lib/market';
import { Shopping } from '../lib/basket';
import { Filters } from '../lib/market-filters';
import { Notes, Nothing } from '../lib/market-notes';
import { OfferCard } from '../lib/offer';
import type { Meta, PageProps } from '../lib/page';
import { A, Alert, Crumbs, FaultAlert, Heading, Icon } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Marktplaats', en: 'Marketplace' },
  about: {
    nl: 'Producten en diensten van sociale ondernemingen in heel Nederland.',
    en: 'Products and services of social enterprises all over the Netherlands.',
  },
  data: {
    operation: 'offer_list',
    path: '/offers',
    instead: {
      given: 'q',
      absent: 'supplierId',
      operation: 'offer_search',
      path: '/offers/search',
    },
  },
};

const texts = dictionary(
  {
    label: 'Zoek in producten en diensten',
    search: 'Zoeken',
    results: 'resultaten',
    result: 'resultaat',
    forWords: (words: string) => `voor “${words}”`,
    sort: 'Sorteer op',
    pages: 'Meer resultaten',
    first: 'Naar het begin',
    next: 'Volgende resultaten',
    of: 'Alleen aanbod van',
    everyone: 'Toon al het aanbod',
  },
  {
    label: 'Search products and services',
    search: 'Search',
    results: 'results',
    result: 'result',
    forWords: (words: string) => `for “${words}”`,
    sort: 'Sort by',
    pages: 'More results',
    first: 'Back to the start',
    next: 'Next results',
    of: 'Only offers of',
    everyone: 'Show all offers',
  },
);

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

const Count = ({ page, query, lang }: PartProps) => {
  const t = texts(lang);
  return (
    <>
      <b>
        {number(page.total ?? page.items.length, lang)}
        {page.more && '+'}
      </b>{' '}
      {page.total === 1 ? t.result : t.results}{' '}
      {query.get('q') && t.forWords(query.get('q') ?? '')}
    </>
  );
};

const Sort = ({ query, lang }: Omit<PartProps, 'page'>) => (
  <div class="mw-results__sort">
    <label for="sort">{texts(lang).sort}</label>
    <select class="utrecht-select" id="sort" name="sort">
      {wordsOf('sort_order').map((key) => (
        <option key={key} value={key} selected={key === (query.get('sort') ?? usualSort(query))}>
          {word('sort_order', key, lang)}
        </option>
      ))}
    </select>
  </div>
);

// What is found for a query; a newer query ends the one before, whose answer would come late.
const useOffers = (first: URLSearchParams) => {
  const [query, setQuery] = useState(first);
  const [page, setPage] = useState<Page>();
  const [wrong, setWrong] = useState<Fault>();
  const [busy, setBusy] = useState(false);
  const asking = useRef<AbortController>(undefined);
  const load = async (next: URLSearchParams) => {
    asking.current?.abort();
    const { signal } = (asking.current = new AbortController());
    setQuery(next);
    setBusy(true);
    try {
      const answer = await offersFor(next, signal);
      if (signal.aborted) return;
      setPage(answer);
      setWrong(undefined);
    } catch (thrown) {
      if (signal.aborted) return;
      setWrong(faultOf(thrown));
    }
    setBusy(false);
  };
  return { query, page, wrong, busy, load };
};

// Filters stand beside results where there is room, and fold away where there is none.
const useWide = () => {
  const [wide, setWide] = useState(true);
  useEffect(() => {
    const screen = matchMedia('(min-width: 60rem)');
    const fit = () => setWide(screen.matches);
    fit();
    screen.addEventListener('change', fit);
    return () => screen.removeEventListener('change', fit);
  }, []);
  return wide;
};

const typingPause = 150; // ms

export default function Market({ lang, d, fault }: PageProps<OfferPage | OfferSearchResult>) {
  const t = texts(lang);
  const form = useRef<HTMLFormElement>(null);
  const { query, page, wrong, busy, load } = useOffers(addressQuery());
  const [words, setWords] = useState(query.get('q') ?? '');
  const wide = useWide();
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown: Page | undefined = page ?? (d && pageOf(d));
  const trouble = wrong ?? (shown ? undefined : fault);

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
    const back = () => {
      const next = addressQuery();
      setWords(next.get('q') ?? '');
      void load(next);
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);

  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <Shopping lang={lang} />
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
              maxLength={400}
              value={words}
              onInput={(event) => type(event.currentTarget.value)}
            />
            <button class="nl-button nl-button--primary" type="submit">
              <Icon n="search" />
              <span class="nl-button__label">{t.search}</span>
            </button>
          </div>
        </div>
        <Filters page={shown} query={query} lang={lang} open={wide} />
        <div class="mw-results" aria-busy={busy}>
          <div class="mw-results__head">
            <p role="status" class="mw-results__count">
              {shown && <Count page={shown} query={query} lang={lang} />}
              {!shown && !trouble && shared(lang).loading}
            </p>
            {!hasWords(query) && <Sort query={query} lang={lang} />}
          </div>
          {shown && <OneSupplier page={shown} query={query} lang={lang} />}
          {shown && <Notes page={shown} query={query} lang={lang} />}
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
