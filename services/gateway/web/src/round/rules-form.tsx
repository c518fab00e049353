// The form in which a manager writes the rules of a round: its dates, places, questions, criteria and how the jury scores.
import { AreaField, ChecksField, SelectField, TextField, optionsOf } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { Rows } from '../lib/rows';
import type { Slot } from '../lib/step';
import { Heading } from '../lib/ui';
import {
  blankCriterion,
  blankQuestion,
  blankScored,
  countNames,
  dateNames,
  inPercent,
  weighed,
  whole,
  type Asked,
  type CountName,
  type Criterion,
  type DateName,
  type RulesDraft,
  type Scored,
} from './rules-draft';

const texts = dictionary(
  {
    when: 'Data',
    whenHint: 'Alle tijden zijn van de klok in Nederland.',
    opens_at: 'De ronde gaat open',
    closes_at: 'De inschrijving sluit',
    screened_by: 'De screening is klaar',
    scored_by: 'De jury heeft beoordeeld',
    decided_by: 'Het besluit is bekend',
    starts_at: 'Het programma begint',
    table_at: 'De financieringstafel',
    places: 'Plaatsen',
    number: 'Nummer van de ronde',
    present_quota: 'Hoogstens voorgelegd aan de partners',
    select_min: 'Minstens geselecteerd',
    select_max: 'Hoogstens geselecteerd',
    waitlist: 'Plaatsen op de wachtlijst',
    applying: 'Aanvragen',
    questions: 'Vragen aan de aanvrager',
    question: (nth: number) => `Vraag ${nth}`,
    addQuestion: 'Vraag toevoegen',
    text: 'Tekst',
    english: 'Tekst in het Engels',
    words: 'Hoogstens zoveel woorden',
    wordsHint: 'Leeg: 300',
    needed: 'Verplicht om in te dienen',
    max_documents: 'Documenten bij een aanvraag, hoogstens',
    document_megabytes: 'Elk hoogstens, in MB',
    eligibility: 'Criteria om ontvankelijk te zijn',
    eligibilityHint: 'Wie wordt afgewezen, leest aan welk criterium niet is voldaan.',
    criterion: (nth: number) => `Criterium ${nth}`,
    addCriterion: 'Criterium toevoegen',
    judging: 'Beoordelen',
    rubric: 'Waarop de jury beoordeelt',
    rubricHint: 'De gewichten zijn samen 100 %. Wat niet meetelt, wordt wel gescoord en getoond.',
    scored: (nth: number) => `Onderdeel ${nth}`,
    addScored: 'Onderdeel toevoegen',
    name: 'Naam',
    nameEnglish: 'Naam in het Engels',
    guide: 'Wat een lage en een hoge score krijgt',
    weight: 'Gewicht in %',
    scale: 'Score van 0 tot',
    apart: 'Telt niet mee in het totaal',
    sum: (sum: string) => `Samen ${sum} van 100 %`,
    method: 'Van meer juryleden telt',
    min_reviews: 'Beoordelingen per initiatief, minstens',
    blinding: 'Wat juryleden zien van de aanvrager',
    conflict: 'Een partner die zelf aanvraagt, beoordeelt',
    feedback: 'Wat een aanvrager na het besluit leest',
    feedbackAt: 'Vanaf wanneer; de uitslag en de reden komen altijd meteen',
    rank: 'Plaats in de rangorde',
    rankShown: 'Een aanvrager leest ook zijn plaats in de rangorde',
    verifier: 'Wie mag vaststellen wat een initiatief bereikte',
    terms: 'Termijnen en programma',
    answer_days: 'Dagen om een vraag te beantwoorden',
    object_days: 'Dagen om bezwaar te maken',
    offer_days: 'Dagen om een plaats aan te nemen',
    pause_weeks: 'Weken dat iemand mag pauzeren',
    follow_months: 'Maanden van gesprek na de tafel',
    certificate_modules: 'Modules voor het certificaat',
    certificate: 'Verder nodig voor het certificaat',
  },
  {
    when: 'Dates',
    whenHint: 'All times are of the clock in the Netherlands.',
    opens_at: 'The round opens',
    closes_at: 'Entry closes',
    screened_by: 'The screening is done',
    scored_by: 'The jury has scored',
    decided_by: 'The decision is known',
    starts_at: 'The programme starts',
    table_at: 'The financing table',
    places: 'Places',
    number: 'Number of the round',
    present_quota: 'Presented to the partners, at most',
    select_min: 'Selected, at least',
    select_max: 'Selected, at most',
    waitlist: 'Places on the waiting list',
    applying: 'Applying',
    questions: 'Questions to the applicant',
    question: (nth: number) => `Question ${nth}`,
    addQuestion: 'Add a question',
    text: 'Text',
    english: 'Text in English',
    words: 'At most so many words',
    wordsHint: 'Empty: 300',
    needed: 'Required to submit',
    max_documents: 'Documents of an application, at most',
    document_megabytes: 'Each at most, in MB',
    eligibility: 'Criteria to be eligible',
    eligibilityHint: 'Who is refused reads which criterion was not met.',
    criterion: (nth: number) => `Criterion ${nth}`,
    addCriterion: 'Add a criterion',
    judging: 'Judging',
    rubric: 'By what the jury scores',
    rubricHint: 'The weights are 100 % together. What does not count is scored and shown all the same.',
    scored: (nth: number) => `Part ${nth}`,
    addScored: 'Add a part',
    name: 'Name',
    nameEnglish: 'Name in English',
    guide: 'What gets a low and a high score',
    weight: 'Weight in %',
    scale: 'Score from 0 to',
    apart: 'Does not count in the total',
    sum: (sum: string) => `Together ${sum} of 100 %`,
    method: 'Of several jurors counts',
    min_reviews: 'Judgements per initiative, at least',
    blinding: 'What jurors see of the applicant',
    conflict: 'A partner that applies itself judges',
    feedback: 'What an applicant reads after the decision',
    feedbackAt: 'From when; the outcome and its reason always come at once',
    rank: 'Place in the ranking',
    rankShown: 'An applicant also reads its place in the ranking',
    verifier: 'Who may verify what an initiative reached',
    terms: 'Terms and programme',
    answer_days: 'Days to answer a question',
    object_days: 'Days to object',
    offer_days: 'Days to take a place',
    pause_weeks: 'Weeks that somebody may pause',
    follow_months: 'Months of talks after the table',
    certificate_modules: 'Modules for the certificate',
    certificate: 'Also needed for the certificate',
  },
);

