// network.test.mjs - the set over tcp, as between containers: by key only, found by name, with two gateways, keys
// replaced while it runs; and what happens to strangers and to options that say nothing.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { encode } from '@msgpack/msgpack';
import { curveKeyPair, Dealer } from 'zeromq';
import { Client } from '../lib/client.mjs';
import { openHouse, services, until } from '../lib/house.mjs';
import * as keys from '../lib/keys.mjs';
import { build } from '../lib/places.mjs';
import { Child, run } from '../lib/processes.mjs';
import { admit, founder, moderator, thing } from './people.mjs';
import { head } from './worker/mwp.mjs';

const callers = 4;
let house, first, second;

before(async () => {
    house = await openHouse({ tcp: true, gateways: 2 });
    [first, second] = house.gateways;
});
after(() => house?.stop());

/** The operator's command line from another machine: over tcp, with nothing in its run directory. */
const remote = (gateway, command, ...args) => run(path.join(build, 'meerwaarde'),
    [command, ...args, `--run=${house.elsewhere}`, `--control=${gateway.tcp.control}`,
        `--stream=${gateway.tcp.stream}`, `--keys=${house.keys}`]);
const status = async (gateway) => JSON.parse(await remote(gateway, 'status', '--json=yes'));
const workersOf = async (gateway, service) => (await status(gateway)).workers
    .filter((worker) => worker.service === service);
const served = (gateway, service, count) => until(
    async () => (await workersOf(gateway, service)).length === count, 15_000,
    `${count} of ${service} at ${gateway.name}`);
const key = (...words) => house.ctl('key', ...words);
const certificate = (name) => keys.certificate(house, name);
const curveOf = (pair) => keys.curveOf(house, pair);
const logOf = (name) => readFileSync(house.logOf(name), 'utf8');

/** Asks a gateway without pause while `scene` plays; how many of each answer. */
async function under(gateway, scene) {
    const counts = {};
    let over = false;
    const caller = new Client(gateway.url);
    // Two kinds of things, so that an answer to another question would be seen: the client checks its shape.
    const ask = async (_, i) => {
        while (!over) {
            const how = await caller.get(i % 2 ? '/municipalities' : '/offers', { patience: 0 })
                .then(({ status: code }) => (code === 200 ? 'good' : String(code)), (error) => error.message);
            counts[how] = (counts[how] ?? 0) + 1;
        }
    };
    const asking = Array.from({ length: callers }, ask);
    const more = (count = 100) => {
        const from = counts.good ?? 0;
        return until(() => (counts.good ?? 0) >= from + count, 15_000, `${count} more answers`);
    };
    await scene(more).finally(() => { over = true; });
    await Promise.all(asking);
    return counts;
}
const allGood = (counts) => assert.deepEqual(Object.keys(counts), ['good'], JSON.stringify(counts));

test('a write, a read and a projection, and the operator from elsewhere', async () => {
    const desk = await moderator(house);
    const buyer = await founder(house, 'hengelo', 'municipality');
    await admit(house, desk, buyer);
    const other = new Client(second.url);
    assert.equal((await other.get('/municipalities')).status, 200);
    assert.equal((await thing(buyer.get(`/organisations/${buyer.org}`))).state, 'admitted');
    for (const gateway of house.gateways) {
        const { ready, workers, unknown_keys: strangers } = await status(gateway);
        assert.equal(ready, true);
        assert.deepEqual(workers.map(({ service }) => service).sort(), [...services].sort());
        assert.equal(strangers, 0);
        assert.match(await remote(gateway, 'events', 'tail', '--once'), /organisation_admitted/);
        assert.match(await remote(gateway, 'verify'), /the chain holds/);
    }
    for (const socket of ['dispatch', 'control', 'live']) {
        assert.equal(existsSync(path.join(house.elsewhere, socket)), false);
    }
});

/** A peer of a gateway's tcp socket; what it hears within two heartbeats, or undefined. */
async function answerTo(endpoint, curve, frames) {
    const socket = new Dealer({ ...curve, receiveTimeout: 1200, sendTimeout: 0, linger: 0 });
    socket.connect(endpoint);
    try {
        await socket.send(frames);
        return await socket.receive();
    } catch (error) {
        assert.equal(error.code, 'EAGAIN');
        return undefined;
    } finally {
        socket.close();
    }
}
const ready = (service) => [head(1, { worker: 'stranger', service, build: '0', credit: 1, operations: 'none' })];

