// What a juror gives a dossier: points by the rubric, kept as they go, and locked with one button.
import { useState } from 'preact/hooks';
import type { Judgement, JudgementText, RubricCriterion } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { AreaField, ChecksField, FaultSummary, SelectField, useDoing, type Faults } from '../lib/form';
import { dictionary, moment, type Lang } from '../lib/i18n';
import { ReasonForm } from '../lib/step';
import { Alert, Button, FaultAlert } from '../lib/ui';
import { juryLink } from './address';
import { useSaving } from './saving';
import { ScoreField, nameOf } from './score-field';

const texts = dictionary(
  {
    keys: 'U kunt de cijfertoetsen gebruiken, of de pijltjes. Met Tab gaat u naar het volgende criterium.',
    reopened: 'Heropend',
    confidence: 'Hoe zeker bent u?',
    sure: ['1, helemaal niet', '2', '3', '4', '5, helemaal'],
    remark: 'Opmerking',
    remarkHint: 'Waarom? De aanvrager kan dit na het besluit lezen, als de regels van de ronde dat zeggen.',
    abstain: 'Onthouding',
    abstainHint: 'U geeft dan geen punten. Bent u niet onpartijdig, geef de beoordeling dan terug.',
    abstains: 'Ik onthoud mij',
    keeping: 'Wordt bewaard…',
    kept: (when: string) => `Bewaard op ${when}.`,
    auto: 'Wat u invult, wordt vanzelf bewaard. Niemand anders ziet het voordat u het vastzet.',
    missing: (name: string) => `Geef punten voor: ${name}`,
    lock: 'Beoordeling vastzetten',
    lockTitle: 'Vastzetten is definitief',
    lockAbout:
      'Daarna kunt u niets meer veranderen, en ziet u wat anderen gaven. Alleen wie de ronde uitvoert kan uw beoordeling heropenen.',
    recuse: 'Ik ben niet onpartijdig: teruggeven',
    manager: 'Wie de ronde uitvoert leest dit.',
  },
  {
    keys: 'You can use the number keys, or the arrows. Tab takes you to the next criterion.',
    reopened: 'Reopened',
    confidence: 'How sure are you?',
    sure: ['1, not at all', '2', '3', '4', '5, entirely'],
    remark: 'Remark',
    remarkHint: 'Why? The applicant may read this after the decision, where the rules of the round say so.',
    abstain: 'Abstention',
    abstainHint: 'You give no points then. When you are not impartial, give the judgement back.',
    abstains: 'I abstain',
    keeping: 'Being kept…',
    kept: (when: string) => `Kept on ${when}.`,
    auto: 'What you fill in is kept by itself. Nobody else sees it before you lock it.',
    missing: (name: string) => `Give points for: ${name}`,
    lock: 'Lock the judgement',
    lockTitle: 'Locking is final',
    lockAbout:
      'After that you can change nothing, and you see what others gave. Only who runs the round can reopen your judgement.',
    recuse: 'I am not impartial: give it back',
    manager: 'Who runs the round reads this.',
  },
);

interface Filled {
  points: Record<string, number>;
  confidence: string;
  remark: string;
  abstain: boolean;
}

const filledFrom = (given: Judgement): Filled => ({
  points: Object.fromEntries((given.scores ?? []).map(({ code, points }) => [code, points])),
  confidence: given.confidence ? String(given.confidence) : '',
  remark: given.remark ?? '',
  abstain: given.abstain ?? false,
});

const bodyOf = (filled: Filled): Omit<JudgementText, 'id'> => ({
  ...(filled.abstain
    ? { abstain: true }
    : { scores: Object.entries(filled.points).map(([code, points]) => ({ code, points })) }),
  ...(filled.confidence ? { confidence: Number(filled.confidence) } : {}),
  ...(filled.remark.trim() ? { remark: filled.remark.trim() } : {}),
});

// What cannot be locked yet, by the field where it is given.
export const missingIn = (rubric: readonly RubricCriterion[], filled: Filled, said: (one: RubricCriterion) => string): Faults =>
  filled.abstain
    ? {}
    : Object.fromEntries(
        rubric.filter(({ code }) => filled.points[code] === undefined).map((one) => [`score-${one.code}`, said(one)]),
      );

