// The milestones of an initiative: what will be there on which day, what proves it, and who outside the team says so.
import { useEffect, useState } from 'preact/hooks';
import type { Initiative, Me, Milestone, Seat } from '../gen/api';
import { command, create, get, may, replace, type Stored } from '../lib/api';
import { Files } from '../lib/files';
import { AreaField, SelectField, TextField } from '../lib/form';
import { HandIn } from '../lib/hand-in';
import { date, dictionary, type Lang } from '../lib/i18n';
import { List, type Listing } from '../lib/lists';
import { ReasonForm, StepForm, required, type Telling } from '../lib/step';
import { State } from '../lib/ui';

const texts = dictionary(
  {
    title: 'Mijlpalen',
    none: 'Er zijn nog geen mijlpalen gepland.',
    plan: 'Mijlpaal plannen',
    change: 'Mijlpaal aanpassen',
    what: 'Wat is er dan?',
    whatHint: 'Zo dat iemand anders kan zien of het zo is. Bijvoorbeeld: de keuken draait vijf dagen per week.',
    due: 'Laatste dag',
    by: (day: string) => `Uiterlijk ${day}`,
    hand: 'Bewijs inleveren',
    evidence: 'Waaruit blijkt het?',
    evidenceHint: 'Een tekst, een bestand, of allebei. Geef geen namen van mensen.',
    verify: 'Vaststellen dat het is gehaald',
    seen: 'Wat hebt u gezien?',
    return: 'Teruggeven: er ontbreekt iets',
    reads: 'De aanvrager leest dit.',
    appoint: 'Een partner laten vaststellen',
    partner: 'Welke partner',
    self: 'Uw eigen organisatie',
    looks: (name: string) => `${name} stelt het vast.`,
    who: 'Wie bij het team hoort, het begeleidt of het financiert, stelt niets vast.',
    verified: (day: string) => `Vastgesteld op ${day}`,
    drop: 'Laten vervallen',
    dropSays: 'De mijlpaal telt dan niet meer. Dit kunt u niet terugdraaien.',
    planned: 'De mijlpaal is gepland.',
    done: 'De mijlpaal is bijgewerkt.',
  },
  {
    title: 'Milestones',
    none: 'No milestones are planned yet.',
    plan: 'Plan a milestone',
    change: 'Change the milestone',
    what: 'What will be there?',
    whatHint: 'So that somebody else can see whether it is. For example: the kitchen runs five days a week.',
    due: 'Last day',
    by: (day: string) => `By ${day}`,
    hand: 'Hand in evidence',
    evidence: 'What shows it?',
    evidenceHint: 'A text, a file, or both. Give no names of people.',
    verify: 'Verify that it was reached',
    seen: 'What did you see?',
    return: 'Return: something is missing',
    reads: 'The applicant reads this.',
    appoint: 'Let a partner verify it',
    partner: 'Which partner',
    self: 'Your own organisation',
    looks: (name: string) => `${name} verifies it.`,
    who: 'Who belongs to the team, goes along with it or finances it, verifies nothing.',
    verified: (day: string) => `Verified on ${day}`,
    drop: 'Drop it',
    dropSays: 'The milestone counts no more. You cannot take this back.',
    planned: 'The milestone is planned.',
    done: 'The milestone is updated.',
  },
);

interface OneProps {
  one: Stored<Milestone>;
  lang: Lang;
  act: Telling;
}

const Goal = ({ lang, initiative, old, send }: { lang: Lang; initiative: string; old?: Stored<Milestone>; send: (body: object) => Promise<unknown> }) => {
  const t = texts(lang);
  const [what, setWhat] = useState(old?.what ?? '');
  const [due, setDue] = useState(old?.due_on ?? '');
  return (
    <StepForm
      id={`goal-${old?.id ?? 'new'}`}
      lang={lang}
      label={old ? t.change : t.plan}
      about={old?.what}
      check={() => required({ what: [t.what, what], due_on: [t.due, due] }, lang)}
      send={() => send({ initiative_id: initiative, what: what.trim(), due_on: due })}
    >
      {(slot) => (
        <>
          <AreaField {...slot('what')} label={t.what} hint={t.whatHint} rows={2} value={what} onValue={setWhat} />
          <TextField {...slot('due_on')} label={t.due} type="date" short value={due} onValue={setDue} />
        </>
      )}
    </StepForm>
  );
};

