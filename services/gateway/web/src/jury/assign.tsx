// Spreading what is presented over the jury: a proposal with its balance and what it changes, and the button that takes it.
import { useState } from 'preact/hooks';
import type { AssignmentPlan } from '../gen/api';
import { create } from '../lib/api';
import { Act, SelectField } from '../lib/form';
import { dictionary, number, type Lang } from '../lib/i18n';
import { Alert, Heading, Table } from '../lib/ui';
import { needed, type Jury, type PartProps } from './board';

const texts = dictionary(
  {
    assign: 'Toewijzen',
    about:
      'Het voorstel geeft elk initiatief zoveel beoordelingen als u vraagt, alleen door wie onpartijdig is, en zo gelijk mogelijk over de juryleden. Wat al is toegewezen, blijft zoals het is.',
    reviews: 'Beoordelingen per initiatief',
    propose: 'Voorstel laten zien',
    nothing: 'Er is niets toe te wijzen: alles heeft zoveel beoordelingen als u vraagt.',
    changes: (count: string) => `Het voorstel voegt ${count} beoordelingen toe`,
    balance: (least: string, most: string) => `Ieder jurylid heeft er daarna ${least} tot ${most}.`,
    even: (each: string) => `Ieder jurylid heeft er daarna ${each}.`,
    juror: 'Jurylid',
    now: 'Nu',
    more: 'Erbij',
    after: 'Daarna',
    which: 'Welke erbij komen',
    short: 'Te weinig onpartijdige juryleden',
    lacks: (title: string, count: string) => `${title}: ${count} te weinig`,
    take: 'Voorstel overnemen',
  },
  {
    assign: 'Assign',
    about:
      'The proposal gives each initiative as many judgements as you ask, only by who is impartial, and as evenly over the jurors as can be. What is assigned already stays as it is.',
    reviews: 'Judgements of each initiative',
    propose: 'Show a proposal',
    nothing: 'There is nothing to assign: everything has as many judgements as you ask.',
    changes: (count: string) => `The proposal adds ${count} judgements`,
    balance: (least: string, most: string) => `Each juror has ${least} to ${most} after it.`,
    even: (each: string) => `Each juror has ${each} after it.`,
    juror: 'Juror',
    now: 'Now',
    more: 'More',
    after: 'After it',
    which: 'Which are added',
    short: 'Not enough impartial jurors',
    lacks: (title: string, count: string) => `${title}: ${count} too few`,
    take: 'Take the proposal',
  },
);

interface Share {
  id: string;
  now: number;
  titles: string[];
}

// What each juror has, and gets by a plan; only of who may be assigned something.
export const sharesOf = (plan: AssignmentPlan, jury: Pick<Jury, 'jurors'>): Share[] =>
  jury.jurors
    .filter(({ state, declared_at }) => state === 'active' && declared_at !== undefined)
    .map(({ id, assigned }) => ({
      id,
      now: assigned ?? 0,
      titles: plan.items.filter(({ juror_id }) => juror_id === id).map(({ title }) => title ?? ''),
    }));

const balanceOf = (shares: readonly Share[], lang: Lang) => {
  const t = texts(lang);
  const after = shares.map(({ now, titles }) => now + titles.length);
  const [least, most] = [Math.min(...after), Math.max(...after)];
  return least === most ? t.even(number(least, lang)) : t.balance(number(least, lang), number(most, lang));
};

const Proposal = ({ plan, jury, lang }: { plan: AssignmentPlan; jury: Jury; lang: Lang }) => {
  const t = texts(lang);
  const shares = sharesOf(plan, jury);
  return (
    <>
      {plan.items.length === 0 && <p>{t.nothing}</p>}
      {plan.items.length > 0 && (
        <>
          <p>
            <b>{t.changes(number(plan.items.length, lang))}.</b> {balanceOf(shares, lang)}
          </p>
          <Table
            caption={t.assign}
            quiet
            rows={shares}
            columns={[
              { head: t.juror, cell: ({ id }) => jury.names.get(id) },
              { head: t.now, number: true, cell: ({ now }) => number(now, lang) },
              { head: t.more, number: true, cell: ({ titles }) => number(titles.length, lang) },
              { head: t.after, number: true, cell: ({ now, titles }) => number(now + titles.length, lang) },
              { head: t.which, cell: ({ titles }) => titles.join('; ') },
            ]}
          />
        </>
      )}
      {plan.shortage.length > 0 && (
        <Alert title={t.short}>
          <ul>
            {plan.shortage.map((one) => (
              <li key={one.initiative_id}>{t.lacks(one.title ?? '', number(one.missing, lang))}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
};

const mostReviews = 10;

export const Assign = ({ round, jury, lang, act }: PartProps) => {
  const t = texts(lang);
  const [reviews, setReviews] = useState(String(needed(round)));
  const [plan, setPlan] = useState<AssignmentPlan>();
  const ask = (write: boolean) =>
    create<AssignmentPlan>(`/rounds/${round.id}/_assign`, { reviews: Number(reviews), ...(write ? { write } : {}) });
  const change = (value: string) => {
    setReviews(value);
    setPlan(undefined);
  };
  return (
    <section class="mw-section mw-assign" aria-labelledby="assign">
      <Heading level={2} look={3} id="assign">
        {t.assign}
      </Heading>
      <p class="mw-prose">{t.about}</p>
      <SelectField
        name="reviews"
        lang={lang}
        label={t.reviews}
        options={Array.from({ length: mostReviews }, (_, at) => [String(at + 1), number(at + 1, lang)] as const)}
        value={reviews}
        onValue={change}
      />
      <div class="mw-section--tight">
        {reviews && <Act lang={lang} kind="secondary" label={t.propose} act={async () => setPlan(await ask(false))} />}
      </div>
      <div class="mw-proposal" aria-live="polite">
        {plan && <Proposal plan={plan} jury={jury} lang={lang} />}
      </div>
      {plan && plan.items.length > 0 && (
        <Act
          lang={lang}
          label={t.take}
          act={() =>
            act(async () => {
              await ask(true);
              setPlan(undefined);
            })
          }
        />
      )}
    </section>
  );
};
