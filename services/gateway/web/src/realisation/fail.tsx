// That an initiative will not become real: why, from a list, and the same in words.
import { useState } from 'preact/hooks';
import { AreaField, SelectField, optionsOf } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';

const texts = dictionary(
  {
    fail: 'Vastleggen dat het niet doorgaat',
    ground: 'Waarom',
    reason: 'Toelichting',
    reasonHint: 'De aanvrager leest dit. Wat is toegezegd en nog niet is betaald, vervalt.',
  },
  {
    fail: 'Record that it will not become real',
    ground: 'Why',
    reason: 'In words',
    reasonHint: 'The applicant reads this. What was promised and not paid yet, lapses.',
  },
);

interface Props {
  id: string;
  title: string;
  lang: Lang;
  send: (body: object) => Promise<unknown>;
}

export const FailForm = ({ id, title, lang, send }: Props) => {
  const t = texts(lang);
  const [ground, setGround] = useState('');
  const [reason, setReason] = useState('');
  return (
    <StepForm
      id={`fail-${id}`}
      lang={lang}
      label={t.fail}
      about={title}
      check={() => required({ ground: [t.ground, ground], reason: [t.reason, reason] }, lang)}
      send={() => send({ ground, reason: reason.trim() })}
    >
      {(slot) => (
        <>
          <SelectField {...slot('ground')} label={t.ground} value={ground} onValue={setGround} options={optionsOf('failure_ground', lang)} />
          <AreaField {...slot('reason')} label={t.reason} hint={t.reasonHint} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};
