// foreign-worker.test.mjs - a worker in another language, written from proto/DISPATCH.md, serves in the place of ours; and
// what a worker that errs, lies or hangs can do to a gateway: nothing, but to its own requests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { encode } from '@msgpack/msgpack';
import { openHouse, until } from '../lib/house.mjs';
import { certificate, curveOf } from '../lib/keys.mjs';
import { checkout } from '../lib/places.mjs';
import { head, Worker } from './worker/mwp.mjs';

const service = 'reporting';
const operations = ['report_market', 'report_revenue', 'report_impact', 'report_liquidity', 'report_round', 'report_city', 'claim_list'];
let house, ours;
const hired = [];

before(async () => {
    house = await openHouse({ tcp: true });
    ours = await house.nobody().get('/reports/claims');
    await house.end(service);
});
afterEach(async () => {
    await Promise.all(hired.splice(0).map((worker) => {
        worker.sessions.forEach((session) => session.say('BYE'));
        return worker.vanish();
    }));
    await until(async () => (await workers()).length === 0, 5000, 'nobody serves');
});
after(() => house?.stop());

const gateways = {
    ipc: () => ({ endpoint: `ipc://${house.run}/dispatch` }),
    tcp: () => ({
        endpoint: house.gateways[0].tcp.dispatch,
        curve: curveOf(house, certificate(house, `${service}.key_secret`)),
    }),
};
const status = () => house.call('platform_status', {}, { roles: ['OPERATOR'] });
const workers = async () => (await status()).workers.filter((worker) => worker.service === service);
const worker = async (name) => (await workers()).find((one) => one.worker === name);
const counted = async () => (await status()).services.find((one) => one.service === service);

/** A worker that the gateway knows. */
async function hire(serve, { name = `node-${hired.length}`, transport = 'ipc', ...rest } = {}) {
    const it = new Worker({ name, service, operations, serve, gateways: [gateways[transport]()], ...rest });
    hired.push(it);
    await until(() => it.sessions.every(({ known }) => known), 10_000, `${name} is known`);
    return it;
}

// The revenue of a year is, here, as many cents as the year: so that whose answer it is can be seen.
const revenue = (cents) => ({ outcome: 'done', body: { items: [], total_cents: cents } });
const prompt = async (_, { year }) => revenue(year);

/** Requests that are answered when the test says so. */
function desk() {
    const waiting = [];
    const serve = (request, { year }) => new Promise((resolve) => {
        waiting.push({ rid: request.rid, year, answer: () => resolve(revenue(year)) });
    });
    return { waiting, serve, come: (count) => until(() => waiting.length >= count, 5000, `${count} requests came`) };
}
const at = (year) => `${house.url}/v1/reports/revenue?year=${year}`;

/** Asks over HTTP for a year: `said` once it is answered. */
function ask(year) {
    const it = { year };
    it.answer = house.nobody().get(`/reports/revenue?year=${year}`, { patience: 0 }).then((answer) => {
        it.said = [answer.status, answer.body.total_cents];
        return it.said;
    });
    it.answer.catch(() => {});
    return it;
}
const good = async (...asked) => assert.deepEqual(await Promise.all(asked.map(({ answer }) => answer)),
    asked.map(({ year }) => [200, year]));

/** What the session said before has been read when this comes back. */
async function heard(session) {
    const before = session.heard.HEARTBEAT ?? 0;
    session.say('HEARTBEAT', session.worker.condition(session));
    await until(() => session.heard.HEARTBEAT > before, 5000, 'the gateway answers');
}

for (const transport of Object.keys(gateways)) {
    test(`over ${transport} it answers through HTTP as ours did, from the same tables`, async () => {
        const columns = 'code, subject, subject_en, value, source, as_of';
        await hire(async ({ operation }) => {
            assert.equal(operation, 'claim_list');
            const rows = await house.psql(`SELECT json_agg (c) FROM (SELECT ${columns} FROM reporting.claim
                ORDER BY code, as_of, place) c`, 'mw_reporting');
            return { outcome: 'done', body: { items: JSON.parse(rows) } };
        }, { transport });
        const theirs = await house.nobody().get('/reports/claims');
        assert.equal(theirs.status, 200);
        assert.ok(theirs.body.items.length > 10, 'there are claims');
        assert.deepEqual(theirs.body, ours.body);
    });
}

