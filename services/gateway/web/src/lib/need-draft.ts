// A need while it is being written: the answers, whether they will do, and the record they make. They
// keep themselves (draft.tsx), so that logging in or going back loses nothing.
import type { CpvCode, Document as Attachment, ImpactGoal, Need, NeedPurpose, NeedRoute, OfferKind, TargetGroup } from '../gen/api';
import type { Faults } from './form';
import { dictionary, type Lang } from './i18n';
import { dayOf, fiveOn } from './input';
import { partFaults, partsOf, type Parts } from './need-parts';
import { centsOf, countOf } from './step';

export interface Draft extends Parts {
  title: string;
  description: string;
  kind: string;
  cpv: CpvCode[];
  municipality: string;
  deadline: string;
  start: string;
  budget: string;
  quantity: string;
  unit: string;
  goals: string[];
  groups: string[];
  route: string;
  reserved: string[];
  documents: Attachment[];
  purpose: string;
  questions: string; // last day on which they may be asked
  joint: string[];
  own: string; // the organisation that writes it
}

export const emptyDraft: Draft = {
  title: '',
  description: '',
  kind: '',
  cpv: [],
  municipality: '',
  deadline: '',
  start: '',
  budget: '',
  quantity: '',
  unit: '',
  goals: [],
  groups: [],
  route: '',
  reserved: [],
  documents: [],
  purpose: '',
  questions: '',
  joint: [],
  own: '',
  lines: [],
  criteria: [],
  shares: [],
};

const texts = dictionary(
  {
    title: 'Vul een titel in van minstens 3 tekens, bijvoorbeeld “Onderhoud groenstroken”',
    description: 'Beschrijf uw vraag in minstens 20 tekens',
    cpv: 'Kies minstens één onderwerp uit de lijst',
    municipality: 'Kies de gemeente waar geleverd wordt',
    deadline: 'Vul de uiterste datum in als dag-maand-jaar, bijvoorbeeld 1-3-2027',
    past: 'Kies een uiterste datum die nog komt',
    questions: 'Vul de laatste dag voor vragen in als dag-maand-jaar, of laat het veld leeg',
    questionsLate: 'Kies een laatste dag voor vragen die niet na de uiterste datum voor offertes ligt',
    start: 'Vul de startdatum in als dag-maand-jaar, of laat het veld leeg',
    budget: 'Vul een bedrag in, bijvoorbeeld 25.000, of laat het veld leeg',
    quantity: 'Vul een heel getal in, of laat het veld leeg',
    unit: 'Vul in waarvan dit het aantal is, bijvoorbeeld uur of stuk',
  },
  {
    title: 'Fill in a title of at least 3 characters, for example “Upkeep of green strips”',
    description: 'Describe your need in at least 20 characters',
    cpv: 'Choose at least one subject from the list',
    municipality: 'Choose the municipality of delivery',
    deadline: 'Fill in the deadline as day-month-year, for example 1-3-2027',
    past: 'Choose a deadline that is still to come',
    questions: 'Fill in the last day for questions as day-month-year, or leave it empty',
    questionsLate: 'Choose a last day for questions that is not after the deadline for quotes',
    start: 'Fill in the start as day-month-year, or leave it empty',
    budget: 'Fill in an amount, for example 25.000, or leave it empty',
    quantity: 'Fill in a whole number, or leave it empty',
    unit: 'Fill in what this is the number of, for example hour or piece',
  },
);

export const lastStep = 3;

const sharesOf = ({ joint, shares }: Draft) => (joint.length > 0 ? shares : []);

// What is wrong with the answers of a step, by field.
export const draftFaults = (draft: Draft, step: number, lang: Lang): Faults => {
  const t = texts(lang);
  const faults: Faults = {};
  if (step === 0) {
    if (draft.title.trim().length < 3) faults.title = t.title;
    if (draft.description.trim().length < 20) faults.description = t.description;
    Object.assign(faults, partFaults({ ...draft, shares: [] }, '', lang));
  }
  if (step === 1 && draft.cpv.length === 0) faults.cpv = t.cpv;
  if (step === 2) {
    const deadline = dayOf(draft.deadline);
    if (!draft.municipality) faults.municipality = t.municipality;
    if (!deadline) faults.deadline = t.deadline;
    else if (Date.parse(fiveOn(deadline)) <= Date.now()) faults.deadline = t.past;
    const questions = dayOf(draft.questions);
    if (draft.questions.trim() && !questions) faults.questions = t.questions;
    else if (questions && deadline && questions > deadline) faults.questions = t.questionsLate;
    Object.assign(faults, partFaults({ lines: [], criteria: [], shares: sharesOf(draft) }, draft.own, lang));
    if (draft.start.trim() && !dayOf(draft.start)) faults.start = t.start;
    if (draft.budget.trim() && !centsOf(draft.budget)) faults.budget = t.budget;
    if (draft.quantity.trim() && !countOf(draft.quantity)) faults.quantity = t.quantity;
    if (draft.quantity.trim() && !draft.unit.trim()) faults.unit = t.unit;
  }
  return faults;
};

// The step on which a field of the record is asked, to go back to when the server refuses it.
export const stepOf = (field: string): number => {
  if (['title', 'description', 'kind', 'purpose', 'spec_lines', 'criteria', 'documents'].includes(field)) return 0;
  return field === 'cpv' ? 1 : 2;
};

// The server's names of the fields that the form calls otherwise.
export const formNames: Record<string, string> = {
  quote_deadline: 'deadline',
  question_deadline: 'questions',
  start_on: 'start',
  budget_cents: 'budget',
  target_groups: 'groups',
};

// On these routes somebody approves a need before it goes on the market.
export const isSealed = (draft: Draft) => draft.route === 'invited' || draft.route === 'open';

export const needOf = (draft: Draft): Partial<Need> => ({
  title: draft.title.trim(),
  description: draft.description.trim(),
  kind: (draft.kind || undefined) as OfferKind | undefined,
  cpv: draft.cpv.map(({ code }) => code),
  municipality: draft.municipality,
  quote_deadline: fiveOn(dayOf(draft.deadline) ?? ''),
  start_on: dayOf(draft.start),
  budget_cents: centsOf(draft.budget),
  quantity: countOf(draft.quantity),
  unit: draft.unit.trim() || undefined,
  goals: draft.goals as ImpactGoal[],
  target_groups: draft.groups as TargetGroup[],
  route: (draft.route || undefined) as NeedRoute | undefined,
  reserved: draft.reserved.length > 0,
  documents: draft.documents.length > 0 ? draft.documents : undefined,
  purpose: (draft.purpose || undefined) as NeedPurpose | undefined,
  question_deadline: draft.questions.trim() ? fiveOn(dayOf(draft.questions) ?? '') : undefined,
  ...partsOf({ ...draft, shares: sharesOf(draft) }),
});
