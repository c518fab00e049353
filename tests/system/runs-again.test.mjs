// runs-again.test.mjs - the same ranking, byte for byte, from any number of workers, after restarts, and years later; and what
// other weights would make of it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/house.mjs';
import { enter, needText, openNeed } from './deal-cast.mjs';
import { admit, founder, refused, thing } from './people.mjs';

const OFFERS = 60;
let house, buyer, green, blue, stranger, desk, need;

const subjects = ['binnentuinen', 'borders', 'plantsoenen', 'kerkhoven', 'daktuinen', 'moestuinen', 'bermen'];

async function publishedOffer(supplier, n) {
    const offer = await thing(supplier.post('/offers', {
        title: `Onderhoud van ${subjects[n % 7]} en ${subjects[n % 5]}`, description: 'Wij onderhouden tuinen het hele jaar door.'.repeat(1 + n % 3),
        kind: 'service', sector: 'green', cpv: ['77310000-6', '77314000-4', '77300000-3'][n % 3], unit: 'uur', vat: 'high',
        price_cents: 1000 + 37 * n, lead_days: n % 40, national: n % 4 > 0, goals: [['inclusive_labour'], []][n % 2], fictional: true,
    }));
    return thing(supplier.command('/offers', offer, 'publish'));
}

const told = () => until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'),
    5_000, 'the outbox is empty');

before(async () => {
    house = await openHouse({ args: { matching: ['--workers=2'] } });
    await house.unlimit();
    ({ buyer, green, blue, stranger, desk } = await enter(house));
    const far = await founder(house, 'ver', 'enterprise', { municipality: 'GM0141' });
    await admit(house, desk, far);
    await publishedOffer(far, 0);
    for (let n = 0; n < OFFERS; n++) {
        await publishedOffer(n % 2 ? green : blue, n); // one by one: the first process hears each on its own
    }
    need = await openNeed(buyer, { quantity: 10, unit: 'uur', budget_cents: 20_000 });
});
after(() => house?.stop());

/** The answer as text: what matters are its bytes. */
async function text(target, seq) {
    const response = await fetch(`${house.url}/v1${target}`, { headers: { cookie: buyer.cookie, accept: 'application/json', 'x-min-seq': seq } });
    assert.equal(response.status, 200);
    return response.text();
}

const workers = async () => JSON.parse(await house.ctl('status', '--json=yes')).workers.filter(({ service }) => service === 'matching');
const answered = ({ counts = [] }) => counts.find(({ operation }) => operation === 'need_run')?.count ?? 0;

/** Asks until every worker has answered some; the different answers. */
async function answers(count, seq) {
    const before = new Map((await workers()).map((one) => [one.worker, answered(one)]));
    const seen = new Set();
    await until(async () => {
        for (const body of await Promise.all(Array.from({ length: 8 * count }, () => text(`/needs/${need.id}/run?limit=50`, seq)))) {
            seen.add(body);
        }
        const now = await workers();
        return now.length === count && now.every((one) => answered(one) > (before.get(one.worker) ?? 0));
    }, 30_000, `${count} workers answered`);
    return [...seen];
}

test('1, 2 and 4 workers give the same bytes, those that heard all at once too, also after a restart', async () => {
    const seq = await told();
    const [one, ...others] = await answers(1, seq);
    assert.deepEqual(others, []);
    await house.start('matching#2');
    assert.deepEqual(await answers(2, seq), [one]);
    await house.start('matching#3', 'matching#4');
    assert.deepEqual(await answers(4, seq), [one]);
    await house.kill('matching');
    await house.start('matching');
    for (const name of ['matching#2', 'matching#3', 'matching#4']) {
        await house.end(name);
    }
    assert.deepEqual(await answers(1, seq), [one]);
    const { hash, content } = JSON.parse(one);
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.equal(content.index_seq, Number(seq));
    const kept = await thing(buyer.post(`/needs/${need.id}/_match?limit=50`, {}, { headers: { 'x-min-seq': seq } }));
    assert.deepEqual([kept.hash, kept.content], [hash, content], '_match keeps what run shows');
});

