// Changes of an agreement: other quantities at the same prices, on a ground, within the cap; proposed by one side and accepted by the other.
import { useState } from 'preact/hooks';
import type * as api from '../gen/api';
import { create } from '../lib/api';
import { AreaField, SelectField, optionsOf, type Faults } from '../lib/form';
import { dictionary, euro, number, word } from '../lib/i18n';
import { StepForm, required } from '../lib/step';
import { Facts } from '../lib/ui';
import type { PartProps } from './part';
import { RecordCard, Step } from './record';
import type { Agreement, ChangeOrder } from './records';
import { UnitFields, useUnits } from './units';

const texts = dictionary(
  {
    propose: 'Wijziging voorstellen',
    proposed: 'De wijziging is voorgesteld. De andere kant gaat akkoord, of niet.',
    room: (amount: string) => `Prijzen blijven gelijk. Alle wijzigingen samen mogen nog ${amount} schelen, omhoog of omlaag.`,
    units: (what: string) => `${what}: meer of minder`,
    cause: 'Op welke grond?',
    choose: 'Kies een grond.',
    reason: 'Waarom?',
    title: (cause: string) => `Wijziging: ${cause}`,
    delta: 'Verschil, exclusief btw',
    by: 'Voorgesteld door',
    accept: 'Akkoord met de wijziging',
    accepted: 'U gaat akkoord. De inkoper voert de wijziging door.',
    decline: 'Niet akkoord',
    declined: 'De overeenkomst blijft zoals zij was.',
    apply: 'Wijziging doorvoeren',
    applied: 'De nieuwe aantallen gelden.',
  },
  {
    propose: 'Propose a change',
    proposed: 'The change is proposed. The other side accepts it, or not.',
    room: (amount: string) => `Prices stay as they are. All changes together may still come to ${amount}, up or down.`,
    units: (what: string) => `${what}: more or fewer`,
    cause: 'On which ground?',
    choose: 'Choose a ground.',
    reason: 'Why?',
    title: (cause: string) => `Change: ${cause}`,
    delta: 'Difference, excluding VAT',
    by: 'Proposed by',
    accept: 'Agree to the change',
    accepted: 'You agree. The buyer applies the change.',
    decline: 'Do not agree',
    declined: 'The agreement stays as it was.',
    apply: 'Apply the change',
    applied: 'The new quantities hold.',
  },
);

type AgreementProps = PartProps & { agreement: Agreement };

export const ChangeForm = ({ agreement, lang, act }: AgreementProps) => {
  const t = texts(lang);
  const [cause, setCause] = useState('');
  const [reason, setReason] = useState('');
  const units = useUnits(
    agreement.lines.map((line) => ({ id: line.id, what: line.description, unit: line.unit, signed: true })),
    lang,
  );
  const check = (): Faults => ({
    ...units.faults(),
    ...(cause === '' ? { cause: t.choose } : {}),
    ...required({ reason: [t.reason, reason] }, lang),
  });
  const send = () => {
    const body = {
      agreement_id: agreement.id,
      cause,
      reason: reason.trim(),
      lines: units.chosen.map(({ id, quantity }) => ({ agreement_line_id: id, quantity })),
    };
    return act(t.proposed, () => create<api.ChangeOrder>('/change-orders', body));
  };
  const room = Math.max(0, (agreement.cap_cents ?? 0) - (agreement.changed_cents ?? 0));
  return (
    <StepForm id={`change-${agreement.id}`} lang={lang} label={t.propose} check={check} send={send}>
      {(slot) => (
        <>
          <p>{t.room(euro(room, lang, true))}</p>
          <UnitFields units={units} slot={slot} label={t.units} lang={lang} />
          <SelectField
            {...slot('cause')}
            label={t.cause}
            value={cause}
            onValue={setCause}
            options={optionsOf('change_cause', lang)}
          />
          <AreaField {...slot('reason')} label={t.reason} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

const ChangeCard = ({ change, agreement, lang, act }: AgreementProps & { change: ChangeOrder }) => {
  const t = texts(lang);
  const step = { path: '/change-orders', thing: change, lang, act };
  const what = (id: string) => agreement.lines.find((line) => line.id === id)?.description ?? '';
  return (
    <RecordCard
      noun="change_order"
      thing={change}
      title={t.title(word('change_cause', change.cause, lang))}
      lang={lang}
      item
    >
      <ul class="mw-plainlist">
        {change.lines.map((line) => (
          <li key={line.agreement_line_id}>
            {`${what(line.agreement_line_id)}: ${line.quantity > 0 ? '+' : ''}${number(line.quantity, lang)}`}
          </li>
        ))}
      </ul>
      <Facts
        facts={[
          { term: t.by, value: change.asked_by === agreement.buyer_id ? agreement.buyer_name : agreement.supplier_name },
          { term: t.reason, value: change.reason },
          { term: t.delta, value: euro(change.delta_cents ?? 0, lang, true) },
        ]}
      />
      <div class="mw-actions">
        <Step {...step} name="accept" label={t.accept} said={t.accepted} />
        <Step {...step} name="apply" label={t.apply} said={t.applied} />
        <Step {...step} name="decline" label={t.decline} said={t.declined} second />
      </div>
    </RecordCard>
  );
};

export const Changes = (part: AgreementProps) => {
  const changes = part.deal.changes.filter((change) => change.agreement_id === part.agreement.id);
  return changes.length === 0 ? null : (
    <ul class="mw-cards">
      {changes.map((change) => (
        <ChangeCard key={change.id} {...part} change={change} />
      ))}
    </ul>
  );
};
