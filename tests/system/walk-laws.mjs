// walk-laws.mjs - what has to hold of every deal, whatever people did: invariants by the letters that the domain gives them.
// A law answers what breaks it; nothing when it holds.
import { tableOf } from '../lib/statements.mjs';

/** Rows that should not be there. */
const none = (sql) => async ({ rows }) => rows(sql);

/** A thing's history as the log tells it, oldest first: [subject, [event]]. */
function histories(log) {
    const all = new Map();
    for (const event of log) {
        all.set(event.subject, [...all.get(event.subject) ?? [], event]);
    }
    return all;
}

const nameOf = ({ type }) => type.split('.')[2];
const nounOf = (subject) => subject.split('/')[0];

/** Each thing went only along the steps of its table, and its events are numbered without a gap. */
async function wentAlongItsTable({ log, tables }) {
    const wrong = [];
    for (const [subject, events] of histories(log)) {
        const table = tables.find(({ noun }) => noun === nounOf(subject));
        let state = null;
        events.forEach((event, at) => {
            if (!table) {
                return;
            }
            const to = event.data.state;
            const step = table.steps.some((one) => one.from === state && one.event === nameOf(event) && (to === undefined || one.to === to));
            if (!step) {
                wrong.push(`${subject}: ${nameOf(event)} from ${state} to ${to}`);
            }
            if (event.ver !== at + 1) {
                wrong.push(`${subject}: event ${at + 1} has version ${event.ver}`);
            }
            state = to ?? state;
        });
    }
    return wrong;
}

/** The row is where its last event left it. */
async function rowsSayWhatTheLogSays({ log, tables, rows }) {
    const wrong = [];
    const last = histories(log);
    for (const { noun } of tables) {
        for (const { id, state, version } of await rows(`SELECT id, state, version FROM ${tableOf(noun)}`)) {
            const event = last.get(`${noun}/${id}`)?.at(-1);
            if (event?.ver !== version || (event.data.state ?? state) !== state) {
                wrong.push(`${noun}/${id} is ${state} ${version}; the log says ${event?.data.state} ${event?.ver}`);
            }
        }
    }
    return wrong;
}

/** Nobody took the second of two steps that want two people. */
const twoPeople = (first, second) => async ({ log }) => {
    const wrong = [];
    const byOrder = new Map();
    for (const event of log) {
        if (nameOf(event) === first) {
            byOrder.set(event.subject, event.actor);
        }
    }
    for (const event of log.filter((each) => nameOf(each) === second)) {
        const begun = nounOf(event.subject) === 'invoice' ? `order/${event.data.order_id}` : event.subject;
        if (event.actor && byOrder.get(begun) === event.actor) {
            wrong.push(`${second} of ${event.subject} by who did ${first}`);
        }
    }
    return wrong;
};

