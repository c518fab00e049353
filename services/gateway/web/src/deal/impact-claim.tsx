// What accepted work brought about: claimed by the supplier, verified by the buyer, with evidence asked, an appeal, and a second look when work goes back.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import type { Document as Attachment } from '../gen/api';
import { command, create, may, mayBegin } from '../lib/api';
import { Files, Photos, photosOf } from '../lib/files';
import { AreaField, SelectField, TextField, optionsOf, type Faults, type Option } from '../lib/form';
import { date, dictionary, moment, number, word } from '../lib/i18n';
import { StepForm, countOf, required } from '../lib/step';
import { Alert, Facts } from '../lib/ui';
import { Upload } from '../lib/upload';
import { standing } from './deal';
import { Section, type PartProps } from './part';
import { ReasonStep, RecordCard, Step } from './record';
import type { ImpactClaim, Order } from './records';

const texts = dictionary(
  {
    title: 'Impact',
    claim: 'Impact claimen',
    claimed: 'De claim ligt bij de inkoper. Zij telt mee zodra die haar heeft geverifieerd.',
    about: 'Wat bracht het geaccepteerde werk op, behalve het werk zelf? Noem geen namen van mensen.',
    line: 'Bij welke regel van de bestelling?',
    chooseLine: 'Kies een regel.',
    indicator: 'Wat telt u?',
    chooseIndicator: 'Kies wat u telt.',
    group: 'Om wie gaat het?',
    chooseGroup: 'Kies om wie het gaat.',
    quantity: 'Hoeveel?',
    notCount: 'Vul een heel getal in, bijvoorbeeld 3.',
    from: 'Eerste dag van de periode',
    until: 'Laatste dag van de periode',
    method: 'Hoe is dit geteld, en waaruit blijkt het?',
    methodHint: 'Minstens 10 tekens. Geen namen van mensen.',
    methodShort: 'Geef minstens 10 tekens: hoe is dit geteld?',
    documents: 'Foto’s en bestanden die het laten zien',
    what: (count: string, indicator: string) => `${indicator}: ${count}`,
    work: 'Bij het werk',
    period: 'Periode',
    days: (from: string, until: string) => `${from} tot en met ${until}`,
    by: 'Geclaimd door',
    asked: 'Gevraagd bewijs',
    answer: 'Antwoord',
    refusedWhy: 'Reden van afwijzing',
    appealDue: 'Beroep kan tot',
    appealWhy: 'Reden van beroep',
    handler: 'Behandelaar',
    verifiedAt: 'Geverifieerd op',
    reopened: 'Er ging werk terug of er is gecrediteerd. Deze impact telt niet mee tot de leverancier vertelt wat ervan overblijft.',
    enquire: 'Bewijs vragen',
    enquired: 'De leverancier weet welk bewijs u vraagt.',
    verify: 'Verifiëren: dit klopt',
    verified: 'De impact is geverifieerd en telt mee in de cijfers.',
    refuse: 'Claim afwijzen',
    refused: 'De claim is afgewezen.',
    reply: 'Claim aanvullen',
    replied: 'Uw aanvulling ligt bij de inkoper.',
    now: 'Hoeveel is het nu?',
    allDocuments: 'Alle foto’s en bestanden van deze claim',
    appeal: 'In beroep gaan',
    appealed: 'De behandelaar beoordeelt de claim.',
    withdraw: 'Claim intrekken',
    withdrawn: 'De claim is ingetrokken.',
  },
  {
    title: 'Impact',
    claim: 'Claim impact',
    claimed: 'The claim is with the buyer. It counts once they have verified it.',
    about: 'What did the accepted work bring about, besides the work itself? Give no names of people.',
    line: 'Of which line of the order?',
    chooseLine: 'Choose a line.',
    indicator: 'What do you count?',
    chooseIndicator: 'Choose what you count.',
    group: 'Who is it about?',
    chooseGroup: 'Choose who it is about.',
    quantity: 'How many?',
    notCount: 'Give a whole number, for example 3.',
    from: 'First day of the period',
    until: 'Last day of the period',
    method: 'How was this counted, and what shows it?',
    methodHint: 'At least 10 characters. No names of people.',
    methodShort: 'Give at least 10 characters: how was this counted?',
    documents: 'Photos and files that show it',
    what: (count: string, indicator: string) => `${indicator}: ${count}`,
    work: 'Of the work',
    period: 'Period',
    days: (from: string, until: string) => `${from} up to and including ${until}`,
    by: 'Claimed by',
    asked: 'Evidence asked',
    answer: 'Answer',
    refusedWhy: 'Why it was refused',
    appealDue: 'Appeal possible until',
    appealWhy: 'Reason of the appeal',
    handler: 'Handler',
    verifiedAt: 'Verified on',
    reopened: 'Work went back or was credited. This impact does not count until the supplier says what is left of it.',
    enquire: 'Ask for evidence',
    enquired: 'The supplier knows which evidence you ask for.',
    verify: 'Verify: this is right',
    verified: 'The impact is verified and counts in the figures.',
    refuse: 'Refuse the claim',
    refused: 'The claim is refused.',
    reply: 'Add to the claim',
    replied: 'What you added is with the buyer.',
    now: 'How many is it now?',
    allDocuments: 'All photos and files of this claim',
    appeal: 'Appeal',
    appealed: 'The handler judges the claim.',
    withdraw: 'Withdraw the claim',
    withdrawn: 'The claim is withdrawn.',
  },
);