const rowNames = { questions: 'question', eligibility: 'criterion', rubric: 'scored' } as const;

// What the field of a fault is called, for who reads of it far from there.
export const labelOf = (path: string, lang: Lang): string => {
  const t = texts(lang);
  const [, list, at] = /^(questions|eligibility|rubric)\[(\d+)\]/.exec(path) ?? [];
  if (list && at) return t[rowNames[list as keyof typeof rowNames]](Number(at) + 1);
  const name = [...dateNames, ...countNames].find((one) => one === path);
  return name ? t[name] : '';
};

interface FormProps {
  form: RulesDraft;
  set: (part: Partial<RulesDraft>) => void;
  slot: (path: string) => Slot;
  lang: Lang;
}

const neededCounts: readonly CountName[] = ['number', 'present_quota', 'select_min', 'select_max'];
const most = { rows: 40 };

const Counts = ({ names, form, set, slot, lang }: FormProps & { names: readonly CountName[] }) => (
  <div class="mw-pair">
    {countNames
      .filter((name) => names.includes(name))
      .map((name) => (
        <TextField
          key={name}
          {...slot(name)}
          label={texts(lang)[name]}
          optional={!neededCounts.includes(name)}
          value={form.counts[name]}
          onValue={(value) => set({ counts: { ...form.counts, [name]: value } })}
        />
      ))}
  </div>
);

