// What may be done with a need as a whole: hand it in, approve it or give it back, put it on the market, withdraw it.
import { useState } from 'preact/hooks';
import { command, may } from '../lib/api';
import { Act, AreaField, SelectField, optionsOf, type Faults } from '../lib/form';
import { dictionary } from '../lib/i18n';
import { ReasonForm, StepForm } from '../lib/step';
import { Alert } from '../lib/ui';
import { AmendForm } from './need-details';
import { NeedEdit } from './need-edit';
import type { PartProps } from './part';

const texts = dictionary(
  {
    submit: 'Ter goedkeuring indienen',
    submitted: 'De vraag ligt bij een beslisser van uw organisatie.',
    approve: 'Vraag goedkeuren',
    approved: 'De vraag is goedgekeurd en mag de markt op.',
    giveBack: 'Terug naar concept',
    givenBack: 'De vraag is weer een concept.',
    returned: 'Teruggegeven',
    publish: 'Vraag publiceren',
    published: 'De vraag staat op de marktplaats.',
    drop: 'Concept weggooien',
    dropped: 'Het concept is weggegooid.',
    cancel: 'Vraag intrekken',
    cancelled: 'De vraag is ingetrokken.',
    cause: 'Oorzaak',
    choose: 'Kies een oorzaak.',
    why: 'Toelichting',
    whyHint: 'Leveranciers lezen dit.',
    tooShort: 'Geef een toelichting van minstens 3 tekens.',
  },
  {
    submit: 'Hand in for approval',
    submitted: 'The need is with an approver of your organisation.',
    approve: 'Approve the need',
    approved: 'The need is approved and may go on the market.',
    giveBack: 'Back to draft',
    givenBack: 'The need is a draft again.',
    returned: 'Given back',
    publish: 'Publish the need',
    published: 'The need is on the marketplace.',
    drop: 'Throw the draft away',
    dropped: 'The draft is thrown away.',
    cancel: 'Cancel the need',
    cancelled: 'The need is cancelled.',
    cause: 'Cause',
    choose: 'Choose a cause.',
    why: 'Explanation',
    whyHint: 'Suppliers read this.',
    tooShort: 'Give an explanation of at least 3 characters.',
  },
);

const CancelForm = ({ deal, lang, act }: PartProps) => {
  const t = texts(lang);
  const [cause, setCause] = useState('');
  const [reason, setReason] = useState('');
  const check = (): Faults => ({
    ...(cause === '' ? { cause: t.choose } : {}),
    ...(reason.trim().length < 3 ? { reason: t.tooShort } : {}),
  });
  const body = { cause, reason: reason.trim() };
  return (
    <StepForm
      id="need-cancel"
      lang={lang}
      label={t.cancel}
      check={check}
      send={() => act(t.cancelled, () => command('/needs', deal.need, 'cancel', body))}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('cause')}
            label={t.cause}
            value={cause}
            onValue={setCause}
            options={optionsOf('cancel_cause', lang)}
          />
          <AreaField
            {...slot('reason')}
            label={t.why}
            hint={t.whyHint}
            value={reason}
            onValue={setReason}
          />
        </>
      )}
    </StepForm>
  );
};

export const NeedSteps = (part: PartProps) => {
  const { deal, lang, act } = part;
  const { need } = deal;
  const t = texts(lang);
  const step = (name: 'submit' | 'approve' | 'publish' | 'drop', done: string) =>
    may(need, name) && (
      <Act
        lang={lang}
        kind={name === 'drop' ? 'secondary' : 'primary'}
        label={t[name]}
        act={() => act(done, () => command('/needs', need, name))}
      />
    );
  return (
    <>
      {need.return_reason && need.state === 'draft' && (
        <Alert title={t.returned}>
          <p>{need.return_reason}</p>
        </Alert>
      )}
      <div class="mw-actions">
        {step('approve', t.approved)}
        {step('publish', t.published)}
        {!may(need, 'publish') && step('submit', t.submitted)}
        {may(need, 'return') && (
          <ReasonForm
            id="need-return"
            lang={lang}
            label={t.giveBack}
            send={(reason) => act(t.givenBack, () => command('/needs', need, 'return', { reason }))}
          />
        )}
        <NeedEdit key={need.version} {...part} />
        <AmendForm {...part} />
        {step('drop', t.dropped)}
        {may(need, 'cancel') && <CancelForm {...part} />}
      </div>
    </>
  );
};
