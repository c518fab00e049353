// The pledges on one ask, with their conditions in words, what their financier can do with them, and the form to make one.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, AreaField, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { date, dictionary, euro, word, type Lang } from '../lib/i18n';
import { fiveOn } from '../lib/input';
import { StepForm, centsOf, countOf, required, type Slot } from '../lib/step';
import { Button, Heading, State } from '../lib/ui';
import { inWords, type Ask, type Condition, type Pledge, type TableProps } from './records';

const texts = dictionary(
  {
    title: 'Toezeggingen',
    none: 'Nog niemand heeft iets aangeboden.',
    whatever: 'zonder voorwaarde',
    until: (day: string) => `geldt tot ${day}`,
    tie: (text: string) => `Band met de aanvrager: ${text}`,
    failed: (condition: string) => `Niet gehaald: ${condition}`,
    tooLittle: 'Er is minder bijeen dan het initiatief nodig heeft. Niemand is gebonden.',
    make: 'Een bijdrage aanbieden',
    made: 'Uw aanbod is bewaard als concept. Alleen u ziet het.',
    kind: 'In welke vorm',
    amount: 'Bedrag in euro',
    noAmount: 'Vul een bedrag in, bijvoorbeeld 25.000',
    wish: 'Waarvan hangt het af?',
    wishHint: 'Laat leeg als u het hoe dan ook geeft. Pas als hieraan is voldaan, bent u gebonden.',
    also: 'En waarvan nog meer?',
    more: 'Nog een voorwaarde',
    untilWhen: 'Tot wanneer geldt het aanbod?',
    untilHint: 'Laat leeg als het blijft gelden.',
    least: 'Minstens hoeveel euro',
    ofKind: 'Alleen in deze vorm',
    count: 'Minstens hoeveel financiers, u meegerekend',
    noCount: 'Vul een aantal in',
    other: 'Welke toezegging',
    text: 'Wat de aanvrager nog moet weten',
    textHint: 'Bijvoorbeeld de rente van een lening',
    interest: 'Hebt u een band met de aanvrager?',
    interestHint: 'Bijvoorbeeld een bestuurder of een eerder belang. Iedereen aan tafel leest dit.',
    indicate: 'Interesse tonen',
    commit: 'Toezeggen',
    renew: 'Opnieuw aanbieden',
    withdraw: 'Intrekken',
    pay: 'Melden dat het is betaald',
    did: 'Dat is gedaan. Iedereen die het aangaat, krijgt bericht.',
  },
  {
    title: 'Pledges',
    none: 'Nobody has offered anything yet.',
    whatever: 'without condition',
    until: (day: string) => `stands until ${day}`,
    tie: (text: string) => `Tie with the applicant: ${text}`,
    failed: (condition: string) => `Not met: ${condition}`,
    tooLittle: 'Less came together than the initiative needs. Nobody is bound.',
    make: 'Offer a contribution',
    made: 'Your offer is kept as a draft. Only you see it.',
    kind: 'In which form',
    amount: 'Amount in euros',
    noAmount: 'Give an amount, for example 25,000',
    wish: 'On what does it depend?',
    wishHint: 'Leave empty if you give it anyway. You are bound only once this is so.',
    also: 'And on what else?',
    more: 'Another condition',
    untilWhen: 'Until when does the offer stand?',
    untilHint: 'Leave empty if it goes on.',
    least: 'At least how many euros',
    ofKind: 'Only in this form',
    count: 'At least how many financiers, you included',
    noCount: 'Give a number',
    other: 'Which pledge',
    text: 'What else the applicant has to know',
    textHint: 'For example the interest of a loan',
    interest: 'Are you tied to the applicant?',
    interestHint: 'For example a board member or an earlier stake. Everybody at the table reads this.',
    indicate: 'Show interest',
    commit: 'Promise it',
    renew: 'Offer it again',
    withdraw: 'Withdraw',
    pay: 'Say that it was paid',
    did: 'That is done. Everybody whom it concerns is told.',
  },
);