const Check = ({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) => (
  <label class="mw-check">
    <input
      type="checkbox"
      class="utrecht-checkbox"
      checked={on}
      onChange={(event) => set(event.currentTarget.checked)}
    />
    <span>{label}</span>
  </label>
);

const Dates = ({ form, set, slot, lang }: FormProps) => {
  const t = texts(lang);
  const needed: readonly DateName[] = ['opens_at', 'closes_at'];
  return (
    <section>
      <Heading level={2} look={3}>
        {t.when}
      </Heading>
      <p class="mw-quiet">{t.whenHint}</p>
      <div class="mw-pair">
        {dateNames.map((name) => (
          <TextField
            key={name}
            {...slot(name)}
            label={t[name]}
            type="datetime-local"
            optional={!needed.includes(name)}
            value={form.dates[name]}
            onValue={(value) => set({ dates: { ...form.dates, [name]: value } })}
          />
        ))}
      </div>
    </section>
  );
};

const Applying = (props: FormProps) => {
  const { form, set, slot, lang } = props;
  const t = texts(lang);
  return (
    <section>
      <Heading level={2} look={3}>
        {t.applying}
      </Heading>
      <Rows<Asked>
        name={slot('questions').name}
        label={t.questions}
        fault={slot('questions').fault}
        lang={lang}
        rows={form.questions}
        onRows={(questions) => set({ questions })}
        blank={blankQuestion}
        most={most.rows}
        add={t.addQuestion}
        nth={t.question}
        ordered
        row={(one, at, change) => (
          <>
            <div class="mw-field--whole">
              <TextField {...slot(`questions[${at}].text`)} label={t.text} value={one.text} onValue={(text) => change({ text })} />
            </div>
            <TextField
              {...slot(`questions[${at}].text_en`)}
              label={t.english}
              optional
              value={one.english}
              onValue={(english) => change({ english })}
            />
            <TextField
              {...slot(`questions[${at}].max_words`)}
              label={t.words}
              hint={t.wordsHint}
              value={one.words}
              onValue={(words) => change({ words })}
            />
            <Check label={t.needed} on={one.needed} set={(needed) => change({ needed })} />
          </>
        )}
      />
      <Counts {...props} names={['max_documents', 'document_megabytes']} />
      <Rows<Criterion>
        name={slot('eligibility').name}
        label={t.eligibility}
        hint={t.eligibilityHint}
        fault={slot('eligibility').fault}
        lang={lang}
        rows={form.eligibility}
        onRows={(eligibility) => set({ eligibility })}
        blank={blankCriterion}
        most={most.rows}
        add={t.addCriterion}
        nth={t.criterion}
        ordered
        row={(one, at, change) => (
          <>
            <div class="mw-field--whole">
              <TextField {...slot(`eligibility[${at}].text`)} label={t.text} value={one.text} onValue={(text) => change({ text })} />
            </div>
            <TextField
              {...slot(`eligibility[${at}].text_en`)}
              label={t.english}
              optional
              value={one.english}
              onValue={(english) => change({ english })}
            />
          </>
        )}
      />
    </section>
  );
};

const ScoredRow = ({ one, at, change, slot, lang }: { one: Scored; at: number; change: (part: Partial<Scored>) => void; slot: FormProps['slot']; lang: Lang }) => {
  const t = texts(lang);
  return (
    <>
      <TextField {...slot(`rubric[${at}].name`)} label={t.name} value={one.name} onValue={(name) => change({ name })} />
      <TextField
        {...slot(`rubric[${at}].name_en`)}
        label={t.nameEnglish}
        optional
        value={one.english}
        onValue={(english) => change({ english })}
      />
      {!one.apart && (
        <TextField
          {...slot(`rubric[${at}].weight_ppm`)}
          label={t.weight}
          value={one.weight}
          onValue={(weight) => change({ weight })}
        />
      )}
      <TextField {...slot(`rubric[${at}].scale`)} label={t.scale} value={one.scale} onValue={(scale) => change({ scale })} />
      <Check label={t.apart} on={one.apart} set={(apart) => change({ apart })} />
      <div class="mw-field--whole">
        <AreaField
          {...slot(`rubric[${at}].guide`)}
          label={t.guide}
          optional
          rows={2}
          value={one.guide}
          onValue={(guide) => change({ guide })}
        />
      </div>
    </>
  );
};

const Judging = (props: FormProps) => {
  const { form, set, slot, lang } = props;
  const t = texts(lang);
  const sum = weighed(form.rubric);
  return (
    <section>
      <Heading level={2} look={3}>
        {t.judging}
      </Heading>
      <Rows<Scored>
        name={slot('rubric').name}
        label={t.rubric}
        hint={t.rubricHint}
        fault={slot('rubric').fault}
        lang={lang}
        rows={form.rubric}
        onRows={(rubric) => set({ rubric })}
        blank={blankScored}
        most={most.rows}
        add={t.addScored}
        nth={t.scored}
        ordered
        row={(one, at, change) => <ScoredRow one={one} at={at} change={change} slot={slot} lang={lang} />}
      >
        {form.rubric.length > 0 && (
          <p class={`mw-sum ${sum === whole ? '' : 'is-off'}`} role="status">
            {t.sum(inPercent(sum, lang))}
          </p>
        )}
      </Rows>
      <div class="mw-pair">
        <SelectField
          {...slot('method')}
          label={t.method}
          options={optionsOf('score_method', lang)}
          value={form.method}
          onValue={(method) => set({ method })}
        />
        <SelectField
          {...slot('blinding')}
          label={t.blinding}
          options={optionsOf('blinding', lang)}
          value={form.blinding}
          onValue={(blinding) => set({ blinding })}
        />
        <SelectField
          {...slot('conflict_policy')}
          label={t.conflict}
          options={optionsOf('conflict_policy', lang)}
          value={form.conflict}
          onValue={(conflict) => set({ conflict })}
        />
        <SelectField
          {...slot('feedback')}
          label={t.feedback}
          options={optionsOf('feedback', lang)}
          value={form.feedback}
          onValue={(feedback) => set({ feedback })}
        />
        <SelectField
          {...slot('feedback_at')}
          label={t.feedbackAt}
          options={optionsOf('feedback_moment', lang)}
          value={form.feedbackAt}
          onValue={(feedbackAt) => set({ feedbackAt })}
        />
        <ChecksField
          {...slot('rank_shown')}
          label={t.rank}
          optional
          options={[['shown', t.rankShown]]}
          values={form.rank}
          onValues={(rank) => set({ rank })}
        />
        <SelectField
          {...slot('verifier_policy')}
          label={t.verifier}
          options={optionsOf('verifier_policy', lang)}
          value={form.verifier}
          onValue={(verifier) => set({ verifier })}
        />
      </div>
      <Counts {...props} names={['min_reviews']} />
    </section>
  );
};

export const RulesFields = (props: FormProps) => {
  const { form, set, slot, lang } = props;
  const t = texts(lang);
  return (
    <>
      <Dates {...props} />
      <section>
        <Heading level={2} look={3}>
          {t.places}
        </Heading>
        <Counts {...props} names={['number', 'present_quota', 'select_min', 'select_max', 'waitlist']} />
      </section>
      <Applying {...props} />
      <Judging {...props} />
      <section>
        <Heading level={2} look={3}>
          {t.terms}
        </Heading>
        <Counts
          {...props}
          names={['answer_days', 'object_days', 'offer_days', 'pause_weeks', 'follow_months', 'certificate_modules']}
        />
        <ChecksField
          {...slot('certificate_needs')}
          label={t.certificate}
          optional
          options={optionsOf('deliverable_kind', lang)}
          values={form.needs}
          onValues={(needs) => set({ needs })}
        />
      </section>
    </>
  );
};
