// The steps in which a need is asked, and the page on which its answers are checked.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OfferKind } from '../gen/api';
import { hasRole, me } from './api';
import { cpvName } from './cpv';
import { AreaField, ChecksField, SelectField, TextField, type Faults, type Option } from './form';
import { dictionary, euro, word, wordsOf, type Lang } from './i18n';
import type { Draft } from './need-draft';
import { CriteriaField, LinesField, SharesField } from './need-lists';
import { percentOf, weighed } from './need-parts';
import { RouteField } from './route-advice';
import { centsOf, type Slot } from './step';
import { thresholdReached } from './threshold';
import { A, Alert, Hidden } from './ui';
import { Upload } from './upload';

const texts = dictionary(
  {
    title: 'Titel van uw vraag',
    titleHint: 'Kort en herkenbaar. Deze titel zien ondernemers.',
    description: 'Omschrijving',
    descriptionHint: 'Beschrijf wat u wilt bereiken. U hoeft nog geen bestek te hebben.',
    documents: 'Bestanden bij uw vraag',
    kind: 'Soort',
    municipality: 'Gemeente waar geleverd wordt',
    deadline: 'Uiterste datum voor offertes',
    deadlineHint: 'Dag-maand-jaar, bijvoorbeeld 1-3-2027. De termijn sluit om 17.00 uur.',
    start: 'Gewenste startdatum',
    startHint: 'Dag-maand-jaar',
    budget: 'Geschatte waarde in euro’s, exclusief btw',
    budgetHint: 'Ondernemers zien dit bedrag niet. Een schatting is genoeg.',
    quantity: 'Aantal',
    unit: 'Eenheid',
    unitHint: 'Bijvoorbeeld uur, stuk of persoon',
    goals: 'Doelen die meetellen',
    groups: 'Doelgroepen die u werk wilt geven',
    subject: 'Onderwerp',
    change: 'Wijzigen',
    purpose: 'Waarvoor is deze vraag?',
    purposeHint: 'Zonder keuze is het een inkoop. Op een marktconsultatie volgt geen gunning.',
    questions: 'Laatste dag voor vragen',
    questionsHint: 'Dag-maand-jaar. Zonder dag: tot de uiterste datum voor offertes. Sluit om 17.00 uur.',
    joint: 'Samen inkopen',
    jointOption: 'Wij kopen dit samen met andere inkopers',
    lines: 'Regels',
    criteria: 'Criteria',
    weighs: (count: number, sum: string) => `${count}, weging samen ${sum} %`,
    threshold: 'Let op: Europees aanbesteden',
    thresholdText: (limit: string, source: string) =>
      `Vanaf ${limit} exclusief btw moet een gemeente Europees aanbesteden (${source}). ` +
      `Publiceer de opdracht dan op TenderNed.`,
    tenderned: 'Naar TenderNed',
    route: 'Inkooproute',
    reserved: 'Voorbehouden opdracht',
    reservedOption: 'Alleen voor wie PSO 30+ of sociaal werkbedrijf bewijst (artikel 2.82)',
  },
  {
    title: 'Title of your need',
    titleHint: 'Short and recognisable. Entrepreneurs see this title.',
    description: 'Description',
    descriptionHint: 'Describe what you want to achieve. You need no specification yet.',
    documents: 'Files with your need',
    kind: 'Kind',
    municipality: 'Municipality of delivery',
    deadline: 'Deadline for quotes',
    deadlineHint: 'Day-month-year, for example 1-3-2027. It closes at 17:00.',
    start: 'Start wanted',
    startHint: 'Day-month-year',
    budget: 'Estimated value in euros, excluding VAT',
    budgetHint: 'Entrepreneurs do not see this amount. An estimate will do.',
    quantity: 'Quantity',
    unit: 'Unit',
    unitHint: 'For example hour, piece or person',
    goals: 'Goals that count',
    groups: 'Groups that you want to give work',
    subject: 'Subject',
    change: 'Change',
    purpose: 'What is this need for?',
    purposeHint: 'Without a choice it is a purchase. Nothing is awarded after a market consultation.',
    questions: 'Last day for questions',
    questionsHint: 'Day-month-year. Without a day: until the deadline for quotes. Closes at 17:00.',
    joint: 'Joint need',
    jointOption: 'We buy this together with other buyers',
    lines: 'Lines',
    criteria: 'Criteria',
    weighs: (count: number, sum: string) => `${count}, weights come to ${sum} %`,
    threshold: 'Mind: European tendering',
    thresholdText: (limit: string, source: string) =>
      `From ${limit} excluding VAT a municipality must tender in all of Europe (${source}). ` +
      `Publish it on TenderNed.`,
    tenderned: 'To TenderNed',
    route: 'Route',
    reserved: 'Reserved contract',
    reservedOption: 'Only for who proves PSO 30+ or sheltered employment (article 2.82)',
  },
);

