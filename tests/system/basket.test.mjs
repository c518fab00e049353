// basket.test.mjs - a basket of several suppliers' offers becomes one order per supplier: all or none, to the cent (D3), within
// mandate and route as a whole and each (D9), once for a key.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { chief, delivered, enter, issuedInvoice, staff } from './deal-cast.mjs';
import { admit, colleague, founder, refused, thing } from './people.mjs';
import { filled, line, offerOf, orderUbl, published } from './shop-cast.mjs';

let house, desk, buyer, green, blue, red, finance, private_, lunch, card, bike, box;

before(async () => {
    house = await openHouse();
    ({ desk, buyer, green, blue, finance } = await enter(house));
    red = await founder(house, 'red', 'enterprise');
    private_ = await founder(house, 'marieke', 'company');
    await chief(house, private_, 'baas');
    await admit(house, desk, red, private_);
    await mandate(buyer, buyer, 1_000_000);
    await mandate(private_, private_, 1_000_000);
    lunch = await published(green, offerOf('Lunchpakket', 1137));
    box = await published(green, offerOf('Fruitkist', undefined, { price_mode: 'tiered', price_cents: 999,
        tiers: [{ from_quantity: 1, price_cents: 999 }, { from_quantity: 10, price_cents: 901 }] }));
    card = await published(blue, offerOf('Kaart', 333, { cpv: '22000000-0', sector: 'print', vat: 'high', capacity: 500 }));
    bike = await published(red, offerOf('Koeriersrit', 1875, { cpv: '64100000-7', sector: 'transport', kind: 'service', unit: 'rit', vat: 'high' }));
});
after(() => house?.stop());

/** Somebody else gives it: nobody gives themselves a mandate. */
async function mandate(organisation, client, max_cents) {
    organisation.admin ??= await colleague(house, organisation, `beheer-${organisation.org.slice(-6)}`, 'ADMIN');
    must(await organisation.admin.post('/mandates', { account_id: client.account, max_cents, valid_from: '2020-01-01' }));
}

const order = (client, basket, options) => client.command('/baskets', basket, 'order', undefined, options);
const ordersOf = (client, basket) => Promise.all(basket.orders.map((id) => thing(client.get(`/orders/${id}`))));
const counts = () => house.psql(`SELECT (SELECT count (*) FROM pipeline.purchase_order), (SELECT count (*) FROM pipeline.order_line),
    (SELECT count (*) FROM pipeline.basket WHERE state = 'ordered')`);

test('three suppliers, three orders, to the cent what the basket came to; each supplier sees its own', async () => {
    const basket = await filled(buyer, [line(lunch, 7), line(card, 111), line(box, 10), line(bike, 3)], { reference: 'PO 7' });
    assert.equal(basket.total_cents, 7 * 1137 + 111 * 333 + 10 * 901 + 3 * 1875);
    assert.deepEqual([basket.suppliers, basket.state, basket.source], [3, 'open', 'market']);
    assert.deepEqual(basket.commands.sort(), ['drop', 'order', 'put']);
    const done = await thing(order(buyer, basket));
    assert.equal(done.state, 'ordered');
    const orders = await ordersOf(buyer, done);
    assert.equal(orders.length, 3);
    assert.equal(orders.reduce((sum, each) => sum + each.total_cents, 0), basket.total_cents);
    assert.ok(orders.every((each) => each.state === 'placed' && each.basket_id === basket.id && each.reference === 'PO 7'));
    const mine = (await thing(green.get('/orders'))).items;
    assert.deepEqual(mine.map(({ lines }) => lines.map((one) => [one.description, one.ordered, one.unit_price_cents])),
        [[['Lunchpakket', 7, 1137], ['Fruitkist', 10, 901]]]);
    refused(await green.get(`/baskets/${basket.id}`), 404);
    refused(await order(buyer, done), 409, 'out_of_state');
});

