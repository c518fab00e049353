// pack.test.mjs - what happened around a need, in a file that can be verified without the platform.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { decode } from '@msgpack/msgpack';
import { openHouse, until } from '../lib/house.mjs';
import { enter, needText, openNeed } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, buyer, green, blue, stranger, need, run, key;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, stranger } = await enter(house));
    for (const supplier of [green, blue]) {
        const offer = await thing(supplier.post('/offers', {
            title: 'Onderhoud van binnentuinen', description: 'Wij onderhouden tuinen, het hele jaar door.', kind: 'service',
            sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 14, national: supplier === green, region: [],
            fictional: true,
        }));
        await thing(supplier.command('/offers', offer, 'publish'));
    }
    need = await openNeed(buyer, { municipality: 'GM0153' });
    run = await thing(buyer.post(`/needs/${need.id}/_match`, {}, { headers: { 'x-min-seq': await told() } }));
    for (const { org } of [green, blue]) {
        await thing(buyer.post('/invitations', { need_id: need.id, supplier_id: org, message: 'Doet u mee?' }));
    }
    [{ key }] = (await thing(house.nobody().get('/matching/keys'))).items;
});
after(() => house?.stop());

const told = () => until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'),
    5_000, 'the outbox is empty');

/** The pack as it comes, in bytes. */
async function fetched(query = '') {
    const response = await fetch(`${house.url}/v1/needs/${need.id}/pack${query}`,
        { headers: { cookie: buyer.cookie, accept: 'application/json', 'x-min-seq': await told() } });
    assert.equal(response.status, 200);
    return Buffer.from(await response.arrayBuffer());
}

/** What the verifier says of a file: its exit status, and its words. */
async function verdict(bytes, withKey = key, name = 'pack') {
    const file = path.join(house.directory, `${name}.json`);
    writeFileSync(file, bytes);
    return house.ctl('verify-pack', file, `--key=${withKey}`).then((said) => ({ good: true, said }),
        (error) => ({ good: false, said: String(error.message) }));
}

test('a pack proves who was invited, which rankings were kept, and by which draw', async () => {
    assert.ok((await buyer.get(`/needs/${need.id}/pack`, { headers: { 'x-min-seq': await told() } })).status === 200);
    const bytes = await fetched();
    const { good, said } = await verdict(bytes);
    assert.ok(good, said);
    assert.match(said, /2 enterprises were invited/);
    assert.match(said, /all by the same words/);
    assert.match(said, new RegExp(run.hash));
    assert.match(said, /equal offers were drawn by seed [0-9a-f]{64}/);
    assert.match(said, /OK\n$/);
    assert.ok((await verdict(bytes, path.join(house.keys, 'signing.key'))).good, 'with the certificate too');
});

test('any other program can verify it: base64, Ed25519, MessagePack', async () => {
    const outside = JSON.parse(await fetched());
    const payload = Buffer.from(outside.payload, 'base64');
    const publicKey = createPublicKey({ format: 'der', type: 'spki',
        key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key, 'hex')]) });
    assert.ok(verify(null, payload, publicKey, Buffer.from(outside.signature, 'hex')));
    const inside = decode(payload);
    assert.equal(inside.form, 'meerwaarde-pack/1');
    assert.equal(inside.need.id, need.id);
    assert.deepEqual(inside.invitations.map(({ supplier_id: id }) => id), [green.org, blue.org]);
    assert.equal(inside.invited, 2);
    const words = createHash('sha256').update('Doet u mee?').digest('hex');
    assert.ok(inside.invitations.every(({ message_hash: hash }) => hash === words));
    assert.ok(inside.invitations[0].seq < inside.invitations[1].seq);
    assert.ok(inside.invitations[0].sent_at > inside.run.made_at - 1, 'they came after the ranking');
    assert.deepEqual(inside.runs.map(({ hash }) => hash), [run.hash]);
    assert.equal(inside.run.content.candidates.length, run.content.candidates.length);
    assert.equal(inside.rules.version, run.content.rule_set);
    assert.equal(inside.rules.parts.reduce((sum, { most_ppm: most }) => sum + most, 0), 1_000_000);
    assert.equal(inside.draw.commitment, need.draw_commitment);
});