test('outcomes become what the page says', async () => {
    const rows = readFileSync(path.join(checkout, 'proto/DISPATCH.md'), 'utf8')
        .matchAll(/^\| ((?:`\w+`(?:, )?)+) \| ([\d, ]+) \|/gm);
    const table = [...rows].flatMap(([, words, codes]) => words.match(/\w+/g)
        .map((word, i) => [word, Number(codes.match(/\d+/g)[i])]));
    assert.equal(table.length, 12);
    const more = {
        done: { version: 7, seq: 12, replayed: true },
        created: { id: '00000000-0000-7000-8000-00000000000c' },
        invalid: { faults: [{ path: 'year', reason: 'is over' }] },
        conflict: { reason: 'may_be_quoted', commands: ['publish'] },
        throttled: { retry_ms: 2500 },
    };
    let next;
    await hire(async () => next);
    const said = {};
    for (const [outcome, code] of table) {
        const isGood = code < 300;
        next = { ...revenue(1), outcome, ...more[outcome], ...isGood ? {} : { body: undefined } };
        const response = await fetch(at(2000));
        said[outcome] = { headers: response.headers, body: await response.json() };
        assert.equal(response.status, code, outcome);
    }
    assert.equal(said.done.headers.get('etag'), '"7"');
    assert.equal(said.done.headers.get('x-index-seq'), '12');
    assert.equal(said.done.headers.get('idempotency-replayed'), 'true');
    assert.deepEqual(said.invalid.body.errors, more.invalid.faults);
    assert.match(said.conflict.body.type, /may_be_quoted$/);
    assert.deepEqual(said.conflict.body.commands, ['publish']);
    assert.equal(said.throttled.headers.get('retry-after'), '3');
    for (const body of [undefined, { items: 'none' }, { items: [], total_cents: -1 }, [1], 'x']) {
        next = { outcome: 'done', body };
        assert.equal((await fetch(at(2000))).status, 500, JSON.stringify(body));
    }
});

test('it is never given more than its credit, and what is no credit is not heard', async () => {
    const { serve, waiting, come } = desk();
    const it = await hire(serve, { credit: 1, threads: 10 });
    const [session] = it.sessions;
    const asked = [2001, 2002, 2003, 2004, 2005].map(ask);
    await until(async () => (await counted()).queued === 4, 5000, 'four wait at the gateway');
    assert.equal(waiting.length, 1);
    it.credit = 2;
    await come(2);
    for (const credit of [10_001, 1_000_000_000, -1, 'two']) {
        session.say('CREDIT', { credit });
    }
    await heard(session);
    assert.equal(waiting.length, 2);
    const { credit, in_flight: given } = await worker('node-0');
    assert.deepEqual([credit, given], [2, 2]);
    for (let i = 0; i < asked.length; i++) {
        await come(i + 1);
        assert.ok(waiting.length <= i + 2, `${waiting.length} were given, ${i} of them answered`);
        waiting[i].answer();
    }
    await good(...asked);
});

test('a READY that promises too much is not heard', async () => {
    const it = new Worker({ name: 'boaster', service, operations, credit: 1_000_000_000, gateways: [gateways.ipc()] });
    hired.push(it);
    const [session] = it.sessions;
    session.say('HEARTBEAT', it.condition(session));
    await until(() => session.heard.DISCONNECT, 5000, 'it is not known');
    assert.equal(session.heard.WELCOME, undefined);
    assert.deepEqual(await workers(), []);
});

test('what nobody waits for any more is cancelled: begun or not, its credit comes back', async () => {
    const { serve, waiting, come } = desk();
    const it = await hire(serve, { credit: 2, threads: 1 });
    const [session] = it.sessions;
    const before = await counted();
    const leaving = [2001, 2002].map((year) => {
        const leave = new AbortController();
        const gone = assert.rejects(fetch(at(year), { signal: leave.signal }), { name: 'AbortError' });
        return async () => { leave.abort(); await gone; };
    });
    await until(async () => (await worker('node-0')).in_flight === 2, 5000, 'it has both');
    await come(1);
    await leaving[2002 - waiting[0].year]();
    await until(async () => session.heard.CANCEL === 1 && (await worker('node-0')).in_flight === 1, 5000,
        'the one that was not begun is rejected');
    assert.equal(waiting.length, 1);
    await leaving[waiting[0].year - 2001]();
    await until(() => session.heard.CANCEL === 2, 5000, 'the other one is cancelled');
    waiting[0].answer();
    await until(async () => (await worker('node-0')).in_flight === 0, 5000, 'it has none');
    const next = ask(2003);
    await come(2);
    waiting[1].answer();
    await good(next);
    const since = await counted();
    assert.deepEqual([since.cancelled - before.cancelled, since.answered - before.answered], [2, 1]);
});

test('it ends: what it began it finishes, what it did not begin goes to another', async () => {
    const { serve, waiting, come } = desk();
    const first = await hire(serve, { credit: 2, threads: 1 });
    const asked = [2001, 2002, 2003].map(ask);
    await until(async () => (await worker('node-0')).in_flight === 2, 5000, 'it has two');
    await hire(prompt);
    first.end(0);
    await come(1);
    const begun = asked.find(({ year }) => year === waiting[0].year);
    const others = asked.filter((one) => one !== begun);
    await good(...others);
    assert.equal(begun.said, undefined);
    waiting[0].answer();
    await good(begun);
    await first.ended;
    assert.equal(waiting.length, 1);
});

