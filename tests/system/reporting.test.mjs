// reporting.test.mjs - figures over HTTP: they agree with each other and with what happened, and
// come back the same when they are counted anew.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { confirmedOrder, delivered, needText, staff, units } from './deal-cast.mjs';
import { admit, founder, moderator, refused, thing } from './people.mjs';

let house, buyer, hengelo, green, office;

before(async () => {
    house = await openHouse();
    const desk = await moderator(house);
    buyer = await founder(house, 'enschede', 'municipality');
    hengelo = await founder(house, 'hengelo', 'municipality', { municipality: 'GM0164' });
    green = await founder(house, 'groen', 'enterprise');
    office = await founder(house, 'bureau', 'partner');
    await founder(house, 'nieuw', 'enterprise'); // is never admitted
    await admit(house, desk, buyer, hengelo, green, office);
    await staff(house, buyer, 'beslist');
});
after(() => house?.stop());

/** A report, once everything that happened before is counted. */
async function report(path) {
    const settled = 'SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)';
    const seq = await until(() => house.psql(settled), 5_000, 'the outbox is empty');
    const { body } = await until(async () => {
        const answer = await house.nobody().get(path, { headers: { 'x-min-seq': seq } });
        return answer.status !== 503 && must(answer);
    }, 10_000, 'reporting has counted');
    if (body.as_of_seq !== undefined) {
        assert.ok(body.as_of_seq >= Number(seq));
    }
    return body;
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
    assert.equal(counted.enterprises, 1);
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
    must(await buyer.post('/needs', needText()));
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
    assert.equal(body.figures.enterprises, 1);
    assert.deepEqual(body.levels.map(({ theme }) => theme),
        ['procurement', 'account', 'ecosystem']);
    assert.ok(body.levels.every((level) => !('level' in level)));
    assert.deepEqual([body.stories, body.adopted, body.adopted_by_others], [0, 0, 0]);
    refused(await house.nobody().get('/reports/cities/GM9999'), 404);
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
    const nothing = '00000000-0000-7000-8000-000000000000';
    refused(await house.nobody().get(`/reports/rounds/${nothing}`), 404);
});

test('a published level shows, and a later one takes its place', async () => {
    const levels = [];
    for (const met of [false, true]) {
        let level = await thing(buyer.post('/assessments', {
            theme: 'account', as_of: '2025-12-31', fictional: true,
            criteria: [{ level: 1, text: 'Er is een loket', met, evidence: 'Raadsbesluit.' }],
        }));
        level = await thing(buyer.command('/assessments', level, 'submit'));
        levels.push((await report('/reports/cities/GM0153')).levels[1].level);
        await thing(buyer.command('/assessments', level, 'publish'));
        levels.push((await report('/reports/cities/GM0153')).levels[1].level);
    }
    assert.deepEqual(levels, [undefined, 0, 0, 1]);
});

test('a story counts once it is published, and where it is taken over', async () => {
    const both = async () => {
        const [told, took] = [await report('/reports/cities/GM0164'),
            await report('/reports/cities/GM0153')];
        return [told.stories, told.adopted_by_others, took.stories, took.adopted];
    };
    const story = await thing(hengelo.post('/stories', {
        kind: 'tip', theme: 'account', title: 'Een gezicht', fictional: true,
        problem: 'Ondernemers vonden de ingang niet.', approach: 'Een vaste accountmanager.',
    }));
    assert.deepEqual(await both(), [0, 0, 0, 0]);
    const told = await thing(hengelo.command('/stories', story, 'publish'));
    assert.deepEqual(await both(), [1, 0, 0, 0]);
    await thing(buyer.post('/adoptions', { story_id: story.id, plan: 'Dat doen wij ook.' }));
    assert.deepEqual(await both(), [1, 1, 0, 1]);
    assert.equal(figures(await report('/reports/market')).stories, 1);
    await thing(hengelo.command('/stories', told, 'retire'));
    assert.deepEqual(await both(), [0, 1, 0, 1]);
});

test('a funnel keeps who stopped on the way', async () => {
    const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
    const programme = await thing(office.post('/programmes', { name: 'Proef', region: 'Twente' }));
    let round = await thing(office.post('/rounds', {
        programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(2),
        present_quota: 5, select_min: 1, select_max: 5,
    }));
    round = await thing(office.command('/rounds', await thing(office.command('/rounds', round, 'announce')), 'open'));
    const funnel = async () => (await report(`/reports/rounds/${round.id}`)).stages
        .map(({ count, of_previous_e1: part }) => [count, part]);
    assert.deepEqual(await funnel(),
        [[0, undefined], [0, undefined], [0, undefined], [0, undefined], [0, undefined]]);
    const plan = async (title) => {
        const draft = await thing(green.post('/initiatives', {
            round_id: round.id, title, summary: 'Werk voor mensen uit de buurt.',
            municipality: 'GM0153', consent: true,
        }));
        return thing(green.command('/initiatives', draft, 'submit'));
    };
    await plan('Blijft liggen');
    const stops = await plan('Stopt zelf');
    must(await green.command('/initiatives', stops, 'withdraw'));
    assert.deepEqual((await funnel()).slice(0, 2), [[2, undefined], [0, 0]]);
});

test('who names an event that is yet to come is asked to try again', async () => {
    const answer = await house.nobody().get('/reports/market',
        { headers: { 'x-min-seq': '999999999' } });
    refused(answer, 503, 'index_behind');
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
