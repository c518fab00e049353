// Complaints about awards: for who handles them, who lodged one or whom one is about; and who handles those of a buyer.
import { useState } from 'preact/hooks';
import type { Appointment, Me, Objection, Organisation } from '../gen/api';
import { ComplaintCard } from '../deal/complaints';
import type { Complaint } from '../deal/records';
import { command, create, getAll, hasRole, may, type Stored } from '../lib/api';
import { Act, SelectField } from '../lib/form';
import { date, dictionary, link, type Lang } from '../lib/i18n';
import { List, useListing } from '../lib/lists';
import { OwnPage } from '../lib/own-page';
import type { Meta, PageProps } from '../lib/page';
import { Done, StepForm, required, type Telling } from '../lib/step';
import { A, FaultAlert, Heading, State } from '../lib/ui';

export const meta: Meta = {
  title: { nl: 'Klachten en bezwaren', en: 'Complaints and objections' },
  about: {
    nl: 'Klachten over een gunning en bezwaren in een programma, en wie ze onafhankelijk behandelt.',
    en: 'Complaints about an award and objections in a programme, and who handles them independently.',
  },
};

const texts = dictionary(
  {
    title: 'Klachten over een gunning',
    none: 'Er zijn geen klachten waar uw organisatie bij hoort.',
    need: (title: string) => `Naar de vraag: ${title}`,
    objections: 'Bezwaren in programma’s',
    noObjections: 'Er zijn geen bezwaren waar uw organisatie bij hoort.',
    objection: (who: string, against: string) => `${who}, tegen het oordeel van ${against}`,
    handlers: 'Wie klachten over uw gunningen behandelt',
    noHandler: 'Er is nog niemand aangewezen. Zonder klachtbehandelaar met een noodsleutel kunt u geen verzegelde vraag plaatsen.',
    appoint: 'Klachtbehandelaar aanwijzen',
    appointed: 'De klachtbehandelaar is aangewezen, en krijgt bericht.',
    which: 'Welke organisatie',
    whichHint: 'Een andere organisatie, die niet meedoet aan uw inkoop',
    since: (day: string) => `sinds ${day}`,
    ready: 'heeft een noodsleutel',
    notReady: 'heeft nog geen noodsleutel',
    end: 'Aanwijzing beëindigen',
    ended: 'De aanwijzing is beëindigd. Wat loopt, handelt deze organisatie af.',
  },
  {
    title: 'Complaints about an award',
    none: 'There are no complaints that your organisation is part of.',
    need: (title: string) => `To the need: ${title}`,
    objections: 'Objections in programmes',
    noObjections: 'There are no objections that your organisation is part of.',
    objection: (who: string, against: string) => `${who}, against the judgement of ${against}`,
    handlers: 'Who handles complaints about your awards',
    noHandler: 'Nobody is appointed yet. Without a handler with a key for escrow you cannot post a sealed need.',
    appoint: 'Appoint a handler',
    appointed: 'The handler is appointed, and is told.',
    which: 'Which organisation',
    whichHint: 'Another organisation, which takes no part in what you buy',
    since: (day: string) => `since ${day}`,
    ready: 'has a key for escrow',
    notReady: 'has no key for escrow yet',
    end: 'End the appointment',
    ended: 'The appointment is ended. What runs is finished by this organisation.',
  },
);

// Organisations of the kinds that handle complaints.
const candidates = async (): Promise<Organisation[]> =>
  (await Promise.all(['partner', 'municipality', 'platform'].map((kind) => getAll<Organisation>('/organisations', { kind })))).flat();

