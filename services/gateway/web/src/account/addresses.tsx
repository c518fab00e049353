// The e-mail addresses of a person: the one they log in with, and others, each confirmed by a mail to it or not yet.
import { useEffect, useState } from 'preact/hooks';
import type { AccountAddress, NoticeSetting } from '../gen/api';
import { create, faultOf, get, remove, type Fault } from '../lib/api';
import { Act, FaultSummary, TextField, faultsOf, useDoing, type Faults } from '../lib/form';
import { date, dictionary, moment, shared, type Lang } from '../lib/i18n';
import { Done } from '../lib/step';
import { Alert, Badge, Button, FaultAlert, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Uw e-mailadressen',
    why: 'Zit u in een jury, dan vergelijken wij uw adressen met die van wie meedoet. Zo beoordeelt niemand een plan waar hij of zij bij hoort. Geef daarom ook adressen op die u elders gebruikt. Wij bewaren ze voor niets anders.',
    login: (email: string) => `U logt in met ${email}.`,
    none: 'U gaf nog geen andere adressen op.',
    confirmed: (on: string) => `Bevestigd op ${on}`,
    waiting: 'Nog niet bevestigd',
    asked: (on: string) =>
      `Op ${on} vroeg u om een mail met een link. Die link werkt 24 uur. Niets gekregen? Kijk bij ongewenste mail.`,
    again: 'Stuur de mail opnieuw',
    sent: (email: string) => `Wij sturen een mail naar ${email}. Open de link daarin.`,
    gone: (email: string) => `${email} is geen adres van u meer. Dat het dat was, blijft meetellen.`,
    remove: 'Haal weg',
    add: 'Nog een adres opgeven',
    email: 'E-mailadres',
    noEmail: 'Vul een e-mailadres in',
    give: 'Adres opgeven',
    counts: 'Een adres telt meteen mee, ook als het nog niet is bevestigd.',
    tooOften: 'U vroeg te vaak om een mail. Probeer het morgen weer.',
    failed: 'Er is geen mail gestuurd',
  },
  {
    title: 'Your e-mail addresses',
    why: 'If you are in a jury, we compare your addresses with those of who applies. So nobody judges a plan that they belong to. Give addresses that you use elsewhere too. We keep them for nothing else.',
    login: (email: string) => `You log in with ${email}.`,
    none: 'You gave no other addresses yet.',
    confirmed: (on: string) => `Confirmed on ${on}`,
    waiting: 'Not confirmed yet',
    asked: (on: string) =>
      `On ${on} you asked for a mail with a link. That link works for 24 hours. Nothing came? Look among unwanted mail.`,
    again: 'Send the mail again',
    sent: (email: string) => `We send a mail to ${email}. Open the link in it.`,
    gone: (email: string) => `${email} is no address of yours any more. That it was one still counts.`,
    remove: 'Take away',
    add: 'Give another address',
    email: 'E-mail address',
    noEmail: 'Fill in an e-mail address',
    give: 'Give address',
    counts: 'An address counts at once, also before it is confirmed.',
    tooOften: 'You asked for a mail too often. Try again tomorrow.',
    failed: 'No mail was sent',
  },
);

const Refused = ({ fault, lang }: { fault: Fault; lang: Lang }) =>
  fault.status === 429 ? (
    <Alert kind="error" title={texts(lang).failed}>
      <p>{texts(lang).tooOften}</p>
    </Alert>
  ) : (
    <FaultAlert fault={fault} lang={lang} />
  );

interface OneProps {
  address: AccountAddress;
  lang: Lang;
  changed: (said: string) => Promise<void>;
}

const One = ({ address, lang, changed }: OneProps) => {
  const t = texts(lang);
  const { id, email = '', confirmed_at, asked_at } = address;
  const doing = useDoing();
  const again = () => create(`/account/addresses/${id}/_mail`, {});
  return (
    <li>
      <div>
        <b>{email}</b>
        <br />
        <Badge tone={confirmed_at ? 'good' : 'warn'}>
          {confirmed_at ? t.confirmed(date(confirmed_at, lang)) : t.waiting}
        </Badge>
        {!confirmed_at && asked_at && <p class="mw-quiet">{t.asked(moment(asked_at, lang))}</p>}
      </div>
      <div class="mw-rows__acts">
        {!confirmed_at && (
          <Button
            kind="secondary"
            disabled={doing.busy}
            onClick={() => void doing.run(again).then((done) => (done ? changed(t.sent(email)) : undefined))}
          >
            {t.again}
            <span class="mw-hidden">: {email}</span>
          </Button>
        )}
        <Act
          lang={lang}
          kind="subtle"
          label={t.remove}
          about={email}
          act={async () => {
            await remove(`/account/addresses/${id}`);
            await changed(t.gone(email));
          }}
        />
        {doing.fault && <Refused fault={doing.fault} lang={lang} />}
      </div>
    </li>
  );
};

const Add = ({ lang, changed }: Omit<OneProps, 'address'>) => {
  const t = texts(lang);
  const [email, setEmail] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const doing = useDoing();
  const submit = async (event: Event) => {
    event.preventDefault();
    const given = email.trim();
    setFaults(given ? {} : { email: t.noEmail });
    if (!given || !(await doing.run(() => create('/account/addresses', { email: given })))) return;
    setEmail('');
    await changed(t.sent(given.toLowerCase()));
  };
  useEffect(() => setFaults(doing.fault ? faultsOf(doing.fault) : {}), [doing.fault]);
  return (
    <form noValidate class="mw-rows__form mw-section--tight" method="post" onSubmit={(event) => void submit(event)}>
      <Heading level={3} look={4}>
        {t.add}
      </Heading>
      <FaultSummary faults={faults} lang={lang} />
      {doing.fault?.errors.length === 0 && <Refused fault={doing.fault} lang={lang} />}
      <TextField
        name="email"
        type="email"
        autoComplete="email"
        label={t.email}
        hint={t.counts}
        lang={lang}
        value={email}
        onValue={setEmail}
        fault={faults.email}
      />
      <div class="mw-actions">
        <Button submit disabled={doing.busy}>
          {t.give}
        </Button>
      </div>
    </form>
  );
};

export const Addresses = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [login, setLogin] = useState('');
  const [items, setItems] = useState<AccountAddress[]>();
  const [fault, setFault] = useState<Fault>();
  const [said, setSaid] = useState('');
  const load = async () => {
    try {
      setItems((await get<{ items: AccountAddress[] }>('/account/addresses')).items);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
  };
  useEffect(() => {
    void load();
    get<NoticeSetting>('/notice-setting').then(({ email = '' }) => setLogin(email), () => undefined);
  }, []);
  const changed = async (done: string) => {
    await load();
    setSaid(done);
  };
  return (
    <section class="mw-section" aria-labelledby="addresses">
      <Heading level={2} look={3} id="addresses">
        {t.title}
      </Heading>
      <p class="mw-prose">{t.why}</p>
      {login && <p>{t.login(login)}</p>}
      <Done text={said} />
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {!items && !fault && <p role="status">{shared(lang).loading}</p>}
      {items?.length === 0 && <p class="mw-quiet">{t.none}</p>}
      {items && items.length > 0 && (
        <ul class="mw-rows">
          {items.map((address) => (
            <One key={address.id} address={address} lang={lang} changed={changed} />
          ))}
        </ul>
      )}
      <Add lang={lang} changed={changed} />
    </section>
  );
};
