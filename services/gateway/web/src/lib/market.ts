// What the market is asked: the address is the state, and words go to another place than filters alone.
import type { OfferPage, OfferSearchResult, WordCount, WordMeant } from '../gen/api';
import { get } from './api';
import type { WordList } from './i18n';
import type { Shown } from './offer';

// Offers of the catalog, or those that words find.
export interface Page {
  items: Shown[];
  total?: number;
  more?: boolean; // there are more than were looked at
  next?: string;
  sectors?: WordCount[];
  groups?: WordCount[];
  goals?: WordCount[];
  unknown?: readonly string[];
  meant?: readonly WordMeant[];
}

export const filterKeys = [
  'sector',
  'goal',
  'targetGroup',
  'municipality',
  'priceMaxCents',
  'leadDaysMax',
];

export const listOf: Record<string, WordList> = {
  sector: 'sector',
  goal: 'impact_goal',
  targetGroup: 'target_group',
};

// Words are looked up by matching, which knows parts of words and says what it does not know.
export const hasWords = (query: URLSearchParams) =>
  (query.get('q') ?? '').trim() !== '' && !query.has('supplierId');

export const pageOf = (answer: OfferPage | OfferSearchResult): Page => {
  if (!('index_seq' in answer)) return answer;
  const { items, ...rest } = answer;
  return { ...rest, items: items.map((item) => ({ ...item, id: item.offer_id })) };
};

export const offersFor = async (query: URLSearchParams, signal: AbortSignal): Promise<Page> => {
  if (!hasWords(query)) return get<OfferPage>(`/offers?${query}`, {}, signal);
  const asked = new URLSearchParams(query);
  for (const other of ['sort', 'cursor']) asked.delete(other);
  return pageOf(await get<OfferSearchResult>(`/offers/search?${asked}`, {}, signal));
};

export const addressQuery = () =>
  new URLSearchParams(typeof location === 'undefined' ? '' : location.search);

// The order in which a list comes when nobody chose one.
export const usualSort = (query: URLSearchParams) => (query.get('q') ? 'best' : 'newest');

const cents = (euros: string): string => String(Math.round(Number(euros) * 100));

// What the form says, without what is empty or follows by itself. People write prices in euros.
export const formQuery = (form: HTMLFormElement, before: URLSearchParams) => {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    if (typeof value !== 'string' || value === '') continue;
    if (key === 'price') query.append('priceMaxCents', cents(value));
    else query.append(key, value);
  }
  if (query.get('sort') === usualSort(before)) query.delete('sort');
  return query;
};