const steps = ['indicate', 'commit', 'renew', 'pay', 'withdraw'] as const;

const One = ({ pledge, all, lang, act }: TableProps & { pledge: Pledge; all: Pledge[] }) => {
  const t = texts(lang);
  const conditions = pledge.conditions ?? [];
  const failed = conditions[(pledge.failed ?? 0) - 1];
  return (
    <li>
      <div>
        <p>
          <b>{pledge.financier_name}</b>: {euro(pledge.amount_cents, lang)} (
          {word('pledge_kind', pledge.kind, lang).toLowerCase()}){' '}
          <State list="pledge_state" state={pledge.state} lang={lang} />
        </p>
        {conditions.length === 0 ? (
          <p class="mw-quiet">{t.whatever}</p>
        ) : (
          <ul class="mw-plainlist">
            {conditions.map((one, at) => (
              <li key={at}>{inWords(one, all, lang)}</li>
            ))}
          </ul>
        )}
        {pledge.failed !== undefined && (
          <p>
            <b>{failed ? t.failed(inWords(failed, all, lang)) : t.tooLittle}</b>
          </p>
        )}
        {pledge.text && <p class="mw-long">{pledge.text}</p>}
        {pledge.interest && <p>{t.tie(pledge.interest)}</p>}
        {pledge.expires_at && <p class="mw-quiet">{t.until(date(pledge.expires_at, lang))}</p>}
      </div>
      <div class="mw-rows__acts">
        {steps
          .filter((name) => may(pledge, name))
          .map((name) => (
            <Act
              key={name}
              lang={lang}
              kind={name === 'withdraw' ? 'secondary' : 'primary'}
              label={t[name]}
              about={`${pledge.financier_name ?? ''} ${euro(pledge.amount_cents, lang)}`}
              act={() => act(t.did, () => command('/pledges', pledge, name))}
            />
          ))}
      </div>
    </li>
  );
};

const bare = { wish: '', least: '', of: '', count: '', other: '' };
type Wish = typeof bare;
const empty = { kind: '', amount: '', until: '', text: '', interest: '' };
const most = 5;

const conditionOf = (form: Wish): Condition | undefined => {
  switch (form.wish) {
    case 'sum':
      return {
        wish: 'sum',
        least_cents: centsOf(form.least),
        ...(form.of ? { kind: form.of as Condition['kind'] } : {}),
      };
    case 'financiers':
      return { wish: 'financiers', financiers: countOf(form.count) };
    case 'pledge':
      return { wish: 'pledge', pledge_id: form.other };
    case 'agreement':
      return { wish: 'agreement' };
    default:
      return undefined;
  }
};

const wishFaults = (form: Wish, at: number, lang: Lang): Faults => {
  const t = texts(lang);
  return {
    ...(form.wish === 'sum' && !centsOf(form.least) ? { [`least-${at}`]: t.noAmount } : {}),
    ...(form.wish === 'financiers' && !countOf(form.count) ? { [`count-${at}`]: t.noCount } : {}),
    ...(form.wish === 'pledge' ? required({ [`other-${at}`]: [t.other, form.other] }, lang) : {}),
  };
};

interface WishProps {
  at: number;
  form: Wish;
  set: (change: Partial<Wish>) => void;
  pledges: Pledge[];
  lang: Lang;
  slot: (path: string) => Slot;
}

const WishFields = ({ at, form, set, pledges, lang, slot }: WishProps) => {
  const t = texts(lang);
  const field = (path: keyof Wish) => ({ value: form[path], onValue: (value: string) => set({ [path]: value }) });
  return (
    <>
      <SelectField
        {...slot(`wish-${at}`)}
        label={at === 0 ? t.wish : t.also}
        hint={at === 0 ? t.wishHint : undefined}
        optional
        options={optionsOf('pledge_wish', lang)}
        {...field('wish')}
      />
      {form.wish === 'sum' && (
        <>
          <TextField {...slot(`least-${at}`)} label={t.least} short {...field('least')} />
          <SelectField {...slot(`of-${at}`)} label={t.ofKind} optional options={optionsOf('pledge_kind', lang)} {...field('of')} />
        </>
      )}
      {form.wish === 'financiers' && <TextField {...slot(`count-${at}`)} label={t.count} short {...field('count')} />}
      {form.wish === 'pledge' && (
        <SelectField
          {...slot(`other-${at}`)}
          label={t.other}
          options={pledges.map((one) => [one.id, `${one.financier_name ?? ''}, ${euro(one.amount_cents, lang)}`] as const)}
          {...field('other')}
        />
      )}
    </>
  );
};

