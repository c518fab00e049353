// runs.test.mjs - rankings that are kept: what is in them, and whose they are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, needText } from './deal-cast.mjs';
import { admit, founder } from './people.mjs';

let house, desk, buyer, green, blue, stranger, need;

const offerText = (changes) => ({
    title: 'Onderhoud van binnentuinen',
    description: 'Wij onderhouden tuinen en plantsoenen, het hele jaar door.',
    kind: 'service', sector: 'green', cpv: '77310000-6', price_cents: 4_250, unit: 'uur', vat: 'high', lead_days: 14,
    national: true, goals: ['inclusive_labour'], fictional: true, ...changes,
});

async function publishedOffer(supplier, changes) {
    const { body } = must(await supplier.post('/offers', offerText(changes)));
    return must(await supplier.command('/offers', body, 'publish')).body;
}

/** Up to which event everything is told. */
const told = () => until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'),
    5_000, 'the outbox is empty');

async function madeRun(client = buyer, query = '') {
    const headers = { 'x-min-seq': await told() };
    return client.post(`/needs/${need.id}/_match${query}`, {}, { headers });
}

before(async () => {
    house = await openHouse();
    ({ desk, buyer, green, blue, stranger } = await enter(house));
    const far = await founder(house, 'ver', 'enterprise', { municipality: 'GM0141' });
    await admit(house, desk, far);
    await publishedOffer(green);
    await publishedOffer(blue, { title: 'Tuinen en borders', description: 'Aanleg en onderhoud van borders.', price_cents: undefined });
    await publishedOffer(far, { title: 'Tuinonderhoud in Almelo', national: false });
    need = must(await buyer.post('/needs', needText())).body;
});
after(() => house?.stop());

test('a run has what went in, what came out, and its hash', async () => {
    const headers = { 'x-min-seq': await told() };
    const ranked = must(await buyer.get(`/needs/${need.id}/matches`, { headers })).body;
    const { body: run } = must(await madeRun());
    const { content } = run;
    assert.equal(content.index_seq, ranked.index_seq);
    assert.equal(run.need_id, need.id);
    assert.equal(run.buyer_id, buyer.org);
    assert.match(run.hash, /^[0-9a-f]{64}$/);
    assert.equal(content.need_version, need.version);
    assert.equal(content.considered, 3);
    assert.equal(content.candidates.length, 3);
    assert.equal(content.chosen.length, 2);
    assert.deepEqual(content.chosen, ranked.items.map(({ offer_id, score_ppm }) => ({ offer_id, score_ppm })));
    const away = content.candidates.at(-1);
    assert.equal(away.title, 'Tuinonderhoud in Almelo');
    assert.equal(away.delivers, false);
    assert.equal(content.candidates.find((one) => one.title === 'Tuinen en borders').price_cents, undefined);
});

test('a run stands as it was made, for its buyer only', async () => {
    const { body: made } = must(await madeRun());
    await publishedOffer(green, { title: 'Tuinonderhoud op maat' });
    assert.deepEqual(must(await buyer.get(`/runs/${made.id}`)).body, made);
    const { body: later } = must(await madeRun());
    assert.equal(later.content.considered, 4);
    const page = must(await buyer.get(`/needs/${need.id}/runs?limit=2`)).body;
    assert.deepEqual(page.items.map((one) => one.id), [later.id, made.id]);
    assert.equal(page.items [1].hash, made.hash);
    assert.equal(must(await buyer.get(`/needs/${need.id}/runs?limit=2&cursor=${page.next}`)).body.items.length, 1);
    for (const other of [green, stranger]) {
        assert.equal((await other.get(`/runs/${made.id}`)).status, 404);
        assert.deepEqual(must(await other.get(`/needs/${need.id}/runs`)).body.items, []);
    }
    assert.equal((await madeRun(stranger)).status, 404);
    assert.equal((await madeRun(green)).status, 404);
    await assert.rejects(house.psql(`SET app.org = '${buyer.org}'; UPDATE matching.run SET hash = hash`, 'mw_matching'), /permission denied/);
    await assert.rejects(house.psql(`SET app.org = '${buyer.org}'; DELETE FROM matching.run`, 'mw_matching'), /permission denied/);
});

test('the same key makes one run', async () => {
    const headers = { 'idempotency-key': '"run-once"' };
    const first = must(await buyer.post(`/needs/${need.id}/_match`, {}, { headers })).body;
    assert.deepEqual(must(await buyer.post(`/needs/${need.id}/_match`, {}, { headers })).body, first);
});

test('a run of more places than may be asked for is refused', async () => {
    const { status, body } = await madeRun(buyer, '?limit=1000');
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /limit/);
});
