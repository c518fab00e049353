// An organisation as its own people send it back: what the server sets itself is left out.
import type { Organisation } from '../gen/api';

const kept = [
  'at_capacity',
  'closed_from',
  'closed_until',
  'commands',
  'created_at',
  'criterion',
  'decided_at',
  'decision',
  'due_at',
  'id',
  'kvk_check',
  'kvk_name',
  'labels',
  'merged_into',
  'municipality_name',
  'settled',
  'state',
  'suspended_by_caller',
  'suspended_from',
  'suspension_confirmed',
  'takes_part',
  'tied',
  'version',
];

export const asWritten = (own: Organisation): Record<string, unknown> =>
  Object.fromEntries(Object.entries(own).filter(([name]) => !kept.includes(name)));
