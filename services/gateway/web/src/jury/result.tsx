// What the jury decided about one initiative, as the rules of its round show it to the reader, and objecting against that.
import { useEffect, useState } from 'preact/hooks';
import { create, get, type Stored } from '../lib/api';
import { dictionary, moment, number, word, type Lang } from '../lib/i18n';
import { ReasonForm, type Telling } from '../lib/step';
import { Facts, Heading, Table } from '../lib/ui';
import type { Initiative, Result, ResultPage } from '../gen/api';

const texts = dictionary(
  {
    title: 'Uitslag van de jury',
    outcome: 'Besluit',
    on: 'Besloten op',
    reason: 'Waarom',
    place: 'Plaats op de wachtlijst',
    total: 'Totaal',
    ofHundred: (score: string) => `${score} van 100`,
    rank: 'Plaats in de rangorde',
    of: (rank: string, all: string) => `${rank} van ${all}`,
    later: 'Meer over het oordeel van de jury staat hier als de ronde is afgerond.',
    criteria: 'Uw punten per criterium',
    criterion: 'Waarop de jury beoordeelde',
    weight: 'Telt voor',
    apart: 'telt niet mee',
    points: 'Punten van 100',
    how: 'Hoe dit is berekend',
    method: (name: string) => `Van de punten van de juryleden is hier het ${name} genomen.`,
    remarks: 'Wat juryleden schreven',
    letter: 'Brief met de uitslag (PDF)',
    disagree: 'Bent u het er niet mee eens?',
    mayObject: (until: string, who: string) =>
      `Bezwaar maken kan één keer, tot en met ${until}. ${who} beslist daarover, en hoort niet bij het programma en niet bij de jury.`,
    objectOver: (until: string) => `Bezwaar maken kon tot en met ${until}.`,
    object: 'Bezwaar maken tegen dit besluit',
    grounds: 'Wat klopt er niet aan het besluit?',
    groundsHint: 'De behandelaar en het programma lezen dit.',
    objected: 'Uw bezwaar is ingediend. Een onafhankelijke behandelaar beslist.',
    waits: (who: string) => `Er is bezwaar gemaakt. ${who} beslist daarover.`,
    upheld: 'Het bezwaar is gegrond. Dit initiatief krijgt de eerste plaats die vrij is, voor wie op de wachtlijst staat.',
    refused: 'Het bezwaar is ongegrond. Het besluit van de jury staat vast.',
    handler: 'Een onafhankelijke behandelaar',
  },
  {
    title: 'What the jury decided',
    outcome: 'Decision',
    on: 'Decided on',
    reason: 'Why',
    place: 'Place on the waiting list',
    total: 'Total',
    ofHundred: (score: string) => `${score} out of 100`,
    rank: 'Place in the ranking',
    of: (rank: string, all: string) => `${rank} of ${all}`,
    later: 'More about what the jury thought is here once the round is concluded.',
    criteria: 'Your points for each criterion',
    criterion: 'By what the jury judged',
    weight: 'Counts for',
    apart: 'does not count',
    points: 'Points of 100',
    how: 'How this is computed',
    method: (name: string) => `Of the points of the jurors the ${name} was taken here.`,
    remarks: 'What jurors wrote',
    letter: 'Letter with the result (PDF)',
    disagree: 'Do you disagree?',
    mayObject: (until: string, who: string) =>
      `You can object once, until ${until}. ${who} decides on that, and belongs neither to the programme nor to the jury.`,
    objectOver: (until: string) => `Objecting was possible until ${until}.`,
    object: 'Object against this decision',
    grounds: 'What is wrong with the decision?',
    groundsHint: 'The handler and the programme read this.',
    objected: 'Your objection was lodged. An independent handler decides.',
    waits: (who: string) => `There is an objection. ${who} decides on it.`,
    upheld: 'The objection is right. This initiative gets the first place that is free, before who is on the waiting list.',
    refused: 'The objection is not right. The decision of the jury is final.',
    handler: 'An independent handler',
  },
);

interface ResultProps {
  found: Found;
  lang: Lang;
  act: Telling;
}

export const score = (ppm: number, lang: Lang) => number(ppm / 10_000, lang, 1);

