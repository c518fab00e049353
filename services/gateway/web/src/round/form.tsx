// The form in which an applicant begins an initiative in an open round, or changes its draft.
import { useEffect, useState } from 'preact/hooks';
import { get, type Stored } from '../lib/api';
import {
  AreaField,
  ChecksField,
  SelectField,
  TextField,
  type Faults,
  type Option,
} from '../lib/form';
import { dictionary, word, wordsOf, type Lang } from '../lib/i18n';
import { StepForm, centsOf } from '../lib/step';
import type { ImpactGoal, Initiative, InitiativeStage, MunicipalityPage, Round, RoundQuestion, TargetGroup } from '../gen/api';
import { usualWords, wordsIn } from './words';

const texts = dictionary(
  {
    begin: 'Initiatief beginnen',
    change: 'Concept wijzigen',
    save: 'Concept bewaren',
    title: 'Naam van het initiatief',
    titleShort: 'Geef een naam van minstens 3 tekens.',
    summary: 'Samenvatting',
    summaryHint: 'Wat is het, in gewone woorden? Iedereen kan dit lezen.',
    summaryShort: 'Geef een samenvatting van minstens 20 tekens.',
    plan: 'Plan',
    planHint: 'Probleem, oplossing en verdienmodel. Alleen het programma leest dit.',
    planShort: 'Geef een plan van minstens 20 tekens, of laat het leeg.',
    where: 'Gemeente',
    whereMissing: 'Kies een gemeente.',
    goals: 'Doelen',
    groups: 'Voor wie',
    ask: 'Gevraagd bedrag in euro',
    askHint: 'Nodig voordat u aan de financieringstafel kunt komen.',
    notAmount: 'Vul een bedrag in, bijvoorbeeld 85.000.',
    least: 'Minimaal nodig in euro',
    leastHint: 'Met minder kunt u niet beginnen.',
    stage: 'Hoe ver is het?',
    words: (count: number, most: number) => `${count} van ${most} woorden`,
    needed: 'nodig om in te dienen',
    consent: 'Toestemming',
    consentHint: 'Nodig om in te dienen. Uw gegevens worden alleen gebruikt om het initiatief te beoordelen.',
    agree: 'Het programma mag gebruiken wat ik indien om het te beoordelen.',
  },
  {
    begin: 'Begin an initiative',
    change: 'Change the draft',
    save: 'Save draft',
    title: 'Name of the initiative',
    titleShort: 'Give a name of at least 3 characters.',
    summary: 'Summary',
    summaryHint: 'What is it, in plain words? Everybody can read this.',
    summaryShort: 'Give a summary of at least 20 characters.',
    plan: 'Plan',
    planHint: 'Problem, solution and revenue model. Only the programme reads this.',
    planShort: 'Give a plan of at least 20 characters, or leave it empty.',
    where: 'Municipality',
    whereMissing: 'Choose a municipality.',
    goals: 'Goals',
    groups: 'For whom',
    ask: 'Amount asked in euros',
    askHint: 'Needed before you can come to the financing table.',
    notAmount: 'Give an amount, for example 85,000.',
    least: 'Needed at least, in euros',
    leastHint: 'With less than this you cannot start.',
    stage: 'How far is it?',
    words: (count: number, most: number) => `${count} of ${most} words`,
    needed: 'needed to submit',
    consent: 'Consent',
    consentHint: 'Needed to submit. What you hand in is used only to judge the initiative.',
    agree: 'The programme may use what I hand in to judge it.',
  },
);

// Municipalities to choose from, by name.
const useMunicipalities = (): Option[] => {
  const [options, setOptions] = useState<Option[]>([]);
  useEffect(() => {
    get<MunicipalityPage>('/municipalities')
      .then((page) => setOptions(page.items.map(({ code, name }) => [code, name])))
      .catch(() => setOptions([]));
  }, []);
  return options;
};

const useQuestions = (roundId: string): RoundQuestion[] => {
  const [questions, setQuestions] = useState<RoundQuestion[]>([]);
  useEffect(() => {
    get<Round>(`/rounds/${roundId}`)
      .then((round) => setQuestions(round.questions ?? []))
      .catch(() => setQuestions([]));
  }, [roundId]);
  return questions;
};

const optionsOf = (list: 'impact_goal' | 'target_group' | 'initiative_stage', lang: Lang): Option[] =>
  wordsOf(list).map((one) => [one, word(list, one, lang)]);

interface InitiativeFormProps {
  lang: Lang;
  roundId: string;
  draft?: Stored<Initiative>;
  send: (body: Partial<Initiative>) => Promise<unknown>;
}