test('a stranger gets no session and is counted; a key opens only its own door', async () => {
    const { unknown_keys: before } = await status(first);
    const ours = curveOf(certificate('matching.key_secret'));
    const ask = [head(4, { rid: 1, operation: 'platform_status', budget_ms: 1000 }), encode({})];
    const answers = await Promise.all([
        answerTo(first.tcp.dispatch, ours, ready('matching')),
        answerTo(first.tcp.dispatch, curveOf(curveKeyPair()), ready('matching')),
        answerTo(first.tcp.dispatch, {}, ready('matching')),
        answerTo(first.tcp.dispatch, curveOf(certificate('operator.key_secret')), ready('matching')),
        answerTo(first.tcp.control, ours, ask),
    ]);
    assert.deepEqual(answers[0], [head(10, {})], 'its own service is heard: its operations are not ours');
    assert.deepEqual(answers.slice(1), [undefined, undefined, undefined, undefined]);
    const { unknown_keys: since } = await status(first);
    assert.ok(since - before >= 3, `${since - before} counted`);
    const told = logOf('gateway').match(/event=unknown_key /g).length;
    assert.ok(told >= 1 && told <= since, `${told} lines`);
});

test('who has the key of matching cannot serve as pipeline', async () => {
    const stolen = path.join(house.directory, 'stolen');
    mkdirSync(stolen, { mode: 0o700 });
    copyFileSync(path.join(house.keys, 'gateway.key'), path.join(stolen, 'gateway.key'));
    copyFileSync(path.join(house.keys, 'matching.key_secret'), path.join(stolen, 'pipeline.key_secret'));
    house.args['pipeline#2'] = [`--keys=${stolen}`];
    await house.start('pipeline#2');
    await until(() => logOf('gateway').includes('event=worker_refused key_of=matching says=pipeline'));
    assert.equal((await workersOf(first, 'pipeline')).length, 1);
    await house.kill('pipeline#2');
});

test('frames of another version, or too few, get nothing and harm nobody', async () => {
    const ours = curveOf(certificate('matching.key_secret'));
    const [fine] = ready('matching');
    const old = Buffer.from(fine);
    old[3] = '0'.charCodeAt(0);
    const wrong = [[old], [''], ['MWP1'], [fine.subarray(0, 5)], [fine, ''], [fine, '', '', ''], [fine.subarray(0, -1)],
        [Buffer.from('4d57503101ddffffffff', 'hex')], [head(5, { rid: 1, outcome: 'done' })],
        [head(5, { rid: 1, outcome: 'done' }), '']];
    const answers = await Promise.all(
        wrong.map((frames) => answerTo(first.tcp.dispatch, ours, frames)));
    assert.deepEqual(answers, wrong.map(() => undefined));
    assert.equal((await status(first)).ready, true);
});

test('a gateway is killed with requests in flight: the other one goes on, it comes back', async () => {
    const counts = await under(second, async (more) => {
        await more();
        const lost = await under(first, async (answers) => {
            await answers();
            await house.kill('gateway');
            await more();
            await house.start('gateway');
            await served(first, 'catalog', 1);
            await answers();
        });
        assert.deepEqual(Object.keys(lost).filter((how) => !['good', 'fetch failed', '503'].includes(how)), []);
    });
    allGood(counts);
});

test('a gateway is gone for good: reads and events go on at the other', async () => {
    await house.kill('gateway#2');
    const desk = await house.as('marktbeheer@proef.example', 'een-wachtwoord-voor-de-proef');
    const counts = await under(first, async (more) => {
        await more();
        const { id, version } = await thing(desk.get('/me')).then(({ organisation_id: own }) =>
            thing(desk.get(`/organisations/${own}`)));
        assert.ok(id && version);
        await admit(house, desk, await founder(house, 'almelo', 'municipality'));
        await more();
    });
    allGood(counts);
    await house.start('gateway#2');
    await served(second, 'catalog', 1);
});

test('a gateway is not to be asked before it can do its work', async () => {
    assert.equal(await house.end('pipeline'), 0);
    assert.equal(await house.end('gateway#2'), 0);
    const whole = house.start('gateway#2');
    // It says that it is not ready by its exit status, too.
    await until(() => status(second).then(() => false, ({ stdout }) => JSON.parse(stdout).ready === false), 4000,
        'the gateway runs, and is not ready');
    await assert.rejects(fetch(second.url), ({ cause }) => cause.code === 'ECONNREFUSED');
    await house.start('pipeline');
    await whole;
    assert.equal((await fetch(second.url)).status, 200);
});

test('a service gets another key: no read is lost, and the old one is worth nothing', async () => {
    const former = certificate('catalog.key_secret');
    const counts = await under(first, async (more) => {
        await key('rotate', 'catalog');
        assert.notEqual(certificate('catalog.key_secret').publicKey, former.publicKey);
        await assert.rejects(key('rotate', 'catalog'), /two keys already/);
        await more();
        await house.start('catalog#2');
        await served(first, 'catalog', 2);
        assert.equal(await house.end('catalog'), 0);
        await more();
        await key('retire', 'catalog');
        await more();
    });
    allGood(counts);
    assert.equal(await answerTo(first.tcp.dispatch, curveOf(former), ready('catalog')), undefined);
    await house.start('catalog');
    await Promise.all(house.gateways.map((gateway) => served(gateway, 'catalog', 2)));
    assert.equal(await house.end('catalog#2'), 0);
    assert.match(await key('list'), /^catalog +public +[0-9a-f]{16} +0 /m);
});