test('a pack with one bit of any byte turned is refused', async () => {
    const small = await thing(buyer.post('/needs', needText({ title: 'Nog niets' })));
    const response = await fetch(`${house.url}/v1/needs/${small.id}/pack`,
        { headers: { cookie: buyer.cookie, accept: 'application/json', 'x-min-seq': await told() } });
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.ok((await verdict(bytes)).good);
    const passed = [];
    const turn = async (at) => {
        const broken = Buffer.from(bytes);
        broken[at] ^= 1 << (at % 7);
        const { good, said } = await verdict(broken, key, `turned-${at % 4}`);
        return good || !/NOT AS SIGNED/.test(said) ? [`${at}: ${said}`] : [];
    };
    for (let at = 0; at < bytes.length; at += 4) {
        const four = [0, 1, 2, 3].map((n) => at + n).filter((one) => one < bytes.length);
        passed.push(...(await Promise.all(four.map(turn))).flat());
    }
    assert.deepEqual(passed, []);
    for (const broken of [bytes.subarray(1), bytes.subarray(0, -1), Buffer.concat([bytes, bytes]), Buffer.concat([bytes, Buffer.from('\n')]),
        Buffer.from('{}'), Buffer.alloc(0), Buffer.alloc(5 << 20, 'a')]) {
        assert.ok(!(await verdict(broken)).good);
    }
});

test('a pack by another key is refused, and one by the key before stands', async () => {
    const bytes = await fetched();
    const other = await verdict(bytes, 'a'.repeat(64));
    assert.ok(!other.good);
    assert.match(other.said, /NOT AS SIGNED: key/);
    await house.ctl('key', 'rotate', 'signing');
    const meanwhile = (await thing(house.nobody().get('/matching/keys'))).items;
    assert.deepEqual(meanwhile.map((one) => [one.key === key, one.in_use]), [[false, false], [true, true]]);
    await house.end('matching');
    await house.start('matching');
    const keys = (await thing(house.nobody().get('/matching/keys'))).items;
    assert.deepEqual(keys.map(({ in_use: now }) => now), [true, false]);
    assert.notEqual(keys[0].key, key);
    assert.equal(keys[1].key, key);
    assert.ok((await verdict(bytes, keys[1].key)).good);
    const fresh = await fetched();
    assert.ok((await verdict(fresh, keys[0].key)).good);
    assert.ok(!(await verdict(fresh, keys[1].key)).good);
    await house.ctl('key', 'retire', 'signing');
    key = keys[0].key;
});

test('a pack is its buyer\'s, and of a run of that need', async () => {
    for (const client of [green, stranger]) {
        refused(await client.get(`/needs/${need.id}/pack`), 404);
    }
    refused(await house.nobody().get(`/needs/${need.id}/pack`), 401);
    refused(await buyer.get(`/needs/${need.id}/pack?run=${need.id}`), 404);
    assert.ok((await verdict(await fetched(`?run=${run.id}`))).good);
});

test('without a key for signing matching works, and says that packs have to wait', async () => {
    const secret = path.join(house.keys, 'signing.key_secret');
    renameSync(secret, `${secret}.away`);
    await house.end('matching');
    await house.start('matching');
    assert.deepEqual((await thing(house.nobody().get('/matching/keys'))).items, []);
    refused(await buyer.get(`/needs/${need.id}/pack`, { patience: 0 }), 503);
    assert.ok((await thing(buyer.get(`/needs/${need.id}/matches`))).items.length > 0);
    assert.match(readFileSync(house.logOf('matching'), 'utf8'), /no_signing_key/);
    renameSync(`${secret}.away`, secret);
});
