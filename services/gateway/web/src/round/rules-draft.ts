// The rules of a round while a manager writes them: fields as typed, what is wrong with them, and the record that is sent.
import type {
  Blinding,
  ConflictPolicy,
  DeliverableKind,
  Feedback,
  Round,
  RoundQuestion,
  RubricCriterion,
  ScoreMethod,
  ScreeningCriterion,
  VerifierPolicy,
} from '../gen/api';
import type { Faults } from '../lib/form';
import { dictionary, number, type Lang } from '../lib/i18n';
import { localOf, momentOf, ppmOf } from '../lib/input';
import { countOf } from '../lib/step';

export interface Asked {
  code: string; // absent of what is new: it is made of the text
  text: string;
  english: string;
  words: string;
  needed: boolean;
}

export interface Criterion {
  code: string;
  text: string;
  english: string;
}

export interface Scored {
  code: string;
  name: string;
  english: string;
  guide: string;
  weight: string; // percent
  scale: string;
  apart: boolean;
}

export const dateNames = ['opens_at', 'closes_at', 'screened_by', 'scored_by', 'decided_by', 'starts_at', 'table_at'] as const;
export const countNames = [
  'number',
  'present_quota',
  'select_min',
  'select_max',
  'waitlist',
  'min_reviews',
  'answer_days',
  'object_days',
  'offer_days',
  'max_documents',
  'document_megabytes',
  'certificate_modules',
  'pause_weeks',
  'follow_months',
] as const;
export type DateName = (typeof dateNames)[number];
export type CountName = (typeof countNames)[number];

// From, to, and whether it has to be filled in: as proto/round.def declares them.
const bounds: Record<CountName, readonly [least: number, most: number, needed?: boolean]> = {
  number: [1, 1000, true],
  present_quota: [1, 1000, true],
  select_min: [1, 1000, true],
  select_max: [1, 1000, true],
  waitlist: [0, 1000],
  min_reviews: [1, 20],
  answer_days: [1, 90],
  object_days: [1, 90],
  offer_days: [1, 90],
  max_documents: [0, 12],
  document_megabytes: [1, 25],
  certificate_modules: [0, 100],
  pause_weeks: [1, 52],
  follow_months: [1, 24],
};
const neededDates: readonly DateName[] = ['opens_at', 'closes_at'];

export interface RulesDraft {
  programme: string;
  template: string;
  dates: Record<DateName, string>;
  counts: Record<CountName, string>;
  questions: Asked[];
  eligibility: Criterion[];
  rubric: Scored[];
  method: string;
  blinding: string;
  conflict: string;
  feedback: string;
  feedbackAt: string;
  rank: string[]; // 'shown', or nothing
  verifier: string;
  needs: string[];
}

export const blankQuestion = (): Asked => ({ code: '', text: '', english: '', words: '', needed: true });
export const blankCriterion = (): Criterion => ({ code: '', text: '', english: '' });
export const blankScored = (): Scored => ({ code: '', name: '', english: '', guide: '', weight: '', scale: '5', apart: false });

const percent = (ppm: number) => String(ppm / 10_000).replace('.', ',');
const shown = (value: number | undefined) => (value === undefined ? '' : String(value));
const record = <K extends string>(names: readonly K[], of: (name: K) => string) =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, string>;

export const rulesOf = (round: Partial<Round>): RulesDraft => ({
  programme: round.programme_id ?? '',
  template: round.template_id ?? '',
  dates: record(dateNames, (name) => localOf(round[name])),
  counts: record(countNames, (name) => shown(round[name])),
  questions: (round.questions ?? []).map(({ code, text, text_en = '', max_words, required = false }) => ({
    code,
    text,
    english: text_en,
    words: shown(max_words),
    needed: required,
  })),
  eligibility: (round.eligibility ?? []).map(({ code, text, text_en = '' }) => ({ code, text, english: text_en })),
  rubric: (round.rubric ?? []).map(({ code, name, name_en = '', guide = '', weight_ppm, scale = 5, independent = false }) => ({
    code,
    name,
    english: name_en,
    guide,
    weight: independent ? '' : percent(weight_ppm),
    scale: String(scale),
    apart: independent,
  })),
  method: round.method ?? 'mean',
  blinding: round.blinding ?? 'until_locked',
  conflict: round.conflict_policy ?? 'no_vote',
  feedback: round.feedback ?? 'remarks',
  feedbackAt: round.feedback_at ?? 'decided',
  rank: round.rank_shown ? ['shown'] : [],
  verifier: round.verifier_policy ?? 'not_financier',
  needs: round.certificate_needs ?? [],
});

