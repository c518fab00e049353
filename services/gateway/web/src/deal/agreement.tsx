// An agreement: drafted after an award, signed by both, called off from, and ended.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { create, mayBegin } from '../lib/api';
import { SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { fiveOn } from '../lib/input';
import { dictionary, euro, moment, number, word, type Lang } from '../lib/i18n';
import { StepForm } from '../lib/step';
import { Facts, Table } from '../lib/ui';
import { Changes, ChangeForm } from './change-order';
import { isBuyer } from './deal';
import type { PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';
import type { Agreement, AgreementLine, Quote } from './records';
import { UnitFields, useUnits } from './units';

const texts = dictionary(
  {
    draft: 'Overeenkomst opstellen',
    draftWhy: 'Met een overeenkomst bestelt u in delen, tegen de prijzen van de gekozen offerte. Zonder overeenkomst bestelt u alles in één keer.',
    drafted: 'De overeenkomst is opgesteld. Beide kanten tekenen haar.',
    kind: 'Soort overeenkomst',
    chooseKind: 'Kies een soort overeenkomst.',
    ends: 'Loopt tot en met',
    title: (name: string) => `Overeenkomst met ${name}`,
    signBy: 'Tekenen voor',
    buyerSigned: 'Inkoper tekende op',
    supplierSigned: 'Leverancier tekende op',
    total: 'Afgesproken, exclusief btw',
    called: 'Afgeroepen, exclusief btw',
    cap: 'Wijzigingen samen hoogstens',
    changed: 'Al gewijzigd',
    why: 'Waarom beëindigd',
    lines: 'Regels van de overeenkomst',
    what: 'Omschrijving',
    price: 'Prijs per eenheid',
    agreed: 'Afgesproken',
    off: 'Afgeroepen',
    sign: 'Overeenkomst tekenen',
    signed: 'U hebt getekend.',
    complete: 'Afronden: er wordt niets meer besteld',
    completed: 'De overeenkomst is afgerond.',
    terminate: 'Overeenkomst beëindigen',
    terminated: 'De overeenkomst is beëindigd.',
    callOff: 'Afroep plaatsen',
    calledOff: 'De afroep is geplaatst.',
    units: (what: string) => `${what}: aantal dat u bestelt`,
    reference: 'Uw eigen kenmerk',
    referenceHint: 'De leverancier zet dit op de factuur.',
  },
  {
    draft: 'Draft an agreement',
    draftWhy: 'With an agreement you order in parts, at the prices of the chosen quote. Without one you order all at once.',
    drafted: 'The agreement is drafted. Both sides sign it.',
    kind: 'Kind of agreement',
    chooseKind: 'Choose a kind of agreement.',
    ends: 'Runs up to and including',
    title: (name: string) => `Agreement with ${name}`,
    signBy: 'To be signed by',
    buyerSigned: 'Buyer signed on',
    supplierSigned: 'Supplier signed on',
    total: 'Agreed, excluding VAT',
    called: 'Called off, excluding VAT',
    cap: 'Changes together at most',
    changed: 'Changed so far',
    why: 'Why it was ended',
    lines: 'Lines of the agreement',
    what: 'Description',
    price: 'Unit price',
    agreed: 'Agreed',
    off: 'Called off',
    sign: 'Sign the agreement',
    signed: 'You have signed.',
    complete: 'Complete: nothing more is ordered',
    completed: 'The agreement is completed.',
    terminate: 'Terminate the agreement',
    terminated: 'The agreement is terminated.',
    callOff: 'Call off',
    calledOff: 'The call-off is placed.',
    units: (what: string) => `${what}: units you order`,
    reference: 'Your own reference',
    referenceHint: 'The supplier puts this on the invoice.',
  },
);

const DraftForm = ({ quote, lang, act }: PartProps & { quote: Quote }) => {
  const t = texts(lang);
  const [kind, setKind] = useState('');
  const [ends, setEnds] = useState('');
  const check = (): Faults => (kind === '' ? { kind: t.chooseKind } : {});
  const body = { quote_id: quote.id, kind, ...(ends ? { ends_at: fiveOn(ends) } : {}) };
  return (
    <StepForm
      id="agreement-draft"
      lang={lang}
      label={t.draft}
      check={check}
      send={() => act(t.drafted, () => create<api.Agreement>('/agreements', body))}
    >
      {(slot) => (
        <>
          <p>{t.draftWhy}</p>
          <SelectField
            {...slot('kind')}
            label={t.kind}
            value={kind}
            onValue={setKind}
            options={optionsOf('agreement_kind', lang)}
          />
          <TextField {...slot('ends_at')} label={t.ends} optional short type="date" value={ends} onValue={setEnds} />
        </>
      )}
    </StepForm>
  );
};

const CallOffForm = ({ agreement, lang, act }: PartProps & { agreement: Agreement }) => {
  const t = texts(lang);
  const [reference, setReference] = useState('');
  const units = useUnits(
    agreement.lines.map((line) => ({
      id: line.id,
      what: line.description,
      unit: line.unit,
      most: Math.max(0, line.agreed - line.called_off),
    })),
    lang,
  );
  const send = () => {
    const body: Partial<api.CallOff> = {
      agreement_id: agreement.id,
      lines: units.chosen.map(({ id, quantity }) => ({ agreement_line_id: id, quantity })),
      ...(reference.trim() ? { reference: reference.trim() } : {}),
    };
    return act(t.calledOff, () => create<api.Order>('/call-offs', body));
  };
  return (
    <StepForm id={`call-off-${agreement.id}`} lang={lang} label={t.callOff} check={units.faults} send={send}>
      {(slot) => (
        <>
          <UnitFields units={units} slot={slot} label={t.units} lang={lang} />
          <TextField
            {...slot('reference')}
            label={t.reference}
            hint={t.referenceHint}
            optional
            short
            value={reference}
            onValue={setReference}
          />
        </>
      )}
    </StepForm>
  );
};

const Lines = ({ lines, lang }: { lines: AgreementLine[]; lang: Lang }) => {
  const t = texts(lang);
  return (
    <Table<AgreementLine>
      caption={t.lines}
      quiet
      rows={lines}
      columns={[
        { head: t.what, cell: (line) => line.description },
        { head: t.price, number: true, cell: (line) => euro(line.unit_price_cents, lang, true) },
        { head: t.agreed, number: true, cell: (line) => `${number(line.agreed, lang)} ${line.unit}` },
        { head: t.off, number: true, cell: (line) => number(line.called_off, lang) },
      ]}
    />
  );
};

const AgreementCard = (part: PartProps & { agreement: Agreement }) => {
  const { agreement, deal, lang, act } = part;
  const t = texts(lang);
  const step = { path: '/agreements', thing: agreement, lang, act };
  const when = (at: string | undefined) => at && moment(at, lang);
  const cents = (sum: number | undefined) => euro(sum ?? 0, lang, true);
  const waits = agreement.state === 'drafted' || agreement.state === 'signed_by_one';
  const other = isBuyer(deal) ? agreement.supplier_name : agreement.buyer_name;
  return (
    <RecordCard noun="agreement" thing={agreement} title={t.title(other ?? '')} lang={lang}>
      <Lines lines={agreement.lines} lang={lang} />
      <Facts
        facts={[
          { term: t.kind, value: word('agreement_kind', agreement.kind, lang) },
          { term: t.ends, value: when(agreement.ends_at) },
          { term: t.signBy, value: waits && when(agreement.sign_by) },
          { term: t.buyerSigned, value: when(agreement.buyer_signed_at) },
          { term: t.supplierSigned, value: when(agreement.supplier_signed_at) },
          { term: t.total, value: cents(agreement.total_cents) },
          { term: t.called, value: cents(agreement.called_off_cents) },
          { term: t.cap, value: cents(agreement.cap_cents) },
          { term: t.changed, value: cents(agreement.changed_cents) },
          { term: t.why, value: agreement.end_reason },
        ]}
      />
      <div class="mw-actions">
        <Step {...step} name="sign" label={t.sign} said={t.signed} />
        {mayBegin(agreement, 'order_call_off') && <CallOffForm key={`off ${agreement.version}`} {...part} />}
        {mayBegin(agreement, 'change_order_create') && <ChangeForm {...part} />}
        <Step {...step} name="complete" label={t.complete} said={t.completed} second />
        <ReasonStep {...step} name="terminate" label={t.terminate} said={t.terminated} />
      </div>
      <Changes {...part} />
    </RecordCard>
  );
};

// Void ones leave room for another; who ordered at once has none.
export const Agreements = (part: PartProps) => {
  const { deal } = part;
  const chosen = deal.quotes.find((quote) => mayBegin(quote, 'agreement_create'));
  const free = deal.agreements.every(({ state }) => state === 'void') && deal.orders.length === 0;
  return (
    <>
      {deal.agreements.map((agreement) => (
        <AgreementCard key={agreement.id} {...part} agreement={agreement} />
      ))}
      {chosen && free && <DraftForm {...part} quote={chosen} />}
    </>
  );
};
