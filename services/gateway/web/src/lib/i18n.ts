// Languages: typed pairs of texts, words of closed lists, and how numbers and dates are written.
import { words } from '../gen/words';

export type Lang = 'nl' | 'en';
export type Pair = { nl: string; en: string };

type Text = string | readonly string[] | ((...given: never[]) => string);
type Texts = Record<string, Text>;

// What the other language must offer: the same keys, and functions that take the same.
type Mirror<T extends Texts> = {
  [K in keyof T]: T[K] extends (...given: infer G) => string
    ? (...given: G) => string
    : T[K] extends readonly string[]
      ? readonly string[]
      : string;
};

// A dictionary is used as `const t = texts(lang)`; a key missing in English fails the type check.
export const dictionary =
  <const T extends Texts>(nl: T, en: Mirror<T>) =>
  (lang: Lang): Mirror<T> =>
    lang === 'nl' ? (nl as unknown as Mirror<T>) : en;

export const shared = dictionary(
  {
    site: 'Meerwaarde',
    tagline: 'Landelijk platform voor sociaal ondernemerschap',
    skip: 'Direct naar de inhoud',
    menu: 'Menu',
    mainMenu: 'Hoofdmenu',
    home: 'Home',
    crumbs: 'Kruimelpad',
    login: 'Inloggen',
    logout: 'Uitloggen',
    mine: 'Mijn overzicht',
    alerts: 'Meldingen',
    actsFor: 'U handelt voor',
    actFor: 'Handel voor',
    unread: 'ongelezen',
    otherLanguage: 'English',
    market: 'Marktplaats',
    need: 'Vraag plaatsen',
    programme: 'Programma',
    roadmap: 'Roadmap',
    results: 'Resultaten',
    noScript:
      'Deze pagina haalt haar gegevens op met JavaScript. Zet JavaScript aan om verder ' +
      'te gaan.',
    loading: 'Bezig met laden…',
    failed: 'Dit lukte niet',
    refresh: 'Ververs de pagina',
    loginFirst: 'Log in om verder te gaan.',
    missing: 'Deze pagina bestaat niet, of u mag haar niet zien.',
    unreachable: 'De dienst is nu niet bereikbaar. Probeer het over een paar minuten opnieuw.',
    errorTitle: 'Fout:',
    checkAnswers: 'Controleer uw antwoorden',
    optional: '(niet verplicht)',
    fictional: 'Voorbeeld',
    from: 'Vanaf',
    onRequest: 'Prijs op aanvraag',
    perUnit: (unit: string) => `per ${unit}`,
    exVat: 'exclusief btw',
    exVatShort: 'excl. btw',
    leadTime: (days: number) =>
      days === 0 ? 'Levering op dezelfde dag' : `Levertijd ${days} ${days === 1 ? 'dag' : 'dagen'}`,
    asTable: 'Bekijk als tabel',
    save: 'Opslaan',
    cancel: 'Annuleren',
    next: 'Volgende',
    choose: 'Maak een keuze',
    required: 'Vul dit in',
  },
  {
    site: 'Meerwaarde',
    tagline: 'National platform for social entrepreneurship',
    skip: 'Skip to content',
    menu: 'Menu',
    mainMenu: 'Main menu',
    home: 'Home',
    crumbs: 'Breadcrumbs',
    login: 'Log in',
    logout: 'Log out',
    mine: 'My overview',
    alerts: 'Alerts',
    actsFor: 'You act for',
    actFor: 'Act for',
    unread: 'unread',
    otherLanguage: 'Nederlands',
    market: 'Marketplace',
    need: 'Post a need',
    programme: 'Programme',
    roadmap: 'Roadmap',
    results: 'Results',
    noScript: 'This page fetches its data with JavaScript. Switch JavaScript on to continue.',
    loading: 'Loading…',
    failed: 'This did not work',
    refresh: 'Refresh the page',
    loginFirst: 'Log in to continue.',
    missing: 'This page does not exist, or is not yours to see.',
    unreachable: 'The service cannot be reached now. Try again in a few minutes.',
    errorTitle: 'Error:',
    checkAnswers: 'Check your answers',
    optional: '(optional)',
    fictional: 'Example',
    from: 'From',
    onRequest: 'Price on request',
    perUnit: (unit: string) => `per ${unit}`,
    exVat: 'excluding VAT',
    exVatShort: 'excl. VAT',
    leadTime: (days: number) =>
      days === 0 ? 'Delivered the same day' : `Delivered in ${days} ${days === 1 ? 'day' : 'days'}`,
    asTable: 'Show as a table',
    save: 'Save',
    cancel: 'Cancel',
    next: 'Next',
    choose: 'Choose one',
    required: 'Fill this in',
  },
);

// The word for people of an enumerator, as in word ('sector', offer.sector, lang).
export type WordList = keyof typeof words;
export const word = (list: WordList, key: string | undefined, lang: Lang): string => {
  const pairs: Record<string, readonly [string, string]> = words[list];
  const pair = key === undefined ? undefined : pairs[key];
  return pair ? pair[lang === 'nl' ? 0 : 1] : (key ?? '');
};

export const wordsOf = (list: WordList): string[] => Object.keys(words[list]);

// A page of ours in the language of the reader.
export const link = (path: string, lang: Lang): string => (lang === 'nl' ? path : `/en${path}`);

const locale = (lang: Lang) => (lang === 'nl' ? 'nl-NL' : 'en-GB');
const zone = 'Europe/Amsterdam';

export const number = (value: number, lang: Lang, digits = 0): string =>
  new Intl.NumberFormat(locale(lang), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);

// Money is integer cents everywhere; whole euros are written without decimals unless `exact`.
export const euro = (cents: number, lang: Lang, exact = false): string => {
  const digits = exact || cents % 100 !== 0 ? 2 : 0;
  return new Intl.NumberFormat(locale(lang), {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(cents / 100);
};

// For tiles and axes, where cents only distract.
export const euroShort = (cents: number, lang: Lang): string => {
  const euros = cents / 100;
  return euros >= 1_000_000
    ? `€ ${number(euros / 1_000_000, lang, 1)} ${lang === 'nl' ? 'mln' : 'm'}`
    : euro(Math.round(euros) * 100, lang);
};

export const date = (iso: string, lang: Lang): string =>
  new Intl.DateTimeFormat(locale(lang), { dateStyle: 'long', timeZone: zone }).format(
    new Date(iso),
  );

export const moment = (iso: string, lang: Lang): string =>
  new Intl.DateTimeFormat(locale(lang), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  }).format(new Date(iso));
