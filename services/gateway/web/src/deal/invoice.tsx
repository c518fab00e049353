// Invoices for accepted units, and payments that both sides report: the platform holds no money.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { Act, TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, moment, number, word } from '../lib/i18n';
import { ReasonForm, StepForm, centsOf, required, acts } from '../lib/step';
import { Facts, State, Table } from '../lib/ui';
import type * as api from '../gen/api';
import { isBuyer, isSupplier, toInvoice, toPay } from './deal';
import type { Invoice, InvoiceLine, Order } from './records';
import { Credits, Files, Match } from './papers';
import { Part, Quiet, type PartProps } from './part';

const texts = dictionary(
  {
    none: 'Er is nog geen factuur.',
    create: 'Factuur maken',
    createNote: 'De factuur gaat over alles wat geaccepteerd is en nog niet gefactureerd:',
    created: 'De factuur is bewaard als concept. Controleer haar en verstuur haar daarna.',
    number: 'Factuurnummer',
    due: 'Betalen voor',
    issue: 'Factuur versturen',
    issued: 'De factuur is verstuurd.',
    drop: 'Concept weggooien',
    dropped: 'Het concept is weg.',
    approve: 'Factuur goedkeuren',
    approved: 'De factuur is goedgekeurd en kan betaald worden.',
    reject: 'Factuur afwijzen',
    rejected: 'De factuur is afgewezen. De leverancier kan een nieuwe maken.',
    lines: 'Regels van de factuur',
    what: 'Omschrijving',
    quantity: 'Aantal',
    vat: 'Btw',
    net: 'Bedrag excl. btw',
    netTotal: 'Totaal exclusief btw',
    vatTotal: 'Btw',
    gross: 'Te betalen, inclusief btw',
    credited: 'Gecrediteerd',
    rejectedWhy: 'Reden van afwijzen',
    paid: 'Gemelde betalingen',
    noPayment: 'Er is nog geen betaling gemeld.',
    holdsNone: 'Meerwaarde houdt zelf geen geld vast: beide partijen melden wat er is betaald.',
    report: 'Betaling melden',
    reported: 'De betaling is gemeld. De leverancier kan haar bevestigen.',
    amount: 'Bedrag in euro, inclusief btw',
    reference: 'Kenmerk op het bankafschrift',
    notAmount: 'Vul een bedrag in, bijvoorbeeld 1.250,50.',
    confirm: 'Ontvangst bevestigen',
    confirmed: 'De ontvangst is bevestigd.',
    reportedOn: 'Gemeld op',
  },
  {
    none: 'There is no invoice yet.',
    create: 'Write an invoice',
    createNote: 'The invoice covers all that was accepted and not invoiced yet:',
    created: 'The invoice is kept as a draft. Check it, then send it.',
    number: 'Invoice number',
    due: 'Pay by',
    issue: 'Send the invoice',
    issued: 'The invoice is sent.',
    drop: 'Throw the draft away',
    dropped: 'The draft is gone.',
    approve: 'Approve the invoice',
    approved: 'The invoice is approved and can be paid.',
    reject: 'Reject the invoice',
    rejected: 'The invoice is rejected. The supplier can write a new one.',
    lines: 'Lines of the invoice',
    what: 'Description',
    quantity: 'Quantity',
    vat: 'VAT',
    net: 'Amount excl. VAT',
    netTotal: 'Total excluding VAT',
    vatTotal: 'VAT',
    gross: 'To pay, including VAT',
    credited: 'Credited',
    rejectedWhy: 'Why it was rejected',
    paid: 'Payments reported',
    noPayment: 'No payment has been reported yet.',
    holdsNone: 'Meerwaarde holds no money itself: both parties report what was paid.',
    report: 'Report a payment',
    reported: 'The payment is reported. The supplier can confirm it.',
    amount: 'Amount in euros, including VAT',
    reference: 'Reference on the bank statement',
    notAmount: 'Give an amount, for example 1250.50.',
    confirm: 'Confirm receipt',
    confirmed: 'The receipt is confirmed.',
    reportedOn: 'Reported on',
  },
);

