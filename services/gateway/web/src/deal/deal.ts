// What follows from the parts of a deal: how far it is, what is left to do, which quote is lowest.
import { all } from '../lib/all';
import { get, me } from '../lib/api';
import { acts } from '../lib/step';
import type { Me, OrderLine } from '../gen/api';
import type {
  Award,
  Complaint,
  CreditNote,
  Delivery,
  Invitation,
  Invoice,
  Need,
  NeedScores,
  Opener,
  Order,
  Payment,
  Quote,
  QuoteLine,
  Score,
  Seal,
} from './records';

export interface Deal {
  me: Me;
  need: Need;
  invitations: Invitation[];
  quotes: Quote[];
  seal?: Seal | undefined; // on a route whose quotes are sealed
  openers: Opener[]; // of the buyer's own needs
  awards: Award[];
  scores: Score[]; // of the buyer's own needs, while quotes are weighed
  ranking?: NeedScores | undefined;
  complaints: Complaint[];
  orders: Order[];
  deliveries: Delivery[];
  invoices: Invoice[];
  credits: CreditNote[];
  payments: Payment[];
}

const each = async <T>(path: string, key: string, of: { id: string }[]) =>
  (await Promise.all(of.map(({ id }) => all<T>(path, { [key]: id })))).flat();

// Everything of a deal that the caller may see. Nobody sees the need only.
export const loadDeal = async (need: Need): Promise<Deal> => {
  const who = await me();
  const none = {
    invitations: [],
    quotes: [],
    openers: [],
    awards: [],
    scores: [],
    complaints: [],
    orders: [],
    deliveries: [],
    invoices: [],
    credits: [],
  };
  if (!who.account_id) return { me: who, need, ...none, payments: [] };
  const needId = need.id;
  const [invitations, written, seals, openers, awards, complaints, orders] = await Promise.all([
    all<Invitation>('/invitations', { needId }),
    all<Quote>('/quotes', { needId }),
    all<Seal>('/seals', { needId }),
    all<Opener>('/openers', { needId }),
    all<Award>('/awards', { needId }),
    all<Complaint>('/complaints', { needId }),
    all<Order>('/orders', { needId }),
  ]);
  // What is sealed has no lines, for nobody.
  const quotes = written.map((quote) => ({ ...quote, lines: quote.lines ?? [] }));
  const scored = need.state === 'evaluating' && who.organisation_id === need.buyer_id && need.criteria?.length;
  const [scores, ranking] = scored
    ? await Promise.all([all<Score>('/scores', { needId }), get<NeedScores>(`/needs/${needId}/scores`)])
    : [[], undefined];
  const judging = { seal: seals[0], openers, awards, complaints, scores, ranking };
  const [deliveries, invoices, credits] = await Promise.all([
    each<Delivery>('/deliveries', 'orderId', orders),
    each<Invoice>('/invoices', 'orderId', orders),
    each<CreditNote>('/credit-notes', 'orderId', orders),
  ]);
  const payments = await each<Payment>('/payments', 'invoiceId', invoices);
  return { me: who, need, invitations, quotes, ...judging, orders, deliveries, invoices, credits, payments };
};

export const isBuyer = (deal: Deal) => deal.me.organisation_id === deal.need.buyer_id;

// Chosen for good: all that follows from it may have ended.
export const isAwarded = (need: Need) => need.state === 'awarded' || need.state === 'closed';

export const isSupplier = (deal: Deal) => !isBuyer(deal) && acts(deal.me, 'SUPPLIER');

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

// Units of an order line that no delivery brings yet: rejected ones are to come again.
export const toDeliver = (deal: Deal, order: Order, line: OrderLine): number => {
  const onTheWay = deal.deliveries
    .filter((delivery) => delivery.order_id === order.id && delivery.state !== 'judged')
    .flatMap((delivery) => delivery.lines)
    .filter((one) => one.order_line_id === line.id);
  return Math.max(
    0,
    (line.ordered ?? 0) - (line.accepted ?? 0) - sum(onTheWay.map((one) => one.quantity)),
  );
};