const slotsOf = (faults: Faults, lang: Lang) => (path: string): Slot => ({ name: path, lang, fault: faults[path] });

interface StepProps {
  draft: Draft;
  faults: Faults;
  lang: Lang;
  set: (part: Partial<Draft>) => void;
}

const optionsOf = (list: 'need_purpose' | 'offer_kind' | 'impact_goal' | 'target_group', lang: Lang): Option[] =>
  wordsOf(list).map((key) => [key, word(list, key, lang)]);

// Files belong to an organisation, so there are none before somebody logged in.
const Attachments = ({ draft, lang, set }: StepProps) => {
  const [may, setMay] = useState(false);
  const files = useRef(draft.documents); // several may arrive between two drawings
  files.current = draft.documents;
  useEffect(() => void me().then((who) => setMay(hasRole(who, 'BUYER'))), []);
  if (!may) return null;
  return (
    <Upload
      name="documents"
      label={texts(lang).documents}
      lang={lang}
      secrets
      most={30}
      documents={draft.documents}
      onDocuments={(change) => {
        files.current = change(files.current);
        set({ documents: files.current });
      }}
    />
  );
};

export const What = ({ draft, faults, lang, set }: StepProps) => {
  const t = texts(lang);
  return (
    <>
      <TextField
        name="title"
        label={t.title}
        hint={t.titleHint}
        lang={lang}
        value={draft.title}
        onValue={(title) => set({ title })}
        fault={faults.title}
      />
      <AreaField
        name="description"
        label={t.description}
        hint={t.descriptionHint}
        lang={lang}
        rows={5}
        value={draft.description}
        onValue={(description) => set({ description })}
        fault={faults.description}
      />
      <SelectField
        name="kind"
        label={t.kind}
        optional
        lang={lang}
        value={draft.kind}
        onValue={(kind) => set({ kind })}
        options={optionsOf('offer_kind', lang)}
      />
      <SelectField
        name="purpose"
        label={t.purpose}
        hint={t.purposeHint}
        optional
        lang={lang}
        value={draft.purpose}
        onValue={(purpose) => set({ purpose })}
        options={optionsOf('need_purpose', lang)}
      />
      <LinesField draft={draft} slot={slotsOf(faults, lang)} lang={lang} set={set} />
      <CriteriaField draft={draft} slot={slotsOf(faults, lang)} lang={lang} set={set} />
      <Attachments draft={draft} faults={faults} lang={lang} set={set} />
    </>
  );
};

interface PlanProps extends StepProps {
  cities: readonly Option[];
}

