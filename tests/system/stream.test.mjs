// stream.test.mjs - the log and its relay: who may write, who may read, what holds when relays die.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { curveKeyPair, Subscriber } from 'zeromq';
import { openHouse, until } from '../lib/house.mjs';
import { freePorts } from '../lib/processes.mjs';
import { staff } from './deal-cast.mjs';
import { admit, founder, moderator, thing } from './people.mjs';
import { Stream } from './subscriber/evs.mjs';

let house, buyer, other, port;

before(async () => {
    [port] = await freePorts(2);
    house = await openHouse({ args: { gateway: [`--stream=tcp://127.0.0.1:${port}`] } });
    const desk = await moderator(house);
    buyer = await founder(house, 'hengelo', 'municipality');
    other = await founder(house, 'almelo', 'municipality');
    await admit(house, desk, buyer, other);
    await staff(house, buyer, 'beslist');
});
after(() => house?.stop());

const need = {
    title: 'Fietsen voor de wijk',
    description: 'Twintig tweedehands fietsen voor een fictieve wijk.',
    cpv: ['34430000-0'], municipality: 'GM0164', budget_cents: 98_765_00,
    quote_deadline: '2099-01-01T12:00:00Z', fictional: true,
};

/** All events that a caller gets over HTTP, page by page. */
async function feed(client, mine) {
    const items = [];
    for (let after = 0; ;) {
        const page = await thing(client.get(`/events?after=${after}&limit=7&mine=${mine}`));
        items.push(...page.items);
        after = page.next;
        if (after >= page.head) {
            return items;
        }
    }
}

const ofSubject = (items, subject) => items.filter((item) => item.subject === subject);
const names = (items) => items.map(({ type }) => type.split('.')[2]);

test('each audience gets its own events, and of them what it may see', async () => {
    const draft = await thing(buyer.post('/needs', need));
    await thing(buyer.command('/needs', draft, 'publish'));
    const subject = `need/${draft.id}`;
    const mine = await until(async () => {
        const found = ofSubject(await feed(buyer, true), subject);
        return found.length === 2 && found;
    });
    assert.deepEqual(names(mine), ['need_drafted', 'need_published']);
    assert.deepEqual(mine.map(({ ver }) => ver), [1, 2]);
    assert.equal(mine[1].data.budget_cents, need.budget_cents);
    assert.equal(mine[1].data.quote_deadline, need.quote_deadline);

    const everybody = await feed(house.nobody(), false);
    const [published, ...rest] = ofSubject(everybody, subject);
    assert.deepEqual([names([published]), rest], [['need_published'], []]);
    assert.equal(published.id, mine[1].id);
    assert.equal('budget_cents' in published.data, false);
    assert.equal('actor' in published, false);
    const numbers = everybody.map(({ sequence }) => Number(sequence));
    assert.deepEqual(numbers, everybody.map((_, i) => i + 1));
    assert.deepEqual(ofSubject(await feed(other, true), subject), []);
});