test('4 workers never disagree at the same event, while offers change', async () => {
    await house.start('matching#2', 'matching#3', 'matching#4');
    const hashes = new Map(); // of each event, how often each hash was answered
    let over = false;
    const ask = async () => {
        while (!over) {
            const { hash, content: { index_seq: seq } } = JSON.parse(await text(`/needs/${need.id}/run`, 1));
            const of = hashes.get(seq) ?? hashes.set(seq, new Map()).get(seq);
            of.set(hash, (of.get(hash) ?? 0) + 1);
        }
    };
    const asking = Promise.all([ask(), ask(), ask(), ask()]);
    for (let n = 0; n < 40; n++) {
        await publishedOffer(n % 2 ? green : blue, n);
    }
    over = true;
    await asking;
    const answers = [...hashes.values()].map((of) => [...of.values()]);
    assert.deepEqual(answers.filter((of) => of.length > 1), [], 'one event, one ranking');
    assert.ok(answers.filter(([count]) => count > 1).length > 20, 'many events were asked for more than once');
    assert.ok(new Set([...hashes.values()].flatMap((of) => [...of.keys()])).size > 20, 'and the ranking did change');
    for (const name of ['matching#2', 'matching#3', 'matching#4']) {
        await house.end(name);
    }
});

test('a ranking without keeping it is its buyer\'s only', async () => {
    refused(await stranger.get(`/needs/${need.id}/run`), 404);
    refused(await green.get(`/needs/${need.id}/run`), 404);
    const draft = await thing(buyer.post('/needs', needText()));
    const { content } = await thing(buyer.get(`/needs/${draft.id}/run`, { headers: { 'x-min-seq': await told() } }));
    assert.equal(content.draw, undefined);
});

test('why: the same comes out when the catalogue is another one', async () => {
    const kept = await thing(buyer.post(`/needs/${need.id}/_match`, {}, { headers: { 'x-min-seq': await told() } }));
    for (let n = OFFERS; n < OFFERS + 10; n++) {
        await publishedOffer(green, n);
    }
    await told();
    await house.end('matching');
    await house.start('matching');
    const said = await house.ctl('why', kept.id);
    assert.match(said, new RegExp(`same: ${kept.hash} comes out again`));
    assert.match(said, / out .*\(ver \(fictief\)\); Not delivered in this municipality/);
    const check = JSON.parse(await house.ctl('why', kept.id, '--json=yes'));
    assert.equal(check.same, true);
    assert.deepEqual(check.differs, []);
    assert.equal(check.candidates.length, kept.content.candidates.length);
    for (const one of check.candidates) {
        assert.equal(one.parts.reduce((sum, { points_ppm: points }) => sum + points, 0), one.score_ppm);
    }
    const placed = check.candidates.filter(({ place }) => place).map(({ offer_id, score_ppm }) => ({ offer_id, score_ppm }));
    assert.deepEqual(placed, kept.content.chosen);
    assert.deepEqual(await thing(buyer.get(`/runs/${kept.id}/check`)), check);
    refused(await green.get(`/runs/${kept.id}/check`), 404);
    refused(await stranger.get(`/runs/${kept.id}/check`), 404);
});

test('why sees what somebody with the database changed', async () => {
    const kept = await thing(buyer.post(`/needs/${need.id}/_match`, {}, { headers: { 'x-min-seq': await told() } }));
    const [first, second] = kept.content.chosen;
    const change = (from, to) => house.psql(`UPDATE matching.run SET content = replace (content, '${from}', '${to}') WHERE id = '${kept.id}'`);
    const why = () => thing(buyer.get(`/runs/${kept.id}/check`));
    const entry = (score) => `"${first.offer_id}","score_ppm":${score}`;
    await change(entry(first.score_ppm), entry(first.score_ppm + 1));
    let check = await why();
    assert.equal(check.differs.length, 2);
    assert.match(check.differs[0], /content: was changed/);
    assert.match(check.differs[1], new RegExp(`chosen\\[0\\].score_ppm: ${first.score_ppm}, was ${first.score_ppm + 1}`));
    await assert.rejects(house.ctl('why', kept.id), 'it ends with 1');
    await change(entry(first.score_ppm + 1), entry(first.score_ppm));
    assert.equal((await why()).same, true);
    await change(`{"offer_id":"${first.offer_id}","score_ppm"`, `{"offer_id":"${second.offer_id}","score_ppm"`);
    assert.match((await why()).differs.join(), /chosen\[0\].offer_id/);
    await house.psql(`UPDATE matching.run SET content = '${JSON.stringify({ ...kept.content, rule_set: '2020-01-x' }).replaceAll("'", "''")}' WHERE id = '${kept.id}'`);
    check = await why();
    assert.deepEqual([check.same, check.hash_now], [false, undefined]);
    assert.match(check.differs.join(), /this build does not have 2020-01-x/);
    await house.psql(`DELETE FROM matching.run WHERE id = '${kept.id}'`);
});

