// timers.test.mjs - steps that the clock takes: not before their moment, once each whatever dies, and not against a guard.
// The clock is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, founder, moderator, thing } from './people.mjs';

const evening = '2027-03-27T18:00:00Z';     // the night after it is an hour shorter, and no session ends in it
const closing = '2027-03-28T02:30:00Z';
let clock, house, office, programme;
let number = 0;

before(async () => {
    clock = new Clock();
    clock.set(evening);
    house = await openHouse();
    await house.start('pipeline#2');
    office = await founder(house, 'bureau', 'partner');
    await admit(house, await moderator(house), office);
    programme = await thing(office.post('/programmes', { name: 'Programma van de klok', region: 'Twente', goals: ['care'], fictional: true }));
});
after(() => house?.stop().finally(() => clock.end()));

async function openRound() {
    const round = await thing(office.post('/rounds', { programme_id: programme.id, number: ++number,
        opens_at: '2027-03-28T02:00:00Z', closes_at: closing, present_quota: 28, select_min: 9, select_max: 12 }));
    const announced = await thing(office.command('/rounds', round, 'announce'));
    await office.command('/rounds', announced, 'open'); // unless the clock was first
    return thing(office.get(`/rounds/${round.id}`));
}

const count = async (sql) => Number(await house.psql(`SELECT count (*) FROM ${sql}`));
const closed = () => count(`stream.log WHERE type = 'nl.meerwaarde.round_closed.v1'`);
const waiting = () => count('pipeline.timer');

test('what is due is done once, by whichever process lives, and not a moment early', async () => {
    for (let n = 0; n < 40; n++) {
        await openRound();
    }
    assert.equal(await waiting(), 40);
    clock.set('2027-03-28T02:29:50Z');
    assert.equal(await closed(), 0);
    clock.set('2027-03-28T02:30:00Z');
    await until(async () => await closed() >= 1, 20_000, 'the first round is closed');
    await house.kill('pipeline');
    await until(async () => await closed() === 40, 30_000, 'all rounds are closed');
    assert.equal(await waiting(), 0);
    const [early, twice, by] = (await house.psql(`
        SELECT (SELECT count (*) FROM stream.log WHERE type = 'nl.meerwaarde.round_closed.v1' AND occurred < '${closing}'),
               (SELECT count (*) - count (DISTINCT subject) FROM stream.log WHERE type = 'nl.meerwaarde.round_closed.v1'),
               (SELECT count (*) FROM pipeline.round WHERE state = 'screening')`)).split(/[\s|]+/);
    assert.deepEqual([early, twice, by], ['0', '0', '40']);
    await house.start('pipeline');
});

test('who takes the step first has taken it', async () => {
    clock.set('2027-03-28T02:29:00Z');
    const round = await openRound();
    clock.set('2027-03-28T02:30:00Z');
    const answer = await office.command('/rounds', round, 'close');
    assert.ok([200, 409, 412].includes(answer.status), `it was ${answer.status}`);
    await until(async () => await waiting() === 0, 10_000, 'nothing waits');
    // Said in the same transaction, and numbered a moment later.
    assert.equal(await count(`(SELECT subject, type FROM stream.log UNION ALL SELECT subject, type FROM stream.outbox) e
        WHERE subject = 'round/${round.id}' AND type LIKE '%closed%'`), 1);
});

test('a guard that says no is asked again later, less and less often', async () => {
    clock.set('2027-03-28T02:29:00Z');
    const round = await openRound();
    // The timer is wrong: the round itself still takes initiatives. It happens when a statement goes around the steps.
    await house.psql(`UPDATE pipeline.round SET closes_at = '2027-06-01T00:00:00Z' WHERE id = '${round.id}'`);
    clock.set('2027-03-28T02:30:00Z');
    const tries = async () => Number(await house.psql(`SELECT tries FROM pipeline.timer WHERE thing_id = '${round.id}'`));
    await until(async () => await tries() >= 2, 20_000, 'it was tried twice');
    assert.equal((await office.get(`/rounds/${round.id}`)).body.state, 'open');
    await house.psql(`UPDATE pipeline.round SET closes_at = '${closing}' WHERE id = '${round.id}'`);
    await until(async () => await waiting() === 0, 20_000, 'it is done after all');
    assert.equal((await office.get(`/rounds/${round.id}`)).body.state, 'screening');
});
