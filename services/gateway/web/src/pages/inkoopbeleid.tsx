// The limits and terms by which the caller's municipality buys, beside the thresholds of the law.
import { useEffect, useState } from 'preact/hooks';
import type { Me, PurchasePolicy, Threshold, ThresholdPage } from '../gen/api';
import { command, create, get, getAll, hasRole, may, replace, type Stored } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { Act, TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, link, word, type Lang } from '../lib/i18n';
import { dayOf } from '../lib/input';
import { List, useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { centsOf, countOf, Done, StepForm, type Slot } from '../lib/step';
import { A, Fictional, State, Table } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Inkoopbeleid', en: 'Purchasing policy' },
  about: {
    nl: 'De grenzen en termijnen waarmee uw gemeente inkoopt, naast de drempels van de wet.',
    en: 'The limits and terms by which your municipality buys, beside the thresholds of the law.',
  },
};

const texts = dictionary(
  {
    title: 'Uw inkoopbeleid',
    empty: 'Uw gemeente heeft nog geen eigen beleid vastgesteld. Tot dan gelden de gebruikelijke grenzen.',
    write: 'Beleid opschrijven',
    change: 'Concept wijzigen',
    save: 'Concept bewaren',
    saved: 'Het concept is bewaard. Het geldt pas als het is vastgesteld.',
    adopt: 'Beleid vaststellen',
    adopted: 'Het beleid is vastgesteld. Het verandert niet meer; een volgend beleid vervangt het.',
    drop: 'Concept weggooien',
    dropped: 'Het concept is weggegooid.',
    from: (day: string) => `Vanaf ${day}`,
    single: (goods: string, works: string) => `Bij één leverancier tot ${goods}, werken tot ${works}`,
    multi: (goods: string, works: string) => `Op uitnodiging tot ${goods}, werken tot ${works}`,
    invites: (min: number, max: number) => `${min} tot ${max} uitnodigingen`,
    valid_from: 'Eerste dag',
    valid_from_hint: 'Dag-maand-jaar; vandaag of later',
    single_max_cents: 'Bij één leverancier: leveringen en diensten tot',
    multi_max_cents: 'Op uitnodiging: leveringen en diensten tot',
    works_single_max_cents: 'Bij één leverancier: werken tot',
    works_multi_max_cents: 'Op uitnodiging: werken tot',
    euros: 'In euro’s, exclusief btw',
    min_invites: 'Minstens zoveel uitnodigingen',
    max_invites: 'Hoogstens zoveel uitnodigingen',
    min_days_invited: 'Dagen om op een uitnodiging te offreren, minstens',
    min_days_open: 'Dagen om op een open vraag te offreren, minstens',
    window_days: 'Wat in zoveel dagen is ingekocht, telt samen',
    extend_days: 'Dagen die na een grote wijziging minstens overblijven',
    source: 'Waar het is besloten',
    source_hint: 'De naam van het besluit, of het adres ervan',
    noDay: 'vul de dag in als dag-maand-jaar',
    noAmount: 'vul een bedrag in, bijvoorbeeld 50.000',
    noCount: 'vul een heel getal in',
    noSource: 'vul minstens 3 tekens in',
    notYours: 'Alleen wie over het beleid van uw gemeente gaat, kan het opschrijven en vaststellen.',
    thresholds: 'Europese drempels',
    kind: 'Waarvoor',
    since: 'Vanaf',
    amount: 'Bedrag exclusief btw',
    by: 'Bron',
    mandates: 'Mandaten',
  },
  {
    title: 'Your purchasing policy',
    empty: 'Your municipality has adopted no policy of its own. Until then the usual limits hold.',
    write: 'Write a policy',
    change: 'Change the draft',
    save: 'Save draft',
    saved: 'The draft is kept. It holds only once it is adopted.',
    adopt: 'Adopt the policy',
    adopted: 'The policy is adopted. It changes no more; a next policy replaces it.',
    drop: 'Throw the draft away',
    dropped: 'The draft is thrown away.',
    from: (day: string) => `From ${day}`,
    single: (goods: string, works: string) => `From one supplier up to ${goods}, works up to ${works}`,
    multi: (goods: string, works: string) => `By invitation up to ${goods}, works up to ${works}`,
    invites: (min: number, max: number) => `${min} to ${max} invitations`,
    valid_from: 'First day',
    valid_from_hint: 'Day-month-year; today or later',
    single_max_cents: 'From one supplier: supplies and services up to',
    multi_max_cents: 'By invitation: supplies and services up to',
    works_single_max_cents: 'From one supplier: works up to',
    works_multi_max_cents: 'By invitation: works up to',
    euros: 'In euros, excluding VAT',
    min_invites: 'At least so many invitations',
    max_invites: 'At most so many invitations',
    min_days_invited: 'Days to answer an invitation, at least',
    min_days_open: 'Days to answer an open need, at least',
    window_days: 'What is bought in so many days counts together',
    extend_days: 'Days that are left after a major change, at least',
    source: 'Where it was decided',
    source_hint: 'The name of the decision, or its address',
    noDay: 'fill in the day as day-month-year',
    noAmount: 'fill in an amount, for example 50.000',
    noCount: 'fill in a whole number',
    noSource: 'fill in at least 3 characters',
    notYours: 'Only who is in charge of the policy of your municipality can write and adopt it.',
    thresholds: 'European thresholds',
    kind: 'For what',
    since: 'From',
    amount: 'Amount excluding VAT',
    by: 'Source',
    mandates: 'Mandates',
  },
);