// Accepted units that no invoice asks money for. Drafts count: they claim units already.
export const toInvoice = (line: OrderLine): number =>
  Math.max(
    0,
    (line.accepted ?? 0) -
      (line.returned ?? 0) -
      (line.disputed ?? 0) -
      ((line.invoiced ?? 0) - (line.credited ?? 0)),
  );

export const toPay = (invoice: Invoice): number =>
  Math.max(
    0,
    (invoice.gross_cents ?? 0) - (invoice.credited_cents ?? 0) - (invoice.paid_cents ?? 0),
  );

// ---- Quotes side by side ----

const standing = ['submitted', 'opened', 'admitted', 'preferred', 'selected', 'not_selected'];

export const comparable = (deal: Deal) =>
  deal.quotes
    .filter((quote) => standing.includes(quote.state))
    .sort((a, b) => (a.total_cents ?? 0) - (b.total_cents ?? 0));

export const amount = (line: QuoteLine) => line.quantity * line.unit_price_cents;

// A line of one quote and a line of another are the same thing when unit and quantity are.
const like = (a: QuoteLine, b: QuoteLine) =>
  a.quantity === b.quantity && a.unit.toLowerCase() === b.unit.toLowerCase();

export interface Row {
  lines: (QuoteLine | undefined)[];
  lowest: number | undefined; // in cents; absent when the lines cannot be compared
}

export const compare = (quotes: Quote[]): Row[] => {
  const most = Math.max(0, ...quotes.map((quote) => quote.lines.length));
  return Array.from({ length: most }, (_, at) => {
    const lines = quotes.map((quote) => quote.lines[at]);
    const [first] = lines;
    const same = lines.length > 1 && first && lines.every((line) => line && like(first, line));
    const amounts = lines.flatMap((line) => (line ? [amount(line)] : []));
    return { lines, lowest: same ? Math.min(...amounts) : undefined };
  });
};

// ---- How far it is ----

export const steps = [
  'need',
  'invitations',
  'quotes',
  'award',
  'order',
  'delivery',
  'invoice',
  'payment',
] as const;
export type StepName = (typeof steps)[number];

// What the caller can see of a deal: its buyer and the supplier that won see all, another supplier
// as far as the award, and everybody else only what was asked and whether it was awarded.
export const stepsFor = (deal: Deal): StepName[] => {
  if (isBuyer(deal)) return [...steps];
  const handles = deal.seal && deal.seal.handler_id === deal.me.organisation_id;
  if (handles) return ['need', 'quotes', 'award'];
  if (!isSupplier(deal)) return ['need', 'award'];
  const own = deal.quotes.some((quote) => quote.state === 'selected');
  const lost = isAwarded(deal.need) && !own;
  return lost ? ['need', 'invitations', 'quotes', 'award'] : [...steps];
};

export const doneSteps = (deal: Deal): Record<StepName, boolean> => {
  const { need, quotes, orders, invoices } = deal;
  const awarded = isAwarded(need);
  const force = orders.filter((order) => order.state === 'confirmed');
  const lines = force.flatMap((order) => order.lines ?? []);
  const delivered =
    lines.length > 0 && lines.every((line) => (line.accepted ?? 0) >= (line.ordered ?? 0));
  const sent = invoices.filter((one) =>
    ['issued', 'delivered', 'matched', 'mismatch', 'approved'].includes(one.state),
  );
  const invoiced = delivered && sent.length > 0 && lines.every((line) => toInvoice(line) === 0);
  return {
    need: !['draft', 'approval', 'ready', 'dropped'].includes(need.state),
    invitations: awarded || deal.invitations.length > 0,
    quotes: awarded || quotes.some((quote) => standing.includes(quote.state)),
    award: awarded,
    order: force.length > 0,
    delivery: delivered,
    invoice: invoiced,
    payment:
      invoiced &&
      sent.every((one) => toPay(one) === 0) &&
      deal.payments.every((payment) => payment.state === 'confirmed'),
  };
};
