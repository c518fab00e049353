// The programme of one initiative: how far it is, its meetings, who goes along with it, and what it hands in.
import { useEffect, useState } from 'preact/hooks';
import type { Attendance, Deliverable, Initiative, Me, Meeting, Pairing, Progress } from '../gen/api';
import { Fault, command, faultOf, get, getAll, may, me, type Stored } from '../lib/api';
import { AreaField, TextField } from '../lib/form';
import { dictionary, link, moment, number, word, type Lang } from '../lib/i18n';
import { fiveOn } from '../lib/input';
import { List, useListing } from '../lib/lists';
import type { Meta, PageProps } from '../lib/page';
import { Done, ReasonForm, StepForm, required, useTitle, type Acting } from '../lib/step';
import { A, Alert, ButtonLink, Crumbs, Heading, Meter, State, Waiting } from '../lib/ui';
import { trains } from '../round/stages';
import { DeliverableRow } from '../training/deliverables';
import { PairingRow } from '../training/pairings';

export const meta: Meta = {
  title: { nl: 'Uw programma', en: 'Your programme' },
  about: {
    nl: 'Bijeenkomsten, begeleiding en wat u inlevert, van één initiatief.',
    en: 'Meetings, mentoring and what you hand in, of one initiative.',
  },
  data: { operation: 'initiative_get', path: '/initiatives/{id}' },
};

const texts = dictionary(
  {
    programme: 'Programma',
    here: 'Het programma',
    steps: 'Wat u nu kunt doen',
    stopSays: 'U geeft uw plaats terug. Dit kunt u niet terugdraaien. Het programma leest waarom.',
    reads: 'De aanvrager leest dit.',
    far: 'Hoe ver het is',
    modules: (had: string, needed: string) => `${had} van ${needed} modules gevolgd`,
    modulesFree: (had: string) => `${had} modules gevolgd`,
    needs: (what: string) => `Nog goed te keuren: ${what}`,
    noRule: 'Deze ronde stelt geen eisen aan het certificaat.',
    met: 'Aan de regel voor het certificaat is voldaan.',
    certificate: 'Certificaat (PDF)',
    meetings: 'Bijeenkomsten',
    noMeetings: 'Er zijn nog geen bijeenkomsten gepland.',
    notSigned: 'niet aangemeld',
    mentors: 'Mentor en coach',
    noMentors: 'Er is nog geen mentor of coach voorgesteld.',
    deliverables: 'Wat u inlevert',
    noDeliverables: 'Er is nog niets gevraagd.',
    warned: (until: string) => `Waarschuwing. Dit moet anders voor ${until}:`,
    lapses: (when: string) => `Het initiatief pauzeert. Gaat het voor ${when} niet verder, dan stopt het.`,
    stop: 'Stoppen met het programma',
    pause: 'Laten pauzeren',
    resume: 'Weer laten meedoen',
    warn: 'Waarschuwen',
    why: 'Wat moet er anders?',
    until: 'Voor wanneer',
    done: 'Het is bijgewerkt.',
  },
  {
    programme: 'Programme',
    here: 'The programme',
    steps: 'What you can do now',
    stopSays: 'You give your place back. You cannot take this back. The programme reads why.',
    reads: 'The applicant reads this.',
    far: 'How far it is',
    modules: (had: string, needed: string) => `${had} of ${needed} modules attended`,
    modulesFree: (had: string) => `${had} modules attended`,
    needs: (what: string) => `Still to be accepted: ${what}`,
    noRule: 'This round asks nothing for the certificate.',
    met: 'The rule of the certificate is met.',
    certificate: 'Certificate (PDF)',
    meetings: 'Meetings',
    noMeetings: 'No meetings are planned yet.',
    notSigned: 'not signed up',
    mentors: 'Mentor and coach',
    noMentors: 'No mentor or coach is proposed yet.',
    deliverables: 'What you hand in',
    noDeliverables: 'Nothing is asked yet.',
    warned: (until: string) => `Warning. This has to change by ${until}:`,
    lapses: (when: string) => `The initiative pauses. Unless it goes on by ${when}, it drops out.`,
    stop: 'Leave the programme',
    pause: 'Let it pause',
    resume: 'Let it take part again',
    warn: 'Warn',
    why: 'What has to change?',
    until: 'By when',
    done: 'It is updated.',
  },
);