const Make = ({ ask, pledges, lang, act }: TableProps & { ask: Ask; pledges: Pledge[] }) => {
  const t = texts(lang);
  const [form, setForm] = useState(empty);
  const [wishes, setWishes] = useState<Wish[]>([bare]);
  const check = (): Faults => ({
    ...required({ kind: [t.kind, form.kind] }, lang),
    ...(centsOf(form.amount) ? {} : { amount_cents: t.noAmount }),
    ...Object.assign({}, ...wishes.map((one, at) => wishFaults(one, at, lang))),
  });
  const send = () =>
    act(t.made, async () => {
      const conditions = wishes.flatMap((one) => conditionOf(one) ?? []);
      await create('/pledges', {
        ask_id: ask.id,
        kind: form.kind,
        amount_cents: centsOf(form.amount),
        ...(conditions.length > 0 ? { conditions } : {}),
        ...(form.until ? { expires_at: fiveOn(form.until) } : {}),
        ...(form.text.trim() ? { text: form.text.trim() } : {}),
        ...(form.interest.trim() ? { interest: form.interest.trim() } : {}),
        ...(ask.fictional ? { fictional: true } : {}),
      });
      setForm(empty);
      setWishes([bare]);
    });
  const kinds = optionsOf('pledge_kind', lang);
  const wanted = kinds.filter(([key]) => !ask.kinds?.length || ask.kinds.some((one) => one === key));
  const text = (path: keyof typeof empty) => ({ value: form[path], onValue: (value: string) => setForm({ ...form, [path]: value }) });
  return (
    <StepForm id={`pledge-${ask.id}`} lang={lang} label={t.make} about={ask.title} check={check} send={send}>
      {(slot) => (
        <>
          <SelectField {...slot('kind')} label={t.kind} options={wanted} {...text('kind')} />
          <TextField {...slot('amount_cents')} label={t.amount} short {...text('amount')} />
          {wishes.map((one, at) => (
            <WishFields
              key={at}
              at={at}
              form={one}
              set={(change) => setWishes(wishes.map((each, n) => (n === at ? { ...each, ...change } : each)))}
              pledges={pledges}
              lang={lang}
              slot={slot}
            />
          ))}
          {wishes.length < most && wishes.at(-1)?.wish !== '' && (
            <p>
              <Button kind="secondary" onClick={() => setWishes([...wishes, bare])}>
                {t.more}
              </Button>
            </p>
          )}
          <TextField {...slot('expires_at')} label={t.untilWhen} hint={t.untilHint} type="date" optional short {...text('until')} />
          <AreaField {...slot('text')} label={t.text} hint={t.textHint} optional {...text('text')} />
          <TextField {...slot('interest')} label={t.interest} hint={t.interestHint} optional {...text('interest')} />
        </>
      )}
    </StepForm>
  );
};

export const Pledges = ({ ask, pledges, begins, ...props }: TableProps & { ask: Ask; pledges: Pledge[]; begins: boolean }) => {
  const t = texts(props.lang);
  return (
    <>
      <Heading level={3} look={4} cls="mw-above">
        {t.title}
      </Heading>
      {pledges.length === 0 ? (
        <p class="mw-quiet">{t.none}</p>
      ) : (
        <ul class="mw-rows">
          {pledges.map((one) => (
            <One key={one.id} pledge={one} all={pledges} {...props} />
          ))}
        </ul>
      )}
      {begins && <Make ask={ask} pledges={pledges} {...props} />}
    </>
  );
};
