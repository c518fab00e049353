// deal-crowd.test.mjs - many at once: the last units, one key fifty times, two answers, and orders that
// cross. SEED=n repeats the choices; CROSSED=100000 makes it that many crossed orders (2,000 unless given).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { awardedQuote, enter, inForce, submittedQuote, openNeed } from './deal-cast.mjs';
import { admit, colleague, founder, refused, thing, visitor } from './people.mjs';
import { filled, offerOf, published } from './shop-cast.mjs';

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

/** Organisations that may order, each with somebody who logs in, has a mandate, and an awarded quote of the supplier's. */
async function crowd(count, supplier, line) {
    const buyers = `(SELECT n, ('00000000-0000-7000-a' || lpad (n::text, 3, '0') || '-000000000000')::uuid AS org,
        ('00000000-0000-7000-b' || lpad (n::text, 3, '0') || '-000000000000')::uuid AS own FROM generate_series (1, ${count}) n)`;
    const [row] = JSON.parse(await house.psql(`SELECT json_agg (a) FROM identity.account a WHERE id = '${buyer.account}'`));
    await house.psql(`
        INSERT INTO identity.account (id, email, name, password, created_at)
        SELECT own, 'koper-' || n || '@proef.example', 'Koper ' || n, '${row.password}', now () FROM ${buyers} b;
        INSERT INTO identity.known_organisation SELECT org, 'Koper ' || n, 1 FROM ${buyers} b;
        INSERT INTO identity.known_member SELECT own, org, '{BUYER}', 1 FROM ${buyers} b;
        INSERT INTO pipeline.known_organisation (id, name, kind, municipality, state, fictional, version)
        SELECT org, 'Koper ' || n, 'company', 'GM0153', 'admitted', true, 1 FROM ${buyers} b;
        INSERT INTO pipeline.mandate (id, organisation_id, account_id, max_cents, valid_from, created_at)
        SELECT gen_random_uuid (), org, own, 1000000, '2020-01-01', now () FROM ${buyers} b;
        INSERT INTO pipeline.need (id, buyer_id, title, description, cpv, municipality, quote_deadline, fictional, published_at, state, created_at)
        SELECT own, org, 'Onderhoud', 'Onderhoud van de tuin.', '{77310000-6}', 'GM0153', now (), true, now (), 'awarded', now () FROM ${buyers} b;
        INSERT INTO pipeline.quote (id, need_id, supplier_id, buyer_id, lines, total_cents, submitted_at, state, created_at)
        SELECT own, own, '${supplier.org}', org, '${JSON.stringify([line])}', ${line.quantity * line.unit_price_cents}, now (), 'selected', now ()
        FROM ${buyers} b`);
    const numbers = Array.from({ length: count }, (_, n) => String(n + 1).padStart(3, '0'));
    const clients = [];
    while (numbers.length > 0) {
        clients.push(...await Promise.all(numbers.splice(0, 4).map(async (n) =>
            Object.assign(await visitor(house, { email: `koper-${Number(n)}@proef.example` }), { quote: `00000000-0000-7000-b${n}-000000000000` }))));
    }
    return clients;
}

// Half of them order what was awarded to the supplier, half what is in their basket.
test('a hundred organisations at once for the last one of an offer: one order, ninety-nine clear refusals', async () => {
    const offer = await published(green, offerOf('Vogelhuisje', 2500));
    const stock = await until(async () => {
        const answer = await green.post('/stocks', { offer_id: offer.id, units: 3, fictional: true });
        return answer.status === 201 && answer.body;
    }, 10_000, 'pipeline knows whose offer it is');
    const line = { description: 'Vogelhuisje', unit: 'stuk', quantity: 1, unit_price_cents: 2500, vat: 'high', offer_id: offer.id };
    const own = await awardedQuote(buyer, green, [{ ...line, quantity: 2 }]);
    const first = await thing(buyer.post('/orders', { quote_id: own.id }));
    const left = async (of = buyer) => (await get(of, `/stocks/${stock.id}`)).left;
    assert.equal(await left(), 1);
    const clients = await crowd(100, green, line);
    const baskets = await Promise.all(clients.map((client, at) => at % 2 && filled(client, [{ offer_id: offer.id, quantity: 1 }])));
    const order = (client) => {
        const basket = baskets[clients.indexOf(client)];
        return basket ? client.command('/baskets', basket, 'order') : client.post('/orders', { quote_id: client.quote });
    };
    const answers = await Promise.all(clients.map(order));
    const won = answers.filter(({ status }) => status < 300);
    assert.equal(won.length, 1);
    for (const answer of answers.filter((each) => each !== won[0])) {
        refused(answer, 409, 'within_stock');
    }
    const [taken] = (await get(green, '/orders')).items;
    assert.equal(new Set(clients.map(({ session }) => session.me.organisation_id)).size, 100);
    assert.equal(await left(clients[0]), 0);
    // What is cancelled, refused or does not come can be ordered again; fewer than are ordered there cannot be.
    refused(await green.put(`/stocks/${stock.id}`, { offer_id: offer.id, units: 2 }, stock.version), 409, 'within_stock');
    must(await green.command('/orders', taken, 'refuse', { reason: 'Deze was beschadigd.' }));
    assert.equal(await left(), 1);
    must(await buyer.command('/orders', first, 'cancel', { reason: 'Toch niet.' }));
    assert.equal(await left(), 3);
    const again = clients.filter((_, at) => answers[at] !== won[0]).slice(0, 6);
    const second = await Promise.all(again.map(order));
    assert.equal(second.filter(({ status }) => status < 300).length, 3);
    refused(await green.post('/stocks', { offer_id: offer.id, units: 1 }), 409, 'counted_once');
    refused(await blue.post('/stocks', { offer_id: offer.id, units: 1 }), 404);
    refused(await blue.command('/stocks', stock, 'end'), 404);
    const more = await thing(green.put(`/stocks/${stock.id}`, { offer_id: offer.id, units: 4 }, stock.version));
    assert.deepEqual([more.units, more.ordered, more.left], [4, 3, 1]);
    must(await green.command('/stocks', more, 'end'));
    assert.equal((await get(house.nobody(), `/stocks?offerId=${offer.id}`)).items[0].state, 'ended');
    must(await order(again.find((_, at) => second[at].status >= 300)));
});

test('a hundred requests at once for the last unit of an agreement: one order', async () => {
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
        assert.equal(answer.headers.get('retry-after'), '1', 'it is worth another try');
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
            answers.push(...await Promise.all([random(2) ? which.to.command('/orders', other, 'confirm')
                : which.to.command('/orders', other, 'refuse', { reason: 'Zomaar.' }),
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
    assert.deepEqual(Object.keys(counts).sort(), ['200', '201', '409', '412'], JSON.stringify(counts));
    // What was called off is what the orders say.
    assert.equal(await house.psql(`SELECT count (*) FROM pipeline.agreement_line al WHERE al.called_off <> (
        SELECT coalesce (sum (CASE WHEN o.state IN ('refused', 'lapsed') THEN 0 ELSE l.ordered - l.cancelled END), 0)
        FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id WHERE l.agreement_line_id = al.id)`), '0');
});