test('partial delivery never re-prices: what came is invoiced at the price of the basket', async () => {
    const basket = await filled(buyer, [line(lunch, 5)]);
    const [made] = await ordersOf(buyer, await thing(order(buyer, basket)));
    const confirmed = await thing(green.command('/orders', made, 'confirm'));
    const edit = await thing(green.post('/offer-edits', { offer_id: lunch.id, proposed: { ...offerOf('Lunchpakket', 1200) } }));
    if (edit.state === 'pending') {
        must(await desk.command('/offer-edits', edit, 'apply'));
    }
    const came = await delivered(green, confirmed, { 0: 2 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: confirmed.lines[0].id, accepted: 2 }] }));
    const invoice = await issuedInvoice(green, confirmed, 'M-1', { 0: 2 });
    assert.deepEqual([invoice.state, invoice.net_cents], ['matched', 2 * 1137]);
    assert.equal((await thing(buyer.get(`/orders/${made.id}`))).total_cents, basket.total_cents);
});

test('a price that changed since is not ordered; to put the lines again takes the price of now', async () => {
    const basket = await filled(buyer, [line(card, 2), line(bike, 1)]);
    const edit = await thing(blue.post('/offer-edits', { offer_id: card.id, proposed: { ...offerOf('Kaart', 340,
        { cpv: '22000000-0', sector: 'print', vat: 'high', capacity: 500 }) } }));
    if (edit.state === 'pending') {
        must(await desk.command('/offer-edits', edit, 'apply'));
    }
    const seen = await until(async () => {
        const now = await thing(buyer.get(`/baskets/${basket.id}`));
        return now.lines[0].changed && now;
    }, 10_000, 'the basket says that a price changed');
    assert.deepEqual([seen.lines[0].unit_price_cents, seen.lines[1].changed], [333, false]);
    const before = await counts();
    refused(await order(buyer, seen), 409, 'prices_hold');
    assert.equal(await counts(), before);
    const fresh = await thing(buyer.put(`/baskets/${basket.id}`, { lines: [line(card, 2), line(bike, 1)] }, seen.version));
    assert.equal(fresh.total_cents, 2 * 340 + 1875);
    must(await order(buyer, fresh));
});

test('what cannot be in a basket is refused with its place', async () => {
    const asked = await published(green, offerOf('Advies', undefined, { price_mode: 'on_request' }));
    const from = await published(green, offerOf('Catering op maat', 900, { price_mode: 'from' }));
    await filled(buyer, [line(bike, 1)]);
    const nobody = '00000000-0000-7000-8000-000000000001';
    const answer = await until(async () => {
        const told = await buyer.post('/baskets', { lines: [line(asked, 1), line(from, 1), { offer_id: nobody, quantity: 1 },
            line(card, 501), line(bike, 1), line(bike, 2), line(lunch, 1_000_000_000)] });
        return told.body.errors?.[0].reason.includes('fixed') && told;
    }, 10_000, 'pipeline knows the offers');
    refused(answer, 400);
    assert.deepEqual(answer.body.errors.map(({ path }) => path), ['lines[0].offer_id', 'lines[1].offer_id', 'lines[2].offer_id',
        'lines[3].quantity', 'lines[4].offer_id', 'lines[5].offer_id', 'lines[6].quantity']);
    for (const quantity of [0, -1, 1.5, 1e15, '3', null]) {
        refused(await buyer.post('/baskets', { lines: [{ offer_id: bike.id, quantity }] }), 400);
    }
    const empty = await thing(buyer.post('/baskets', { lines: [] }));
    refused(await order(buyer, empty), 409, 'basket_has_lines');
    assert.equal((await thing(buyer.command('/baskets', empty, 'drop'))).state, 'dropped');
});

