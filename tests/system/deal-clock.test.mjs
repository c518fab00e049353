// deal-clock.test.mjs - what the clock does in a deal: an order that nobody answers lapses, and a
// delivery that nobody judges counts as accepted, where silence counts. The clock is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { openHouse, until } from '../lib/house.mjs';
import { awardedQuote, confirmedOrder, delivered, enter } from './deal-cast.mjs';
import { admit, colleague, founder, refused, thing, visitor } from './people.mjs';

let clock, house, buyer, green, company;

// A Thursday; the Friday after is Christmas and the Saturday after that counts for nothing anyway.
const begin = '2026-12-17T12:00:00Z';

before(async () => {
    clock = new Clock();
    clock.set(begin);
    house = await openHouse();
    let desk;
    ({ desk, buyer, green } = await enter(house, { valid_from: begin.slice(0, 10) }));
    company = await founder(house, 'bedrijf', 'company');
    company.chief = await colleague(house, company, 'baas', 'APPROVER');
    await thing(company.post('/mandates', { account_id: company.chief.account, max_cents: 100_000_000, valid_from: '2020-01-01' }));
    await admit(house, desk, company);
});
after(() => house?.stop().finally(() => clock.end()));

// Sessions end before the days that are waited for here do.
const logIn = async () => {
    const [one, two, three, chief, boss] = await Promise.all(['buyer', 'green', 'bedrijf', 'chief', 'baas']
        .map((name) => visitor(house, { email: `${name}@proef.example` })));
    [buyer, green, company] = [Object.assign(one, { chief }), two, Object.assign(three, { chief: boss })];
};
const get = (client, path) => thing(client.get(path));
const state = async (client, path) => (await get(client, path)).state;

test('working days skip weekends and holidays, and end at midnight in Amsterdam', async () => {
    const due = (moment, days) => house.psql(`SET timezone = 'UTC'; SELECT to_char (pipeline.working_days_after
        ('${moment}', ${days}), 'YYYY-MM-DD HH24:MI')`);
    assert.match(await due(begin, 1), /2026-12-18 23:00$/);
    assert.match(await due(begin, 6), /2026-12-28 23:00$/);           // not 25 and 26 December
    assert.match(await due('2026-12-18T23:30:00Z', 1), /2026-12-21 23:00$/);  // Saturday already
    assert.match(await due('2027-03-25T12:00:00Z', 2), /2027-03-30 22:00$/);  // Easter, and summer time
});

test('an order that nobody answers lapses, and can be placed again', async () => {
    const quote = await awardedQuote(buyer, green);
    const order = await thing(buyer.post('/orders', { quote_id: quote.id }));
    assert.equal(order.answer_due_at, '2027-01-04T23:00:00Z');
    clock.set('2027-01-04T22:59:50Z');
    await logIn();
    assert.equal(await state(green, `/orders/${order.id}`), 'placed');
    clock.set('2027-01-04T23:00:01Z');
    const answer = await green.command('/orders', order, 'confirm');
    refused(answer, 409);
    await until(async () => await state(buyer, `/orders/${order.id}`) === 'lapsed', 20_000, 'the order lapsed');
    await thing(buyer.post('/orders', { quote_id: quote.id }));
});

test('silence counts as acceptance with a company, and not with a municipality', async () => {
    const orders = [await confirmedOrder(buyer, green), await confirmedOrder(company, green)];
    const [silent, counts] = [await delivered(green, orders[0], { 0: 5 }), await delivered(green, orders[1], { 0: 5 })];
    assert.ok(!('judge_by' in silent));
    assert.ok(counts.judge_by);
    clock.set('2027-02-01T12:00:00Z');
    await logIn();
    await until(async () => await state(company, `/deliveries/${counts.id}`) === 'judged', 20_000, 'it is judged');
    const deemed = await get(company, `/deliveries/${counts.id}`);
    assert.equal(deemed.deemed, true);
    assert.equal(deemed.accepted_cents, 5 * 1333);
    assert.equal((await get(company, `/orders/${orders[1].id}`)).lines[0].accepted, 5);
    assert.equal(await state(buyer, `/deliveries/${silent.id}`), 'delivered');
});
