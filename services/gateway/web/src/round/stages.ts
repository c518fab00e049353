// The stages of a round in words, and in which column of the board an initiative stands.
import { dictionary, number, type Lang } from '../lib/i18n';
import type { Stage } from '../lib/charts';
import type { FunnelStage, InitiativeState, RoundReport } from '../gen/api';

const texts = dictionary(
  {
    submitted: 'Ingediend',
    presented: 'Voorgelegd',
    selected: 'Geselecteerd',
    at_table: 'Aan tafel',
    realised: 'Gerealiseerd',
    fell_submitted: 'niet voorgelegd',
    fell_presented: 'niet geselecteerd',
    fell_selected: 'niet aan tafel',
    fell_at_table: 'niet gerealiseerd',
    fell_realised: '',
  },
  {
    submitted: 'Submitted',
    presented: 'Presented',
    selected: 'Selected',
    at_table: 'At the table',
    realised: 'Realised',
    fell_submitted: 'not presented',
    fell_presented: 'not selected',
    fell_selected: 'not at the table',
    fell_at_table: 'not realised',
    fell_realised: '',
  },
);

type StageName = 'submitted' | 'presented' | 'selected' | 'at_table' | 'realised';
const known: readonly string[] = ['submitted', 'presented', 'selected', 'at_table', 'realised'];
const isStage = (name: string): name is StageName => known.includes(name);

// Tenths of a percent, as "53,8 %".
export const share = (tenths: number | undefined, lang: Lang): string | undefined =>
  tenths === undefined ? undefined : `${number(tenths / 10, lang, 1)} %`;

const reached = (stages: FunnelStage[]) => {
  const last = stages.findLastIndex((stage) => stage.count > 0);
  return stages.slice(0, Math.max(1, last + 1));
};

// The funnel so far: a stage that nothing has reached yet is not drawn as if all had failed it.
export const funnelOf = (report: Pick<RoundReport, 'stages'>, lang: Lang): Stage[] => {
  const t = texts(lang);
  return reached(report.stages).flatMap(({ name, count, of_previous_e1 }) =>
    isStage(name)
      ? [
          {
            name: t[name],
            count,
            share: share(of_previous_e1, lang),
            fell: t[`fell_${name}`],
          },
        ]
      : [],
  );
};

export const columns = ['came', 'presented', 'programme', 'table', 'real'] as const;
export type Column = (typeof columns)[number];

const columnOf: Partial<Record<InitiativeState, Column>> = {
  draft: 'came',
  submitted: 'came',
  more_info: 'came',
  ineligible: 'came',
  objection: 'came',
  eligible: 'came',
  presented: 'presented',
  selected: 'programme',
  waitlisted: 'presented',
  in_programme: 'programme',
  paused: 'programme',
  table_ready: 'programme',
  at_table: 'table',
  interest: 'table',
  part_financed: 'table',
  financed: 'table',
  realised: 'real',
};

// Absent for what went no further.
export const columnFor = (state: InitiativeState): Column | undefined => columnOf[state];

// Where there is a programme to look at: from when an initiative takes part.
export const trains: readonly InitiativeState[] = [
  'in_programme',
  'paused',
  'dropped_out',
  'table_ready',
  'at_table',
  'interest',
  'part_financed',
  'financed',
  'not_financed',
  'realised',
  'not_realised',
];
