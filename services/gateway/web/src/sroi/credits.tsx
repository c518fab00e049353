// Lines of invoices that count for an obligation, and the form that assigns one.
import { useState } from 'preact/hooks';
import { command, create, hasRole, may } from '../lib/api';
import { Act, SelectField, type Faults } from '../lib/form';
import { date, dictionary, euro } from '../lib/i18n';
import { ReasonForm, StepForm } from '../lib/step';
import { State } from '../lib/ui';
import type { Credit, Invoice, Obligation, SroiProps } from './records';

const texts = dictionary(
  {
    none: 'Er is nog niets toegewezen.',
    counts: (credit: string, net: string) => `telt voor ${credit}, van ${net} die vaststaat`,
    invoice: (name: string, no: string, day: string) => `${name}, factuur ${no} van ${day}`,
    refused: 'Afgewezen, omdat',
    verify: 'Verifiëren',
    verified: 'Geverifieerd. Dit telt nu mee.',
    refuse: 'Afwijzen',
    refusedDone: 'Afgewezen. De regel is weer vrij.',
    withdraw: 'Toewijzing intrekken',
    withdrawn: 'De toewijzing is ingetrokken. De regel is weer vrij.',
    assign: 'Factuurregel toewijzen',
    assigned: 'De regel is toegewezen. De gemeente verifieert haar.',
    which: 'Welke regel van een goedgekeurde factuur',
    choose: 'Kies een factuurregel',
    noLine: 'Er is geen goedgekeurde factuur om toe te wijzen.',
  },
  {
    none: 'Nothing has been assigned yet.',
    counts: (credit: string, net: string) => `counts for ${credit}, of ${net} that stands`,
    invoice: (name: string, no: string, day: string) => `${name}, invoice ${no} of ${day}`,
    refused: 'Refused, because',
    verify: 'Verify',
    verified: 'Verified. This counts now.',
    refuse: 'Refuse',
    refusedDone: 'Refused. The line is free again.',
    withdraw: 'Take the assignment back',
    withdrawn: 'The assignment is taken back. The line is free again.',
    assign: 'Assign an invoice line',
    assigned: 'The line is assigned. The municipality verifies it.',
    which: 'Which line of an approved invoice',
    choose: 'Choose an invoice line',
    noLine: 'There is no approved invoice to assign.',
  },
);

interface AssignProps extends SroiProps {
  obligation: Obligation;
  invoices: readonly Invoice[];
}

const Assign = ({ obligation, invoices, lang, act }: AssignProps) => {
  const t = texts(lang);
  const [chosen, setChosen] = useState('');
  const options = invoices.flatMap((invoice) =>
    (invoice.lines ?? []).map(
      (line) =>
        [
          `${invoice.id} ${line.order_line_id}`,
          `${invoice.number} (${invoice.supplier_name ?? ''}): ${line.description ?? ''}, ${euro(line.net_cents ?? 0, lang, true)}`,
        ] as const,
    ),
  );
  if (options.length === 0) return <p class="mw-quiet">{t.noLine}</p>;
  const [invoice_id, order_line_id] = chosen.split(' ');
  const check = (): Faults => (chosen ? {} : { order_line_id: t.choose });
  const send = () =>
    act(t.assigned, () => create('/sroi-credits', { obligation_id: obligation.id, invoice_id, order_line_id }));
  return (
    <StepForm id={`assign-${obligation.id}`} lang={lang} label={t.assign} about={obligation.contract} check={check} send={send}>
      {(slot) => (
        <SelectField {...slot('order_line_id')} label={t.which} value={chosen} onValue={setChosen} options={options} />
      )}
    </StepForm>
  );
};

const Row = ({ one, lang, act }: SroiProps & { one: Credit }) => {
  const t = texts(lang);
  const money = (cents: number | undefined) => euro(cents ?? 0, lang, true);
  const step = (name: string, said: string) => () => act(said, () => command('/sroi-credits', one, name));
  return (
    <li>
      <div>
        <b>{one.description}</b>
        <br />
        {t.invoice(one.supplier_name ?? '', one.invoice_number ?? '', date(one.issued_on ?? '', lang))}
        <br />
        {t.counts(money(one.credit_cents), money(one.net_cents))}
        {one.refuse_reason && (
          <>
            <br />
            {t.refused} {one.refuse_reason}
          </>
        )}
      </div>
      <div>
        <State list="sroi_credit_state" state={one.state} lang={lang} />
        {may(one, 'verify') && <Act lang={lang} label={t.verify} about={one.description} act={step('verify', t.verified)} />}
        {may(one, 'refuse') && (
          <ReasonForm
            id={`refuse-${one.id}`}
            lang={lang}
            label={t.refuse}
            about={one.description}
            send={(reason) => act(t.refusedDone, () => command('/sroi-credits', one, 'refuse', { reason }))}
          />
        )}
        {may(one, 'withdraw') && (
          <Act lang={lang} kind="secondary" label={t.withdraw} about={one.description} act={step('withdraw', t.withdrawn)} />
        )}
      </div>
    </li>
  );
};

export const Credits = ({ credits, ...props }: AssignProps & { credits: readonly Credit[] }) => {
  const { obligation, who, lang } = props;
  const t = texts(lang);
  const runs = obligation.state === 'confirmed';
  return (
    <>
      {credits.length === 0 && runs && <p class="mw-quiet">{t.none}</p>}
      {credits.length > 0 && (
        <ul class="mw-rows">
          {credits.map((one) => (
            <Row key={one.id} {...props} one={one} />
          ))}
        </ul>
      )}
      {runs && hasRole(who, 'BUYER') && obligation.contractor_id === who.organisation_id && <Assign {...props} />}
    </>
  );
};
