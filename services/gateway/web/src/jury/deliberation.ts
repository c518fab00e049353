// What a deliberation is about, read at once for who runs the round: the ranking, what is decided, who judged, and what became of it.
import { get, getAll, type Stored } from '../lib/api';
import type { Lang } from '../lib/i18n';
import type { Telling } from '../lib/step';
import type { Appointment, Initiative, Juror, RankedInitiative, Result, Round, RoundRanking, Selection, SelectionPage } from '../gen/api';
import { namesOf } from './names';

export interface Deliberation {
  round: Stored<Round>;
  ranking: RankedInitiative[];
  formula: { nl: string; en: string };
  selection?: Stored<Selection>;
  jurors: Stored<Juror>[];
  names: Map<string, string>; // of jurors
  initiatives: Map<string, Stored<Initiative>>;
  results: Result[];
  handled: boolean; // somebody independent is there to decide on objections
}

export interface PartProps {
  of: Deliberation;
  lang: Lang;
  act: Telling;
}

export const selectionOf = async (roundId: string) =>
  (await get<SelectionPage>('/selections', { roundId })).items[0] as Stored<Selection> | undefined;

export const readDeliberation = async (roundId: string, lang: Lang): Promise<Deliberation> => {
  const [round, ranking, selection, jurors, initiatives, results, appointments] = await Promise.all([
    get<Stored<Round>>(`/rounds/${roundId}`),
    get<RoundRanking>(`/rounds/${roundId}/ranking`),
    selectionOf(roundId),
    getAll<Stored<Juror>>('/jurors', { roundId }),
    getAll<Stored<Initiative>>('/initiatives', { roundId }),
    getAll<Result>('/results', { roundId }),
    getAll<Appointment>('/appointments'),
  ]);
  return {
    round,
    ranking: ranking.items,
    formula: { nl: ranking.formula, en: ranking.formula_en },
    ...(selection ? { selection } : {}),
    jurors,
    names: namesOf(jurors, lang),
    initiatives: new Map(initiatives.map((one) => [one.id, one])),
    results,
    handled: appointments.some((one) => one.buyer_id === round.manager_id && one.state === 'appointed'),
  };
};

export const titleOf = (of: Deliberation, id: string | undefined) => of.initiatives.get(id ?? '')?.title ?? '–';
