// deal-order.test.mjs - the ledger of an order after it is in force: what is cancelled, comes in parts,
// is rejected and comes again, goes back; and what the ledger refuses.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { awardedQuote, confirmedOrder, delivered, enter, units } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, buyer, green, blue, stranger;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, stranger } = await enter(house));
});
after(() => house?.stop());

const get = (client, path) => thing(client.get(path));
const judge = (delivery, lines) => buyer.command('/deliveries', delivery, 'accept', { lines });
const line = async (order, no) => (await get(buyer, `/orders/${order.id}`)).lines[no];

test('a buyer cancels alone while nothing is on its way, and may order again', async () => {
    const quote = await awardedQuote(buyer, green);
    const placed = await thing(buyer.post('/orders', { quote_id: quote.id }));
    const confirmed = await thing(green.command('/orders', placed, 'confirm'));
    assert.deepEqual(confirmed.commands, []);
    refused(await green.command('/orders', confirmed, 'cancel', { reason: 'Toch niet.' }), 404);
    const cancelled = await thing(buyer.command('/orders', confirmed, 'cancel', { reason: 'Dubbel besteld.' }));
    assert.equal(cancelled.state, 'cancelled');
    assert.equal(cancelled.cancel_reason, 'Dubbel besteld.');
    assert.equal(cancelled.cancelled_cents, cancelled.total_cents);
    refused(await green.post('/deliveries', { order_id: placed.id, lines: units(placed, { 0: 1 }) }), 409);
    must(await buyer.post('/orders', { quote_id: quote.id }));
});

test('once goods are started both sides agree on what does not come', async () => {
    const order = await confirmedOrder(buyer, green);
    await delivered(green, order, { 0: 4 });
    const now = await get(buyer, `/orders/${order.id}`);
    refused(await buyer.command('/orders', now, 'cancel', { reason: 'Te laat.' }), 409, 'goods_not_started');

    const ask = (client, quantities) => client.post('/cancellations',
        { order_id: order.id, lines: units(order, quantities), reason: 'Het is niet meer nodig.' });
    refused(await stranger.post('/cancellations',
        { order_id: order.id, lines: units(order, { 0: 1 }), reason: 'Zomaar.' }), 404);
    const asked = await thing(ask(buyer, { 0: 6, 2: 3 }));
    assert.deepEqual(asked.commands, ['withdraw']);
    refused(await buyer.command('/cancellations', asked, 'agree'), 409, 'other_side_asked');
    refused(await green.command('/cancellations', asked, 'withdraw'), 409, 'own_side_asked');
    const agreed = await thing(green.command('/cancellations', asked, 'agree'));
    assert.equal(agreed.state, 'agreed');
    assert.deepEqual((await get(buyer, `/orders/${order.id}`)).lines.map((one) => one.cancelled), [6, 0, 3]);
    // What was on its way cannot be cancelled, and what is cancelled does not come.
    const late = await thing(ask(green, { 0: 1 }));
    refused(await buyer.command('/cancellations', late, 'agree'), 409, 'within_ordered');
    refused(await green.post('/deliveries', { order_id: order.id, lines: units(order, { 2: 1 }) }), 409, 'within_ordered');
    must(await buyer.command('/cancellations', late, 'decline'));
    const dropped = await thing(ask(green, { 1: 1 }));
    must(await green.command('/cancellations', dropped, 'withdraw'));
    const elsewhere = await confirmedOrder(buyer, blue);
    refused(await buyer.post('/cancellations',
        { order_id: order.id, lines: units(elsewhere, { 0: 1 }), reason: 'Van een ander.' }), 404);
    assert.equal((await get(green, `/cancellations?orderId=${order.id}`)).items.length, 3);
    assert.equal((await get(green, `/cancellations/${dropped.id}`)).state, 'withdrawn');
});

