// Accepted units that go back to the supplier.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { create, mayBegin } from '../lib/api';
import { AreaField, type Faults } from '../lib/form';
import { dictionary, euro, moment, number } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { Facts } from '../lib/ui';
import { standing } from './deal';
import { nameOf, unitOf } from './lines';
import type { PartProps } from './part';
import { RecordCard, Step } from './record';
import type { GoodsReturn, Order } from './records';
import { UnitFields, useUnits } from './units';

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

type OrderProps = PartProps & { order: Order };

export const ReturnForm = ({ order, lang, act }: OrderProps) => {
  const t = texts(lang);
  const [reason, setReason] = useState('');
  const there = (order.lines ?? []).filter((line) => standing(line) > 0);
  const units = useUnits(
    there.map((line) => ({
      id: line.id ?? '',
      what: line.description ?? '',
      unit: line.unit ?? '',
      most: standing(line),
    })),
    lang,
  );
  if (!mayBegin(order, 'goods_return_create') || there.length === 0) return null;
  const check = (): Faults => ({ ...units.faults(), ...required({ reason: [t.reason, reason] }, lang) });
  const send = () => {
    const body: Partial<api.GoodsReturn> = {
      order_id: order.id,
      reason: reason.trim(),
      lines: units.chosen.map(({ id, quantity }) => ({ order_line_id: id, quantity })),
    };
    return act(t.sent, () => create<api.GoodsReturn>('/goods-returns', body));
  };
  return (
    <StepForm id={`return-of-${order.id}`} lang={lang} label={t.send} check={check} send={send}>
      {(slot) => (
        <>
          <p>{t.sendWhy}</p>
          <UnitFields units={units} slot={slot} label={t.units} lang={lang} />
          <AreaField {...slot('reason')} label={t.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const ReturnCard = ({ one, deal, lang, act }: PartProps & { one: GoodsReturn }) => {
  const t = texts(lang);
  const order = deal.orders.find(({ id }) => id === one.order_id);
  return (
    <RecordCard noun="goods_return" thing={one} title={t.title(moment(one.created_at, lang))} lang={lang} item>
      <ul class="mw-plainlist">
        {one.lines.map(({ order_line_id: id, quantity }) => (
          <li key={id}>{`${number(quantity, lang)} ${unitOf(order, id)}: ${nameOf(order, id)}`}</li>
        ))}
      </ul>
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
