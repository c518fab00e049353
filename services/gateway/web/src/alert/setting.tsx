// How an organisation gets its letters by mail.
import { useEffect, useState } from 'preact/hooks';
import type { AlertFrequency, AlertSetting, LetterKind } from '../gen/api';
import { faultOf, get, set, type Fault } from '../lib/api';
import {
  ChecksField,
  FaultSummary,
  SelectField,
  TextField,
  faultsOf,
  optionsOf,
  useDoing,
  type Faults,
} from '../lib/form';
import { dictionary, shared, type Lang } from '../lib/i18n';
import { Done } from '../lib/step';
import { Button, FaultAlert, Heading } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Per e-mail',
    lead:
      'Meldingen staan altijd hier. U kunt ze ook per e-mail krijgen. In elke mail staat een ' +
      'link waarmee u weer stopt; daarvoor hoeft u niet in te loggen.',
    frequency: 'Hoe vaak',
    email: 'E-mailadres',
    emailHint: 'Van uw organisatie; iedereen die namens haar handelt, ziet dit adres.',
    noEmail: 'Vul een e-mailadres in',
    kinds: 'Waarover',
    kindsHint: 'Kiest u niets, dan krijgt u alles.',
    save: 'Bewaar de instelling',
    saved: 'De instelling is bewaard.',
  },
  {
    title: 'By e-mail',
    lead:
      'Alerts are always here. You can get them by e-mail as well. Each mail has a link that ' +
      'ends it; you need not log in for that.',
    frequency: 'How often',
    email: 'E-mail address',
    emailHint: 'Of your organisation; everybody who acts for it sees this address.',
    noEmail: 'Fill in an e-mail address',
    kinds: 'About what',
    kindsHint: 'If you choose nothing, you get everything.',
    save: 'Save the setting',
    saved: 'The setting is saved.',
  },
);

const useSetting = (path: string) => {
  const [setting, setSetting] = useState<Partial<AlertSetting>>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    get<AlertSetting>(path).then(setSetting, (thrown) => setFault(faultOf(thrown)));
  }, [path]);
  return { setting, setSetting, fault };
};

interface SettingProps {
  organisation: string;
  lang: Lang;
}

export const Setting = ({ organisation, lang }: SettingProps) => {
  const t = texts(lang);
  const path = `/organisations/${organisation}/alert-setting`;
  const { setting, setSetting, fault } = useSetting(path);
  const [faults, setFaults] = useState<Faults>({});
  const [done, setDone] = useState('');
  const doing = useDoing();
  const change = (changes: Partial<AlertSetting>) => {
    setDone('');
    setSetting({ ...setting, ...changes });
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    const email = setting?.email?.trim() || undefined;
    const frequency = setting?.frequency;
    const found: Faults = frequency !== 'off' && !email ? { email: t.noEmail } : {};
    setFaults(found);
    setDone('');
    if (Object.keys(found).length > 0) return;
    const kinds = setting?.kinds?.length ? setting.kinds : undefined;
    if (await doing.run(() => set(path, { frequency, email, kinds }))) setDone(t.saved);
  };
  useEffect(() => setFaults(doing.fault ? faultsOf(doing.fault) : {}), [doing.fault]);

  return (
    <section class="mw-section" aria-labelledby="by-mail">
      <Heading level={2} look={3} id="by-mail">
        {t.title}
      </Heading>
      <p>{t.lead}</p>
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {!setting && !fault && <p role="status">{shared(lang).loading}</p>}
      {setting && (
        <form noValidate class="mw-rows__form" onSubmit={(event) => void submit(event)}>
          <FaultSummary faults={faults} lang={lang} />
          {doing.fault?.errors.length === 0 && <FaultAlert fault={doing.fault} lang={lang} />}
          <SelectField
            name="frequency"
            label={t.frequency}
            lang={lang}
            value={setting.frequency ?? 'off'}
            onValue={(frequency) => change({ frequency: frequency as AlertFrequency })}
            options={optionsOf('alert_frequency', lang)}
            fault={faults.frequency}
          />
          <TextField
            name="email"
            type="email"
            autoComplete="email"
            label={t.email}
            hint={t.emailHint}
            lang={lang}
            value={setting.email ?? ''}
            onValue={(email) => change({ email })}
            fault={faults.email}
          />
          <ChecksField
            name="kinds"
            label={t.kinds}
            hint={t.kindsHint}
            optional
            lang={lang}
            values={setting.kinds ?? []}
            onValues={(kinds) => change({ kinds: kinds as LetterKind[] })}
            options={optionsOf('letter_kind', lang)}
          />
          <div class="mw-actions">
            <Button submit disabled={doing.busy}>
              {t.save}
            </Button>
          </div>
          <Done text={done} />
        </form>
      )}
    </section>
  );
};
