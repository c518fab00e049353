// From which value a purchase must be announced in all of Europe: municipalities and other
// sub-central authorities, excluding VAT. A table with dates, because it changes every two years.
import type { OfferKind } from '../gen/api';

interface Threshold {
  from: string;
  until: string;
  cents: Record<OfferKind, number>;
  source: string;
}

const thresholds: Threshold[] = [
  {
    from: '2026-01-01',
    until: '2027-12-31',
    cents: { product: 21_600_000, service: 21_600_000, work: 540_400_000 },
    source: 'Gedelegeerde verordening (EU) 2025/2152',
  },
];

export interface Above {
  cents: number;
  source: string;
}

// The threshold that a budget reaches, if it reaches one. Without a kind the lower one counts.
export const thresholdReached = (
  cents: number,
  kind: OfferKind | undefined,
  day: string,
): Above | undefined => {
  const valid = thresholds.find(({ from, until }) => from <= day && day <= until);
  const limit = valid?.cents[kind ?? 'service'];
  return valid && limit !== undefined && cents >= limit
    ? { cents: limit, source: valid.source }
    : undefined;
};