test('answers to what it was not asked, or in pieces, are nobody\'s', async () => {
    const { serve, waiting, come } = desk();
    const it = await hire(serve, { credit: 1 });
    const [session] = it.sessions;
    const before = await counted();
    const asked = ask(2001);
    await come(1);
    const [{ rid }] = waiting;
    const [other] = (await hire(prompt)).sessions;
    const lie = encode(revenue(666).body);
    const done = head(5, { rid, outcome: 'done' });
    other.send([done, lie]);
    session.say('REPLY', { rid: rid + 1, outcome: 'done' }, lie);
    session.say('REPLY', { rid: String(rid), outcome: 'done' }, lie);
    session.say('REPLY', { rid, outcome: 'splendid' }, lie);
    session.say('REPLY', { outcome: 'done' }, lie);
    session.say('REPLY', { rid, outcome: 'done' }, lie, '');
    session.say('REJECT', { rid, why: 'no' });
    for (const frames of [[done], [''], [lie], [done.subarray(0, 5), lie], [done.subarray(0, -1), lie],
        [Buffer.from(done.toString('latin1').replace('MWP1', 'MWP2'), 'latin1'), lie],
        [done.subarray(0, 5), done.subarray(5), lie]]) {
        session.send(frames);
    }
    await Promise.all([session, other].map(heard));
    assert.equal(asked.said, undefined);
    waiting[0].answer();
    await good(asked);
    session.say('REPLY', { rid, outcome: 'done' }, lie);
    const next = [2002, 2003, 2004].map(ask);
    await come(2).then(() => waiting[1].answer());
    await good(...next);
    const since = await counted();
    assert.deepEqual([since.answered - before.answered, since.in_flight, since.failed - before.failed], [4, 0, 0]);
});

test('an answer to what an earlier session was asked is nobody\'s, until it is asked anew', async () => {
    const [{ serve, waiting, come }, again] = [desk(), desk()];
    const before = await hire(serve, { name: 'twice' });
    const asked = ask(2001);
    await come(1);
    await before.vanish();
    const it = await hire(again.serve, { name: 'twice' });
    const [session] = it.sessions;
    session.say('REPLY', { rid: waiting[0].rid, outcome: 'done' }, encode(revenue(666).body));
    await heard(session);
    assert.equal(asked.said, undefined);
    await again.come(1);
    assert.equal(again.waiting[0].rid, waiting[0].rid);
    assert.equal((await workers()).length, 1, 'the earlier one was taken for dead');
    again.waiting[0].answer();
    await good(asked);
});

test('a gateway dies with a request in hand: its next life knows the worker, and not the request', async () => {
    const { serve, waiting, come } = desk();
    const it = await hire(serve, { transport: 'tcp', threads: 2 });
    const [session] = it.sessions;
    const lost = ask(2001);
    await come(1);
    await house.kill('gateway');
    await assert.rejects(lost.answer, /fetch failed/);
    await house.start('gateway');
    assert.equal(session.heard.WELCOME, 2);
    const asked = ask(2002);
    await come(2);
    assert.notEqual(waiting[0].rid, waiting[1].rid);
    waiting[0].answer();
    await heard(session);
    assert.equal(asked.said, undefined);
    waiting[1].answer();
    await good(asked);
    assert.deepEqual([(await counted()).answered, (await counted()).in_flight], [1, 0]);
});

// From here on there are so many answers that the gateway knows what is slow, and asks a second worker for that.

test('an operator drains it under steady requests: none is lost', async () => {
    let over = false, answers = 0;
    const [first, second] = [await hire(prompt), await hire(prompt)];
    const callers = Array.from({ length: 4 }, async (_, i) => {
        for (let year = 2000 + i; !over; year = 2000 + (year + 4) % 100) {
            await good(ask(year));
            answers++;
        }
    });
    const more = (count) => until(() => answers >= count, 10_000, `${count} answers`);
    await more(100);
    assert.match(await house.ctl('drain', first.name), /node-0 is gone/);
    await first.ended;
    await more(answers + 100);
    over = true;
    await Promise.all(callers);
    assert.deepEqual([first.sessions[0].heard.DRAIN, first.sessions[0].heard.FENCE], [1, 1]);
    assert.deepEqual((await workers()).map(({ worker: name }) => name), [second.name]);
});

test('one that lives and answers nothing keeps nobody waiting when another one answers', async () => {
    const { serve, come } = desk();
    const mute = await hire(serve, { credit: 1 });
    const stuck = ask(2001);
    await come(1);
    await hire(prompt);
    for (let i = 0; i < 50; i++) {
        await good(...[2002, 2003, 2004].map(ask));
    }
    await good(stuck);
    await until(() => mute.sessions[0].heard.CANCEL === 1, 5000, 'it is told that nobody waits');
    const { in_flight: kept, ready } = await worker(mute.name);
    assert.deepEqual([kept, ready], [1, true]);
});
