// What belongs to a deal, as the stream names it, and who takes part.
import type { Deal } from './deal';

const nouns = {
  invitations: 'invitation',
  quotes: 'quote',
  orders: 'order',
  deliveries: 'delivery',
  invoices: 'invoice',
  payments: 'payment',
} as const;

type Parts = keyof typeof nouns;

const partsOf = (deal: Deal) => Object.keys(nouns) as (Parts & keyof typeof deal)[];

export const subjectsOf = (deal: Deal): string[] => [
  `need/${deal.need.id}`,
  ...partsOf(deal).flatMap((part) => deal[part].map(({ id }) => `${nouns[part]}/${id}`)),
];

// Names of organisations, as the records of the deal have them.
export const namesOf = (deal: Deal): Record<string, string | undefined> => {
  const names: Record<string, string | undefined> = {};
  const records = [deal.need, ...partsOf(deal).flatMap((part) => [...deal[part]])];
  for (const record of records as Record<string, unknown>[])
    for (const side of ['buyer', 'supplier']) {
      const id = record[`${side}_id`];
      const name = record[`${side}_name`];
      if (typeof id === 'string' && typeof name === 'string') names[id] = name;
    }
  return names;
};
