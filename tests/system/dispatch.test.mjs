// dispatch.test.mjs - several processes of one service under steady requests: what dies, stops or hangs costs no
// read. Each scene first waits until both processes serve.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/house.mjs';

const callers = 8;
let house;

before(async () => {
    house = await openHouse();
    await house.start('catalog#2');
});
after(() => house?.stop());

const status = async () => JSON.parse(await house.ctl('status', '--json=yes'));
const workers = async () => (await status()).workers.filter(({ service }) => service === 'catalog');
const both = () => until(async () => (await workers()).length === 2, 10_000, 'both processes of catalog serve');

/**
 * Asks without pause while `scene` plays; every answer's status, with how many there were of each. The gateway has counted
 * one end for each request, so that no late answer was taken for another one.
 */
async function under(scene) {
    const counts = {};
    let over = false;
    const ask = async () => {
        while (!over) {
            const { status } = await house.nobody().get('/municipalities', { patience: 0 });
            counts[status] = (counts[status] ?? 0) + 1;
        }
    };
    const asking = Array.from({ length: callers }, ask);
    await scene(() => counts[200] ?? 0).finally(() => { over = true; });
    await Promise.all(asking);
    const { submitted, answered, failed, shed, cancelled } = (await status()).services
        .find(({ service }) => service === 'catalog');
    assert.equal(answered + failed + shed + cancelled, submitted);
    return counts;
}

/** Waits for some more good answers. */
const more = (good, count = 200) => {
    const from = good();
    return until(() => good() >= from + count, 15_000, `${count} more answers`);
};

test('a worker is killed: no read fails, and the other one takes all', async () => {
    await both();
    const counts = await under(async (good) => {
        await more(good);
        await house.kill('catalog');
        await more(good);
        await until(async () => (await workers()).length === 1, 10_000, 'the dead one is forgotten');
    });
    assert.deepEqual(Object.keys(counts), ['200'], JSON.stringify(counts));
    await house.start('catalog');
});

test('workers are replaced in turn: nothing fails', async () => {
    await both();
    const counts = await under(async (good) => {
        for (let round = 0; round < 3; round++) {
            for (const name of ['catalog', 'catalog#2']) {
                assert.equal(await house.end(name), 0);
                await more(good, 50);
                await house.start(name);
                await both();
                await more(good, 50);
            }
        }
    });
    assert.deepEqual(Object.keys(counts), ['200'], JSON.stringify(counts));
});

test('a worker hangs: its reads go to the other; back again, its late answers are nobody\'s', async () => {
    await both();
    const pid = house.pid('catalog#2');
    const counts = await under(async (good) => {
        await more(good);
        process.kill(pid, 'SIGSTOP');
        try {
            await until(async () => (await workers()).length === 1, 10_000, 'the silent one is taken for dead');
            await more(good);
        } finally {
            process.kill(pid, 'SIGCONT');
        }
        await both();
        await more(good);
    });
    assert.deepEqual(Object.keys(counts), ['200'], JSON.stringify(counts));
});
