// The programme of a round for who runs it: meetings, who attended what, mentors, and what has been handed in.
import { useState } from 'preact/hooks';
import type { Attendance, Deliverable, Initiative, Meeting, Pairing, Round, RoundState } from '../gen/api';
import { getAll, type Stored } from '../lib/api';
import { dictionary, link, moment, shared, word, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import type { Meta, PageProps } from '../lib/page';
import { Done, type Acting } from '../lib/step';
import { A, Heading, State, Table, Waiting } from '../lib/ui';
import { Frame } from '../round/frame';
import { trains } from '../round/stages';
import { DeliverableRow } from '../training/deliverables';
import { PairingRow } from '../training/pairings';
import { Advice, AskDeliverable, PlanMeeting } from '../training/plan';

export const meta: Meta = {
  title: { nl: 'Programma van een ronde', en: 'Programme of a round' },
  about: {
    nl: 'Bijeenkomsten, aanwezigheid, begeleiding en wat deelnemers inleveren.',
    en: 'Meetings, attendance, mentoring and what participants hand in.',
  },
  data: { operation: 'round_get', path: '/rounds/{id}' },
};

const texts = dictionary(
  {
    here: 'Het programma',
    other: 'Deze pagina is voor wie de ronde uitvoert.',
    meetings: 'Bijeenkomsten',
    noMeetings: 'Er zijn nog geen bijeenkomsten gepland.',
    matrix: 'Wie was waar',
    participant: 'Deelnemer',
    nobody: 'Er doet nog geen initiatief mee.',
    legend: 'A is aanwezig, – is afwezig, o is aangemeld, x is afgemeld.',
    pairings: 'Begeleiding',
    noPairings: 'Er is nog niemand voorgesteld.',
    deliverables: 'Ingeleverd',
    noDeliverables: 'Er is nog niets gevraagd.',
    done: 'Het is bijgewerkt.',
  },
  {
    here: 'The programme',
    other: 'This page is for who runs the round.',
    meetings: 'Meetings',
    noMeetings: 'No meetings are planned yet.',
    matrix: 'Who was where',
    participant: 'Participant',
    nobody: 'No initiative takes part yet.',
    legend: 'A is present, – is absent, o is signed up, x is signed off.',
    pairings: 'Mentoring',
    noPairings: 'Nobody is proposed yet.',
    deliverables: 'Handed in',
    noDeliverables: 'Nothing is asked yet.',
    done: 'It is updated.',
  },
);

// While these last a programme can be planned (round_trains).
const plans: readonly RoundState[] = ['decided', 'running', 'table'];
const marks: Record<string, string> = { present: 'A', absent: '–', signed_up: 'o', signed_off: 'x' };

interface MatrixProps {
  meetings: Stored<Meeting>[];
  participants: Stored<Initiative>[];
  attendances: Stored<Attendance>[];
  lang: Lang;
}

const shortName = (one: Meeting, lang: Lang) => `${word('meeting_kind', one.kind, lang)} ${one.number ?? one.title}`;

const Matrix = ({ meetings, participants, attendances, lang }: MatrixProps) => {
  const t = texts(lang);
  const of = (meeting: string, initiative: string) =>
    attendances.find((one) => one.meeting_id === meeting && one.initiative_id === initiative)?.state;
  const held = meetings.filter(({ state }) => state !== 'cancelled');
  return (
    <section class="mw-section mw-matrix" aria-labelledby="matrix">
      <Heading level={2} look={3} id="matrix">
        {t.matrix}
      </Heading>
      {participants.length === 0 ? (
        <p class="mw-quiet">{t.nobody}</p>
      ) : (
        <>
          <p class="mw-quiet">{t.legend}</p>
          <Table
            caption={t.matrix}
            quiet
            rows={participants}
            columns={[
              { head: t.participant, cell: (one) => <A href={`${link('/traject/', lang)}?id=${one.id}`}>{one.title}</A> },
              ...held.map((meeting) => ({
                head: shortName(meeting, lang),
                cell: (one: Stored<Initiative>) => {
                  const state = of(meeting.id, one.id);
                  return state ? <abbr title={word('attendance_state', state, lang)}>{marks[state] ?? ''}</abbr> : '';
                },
              })),
            ]}
          />
        </>
      )}
    </section>
  );
};

const OverviewView = ({ round, lang }: { round: Stored<Round>; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const query = { roundId: round.id };
  const meetings = useListing(() => getAll<Stored<Meeting>>('/meetings', query));
  const attendances = useListing(() => getAll<Stored<Attendance>>('/attendances', query));
  const participants = useListing(async () => (await getAll<Stored<Initiative>>('/initiatives', query)).filter(({ state }) => trains.includes(state)));
  const pairings = useListing(() => getAll<Stored<Pairing>>('/pairings', query));
  const deliverables = useListing(() => getAll<Stored<Deliverable>>('/deliverables', query));
  const act: Acting = async (work) => {
    await work();
    await Promise.all([meetings.reload(), attendances.reload(), pairings.reload(), deliverables.reload()]);
    setSaid(t.done);
  };
  const active = (participants.items ?? []).filter(({ state }) => state === 'in_programme');
  return (
    <>
      <Done text={said} />
      {meetings.items && participants.items && attendances.items ? (
        <Matrix meetings={meetings.items} participants={participants.items} attendances={attendances.items} lang={lang} />
      ) : (
        <p role="status">{shared(lang).loading}</p>
      )}
      <List
        id="meetings"
        title={t.meetings}
        empty={t.noMeetings}
        lang={lang}
        listing={meetings}
        row={(one) => (
          <>
            <div>
              <A href={`${link('/bijeenkomst/', lang)}?id=${one.id}`}>{one.title}</A>
              <br />
              <span class="mw-quiet">
                {shortName(one, lang)}, {moment(one.starts_at, lang)}
              </span>
            </div>
            <State list="meeting_state" state={one.state} lang={lang} />
          </>
        )}
      >
        {plans.includes(round.state) && <PlanMeeting round={round} lang={lang} act={act} />}
      </List>
      <List id="pairings" title={t.pairings} empty={t.noPairings} lang={lang} listing={pairings} row={(one) => <PairingRow one={one} lang={lang} act={act} named />}>
        {plans.includes(round.state) && <Advice round={round} lang={lang} act={act} />}
      </List>
      <List
        id="deliverables"
        title={t.deliverables}
        empty={t.noDeliverables}
        lang={lang}
        listing={deliverables}
        row={(one) => <DeliverableRow one={one} lang={lang} act={act} named />}
      >
        {active.length > 0 && <AskDeliverable participants={active} lang={lang} act={act} />}
      </List>
    </>
  );
};

export default function OverviewPage({ lang, d, fault }: PageProps<Stored<Round>>) {
  const t = texts(lang);
  return d ? (
    <Frame round={d} what={t.here} lang={lang} manager={() => <OverviewView round={d} lang={lang} />} other={t.other} />
  ) : (
    <Waiting lang={lang} title={meta.title[lang]} fault={fault} />
  );
}