test('a redelivery is linked to what was rejected, and brings no more than that', async () => {
    const order = await confirmedOrder(buyer, green);
    const first = await delivered(green, order, { 0: 10, 1: 7 });
    const again = (quantities) => green.post('/deliveries',
        { order_id: order.id, lines: units(order, quantities), redelivery_of: first.id });
    refused(await again({ 0: 1 }), 409, 'within_rejected');
    await thing(judge(first, [
        { order_line_id: order.lines[0].id, accepted: 6, rejected: 4, reject_reason: 'Kapot.' },
        { order_line_id: order.lines[1].id, accepted: 7 },
    ]));
    refused(await again({ 0: 5 }), 409);
    refused(await again({ 2: 1 }), 409, 'redelivery_of_order');
    const second = await thing(again({ 0: 3 }));
    assert.equal(second.redelivery_of, first.id);
    assert.equal((await get(buyer, `/deliveries/${first.id}`)).lines[0].redelivered, 3);
    refused(await again({ 0: 2 }), 409);
    const withdrawn = await thing(green.command('/deliveries', second, 'withdraw'));
    assert.equal(withdrawn.state, 'withdrawn');
    assert.equal((await get(buyer, `/deliveries/${first.id}`)).lines[0].redelivered, 0);
    assert.equal((await line(order, 0)).dispatched, 10);
    const third = await thing(again({ 0: 4 }));
    const came = await thing(green.command('/deliveries', third, 'deliver'));
    must(await judge(came, [{ order_line_id: order.lines[0].id, accepted: 4 }]));
    const { dispatched, delivered: arrived, accepted, rejected } = await line(order, 0);
    assert.deepEqual([dispatched, arrived, accepted, rejected], [14, 14, 10, 4]);
});

test('a redelivery of another order is refused', async () => {
    const [one, other] = [await confirmedOrder(buyer, green), await confirmedOrder(buyer, green)];
    const came = await delivered(green, one, { 0: 2 });
    await thing(judge(came, [{ order_line_id: one.lines[0].id, accepted: 0, rejected: 2, reject_reason: 'Nat.' }]));
    refused(await green.post('/deliveries',
        { order_id: other.id, lines: units(other, { 0: 1 }), redelivery_of: came.id }), 409, 'redelivery_of_order');
});

test('what goes back is not invoiced', async () => {
    const order = await confirmedOrder(buyer, green);
    const came = await delivered(green, order, { 0: 10 });
    must(await judge(came, [{ order_line_id: order.lines[0].id, accepted: 10 }]));
    const back = (quantity) => buyer.post('/goods-returns',
        { order_id: order.id, lines: units(order, { 0: quantity }), reason: 'Verkeerde maat.' });
    refused(await back(11), 409, 'within_returnable');
    const sent = await thing(back(4));
    assert.equal(sent.net_cents, 4 * 1333);
    refused(await blue.get(`/goods-returns/${sent.id}`), 404);
    must(await green.command('/goods-returns', sent, 'receive'));
    refused(await green.post('/invoices',
        { order_id: order.id, number: 'R-1', lines: units(order, { 0: 7 }) }), 409, 'within_accepted');
    must(await green.post('/invoices', { order_id: order.id, number: 'R-1', lines: units(order, { 0: 6 }) }));
    assert.equal((await line(order, 0)).returned, 4);
    assert.equal((await get(green, '/goods-returns')).items.length, 1);
    assert.equal((await get(green, `/goods-returns/${sent.id}`)).state, 'received');
    const other = await confirmedOrder(buyer, green);
    refused(await buyer.post('/goods-returns',
        { order_id: order.id, lines: units(other, { 0: 1 }), reason: 'Van een ander.' }), 404);
});

test('quantities that are none are refused with their path', async () => {
    const order = await confirmedOrder(buyer, green);
    for (const quantity of [0, -1, 1e15, 1.5, '3', null]) {
        const answer = await green.post('/deliveries',
            { order_id: order.id, lines: [{ order_line_id: order.lines[0].id, quantity }] });
        refused(answer, 400);
        assert.ok(answer.body.errors.some(({ path }) => path === 'lines[0].quantity'), JSON.stringify(answer.body));
        refused(await buyer.post('/goods-returns', { order_id: order.id, reason: 'Zomaar.',
            lines: [{ order_line_id: order.lines[0].id, quantity }] }), 400);
        refused(await buyer.post('/cancellations', { order_id: order.id, reason: 'Zomaar.',
            lines: [{ order_line_id: order.lines[0].id, quantity }] }), 400);
    }
    assert.deepEqual((await get(buyer, `/deliveries?orderId=${order.id}`)).items, []);
});
