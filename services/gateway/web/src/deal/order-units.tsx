// Units of an order's lines, with a reason: what is asked not to come, or what goes back.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { create, mayBegin } from '../lib/api';
import { AreaField, type Faults } from '../lib/form';
import { number, type Lang } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { nameOf, unitOf } from './lines';
import type { PartProps } from './part';
import type { Order } from './records';
import { UnitFields, useUnits } from './units';

export type OrderProps = PartProps & { order: Order };

interface FormProps extends OrderProps {
  id: string; // of the form, before the order's
  begins: string; // the operation
  path: string;
  most: (line: api.OrderLine) => number; // units of a line at the most; a line with none is not shown
  words: { ask: string; asked: string; units: (what: string) => string; reason: string; lead?: string };
}

export const OrderUnitsForm = ({ order, lang, act, id, begins, path, most, words }: FormProps) => {
  const [reason, setReason] = useState('');
  const lines = (order.lines ?? []).filter((line) => most(line) > 0);
  const units = useUnits(
    lines.map((line) => ({
      id: line.id ?? '',
      what: line.description ?? '',
      unit: line.unit ?? '',
      most: most(line),
    })),
    lang,
  );
  if (!mayBegin(order, begins) || lines.length === 0) return null;
  const check = (): Faults => ({ ...units.faults(), ...required({ reason: [words.reason, reason] }, lang) });
  const send = () => {
    const body = {
      order_id: order.id,
      reason: reason.trim(),
      lines: units.chosen.map(({ id: line, quantity }) => ({ order_line_id: line, quantity })),
    };
    return act(words.asked, () => create(path, body));
  };
  return (
    <StepForm id={`${id}-of-${order.id}`} lang={lang} label={words.ask} check={check} send={send}>
      {(slot) => (
        <>
          {words.lead && <p>{words.lead}</p>}
          <UnitFields units={units} slot={slot} label={words.units} lang={lang} />
          <AreaField {...slot('reason')} label={words.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

interface UnitsProps {
  lines: { order_line_id: string; quantity: number }[];
  order: Order | undefined;
  lang: Lang;
}

export const OrderUnits = ({ lines, order, lang }: UnitsProps) => (
  <ul class="mw-plainlist">
    {lines.map(({ order_line_id: id, quantity }) => (
      <li key={id}>{`${number(quantity, lang)} ${unitOf(order, id)}: ${nameOf(order, id)}`}</li>
    ))}
  </ul>
);