test('all or none: one enterprise that takes part no more keeps every order back', async () => {
    const brown = await founder(house, 'brown', 'enterprise');
    await admit(house, desk, brown);
    const soap = await published(brown, offerOf('Zeep', 250));
    const basket = await filled(buyer, [line(bike, 1), line(soap, 4)]);
    const page = await thing(desk.get(`/organisations/${brown.org}`));
    must(await desk.command('/organisations', page, 'suspend', { criterion: 'mission', reason: 'Wordt onderzocht.' }));
    const before = await counts();
    const told = await until(async () => {
        const answer = await order(buyer, basket);
        return answer.status === 409 && answer;
    }, 10_000, 'the order is refused');
    assert.ok(['enterprise_takes_part', 'prices_hold'].includes(told.body.type.split(':').at(-1)), told.body.type);
    assert.equal(await counts(), before);
});

test('a draft is its person\'s; what was ordered is the organisation\'s', async () => {
    const other = await colleague(house, buyer, 'ander', 'BUYER');
    const basket = await filled(buyer, [line(bike, 1)]);
    refused(await other.get(`/baskets/${basket.id}`), 404);
    refused(await order(other, basket), 404);
    const done = await thing(order(buyer, basket));
    assert.equal((await thing(other.get(`/baskets/${done.id}`))).state, 'ordered');
    const listed = (await thing(other.get('/baskets'))).items;
    assert.ok(listed.some(({ id }) => id === done.id) && listed.every(({ state }) => state === 'ordered'));
});

test('one key fifty times at once: one set of orders, and the same answer', async () => {
    const basket = await filled(buyer, [line(bike, 1), line(card, 1)]);
    const before = Number(await house.psql('SELECT count (*) FROM pipeline.purchase_order'));
    const answers = await Promise.all(Array.from({ length: 50 }, () => order(buyer, basket, { key: 'mandje-50' })));
    const good = answers.filter(({ status }) => status === 200);
    assert.ok(good.length >= 1);
    assert.ok(answers.every(({ status }) => status === 200 || status === 409 || status === 503), answers.map(({ status }) => status).join());
    assert.equal(new Set(good.map(({ body }) => JSON.stringify(body.orders))).size, 1);
    assert.equal(Number(await house.psql('SELECT count (*) FROM pipeline.purchase_order')), before + 2);
});

test('D9: above a mandate as a whole, every order waits; the second person needs a mandate for the whole', async () => {
    const small = await colleague(house, private_, 'klein', 'BUYER');
    const basket = await filled(small, [line(bike, 2), line(card, 1)]);
    const waiting = await ordersOf(small, await thing(order(small, basket)));
    assert.deepEqual(waiting.map(({ state }) => state), ['awaiting', 'awaiting']); // without a mandate nothing is placed
    assert.equal((await thing(red.get('/orders'))).items.some(({ id }) => waiting.some((each) => each.id === id)), false);
    const big = await filled(private_, [line(bike, 300), line(lunch, 300), line(card, 400)]); // each below 10,000 euro, not together
    const held = await ordersOf(private_, await thing(order(private_, big)));
    assert.deepEqual(held.map(({ state }) => state), ['awaiting', 'awaiting', 'awaiting']);
    const middling = await colleague(house, private_, 'middel', 'APPROVER');
    await mandate(private_, middling, 999_999);
    refused(await middling.command('/orders', held[0], 'authorise'), 409, 'order_within_mandate');
    for (const each of held) {
        assert.equal((await thing(private_.chief.command('/orders', each, 'authorise'))).state, 'placed');
    }
    // Within the mandate as a whole, but not with what was ordered there before, in the window.
    const again = await ordersOf(private_, await thing(order(private_, await filled(private_, [line(bike, 250)]))));
    assert.deepEqual(again.map(({ state }) => state), ['awaiting']);
});

test('D9: a municipality buys from offers within the limit of the lightest route, and splitting does not help', async () => {
    const city = await founder(house, 'stad', 'municipality');
    await staff(house, city, 'hoofd', { single_max_cents: 100_000, multi_max_cents: 200_000 });
    await admit(house, desk, city);
    await mandate(city, city, 10_000_000);
    refused(await order(city, await filled(city, [line(lunch, 84)])), 409, 'below_route_limit');
    must(await order(city, await filled(city, [line(lunch, 60)])));
    refused(await order(city, await filled(city, [line(box, 40)])), 409, 'not_split');
    must(await order(city, await filled(city, [line(bike, 10)]))); // something else
    refused(await finance.post('/baskets', { lines: [] }), 404);
});

