// What invoices say of the caller's organisation, and where it wants to get them.
import { useEffect, useState } from 'preact/hooks';
import type { InvoiceSetting, Me, Organisation } from '../gen/api';
import { faultOf, get, hasRole, loginAddress, may, me, replace, set, type Fault, type Stored } from '../lib/api';
import { ChecksField, FaultSummary, TextField, faultsOf, useDoing, type Faults } from '../lib/form';
import { dictionary, shared, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { asWritten } from '../lib/organisation';
import { Done } from '../lib/step';
import { A, Alert, Button, Crumbs, FaultAlert, Heading, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Factuurgegevens', en: 'Invoicing details' },
  about: {
    nl: 'Wat er van uw organisatie op facturen staat, en hoe u facturen krijgt.',
    en: 'What invoices say of your organisation, and how you get them.',
  },
};

const texts = dictionary(
  {
    details: 'Op de factuur',
    street: 'Straat',
    house_number: 'Huisnummer',
    postcode: 'Postcode',
    city: 'Plaats',
    country: 'Land, als code van twee letters',
    kvk_number: 'KvK-nummer',
    oin: 'OIN, van een overheid',
    vat_number: 'Btw-nummer',
    iban: 'IBAN, zonder spaties',
    payment_days: 'Betaaltermijn in dagen',
    save: 'Bewaar de gegevens',
    saved: 'De gegevens zijn bewaard. Facturen die al verstuurd zijn, veranderen niet.',
    ways: 'Hoe u facturen krijgt',
    waysHelp: 'Op Meerwaarde staan ze altijd. U kunt ze ook per e-mail krijgen, als PDF en als e-factuur, of via Peppol.',
    email: 'E-mailadres voor facturen',
    peppol: 'Ook via Peppol',
    saveWays: 'Bewaar hoe u facturen krijgt',
    savedWays: 'Dit is bewaard.',
    notYours: 'Alleen de beheerder van uw organisatie kan dit wijzigen.',
    alone: 'Uw account handelt nog voor geen organisatie.',
  },
  {
    details: 'On the invoice',
    street: 'Street',
    house_number: 'House number',
    postcode: 'Postcode',
    city: 'Place',
    country: 'Country, as a code of two letters',
    kvk_number: 'KvK number',
    oin: 'OIN, of a government',
    vat_number: 'VAT number',
    iban: 'IBAN, without spaces',
    payment_days: 'Days in which to pay',
    save: 'Save the details',
    saved: 'The details are saved. Invoices that were sent do not change.',
    ways: 'How you get invoices',
    waysHelp: 'They are always on Meerwaarde. You can get them by e-mail as well, as PDF and as e-invoice, or through Peppol.',
    email: 'E-mail address for invoices',
    peppol: 'Through Peppol too',
    saveWays: 'Save how you get invoices',
    savedWays: 'This is saved.',
    notYours: 'Only the administrator of your organisation can change this.',
    alone: 'Your account acts for no organisation yet.',
  },
);

const names = ['street', 'house_number', 'postcode', 'city', 'country', 'kvk_number', 'oin', 'vat_number', 'iban'] as const;
type Own = Stored<Organisation>;

const Details = ({ own, lang, saved }: { own: Own; lang: Lang; saved: (now: Own) => void }) => {
  const t = texts(lang);
  const [typed, setTyped] = useState<Record<string, string>>(
    Object.fromEntries([...names, 'payment_days' as const].map((name) => [name, String(own[name] ?? '')])),
  );
  const [faults, setFaults] = useState<Faults>({});
  const [done, setDone] = useState('');
  const doing = useDoing();
  useEffect(() => setFaults(doing.fault ? faultsOf(doing.fault) : {}), [doing.fault]);
  const field = (name: (typeof names)[number] | 'payment_days') => (
    <TextField
      key={name}
      name={name}
      label={t[name]}
      lang={lang}
      optional
      short={name !== 'street' && name !== 'city' && name !== 'iban'}
      value={typed[name] ?? ''}
      onValue={(value) => {
        setDone('');
        setTyped({ ...typed, [name]: value });
      }}
      fault={faults[name]}
    />
  );
  const submit = async (event: Event) => {
    event.preventDefault();
    const page = asWritten(own);
    names.forEach((name) => (page[name] = typed[name]?.trim() || undefined));
    page.payment_days = typed.payment_days?.trim() ? Number(typed.payment_days) : undefined;
    await doing.run(async () => {
      saved(await replace<Organisation>(`/organisations/${own.id}`, own.version, page));
      setDone(t.saved);
    });
  };
  return (
    <form noValidate class="mw-rows__form mw-section" onSubmit={(event) => void submit(event)}>
      <Heading level={2}>{t.details}</Heading>
      <FaultSummary faults={faults} lang={lang} />
      {doing.fault?.errors.length === 0 && <FaultAlert fault={doing.fault} lang={lang} />}
      {names.map(field)}
      {field('payment_days')}
      <div class="mw-actions">
        {may(own, 'put') ? (
          <Button submit disabled={doing.busy}>
            {t.save}
          </Button>
        ) : (
          <p>{t.notYours}</p>
        )}
      </div>
      <Done text={done} />
    </form>
  );
};

const Ways = ({ organisation, lang }: { organisation: string; lang: Lang }) => {
  const t = texts(lang);
  const path = `/organisations/${organisation}/invoice-setting`;
  const [setting, setSetting] = useState<Partial<InvoiceSetting>>();
  const [faults, setFaults] = useState<Faults>({});
  const [done, setDone] = useState('');
  const doing = useDoing();
  useEffect(() => void get<InvoiceSetting>(path).then(setSetting, () => undefined), [path]);
  useEffect(() => setFaults(doing.fault ? faultsOf(doing.fault) : {}), [doing.fault]);
  if (!setting) return null;
  const submit = async (event: Event) => {
    event.preventDefault();
    const email = setting.email?.trim() || undefined;
    if (await doing.run(() => set(path, { email, peppol: setting.peppol ?? false })))
      setDone(t.savedWays);
  };
  return (
    <form noValidate class="mw-rows__form mw-section" onSubmit={(event) => void submit(event)}>
      <Heading level={2}>{t.ways}</Heading>
      <p>{t.waysHelp}</p>
      <FaultSummary faults={faults} lang={lang} />
      <TextField
        name="email"
        type="email"
        label={t.email}
        lang={lang}
        optional
        value={setting.email ?? ''}
        onValue={(email) => setSetting({ ...setting, email })}
        fault={faults.email}
      />
      <ChecksField
        name="peppol"
        label="Peppol"
        optional
        lang={lang}
        values={setting.peppol ? ['peppol'] : []}
        onValues={(values) => setSetting({ ...setting, peppol: values.length > 0 })}
        options={[['peppol', t.peppol]]}
      />
      <div class="mw-actions">
        <Button submit disabled={doing.busy}>
          {t.saveWays}
        </Button>
      </div>
      <Done text={done} />
    </form>
  );
};

export default function InvoicingDetails({ lang }: PageProps) {
  const [caller, setCaller] = useState<Me>();
  const [own, setOwn] = useState<Own>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const load = async () => {
      const who = await me();
      setCaller(who);
      if (who.organisation_id) setOwn(await get<Own>(`/organisations/${who.organisation_id}`));
    };
    load().catch((thrown: unknown) => setFault(faultOf(thrown)));
  }, []);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <P lead>{meta.about[lang]}</P>
      {!caller && !fault && <p role="status">{shared(lang).loading}</p>}
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {caller && !caller.account_id && (
        <Alert title={shared(lang).loginFirst}>
          <A href={loginAddress(lang)}>{shared(lang).login}</A>
        </Alert>
      )}
      {caller?.account_id && !caller.organisation_id && <Alert>{texts(lang).alone}</Alert>}
      {own && <Details own={own} lang={lang} saved={setOwn} />}
      {own && hasRole(caller, 'FINANCE', 'BUYER', 'ADMIN') && (
        <Ways organisation={own.id ?? ''} lang={lang} />
      )}
    </div>
  );
}