test('CloudEvents over HTTP have what the profile asks', async () => {
    for (const event of await feed(house.nobody(), false)) {
        assert.equal(event.specversion, '1.0');
        assert.match(event.source, /^urn:nld:/);
        assert.match(event.type, /^nl\.meerwaarde\.[a-z_]+\.v1$/);
        assert.match(event.time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
        assert.equal(event.datacontenttype, 'application/json');
        assert.match(event.sequence, /^\d{20}$/);
    }
    assert.equal((await house.nobody().get('/events?mine=true')).status, 401);
    assert.equal((await house.nobody().get('/events?after=-1')).status, 400);
    assert.equal((await house.nobody().get('/events?limit=1001')).status, 400);
});

const outboxRow = (subject, ver) => `INSERT INTO stream.outbox
    (event_id, type, subject, ver, occurred, body, audiences, views) VALUES (gen_random_uuid (),
    'nl.meerwaarde.operation_done.v1', '${subject}', ${ver}, now (), '\\x80', '{public}',
    '{"\\\\x80"}')`;

test('services leave events and read none; nobody changes the log', async () => {
    for (const role of ['mw_catalog', 'mw_pipeline', 'mw_reporting', 'mw_gateway']) {
        for (const sql of ['SELECT FROM stream.outbox', 'DELETE FROM stream.outbox',
            'SELECT FROM stream.log', 'SELECT stream.drain (1, 1)', 'SELECT stream.lead ()',
            'UPDATE stream.head SET seq = 0']) {
            await assert.rejects(house.psql(sql, role), /permission denied/, `${role}: ${sql}`);
        }
    }
    for (const sql of ['INSERT INTO stream.log SELECT * FROM stream.log',
        'UPDATE stream.head SET seq = 0', 'DELETE FROM stream.audience']) {
        await assert.rejects(house.psql(sql, 'mw_relay'), /permission denied/, sql);
    }
    for (const sql of ['UPDATE stream.log SET ver = 9', 'DELETE FROM stream.log',
        'TRUNCATE stream.log CASCADE', 'UPDATE stream.audience SET seq = 1']) {
        await assert.rejects(house.psql(sql), /stays as it is/, sql);
    }
});

test('a number of a subject given twice: that transaction fails, the stream goes on', async () => {
    const subject = `operation/${randomUUID()}`;
    await house.psql(outboxRow(subject, 1), 'mw_pipeline');
    await until(async () => await house.psql('SELECT count (*) FROM stream.outbox') === '0');
    await assert.rejects(house.psql(outboxRow(subject, 1), 'mw_pipeline'), /already/);
    await house.psql(outboxRow(subject, 2), 'mw_pipeline');
    const logged = `SELECT count (*) FROM stream.log WHERE subject = '${subject}'`;
    await until(async () => await house.psql(logged) === '2');
});

test('a transaction that commits late gets a later number, and is not missed', async () => {
    const early = `operation/${randomUUID()}`, late = `operation/${randomUUID()}`;
    const slow = house.psql(`BEGIN; ${outboxRow(late, 1)}; SELECT pg_sleep (1.5); COMMIT`,
        'mw_pipeline');
    await pause(300);
    await house.psql(outboxRow(early, 1), 'mw_pipeline');
    await slow;
    const order = `SELECT string_agg (subject, ' ' ORDER BY seq) FROM stream.log
        WHERE subject IN ('${early}', '${late}')`;
    await until(async () => await house.psql(order) === `${early} ${late}`, 3000,
        'both, in the order of commit');
});

test('the relay is killed again and again while others write: 1 to N', async () => {
    const before = Number(await house.psql('SELECT seq FROM stream.head'));
    const writers = [1, 2, 3, 4].map((n) => house.psql(`DO $$ BEGIN FOR i IN 1 .. 500 LOOP
        ${outboxRow(`operation/${n}`, 'i')}; COMMIT; PERFORM pg_sleep (0.004);
        END LOOP; END $$`, 'mw_catalog'));
    for (let i = 0; i < 3; i++) {
        await pause(300);
        await house.kill('gateway');
        await house.start('gateway');
    }
    await Promise.all(writers);
    await until(async () => await house.psql('SELECT count (*) FROM stream.outbox') === '0');
    assert.equal(await house.psql(`SELECT (max (seq) = count (*)) || ' '
        || (max (seq) - ${before} >= 2000) FROM stream.log`), 'true true');
    for (const n of [1, 2, 3, 4]) {
        assert.equal(await house.psql(`SELECT count (*) || ' ' || bool_and (ver = due)
            FROM (SELECT ver, row_number () OVER (ORDER BY seq) AS due FROM stream.log
                  WHERE subject = 'operation/${n}') AS numbered`), '500 true');
    }
    assert.match(await house.ctl('verify'), /the chain holds/);
});

test('a service that stood still takes hundreds of live events at once', async () => {
    const caughtUp = async () => await house.psql(
        'SELECT p.seq = h.seq FROM reporting.position p, stream.head h') === 't';
    await until(caughtUp, 10_000, 'caught up');
    const pid = house.pid('reporting');
    process.kill(pid, 'SIGSTOP');
    try {
        await house.psql(`INSERT INTO stream.outbox
            (event_id, type, subject, ver, occurred, body, audiences, views)
            SELECT gen_random_uuid (), 'nl.meerwaarde.operation_done.v1', 'operation/many', n, now (),
            '\\x80', '{public}', '{"\\\\x80"}' FROM generate_series (1, 450) AS n`, 'mw_catalog');
        await until(async () => await house.psql('SELECT count (*) FROM stream.outbox') === '0');
    } finally {
        process.kill(pid, 'SIGCONT');
    }
    await until(caughtUp, 10_000, 'caught up again');
    assert.equal(house.pid('reporting'), pid);
    process.kill(pid, 0);
});

test('reading the log starts no helpers, which would cost more than all the rest', async () => {
    // What the planner thinks of a range in a log of a million, it thinks of this short one when helpers seem to cost nothing.
    const seems = ['parallel_setup_cost = 0', 'parallel_tuple_cost = 0', 'min_parallel_table_scan_size = 0',
        'min_parallel_index_scan_size = 0', 'jit = on', 'jit_above_cost = 0', "session_preload_libraries = 'auto_explain'",
        'auto_explain.log_analyze = on', 'auto_explain.log_min_duration = 0'];
    const again = `SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE usename = 'mw_relay'`;
    await house.psql(`${seems.map((setting) => `ALTER ROLE mw_relay SET ${setting}`).join('; ')}; ${again}`);
    const plans = async () => {
        await house.psql(outboxRow(`operation/${randomUUID()}`, 1), 'mw_pipeline');
        await feed(house.nobody(), false);
        return readFileSync(path.join(house.directory, 'db', 'postgresql.log'), 'utf8');
    };
    try {
        const seen = await until(async () => {
            const text = await plans();
            return /UNION ALL SELECT name, tseq[^]*Append/.test(text) && text;
        }, 10_000, 'plans of what the relay says');
        assert.deepEqual(seen.split('\n').filter((line) => /^\s*(->\s*)?(Gather|JIT)/.test(line)), []);
    } finally {
        await house.psql(`ALTER ROLE mw_relay RESET ALL; ${again}`);
    }
});

/** A certificate as the platform's operator puts it into the keys directory. */
function certify(name, metadata) {
    const pair = curveKeyPair();
    const lines = Object.entries(metadata).map(([key, value]) => `    ${key} = "${value}"\n`);
    mkdirSync(path.join(house.keys, 'subscribers'), { recursive: true });
    writeFileSync(path.join(house.keys, 'subscribers', `${name}.key`),
        `metadata\n${lines.join('')}curve\n    public-key = "${pair.publicKey}"\n`);
    return pair;
}

const curveOf = (pair, server) => ({
    curveServerKey: server, curvePublicKey: pair.publicKey, curveSecretKey: pair.secretKey,
});

/** What a subscriber outside gets within a second: how many events, or why none. */
async function outside(curve, audience) {
    const stream = new Stream({
        live: `tcp://127.0.0.1:${port}`, replay: `tcp://127.0.0.1:${port + 1}`, audience, curve,
    });
    const end = Date.now() + 1000;
    try {
        for await (const events of stream.batches()) {
            if (stream.state.last === stream.head && (events.length || Date.now() > end)) {
                return stream.state.last;
            }
        }
    } catch (error) {
        return error.code;
    }
}

/** Live messages on a topic, whatever it is, within two heartbeats. */
async function overhear(curve, topic) {
    const socket = new Subscriber({ ...curve, receiveTimeout: 2200, linger: 0 });
    socket.connect(`tcp://127.0.0.1:${port}`);
    socket.subscribe(topic);
    return socket.receive().then(() => 'heard', (error) => error.code)
        .finally(() => socket.close());
}

test('outside, the key decides who hears what', async () => {
    const certificate = readFileSync(path.join(house.keys, 'gateway.key'), 'utf8');
    const server = /public-key = "(.*)"/.exec(certificate)[1];
    const ours = curveOf(certify('hengelo', { organisation: buyer.org }), server);
    const auditor = curveOf(certify('auditor', { operator: 'yes' }), server);
    const stranger = curveOf(curveKeyPair(), server);
    const head = async (name) => Number(await house.psql(`SELECT stream.audience_head('${name}')`));

    assert.equal(await outside(ours, 'public'), await head('public'));
    assert.equal(await outside(ours, `org/${buyer.org}`), await head(`org/${buyer.org}`));
    assert.equal(await outside(auditor, 'all'), await head('all'));
    assert.equal(await outside(ours, `org/${other.org}`), 'FORBIDDEN');
    assert.equal(await outside(ours, 'all'), 'FORBIDDEN');
    const heard = await Promise.all([
        overhear(ours, `ev1/org/${buyer.org}/`), overhear(ours, `ev1/org/${other.org}/`),
        overhear(ours, 'ev1/all/'), overhear(ours, 'ev1/org/'), overhear(ours, ''),
        overhear(stranger, 'ev1/public/'), overhear({}, 'ev1/public/'),
    ]);
    assert.deepEqual(heard, ['heard', ...Array(6).fill('EAGAIN')]);
});

test('nonsense at the replay socket is refused, and the next question is answered', async () => {
    const stream = new Stream({
        live: `ipc://${house.run}/live`, replay: `ipc://${house.run}/replay`, audience: 'public',
    });
    const batches = stream.batches();
    await batches.next();
    const nonsense = [
        ['EVS1', 'FETCH', Buffer.from('ddff000000', 'hex')],
        ['EVS1', 'FETCH', Buffer.alloc(100_000, 0x91)],
        ['EVS2', 'FETCH', Buffer.from('80', 'hex')],
        ['EVS1', '', ''],
        [''],
    ];
    for (const frames of nonsense) {
        await stream.dealer.send(frames);
        const [, command] = await stream.dealer.receive();
        assert.equal(command.toString(), 'ERR');
    }
    const code = async (map) => (await stream.ask('FETCH', map))[1].code;
    assert.equal(await code({ audience: 'org/../all', after: 0 }), 'BAD_REQUEST');
    assert.equal(await code({ audience: 'public', after: 10_000_000 }), 'AHEAD');
    assert.equal(await code({ audience: 'public', epoch: Buffer.alloc(16) }), 'EPOCH_CHANGED');
    const [command, welcome] = await stream.ask('HELLO', { audience: 'public' });
    assert.deepEqual([command, welcome.head], ['WELCOME', stream.head]);
    assert.equal((await stream.ask('PING', {}))[0], 'PONG');
    await batches.return();
});
