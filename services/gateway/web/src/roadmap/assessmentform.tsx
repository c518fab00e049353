// The form in which a policy officer begins an assessment of the city, or changes its draft.
import { useState } from 'preact/hooks';
import type { Stored } from '../lib/api';
import { SelectField, TextField, type Faults } from '../lib/form';
import { dictionary, word, type Lang } from '../lib/i18n';
import { StepForm, required, type Slot } from '../lib/step';
import type { Assessment, Criterion, RoadmapTheme } from '../gen/api';
import { startFor } from './criteria';
import { levelTexts, themes } from './levels';

const texts = dictionary(
  {
    begin: 'Beoordeling beginnen',
    change: 'Concept wijzigen',
    save: 'Concept bewaren',
    theme: 'Thema',
    asOf: 'Stand van',
    met: 'Gehaald',
    evidence: 'Waaruit blijkt dat?',
    evidenceMissing: (text: string) => `Geef het bewijs bij: ${text}`,
  },
  {
    begin: 'Begin an assessment',
    change: 'Change the draft',
    save: 'Save draft',
    theme: 'Theme',
    asOf: 'As of',
    met: 'Met',
    evidence: 'What shows it?',
    evidenceMissing: (text: string) => `Give the evidence for: ${text}`,
  },
);

interface CriterionProps {
  criterion: Criterion;
  at: number;
  lang: Lang;
  slot: (path: string) => Slot;
  onChange: (criterion: Criterion) => void;
}

const CriterionFields = ({ criterion, at, lang, slot, onChange }: CriterionProps) => {
  const t = texts(lang);
  return (
    <li class="mw-criterion">
      <label class="mw-check">
        <input
          type="checkbox"
          class="utrecht-checkbox"
          checked={criterion.met}
          onChange={(event) => onChange({ ...criterion, met: event.currentTarget.checked })}
        />
        <span>
          <small>{levelTexts(lang).level(String(criterion.level))}</small>
          {criterion.text}
        </span>
      </label>
      {criterion.met && (
        <TextField
          {...slot(`criteria[${at}].evidence`)}
          label={t.evidence}
          value={criterion.evidence ?? ''}
          onValue={(evidence) => onChange({ ...criterion, evidence })}
        />
      )}
    </li>
  );
};

const sent = ({ level, text, met, evidence }: Criterion): Criterion => ({
  level,
  text,
  met,
  ...(met && evidence?.trim() ? { evidence: evidence.trim() } : {}),
});

interface AssessmentFormProps {
  lang: Lang;
  draft?: Stored<Assessment>;
  fictional: boolean;
  send: (body: Partial<Assessment>) => Promise<unknown>;
}

export const AssessmentForm = ({ lang, draft, fictional, send }: AssessmentFormProps) => {
  const t = texts(lang);
  const [theme, setTheme] = useState<string>(draft?.theme ?? '');
  const [asOf, setAsOf] = useState(draft?.as_of ?? new Date().toISOString().slice(0, 10));
  const [criteria, setCriteria] = useState<Criterion[]>(draft?.criteria ?? []);
  const choose = (chosen: string) => {
    setTheme(chosen);
    setCriteria(chosen ? startFor(chosen as RoadmapTheme) : []);
  };
  const check = (): Faults => ({
    ...required({ theme: [t.theme, theme], as_of: [t.asOf, asOf] }, lang),
    ...Object.fromEntries(
      criteria.flatMap((one, at) =>
        one.met && (one.evidence ?? '').trim().length < 3
          ? [[`criteria[${at}].evidence`, t.evidenceMissing(one.text)]]
          : [],
      ),
    ),
  });
  const body = (): Partial<Assessment> => ({
    theme: theme as RoadmapTheme,
    as_of: asOf,
    criteria: criteria.map(sent),
    ...(fictional ? { fictional: true } : {}),
  });
  return (
    <StepForm
      id={`assessment-${draft?.id ?? 'new'}`}
      lang={lang}
      label={draft ? t.change : t.begin}
      submit={t.save}
      check={check}
      send={() => send(body())}
    >
      {(slot) => (
        <>
          {!draft && (
            <SelectField
              {...slot('theme')}
              label={t.theme}
              value={theme}
              onValue={choose}
              options={themes.map((one) => [one, word('roadmap_theme', one, lang)])}
            />
          )}
          <TextField
            {...slot('as_of')}
            label={t.asOf}
            type="date"
            short
            value={asOf}
            onValue={setAsOf}
          />
          <ul class="mw-criteria">
            {criteria.map((criterion, at) => (
              <CriterionFields
                key={at}
                criterion={criterion}
                at={at}
                lang={lang}
                slot={slot}
                onChange={(changed) => setCriteria(criteria.with(at, changed))}
              />
            ))}
          </ul>
        </>
      )}
    </StepForm>
  );
};