// A new round after an earlier one: all but its dates, one further.
export const followed = (round: Round): RulesDraft => {
  const rules = rulesOf(round);
  return {
    ...rules,
    template: round.id ?? '',
    dates: record(dateNames, () => ''),
    counts: { ...rules.counts, number: String(round.number + 1) },
  };
};

const texts = dictionary(
  {
    programme: 'Kies een programma.',
    date: 'Vul een datum en tijd in.',
    later: 'Dit moet later zijn dan de datum ervoor.',
    count: (least: number, most: number) => `Vul een heel getal in van ${least} tot ${most}.`,
    range: 'Dit moet gelijk zijn aan het minste of meer.',
    present: 'Er kunnen niet minder worden voorgelegd dan er geselecteerd worden.',
    text: 'Gebruik minstens 5 tekens.',
    name: 'Gebruik minstens 3 tekens.',
    weight: 'Vul een gewicht in van meer dan 0 %, of laat het niet meetellen.',
    scale: 'Vul een heel getal in van 1 tot 100.',
    words: 'Vul een heel getal in van 1 tot 2000.',
    sum: (sum: string) => `De gewichten moeten samen 100 % zijn; nu zijn ze ${sum}.`,
  },
  {
    programme: 'Choose a programme.',
    date: 'Give a date and time.',
    later: 'This must be later than the date before it.',
    count: (least: number, most: number) => `Give a whole number from ${least} to ${most}.`,
    range: 'This must be the least or more.',
    present: 'Not fewer can be presented than are selected.',
    text: 'Use at least 5 characters.',
    name: 'Use at least 3 characters.',
    weight: 'Give a weight of more than 0 %, or let it not count.',
    scale: 'Give a whole number from 1 to 100.',
    words: 'Give a whole number from 1 to 2000.',
    sum: (sum: string) => `The weights must be 100 % together; now they are ${sum}.`,
  },
);

// The weights together, in millionths; what is not a number counts for nothing.
export const weighed = (rubric: readonly Scored[]): number =>
  rubric.reduce((sum, { weight, apart }) => sum + (apart ? 0 : (ppmOf(weight) ?? 0)), 0);

export const whole = 1_000_000;
export const inPercent = (ppm: number, lang: Lang) => `${number(ppm / 10_000, lang, ppm % 10_000 === 0 ? 0 : ppm % 1_000 === 0 ? 1 : 2)} %`;

const within = (text: string, least: number, most: number) => {
  const count = countOf(text);
  return count !== undefined && count >= least && count <= most;
};

const dateFaults = ({ dates }: RulesDraft, lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  let before: string | undefined;
  for (const name of dateNames) {
    const at = momentOf(dates[name]);
    if (!at && (dates[name] || neededDates.includes(name))) faults[name] = t.date;
    if (at && before && at <= before) faults[name] = t.later;
    before = at ?? before;
  }
  return faults;
};

const countFaults = ({ counts }: RulesDraft, lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  for (const name of countNames) {
    const [least, most, needed] = bounds[name];
    if ((needed || counts[name].trim()) && !within(counts[name], least, most)) faults[name] = t.count(least, most);
  }
  const [min, max, present] = [counts.select_min, counts.select_max, counts.present_quota].map(countOf);
  if (!faults.select_max && min !== undefined && max !== undefined && max < min) faults.select_max = t.range;
  if (!faults.present_quota && max !== undefined && present !== undefined && present < max) faults.present_quota = t.present;
  return faults;
};

