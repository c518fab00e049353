// One round of a programme: its funnel, its board and the steps of who runs it.
import { useEffect, useState } from 'preact/hooks';
import { all } from '../lib/all';
import { command, faultOf, get, may, me, type Fault, type Stored } from '../lib/api';
import { AsTable, Funnel, FunnelList, type Stage } from '../lib/charts';
import { Act } from '../lib/form';
import { date, dictionary, link, moment, number, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done, acts, useTitle } from '../lib/step';
import { A, Crumbs, FaultAlert, Fictional, Heading, Icon, State, Waiting } from '../lib/ui';
import type { Initiative, Me, Round, RoundReport, SeatPage } from '../gen/api';
import { Yield } from '../realisation/yield';
import { juryLink } from '../jury/address';
import { Board } from '../round/board';
import { BeginForm } from '../round/begin';
import { Claims } from '../round/claims';
import { Manage } from '../round/manage';
import { Rules } from '../round/rules';
import { funnelOf } from '../round/stages';
import { TableState } from '../round/table-state';
import { UnderWay } from '../round/under-way';

export const meta: Meta = {
  title: { nl: 'Ronde', en: 'Round' },
  about: {
    nl: 'Een ronde van een programma voor sociaal ondernemers: van idee naar realisatie.',
    en: 'A round of a programme for social entrepreneurs: from idea to realisation.',
  },
  data: { operation: 'round_get', path: '/rounds/{id}' },
};

const texts = dictionary(
  {
    programme: 'Programma',
    round: (name: string, nth: string) => `${name}, ronde ${nth}`,
    crumb: (nth: string) => `Ronde ${nth}`,
    window: (from: string, to: string) => `Open van ${from} tot ${to}`,
    places: (present: string, least: string, most: string) =>
      `${present} worden voorgelegd, ${least} tot ${most} gekozen`,
    partners: (count: string) => `${count} partners`,
    milestone: 'Volgende mijlpaal',
    draft: 'De ronde wordt bekendgemaakt',
    announced: 'De ronde gaat open',
    open: 'De inschrijving sluit',
    screening: 'Voorleggen aan de partners',
    presenting: 'De jury gaat beoordelen',
    scoring: 'De jury komt bijeen',
    deliberation: 'Het besluit',
    decided: 'Het programma begint',
    training: 'Bijeenkomsten, aanwezigheid en begeleiding',
    jury: 'De jury',
    deliberating: 'Beraad en besluit',
    hindsight: 'Terugblik',
    running: 'De financieringstafel',
    table: 'De ronde wordt afgerond',
    concluded: 'Deze ronde is afgerond',
    cancelled: 'Deze ronde is afgelast',
    funnel: 'Van idee naar realisatie',
    funnelSays: (parts: string) => `Trechter: ${parts}.`,
    asOf: (on: string, seq: string) => `Stand van ${on}, geteld tot en met gebeurtenis ${seq}.`,
    phase: 'Fase',
    count: 'Aantal',
    share: 'Van de vorige fase',
    fell: 'Niet verder',
    manage: 'Stappen van de programmamanager',
    write: 'Regels opstellen of wijzigen',
    next: 'Nieuwe ronde met deze regels',
    doAnnounce: 'Ronde bekendmaken',
    doOpen: 'Ronde openen',
    doClose: 'Inschrijving sluiten',
    doPresent: 'Voorleggen aan de jury',
    doScore: 'Beoordelen beginnen',
    doDeliberate: 'Beoordelen afsluiten',
    doStart: 'Programma starten',
    doSeat: 'Financieringstafel openen',
    doConclude: 'Ronde afronden',
    moved: 'De ronde is een stap verder.',
  },
  {
    programme: 'Programme',
    round: (name: string, nth: string) => `${name}, round ${nth}`,
    crumb: (nth: string) => `Round ${nth}`,
    window: (from: string, to: string) => `Open from ${from} until ${to}`,
    places: (present: string, least: string, most: string) =>
      `${present} are presented, ${least} to ${most} selected`,
    partners: (count: string) => `${count} partners`,
    milestone: 'Next milestone',
    draft: 'The round is made known',
    announced: 'The round opens',
    open: 'Entry closes',
    screening: 'Presenting to the partners',
    presenting: 'The jury begins to score',
    scoring: 'The jury comes together',
    deliberation: 'The decision',
    decided: 'The programme starts',
    training: 'Meetings, attendance and mentoring',
    jury: 'The jury',
    deliberating: 'Deliberation and decision',
    hindsight: 'Looking back',
    running: 'The financing table',
    table: 'The round concludes',
    concluded: 'This round is concluded',
    cancelled: 'This round is cancelled',
    funnel: 'From idea to realisation',
    funnelSays: (parts: string) => `Funnel: ${parts}.`,
    asOf: (on: string, seq: string) => `As of ${on}, counted up to event ${seq}.`,
    phase: 'Phase',
    count: 'Number',
    share: 'Of the phase before',
    fell: 'No further',
    manage: 'Steps of the programme manager',
    write: 'Write or change the rules',
    next: 'A new round with these rules',
    doAnnounce: 'Make the round known',
    doOpen: 'Open the round',
    doClose: 'Close entry',
    doPresent: 'Present to the jury',
    doScore: 'Begin scoring',
    doDeliberate: 'End the scoring',
    doStart: 'Start the programme',
    doSeat: 'Open the financing table',
    doConclude: 'Conclude the round',
    moved: 'The round is one step further.',
  },
);

