// operators.test.mjs - what an operator sees and does: health, top, drain, scale-advice, and figures for a monitor.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { conninfo, startCluster } from '../lib/cluster.mjs';
import { openHouse, services, until } from '../lib/house.mjs';
import { build, checkout } from '../lib/places.mjs';
import { freePort, run } from '../lib/processes.mjs';

const callers = 8;
let house, figures;

before(async () => {
    const port = await freePort();
    process.env.MEERWAARDE_METRICS = `127.0.0.1:${port}`;
    figures = `http://127.0.0.1:${port}/metrics`;
    house = await openHouse();
});
after(() => house?.stop());

/** A command that has to fail: its exit status and what it complained about. */
const refused = async (...words) => {
    const error = await house.ctl(...words).then((out) => assert.fail(`it went well: ${out}`), (fault) => fault);
    assert.notEqual(error.code, undefined, error.message);
    return { status: error.code, why: error.stderr };
};
const healthy = (name) => house.ctl('health', name).then(() => true, () => false);
const becomesIll = (name, how) => until(async () => how.test((await refused('health', name)).why), 20_000, `${name}: ${how}`);
const becomesHealthy = (name) => until(() => healthy(name), 10_000, `${name} is healthy`);
const status = async () => JSON.parse(await house.ctl('status', '--json=yes'));
const workersOf = async (service) => (await status()).workers.filter((worker) => worker.service === service);
const nameOf = async (child) => (await status()).workers
    .find(({ worker }) => worker.includes(String(house.pid(child)))).worker;

/** Asks without pause while `scene` plays; how many answers there were of each status. */
async function under(scene) {
    const counts = {};
    let over = false;
    const ask = async () => {
        while (!over) {
            const answer = await house.nobody().get('/municipalities', { patience: 0 });
            counts[answer.status] = (counts[answer.status] ?? 0) + 1;
        }
    };
    const asking = Array.from({ length: callers }, ask);
    await scene(() => counts[200] ?? 0).finally(() => { over = true; });
    await Promise.all(asking);
    return counts;
}

test('health: every process of a set that is ready can do its work', async () => {
    for (const name of services) {
        await becomesHealthy(name);
    }
});

test('health: one that hangs is found within 4 s, and is well again when it goes on', async () => {
    await becomesHealthy('matching');
    const since = Date.now();
    process.kill(house.pid('matching'), 'SIGSTOP');
    try {
        await until(async () => !await healthy('matching'), 10_000, 'matching is not healthy');
        assert.ok(Date.now() - since < 4000, `${Date.now() - since} ms`);
        assert.match((await refused('health', 'matching')).why, /^matching hangs, or was killed: .* written \d+ s ago\n$/);
        await until(async () => !await healthy('gateway'), 10_000, 'the gateway misses matching');
        assert.match((await refused('health', 'gateway')).why, /^gateway is not ready: matching has no worker/);
    } finally {
        process.kill(house.pid('matching'), 'SIGCONT');
    }
    await becomesHealthy('matching');
    await becomesHealthy('gateway');
});

test('health: one that ended has no file; without a gateway or the database nobody can work', async () => {
    await house.end('reporting');
    assert.match((await refused('health', 'reporting')).why, /^reporting does not run, or stopped: /);
    await house.start('reporting');
    await becomesHealthy('reporting');

    await house.kill('gateway');
    await becomesIll('catalog', /^catalog is not ready: no gateway knows it\n$/);
    await becomesIll('gateway', /^gateway hangs, or was killed/);
    await house.start('gateway');
    await becomesHealthy('catalog');

    await house.cluster.end('SIGINT');
    await becomesIll('catalog', /^catalog is not ready: .*database/);
    await becomesIll('gateway', /^gateway is not ready: .*database/);
    house.cluster = await startCluster(path.join(house.directory, 'db'));
    for (const name of services) {
        await becomesHealthy(name);
    }
});

test('health: wrong words are told', async () => {
    assert.deepEqual(await refused('health', 'cathalog'), {
        status: 2, why: `meerwaarde health: there is no cathalog; there are ${[...services, 'alerts', 'outgoing'].join(', ')}\n`,
    });
    assert.equal((await refused('health')).status, 2);
    assert.equal((await refused('health', 'catalog', 'matching')).status, 2);
    assert.equal((await refused('health', 'catalog', '--run=/nowhere')).status, 1);
});