const Scores = ({ result, lang }: { result: Result; lang: Lang }) => {
  const t = texts(lang);
  const formula = (lang === 'en' && result.formula_en) || result.formula;
  return (
    <>
      <Table
        caption={t.criteria}
        rows={result.criteria ?? []}
        columns={[
          { head: t.criterion, cell: (one) => (lang === 'en' && one.name_en) || one.name || one.code },
          {
            head: t.weight,
            number: true,
            cell: (one) => (one.independent ? t.apart : `${number(one.weight_ppm / 10_000, lang)} %`),
          },
          {
            head: t.points,
            number: true,
            cell: (one) => (one.result_ppm === undefined ? '–' : score(one.result_ppm, lang)),
          },
        ]}
      />
      <details class="mw-more">
        <summary>{t.how}</summary>
        <p>{t.method(word('score_method', result.method, lang).toLowerCase())}</p>
        <p>{formula}</p>
      </details>
    </>
  );
};

const Objecting = ({ result, lang, act }: Omit<ResultProps, 'found'> & { result: Result }) => {
  const t = texts(lang);
  const who = result.handler_name ?? t.handler;
  const until = result.object_by && moment(result.object_by, lang);
  if (!until) return null;
  const object = (grounds: string) =>
    act(t.objected, () => create('/objections', { initiative_id: result.initiative_id, grounds }));
  return (
    <>
      <Heading level={3} look={4} cls="mw-above">
        {t.disagree}
      </Heading>
      {!result.objection_id && <p>{result.may_object ? t.mayObject(until, who) : t.objectOver(until)}</p>}
      {result.objection_state === 'lodged' && <p>{t.waits(who)}</p>}
      {result.objection_state === 'decided' && <p>{result.upheld ? t.upheld : t.refused}</p>}
      {result.objection_decision && <p class="mw-long">{result.objection_decision}</p>}
      {result.may_object && (
        <ReasonForm
          id="object-result"
          lang={lang}
          label={t.object}
          about={result.title}
          least={20}
          ask={t.grounds}
          hint={t.groundsHint}
          send={object}
        />
      )}
    </>
  );
};

// Most initiatives have none: a list may be empty, where one that is not there would be a fault.
const readResult = async (initiativeId: string) => {
  const { items } = await get<ResultPage>('/results', { initiativeId });
  return items.length > 0 ? get<Result>(`/initiatives/${initiativeId}/result`) : undefined;
};

export interface Found {
  result: Result | undefined;
  reload: () => Promise<void>;
}

// What the jury decided on an initiative that came in, and again when that changed.
export const useResult = ({ id, version, submitted_at: came }: Stored<Initiative>): Found => {
  const [result, setResult] = useState<Result>();
  const reload = () => readResult(id).then(setResult, () => setResult(undefined));
  useEffect(() => void (came && reload()), [id, version]);
  return { result, reload };
};

export const ResultPanel = ({ found, lang, act }: ResultProps) => {
  const t = texts(lang);
  const { result, reload } = found;
  // An objection changes the result and not the initiative.
  const actAndRead: Telling = async (said, work) => {
    await act(said, work);
    await reload();
  };
  if (!result) return null;
  const { total_ppm: total, rank, ranked, place } = result;
  return (
    <section class="mw-panel mw-section--tight" aria-labelledby="result">
      <Heading level={2} look={3} id="result">
        {t.title}
      </Heading>
      <Facts
        facts={[
          { term: t.outcome, value: word('selection_outcome', result.outcome, lang) },
          { term: t.on, value: moment(result.decided_at, lang) },
          { term: t.place, value: place !== undefined && number(place, lang) },
          { term: t.total, value: total !== undefined && t.ofHundred(score(total, lang)) },
          { term: t.rank, value: rank !== undefined && t.of(number(rank, lang), number(ranked ?? rank, lang)) },
          { term: t.reason, value: result.reason },
        ]}
      />
      {result.withheld && <p class="mw-quiet">{t.later}</p>}
      {result.criteria && <Scores result={result} lang={lang} />}
      {result.remarks && result.remarks.length > 0 && (
        <>
          <Heading level={3} look={4} cls="mw-above">
            {t.remarks}
          </Heading>
          <ul class="mw-remarks">
            {result.remarks.map((text) => (
              <li key={text} class="mw-long">
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
      <Objecting result={result} lang={lang} act={actAndRead} />
      <p class="mw-above">
        <a class="nl-link" href={`/v1/initiatives/${result.initiative_id}/result-letter`} download="uitslag.pdf">
          {t.letter}
        </a>
      </p>
    </section>
  );
};
