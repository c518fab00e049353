// punchout.test.mjs - a purchasing system shops by cXML 1.2: it is let in by its secret, its guest fills a basket of three suppliers, the
// basket goes back, its order comes and becomes three. And all that such a document may not do.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as cxml from '../lib/cxml.mjs';
import { Client } from '../lib/client.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { chief, enter } from './deal-cast.mjs';
import { admit, colleague, founder, refused, thing } from './people.mjs';
import { fill, filled, guestOf, line, offerOf, published, sendCxml } from './shop-cast.mjs';

let house, desk, marieke, green, blue, red, stranger, system, back, lunch, card, bike, returned;
const identity = 'facilitair-nl';

before(async () => {
    house = await openHouse();
    ({ desk, green, blue, stranger } = await enter(house));
    red = await founder(house, 'red', 'enterprise');
    marieke = await founder(house, 'marieke', 'company');
    await chief(house, marieke, 'baas');
    await admit(house, desk, red, marieke, stranger);
    const admin = await colleague(house, marieke, 'beheer', 'ADMIN');
    must(await admin.post('/mandates', { account_id: marieke.account, max_cents: 10_000_000, valid_from: '2020-01-01' }));
    lunch = await published(green, offerOf('Lunch met "ei" & thee', 1137));
    card = await published(blue, offerOf('Kaart', 333, { cpv: '22000000-0', sector: 'print', vat: 'high' }));
    bike = await published(red, offerOf('Koeriersrit', 1875, { cpv: '64100000-7', sector: 'transport', kind: 'service', unit: 'uur', vat: 'high' }));
    await filled(marieke, [line(lunch, 1), line(card, 1), line(bike, 1)]);
    back = await cxml.purchasingSystem();
});
after(() => Promise.all([back?.stop(), house?.stop()]));

const send = (path, text, headers) => sendCxml(house, path, text, headers);
const setup = (what = {}, as = system, options) => send('setup', cxml.envelope(as, cxml.setup({ cookie: 'k-1', url: back.url, ...what }), options));
const order = (basket, number, item, options) => send('order', cxml.envelope(system, cxml.order(basket, number, item), options));
const code = (answer, wanted, word = '') => {
    assert.equal(answer.code, wanted, answer.body);
    assert.ok(answer.detail.includes(word), `${answer.detail} has no ${word}`);
};

/** Brings a basket back as the browser does; answers what the purchasing system got. */
async function bring(guest, basket) {
    const gone = await thing(guest.command('/baskets', basket, 'return'));
    assert.equal(gone.state, 'returned');
    const { url, message } = await thing(guest.get(`/baskets/${basket.id}/message`));
    await fetch(url, { method: 'POST', body: new URLSearchParams({ 'cxml-urlencoded': message }) });
    return back.baskets.at(-1);
}
const shop = async (lines, what) => {
    const guest = await guestOf(house, await setup(what));
    return bring(guest, await fill(guest, lines));
};
const counts = () => house.psql(`SELECT (SELECT count (*) FROM pipeline.purchase_order), (SELECT count (*) FROM pipeline.order_line),
    (SELECT count (*) FROM pipeline.system_order), (SELECT count (*) FROM pipeline.basket WHERE state = 'ordered')`);

test('a buyer connects a system: its secret is shown once, and kept nowhere', async () => {
    refused(await marieke.post('/purchase-systems', { label: 'Inkoop', identity, return_url: 'http://inkoop.example/terug' }), 400);
    refused(await marieke.post('/purchase-systems', { label: 'Inkoop', identity, return_url: 'https://ik@inkoop.example/terug' }), 400);
    refused(await green.post('/purchase-systems', { label: 'Inkoop', identity, return_url: back.url }), 404);
    const made = await thing(marieke.post('/purchase-systems', { label: 'Inkoop', identity, return_url: back.url }));
    assert.match(made.secret, /^[0-9a-f]{64}$/);
    system = { identity, secret: made.secret };
    const seen = await thing(marieke.get(`/purchase-systems/${made.id}`));
    assert.equal(seen.secret, undefined);
    assert.deepEqual(seen.commands, ['renew', 'end']);
    refused(await stranger.get(`/purchase-systems/${made.id}`), 404);
    refused(await stranger.post('/purchase-systems', { label: 'Nep', identity, return_url: back.url }), 409, 'identity_free');
    const everywhere = await house.psql(`SELECT count (*) FROM (SELECT to_jsonb (t)::text AS r FROM pipeline.purchase_system t UNION ALL
        SELECT to_jsonb (t)::text FROM identity.bearer t UNION ALL SELECT encode (body, 'escape') FROM stream.log UNION ALL
        SELECT to_jsonb (t)::text || encode (t.body, 'escape') FROM pipeline.idempotency t) x WHERE r LIKE '%${made.secret}%'`);
    assert.equal(everywhere.trim(), '0');
    await until(async () => (await setup()).code === 200, 10_000, 'identity knows the secret');
});

