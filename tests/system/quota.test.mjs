// quota.test.mjs - how much an organisation may ask, counted once for all gateways; and guesses at passwords.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { conninfo } from '../lib/cluster.mjs';
import { Client } from '../lib/client.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build, checkout } from '../lib/places.mjs';
import { Child, freePort } from '../lib/processes.mjs';
import { founder, person, refused } from './people.mjs';

const operator = { roles: ['OPERATOR'] };
const password = 'een-wachtwoord-voor-de-proef';
const minute = 60_000;
// Requests that may pass while the answer with the last lease is on its way.
const onCredit = 5;

let house;

before(async () => {
    process.env.MEERWAARDE_TRUSTED_PROXY = '127.0.0.1';
    house = await openHouse();
});
after(() => house?.stop());

const put = (quota) => house.call('quota_put', quota, operator);
const lease = (organisation, owed = 0) =>
    house.call('quota_lease', { owed }, { organisation, roles: ['SYSTEM'] });

/** Somebody of a new organisation, which may ask `amount` in `window` milliseconds. */
async function limited(name, amount, window = minute) {
    const client = await founder(house, name, 'company');
    await put({ kind: 'requests', holder_id: client.org, amount, window_ms: window, note: 'proef' });
    return client;
}

const ask = (client) => client.get('/municipalities');

/** Waits until what passed is counted: a gateway waits for no lease, and on a busy machine one takes its time. */
const counted = (holder, passed) => until(async () => passed <= Number(await house.psql(
    `SELECT used FROM identity.quota_use WHERE kind = 'requests' AND holder = '${holder}'`)));

/** Asks until refused; answers how many passed, and the refusal. `already` passed before. */
async function askUntilRefused(client, { already = 0, holder = client.org } = {}) {
    for (let passed = 0; ; passed++) {
        const answer = await ask(client);
        if (answer.status === 429) {
            return { passed, answer };
        }
        must(answer);
        await counted(holder, already + passed + 1);
    }
}

const within = (value, least, most) =>
    assert.ok(value >= least && value <= most, `${value} is not ${least} to ${most}`);

/** A second gateway on the same database, which knows no other service: what it lets through is 503. */
async function withGateway(args, scene) {
    const db = path.join(house.directory, 'db'), run = path.join(house.directory, 'run-2');
    const port = await freePort(), url = `http://127.0.0.1:${port}`;
    mkdirSync(run, { mode: 0o700, recursive: true });
    const child = new Child(path.join(build, 'meerwaarde-gateway'), [`--run=${run}`, `--http=127.0.0.1:${port}`,
        `--db=${conninfo(db, 'mw_gateway')}`, `--relay-db=${conninfo(db, 'mw_relay')}`,
        `--web=${path.join(checkout, 'services/gateway/web/dist')}`, ...args],
    { env: { MEERWAARDE_KEYS: house.keys }, log: path.join(house.directory, 'gateway-2.log') });
    try {
        // Identity says that it does not know who that is.
        const asSomebody = { headers: { cookie: 'mw_session=nobody' } };
        await until(async () => (await fetch(`${url}/v1/me`, asSomebody)).ok, 10_000, 'the second gateway works');
        return await scene(url);
    } finally {
        assert.equal(await child.end(), 0, child.lastWords);
    }
}

