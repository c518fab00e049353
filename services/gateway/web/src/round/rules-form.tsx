// The form in which a manager writes the rules of a round: its dates, places, questions, criteria and how the jury scores.
import { AreaField, Check, ChecksField, SelectField, TextField, optionsOf } from '../lib/form';
import { number, type Lang } from '../lib/i18n';
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
import { texts } from './rules-words';
import { usual } from './usual';

interface FormProps {
  form: RulesDraft;
  set: (part: Partial<RulesDraft>) => void;
  slot: (path: string) => Slot;
  lang: Lang;
}

const isUsual = (name: CountName): name is CountName & keyof typeof usual => name in usual;
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
          {...(isUsual(name) ? { optional: true, hint: texts(lang).usual(number(usual[name], lang)) } : {})}
          value={form.counts[name]}
          onValue={(value) => set({ counts: { ...form.counts, [name]: value } })}
        />
      ))}
  </div>
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
              optional
              hint={t.usual(number(usual.words, lang))}
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

const Policies = ({ form, set, slot, lang }: FormProps) => {
  const t = texts(lang);
  return (
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
      <Counts {...props} names={['min_reviews']} />
      <Policies {...props} />
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