test('who says it wrong hears the same, whoever they are; and nobody may guess for long', async () => {
    const wrong = await setup({}, { identity, secret: '0'.repeat(64) });
    const unknown = await setup({}, { identity: 'niemand', secret: '0'.repeat(64) });
    const none = await setup({}, { identity });
    code(wrong, 401);
    assert.deepEqual([unknown, none].map((each) => [each.status, each.code, each.word, each.detail]),
        [wrong, wrong].map((each) => [each.status, each.code, each.word, each.detail]));
    let throttled;
    for (let at = 0; at < 40 && !throttled; at++) {
        const answer = await setup({}, { identity: 'raden', secret: `${at}` });
        throttled = answer.code === 560;
    }
    assert.ok(throttled, 'after some guesses there are no more');
    await house.psql('DELETE FROM identity.quota_use');
});

test('walk-through 6.3: her system sends her, she shops at three suppliers, the basket goes back, the order becomes three', async () => {
    const answer = await setup({ cookie: 'koekje-<7>' });
    code(answer, 200);
    const guest = await guestOf(house, answer);
    assert.equal(guest.session.me.organisation_id, undefined);
    assert.match(guest.session.me.name, /^Gast van marieke/);
    refused(await new Client(house.url).post('/guest-sessions', { token: guest.token }), 404); // it works once
    assert.deepEqual([guest.basket.source, guest.basket.operation, guest.basket.return_url, guest.basket.lines.length],
        ['punchout', 'create', back.url, 0]);
    for (const path of ['/orders', '/needs?mine=true', '/invoices', '/purchase-systems', '/mandates']) {
        const told = await guest.get(path);
        assert.ok(told.status === 404 || told.status === 400 || told.body.items.every(({ buyer_id }) => buyer_id !== marieke.org), path);
    }
    refused(await guest.command('/baskets', guest.basket, 'order'), 404);
    const basket = await fill(guest, [line(lunch, 7), line(card, 111), line(bike, 3)]);
    assert.equal(basket.suppliers, 3);
    assert.deepEqual(basket.commands.sort(), ['drop', 'put', 'return']);
    returned = await bring(guest, basket);
    assert.deepEqual([returned.cookie, returned.to, returned.total], ['koekje-<7>', ['NetworkId', identity], (basket.total_cents / 100).toFixed(2)]);
    assert.deepEqual(returned.items.map((item) => [item.description, item.quantity, item.price, item.unit]),
        [['Lunch met "ei" & thee', '7', '11.37', 'H87'], ['Kaart', '111', '3.33', 'H87'], ['Koeriersrit', '3', '18.75', 'HUR']]);
    refused(await guest.put(`/baskets/${basket.id}`, { lines: [line(card, 1)] }, basket.version + 1), 409, 'out_of_state');

    const done = await order(returned, 'PO-4711', undefined, { payload: 'order.1@inkoop.example' });
    code(done, 200, '3 bestellingen');
    const { items } = await thing(marieke.get('/orders'));
    assert.equal(items.length, 3);
    assert.equal(items.reduce((sum, { total_cents }) => sum + total_cents, 0), basket.total_cents);
    assert.ok(items.every(({ state, reference, basket_id }) => state === 'placed' && reference === 'PO-4711' && basket_id === basket.id));
    assert.deepEqual(new Set(items.map(({ supplier_id }) => supplier_id)), new Set([green, blue, red].map(({ org }) => org)));
    for (const supplier of [green, blue, red]) {
        const [mine] = (await thing(supplier.get('/orders'))).items;
        assert.equal((await thing(supplier.command('/orders', mine, 'confirm'))).state, 'confirmed');
    }
});

test('the same order again is answered the same, and is no second order; another one by its number is none', async () => {
    const before = await counts();
    const first = await order(returned, 'PO-4711', undefined, { payload: 'order.1@inkoop.example' });
    const again = await order(returned, 'PO-4711', undefined, { payload: 'order.2@inkoop.example' });
    code(again, 200, '3 bestellingen');
    assert.equal(again.body, first.body);
    const other = { ...returned, total: '1.00' };
    code(await order(other, 'PO-4711'), 409);
    code(await order(other, 'PO-4712', undefined, { payload: 'order.1@inkoop.example' }), 409);
    code(await order(returned, 'PO-4713'), 409); // the basket was ordered
    assert.equal(await counts(), before);
});

