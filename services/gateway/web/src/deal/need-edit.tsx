// While a need is a draft, its own people change on its page what exactly is asked and by what it is judged.
import type * as api from '../gen/api';
import { may, replace } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { dictionary } from '../lib/i18n';
import { CriteriaField, LinesField } from '../lib/need-lists';
import { partFaults, partsOf, typedCriterion, typedLine } from '../lib/need-parts';
import { StepForm } from '../lib/step';
import type { PartProps } from './part';
import type { Need } from './records';

const texts = dictionary(
  { edit: 'Regels en criteria wijzigen', save: 'Wijziging bewaren', saved: 'Het concept is bijgewerkt.' },
  { edit: 'Change lines and criteria', save: 'Save the change', saved: 'The draft is updated.' },
);

// What its writer sends of a need; the platform sets the rest.
const written = [
  'title',
  'description',
  'kind',
  'sector',
  'cpv',
  'quantity',
  'unit',
  'budget_cents',
  'municipality',
  'start_on',
  'route',
  'purpose',
  'shares',
  'reserved',
  'documents',
  'question_deadline',
  'quote_deadline',
  'goals',
  'target_groups',
  'fictional',
] as const;

const asWritten = (need: Need) => Object.fromEntries(written.map((name) => [name, need[name]]));

export const NeedEdit = ({ deal, lang, act }: PartProps) => {
  const { need } = deal;
  const t = texts(lang);
  const kept = useDraft(`need-parts-${need.id}-${need.version}`, {
    lines: (need.spec_lines ?? []).map(typedLine),
    criteria: (need.criteria ?? []).map((one) => typedCriterion(one, lang)),
  });
  if (!may(need, 'put')) return null;
  const parts = { ...kept.form, shares: [] };
  const send = () =>
    act(t.saved, async () => {
      const { spec_lines, criteria } = partsOf(parts);
      await replace<api.Need>(`/needs/${need.id}`, need.version, { ...asWritten(need), spec_lines, criteria });
      kept.sent();
    });
  const list = { draft: kept.form, lang, set: kept.set };
  return (
    <StepForm
      id="need-edit"
      lang={lang}
      label={t.edit}
      submit={t.save}
      open={kept.found}
      check={() => partFaults(parts, '', lang)}
      send={send}
    >
      {(slot) => (
        <>
          <Restored draft={kept} lang={lang} />
          <LinesField {...list} slot={slot} />
          <CriteriaField {...list} slot={slot} />
        </>
      )}
    </StepForm>
  );
};