// Who came this far had the certificate.
const certified = trains.slice(trains.indexOf('table_ready'));

const Far = ({ progress, id, finished, lang }: { progress: Progress; id: string; finished: boolean; lang: Lang }) => {
  const t = texts(lang);
  const had = number(progress.meetings, lang), needed = number(progress.meetings_needed, lang);
  const asks = progress.meetings_needed > 0 || (progress.needed ?? []).length > 0;
  const missing = (progress.needed ?? []).filter((kind) => !progress.accepted?.includes(kind));
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby="far">
      <Heading level={2} look={4} id="far">
        {t.far}
      </Heading>
      <p>{progress.meetings_needed > 0 ? t.modules(had, needed) : t.modulesFree(had)}</p>
      {progress.meetings_needed > 0 && <Meter part={Math.min(progress.meetings, progress.meetings_needed)} of={progress.meetings_needed} />}
      {missing.length > 0 && <p>{t.needs(missing.map((kind) => word('deliverable_kind', kind, lang)).join(', '))}</p>}
      {progress.certified && <p>{asks ? t.met : t.noRule}</p>}
      {finished && (
        <p class="mw-actions">
          <ButtonLink kind="secondary" icon="download" href={`/v1/initiatives/${id}/certificate`}>
            {t.certificate}
          </ButtonLink>
        </p>
      )}
    </section>
  );
};

const Meetings = ({ one, lang }: { one: Stored<Initiative>; lang: Lang }) => {
  const t = texts(lang);
  const [mine, setMine] = useState<Attendance[]>([]);
  const listing = useListing(async () => {
    setMine(await getAll<Attendance>('/attendances', { initiativeId: one.id }));
    return getAll<Stored<Meeting>>('/meetings', { roundId: one.round_id });
  });
  return (
    <List
      id="meetings"
      title={t.meetings}
      empty={t.noMeetings}
      lang={lang}
      listing={listing}
      row={(meeting) => {
        const attendance = mine.find(({ meeting_id }) => meeting_id === meeting.id);
        return (
          <>
            <div>
              <A href={`${link('/bijeenkomst/', lang)}?id=${meeting.id}`}>{meeting.title}</A>
              <br />
              <span class="mw-quiet">
                {word('meeting_kind', meeting.kind, lang)} {meeting.number}, {moment(meeting.starts_at, lang)}
              </span>
            </div>
            <div>
              {meeting.state !== 'planned' && <State list="meeting_state" state={meeting.state} lang={lang} />}{' '}
              {attendance ? (
                <State list="attendance_state" state={attendance.state} lang={lang} />
              ) : (
                <span class="mw-quiet">{t.notSigned}</span>
              )}
            </div>
          </>
        );
      }}
    />
  );
};

const Warn = ({ one, lang, act }: { one: Stored<Initiative>; lang: Lang; act: Acting }) => {
  const t = texts(lang);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  return (
    <StepForm
      id="warn"
      lang={lang}
      label={t.warn}
      check={() => required({ reason: [t.why, reason], until: [t.until, until] }, lang)}
      send={() => act(() => command('/initiatives', one, 'warn', { reason: reason.trim(), until: fiveOn(until) }))}
    >
      {(slot) => (
        <>
          <AreaField {...slot('reason')} label={t.why} value={reason} onValue={setReason} />
          <TextField {...slot('until')} label={t.until} type="date" short value={until} onValue={setUntil} />
        </>
      )}
    </StepForm>
  );
};