test('twenty times at once: one set of orders, and one answer', async () => {
    const basket = await shop([line(lunch, 1), line(bike, 1)]);
    const before = Number(await house.psql('SELECT count (*) FROM pipeline.purchase_order'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => order(basket, 'PO-20')));
    assert.deepEqual(new Set(answers.map((each) => each.code)), new Set([200]));
    assert.equal(new Set(answers.map(({ body }) => body)).size, 1);
    assert.equal(Number(await house.psql('SELECT count (*) FROM pipeline.purchase_order')), before + 2);
});

test('an order that is not the basket is refused with every difference, and nothing is half done', async () => {
    const basket = await shop([line(lunch, 2), line(card, 5)]);
    const before = await counts();
    const one = (from, to) => (text, at) => (at === 0 ? text.replace(from, to) : text);
    const cases = [
        ['another price', one('>11.37<', '>11.00<'), 'ItemOut[1]/ItemDetail/UnitPrice/Money: must be 11.37'],
        ['another quantity', one('quantity="2"', 'quantity="3"'), 'ItemOut[1]/@quantity: must be 2'],
        ['nothing', one('quantity="2"', 'quantity="0"'), 'ItemOut[1]/@quantity: must be a whole number'],
        ['below nothing', one('quantity="2"', 'quantity="-2"'), 'ItemOut[1]/@quantity: must be a whole number'],
        ['a half', one('quantity="2"', 'quantity="1.5"'), 'ItemOut[1]/@quantity: must be a whole number'],
        ['more than there are', one('quantity="2"', 'quantity="1000000000000000"'), 'ItemOut[1]/@quantity: must be a whole number'],
        ['another unit', one('>H87<', '>KGM<'), 'ItemOut[1]/ItemDetail/UnitOfMeasure: must be H87'],
        ['another currency', one('currency="EUR"', 'currency="USD"'), 'ItemOut[1]/ItemDetail/UnitPrice/Money: must have the currency EUR'],
        ['another offer', one(/<SupplierPartID>[^<]*/, `<SupplierPartID>${bike.id}`), 'ItemOut[1]/ItemID/SupplierPartID: must be'],
        ['an item of nobody', one(/AuxiliaryID>[^<]*</, 'AuxiliaryID>X-9<'), 'is not of a basket'],
        ['a line that there is not', (text) => text.replace(/\/2</, '/7<'), 'ItemOut[2]/ItemID/SupplierPartAuxiliaryID: is not a line'],
        ['a line twice', (text) => text.replace(/\/2</, '/1<'), 'must be there once'],
        ['a part of it', (text, at) => (at === 1 ? '' : text), 'ItemOut: must be all 2 lines'],
        ['no lines', () => '', 'ItemOut: is missing'],
    ];
    for (const [name, item, said] of cases) {
        const answer = await order(basket, `FOUT-${name.replaceAll(' ', '-')}`, item);
        assert.equal(answer.code, 400, `${name}: ${answer.body}`);
        assert.ok(answer.detail.includes(said), `${name}: ${answer.detail}`);
    }
    code(await order({ ...basket, total: '1.00' }, 'FOUT-SOM'), 400, 'Total/Money: must be');
    code(await send('order', cxml.envelope(system, cxml.order(basket, 'X').replace('type="new"', 'type="delete"'))), 400, '@type');
    code(await send('order', cxml.envelope(system, cxml.order(basket, 'X'.repeat(61)))), 400, '@orderID: is too long');
    assert.equal(await counts(), before);
    code(await order(basket, 'PO-GOED'), 200);
});

test('a price that changed since the basket went back: nothing is ordered; edit brings the price of now', async () => {
    const soap = await published(green, offerOf('Zeep', 250));
    await until(async () => (await marieke.post('/baskets', { lines: [line(soap, 1)] })).status === 201, 10_000, 'pipeline knows the soap');
    const basket = await shop([line(soap, 4), line(card, 1)]);
    const edit = await thing(green.post('/offer-edits', { offer_id: soap.id, proposed: offerOf('Zeep', 260) }));
    if (edit.state === 'pending') {
        must(await desk.command('/offer-edits', edit, 'apply'));
    }
    const id = basket.items[0].auxiliary.split('/')[0];
    await until(async () => (await thing(marieke.get(`/baskets/${id}`))).lines[0].changed, 10_000, 'the price changed');
    const before = await counts();
    code(await order(basket, 'PO-DUUR'), 409, 'prijs');
    assert.equal(await counts(), before);
    const guest = await guestOf(house, await setup({ operation: 'edit', items: basket.items }));
    assert.deepEqual(guest.basket.lines.map(({ quantity, unit_price_cents }) => [quantity, unit_price_cents]), [[4, 260], [1, 333]]);
    code(await order(await bring(guest, await fill(guest, [line(soap, 3)])), 'PO-NIEUW'), 200);
});

