// Deliveries: announced and brought by the supplier, judged line by line by the buyer.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, TextField, type Faults } from '../lib/form';
import { dictionary, euro, moment, number, type Lang } from '../lib/i18n';
import { StepForm, countOf } from '../lib/step';
import { Facts, State, Table } from '../lib/ui';
import type * as api from '../gen/api';
import type { JudgedLine, OrderLine } from '../gen/api';
import { isSupplier, toDeliver } from './deal';
import type { Delivery, DeliveryLine, Order } from './records';
import { Part, Quiet, type PartProps } from './part';

const texts = dictionary(
  {
    none: 'Er is nog geen levering aangekondigd.',
    announce: 'Levering aankondigen',
    announced: 'De levering is aangekondigd.',
    units: (what: string, most: string) => `${what}: aantal dat komt (nog ${most} te leveren)`,
    note: 'Bericht bij de levering',
    nothing: 'Vul bij minstens één regel een aantal in.',
    notCount: 'Vul een heel getal in, bijvoorbeeld 25.',
    deliver: 'Melden: geleverd',
    delivered: 'De inkoper weet dat de levering er is.',
    judge: 'Levering beoordelen',
    judged: 'De levering is beoordeeld. Wat u accepteerde, telt als omzet.',
    accepted: (what: string, came: string) => `${what}: geaccepteerd (van ${came})`,
    reason: (what: string) => `${what}: reden van afwijzen`,
    reasonHint: 'Nodig als u minder accepteert dan er kwam.',
    reasonMissing: 'Geef een reden van minstens 3 tekens.',
    tooMany: (most: string) => `Niet meer dan ${most}.`,
    of: (on: string) => `Levering van ${on}`,
    lines: 'Regels van de levering',
    what: 'Omschrijving',
    came: 'Aantal',
    good: 'Geaccepteerd',
    bad: 'Afgewezen',
    why: 'Reden',
    judgedAt: 'Beoordeeld op',
    worth: 'Waarde van wat geaccepteerd is, exclusief btw',
  },
  {
    none: 'No delivery has been announced yet.',
    announce: 'Announce a delivery',
    announced: 'The delivery is announced.',
    units: (what: string, most: string) => `${what}: units that come (${most} still to deliver)`,
    note: 'A word with the delivery',
    nothing: 'Give a quantity for at least one line.',
    notCount: 'Give a whole number, for example 25.',
    deliver: 'Report as delivered',
    delivered: 'The buyer knows that the delivery came.',
    judge: 'Judge the delivery',
    judged: 'The delivery is judged. What you accepted counts as revenue.',
    accepted: (what: string, came: string) => `${what}: accepted (of ${came})`,
    reason: (what: string) => `${what}: why rejected`,
    reasonHint: 'Needed when you accept less than came.',
    reasonMissing: 'Give a reason of at least 3 characters.',
    tooMany: (most: string) => `No more than ${most}.`,
    of: (on: string) => `Delivery of ${on}`,
    lines: 'Lines of the delivery',
    what: 'Description',
    came: 'Units',
    good: 'Accepted',
    bad: 'Rejected',
    why: 'Reason',
    judgedAt: 'Judged on',
    worth: 'Value of what was accepted, excluding VAT',
  },
);

interface Due {
  line: OrderLine;
  id: string;
  most: number;
}

const AnnounceForm = ({ lang, act, order, due }: PartProps & { order: Order; due: Due[] }) => {
  const t = texts(lang);
  const [counts, setCounts] = useState(due.map(({ most }) => String(most)));
  const [note, setNote] = useState('');
  const lines = due.flatMap(({ id }, at): DeliveryLine[] => {
    const quantity = countOf(counts[at] ?? '');
    return quantity ? [{ order_line_id: id, quantity }] : [];
  });
  const check = (): Faults => {
    const wrong = counts.flatMap((text, at) => {
      const most = due[at]?.most ?? 0;
      const count = text.trim() === '' ? 0 : countOf(text);
      if (count === undefined) return [[`units${at}`, t.notCount]];
      return count > most ? [[`units${at}`, t.tooMany(number(most, lang))]] : [];
    });
    if (wrong.length > 0) return Object.fromEntries(wrong);
    return lines.length > 0 ? {} : { units0: t.nothing };
  };
  const send = () => {
    const body: Partial<api.Delivery> = {
      order_id: order.id,
      lines,
      ...(note.trim() ? { note: note.trim() } : {}),
    };
    return act(t.announced, () => create<api.Delivery>('/deliveries', body));
  };
  return (
    <StepForm id={`announce-${order.id}`} lang={lang} label={t.announce} check={check} send={send}>
      {(slot) => (
        <>
          {due.map(({ line, id, most }, at) => (
            <TextField
              key={id}
              {...slot(`units${at}`)}
              label={t.units(line.description ?? '', `${number(most, lang)} ${line.unit ?? ''}`)}
              short
              value={counts[at] ?? ''}
              onValue={(value) => setCounts(counts.with(at, value))}
            />
          ))}
          <TextField {...slot('note')} label={t.note} optional value={note} onValue={setNote} />
        </>
      )}
    </StepForm>
  );
};

type Names = (id: string) => string;

interface JudgeProps extends PartProps {
  delivery: Delivery;
  nameOf: Names;
}

