// Logging in, and then back to where the reader came from.
import { useState } from 'preact/hooks';
import { logIn } from '../lib/api';
import { FaultSummary, TextField, useDoing, type Faults } from '../lib/form';
import { dictionary, link } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Alert, Button, Crumbs, FaultAlert, Heading, P } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Inloggen', en: 'Log in' },
  about: { nl: 'Log in bij Meerwaarde.', en: 'Log in to Meerwaarde.' },
};

const texts = dictionary(
  {
    lead: 'Met uw account handelt u voor uw organisatie.',
    email: 'E-mailadres',
    password: 'Wachtwoord',
    noEmail: 'Vul uw e-mailadres in',
    noPassword: 'Vul uw wachtwoord in',
    refused: 'Het e-mailadres of het wachtwoord klopt niet.',
    tooOften: (minutes: number) =>
      'Er is te vaak met een verkeerd wachtwoord geprobeerd in te loggen. Probeer het over ' +
      `${minutes === 1 ? 'een minuut' : `${minutes} minuten`} weer.`,
    failed: 'Inloggen lukte niet',
    submit: 'Inloggen',
    help: 'Geen account?',
    helpText:
      'De beheerder van uw organisatie voegt u toe. Bekijken kan altijd zonder account: de ' +
      'marktplaats, het programma, de roadmap en de resultaten zijn openbaar.',
  },
  {
    lead: 'With your account you act for your organisation.',
    email: 'E-mail address',
    password: 'Password',
    noEmail: 'Fill in your e-mail address',
    noPassword: 'Fill in your password',
    refused: 'The e-mail address or the password is not right.',
    tooOften: (minutes: number) =>
      'There were too many attempts to log in with a wrong password. Try again in ' +
      `${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    failed: 'Logging in did not work',
    submit: 'Log in',
    help: 'No account?',
    helpText:
      'The administrator of your organisation adds you. You can always look without an ' +
      'account: marketplace, programme, roadmap and results are public.',
  },
);

// Only to a page of our own: an address that starts with two slashes is somebody else's.
const backTo = (fallback: string) => {
  const wanted = new URLSearchParams(location.search).get('terug') ?? '';
  const target = new URL(wanted, location.origin);
  return wanted.startsWith('/') && target.origin === location.origin
    ? target.pathname + target.search
    : fallback;
};

export default function LogIn({ lang }: PageProps) {
  const t = texts(lang);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<Faults>({});
  const doing = useDoing();

  const submit = async (event: Event) => {
    event.preventDefault();
    const found: Faults = {};
    if (email.trim() === '') found.email = t.noEmail;
    if (password === '') found.password = t.noPassword;
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    const organisation = new URLSearchParams(location.search).get('organisatie') ?? undefined;
    if (await doing.run(() => logIn(email.trim(), password, organisation)))
      location.assign(backTo(link('/mijn/', lang)));
  };

  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[meta.title[lang]]]} />
      <Heading level={1}>{meta.title[lang]}</Heading>
      <div class="mw-formgrid">
        <form noValidate method="post" onSubmit={(event) => void submit(event)}>
          <P lead>{t.lead}</P>
          <FaultSummary faults={faults} lang={lang} />
          {doing.fault &&
            (doing.fault.status === 401 || doing.fault.status === 429 ? (
              <Alert kind="error" title={t.failed}>
                <p>
                  {doing.fault.status === 401
                    ? t.refused
                    : t.tooOften(Math.ceil(doing.fault.patience / 60))}
                </p>
              </Alert>
            ) : (
              <FaultAlert fault={doing.fault} lang={lang} />
            ))}
          <TextField
            name="email"
            type="email"
            autoComplete="username"
            label={t.email}
            lang={lang}
            value={email}
            onValue={setEmail}
            fault={faults.email}
          />
          <TextField
            name="password"
            type="password"
            autoComplete="current-password"
            label={t.password}
            lang={lang}
            value={password}
            onValue={setPassword}
            fault={faults.password}
          />
          <div class="mw-actions">
            <Button submit disabled={doing.busy}>
              {t.submit}
            </Button>
          </div>
        </form>
        <aside class="mw-help" aria-labelledby="help">
          <Heading level={2} look={4} id="help">
            {t.help}
          </Heading>
          <P>{t.helpText}</P>
        </aside>
      </div>
    </div>
  );
}
