// Deliveries: announced and brought by the supplier, judged line by line by the buyer.
import { useState } from 'preact/hooks';
import type { Document as Attachment } from '../gen/api';
import { command, create, may, mayBegin } from '../lib/api';
import { Photos } from '../lib/files';
import { TextField, type Faults } from '../lib/form';
import { dictionary, euro, moment, number, type Lang } from '../lib/i18n';
import { StepForm, countOf } from '../lib/step';
import { Alert, Facts, Table } from '../lib/ui';
import { Upload } from '../lib/upload';
import type * as api from '../gen/api';
import type { JudgedLine } from '../gen/api';
import { toDeliver } from './deal';
import { ReturnForm, Returns } from './goods-return';
import { nameOf, unitOf } from './lines';
import { Part, Quiet, type PartProps } from './part';
import { RecordCard, Step } from './record';
import type { Delivery, DeliveryLine, Order } from './records';
import { UnitFields, useUnits, type UnitLine } from './units';

const texts = dictionary(
  {
    none: 'Er is nog geen levering aangekondigd.',
    announce: 'Levering aankondigen',
    announced: 'De levering is aangekondigd.',
    units: (what: string) => `${what}: aantal dat komt`,
    again: 'Afgewezen eenheden opnieuw leveren',
    againOf: (on: string) => `Opnieuw, na de levering van ${on}`,
    withdraw: 'Levering intrekken',
    withdrawn: 'De inkoper weet dat deze levering niet komt.',
    photos: (what: string) => `${what}: foto’s van wat u afwijst`,
    deemed: 'Niet op tijd beoordeeld: alles telt als geaccepteerd.',
    judgeBy: 'Beoordelen voor',
    deliveredAt: 'Geleverd op',
    redelivered: 'Komt opnieuw',
    contested: 'In geschil',
    note: 'Bericht bij de levering',
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
    units: (what: string) => `${what}: units that come`,
    again: 'Deliver rejected units again',
    againOf: (on: string) => `Again, after the delivery of ${on}`,
    withdraw: 'Withdraw the delivery',
    withdrawn: 'The buyer knows that this delivery does not come.',
    photos: (what: string) => `${what}: photos of what you reject`,
    deemed: 'Not judged in time: all of it counts as accepted.',
    judgeBy: 'To be judged by',
    deliveredAt: 'Delivered on',
    redelivered: 'Comes again',
    contested: 'In dispute',
    note: 'A word with the delivery',
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

interface AnnounceProps extends PartProps {
  order: Order;
  due: UnitLine[];
  again?: Delivery; // whose rejected units come again
}

const AnnounceForm = ({ lang, act, order, due, again }: AnnounceProps) => {
  const t = texts(lang);
  const units = useUnits(due, lang);
  const [note, setNote] = useState('');
  const send = () => {
    const body: Partial<api.Delivery> = {
      order_id: order.id,
      lines: units.chosen.map(({ id, quantity }) => ({ order_line_id: id, quantity })),
      ...(again ? { redelivery_of: again.id } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    };
    return act(t.announced, () => create<api.Delivery>('/deliveries', body));
  };
  return (
    <StepForm
      id={`announce-${again?.id ?? order.id}`}
      lang={lang}
      label={again ? t.again : t.announce}
      check={units.faults}
      send={send}
    >
      {(slot) => (
        <>
          <UnitFields units={units} slot={slot} label={t.units} lang={lang} />
          <TextField {...slot('note')} label={t.note} optional value={note} onValue={setNote} />
        </>
      )}
    </StepForm>
  );
};

type Names = (id: string) => string;

const noPhotos: Attachment[] = [];

interface JudgeProps extends PartProps {
  delivery: Delivery;
  nameOf: Names;
}

const JudgeForm = ({ lang, act, delivery, nameOf }: JudgeProps) => {
  const t = texts(lang);
  const [counts, setCounts] = useState(delivery.lines.map((line) => String(line.quantity)));
  const [reasons, setReasons] = useState(delivery.lines.map(() => ''));
  const [photos, setPhotos] = useState(delivery.lines.map(() => noPhotos));
  const judgement = delivery.lines.map((line, at): JudgedLine => {
    const accepted = countOf(counts[at] ?? '') ?? 0;
    const rejected = line.quantity - accepted;
    const reason = reasons[at]?.trim();
    return {
      order_line_id: line.order_line_id,
      accepted,
      ...(rejected > 0 ? { rejected } : {}),
      ...(rejected > 0 && reason ? { reject_reason: reason } : {}),
      ...(rejected > 0 && photos[at]?.length ? { photos: photos[at] } : {}),
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
              <>
                <TextField
                  {...slot(`reason${at}`)}
                  label={t.reason(nameOf(line.order_line_id))}
                  hint={t.reasonHint}
                  value={reasons[at] ?? ''}
                  onValue={(value) => setReasons(reasons.with(at, value))}
                />
                <Upload
                  {...slot(`photos${at}`)}
                  label={t.photos(nameOf(line.order_line_id))}
                  photos
                  most={6}
                  documents={photos[at] ?? noPhotos}
                  onDocuments={(change) =>
                    setPhotos((all) => all.with(at, change(all[at] ?? noPhotos)))
                  }
                />
              </>
            )}
          </div>
        ))
      }
    </StepForm>
  );
};

