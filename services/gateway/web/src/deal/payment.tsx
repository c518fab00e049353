// Payments that both sides report, before or after the bank does, and that can go back: the platform holds no money.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { command, create, may, mayBegin } from '../lib/api';
import { TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, moment } from '../lib/i18n';
import { StepForm, centsOf, required } from '../lib/step';
import { Alert, Facts } from '../lib/ui';
import { toPay } from './deal';
import { Part, Quiet, type PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';
import type { Invoice, Payment } from './records';
import { RefundForm, Refunds } from './refund';

const texts = dictionary(
  {
    none: 'Er is nog geen betaling gemeld.',
    holdsNone: 'Meerwaarde houdt zelf geen geld vast: beide partijen melden wat er is betaald.',
    invoice: (number: string) => `Factuur ${number}`,
    title: (amount: string, number: string) => `${amount} van factuur ${number}`,
    report: 'Betaling melden',
    reported: 'De betaling is gemeld. De leverancier kan haar bevestigen.',
    announce: 'Betaling aankondigen',
    announced: 'De leverancier weet dat het geld komt.',
    payOn: 'Wordt betaald op',
    amount: 'Bedrag in euro, inclusief btw',
    notAmount: 'Vul een bedrag in, bijvoorbeeld 1.250,50.',
    reference: 'Kenmerk op het bankafschrift',
    book: 'Melden: afgeschreven',
    booked: 'Het kenmerk van de bank is bewaard.',
    confirm: 'Ontvangst bevestigen',
    confirmed: 'De ontvangst is bevestigd.',
    reverse: 'Melden: teruggedraaid',
    reversed: 'De betaling is teruggedraaid. De factuur staat weer open.',
    reversedWhy: 'Reden van terugdraaien',
    toldOn: 'Gemeld op',
    reportedOn: 'Afgeschreven, gemeld op',
    confirmedOn: 'Ontvangen, gemeld op',
    reversedOn: 'Teruggedraaid op',
    refunded: 'Terugbetaald',
    overpaid: (amount: string) => `Er is ${amount} te veel betaald. De leverancier hoort dat terug te betalen.`,
    frozen: (amount: string) => `Van deze bestelling staat ${amount} stil: daarover loopt een geschil.`,
  },
  {
    none: 'No payment has been reported yet.',
    holdsNone: 'Meerwaarde holds no money itself: both parties report what was paid.',
    invoice: (number: string) => `Invoice ${number}`,
    title: (amount: string, number: string) => `${amount} of invoice ${number}`,
    report: 'Report a payment',
    reported: 'The payment is reported. The supplier can confirm it.',
    announce: 'Announce a payment',
    announced: 'The supplier knows that the money comes.',
    payOn: 'To be paid on',
    amount: 'Amount in euros, including VAT',
    notAmount: 'Give an amount, for example 1250.50.',
    reference: 'Reference on the bank statement',
    book: 'Report as debited',
    booked: 'The reference of the bank is kept.',
    confirm: 'Confirm receipt',
    confirmed: 'The receipt is confirmed.',
    reverse: 'Report as reversed',
    reversed: 'The payment is reversed. The invoice is open again.',
    reversedWhy: 'Why it was reversed',
    toldOn: 'Told on',
    reportedOn: 'Debited, told on',
    confirmedOn: 'Received, told on',
    reversedOn: 'Reversed on',
    refunded: 'Paid back',
    overpaid: (amount: string) => `${amount} was paid too much. The supplier has to pay it back.`,
    frozen: (amount: string) => `Of this order ${amount} stands still: there is a dispute about it.`,
  },
);

type InvoiceProps = PartProps & { invoice: Invoice };

const asTyped = (cents: number) => (cents / 100).toFixed(2).replace('.', ',');

const ReportForm = ({ deal, lang, act, invoice }: InvoiceProps) => {
  const t = texts(lang);
  const [typed, setTyped] = useState(asTyped(toPay(deal, invoice)));
  const [reference, setReference] = useState('');
  const cents = centsOf(typed);
  const check = (): Faults => ({
    ...(cents ? {} : { amount_cents: t.notAmount }),
    ...required({ bank_reference: [t.reference, reference] }, lang),
  });
  const body = { invoice_id: invoice.id, amount_cents: cents ?? 0, bank_reference: reference.trim() };
  return (
    <StepForm
      id={`pay-${invoice.id}`}
      lang={lang}
      label={t.report}
      about={t.invoice(invoice.number ?? '')}
      check={check}
      send={() => act(t.reported, () => create<api.Payment>('/payments', body))}
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
        </>
      )}
    </StepForm>
  );
};