// Kilos are of no people.
const countsPeople = (indicator: string) => indicator !== '' && !indicator.endsWith('_kg');

const empty = { line: '', indicator: '', group: '', quantity: '', from: '', until: '', method: '' };

const ClaimForm = ({ order, lang, act }: PartProps & { order: Order }) => {
  const t = texts(lang);
  const lines = (order.lines ?? []).filter((line) => standing(line) > 0);
  const [form, setForm] = useState({ ...empty, line: lines.length === 1 ? (lines[0]?.id ?? '') : '' });
  const [documents, setDocuments] = useState<Attachment[]>([]);
  const set = (change: Partial<typeof empty>) => setForm({ ...form, ...change });
  const people = countsPeople(form.indicator);
  const quantity = countOf(form.quantity);
  const check = (): Faults => ({
    ...(form.line === '' ? { order_line_id: t.chooseLine } : {}),
    ...(form.indicator === '' ? { indicator: t.chooseIndicator } : {}),
    ...(people && form.group === '' ? { target_group: t.chooseGroup } : {}),
    ...(quantity ? {} : { quantity: t.notCount }),
    ...required({ period_from: [t.from, form.from], period_until: [t.until, form.until] }, lang),
    ...(form.method.trim().length < 10 ? { method: t.methodShort } : {}),
  });
  const send = () =>
    act(t.claimed, () =>
      create<api.ImpactClaim>('/impact-claims', {
        order_line_id: form.line,
        indicator: form.indicator,
        ...(people ? { target_group: form.group } : {}),
        quantity,
        period_from: form.from,
        period_until: form.until,
        method: form.method.trim(),
        ...(documents.length > 0 ? { documents } : {}),
      }),
    );
  return (
    <StepForm id={`claim-of-${order.id}`} lang={lang} label={t.claim} check={check} send={send}>
      {(slot) => (
        <>
          <p>{t.about}</p>
          <SelectField
            {...slot('order_line_id')}
            label={t.line}
            value={form.line}
            onValue={(line) => set({ line })}
            options={lines.map((line): Option => [line.id ?? '', line.description ?? ''])}
          />
          <SelectField
            {...slot('indicator')}
            label={t.indicator}
            value={form.indicator}
            onValue={(indicator) => set({ indicator })}
            options={optionsOf('impact_indicator', lang)}
          />
          {people && (
            <SelectField
              {...slot('target_group')}
              label={t.group}
              value={form.group}
              onValue={(group) => set({ group })}
              options={optionsOf('target_group', lang)}
            />
          )}
          <TextField
            {...slot('quantity')}
            label={t.quantity}
            short
            value={form.quantity}
            onValue={(text) => set({ quantity: text })}
          />
          <TextField {...slot('period_from')} label={t.from} short type="date" value={form.from} onValue={(from) => set({ from })} />
          <TextField {...slot('period_until')} label={t.until} short type="date" value={form.until} onValue={(until) => set({ until })} />
          <AreaField
            {...slot('method')}
            label={t.method}
            hint={t.methodHint}
            value={form.method}
            onValue={(method) => set({ method })}
          />
          <Upload {...slot('documents')} label={t.documents} documents={documents} onDocuments={setDocuments} />
        </>
      )}
    </StepForm>
  );
};

