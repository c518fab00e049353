// Planning the programme of a round: a meeting, what initiatives hand in, and who goes along with whom.
import { useEffect, useState } from 'preact/hooks';
import type { Initiative, PairingAdvice, PairingFit, Round, Seat } from '../gen/api';
import { create, get, type Stored } from '../lib/api';
import { Act, SelectField, TextField, optionsOf, type Faults } from '../lib/form';
import { dictionary, number, type Lang } from '../lib/i18n';
import { fiveOn, momentOf } from '../lib/input';
import { StepForm, countOf, required, type Acting } from '../lib/step';
import { Badge, Table } from '../lib/ui';

const texts = dictionary(
  {
    plan: 'Bijeenkomst plannen',
    kind: 'Soort',
    number: 'Nummer',
    title: 'Onderwerp',
    begins: 'Begint',
    ends: 'Eindigt',
    place: 'Plaats, of adres van een gesprek',
    capacity: 'Plaatsen',
    noCount: 'Vul een heel getal in.',
    order: 'Het einde komt na het begin.',
    host: 'Onder leiding van',
    self: 'Uw eigen organisatie',
    ask: 'Iets laten inleveren door alle deelnemers',
    what: 'Wat',
    due: 'Tot en met',
    advice: 'Wie past bij wie',
    role: 'Voor',
    hours: 'Uren per initiatief',
    look: 'Voorstel laten zien',
    propose: 'Voorstellen',
    best: 'voorgesteld',
    who: 'Initiatief en mentor',
    score: 'Samen',
    skills: 'Kennis',
    goals: 'Doel',
    region: 'Nabij',
    room: 'Ruimte',
    caption: 'Hoe goed mentoren passen, in procenten; de delen tellen op',
    none: 'Er is niemand meer voor te stellen.',
  },
  {
    plan: 'Plan a meeting',
    kind: 'Kind',
    number: 'Number',
    title: 'Subject',
    begins: 'Begins',
    ends: 'Ends',
    place: 'Place, or the address of a call',
    capacity: 'Places',
    noCount: 'Give a whole number.',
    order: 'The end comes after the beginning.',
    host: 'Led by',
    self: 'Your own organisation',
    ask: 'Ask all participants to hand something in',
    what: 'What',
    due: 'By',
    advice: 'Who fits whom',
    role: 'For',
    hours: 'Hours for each initiative',
    look: 'Show a proposal',
    propose: 'Propose',
    best: 'proposed',
    who: 'Initiative and mentor',
    score: 'Together',
    skills: 'Knowledge',
    goals: 'Goal',
    region: 'Near',
    room: 'Room',
    caption: 'How well mentors fit, in per cent; the parts add up',
    none: 'There is nobody left to propose.',
  },
);

interface PlanProps {
  round: Stored<Round>;
  lang: Lang;
  act: Acting;
}

const leading = ['expert', 'host', 'mentor', 'coach'];

export const PlanMeeting = ({ round, lang, act }: PlanProps) => {
  const t = texts(lang);
  const [kind, setKind] = useState('module');
  const [nth, setNth] = useState('');
  const [title, setTitle] = useState('');
  const [begins, setBegins] = useState('');
  const [ends, setEnds] = useState('');
  const [place, setPlace] = useState('');
  const [capacity, setCapacity] = useState('15');
  const [host, setHost] = useState('');
  const [seats, setSeats] = useState<Seat[]>([]);
  useEffect(() => {
    get<{ items: Seat[] }>('/seats', { programmeId: round.programme_id }).then(({ items }) => setSeats(items), () => undefined);
  }, []);
  const hosts = seats
    .filter(({ role, state }) => leading.includes(role) && state === 'taken')
    .map((seat) => [seat.organisation_id, seat.organisation_name ?? ''] as const);
  const body = () => ({
    round_id: round.id,
    kind,
    title: title.trim(),
    starts_at: momentOf(begins),
    ends_at: momentOf(ends),
    capacity: countOf(capacity),
    ...(countOf(nth) ? { number: countOf(nth) } : {}),
    ...(place.trim() ? { place: place.trim() } : {}),
    ...(host ? { host_id: host } : {}),
  });
  const check = () => ({
    ...required({ title: [t.title, title], starts_at: [t.begins, begins], ends_at: [t.ends, ends] }, lang),
    ...(begins && ends && ends <= begins ? { ends_at: t.order } : {}),
    ...(countOf(capacity) ? {} : { capacity: t.noCount }),
  });
  return (
    <StepForm id="plan" lang={lang} label={t.plan} check={check} send={() => act(() => create('/meetings', body()))}>
      {(slot) => (
        <>
          <SelectField {...slot('kind')} label={t.kind} value={kind} onValue={setKind} options={optionsOf('meeting_kind', lang)} />
          <TextField {...slot('number')} label={t.number} optional short value={nth} onValue={setNth} />
          <TextField {...slot('title')} label={t.title} value={title} onValue={setTitle} />
          <TextField {...slot('starts_at')} label={t.begins} type="datetime-local" short value={begins} onValue={setBegins} />
          <TextField {...slot('ends_at')} label={t.ends} type="datetime-local" short value={ends} onValue={setEnds} />
          <TextField {...slot('place')} label={t.place} optional value={place} onValue={setPlace} />
          <TextField {...slot('capacity')} label={t.capacity} short value={capacity} onValue={setCapacity} />
          <SelectField {...slot('host_id')} label={t.host} value={host} onValue={setHost} options={hosts} none={t.self} />
        </>
      )}
    </StepForm>
  );
};

