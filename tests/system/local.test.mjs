// local.test.mjs - the set that one command starts: it comes up, survives, leaves nothing behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test, { after, afterEach, before } from 'node:test';
import { checkout } from '../lib/places.mjs';
import { freePort, run, until } from '../lib/processes.mjs';

let directory;
let env;

before(async () => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
    await run('chmod', ['0711', directory]);
    env = { MEERWAARDE_VAR: path.join(directory, 'var'), PORT: String(await freePort()) };
});

// A test that fails half way leaves nothing for the next one.
afterEach(() => script('stop').ended);

after(() => rmSync(directory, { recursive: true, force: true }));

/** A script of deploy/local: `said` is what it printed so far, `ended` its exit status. */
function script(name, more = {}) {
    const child = spawn(path.join(checkout, 'deploy/local', name),
        { env: { ...process.env, ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
    const self = { child, said: '', ended: new Promise((resolve) => child.on('close', resolve)) };
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (data) => {
            self.said += data;
        });
    }
    return self;
}

/** The processes that have our directory in their command line, by their program. */
function processes() {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
        try {
            const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
            return line.includes(env.MEERWAARDE_VAR) ? [line.split(' ')[0]] : [];
        } catch {
            return [];      // it ended while we looked
        }
    });
}

const pidOf = (name) =>
    Number(readFileSync(path.join(env.MEERWAARDE_VAR, 'run', `${name}.pid`), 'utf8'));

async function ready() {
    const set = script('run');
    await until(() => set.said.includes(`http://localhost:${env.PORT}/`)
        || set.child.exitCode !== null, 120_000, 'the set is ready');
    assert.equal(set.child.exitCode, null, set.said);
    return set;
}

test('one command brings the set up, Ctrl-C takes all of it down', async () => {
    const set = await ready();
    assert.equal((await fetch(`http://127.0.0.1:${env.PORT}/v1/me`)).status, 200);
    set.child.kill('SIGINT');
    assert.equal(await set.ended, 0, set.said);
    assert.deepEqual(processes(), []);
});

test('a second start keeps the data and takes less than five seconds', async () => {
    const begin = Date.now();
    const set = await ready();
    assert.ok(Date.now() - begin < 5000, set.said);
    assert.match(set.said, /kept data/);
    assert.doesNotMatch(set.said, /fictional market/, 'the demo set is loaded once');

    const second = script('run');
    assert.equal(await second.ended, 1);
    assert.match(second.said, /runs already/);
    set.child.kill('SIGTERM');
    assert.equal(await set.ended, 0);
});

test('a service that dies is started again', async () => {
    const set = await ready();
    const first = pidOf('pipeline');
    const since = Date.now();
    // One that dies in its first seconds would die again: that ends the set instead.
    await until(() => Date.now() - since > 5500);
    process.kill(first, 'SIGKILL');
    await until(() => pidOf('pipeline') !== first, 5000, 'another pipeline');
    assert.equal(await script('status').ended, 0);
    set.child.kill('SIGTERM');
    assert.equal(await set.ended, 0);
});

test('what a killed script left is found and ended by stop', async () => {
    const set = await ready();
    set.child.kill('SIGKILL');
    await once(set.child, 'exit');
    assert.notDeepEqual(processes(), []);
    assert.equal(await script('status').ended, 1);
    assert.equal(await script('stop').ended, 0);
    assert.deepEqual(processes(), []);
});

test('start and stop do the same in the background', async () => {
    const start = script('start');
    assert.equal(await start.ended, 0, start.said);
    assert.equal(await script('status').ended, 0);
    assert.equal(await script('start').ended, 0, 'starting twice is no fault');
    assert.equal(await script('stop').ended, 0);
    assert.deepEqual(processes(), []);
});

test('a port in use is said in one sentence', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until(() => server.listening);
    const set = script('run', { PORT: String(server.address().port) });
    assert.equal(await set.ended, 1);
    assert.match(set.said, /^meerwaarde: port \d+ is in use [^\n]*\n$/);
    server.close();
});

test('reset deletes nothing without a yes, and all of it with one', async () => {
    assert.equal(await script('reset').ended, 1);
    assert.ok(readdirSync(env.MEERWAARDE_VAR).includes('pg'));
    assert.equal(await script('reset', { YES: '1' }).ended, 0);
    assert.ok(!readdirSync(directory).includes('var'));
});
