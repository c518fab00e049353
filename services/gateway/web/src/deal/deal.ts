// What follows from the parts of a deal: how far it is, what is left to do, which quote is lowest.
import { all } from '../lib/all';
import { get, me } from '../lib/api';
import { acts } from '../lib/step';
import type { Me, OrderLine } from '../gen/api';
import type {
  Agreement,
  Award,
  Cancellation,
  ChangeOrder,
  Complaint,
  CreditNote,
  Delivery,
  Dispute,
  GoodsReturn,
  ImpactClaim,
  Invitation,
  Invoice,
  Need,
  NeedScores,
  Opener,
  Order,
  Payment,
  Quote,
  QuoteLine,
  QuoteRound,
  Refund,
  Score,
  Seal,
} from './records';

export interface Deal {
  me: Me;
  need: Need;
  invitations: Invitation[];
  quotes: Quote[];
  rounds: Record<string, QuoteRound[]>; // of each quote that was negotiated
  seal?: Seal | undefined; // on a route whose quotes are sealed
  openers: Opener[]; // of the buyer's own needs
  awards: Award[];
  scores: Score[]; // of the buyer's own needs, while quotes are weighed
  ranking?: NeedScores | undefined;
  complaints: Complaint[];
  agreements: Agreement[];
  changes: ChangeOrder[];
  orders: Order[];
  cancellations: Cancellation[];
  returns: GoodsReturn[];
  disputes: Dispute[];
  claims: ImpactClaim[];
  deliveries: Delivery[];
  invoices: Invoice[];
  credits: CreditNote[];
  payments: Payment[];
  refunds: Refund[];
  bare?: boolean; // an order without a need
}

// Nothing but the need: what is shown before the rest has come, and to who is not logged in.
export const nothingElse = {
  invitations: [],
  quotes: [],
  rounds: {},
  openers: [],
  awards: [],
  scores: [],
  complaints: [],
  agreements: [],
  changes: [],
  orders: [],
  cancellations: [],
  returns: [],
  disputes: [],
  claims: [],
  deliveries: [],
  invoices: [],
  credits: [],
  payments: [],
  refunds: [],
} satisfies Partial<Deal>;

const each = async <T>(path: string, key: string, of: { id: string }[]) =>
  (await Promise.all(of.map(({ id }) => all<T>(path, { [key]: id })))).flat();

// What follows from the orders of a deal, and from its agreements.
const loadOrders = async (needId: string) => {
  const [agreements, orders] = await Promise.all([
    all<Agreement>('/agreements', { needId }),
    all<Order>('/orders', { needId }),
  ]);
  return follow(agreements, orders);
};

const follow = async (agreements: Agreement[], orders: Order[]) => {
  const [changes, cancellations, returns, deliveries, invoices, credits] = await Promise.all([
    each<ChangeOrder>('/change-orders', 'agreementId', agreements),
    each<Cancellation>('/cancellations', 'orderId', orders),
    each<GoodsReturn>('/goods-returns', 'orderId', orders),
    each<Delivery>('/deliveries', 'orderId', orders),
    each<Invoice>('/invoices', 'orderId', orders),
    each<CreditNote>('/credit-notes', 'orderId', orders),
  ]);
  const [payments, refunds] = await Promise.all([
    each<Payment>('/payments', 'invoiceId', invoices),
    each<Refund>('/refunds', 'invoiceId', invoices),
  ]);
  return { agreements, orders, changes, cancellations, returns, deliveries, invoices, credits, payments, refunds };
};

// A handler sees no order: what is before them is found among all that is.
const loadClaims = async (who: Me, needId: string, orders: Order[]) => {
  const handles = acts(who, 'HANDLER') && orders.length === 0;
  const [disputes, claims] = await Promise.all(
    handles
      ? [all<Dispute>('/disputes', {}), all<ImpactClaim>('/impact-claims', {})]
      : [each<Dispute>('/disputes', 'orderId', orders), each<ImpactClaim>('/impact-claims', 'orderId', orders)],
  );
  const here = <T extends { need_id?: string }>(found: T[]) => found.filter((one) => one.need_id === needId);
  return { disputes: here(disputes), claims: here(claims) };
};