const upload = (client, text) => client.request('POST', '/baskets/_import', { body: text, headers: { 'content-type': 'application/xml' } });

test('a UBL order becomes a basket for its buyer to look at and order; one that differs is refused with each place', async () => {
    const good = orderUbl('UBL-7', [[lunch, 3, '12.00'], [bike, 2, '18.75', 'C62']], { sum: '73.50' });
    const answer = must(await upload(buyer, good));
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('location'), `/v1/baskets/${answer.body.id}`);
    const basket = answer.body;
    assert.deepEqual([basket.source, basket.title, basket.reference, basket.total_cents, basket.state],
        ['ubl', 'Order UBL-7', 'UBL-7', 7350, 'open']);
    const done = await thing(order(buyer, basket));
    assert.ok((await ordersOf(buyer, done)).every(({ reference }) => reference === 'UBL-7'));
    const before = await house.psql('SELECT count (*) FROM pipeline.basket');
    const wrong = {
        'another price': [orderUbl('X', [[lunch, 1, '11.00']]), 'cac:OrderLine[1]/cac:LineItem/cac:Price/cbc:PriceAmount', '12.00'],
        'another unit': [orderUbl('X', [[bike, 1, '18.75', 'HUR']]), 'cac:OrderLine[1]/cac:LineItem/cbc:Quantity/@unitCode', 'C62'],
        'no offer': [orderUbl('X', [['artikel-9', 1, '12.00']]), 'cac:OrderLine[1]/cac:LineItem/cac:Item/cac:SellersItemIdentification/cbc:ID', 'number of an offer'],
        'half a unit': [orderUbl('X', [[lunch, 1.5, '12.00']]), 'cac:OrderLine[1]/cac:LineItem/cbc:Quantity', 'whole'],
        'no unit': [orderUbl('X', [[lunch, 0, '12.00']]), 'cac:OrderLine[1]/cac:LineItem/cbc:Quantity', 'whole'],
        'below zero': [orderUbl('X', [[lunch, -1, '12.00']]), 'cac:OrderLine[1]/cac:LineItem/cbc:Quantity', 'whole'],
        'another sum': [orderUbl('X', [[lunch, 1, '12.00']], { sum: '11.99' }), 'cac:AnticipatedMonetaryTotal/cbc:LineExtensionAmount', 'sum'],
        'another currency': [orderUbl('X', [[lunch, 1, '12.00']], { currency: 'USD' }), 'cbc:DocumentCurrencyCode', 'EUR'],
        'another norm': [orderUbl('X', [[lunch, 1, '12.00']], { profile: 'urn:acme' }), 'cbc:CustomizationID', 'Peppol'],
        'somebody else\'s': [orderUbl('X', [[lunch, 1, '12.00']], { seller: '12345678' }), 'cac:SellerSupplierParty', 'whose offers'],
        'no lines': [orderUbl('X', []), 'cac:OrderLine', 'missing'],
        'too many lines': [orderUbl('X', Array.from({ length: 101 }, () => [lunch, 1, '12.00'])), 'cac:OrderLine', 'hundred'],
        'an entity': [orderUbl('&x;', [[lunch, 1, '12.00']], { head: '<!DOCTYPE Order [<!ENTITY x SYSTEM "file:///etc/passwd">]>' }), '', 'DOCTYPE'],
        'an invoice': ['<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', '', 'element Order'],
    };
    for (const [name, [text, path, reason]] of Object.entries(wrong)) {
        const told = await upload(buyer, text);
        refused(told, 400);
        assert.ok(told.body.errors.some((fault) => fault.path === path && fault.reason.includes(reason)), `${name}: ${JSON.stringify(told.body.errors)}`);
    }
    assert.equal(await house.psql('SELECT count (*) FROM pipeline.basket'), before);
    refused(await upload(green, good), 404);
});
