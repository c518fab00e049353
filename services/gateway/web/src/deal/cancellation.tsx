// Units of an order that are not to come: asked by one side, and agreed by the other.
import { dictionary } from '../lib/i18n';
import { Facts } from '../lib/ui';
import { toDeliver } from './deal';
import { OrderUnits, OrderUnitsForm, type OrderProps } from './order-units';
import { RecordCard, Step } from './record';
import type { Cancellation } from './records';

const texts = dictionary(
  {
    ask: 'Vragen om een deel te laten vervallen',
    asked: 'Uw verzoek ligt bij de andere kant.',
    units: (what: string) => `${what}: aantal dat niet meer hoeft`,
    reason: 'Waarom?',
    title: 'Deel laten vervallen',
    by: 'Gevraagd door',
    agree: 'Akkoord: dit hoeft niet te komen',
    agreed: 'Dit deel van de bestelling vervalt.',
    decline: 'Niet akkoord',
    declined: 'De bestelling blijft zoals zij was.',
    withdraw: 'Verzoek intrekken',
    withdrawn: 'Uw verzoek is ingetrokken.',
  },
  {
    ask: 'Ask that a part does not come',
    asked: 'Your request is with the other side.',
    units: (what: string) => `${what}: units that are not needed`,
    reason: 'Why?',
    title: 'A part that is not to come',
    by: 'Asked by',
    agree: 'Agree: this need not come',
    agreed: 'This part of the order does not come.',
    decline: 'Do not agree',
    declined: 'The order stays as it was.',
    withdraw: 'Withdraw the request',
    withdrawn: 'Your request is withdrawn.',
  },
);

export const CancellationForm = (part: OrderProps) => {
  const t = texts(part.lang);
  return (
    <OrderUnitsForm
      {...part}
      id="cancellation"
      begins="cancellation_create"
      path="/cancellations"
      most={toDeliver}
      words={{ ask: t.ask, asked: t.asked, units: t.units, reason: t.reason }}
    />
  );
};

const CancellationCard = ({ one, order, lang, act }: OrderProps & { one: Cancellation }) => {
  const t = texts(lang);
  const step = { path: '/cancellations', thing: one, lang, act };
  return (
    <RecordCard noun="cancellation" thing={one} title={t.title} lang={lang} item>
      <OrderUnits lines={one.lines} order={order} lang={lang} />
      <Facts
        facts={[
          { term: t.by, value: one.asked_by === order.buyer_id ? order.buyer_name : order.supplier_name },
          { term: t.reason, value: one.reason },
        ]}
      />
      <div class="mw-actions">
        <Step {...step} name="agree" label={t.agree} said={t.agreed} />
        <Step {...step} name="decline" label={t.decline} said={t.declined} second />
        <Step {...step} name="withdraw" label={t.withdraw} said={t.withdrawn} second />
      </div>
    </RecordCard>
  );
};

export const Cancellations = (part: OrderProps) => {
  const all = part.deal.cancellations.filter((one) => one.order_id === part.order.id);
  return all.length === 0 ? null : (
    <ul class="mw-cards">
      {all.map((one) => (
        <CancellationCard key={one.id} {...part} one={one} />
      ))}
    </ul>
  );
};