export const laws = {
    'log: a thing goes along its table': wentAlongItsTable,
    'log: rows say what the log says': rowsSayWhatTheLogSays,
    'D1: what an order line says is what deliveries say': none(`
        SELECT l.id, l.announced, l.delivered, l.accepted, l.rejected, s.*
          FROM pipeline.order_line l
          LEFT JOIN LATERAL (SELECT
                coalesce (sum (d.quantity) FILTER (WHERE v.state <> 'withdrawn'), 0) AS sum_announced,
                coalesce (sum (d.quantity) FILTER (WHERE v.state IN ('delivered', 'judged')), 0) AS sum_delivered,
                coalesce (sum (d.accepted), 0) AS sum_accepted, coalesce (sum (d.rejected), 0) AS sum_rejected
                FROM pipeline.delivery_line d JOIN pipeline.delivery v ON v.id = d.delivery_id WHERE d.order_line_id = l.id) s ON true
         WHERE (l.announced, l.delivered, l.accepted, l.rejected)
            IS DISTINCT FROM (sum_announced, sum_delivered, sum_accepted, sum_rejected)`),
    'D1: quantities stay within what was ordered': none(`
        SELECT * FROM pipeline.order_line
         WHERE least (cancelled, announced, delivered, accepted, rejected, returned, invoiced, credited) < 0
            OR cancelled + accepted > ordered OR accepted + rejected > delivered OR delivered > announced
            OR announced - rejected > ordered - cancelled OR returned > accepted`),
    'D1: no more is invoiced than was accepted': none(`
        SELECT l.id, l.invoiced, l.credited, l.accepted, s.* FROM pipeline.order_line l
          LEFT JOIN LATERAL (SELECT coalesce (sum (i.quantity), 0) AS on_invoices
                FROM pipeline.invoice_line i JOIN pipeline.invoice v ON v.id = i.invoice_id
               WHERE i.order_line_id = l.id AND v.state NOT IN ('dropped', 'rejected')) s ON true
         WHERE l.invoiced - l.credited > l.accepted OR l.invoiced <> on_invoices`),
    'D1: of a stock so many are ordered as lines of orders in force took': none(`
        SELECT s.id, s.units, s.ordered, l.taken FROM pipeline.stock s
          LEFT JOIN LATERAL (SELECT coalesce (sum (l.ordered - l.cancelled), 0) AS taken
                FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id
               WHERE l.stock_id = s.id AND o.state IN ('awaiting', 'placed', 'confirmed')) l ON true
         WHERE s.ordered <> l.taken OR (s.state = 'counted' AND s.ordered > s.units)`),
    'D2: what an invoice counts as paid is what payments and refunds say': none(`
        SELECT v.id, v.paid_cents, v.refunded_cents, p.paid, r.refunded FROM pipeline.invoice v
          LEFT JOIN LATERAL (SELECT coalesce (sum (amount_cents), 0) AS paid FROM pipeline.payment p
               WHERE p.invoice_id = v.id AND p.state IN ('reported', 'confirmed')) p ON true
          LEFT JOIN LATERAL (SELECT coalesce (sum (amount_cents), 0) AS refunded FROM pipeline.refund r
               WHERE r.invoice_id = v.id AND r.state IN ('reported', 'confirmed')) r ON true
         WHERE (v.paid_cents, v.refunded_cents) IS DISTINCT FROM (p.paid, r.refunded)`),
    'D2: no more is paid than was invoiced, but what was credited later': none(`
        SELECT id, gross_cents, paid_cents, refunded_cents FROM pipeline.invoice
         WHERE paid_cents - refunded_cents > gross_cents OR refunded_cents < 0`),
    'D4: what was reversed does not count': none(`
        SELECT i.id FROM pipeline.invoice i WHERE i.paid_cents > 0
           AND NOT EXISTS (SELECT FROM pipeline.payment p WHERE p.invoice_id = i.id AND p.state IN ('reported', 'confirmed'))`),
    'D3: an order is its quote, to the cent': none(`
        SELECT o.id, q.id AS quote FROM pipeline.purchase_order o JOIN pipeline.quote q ON q.id = o.quote_id
         WHERE (SELECT sum (ordered * unit_price_cents) FROM pipeline.order_line l WHERE l.order_id = o.id)
            IS DISTINCT FROM (SELECT sum (x.quantity * x.unit_price_cents)
                FROM jsonb_to_recordset (q.lines) AS x (quantity bigint, unit_price_cents bigint))`),
    'D6: no quote came in after the deadline': async ({ log, rows }) => {
        const deadlines = new Map((await rows(`SELECT id, extract (epoch FROM quote_deadline) * 1000 AS until FROM pipeline.need`))
            .map(({ id, until }) => [id, Number(until)]));
        return log.filter((event) => nameOf(event) === 'quote_submitted'
            && Date.parse(event.time) > Math.ceil(deadlines.get(event.data.need_id))).map(({ subject, time }) => `${subject} at ${time}`);
    },
    'D8: who wrote a need does not award it': twoPeople('need_drafted', 'need_awarded'),
    'D8: who wrote a need does not approve it': twoPeople('need_drafted', 'need_approved'),
    'D8: who ordered does not approve the invoice': twoPeople('order_placed', 'invoice_approved'),
    'D9: what is kept of orders, by day, is what they come to when counted anew': none(`
        SELECT coalesce (k.buyer_id, c.buyer_id) AS buyer, coalesce (k.supplier_id, c.supplier_id) AS supplier,
               coalesce (k.day, c.day) AS day, k.cents AS kept, c.cents AS counted
          FROM (SELECT buyer_id, supplier_id, day, sum (cents) AS cents FROM pipeline.ordered_sum GROUP BY 1, 2, 3) k
          FULL JOIN (SELECT o.buyer_id, o.supplier_id, (o.created_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
                            sum ((l.ordered - l.cancelled) * l.unit_price_cents) AS cents
                       FROM pipeline.purchase_order o JOIN pipeline.order_line l ON l.order_id = o.id
                      WHERE o.state IN ('awaiting', 'placed', 'confirmed') GROUP BY 1, 2, 3) c USING (buyer_id, supplier_id, day)
         WHERE coalesce (k.cents, 0) <> coalesce (c.cents, 0)`),
    'D12: every award says why': none(`SELECT id FROM pipeline.need WHERE state = 'awarded' AND coalesce (motivation, '') = ''`),
    'D15: one quote of a need is chosen, and it is the one awarded': none(`
        SELECT n.id, count (*) FROM pipeline.need n JOIN pipeline.quote q ON q.need_id = n.id AND q.state = 'selected'
         GROUP BY n.id HAVING count (*) > 1 OR n.awarded_quote_id IS DISTINCT FROM (array_agg (q.id))[1]`),
    'C1: who is not admitted has nothing new': none(`
        SELECT q.id FROM pipeline.quote q JOIN pipeline.known_organisation o ON o.id = q.supplier_id
         WHERE o.state NOT IN ('admitted', 'suspended')`),
};
