// The financing table: what each initiative asks, what is pledged by form and on which conditions, for those who sit at it.
import { useState } from 'preact/hooks';
import type { Me } from '../gen/api';
import { command, getAll, hasRole, may } from '../lib/api';
import { AsTable } from '../lib/charts';
import { Act } from '../lib/form';
import { date, dictionary, euro, link, shared, word, type Lang } from '../lib/i18n';
import { useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done } from '../lib/step';
import { A, FaultAlert, Heading, P, State } from '../lib/ui';
import { AskBar, BarLegend } from '../table/ask-bar';
import { BeginAsks, ChangeAsk } from '../table/ask-form';
import { CloseTable } from '../table/closing';
import { Pledges } from '../table/pledges';
import { titleOf, type Ask, type Pledge, type TableProps } from '../table/records';

export const meta: Meta = {
  title: { nl: 'Financieringstafel', en: 'Financing table' },
  about: {
    nl: 'Wat initiatieven vragen, wat is toegezegd en waarvan dat afhangt. Alleen wie aan tafel zit, leest dit.',
    en: 'What initiatives ask, what is pledged and on what that depends. Only those at the table read this.',
  },
};

const texts = dictionary(
  {
    how: 'Een toezegging bindt pas als de tafel wordt gesloten en alles waarvan ze afhangt, er is. Krijgt een initiatief minder dan het nodig heeft, dan is niemand gebonden.',
    none: 'Er is geen tafel waaraan uw organisatie zit.',
    least: (cents: string) => `Met ${cents} kan het beginnen. Met minder is niemand gebonden.`,
    firm: 'Bindend',
    committed: 'Toegezegd onder voorwaarden',
    indicated: 'Interesse',
    kind: 'Vorm',
    table: 'Wat is toegezegd, per vorm',
    until: (day: string) => `Gesprekken tot ${day}.`,
    complete: 'Klaar voor de tafel',
    completed: 'De financieringsvraag is klaar voor de tafel.',
  },
  {
    how: 'A pledge binds only when the table is closed and all it depends on is there. If an initiative gets less than it needs, nobody is bound.',
    none: 'There is no table at which your organisation sits.',
    least: (cents: string) => `It can begin with ${cents}. With less nobody is bound.`,
    firm: 'Binding',
    committed: 'Promised on conditions',
    indicated: 'Interest',
    kind: 'Form',
    table: 'What is pledged, by form',
    until: (day: string) => `Talks until ${day}.`,
    complete: 'Ready for the table',
    completed: 'The ask is ready for the table.',
  },
);

// Who reads an ask and neither asks nor runs the round has a seat as a financier.
const finances = (who: Me, ask: Ask): boolean =>
  hasRole(who, 'FINANCE') &&
  (ask.state === 'open' || ask.state === 'follow_up') &&
  who.organisation_id !== ask.applicant_id &&
  who.organisation_id !== ask.manager_id;

// What is done comes last.
const inOrder = (asks: Ask[]) => [...asks].sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'));

const AskView = ({ ask, pledges, ...props }: TableProps & { ask: Ask; pledges: Pledge[] }) => {
  const { lang, act } = props;
  const t = texts(lang);
  const talks = ask.state === 'follow_up' && ask.follow_until;
  return (
    <section class="mw-panel" aria-labelledby={`ask-${ask.id}`}>
      <Heading level={2} look={3} id={`ask-${ask.id}`}>
        {ask.title ? <A href={`${link('/initiatief/', lang)}?id=${ask.initiative_id}`}>{ask.title}</A> : titleOf(ask, lang)}
      </Heading>
      <p class="mw-states">
        <State list="ask_state" state={ask.state} lang={lang} />{' '}
        {ask.initiative_state && <State list="initiative_state" state={ask.initiative_state} lang={lang} />}
      </p>
      {ask.text && <p class="mw-long">{ask.text}</p>}
      {ask.min_viable_cents !== undefined && <p>{t.least(euro(ask.min_viable_cents, lang))}</p>}
      {talks && <p>{t.until(date(talks, lang))}</p>}
      {ask.amount_cents !== undefined && (
        <div class="mw-section--tight">
          <AskBar ask={ask} lang={lang} />
        </div>
      )}
      {ask.sums && ask.sums.length > 0 && (
        <AsTable
          lang={lang}
          caption={`${t.table}: ${titleOf(ask, lang)}`}
          rows={ask.sums}
          columns={[
            { head: t.kind, cell: (one) => word('pledge_kind', one.kind, lang) },
            { head: t.indicated, number: true, cell: (one) => euro(one.indicated_cents, lang) },
            { head: t.committed, number: true, cell: (one) => euro(one.committed_cents, lang) },
            { head: t.firm, number: true, cell: (one) => euro(one.firm_cents, lang) },
          ]}
        />
      )}
      {may(ask, 'put') && <ChangeAsk ask={ask} lang={lang} act={act} />}
      {may(ask, 'complete') && (
        <Act lang={lang} label={t.complete} about={ask.title} act={() => act(t.completed, () => command('/asks', ask, 'complete'))} />
      )}
      <Pledges {...props} ask={ask} pledges={pledges} begins={finances(props.who, ask)} />
    </section>
  );
};

const TableView = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const wanted = new URLSearchParams(location.search);
  const [said, setSaid] = useState('');
  const query = {
    ...(wanted.get('initiatief') ? { initiativeId: wanted.get('initiatief') ?? '' } : {}),
    ...(wanted.get('ronde') ? { roundId: wanted.get('ronde') ?? '' } : {}),
  };
  const asks = useListing(() => getAll<Ask>('/asks', query));
  const pledges = useListing(() => getAll<Pledge>('/pledges'));
  const managed = (asks.items ?? []).filter(({ manager_id: by }) => by === who.organisation_id);
  const rounds = [...new Set(managed.map(({ round_id: id }) => id ?? ''))];
  const act = async (text: string, work: () => Promise<unknown>) => {
    await work();
    await Promise.all([asks.reload(), pledges.reload()]);
    setSaid(text);
  };
  return (
    <>
      <Done text={said} />
      <P>{t.how}</P>
      {asks.fault && <FaultAlert fault={asks.fault} lang={lang} />}
      {asks.items && (
        <BeginAsks who={who} lang={lang} act={act} asks={asks.items} only={wanted.get('initiatief')} none={t.none} />
      )}
      {rounds.map((id) => (
        <CloseTable key={id} roundId={id} pledges={pledges.items ?? []} who={who} lang={lang} act={act} />
      ))}
      {!asks.items && !asks.fault && <p role="status">{shared(lang).loading}</p>}
      {asks.items?.some(({ amount_cents: asked }) => asked) && <BarLegend lang={lang} />}
      <div class="mw-grid2 mw-section--tight">
        {inOrder(asks.items ?? []).map((ask) => (
          <AskView
            key={ask.id}
            who={who}
            lang={lang}
            act={act}
            ask={ask}
            pledges={(pledges.items ?? []).filter((one) => one.ask_id === ask.id)}
          />
        ))}
      </div>
    </>
  );
};

export default function TablePage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => <TableView who={who} lang={lang} />}
    </OwnPage>
  );
}