test('top: once, in 80 columns, with a line for each service and worker', async () => {
    const lines = (await house.ctl('top', '--once', '--every=0.2')).trimEnd().split('\n');
    assert.deepEqual(lines.filter((line) => line.length > 80), []);
    for (const name of services) {
        assert.ok(lines.some((line) => line.startsWith(`${name.padEnd(9)}   1`)), `${name} has a line`);
    }
    for (const { worker } of (await status()).workers) {
        assert.ok(lines.some((line) => line.startsWith(worker)), `${worker} has a line`);
    }
    const [head, index] = lines.slice(lines.findIndex((line) => line.startsWith('view')));
    assert.match(head, /offers +bytes +parts +newest +merge +edition +on disk$/);
    assert.match(index, /^matching/);
});

test('top: as JSON, with rates, sequence and lag', async () => {
    let top;
    await under(async (good) => {
        await until(() => good() > 50, 15_000, 'there is some load');
        top = JSON.parse(await house.ctl('top', '--json=yes', '--every=0.6'));
    });
    assert.deepEqual(top.services.map(({ service }) => service).sort(), [...services].sort());
    assert.ok(top.seconds >= 0.6 && top.seconds < 5, String(top.seconds));
    const [catalog, matching] = ['catalog', 'matching'].map((name) => top.services.find(({ service }) => service === name));
    for (const field of ['workers', 'credit', 'in_flight', 'queued', 'delay_us', 'p50_us', 'p99_us', 'repeated', 'hedged', 'shed']) {
        assert.ok(Number.isInteger(catalog[field]), field);
    }
    assert.ok(catalog.utilisation > 0 && catalog.utilisation <= 1, `catalog works: ${catalog.utilisation}`);
    assert.equal(typeof catalog.per_second.submitted, 'number');
    for (const follower of [catalog, matching]) {
        assert.equal(follower.lag, top.head - follower.seq);
    }
    assert.equal(top.workers.find(({ service }) => service === 'pipeline').threads, 8);
});

/** `top` on a terminal of its own; `said` is what it wrote so far. */
function onTerminal(command) {
    const child = spawn('script', ['-qefc', command, '/dev/null'],
        { env: { ...process.env, MEERWAARDE_RUN: house.run }, stdio: ['pipe', 'pipe', 'inherit'] });
    const self = { child, said: '', ended: new Promise((resolve) => child.on('close', resolve)) };
    child.stdout.on('data', (data) => { self.said += data; });
    return self;
}

test('top: live, until Ctrl-C gives the terminal back', async () => {
    const screen = onTerminal(`exec ${build}/meerwaarde top --every=0.1`);
    await until(() => screen.said.split('\x1b[H').length > 3, 10_000, 'it paints again and again');
    screen.child.stdin.write('\x03');
    assert.equal(await screen.ended, 0);
    assert.ok(screen.said.startsWith('\x1b[?1049h'), 'it begins on the other page');
    assert.ok(screen.said.endsWith('\x1b[?25h\x1b[?1049l'), 'it ends where it began');
    assert.match(screen.said, /catalog {5}1/);
});

test('top: wrong words are told, and so is a set that does not run', async () => {
    assert.match((await refused('top', '--every=soon')).why, /--every=soon is not a number of seconds/);
    assert.match((await refused('top', '--every=0')).why, /from 0\.1 to 3600/);
    assert.equal((await refused('top', 'catalog')).status, 2);
    assert.deepEqual(await refused('top', '--once', '--run=/nowhere'),
        { status: 1, why: 'meerwaarde top: nobody answers at /nowhere; does the set run?\n' });
});

test('drain: one of two workers goes under load, and no read fails', async () => {
    await house.start('catalog#2');
    await until(async () => (await workersOf('catalog')).length === 2, 10_000, 'both serve');
    const name = await nameOf('catalog#2');
    let said;
    const counts = await under(async (good) => {
        await until(() => good() > 200, 15_000, 'there is some load');
        said = await house.ctl('drain', name);
        const then = good();
        await until(() => good() > then + 200, 15_000, 'the other one takes all');
    });
    assert.deepEqual(Object.keys(counts), ['200'], JSON.stringify(counts));
    assert.match(said, new RegExp(`^(${name}: in hand \\d+\n)*${name} is gone\n$`));
    assert.equal(await house.end('catalog#2'), 0);      // it ended by itself, in order
    assert.equal((await workersOf('catalog')).length, 1);
});