export const InitiativeForm = ({ lang, roundId, draft, send }: InitiativeFormProps) => {
  const t = texts(lang);
  const municipalities = useMunicipalities();
  const [title, setTitle] = useState(draft?.title ?? '');
  const [summary, setSummary] = useState(draft?.summary ?? '');
  const [plan, setPlan] = useState(draft?.plan ?? '');
  const [municipality, setMunicipality] = useState(draft?.municipality ?? '');
  const [goals, setGoals] = useState<string[]>(draft?.goals ?? []);
  const [groups, setGroups] = useState<string[]>(draft?.target_groups ?? []);
  const [ask, setAsk] = useState(draft?.ask_cents ? String(draft.ask_cents / 100) : '');

  const [least, setLeast] = useState(draft?.min_viable_cents ? String(draft.min_viable_cents / 100) : '');
  const [stage, setStage] = useState<string>(draft?.stage ?? '');
  const [consent, setConsent] = useState<string[]>(draft?.consent ? ['yes'] : []);
  const [answers, setAnswers] = useState<Record<string, string>>(
    Object.fromEntries((draft?.answers ?? []).map(({ code, text }) => [code, text])),
  );
  const questions = useQuestions(roundId);

  const minimum = least.trim() === '' ? undefined : centsOf(least);
  const cents = ask.trim() === '' ? undefined : centsOf(ask);
  const planned = plan.trim();
  const check = (): Faults => ({
    ...(title.trim().length < 3 ? { title: t.titleShort } : {}),
    ...(summary.trim().length < 20 ? { summary: t.summaryShort } : {}),
    ...(planned && planned.length < 20 ? { plan: t.planShort } : {}),
    ...(municipality ? {} : { municipality: t.whereMissing }),
    ...(ask.trim() && cents === undefined ? { ask_cents: t.notAmount } : {}),
    ...(least.trim() && minimum === undefined ? { min_viable_cents: t.notAmount } : {}),
  });
  const body: Partial<Initiative> = {
    round_id: roundId,
    title: title.trim(),
    summary: summary.trim(),
    municipality,
    ...(planned ? { plan: planned } : {}),
    ...(goals.length > 0 ? { goals: goals as ImpactGoal[] } : {}),
    ...(groups.length > 0 ? { target_groups: groups as TargetGroup[] } : {}),
    ...(cents ? { ask_cents: cents } : {}),
    ...(minimum ? { min_viable_cents: minimum } : {}),
    ...(stage ? { stage: stage as InitiativeStage } : {}),
    answers: Object.entries(answers)
      .filter(([, text]) => text.trim())
      .map(([code, text]) => ({ code, text: text.trim() })),
    // What this form has no field for stays as it is.
    ...(draft?.team ? { team: draft.team } : {}),
    ...(draft?.co_applicants ? { co_applicants: draft.co_applicants } : {}),
    ...(draft?.documents ? { documents: draft.documents } : {}),
    ...(draft?.language ? { language: draft.language } : {}),
    ...(consent.length > 0 ? { consent: true } : {}),
    ...(draft?.fictional ? { fictional: true } : {}),
  };
  return (
    <StepForm
      id="initiative"
      lang={lang}
      label={draft ? t.change : t.begin}
      submit={t.save}
      check={check}
      send={() => send(body)}
    >
      {(slot) => (
        <>
          <TextField {...slot('title')} label={t.title} value={title} onValue={setTitle} />
          <AreaField
            {...slot('summary')}
            label={t.summary}
            hint={t.summaryHint}
            value={summary}
            onValue={setSummary}
          />
          <AreaField
            {...slot('plan')}
            label={t.plan}
            hint={t.planHint}
            optional
            rows={8}
            value={plan}
            onValue={setPlan}
          />
          <SelectField
            {...slot('municipality')}
            label={t.where}
            options={municipalities}
            value={municipality}
            onValue={setMunicipality}
          />
          <ChecksField
            {...slot('goals')}
            label={t.goals}
            optional
            options={optionsOf('impact_goal', lang)}
            values={goals}
            onValues={setGoals}
          />
          <ChecksField
            {...slot('target_groups')}
            label={t.groups}
            optional
            options={optionsOf('target_group', lang)}
            values={groups}
            onValues={setGroups}
          />
          <TextField
            {...slot('ask_cents')}
            label={t.ask}
            hint={t.askHint}
            optional
            short
            value={ask}
            onValue={setAsk}
          />
          <TextField
            {...slot('min_viable_cents')}
            label={t.least}
            hint={t.leastHint}
            optional
            short
            value={least}
            onValue={setLeast}
          />
          <SelectField
            {...slot('stage')}
            label={t.stage}
            optional
            options={optionsOf('initiative_stage', lang)}
            value={stage}
            onValue={setStage}
          />
          {questions.map(({ code, text, text_en, max_words, required: needed }) => (
            <AreaField
              key={code}
              {...slot(`answers[${code}].text`)}
              label={(lang === 'en' && text_en) || text}
              hint={`${t.words(wordsIn(answers[code] ?? ''), max_words ?? usualWords)}${needed ? `, ${t.needed}` : ''}`}
              optional={!needed}
              rows={6}
              value={answers[code] ?? ''}
              onValue={(value) => setAnswers({ ...answers, [code]: value })}
            />
          ))}
          <ChecksField
            {...slot('consent')}
            label={t.consent}
            hint={t.consentHint}
            options={[['yes', t.agree]]}
            values={consent}
            onValues={setConsent}
          />
        </>
      )}
    </StepForm>
  );
};
