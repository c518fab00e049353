// The parts of a need that are lists, as they are typed: lines, criteria and shares; whether they will do, and the record they make.
import type { CriterionKind, NeedCriterion, NeedShare, SpecLine } from '../gen/api';
import type { Faults } from './form';
import { dictionary, type Lang } from './i18n';
import { ppmOf } from './input';
import { countOf } from './step';

export interface TypedLine {
  cpv: string;
  description: string;
  quantity: string;
  unit: string;
  must: string;
  wish: string;
}

export interface TypedCriterion {
  code: string;
  kind: string;
  description: string;
  weight: string;
  scale: string; // points go from 0 to this
}

export interface TypedShare {
  organisation: string;
  share: string;
}

export interface Parts {
  lines: TypedLine[];
  criteria: TypedCriterion[];
  shares: TypedShare[];
}

export const emptyLine: TypedLine = { cpv: '', description: '', quantity: '', unit: '', must: '', wish: '' };
export const emptyCriterion: TypedCriterion = { code: '', kind: 'award', description: '', weight: '', scale: '' };
export const emptyShare: TypedShare = { organisation: '', share: '' };

// The most points of an award criterion that says none.
export const usualScale = 10;

const million = 1_000_000;

const texts = dictionary(
  {
    line: (at: number) => `Regel ${at}`,
    criterion: (at: number) => `Criterium ${at}`,
    share: (at: number) => `Inkoper ${at}`,
    what: 'vul een omschrijving in',
    whatLong: 'vul een omschrijving in van minstens 3 tekens',
    quantity: 'vul een heel getal in, bijvoorbeeld 25',
    unit: 'vul in waarvan dit het aantal is, bijvoorbeeld uur of stuk',
    cpv: 'vul een CPV-code in als 77310000-6, of laat het veld leeg',
    code: 'vul een korte naam in, die nog niet gebruikt is',
    weight: 'vul een percentage in, bijvoorbeeld 40 of 12,5',
    scale: 'vul een heel getal in van 1 tot en met 1000, of laat het veld leeg',
    weights: (sum: string) => `De weging van de gunningscriteria is samen ${sum} %; dat moet 100 % zijn`,
    organisation: 'kies een inkoper die er nog niet bij staat',
    shares: (sum: string) => `De delen zijn samen ${sum} %; dat moet 100 % zijn`,
    lead: 'Zet ook uw eigen organisatie bij de delen',
  },
  {
    line: (at: number) => `Line ${at}`,
    criterion: (at: number) => `Criterion ${at}`,
    share: (at: number) => `Buyer ${at}`,
    what: 'fill in a description',
    whatLong: 'fill in a description of at least 3 characters',
    quantity: 'fill in a whole number, for example 25',
    unit: 'fill in what this is the number of, for example hour or piece',
    cpv: 'fill in a CPV code like 77310000-6, or leave it empty',
    code: 'fill in a short name that is not used yet',
    weight: 'fill in a percentage, for example 40 or 12.5',
    scale: 'fill in a whole number from 1 to 1000, or leave it empty',
    weights: (sum: string) => `The weights of the award criteria come to ${sum} %; they must come to 100 %`,
    organisation: 'choose a buyer that is not there yet',
    shares: (sum: string) => `The shares come to ${sum} %; they must come to 100 %`,
    lead: 'Put your own organisation among the shares too',
  },
);

const sumOf = (typed: readonly string[]) => typed.reduce((sum, one) => sum + (ppmOf(one) ?? 0), 0);

export const weighed = (criteria: readonly TypedCriterion[]) =>
  sumOf(criteria.filter(({ kind }) => kind === 'award').map(({ weight }) => weight));
export const sharedOut = (shares: readonly TypedShare[]) => sumOf(shares.map(({ share }) => share));

// 125000 is written "12,5".
export const percentOf = (ppm: number, lang: Lang) =>
  (ppm / 10_000).toLocaleString(lang === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits: 4 });

const seenBefore = <T,>(all: readonly T[], at: number, key: (one: T) => string) =>
  all.slice(0, at).some((one) => key(one) === key(all[at] as T));

