// What waits for a moderator: organisations with what they claim and what the trade register says, and every step that
// may be taken now. A decision against one names a published criterion.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Organisation, OrganisationCase } from '../gen/api';
import { command, get, getAll, may } from '../lib/api';
import { Act, AreaField, SelectField, TextField, type Option } from '../lib/form';
import { date, dictionary, moment, word, type Lang } from '../lib/i18n';
import { List, type Listing } from '../lib/lists';
import { ReasonForm, StepForm, required, type Slot } from '../lib/step';
import { A, Alert, State } from '../lib/ui';
import { useCriteria } from './criteria';

const texts = dictionary(
  {
    title: 'Te beoordelen organisaties',
    none: 'Er wacht geen organisatie op een moderator.',
    since: (day: string) => `aangemeld op ${day}`,
    until: (when: string) => `gebeurt vanzelf op ${when}`,
    kvk: 'KvK',
    register: (name: string) => `in het register: ${name}`,
    claims: 'Keurmerken die zij opgeeft',
    noProof: 'zonder bewijs',
    proof: 'bewijs',
    open: 'nog niet gezien',
    tied: 'U hoort bij deze organisatie of doet er zaken mee. Een ander beslist.',
    identify: 'Gegevens kloppen',
    enquire: 'Bewijs vragen',
    admit: 'Toelaten',
    certify: 'Bewijs van keurmerken gezien',
    confirm: 'Schorsing bevestigen',
    provision: 'Voorlopig toelaten',
    restore: 'Schorsing opheffen',
    refuse: 'Weigeren',
    suspend: 'Schorsen',
    remove: 'Verwijderen',
    merge: 'Samenvoegen',
    into: 'Met welke onderneming gaat het verder?',
    intoHint: 'Haar KvK-nummer, of het id uit het adres van haar pagina.',
    intoWrong: 'Geef een KvK-nummer van acht cijfers, of een id.',
    criterion: 'Criterium',
    reason: 'Waarom?',
    reasonHint: 'De organisatie leest dit.',
    last: 'Laatste dag',
    lastHint: 'Ten hoogste 24 maanden.',
  },
  {
    title: 'Organisations to judge',
    none: 'No organisation waits for a moderator.',
    since: (day: string) => `registered on ${day}`,
    until: (when: string) => `happens by itself on ${when}`,
    kvk: 'KvK',
    register: (name: string) => `in the register: ${name}`,
    claims: 'Marks that it claims',
    noProof: 'without proof',
    proof: 'proof',
    open: 'not seen yet',
    tied: 'You belong to this organisation or deal with it. Somebody else decides.',
    identify: 'Identity is right',
    enquire: 'Ask for evidence',
    admit: 'Admit',
    certify: 'Proof of marks seen',
    confirm: 'Confirm suspension',
    provision: 'Admit for a while',
    restore: 'End suspension',
    refuse: 'Refuse',
    suspend: 'Suspend',
    remove: 'Remove',
    merge: 'Merge',
    into: 'In which enterprise does it go on?',
    intoHint: 'Its KvK number, or the id in the address of its page.',
    intoWrong: 'Give a KvK number of eight digits, or an id.',
    criterion: 'Criterion',
    reason: 'Why?',
    reasonHint: 'The organisation reads this.',
    last: 'Last day',
    lastHint: 'At most 24 months.',
  },
);

interface Taken {
  id: string;
  lang: Lang;
  label: string;
  about: string;
}

// What the one field beside the reason gets.
interface Part extends Slot {
  label: string;
  value: string;
  onValue: (value: string) => void;
}

interface ReasonedProps extends Taken {
  path: (value: string) => string; // by which the server tells of a fault in it
  part: string;
  wrong?: (value: string) => string | undefined;
  field: (part: Part) => ComponentChildren;
  send: (value: string, reason: string) => Promise<unknown>;
}

// A step that asks one thing and a reason, which the organisation reads.
const Reasoned = ({ path, part, wrong, field, send, ...taken }: ReasonedProps) => {
  const t = texts(taken.lang);
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const check = () => {
    const fault = wrong?.(value);
    const faults = required({ [path(value)]: [part, value], reason: [t.reason, reason] }, taken.lang);
    return fault ? { ...faults, [path(value)]: fault } : faults;
  };
  return (
    <StepForm {...taken} check={check} send={() => send(value, reason.trim())}>
      {(slot) => (
        <>
          {field({ ...slot(path(value)), label: part, value, onValue: setValue })}
          <AreaField {...slot('reason')} label={t.reason} hint={t.reasonHint} value={reason} onValue={setReason} />
        </>
      )}
    </StepForm>
  );
};

interface StepProps extends Taken {
  send: (body: object) => Promise<unknown>;
}

const Against = ({ criteria, send, ...taken }: StepProps & { criteria: readonly Option[] }) => (
  <Reasoned
    {...taken}
    path={() => 'criterion'}
    part={texts(taken.lang).criterion}
    field={(part) => <SelectField {...part} options={criteria} />}
    send={(criterion, reason) => send({ criterion, reason })}
  />
);

const ForAWhile = ({ send, ...taken }: StepProps) => {
  const t = texts(taken.lang);
  return (
    <Reasoned
      {...taken}
      path={() => 'until'}
      part={t.last}
      field={(part) => <TextField {...part} type="date" hint={t.lastHint} />}
      send={(until, reason) => send({ until, reason })}
    />
  );
};

