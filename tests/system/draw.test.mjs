// draw.test.mjs - the draw among equal offers: nobody knows it before the need is on the market, and afterwards anybody can
// compute it again, here from proto/ and what the stream says.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse, services, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { Child } from '../lib/processes.mjs';
import { needText } from './deal-cast.mjs';
import { admit, founder, moderator, refused, thing } from './people.mjs';
import { Stream } from './subscriber/evs.mjs';

const EQUALS = 6;
let house, buyer, equals;

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const bytes = (hex) => Buffer.from(hex, 'hex');

before(async () => {
    house = await openHouse();
    buyer = await founder(house, 'koper', 'municipality');
    equals = [];
    for (let n = 1; n <= EQUALS; n++) {
        equals.push(await founder(house, `gelijk-${n}`, 'enterprise'));
    }
    await admit(house, await moderator(house), buyer, ...equals);
    for (const one of equals) {
        for (const unit of ['uur', 'dag'].slice(0, one === equals[0] ? 2 : 1)) { // the first has two
            const offer = await thing(one.post('/offers', {
                title: 'Onderhoud van de binnentuin', description: 'Wekelijks onderhoud van binnentuinen.',
                kind: 'service', sector: 'green', cpv: '77310000-6', unit, vat: 'high', lead_days: 14,
                national: true, goals: ['inclusive_labour'], fictional: true,
            }));
            await thing(one.command('/offers', offer, 'publish'));
        }
    }
});
after(() => house?.stop());

const told = () => until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'),
    5_000, 'the outbox is empty');
const current = async (path) => buyer.get(path, { headers: { 'x-min-seq': await told() } });
const secretOf = ({ id }) => house.psql(`SELECT encode (secret, 'hex') FROM pipeline.draw_secret WHERE need_id = '${id}'`);

/** What an audience was told until now; of `all` with the chain's hash, which the subscriber computes itself. */
async function toldTo(audience) {
    const stream = new Stream({ audience, live: `ipc://${house.run}/live`, replay: `ipc://${house.run}/replay` });
    const events = [];
    for await (const batch of stream.batches()) {
        events.push(...batch);
        if (batch.length === 0 || stream.state.last >= stream.head) {
            return { events, hash: stream.state.hash };
        }
    }
    return undefined;
}

/** The chain's hash at one event, from the bytes of all events. */
async function hashAt(seq) {
    const rows = await house.psql(`SELECT seq || ' ' || encode (body, 'hex') FROM stream.log WHERE seq <= ${seq} ORDER BY seq`);
    return rows.split('\n').map((row) => row.split(' ')).reduce((hash, [n, body]) => {
        const number = Buffer.alloc(8);
        number.writeBigUInt64BE(BigInt(n));
        return sha256(hash, number, bytes(body));
    }, Buffer.alloc(32));
}

/** Everything that the platform keeps or says about what it did, as one text. */
async function everythingKept() {
    const tables = (await house.psql(`SELECT c.oid::regclass FROM pg_class c WHERE c.relkind = 'r'
        AND c.relnamespace::regnamespace::text IN ('catalog', 'pipeline', 'matching', 'stream', 'gateway', 'reporting')
        AND c.oid::regclass::text <> 'pipeline.draw_secret'`)).split('\n');
    const rows = [];
    for (const table of tables) {
        rows.push(await house.psql(`SELECT string_agg (t::text, '') FROM ${table} t`));
    }
    const logs = services.map((name) => house.logOf(name)).filter(existsSync).map((file) => readFileSync(file, 'utf8'));
    return [...rows, ...logs].join('\n');
}

test('before publication the secret is nowhere to be read, not by the buyer either', async () => {
    const draft = await thing(buyer.post('/needs', needText(), { key: '"draft-once"' }));
    const changed = await thing(buyer.put(`/needs/${draft.id}`, needText({ title: 'Onderhoud van twee binnentuinen' }), draft.version));
    const secret = await secretOf(draft);
    assert.equal(sha256(bytes(secret)).toString('hex'), draft.draw_commitment);
    assert.equal(changed.draw_commitment, draft.draw_commitment, 'a change of the need keeps its commitment');
    const answers = [draft, changed, await thing(buyer.get(`/needs/${draft.id}`)), await thing(buyer.get('/needs?mine=true')),
        await thing(current(`/needs/${draft.id}/matches`)), await thing(current(`/needs/${draft.id}/run`))];
    for (const answer of answers) {
        assert.doesNotMatch(JSON.stringify(answer), /draw_secret|"draw"/);
    }
    for (const client of [buyer, house.nobody(), equals[0]]) {
        refused(await client.get(`/needs/${draft.id}/draw`), 404);
    }
    const as = `SET app.org = '${buyer.org}'; SET app.roles = '8191'; SELECT count (*) FROM pipeline.draw_secret`;
    assert.equal((await house.psql(as, 'mw_pipeline')).split('\n').at(-1), '0');
    await told();
    const kept = await everythingKept();
    // As it is, as the bytes of an event or of an answer are printed, and raw.
    const forms = (hex) => [hex, Buffer.from(hex).toString('hex'), bytes(hex).toString('latin1')];
    const found = (hex) => forms(hex).map((form) => kept.includes(form));
    assert.deepEqual(found(draft.draw_commitment), [true, true, false], 'the search finds what is not secret');
    assert.deepEqual(found(secret), [false, false, false]);
});

test('neither changed nor taken away, and what is withdrawn as a draft stays secret', async () => {
    const draft = await thing(buyer.post('/needs', needText()));
    const as = (sql) => house.psql(`SET app.org = '${buyer.org}'; ${sql}`, 'mw_pipeline');
    await assert.rejects(as('UPDATE pipeline.draw_secret SET secret = secret'), /permission denied/);
    await assert.rejects(as('DELETE FROM pipeline.draw_secret'), /permission denied/);
    const dropped = await thing(buyer.command('/needs', draft, 'drop'));
    assert.equal(dropped.draw_secret, undefined);
    refused(await buyer.get(`/needs/${draft.id}/draw`), 404);
});

