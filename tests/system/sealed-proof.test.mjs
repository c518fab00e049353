// sealed-proof.test.mjs - before the opening no price stands anywhere; after it, all is as the receipts say.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { foundBelow, foundIn, tracesOf } from '../lib/traces.mjs';
import { openNeed } from './deal-cast.mjs';
import { everything, thing } from './people.mjs';
import { enterSealed, give, handIn, sealedNeed } from './seal-cast.mjs';

// No other number of the set looks like these; the sums do not fit into 32 bits.
const prices = [987_654_321, 876_543_219], quantities = [123, 457];
const total = prices[0] * quantities[0] + prices[1] * quantities[1];
const message = 'Zeldzaamheidswoord kwispelstaartjevlinderslag';
const validUntil = '2031-07-19';
const traces = tracesOf([...prices, total, prices[0] * quantities[0], prices[1] * quantities[1]],
    [message, 'kwispelstaartje', validUntil]);

const lines = prices.map((unit_price_cents, at) =>
    ({ description: 'Onderhoud', unit: 'uur', quantity: quantities[at], unit_price_cents, vat: 'high' }));
const quoted = (salt) => ({ lines, message, valid_until: validUntil, salt });

let house, buyer, green, blue, need, quotes;
const salts = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue } = await enterSealed(house));
    need = await sealedNeed(buyer);
    const first = await handIn(green, need, quoted(salts[0]));
    const other = await handIn(blue, need, { lines: [{ ...lines[0], unit_price_cents: 11 }] });
    quotes = [first, await thing(blue.command('/quotes', other, 'revise', { need_id: need.id, ...quoted(salts[1]) }))];
    // What is refused leaves nothing either.
    await green.command('/quotes', first, 'revise', { need_id: need.id, ...quoted(salts[0]), offer_id: 'onzin' });
    await green.post('/quotes', { need_id: need.id, ...quoted(salts[0]) });
});
after(() => house?.stop());

/** All that is kept: a dump, the cluster's own files with its write-ahead log, logs, keys, and what the API tells its callers. */
async function everywhere() {
    const dump = await house.dump();
    assert.match(dump, /COPY pipeline\.sealed_quote/);
    await house.psql('CHECKPOINT');
    const told = [];
    for (const client of [buyer, buyer.chief, green, blue, house.nobody()]) {
        told.push(client === blue || client === green ? [] : (await client.get(`/quotes?needId=${need.id}`)).body,
            (await client.get('/events?mine=true&limit=1000')).body, (await client.get(`/needs/${need.id}`)).body);
    }
    told.push(await everything(green, '/quotes?limit=100'));
    return [...foundIn('dump', Buffer.from(dump), traces), ...foundIn('answers', Buffer.from(JSON.stringify(told)), traces),
        ...foundBelow(house.directory, traces)];
}

test('before the opening no price stands anywhere', async () => {
    assert.deepEqual(await everywhere(), []);
});

test('the search sees a price that is left in a column, and goes when it goes', async () => {
    await house.psql(`UPDATE pipeline.quote SET exclude_reason = '${total}' WHERE id = '${quotes[0].id}'`);
    const leaks = await everywhere();
    assert.ok(leaks.some(([where]) => where === 'dump'));
    assert.ok(leaks.some(([where]) => where.includes('/pg/base/')));
    assert.ok(leaks.some(([where]) => where.includes('/pg/pg_wal/')));
    await house.psql(`UPDATE pipeline.quote SET exclude_reason = NULL WHERE id = '${quotes[0].id}'`);
});

test('the same quote on a route that is not sealed is found, in the ways in which it is kept', async () => {
    const open = await openNeed(buyer);
    must(await green.post('/quotes', { need_id: open.id, ...quoted(salts[0]) }));
    const leaks = await everywhere();
    const places = ['dump', 'answers', '/pg/base/', '/pg/pg_wal/'];
    for (const place of places) {
        assert.ok(leaks.some(([where]) => where.includes(place)), place);
    }
});

/** What the receipt's checker says, of a receipt and what the supplier wrote down of the content. */
async function verdict(receipt, content, key = path.join(house.keys, 'signing.key')) {
    const [file, other] = ['receipt.json', 'content.json'].map((name) => path.join(house.directory, name));
    writeFileSync(file, receipt);
    writeFileSync(other, JSON.stringify(content));
    try {
        const said = await run(path.join(build, 'meerwaarde'), ['verify-receipt', file, `--key=${key}`, `--content=${other}`]);
        return said.includes('OK') ? 'OK' : said;
    } catch (error) {
        return error.message;
    }
}

test('after the opening each quote is what its receipt says, and the receipt is the platform\'s', async () => {
    const receipts = await Promise.all([green, blue].map((client, at) => client.get(`/quotes/${quotes[at].id}/receipt`)));
    await house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second', state = 'sealed_closed'
        WHERE id = '${need.id}'`);
    must(await give(need.openers[0]));
    must(await give(need.openers[1]));
    for (const [at, client] of [green, blue].entries()) {
        const opened = await thing(buyer.get(`/quotes/${quotes[at].id}`));
        assert.deepEqual(opened.lines, lines);
        assert.equal(opened.total_cents, total);
        const content = {
            form: 'meerwaarde-quote/1', quote_id: opened.id, need_id: need.id, supplier_id: client.org, revision: opened.revision,
            salt: opened.salt, lines: opened.lines, total_cents: total, message, valid_until: validUntil,
        };
        assert.equal(opened.salt, salts[at]);
        const receipt = JSON.stringify(must(receipts[at]).body);
        assert.equal(await verdict(receipt, content), 'OK');
        assert.match(await verdict(receipt, { ...content, total_cents: total - 1 }), /content/);
        const flipped = receipt.replace(/"payload":"(.{40})(.)/, (_, before, one) => `"payload":"${before}${one === 'A' ? 'B' : 'A'}`);
        assert.match(await verdict(flipped, content), /NOT AS SIGNED/);
    }
});
