// reporting.test.mjs - figures over HTTP: they agree with each other and with what happened, and
// come back the same when they are counted anew.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, needText, units } from './deal-cast.mjs';

let house, buyer, green, stranger;

before(async () => {
    house = await openHouse();
    ({ buyer, green, stranger } = await enter(house));
});
after(() => house?.stop());

/** A report, once everything that happened before is counted. */
async function report(path) {
    const settled = 'SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)';
    const seq = await until(() => house.psql(settled), 5_000, 'the outbox is empty');
    const answer = must(await house.nobody().get(path, { headers: { 'x-min-seq': seq } }));
    if (answer.body.as_of_seq !== undefined) {
        assert.ok(answer.body.as_of_seq >= Number(seq));
    }
    return answer.body;
}

const figures = (body) => Object.fromEntries(body.figures.map(({ name, value }) => [name, value]));
const sum = (list) => list.reduce((total, { revenue_cents: cents }) => total + cents, 0);
const thisYear = Number(new Intl.DateTimeFormat('en',
    { year: 'numeric', timeZone: 'Europe/Amsterdam' }).format(new Date()));

// Of the order's ten hours at 13.33 six are accepted, of the seven plants at 2.05 all.
const accepted = 6 * 1333 + 7 * 205;

async function deal() {
    const order = await confirmedOrder(buyer, green);
    const delivery = await delivered(green, order, { 0: 8, 1: 7 });
    const [hours, plants] = units(order, { 0: 6, 1: 7 })
        .map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity }));
    must(await buyer.command('/deliveries', delivery, 'accept', { lines: [
        { ...hours, rejected: 2, reject_reason: 'Niet gekomen.' }, plants,
    ] }));
    return delivery;
}

test('a market without deals is a report of zeros with every city of the network', async () => {
    const body = await report('/reports/market');
    const counted = figures(body);
    assert.deepEqual([counted.revenue, counted.deliveries, counted.needs], [0, 0, 0]);
    assert.equal(counted.enterprises, 2);
    assert.ok(body.figures.every(({ definition, definition_en }) => definition && definition_en));
    const day = new Date().toISOString().slice(0, 10);
    const network = must(await house.nobody().get(`/municipalities?memberOn=${day}`)).body.items;
    const shown = new Set(body.cities.map((city) => city.municipality));
    assert.equal(network.length, 41);
    assert.ok(network.every((city) => shown.has(city.code)));
    assert.deepEqual([body.quarters, body.years], [[], []]);
});

test('revenue is what was accepted, and every list adds up to it', async () => {
    const delivery = await deal();
    const body = await report('/reports/market');
    const counted = figures(body);
    assert.equal(counted.revenue, accepted);
    assert.equal(counted.deliveries, 1);
    assert.equal(counted.buyers, 1);
    for (const list of [body.quarters, body.cities, body.enterprises]) {
        assert.equal(sum(list), accepted);
    }
    assert.deepEqual(body.quarters.map(({ buyer_kind: kind }) => kind), ['municipality']);
    assert.deepEqual(body.years, [String(thisYear)]);
    const [best] = body.enterprises;
    assert.deepEqual([best.supplier_id, best.deliveries], [green.org, 1]);
    const lines = await report('/reports/revenue');
    assert.equal(lines.total_cents, accepted);
    assert.deepEqual(lines.items.map(({ delivery_id: id }) => id), [delivery.id]);
    assert.equal(lines.items[0].supplier_id, green.org);
});

test('year and municipality choose deliveries', async () => {
    const value = async (query) => figures(await report(`/reports/market?${query}`)).revenue;
    assert.equal(await value(`year=${thisYear}`), accepted);
    assert.equal(await value(`year=${thisYear - 1}`), 0);
    assert.equal(await value('municipality=GM0153'), accepted);
    assert.equal(await value('municipality=GM0014'), 0);
    assert.equal((await report('/reports/revenue?municipality=GM0014')).total_cents, 0);
});

test('what is not published is in no figure', async () => {
    const before = await report('/reports/market');
    must(await stranger.post('/needs', needText()));
    must(await green.post('/offers', {
        title: 'Nog niet klaar', description: 'Dit aanbod staat nog niet op de markt.',
        kind: 'service', sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 1,
    }));
    const now = await report('/reports/market');
    assert.deepEqual(now.figures, before.figures);
    assert.deepEqual(now.cities, before.cities);
});

test('a city has its market beside its roadmap', async () => {
    const body = await report('/reports/cities/GM0153');
    assert.equal(body.figures.name, 'Enschede');
    assert.equal(body.figures.revenue_cents, accepted);
    assert.equal(body.figures.enterprises, 2);
    assert.deepEqual(body.levels.map(({ theme }) => theme),
        ['procurement', 'account', 'ecosystem']);
    assert.ok(body.levels.every((level) => !('level' in level)));
    assert.deepEqual([body.stories, body.adopted, body.adopted_by_others], [0, 0, 0]);
    assert.equal((await house.nobody().get('/reports/cities/GM9999')).status, 404);
});

test('claims that contradict each other stand side by side', async () => {
    const { items } = await report('/reports/claims');
    const funnel = items.filter(({ code }) => code === 'F1');
    assert.ok(funnel.some(({ value, source }) =>
        value === 'meer dan 50 – 28 – 11' && source === 'Consultancy.nl'));
    assert.ok(funnel.some(({ value, source }) =>
        value === '48 – 27' && source === 'twentemove2social.nl'));
    assert.ok(items.every(({ source, as_of: date }) => source && date));
    const order = items.map(({ code, as_of: date }) => code + date);
    assert.deepEqual(order, [...order].sort());
});

test('a round that nobody knows has no report', async () => {
    const answer = await house.nobody().get('/reports/rounds/00000000-0000-7000-8000-000000000000');
    assert.equal(answer.status, 404);
});

test('who names an event that is yet to come is asked to try again', async () => {
    const answer = await house.nobody().get('/reports/market',
        { headers: { 'x-min-seq': '999999999' } });
    assert.equal(answer.status, 503);
    assert.ok(answer.headers.get('retry-after'));
});

test('counted anew from the stream, every row comes back the same', async () => {
    const tables = ['organisation', 'offer', 'need', 'delivery', 'round', 'initiative', 'story',
        'adoption', 'level'];
    const rows = () => Promise.all(tables.map((table) =>
        house.psql(`SELECT t FROM reporting.${table} t ORDER BY t`)));
    await report('/reports/market');
    const before = await rows();
    await house.kill('reporting');
    await house.psql(`TRUNCATE ${tables.map((table) => `reporting.${table}`).join(', ')};
        UPDATE reporting.position SET seq = 0, epoch = NULL, recorded_at = NULL`);
    await house.start('reporting');
    await report('/reports/market');
    assert.deepEqual(await rows(), before);
});