// Everything of a deal that the caller may see. Nobody sees the need only.
export const loadDeal = async (need: Need): Promise<Deal> => {
  const who = await me();
  if (!who.account_id) return { me: who, need, ...nothingElse };
  const needId = need.id;
  const [invitations, written, seals, openers, awards, complaints, followed] = await Promise.all([
    all<Invitation>('/invitations', { needId }),
    all<Quote>('/quotes', { needId }),
    all<Seal>('/seals', { needId }),
    all<Opener>('/openers', { needId }),
    all<Award>('/awards', { needId }),
    all<Complaint>('/complaints', { needId }),
    loadOrders(needId),
  ]);
  const disputed = await loadClaims(who, needId, followed.orders);
  // What is sealed has no lines, for nobody.
  const quotes = written.map((quote) => ({ ...quote, lines: quote.lines ?? [] }));
  const scored = need.state === 'evaluating' && who.organisation_id === need.buyer_id && need.criteria?.length;
  const [scores, ranking] = scored
    ? await Promise.all([all<Score>('/scores', { needId }), get<NeedScores>(`/needs/${needId}/scores`)])
    : [[], undefined];
  const negotiated = quotes.filter((quote) => quote.rounds);
  const rounds = Object.fromEntries(
    await Promise.all(
      negotiated.map(async ({ id }) => [id, (await get<{ items: QuoteRound[] }>(`/quotes/${id}/rounds`)).items] as const),
    ),
  );
  const judging = { seal: seals[0], openers, awards, complaints, scores, ranking };
  return { me: who, need, invitations, quotes, rounds, ...judging, ...followed, ...disputed };
};

// An order of a basket began with no need: in its place stands what the order tells of itself.
export const loadOrder = async (order: Order): Promise<Deal> => {
  const [who, followed, disputes, claims] = await Promise.all([
    me(),
    follow([], [order]),
    all<Dispute>('/disputes', { orderId: order.id }),
    all<ImpactClaim>('/impact-claims', { orderId: order.id }),
  ]);
  const need = {
    id: order.id,
    buyer_id: order.buyer_id,
    buyer_name: order.buyer_name,
    title: order.need_title,
    fictional: order.fictional,
    state: 'awarded',
    commands: [],
  } as unknown as Need;
  return { ...nothingElse, me: who, need, ...followed, disputes, claims, bare: true };
};

export const isBuyer = (deal: Deal) => deal.me.organisation_id === deal.need.buyer_id;

// Chosen for good: all that follows from it may have ended.
export const isAwarded = (need: Need) => need.state === 'awarded' || need.state === 'closed';

export const isSupplier = (deal: Deal) => !isBuyer(deal) && acts(deal.me, 'SUPPLIER');

// Units of an order line that no delivery brings yet: rejected ones are to come again, unless a dispute is about them.
export const toDeliver = (line: OrderLine): number =>
  Math.max(
    0,
    (line.ordered ?? 0) -
      (line.cancelled ?? 0) -
      ((line.dispatched ?? 0) - (line.rejected ?? 0)) -
      (line.contested ?? 0),
  );

// Accepted units that could go back, or be disputed: those that did neither yet.
export const standing = (line: OrderLine): number =>
  Math.max(0, (line.accepted ?? 0) - (line.returned ?? 0) - (line.disputed ?? 0));

// Accepted units that no invoice asks money for. Drafts count: they claim units already.
export const toInvoice = (line: OrderLine): number =>
  Math.max(
    0,
    (line.accepted ?? 0) -
      (line.returned ?? 0) -
      (line.disputed ?? 0) -
      ((line.invoiced ?? 0) - (line.credited ?? 0)),
  );

// What an invoice still asks: what was paid back is open again.
export const toPay = (deal: Deal, invoice: Invoice): number => {
  const back = deal.refunds
    .filter((refund) => refund.invoice_id === invoice.id && refund.state !== 'reversed')
    .reduce((sum, refund) => sum + refund.amount_cents, 0);
  const asked = (invoice.gross_cents ?? 0) - (invoice.credited_cents ?? 0);
  return Math.max(0, asked - (invoice.paid_cents ?? 0) + back);
};

// ---- Quotes side by side ----

const compared = ['submitted', 'negotiating', 'counter', 'opened', 'admitted', 'preferred', 'selected', 'not_selected'];

export const comparable = (deal: Deal) =>
  deal.quotes
    .filter((quote) => compared.includes(quote.state))
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
  if (deal.bare) return ['order', 'delivery', 'invoice', 'payment'];
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
    lines.length > 0 && lines.every((line) => (line.accepted ?? 0) >= (line.ordered ?? 0) - (line.cancelled ?? 0));
  const sent = invoices.filter((one) =>
    ['issued', 'delivered', 'matched', 'mismatch', 'approved'].includes(one.state),
  );
  const published = !['draft', 'approval', 'ready', 'dropped'].includes(need.state);
  const quoted = awarded || quotes.some((quote) => compared.includes(quote.state));
  const invoiced = delivered && sent.length > 0 && lines.every((line) => toInvoice(line) === 0);
  return {
    need: published,
    invitations: quoted || deal.invitations.length > 0 || (published && need.route === 'open'), // an open route is everybody's
    quotes: quoted,
    award: awarded,
    order: force.length > 0,
    delivery: delivered,
    invoice: invoiced,
    payment:
      invoiced &&
      sent.every((one) => toPay(deal, one) === 0) &&
      deal.payments.every((payment) => payment.state === 'confirmed'),
  };
};