const commands = [
  ['announce', 'doAnnounce'],
  ['open', 'doOpen'],
  ['close', 'doClose'],
  ['present', 'doPresent'],
  ['score', 'doScore'],
  ['deliberate', 'doDeliberate'],
  ['start', 'doStart'],
  ['seat', 'doSeat'],
  ['conclude', 'doConclude'],
] as const;

const Milestone = ({ round, lang }: { round: Stored<Round>; lang: Lang }) => {
  const t = texts(lang);
  const dates: Partial<Record<Round['state'] & string, string>> = {
    announced: round.opens_at,
    open: round.closes_at,
    scoring: round.scored_by,
    deliberation: round.decided_by,
    decided: round.starts_at,
    running: round.table_at,
  };
  const on = dates[round.state];
  return (
    <div class="mw-milestone">
      {!['concluded', 'cancelled'].includes(round.state) && <p>{t.milestone}</p>}
      <b>{t[round.state]}</b>
      {on && <span>{moment(on, lang)}</span>}
    </div>
  );
};

const FunnelPanel = ({ report, lang }: { report: RoundReport; lang: Lang }) => {
  const t = texts(lang);
  const stages = funnelOf(report, lang);
  const said = stages.map((stage) => `${stage.count} ${stage.name.toLowerCase()}`).join(', ');
  const off = (stage: Stage, at: number) => stage.count - (stages[at + 1]?.count ?? stage.count);
  return (
    <section class="mw-panel" aria-labelledby="funnel">
      <Heading level={2} look={3} id="funnel">
        {t.funnel}
      </Heading>
      {stages.length > 1 && (
        <div class="mw-wide">
          <Funnel stages={stages} summary={t.funnelSays(said)} />
        </div>
      )}
      <div class={stages.length > 1 ? 'mw-narrow' : ''}>
        <FunnelList stages={stages} />
      </div>
      <AsTable<[Stage, number]>
        lang={lang}
        caption={t.funnel}
        rows={stages.map((stage, at) => [stage, at])}
        columns={[
          { head: t.phase, cell: ([stage]) => stage.name },
          { head: t.count, number: true, cell: ([stage]) => number(stage.count, lang) },
          { head: t.share, number: true, cell: ([stage]) => stage.share ?? '–' },
          {
            head: t.fell,
            number: true,
            cell: ([stage, at]) => (off(stage, at) > 0 ? `${off(stage, at)} ${stage.fell}` : '–'),
          },
        ]}
      />
      <p class="mw-source">{t.asOf(moment(report.as_of, lang), number(report.as_of_seq, lang))}</p>
    </section>
  );
};

interface Around {
  me: Me;
  report?: RoundReport;
  initiatives: Stored<Initiative>[];
  partners?: number;
}

const loadAround = async (round: Stored<Round>): Promise<Around> => {
  const [who, report, initiatives, seats] = await Promise.all([
    me(),
    get<RoundReport>(`/reports/rounds/${round.id}`).catch(() => undefined),
    all<Initiative>('/initiatives', { roundId: round.id }),
    get<SeatPage>('/seats', { programmeId: round.programme_id }).catch(() => undefined),
  ]);
  return {
    me: who,
    ...(report ? { report } : {}),
    initiatives,
    ...(seats ? { partners: seats.items.filter((seat) => seat.state === 'taken').length } : {}),
  };
};

const looksBack: readonly string[] = ['decided', 'running', 'table', 'concluded'];
const deliberates: readonly string[] = ['scoring', 'deliberation', ...looksBack];

// The jury is for its members and for who runs the round, from when it forms.
const hasJury = (round: Round, who: Me) =>
  !['draft', 'cancelled'].includes(round.state ?? '') &&
  (acts(who, 'JUROR') || (acts(who, 'MANAGER') && who.organisation_id === round.manager_id));

