// admission-clock.test.mjs - what happens by itself in admission: a mark ends at midnight, a suspension that nobody
// confirmed is over, a re-check is due, and an admission lapses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, colleague, founder, member, moderator, thing } from './people.mjs';

let clock, house, desk, second;

before(async () => {
    clock = new Clock();
    clock.set('2027-03-20T09:00:00Z');
    house = await openHouse();
    desk = await moderator(house);
    second = await colleague(house, desk, 'tweede', 'MODERATOR');
});
after(async () => {
    await house?.stop();
    clock?.end();
});

/** It is this moment, and who is needed logged in again: no session lasts months. */
async function at(moment, ...clients) {
    clock.set(moment);
    desk = await member(house, { email: 'marktbeheer@proef.example' });
    second = await member(house, { email: 'tweede@proef.example' });
    return Promise.all(clients.map((name) => member(house, { email: `${name}@proef.example` })));
}

const see = async (client) => thing(client.get(`/organisations/${client.org}`));
const step = async (by, client, command, body) =>
    must(await by.command('/organisations', await thing(by.get(`/organisations/${client.org}`)), command, body)).body;
const because = { criterion: 'conduct', reason: 'Dat bleek uit de stukken die wij zagen.' };
const label = (until) => [{
    scheme: 'pso', level: 'trede 2', certificate: 'PSO-9', valid_until: until, evidence_url: 'https://register.example/9',
}];
const becomes = (client, state) => until(async () => {
    const own = await see(client);
    return own.state === state && own;
}, 20_000, `${client.org} becomes ${state}`);

// The last Sunday of March has 23 hours, the last of October 25: midnight is 23:00 or 22:00 UTC.
// Seen red: with the day taken from UTC in catalog.labels_shown the mark still showed at 00:00 in the Netherlands.
test('C4: a mark ends at midnight in the Netherlands, also when the clock changes', async () => {
    const cases = [
        ['2027-03-27', '2027-03-27T22:59:50Z', '2027-03-27T23:00:01Z'], // before the change: winter time
        ['2027-03-28', '2027-03-28T21:59:50Z', '2027-03-28T22:00:01Z'], // the day of 23 hours
        ['2027-10-30', '2027-10-30T21:59:50Z', '2027-10-30T22:00:01Z'], // the day before it goes back
        ['2027-10-31', '2027-10-31T22:59:50Z', '2027-10-31T23:00:01Z'], // the day of 25 hours
    ];
    clock.set('2027-03-20T09:00:00Z');
    const all = [];
    for (const [last] of cases) {
        const client = await founder(house, `merk-${last}`, 'enterprise', { label_claims: label(last) });
        await admit(house, desk, client);
        all.push(client);
    }
    for (const [at, [, still, over]] of cases.entries()) {
        const shown = async () => ((await thing(house.nobody().get(`/organisations/${all[at].org}`))).labels ?? []).length;
        clock.set(still);
        assert.equal(await shown(), 1, `${still}: it still holds`);
        clock.set(over);
        assert.equal(await shown(), 0, `${over}: it is over`);
        await becomes(all[at], 'recheck_due');
    }
});

test('a suspension that nobody confirms is over after five days, one that is confirmed is not', async () => {
    await at('2027-11-02T09:00:00Z');
    const alone = await founder(house, 'alleen', 'enterprise'), agreed = await founder(house, 'samen', 'enterprise');
    await admit(house, desk, alone, agreed);
    await step(desk, alone, 'suspend', because);
    await step(desk, agreed, 'suspend', because);
    await step(second, agreed, 'confirm');
    const [late, kept] = await at('2027-11-07T08:59:00Z', 'alleen', 'samen');
    assert.equal((await see(late)).state, 'suspended', 'not before its time');
    clock.set('2027-11-07T09:01:00Z');
    const back = await becomes(late, 'admitted');
    assert.equal(back.takes_part, true);
    assert.equal((await see(kept)).state, 'suspended');
});

test('an admission is looked at again after 24 months, lapses three months later, and is over at last', async () => {
    await at('2027-11-08T09:00:00Z');
    await admit(house, desk, await founder(house, 'traag', 'enterprise'), await founder(house, 'vlug', 'enterprise'));
    let [slow, quick] = await at('2029-11-09T09:00:00Z', 'traag', 'vlug');
    assert.equal((await becomes(slow, 'recheck_due')).takes_part, true);
    await becomes(quick, 'recheck_due');
    await step(desk, quick, 'admit');
    [slow, quick] = await at('2030-02-12T09:00:00Z', 'traag', 'vlug');
    assert.equal((await becomes(slow, 'lapsed')).takes_part, false);
    assert.equal((await see(quick)).state, 'admitted');
    [slow] = await at('2030-04-01T09:00:00Z', 'traag');
    await becomes(slow, 'ended');
});