test('who asks more than the quota is told when to come back, and can then', async () => {
    const window = 4000;
    const client = await limited('veelvrager', 5, window), other = await limited('ander', 5, window);
    const { passed, answer } = await askUntilRefused(client);
    within(passed, 5, 5 + onCredit);
    refused(answer, 429, ':throttled');
    within(Number(answer.headers.get('retry-after')), 1, window / 1000);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
    assert.match(answer.headers.get('ratelimit'), /^"requests";r=0;t=[1-5]$/);
    assert.equal(answer.headers.get('ratelimit-policy'), '"requests";q=5;w=4');
    const english = await client.request('GET', '/municipalities', { headers: { 'accept-language': 'en' } });
    refused(english, 429);
    assert.match(english.body.detail, /Too many requests/);
    // A write is refused as well, before anything of it is done.
    refused(await client.put(`/organisations/${client.org}/members/${client.account}`, { roles: ['BUYER'] }), 429);
    // Others, nobody, and what concerns the own session are not counted.
    must(await ask(other));
    must(await ask(house.nobody()));
    assert.equal(must(await client.get('/me')).body.organisation_id, client.org);
    assert.equal((await fetch(`${house.url}/marktplaats/`, { headers: { cookie: client.cookie } })).status, 200);
    await until(async () => (await ask(client)).status === 200, 2 * window, 'the window is over');
    assert.equal((await askUntilRefused(client)).answer.status, 429);
    assert.equal((await client.request('DELETE', '/sessions/current')).status, 204);
});

test('an account without an organisation has a quota of its own', async () => {
    const someone = await person(house, 'los');
    await put({ kind: 'requests', holder_id: someone.id, amount: 5, window_ms: minute });
    const { passed } = await askUntilRefused(await house.as(someone.email, password), { holder: someone.id });
    within(passed, 5, 5 + onCredit);
});

test('who has little left is told, who has enough is not', async () => {
    const client = await limited('zuinig', 40);
    assert.equal((await ask(client)).headers.get('ratelimit'), null);
    const told = await until(async () => (await ask(client)).headers.get('ratelimit'));
    const [, left, wait] = /^"requests";r=(\d+);t=(\d+)$/.exec(told);
    within(Number(left), 1, 9);
    within(Number(wait), 1, 60);
});

test('a gateway that restarts counts on', async () => {
    const amount = 300;
    const client = await limited('herstart', amount);
    while ((await ask(client)).status !== 429);
    await house.end('gateway');
    await house.start('gateway');
    // What passes until its first lease says that there is none.
    let passed = 0;
    while ((await ask(client)).status === 200) {
        passed += 1;
    }
    within(passed, 0, amount / 2);
});

test('two gateways share one quota', async () => {
    const client = await limited('twee', 40);
    await withGateway([], async (url) => {
        const elsewhere = new Client(url), headers = { cookie: client.cookie };
        elsewhere.get = (target) => elsewhere.request('GET', target, { headers, patience: 0 });
        const passed = { 200: 0, 503: 0, 429: 0 };
        while (passed[429] < 2) {
            const answers = [await ask(client), await ask(elsewhere)];
            passed[429] = 0;
            answers.forEach(({ status }) => { passed[status] += 1; });
            await counted(client.org, Math.min(passed[200] + passed[503], 40));
        }
        within(passed[200] + passed[503], 40, 40 + 2 * onCredit);
        // Both had a good part of it.
        within(passed[503], 10, 30);
    });
});

test('leases taken at once never add up to more than there is', async () => {
    const organisation = (await founder(house, 'tegelijk', 'company')).org;
    await put({ kind: 'requests', holder_id: organisation, amount: 100, window_ms: minute });
    const leases = await Promise.all(Array.from({ length: 24 }, () => lease(organisation)));
    assert.equal(leases.reduce((sum, { granted }) => sum + granted, 0), 100);
    assert.ok(leases.every(({ granted }) => granted === 5 || granted === 0));
    assert.equal((await lease(organisation, 1000)).granted, 0);
});

test('of two transactions the second one waits for the first, and counts on from there', async () => {
    const holder = (await founder(house, 'wachter', 'company')).org;
    const take = (owed) => `SELECT granted FROM identity.quota_take ('requests', '${holder}', ${owed}, now ())`;
    const waiting = "SELECT count (*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    // The first one keeps its transaction open until the second one is seen waiting.
    const first = house.psql(`BEGIN; ${take(2000)}; DO $$ BEGIN
        FOR i IN 1..1000 LOOP
            PERFORM pg_stat_clear_snapshot ();
            EXIT WHEN (${waiting}) > 0;
            PERFORM pg_sleep (0.01);
        END LOOP; END $$; COMMIT`);
    const begun = "SELECT count (*) FROM pg_stat_activity WHERE query LIKE 'BEGIN; SELECT granted%'";
    await until(async () => await house.psql(begun) === '1');
    const second = house.psql(take(2000));
    assert.equal(await first, '2150');
    assert.equal(await second, '850');
});

