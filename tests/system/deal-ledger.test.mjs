// deal-ledger.test.mjs - random commands, several at once, by both sides of two orders; afterwards
// the ledger must say exactly what the documents say. SEED=n repeats a run as far as timing allows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { confirmedOrder, enter, units } from './deal-cast.mjs';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const rounds = 100, atOnce = 6;
// 404: to the buyer a draft invoice does not exist.
const expected = [200, 201, 404, 409, 412];

// mulberry32: small, and the same everywhere.
let state = seed;
function random(below) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
}
const pick = (items) => items[random(items.length)];

let house, buyer, finance, green, orders;
const made = { deliveries: [], invoices: [], payments: [] };

before(async () => {
    house = await openHouse();
    ({ buyer, finance, green } = await enter(house));
    orders = [await confirmedOrder(buyer, green), await confirmedOrder(buyer, green)];
});
after(() => house?.stop());

/** Remembers what was made, or the newest version of it. */
async function keep(collection, request) {
    const answer = await request;
    if (answer.status < 300) {
        const rest = made[collection].filter((thing) => thing.id !== answer.body.id);
        made[collection] = [...rest, answer.body];
    }
    return answer;
}

const someUnits = (order) => units(order, { [random(3)]: 1 + random(6) });

function judgement(delivery) {
    return delivery.lines.map(({ order_line_id, quantity }) => {
        const rejected = random(3) === 0 ? random(quantity + 1) : 0;
        return { order_line_id, accepted: quantity - rejected, rejected, reject_reason: 'Stuk.' };
    });
}

const command = (collection, caller, name, body = () => ({})) => () => {
    const thing = pick(made[collection]);
    return thing && keep(collection, caller().command(`/${collection}`, thing, name, body(thing)));
};

let number = 0;
const commands = [
    () => {
        const order = pick(orders);
        return keep('deliveries', green.post('/deliveries',
            { order_id: order.id, lines: someUnits(order) }));
    },
    command('deliveries', () => green, 'deliver'),
    command('deliveries', () => buyer, 'accept', (thing) => ({ lines: judgement(thing) })),
    () => {
        const order = pick(orders);
        return keep('invoices', green.post('/invoices',
            { order_id: order.id, number: `L-${number++}`, lines: someUnits(order) }));
    },
    command('invoices', () => green, 'issue'),
    command('invoices', () => green, 'drop'),
    command('invoices', () => finance, 'approve'),
    command('invoices', () => finance, 'reject', () => ({ reason: 'Klopt niet.' })),
    () => {
        const invoice = pick(made.invoices);
        return invoice && keep('payments', finance.post('/payments', {
            invoice_id: invoice.id, amount_cents: 1 + random(invoice.gross_cents),
            bank_reference: `proef ${number++}`,
        }));
    },
    command('payments', () => green, 'confirm'),
];

// Each line of the ledger beside the sums of the documents that it counts; only those that differ.
const differing = `
    SELECT l.id FROM pipeline.order_line l
    LEFT JOIN LATERAL (
        SELECT coalesce (sum (x.quantity), 0) AS announced,
               coalesce (sum (x.quantity) FILTER (WHERE d.state <> 'announced'), 0) AS delivered,
               coalesce (sum (x.accepted), 0) AS accepted,
               coalesce (sum (x.rejected), 0) AS rejected
        FROM pipeline.delivery_line x JOIN pipeline.delivery d ON d.id = x.delivery_id
        WHERE x.order_line_id = l.id) came ON true
    LEFT JOIN LATERAL (
        SELECT coalesce (sum (x.quantity), 0) AS invoiced
        FROM pipeline.invoice_line x JOIN pipeline.invoice v ON v.id = x.invoice_id
        WHERE x.order_line_id = l.id AND v.state NOT IN ('dropped', 'rejected')) asked ON true
    WHERE (l.announced, l.delivered, l.accepted, l.rejected, l.invoiced)
        <> (came.announced, came.delivered, came.accepted, came.rejected, asked.invoiced)`;
const overpaid = `
    SELECT v.id FROM pipeline.invoice v
    WHERE v.paid_cents <> (SELECT coalesce (sum (p.amount_cents), 0)
                           FROM pipeline.payment p WHERE p.invoice_id = v.id)`;

test(`the ledger says what the documents say (SEED=${seed})`, async () => {
    const counts = {};
    for (let round = 0; round < rounds; round++) {
        const answers = await Promise.all(Array.from({ length: atOnce }, () => pick(commands)()));
        for (const { status, body } of answers.filter(Boolean)) {
            assert.ok(expected.includes(status), `${status}: ${JSON.stringify(body)}`);
            counts[status] = (counts[status] ?? 0) + 1;
        }
    }
    assert.ok(counts[200] > 10 && counts[201] > 10, JSON.stringify(counts));
    assert.equal(await house.psql(differing), '');
    assert.equal(await house.psql(overpaid), '');
});
