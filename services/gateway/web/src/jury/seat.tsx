// The seat of a juror: taking it, saying where one is not impartial before anything is to be read, and leaving it.
import { useEffect, useState } from 'preact/hooks';
import type { Candidate, ConflictKind, Juror, Round } from '../gen/api';
import { command, create, faultOf, get, may, type Fault, type Stored } from '../lib/api';
import { Act, AreaField, Check, FaultSummary, SelectField, optionsOf, useDoing, type Faults } from '../lib/form';
import { dictionary, shared, type Lang } from '../lib/i18n';
import type { Acting } from '../lib/step';
import { Button, FaultAlert, Heading } from '../lib/ui';

const texts = dictionary(
  {
    seat: 'Uw plaats in de jury',
    seatAbout:
      'Uw organisatie heeft een stoel in de jury. Neemt u plaats, dan geeft u eerst aan bij wie u niet onpartijdig bent. Daarna pas leest u dossiers.',
    take: 'Plaats nemen in de jury',
    stale: 'Uw e-mailadressen zijn veranderd',
    staleAbout: 'Ze worden vergeleken met die van wie meedoen. Tot dat gebeurd is, kunt u niets lezen.',
    refresh: 'Adressen vergelijken',
    declare: 'Waar bent u niet onpartijdig?',
    declareAbout:
      'Dit zijn de initiatieven van deze ronde, in willekeurige volgorde. Kruis aan bij welke u niet onpartijdig bent: u werkt of werkte er, het is familie, of er is geld mee gemoeid. U beoordeelt die niet en leest er niets van. Ontbreekt er een initiatief, dan is al bekend dat u het niet beoordeelt.',
    nobody: 'Er is niemand van wie u dit hoeft te zeggen.',
    partial: 'Ik ben hier niet onpartijdig',
    by: (name: string) => `van ${name}`,
    why: 'Waarom?',
    whyMissing: (title: string) => `${title}: kies waarom u niet onpartijdig bent.`,
    note: 'Toelichting',
    noteHint: 'Wie de ronde uitvoert leest dit.',
    sure: 'U kunt dit niet meer veranderen. Merkt u later dat u toch niet onpartijdig bent, dan geeft u die beoordeling terug.',
    send: 'Vastleggen en verder',
    leave: 'Uit de jury gaan',
    leaveAbout: 'Wat u vastzette blijft tellen. Wat u nog moest beoordelen, gaat naar anderen.',
  },
  {
    seat: 'Your place in the jury',
    seatAbout:
      'Your organisation has a seat in the jury. When you take it, you first say of whom you are not impartial. Only then do you read dossiers.',
    take: 'Take a place in the jury',
    stale: 'Your e-mail addresses changed',
    staleAbout: 'They are compared with those of who applies. Until that is done you can read nothing.',
    refresh: 'Compare addresses',
    declare: 'Where are you not impartial?',
    declareAbout:
      'These are the initiatives of this round, in an order of chance. Tick those of which you are not impartial: you work or worked there, it is family, or money is involved. You do not judge those and read nothing of them. When an initiative is missing, it is known already that you do not judge it.',
    nobody: 'There is nobody of whom you have to say this.',
    partial: 'I am not impartial here',
    by: (name: string) => `by ${name}`,
    why: 'Why?',
    whyMissing: (title: string) => `${title}: choose why you are not impartial.`,
    note: 'More about it',
    noteHint: 'Who runs the round reads this.',
    sure: 'You cannot change this. When you notice later that you are not impartial after all, you give that judgement back.',
    send: 'Record and go on',
    leave: 'Leave the jury',
    leaveAbout: 'What you locked still counts. What you still had to judge goes to others.',
  },
);

export const TakeSeat = ({ round, lang, act }: { round: Stored<Round>; lang: Lang; act: Acting }) => {
  const t = texts(lang);
  return (
    <section class="mw-panel" aria-labelledby="seat">
      <Heading level={2} look={3} id="seat">
        {t.seat}
      </Heading>
      <p class="mw-prose">{t.seatAbout}</p>
      <Act lang={lang} label={t.take} act={() => act(() => create('/jurors', { round_id: round.id }))} />
    </section>
  );
};

interface SeatProps {
  juror: Stored<Juror>;
  lang: Lang;
  act: Acting;
}

export const Refresh = ({ juror, lang, act }: SeatProps) => {
  const t = texts(lang);
  return (
    <section class="mw-panel" aria-labelledby="stale">
      <Heading level={2} look={3} id="stale">
        {t.stale}
      </Heading>
      <p class="mw-prose">{t.staleAbout}</p>
      <Act lang={lang} label={t.refresh} act={() => act(() => command('/jurors', juror, 'refresh'))} />
    </section>
  );
};