test('inspect only looks; a guest who chose nothing brings that back', async () => {
    const looking = await guestOf(house, await setup({ operation: 'inspect', items: [{ part: card.id, auxiliary: 'x', quantity: 2 }] }));
    assert.equal(looking.basket.lines.length, 1);
    refused(await looking.put(`/baskets/${looking.basket.id}`, { lines: [] }, looking.basket.version), 409, 'may_be_filled');
    const empty = await guestOf(house, await setup({ cookie: 'leeg' }));
    refused(await empty.command('/baskets', empty.basket, 'return'), 409, 'basket_has_lines');
    must(await empty.command('/baskets', empty.basket, 'drop'));
    const { message } = await thing(empty.get(`/baskets/${empty.basket.id}/message`));
    assert.deepEqual([cxml.basketOf(message).cookie, cxml.basketOf(message).items], ['leeg', []]);
    refused(await looking.get(`/baskets/${empty.basket.id}`), 404);
});

test('an order above the mandate waits for a second person: Accepted', async () => {
    const done = await order(await shop([line(bike, 6000)]), 'PO-GROOT');
    code(done, 201, 'tweede persoon');
});

const entity = (text) => `<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd" [${text}]>`;
const laughs = `<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}`;
const hostile = {
    'an external entity': { head: entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), cookie: '&x;' },
    'a billion laughs': { head: entity(laughs), cookie: '&a8;' },
    'a parameter entity': { head: entity('<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;'), cookie: 'k' },
    'an entity that nobody declared': { cookie: '&x;' },
    'a default for an attribute': { head: entity('<!ATTLIST cXML version CDATA "1">'), cookie: 'k' },
    'a document type of somebody else': { head: '<!DOCTYPE cXML SYSTEM "http://127.0.0.1:1/cXML.dtd">', cookie: 'k' },
    'one that is a file': { head: '<!DOCTYPE cXML SYSTEM "file:///etc/passwd">', cookie: 'k' },
};

test('what is hostile in XML is refused, and no memory goes to it', async () => {
    const { readFileSync } = await import('node:fs');
    const residentKb = () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${house.pid('gateway')}/status`, 'utf8'))[1]);
    const memory = residentKb();
    for (const [name, { head, cookie }] of Object.entries(hostile)) {
        const text = cxml.envelope(system, cxml.setup({ cookie: 'KOEK', url: back.url }), head ? { head } : {}).replace('KOEK', cookie);
        const answer = await send('setup', text);
        assert.equal(answer.code, 400, `${name}: ${answer.body}`);
        assert.ok(/DOCTYPE|XML/.test(answer.detail), `${name}: ${answer.detail}`);
    }
    for (const text of [`${'<a>'.repeat(100_000)}`, 'geen XML', '<cXML/>', '<Order/>']) {
        code(await send('setup', text), 400);
    }
    assert.ok(residentKb() - memory < 64 * 1024, 'the gateway did not swell');
    const huge = await new Client(house.url).request('POST', '/cxml/setup', { body: 'x'.repeat(1_100_000), headers: { 'content-type': 'text/xml' } });
    assert.equal(huge.status, 413);
    code(await send('setup', cxml.envelope(system, cxml.setup({ cookie: 'k', url: back.url })), { 'content-type': 'application/json' }), 400);
    code(await send('setup', cxml.envelope(system, cxml.setup({ cookie: 'k', url: back.url }), { head: '' })), 200); // without a type it is cXML too
});

test('a basket goes nowhere but to what was registered', async () => {
    const host = new URL(back.url);
    for (const url of ['https://elders.example/terug', `${back.url}kwijt`, `http://${host.host}/elders`, `${back.url}/../x`,
        back.url.replace('127.0.0.1', '127.0.0.1@elders.example'), 'javascript:alert(1)', '']) {
        code(await setup({ url }), 400, 'BrowserFormPost/URL');
    }
    code(await setup({ url: `${back.url}?sessie=7&x=1` }), 200);
});

test('another secret ends the one before; who is disconnected is nobody', async () => {
    const { items: [seen] } = await thing(marieke.get('/purchase-systems'));
    const renewed = await thing(marieke.command('/purchase-systems', seen, 'renew'));
    assert.notEqual(renewed.secret, system.secret);
    const fresh = { identity, secret: renewed.secret };
    await until(async () => (await setup({}, fresh)).code === 200, 10_000, 'the new secret works');
    await until(async () => (await setup()).code === 401, 10_000, 'the old one works no more');
    await house.psql('DELETE FROM identity.quota_use');
    must(await marieke.command('/purchase-systems', renewed, 'end'));
    await until(async () => (await setup({}, fresh)).code === 401, 10_000, 'nobody is let in');
});
