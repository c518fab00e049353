// The parts of an application: what it is, the questions of the round, money, documents, and who does it.
import type { CoApplicant, Round, RoundQuestion } from '../gen/api';
import { AreaField, ChecksField, SelectField, TextField, optionsOf } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { useCities } from '../lib/lists';
import type { Slot } from '../lib/step';
import { Heading } from '../lib/ui';
import { Upload } from '../lib/upload';
import type { Draft } from './draft';
import { Team, Together } from './people';
import { usual } from './usual';
import { wordsIn } from './words';

const texts = dictionary(
  {
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
  },
  {
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
  },
);

interface QuestionProps {
  asked: RoundQuestion;
  slot: Slot;
  value: string;
  onValue: (value: string) => void;
}

const Question = ({ asked, slot, value, onValue }: QuestionProps) => {
  const t = texts(slot.lang);
  const { text, text_en, max_words = usual.words, required } = asked;
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

interface PartProps {
  form: Draft;
  set: (part: Partial<Draft>) => void;
  update: (change: (before: Draft) => Draft) => void; // where several may come between two drawings
  slot: (path: string) => Slot;
  lang: Lang;
}

export const What = ({ form, set, slot, lang }: PartProps) => {
  const t = texts(lang);
  const cities = useCities();
  return (
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
  );
};

export const Questions = ({ form, update, slot, lang, round }: PartProps & { round: Round }) => {
  const t = texts(lang);
  if (!round.questions?.length) return null;
  return (
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
          onValue={(text) => update((before) => ({ ...before, answers: { ...before.answers, [asked.code]: text } }))}
        />
      ))}
    </section>
  );
};

export const Money = ({ form, set, slot, lang }: PartProps) => {
  const t = texts(lang);
  return (
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
  );
};

export const Documents = ({ form, update, slot, lang, round }: PartProps & { round: Round }) => {
  const t = texts(lang);
  const [most, megabytes] = [round.max_documents ?? usual.max_documents, round.document_megabytes ?? usual.document_megabytes];
  if (most === 0) return null;
  return (
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
        onDocuments={(change) => update((before) => ({ ...before, documents: change(before.documents) }))}
      />
    </section>
  );
};

export const People = ({ form, set, slot, lang, known }: PartProps & { known: readonly CoApplicant[] }) => {
  const t = texts(lang);
  return (
    <section>
      <Heading level={2} look={3}>
        {t.people}
      </Heading>
      <Team team={form.team} onTeam={(team) => set({ team })} slot={slot} lang={lang} />
      <Together
        ids={form.together}
        known={[...known]}
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
  );
};

const askedAt = (round: Round, path: string, lang: Lang) => {
  const asked = round.questions?.find(({ code }) => path === `answers.${code}`);
  return (lang === 'en' && asked?.text_en) || asked?.text;
};

// What a field is called, for who reads of it far from there.
export const labelsOf = (round: Round, lang: Lang) => {
  const t = texts(lang);
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
  return (path: string) =>
    labels[path] ?? askedAt(round, path, lang) ?? t.people;
};
