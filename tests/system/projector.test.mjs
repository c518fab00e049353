// projector.test.mjs - what a service keeps of the stream: each event once, whoever dies.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { conninfo } from '../lib/cluster.mjs';
import { openHouse, until } from '../lib/house.mjs';
import { build, checkout } from '../lib/places.mjs';
import { Child } from '../lib/processes.mjs';

let house, tables, twin;

before(async () => {
    house = await openHouse();
    // What has rows before the first event came with a migration, and is no view of the stream.
    const all = (await house.psql(`SELECT tablename FROM pg_tables WHERE schemaname = 'reporting'
        AND tablename NOT IN ('position', 'idempotency') ORDER BY 1`)).split('\n');
    const counts = await Promise.all(
        all.map((table) => house.psql(`SELECT count (*) FROM reporting.${table}`)));
    tables = [...all.filter((_, i) => counts[i] === '0').map((table) => `reporting.${table}`),
        'pipeline.known_organisation'];
});
after(async () => {
    await twin?.end('SIGKILL');
    await house?.stop();
});

/** A second process of the service, beside the one of the set. */
function startTwin() {
    const db = path.join(house.directory, 'db');
    twin = new Child(path.join(build, 'meerwaarde-reporting'),
        [`--run=${house.run}`, `--db=${conninfo(db, 'mw_reporting')}`],
        { env: { MEERWAARDE_KEYS: house.keys }, log: house.logOf('twin') });
}

const caughtUp = () => until(async () => await house.psql(`SELECT r.seq = h.seq AND p.seq = h.seq
    AND NOT EXISTS (SELECT FROM stream.outbox) FROM reporting.position r, pipeline.position p,
    stream.head h`) === 't', 10_000, 'caught up');

const contents = () => Promise.all(
    tables.map((table) => house.psql(`SELECT t FROM ${table} t ORDER BY t::text`)));

test('two processes keep one view, one is killed again and again: as if rebuilt', async () => {
    let over = false;
    const demo = house.ctl('demo', path.join(checkout, 'deploy/demo'))
        .finally(() => { over = true; });
    while (!over) {
        startTwin();
        await Promise.race([pause(800), demo]);
        await twin.end('SIGKILL');
    }
    await caughtUp();
    const kept = await contents();
    const rows = kept.flatMap((text) => text.split('\n')).length;
    assert.ok(rows > 200, `only ${rows} rows to compare`);

    await house.kill('reporting');
    await house.kill('pipeline');
    await house.psql(`TRUNCATE ${tables.join(', ')};
        UPDATE reporting.position SET seq = 0, epoch = NULL;
        UPDATE pipeline.position SET seq = 0, epoch = NULL`);
    await house.start('reporting', 'pipeline');
    await caughtUp();
    const rebuilt = await contents();
    tables.forEach((table, i) => {
        const [then, now] = [kept[i], rebuilt[i]].map((text) => new Set(text.split('\n')));
        const only = (here, there) => [...here].filter((row) => !there.has(row));
        assert.deepEqual({ onlyThen: only(then, now), onlyNow: only(now, then) },
            { onlyThen: [], onlyNow: [] }, table);
    });
});

test('a process that slept finds more live events than it can hold, and misses none', async () => {
    await caughtUp();
    const head = async () => JSON.parse(await house.ctl('status', '--json=yes')).head;
    const before = await head();
    process.kill(house.pid('reporting'), 'SIGSTOP');
    try {
        await house.psql(`INSERT INTO stream.outbox
            (event_id, type, subject, ver, occurred, body, audiences, views) SELECT gen_random_uuid (),
            'nl.meerwaarde.operation_done.v1', 'operation/slept', i, now (), '\\x80', '{public}', '{"\\\\x80"}'
            FROM generate_series (1, 600) i`, 'mw_pipeline');
        await until(async () => await head() >= before + 600, 2500, 'all are said before it is given up');
    } finally {
        process.kill(house.pid('reporting'), 'SIGCONT');
    }
    await caughtUp();
});

test('an event that cannot be applied stops the view there, and not the service', async () => {
    await house.psql(`ALTER TABLE pipeline.known_organisation
        ADD CONSTRAINT no_more CHECK (name <> 'Proefbedrijf (fictief)') NOT VALID`);
    const stored = 'SELECT seq FROM pipeline.position';
    const before = await house.psql(stored);
    const company = {
        name: 'Proefbedrijf (fictief)', kind: 'company', municipality: 'GM0153', fictional: true,
    };
    await house.call('organisation_register', company,
        { account: '019aaaaa-0000-7000-8000-000000000001', roles: ['OPERATOR'] });
    await pause(1000);
    await until(async () => (await house.nobody().get('/needs')).status === 200, 5000);
    assert.equal(await house.psql(stored), before);
    await house.psql('ALTER TABLE pipeline.known_organisation DROP CONSTRAINT no_more');
    await caughtUp();
    assert.equal(await house.psql(`SELECT count (*) FROM pipeline.known_organisation
        WHERE name = 'Proefbedrijf (fictief)'`), '1');
});
