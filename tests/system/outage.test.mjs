// outage.test.mjs - who was away shortly before a deadline moves it for all, once; else it closes.
// The clock is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { lines, openNeed } from './deal-cast.mjs';
import { enterSealed, sealedNeed } from './seal-cast.mjs';
import { member, refused, thing } from './people.mjs';

const noon = '2026-12-01T12:00:00Z', deadline = '2027-01-11T16:00:00Z', nextDay = '2027-01-12T16:00:00Z';
const services = ['gateway', 'pipeline', 'catalog'];
let clock, house, buyer, needs, later;

before(async () => {
    clock = new Clock();
    clock.set(noon);
    house = await openHouse();
    const cast = await enterSealed(house, { valid_from: '2026-12-01' });
    buyer = cast.buyer;
    needs = [await sealedNeed(buyer, { quote_deadline: deadline }),
        await openNeed(buyer, { quote_deadline: deadline, cpv: ['90910000-9'] })];
    later = await openNeed(buyer, { quote_deadline: nextDay, cpv: ['45000000-7'] });
    for (const { org } of [cast.green, cast.blue]) {
        must(await buyer.post('/invitations', { need_id: needs[1].id, supplier_id: org }));
    }
});
after(() => house?.stop().finally(() => clock.end()));

const alive = (moment) => until(async () => await house.psql(`SELECT beat_at >= '${moment}' FROM pipeline.pulse`) === 't',
    20_000, `a sign of life after ${moment}`);
const outages = async () => Number(await house.psql('SELECT count (*) FROM pipeline.outage'));
const read = ({ id }) => thing(house.nobody().get(`/needs/${id}`));
const moved = (need) => until(async () => (await read(need)).revision === 2 && read(need), 30_000, 'its deadline has moved');

/** Everybody is gone from one moment until another. */
async function away(from, to) {
    clock.set(from);
    await alive(from);
    await Promise.all(services.map((name) => house.kill(name)));
    clock.set(to);
    await house.start(...services);
    await alive(to);
}

test('a clock that is set is no outage, and neither is a moment', async () => {
    assert.equal(await outages(), 0);
    clock.set('2027-01-11T09:00:00Z');
    await alive('2027-01-11T09:00:00Z');
    await house.kill('pipeline');
    const last = await house.psql('SELECT beat_at FROM pipeline.pulse');
    await house.start('pipeline');
    // Of the new one: what the old one did last may be as late as any moment that could be named here.
    await until(async () => await house.psql('SELECT beat_at FROM pipeline.pulse') !== last, 20_000, 'the new one lives');
    assert.equal(await outages(), 0);
});

test('twenty minutes away before a deadline move it for all, once, and all are told at once', async () => {
    await away('2027-01-11T15:30:00Z', '2027-01-11T15:50:00Z');
    assert.equal(await outages(), 1);
    clock.set('2027-01-11T16:00:11Z');
    for (const need of needs) {
        const now = await moved(need);
        assert.deepEqual([now.state, now.quote_deadline, now.closed_at], ['open', '2027-01-11T17:00:00Z', undefined]);
        assert.deepEqual(now.amendments.map(({ revision, major }) => [revision, major]), [[2, true]]);
        assert.match(now.amendments[0].summary, /niet bereikbaar/);
    }
    const told = await house.psql(`SELECT string_agg (regexp_replace (type, '^nl.meerwaarde.|.v1$', '', 'g'), ' ' ORDER BY seq)
        FROM stream.log WHERE type LIKE '%invitation_renewed%'
            OR type LIKE '%need_amended%' AND subject = 'need/${needs[1].id}'`);
    assert.equal(told, 'need_amended invitation_renewed invitation_renewed');
    const green = await member(house, { email: 'green@proef.example' });
    const quote = await thing(green.post('/quotes', { need_id: needs[1].id, lines }));
    assert.equal((await thing(green.command('/quotes', quote, 'submit'))).state, 'submitted');
    clock.set('2027-01-11T17:00:11Z');
    await until(async () => (await read(needs[1])).state === 'evaluating', 30_000, 'it is closed');
    await until(async () => (await read(needs[0])).state === 'unsuccessful', 30_000, 'the other one too');
    for (const need of needs) {
        assert.equal((await read(need)).revision, 2);
    }
    refused(await green.post('/quotes', { need_id: needs[0].id, lines }), 409, 'may_be_quoted');
});

test('three minutes away, or longer but hours before, do not move a deadline', async () => {
    await away('2027-01-12T12:00:00Z', '2027-01-12T13:00:00Z');
    await away('2027-01-12T15:30:00Z', '2027-01-12T15:33:00Z');
    assert.equal(await outages(), 3);
    clock.set('2027-01-12T16:00:11Z');
    await until(async () => (await read(later)).state === 'unsuccessful', 30_000, 'it is closed');
    assert.equal((await read(later)).revision, 1);
});

test('who comes back after the deadline gives time from then on', async () => {
    buyer = await member(house, { email: 'buyer@proef.example' });
    const need = await openNeed(buyer, { quote_deadline: '2027-01-13T16:00:00Z', cpv: ['15000000-8'] });
    await away('2027-01-13T15:50:00Z', '2027-01-13T16:10:00Z');
    const now = await moved(need);
    const minutes = (Date.parse(now.quote_deadline) - Date.parse('2027-01-13T16:10:00Z')) / 60_000;
    assert.ok(minutes >= 60 && minutes <= 62, `${minutes} minutes after it was back`);
});
