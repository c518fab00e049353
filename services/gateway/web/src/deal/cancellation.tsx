// Units of an order that are not to come: asked by one side, and agreed by the other.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { create, mayBegin } from '../lib/api';
import { AreaField, type Faults } from '../lib/form';
import { dictionary, number } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { Facts } from '../lib/ui';
import { toDeliver } from './deal';
import { nameOf, unitOf } from './lines';
import type { PartProps } from './part';
import { RecordCard, Step } from './record';
import type { Cancellation, Order } from './records';
import { UnitFields, useUnits } from './units';

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

type OrderProps = PartProps & { order: Order };

export const CancellationForm = ({ order, lang, act }: OrderProps) => {
  const t = texts(lang);
  const [reason, setReason] = useState('');
  const open = (order.lines ?? []).filter((line) => toDeliver(line) > 0);
  const units = useUnits(
    open.map((line) => ({
      id: line.id ?? '',
      what: line.description ?? '',
      unit: line.unit ?? '',
      most: toDeliver(line),
    })),
    lang,
  );
  if (!mayBegin(order, 'cancellation_create') || open.length === 0) return null;
  const check = (): Faults => ({ ...units.faults(), ...required({ reason: [t.reason, reason] }, lang) });
  const send = () => {
    const body: Partial<api.Cancellation> = {
      order_id: order.id,
      reason: reason.trim(),
      lines: units.chosen.map(({ id, quantity }) => ({ order_line_id: id, quantity })),
    };
    return act(t.asked, () => create<api.Cancellation>('/cancellations', body));
  };
  return (
    <StepForm id={`cancellation-of-${order.id}`} lang={lang} label={t.ask} check={check} send={send}>
      {(slot) => (
        <>
          <UnitFields units={units} slot={slot} label={t.units} lang={lang} />
          <AreaField {...slot('reason')} label={t.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const CancellationCard = ({ one, order, lang, act }: OrderProps & { one: Cancellation }) => {
  const t = texts(lang);
  const step = { path: '/cancellations', thing: one, lang, act };
  return (
    <RecordCard noun="cancellation" thing={one} title={t.title} lang={lang} item>
      <ul class="mw-plainlist">
        {one.lines.map(({ order_line_id: id, quantity }) => (
          <li key={id}>{`${number(quantity, lang)} ${unitOf(order, id)}: ${nameOf(order, id)}`}</li>
        ))}
      </ul>
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
