// Ending the mail to an organisation, by the link in a mail; without logging in.
import { useState } from 'preact/hooks';
import { create } from '../lib/api';
import { useDoing } from '../lib/form';
import { dictionary, link, shared } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done } from '../lib/step';
import { A, Alert, Button, Crumbs, FaultAlert, Heading, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Geen e-mail meer', en: 'No more mail' },
  about: {
    nl: 'Stop de meldingen per e-mail aan uw organisatie.',
    en: 'End the alerts by e-mail to your organisation.',
  },
};

const texts = dictionary(
  {
    lead:
      'Uw organisatie krijgt daarna geen meldingen meer per e-mail. In Meerwaarde blijven ze ' +
      'staan, en u kunt ze daar weer aanzetten.',
    leadMine:
      'U krijgt daarna geen nieuws van stappen meer per e-mail. In Meerwaarde blijft het staan, ' +
      'en u kunt het daar weer aanzetten.',
    doneMine: 'Gedaan. U krijgt geen nieuws van stappen meer per e-mail.',
    stop: 'Stop de e-mail',
    done: 'Gedaan. Uw organisatie krijgt geen meldingen meer per e-mail.',
    wrong: 'Deze link klopt niet. Gebruik de link uit de laatste mail.',
    alerts: 'Naar uw meldingen',
  },
  {
    lead:
      'Your organisation then gets no more alerts by e-mail. They stay in Meerwaarde, where you ' +
      'can switch them on again.',
    leadMine:
      'You then get no more news of steps by e-mail. It stays in Meerwaarde, where you can switch ' +
      'it on again.',
    doneMine: 'Done. You get no more news of steps by e-mail.',
    stop: 'End the mail',
    done: 'Done. Your organisation gets no more alerts by e-mail.',
    wrong: 'This link is not right. Use the link of the last mail.',
    alerts: 'To your alerts',
  },
);

// A mail says of what it was: of steps to a person, or of what fits to an organisation.
const query = () =>
  new URLSearchParams(typeof location === 'undefined' ? '' : location.search);
const ofSteps = () => query().get('van') === 'stappen';

export default function Unsubscribe({ lang }: PageProps) {
  const t = texts(lang);
  const doing = useDoing();
  const [done, setDone] = useState('');
  const stop = async () => {
    const token = query().get('token') ?? '';
    const path = ofSteps() ? '/notice-unsubscribe' : '/unsubscribe';
    if (await doing.run(() => create(path, { token }))) setDone(ofSteps() ? t.doneMine : t.done);
  };
  const wrong = doing.fault?.status === 404 || doing.fault?.status === 400;
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      {!done && <P lead>{ofSteps() ? t.leadMine : t.lead}</P>}
      {wrong && (
        <Alert kind="error" title={shared(lang).failed}>
          <p>{t.wrong}</p>
        </Alert>
      )}
      {doing.fault && !wrong && <FaultAlert fault={doing.fault} lang={lang} />}
      {!done && (
        <div class="mw-actions">
          <Button disabled={doing.busy} onClick={() => void stop()}>
            {t.stop}
          </Button>
        </div>
      )}
      <Done text={done} />
      {done && <A href={link('/meldingen/', lang)}>{t.alerts}</A>}
    </div>
  );
}
