// The purchasing systems of the caller's organisation: connecting one, its secret once, another secret, and the end.
import { useState } from 'preact/hooks';
import type { Me, PurchaseSystem } from '../gen/api';
import { command, create, getAll, hasRole, may, type Stored } from '../lib/api';
import { Act, TextField, type Faults } from '../lib/form';
import { dictionary, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done, StepForm, required } from '../lib/step';
import { Alert, Facts, State } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Inkoopsysteem koppelen', en: 'Connect a purchasing system' },
  about: {
    nl: 'Winkel op Meerwaarde vanuit uw eigen inkoopsysteem, met PunchOut (cXML 1.2).',
    en: 'Shop at Meerwaarde from your own purchasing system, by PunchOut (cXML 1.2).',
  },
};

const texts = dictionary(
  {
    title: 'Uw inkoopsystemen',
    empty: 'Er is nog geen inkoopsysteem gekoppeld.',
    connect: 'Koppel een inkoopsysteem',
    label: 'Naam, zoals u het systeem noemt',
    identity: 'Identity, zoals het systeem zich noemt in From en Sender',
    domain: 'Domain van die Identity',
    domainHint: 'NetworkId als u niets invult.',
    returnUrl: 'Terugkeeradres',
    returnHint: 'Met https. Elk BrowserFormPost-adres van uw systeem begint hiermee; mandjes gaan nergens anders heen.',
    connected: 'Het systeem is gekoppeld.',
    secretTitle: 'Het geheim (SharedSecret)',
    secretOnce: 'U ziet dit één keer. Zet het nu in uw inkoopsysteem; wij bewaren het niet.',
    renew: 'Geef een nieuw geheim',
    renewed: 'Er is een nieuw geheim. Het oude werkt niet meer.',
    end: 'Ontkoppel',
    ended: 'Het systeem is ontkoppeld.',
    setup: 'Adres voor het begin (setup)',
    order: 'Adres voor orders',
    inYourName: 'Bestellingen die binnenkomen, staan op naam van wie het systeem koppelde, en vallen onder diens mandaat.',
    notYours: 'Alleen een inkoper koppelt een systeem.',
  },
  {
    title: 'Your purchasing systems',
    empty: 'No purchasing system is connected yet.',
    connect: 'Connect a purchasing system',
    label: 'Name, as you call the system',
    identity: 'Identity, as the system calls itself in From and Sender',
    domain: 'Domain of that Identity',
    domainHint: 'NetworkId when you leave it empty.',
    returnUrl: 'Return address',
    returnHint: 'With https. Each BrowserFormPost address of your system begins with it; baskets go nowhere else.',
    connected: 'The system is connected.',
    secretTitle: 'The secret (SharedSecret)',
    secretOnce: 'You see this once. Put it into your purchasing system now; we do not keep it.',
    renew: 'Give another secret',
    renewed: 'There is another secret. The old one works no more.',
    end: 'Disconnect',
    ended: 'The system is disconnected.',
    setup: 'Address for the setup',
    order: 'Address for orders',
    inYourName: 'Orders that come in are in the name of who connected the system, and within their mandate.',
    notYours: 'Only a buyer connects a system.',
  },
);

type Own = Stored<PurchaseSystem>;

const empty = { label: '', identity: '', domain: '', return_url: '' };

const Connect = ({ lang, made }: { lang: Lang; made: (system: Own) => Promise<void> }) => {
  const t = texts(lang);
  const [form, setForm] = useState(empty);
  const set = (key: keyof typeof empty) => (value: string) => setForm({ ...form, [key]: value });
  const check = (): Faults =>
    required(
      { label: [t.label, form.label], identity: [t.identity, form.identity], return_url: [t.returnUrl, form.return_url] },
      lang,
    );
  const send = async () => {
    const domain = form.domain.trim();
    const body = { label: form.label.trim(), identity: form.identity.trim(), return_url: form.return_url.trim() };
    const system = await create<PurchaseSystem>('/purchase-systems', domain ? { ...body, domain } : body);
    setForm(empty);
    await made(system);
  };
  return (
    <StepForm id="system" lang={lang} label={t.connect} check={check} send={send}>
      {(slot) => (
        <>
          <p>{t.inYourName}</p>
          <TextField {...slot('label')} label={t.label} value={form.label} onValue={set('label')} />
          <TextField {...slot('identity')} label={t.identity} value={form.identity} onValue={set('identity')} />
          <TextField {...slot('domain')} label={t.domain} hint={t.domainHint} optional short value={form.domain} onValue={set('domain')} />
          <TextField {...slot('return_url')} label={t.returnUrl} hint={t.returnHint} value={form.return_url} onValue={set('return_url')} />
        </>
      )}
    </StepForm>
  );
};

const Systems = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const [secret, setSecret] = useState('');
  const listing = useListing(() => getAll<Own>('/purchase-systems'));
  const after = async (system: Own, text: string) => {
    setSaid(text);
    setSecret(system.secret ?? '');
    await listing.reload();
  };
  const step = (system: Own, name: string, text: string) => async () =>
    after(await command<PurchaseSystem>('/purchase-systems', system, name), text);
  if (!hasRole(who, 'BUYER', 'ADMIN')) return <Alert>{t.notYours}</Alert>;
  return (
    <>
      <Done text={said} />
      {secret && (
        <Alert title={t.secretTitle}>
          <p>
            <code class="mw-secret">{secret}</code>
          </p>
          <p>{t.secretOnce}</p>
        </Alert>
      )}
      <List
        id="systems"
        title={t.title}
        empty={t.empty}
        lang={lang}
        listing={listing}
        row={(system) => (
          <>
            <div>
              <b>{system.label}</b>
              <br />
              {system.domain}: {system.identity}
              <br />
              <span class="mw-secret">{system.return_url}</span>
            </div>
            <div>
              <State list="purchase_system_state" state={system.state} lang={lang} />
              {may(system, 'renew') && (
                <Act lang={lang} kind="secondary" label={t.renew} about={system.label} act={step(system, 'renew', t.renewed)} />
              )}
              {may(system, 'end') && (
                <Act lang={lang} kind="secondary" label={t.end} about={system.label} act={step(system, 'end', t.ended)} />
              )}
            </div>
          </>
        )}
      >
        {hasRole(who, 'BUYER') && <Connect lang={lang} made={(system) => after(system, t.connected)} />}
      </List>
      <Facts
        facts={[
          { term: t.setup, value: <span class="mw-secret">{`${location.origin}/v1/cxml/setup`}</span> },
          { term: t.order, value: <span class="mw-secret">{`${location.origin}/v1/cxml/order`}</span> },
        ]}
      />
    </>
  );
};

export default function PurchaseSystemsPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <Systems who={who} lang={lang} />}
    </OwnPage>
  );
}
