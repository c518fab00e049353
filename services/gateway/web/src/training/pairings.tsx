// Who goes along with an initiative: saying yes or no, booking hours, and ending it.
import { useState } from 'preact/hooks';
import type { Pairing } from '../gen/api';
import { command, may, type Stored } from '../lib/api';
import { Act, AreaField, TextField } from '../lib/form';
import { dictionary, link, number, word, type Lang } from '../lib/i18n';
import { ReasonForm, StepForm, countOf, required, type Acting } from '../lib/step';
import { A, State } from '../lib/ui';

const texts = dictionary(
  {
    with: 'met',
    hours: (booked: string, all: string) => `${booked} van ${all} uur geboekt`,
    reason: 'Reden',
    accept: 'Ja, wij gaan samen verder',
    decline: 'Nee, liever niet',
    end: 'Begeleiding beëindigen',
    reads: 'Het initiatief, de mentor of coach en het programma lezen dit.',
    book: 'Uren boeken',
    day: 'Dag',
    minutes: 'Minuten',
    note: 'Waaraan',
    noCount: 'Vul een aantal minuten in, bijvoorbeeld 90.',
  },
  {
    with: 'with',
    hours: (booked: string, all: string) => `${booked} of ${all} hours booked`,
    reason: 'Reason',
    accept: 'Yes, we go on together',
    decline: 'No, rather not',
    end: 'End the mentoring',
    reads: 'The initiative, the mentor or coach and the programme read this.',
    book: 'Book hours',
    day: 'Day',
    minutes: 'Minutes',
    note: 'On what',
    noCount: 'Give a number of minutes, for example 90.',
  },
);

const hours = (minutes: number, lang: Lang) => number(minutes / 60, lang, minutes % 60 ? 1 : 0);

interface OneProps {
  one: Stored<Pairing>;
  lang: Lang;
  act: Acting;
}

const Book = ({ one, lang, act }: OneProps) => {
  const t = texts(lang);
  const [day, setDay] = useState('');
  const [minutes, setMinutes] = useState('');
  const [note, setNote] = useState('');
  return (
    <StepForm
      id={`book-${one.id}`}
      lang={lang}
      label={t.book}
      about={one.title}
      check={() => ({ ...required({ day: [t.day, day] }, lang), ...(countOf(minutes) ? {} : { minutes: t.noCount }) })}
      send={() => act(() => command('/pairings', one, 'book', { day, minutes: countOf(minutes), ...(note.trim() ? { note: note.trim() } : {}) }))}
    >
      {(slot) => (
        <>
          <TextField {...slot('day')} label={t.day} type="date" short value={day} onValue={setDay} />
          <TextField {...slot('minutes')} label={t.minutes} short value={minutes} onValue={setMinutes} />
          <AreaField {...slot('note')} label={t.note} optional rows={2} value={note} onValue={setNote} />
        </>
      )}
    </StepForm>
  );
};

// `named` where there is more than one initiative.
export const PairingRow = ({ one, lang, act, named }: OneProps & { named?: boolean }) => {
  const t = texts(lang);
  const send = (name: string, body: object = {}) => act(() => command('/pairings', one, name, body));
  return (
    <>
      <div>
        {named && (
          <>
            <A href={`${link('/traject/', lang)}?id=${one.initiative_id}`}>{one.title}</A> {t.with}{' '}
          </>
        )}
        <b>{one.mentor_name}</b> <State list="pairing_state" state={one.state} lang={lang} />
        <div class="mw-quiet">
          {word('mentor_role', one.role, lang)}, {one.organisation_name}
          <br />
          {t.hours(hours(one.minutes ?? 0, lang), number(one.hours ?? 0, lang))}
          {one.reason && (
            <>
              <br />
              {t.reason}: {one.reason}
            </>
          )}
        </div>
      </div>
      <div>
        {may(one, 'accept') && <Act lang={lang} label={t.accept} about={one.title} act={() => send('accept')} />}
        {may(one, 'book') && <Book key={one.version} one={one} lang={lang} act={act} />}
        {(['decline', 'end'] as const)
          .filter((name) => may(one, name))
          .map((name) => (
            <ReasonForm key={name} id={`${name}-${one.id}`} lang={lang} label={t[name]} about={one.title} hint={t.reads} send={(reason) => send(name, { reason })} />
          ))}
      </div>
    </>
  );
};
