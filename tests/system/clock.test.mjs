// clock.test.mjs - the clock on the wall is set back by an hour, and forward again, under reads and writes: nobody is taken
// for dead, nothing fails, and the stream stays whole. What is measured is measured by a clock that only counts on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { openHouse, until } from '../lib/house.mjs';
import { admit, founder, moderator, thing } from './people.mjs';

const hour = 3_600_000;
const silence = 3000;       // what is not heard for so long is dead
let clock, house, desk;

before(async () => {
    clock = new Clock();
    house = await openHouse();
    desk = await moderator(house);
});
after(async () => {
    await house?.stop();
    clock.end();
});

const status = async () => JSON.parse(await house.ctl('status', '--json=yes'));
const processes = async () => (await status()).workers.map(({ worker, ready, suspect }) => [worker, ready, suspect]).sort();

/** How far the set is behind, in milliseconds: its database, and the service that wrote the last event. */
const behind = async () => [
    Date.now() - 1000 * await house.psql('SELECT extract (epoch FROM clock_timestamp())'),
    Date.now() - Date.parse((await house.ctl('events', 'tail', '--once')).trim().split('\n').at(-1).split(' ')[0]),
];
const about = (ms, expected) => assert.ok(Math.abs(ms - expected) < 60_000, `${ms} ms behind, not ${expected}`);

/** Reads and writes for longer than it takes to be taken for dead; every answer has to be good. */
async function livesOn(name) {
    const known = await processes(), start = performance.now();
    for (let reads = 0; performance.now() - start < silence + 1000 || reads < 100; reads++) {
        assert.equal((await house.nobody().get(reads % 2 ? '/municipalities' : '/offers')).status, 200);
    }
    assert.deepEqual(await processes(), known);
    const city = await founder(house, name, 'municipality');
    await admit(house, desk, city);
    const { state } = await thing(city.get(`/organisations/${city.org}`));
    assert.equal(state, 'admitted');
    const { head } = await status();
    await until(async () => (await status()).workers.every(({ seq }) => seq === undefined || seq >= head), 5000,
        'the projections follow');
    assert.match(await house.ctl('verify'), /the chain holds/);
    return city;
}

test('the clock is set back by an hour, and forward again', async () => {
    const before = await livesOn('almelo');
    clock.shift(-hour / 1000);
    const since = await livesOn('borne');
    (await behind()).forEach((ms) => about(ms, hour));
    assert.equal((await before.get('/me')).body.organisation_id, before.org, 'who was logged in still is');
    clock.shift(0);
    await livesOn('hengelo');
    (await behind()).forEach((ms) => about(ms, 0));
    assert.equal((await since.get('/me')).body.organisation_id, since.org);
});
