// walk-laws.mjs - what has to hold of every deal, whatever people did: invariants by the letters that the domain gives them.
// A law answers what breaks it; nothing when it holds.
import { tableOf } from '../lib/statements.mjs';
import { ledgerIsReplayed, rebuilt } from './walk-replay.mjs';

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

/** Everybody who was invited and may still quote is told of a change in the transaction of it, at one moment. */
async function toldTogether({ log }) {
    const wrong = [];
    const invited = new Map();      // need -> invitation -> state, as the log goes on
    let changes = 0, widest = 0;
    for (const event of log) {
        const { data } = event;
        if (nounOf(event.subject) === 'invitation') {
            invited.set(data.need_id, (invited.get(data.need_id) ?? new Map()).set(event.subject, data.state));
        }
        if (nameOf(event) !== 'need_amended') {
            continue;
        }
        const due = [...invited.get(data.id) ?? []].filter(([, state]) => state !== 'declined').map(([subject]) => subject).sort();
        const told = log.filter((one) => one.traceparent === event.traceparent && nameOf(one) === 'invitation_renewed');
        const spread = told.length > 0 ? Math.max(...told.map(({ time }) => Date.parse(time))) - Date.parse(event.time) : 0;
        changes += due.length > 0;
        widest = Math.max(widest, spread);
        if (told.map(({ subject }) => subject).sort().join() !== due.join() || spread > 0) {
            wrong.push(`${event.subject} at ${event.sequence}: ${due.length} were to be told, ${told.length} were, over ${spread} ms`);
        }
    }
    console.log(`# D7: ${changes} changes told to who was invited, spread over at most ${widest} ms`);
    return wrong;
}

/** Where the need of a thing was at its event is none of these. */
const notWhile = (events, ...states) => async ({ log }) => {
    const needs = new Map();
    const wrong = [];
    for (const event of log) {
        if (nounOf(event.subject) === 'need') {
            needs.set(event.data.id, event.data.state);
        } else if (events.includes(nameOf(event)) && states.includes(needs.get(event.data.need_id))) {
            wrong.push(`${event.subject}: ${nameOf(event)} while its need was ${needs.get(event.data.need_id)}`);
        }
    }
    return wrong;
};