export const Plan = ({ draft, faults, lang, set, cities }: PlanProps) => {
  const t = texts(lang);
  const budget = centsOf(draft.budget);
  const today = new Date().toISOString().slice(0, 10);
  const kind = (draft.kind || undefined) as OfferKind | undefined;
  const above = budget === undefined ? undefined : thresholdReached(budget, kind, today);
  return (
    <>
      <SelectField
        name="municipality"
        label={t.municipality}
        lang={lang}
        value={draft.municipality}
        onValue={(municipality) => set({ municipality })}
        options={cities}
        fault={faults.municipality}
      />
      <TextField
        name="deadline"
        label={t.deadline}
        hint={t.deadlineHint}
        short
        lang={lang}
        value={draft.deadline}
        onValue={(deadline) => set({ deadline })}
        fault={faults.deadline}
      />
      <TextField
        name="questions"
        label={t.questions}
        hint={t.questionsHint}
        short
        optional
        lang={lang}
        value={draft.questions}
        onValue={(questions) => set({ questions })}
        fault={faults.questions}
      />
      <TextField
        name="start"
        label={t.start}
        hint={t.startHint}
        short
        optional
        lang={lang}
        value={draft.start}
        onValue={(start) => set({ start })}
        fault={faults.start}
      />
      <TextField
        name="budget"
        label={t.budget}
        hint={t.budgetHint}
        short
        optional
        lang={lang}
        value={draft.budget}
        onValue={(budget) => set({ budget })}
        fault={faults.budget}
      />
      <div role="status">
        {above && (
          <Alert title={t.threshold}>
            <p>
              {t.thresholdText(euro(above.cents, lang), above.source)}{' '}
              <A href="https://www.tenderned.nl/">{t.tenderned}</A>
            </p>
          </Alert>
        )}
      </div>
      <RouteField draft={draft} lang={lang} set={set} />
      <ChecksField
        name="reserved"
        label={t.reserved}
        optional
        lang={lang}
        values={draft.reserved}
        onValues={(reserved) => set({ reserved })}
        options={[['reserved', t.reservedOption]]}
      />
      <ChecksField
        name="joint"
        label={t.joint}
        optional
        lang={lang}
        values={draft.joint}
        onValues={(joint) => set({ joint })}
        options={[['joint', t.jointOption]]}
      />
      {draft.joint.length > 0 && <SharesField draft={draft} slot={slotsOf(faults, lang)} lang={lang} set={set} />}
      <TextField
        name="quantity"
        label={t.quantity}
        short
        optional
        lang={lang}
        value={draft.quantity}
        onValue={(quantity) => set({ quantity })}
        fault={faults.quantity}
      />
      <TextField
        name="unit"
        label={t.unit}
        hint={t.unitHint}
        short
        optional
        lang={lang}
        value={draft.unit}
        onValue={(unit) => set({ unit })}
        fault={faults.unit}
      />
      <ChecksField
        name="goals"
        label={t.goals}
        optional
        lang={lang}
        values={draft.goals}
        onValues={(goals) => set({ goals })}
        options={optionsOf('impact_goal', lang)}
      />
      <ChecksField
        name="groups"
        label={t.groups}
        optional
        lang={lang}
        values={draft.groups}
        onValues={(groups) => set({ groups })}
        options={optionsOf('target_group', lang)}
      />
    </>
  );
};

interface CheckProps {
  draft: Draft;
  lang: Lang;
  cities: readonly Option[];
  goTo: (step: number) => void;
}

export const Check = ({ draft, lang, cities, goTo }: CheckProps) => {
  const t = texts(lang);
  const cents = centsOf(draft.budget);
  const answers: [string, string, number][] = [
    [t.title, draft.title, 0],
    [t.description, draft.description, 0],
    [t.kind, word('offer_kind', draft.kind, lang), 0],
    [t.purpose, draft.purpose && word('need_purpose', draft.purpose, lang), 0],
    [t.lines, draft.lines.map((line) => `${line.quantity} ${line.unit} ${line.description}`).join('; '), 0],
    [
      t.criteria,
      draft.criteria.length > 0
        ? t.weighs(draft.criteria.length, percentOf(weighed(draft.criteria), lang))
        : '',
      0,
    ],
    [t.subject, draft.cpv.map((code) => `${cpvName(code, lang)} (${code.code})`).join(', '), 1],
    [t.municipality, cities.find(([code]) => code === draft.municipality)?.[1] ?? '', 2],
    [t.deadline, draft.deadline, 2],
    [t.questions, draft.questions, 2],
    [t.start, draft.start, 2],
    [t.budget, cents === undefined ? '' : euro(cents, lang), 2],
    [t.route, draft.route && word('need_route', draft.route, lang), 2],
    [t.reserved, draft.reserved.length > 0 ? t.reservedOption : '', 2],
    [t.joint, draft.joint.length > 0 ? t.jointOption : '', 2],
    [t.quantity, [draft.quantity, draft.unit].filter(Boolean).join(' '), 2],
    [t.goals, draft.goals.map((goal) => word('impact_goal', goal, lang)).join(', '), 2],
    [t.groups, draft.groups.map((group) => word('target_group', group, lang)).join(', '), 2],
  ];
  return (
    <dl class="mw-answers">
      {answers.map(([name, value, step]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || '–'}</dd>
          <dd>
            <button type="button" class="mw-linklike" onClick={() => goTo(step)}>
              {t.change}
              <Hidden>: {name}</Hidden>
            </button>
          </dd>
        </div>
      ))}
    </dl>
  );
};
