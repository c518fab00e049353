// What an invoice is beside a form: its three-way match line by line, its files, and the credit notes that correct it.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { command, create, may, mayBegin } from '../lib/api';
import { Act, TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, number, word, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { A, Alert, Facts, Table } from '../lib/ui';
import type { PartProps } from './part';
import { RecordCard, Step } from './record';
import type { CreditNote, Invoice, InvoiceLine } from './records';
import { UnitFields, useUnits } from './units';

const texts = dictionary(
  {
    pdf: (what: string) => `${what} als PDF`,
    ubl: (what: string) => `${what} als UBL (XML voor uw boekhouding)`,
    match: 'Bestelling, acceptatie en factuur naast elkaar',
    what: 'Omschrijving',
    ordered: 'Besteld',
    accepted: 'Geaccepteerd',
    invoiced: 'Gefactureerd',
    price: 'Prijs besteld',
    asked: 'Prijs gevraagd',
    alike: 'Klopt',
    outcome: 'Uitkomst',
    differs: 'Deze factuur klopt niet met wat is besteld en geaccepteerd.',
    differsHelp: 'Keur haar af met een reden, of vraag de leverancier om een creditnota. Klopt het daarna, vergelijk dan opnieuw.',
    again: 'Opnieuw vergelijken',
    compared: 'De factuur is opnieuw vergeleken.',
    credit: 'Creditnota maken',
    created: 'De creditnota is bewaard als concept. Controleer haar en verstuur haar daarna.',
    units: (what: string) => `${what}: aantal te crediteren`,
    noteNumber: 'Nummer van de creditnota',
    reason: 'Reden',
    note: (name: string) => `Creditnota ${name}`,
    on: 'Datum',
    off: 'Gaat van de factuur af, inclusief btw',
    issue: 'Creditnota versturen',
    issued: 'De creditnota is verstuurd.',
    drop: 'Concept weggooien',
    dropped: 'Het concept is weg.',
  },
  {
    pdf: (what: string) => `${what} as PDF`,
    ubl: (what: string) => `${what} as UBL (XML for your accounts)`,
    match: 'Order, acceptance and invoice side by side',
    what: 'Description',
    ordered: 'Ordered',
    accepted: 'Accepted',
    invoiced: 'Invoiced',
    price: 'Price ordered',
    asked: 'Price asked',
    alike: 'Matches',
    outcome: 'Outcome',
    differs: 'This invoice differs from what was ordered and accepted.',
    differsHelp: 'Reject it with a reason, or ask the supplier for a credit note. When it is right then, compare again.',
    again: 'Compare again',
    compared: 'The invoice was compared again.',
    credit: 'Write a credit note',
    created: 'The credit note is kept as a draft. Check it, then send it.',
    units: (what: string) => `${what}: units to credit`,
    noteNumber: 'Number of the credit note',
    reason: 'Reason',
    note: (name: string) => `Credit note ${name}`,
    on: 'Date',
    off: 'Comes off the invoice, including VAT',
    issue: 'Send the credit note',
    issued: 'The credit note is sent.',
    drop: 'Throw the draft away',
    dropped: 'The draft is gone.',
  },
);

interface FilesProps {
  path: string; // of the thing, below /v1
  about: string;
  lang: Lang;
}

// Both answers are attachments, so following the link keeps the page.
export const Files = ({ path, about, lang }: FilesProps) => {
  const t = texts(lang);
  return (
    <p class="mw-quiet">
      <A href={`/v1${path}/pdf`}>{t.pdf(about)}</A>
      <br />
      <A href={`/v1${path}/ubl`}>{t.ubl(about)}</A>
    </p>
  );
};

type InvoiceProps = PartProps & { invoice: Invoice };

export const Match = ({ invoice, lang, act }: InvoiceProps) => {
  const t = texts(lang);
  if (invoice.state === 'draft' || invoice.state === 'dropped') return null;
  const units = (head: string, count: (line: InvoiceLine) => number | undefined) => ({
    head,
    number: true,
    cell: (line: InvoiceLine) => number(count(line) ?? 0, lang),
  });
  const price = (head: string, cents: (line: InvoiceLine) => number | undefined) => ({
    head,
    number: true,
    cell: (line: InvoiceLine) => euro(cents(line) ?? 0, lang, true),
  });
  return (
    <>
      {invoice.state === 'mismatch' && (
        <Alert title={t.differs}>
          <p>{t.differsHelp}</p>
        </Alert>
      )}
      <Table<InvoiceLine>
        caption={t.match}
        rows={invoice.lines}
        columns={[
          { head: t.what, cell: (line) => line.description },
          units(t.ordered, (line) => line.ordered),
          units(t.accepted, (line) => line.accepted),
          units(t.invoiced, (line) => line.quantity),
          price(t.price, (line) => line.ordered_price_cents),
          price(t.asked, (line) => line.unit_price_cents),
          {
            head: t.outcome,
            cell: (line) =>
              line.differences?.length
                ? line.differences.map((one) => word('match_difference', one, lang)).join(', ')
                : t.alike,
          },
        ]}
      />
      {may(invoice, 'match') && (
        <Act
          lang={lang}
          kind="secondary"
          label={t.again}
          act={() => act(t.compared, () => command('/invoices', invoice, 'match'))}
        />
      )}
    </>
  );
};

const left = (line: InvoiceLine) => line.quantity - (line.credited ?? 0);

const CreditForm = ({ lang, act, invoice }: InvoiceProps) => {
  const t = texts(lang);
  const units = useUnits(
    invoice.lines
      .filter((line) => left(line) > 0)
      .map((line) => ({
        id: line.order_line_id,
        what: line.description ?? '',
        unit: line.unit ?? '',
        most: left(line),
      })),
    lang,
  );
  const [noteNumber, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const check = (): Faults => ({
    ...units.faults(),
    ...required({ number: [t.noteNumber, noteNumber], reason: [t.reason, reason] }, lang),
  });
  const send = () => {
    const body: Partial<api.CreditNote> = {
      invoice_id: invoice.id,
      number: noteNumber.trim(),
      reason: reason.trim(),
      lines: units.chosen.map(({ id, quantity }) => ({ order_line_id: id, quantity })),
    };
    return act(t.created, () => create<api.CreditNote>('/credit-notes', body));
  };
  return (
    <StepForm
      id={`credit-${invoice.id}`}
      lang={lang}
      label={t.credit}
      about={invoice.number ?? ''}
      check={check}
      send={send}
    >
      {(slot) => (
        <>
          <UnitFields units={units} slot={slot} label={t.units} lang={lang} />
          <TextField {...slot('number')} label={t.noteNumber} short value={noteNumber} onValue={setNumber} />
          <TextField {...slot('reason')} label={t.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const CreditCard = ({ note, lang, act }: PartProps & { note: CreditNote }) => {
  const t = texts(lang);
  const step = { path: '/credit-notes', thing: note, lang, act };
  return (
    <RecordCard noun="credit_note" thing={note} title={t.note(note.number ?? '')} lang={lang} item>
      <Facts
        facts={[
          { term: t.on, value: note.issued_on && date(note.issued_on, lang) },
          { term: t.reason, value: note.reason },
          { term: t.off, value: <b>{euro(note.gross_cents ?? 0, lang, true)}</b> },
        ]}
      />
      {note.state === 'issued' && (
        <Files path={`/credit-notes/${note.id}`} about={t.note(note.number ?? '')} lang={lang} />
      )}
      <div class="mw-actions">
        <Step {...step} name="issue" label={t.issue} said={t.issued} />
        <Step {...step} name="drop" label={t.drop} said={t.dropped} second />
      </div>
    </RecordCard>
  );
};

export const Credits = (part: InvoiceProps) => {
  const { deal, invoice } = part;
  const notes = deal.credits.filter(
    (note) => note.invoice_id === invoice.id && note.state !== 'dropped',
  );
  return (
    <>
      {notes.length > 0 && (
        <ul class="mw-cards">
          {notes.map((note) => (
            <CreditCard key={note.id} {...part} note={note} />
          ))}
        </ul>
      )}
      {mayBegin(invoice, 'credit_note_create') && invoice.lines.some((line) => left(line) > 0) && (
        <CreditForm key={`${invoice.id} ${notes.length}`} {...part} />
      )}
    </>
  );
};
