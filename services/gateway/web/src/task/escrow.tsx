// For whom buyers appointed as handler: the key for escrow, whose code is shown once and typed back before it counts.
import { useEffect, useState } from 'preact/hooks';
import type { Appointment, AppointmentPage, Escrow as Key, EscrowPage } from '../gen/api';
import { command, create, get, may, type Stored } from '../lib/api';
import { Act, TextField, type Faults } from '../lib/form';
import { dictionary, link, type Lang } from '../lib/i18n';
import { Done, StepForm } from '../lib/step';
import { A, Alert, Heading, State } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Klachten en noodsleutel',
    complaints: 'Naar de klachten',
    why:
      'U behandelt klachten over deze inkopers. Met uw noodsleutel gaat geen aanbesteding verloren ' +
      'als een opener zijn code kwijt is. Zonder sleutel kunnen zij geen verzegelde vraag plaatsen.',
    make: 'Maak een noodsleutel en toon de code',
    made: 'Hieronder staat uw code. Schrijf hem op en typ hem daarna over.',
    yours: 'De code van uw noodsleutel. U ziet hem alleen nu.',
    confirm: 'Code overtypen',
    code: 'Code van de noodsleutel',
    hint: 'Zes groepen van vijf tekens.',
    needed: 'Typ de code over.',
    inUse: 'Uw noodsleutel is in gebruik.',
    retire: 'Niet meer gebruiken',
    retired: 'Deze sleutel wordt niet meer gebruikt voor nieuwe vragen.',
  },
  {
    title: 'Complaints and the key for escrow',
    complaints: 'To the complaints',
    why:
      'You handle complaints about these buyers. With your key for escrow no tender is lost when an ' +
      'opener lost a code. Without it they cannot post a sealed need.',
    make: 'Make a key for escrow and show its code',
    made: 'Your code is below. Write it down, then type it.',
    yours: 'The code of your key for escrow. You see it only now.',
    confirm: 'Type the code',
    code: 'Code of the key for escrow',
    hint: 'Six groups of five characters.',
    needed: 'Type the code.',
    inUse: 'Your key for escrow is in use.',
    retire: 'Use it no longer',
    retired: 'This key is not used for new needs any more.',
  },
);

function useKeys() {
  const [buyers, setBuyers] = useState<Appointment[]>([]);
  const [keys, setKeys] = useState<Stored<Key>[]>([]);
  const fetch = async () => {
    setBuyers((await get<AppointmentPage>('/appointments')).items);
    setKeys((await get<EscrowPage>('/escrows')).items as Stored<Key>[]);
  };
  useEffect(() => void fetch().catch(() => undefined), []);
  return { buyers: buyers.filter(({ state }) => state === 'appointed'), keys, fetch };
}

const Confirm = (props: { lang: Lang; send: (code: string) => Promise<void> }) => {
  const t = texts(props.lang);
  const [code, setCode] = useState('');
  const check = (): Faults => (code.trim() ? {} : { code: t.needed });
  return (
    <StepForm
      id="escrow-confirm"
      lang={props.lang}
      label={t.confirm}
      open
      check={check}
      send={() => props.send(code.trim())}
    >
      {(slot) => (
        <TextField
          {...slot('code')}
          label={t.code}
          hint={t.hint}
          value={code}
          onValue={setCode}
        />
      )}
    </StepForm>
  );
};

export const Escrow = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const { buyers, keys, fetch } = useKeys();
  const [shown, setShown] = useState('');
  const [said, setSaid] = useState('');
  if (buyers.length === 0 && keys.length === 0) return null;
  const done = async (text: string, work: Promise<Key>) => {
    setShown((await work).code ?? '');
    setSaid(text);
    await fetch();
  };
  const current = keys.filter(({ state }) => state !== 'retired');
  return (
    <section class="mw-section" aria-labelledby="escrow">
      <Heading level={2} look={3} id="escrow">
        {t.title}
      </Heading>
      <p>{t.why}</p>
      <ul>
        {buyers.map((one) => (
          <li key={one.id}>{one.buyer_name}</li>
        ))}
      </ul>
      <p>
        <A href={link('/klachten/', lang)}>{t.complaints}</A>
      </p>
      <Done text={said} />
      {shown && (
        <Alert title={t.yours}>
          <p>
            <code class="mw-code">{shown}</code>
          </p>
        </Alert>
      )}
      {current.map((key) => (
        <div key={key.id} class="mw-keep">
          <State list="escrow_state" state={key.state} lang={lang} />
          {may(key, 'confirm') && (
            <Confirm
              lang={lang}
              send={(code) => done(t.inUse, command<Key>('/escrows', key, 'confirm', { code }))}
            />
          )}
          {may(key, 'retire') && (
            <Act
              lang={lang}
              kind="secondary"
              label={t.retire}
              act={() => done(t.retired, command<Key>('/escrows', key, 'retire'))}
            />
          )}
        </div>
      ))}
      {current.length === 0 && (
        <Act lang={lang} label={t.make} act={() => done(t.made, create<Key>('/escrows', {}))} />
      )}
    </section>
  );
};
