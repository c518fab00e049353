// deal-dispute.test.mjs - what is in dispute is frozen: not payable, not invoiced, not credited, not sent
// back, until the two agree or an independent handler has decided, with one appeal. The clock is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { png } from '../lib/files.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { awardedQuote, confirmedOrder, delivered, enter, issuedInvoice, units } from './deal-cast.mjs';
import { admit, founder, refused, thing, visitor } from './people.mjs';

let clock, house, buyer, finance, green, stranger, handler;
let number = 0;

before(async () => {
    clock = new Clock();
    clock.set('2026-12-01T12:00:00Z');
    house = await openHouse();
    let desk;
    ({ desk, buyer, finance, green, stranger } = await enter(house, { valid_from: '2026-12-01' }));
    handler = await founder(house, 'klachten', 'partner');
    await admit(house, desk, handler);
    must(await buyer.post('/appointments', { handler_id: handler.org }));
});
after(() => house?.stop().finally(() => clock.end()));

const get = (client, path) => thing(client.get(path));
const line = async (order) => (await get(buyer, `/orders/${order.id}`)).lines[0];

async function acceptedOrder() {
    const order = await confirmedOrder(buyer, green);
    const came = await delivered(green, order, { 0: 10 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 10 }] }));
    return order;
}
const raise = (client, order, quantity) => client.post('/disputes', { order_id: order.id,
    order_line_id: order.lines[0].id, quantity, reason: 'Dit was niet afgesproken.' });
const invoice = (order, quantity) => green.post('/invoices',
    { order_id: order.id, number: `G-${++number}`, lines: units(order, { 0: quantity }) });

test('disputed units are neither invoiced nor sent back, and settling gives the buyer its way', async () => {
    const order = await acceptedOrder();
    refused(await raise(buyer, order, 11), 409, 'within_disputable');
    refused(await raise(stranger, order, 1), 404);
    for (const body of [{}, { quantity: 1 }, { order_line_id: order.lines[0].id }, { amount_cents: 5 },
        { order_line_id: order.lines[0].id, quantity: 1, amount_cents: 5 }]) {
        refused(await buyer.post('/disputes', { order_id: order.id, reason: 'Zomaar.', ...body }), 400);
    }
    const dispute = await thing(raise(buyer, order, 4));
    assert.equal((await line(order)).disputed, 4);
    refused(await invoice(order, 7), 409, 'not_disputed');
    refused(await buyer.post('/goods-returns', { order_id: order.id, lines: units(order, { 0: 7 }), reason: 'Terug.' }), 409, 'not_disputed');
    must(await invoice(order, 6));
    refused(await buyer.command('/disputes', dispute, 'settle'), 409, 'other_side_raised');
    refused(await green.command('/disputes', dispute, 'withdraw'), 409, 'own_side_raised');
    must(await green.command('/disputes', dispute, 'settle'));
    const { disputed, returned } = await line(order);
    assert.deepEqual([disputed, returned], [0, 4]);
    refused(await invoice(order, 1), 409, 'within_accepted');
});

test('disputed units and amounts are not payable until it is over', async () => {
    const order = await acceptedOrder();
    const issued = await issuedInvoice(green, order, `G-${++number}`, { 0: 10 });
    const approved = await thing(finance.command('/invoices', await get(finance, `/invoices/${issued.id}`), 'approve'));
    const pay = (amount_cents) => finance.post('/payments',
        { invoice_id: issued.id, amount_cents, bank_reference: `BANK ${++number}` });
    const about = await thing(raise(buyer, order, 5));
    const half = Math.floor(approved.gross_cents / 2);
    refused(await pay(half + 2), 409, 'not_disputed');
    must(await pay(half - 100));
    must(await buyer.command('/disputes', about, 'withdraw'));
    const amount = await thing(buyer.post('/disputes', { order_id: order.id, invoice_id: issued.id, amount_cents: 1000, reason: 'Korting vergeten.' }));
    assert.equal((await get(buyer, `/orders/${order.id}`)).frozen_cents, 1000);
    refused(await pay(approved.gross_cents - half + 100), 409, 'not_disputed');
    must(await pay(approved.gross_cents - half + 100 - 1000));
    must(await green.command('/disputes', amount, 'respond', { reason: 'Die korting gold niet.' }));
    must(await buyer.command('/disputes', await get(buyer, `/disputes/${amount.id}`), 'withdraw'));
    must(await pay(1000));
});