const Steps = ({ one, applies, lang, act }: { one: Stored<Initiative>; applies: boolean; lang: Lang; act: Acting }) => {
  const t = texts(lang);
  if (!['warn', 'pause', 'resume', 'stop'].some((name) => may(one, name))) return null;
  return (
    <section class="mw-panel mw-section--tight mw-steps" aria-labelledby="steps">
      <Heading level={2} look={4} id="steps">
        {t.steps}
      </Heading>
      {may(one, 'warn') && <Warn one={one} lang={lang} act={act} />}
      {(['pause', 'resume', 'stop'] as const)
        .filter((name) => may(one, name))
        .map((name) => (
          <ReasonForm
            key={name}
            id={name}
            lang={lang}
            label={t[name]}
            hint={name === 'stop' && applies ? t.stopSays : t.reads}
            send={(reason) => act(() => command('/initiatives', one, name, { reason }))}
          />
        ))}
    </section>
  );
};

const TrainingView = ({ given, who, lang }: { given: Stored<Initiative>; who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [one, setOne] = useState(given);
  const own = who.organisation_id;
  const [progress, setProgress] = useState<Progress>();
  const [said, setSaid] = useState('');
  useTitle(one.title, lang);
  const pairings = useListing(() => getAll<Stored<Pairing>>('/pairings', { initiativeId: given.id }));
  const deliverables = useListing(() => getAll<Stored<Deliverable>>('/deliverables', { initiativeId: given.id }));
  const look = async () => {
    setOne(await get<Stored<Initiative>>(`/initiatives/${given.id}`));
    if (own === given.applicant_id || own === given.manager_id) setProgress(await get<Progress>(`/initiatives/${given.id}/progress`));
  };
  useEffect(() => void look().catch(() => undefined), []);
  const act: Acting = async (work) => {
    await work();
    await Promise.all([look(), pairings.reload(), deliverables.reload()]);
    setSaid(t.done);
  };
  const finished = certified.includes(one.state);
  return (
    <div class="mw-wrap mw-page">
      <Crumbs lang={lang} trail={[[t.programme, '/programma/'], [one.title, `/initiatief/?id=${one.id}`], [t.here]]} />
      <Heading level={1}>{one.title}</Heading>
      <p class="mw-states">
        <State list="initiative_state" state={one.state} lang={lang} />
      </p>
      <Done text={said} />
      {one.warned_until && (
        <Alert title={t.warned(moment(one.warned_until, lang))}>
          <p>{one.warning}</p>
        </Alert>
      )}
      {one.state === 'paused' && one.lapses_at && <Alert>{t.lapses(moment(one.lapses_at, lang))}</Alert>}
      {progress && <Far progress={progress} id={one.id} finished={finished} lang={lang} />}
      <Meetings one={one} lang={lang} />
      <List id="mentors" title={t.mentors} empty={t.noMentors} lang={lang} listing={pairings} row={(pairing) => <PairingRow one={pairing} lang={lang} act={act} />} />
      <List
        id="deliverables"
        title={t.deliverables}
        empty={t.noDeliverables}
        lang={lang}
        listing={deliverables}
        row={(each) => <DeliverableRow one={each} lang={lang} act={act} />}
      />
      <Steps one={one} applies={own === one.applicant_id} lang={lang} act={act} />
    </div>
  );
};

// An initiative may be public; its programme is not.
const ForSomebody = ({ given, lang }: { given: Stored<Initiative>; lang: Lang }) => {
  const [who, setWho] = useState<Me>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    me().then(
      (found) => (found.account_id ? setWho(found) : setFault(new Fault(401, '', ''))),
      (thrown: unknown) => setFault(faultOf(thrown)),
    );
  }, []);
  return who ? (
    <TrainingView given={given} who={who} lang={lang} />
  ) : (
    <Waiting lang={lang} title={given.title} {...(fault ? { fault } : {})} />
  );
};

export default function TrainingPage({ lang, d, fault }: PageProps<Stored<Initiative>>) {
  return d ? <ForSomebody given={d} lang={lang} /> : <Waiting lang={lang} title={meta.title[lang]} fault={fault} />;
}