export const AskDeliverable = ({ participants, lang, act }: { participants: Stored<Initiative>[]; lang: Lang; act: Acting }) => {
  const t = texts(lang);
  const [kind, setKind] = useState('business_case');
  const [due, setDue] = useState('');
  const ask = async () => {
    const end = due ? { due_at: fiveOn(due) } : {};
    for (const one of participants) await create('/deliverables', { initiative_id: one.id, kind, ...end });
  };
  return (
    <StepForm id="ask" lang={lang} label={t.ask} send={() => act(ask)}>
      {(slot) => (
        <>
          <SelectField {...slot('kind')} label={t.what} value={kind} onValue={setKind} options={optionsOf('deliverable_kind', lang)} />
          <TextField {...slot('due_at')} label={t.due} type="date" optional short value={due} onValue={setDue} />
        </>
      )}
    </StepForm>
  );
};

const percent = (ppm: number, lang: Lang) => number(ppm / 10_000, lang, 1);

export const Advice = ({ round, lang, act }: PlanProps) => {
  const t = texts(lang);
  const [role, setRole] = useState('mentor');
  const [hours, setHours] = useState('12');
  const [fits, setFits] = useState<PairingFit[]>();
  const look = async () => setFits((await get<PairingAdvice>(`/rounds/${round.id}/pairing-advice`, { role, hours: countOf(hours) })).items);
  const propose = (fit: PairingFit) =>
    act(async () => {
      await create('/pairings', { initiative_id: fit.initiative_id, mentor_id: fit.mentor_id, hours: countOf(hours) });
      await look();
    });
  return (
    <>
      <StepForm id="advice" lang={lang} label={t.advice} submit={t.look} check={(): Faults => (countOf(hours) ? {} : { hours: t.noCount })} send={look}>
        {(slot) => (
          <>
            <SelectField {...slot('role')} label={t.role} value={role} onValue={setRole} options={optionsOf('mentor_role', lang)} />
            <TextField {...slot('hours')} label={t.hours} short value={hours} onValue={setHours} />
          </>
        )}
      </StepForm>
      {fits?.length === 0 && <p class="mw-quiet">{t.none}</p>}
      {fits && fits.length > 0 && (
        <Table
          caption={t.caption}
          rows={fits}
          columns={[
            {
              head: t.who,
              cell: (fit) => (
                <>
                  {fit.title}: {fit.mentor_name} {fit.proposed && <Badge tone="good">{t.best}</Badge>}
                </>
              ),
            },
            { head: t.score, number: true, cell: (fit) => percent(fit.score, lang) },
            { head: t.skills, number: true, cell: (fit) => percent(fit.skills, lang) },
            { head: t.goals, number: true, cell: (fit) => percent(fit.goals, lang) },
            { head: t.region, number: true, cell: (fit) => percent(fit.region, lang) },
            { head: t.room, number: true, cell: (fit) => percent(fit.room, lang) },
            {
              head: t.propose,
              cell: (fit) => <Act lang={lang} kind="secondary" label={t.propose} about={`${fit.title}, ${fit.mentor_name}`} act={() => propose(fit)} />,
            },
          ]}
        />
      )}
    </>
  );
};