const Verify = ({ one, lang, act }: OneProps) => {
  const t = texts(lang);
  const [remarks, setRemarks] = useState('');
  return (
    <StepForm
      id={`verify-${one.id}`}
      lang={lang}
      label={t.verify}
      about={one.what}
      send={() => act(t.done, () => command('/milestones', one, 'verify', remarks.trim() ? { remarks: remarks.trim() } : {}))}
    >
      {(slot) => <AreaField {...slot('remarks')} label={t.seen} optional value={remarks} onValue={setRemarks} />}
    </StepForm>
  );
};

const Appoint = ({ one, lang, act, programme }: OneProps & { programme: string }) => {
  const t = texts(lang);
  const [partner, setPartner] = useState(one.verifier_id ?? '');
  const [seats, setSeats] = useState<Seat[]>([]);
  useEffect(() => {
    get<{ items: Seat[] }>('/seats', { programmeId: programme }).then(({ items }) => setSeats(items), () => undefined);
  }, [programme]);
  const names = new Map(seats.filter(({ state }) => state === 'taken').map((seat) => [seat.organisation_id, seat.organisation_name ?? '']));
  return (
    <StepForm
      id={`appoint-${one.id}`}
      lang={lang}
      label={t.appoint}
      about={one.what}
      send={() => act(t.done, () => command('/milestones', one, 'appoint', partner ? { organisation_id: partner } : {}))}
    >
      {(slot) => (
        <SelectField {...slot('organisation_id')} label={t.partner} hint={t.who} value={partner} onValue={setPartner} options={[...names]} none={t.self} />
      )}
    </StepForm>
  );
};

const Row = ({ one, lang, act, programme }: OneProps & { programme: string | undefined }) => {
  const t = texts(lang);
  return (
    <>
      <div>
        <b>{one.what}</b> <State list="milestone_state" state={one.state} lang={lang} />
        <div class="mw-quiet">
          {one.verified_at ? t.verified(date(one.verified_at, lang)) : t.by(date(one.due_on, lang))}
          {one.verifier_name && one.state !== 'verified' && <> · {t.looks(one.verifier_name)}</>}
        </div>
        {one.evidence && <p class="mw-long">{one.evidence}</p>}
        <Files documents={one.documents} lang={lang} />
        {one.remarks && <p>“{one.remarks}”</p>}
      </div>
      <div>
        {may(one, 'hand') && (
          <HandIn
            id={one.id}
            lang={lang}
            label={t.hand}
            about={one.what}
            text="evidence"
            ask={t.evidence}
            hint={t.evidenceHint}
            send={(body) => act(t.done, () => command('/milestones', one, 'hand', body))}
          />
        )}
        {may(one, 'verify') && <Verify one={one} lang={lang} act={act} />}
        {may(one, 'return') && (
          <ReasonForm id={`return-${one.id}`} lang={lang} label={t.return} about={one.what} hint={t.reads} send={(reason) => act(t.done, () => command('/milestones', one, 'return', { reason }))} />
        )}
        {may(one, 'put') && (
          <Goal lang={lang} initiative={one.initiative_id} old={one} send={(body) => act(t.done, () => replace(`/milestones/${one.id}`, one.version, body))} />
        )}
        {may(one, 'appoint') && programme && <Appoint one={one} lang={lang} act={act} programme={programme} />}
        {may(one, 'drop') && (
          <StepForm id={`drop-${one.id}`} lang={lang} label={t.drop} about={one.what} send={() => act(t.done, () => command('/milestones', one, 'drop'))}>
            {() => <p>{t.dropSays}</p>}
          </StepForm>
        )}
      </div>
    </>
  );
};

const planning = ['table_ready', 'at_table', 'interest', 'part_financed', 'financed'];

interface Props {
  initiative: Stored<Initiative>;
  programme: string | undefined;
  who: Me;
  lang: Lang;
  act: Telling;
  listing: Listing<Stored<Milestone>>;
}

export const Milestones = ({ initiative, programme, who, lang, act, listing }: Props) => {
  const t = texts(lang);
  const own = who.organisation_id === initiative.applicant_id || who.organisation_id === initiative.manager_id;
  return (
    <>
      <List
        id="milestones"
        title={t.title}
        empty={t.none}
        lang={lang}
        listing={listing}
        row={(one) => <Row one={one} lang={lang} act={act} programme={programme} />}
      />
      {own && listing.items && planning.includes(initiative.state) && (
        <Goal
          key={listing.items.length}
          lang={lang}
          initiative={initiative.id}
          send={(body) => act(t.planned, () => create('/milestones', body))}
        />
      )}
    </>
  );
};