const AnnounceForm = ({ deal, lang, act, invoice }: InvoiceProps) => {
  const t = texts(lang);
  const [typed, setTyped] = useState(asTyped(toPay(deal, invoice)));
  const [payOn, setPayOn] = useState(invoice.due_on ?? '');
  const cents = centsOf(typed);
  const check = (): Faults => (cents ? {} : { amount_cents: t.notAmount });
  const body = { invoice_id: invoice.id, amount_cents: cents ?? 0, ...(payOn ? { pay_on: payOn } : {}) };
  return (
    <StepForm
      id={`announce-pay-${invoice.id}`}
      lang={lang}
      label={t.announce}
      about={t.invoice(invoice.number ?? '')}
      check={check}
      send={() => act(t.announced, () => create<api.Payment>('/payments/announced', body))}
    >
      {(slot) => (
        <>
          <TextField {...slot('amount_cents')} label={t.amount} short value={typed} onValue={setTyped} />
          <TextField {...slot('pay_on')} label={t.payOn} optional short type="date" value={payOn} onValue={setPayOn} />
        </>
      )}
    </StepForm>
  );
};

const BookForm = ({ payment, lang, act }: PartProps & { payment: Payment }) => {
  const t = texts(lang);
  const [reference, setReference] = useState('');
  const body = { bank_reference: reference.trim() };
  return (
    <StepForm
      id={`book-${payment.id}`}
      lang={lang}
      label={t.book}
      check={() => required({ bank_reference: [t.reference, reference] }, lang)}
      send={() => act(t.booked, () => command('/payments', payment, 'book', body))}
    >
      {(slot) => (
        <TextField
          {...slot('bank_reference')}
          label={t.reference}
          value={reference}
          onValue={setReference}
        />
      )}
    </StepForm>
  );
};

const PaymentCard = (part: PartProps & { payment: Payment }) => {
  const { payment, deal, lang, act } = part;
  const t = texts(lang);
  const step = { path: '/payments', thing: payment, lang, act };
  const invoice = deal.invoices.find(({ id }) => id === payment.invoice_id);
  const when = (at: string | undefined) => at && moment(at, lang);
  return (
    <RecordCard
      noun="payment"
      thing={payment}
      title={t.title(euro(payment.amount_cents, lang, true), invoice?.number ?? '')}
      lang={lang}
      item
    >
      <Facts
        facts={[
          { term: t.reference, value: payment.bank_reference },
          { term: t.payOn, value: payment.pay_on && date(payment.pay_on, lang) },
          { term: t.toldOn, value: when(payment.created_at) },
          { term: t.reportedOn, value: when(payment.reported_at) },
          { term: t.confirmedOn, value: when(payment.confirmed_at) },
          { term: t.reversedOn, value: when(payment.reversed_at) },
          { term: t.reversedWhy, value: payment.reverse_reason },
          { term: t.refunded, value: !!payment.refunded_cents && euro(payment.refunded_cents, lang, true) },
        ]}
      />
      <div class="mw-actions">
        <Step {...step} name="confirm" label={t.confirm} said={t.confirmed} />
        {may(payment, 'book') && <BookForm {...part} />}
        {mayBegin(payment, 'refund_report') && <RefundForm key={payment.version} {...part} />}
        <ReasonStep {...step} name="reverse" label={t.reverse} said={t.reversed} />
      </div>
      <Refunds {...part} />
    </RecordCard>
  );
};

export const PaymentPart = (part: PartProps) => {
  const { deal, lang } = part;
  const t = texts(lang);
  const payable = deal.invoices.filter((one) => toPay(deal, one) > 0);
  return (
    <Part step="payment" deal={deal} lang={lang}>
      <Quiet>{deal.payments.length === 0 ? t.none : t.holdsNone}</Quiet>
      {deal.orders.map(({ id, overpaid_cents: over }) =>
        over ? (
          <Alert key={id}>
            <p>{t.overpaid(euro(over, lang, true))}</p>
          </Alert>
        ) : null,
      )}
      {deal.orders.map(({ id, frozen_cents: frozen }) =>
        frozen ? (
          <Alert key={id}>
            <p>{t.frozen(euro(frozen, lang, true))}</p>
          </Alert>
        ) : null,
      )}
      <ul class="mw-cards">
        {deal.payments.map((payment) => (
          <PaymentCard key={payment.id} {...part} payment={payment} />
        ))}
      </ul>
      <div class="mw-actions">
        {payable.map((invoice) => (
          <>
            {mayBegin(invoice, 'payment_report') && (
              <ReportForm key={`${invoice.id} ${invoice.paid_cents}`} {...part} invoice={invoice} />
            )}
            {mayBegin(invoice, 'payment_announce') && (
              <AnnounceForm key={`announce ${invoice.id} ${deal.payments.length}`} {...part} invoice={invoice} />
            )}
          </>
        ))}
      </div>
    </Part>
  );
};
