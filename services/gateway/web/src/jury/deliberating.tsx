// The deliberation of a round for its chair, who runs it; and for a juror who was there, the minute and the lines that they may read.
import { useEffect, useState } from 'preact/hooks';
import { faultOf, get, type Fault, type Stored } from '../lib/api';
import { dictionary, link, number, shared, word, type Lang } from '../lib/i18n';
import { Done } from '../lib/step';
import { A, Alert, FaultAlert, Table } from '../lib/ui';
import type { Round, Selection } from '../gen/api';
import { DraftForm } from './choices';
import { Decided } from './decided';
import { readDeliberation, selectionOf, type Deliberation } from './deliberation';
import { Minute } from './minute';
import { RankingTable } from './ranking';
import { score } from './result';

const texts = dictionary(
  {
    early: 'Het beraad begint zodra het beoordelen is afgesloten. De rangorde hieronder is die van nu.',
    handler: 'Een besluit kan pas vastliggen als een onafhankelijke klachtbehandelaar is aangewezen: wie niet is gekozen, kan bezwaar maken.',
    toHandler: 'Klachtbehandelaar aanwijzen',
    replay: 'Terugblik: met andere regels doorrekenen',
    absent: 'Er is geen beraad waar u bij was, of er is nog geen concept.',
    dossiers: 'Wat u mag lezen van het besluit',
    dossier: 'Dossier',
    rank: 'Plaats',
    total: 'Totaal van 100',
    outcome: 'Besluit',
    reason: 'Reden',
  },
  {
    early: 'The deliberation begins once the scoring is ended. The ranking below is that of now.',
    handler: 'A decision can be fixed only when an independent handler is appointed: whoever is not chosen may object.',
    toHandler: 'Appoint a handler',
    replay: 'Looking back: compute with other rules',
    absent: 'There is no deliberation where you were, or nothing is drafted yet.',
    dossiers: 'What you may read of the decision',
    dossier: 'Dossier',
    rank: 'Rank',
    total: 'Total of 100',
    outcome: 'Decision',
    reason: 'Reason',
  },
);

interface ViewProps {
  round: Stored<Round>;
  lang: Lang;
}

const before: readonly string[] = ['presenting', 'scoring'];

export const ChairView = ({ round, lang, changed }: ViewProps & { changed: (round: Stored<Round>) => void }) => {
  const t = texts(lang);
  const [of, setOf] = useState<Deliberation>();
  const [fault, setFault] = useState<Fault>();
  const [said, setSaid] = useState('');
  const load = async () => {
    const fresh = await readDeliberation(round.id, lang);
    setOf(fresh);
    changed(fresh.round);
  };
  useEffect(() => void load().catch((thrown: unknown) => setFault(faultOf(thrown))), [round.id]);
  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    await load();
    setSaid(done);
  };
  if (fault) return <FaultAlert fault={fault} lang={lang} />;
  if (!of) return <p role="status">{shared(lang).loading}</p>;
  const { selection } = of;
  const part = { of, lang, act };
  return (
    <>
      <Done text={said} />
      {before.includes(of.round.state) && <Alert>{t.early}</Alert>}
      {selection?.state === 'drafted' && !of.handled && (
        <p class="mw-quiet">
          {t.handler} <A href={link('/klachten/', lang)}>{t.toHandler}</A>
        </p>
      )}
      {selection && (
        <Minute
          selection={selection}
          quota={[of.round.select_min, of.round.select_max]}
          names={of.names}
          lang={lang}
          act={act}
        />
      )}
      <DraftForm key={selection?.version ?? 0} {...part} />
      <Decided of={of} lang={lang} />
      {selection?.state === 'decided' && (
        <p class="mw-above">
          <A href={`${link('/terugblik/', lang)}?id=${round.id}`}>{t.replay}</A>
        </p>
      )}
      <RankingTable of={of} lang={lang} />
    </>
  );
};

export const PresentView = ({ round, lang }: ViewProps) => {
  const t = texts(lang);
  const [selection, setSelection] = useState<Stored<Selection> | null>();
  const [said, setSaid] = useState('');
  useEffect(() => void selectionOf(round.id).then((one) => setSelection(one ?? null), () => setSelection(null)), [round.id]);
  const act = async (done: string, work: () => Promise<unknown>) => {
    await work();
    if (selection) setSelection(await get<Stored<Selection>>(`/selections/${selection.id}`));
    setSaid(done);
  };
  if (selection === undefined) return <p role="status">{shared(lang).loading}</p>;
  if (!selection) return <Alert>{t.absent}</Alert>;
  return (
    <>
      <Done text={said} />
      <Minute selection={selection} lang={lang} act={act} />
      <section class="mw-section">
        <Table
          caption={t.dossiers}
          rows={selection.lines ?? []}
          columns={[
            { head: t.dossier, cell: (one) => number(one.number ?? 0, lang) },
            { head: t.rank, number: true, cell: (one) => (one.rank === undefined ? '–' : number(one.rank, lang)) },
            { head: t.total, number: true, cell: (one) => (one.total_ppm === undefined ? '–' : score(one.total_ppm, lang)) },
            { head: t.outcome, cell: (one) => word('selection_outcome', one.outcome, lang) },
            { head: t.reason, cell: (one) => one.reason ?? '–' },
          ]}
        />
      </section>
    </>
  );
};
