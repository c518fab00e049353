// The order: placed by the buyer, confirmed by the supplier, and what became of every line.
import { useState } from 'preact/hooks';
import { create, mayBegin } from '../lib/api';
import { TextField } from '../lib/form';
import { dictionary, euro, moment, number, word, type Lang } from '../lib/i18n';
import { StepForm } from '../lib/step';
import { Facts, Table } from '../lib/ui';
import type * as api from '../gen/api';
import type { OrderLine } from '../gen/api';
import { Agreements } from './agreement';
import { CancellationForm, Cancellations } from './cancellation';
import { isBuyer } from './deal';
import { Files } from './papers';
import { Part, Quiet, type PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';
import type { Order } from './records';

const texts = dictionary(
  {
    none: 'Er is nog niets besteld.',
    at: (name: string) => `Bestelling bij ${name}`,
    of: (name: string) => `Bestelling van ${name}`,
    place: 'Bestelling plaatsen',
    placed: 'De bestelling is geplaatst. De leverancier kan haar bevestigen.',
    reference: 'Uw eigen kenmerk',
    referenceHint: 'De leverancier zet dit op de factuur.',
    placedOn: 'Geplaatst op',
    total: 'Besteld, exclusief btw',
    accepted: 'Geaccepteerd, exclusief btw',
    invoiced: 'Gefactureerd, exclusief btw',
    paid: 'Betaald, inclusief btw',
    confirm: 'Bestelling bevestigen',
    confirmed: 'De bestelling is bevestigd en nu van kracht.',
    authorise: 'Bestelling goedkeuren',
    authorised: 'De bestelling is goedgekeurd en ligt bij de leverancier.',
    cancel: 'Bestelling annuleren',
    cancelled: 'De bestelling is geannuleerd.',
    answerBy: 'Antwoorden voor',
    refusedWhy: 'Reden van weigeren',
    cancelledWhy: 'Reden van annuleren',
    gone: 'Vervallen',
    back: 'Teruggestuurd',
    frozen: 'In geschil',
    open: 'Nog te betalen, inclusief btw',
    refunded: 'Terugbetaald',
    refuse: 'Bestelling weigeren',
    refused: 'De bestelling is geweigerd.',
    lines: 'Regels van de bestelling',
    what: 'Omschrijving',
    price: 'Prijs per eenheid',
    vat: 'Btw',
    ordered: 'Besteld',
    came: 'Geleverd',
    good: 'Geaccepteerd',
    bad: 'Afgewezen',
    billed: 'Gefactureerd',
  },
  {
    none: 'Nothing has been ordered yet.',
    at: (name: string) => `Order from ${name}`,
    of: (name: string) => `Order of ${name}`,
    place: 'Place the order',
    placed: 'The order is placed. The supplier can confirm it.',
    reference: 'Your own reference',
    referenceHint: 'The supplier puts this on the invoice.',
    placedOn: 'Placed on',
    total: 'Ordered, excluding VAT',
    accepted: 'Accepted, excluding VAT',
    invoiced: 'Invoiced, excluding VAT',
    paid: 'Paid, including VAT',
    confirm: 'Confirm the order',
    confirmed: 'The order is confirmed and in force.',
    authorise: 'Approve the order',
    authorised: 'The order is approved and with the supplier.',
    cancel: 'Cancel the order',
    cancelled: 'The order is cancelled.',
    answerBy: 'To be answered by',
    refusedWhy: 'Why it was refused',
    cancelledWhy: 'Why it was cancelled',
    gone: 'Cancelled',
    back: 'Sent back',
    frozen: 'In dispute',
    open: 'Still to pay, including VAT',
    refunded: 'Paid back',
    refuse: 'Refuse the order',
    refused: 'The order is refused.',
    lines: 'Lines of the order',
    what: 'Description',
    price: 'Unit price',
    vat: 'VAT',
    ordered: 'Ordered',
    came: 'Delivered',
    good: 'Accepted',
    bad: 'Rejected',
    billed: 'Invoiced',
  },
);

const PlaceForm = ({ deal, lang, act, quoteId }: PartProps & { quoteId: string }) => {
  const t = texts(lang);
  const [reference, setReference] = useState('');
  const body: Partial<api.Order> = {
    quote_id: quoteId,
    ...(reference.trim() ? { reference: reference.trim() } : {}),
  };
  return (
    <StepForm
      id="order-place"
      lang={lang}
      label={t.place}
      open={deal.agreements.length === 0}
      send={() => act(t.placed, () => create<api.Order>('/orders', body))}
    >
      {(slot) => (
        <TextField
          {...slot('reference')}
          label={t.reference}
          hint={t.referenceHint}
          optional
          short
          value={reference}
          onValue={setReference}
        />
      )}
    </StepForm>
  );
};

type Count = (line: OrderLine) => number;

const Lines = ({ lines, lang }: { lines: readonly OrderLine[]; lang: Lang }) => {
  const t = texts(lang);
  const units = (head: string, count: Count) => ({
    head,
    number: true,
    cell: (line: OrderLine) => number(count(line), lang),
  });
  const whereAny = (head: string, count: Count) => (lines.some(count) ? [units(head, count)] : []);
  return (
    <Table<OrderLine>
      caption={t.lines}
      quiet
      rows={lines}
      columns={[
        { head: t.what, cell: (line) => line.description },
        {
          head: t.price,
          number: true,
          cell: (line) => euro(line.unit_price_cents ?? 0, lang, true),
        },
        { head: t.vat, cell: (line) => word('vat_rate', line.vat, lang) },
        {
          head: t.ordered,
          number: true,
          cell: (line) => `${number(line.ordered ?? 0, lang)} ${line.unit ?? ''}`,
        },
        ...whereAny(t.gone, (line) => line.cancelled ?? 0),
        units(t.came, (line) => line.delivered ?? 0),
        units(t.good, (line) => line.accepted ?? 0),
        units(t.bad, (line) => line.rejected ?? 0),
        ...whereAny(t.back, (line) => line.returned ?? 0),
        ...whereAny(t.frozen, (line) => (line.disputed ?? 0) + (line.contested ?? 0)),
        units(t.billed, (line) => (line.invoiced ?? 0) - (line.credited ?? 0)),
      ]}
    />
  );
};

const OrderCard = (part: PartProps & { order: Order }) => {
  const { order, deal, lang, act } = part;
  const t = texts(lang);
  const step = { path: '/orders', thing: order, lang, act };
  const cents = (sum: number | undefined) => euro(sum ?? 0, lang, true);
  const waits = order.state === 'placed' && order.answer_due_at;
  const title = isBuyer(deal) ? t.at(order.supplier_name ?? '') : t.of(order.buyer_name ?? '');
  return (
    <RecordCard noun="order" thing={order} title={title} lang={lang}>
      <Lines lines={order.lines ?? []} lang={lang} />
      <Facts
        facts={[
          { term: t.reference, value: order.reference },
          { term: t.placedOn, value: moment(order.created_at, lang) },
          { term: t.answerBy, value: waits && moment(waits, lang) },
          { term: t.total, value: cents(order.total_cents) },
          { term: t.accepted, value: cents(order.accepted_cents) },
          { term: t.invoiced, value: cents(order.invoiced_cents) },
          { term: t.paid, value: cents(order.paid_cents) },
          { term: t.open, value: !!order.open_cents && cents(order.open_cents) },
          { term: t.refunded, value: !!order.refunded_cents && cents(order.refunded_cents) },
          { term: t.refusedWhy, value: order.refuse_reason },
          { term: t.cancelledWhy, value: order.cancel_reason },
        ]}
      />
      <Files
        path={`/orders/${order.id}`}
        about={t.of(moment(order.created_at, lang))}
        lang={lang}
      />
      <div class="mw-actions">
        <Step {...step} name="authorise" label={t.authorise} said={t.authorised} />
        <Step {...step} name="confirm" label={t.confirm} said={t.confirmed} />
        <ReasonStep {...step} name="refuse" label={t.refuse} said={t.refused} />
        <ReasonStep {...step} name="cancel" label={t.cancel} said={t.cancelled} />
        <CancellationForm key={JSON.stringify(order.lines)} {...part} />
      </div>
      <Cancellations {...part} />
    </RecordCard>
  );
};

const gone = ['refused', 'lapsed', 'cancelled'];

// One order for all of the quote, where no agreement divides it; another when that one came to nothing.
export const OrderPart = (part: PartProps) => {
  const { deal, lang } = part;
  const chosen = deal.quotes.find((quote) => mayBegin(quote, 'order_place'));
  const free =
    deal.orders.every(({ state }) => gone.includes(state)) &&
    deal.agreements.every(({ state }) => state === 'void');
  return (
    <Part step="order" deal={deal} lang={lang}>
      {deal.orders.length === 0 && <Quiet>{texts(lang).none}</Quiet>}
      <Agreements {...part} />
      {deal.orders.map((order) => (
        <OrderCard key={order.id} {...part} order={order} />
      ))}
      {chosen && free && <PlaceForm {...part} quoteId={chosen.id} />}
    </Part>
  );
};
