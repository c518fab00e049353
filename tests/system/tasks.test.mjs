// tasks.test.mjs - "wat moet ik nu doen": what waits for each person, derived from the same steps and guards as the doing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { delivered, enter, issuedInvoice, lines, needText, units } from './deal-cast.mjs';
import { admit, everything, founder, refused, thing } from './people.mjs';

let house, desk, buyer, finance, green, blue, need, quote, order;

const tasks = async (client, path = '/tasks') => (await thing(client.get(`${path}?limit=100`))).items;
const about = async (client, noun, path) => (await tasks(client, path)).filter((one) => one.noun === noun);

before(async () => {
    house = await openHouse();
    ({ desk, buyer, finance, green, blue } = await enter(house));
});
after(() => house?.stop());

test('a moderator is asked to judge who registered, and no longer once it is done', async () => {
    const fresh = await founder(house, 'nieuw', 'enterprise');
    const [task] = (await about(desk, 'organisation', '/market-tasks')).filter(({ id }) => id === fresh.org);
    assert.equal(task.steps[0], 'identify');
    assert.equal(task.title, 'nieuw (fictief)');
    assert.equal(task.role, 'MODERATOR');
    assert.deepEqual(await about(buyer, 'organisation', '/market-tasks'), []);
    await admit(house, desk, fresh);
    assert.deepEqual((await about(desk, 'organisation', '/market-tasks')).filter(({ id }) => id === fresh.org), []);
});

test('a draft waits for who may publish it, with its deadline', async () => {
    need = await thing(buyer.post('/needs', needText()));
    const [task, ...more] = await about(buyer, 'need');
    assert.deepEqual(more, []);
    assert.equal(task.steps[0], 'publish');
    assert.equal(Date.parse(task.due_at), Date.parse(need.quote_deadline));
    assert.equal(task.title, need.title);
    assert.equal(task.page, `/deal/?id=${need.id}`);
    assert.deepEqual(await about(green, 'need'), []);
    need = must(await buyer.command('/needs', need, 'publish')).body;
    assert.deepEqual(await about(buyer, 'need'), []);
});

test('an invitation waits for its enterprise until it answers, and then the draft of its quote does', async () => {
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: green.org }));
    const [task] = await about(green, 'invitation');
    assert.equal(task.title, need.title);
    assert.equal(task.page, `/deal/?id=${need.id}#invitation-${task.id}`);
    assert.deepEqual(await about(blue, 'invitation'), []);
    const { body } = must(await green.post('/quotes', { need_id: need.id, lines }));
    assert.deepEqual((await about(green, 'quote'))[0].steps, ['submit']);
    assert.deepEqual(await about(buyer, 'quote'), []);
    quote = must(await green.command('/quotes', body, 'submit')).body;
    assert.deepEqual(await about(green, 'quote'), []);
    assert.deepEqual(await about(green, 'invitation'), []);
});

test('a guard that would refuse keeps the task away: who wrote the need is not asked to choose', async () => {
    assert.deepEqual((await about(buyer.chief, 'need')).map(({ steps }) => steps), [['award']]);
    assert.deepEqual(await about(buyer, 'need'), []);
    const { body } = must(await buyer.get(`/needs/${need.id}`));
    must(await buyer.chief.command('/needs', body, 'award', { quote_id: quote.id, motivation: 'De enige, en een goede.' }));
    assert.deepEqual(await about(buyer.chief, 'need'), []);
});

test('order, delivery, invoice and payment each wait for one side', async () => {
    assert.deepEqual((await about(buyer, 'need')).map(({ id, steps }) => [id, ...steps]), [[need.id, 'place_order']]);
    const placed = await thing(buyer.post('/orders', { quote_id: quote.id }));
    assert.deepEqual(await about(buyer, 'need'), []);
    assert.deepEqual((await about(green, 'order')).map(({ id, steps }) => [id, steps[0]]), [[placed.id, 'confirm']]);
    order = must(await green.command('/orders', placed, 'confirm')).body;
    assert.deepEqual((await about(green, 'order')).map(({ steps }) => steps[0]), ['announce_delivery']);
    const delivery = await delivered(green, order, { 0: 5 });
    const [judging] = await about(buyer, 'delivery');
    assert.deepEqual(judging.steps, ['accept']);
    assert.equal(judging.title, need.title);
    assert.equal(judging.page, `/deal/?id=${need.id}#delivery-${delivery.id}`);
    must(await buyer.command('/deliveries', delivery, 'accept', {
        lines: units(order, { 0: 5 }).map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity, rejected: 0 })) }));
    assert.deepEqual((await about(green, 'order')).map(({ steps }) => steps[0]).sort(), ['announce_delivery', 'create_invoice']);
    const invoice = await issuedInvoice(green, order, 'F-1', { 0: 5 });
    const [asked] = await about(finance, 'invoice');
    assert.equal(asked.id, invoice.id);
    assert.equal(asked.role, 'FINANCE');
    assert.deepEqual(await about(green, 'invoice'), []);
    assert.deepEqual((await about(green, 'order')).map(({ steps }) => steps[0]), ['announce_delivery']);
    must(await finance.command('/invoices', must(await finance.get(`/invoices/${invoice.id}`)).body, 'approve'));
    const [paying] = await about(finance, 'invoice');
    assert.deepEqual(paying.steps, ['report_payment']);
    const { gross_cents: amount } = must(await finance.get(`/invoices/${invoice.id}`)).body;
    must(await finance.post('/payments', { invoice_id: invoice.id, amount_cents: amount, bank_reference: 'F-1' }));
    assert.deepEqual(await about(finance, 'invoice'), []);
    assert.deepEqual((await about(green, 'payment')).map(({ steps }) => steps[0]), ['confirm']);
});