test('after publication everybody can compute the draw again, from what is public', async () => {
    const draft = await thing(buyer.post('/needs', needText()));
    const published = await thing(buyer.command('/needs', draft, 'publish'));
    assert.equal(sha256(bytes(published.draw_secret)).toString('hex'), draft.draw_commitment);
    const ranked = await thing(current(`/needs/${draft.id}/matches`));
    const { items: [first] } = ranked;
    assert.equal(ranked.items.length, EQUALS + 1);
    assert.ok(ranked.items.every(({ score_ppm: score, invited_at: at }) => score === first.score_ppm && at === undefined));

    // What anybody hears: the secret, with its commitment, in the event of the need.
    const { events } = await toldTo('public');
    const { data } = events.find(({ type, subject }) => /need_published/.test(type) && subject === `need/${draft.id}`);
    const draw = await thing(house.nobody().get(`/needs/${draft.id}/draw`));
    assert.deepEqual([draw.secret, draw.commitment], [data.draw_secret, data.draw_commitment]);
    // What the stream's chain says at that event; an auditor, who reads `all`, has it without asking anybody.
    const { events: all, hash } = await toldTo('all');
    const at = all.find(({ type, subject }) => /need_published/.test(type) && subject === `need/${draft.id}`);
    const drafted = all.find(({ type, subject }) => /need_drafted/.test(type) && subject === `need/${draft.id}`);
    assert.equal(drafted.data.draw_commitment, draw.commitment, 'promised before');
    assert.equal(drafted.data.draw_secret, undefined);
    assert.equal(draw.published_seq, at.tseq);
    const chained = await hashAt(at.tseq);
    assert.equal((await hashAt(all.length)).toString('hex'), hash);
    assert.equal(draw.stream_hash, chained.toString('hex'));

    const seed = sha256(bytes(data.draw_secret), chained);
    assert.equal(draw.seed, seed.toString('hex'));
    const lot = ({ supplier_id: id }) => sha256(seed, id).readBigUInt64BE();
    const expected = [...ranked.items].sort((a, b) => (lot(a) < lot(b) ? -1 : lot(a) > lot(b) ? 1 : a.offer_id < b.offer_id ? -1 : 1));
    assert.deepEqual(ranked.items.map(({ offer_id: id }) => id), expected.map(({ offer_id: id }) => id));
    assert.deepEqual(ranked.draw, draw);
    assert.deepEqual((await thing(current(`/needs/${draft.id}/run`))).content.draw, draw);
});

test('who begins in the middle of the stream knows its hashes too, of live events as of fetched ones', async () => {
    const head = Number(await told());
    const log = path.join(house.directory, 'tail.log');
    const tails = [head, head - 3].map((after) => new Child(path.join(build, 'meerwaarde'),
        ['events', 'tail', '--json', `--after=${after}`, `--run=${house.run}`], { log: `${log}.${after}` }));
    const lines = (after) => readFileSync(`${log}.${after}`, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
    await until(() => lines(head - 3).length === 3, 5_000, 'the second one reads the log');
    for (let n = 0; n < 3; n++) {
        await thing(buyer.post('/needs', needText()));
    }
    for (const after of [head, head - 3]) {
        await until(() => lines(after).length === head + 3 - after, 5_000, 'all three are told');
        for (const { sequence, hash } of lines(after)) {
            assert.equal(hash, (await hashAt(Number(sequence))).toString('hex'), `event ${sequence} after ${after}`);
        }
    }
    await Promise.all(tails.map((one) => one.end('SIGTERM')));
});

test('two needs of the same words are two draws', async () => {
    const orders = new Set();
    for (let n = 0; n < 4; n++) {
        const draft = await thing(buyer.post('/needs', needText()));
        await thing(buyer.command('/needs', draft, 'publish'));
        orders.add((await thing(current(`/needs/${draft.id}/matches`))).items.map(({ offer_id: id }) => id).join());
    }
    assert.ok(orders.size > 1, 'six lots in the same order four times: once in 370 million');
});

test('without a draw the smaller id comes first: for a need from before, and for a secret that was exchanged', async () => {
    const ids = async (need) => (await thing(current(`/needs/${need.id}/matches`))).items.map(({ offer_id: id }) => id);
    const older = await thing(buyer.post('/needs', needText()));
    await house.psql(`DELETE FROM pipeline.draw_secret WHERE need_id = '${older.id}';
        UPDATE pipeline.need SET draw_commitment = NULL WHERE id = '${older.id}'`);
    const published = await thing(buyer.command('/needs', older, 'publish'));
    assert.deepEqual([published.draw_commitment, published.draw_secret], [undefined, undefined]);
    const exchanged = await thing(buyer.post('/needs', needText()));
    await house.psql(`UPDATE pipeline.draw_secret SET secret = sha256 ('another') WHERE need_id = '${exchanged.id}'`);
    await thing(buyer.command('/needs', exchanged, 'publish'));
    for (const need of [older, exchanged]) {
        const order = await ids(need);
        assert.deepEqual(order, [...order].sort());
        refused(await house.nobody().get(`/needs/${need.id}/draw`), 404);
        assert.equal((await thing(current(`/needs/${need.id}/run`))).content.draw, undefined);
    }
    const log = readFileSync(house.logOf('matching'), 'utf8');
    assert.match(log, new RegExp(`draw_broken.*${exchanged.id}`));
    assert.doesNotMatch(log, new RegExp(`draw_broken.*${older.id}`));
});