const AnswerForm = ({ claim, lang, act }: PartProps & { claim: ImpactClaim }) => {
  const t = texts(lang);
  const [answer, setAnswer] = useState('');
  const [typed, setTyped] = useState(String(claim.quantity));
  const [documents, setDocuments] = useState<Attachment[]>(claim.documents ?? []);
  const quantity = countOf(typed);
  const check = (): Faults => ({
    ...required({ answer: [t.answer, answer] }, lang),
    ...(quantity ? {} : { quantity: t.notCount }),
  });
  const body = { answer: answer.trim(), quantity, documents };
  return (
    <StepForm
      id={`answer-${claim.id}`}
      lang={lang}
      label={t.reply}
      check={check}
      send={() => act(t.replied, () => command('/impact-claims', claim, 'answer', body))}
    >
      {(slot) => (
        <>
          <AreaField {...slot('answer')} label={t.answer} value={answer} onValue={setAnswer} />
          <TextField {...slot('quantity')} label={t.now} short value={typed} onValue={setTyped} />
          <Upload {...slot('documents')} label={t.allDocuments} documents={documents} onDocuments={setDocuments} />
        </>
      )}
    </StepForm>
  );
};

const ClaimCard = (part: PartProps & { claim: ImpactClaim }) => {
  const { claim, lang, act } = part;
  const t = texts(lang);
  const step = { path: '/impact-claims', thing: claim, lang, act };
  const title = t.what(number(claim.quantity ?? 0, lang), word('impact_indicator', claim.indicator, lang));
  const when = (at: string | undefined) => at && moment(at, lang);
  return (
    <RecordCard noun="impact_claim" thing={claim} title={title} lang={lang} item>
      {claim.state === 'reopened' && (
        <Alert>
          <p>{t.reopened}</p>
        </Alert>
      )}
      <Facts
        facts={[
          { term: t.group, value: claim.target_group && word('target_group', claim.target_group, lang) },
          { term: t.work, value: claim.description },
          { term: t.period, value: t.days(date(claim.period_from, lang), date(claim.period_until, lang)) },
          { term: t.by, value: claim.supplier_name },
          { term: t.method, value: claim.method },
          { term: t.asked, value: claim.question },
          { term: t.answer, value: claim.answer },
          { term: t.refusedWhy, value: claim.refuse_reason },
          { term: t.appealDue, value: may(claim, 'appeal') && when(claim.appeal_due_at) },
          { term: t.appealWhy, value: claim.appeal_reason },
          { term: t.handler, value: claim.handler_name },
          { term: t.verifiedAt, value: claim.state === 'verified' && when(claim.verified_at) },
        ]}
      />
      {photosOf(claim.documents).length > 0 && <Photos documents={claim.documents} title={title} />}
      <Files documents={claim.documents} lang={lang} />
      <div class="mw-actions">
        <Step {...step} name="verify" label={t.verify} said={t.verified} />
        <ReasonStep {...step} name="enquire" label={t.enquire} said={t.enquired} />
        <ReasonStep {...step} name="refuse" label={t.refuse} said={t.refused} />
        {may(claim, 'answer') && <AnswerForm key={claim.version} {...part} />}
        <ReasonStep {...step} name="appeal" label={t.appeal} said={t.appealed} />
        <Step {...step} name="withdraw" label={t.withdraw} said={t.withdrawn} second />
      </div>
    </RecordCard>
  );
};

// Where there is one, or where one can be claimed.
export const ImpactPart = (part: PartProps) => {
  const { deal, lang } = part;
  const open = deal.orders.filter((order) => mayBegin(order, 'impact_claim_create'));
  if (deal.claims.length === 0 && open.length === 0) return null;
  return (
    <Section id="impact" title={texts(lang).title}>
      {deal.claims.length > 0 && (
        <ul class="mw-cards">
          {deal.claims.map((claim) => (
            <ClaimCard key={claim.id} {...part} claim={claim} />
          ))}
        </ul>
      )}
      {open.map((order) => (
        <ClaimForm key={`${order.id} ${deal.claims.length}`} {...part} order={order} />
      ))}
    </Section>
  );
};
