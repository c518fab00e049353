// The jury of a round for who runs it: who judges, what they may not judge, how far each initiative is, and who gets what.
import { useEffect, useState } from 'preact/hooks';
import type { Conflict, Dossier, Judgement, Juror, Round } from '../gen/api';
import { faultOf, get, getAll, type Fault, type Stored } from '../lib/api';
import { dictionary, number, shared, type Lang } from '../lib/i18n';
import { Done, type Acting } from '../lib/step';
import { FaultAlert, Heading, Meter } from '../lib/ui';
import { usual } from '../round/usual';
import { useDossierAsked } from './address';
import { Assign } from './assign';
import { Conflicts } from './conflicts';
import { ManagedDossier } from './managed-dossier';
import { InitiativeRows } from './initiatives';
import { JurorTable } from './jurors';
import { namesOf } from './names';

const texts = dictionary(
  {
    done: 'Het is bijgewerkt.',
    total: (done: string, all: string) => `${done} van ${all} beoordelingen zijn vastgezet`,
    enough: (done: string, all: string) => `${done} van ${all} initiatieven hebben er genoeg`,
    initiatives: 'Initiatieven',
    noInitiatives: 'Er is nog geen initiatief voorgelegd.',
  },
  {
    done: 'It is updated.',
    total: (done: string, all: string) => `${done} of ${all} judgements are locked`,
    enough: (done: string, all: string) => `${done} of ${all} initiatives have enough`,
    initiatives: 'Initiatives',
    noInitiatives: 'No initiative is presented yet.',
  },
);

export interface Jury {
  jurors: Stored<Juror>[];
  conflicts: Conflict[];
  dossiers: Stored<Dossier>[];
  judgements: Stored<Judgement>[];
  names: Map<string, string>; // what each juror is called here
}

export interface PartProps {
  round: Stored<Round>;
  jury: Jury;
  lang: Lang;
  act: Acting;
}

const load = async (round: Stored<Round>, lang: Lang): Promise<Jury> => {
  const query = { roundId: round.id };
  const [jurors, conflicts, dossiers, judgements] = await Promise.all([
    getAll<Stored<Juror>>('/jurors', query),
    get<{ items: Conflict[] }>(`/rounds/${round.id}/conflicts`),
    getAll<Stored<Dossier>>('/dossiers', query),
    getAll<Stored<Judgement>>('/judgements', query),
  ]);
  const shown = dossiers.filter(({ state }) => state === 'shown');
  return { jurors, conflicts: conflicts.items, dossiers: shown, judgements, names: namesOf(jurors, lang) };
};

export const needed = (round: Round) => round.min_reviews ?? usual.min_reviews;

const Progress = ({ round, jury, lang }: Omit<PartProps, 'act'>) => {
  const t = texts(lang);
  const given = jury.judgements.filter(({ state }) => state !== 'recused');
  const locked = given.filter(({ state }) => state === 'locked').length;
  const enough = jury.dossiers.filter(({ counted }) => (counted ?? 0) >= needed(round)).length;
  return (
    <section class="mw-panel mw-section--tight">
      <p>
        <b>{t.total(number(locked, lang), number(given.length, lang))}</b>
        <Meter part={locked} of={given.length} />
      </p>
      <p>{t.enough(number(enough, lang), number(jury.dossiers.length, lang))}</p>
    </section>
  );
};

export const Board = ({ round, lang }: { round: Stored<Round>; lang: Lang }) => {
  const t = texts(lang);
  const asked = useDossierAsked();
  const [jury, setJury] = useState<Jury>();
  const [fault, setFault] = useState<Fault>();
  const [said, setSaid] = useState('');
  const reload = () => load(round, lang).then(setJury, (thrown: unknown) => setFault(faultOf(thrown)));
  useEffect(() => void reload(), [round.id]);
  const act: Acting = async (work) => {
    await work();
    await reload();
    setSaid(t.done);
  };
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!jury || asked === undefined) return <p role="status">{shared(lang).loading}</p>;
  const part: PartProps = { round, jury, lang, act };
  const dossier = jury.dossiers.find(({ id }) => id === asked);
  return (
    <>
      <Done text={said} />
      {dossier ? (
        <ManagedDossier {...part} dossier={dossier} />
      ) : (
        <>
          {jury.judgements.length > 0 && <Progress {...part} />}
          <JurorTable {...part} />
          <Conflicts {...part} />
          {round.state === 'scoring' && <Assign {...part} />}
          <section class="mw-section mw-own" aria-labelledby="initiatives">
            <Heading level={2} look={3} id="initiatives">
              {t.initiatives}
            </Heading>
            {jury.dossiers.length === 0 ? <p class="mw-quiet">{t.noInitiatives}</p> : <InitiativeRows {...part} />}
          </section>
        </>
      )}
    </>
  );
};
