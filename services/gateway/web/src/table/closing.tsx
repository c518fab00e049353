// Closing the table of a round, by who runs it: what would hold now, what not and why, who only hold each other up; and the button.
import { useEffect, useState } from 'preact/hooks';
import type { Closing, Me, Round } from '../gen/api';
import { command, get, may, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, euro, word, type Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';
import { Alert, Heading, P, State, Table } from '../lib/ui';
import { inWords, type Pledge } from './records';

const texts = dictionary(
  {
    title: (name: string, nth: string) => `De tafel sluiten: ${name}, ronde ${nth}`,
    look: 'Proefsluiting bekijken',
    again: 'Opnieuw berekenen',
    note: 'Dit is een berekening van nu. Er verandert nog niets, en alleen u ziet het.',
    asks: 'Wat het voor elk initiatief betekent',
    initiative: 'Initiatief',
    asked: 'Gevraagd',
    least: 'Minstens nodig',
    bound: 'Zou binden',
    result: 'Wordt',
    pledges: 'Wat er met elke toezegging gebeurt',
    pledge: 'Toezegging',
    holds: 'Bindt',
    why: 'Waarom wel of niet',
    yes: 'ja',
    no: 'nee',
    tooLittle: 'Het initiatief krijgt minder dan het nodig heeft',
    failed: (text: string) => `Niet gehaald: ${text}`,
    condition: (nth: number) => `voorwaarde ${nth}`,
    circle: (nth: number) => `kring ${nth}`,
    circles: (count: number) => (count === 1 ? 'Eén kring: deze toezeggingen gelden alleen omdat zij op elkaar wachten.' : `${count} kringen: toezeggingen die alleen gelden omdat zij op elkaar wachten.`),
    circleOf: (nth: number, names: string) => `Kring ${nth}: ${names}`,
    close: 'De tafel nu sluiten',
    sure: 'Wat geldt, bindt dan. Over de rest gaan de gesprekken verder.',
    closed: 'De tafel is gesloten. Iedereen krijgt bericht.',
    nothing: 'Er is niets om te sluiten.',
  },
  {
    title: (name: string, nth: string) => `Closing the table: ${name}, round ${nth}`,
    look: 'Look at a dry run',
    again: 'Compute again',
    note: 'This is computed now. Nothing changes yet, and only you see it.',
    asks: 'What it means for each initiative',
    initiative: 'Initiative',
    asked: 'Asked',
    least: 'Needed at least',
    bound: 'Would bind',
    result: 'Becomes',
    pledges: 'What becomes of each pledge',
    pledge: 'Pledge',
    holds: 'Binds',
    why: 'Why, or why not',
    yes: 'yes',
    no: 'no',
    tooLittle: 'The initiative gets less than it needs',
    failed: (text: string) => `Not met: ${text}`,
    condition: (nth: number) => `condition ${nth}`,
    circle: (nth: number) => `circle ${nth}`,
    circles: (count: number) => (count === 1 ? 'One circle: these pledges hold only because they wait for each other.' : `${count} circles: pledges that hold only because they wait for each other.`),
    circleOf: (nth: number, names: string) => `Circle ${nth}: ${names}`,
    close: 'Close the table now',
    sure: 'What holds, binds then. About the rest talks go on.',
    closed: 'The table is closed. Everybody is told.',
    nothing: 'There is nothing to close.',
  },
);

interface Props {
  roundId: string;
  pledges: Pledge[];
  who: Me;
  lang: Lang;
  act: Telling;
}

const named = (one: { financier_name?: string; amount_cents: number }, lang: Lang) => `${one.financier_name ?? ''}, ${euro(one.amount_cents, lang)}`;

const DryRun = ({ closing, pledges, lang }: { closing: Closing; pledges: Pledge[]; lang: Lang }) => {
  const t = texts(lang);
  const titles = new Map(closing.asks.map((ask) => [ask.ask_id, ask.title]));
  const why = (one: Closing['pledges'][number]) => {
    if (one.holds) return one.circle ? t.circle(one.circle) : '';
    if (!one.failed) return t.tooLittle;
    const condition = pledges.find(({ id }) => id === one.id)?.conditions?.[one.failed - 1];
    return t.failed(condition ? inWords(condition, pledges, lang) : t.condition(one.failed));
  };
  const circles = Array.from({ length: closing.circles }, (_, at) => at + 1);
  return (
    <>
      <P>{t.note}</P>
      <Table
        caption={t.asks}
        rows={closing.asks}
        columns={[
          { head: t.initiative, cell: (one) => one.title },
          { head: t.asked, number: true, cell: (one) => euro(one.amount_cents, lang) },
          { head: t.least, number: true, cell: (one) => euro(one.min_viable_cents, lang) },
          { head: t.bound, number: true, cell: (one) => euro(one.bound_cents, lang) },
          { head: t.result, cell: (one) => <State list="closing_result" state={one.result} lang={lang} /> },
        ]}
      />
      {closing.pledges.length > 0 && (
        <Table
          caption={t.pledges}
          rows={closing.pledges}
          columns={[
            {
              head: t.pledge,
              cell: (one) => (
                <>
                  {named(one, lang)} ({word('pledge_kind', one.kind, lang).toLowerCase()})
                  <div class="mw-quiet">{titles.get(one.ask_id)}</div>
                </>
              ),
            },
            { head: t.holds, cell: (one) => (one.holds ? t.yes : t.no) },
            { head: t.why, cell: why },
          ]}
        />
      )}
      {closing.circles > 0 && (
        <Alert title={t.circles(closing.circles)}>
          <ul>
            {circles.map((nth) => (
              <li key={nth}>
                {t.circleOf(nth, closing.pledges.filter(({ circle }) => circle === nth).map((one) => named(one, lang)).join('; '))}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
};

// For who runs the round; nobody else reads a dry run.
export const CloseTable = ({ roundId, pledges, who, lang, act }: Props) => {
  const t = texts(lang);
  const [round, setRound] = useState<Stored<Round>>();
  const [closing, setClosing] = useState<Closing>();
  const look = async () => {
    const [fresh, found] = await Promise.all([get<Stored<Round>>(`/rounds/${roundId}`), get<Closing>(`/rounds/${roundId}/closing`)]);
    setRound(fresh);
    setClosing(found);
  };
  useEffect(() => {
    get<Stored<Round>>(`/rounds/${roundId}`).then(setRound, () => undefined);
  }, [roundId]);
  if (!round || round.manager_id !== who.organisation_id || !may(round, 'settle')) return null;
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby={`close-${roundId}`}>
      <Heading level={2} look={3} id={`close-${roundId}`}>
        {t.title(round.programme_name ?? '', String(round.number))}
      </Heading>
      {closing && closing.asks.length === 0 && <P>{t.nothing}</P>}
      {closing && closing.asks.length > 0 && <DryRun closing={closing} pledges={pledges} lang={lang} />}
      {closing && closing.asks.length > 0 && <P>{t.sure}</P>}
      <div class="mw-actions">
        <Act lang={lang} kind="secondary" label={closing ? t.again : t.look} act={look} />
        {closing && closing.asks.length > 0 && (
          <Act
            lang={lang}
            label={t.close}
            act={() =>
              act(t.closed, async () => {
                await command('/rounds', round, 'settle');
                await look();
              })
            }
          />
        )}
      </div>
    </section>
  );
};
