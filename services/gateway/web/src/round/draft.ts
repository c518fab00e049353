// An application while it is being written: its fields, what is wrong with them, and the record that is sent of it.
import type { Document as Attachment, ImpactGoal, Initiative, InitiativeStage, Round, TargetGroup, TextLanguage } from '../gen/api';
import type { Stored } from '../lib/api';
import type { Faults } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { centsOf } from '../lib/step';
import { usual } from './usual';
import { wordsIn } from './words';

export interface Member {
  name: string;
  email: string;
  part: string;
}

export interface Draft {
  title: string;
  summary: string;
  plan: string;
  municipality: string;
  goals: string[];
  groups: string[];
  ask: string;
  least: string;
  stage: string;
  language: string;
  answers: Record<string, string>;
  team: Member[];
  together: string[];
  documents: Attachment[];
  consent: boolean;
}

const texts = dictionary(
  {
    title: 'Geef een naam van minstens 3 tekens.',
    summary: 'Geef een samenvatting van minstens 20 tekens.',
    plan: 'Geef een plan van minstens 20 tekens, of laat het leeg.',
    municipality: 'Kies een gemeente.',
    amount: 'Vul een bedrag in, bijvoorbeeld 85.000.',
    less: 'Dit moet hoogstens het gevraagde bedrag zijn.',
    member: 'Geef de naam van dit teamlid.',
    email: 'Gebruik een e-mailadres, zoals naam@voorbeeld.nl.',
    answer: (asked: string) => `Beantwoord de vraag: ${asked}`,
    words: (most: number, now: number) => `Gebruik hoogstens ${most} woorden; nu zijn het er ${now}.`,
    consent: 'Geef toestemming om te kunnen indienen.',
  },
  {
    title: 'Give a name of at least 3 characters.',
    summary: 'Give a summary of at least 20 characters.',
    plan: 'Give a plan of at least 20 characters, or leave it empty.',
    municipality: 'Choose a municipality.',
    amount: 'Give an amount, for example 85,000.',
    less: 'This must be at most the amount asked.',
    member: 'Give the name of this member of the team.',
    email: 'Use an e-mail address, as name@example.com.',
    answer: (asked: string) => `Answer the question: ${asked}`,
    words: (most: number, now: number) => `Use at most ${most} words; now there are ${now}.`,
    consent: 'Give consent to be able to submit.',
  },
);

const euros = (cents: number | undefined) => (cents ? String(cents / 100).replace('.', ',') : '');

export const draftOf = (one: Partial<Initiative>): Draft => ({
  title: one.title ?? '',
  summary: one.summary ?? '',
  plan: one.plan ?? '',
  municipality: one.municipality ?? '',
  goals: one.goals ?? [],
  groups: one.target_groups ?? [],
  ask: euros(one.ask_cents),
  least: euros(one.min_viable_cents),
  stage: one.stage ?? '',
  language: one.language ?? 'nl',
  answers: Object.fromEntries((one.answers ?? []).map(({ code, text }) => [code, text])),
  team: (one.team ?? []).map(({ name, email = '', part = '' }) => ({ name, email, part })),
  together: (one.co_applicants ?? []).map(({ organisation_id }) => organisation_id),
  documents: one.documents ?? [],
  consent: one.consent ?? false,
});

const isBlank = (member: Member) => !`${member.name}${member.email}${member.part}`.trim();

// By the path of the field. What is wrong here cannot be sent, not even as a draft.
export const faultsOf = (form: Draft, lang: Lang): Faults => {
  const t = texts(lang);
  const planned = form.plan.trim().length;
  const faults: Faults = {};
  if (form.title.trim().length < 3) faults.title = t.title;
  if (form.summary.trim().length < 20) faults.summary = t.summary;
  if (planned > 0 && planned < 20) faults.plan = t.plan;
  if (!form.municipality) faults.municipality = t.municipality;
  if (form.ask.trim() && centsOf(form.ask) === undefined) faults.ask_cents = t.amount;
  if (form.least.trim() && centsOf(form.least) === undefined) faults.min_viable_cents = t.amount;
  form.team.forEach((member, at) => {
    if (!isBlank(member) && !member.name.trim()) faults[`team[${at}].name`] = t.member;
    if (member.email.trim() && !/^\S+@\S+\.\S+$/.test(member.email.trim())) faults[`team[${at}].email`] = t.email;
  });
  return faults;
};

// What else has to be right before it is handed in.
export const unfinished = (form: Draft, round: Round, lang: Lang): Faults => {
  const t = texts(lang);
  const faults = faultsOf(form, lang);
  const [ask, least] = [centsOf(form.ask), centsOf(form.least)];
  if (ask !== undefined && least !== undefined && least > ask) faults.min_viable_cents = t.less;
  for (const { code, text, text_en, max_words = usual.words, required } of round.questions ?? []) {
    const words = wordsIn(form.answers[code] ?? '');
    const path = `answers[${code}].text`;
    if (required && words === 0) faults[path] = t.answer((lang === 'en' && text_en) || text);
    if (words > max_words) faults[path] = t.words(max_words, words);
  }
  if (!form.consent) faults.consent = t.consent;
  return faults;
};

const given = <T>(value: T | undefined | '', key: string) => (value ? { [key]: value } : {});

// The record that is sent of it; a field that is wrong is sent as it was in `base`.
export const bodyOf = (form: Draft, base: Draft, one: Stored<Initiative>): Partial<Initiative> => {
  const wrong = faultsOf(form, 'nl');
  const field = <K extends keyof Draft>(key: K, path: string = key) => (wrong[path] ? base : form)[key];
  const team = form.team.filter((member, at) => !isBlank(member) && !wrong[`team[${at}].name`] && !wrong[`team[${at}].email`]);
  return {
    round_id: one.round_id,
    title: field('title').trim(),
    summary: field('summary').trim(),
    municipality: field('municipality'),
    ...given(field('plan').trim(), 'plan'),
    ...(form.goals.length > 0 ? { goals: form.goals as ImpactGoal[] } : {}),
    ...(form.groups.length > 0 ? { target_groups: form.groups as TargetGroup[] } : {}),
    ...given(centsOf(field('ask', 'ask_cents')), 'ask_cents'),
    ...given(centsOf(field('least', 'min_viable_cents')), 'min_viable_cents'),
    ...given(form.stage as InitiativeStage | '', 'stage'),
    ...given(form.language as TextLanguage | '', 'language'),
    answers: Object.entries(form.answers)
      .filter(([, text]) => text.trim())
      .map(([code, text]) => ({ code, text: text.trim() })),
    team: team.map(({ name, email, part }) => ({
      name: name.trim(),
      ...given(email.trim(), 'email'),
      ...given(part.trim(), 'part'),
    })),
    co_applicants: form.together.map((organisation_id) => ({ organisation_id })),
    documents: form.documents.map(({ file, name, kind, label }) => ({
      file,
      ...given(name, 'name'),
      ...given(kind, 'kind'),
      ...given(label, 'label'),
    })),
    ...(form.consent ? { consent: true } : {}),
    ...(one.fictional ? { fictional: true } : {}),
  };
};