const without = (points: Record<string, number>, code: string) => {
  const { [code]: _, ...others } = points;
  return others;
};

interface FormProps {
  given: Stored<Judgement>;
  lang: Lang;
  reload: () => Promise<void>;
}

const Kept = ({ saving, lang }: { saving: ReturnType<typeof useSaving>; lang: Lang }) => {
  const t = texts(lang);
  return (
    <>
      <p class="mw-quiet mw-kept" role="status">
        {saving.waits && !saving.fault ? t.keeping : saving.at ? t.kept(moment(saving.at, lang)) : t.auto}
      </p>
      {saving.fault && <FaultAlert fault={saving.fault} lang={lang} />}
    </>
  );
};

interface FieldsProps {
  rubric: readonly RubricCriterion[];
  filled: Filled;
  faults: Faults;
  lang: Lang;
  set: (part: Partial<Filled>, soon: boolean) => void;
}

const Fields = ({ rubric, filled, faults, lang, set }: FieldsProps) => {
  const t = texts(lang);
  return (
    <>
      {!filled.abstain && <p class="mw-quiet">{t.keys}</p>}
      {!filled.abstain &&
        rubric.map((criterion) => (
          <ScoreField
            key={criterion.code}
            criterion={criterion}
            name={`score-${criterion.code}`}
            lang={lang}
            fault={filled.points[criterion.code] === undefined ? faults[`score-${criterion.code}`] : undefined}
            value={filled.points[criterion.code]}
            onValue={(points) =>
              set(
                { points: points === undefined ? without(filled.points, criterion.code) : { ...filled.points, [criterion.code]: points } },
                true,
              )
            }
          />
        ))}
      <SelectField
        name="confidence"
        lang={lang}
        label={t.confidence}
        optional
        options={t.sure.map((label, at) => [String(at + 1), label] as const)}
        value={filled.confidence}
        onValue={(confidence) => set({ confidence }, true)}
      />
      <AreaField
        name="remark"
        lang={lang}
        label={t.remark}
        hint={t.remarkHint}
        optional
        rows={5}
        value={filled.remark}
        onValue={(remark) => set({ remark }, false)}
      />
      <ChecksField
        name="abstain"
        lang={lang}
        label={t.abstain}
        hint={t.abstainHint}
        options={[['yes', t.abstains]]}
        values={filled.abstain ? ['yes'] : []}
        onValues={(values) => set({ abstain: values.length > 0 }, true)}
      />
    </>
  );
};

export const JudgementForm = ({ given, lang, reload }: FormProps) => {
  const t = texts(lang);
  const rubric = given.rubric ?? [];
  const saving = useSaving(given);
  const [filled, setFilled] = useState(() => filledFrom(given));
  const [faults, setFaults] = useState<Faults>({});
  const doing = useDoing();
  const set = (part: Partial<Filled>, soon: boolean) => {
    const next = { ...filled, ...part };
    setFilled(next);
    saving.keep(bodyOf(next), soon);
  };
  const lock = async (event: Event) => {
    event.preventDefault();
    const missing = missingIn(rubric, filled, (one) => t.missing(nameOf(one, lang)));
    setFaults(missing);
    if (Object.keys(missing).length > 0) return;
    const done = await doing.run(async () => command('/judgements', await saving.flush(), 'lock'));
    if (done) await reload();
  };
  const recuse = async (reason: string) => {
    await command('/judgements', await saving.flush(), 'recuse', { reason });
    location.assign(juryLink(given.round_id ?? '', lang));
  };
  return (
    <>
      {given.state === 'reopened' && (
        <Alert title={t.reopened}>
          <p>{given.reason}</p>
        </Alert>
      )}
      <form noValidate onSubmit={(event) => void lock(event)}>
        <FaultSummary faults={faults} lang={lang} />
        <Fields rubric={rubric} filled={filled} faults={faults} lang={lang} set={set} />
        <Kept saving={saving} lang={lang} />
        <div class="mw-lock">
          <p>
            <b>{t.lockTitle}.</b> {t.lockAbout}
          </p>
          <Button submit disabled={doing.busy}>
            {t.lock}
          </Button>
          {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
        </div>
      </form>
      {may(given, 'recuse') && <ReasonForm id="recuse" lang={lang} label={t.recuse} hint={t.manager} send={recuse} />}
    </>
  );
};
