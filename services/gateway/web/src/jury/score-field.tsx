// The score for one criterion: a row of choices by mouse, finger, arrows or the number keys; a long scale is typed.
import { useRef } from 'preact/hooks';
import type { TargetedKeyboardEvent } from 'preact';
import type { RubricCriterion } from '../gen/api';
import { TextField } from '../lib/form';
import { dictionary, number, type Lang } from '../lib/i18n';
import { countOf, type Slot } from '../lib/step';

const texts = dictionary(
  {
    weight: (part: string) => `telt voor ${part} %`,
    apart: 'telt niet mee in het totaal',
    scale: (most: string) => `Van 0 (laag) tot ${most} (hoog).`,
  },
  {
    weight: (part: string) => `counts for ${part} %`,
    apart: 'does not count in the total',
    scale: (most: string) => `From 0 (low) to ${most} (high).`,
  },
);

const usualScale = 5;
const longest = 10; // a row of choices has no more
const second = 700; // ms in which a 1 and a 0 are a ten

export const scaleOf = (criterion: RubricCriterion) => criterion.scale ?? usualScale;
export const nameOf = (criterion: RubricCriterion, lang: Lang) => (lang === 'en' && criterion.name_en) || criterion.name;
export const weightOf = (criterion: RubricCriterion, lang: Lang) =>
  criterion.independent ? texts(lang).apart : texts(lang).weight(number(criterion.weight_ppm / 10_000, lang));

interface ScoreProps extends Slot {
  criterion: RubricCriterion;
  value: number | undefined;
  onValue: (points: number | undefined) => void;
}

const Typed = ({ criterion, value, onValue, ...field }: ScoreProps) => (
  <TextField
    {...field}
    label={`${nameOf(criterion, field.lang)} (${weightOf(criterion, field.lang)})`}
    hint={`${criterion.guide ?? ''} ${texts(field.lang).scale(number(scaleOf(criterion), field.lang))}`.trim()}
    short
    value={value === undefined ? '' : String(value)}
    onValue={(text) => onValue(countOf(text))}
  />
);

const Row = ({ criterion, value, onValue, name, lang, fault }: ScoreProps) => {
  const t = texts(lang);
  const most = scaleOf(criterion);
  const last = useRef({ key: '', at: 0 });
  const byKey = (event: TargetedKeyboardEvent<HTMLFieldSetElement>) => {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    const joined = Number(last.current.key + event.key);
    const soon = event.timeStamp - last.current.at < second;
    const points = soon && last.current.key && joined <= most ? joined : Number(event.key);
    last.current = { key: event.key, at: event.timeStamp };
    if (points > most) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll('input')[points]?.focus();
    onValue(points);
  };
  return (
    <fieldset
      class={`mw-field mw-fieldset mw-score ${fault ? 'is-invalid' : ''}`}
      id={name}
      tabIndex={-1}
      aria-describedby={`${name}-hint`}
      onKeyDown={byKey}
    >
      <legend class="utrecht-form-label">
        {nameOf(criterion, lang)} <small>{weightOf(criterion, lang)}</small>
      </legend>
      <div class="utrecht-form-field-description" id={`${name}-hint`}>
        {criterion.guide} {t.scale(number(most, lang))}
      </div>
      {fault && <div class="utrecht-form-field-error-message">{fault}</div>}
      <div class="mw-score__row">
        {Array.from({ length: most + 1 }, (_, points) => (
          <label key={points} class="mw-score__one">
            <input
              type="radio"
              name={name}
              value={points}
              checked={value === points}
              onChange={() => onValue(points)}
            />
            <span>{points}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};

export const ScoreField = (props: ScoreProps) =>
  scaleOf(props.criterion) > longest ? <Typed {...props} /> : <Row {...props} />;
