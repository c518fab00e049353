// A juror of a round: their seat, where they are not impartial, and the dossiers that they judge.
import { useEffect, useState } from 'preact/hooks';
import type { Dossier, Juror, Me, Round, Seat } from '../gen/api';
import { faultOf, get, getAll, type Fault, type Stored } from '../lib/api';
import { dictionary, moment, shared, type Lang } from '../lib/i18n';
import { Done, type Acting } from '../lib/step';
import { Alert, FaultAlert } from '../lib/ui';
import { useDossierAsked } from './address';
import { DossierList } from './dossier-list';
import { DossierView } from './dossier';
import { Declare, Leave, Refresh, TakeSeat } from './seat';

const texts = dictionary(
  {
    noSeat: 'Uw organisatie heeft geen stoel in de jury van dit programma.',
    early: 'De ronde is nog niet voorgelegd aan de jury. Zodra dat zo is, geeft u hier aan bij wie u niet onpartijdig bent.',
    declared: (when: string) => `U gaf op ${when} aan waar u niet onpartijdig bent.`,
    waits: 'Het beoordelen begint zodra het programmabureau dat openstelt. Uw dossiers staan dan hier.',
    done: 'Het is bijgewerkt.',
  },
  {
    noSeat: 'Your organisation has no seat in the jury of this programme.',
    early: 'The round is not presented to the jury yet. Once it is, you say here of whom you are not impartial.',
    declared: (when: string) => `You said on ${when} where you are not impartial.`,
    waits: 'Scoring begins once the programme office opens it. Your dossiers are here then.',
    done: 'It is updated.',
  },
);

interface Around {
  juror?: Stored<Juror>;
  seated: boolean;
  dossiers: Stored<Dossier>[];
}

const loadAround = async (round: Stored<Round>, who: Me): Promise<Around> => {
  const [jurors, seats, dossiers] = await Promise.all([
    getAll<Stored<Juror>>('/jurors', { roundId: round.id, mine: true }),
    get<{ items: Seat[] }>('/seats', { programmeId: round.programme_id }),
    getAll<Stored<Dossier>>('/dossiers', { roundId: round.id }),
  ]);
  const juror = jurors.find(({ state }) => state === 'active');
  const seated = seats.items.some(({ organisation_id, role }) => organisation_id === who.organisation_id && role === 'jury');
  return { ...(juror ? { juror } : {}), seated, dossiers };
};

interface JurorProps {
  round: Stored<Round>;
  who: Me;
  lang: Lang;
}

interface SeatedProps {
  round: Stored<Round>;
  juror: Stored<Juror>;
  dossiers: Stored<Dossier>[];
  lang: Lang;
  act: Acting;
}

const scored = ['scoring', 'deliberation', 'decided', 'running', 'table', 'concluded'];

// What there is for a juror to do now: compare addresses first, then declare, then judge.
const Seated = ({ round, juror, dossiers, lang, act }: SeatedProps) => {
  const t = texts(lang);
  if (juror.stale) return <Refresh juror={juror} lang={lang} act={act} />;
  if (!juror.declared_at)
    return ['presenting', 'scoring'].includes(round.state) ? (
      <Declare juror={juror} lang={lang} act={act} />
    ) : (
      <Alert>{t.early}</Alert>
    );
  if (!scored.includes(round.state))
    return (
      <Alert>
        <p>{t.declared(moment(juror.declared_at, lang))}</p>
        <p>{t.waits}</p>
      </Alert>
    );
  return <DossierList round={round} juror={juror} dossiers={dossiers} lang={lang} />;
};

export const JurorView = ({ round, who, lang }: JurorProps) => {
  const t = texts(lang);
  const asked = useDossierAsked();
  const [around, setAround] = useState<Around>();
  const [fault, setFault] = useState<Fault>();
  const [said, setSaid] = useState('');
  const load = () =>
    loadAround(round, who).then(
      (found) => {
        setAround(found);
        setFault(undefined);
      },
      (thrown: unknown) => setFault(faultOf(thrown)),
    );
  useEffect(() => void load(), [round.id]);
  const act: Acting = async (work) => {
    await work();
    await load();
    setSaid(t.done);
  };
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!around || asked === undefined) return <p role="status">{shared(lang).loading}</p>;
  const { juror, seated, dossiers } = around;
  if (asked && juror) return <DossierView id={asked} round={round} dossiers={dossiers} lang={lang} />;
  return (
    <>
      <Done text={said} />
      {juror && <Seated round={round} juror={juror} dossiers={dossiers} lang={lang} act={act} />}
      {!juror && (seated ? <TakeSeat round={round} lang={lang} act={act} /> : <Alert>{t.noSeat}</Alert>)}
      {juror && <Leave juror={juror} lang={lang} act={act} />}
    </>
  );
};

