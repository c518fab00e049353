// Obligations of social return: how far each is, what both sides do with it, and the form that registers one.
import { command, create, hasRole, may } from '../lib/api';
import { Restored, useDraft } from '../lib/draft';
import { Act, SelectField, TextField, type Faults } from '../lib/form';
import { date, dictionary, euro, link } from '../lib/i18n';
import { ppmOf } from '../lib/input';
import type { Listing } from '../lib/lists';
import { ReasonForm, StepForm, centsOf, required } from '../lib/step';
import { A, Facts, FaultAlert, Heading, State } from '../lib/ui';
import { Credits } from './credits';
import { percent, type Credit, type Invoice, type Obligation, type SroiProps, type Tariff } from './records';

const texts = dictionary(
  {
    title: 'Verplichtingen',
    empty: 'Er zijn geen verplichtingen.',
    register: 'Verplichting aanmelden',
    registered: 'De verplichting is aangemeld. De gemeente bevestigt haar.',
    municipality: 'Gemeente',
    cityHint: 'Alleen gemeenten die hier een tarief hebben',
    contract: 'Opdracht, met naam en nummer',
    published: 'Dag waarop de opdracht is gepubliceerd',
    publishedHint: 'Het tarief van die dag geldt, en blijft gelden.',
    value: 'Waarde van de opdracht in euro, exclusief btw',
    noAmount: 'Vul een bedrag in, bijvoorbeeld 96.000',
    share: 'Social return, in procenten van die waarde',
    noShare: 'Vul een percentage in, bijvoorbeeld 5',
    from: 'Telt vanaf',
    until: 'Telt tot en met',
    between: (from: string, until: string) => `${from} tot en met ${until}`,
    contractor: 'Opdrachtnemer',
    owed: 'Verschuldigd',
    ofValue: (owed: string, share: string, value: string) => `${owed} (${share} van ${value})`,
    verified: 'Geverifieerd',
    assigned: 'Wacht op de gemeente',
    open: 'Nog te doen',
    period: 'Periode',
    tariff: 'Inkoop telt voor',
    refused: 'Niet erkend, omdat',
    confirm: 'Verplichting bevestigen',
    confirmed: 'De verplichting is bevestigd.',
    refuse: 'Niet erkennen',
    refusedDone: 'De opdrachtnemer leest waarom.',
    withdraw: 'Aanmelding intrekken',
    withdrawn: 'De aanmelding is ingetrokken.',
    close: 'Afrekenen',
    closed: 'De verplichting is afgerekend. Er kan niets meer aan worden toegewezen.',
  },
  {
    title: 'Obligations',
    empty: 'There are no obligations.',
    register: 'Register an obligation',
    registered: 'The obligation is registered. The municipality confirms it.',
    municipality: 'Municipality',
    cityHint: 'Only municipalities that have a tariff here',
    contract: 'Contract, by name and number',
    published: 'Day on which the tender was published',
    publishedHint: 'The tariff of that day holds, and goes on to hold.',
    value: 'Value of the contract in euros, excluding VAT',
    noAmount: 'Give an amount, for example 96000',
    share: 'Social return, in per cent of that value',
    noShare: 'Give a percentage, for example 5',
    from: 'Counts from',
    until: 'Counts until',
    between: (from: string, until: string) => `${from} until ${until}`,
    contractor: 'Contractor',
    owed: 'Owed',
    ofValue: (owed: string, share: string, value: string) => `${owed} (${share} of ${value})`,
    verified: 'Verified',
    assigned: 'Waits for the municipality',
    open: 'Still to do',
    period: 'Period',
    tariff: 'A purchase counts for',
    refused: 'Not recognised, because',
    confirm: 'Confirm the obligation',
    confirmed: 'The obligation is confirmed.',
    refuse: 'Do not recognise',
    refusedDone: 'The contractor reads why.',
    withdraw: 'Take the registration back',
    withdrawn: 'The registration is taken back.',
    close: 'Settle',
    closed: 'The obligation is settled. Nothing can be assigned to it any more.',
  },
);

const nothing = { city: '', contract: '', published: '', value: '', share: '5', from: '', until: '' };