const asTarget = (text: string) => {
  const plain = text.trim().toLowerCase();
  if (/^\d{8}$/.test(plain)) return { into_kvk: plain };
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(plain) ? { into: plain } : undefined;
};

const Merge = ({ send, ...taken }: StepProps) => {
  const t = texts(taken.lang);
  return (
    <Reasoned
      {...taken}
      path={(target) => (asTarget(target)?.into_kvk ? 'into_kvk' : 'into')}
      part={t.into}
      wrong={(target) => (asTarget(target) ? undefined : t.intoWrong)}
      field={(part) => <TextField {...part} hint={t.intoHint} />}
      send={(target, reason) => send({ ...asTarget(target), reason })}
    />
  );
};

export interface Row extends OrganisationCase {
  now: Organisation;
}

export const waiting = async (): Promise<Row[]> => {
  const cases = await getAll<OrganisationCase>('/moderation/organisations');
  return Promise.all(
    cases.map(async (one) => ({ ...one, now: await get<Organisation>(`/organisations/${one.id}`) })),
  );
};

const Claims = ({ of, lang }: { of: OrganisationCase; lang: Lang }) => {
  const t = texts(lang);
  if (!of.label_claims?.length) return null;
  return (
    <p>
      {t.claims}
      {of.claims_open && ` (${t.open})`}:
      <br />
      {of.label_claims.map((label) => (
        <span key={label.scheme + (label.certificate ?? '')}>
          {word('label_scheme', label.scheme, lang)} {label.level} {label.certificate}{' '}
          {label.valid_until && date(label.valid_until, lang)}{' '}
          {label.evidence_url ? (
            <A href={label.evidence_url}>{t.proof}</A>
          ) : (
            !label.evidence && t.noProof
          )}
          <br />
        </span>
      ))}
    </p>
  );
};

const About = ({ of, lang }: { of: OrganisationCase; lang: Lang }) => {
  const t = texts(lang);
  return (
    <div>
      <strong>{of.name}</strong>
      <p class="mw-quiet">
        {word('org_kind', of.kind, lang)} {of.legal_form && word('legal_form', of.legal_form, lang)}
        <br />
        {t.kvk} {of.kvk_number ?? '-'}: {of.kvk_check && word('kvk_check', of.kvk_check, lang)}
        {of.kvk_check === 'other_name' && of.kvk_name && `, ${t.register(of.kvk_name)}`}
      </p>
      {of.mission && <p>{of.mission}</p>}
      <Claims of={of} lang={lang} />
      {of.decision && <p class="mw-quiet">{of.decision}</p>}
    </div>
  );
};

const Steps = (props: {
  of: Row;
  lang: Lang;
  criteria: Option[];
  reload: () => Promise<void>;
}) => {
  const { of, lang, criteria, reload } = props;
  const t = texts(lang);
  const take = (name: string, body?: object) => command('/organisations', of.now, name, body).then(reload);
  const common = { lang, about: of.name };
  const plain = ['identify', 'admit', 'certify', 'confirm'] as const;
  const reasoned = ['enquire', 'restore'] as const;
  const against = ['refuse', 'suspend', 'remove'] as const;
  return (
    <span class="mw-rows__acts">
      {plain.map(
        (name) => may(of.now, name) && <Act {...common} key={name} label={t[name]} act={() => take(name)} />,
      )}
      {may(of.now, 'provision') && (
        <ForAWhile
          {...common}
          id={`provisional-${of.id}`}
          label={t.provision}
          send={(body) => take('provision', body)}
        />
      )}
      {reasoned.map(
        (name) =>
          may(of.now, name) && (
            <ReasonForm
              {...common}
              key={name}
              id={`${name}-${of.id}`}
              label={t[name]}
              send={(reason) => take(name, { reason })}
            />
          ),
      )}
      {against.map(
        (name) =>
          may(of.now, name) && (
            <Against
              {...common}
              key={name}
              id={`${name}-${of.id}`}
              label={t[name]}
              criteria={criteria}
              send={(body) => take(name, body)}
            />
          ),
      )}
      {may(of.now, 'merge') && (
        <Merge
          {...common}
          id={`merge-${of.id}`}
          label={t.merge}
          send={(body) => take('merge', body)}
        />
      )}
    </span>
  );
};

export const Moderation = ({ listing, lang }: { listing: Listing<Row>; lang: Lang }) => {
  const t = texts(lang);
  const criteria = useCriteria(lang);
  return (
    <List
      id="moderation"
      title={t.title}
      empty={t.none}
      lang={lang}
      listing={listing}
      three
      row={(one) => (
        <>
          <About of={one} lang={lang} />
          <span class="mw-quiet">
            <State list="organisation_state" state={one.state} lang={lang} />
            <br />
            {t.since(date(one.created_at, lang))}
            {one.due_at && (
              <>
                <br />
                {t.until(moment(one.due_at, lang))}
              </>
            )}
          </span>
          {one.tied ? (
            <Alert>
              <p>{t.tied}</p>
            </Alert>
          ) : (
            <Steps of={one} lang={lang} criteria={criteria} reload={listing.reload} />
          )}
        </>
      )}
    />
  );
};
