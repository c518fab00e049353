// deal-crowd.test.mjs - many at once: the last units, one key fifty times, two answers, and orders that
// cross. SEED=n repeats the choices; CROSSED=100000 makes it that many crossed orders (2,000 unless given).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { awardedQuote, enter, inForce, submittedQuote, openNeed } from './deal-cast.mjs';
import { admit, colleague, founder, refused, thing } from './people.mjs';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const crossed = Number(process.env.CROSSED ?? 2_000);
const atOnce = 16;

let state = seed;
function random(below) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
}

let house, desk, buyer, green, blue;

before(async () => {
    house = await openHouse();
    await house.unlimit();
    ({ desk, buyer, green, blue } = await enter(house));
});
after(() => house?.stop());

const get = (client, path) => thing(client.get(path));
const callOff = (client, agreement, quantities, options) => client.post('/call-offs', { agreement_id: agreement.id,
    lines: Object.entries(quantities).map(([no, quantity]) => ({ agreement_line_id: agreement.lines[no].id, quantity })) }, options);

test('a hundred buyers at once for the last one: one order, ninety-nine clear refusals', async () => {
    const agreement = await inForce(buyer, green);
    must(await callOff(buyer, agreement, { 0: 9 }));
    const buyers = [buyer];
    while (buyers.length < 10) {
        buyers.push(await colleague(house, buyer, `inkoper-${buyers.length}`, 'BUYER'));
    }
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => callOff(buyers[at % 10], agreement, { 0: 1 })));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
        refused(answer, 409, 'within_framework');
    }
    const { lines } = await get(buyer, `/agreements/${agreement.id}`);
    assert.deepEqual([lines[0].agreed, lines[0].called_off], [10, 10]);
});

test('the same key fifty times at once: one order', async () => {
    const agreement = await inForce(buyer, green);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 50 }, () => callOff(buyer, agreement, { 1: 1 }, { key })));
    const good = answers.filter(({ status }) => status === 201);
    assert.ok(good.length >= 1);
    assert.equal(new Set(good.map(({ body }) => body.id)).size, 1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
        refused(answer, 409, 'key_in_progress');
    }
    assert.equal((await get(buyer, `/agreements/${agreement.id}`)).lines[1].called_off, 1);
    const again = await callOff(buyer, agreement, { 1: 1 }, { key });
    assert.equal(again.body.id, good[0].body.id);
    refused(await callOff(buyer, agreement, { 1: 2 }, { key }), 409, 'key_reused');
});

test('of two orders, two answers and two awards at once, one wins', async () => {
    const quote = await awardedQuote(buyer, green);
    const orders = await Promise.all([1, 2].map(() => buyer.post('/orders', { quote_id: quote.id })));
    assert.deepEqual(orders.map(({ status }) => status).sort(), [201, 409]);
    const order = orders.find(({ status }) => status === 201).body;
    const answers = await Promise.all([green.command('/orders', order, 'confirm'),
        green.command('/orders', order, 'refuse', { reason: 'Te druk.' }), buyer.command('/orders', order, 'cancel', { reason: 'Toch niet.' })]);
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    const need = await openNeed(buyer);
    const quotes = [await submittedQuote(green, need), await submittedQuote(blue, need)];
    const awards = await Promise.all(quotes.map(({ id }) => buyer.chief.command('/needs', need, 'award',
        { quote_id: id, motivation: 'Deze is de beste van de twee.' })));
    assert.equal(awards.filter(({ status }) => status === 200).length, 1);
});

test('of thirty orders at once of people with a mandate, so many are placed as fit in it together', async () => {
    const before = Number(await house.psql(`SELECT coalesce (sum (cents), 0) FROM pipeline.ordered_sum
        WHERE supplier_id = '${blue.org}'`));
    const people = [];
    for (const name of ['sam', 'noor', 'lotte']) {
        people.push(await colleague(house, buyer, name, 'BUYER'));
        must(await buyer.post('/mandates', { account_id: people.at(-1).account, max_cents: before + 4 * 205, valid_from: '2020-01-01' }));
    }
    const quotes = [];
    while (quotes.length < 30) {
        quotes.push(await awardedQuote(buyer, blue, [{ description: 'Plant', unit: 'stuk', quantity: 1, unit_price_cents: 205, vat: 'low' }]));
    }
    const orders = await Promise.all(quotes.map(({ id }, at) => thing(people[at % 3].post('/orders', { quote_id: id }))));
    assert.equal(orders.filter(({ state }) => state === 'placed').length, 4);
    assert.equal(orders.filter(({ state }) => state === 'awaiting').length, 26);
});

// Each buyer orders from every supplier, and all answer each other, with lines in whatever order.
test(`${crossed} orders that cross do not lock each other for good (SEED=${seed})`, { timeout: 3_600_000 }, async () => {
    const [buyers, sellers] = [[buyer], [green, blue]];
    for (const name of ['twee', 'drie']) {
        const firm = await founder(house, name, 'company');
        firm.chief = await colleague(house, firm, `${name}-baas`, 'APPROVER');
        must(await firm.post('/mandates', { account_id: firm.chief.account, max_cents: 100_000_000, valid_from: '2020-01-01' }));
        buyers.push(firm);
    }
    await admit(house, desk, ...buyers.slice(1));
    const large = { quantity: 1_000_000, unit_price_cents: 1, vat: 'high', unit: 'stuk' };
    const agreements = [];
    for (const from of buyers) {
        for (const to of sellers) {
            agreements.push({ from, to, ...await inForce(from, to, 'framework', [
                { ...large, description: 'Schroeven' }, { ...large, description: 'Moeren', unit_price_cents: 2 }]) });
        }
    }
    const deadlocks = async () => Number(await house.psql(
        'SELECT pg_stat_clear_snapshot (); SELECT deadlocks FROM pg_stat_database WHERE datname = current_database ()'));
    const before = await deadlocks();
    const counts = {};
    const open = [];
    async function one() {
        const agreement = agreements[random(agreements.length)];
        const some = random(2) ? { 0: 1 + random(5), 1: 1 } : { 1: 1 + random(5), 0: 1 };
        const order = await callOff(agreement.from, agreement, some);
        if (order.status === 201) {
            open.push([agreement, order.body]);
        }
        const answers = [order];
        const [which, other] = open.splice(random(open.length), 1)[0] ?? [];
        if (which) {
            answers.push(...await Promise.all([which.to.command('/orders', other, random(2) ? 'confirm' : 'refuse', { reason: 'Zomaar.' }),
                which.from.command('/orders', other, 'cancel', { reason: 'Zomaar.' })]));
        }
        for (const { status } of answers) {
            counts[status] = (counts[status] ?? 0) + 1;
        }
    }
    let left = crossed;
    await Promise.all(Array.from({ length: atOnce }, async () => {
        while (left-- > 0) {
            await one();
        }
    }));
    const found = await deadlocks() - before;
    console.log(`# SEED=${seed} crossed=${crossed} deadlocks=${found} ${JSON.stringify(counts)}`);
    assert.equal(found, 0);
    assert.ok(counts[201] >= crossed * 0.99, JSON.stringify(counts));
    assert.deepEqual(Object.keys(counts).filter((status) => status >= 500), []);
    // What was called off is what the orders say.
    assert.equal(await house.psql(`SELECT count (*) FROM pipeline.agreement_line al WHERE al.called_off <> (
        SELECT coalesce (sum (CASE WHEN o.state IN ('refused', 'lapsed') THEN 0 ELSE l.ordered - l.cancelled END), 0)
        FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id WHERE l.agreement_line_id = al.id)`), '0');
});