const lineFaults = (lines: readonly TypedLine[], lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  lines.forEach((line, at) => {
    const say = (field: string, text: string) => (faults[`spec_lines[${at}].${field}`] = `${t.line(at + 1)}: ${text}`);
    if (!line.description.trim()) say('description', t.what);
    if (!countOf(line.quantity)) say('quantity', t.quantity);
    if (!line.unit.trim()) say('unit', t.unit);
    if (line.cpv.trim() && !/^\d{8}-\d$/.test(line.cpv.trim())) say('cpv', t.cpv);
  });
  return faults;
};

// Drafts from before there was one have none.
const scaleOf = ({ scale }: TypedCriterion) => {
  const points = countOf(scale ?? '');
  return points && points <= 1000 ? points : undefined;
};

const criterionFaults = (criteria: readonly TypedCriterion[], lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  criteria.forEach((one, at) => {
    const say = (field: string, text: string) => (faults[`criteria[${at}].${field}`] = `${t.criterion(at + 1)}: ${text}`);
    if (!one.code.trim() || seenBefore(criteria, at, ({ code }) => code.trim())) say('code', t.code);
    if (one.description.trim().length < 3) say('description', t.whatLong);
    if (one.kind === 'award' && !ppmOf(one.weight)) say('weight_ppm', t.weight);
    if (one.kind === 'award' && one.scale?.trim() && !scaleOf(one)) say('scale', t.scale);
  });
  if (criteria.some(({ kind }) => kind === 'award') && weighed(criteria) !== million)
    faults.criteria = t.weights(percentOf(weighed(criteria), lang));
  return faults;
};

// `own` is who writes the need, once that is known.
const shareFaults = (shares: readonly TypedShare[], own: string, lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  shares.forEach((one, at) => {
    const say = (field: string, text: string) => (faults[`shares[${at}].${field}`] = `${t.share(at + 1)}: ${text}`);
    if (!one.organisation || seenBefore(shares, at, ({ organisation }) => organisation))
      say('organisation_id', t.organisation);
    if (!ppmOf(one.share)) say('share_ppm', t.weight);
  });
  if (shares.length > 0 && sharedOut(shares) !== million) faults.shares = t.shares(percentOf(sharedOut(shares), lang));
  else if (shares.length > 0 && own && !shares.some(({ organisation }) => organisation === own)) faults.shares = t.lead;
  return faults;
};

export const partFaults = ({ lines, criteria, shares }: Parts, own: string, lang: Lang): Faults => ({
  ...lineFaults(lines, lang),
  ...criterionFaults(criteria, lang),
  ...shareFaults(shares, own, lang),
});

const textsOf = (typed: string) => {
  const all = typed.split('\n').map((one) => one.trim()).filter(Boolean);
  return all.length > 0 ? all : undefined;
};

const lineOf = (line: TypedLine): SpecLine => ({
  cpv: line.cpv.trim() || undefined,
  description: line.description.trim(),
  quantity: countOf(line.quantity) ?? 0,
  unit: line.unit.trim(),
  must: textsOf(line.must),
  wish: textsOf(line.wish),
});

const criterionOf = (one: TypedCriterion): NeedCriterion => ({
  code: one.code.trim(),
  description: one.description.trim(),
  kind: one.kind as CriterionKind,
  weight_ppm: one.kind === 'award' ? ppmOf(one.weight) : undefined,
  scale: one.kind === 'award' ? scaleOf(one) : undefined,
});

// As they would be typed.
export const typedLine = (line: SpecLine): TypedLine => ({
  cpv: line.cpv ?? '',
  description: line.description,
  quantity: String(line.quantity),
  unit: line.unit,
  must: line.must?.join('\n') ?? '',
  wish: line.wish?.join('\n') ?? '',
});

export const typedCriterion = (one: NeedCriterion, lang: Lang): TypedCriterion => ({
  code: one.code,
  kind: one.kind,
  description: one.description,
  weight: one.weight_ppm ? percentOf(one.weight_ppm, lang) : '',
  scale: one.scale ? String(one.scale) : '',
});

const shareOf = (one: TypedShare): NeedShare => ({
  organisation_id: one.organisation,
  share_ppm: ppmOf(one.share) ?? 0,
});

// An empty list is left out.
const unlessEmpty = <T,>(list: T[]) => (list.length > 0 ? list : undefined);

export const partsOf = ({ lines, criteria, shares }: Parts) => ({
  spec_lines: unlessEmpty(lines.map(lineOf)),
  criteria: unlessEmpty(criteria.map(criterionOf)),
  shares: unlessEmpty(shares.map(shareOf)),
});
