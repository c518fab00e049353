// One round of a programme: its funnel, its board and the steps of who runs it.
import { useEffect, useState } from 'preact/hooks';
import { all } from '../lib/all';
import { command, faultOf, get, may, me, type Fault, type Stored } from '../lib/api';
import { AsTable, Funnel, FunnelList, type Stage } from '../lib/charts';
import { Act } from '../lib/form';
import { date, dictionary, link, moment, number, type Lang } from '../lib/i18n';
import type { Meta, PageProps } from '../lib/page';
import { Done, acts, useTitle, type Telling } from '../lib/step';
import { A, Crumbs, FaultAlert, Fictional, Heading, Icon, State, Waiting } from '../lib/ui';
import type { Initiative, Me, Round, RoundReport, RoundState, SeatPage } from '../gen/api';
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
    sayAnnounce: 'Daarna ziet iedereen de ronde en haar regels. Tot de opening kunt u de regels nog wijzigen.',
    sayOpen: 'Daarna kan iedereen indienen, en liggen de regels vast.',
    sayClose: 'Daarna kan niemand meer indienen, behalve wie uitstel heeft.',
    sayPresent: 'Daarna is bekend wat de jury leest, en geven juryleden aan waar zij niet onpartijdig zijn.',
    sayScore: 'Daarna beoordeelt de jury, ieder apart.',
    sayDeliberate: 'Daarna kan geen jurylid meer punten geven.',
    sayStart: 'Daarna loopt het programma. Bijeenkomsten kunt u nu al plannen.',
    saySeat: 'Daarna kunnen initiatieven die klaar zijn, aan de tafel komen.',
    sayConclude: 'Daarna is de ronde klaar. Dit kunt u niet terugdraaien.',
    links: 'Bij deze ronde',
    waits: (what: string) => `De volgende stap: ${what}`,
    waitsOpen: 'de inschrijving sluit vanzelf.',
    waitsScreening: 'voorleggen aan de jury. Dat kan als van elk initiatief vaststaat of het ontvankelijk is, en niemand meer uitstel heeft.',
    waitsPresenting: 'beoordelen. Dat kan als van elk ontvankelijk initiatief vaststaat of de jury het krijgt, en niemand meer bezwaar kan maken.',
    waitsScoring: 'het beraad. Dat kan als elk initiatief genoeg beoordelingen heeft.',
    waitsDeliberation: 'het besluit, op de pagina Beraad en besluit.',
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
    sayAnnounce: 'After this everybody sees the round and its rules. Until it opens you can still change them.',
    sayOpen: 'After this everybody can submit, and the rules are fixed.',
    sayClose: 'After this nobody can submit any more, but for who has more time.',
    sayPresent: 'After this it is known what the jury reads, and jurors say where they are not impartial.',
    sayScore: 'After this the jury scores, each on their own.',
    sayDeliberate: 'After this no juror can give points any more.',
    sayStart: 'After this the programme runs. Meetings you can plan now already.',
    saySeat: 'After this initiatives that are ready can come to the table.',
    sayConclude: 'After this the round is done. You cannot take this back.',
    links: 'With this round',
    waits: (what: string) => `The next step: ${what}`,
    waitsOpen: 'entry closes by itself.',
    waitsScreening: 'presenting to the jury. That is possible once it is known of each initiative whether it is eligible, and nobody has more time.',
    waitsPresenting: 'scoring. That is possible once it is known of each eligible initiative whether the jury gets it, and nobody can object any more.',
    waitsScoring: 'the deliberation. That is possible once each initiative has enough judgements.',
    waitsDeliberation: 'the decision, on the page Deliberation and decision.',
  },
);

