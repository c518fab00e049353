// The application of an initiative: one form that saves itself while it is written, and is handed in when it is complete.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Extension, Initiative, Round, RoundQuestion } from '../gen/api';
import { Fault, command, get, getAll, may, replace, type Stored } from '../lib/api';
import { useAutosave, type Kept } from '../lib/autosave';
import {
  AreaField,
  ChecksField,
  FaultSummary,
  SelectField,
  TextField,
  optionsOf,
  useDoing,
  type Faults,
} from '../lib/form';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { useCities } from '../lib/lists';
import { Clashes, SavingLine } from '../lib/saving';
import { Button, FaultAlert, Heading } from '../lib/ui';
import { Upload } from '../lib/upload';
import { bodyOf, draftOf, faultsOf, unfinished, type Draft } from './draft';
import { Team, Together } from './people';
import { usualDocuments, usualMegabytes, usualWords, wordsIn } from './words';

const texts = dictionary(
  {
    title: 'Uw aanvraag',
    until: (when: string) => `Indienen kan tot en met ${when}.`,
    what: 'Het initiatief',
    name: 'Naam van het initiatief',
    summary: 'Samenvatting',
    summaryHint: 'Wat is het, in gewone woorden? Wie wordt gekozen, komt hiermee op de openbare pagina.',
    plan: 'Plan',
    planHint: 'Probleem, oplossing en verdienmodel. Dit leest het programma, en de jury zonder uw naam.',
    where: 'Gemeente',
    goals: 'Doelen',
    groups: 'Voor wie',
    stage: 'Hoe ver is het?',
    language: 'In welke taal schrijft u?',
    questions: 'Vragen van deze ronde',
    words: (count: number, most: number) => `${count} van ${most} woorden`,
    over: (count: number) => `${count} woorden te veel`,
    needed: 'nodig om in te dienen',
    money: 'Geld',
    ask: 'Gevraagd bedrag in euro',
    askHint: 'Wat u denkt te vragen aan de financieringstafel.',
    least: 'Minimaal nodig in euro',
    leastHint: 'Met minder kunt u niet beginnen.',
    documents: 'Documenten',
    documentsHint: (most: number, megabytes: number) =>
      `Hoogstens ${most} bestanden van ${megabytes} MB. U en uw mede-aanvragers lezen ze, en het programma na het indienen. Zet geen namen in een document: de jury kan het te lezen krijgen.`,
    people: 'Wie en met wie',
    consent: 'Toestemming',
    consentHint: 'Nodig om in te dienen. Uw gegevens worden alleen gebruikt om het initiatief te beoordelen.',
    agree: 'Het programma mag gebruiken wat ik indien om het te beoordelen.',
    finish: 'Indienen',
    final: 'Na het indienen kunt u niets meer wijzigen. Het programma kan u wel iets vragen.',
    number: 'Meer tijd nodig? Vraag het programma om uitstel, en geef dit nummer:',
    along: 'U schrijft mee. Indienen doet de aanvrager.',
    submitted: 'Uw initiatief is ingediend. Hieronder staat uw ontvangstbewijs.',
    unsaved: 'Niet ingediend: uw tekst kon niet worden opgeslagen.',
  },
  {
    title: 'Your application',
    until: (when: string) => `Submitting is possible until ${when}.`,
    what: 'The initiative',
    name: 'Name of the initiative',
    summary: 'Summary',
    summaryHint: 'What is it, in plain words? Of those selected, everybody reads this.',
    plan: 'Plan',
    planHint: 'Problem, solution and revenue model. The programme reads this, and the jury without your name.',
    where: 'Municipality',
    goals: 'Goals',
    groups: 'For whom',
    stage: 'How far is it?',
    language: 'In which language do you write?',
    questions: 'Questions of this round',
    words: (count: number, most: number) => `${count} of ${most} words`,
    over: (count: number) => `${count} words too many`,
    needed: 'needed to submit',
    money: 'Money',
    ask: 'Amount asked in euros',
    askHint: 'What you think you will ask at the financing table.',
    least: 'Needed at least, in euros',
    leastHint: 'With less than this you cannot start.',
    documents: 'Documents',
    documentsHint: (most: number, megabytes: number) =>
      `At most ${most} files of ${megabytes} MB. You and who applies with you read them, and the programme once you submit. Keep names out of a document: the jury may come to read it.`,
    people: 'Who, and with whom',
    consent: 'Consent',
    consentHint: 'Needed to submit. What you hand in is used only to judge the initiative.',
    agree: 'The programme may use what I hand in to judge it.',
    finish: 'Submit',
    final: 'Once submitted you cannot change anything. The programme may ask you something.',
    number: 'In need of more time? Ask the programme, and give this number:',
    along: 'You write along. The applicant submits.',
    submitted: 'Your initiative is submitted. Your receipt is below.',
    unsaved: 'Not submitted: your text could not be saved.',
  },
);

