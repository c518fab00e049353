// One meeting of a programme: when and where, signing up, checking in with the code on the screen, and who was there.
import { useEffect, useState } from 'preact/hooks';
import type { Attendance, Initiative, Meeting } from '../gen/api';
import { command, create, get, getAll, may, me, type Stored } from '../lib/api';
import { Act } from '../lib/form';
import { dictionary, link, moment, word, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import type { Meta, PageProps } from '../lib/page';
import { Done, ReasonForm, useTitle, type Acting } from '../lib/step';
import { A, Crumbs, Facts, Fictional, Heading, State, Waiting } from '../lib/ui';
import { CheckIn, Screen } from '../training/check-in';
import { Reschedule } from '../training/reschedule';

export const meta: Meta = {
  title: { nl: 'Bijeenkomst', en: 'Meeting' },
  about: {
    nl: 'Een bijeenkomst van een programma: wanneer, waar, en wie er is.',
    en: 'A meeting of a programme: when, where, and who is there.',
  },
  data: { operation: 'meeting_get', path: '/meetings/{id}' },
};

const texts = dictionary(
  {
    programme: 'Programma',
    kind: 'Soort',
    begins: 'Begint',
    ends: 'Eindigt',
    place: 'Plaats',
    host: 'Onder leiding van',
    places: 'Plaatsen',
    placesOf: (taken: number, all: number) => `${taken} van ${all} bezet`,
    reason: 'Waarom verplaatst of vervallen',
    who: 'Wie er is',
    nobody: 'Er is nog niemand aangemeld.',
    mine: 'Uw aanmelding',
    notYet: 'U bent nog niet aangemeld.',
    signUp: 'Aanmelden',
    join: 'Toch aanmelden',
    leave: 'Afmelden',
    present: 'Aanwezig',
    absent: 'Afwezig',
    hold: 'Bijeenkomst afronden',
    holdNote: 'Wie zich aanmeldde en er niet was, wordt afwezig gemeld.',
    cancel: 'Bijeenkomst laten vervallen',
    cancelHint: 'Wie is aangemeld, leest dit. Dit kunt u niet terugdraaien.',
    entered: (when: string) => `ingecheckt ${when}`,
    done: 'De lijst is bijgewerkt.',
    toRound: 'Naar het programma van deze ronde',
  },
  {
    programme: 'Programme',
    kind: 'Kind',
    begins: 'Begins',
    ends: 'Ends',
    place: 'Place',
    host: 'Led by',
    places: 'Places',
    placesOf: (taken: number, all: number) => `${taken} of ${all} taken`,
    reason: 'Why it was moved or cancelled',
    who: 'Who is there',
    nobody: 'Nobody signed up yet.',
    mine: 'Your place',
    notYet: 'You have not signed up yet.',
    signUp: 'Sign up',
    join: 'Sign up after all',
    leave: 'Sign off',
    present: 'Present',
    absent: 'Absent',
    hold: 'Close the meeting',
    holdNote: 'Who signed up and was not there is recorded as absent.',
    cancel: 'Cancel the meeting',
    cancelHint: 'Who signed up reads this. You cannot take this back.',
    entered: (when: string) => `checked in ${when}`,
    done: 'The list is updated.',
    toRound: 'To the programme of this round',
  },
);

const steps = ['present', 'absent', 'leave', 'join'] as const;

const Row = ({ one, lang, act }: { one: Stored<Attendance>; lang: Lang; act: Acting }) => {
  const t = texts(lang);
  return (
    <>
      <div>
        <b>{one.initiative_title}</b>
        <br />
        <State list="attendance_state" state={one.state} lang={lang} />
        {one.entered_at && <span class="mw-quiet"> {t.entered(moment(one.entered_at, lang))}</span>}
      </div>
      <div>
        {steps
          .filter((name) => may(one, name))
          .map((name) => (
            <Act
              key={name}
              lang={lang}
              kind="secondary"
              label={t[name]}
              about={one.initiative_title}
              act={() => act(() => command('/attendances', one, name))}
            />
          ))}
      </div>
    </>
  );
};

interface PeopleProps {
  meeting: Stored<Meeting>;
  leads: boolean;
  lang: Lang;
  reload: number;
  act: Acting;
}

// Who leads sees everybody; who takes part sees their own, and what of theirs can still sign up.
const People = ({ meeting, leads, lang, reload, act }: PeopleProps) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Stored<Attendance>>('/attendances', { meetingId: meeting.id }));
  const [own, setOwn] = useState<Stored<Initiative>[]>([]);
  useEffect(() => {
    void listing.reload();
  }, [reload]);
  useEffect(() => {
    getAll<Stored<Initiative>>('/initiatives', { roundId: meeting.round_id, mine: true }).then(setOwn, () => undefined);
  }, []);
  const signed = new Set(listing.items?.map(({ initiative_id }) => initiative_id));
  const free = own.filter(({ id, state }) => state === 'in_programme' && !signed.has(id));
  const open = meeting.state === 'planned' || meeting.state === 'moved';
  return (
    <List
      id="people"
      title={leads ? t.who : t.mine}
      empty={leads ? t.nobody : t.notYet}
      lang={lang}
      listing={listing}
      row={(one) => <Row one={one} lang={lang} act={act} />}
    >
      {open &&
        free.map((one) => (
          <Act
            key={one.id}
            lang={lang}
            label={t.signUp}
            about={one.title}
            act={() => act(() => create('/attendances', { meeting_id: meeting.id, initiative_id: one.id }))}
          />
        ))}
    </List>
  );
};