export const Leave = ({ juror, lang, act }: SeatProps) => {
  const t = texts(lang);
  if (!may(juror, 'leave')) return null;
  return (
    <details class="mw-more mw-section--tight">
      <summary>{t.leave}</summary>
      <p class="mw-prose">{t.leaveAbout}</p>
      <Act lang={lang} kind="secondary" label={t.leave} act={() => act(() => command('/jurors', juror, 'leave'))} />
    </details>
  );
};

interface Partial {
  kind: string;
  note: string;
}

interface CandidateProps {
  one: Candidate;
  lang: Lang;
  given: Partial | undefined;
  fault: string | undefined;
  set: (given: Partial | undefined) => void;
}

const CandidateRow = ({ one, lang, given, fault, set }: CandidateProps) => {
  const t = texts(lang);
  return (
    <li>
      <div>
        <b>{one.title}</b>
        {one.applicant_name && (
          <>
            <br />
            <span class="mw-quiet">{t.by(one.applicant_name)}</span>
          </>
        )}
      </div>
      <div>
        <Check
          label={t.partial}
          about={one.title}
          on={given !== undefined}
          set={(on) => set(on ? { kind: '', note: '' } : undefined)}
        />
        {given && (
          <>
            <SelectField
              name={`kind-${one.id}`}
              lang={lang}
              label={t.why}
              {...(fault ? { fault } : {})}
              options={optionsOf('conflict_kind', lang)}
              value={given.kind}
              onValue={(kind) => set({ ...given, kind })}
            />
            <AreaField
              name={`note-${one.id}`}
              lang={lang}
              label={t.note}
              hint={t.noteHint}
              optional
              rows={2}
              value={given.note}
              onValue={(note) => set({ ...given, note })}
            />
          </>
        )}
      </div>
    </li>
  );
};

const useCandidates = (juror: Stored<Juror>) => {
  const [items, setItems] = useState<Candidate[]>();
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    get<{ items: Candidate[] }>(`/jurors/${juror.id}/candidates`).then(
      (page) => setItems(page.items),
      (thrown: unknown) => setFault(faultOf(thrown)),
    );
  }, [juror.id]);
  return { items, fault };
};

export const Declare = ({ juror, lang, act }: SeatProps) => {
  const t = texts(lang);
  const { items, fault } = useCandidates(juror);
  const [partial, setPartial] = useState<Record<string, Partial>>({});
  const [faults, setFaults] = useState<Faults>({});
  const doing = useDoing();
  const set = (id: string, given: Partial | undefined) => {
    const { [id]: _, ...others } = partial;
    setPartial(given ? { ...others, [id]: given } : others);
  };
  const conflicts = Object.entries(partial).map(([id, { kind, note }]) => ({
    id,
    kind: kind as ConflictKind,
    ...(note.trim() ? { note: note.trim() } : {}),
  }));
  const send = async (event: Event) => {
    event.preventDefault();
    const wrong = (items ?? []).filter(({ id }) => partial[id] && !partial[id].kind);
    setFaults(Object.fromEntries(wrong.map(({ id, title }) => [`kind-${id}`, t.whyMissing(title)])));
    if (wrong.length === 0) await doing.run(() => act(() => command('/jurors', juror, 'declare', { conflicts })));
  };
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  return (
    <section class="mw-section" aria-labelledby="declare">
      <Heading level={2} look={3} id="declare">
        {t.declare}
      </Heading>
      <p class="mw-prose">{t.declareAbout}</p>
      {!items ? (
        <p role="status">{shared(lang).loading}</p>
      ) : (
        <form noValidate onSubmit={(event) => void send(event)}>
          <FaultSummary faults={faults} lang={lang} />
          {doing.fault && <FaultAlert fault={doing.fault} lang={lang} />}
          {items.length === 0 && <p class="mw-quiet">{t.nobody}</p>}
          {items.length > 0 && (
            <ul class="mw-rows">
              {items.map((one) => (
                <CandidateRow
                  key={one.id}
                  one={one}
                  lang={lang}
                  given={partial[one.id]}
                  fault={faults[`kind-${one.id}`]}
                  set={(given) => set(one.id, given)}
                />
              ))}
            </ul>
          )}
          <p class="mw-prose mw-section--tight">{t.sure}</p>
          <Button submit disabled={doing.busy}>
            {t.send}
          </Button>
        </form>
      )}
    </section>
  );
};
