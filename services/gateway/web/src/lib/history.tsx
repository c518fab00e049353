// What happened to a thing and to what belongs to it: when, by which side, and why; never by which person. From the stream, as far as
// the caller may read it.
import { useEffect, useState } from 'preact/hooks';
import type { Event, EventPage } from '../gen/api';
import { sides } from '../gen/words';
import { faultOf, get, me, type Fault } from './api';
import { belongsTo, namesOf } from './belongs';
import { dictionary, moment, shared, word, type Lang } from './i18n';
import { FaultAlert, Heading, Hidden } from './ui';

const texts = dictionary(
  {
    title: 'Wat er gebeurde',
    show: 'Toon de tijdlijn',
    none: 'Er is nog niets vastgelegd dat u mag zien.',
    system: 'vanzelf, door het platform',
    own: 'uw organisatie',
    by: (who: string) => `door ${who}`,
  },
  {
    title: 'What happened',
    show: 'Show the timeline',
    none: 'Nothing was recorded yet that you may see.',
    system: 'by itself, by the platform',
    own: 'your organisation',
    by: (who: string) => `by ${who}`,
  },
);

// "nl.meerwaarde.order_placed.v1" is order_placed.
const nameOf = (event: Event) => event.type.split('.')[2] ?? '';

const textIn = (event: Event, field: string): string | undefined => {
  const value = event.data[field];
  return typeof value === 'string' ? value : undefined;
};

interface Names {
  own: string | undefined; // the caller's organisation
  names: Readonly<Record<string, string | undefined>>; // of the organisations that take part
}

const byWhom = (event: Event, { own, names }: Names, lang: Lang): string => {
  const [role, field] = sides[nameOf(event)] ?? [];
  if (!role) return '';
  if (role === 'SYSTEM') return texts(lang).system;
  const org = field && textIn(event, field);
  const called = org && (org === own ? texts(lang).own : names[org]);
  return texts(lang).by(called || word('role', role, lang).toLowerCase());
};

// What people gave as a reason is part of what happened.
const reasonIn = (event: Event) =>
  Object.keys(event.data)
    .filter((field) => field === 'motivation' || field === 'reason' || field.endsWith('_reason'))
    .map((field) => textIn(event, field))
    .find(Boolean);

// A reason stays in the record; it is told of the event that brought it.
const withReasons = (events: Event[]) => {
  const told = new Set<string>();
  return events.map((event) => {
    const reason = reasonIn(event);
    const key = `${event.subject} ${reason}`;
    const fresh = reason && !told.has(key);
    if (fresh) told.add(key);
    return { event, reason: fresh ? reason : undefined };
  });
};

const most_subjects = 100; // in one question

interface About {
  noun: string;
  thing: { id: string };
  moved?: unknown; // is another one when something happened since
  alone?: boolean; // nothing of what belongs to it
}

const itself = ({ noun, thing }: About) => ({ subjects: [`${noun}/${thing.id}`], names: namesOf([thing]) });

const told = async (about: About) => {
  const [who, { subjects, names }] = await Promise.all([
    me(),
    about.alone ? itself(about) : belongsTo(about.noun, about.thing),
  ]);
  const turns = Array.from({ length: Math.ceil(subjects.length / most_subjects) }, (_, at) =>
    subjects.slice(at * most_subjects, (at + 1) * most_subjects),
  );
  const pages = await Promise.all(
    turns.map((subject) => get<EventPage>('/events', { subject, limit: 1000 })),
  );
  const events = pages.flatMap(({ items }) => items).sort((a, b) => a.time.localeCompare(b.time));
  return { events, names: { own: who.organisation_id, names } };
};

const useEvents = (about: About) => {
  const [found, setFound] = useState<Awaited<ReturnType<typeof told>>>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    told(about).then(setFound, (thrown: unknown) => setFault(faultOf(thrown)));
  }, [about.thing.id, about.moved]);
  return { found, fault };
};

type TimelineProps = About & { lang: Lang };

const Timeline = ({ lang, ...about }: TimelineProps) => {
  const { found, fault } = useEvents(about);
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!found) return <p role="status">{shared(lang).loading}</p>;
  const { events, names } = found;
  if (events.length === 0) return <p class="mw-quiet">{texts(lang).none}</p>;
  return (
    <ol class="mw-history">
      {withReasons(events).map(({ event, reason }) => (
        <li key={event.id}>
          <span class="mw-quiet">
            <time dateTime={event.time}>{moment(event.time, lang)}</time>
          </span>
          <span>
            <strong>{word('told', nameOf(event), lang)}</strong>{' '}
            <span class="mw-quiet">{byWhom(event, names, lang)}</span>
            {reason && <q class="mw-history__reason">{reason}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
};

// Folded, and asked for only when somebody opens it.
export const History = (props: TimelineProps) => {
  const t = texts(props.lang);
  const [open, setOpen] = useState(false);
  return (
    <section class="mw-section" aria-labelledby="history">
      <Heading level={2} look={3} id="history">
        {t.title}
      </Heading>
      <details class="mw-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.show}</summary>
        {open && <Timeline {...props} />}
      </details>
    </section>
  );
};

// The same of one record alone, within its own frame.
export const Trail = (props: Omit<TimelineProps, 'alone'> & { about: string }) => {
  const [open, setOpen] = useState(false);
  return (
    <details class="mw-more mw-trail" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {texts(props.lang).title}
        <Hidden>: {props.about}</Hidden>
      </summary>
      {open && <Timeline {...props} alone />}
    </details>
  );
};