const amounts = ['single_max_cents', 'multi_max_cents', 'works_single_max_cents', 'works_multi_max_cents'] as const;
const counts = ['min_invites', 'max_invites', 'min_days_invited', 'min_days_open', 'window_days', 'extend_days'] as const;
type Name = (typeof amounts)[number] | (typeof counts)[number] | 'valid_from' | 'source';
type Typed = Record<Name, string>;
type Policy = Stored<PurchasePolicy>;

// A draft as it was typed; of a policy that was adopted, what the next one begins with.
const typedOf = (policy: Policy | undefined): Typed => {
  const day = policy?.state === 'draft' ? policy.valid_from.split('-').reverse().map(Number).join('-') : '';
  const pairs = [
    ...amounts.map((name) => [name, policy ? (policy[name] / 100).toLocaleString('nl-NL') : '']),
    ...counts.map((name) => [name, policy ? String(policy[name]) : '']),
  ];
  return { ...Object.fromEntries(pairs), valid_from: day, source: policy?.state === 'draft' ? policy.source : '' } as Typed;
};

const policyOf = (typed: Typed) => ({
  ...Object.fromEntries(amounts.map((name) => [name, centsOf(typed[name])])),
  ...Object.fromEntries(counts.map((name) => [name, countOf(typed[name])])),
  valid_from: dayOf(typed.valid_from),
  source: typed.source.trim(),
});

const faultsIn = (typed: Typed, lang: Lang): Faults => {
  const t = texts(lang);
  const wrong: [Name, boolean, string][] = [
    ['valid_from', !dayOf(typed.valid_from), t.noDay],
    ...amounts.map((name): [Name, boolean, string] => [name, centsOf(typed[name]) === undefined, t.noAmount]),
    ...counts.map((name): [Name, boolean, string] => [name, countOf(typed[name]) === undefined, t.noCount]),
    ['source', typed.source.trim().length < 3, t.noSource],
  ];
  return Object.fromEntries(wrong.filter(([, is]) => is).map(([name, , text]) => [name, `${t[name]}: ${text}`]));
};

interface WriteProps {
  policy: Policy | undefined; // the draft, or what holds now
  lang: Lang;
  saved: () => Promise<void>;
}