test('the handler decides, either side appeals once, and then it is final', async () => {
    const order = await acceptedOrder();
    const dispute = await thing(raise(buyer, order, 4));
    assert.equal(dispute.handler_id, handler.org);
    const verdict = (decision, more) => ({ decision, motivation: 'Na het horen van beide kanten.', ...more });
    refused(await handler.command('/disputes', dispute, 'decide', verdict('uphold')), 409, 'out_of_state');
    const heard = await thing(green.command('/disputes', dispute, 'respond', { reason: 'Alles was in orde.' }));
    refused(await stranger.get(`/disputes/${dispute.id}`), 404);
    assert.deepEqual((await get(handler, `/disputes/${dispute.id}`)).commands, ['decide']);
    refused(await handler.command('/disputes', heard, 'decide', verdict('partial')), 400);
    refused(await handler.command('/disputes', heard, 'decide', verdict('partial', { upheld: 5 })), 409, 'within_dispute');
    const decided = await thing(handler.command('/disputes', heard, 'decide', verdict('partial', { upheld: 3 })));
    const appealed = await thing(green.command('/disputes', decided, 'appeal', { reason: 'De foto is van een ander.' }));
    assert.equal((await line(order)).disputed, 4);
    const last = await thing(handler.command('/disputes', appealed, 'decide', verdict('partial', { upheld: 2 })));
    refused(await buyer.command('/disputes', last, 'appeal', { reason: 'Nog eens.' }), 409);
    await until(async () => (await get(buyer, `/disputes/${dispute.id}`)).state === 'final', 20_000, 'it is final');
    const { disputed, returned } = await line(order);
    assert.deepEqual([disputed, returned], [0, 2]);
    assert.equal((await get(green, `/disputes?orderId=${order.id}`)).items.length, 1);
});

test('what was rejected has a photo, and its supplier can dispute it: it does not come again, and counts when it was right', async () => {
    const order = await confirmedOrder(buyer, green);
    const { id: order_line_id } = order.lines[0];
    const came = await delivered(green, order, { 0: 10 });
    const [photo, other] = await Promise.all([200, 60].map(async (shade) => must(await buyer.upload(png({ shade }), 'kist.png')).body));
    const judge = (lines) => buyer.command('/deliveries', came, 'accept', { lines });
    const { file } = photo;
    refused(await judge([{ order_line_id, accepted: 10, photos: [{ file }] }]), 400);
    refused(await judge([{ order_line_id, accepted: 4, rejected: 6, reject_reason: 'Stuk.', photos: [{ file: 'ab'.repeat(32) }] }]), 409, 'file_known');
    const judged = await thing(judge([{ order_line_id, accepted: 4, rejected: 6, reject_reason: 'De kist was stuk.',
        photos: [{ file, kind: 'photo', label: 'Een kist met een gat' }] }]));
    assert.deepEqual(judged.lines[0].photos.map(({ name, label, media_type }) => [name, label, media_type]), [['kist.png', 'Een kist met een gat', 'image/png']]);
    assert.equal((await green.get(`/files/${file}`)).status, 200);
    for (const client of [stranger, handler, house.nobody()]) {
        refused(await client.get(`/files/${file}`), 404);
    }
    const contest = (client, quantity, more) => client.post('/disputes', { order_id: order.id, order_line_id, quantity, delivery_id: came.id,
        reason: 'De kisten waren heel.', ...more });
    refused(await contest(buyer, 2), 400);
    refused(await contest(green, 7), 409, 'within_contestable');
    refused(await contest(green, 2, { order_line_id: order.lines[1].id }), 404);
    refused(await contest(green, 2, { documents: [{ file: other.file }] }), 409, 'file_known');
    const proof = must(await green.upload(png({ shade: 10 }), 'heel.png')).body;
    const dispute = await thing(contest(green, 4, { documents: [{ file: proof.file }] }));
    assert.equal((await line(order)).contested, 4);
    const again = (quantity, more) => green.post('/deliveries', { order_id: order.id, lines: units(order, { 0: quantity }), ...more });
    refused(await again(3, { redelivery_of: came.id }), 409, 'not_disputed');
    refused(await again(3), 409, 'not_disputed');
    const second = await thing(again(2, { redelivery_of: came.id }));
    refused(await contest(green, 1), 409, 'within_contestable');
    const heard = await thing(buyer.command('/disputes', dispute, 'respond', { reason: 'Zie de foto.' }));
    assert.equal((await handler.get(`/files/${proof.file}`)).status, 200);
    const decided = await thing(handler.command('/disputes', heard, 'decide', { decision: 'partial', upheld: 3, motivation: 'Drie waren heel.' }));
    const appealed = await thing(green.command('/disputes', decided, 'appeal', { reason: 'Alle vier.' }));
    must(await handler.command('/disputes', appealed, 'decide', { decision: 'partial', upheld: 3, motivation: 'Drie waren heel.' }));
    await until(async () => (await get(buyer, `/disputes/${dispute.id}`)).state === 'final', 20_000, 'it is final');
    const now = await line(order);
    assert.deepEqual([now.accepted, now.rejected, now.contested, now.returned], [7, 3, 0, 0]);
    const [{ accepted, rejected, contested, redelivered }] = (await get(buyer, `/deliveries/${came.id}`)).lines;
    assert.deepEqual([accepted, rejected, contested, redelivered], [7, 3, 0, 2]);
    must(await invoice(order, 7));
    must(await again(1, { redelivery_of: came.id }));
    assert.equal(second.redelivery_of, came.id);
    const revenue = async () => Number(await house.psql(`SELECT accepted_cents FROM reporting.delivery WHERE id = '${came.id}'`));
    await until(async () => await revenue() === 7 * order.lines[0].unit_price_cents, 20_000, 'it counts as revenue');
});