const prefix = 'application';

interface QuestionProps {
  asked: RoundQuestion;
  slot: { name: string; lang: Lang; fault: string | undefined };
  value: string;
  onValue: (value: string) => void;
}

const Question = ({ asked, slot, value, onValue }: QuestionProps) => {
  const t = texts(slot.lang);
  const { text, text_en, max_words = usualWords, required } = asked;
  const count = wordsIn(value);
  const counted = t.words(count, max_words);
  return (
    <AreaField
      {...slot}
      fault={slot.fault ?? (count > max_words ? t.over(count - max_words) : undefined)}
      label={(slot.lang === 'en' && text_en) || text}
      hint={required ? `${counted}, ${t.needed}` : counted}
      optional={!required}
      rows={7}
      value={value}
      onValue={onValue}
    />
  );
};

interface ApplicationProps {
  draft: Stored<Initiative>;
  round: Round;
  lang: Lang;
  submitted: (said: string) => Promise<void>;
}

// Until when this applicant may submit, where they got more time than the others.
const useMoreTime = ({ id, round_id }: Stored<Initiative>): string | undefined => {
  const [until, setUntil] = useState<string>();
  useEffect(() => {
    getAll<Extension>('/extensions', { roundId: round_id }).then(
      (all) => setUntil(all.filter((one) => one.initiative_id === id).map((one) => one.until).sort().at(-1)),
      () => undefined,
    );
  }, [id]);
  return until;
};

// What came of an initiative's draft, as the form has it.
const keptOf = (one: Stored<Initiative>): Kept<Draft> => ({ form: draftOf(one), version: one.version });

// The id of the field of a fault: a list has one field for all its rows.
const fieldOf = (path: string) => path.replace(/^(co_applicants|documents)\b.*$/, '$1');

