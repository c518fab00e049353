// Accepted units that go back to the supplier.
import { dictionary, euro, moment } from '../lib/i18n';
import { Facts } from '../lib/ui';
import { standing } from './deal';
import { OrderUnits, OrderUnitsForm, type OrderProps } from './order-units';
import type { PartProps } from './part';
import { RecordCard, Step } from './record';
import type { GoodsReturn } from './records';

const texts = dictionary(
  {
    send: 'Goederen terugsturen',
    sent: 'De leverancier weet dat de goederen terugkomen.',
    sendWhy: 'Wat al is gefactureerd, hoort de leverancier te crediteren.',
    units: (what: string) => `${what}: aantal dat teruggaat`,
    reason: 'Waarom?',
    title: (on: string) => `Teruggestuurd op ${on}`,
    worth: 'Waarde, exclusief btw',
    receive: 'Melden: terug ontvangen',
    received: 'De inkoper weet dat u de goederen terug hebt.',
  },
  {
    send: 'Send goods back',
    sent: 'The supplier knows that the goods come back.',
    sendWhy: 'What was invoiced already, the supplier has to credit.',
    units: (what: string) => `${what}: units that go back`,
    reason: 'Why?',
    title: (on: string) => `Sent back on ${on}`,
    worth: 'Worth, excluding VAT',
    receive: 'Report as received back',
    received: 'The buyer knows that you have the goods back.',
  },
);

export const ReturnForm = (part: OrderProps) => {
  const t = texts(part.lang);
  return (
    <OrderUnitsForm
      {...part}
      id="return"
      begins="goods_return_create"
      path="/goods-returns"
      most={standing}
      words={{ ask: t.send, asked: t.sent, units: t.units, reason: t.reason, lead: t.sendWhy }}
    />
  );
};

const ReturnCard = ({ one, deal, lang, act }: PartProps & { one: GoodsReturn }) => {
  const t = texts(lang);
  const order = deal.orders.find(({ id }) => id === one.order_id);
  return (
    <RecordCard noun="goods_return" thing={one} title={t.title(moment(one.created_at, lang))} lang={lang} item>
      <OrderUnits lines={one.lines} order={order} lang={lang} />
      <Facts
        facts={[
          { term: t.reason, value: one.reason },
          { term: t.worth, value: euro(one.net_cents ?? 0, lang, true) },
        ]}
      />
      <Step
        path="/goods-returns"
        thing={one}
        lang={lang}
        act={act}
        name="receive"
        label={t.receive}
        said={t.received}
      />
    </RecordCard>
  );
};

export const Returns = (part: PartProps) =>
  part.deal.returns.length === 0 ? null : (
    <ul class="mw-cards">
      {part.deal.returns.map((one) => (
        <ReturnCard key={one.id} {...part} one={one} />
      ))}
    </ul>
  );