test('while a lease is under way nobody waits, and what passes is taken off it', async () => {
    const client = await limited('ongeduldig', 100);
    const lock = house.psql('BEGIN; LOCK TABLE identity.quota_use; SELECT pg_sleep (60)').catch(() => {});
    const holder = "query LIKE 'BEGIN; LOCK TABLE identity.quota_use%' AND pid <> pg_backend_pid ()";
    const locked = `SELECT count (*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND ${holder}`;
    await until(async () => await house.psql(locked) === '1');
    try {
        // Fewer than a worker has time for before it gives up its lock.
        for (let i = 0; i < 15; i++) {
            must(await ask(client));
        }
    } finally {
        await house.psql(`SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE ${holder}`);
        await lock;
    }
    await counted(client.org, 15);
    within((await askUntilRefused(client, { already: 15 })).passed, 85, 85 + onCredit);
});

test('when leases fail everybody passes, the log says so once, and counting resumes', async () => {
    const client = await limited('doorgelaten', 3);
    const complaints = () => readFileSync(house.logOf('gateway'), 'utf8').split('quota_uncounted').length - 1;
    const earlier = complaints();
    await house.psql('REVOKE INSERT ON identity.quota_use FROM mw_gateway');
    try {
        await until(async () => {
            must(await ask(client));
            return complaints() > earlier;
        });
        for (let i = 0; i < 30; i++) {
            must(await ask(client));
        }
    } finally {
        await house.psql('GRANT INSERT ON identity.quota_use TO mw_gateway');
    }
    assert.equal(complaints(), earlier + 1);
    await until(async () => (await ask(client)).status === 429, 10_000, 'it is counted again');
});

test('a quota of an organisation ends, and then that of everybody counts', async () => {
    const organisation = (await founder(house, 'tijdelijk', 'company')).org;
    const end = new Date(Date.now() + 1500).toISOString();
    await put({ kind: 'requests', holder_id: organisation, amount: 7, window_ms: 100, valid_until: end });
    assert.equal((await lease(organisation)).amount, 7);
    await until(async () => (await lease(organisation)).amount === 3000, 5000, 'it ended');
});

test('quotas are put by operators only, and what makes no sense is named', async () => {
    const quota = { kind: 'requests', amount: 10, window_ms: 1000 };
    await assert.rejects(house.call('quota_put', quota, { roles: ['BUYER', 'ADMIN'] }), /missing/);
    await assert.rejects(house.call('quota_list', {}, { roles: ['MODERATOR'] }), /missing/);
    await assert.rejects(house.call('quota_lease', { owed: 0 }, operator), /missing/);
    const id = '01900000-0000-7000-8000-000000000000';
    for (const [change, fault] of [
        [{ amount: 0 }, /amount/], [{ window_ms: 1 }, /window_ms/], [{ kind: 'logins' }, /kind/],
        [{ kind: 'login_account', holder_id: id }, /only requests and files are counted by holder/],
        [{ valid_until: '2040-01-01T00:00:00Z' }, /the quota of everybody does not end/],
        [{ holder_id: id, valid_until: '2020-01-01T00:00:00Z' }, /must be after it begins/],
    ]) {
        await assert.rejects(put({ ...quota, ...change }), fault);
    }
    const valid_from = '2039-01-01T00:00:00Z';
    await put({ ...quota, holder_id: id, valid_from });
    const again = await put({ ...quota, holder_id: id, valid_from, amount: 11, note: 'hersteld' });
    const { items } = await house.call('quota_list', { limit: 100 }, operator);
    assert.deepEqual(items.filter(({ holder_id: holder }) => holder === id), [again]);
    const parts = [];
    for (let cursor; parts.length < items.length;) {
        const part = await house.call('quota_list', { limit: 2, cursor }, operator);
        parts.push(...part.items);
        cursor = part.next;
    }
    assert.deepEqual(parts, items);
    assert.ok(items.some(({ kind, amount }) => kind === 'login_account' && amount === 5));
});