const Appoint = ({ who, lang, act }: { who: Me; lang: Lang; act: Telling }) => {
  const t = texts(lang);
  const [chosen, setChosen] = useState('');
  const others = useListing(candidates);
  const options = (others.items ?? [])
    .filter((one) => one.id !== who.organisation_id)
    .map((one) => [one.id ?? '', one.name ?? ''] as const);
  return (
    <StepForm
      id="appoint"
      lang={lang}
      label={t.appoint}
      check={() => required({ handler_id: [t.which, chosen] }, lang)}
      send={() => act(t.appointed, () => create<Appointment>('/appointments', { handler_id: chosen }))}
    >
      {(slot) => (
        <SelectField {...slot('handler_id')} label={t.which} hint={t.whichHint} value={chosen} onValue={setChosen} options={options} />
      )}
    </StepForm>
  );
};

const Handlers = ({ who, lang }: { who: Me; lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const listing = useListing(async () =>
    (await getAll<Stored<Appointment>>('/appointments')).filter(({ buyer_id }) => buyer_id === who.organisation_id),
  );
  const act: Telling = async (text, work) => {
    await work();
    await listing.reload();
    setSaid(text);
  };
  const runs = listing.items?.some(({ state }) => state === 'appointed');
  return (
    <>
      <Done text={said} />
      <List
        id="handlers"
        title={t.handlers}
        empty={t.noHandler}
        lang={lang}
        listing={listing}
        row={(one) => (
          <>
            <div>
              <b>{one.handler_name}</b>
              <br />
              {t.since(date(one.created_at, lang))}
              {one.state === 'appointed' && `, ${one.escrow_ready ? t.ready : t.notReady}`}
            </div>
            <div>
              <State list="appointment_state" state={one.state} lang={lang} />
              {may(one, 'end') && (
                <Act
                  lang={lang}
                  kind="secondary"
                  label={t.end}
                  about={one.handler_name}
                  act={() => act(t.ended, () => command('/appointments', one, 'end'))}
                />
              )}
            </div>
          </>
        )}
      >
        {!runs && <Appoint who={who} lang={lang} act={act} />}
      </List>
    </>
  );
};

const Complaints = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const [said, setSaid] = useState('');
  const listing = useListing(() => getAll<Complaint>('/complaints'));
  const act: Telling = async (text, work) => {
    await work();
    await listing.reload();
    setSaid(text);
  };
  return (
    <section class="mw-section" aria-labelledby="complaints">
      <Heading level={2} look={3} id="complaints">
        {t.title}
      </Heading>
      <Done text={said} />
      {listing.fault && <FaultAlert fault={listing.fault} lang={lang} />}
      {listing.items?.length === 0 && <p class="mw-quiet">{t.none}</p>}
      {listing.items?.map((one) => (
        <div key={one.id}>
          <p>
            <A href={`${link('/deal/', lang)}?id=${one.need_id}`}>{t.need(one.need_title ?? '')}</A>
          </p>
          <ComplaintCard complaint={one} lang={lang} act={act} />
        </div>
      ))}
    </section>
  );
};

// Objections against being found ineligible; the page of the initiative has all of one.
const Objections = ({ lang }: { lang: Lang }) => {
  const t = texts(lang);
  const listing = useListing(() => getAll<Stored<Objection>>('/objections'));
  return (
    <List
      id="objections"
      title={t.objections}
      empty={t.noObjections}
      lang={lang}
      listing={listing}
      row={(one) => (
        <>
          <div>
            <A href={`${link('/initiatief/', lang)}?id=${one.initiative_id}`}>{one.title}</A>
            <br />
            {t.objection(one.applicant_name ?? '', one.manager_name ?? '')}
          </div>
          <State list="objection_state" state={one.state} lang={lang} />
        </>
      )}
    />
  );
};

export default function ComplaintsPage({ lang }: PageProps) {
  return (
    <OwnPage lang={lang} meta={meta}>
      {(who) => (
        <>
          <Complaints lang={lang} />
          <Objections lang={lang} />
          {hasRole(who, 'ADMIN') && hasRole(who, 'BUYER') && <Handlers who={who} lang={lang} />}
        </>
      )}
    </OwnPage>
  );
}