/** What was decided stays as it is when rules of tomorrow become known: everything that is read or reckoned by a date, before and after. */
async function rulesOfTomorrowChangeNothing({ change }) {
    const views = ['need', 'quote', 'award', 'agreement', 'order', 'delivery', 'invoice', 'credit_note', 'payment', 'dispute', 'impact_claim']
        .map((noun) => `SELECT '${noun} ' || r.id, to_jsonb (r)::text FROM pipeline.${noun}_record r`);
    const all = `${views.join(' UNION ALL ')}
        UNION ALL SELECT 'routes ' || n.id || o.route, o::text FROM pipeline.need n CROSS JOIN LATERAL pipeline.route_options (
            n.buyer_id, n.kind, n.cpv, n.budget_cents, pipeline.dutch_day (n.published_at), n.id) o WHERE n.published_at IS NOT NULL
        UNION ALL SELECT 'terms ' || o.id || t, pipeline.due_at (t, k.kind, o.created_at)::text FROM pipeline.purchase_order o
            JOIN pipeline.known_organisation k ON k.id = o.buyer_id CROSS JOIN unnest ('{order_answer,dispute_answer,dispute_appeal}'::text []) t
        UNION ALL SELECT 'vat ' || v.id || w, pipeline.vat_cents (w, 100000, v.vat_day)::text FROM pipeline.invoice v
            CROSS JOIN unnest ('{high,low}'::text []) w`;
    const tomorrow = "(now () AT TIME ZONE 'Europe/Amsterdam')::date + 1";
    const copy = (table, where, ...fields) => `INSERT INTO pipeline.${table} SELECT (json_populate_record (p, json_build_object (
        'valid_from', ${tomorrow}${fields.map(([name, value]) => `, '${name}', ${value}`).join('')}))).* FROM pipeline.${table} p WHERE ${where}`;
    const newest = (table, ...keys) => `NOT EXISTS (SELECT FROM pipeline.${table} l WHERE ${[
        ...keys.map((key) => `l.${key} = p.${key}`), 'l.valid_from > p.valid_from'].join(' AND ')})`;
    return change([
        `CREATE TEMP TABLE before AS SELECT * FROM (${all}) x (what, said)`,
        copy('usual_policy', newest('usual_policy'), ['single_max_cents', 1], ['multi_max_cents', 1], ['window_days', 1]),
        copy('purchase_policy', `state = 'adopted' AND ${newest('purchase_policy', 'organisation_id')}`, ['id', 'gen_random_uuid ()'],
            ['single_max_cents', 1], ['multi_max_cents', 1], ['window_days', 1]),
        copy('threshold', newest('threshold', 'class'), ['amount_cents', 1]),
        copy('standstill_term', newest('standstill_term', 'route'), ['days', 99]),
        copy('term', newest('term', 'term', 'buyer_kind'), ['days', 99]),
        copy('change_cap', newest('change_cap', 'kind'), ['cap_ppm', 1]),
        copy('vat_percentage', newest('vat_percentage', 'vat'), ['percentage', 50]),
    ], `SELECT what, b.said AS before, a.said AS after FROM before b FULL JOIN (${all}) a (what, said) USING (what)
        WHERE a.said IS DISTINCT FROM b.said`);
}

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
         WHERE o.agreement_id IS NULL AND (SELECT sum (ordered * unit_price_cents) FROM pipeline.order_line l WHERE l.order_id = o.id)
            IS DISTINCT FROM (SELECT sum (x.quantity * x.unit_price_cents)
                FROM jsonb_to_recordset (q.lines) AS x (quantity bigint, unit_price_cents bigint))`),
    'D3: what is called off has the prices of its agreement, and comes to no more than was agreed': none(`
        SELECT al.id, al.agreed, al.called_off, l.units, l.prices FROM pipeline.agreement_line al
          LEFT JOIN LATERAL (SELECT coalesce (sum (l.ordered - l.cancelled), 0) AS units,
                count (*) FILTER (WHERE (l.unit_price_cents, l.vat) <> (al.unit_price_cents, al.vat)) AS prices
                FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id
               WHERE l.agreement_line_id = al.id AND o.state IN ('awaiting', 'placed', 'confirmed')) l ON true
         WHERE l.prices > 0 OR al.called_off <> l.units OR al.called_off > al.agreed`),
    'D6: no quote came in after the deadline': async ({ log, rows }) => {
        const deadlines = new Map((await rows(`SELECT id, extract (epoch FROM quote_deadline) * 1000 AS until FROM pipeline.need`))
            .map(({ id, until }) => [id, Number(until)]));
        return log.filter((event) => nameOf(event) === 'quote_submitted'
            && Date.parse(event.time) > Math.ceil(deadlines.get(event.data.need_id))).map(({ subject, time }) => `${subject} at ${time}`);
    },
    'D7: all who were invited are told in one batch': toldTogether,
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
    'D11: while a standstill or a complaint runs, nothing of it comes in force':
        notWhile(['agreement_in_force', 'order_placed', 'order_proposed'], 'award_proposed', 'standstill', 'suspended'),
    'D12: every award says why': none(`SELECT id FROM pipeline.need WHERE state = 'awarded' AND coalesce (motivation, '') = ''`),
    'D13: rows are what their events say': rebuilt(['order', 'agreement', 'change_order', 'cancellation', 'goods_return', 'delivery', 'invoice',
        'credit_note', 'payment', 'refund', 'dispute', 'impact_claim']),
    'D13, D18: the ledger is what the events come to, and on the way nothing in dispute was invoiced or paid': ledgerIsReplayed,
    'D18: what is frozen is what disputes that run are about': none(`
        SELECT l.id, l.disputed, l.contested, d.* FROM pipeline.order_line l
          LEFT JOIN LATERAL (SELECT coalesce (sum (quantity) FILTER (WHERE delivery_id IS NULL), 0) AS units,
                coalesce (sum (quantity) FILTER (WHERE delivery_id IS NOT NULL), 0) AS rejected
                FROM pipeline.dispute d WHERE d.order_line_id = l.id AND d.state IN ('raised', 'mediation', 'decided', 'appealed')) d ON true
         WHERE (l.disputed, l.contested) IS DISTINCT FROM (d.units, d.rejected)`),
    'D18: so is what is frozen of invoices': none(`
        SELECT v.id, v.frozen_cents, d.cents FROM pipeline.invoice v
          LEFT JOIN LATERAL (SELECT coalesce (sum (amount_cents), 0) AS cents FROM pipeline.dispute d
               WHERE d.invoice_id = v.id AND d.state IN ('raised', 'mediation', 'decided', 'appealed')) d ON true
         WHERE v.frozen_cents <> d.cents`),
    'D20: rules of tomorrow change nothing of what was decided': rulesOfTomorrowChangeNothing,
    'D15: one quote of a need is chosen, and it is the one awarded': none(`
        SELECT n.id, count (*) FROM pipeline.need n JOIN pipeline.quote q ON q.need_id = n.id AND q.state = 'selected'
         GROUP BY n.id HAVING count (*) > 1 OR n.awarded_quote_id IS DISTINCT FROM (array_agg (q.id))[1]`),
    'C1: who is not admitted has nothing new': none(`
        SELECT q.id FROM pipeline.quote q JOIN pipeline.known_organisation o ON o.id = q.supplier_id
         WHERE o.state NOT IN ('admitted', 'suspended')`),
};
