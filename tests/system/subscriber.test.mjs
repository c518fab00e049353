// subscriber.test.mjs - a subscriber in another language misses nothing, whatever dies.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { conninfo } from '../lib/cluster.mjs';
import { openHouse, until } from '../lib/house.mjs';
import { admit, founder, moderator } from './people.mjs';
import { chain, noHash } from './subscriber/evs.mjs';

const program = fileURLToPath(new URL('subscriber/main.mjs', import.meta.url));

let house, buyer;
const subscribers = [];

before(async () => {
    house = await openHouse();
    const desk = await moderator(house);
    buyer = await founder(house, 'enschede', 'municipality');
    await admit(house, desk, buyer);
});
after(async () => {
    subscribers.forEach((subscriber) => subscriber.child?.kill('SIGKILL'));
    await house?.stop();
});

/** The subscriber as a process of its own, that can be killed and started again at its place. */
class Outsider {
    constructor(audience) {
        const name = audience.replace('/', '-');
        this.audience = audience;
        this.state = path.join(house.directory, `${name}.json`);
        this.log = path.join(house.directory, `${name}.log`);
        subscribers.push(this);
    }

    start() {
        const out = openSync(this.log, 'a');
        this.child = spawn(process.execPath,
            [program, `--run=${house.run}`, `--audience=${this.audience}`, `--state=${this.state}`],
            { stdio: ['ignore', out, out] });
        closeSync(out);
    }

    async kill() {
        const gone = new Promise((resolve) => { this.child.on('exit', resolve); });
        this.child.kill('SIGKILL');
        await gone;
    }

    get last() {
        return existsSync(this.state) ? JSON.parse(readFileSync(this.state, 'utf8')).last : 0;
    }

    /** The numbers it printed. */
    get numbers() {
        return readFileSync(this.log, 'utf8').trim().split('\n').map((line) => {
            const number = Number(line.split(' ')[0]);
            assert.ok(number, `not a line of an event: ${line}`);
            return number;
        });
    }
}

const headOf = async (audience) =>
    Number(await house.psql(`SELECT stream.audience_head('${audience}')`));

const countTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

const need = (i) => ({
    title: `Onderhoud van park ${i}`, description: 'Het onderhoud van een fictief park in de stad.',
    cpv: ['77310000-6'], municipality: 'GM0153', budget_cents: 12_345_00,
    quote_deadline: '2099-01-01T12:00:00Z', fictional: true,
});

/** Writes and publishes needs until told to stop; adds the keys of what was confirmed. */
async function burst(state, offset) {
    for (let i = offset; !state.over; i++) {
        const answer = await buyer.post('/needs', need(i)).catch(() => undefined);
        if (answer?.status === 201) {
            state.made.push(answer.body.id);
            await buyer.command('/needs', answer.body, 'publish').catch(() => undefined);
        } else {
            await pause(50);
        }
    }
}

test('service, gateway and subscriber are killed in a burst: 1 to N, nothing twice', async () => {
    const [all, open, own] = ['all', 'public', `org/${buyer.org}`]
        .map((audience) => new Outsider(audience));
    [all, open, own].forEach((outsider) => outsider.start());
    const state = { over: false, made: [] };
    const writers = [1, 2, 3].map((n) => burst(state, n * 1000));
    await pause(700);
    await house.kill('pipeline');
    await house.start('pipeline');
    await pause(500);
    await all.kill();
    await pause(300);
    all.start();
    await house.kill('gateway');
    await house.start('gateway');
    await pause(700);
    await until(() => state.made.length > 50, 15_000, 'the burst makes fifty needs');
    state.over = true;
    await Promise.all(writers);
    await until(async () => await house.psql('SELECT count (*) FROM stream.outbox') === '0', 5000,
        'the outbox is empty');

    for (const outsider of [all, open, own]) {
        const head = await headOf(outsider.audience);
        await until(() => outsider.last === head, 8000, `${outsider.audience} came to ${head}`);
        assert.deepEqual([...new Set(outsider.numbers)], countTo(head), outsider.audience);
    }
    // Who was never killed printed every event exactly once.
    assert.equal(open.numbers.length, open.last);
    assert.equal(own.numbers.length, own.last);
    for (const id of state.made) {
        assert.match(readFileSync(all.log, 'utf8'), new RegExp(`need_drafted.v1 need/${id}`));
    }
});

test('the hash of the subscriber is the one that the platform keeps', async () => {
    const { last, hash } = JSON.parse(readFileSync(subscribers[0].state, 'utf8'));
    const kept = `SELECT encode (hash, 'hex') FROM stream.log WHERE seq = ${last}`;
    assert.equal(hash, await house.psql(kept));
});

test('the example in the page of the protocol is right', () => {
    const first = chain(noHash, 1, Buffer.from('81a26964a161', 'hex'));
    const second = chain(first, 2, Buffer.from('81a26964a162', 'hex')).toString('hex');
    assert.match(readFileSync(new URL('../../proto/EVENTS.md', import.meta.url), 'utf8'),
        new RegExp(`hash\\(2\\) = ${second}`));
});

/** Changes the log as nobody can without being a superuser; answers what verify then says. */
async function tamper(sql, ...args) {
    await house.psql(`BEGIN; ALTER TABLE stream.log DISABLE TRIGGER USER;
        ALTER TABLE stream.audience DISABLE TRIGGER USER; ${sql}; COMMIT`);
    return house.ctl('verify', ...args).then(
        (out) => assert.fail(`verify found nothing: ${out}`),
        (error) => `${error.code} ${error.stdout}`);
}

test('verify names the event that was tampered with', async () => {
    const database = `--db=${conninfo(path.join(house.directory, 'db'), 'mw_relay')}`;
    assert.match(await house.ctl('verify'), /the chain holds/);
    assert.match(await house.ctl('verify', database), /the chain holds/);
    assert.match(await house.ctl('verify', '--from=10', '--to=20'), /^11 events, 10 to 20/);

    assert.match(await tamper(`UPDATE stream.log SET type = 'nl.meerwaarde.need_awarded.v1'
        WHERE seq = 40`, database), /^1 event 40: its columns/);
    assert.match(await tamper(`UPDATE stream.audience SET view = (SELECT view FROM stream.audience
        WHERE name = 'public' AND tseq = 1) WHERE name = 'public' AND tseq = 4`, database),
        /^1 event \d+: what an audience gets/);
    const change = 'UPDATE stream.log SET body = set_byte (body, 30, 0) WHERE seq = 5';
    assert.match(await tamper(change), /^1 event 5: its hash/);
    assert.match(await tamper(change, database), /^1 event 5: its hash/);
    const remove = (table) => `DELETE FROM stream.${table} WHERE seq = 4`;
    assert.match(await tamper(`${remove('audience')}; ${remove('log')}`, database),
        /^1 event 4: is missing/);
});
