// Confirming an e-mail address by the link in a mail to it. A button does it: mail programs open links by themselves.
import { useState } from 'preact/hooks';
import type { AccountAddress } from '../gen/api';
import { create } from '../lib/api';
import { useDoing } from '../lib/form';
import { dictionary, link, shared, type Lang } from '../lib/i18n';
import { PersonPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done } from '../lib/step';
import { A, Alert, Button, FaultAlert } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'E-mailadres bevestigen', en: 'Confirm an e-mail address' },
  about: {
    nl: 'Bevestig dat een adres dat u opgaf van u is.',
    en: 'Confirm that an address that you gave is yours.',
  },
};

const texts = dictionary(
  {
    confirm: 'Ja, dit adres is van mij',
    done: (email: string) => `Gedaan. ${email} is bevestigd.`,
    wrong:
      'Deze link werkt niet. Hij is al gebruikt, is ouder dan een dag, of hoort bij een ander account. U kunt een nieuwe mail vragen bij uw account.',
    account: 'Naar uw account',
  },
  {
    confirm: 'Yes, this address is mine',
    done: (email: string) => `Done. ${email} is confirmed.`,
    wrong:
      'This link does not work. It was used, is older than a day, or belongs to another account. You can ask for a new mail at your account.',
    account: 'To your account',
  },
);

const Ask = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const doing = useDoing();
  const [done, setDone] = useState('');
  const confirm = () =>
    doing.run(async () => {
      const token = new URLSearchParams(location.search).get('token') ?? '';
      const { email = '' } = await create<AccountAddress>('/account/addresses/_confirm', { token });
      setDone(t.done(email));
    });
  const wrong = doing.fault?.status === 404 || doing.fault?.status === 400;
  return (
    <>
      {wrong && (
        <Alert kind="error" title={shared(lang).failed}>
          <p>{t.wrong}</p>
        </Alert>
      )}
      {doing.fault && !wrong && <FaultAlert fault={doing.fault} lang={lang} />}
      {!done && !wrong && (
        <div class="mw-actions">
          <Button disabled={doing.busy} onClick={() => void confirm()}>
            {t.confirm}
          </Button>
        </div>
      )}
      <Done text={done} />
      {(done || wrong) && <A href={link('/account/', lang)}>{t.account}</A>}
    </>
  );
};

export default function Confirm({ lang }: PageProps) {
  return (
    <PersonPage lang={lang} meta={meta}>
      {() => <Ask lang={lang} />}
    </PersonPage>
  );
}
