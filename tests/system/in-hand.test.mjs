// in-hand.test.mjs - what one thread of a service has in hand: an answer that is ready does not wait for the next one's work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/house.mjs';

// Nobody has that id: to find out is quick.
const quick = '/organisations/00000000-0000-7000-8000-000000000000';
let house;

before(async () => { house = await openHouse({ args: { catalog: ['--workers=1'] } }); });
after(() => house?.stop());

const catalog = async () => JSON.parse(await house.ctl('status', '--json=yes')).workers.find(({ service }) => service === 'catalog');

/** A process is given as many as it does in 2 ms: it has to have shown that it is quick. */
async function showQuick(credit) {
    await until(async () => {
        await Promise.all(Array.from({ length: 200 }, () => house.nobody().get(quick)));
        return (await catalog()).credit >= credit;
    }, 30_000, `catalog is given ${credit} at a time`);
}

/** Holds a table, so that who reads it waits; answers how to let go. */
async function hold(table) {
    const held = house.psql(`BEGIN; LOCK TABLE catalog.${table}; SELECT pg_sleep (60)`).catch(() => {});
    const holder = `query LIKE 'BEGIN; LOCK TABLE catalog.${table};%' AND pid <> pg_backend_pid ()`;
    const there = `SELECT count (*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND ${holder}`;
    await until(async () => await house.psql(there) === '1', 5_000, `${table} is held`);
    return async () => {
        await house.psql(`SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE ${holder}`);
        await held;
    };
}

/** Asks, and waits until the thread has so many in hand, but not for the answer. */
async function ask(path, inHand) {
    const answer = house.nobody().get(path, { patience: 0 });
    await until(async () => (await catalog()).in_hand >= inHand, 10_000, `catalog has ${inHand} in hand`);
    return { answer };
}

/** How many readers wait for a table that is held. */
const readers = async () => Number(await house.psql("SELECT count (*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"));

test('a ready answer does not wait for what comes after it', async () => {
    await showQuick(4);
    const letGo = [await hold('story'), await hold('offer')];
    try {
        const first = await ask('/stories', 1), ready = await ask(quick, 2), slow = await ask('/offers', 3);
        await letGo[0]();
        assert.equal((await ready.answer).status, 404);
        assert.equal(await readers(), 1);
        await letGo[1]();
        await Promise.all([first.answer, slow.answer]);
    } finally {
        await Promise.all(letGo.map((go) => go()));
    }
});