test('drain: not a worker that nobody knows, not the last one unasked, not identity, not by anybody', async () => {
    const unknown = await refused('drain', 'catalog-0');
    assert.equal(unknown.status, 1);
    for (const { worker } of (await status()).workers) {
        assert.ok(unknown.why.includes(`  ${worker}\n`), `${worker} is named`);
    }
    const [only] = await workersOf('catalog'), [identity] = await workersOf('gateway');
    assert.match((await refused('drain', only.worker)).why, /is the only worker of catalog: .*--alone=yes/);
    assert.match((await refused('drain', identity.worker)).why, /is a part of the gateway/);
    await assert.rejects(house.call('worker_drain', { worker: identity.worker }, { roles: ['OPERATOR'] }), /"outcome": "conflict"/);
    await assert.rejects(house.call('worker_drain', { worker: only.worker }, { roles: ['BUYER'] }), /"outcome": "missing"/);
    await assert.rejects(house.call('worker_drain', {}, { roles: ['OPERATOR'] }), /"outcome": "invalid"/);
    await assert.rejects(house.call('worker_drain', { worker: 7 }, { roles: ['OPERATOR'] }), /"outcome": "invalid"/);
    assert.equal((await refused('drain')).status, 2);
    assert.equal((await refused('drain', 'a', 'b')).status, 2);
    assert.equal((await refused('drain', only.worker, '--wait=long')).status, 2);
    assert.equal((await workersOf('catalog'))[0].ready, true);

    assert.match(await house.ctl('drain', only.worker, '--alone=yes'), /is gone\n$/);
    assert.equal(await house.end('catalog'), 0);
    await house.start('catalog');
    await becomesHealthy('catalog');
});

test('scale-advice: follows its own rule, says why, and names every service in the command', async () => {
    let advice;
    await under(async (good) => {
        await until(() => good() > 50, 15_000, 'there is some load');
        advice = JSON.parse(await house.ctl('scale-advice', '--over=1', '--json=yes'));
    });
    const scaled = services.filter((name) => name !== 'gateway');
    assert.deepEqual(advice.services.map(({ service }) => service), scaled);
    for (const { service, workers, threads, utilisation, queued, want, why } of advice.services) {
        assert.equal(workers, 1);
        assert.equal(threads, service === 'pipeline' ? 8 : 2);
        assert.ok(utilisation >= 0 && utilisation <= 1, `${service}: ${utilisation}`);
        if (queued === 0) {
            assert.equal(want, Math.min(2, Math.max(1, Math.ceil(workers * utilisation / 0.65))), service);
        }
        const [, told] = new RegExp(`^its ${threads} threads worked (\\d+) % of the time`).exec(why);
        assert.ok(Math.abs(told - 100 * utilisation) <= 1, `${why}, at ${utilisation}`);    // both are rounded
    }
    assert.ok(advice.services[0].utilisation > advice.services[3].utilisation, 'catalog worked more than reporting');
    assert.ok(advice.cores > 0 && advice.cores_busy > 0 && advice.cores_busy <= 1);
    assert.equal(advice.limit !== null, advice.cores_busy > 0.9, String(advice.limit));
    const command = `docker compose up -d ${advice.services.map(({ service, want }) => `--scale ${service}=${want}`).join(' ')}`;
    assert.equal(advice.command, advice.services.some(({ want }) => want > 1) ? command : null);

    assert.match(await house.ctl('scale-advice', '--over=1'), /^reporting +1 -> 1 {2}its 2 threads worked 0 % of the time; up to 65 % is fine\.$/m);
    assert.match((await refused('scale-advice', '--over=0')).why, /from 1 to 3600/);
    assert.equal((await refused('scale-advice', 'matching')).status, 2);
    assert.equal((await refused('scale-advice', '--run=/nowhere')).status, 1);
});

/** Reads the text format 0.0.4 strictly; families by name, each with its type and samples. */
function parse(text) {
    const families = new Map(), seen = new Set();
    let current;
    assert.ok(text.endsWith('\n'), 'the last line ends');
    for (const line of text.slice(0, -1).split('\n')) {
        const head = /^# (HELP|TYPE) ([a-z_0-9]+) (.+)$/.exec(line);
        if (head?.[1] === 'HELP') {
            assert.ok(!families.has(head[2]), `${head[2]} is one group`);
            families.set(head[2], current = { name: head[2], samples: [] });
        } else if (head) {
            assert.equal(head[2], current.name, 'TYPE follows HELP');
            assert.match(head[3], /^(counter|gauge|histogram)$/);
            current.type = head[3];
        } else {
            const sample = /^([a-z_0-9]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,(?=[a-z]))?)+\})? (-?\d+(?:\.\d+)?)$/.exec(line);
            assert.ok(sample, `unreadable: ${line}`);
            const [, name, labels = '', value] = sample;
            const base = current.type === 'histogram' ? name.replace(/_(bucket|sum|count)$/, '') : name;
            assert.equal(base, current.name, 'a sample is in its group');
            assert.ok(!seen.has(name + labels), `twice: ${name}${labels}`);
            seen.add(name + labels);
            current.samples.push({ name, labels, value: Number(value) });
        }
    }
    return families;
}