export const faultsOfRules = (form: RulesDraft, lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = { ...dateFaults(form, lang), ...countFaults(form, lang) };
  if (!form.programme) faults.programme_id = t.programme;
  form.questions.forEach(({ text, words }, at) => {
    if (text.trim().length < 5) faults[`questions[${at}].text`] = t.text;
    if (words.trim() && !within(words, 1, 2000)) faults[`questions[${at}].max_words`] = t.words;
  });
  form.eligibility.forEach(({ text }, at) => {
    if (text.trim().length < 5) faults[`eligibility[${at}].text`] = t.text;
  });
  form.rubric.forEach(({ name, weight, scale, apart }, at) => {
    if (name.trim().length < 3) faults[`rubric[${at}].name`] = t.name;
    if (!apart && !ppmOf(weight)) faults[`rubric[${at}].weight_ppm`] = t.weight;
    if (!within(scale, 1, 100)) faults[`rubric[${at}].scale`] = t.scale;
  });
  const sum = weighed(form.rubric);
  if (form.rubric.length > 0 && sum !== whole) faults.rubric = t.sum(inPercent(sum, lang));
  return faults;
};

// Short names of rows: kept once given, and otherwise made of the words; each once.
const coded = <Row extends { code: string }>(rows: readonly Row[], words: (row: Row) => string): Row[] => {
  const taken = new Set(rows.map(({ code }) => code).filter(Boolean));
  return rows.map((row) => {
    if (row.code) return row;
    const plain = words(row).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
    const stem = plain.slice(0, 16).replace(/_+$/, '') || 'x';
    let code = stem;
    for (let nth = 2; taken.has(code); nth++) code = `${stem}_${nth}`;
    taken.add(code);
    return { ...row, code };
  });
};

const optional = <T>(key: string, value: T | undefined | '') => (value === undefined || value === '' ? {} : { [key]: value });

const questionOf = ({ code, text, english, words, needed }: Asked): RoundQuestion => ({
  code,
  text: text.trim(),
  ...optional('text_en', english.trim()),
  ...optional('max_words', countOf(words)),
  required: needed,
});

const criterionOf = ({ code, text, english }: Criterion): ScreeningCriterion => ({
  code,
  text: text.trim(),
  ...optional('text_en', english.trim()),
});

const scoredOf = ({ code, name, english, guide, weight, scale, apart }: Scored): RubricCriterion => ({
  code,
  name: name.trim(),
  ...optional('name_en', english.trim()),
  ...optional('guide', guide.trim()),
  weight_ppm: apart ? 0 : (ppmOf(weight) ?? 0),
  scale: countOf(scale) ?? 5,
  independent: apart,
});

export const roundOf = (form: RulesDraft, fictional: boolean): Partial<Round> => ({
  programme_id: form.programme,
  ...optional('template_id', form.template),
  ...Object.fromEntries(dateNames.flatMap((name) => Object.entries(optional(name, momentOf(form.dates[name]))))),
  ...Object.fromEntries(countNames.flatMap((name) => Object.entries(optional(name, countOf(form.counts[name]))))),
  questions: coded(form.questions, ({ text }) => text).map(questionOf),
  eligibility: coded(form.eligibility, ({ text }) => text).map(criterionOf),
  rubric: coded(form.rubric, ({ name }) => name).map(scoredOf),
  method: form.method as ScoreMethod,
  blinding: form.blinding as Blinding,
  conflict_policy: form.conflict as ConflictPolicy,
  feedback: form.feedback as Feedback,
  ...(form.feedbackAt === 'concluded' ? { feedback_at: 'concluded' as const } : {}),
  ...(form.rank.length > 0 ? { rank_shown: true } : {}),
  verifier_policy: form.verifier as VerifierPolicy,
  certificate_needs: form.needs as DeliverableKind[],
  ...(fictional ? { fictional } : {}),
});