test('no other service reads what is counted, and the gateway cannot take a quota back', async () => {
    for (const role of ['mw_catalog', 'mw_pipeline', 'mw_reporting', 'mw_relay']) {
        for (const table of ['quota', 'quota_use']) {
            await assert.rejects(house.psql(`SELECT * FROM identity.${table}`, role), /permission denied/);
        }
        await assert.rejects(house.psql("SELECT identity.quota_take ('requests', 'x', 1, now ())", role), /permission denied/);
    }
    await assert.rejects(house.psql('DELETE FROM identity.quota', 'mw_gateway'), /permission denied/);
    assert.equal(await house.psql("SELECT count (*) FROM information_schema.role_table_grants WHERE table_schema = 'identity'"
        + " AND table_name LIKE 'quota%' AND grantee NOT IN ('mw_owner', 'mw_gateway')"), '0');
});

/* ------------------------------------------------------------------------------ passwords */

let addresses = 0;
/** An address that nobody came from before. */
const somewhere = () => `192.0.2.${addresses += 1}`;

const tryLogin = (email, given, from, url = house.url) => new Client(url).post('/sessions',
    { email, password: given }, { headers: { 'x-forwarded-for': from } });

/** Tries a wrong password some times; answers the statuses. */
async function guess(email, times, from) {
    const statuses = [];
    for (let i = 0; i < times; i++) {
        statuses.push((await tryLogin(email, 'verkeerd', from)).status);
    }
    return statuses;
}

test('after five wrong passwords nobody gets in for a while, known or not', async () => {
    const { email } = await person(house, 'vergeetachtig');
    const answers = [];
    for (const who of [email, 'bestaat-niet@proef.example']) {
        assert.deepEqual(await guess(who, 5, somewhere()), [401, 401, 401, 401, 401], who);
        const answer = await tryLogin(who.toUpperCase(), password, somewhere());
        refused(answer, 429, ':throttled');
        within(Number(answer.headers.get('retry-after')), 890, 900);
        assert.equal(answer.headers.get('set-cookie'), null);
        answers.push(answer.body);
    }
    assert.deepEqual(answers[0], answers[1]);
    // Others get in, also from there.
    const { email: other } = await person(house, 'buurman');
    assert.equal((await tryLogin(other, password, '192.0.2.1')).status, 201);
});

test('a right password makes the wrong ones forgotten', async () => {
    const { email } = await person(house, 'bijna');
    for (let i = 0; i < 3; i++) {
        const from = somewhere();
        assert.deepEqual(await guess(email, 4, from), [401, 401, 401, 401]);
        assert.equal((await tryLogin(email, password, from)).status, 201);
    }
});

test('guesses that come at once are counted one by one, and the refused ones cost no hash', async () => {
    const from = somewhere();
    const answers = await Promise.all(Array.from({ length: 25 }, () => tryLogin('veel@proef.example', 'verkeerd', from)));
    const of = (wanted) => answers.filter(({ status }) => status === wanted).length;
    assert.deepEqual([of(401), of(429)], [5, 20]);
    const time = async () => {
        const { workers } = JSON.parse(await house.ctl('status', '--json=yes'));
        const { counts } = workers.find(({ service }) => service === 'gateway');
        return counts.find(({ operation }) => operation === 'session_open');
    };
    // The figures come with a heartbeat.
    const settled = (count) => until(async () => {
        const it = await time();
        return it.count >= count && it;
    });
    // One after the other: the time of what comes together holds that of what was before it. The machine may stand still
    // in one of the rounds; a hash would be seen in each.
    const costs = [];
    for (let round = 0; round < 4 && !costs.some(([refused, hashed]) => refused < hashed / 2); round++) {
        const start = await time();
        for (let i = 0; i < 5; i++) {
            await tryLogin(`een${round}${i}@proef.example`, 'verkeerd', somewhere());
        }
        const hashed = await settled(start.count + 5);
        for (let i = 0; i < 5; i++) {
            await tryLogin('veel@proef.example', 'verkeerd', somewhere());
        }
        const refusals = await settled(hashed.count + 5);
        costs.push([refusals.total_us - hashed.total_us, hashed.total_us - start.total_us]);
    }
    const [refused, hashed] = costs.at(-1);
    assert.ok(refused < hashed / 2, `µs of refusals and of hashes: ${costs.join(' | ')}`);
});