export const Application = ({ draft, round, lang, submitted }: ApplicationProps) => {
  const t = texts(lang);
  const cities = useCities();
  const more = useMoreTime(draft);
  const leads = may(draft, 'submit');
  const [found, setFound] = useState<Faults>({});
  const doing = useDoing();
  const auto = useAutosave<Draft>({
    name: `aanvraag-${draft.id}`,
    stored: keptOf(draft),
    body: (form, base) => bodyOf(form, base, draft),
    save: async (body, version) => keptOf(await replace<Initiative>(`/initiatives/${draft.id}`, version, body)),
    fetch: async () => keptOf(await get<Stored<Initiative>>(`/initiatives/${draft.id}`)),
    left: (form) => Object.keys(faultsOf(form, lang)).length > 0,
  });
  const { form, fault } = auto;
  const set = (part: Partial<Draft>) => auto.set((before) => ({ ...before, ...part }));
  const faults = useMemo(
    () => Object.fromEntries(Object.entries(found).map(([path, text]) => [`${prefix}-${path}`, text])),
    [found],
  );
  const refused: Faults = Object.fromEntries(
    (auto.saving === 'refused' ? (fault?.errors ?? []) : []).map(({ path, reason }) => [fieldOf(path), reason]),
  );
  const slot = (path: string) => ({ name: `${prefix}-${path}`, lang, fault: found[path] ?? refused[path] });
  const labels: Record<string, string> = {
    title: t.name,
    summary: t.summary,
    plan: t.plan,
    municipality: t.where,
    ask_cents: t.ask,
    min_viable_cents: t.least,
    goals: t.goals,
    groups: t.groups,
    stage: t.stage,
    language: t.language,
    documents: t.documents,
    together: t.people,
    team: t.people,
    consent: t.consent,
  };
  const labelOf = (path: string) =>
    labels[path] ?? round.questions?.find(({ code }) => path === `answers.${code}`)?.text ?? t.people;
  const left = [...new Set(Object.keys(faultsOf(form, lang)).map(labelOf))];

  const submit = async (event: Event) => {
    event.preventDefault();
    const own = unfinished(form, round, lang);
    setFound(own);
    if (Object.keys(own).length > 0) return;
    await doing.run(async () => {
      const version = await auto.flush();
      if (version === undefined) throw new Fault(0, 'unsaved', t.unsaved);
      try {
        await command('/initiatives', { id: draft.id, version }, 'submit');
      } catch (thrown) {
        if (thrown instanceof Fault)
          setFound(Object.fromEntries(thrown.errors.map(({ path, reason }) => [fieldOf(path), reason])));
        throw thrown;
      }
      await submitted(t.submitted);
    });
  };
  const [most, megabytes] = [round.max_documents ?? usualDocuments, round.document_megabytes ?? usualMegabytes];
  return (
    <form class="mw-application" noValidate onSubmit={(event) => void submit(event)} aria-label={t.title}>
      <p>{t.until(moment(more && more > round.closes_at ? more : round.closes_at, lang))}</p>
      <FaultSummary faults={faults} lang={lang} />
      {doing.fault && doing.fault.errors.length === 0 && <FaultAlert fault={doing.fault} lang={lang} />}
      <Clashes clashes={auto.clashes} label={labelOf} lang={lang} dismiss={auto.dismiss} />
      <section>
        <Heading level={2} look={3}>
          {t.what}
        </Heading>
        <TextField {...slot('title')} label={t.name} value={form.title} onValue={(title) => set({ title })} />
        <AreaField
          {...slot('summary')}
          label={t.summary}
          hint={t.summaryHint}
          value={form.summary}
          onValue={(summary) => set({ summary })}
        />
        <AreaField
          {...slot('plan')}
          label={t.plan}
          hint={t.planHint}
          optional
          rows={10}
          value={form.plan}
          onValue={(plan) => set({ plan })}
        />
        <SelectField
          {...slot('municipality')}
          label={t.where}
          options={cities}
          value={form.municipality}
          onValue={(municipality) => set({ municipality })}
        />
        <ChecksField
          {...slot('goals')}
          label={t.goals}
          optional
          columns
          options={optionsOf('impact_goal', lang)}
          values={form.goals}
          onValues={(goals) => set({ goals })}
        />
        <ChecksField
          {...slot('target_groups')}
          label={t.groups}
          optional
          columns
          options={optionsOf('target_group', lang)}
          values={form.groups}
          onValues={(groups) => set({ groups })}
        />
        <SelectField
          {...slot('stage')}
          label={t.stage}
          optional
          options={optionsOf('initiative_stage', lang)}
          value={form.stage}
          onValue={(stage) => set({ stage })}
        />
        <SelectField
          {...slot('language')}
          label={t.language}
          options={optionsOf('text_language', lang)}
          value={form.language}
          onValue={(language) => set({ language })}
        />
      </section>
      {round.questions && round.questions.length > 0 && (
        <section>
          <Heading level={2} look={3}>
            {t.questions}
          </Heading>
          {round.questions.map((asked) => (
            <Question
              key={asked.code}
              asked={asked}
              slot={slot(`answers[${asked.code}].text`)}
              value={form.answers[asked.code] ?? ''}
              onValue={(text) => auto.set((before) => ({ ...before, answers: { ...before.answers, [asked.code]: text } }))}
            />
          ))}
        </section>
      )}
      <section>
        <Heading level={2} look={3}>
          {t.money}
        </Heading>
        <TextField
          {...slot('ask_cents')}
          label={t.ask}
          hint={t.askHint}
          optional
          short
          value={form.ask}
          onValue={(ask) => set({ ask })}
        />
        <TextField
          {...slot('min_viable_cents')}
          label={t.least}
          hint={t.leastHint}
          optional
          short
          value={form.least}
          onValue={(least) => set({ least })}
        />
      </section>
      {most > 0 && (
        <section>
          <Heading level={2} look={3}>
            {t.documents}
          </Heading>
          <Upload
            {...slot('documents')}
            label={t.documents}
            hint={t.documentsHint(most, megabytes)}
            most={most}
            megabytes={megabytes}
            documents={form.documents}
            onDocuments={(change) => auto.set((before) => ({ ...before, documents: change(before.documents) }))}
          />
        </section>
      )}
      {leads && (
        <section>
          <Heading level={2} look={3}>
            {t.people}
          </Heading>
          <Team team={form.team} onTeam={(team) => set({ team })} slot={slot} lang={lang} />
          <Together
            ids={form.together}
            known={draft.co_applicants ?? []}
            onIds={(together) => set({ together })}
            slot={slot}
            lang={lang}
          />
          <ChecksField
            {...slot('consent')}
            label={t.consent}
            hint={t.consentHint}
            options={[['yes', t.agree]]}
            values={form.consent ? ['yes'] : []}
            onValues={(values) => set({ consent: values.length > 0 })}
          />
        </section>
      )}
      <div class="mw-finish">
        <SavingLine of={auto} left={left} lang={lang} />
        {leads ? (
          <Button submit disabled={doing.busy}>
            {t.finish}
          </Button>
        ) : (
          <p class="mw-quiet">{t.along}</p>
        )}
      </div>
      {leads && (
        <>
          <p class="mw-quiet">{t.final}</p>
          <p class="mw-quiet">
            {t.number} <code>{draft.id}</code>
          </p>
        </>
      )}
    </form>
  );
};