test('the gateways get another key, one after the other: no read is lost', async () => {
    await key('rotate', 'gateway');
    for (const [restarted, asked] of [[second, first], [first, second]]) {
        allGood(await under(asked, async (more) => {
            await more();
            assert.equal(await house.end(restarted.name), 0);
            await house.start(restarted.name);
            await Promise.all(services.map((service) => served(restarted, service, 1)));
            await more();
        }));
    }
    await key('retire', 'gateway');
    assert.equal((await status(first)).ready && (await status(second)).ready, true);
});

/** How a program ends that cannot start, and what it says. */
async function refusal(program, args, env = {}) {
    const log = path.join(house.directory, 'refusal.log');
    const child = new Child(path.join(build, `meerwaarde-${program}`), args, { env, log });
    const late = setTimeout(() => child.end('SIGKILL'), 10_000);
    const how = await child.ended;
    clearTimeout(late);
    return [how, child.lastWords];
}
const database = '--db=host=/nowhere';

test('a secret that others can read, or that is not there, stops who needs it', async () => {
    const open = path.join(house.directory, 'open');
    cpSync(house.keys, open, { recursive: true });
    for (const [program, secret, args] of [
        ['catalog', 'catalog.key_secret', [database, '--gateways=tcp://localhost:5550']],
        ['catalog', 'catalog.key_secret', [database, '--stream=tcp://localhost:5560']],
        ['gateway', 'gateway.key_secret', [database, `--relay-${database.slice(2)}`, '--dispatch=tcp://127.0.0.1:5550']],
    ]) {
        const file = path.join(open, secret);
        chmodSync(file, 0o640);
        const [how, said] = await refusal(program, [...args, `--keys=${open}`, `--run=${house.elsewhere}`]);
        assert.equal(how, 2, said);
        assert.ok(said.includes(`chmod 600 ${file}`), said);
        chmodSync(file, 0o400);
        assert.equal(statSync(file).mode & 0o777, 0o400);
    }
    const [how, said] = await refusal('matching', [database, '--gateways=tcp://localhost:5550', '--keys=/nowhere']);
    assert.equal(how, 2, said);
    assert.match(said, /\/nowhere\/matching\.key_secret is missing/);
    await assert.rejects(run(path.join(build, 'meerwaarde'), ['status', '--control=tcp://localhost:5570', '--keys=/nowhere']),
        /operator\.key_secret is missing/);
});

test('an option that does not parse is named, with what is expected', async () => {
    const wrong = [
        ['catalog', 'workers', 'many', /a number from 1 to 64/],
        ['catalog', 'workers', '0', /a number from 1 to 64/],
        ['catalog', 'workers', '2x', /a number from 1 to 64/],
        ['catalog', 'gateways', 'gateway:5550', /tcp:\/\/HOST:PORT or ipc:\/\/PATH/],
        ['catalog', 'gateways', 'tcp://gateway:5550,http://gateway', /tcp:\/\/HOST:PORT or ipc:\/\/PATH/],
        ['catalog', 'stream', 'tcp://gateway:65536', /a port from 1 to 65535/],
        ['catalog', 'stream', 'tcp://300.1.1.1:5560', /tcp:\/\/HOST:PORT/],
        ['catalog', 'log', 'xml', /one of: logfmt\|json/],
        ['matching', 'serve', 'letters', /one of: answers\|alerts\|answers,alerts/],
        ['matching', 'smtp-tls', 'perhaps', /one of: must\|try\|none/],
        ['catalog', 'db', 'host=/nowhere passwort=x', /a connection string of PostgreSQL/],
        ['gateway', 'http', '127.0.0.1', /HOST:PORT/],
        ['gateway', 'http', '127.0.0.1:99999', /a port from 1 to 65535/],
        ['gateway', 'dispatch', 'ipc:///tmp/x', /tcp:\/\/HOST:PORT/],
        ['gateway', 'control', 'tcp://[::1:5570', /tcp:\/\/HOST:PORT/],
        ['gateway', 'workers', '-1', /a number from 1 to 64/],
    ];
    const untouched = path.join(house.directory, 'untouched');
    for (const [program, name, value, expected] of wrong) {
        const variable = `MEERWAARDE_${name.toUpperCase().replace('-', '_')}`;
        for (const [args, env, who] of [[[`--${name}=${value}`], {}, `--${name}`], [[], { [variable]: value }, variable]]) {
            const [how, said] = await refusal(program, [...args, `--run=${untouched}`], env);
            assert.equal(how, 2, `${who}: ${said}`);
            assert.ok(said.includes(`: ${who} is "`), said);
            assert.match(said, expected);
        }
    }
    assert.equal(existsSync(untouched), false);
    await assert.rejects(house.ctl('status', '--wait=soon'), /--wait is "soon"; it must be a number/);
    await assert.rejects(house.ctl('status', '--control=5570'), /--control is "5570"; it must be tcp:/);
});
