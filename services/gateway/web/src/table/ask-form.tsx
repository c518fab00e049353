// What an initiative asks at the table: how much, what it needs at least, in which forms and what for; by its applicant.
import { useEffect, useState } from 'preact/hooks';
import { create, getAll, replace, type Stored } from '../lib/api';
import { AreaField, ChecksField, TextField, optionsOf, type Faults } from '../lib/form';
import { dictionary, number, type Lang } from '../lib/i18n';
import { StepForm, centsOf } from '../lib/step';
import { P } from '../lib/ui';
import type * as api from '../gen/api';
import type { Ask, TableProps } from './records';

const texts = dictionary(
  {
    begin: 'Geld vragen aan de tafel',
    change: 'Vraag aanpassen',
    amount: 'Hoeveel hebt u nodig, in euro?',
    least: 'Met hoeveel kunt u al beginnen?',
    leastHint: 'Komt er minder bij elkaar, dan is niemand gebonden.',
    noAmount: 'Vul een bedrag in, bijvoorbeeld 25.000',
    tooMuch: 'Dit kan niet meer zijn dan wat u vraagt.',
    kinds: 'In welke vormen?',
    kindsHint: 'Kruis niets aan als elke vorm goed is.',
    text: 'Waarvoor is het, en wat krijgen financiers terug?',
    textHint: 'Minstens 20 tekens. Iedereen aan tafel leest dit.',
    short: 'Schrijf minstens 20 tekens.',
    saved: 'De vraag is bewaard. Zet haar klaar als ze af is.',
    of: (title: string) => `Voor ${title}`,
  },
  {
    begin: 'Ask for money at the table',
    change: 'Change the ask',
    amount: 'How much do you need, in euros?',
    least: 'With how much can you begin?',
    leastHint: 'If less comes together, nobody is bound.',
    noAmount: 'Give an amount, for example 25,000',
    tooMuch: 'This cannot be more than what you ask.',
    kinds: 'In which forms?',
    kindsHint: 'Tick nothing if every form is fine.',
    text: 'What is it for, and what do financiers get back?',
    textHint: 'At least 20 characters. Everybody at the table reads this.',
    short: 'Write at least 20 characters.',
    saved: 'The ask is kept. Say that it is ready once it is.',
    of: (title: string) => `For ${title}`,
  },
);

const typed = (cents: number | undefined, lang: Lang) => (cents === undefined ? '' : number(cents / 100, lang, cents % 100 ? 2 : 0));

interface FormProps {
  lang: Lang;
  initiative: Pick<api.Initiative, 'id' | 'title' | 'fictional'> & { ask_cents?: number; min_viable_cents?: number };
  old?: Ask;
  act: TableProps['act'];
}

const Form = ({ lang, initiative, old, act }: FormProps) => {
  const t = texts(lang);
  const [amount, setAmount] = useState(typed(old ? old.amount_cents : initiative.ask_cents, lang));
  const [least, setLeast] = useState(typed(old ? old.min_viable_cents : initiative.min_viable_cents, lang));
  const [kinds, setKinds] = useState<string[]>(old?.kinds ?? []);
  const [text, setText] = useState(old?.text ?? '');
  const wanted = centsOf(amount), needed = centsOf(least);
  const check = (): Faults => ({
    ...(wanted ? {} : { amount_cents: t.noAmount }),
    ...(!needed ? { min_viable_cents: t.noAmount } : wanted && needed > wanted ? { min_viable_cents: t.tooMuch } : {}),
    ...(text.trim().length < 20 ? { text: t.short } : {}),
  });
  const body = () => ({
    initiative_id: initiative.id,
    amount_cents: wanted,
    min_viable_cents: needed,
    ...(kinds.length > 0 ? { kinds } : {}),
    text: text.trim(),
    ...(initiative.fictional ? { fictional: true } : {}),
  });
  return (
    <StepForm
      id={`ask-form-${initiative.id}`}
      lang={lang}
      label={old ? t.change : t.begin}
      about={initiative.title}
      open={!old}
      check={check}
      send={() => act(t.saved, () => (old ? replace(`/asks/${old.id}`, old.version, body()) : create('/asks', body())))}
    >
      {(slot) => (
        <>
          {!old && <p>{t.of(initiative.title)}</p>}
          <TextField {...slot('amount_cents')} label={t.amount} short value={amount} onValue={setAmount} />
          <TextField {...slot('min_viable_cents')} label={t.least} hint={t.leastHint} short value={least} onValue={setLeast} />
          <ChecksField {...slot('kinds')} label={t.kinds} hint={t.kindsHint} optional columns values={kinds} onValues={setKinds} options={optionsOf('pledge_kind', lang)} />
          <AreaField {...slot('text')} label={t.text} hint={t.textHint} rows={6} value={text} onValue={setText} />
        </>
      )}
    </StepForm>
  );
};

export const ChangeAsk = ({ ask, lang, act }: Omit<TableProps, 'who'> & { ask: Ask }) => (
  <Form key={ask.version} lang={lang} initiative={{ id: ask.initiative_id, title: ask.title ?? '', fictional: ask.fictional }} old={ask} act={act} />
);

const ready = ['in_programme', 'table_ready'];

// Of the caller's initiatives those that have come so far and ask nothing yet.
interface BeginProps extends TableProps {
  asks: Ask[];
  only: string | null;
  none: string; // said when there is nothing to ask for and nothing asked
}

export const BeginAsks = ({ who, asks, only, none, lang, act }: BeginProps) => {
  const [own, setOwn] = useState<Stored<api.Initiative>[]>();
  useEffect(() => {
    const applies = who.roles?.includes('APPLICANT');
    (applies ? getAll<Stored<api.Initiative>>('/initiatives', { mine: true }) : Promise.resolve([])).then(setOwn, () => setOwn([]));
  }, []);
  const open = own?.filter(
    (one) => ready.includes(one.state) && one.applicant_id === who.organisation_id && (!only || one.id === only) && !asks.some((ask) => ask.initiative_id === one.id),
  );
  return (
    <>
      {open?.length === 0 && asks.length === 0 && <P>{none}</P>}
      {open?.map((one) => (
        <Form key={one.id} lang={lang} initiative={one} act={act} />
      ))}
    </>
  );
};