test('what goes back is credited, what was paid too much is paid back, and what was announced is paid on its day', async () => {
    must(await buyer.post('/goods-returns', { order_id: order.id, lines: units(order, { 0: 2 }), reason: 'Verkeerde soort.' }));
    const crediting = (await about(green, 'order')).find(({ steps }) => steps[0] === 'create_credit_note');
    assert.equal(crediting.page, `/deal/?id=${need.id}#order-${order.id}`);
    const { items: [invoice] } = await thing(green.get(`/invoices?orderId=${order.id}`));
    const note = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: 'F-2', reason: 'Ging terug.', lines: units(order, { 0: 2 }) }));
    must(await green.command('/credit-notes', note, 'issue'));
    assert.ok(!(await about(green, 'order')).some(({ steps }) => steps[0] === 'create_credit_note'));
    const [refunding] = await about(green, 'invoice');
    assert.deepEqual([refunding.steps, refunding.page], [['report_refund'], `/deal/?id=${need.id}#invoice-${invoice.id}`]);
    const [payment] = (await thing(green.get(`/payments?invoiceId=${invoice.id}`))).items;
    must(await green.post('/refunds', { payment_id: payment.id, amount_cents: note.gross_cents, bank_reference: 'F-3', borne_by: 'supplier', reason: 'Te veel.' }));
    assert.deepEqual(await about(green, 'invoice'), []);
    assert.deepEqual((await about(finance, 'refund')).map(({ steps }) => steps[0]), ['confirm']);
    const came = await delivered(green, order, { 0: 2 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: units(order, { 0: 2 }).map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity })) }));
    const second = await issuedInvoice(green, order, 'F-4', { 0: 2 });
    must(await finance.command('/invoices', await thing(finance.get(`/invoices/${second.id}`)), 'approve'));
    must(await finance.post('/payments/announced', { invoice_id: second.id, amount_cents: second.gross_cents, pay_on: '2027-03-01' }));
    const [paying] = await about(finance, 'payment');
    assert.deepEqual([paying.steps, paying.due_on], [['book_payment'], '2027-03-01']);
});

test('a handler, who sees no order, is asked to decide a dispute, and led to it', async () => {
    const handler = await founder(house, 'klachten', 'partner');
    await admit(house, desk, handler);
    must(await buyer.post('/appointments', { handler_id: handler.org }));
    const dispute = await thing(buyer.post('/disputes', { order_id: order.id, order_line_id: order.lines[0].id, quantity: 1, reason: 'Stuk.' }));
    assert.deepEqual((await about(green, 'dispute')).map(({ steps }) => steps[0]), ['respond']);
    must(await green.command('/disputes', dispute, 'respond', { reason: 'Het was heel.' }));
    const [deciding] = await about(handler, 'dispute');
    assert.deepEqual([deciding.steps, deciding.title, deciding.page], [['decide'], need.title, `/deal/?id=${need.id}#dispute-${dispute.id}`]);
});

test('what has no title of its own waits too', async () => {
    const handler = await founder(house, 'nood', 'partner');
    await admit(house, desk, handler);
    const escrow = await thing(handler.post('/escrows', {}));
    const assessment = await thing(buyer.post('/assessments', { theme: 'account', as_of: '2026-06-30', fictional: true,
        criteria: [{ level: 1, text: 'Er is een besluit.', met: true, evidence: 'Zie het verslag.' }] }));
    for (const [client, noun, { id }, step] of [[handler, 'escrow', escrow, 'confirm'], [buyer, 'assessment', assessment, 'submit']]) {
        const [task] = await about(client, noun);
        assert.equal(task.id, id);
        assert.equal(task.steps[0], step);
        assert.equal(task.title, undefined);
    }
    must(await buyer.command('/assessments', assessment, 'drop'));
});

test('what is due first comes first, page after page', async () => {
    const days = [9, 3, 30, 14, 1];
    for (const day of days) {
        const quote_deadline = new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 19) + 'Z';
        must(await buyer.post('/needs', needText({ title: `Over ${day} dagen`, quote_deadline })));
    }
    const all = await tasks(buyer);
    assert.deepEqual(all.map(({ title }) => title).filter((title) => title.startsWith('Over')),
        [1, 3, 9, 14, 30].map((day) => `Over ${day} dagen`));
    assert.deepEqual(await everything(buyer, '/tasks?limit=2'), all);
    assert.equal((await thing(buyer.get('/tasks?limit=1'))).total, all.length);
});

test('nobody has no tasks, and a cursor that is none finds the end', async () => {
    refused(await house.nobody().get('/tasks'), 401);
    assert.deepEqual((await thing(buyer.get('/tasks?cursor=zzz'))).items, []);
});