const CreateForm = ({ lang, act, order }: PartProps & { order: Order }) => {
  const t = texts(lang);
  const kept = useDraft(`invoice-of-${order.id}`, { number: '', due: '' });
  const { number: invoiceNumber, due } = kept.form;
  const open = (order.lines ?? []).filter((line) => toInvoice(line) > 0);
  const send = () => {
    const body: Partial<api.Invoice> = {
      order_id: order.id,
      number: invoiceNumber.trim(),
      lines: open.map((line) => ({
        order_line_id: line.id ?? '',
        quantity: toInvoice(line),
      })),
      ...(due ? { due_on: due } : {}),
    };
    return act(t.created, async () => {
      await create<api.Invoice>('/invoices', body);
      kept.sent();
    });
  };
  return (
    <StepForm
      id={`invoice-${order.id}`}
      lang={lang}
      label={t.create}
      open={kept.found}
      check={() => required({ number: [t.number, invoiceNumber] }, lang)}
      send={send}
    >
      {(slot) => (
        <>
          <Restored draft={kept} lang={lang} />
          <p>{t.createNote}</p>
          <ul class="mw-plainlist">
            {open.map((line) => (
              <li key={line.id}>
                {`${number(toInvoice(line), lang)} ${line.unit ?? ''}: ${line.description ?? ''}`}
              </li>
            ))}
          </ul>
          <TextField
            {...slot('number')}
            label={t.number}
            short
            value={invoiceNumber}
            onValue={(text) => kept.set({ number: text })}
          />
          <TextField
            {...slot('due_on')}
            label={t.due}
            optional
            short
            type="date"
            value={due}
            onValue={(day) => kept.set({ due: day })}
          />
        </>
      )}
    </StepForm>
  );
};

type InvoiceProps = PartProps & { invoice: Invoice };

const InvoiceCard = (part: InvoiceProps) => {
  const { invoice, deal, lang, act } = part;
  const t = texts(lang);
  const step = (name: string, said: string) => () =>
    act(said, () => command('/invoices', invoice, name));
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>
          {t.number} {invoice.number}
        </b>
        <State list="invoice_state" state={invoice.state} lang={lang} />
      </p>
      <Table<InvoiceLine>
        caption={t.lines}
        quiet
        rows={invoice.lines}
        columns={[
          { head: t.what, cell: (line) => line.description },
          { head: t.quantity, number: true, cell: (line) => number(line.quantity, lang) },
          { head: t.vat, cell: (line) => word('vat_rate', line.vat, lang) },
          {
            head: t.net,
            number: true,
            cell: (line) => euro(line.net_cents ?? 0, lang, true),
          },
        ]}
      />
      <Facts
        facts={[
          { term: t.netTotal, value: euro(invoice.net_cents ?? 0, lang, true) },
          { term: t.vatTotal, value: euro(invoice.vat_cents ?? 0, lang, true) },
          { term: t.gross, value: <b>{euro(invoice.gross_cents ?? 0, lang, true)}</b> },
          {
            term: t.credited,
            value: invoice.credited_cents ? euro(invoice.credited_cents, lang, true) : undefined,
          },
          { term: t.rejectedWhy, value: invoice.reject_reason },
          { term: t.paid, value: euro(invoice.paid_cents ?? 0, lang, true) },
          { term: t.due, value: invoice.due_on && date(invoice.due_on, lang) },
        ]}
      />
      <Match {...part} />
      {invoice.state !== 'draft' && (
        <Files
          path={`/invoices/${invoice.id}`}
          about={`${t.number} ${invoice.number}`}
          lang={lang}
        />
      )}
      <div class="mw-actions">
        {may(invoice, 'issue') && <Act lang={lang} label={t.issue} act={step('issue', t.issued)} />}
        {may(invoice, 'drop') && (
          <Act lang={lang} kind="secondary" label={t.drop} act={step('drop', t.dropped)} />
        )}
        {may(invoice, 'approve') && (
          <Act lang={lang} label={t.approve} act={step('approve', t.approved)} />
        )}
        {may(invoice, 'reject') && isBuyer(deal) && (
          <ReasonForm
            id={`reject-${invoice.id}`}
            lang={lang}
            label={t.reject}
            send={(reason) =>
              act(t.rejected, () => command('/invoices', invoice, 'reject', { reason }))
            }
          />
        )}
      </div>
      <Credits {...part} />
    </article>
  );
};

