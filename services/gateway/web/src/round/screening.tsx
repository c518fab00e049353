// The screening of one initiative: each criterion of the round answered, and from that eligible or not.
import { useEffect, useState } from 'preact/hooks';
import { get, may, type Stored } from '../lib/api';
import { AreaField, SelectField, type Faults } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import type { Initiative, Round, ScreeningCheck, ScreeningCriterion } from '../gen/api';

const texts = dictionary(
  {
    screen: 'Screenen',
    met: 'Voldoet',
    unmet: 'Voldoet niet',
    unanswered: (criterion: string) => `Kies of het voldoet: ${criterion}`,
    why: 'Waarom is het niet ontvankelijk?',
    whyHint: 'De aanvrager leest dit, en het eerste criterium dat niet is vervuld. Deze kan bezwaar maken.',
    record: 'Oordeel vastleggen',
  },
  {
    screen: 'Screen',
    met: 'Meets it',
    unmet: 'Does not meet it',
    unanswered: (criterion: string) => `Choose whether it meets this: ${criterion}`,
    why: 'Why is it not eligible?',
    whyHint: 'The applicant reads this, and the first criterion that is not met. They can object.',
    record: 'Record the judgement',
  },
);

interface ScreeningProps {
  initiative: Stored<Initiative>;
  lang: Lang;
  send: (name: string, body: object) => Promise<unknown>;
}

export const ScreeningForm = ({ initiative, lang, send }: ScreeningProps) => {
  const t = texts(lang);
  const [round, setRound] = useState<Round>();
  const [found, setFound] = useState<Record<string, string>>({});
  const [reason, setReason] = useState('');
  useEffect(() => {
    get<Round>(`/rounds/${initiative.round_id}`)
      .then(setRound)
      .catch(() => setRound(undefined));
  }, [initiative.round_id]);
  if (!round || !(may(initiative, 'admit') || may(initiative, 'refuse'))) return null;

  const criteria = round.eligibility ?? [];
  const said = (one: ScreeningCriterion) => (lang === 'en' && one.text_en) || one.text;
  const checks: ScreeningCheck[] = criteria.map(({ code }) => ({ code, met: found[code] === 'met' }));
  const decides = checks.find(({ code, met }) => found[code] && !met)?.code;
  const check = (): Faults => ({
    ...Object.fromEntries(
      criteria.filter(({ code }) => !found[code]).map((one) => [`check-${one.code}`, t.unanswered(said(one))]),
    ),
    ...(decides ? required({ reason: [t.why, reason] }, lang) : {}),
  });
  const judge = () =>
    decides
      ? send('refuse', { checks, criterion: decides, reason: reason.trim() })
      : send('admit', { checks });
  return (
    <StepForm
      id={`screen-${initiative.id}`}
      lang={lang}
      label={t.screen}
      about={initiative.title}
      submit={t.record}
      check={check}
      send={judge}
    >
      {(slot) => (
        <>
          {criteria.map((one) => (
            <SelectField
              key={one.code}
              {...slot(`check-${one.code}`)}
              label={said(one)}
              options={[
                ['met', t.met],
                ['unmet', t.unmet],
              ]}
              value={found[one.code] ?? ''}
              onValue={(value: string) => setFound({ ...found, [one.code]: value })}
            />
          ))}
          {decides && (
            <AreaField
              {...slot('reason')}
              label={t.why}
              hint={t.whyHint}
              value={reason}
              onValue={setReason}
            />
          )}
        </>
      )}
    </StepForm>
  );
};
