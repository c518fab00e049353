// What differs between an offer and a change of it, as people read it: texts word by word, other fields as what was and
// what becomes.
import type { ComponentChildren } from 'preact';
import type { Document as Attachment, Offer, OfferEdit, PriceTier } from '../gen/api';
import { date, dictionary, euro, number, word, type Lang, type WordList } from './i18n';

const texts = dictionary(
  { was: 'Was', becomes: 'Wordt', nothing: 'niets', yes: 'ja', no: 'nee', from: (n: string, p: string) => `vanaf ${n}: ${p}` },
  { was: 'Was', becomes: 'Becomes', nothing: 'nothing', yes: 'yes', no: 'no', from: (n: string, p: string) => `from ${n}: ${p}` },
);

const names: Record<string, readonly [nl: string, en: string]> = {
  title: ['Titel', 'Title'],
  title_en: ['Titel in het Engels', 'Title in English'],
  description: ['Omschrijving', 'Description'],
  description_en: ['Omschrijving in het Engels', 'Description in English'],
  kind: ['Soort', 'Kind'],
  sector: ['Thema', 'Sector'],
  cpv: ['Onderwerp (CPV)', 'Subject (CPV)'],
  price_cents: ['Prijs', 'Price'],
  price_mode: ['Soort prijs', 'Kind of price'],
  tiers: ['Staffel', 'Price steps'],
  unit: ['Eenheid', 'Unit'],
  vat: ['Btw', 'VAT'],
  lead_days: ['Levertijd in dagen', 'Delivery time in days'],
  capacity: ['Capaciteit', 'Capacity'],
  national: ['In heel Nederland', 'In the whole country'],
  region: ['Gebied', 'Area'],
  goals: ['Doelen', 'Goals'],
  target_groups: ['Doelgroepen', 'Target groups'],
  impact: ['Impact', 'Impact'],
  documents: ['Foto’s en documenten', 'Photos and documents'],
  valid_until: ['Laatste dag', 'Last day'],
};

const named = (field: string, lang: Lang) => names[field]?.[lang === 'nl' ? 0 : 1] ?? field;

const choices: Record<string, WordList> = {
  kind: 'offer_kind',
  sector: 'sector',
  price_mode: 'price_mode',
  vat: 'vat_rate',
  goals: 'impact_goal',
  target_groups: 'target_group',
};

// A value of a field in words.
const shown = (value: unknown, field: string, lang: Lang): string => {
  const t = texts(lang);
  const list = choices[field];
  const one = (each: unknown): string => {
    if (list) return word(list, each as string, lang);
    if (field === 'documents') return (each as Attachment).label ?? (each as Attachment).name ?? '';
    if (field === 'tiers') {
      const { from_quantity: from, price_cents: price } = each as PriceTier;
      return t.from(number(from, lang), euro(price, lang, true));
    }
    if (field === 'price_cents') return euro(each as number, lang, true);
    if (field === 'valid_until') return date(each as string, lang);
    if (typeof each === 'boolean') return each ? t.yes : t.no;
    return typeof each === 'number' ? number(each, lang) : String(each);
  };
  if (value === undefined || value === null) return t.nothing;
  return Array.isArray(value) ? value.map(one).join(', ') || t.nothing : one(value);
};

type Part = readonly [kind: 'same' | 'gone' | 'new', text: string];

const most = 600; // words of which the longest common part is looked for

// The words of two texts, as what stayed, what is gone and what is new: the longest common subsequence.
export const wordDiff = (before: string, after: string): Part[] => {
  const [a, b] = [before.split(/(\s+)/), after.split(/(\s+)/)];
  if (a.length > most || b.length > most) return [['gone', before], ['new', after]];
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (length[i] as Uint16Array)[j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const parts: [Part[0], string][] = [];
  const add = (kind: Part[0], text: string | undefined) => {
    const last = parts.at(-1);
    if (last?.[0] === kind) last[1] += text ?? '';
    else parts.push([kind, text ?? '']);
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length)
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i++]);
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) add('gone', a[i++]);
    else add('new', b[j++]);
  return parts;
};

const Words = ({ before, after }: { before: string; after: string }) => (
  <>
    {wordDiff(before, after).map(([kind, text]): ComponentChildren => {
      if (kind === 'gone') return <del>{text}</del>;
      return kind === 'new' ? <ins>{text}</ins> : text;
    })}
  </>
);

const Field = ({ edit, field, lang }: { edit: OfferEdit; field: string; lang: Lang }) => {
  const t = texts(lang);
  const valueOf = (of: Offer | undefined) => (of as Record<string, unknown> | undefined)?.[field];
  const [before, after] = [valueOf(edit.before), valueOf(edit.proposed)];
  const written = field in names && !(field in choices) && typeof before === 'string' && typeof after === 'string';
  return (
    <div>
      <dt>{named(field, lang)}</dt>
      {written && field !== 'valid_until' ? (
        <dd class="mw-long">
          <Words before={before} after={after} />
        </dd>
      ) : (
        <dd>
          {t.was}: <del>{shown(before, field, lang)}</del>
          <br />
          {t.becomes}: <ins>{shown(after, field, lang)}</ins>
        </dd>
      )}
    </div>
  );
};

export const Differences = ({ edit, lang }: { edit: OfferEdit; lang: Lang }) => (
  <dl class="mw-differences">
    {edit.fields?.map((field) => (
      <Field key={field} edit={edit} field={field} lang={lang} />
    ))}
  </dl>
);
