// deal-dispute.test.mjs - what is in dispute is frozen: not payable, not invoiced, not credited, not sent
// back, until the two agree or an independent handler has decided, with one appeal. The clock is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, issuedInvoice, units } from './deal-cast.mjs';
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
