// Invoices for accepted units.
import { create, mayBegin } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { TextField } from '../lib/form';
import { date, dictionary, euro, number, word } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { Facts, Table } from '../lib/ui';
import type * as api from '../gen/api';
import { toInvoice } from './deal';
import type { Invoice, InvoiceLine, Order } from './records';
import { HandOvers } from './hand-over';
import { Credits, Files, Match } from './papers';
import { Part, Quiet, type PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';

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
  const { invoice, lang, act } = part;
  const t = texts(lang);
  const step = { path: '/invoices', thing: invoice, lang, act };
  return (
    <RecordCard noun="invoice" thing={invoice} title={`${t.number} ${invoice.number}`} lang={lang}>
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
        <>
          <Files
            path={`/invoices/${invoice.id}`}
          about={`${t.number} ${invoice.number}`}
          lang={lang}
        />
          <HandOvers of={invoice.hand_overs} lang={lang} />
        </>
      )}
      <div class="mw-actions">
        <Step {...step} name="issue" label={t.issue} said={t.issued} />
        <Step {...step} name="drop" label={t.drop} said={t.dropped} second />
        <Step {...step} name="approve" label={t.approve} said={t.approved} />
        <ReasonStep {...step} name="reject" label={t.reject} said={t.rejected} />
      </div>
      <Credits {...part} />
    </RecordCard>
  );
};

export const InvoicePart = (part: PartProps) => {
  const { deal, lang } = part;
  const shown = deal.invoices.filter((invoice) => invoice.state !== 'dropped');
  const billable = deal.orders.filter(
    (order) => mayBegin(order, 'invoice_create') && (order.lines ?? []).some((l) => toInvoice(l) > 0),
  );
  return (
    <Part step="invoice" deal={deal} lang={lang}>
      {shown.length === 0 && <Quiet>{texts(lang).none}</Quiet>}
      {shown.map((invoice) => (
        <InvoiceCard key={invoice.id} {...part} invoice={invoice} />
      ))}
      {billable.map((order) => (
        <CreateForm key={order.id} {...part} order={order} />
      ))}
    </Part>
  );
};
