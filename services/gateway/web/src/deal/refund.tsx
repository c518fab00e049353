// Money that was paid back, and whose loss it is.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { create } from '../lib/api';
import { AreaField, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { dictionary, euro, word } from '../lib/i18n';
import { StepForm, centsOf, required } from '../lib/step';
import { Facts } from '../lib/ui';
import type { PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';
import type { Payment, Refund } from './records';

const texts = dictionary(
  {
    report: 'Terugbetaling melden',
    reported: 'De terugbetaling is gemeld. De inkoper kan haar bevestigen.',
    title: (amount: string) => `${amount} terugbetaald`,
    amount: 'Bedrag in euro, inclusief btw',
    notAmount: 'Vul een bedrag in, bijvoorbeeld 1.250,50.',
    reference: 'Kenmerk op het bankafschrift',
    bearer: 'Voor wiens rekening?',
    choose: 'Kies voor wiens rekening het is.',
    borne: 'Voor rekening van',
    reason: 'Waarom?',
    confirm: 'Ontvangst van de terugbetaling bevestigen',
    confirmed: 'De ontvangst is bevestigd.',
    reverse: 'Melden: teruggedraaid',
    reversed: 'De terugbetaling is teruggedraaid.',
    reversedWhy: 'Reden van terugdraaien',
  },
  {
    report: 'Report a refund',
    reported: 'The refund is reported. The buyer can confirm it.',
    title: (amount: string) => `${amount} paid back`,
    amount: 'Amount in euros, including VAT',
    notAmount: 'Give an amount, for example 1250.50.',
    reference: 'Reference on the bank statement',
    bearer: 'Whose loss is it?',
    choose: 'Choose whose loss it is.',
    borne: 'Borne by',
    reason: 'Why?',
    confirm: 'Confirm receipt of the refund',
    confirmed: 'The receipt is confirmed.',
    reverse: 'Report as reversed',
    reversed: 'The refund is reversed.',
    reversedWhy: 'Why it was reversed',
  },
);

type PaymentProps = PartProps & { payment: Payment };

export const RefundForm = ({ payment, lang, act }: PaymentProps) => {
  const t = texts(lang);
  const [typed, setTyped] = useState('');
  const [reference, setReference] = useState('');
  const [borne, setBorne] = useState('');
  const [reason, setReason] = useState('');
  const cents = centsOf(typed);
  const check = (): Faults => ({
    ...(cents ? {} : { amount_cents: t.notAmount }),
    ...(borne === '' ? { borne_by: t.choose } : {}),
    ...required({ bank_reference: [t.reference, reference], reason: [t.reason, reason] }, lang),
  });
  const body = {
    payment_id: payment.id,
    amount_cents: cents ?? 0,
    bank_reference: reference.trim(),
    borne_by: borne,
    reason: reason.trim(),
  };
  return (
    <StepForm
      id={`refund-${payment.id}`}
      lang={lang}
      label={t.report}
      check={check}
      send={() => act(t.reported, () => create<api.Refund>('/refunds', body))}
    >
      {(slot) => (
        <>
          <TextField {...slot('amount_cents')} label={t.amount} short value={typed} onValue={setTyped} />
          <TextField
            {...slot('bank_reference')}
            label={t.reference}
            value={reference}
            onValue={setReference}
          />
          <SelectField
            {...slot('borne_by')}
            label={t.bearer}
            value={borne}
            onValue={setBorne}
            options={optionsOf('borne_by', lang)}
          />
          <AreaField {...slot('reason')} label={t.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const RefundCard = ({ refund, lang, act }: PartProps & { refund: Refund }) => {
  const t = texts(lang);
  const step = { path: '/refunds', thing: refund, lang, act };
  return (
    <RecordCard noun="refund" thing={refund} title={t.title(euro(refund.amount_cents, lang, true))} lang={lang} item>
      <Facts
        facts={[
          { term: t.reference, value: refund.bank_reference },
          { term: t.borne, value: word('borne_by', refund.borne_by, lang) },
          { term: t.reason, value: refund.reason },
          { term: t.reversedWhy, value: refund.reverse_reason },
        ]}
      />
      <div class="mw-actions">
        <Step {...step} name="confirm" label={t.confirm} said={t.confirmed} />
        <ReasonStep {...step} name="reverse" label={t.reverse} said={t.reversed} />
      </div>
    </RecordCard>
  );
};

export const Refunds = (part: PaymentProps) => {
  const refunds = part.deal.refunds.filter((refund) => refund.payment_id === part.payment.id);
  return refunds.length === 0 ? null : (
    <ul class="mw-cards">
      {refunds.map((refund) => (
        <RefundCard key={refund.id} {...part} refund={refund} />
      ))}
    </ul>
  );
};