export const InvoicePart = (part: PartProps) => {
  const { deal, lang } = part;
  const shown = deal.invoices.filter((invoice) => invoice.state !== 'dropped');
  const billable = deal.orders.filter((order) => (order.lines ?? []).some((l) => toInvoice(l) > 0));
  return (
    <Part step="invoice" deal={deal} lang={lang}>
      {shown.length === 0 && <Quiet>{texts(lang).none}</Quiet>}
      {shown.map((invoice) => (
        <InvoiceCard key={invoice.id} {...part} invoice={invoice} />
      ))}
      {isSupplier(deal) &&
        billable.map((order) => <CreateForm key={order.id} {...part} order={order} />)}
    </Part>
  );
};

const ReportForm = ({ lang, act, invoice }: InvoiceProps) => {
  const t = texts(lang);
  const [typed, setTyped] = useState((toPay(invoice) / 100).toFixed(2).replace('.', ','));
  const [reference, setReference] = useState('');
  const cents = centsOf(typed);
  const check = (): Faults => ({
    ...(cents ? {} : { amount_cents: t.notAmount }),
    ...required({ bank_reference: [t.reference, reference] }, lang),
  });
  const send = () => {
    const body: Partial<api.Payment> = {
      invoice_id: invoice.id,
      amount_cents: cents ?? 0,
      bank_reference: reference.trim(),
    };
    return act(t.reported, () => create<api.Payment>('/payments', body));
  };
  return (
    <StepForm
      id={`pay-${invoice.id}`}
      lang={lang}
      label={t.report}
      about={`${t.number} ${invoice.number}`}
      check={check}
      send={send}
    >
      {(slot) => (
        <>
          <TextField
            {...slot('amount_cents')}
            label={t.amount}
            short
            value={typed}
            onValue={setTyped}
          />
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

export const PaymentPart = (part: PartProps) => {
  const { deal, lang, act } = part;
  const t = texts(lang);
  const payable = deal.invoices.filter((one) => one.state === 'approved' && toPay(one) > 0);
  return (
    <Part step="payment" deal={deal} lang={lang}>
      <Quiet>{deal.payments.length === 0 ? t.noPayment : t.holdsNone}</Quiet>
      <ul class="mw-cards">
        {deal.payments.map((payment) => (
          <li key={payment.id} class="mw-card">
            <p class="mw-card__head">
              <b>{euro(payment.amount_cents, lang, true)}</b>
              <State list="payment_state" state={payment.state} lang={lang} />
            </p>
            <Facts
              facts={[
                { term: t.reference, value: payment.bank_reference },
                { term: t.reportedOn, value: moment(payment.created_at, lang) },
              ]}
            />
            {may(payment, 'confirm') && (
              <Act
                lang={lang}
                label={t.confirm}
                act={() => act(t.confirmed, () => command('/payments', payment, 'confirm'))}
              />
            )}
          </li>
        ))}
      </ul>
      {isBuyer(deal) &&
        acts(deal.me, 'FINANCE') &&
        payable.map((invoice) => (
          <ReportForm key={`${invoice.id} ${invoice.paid_cents}`} {...part} invoice={invoice} />
        ))}
    </Part>
  );
};
