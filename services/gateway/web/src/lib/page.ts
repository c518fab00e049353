// What a page file exports: its meta beside its default component.
import type { Fault } from './api';
import type { Lang, Pair } from './i18n';

export interface Data {
  operation: string; // the gateway puts its answer in the page
  path: string; // the same below /v1, for when it did not; {id} comes from the page's query
  patience?: number; // look again so many times, a second apart, for what is not there yet
}

export interface Meta {
  title: Pair;
  about: Pair; // one sentence for search engines
  // `instead` takes its place for a query that has `given` and lacks `absent`.
  data?: Data & { instead?: Data & { given: string; absent: string } };
}

export interface PageProps<D = undefined> {
  lang: Lang;
  d?: D; // absent while loading, and at build time
  fault?: Fault; // why d did not come
}