const commands = [
  ['announce', 'Announce'],
  ['open', 'Open'],
  ['close', 'Close'],
  ['present', 'Present'],
  ['score', 'Score'],
  ['deliberate', 'Deliberate'],
  ['start', 'Start'],
  ['seat', 'Seat'],
  ['conclude', 'Conclude'],
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

// What a round waits for while its manager cannot move it on.
const waitsFor = {
  open: 'waitsOpen',
  screening: 'waitsScreening',
  presenting: 'waitsPresenting',
  scoring: 'waitsScoring',
  deliberation: 'waitsDeliberation',
} as const;
const waits = (state: RoundState): state is keyof typeof waitsFor => state in waitsFor;

// The pages that belong to this round and that the reader can use.
const Links = ({ round, who, lang }: { round: Stored<Round>; who: Me; lang: Lang }) => {
  const t = texts(lang);
  const runs = who.organisation_id !== undefined && who.organisation_id === round.manager_id;
  const jury = hasJury(round, who);
  const trains = (runs && round.state === 'table') || ['start', 'seat'].some((name) => may(round, name));
  const to = (path: string, key = 'id') => `${link(path, lang)}?${key}=${round.id}`;
  const pages: [boolean, string, string][] = [
    [trains, to('/training/'), t.training],
    [jury, juryLink(round.id, lang), t.jury],
    [jury && deliberates.includes(round.state), to('/beraad/'), t.deliberating],
    [runs && looksBack.includes(round.state), to('/terugblik/'), t.hindsight],
    [may(round, 'put'), to('/ronde-opstellen/'), t.write],
    [runs, to('/ronde-opstellen/', 'van'), t.next],
  ];
  const open = pages.filter(([shown]) => shown);
  if (open.length === 0) return null;
  return (
    <nav aria-label={t.links}>
      <ul class="mw-meta">
        {open.map(([, address, label]) => (
          <li key={address}>
            <A href={address}>{label}</A>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Head = ({ round, title, around, lang }: { round: Stored<Round>; title: string; around: Around; lang: Lang }) => {
  const t = texts(lang);
  const n = (count: number) => number(count, lang);
  return (
    <div class="mw-pagehead">
      <div>
        <Heading level={1}>{title}</Heading>
        <ul class="mw-meta">
          <li>
            <State list="round_state" state={round.state} lang={lang} /> <Fictional on={round.fictional} lang={lang} />
          </li>
          <li>
            <Icon n="calendar" size={18} /> {t.window(date(round.opens_at, lang), date(round.closes_at, lang))}
          </li>
          <li>{t.places(n(round.present_quota), n(round.select_min), n(round.select_max))}</li>
          {around.partners !== undefined && (
            <li>
              <Icon n="users" size={18} /> {t.partners(n(around.partners))}
            </li>
          )}
        </ul>
        <Links round={round} who={around.me} lang={lang} />
      </div>
      <Milestone round={round} lang={lang} />
    </div>
  );
};

interface StepsProps {
  round: Stored<Round>;
  around: Around;
  lang: Lang;
  act: Telling;
}

const ManagerSteps = ({ round, around, lang, act }: StepsProps) => {
  const t = texts(lang);
  const steps = commands.filter(([name]) => may(round, name));
  const settles = round.state === 'table' && around.me.organisation_id === round.manager_id;
  if (steps.length === 0 && !may(round, 'cancel') && !settles) return null;
  return (
    <section class="mw-panel" aria-labelledby="manage">
      <Heading level={2} look={4} id="manage">
        {t.manage}
      </Heading>
      {steps.length === 0 && waits(round.state) && <p>{t.waits(t[waitsFor[round.state]])}</p>}
      {steps.map(([name, key]) => (
        <div key={name} class="mw-next">
          <p>{t[`say${key}`]}</p>
          <Act lang={lang} label={t[`do${key}`]} act={() => act(t.moved, () => command('/rounds', round, name))} />
        </div>
      ))}
      <UnderWay round={round} initiatives={around.initiatives} lang={lang} />
      <Manage round={round} lang={lang} act={act} />
    </section>
  );
};

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

  const act: Telling = async (done, work) => {
    await work();
    await load(await get<Stored<Round>>(`/rounds/${round.id}`));
    setSaid(done);
  };
  const nth = String(round.number);
  const title = t.round(round.programme_name ?? '', nth);
  useTitle(title, lang);
  const { me: who, report, initiatives } = around;
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [t.crumb(nth)]]} />
      <Head round={round} title={title} around={around} lang={lang} />
      <Done text={said} />
      {fault && <FaultAlert fault={fault} lang={lang} />}
      {round.state === 'open' && acts(who, 'APPLICANT') && (
        <div class="mw-actions">
          <BeginForm lang={lang} roundId={round.id} fictional={round.fictional ?? false} />
        </div>
      )}
      <ManagerSteps round={round} around={around} lang={lang} act={act} />
      {report && <FunnelPanel report={report} lang={lang} />}
      {report && <Yield report={report} known={initiatives} lang={lang} />}
      <Claims round={round} manages={who.organisation_id === round.manager_id} lang={lang} />
      <Board items={initiatives} lang={lang} act={act} />
      <TableState round={round} initiatives={initiatives} member={who.organisation_id !== undefined} lang={lang} />
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