const RoundView = ({ given, lang }: { given: Stored<Round>; lang: Lang }) => {
  const t = texts(lang);
  const [round, setRound] = useState(given);
  const [around, setAround] = useState<Around>({ me: {}, initiatives: [] });
  const [said, setSaid] = useState('');
  const [fault, setFault] = useState<Fault>();

  const load = async (fresh: Stored<Round>) => {
    try {
      setAround(await loadAround(fresh));
      setRound(fresh);
      setFault(undefined);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
  };
  useEffect(() => void load(given), [given]);

  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    await load(await get<Stored<Round>>(`/rounds/${round.id}`));
    setSaid(done);
  };
  const nth = String(round.number);
  const title = t.round(round.programme_name ?? '', nth);
  useTitle(title, lang);
  const steps = commands.filter(([name]) => may(round, name));
  const settles = round.state === 'table' && around.me.organisation_id === round.manager_id;
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [t.crumb(nth)]]} />
      <div class="mw-pagehead">
        <div>
          <Heading level={1}>{title}</Heading>
          <ul class="mw-meta">
            <li>
              <State list="round_state" state={round.state} lang={lang} />{' '}
              <Fictional on={round.fictional} lang={lang} />
            </li>
            <li>
              <Icon n="calendar" size={18} />{' '}
              {t.window(date(round.opens_at, lang), date(round.closes_at, lang))}
            </li>
            <li>
              {t.places(
                number(round.present_quota, lang),
                number(round.select_min, lang),
                number(round.select_max, lang),
              )}
            </li>
            {['start', 'seat', 'conclude'].some((name) => may(round, name)) && (
              <li>
                <A href={`${link('/training/', lang)}?id=${round.id}`}>{t.training}</A>
              </li>
            )}
            {hasJury(round, around.me) && (
              <li>
                <A href={juryLink(round.id, lang)}>{t.jury}</A>
              </li>
            )}
            {hasJury(round, around.me) && deliberates.includes(round.state) && (
              <li>
                <A href={`${link('/beraad/', lang)}?id=${round.id}`}>{t.deliberating}</A>
              </li>
            )}
            {around.me.organisation_id === round.manager_id && looksBack.includes(round.state) && (
              <li>
                <A href={`${link('/terugblik/', lang)}?id=${round.id}`}>{t.hindsight}</A>
              </li>
            )}
            {may(round, 'put') && (
              <li>
                <A href={`${link('/ronde-opstellen/', lang)}?id=${round.id}`}>{t.write}</A>
              </li>
            )}
            {around.me.organisation_id === round.manager_id && (
              <li>
                <A href={`${link('/ronde-opstellen/', lang)}?van=${round.id}`}>{t.next}</A>
              </li>
            )}
            {around.partners !== undefined && (
              <li>
                <Icon n="users" size={18} /> {t.partners(number(around.partners, lang))}
              </li>
            )}
          </ul>
        </div>
        <Milestone round={round} lang={lang} />
      </div>
      <Done text={said} />
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {round.state === 'open' && acts(around.me, 'APPLICANT') && (
        <div class="mw-actions">
          <BeginForm lang={lang} roundId={round.id} fictional={round.fictional ?? false} />
        </div>
      )}
      {(steps.length > 0 || may(round, 'cancel') || settles) && (
        <section class="mw-panel" aria-labelledby="manage">
          <Heading level={2} look={4} id="manage">
            {t.manage}
          </Heading>
          <div class="mw-actions">
            {steps.map(([name, key]) => (
              <Act
                key={name}
                lang={lang}
                label={t[key]}
                act={() => act(t.moved, () => command('/rounds', round, name))}
              />
            ))}
          </div>
          <UnderWay round={round} initiatives={around.initiatives} lang={lang} />
          <Manage round={round} lang={lang} act={act} />
        </section>
      )}
      {around.report && <FunnelPanel report={around.report} lang={lang} />}
      {around.report && <Yield report={around.report} known={around.initiatives} lang={lang} />}
      <Claims round={round} manages={around.me.organisation_id === round.manager_id} lang={lang} />
      <Board items={around.initiatives} lang={lang} act={act} />
      <TableState
        round={round}
        initiatives={around.initiatives}
        member={around.me.organisation_id !== undefined}
        lang={lang}
      />
      <Rules round={round} lang={lang} />
    </div>
  );
};

export default function RoundPage({ lang, d, fault }: PageProps<Stored<Round>>) {
  return d ? (
    <RoundView given={d} lang={lang} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