test('an address gets twenty wrong ones; the gateway believes only its proxy who it is', async () => {
    const from = somewhere();
    const { email } = await person(house, 'rechtmatig');
    for (let i = 0; i < 19; i++) {
        assert.deepEqual(await guess(`gok${i}@proef.example`, 1, from), [401]);
    }
    // A right one gives back its own attempt, not those of others.
    assert.equal((await tryLogin(email, password, from)).status, 201);
    assert.deepEqual(await guess('gok19@proef.example', 1, from), [401]);
    refused(await tryLogin(email, password, from), 429, ':throttled');
    assert.equal((await tryLogin(email, password, somewhere())).status, 201);
    // What the caller wrote before the proxy's own word does not count.
    refused(await tryLogin(email, password, `${somewhere()}, ${from}`), 429);
    assert.equal((await tryLogin(email, password, `${from}, ${somewhere()}`)).status, 201);
    await withGateway(['--trusted-proxy=192.0.2.200'], async (url) => {
        assert.equal((await tryLogin(email, password, from, url)).status, 201, 'comes from here, whatever it says');
    });
    await withGateway(['--trusted-proxy=yes'], async (url) => {
        refused(await tryLogin(email, password, from, url), 429);
    });
});

test('of IPv6 a whole network counts as one address, and IPv4 within IPv6 as itself', async () => {
    const used = (holder) => house.psql(
        `SELECT used FROM identity.quota_use WHERE kind = 'login_address' AND holder = '${holder}'`);
    await guess('zes@proef.example', 1, '2001:DB8:1:2:3:4:5:6');
    await guess('zeven@proef.example', 1, '2001:db8:1:2::1');
    assert.equal(await used('2001:db8:1:2::'), '2');
    await guess('acht@proef.example', 1, '::ffff:198.51.100.7');
    assert.equal(await used('198.51.100.7'), '1');
    // What is no address is not believed.
    assert.deepEqual(await guess('negen@proef.example', 1, "unknown'; --"), [401]);
    assert.equal(await used('127.0.0.1'), '1');
});

test('the limits are data: a shorter window is over sooner; no address of a person is kept', async () => {
    const { email } = await person(house, 'geduldig');
    const from = somewhere();
    await put({ kind: 'login_account', amount: 2, window_ms: 1000, note: 'proef' });
    assert.deepEqual(await guess(email, 3, from), [401, 401, 429]);
    await until(async () => (await tryLogin(email, password, from)).status === 201, 5000, 'the window is over');
    assert.equal(await house.psql("SELECT count (*) FROM identity.quota_use WHERE holder LIKE '%@%'"), '0');
    // Windows that are over are thrown away by those who come later.
    await until(async () => {
        await tryLogin('later@proef.example', 'verkeerd', somewhere());
        return await house.psql("SELECT count (*) FROM identity.quota_use WHERE ends_at < now () - interval '2 s'") === '0';
    });
});

test('an option that does not parse is named, and nothing starts', async () => {
    const child = new Child(path.join(build, 'meerwaarde-gateway'), ['--db=dbname=x', '--relay-db=dbname=x', '--trusted-proxy=nginx'],
        { log: path.join(house.directory, 'refused.log') });
    assert.equal(await child.ended, 2);
    assert.match(child.lastWords, /--trusted-proxy=nginx is neither an IP address nor yes/);
});
