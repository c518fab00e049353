// The pledges on one ask, with their conditions in words, what their financier can do with them, and the form to make one.
import { useState } from 'preact/hooks';
import { command, create, may } from '../lib/api';
import { Act, AreaField, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { date, dictionary, euro, word } from '../lib/i18n';
import { StepForm, centsOf, countOf, required } from '../lib/step';
import { Heading, P, State } from '../lib/ui';
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
    <li class="mw-panel mw-section--tight">
      <p>
        <b>{pledge.financier_name}</b>: {euro(pledge.amount_cents, lang)} (
        {word('pledge_kind', pledge.kind, lang).toLowerCase()}){' '}
        <State list="pledge_state" state={pledge.state} lang={lang} />
      </p>
      {conditions.length === 0 ? (
        <p>{t.whatever}</p>
      ) : (
        <ul>
          {conditions.map((one, at) => (
            <li key={at}>{inWords(one, all, lang)}</li>
          ))}
        </ul>
      )}
      {pledge.failed !== undefined && (
        <p>{failed ? t.failed(inWords(failed, all, lang)) : t.tooLittle}</p>
      )}
      {pledge.text && <p class="mw-long">{pledge.text}</p>}
      {pledge.interest && <p>{t.tie(pledge.interest)}</p>}
      {pledge.expires_at && <p>{t.until(date(pledge.expires_at, lang))}</p>}
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
    </li>
  );
};

const empty = { kind: '', amount: '', wish: '', least: '', of: '', count: '', other: '', text: '', interest: '' };

const conditionOf = (form: typeof empty): Condition | undefined => {
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

const Make = ({ ask, pledges, lang, act }: TableProps & { ask: Ask; pledges: Pledge[] }) => {
  const t = texts(lang);
  const [form, setForm] = useState(empty);
  const set = (change: Partial<typeof empty>) => setForm({ ...form, ...change });
  const check = (): Faults => ({
    ...required({ kind: [t.kind, form.kind] }, lang),
    ...(centsOf(form.amount) ? {} : { amount_cents: t.noAmount }),
    ...(form.wish === 'sum' && !centsOf(form.least) ? { least: t.noAmount } : {}),
    ...(form.wish === 'financiers' && !countOf(form.count) ? { count: t.noCount } : {}),
    ...(form.wish === 'pledge' ? required({ other: [t.other, form.other] }, lang) : {}),
  });
  const send = () =>
    act(t.made, async () => {
      const condition = conditionOf(form);
      await create('/pledges', {
        ask_id: ask.id,
        kind: form.kind,
        amount_cents: centsOf(form.amount),
        ...(condition ? { conditions: [condition] } : {}),
        ...(form.text.trim() ? { text: form.text.trim() } : {}),
        ...(form.interest.trim() ? { interest: form.interest.trim() } : {}),
        ...(ask.fictional ? { fictional: true } : {}),
      });
      setForm(empty);
    });
  const kinds = optionsOf('pledge_kind', lang);
  const wanted = kinds.filter(([key]) => !ask.kinds?.length || ask.kinds.some((one) => one === key));
  const text = (path: keyof typeof empty) => ({ value: form[path], onValue: (value: string) => set({ [path]: value }) });
  return (
    <StepForm id={`pledge-${ask.id}`} lang={lang} label={t.make} about={ask.title} check={check} send={send}>
      {(slot) => (
        <>
          <SelectField {...slot('kind')} label={t.kind} options={wanted} {...text('kind')} />
          <TextField {...slot('amount_cents')} label={t.amount} short {...text('amount')} />
          <SelectField {...slot('wish')} label={t.wish} hint={t.wishHint} optional options={optionsOf('pledge_wish', lang)} {...text('wish')} />
          {form.wish === 'sum' && (
            <>
              <TextField {...slot('least')} label={t.least} short {...text('least')} />
              <SelectField {...slot('of')} label={t.ofKind} optional options={kinds} {...text('of')} />
            </>
          )}
          {form.wish === 'financiers' && <TextField {...slot('count')} label={t.count} short {...text('count')} />}
          {form.wish === 'pledge' && (
            <SelectField
              {...slot('other')}
              label={t.other}
              options={pledges.map((one) => [one.id, `${one.financier_name ?? ''}, ${euro(one.amount_cents, lang)}`] as const)}
              {...text('other')}
            />
          )}
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
      <Heading level={3} look={4}>
        {t.title}
      </Heading>
      {pledges.length === 0 ? (
        <P>{t.none}</P>
      ) : (
        <ul class="mw-plain">
          {pledges.map((one) => (
            <One key={one.id} pledge={one} all={pledges} {...props} />
          ))}
        </ul>
      )}
      {begins && <Make ask={ask} pledges={pledges} {...props} />}
    </>
  );
};
