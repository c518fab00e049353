// A dispute about units or an amount: raised by one side, answered by the other, decided by a handler, with one appeal. Meanwhile it is frozen.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import type { Document as Attachment } from '../gen/api';
import { command, create, may, mayBegin } from '../lib/api';
import { Files, Photos, photosOf } from '../lib/files';
import { AreaField, SelectField, TextField, optionsOf, type Faults, type Option } from '../lib/form';
import { dictionary, euro, moment, number, word, type Lang } from '../lib/i18n';
import { StepForm, centsOf, countOf, required } from '../lib/step';
import { Alert, Facts } from '../lib/ui';
import { Upload } from '../lib/upload';
import { standing, type Deal } from './deal';
import { nameOf, unitOf } from './lines';
import { Section, type PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';
import type { Dispute, Order } from './records';

const texts = dictionary(
  {
    title: 'Geschillen',
    about: 'Een geschil gaat over geleverde eenheden of over een bedrag. Tot het is opgelost, staat dat stil: het wordt niet gefactureerd, niet betaald en niet opnieuw geleverd.',
    raise: 'Geschil melden',
    raised: 'Het geschil is gemeld. De andere kant kan reageren of toegeven.',
    subject: 'Waar gaat het over?',
    choose: 'Kies waar het over gaat.',
    ofAccepted: (what: string, most: string) => `Geaccepteerd: ${what} (${most})`,
    ofRejected: (what: string, most: string, on: string) => `Afgewezen: ${what} (${most}) van de levering van ${on}`,
    ofInvoice: (name: string) => `Een bedrag van factuur ${name}`,
    units: 'Hoeveel eenheden?',
    amount: 'Welk bedrag, inclusief btw?',
    notCount: 'Vul een heel getal in, bijvoorbeeld 25.',
    tooMany: (most: string) => `Niet meer dan ${most}.`,
    notAmount: 'Vul een bedrag in, bijvoorbeeld 1.250,50.',
    reason: 'Wat is er mis, en wat vraagt u?',
    reasonHint: 'De andere kant en de behandelaar lezen dit.',
    documents: 'Foto’s en bestanden die het laten zien',
    accepted: (count: string, what: string) => `${count}: ${what}`,
    rejected: (count: string, what: string) => `${count}, afgewezen: ${what}`,
    money: (amount: string, name: string) => `${amount} van factuur ${name}`,
    frozen: 'Dit staat stil tot het geschil is opgelost.',
    by: 'Gemeld door',
    claim: 'Wat er mis is',
    response: 'Reactie van de andere kant',
    due: 'Reageren kan tot',
    handler: 'Behandelaar',
    noHandler: 'De inkoper heeft nog geen behandelaar aangewezen',
    decision: 'Beslissing',
    upheld: 'Toegewezen',
    motivation: 'Motivering',
    appealDue: 'Beroep kan tot',
    appealWhy: 'Reden van beroep',
    respond: 'Reageren',
    responded: 'Uw reactie ligt bij de behandelaar.',
    settle: 'Toegeven: de andere kant heeft gelijk',
    settled: 'Het geschil is geschikt.',
    withdraw: 'Geschil intrekken',
    withdrawn: 'Het geschil is ingetrokken.',
    appeal: 'In beroep gaan',
    appealed: 'De behandelaar beslist nog eenmaal.',
    decide: 'Over het geschil beslissen',
    decided: 'Beide kanten kennen uw beslissing.',
    chooseDecision: 'Kies een beslissing.',
    part: 'Hoeveel wijst u toe?',
    partCents: 'Welk bedrag wijst u toe, in euro?',
  },
  {
    title: 'Disputes',
    about: 'A dispute is about delivered units or an amount. Until it is over that stands still: it is not invoiced, not paid and not delivered again.',
    raise: 'Raise a dispute',
    raised: 'The dispute is raised. The other side can respond or give in.',
    subject: 'What is it about?',
    choose: 'Choose what it is about.',
    ofAccepted: (what: string, most: string) => `Accepted: ${what} (${most})`,
    ofRejected: (what: string, most: string, on: string) => `Rejected: ${what} (${most}) of the delivery of ${on}`,
    ofInvoice: (name: string) => `An amount of invoice ${name}`,
    units: 'How many units?',
    amount: 'Which amount, including VAT?',
    notCount: 'Give a whole number, for example 25.',
    tooMany: (most: string) => `No more than ${most}.`,
    notAmount: 'Give an amount, for example 1250.50.',
    reason: 'What is wrong, and what do you ask?',
    reasonHint: 'The other side and the handler read this.',
    documents: 'Photos and files that show it',
    accepted: (count: string, what: string) => `${count}: ${what}`,
    rejected: (count: string, what: string) => `${count}, rejected: ${what}`,
    money: (amount: string, name: string) => `${amount} of invoice ${name}`,
    frozen: 'This stands still until the dispute is over.',
    by: 'Raised by',
    claim: 'What is wrong',
    response: 'Response of the other side',
    due: 'Response due by',
    handler: 'Handler',
    noHandler: 'The buyer has appointed no handler yet',
    decision: 'Decision',
    upheld: 'Granted',
    motivation: 'Motivation',
    appealDue: 'Appeal possible until',
    appealWhy: 'Reason of the appeal',
    respond: 'Respond',
    responded: 'Your response is with the handler.',
    settle: 'Give in: the other side is right',
    settled: 'The dispute is settled.',
    withdraw: 'Withdraw the dispute',
    withdrawn: 'The dispute is withdrawn.',
    appeal: 'Appeal',
    appealed: 'The handler decides once more.',
    decide: 'Decide the dispute',
    decided: 'Both sides know your decision.',
    chooseDecision: 'Choose a decision.',
    part: 'How much do you grant?',
    partCents: 'Which amount do you grant, in euros?',
  },
);

// ---- What it can be about: what is there and not in dispute yet ----

interface Subject {
  key: string;
  label: string;
  most?: number; // units; an amount has none
  body: Partial<api.Dispute>;
}

const subjectsOf = (deal: Deal, order: Order, lang: Lang): Subject[] => {
  const t = texts(lang);
  const some = (count: number, id: string) => `${number(count, lang)} ${unitOf(order, id)}`;
  const accepted = (order.lines ?? []).flatMap((line): Subject[] => {
    const [id, most] = [line.id ?? '', standing(line)];
    const label = t.ofAccepted(line.description ?? '', some(most, id));
    return most > 0 ? [{ key: id, label, most, body: { order_line_id: id } }] : [];
  });
  const own = deal.me.organisation_id === order.supplier_id;
  const here = deal.deliveries.filter((one) => own && one.order_id === order.id);
  const rejected = here.flatMap((delivery) =>
    delivery.lines.flatMap((line): Subject[] => {
      const id = line.order_line_id;
      const most = (line.rejected ?? 0) - (line.redelivered ?? 0) - (line.contested ?? 0);
      const label = t.ofRejected(nameOf(order, id), some(most, id), moment(delivery.created_at, lang));
      const body = { order_line_id: id, delivery_id: delivery.id };
      return most > 0 ? [{ key: `${delivery.id} ${id}`, label, most, body }] : [];
    }),
  );
  const invoices = deal.invoices
    .filter((one) => one.order_id === order.id && one.issued_on)
    .map((one): Subject => ({ key: one.id, label: t.ofInvoice(one.number ?? ''), body: { invoice_id: one.id } }));
  return [...accepted, ...rejected, ...invoices];
};

const RaiseForm = ({ order, deal, lang, act }: PartProps & { order: Order }) => {
  const t = texts(lang);
  const [key, setKey] = useState('');
  const [much, setMuch] = useState('');
  const [reason, setReason] = useState('');
  const [documents, setDocuments] = useState<Attachment[]>([]);
  const subjects = subjectsOf(deal, order, lang);
  const chosen = subjects.find((one) => one.key === key);
  const ofMoney = !!chosen?.body.invoice_id;
  const value = ofMoney ? centsOf(much) : countOf(much);
  const wrong = () => {
    if (!value) return ofMoney ? t.notAmount : t.notCount;
    return chosen?.most !== undefined && value > chosen.most ? t.tooMany(number(chosen.most, lang)) : '';
  };
  const check = (): Faults => ({
    ...(chosen ? {} : { subject: t.choose }),
    ...(chosen && wrong() ? { [ofMoney ? 'amount_cents' : 'quantity']: wrong() } : {}),
    ...required({ reason: [t.reason, reason] }, lang),
  });
  const send = () => {
    const body: Partial<api.Dispute> = {
      order_id: order.id,
      ...chosen?.body,
      ...(ofMoney ? { amount_cents: value } : { quantity: value }),
      reason: reason.trim(),
      ...(documents.length > 0 ? { documents } : {}),
    };
    return act(t.raised, () => create<api.Dispute>('/disputes', body));
  };
  if (subjects.length === 0) return null;
  return (
    <StepForm id={`dispute-of-${order.id}`} lang={lang} label={t.raise} check={check} send={send}>
      {(slot) => (
        <>
          <p>{t.about}</p>
          <SelectField
            {...slot('subject')}
            label={t.subject}
            value={key}
            onValue={setKey}
            options={subjects.map((one): Option => [one.key, one.label])}
          />
          {chosen && (
            <TextField
              {...slot(ofMoney ? 'amount_cents' : 'quantity')}
              label={ofMoney ? t.amount : t.units}
              short
              value={much}
              onValue={setMuch}
            />
          )}
          <AreaField {...slot('reason')} label={t.reason} hint={t.reasonHint} value={reason} onValue={setReason} />
          <Upload {...slot('documents')} label={t.documents} documents={documents} onDocuments={setDocuments} />
        </>
      )}
    </StepForm>
  );
};

// ---- The record ----

const partOf = (dispute: Dispute, value: number, lang: Lang) =>
  dispute.invoice_id ? euro(value, lang, true) : `${number(value, lang)} ${dispute.unit ?? ''}`;

const subjectOf = (dispute: Dispute, lang: Lang) => {
  const t = texts(lang);
  if (dispute.invoice_id)
    return t.money(euro(dispute.amount_cents ?? 0, lang, true), dispute.invoice_number ?? '');
  const count = partOf(dispute, dispute.quantity ?? 0, lang);
  return (dispute.delivery_id ? t.rejected : t.accepted)(count, dispute.description ?? '');
};

const DecideForm = ({ dispute, lang, act }: PartProps & { dispute: Dispute }) => {
  const t = texts(lang);
  const [decision, setDecision] = useState('');
  const [part, setPart] = useState('');
  const [motivation, setMotivation] = useState('');
  const upheld = dispute.invoice_id ? centsOf(part) : countOf(part);
  const partial = decision === 'partial';
  const check = (): Faults => ({
    ...(decision === '' ? { decision: t.chooseDecision } : {}),
    ...(partial && !upheld ? { upheld: dispute.invoice_id ? t.notAmount : t.notCount } : {}),
    ...required({ motivation: [t.motivation, motivation] }, lang),
  });
  const body = { decision, motivation: motivation.trim(), ...(partial ? { upheld } : {}) };
  return (
    <StepForm
      id={`decide-${dispute.id}`}
      lang={lang}
      label={t.decide}
      check={check}
      send={() => act(t.decided, () => command('/disputes', dispute, 'decide', body))}
    >
      {(slot) => (
        <>
          <SelectField
            {...slot('decision')}
            label={t.decision}
            value={decision}
            onValue={setDecision}
            options={optionsOf('dispute_decision', lang)}
          />
          {partial && (
            <TextField
              {...slot('upheld')}
              label={dispute.invoice_id ? t.partCents : t.part}
              short
              value={part}
              onValue={setPart}
            />
          )}
          <AreaField {...slot('motivation')} label={t.motivation} value={motivation} onValue={setMotivation} />
        </>
      )}
    </StepForm>
  );
};

const over = ['final', 'settled', 'withdrawn'];

const DisputeCard = (part: PartProps & { dispute: Dispute }) => {
  const { dispute, lang, act } = part;
  const t = texts(lang);
  const step = { path: '/disputes', thing: dispute, lang, act };
  const live = !over.includes(dispute.state);
  const title = subjectOf(dispute, lang);
  return (
    <RecordCard noun="dispute" thing={dispute} title={title} lang={lang} item>
      {live && (
        <Alert>
          <p>{t.frozen}</p>
        </Alert>
      )}
      <Facts
        facts={[
          { term: t.by, value: dispute.raised_by === dispute.buyer_id ? dispute.buyer_name : dispute.supplier_name },
          { term: t.claim, value: dispute.reason },
          { term: t.response, value: dispute.response },
          {
            term: t.due,
            value: dispute.state === 'raised' && dispute.answer_due_at && moment(dispute.answer_due_at, lang),
          },
          { term: t.handler, value: dispute.handler_name ?? (live && t.noHandler) },
          { term: t.decision, value: dispute.decision && word('dispute_decision', dispute.decision, lang) },
          { term: t.upheld, value: dispute.upheld !== undefined && partOf(dispute, dispute.upheld, lang) },
          { term: t.motivation, value: dispute.motivation },
          {
            term: t.appealDue,
            value: dispute.state === 'decided' && dispute.appeal_due_at && moment(dispute.appeal_due_at, lang),
          },
          { term: t.appealWhy, value: dispute.appeal_reason },
        ]}
      />
      {photosOf(dispute.documents).length > 0 && <Photos documents={dispute.documents} title={title} />}
      <Files documents={dispute.documents} lang={lang} />
      <div class="mw-actions">
        <ReasonStep {...step} name="respond" label={t.respond} said={t.responded} />
        <Step {...step} name="settle" label={t.settle} said={t.settled} second />
        <Step {...step} name="withdraw" label={t.withdraw} said={t.withdrawn} second />
        {may(dispute, 'decide') && <DecideForm {...part} />}
        <ReasonStep {...step} name="appeal" label={t.appeal} said={t.appealed} />
      </div>
    </RecordCard>
  );
};

// Where there is one, or where one can be raised.
export const DisputesPart = (part: PartProps) => {
  const { deal, lang } = part;
  const open = deal.orders.filter(
    (order) => mayBegin(order, 'dispute_create') && subjectsOf(deal, order, lang).length > 0,
  );
  if (deal.disputes.length === 0 && open.length === 0) return null;
  return (
    <Section id="disputes" title={texts(lang).title}>
      {deal.disputes.length > 0 && (
        <ul class="mw-cards">
          {deal.disputes.map((dispute) => (
            <DisputeCard key={dispute.id} {...part} dispute={dispute} />
          ))}
        </ul>
      )}
      {open.map((order) => (
        <RaiseForm key={`${order.id} ${deal.disputes.length}`} {...part} order={order} />
      ))}
    </Section>
  );
};