const JudgeForm = ({ lang, act, delivery, nameOf }: JudgeProps) => {
  const t = texts(lang);
  const [counts, setCounts] = useState(delivery.lines.map((line) => String(line.quantity)));
  const [reasons, setReasons] = useState(delivery.lines.map(() => ''));
  const judgement = delivery.lines.map((line, at): JudgedLine => {
    const accepted = countOf(counts[at] ?? '') ?? 0;
    const rejected = line.quantity - accepted;
    const reason = reasons[at]?.trim();
    return {
      order_line_id: line.order_line_id,
      accepted,
      ...(rejected > 0 ? { rejected } : {}),
      ...(rejected > 0 && reason ? { reject_reason: reason } : {}),
    };
  });
  const check = (): Faults =>
    Object.fromEntries(
      delivery.lines.flatMap(({ quantity }, at): [string, string][] => {
        const count = countOf(counts[at] ?? '');
        if (count === undefined) return [[`accepted${at}`, t.notCount]];
        if (count > quantity) return [[`accepted${at}`, t.tooMany(number(quantity, lang))]];
        const explained = count === quantity || (reasons[at] ?? '').trim().length >= 3;
        return explained ? [] : [[`reason${at}`, t.reasonMissing]];
      }),
    );
  return (
    <StepForm
      id={`judge-${delivery.id}`}
      lang={lang}
      label={t.judge}
      check={check}
      send={() =>
        act(t.judged, () => command('/deliveries', delivery, 'accept', { lines: judgement }))
      }
    >
      {(slot) =>
        delivery.lines.map((line, at) => (
          <div key={line.order_line_id} class="mw-line">
            <TextField
              {...slot(`accepted${at}`)}
              label={t.accepted(nameOf(line.order_line_id), number(line.quantity, lang))}
              short
              value={counts[at] ?? ''}
              onValue={(value) => setCounts(counts.with(at, value))}
            />
            {countOf(counts[at] ?? '') !== line.quantity && (
              <TextField
                {...slot(`reason${at}`)}
                label={t.reason(nameOf(line.order_line_id))}
                hint={t.reasonHint}
                value={reasons[at] ?? ''}
                onValue={(value) => setReasons(reasons.with(at, value))}
              />
            )}
          </div>
        ))
      }
    </StepForm>
  );
};

const columns = (nameOf: Names, judged: boolean, lang: Lang) => {
  const t = texts(lang);
  const units = (head: string, count: (line: DeliveryLine) => number) => ({
    head,
    number: true,
    cell: (line: DeliveryLine) => number(count(line), lang),
  });
  return [
    { head: t.what, cell: (line: DeliveryLine) => nameOf(line.order_line_id) },
    units(t.came, (line) => line.quantity),
    ...(judged
      ? [
          units(t.good, (line) => line.accepted ?? 0),
          units(t.bad, (line) => line.rejected ?? 0),
          { head: t.why, cell: (line: DeliveryLine) => line.reject_reason ?? '' },
        ]
      : []),
  ];
};

const DeliveryCard = (props: JudgeProps) => {
  const { delivery, nameOf, lang, act } = props;
  const t = texts(lang);
  return (
    <article class="mw-card">
      <p class="mw-card__head">
        <b>{t.of(moment(delivery.created_at, lang))}</b>
        <State list="delivery_state" state={delivery.state} lang={lang} />
      </p>
      <Table<DeliveryLine>
        caption={t.lines}
        quiet
        rows={delivery.lines}
        columns={columns(nameOf, delivery.state === 'judged', lang)}
      />
      <Facts
        facts={[
          { term: t.note, value: delivery.note },
          {
            term: t.judgedAt,
            value: delivery.judged_at && moment(delivery.judged_at, lang),
          },
          {
            term: t.worth,
            value: delivery.state === 'judged' && euro(delivery.accepted_cents ?? 0, lang, true),
          },
        ]}
      />
      <div class="mw-actions">
        {may(delivery, 'deliver') && (
          <Act
            lang={lang}
            label={t.deliver}
            act={() => act(t.delivered, () => command('/deliveries', delivery, 'deliver'))}
          />
        )}
        {may(delivery, 'accept') && <JudgeForm {...props} />}
      </div>
    </article>
  );
};

export const DeliveryPart = (part: PartProps) => {
  const { deal, lang } = part;
  const lines = deal.orders.flatMap((order) => order.lines ?? []);
  const nameOf = (id: string) => lines.find((line) => line.id === id)?.description ?? '';
  const due = (order: Order): Due[] =>
    (order.lines ?? []).flatMap((line) => {
      const most = toDeliver(deal, order, line);
      return most > 0 && line.id ? [{ line, id: line.id, most }] : [];
    });
  const mayAnnounce = isSupplier(deal);
  return (
    <Part step="delivery" deal={deal} lang={lang}>
      {deal.deliveries.length === 0 && <Quiet>{texts(lang).none}</Quiet>}
      {deal.deliveries.map((delivery) => (
        <DeliveryCard key={delivery.id} {...part} delivery={delivery} nameOf={nameOf} />
      ))}
      {mayAnnounce &&
        deal.orders
          .filter((order) => order.state === 'confirmed' && due(order).length > 0)
          .map((order) => (
            <AnnounceForm
              key={`${order.id} ${deal.deliveries.length}`}
              {...part}
              order={order}
              due={due(order)}
            />
          ))}
    </Part>
  );
};