const Register = ({ tariffs, lang, act }: SroiProps & { tariffs: readonly Tariff[] }) => {
  const t = texts(lang);
  const kept = useDraft('sroi-obligation', nothing);
  const form = kept.form;
  const cities = new Map(tariffs.map((one) => [one.municipality_id ?? '', one.municipality_name ?? '']));
  const check = (): Faults => ({
    ...required(
      {
        municipality_id: [t.municipality, form.city],
        contract: [t.contract, form.contract],
        published_on: [t.published, form.published],
        period_from: [t.from, form.from],
        period_until: [t.until, form.until],
      },
      lang,
    ),
    ...(centsOf(form.value) ? {} : { contract_cents: t.noAmount }),
    ...(ppmOf(form.share) ? {} : { share_ppm: t.noShare }),
  });
  const body = () => ({
    municipality_id: form.city,
    contract: form.contract.trim(),
    published_on: form.published,
    contract_cents: centsOf(form.value),
    share_ppm: ppmOf(form.share),
    period_from: form.from,
    period_until: form.until,
  });
  const send = () =>
    act(t.registered, async () => {
      await create('/sroi-obligations', body());
      kept.sent();
    });
  return (
    <StepForm id="obligation" lang={lang} label={t.register} open={kept.found} check={check} send={send}>
      {(slot) => {
        const field = (path: string, key: keyof typeof nothing) => ({
          ...slot(path),
          value: form[key],
          onValue: (text: string) => kept.set({ [key]: text }),
        });
        return (
          <>
            <Restored draft={kept} lang={lang} />
            <SelectField {...field('municipality_id', 'city')} label={t.municipality} hint={t.cityHint} options={[...cities]} />
            <TextField {...field('contract', 'contract')} label={t.contract} />
            <TextField {...field('published_on', 'published')} label={t.published} hint={t.publishedHint} short type="date" />
            <TextField {...field('contract_cents', 'value')} label={t.value} short />
            <TextField {...field('share_ppm', 'share')} label={t.share} short />
            <TextField {...field('period_from', 'from')} label={t.from} short type="date" />
            <TextField {...field('period_until', 'until')} label={t.until} short type="date" />
          </>
        );
      }}
    </StepForm>
  );
};

interface CardProps extends SroiProps {
  one: Obligation;
  credits: readonly Credit[];
  invoices: readonly Invoice[];
}

const Card = ({ one, credits, invoices, ...part }: CardProps) => {
  const { lang, act } = part;
  const t = texts(lang);
  const money = (cents: number | undefined) => euro(cents ?? 0, lang, true);
  const step = (name: string, said: string) => () => act(said, () => command('/sroi-obligations', one, name));
  return (
    <article class="mw-card">
      <div class="mw-card__head">
        <Heading level={3} look={4}>
          <A href={`${link('/sroi/', lang)}?id=${one.id}`}>{one.contract}</A>
        </Heading>
        <State list="sroi_obligation_state" state={one.state} lang={lang} />
      </div>
      <Facts
        facts={[
          { term: t.municipality, value: one.municipality_name },
          { term: t.contractor, value: one.contractor_name },
          {
            term: t.owed,
            value: t.ofValue(money(one.owed_cents), percent(one.share_ppm, lang), money(one.contract_cents)),
          },
          { term: t.verified, value: <b>{money(one.verified_cents)}</b> },
          { term: t.assigned, value: one.waiting ? money(one.assigned_cents) : undefined },
          { term: t.open, value: money(one.open_cents) },
          { term: t.period, value: t.between(date(one.period_from ?? '', lang), date(one.period_until ?? '', lang)) },
          { term: t.published, value: date(one.published_on ?? '', lang) },
          { term: t.tariff, value: percent(one.purchase_ppm, lang) },
          { term: t.refused, value: one.refuse_reason },
        ]}
      />
      <Credits {...part} obligation={one} credits={credits} invoices={invoices} />
      <div class="mw-actions">
        {may(one, 'confirm') && (
          <Act lang={lang} label={t.confirm} about={one.contract} act={step('confirm', t.confirmed)} />
        )}
        {may(one, 'refuse') && (
          <ReasonForm
            id={`refuse-${one.id}`}
            lang={lang}
            label={t.refuse}
            about={one.contract}
            send={(reason) => act(t.refusedDone, () => command('/sroi-obligations', one, 'refuse', { reason }))}
          />
        )}
        {may(one, 'close') && (
          <Act lang={lang} kind="secondary" label={t.close} about={one.contract} act={step('close', t.closed)} />
        )}
        {may(one, 'withdraw') && (
          <Act lang={lang} kind="secondary" label={t.withdraw} about={one.contract} act={step('withdraw', t.withdrawn)} />
        )}
      </div>
    </article>
  );
};

interface ObligationsProps extends SroiProps {
  listing: Listing<Obligation>;
  credits: readonly Credit[];
  invoices: readonly Invoice[];
  tariffs: readonly Tariff[];
}

export const Obligations = ({ listing, credits, invoices, tariffs, ...part }: ObligationsProps) => {
  const { who, lang } = part;
  const t = texts(lang);
  // The one that a notice leads to comes first.
  const asked = new URLSearchParams(location.search).get('id');
  const items = listing.items?.toSorted((a, b) => Number(b.id === asked) - Number(a.id === asked));
  const open = tariffs.filter(({ state, municipality_id }) => state === 'adopted' && municipality_id !== who.organisation_id);
  return (
    <section class="mw-section" aria-labelledby="obligations">
      <Heading level={2} look={3} id="obligations">
        {t.title}
      </Heading>
      {listing.fault && <FaultAlert fault={listing.fault} lang={lang} />}
      {items?.length === 0 && <p class="mw-quiet">{t.empty}</p>}
      {items?.map((one) => (
        <Card
          key={one.id}
          {...part}
          one={one}
          credits={credits.filter(({ obligation_id }) => obligation_id === one.id)}
          invoices={invoices}
        />
      ))}
      {items && hasRole(who, 'BUYER') && <Register key={items.length} {...part} tariffs={open} />}
    </section>
  );
};
