// The records of social return as the page uses them, and how it acts.
import type * as api from '../gen/api';
import type { Stored } from '../lib/api';
import type { Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';

export type Tariff = Stored<api.SroiTariff>;
export type Obligation = Stored<api.SroiObligation>;
export type Credit = Stored<api.SroiCredit>;
export type Invoice = Stored<api.Invoice>;

export interface SroiProps {
  who: api.Me;
  lang: Lang;
  act: Telling;
}

// "5 %" of 50000 parts of a million.
export const percent = (ppm: number | undefined, lang: Lang): string =>
  `${((ppm ?? 0) / 10_000).toLocaleString(lang === 'nl' ? 'nl-NL' : 'en-GB')} %`;