test('what can be begun with a thing is told with it, as far as it is for the caller', async () => {
    const order = await acceptedOrder();
    const begins = async (client, path) => [...(await get(client, path)).begins].sort();
    assert.deepEqual(await begins(buyer, `/orders/${order.id}`), ['cancellation_create', 'dispute_create', 'goods_return_create']);
    assert.deepEqual(await begins(green, `/orders/${order.id}`), ['cancellation_create', 'delivery_announce', 'dispute_create',
        'impact_claim_create', 'invoice_create']);
    const placed = await thing(buyer.post('/orders', { quote_id: (await awardedQuote(buyer, green)).id }));
    assert.deepEqual(await begins(green, `/orders/${placed.id}`), ['dispute_create', 'invoice_create']);
    const issued = await issuedInvoice(green, order, `G-${++number}`, { 0: 10 });
    assert.deepEqual(await begins(finance, `/invoices/${issued.id}`), []);
    assert.deepEqual(await begins(green, `/invoices/${issued.id}`), ['credit_note_create']);
    must(await finance.command('/invoices', await get(finance, `/invoices/${issued.id}`), 'approve'));
    assert.deepEqual(await begins(finance, `/invoices/${issued.id}`), ['payment_announce', 'payment_report']);
    const paid = await thing(finance.post('/payments', { invoice_id: issued.id, amount_cents: 100, bank_reference: `BANK ${++number}` }));
    assert.deepEqual([await begins(green, `/payments/${paid.id}`), await begins(finance, `/payments/${paid.id}`)], [['refund_report'], []]);
});

test('who does not respond does not stop it, and a decision nobody appeals is final by the clock', async () => {
    const order = await acceptedOrder();
    const dispute = await thing(raise(green, order, 1));
    clock.set('2026-12-20T12:00:00Z');
    [buyer, handler] = await Promise.all(['buyer', 'klachten'].map((name) => visitor(house, { email: `${name}@proef.example` })));
    const state = async () => (await get(buyer, `/disputes/${dispute.id}`)).state;
    await until(async () => await state() === 'mediation', 20_000, 'it is with the handler');
    must(await handler.command('/disputes', await get(handler, `/disputes/${dispute.id}`), 'decide',
        { decision: 'reject', motivation: 'Geen bewijs.' }));
    clock.set('2027-02-01T12:00:00Z');
    buyer = await visitor(house, { email: 'buyer@proef.example' });
    await until(async () => await state() === 'final', 20_000, 'it is final');
    const { disputed, returned } = await line(order);
    assert.deepEqual([disputed, returned], [0, 0]);
});