const Write = ({ policy, lang, saved }: WriteProps) => {
  const t = texts(lang);
  const old = policy?.state === 'draft' ? policy : undefined;
  const draft = useDraft(old ? `policy-${old.id}-${old.version}` : 'policy', typedOf(policy));
  const send = async () => {
    const body = { ...policyOf(draft.form), fictional: old?.fictional };
    if (old) await replace<PurchasePolicy>(`/purchase-policies/${old.id}`, old.version, body);
    else await create<PurchasePolicy>('/purchase-policies', body);
    draft.sent();
    await saved();
  };
  const field = (slot: (path: string) => Slot, name: Name, hint?: string) => (
    <TextField
      {...slot(name)}
      key={name}
      label={t[name]}
      hint={hint}
      short={name !== 'source'}
      value={draft.form[name]}
      onValue={(text) => draft.set({ [name]: text })}
    />
  );
  return (
    <StepForm
      id="policy"
      lang={lang}
      label={old ? t.change : t.write}
      submit={t.save}
      open={draft.found}
      check={() => faultsIn(draft.form, lang)}
      send={send}
    >
      {(slot) => (
        <>
          <Restored draft={draft} lang={lang} />
          {field(slot, 'valid_from', t.valid_from_hint)}
          {amounts.map((name) => field(slot, name, t.euros))}
          {counts.map((name) => field(slot, name))}
          {field(slot, 'source', t.source_hint)}
        </>
      )}
    </StepForm>
  );
};

const Row = ({ policy, lang, act }: { policy: Policy; lang: Lang; act: (done: string, name: string) => Promise<void> }) => {
  const t = texts(lang);
  const day = date(policy.valid_from, lang);
  return (
    <>
      <div>
        <b>{t.from(day)}</b> <Fictional on={policy.fictional} lang={lang} />
        <br />
        {t.single(euro(policy.single_max_cents, lang), euro(policy.works_single_max_cents, lang))}
        <br />
        {t.multi(euro(policy.multi_max_cents, lang), euro(policy.works_multi_max_cents, lang))}
        <br />
        {t.invites(policy.min_invites, policy.max_invites)}
        <br />
        <span class="mw-quiet">{policy.source}</span>
      </div>
      <div>
        <State list="purchase_policy_state" state={policy.state} lang={lang} />
        {may(policy, 'adopt') && <Act lang={lang} label={t.adopt} about={t.from(day)} act={() => act(t.adopted, 'adopt')} />}
        {may(policy, 'drop') && (
          <Act lang={lang} kind="secondary" label={t.drop} about={t.from(day)} act={() => act(t.dropped, 'drop')} />
        )}
      </div>
    </>
  );
};

const Thresholds = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [items, setItems] = useState<Threshold[]>([]);
  useEffect(() => void get<ThresholdPage>('/thresholds').then((page) => setItems(page.items), () => undefined), []);
  return (
    <Table<Threshold>
      caption={t.thresholds}
      columns={[
        { head: t.kind, cell: (one) => word('threshold_class', one.class, lang) },
        { head: t.since, cell: (one) => date(one.valid_from, lang) },
        { head: t.amount, number: true, cell: (one) => euro(one.amount_cents, lang) },
        { head: t.by, cell: (one) => one.source },
      ]}
      rows={items}
    />
  );
};

const Policies = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const listing = useListing(() => getAll<Policy>('/purchase-policies', { organisationId: who.organisation_id }));
  const after = async (text: string) => {
    setSaid(text);
    await listing.reload();
  };
  const items = listing.items ?? [];
  const begin = items.find(({ state }) => state === 'draft') ?? items.find(({ state }) => state === 'adopted');
  return (
    <>
      <Done text={said} />
      <List
        id="policies"
        title={t.title}
        empty={t.empty}
        lang={lang}
        listing={listing}
        row={(one) => (
          <Row
            policy={one}
            lang={lang}
            act={async (done, name) => {
              await command('/purchase-policies', one, name);
              await after(done);
            }}
          />
        )}
      >
        {!hasRole(who, 'POLICY') && <p class="mw-quiet">{t.notYours}</p>}
        {hasRole(who, 'POLICY') && listing.items && (
          <Write
            key={`${begin?.id}-${begin?.version}`}
            policy={begin}
            lang={lang}
            saved={() => after(t.saved)}
          />
        )}
      </List>
      <Thresholds lang={lang} />
      <p>
        <A href={link('/mandaten/', lang)}>{t.mandates}</A>
      </p>
    </>
  );
};

export default function PolicyPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <Policies who={who} lang={lang} />}
    </OwnPage>
  );
}