const MeetingFacts = ({ one, lang }: { one: Stored<Meeting>; lang: Lang }) => {
  const t = texts(lang);
  return (
    <Facts
      facts={[
        { term: t.kind, value: `${word('meeting_kind', one.kind, lang)} ${one.number ?? ''}` },
        { term: t.begins, value: moment(one.starts_at, lang) },
        { term: t.ends, value: moment(one.ends_at, lang) },
        { term: t.place, value: one.place },
        { term: t.host, value: one.host_name },
        { term: t.places, value: t.placesOf(one.taken ?? 0, one.capacity) },
        { term: t.reason, value: one.reason },
      ]}
    />
  );
};

const MeetingView = ({ given, lang }: { given: Stored<Meeting>; lang: Lang }) => {
  const t = texts(lang);
  const [one, setOne] = useState(given);
  const [said, setSaid] = useState('');
  const [reload, setReload] = useState(0);
  const [leads, setLeads] = useState(false);
  const [code, setCode] = useState('');
  useTitle(one.title, lang);
  useEffect(() => {
    setCode(new URLSearchParams(location.search).get('code') ?? '');
    void me().then(({ organisation_id: own }) => setLeads(!!own && (own === given.host_id || own === given.manager_id)));
  }, []);
  const refresh = async () => {
    setOne(await get<Stored<Meeting>>(`/meetings/${one.id}`));
    setReload((before) => before + 1);
  };
  const act: Acting = async (work) => {
    await work();
    await refresh();
    setSaid(t.done);
  };
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [one.title]]} />
      <Heading level={1}>{one.title}</Heading>
      <p class="mw-states">
        <State list="meeting_state" state={one.state} lang={lang} /> <Fictional on={one.fictional} lang={lang} />
      </p>
      {code && !leads && <CheckIn id={one.id} code={code} lang={lang} done={refresh} />}
      <Done text={said} />
      <MeetingFacts one={one} lang={lang} />
      {leads && <Screen id={one.id} lang={lang} />}
      <People meeting={one} leads={leads} lang={lang} reload={reload} act={act} />
      {may(one, 'hold') && (
        <section class="mw-panel mw-section--tight">
          <p>{t.holdNote}</p>
          <Act lang={lang} label={t.hold} act={() => act(() => command('/meetings', one, 'hold'))} />
        </section>
      )}
      {may(one, 'reschedule') && <Reschedule key={one.version} one={one} lang={lang} act={act} />}
      {may(one, 'cancel') && (
        <ReasonForm id="cancel" lang={lang} label={t.cancel} hint={t.cancelHint} send={(reason) => act(() => command('/meetings', one, 'cancel', { reason }))} />
      )}
      {may(one, 'cancel') && (
        <p>
          <A href={`${link('/training/', lang)}?id=${one.round_id}`}>{t.toRound}</A>
        </p>
      )}
    </div>
  );
};

export default function MeetingPage({ lang, d, fault }: PageProps<Stored<Meeting>>) {
  return d ? <MeetingView given={d} lang={lang} /> : <Waiting lang={lang} title={meta.title[lang]} fault={fault} />;
}