const columns = (nameOf: Names, { lines, state }: Delivery, lang: Lang) => {
  const t = texts(lang);
  const units = (head: string, count: (line: DeliveryLine) => number) => ({
    head,
    number: true,
    cell: (line: DeliveryLine) => number(count(line), lang),
  });
  return [
    { head: t.what, cell: (line: DeliveryLine) => nameOf(line.order_line_id) },
    units(t.came, (line) => line.quantity),
    ...(state === 'judged'
      ? [
          units(t.good, (line) => line.accepted ?? 0),
          units(t.bad, (line) => line.rejected ?? 0),
          { head: t.why, cell: (line: DeliveryLine) => line.reject_reason ?? '' },
        ]
      : []),
    ...(lines.some((line) => line.redelivered) ? [units(t.redelivered, (line) => line.redelivered ?? 0)] : []),
    ...(lines.some((line) => line.contested) ? [units(t.contested, (line) => line.contested ?? 0)] : []),
  ];
};

// Of which units were rejected that neither come again nor are in dispute.
const comesAgain = (delivery: Delivery, order: Order): UnitLine[] =>
  delivery.lines.flatMap((line) => {
    const most = (line.rejected ?? 0) - (line.redelivered ?? 0) - (line.contested ?? 0);
    const id = line.order_line_id;
    return most > 0 ? [{ id, what: nameOf(order, id), unit: unitOf(order, id), most, first: most }] : [];
  });

const RejectedPhotos = ({ delivery, nameOf: name }: { delivery: Delivery; nameOf: Names }) => (
  <>
    {delivery.lines
      .filter((line) => line.photos?.length)
      .map((line) => (
        <Photos key={line.order_line_id} documents={line.photos} title={name(line.order_line_id)} />
      ))}
  </>
);

const DeliveryCard = (props: JudgeProps & { order: Order | undefined }) => {
  const { delivery, order, nameOf, deal, lang, act } = props;
  const t = texts(lang);
  const step = { path: '/deliveries', thing: delivery, lang, act };
  const on = (at: string | undefined) => at && moment(at, lang);
  const before = deal.deliveries.find(({ id }) => id === delivery.redelivery_of);
  const again = order && mayBegin(order, 'delivery_announce') ? comesAgain(delivery, order) : [];
  return (
    <RecordCard noun="delivery" thing={delivery} title={t.of(moment(delivery.created_at, lang))} lang={lang}>
      {before && <Quiet>{t.againOf(moment(before.created_at, lang))}</Quiet>}
      {delivery.deemed && (
        <Alert>
          <p>{t.deemed}</p>
        </Alert>
      )}
      <Table<DeliveryLine>
        caption={t.lines}
        quiet
        rows={delivery.lines}
        columns={columns(nameOf, delivery, lang)}
      />
      <RejectedPhotos delivery={delivery} nameOf={nameOf} />
      <Facts
        facts={[
          { term: t.note, value: delivery.note },
          { term: t.deliveredAt, value: on(delivery.delivered_at) },
          { term: t.judgeBy, value: delivery.state === 'delivered' && on(delivery.judge_by) },
          { term: t.judgedAt, value: on(delivery.judged_at) },
          {
            term: t.worth,
            value: delivery.state === 'judged' && euro(delivery.accepted_cents ?? 0, lang, true),
          },
        ]}
      />
      <div class="mw-actions">
        <Step {...step} name="deliver" label={t.deliver} said={t.delivered} />
        <Step {...step} name="withdraw" label={t.withdraw} said={t.withdrawn} second />
        {may(delivery, 'accept') && <JudgeForm {...props} />}
        {order && again.length > 0 && (
          <AnnounceForm key={JSON.stringify(again)} {...props} order={order} due={again} again={delivery} />
        )}
      </div>
    </RecordCard>
  );
};

export const DeliveryPart = (part: PartProps) => {
  const { deal, lang } = part;
  const lines = deal.orders.flatMap((order) => order.lines ?? []);
  const called = (id: string) => lines.find((line) => line.id === id)?.description ?? '';
  const due = (order: Order): UnitLine[] =>
    (order.lines ?? []).flatMap((line) => {
      const most = toDeliver(line);
      const { id = '', description: what = '', unit = '' } = line;
      return most > 0 ? [{ id, what, unit, most, first: most }] : [];
    });
  return (
    <Part step="delivery" deal={deal} lang={lang}>
      {deal.deliveries.length === 0 && <Quiet>{texts(lang).none}</Quiet>}
      {deal.deliveries.map((delivery) => (
        <DeliveryCard
          key={delivery.id}
          {...part}
          delivery={delivery}
          order={deal.orders.find(({ id }) => id === delivery.order_id)}
          nameOf={called}
        />
      ))}
      <Returns {...part} />
      <div class="mw-actions">
        {deal.orders
          .filter((order) => mayBegin(order, 'delivery_announce') && due(order).length > 0)
          .map((order) => (
            <AnnounceForm
              key={`${order.id} ${JSON.stringify(due(order))}`}
              {...part}
              order={order}
              due={due(order)}
            />
          ))}
        {deal.orders.map((order) => (
          <ReturnForm key={`${order.id} ${JSON.stringify(order.lines)}`} {...part} order={order} />
        ))}
      </div>
    </Part>
  );
};