test('operators read any run', async () => {
    const [{ id }] = (await thing(buyer.get(`/needs/${need.id}/runs`))).items;
    const asOperator = { account: desk.account, roles: ['OPERATOR'] };
    assert.equal((await house.call('run_get', { id }, asOperator)).id, id);
    assert.ok((await house.call('run_recent', {}, asOperator)).items.length > 0);
    await assert.rejects(house.call('run_recent', {}, { account: buyer.account, organisation: buyer.org, roles: ['BUYER'] }));
});

const setLine = (version, ...parts) => `RULE_SET ("${version}", "Proef", "2027-01-01", ${parts.join(', ')})\n`;

function file(name, content) {
    const at = path.join(house.directory, name);
    writeFileSync(at, content);
    return at;
}

test('rules: the sets, and what another one would do to kept rankings', async () => {
    const listed = await house.ctl('rules');
    assert.match(listed, /2026-11-a .*\n.*text 40 cpv 25/);
    assert.match(listed, /2026-11-b .*in force/);
    const none = JSON.parse(await house.ctl('rules', 'diff', '2026-11-b', '2026-11-b', '--json=yes'));
    assert.ok(none.runs.length >= 2);
    assert.deepEqual([none.changed, none.entered, none.left, none.moved], [0, 0, 0, 0]);

    const cheap = file('cheap.def', `/* a try */\n${setLine('2027-01-a', 350000, 220000, 150000, 150000, 40000, 50000, 40000)}`
        + setLine('2027-01-b', 0, 0, 0, 0, 0, 1000000, 0));
    const diff = JSON.parse(await house.ctl('rules', 'diff', '2026-11-b', cheap, '--json=yes'));
    assert.equal(diff.after.version, '2027-01-b', 'the last one counts');
    assert.equal(diff.runs.length, none.runs.length);
    assert.ok(diff.changed > 0);
    // The figures are those of the places.
    const places = diff.runs.flatMap(({ moves }) => moves).map(({ before, after: then }) => [before <= 10, then <= 10, before, then]);
    assert.equal(diff.entered, places.filter(([was, is]) => !was && is).length);
    assert.equal(diff.left, places.filter(([was, is]) => was && !is).length);
    assert.equal(diff.moved, places.filter(([was, is, from, to]) => was && is && from !== to).length);
    assert.equal((JSON.parse(await house.ctl('rules', 'diff', '2026-11-b', cheap, '--runs=1', '--json=yes'))).runs.length, 1);
    assert.match(await house.ctl('rules', 'diff', '2026-11-b', cheap), /2027-01-b instead of 2026-11-b.*\n.*mean shift \d+\.\d\d places/);
});

test('rules that are not in order are refused, with the reason', async () => {
    const bad = [
        [setLine('x', 350000, 220000, 150000, 150000, 40000, 50000, 30000), /line 1: the parts of x are 990000 together, and must be 1000000/],
        [setLine('x', 1000000), /has to have 7 parts/],
        [setLine('x', 0, 0, 0, 0, 0, 0, 1000000, 0), /has to have 7 parts/],
        [setLine('x', -1, 1, 0, 0, 0, 0, 1000000), /has to have 7 parts/],
        ['RULE_SET (1)\n', /is not RULE_SET/],
        ['RULE_SET ("a", "b", "soon", 1000000)\n', /is not a day/],
        ['', /there is no RULE_SET/],
    ];
    for (const [content, reason] of bad) {
        await assert.rejects(house.ctl('rules', 'diff', '2026-11-b', file('bad.def', content)), reason);
    }
    await assert.rejects(house.ctl('rules', 'diff', '2026-11-b', '/nowhere'), /no version that the platform has, and no file/);
    await assert.rejects(house.ctl('rules', 'differ', 'a', 'b'), /Usage/);
    // The service checks as well, whoever asks.
    const set = (parts) => ({ version: 'x', owner: 'x', since: '2027-01-01', parts });
    const [{ id }] = (await thing(buyer.get(`/needs/${need.id}/runs`))).items;
    const asked = { id, before: set([{ name: 'text', most_ppm: 1_000_000 }]), after: set([]) };
    await assert.rejects(house.call('run_compare', asked, { account: desk.account, roles: ['OPERATOR'] }), /parts/);
});