const scrape = async () => parse(await (await fetch(figures)).text());
const sum = (families, name, label = '') => families.get(name).samples
    .filter(({ labels }) => labels.includes(label)).reduce((all, { value }) => all + value, 0);

test('metrics: every line parses, nothing is there twice, and counters count', async () => {
    const answer = await fetch(figures);
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const first = parse(await answer.text());
    for (const { name, type } of first.values()) {
        assert.match(name, /^meerwaarde_/);
        assert.ok(type, `${name} has a type`);
        assert.equal(name.endsWith('_total'), type === 'counter', name);
    }
    assert.equal(sum(first, 'meerwaarde_ready'), 1);
    assert.equal(sum(first, 'meerwaarde_relay_leads'), 1);
    assert.equal(sum(first, 'meerwaarde_relay_alive'), 1);
    assert.ok(sum(first, 'meerwaarde_gateway_resident_bytes') > 1 << 20);
    assert.equal(first.get('meerwaarde_worker_threads').samples.length, services.length);

    for (let i = 0; i < 20; i++) {
        await house.nobody().get('/municipalities');
        await house.nobody().get('/nothing');
    }
    const calls = 'operation="municipality_list"';
    const counted = (families) => sum(families, 'meerwaarde_operation_calls_total', calls);
    const second = await until(async () => {
        const now = await scrape();
        return counted(now) >= counted(first) + 20 && now;
    }, 10_000, 'the worker\'s count is told');
    const more = (name, label) => sum(second, name, label) - sum(first, name, label);
    assert.equal(more('meerwaarde_http_answers_total', '2xx'), 20);
    assert.equal(more('meerwaarde_http_answers_total', '4xx'), 20);
    assert.ok(more('meerwaarde_worker_busy_seconds_total', 'service="catalog"') > 0);
    const { samples } = second.get('meerwaarde_api_duration_seconds');
    const buckets = samples.filter(({ name }) => name.endsWith('_bucket'));
    assert.ok(buckets.every(({ value }, i) => i === 0 || value >= buckets[i - 1].value), 'buckets hold those below');
    assert.equal(buckets.at(-1).labels, '{le="+Inf"}');
    assert.equal(buckets.at(-1).value, samples.find(({ name }) => name.endsWith('_count')).value);
});

test('metrics: what the alert rules and the page on scaling name is there', async () => {
    const known = await scrape();
    const rules = readFileSync(path.join(checkout, 'deploy/observe/alerts.yml'), 'utf8');
    const page = readFileSync(path.join(checkout, 'deploy/SCALE.md'), 'utf8');
    const recorded = new Set([...rules.matchAll(/record: (\S+)/g)].map(([, name]) => name));
    const named = [...`${rules}${page}`.matchAll(/\bmeerwaarde_[a-z_0-9]+/g)].map(([name]) => name)
        .filter((name) => name !== 'meerwaarde_workers_wanted');    // what the adapter of Kubernetes calls the signal
    assert.ok(named.length > 15, `${named.length} names`);
    assert.deepEqual(named.filter((name) => !known.has(name.replace(/_bucket$/, ''))), []);
    const signals = [...`${rules}${page}`.matchAll(/\bmeerwaarde:[a-z_0-9:]+/g)].map(([name]) => name);
    assert.deepEqual(signals.filter((name) => !recorded.has(name)), []);
});

test('metrics: on their own port only, and only to be read', async () => {
    assert.equal((await fetch(`${house.url}/metrics`)).status, 404);
    assert.equal((await fetch(figures.replace('/metrics', '/v1/offers'))).status, 404);
    assert.equal((await fetch(figures, { method: 'HEAD' })).status, 200);
    assert.ok((await fetch(figures, { method: 'POST', body: 'x' })).status >= 400);
    assert.ok((await fetch(figures, { method: 'DELETE' })).status >= 400);
    await scrape();
});

test('metrics: an address that cannot be is told at the start', async () => {
    const db = path.join(house.directory, 'db'), aside = path.join(house.directory, 'aside');
    mkdirSync(aside, { mode: 0o700 });
    const start = async (address) => run(path.join(build, 'meerwaarde-gateway'), [`--run=${aside}`, `--metrics=${address}`,
        `--http=127.0.0.1:${await freePort()}`, `--db=${conninfo(db, 'mw_gateway')}`, `--relay-db=${conninfo(db, 'mw_relay')}`]);
    for (const address of ['here', '127.0.0.1:', '127.0.0.1:99999']) {
        await assert.rejects(start(address), (fault) => fault.code === 2 && fault.stderr.includes(address));
    }
    const taken = new URL(figures).host;
    await assert.rejects(start(taken), (fault) => fault.code === 1 && fault.stderr.includes(`--metrics=${taken}: cannot listen there`));
});
