// The order: placed by the buyer, confirmed by the supplier, and what became of every line.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, TextField } from '../lib/form';
import { dictionary, euro, moment, number, word } from '../lib/i18n';
import { ReasonForm, StepForm, acts } from '../lib/step';
import { Facts, State, Table } from '../lib/ui';
import type * as api from '../gen/api';
import type { OrderLine } from '../gen/api';
import { isBuyer } from './deal';
import type { Order } from './records';
import { Files } from './papers';
import { Part, Quiet, type PartProps } from './part';

const texts = dictionary(
  {
    none: 'Er is nog niets besteld.',
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
      open={deal.orders.length === 0}
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

const OrderCard = ({ order, deal, lang, act }: PartProps & { order: Order }) => {
  const t = texts(lang);
  const units = (
    head: string,
    key: 'ordered' | 'delivered' | 'accepted' | 'rejected' | 'invoiced',
  ) => ({ head, number: true, cell: (line: OrderLine) => number(line[key] ?? 0, lang) });
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{isBuyer(deal) ? order.supplier_name : order.buyer_name}</b>
        <State list="order_state" state={order.state} lang={lang} />
      </p>
      <Table<OrderLine>
        caption={t.lines}
        quiet
        rows={order.lines ?? []}
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
          units(t.came, 'delivered'),
          units(t.good, 'accepted'),
          units(t.bad, 'rejected'),
          units(t.billed, 'invoiced'),
        ]}
      />
      <Facts
        facts={[
          { term: t.reference, value: order.reference },
          { term: t.placedOn, value: moment(order.created_at, lang) },
          { term: t.total, value: euro(order.total_cents ?? 0, lang, true) },
          { term: t.accepted, value: euro(order.accepted_cents ?? 0, lang, true) },
          { term: t.invoiced, value: euro(order.invoiced_cents ?? 0, lang, true) },
          { term: t.paid, value: euro(order.paid_cents ?? 0, lang, true) },
        ]}
      />
      <Files
        path={`/orders/${order.id}`}
        about={`${t.placedOn} ${moment(order.created_at, lang)}`}
        lang={lang}
      />
      <div class="mw-actions">
        {may(order, 'confirm') && (
          <Act
            lang={lang}
            label={t.confirm}
            act={() => act(t.confirmed, () => command('/orders', order, 'confirm'))}
          />
        )}
        {may(order, 'refuse') && (
          <ReasonForm
            id={`refuse-${order.id}`}
            lang={lang}
            label={t.refuse}
            send={(reason) => act(t.refused, () => command('/orders', order, 'refuse', { reason }))}
          />
        )}
      </div>
    </article>
  );
};

export const OrderPart = (part: PartProps) => {
  const { deal, lang } = part;
  const { need, orders } = deal;
  const mayPlace = isBuyer(deal) && acts(deal.me, 'BUYER') && need.state === 'awarded';
  return (
    <Part step="order" deal={deal} lang={lang}>
      {orders.length === 0 && <Quiet>{texts(lang).none}</Quiet>}
      {orders.map((order) => (
        <OrderCard key={order.id} {...part} order={order} />
      ))}
      {mayPlace && orders.length === 0 && need.awarded_quote_id && (
        <PlaceForm {...part} quoteId={need.awarded_quote_id} />
      )}
    </Part>
  );
};
