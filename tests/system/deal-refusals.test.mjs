// deal-refusals.test.mjs - what the deal refuses, with which status and reason, and that nothing
// happened then.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import {
    awardedQuote, confirmedOrder, delivered, enter, inForce, issuedInvoice, lines, needText, openNeed,
    submittedQuote, units,
} from './deal-cast.mjs';
import { refused } from './people.mjs';

let house, buyer, finance, green, blue, stranger;

before(async () => {
    house = await openHouse();
    ({ buyer, finance, green, blue, stranger } = await enter(house));
});
after(() => house?.stop());

const accept = (delivery, judged) => buyer.command('/deliveries', delivery, 'accept',
    { lines: judged });
const count = async (table) => Number(await house.psql(`SELECT count (*) FROM pipeline.${table}`));

test('a stale version is 412, a missing one 428', async () => {
    const { body: need } = must(await buyer.post('/needs', needText()));
    const path = `/needs/${need.id}`;
    must(await buyer.put(path, needText({ title: 'Een andere titel' }), 1));
    refused(await buyer.put(path, needText(), 1), 412);
    refused(await buyer.put(path, needText()), 428);
    refused(await buyer.post(`${path}/_publish`, {}), 428);
    assert.equal((await buyer.get(path)).body.title, 'Een andere titel');
});

test('a key does its work once', async () => {
    const key = randomUUID();
    const before = await count('need');
    const first = must(await buyer.post('/needs', needText(), { key }));
    const again = must(await buyer.post('/needs', needText(), { key }));
    assert.equal(again.status, 201);
    assert.deepEqual(again.body, first.body);
    refused(await buyer.post('/needs', needText({ title: 'Iets anders' }), { key }), 409,
        'key_reused');
    assert.equal(await count('need'), before + 1);
});

test('out of state is 409, with what is possible', async () => {
    const need = await openNeed(buyer);
    const answer = await buyer.command('/needs', need, 'publish');
    refused(answer, 409, 'out_of_state');
    assert.deepEqual(answer.body.commands, ['amend', 'cancel']);
});

test('what is not yours does not exist', async () => {
    const order = await confirmedOrder(buyer, green);
    refused(await blue.get(`/orders/${order.id}`), 404);
    refused(await blue.post('/deliveries',
        { order_id: order.id, lines: units(order, { 0: 1 }) }), 404);
    const quote = await awardedQuote(buyer, green);
    refused(await stranger.post('/orders', { quote_id: quote.id }), 404);
    refused(await buyer.get(`/orders/${randomUUID()}`), 404);
    refused(await house.nobody().get(`/orders/${order.id}`), 401);
});

test('all faults of a body are told, each with its path', async () => {
    const answer = await buyer.post('/needs', needText({ title: 'x', price: 1, goals: ['winst'] }));
    refused(answer, 400);
    const paths = answer.body.errors.map((error) => error.path);
    for (const path of ['title', 'price', 'goals[0]']) {
        assert.ok(paths.includes(path), `${path} is missing in ${paths}`);
    }
    refused(await green.post('/quotes', { need_id: randomUUID(), lines: [{ quantity: 0 }] }), 400);
});

test('a need names CPV codes, and the sum of a quote has a bound', async () => {
    for (const cpv of [[], ['tuinen'], ['77310000-6', '7731']]) {
        refused(await buyer.post('/needs', needText({ cpv })), 400);
    }
    const need = await openNeed(buyer);
    const dear = { ...lines[0], quantity: 1_000_000, unit_price_cents: 1_000_000_000 };
    refused(await green.post('/quotes', { need_id: need.id, lines: [dear] }), 409,
        'within_amount');
});

test('what comes to more than an amount can say is refused, also where no number holds the sum', async () => {
    const agreement = await inForce(buyer, green, 'framework', [{ ...lines[0], quantity: 1, unit_price_cents: 100_000_000 }]);
    const change = (quantity, times) => buyer.post('/change-orders', { agreement_id: agreement.id, cause: 'clause',
        reason: 'Het werk werd anders.', lines: Array.from({ length: times }, () => ({ agreement_line_id: agreement.lines[0].id, quantity })) });
    for (const [quantity, times] of [[10_001, 1], [-10_001, 1], [1_000_000_000, 100], [-1_000_000_000, 100]]) {
        refused(await change(quantity, times), 409, 'within_amount');
    }
    const order = await confirmedOrder(buyer, green, [{ ...lines[0], quantity: 2000, unit_price_cents: 1 }]);
    must(await accept(await delivered(green, order, { 0: 2000 }), [{ order_line_id: order.lines[0].id, accepted: 2000 }]));
    refused(await green.post('/invoices', { order_id: order.id, number: 'TE-VEEL',
        lines: [{ order_line_id: order.lines[0].id, quantity: 2000, unit_price_cents: 1_000_000_000 }] }), 409, 'within_amount');
});

test('one line named twice is one line, of no more units than a line can have', async () => {
    const agreement = await inForce(buyer, green, 'framework', [{ ...lines[0], quantity: 1000, unit_price_cents: 1 }]);
    const { id: agreement_line_id } = agreement.lines[0];
    const order = await confirmedOrder(buyer, green);
    must(await accept(await delivered(green, order, { 0: 4 }), [{ order_line_id: order.lines[0].id, accepted: 4 }]));
    const invoice = await issuedInvoice(green, order, 'TWEEMAAL', { 0: 4 });
    const twice = (line) => [1, 2].map(() => ({ ...line, quantity: 1_000_000_000 }));
    const ofOrder = { order_id: order.id, reason: 'Het moet toch anders.', lines: twice({ order_line_id: order.lines[0].id }) };
    const { reason, ...bare } = ofOrder;
    for (const [client, path, body, why] of [
        [buyer, '/change-orders', { agreement_id: agreement.id, cause: 'clause', reason, lines: twice({ agreement_line_id }) }, 'within_amount'],
        [buyer, '/cancellations', ofOrder, 'within_amount'],
        [green, '/credit-notes', { invoice_id: invoice.id, number: 'TERUG', reason, lines: bare.lines }, 'within_amount'],
        [buyer, '/goods-returns', ofOrder, 'within_returnable'],
        [green, '/deliveries', bare, 'within_ordered'],
        [green, '/invoices', { ...bare, number: 'MEER' }, 'within_accepted'],
    ]) {
        const answer = await client.post(path, body);
        assert.equal(`${path} ${answer.status} ${answer.body.type?.split(':').at(-1)}`, `${path} 409 ${why}`);
    }
});

test('a deadline may be the last moment there is', async () => {
    const need = await openNeed(buyer, { quote_deadline: '9999-12-31T23:59:59Z' });
    assert.equal(need.state, 'open');
});

test('a need is not published after its deadline', async () => {
    const { body: need } = must(await buyer.post('/needs',
        needText({ quote_deadline: '2026-01-01T00:00:00Z' })));
    refused(await buyer.command('/needs', need, 'publish'), 409, 'deadline_ahead');
});

test('one quote per need and supplier, until it is withdrawn', async () => {
    const need = await openNeed(buyer);
    const quote = await submittedQuote(green, need);
    refused(await green.post('/quotes', { need_id: need.id, lines }), 409, 'once_per_need');
    must(await green.command('/quotes', quote, 'withdraw'));
    must(await green.post('/quotes', { need_id: need.id, lines }));
});

test('only a quote that is in, for this need, can be chosen', async () => {
    const [need, other] = [await openNeed(buyer), await openNeed(buyer)];
    const motivation = 'Omdat het kan, en omdat het mag.';
    const award = (quote) => buyer.chief.command('/needs', need, 'award',
        { quote_id: quote.id, motivation });
    const { body: draft } = must(await blue.post('/quotes', { need_id: need.id, lines }));
    refused(await award(draft), 409, 'has_quote');
    await submittedQuote(green, need);
    refused(await award(draft), 409, 'quote_of_need');
    refused(await award(await submittedQuote(green, other)), 409, 'quote_of_need');
    assert.equal((await buyer.get(`/needs/${need.id}`)).body.state, 'open');
});

test('of two awards at once, one wins', async () => {
    const need = await openNeed(buyer);
    const quotes = [await submittedQuote(green, need), await submittedQuote(blue, need)];
    const answers = await Promise.all(quotes.map((quote) => buyer.chief.command('/needs', need, 'award',
        { quote_id: quote.id, motivation: 'Deze is de beste van de twee.' })));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
    const winner = quotes[answers.findIndex((answer) => answer.status === 200)];
    const { items } = must(await buyer.get(`/quotes?needId=${need.id}`)).body;
    for (const { id, state } of items) {
        assert.equal(state, id === winner.id ? 'selected' : 'not_selected');
    }
});

test('an award answers every supplier, however many they are', async () => {
    const need = await openNeed(buyer);
    const chosen = await submittedQuote(green, need);
    await house.psql(`INSERT INTO pipeline.quote (id, need_id, supplier_id, buyer_id, lines,
            total_cents, submitted_at, state, created_at)
        SELECT gen_random_uuid (), need_id, gen_random_uuid (), buyer_id, lines, total_cents,
            submitted_at, state, created_at
        FROM pipeline.quote, generate_series (1, 60) WHERE id = '${chosen.id}'`);
    must(await buyer.chief.command('/needs', need, 'award',
        { quote_id: chosen.id, motivation: 'De beste van eenenzestig.' }));
    const { items } = must(await buyer.get(`/quotes?needId=${need.id}&limit=100`)).body;
    assert.equal(items.filter((quote) => quote.state === 'not_selected').length, 60);
});

test('a quote is ordered once', async () => {
    const quote = await awardedQuote(buyer, green);
    const order = () => buyer.post('/orders', { quote_id: quote.id });
    const { body: first } = must(await order());
    refused(await order(), 409, 'ordered_once');
    refused(await green.post('/deliveries',
        { order_id: first.id, lines: units(first, { 0: 1 }) }), 409, 'order_in_force');
    must(await green.command('/orders', first, 'refuse', { reason: 'Toch geen tijd.' }));
    must(await order());
});

test('no unit is delivered, judged or invoiced twice', async () => {
    const order = await confirmedOrder(buyer, green);
    const announce = (quantities) => green.post('/deliveries',
        { order_id: order.id, lines: units(order, quantities) });
    const bill = (number, quantities) => green.post('/invoices',
        { order_id: order.id, number, lines: units(order, quantities) });
    const line = order.lines[0].id;
    refused(await announce({ 0: 11 }), 409, 'within_ordered');
    const delivery = await delivered(green, order, { 0: 10 });
    refused(await announce({ 0: 1 }), 409, 'within_ordered');
    refused(await bill('A-1', { 0: 1 }), 409, 'within_accepted');
    refused(await accept(delivery, [{ order_line_id: line, accepted: 9 }]), 409,
        'within_delivered');
    refused(await accept(delivery, [{ order_line_id: line, accepted: 9, rejected: 1 }]), 409,
        'rejection_explained');
    const twice = await accept(delivery, [
        { order_line_id: line, accepted: 10 }, { order_line_id: line, accepted: 10 }]);
    refused(twice, 400);
    assert.equal(twice.body.errors[0].path, 'lines[1].order_line_id');
    must(await accept(delivery, [{ order_line_id: line, accepted: 10 }]));
    refused(await bill('A-2', { 0: 11 }), 409, 'within_accepted');
    must(await bill('A-3', { 0: 10 }));
    refused(await bill('A-4', { 0: 1 }), 409, 'within_accepted');
});

test('lines of another order are refused', async () => {
    const [order, other] = [await confirmedOrder(buyer, green), await confirmedOrder(buyer, green)];
    refused(await green.post('/deliveries',
        { order_id: order.id, lines: units(other, { 0: 1 }) }), 409, 'line_of_order');
});

test('who ordered does not approve the invoice', async () => {
    const order = await confirmedOrder(buyer, green);
    const delivery = await delivered(green, order, { 2: 3 });
    must(await accept(delivery, [{ order_line_id: order.lines[2].id, accepted: 3 }]));
    const invoice = await issuedInvoice(green, order, 'B-1', { 2: 3 });
    refused(await buyer.command('/invoices', invoice, 'approve'), 409, 'other_person_ordered');
    const pay = () => finance.post('/payments',
        { invoice_id: invoice.id, amount_cents: 1, bank_reference: 'te vroeg' });
    refused(await pay(), 409, 'invoice_is_approved');
    must(await finance.command('/invoices', invoice, 'approve'));
    must(await pay());
});

test('a list goes on where it ended, and ends at a cursor that is none', async () => {
    const all = must(await buyer.get('/needs?mine=true&limit=100')).body;
    const seen = [];
    let page = { next: '' };
    while (page.next !== undefined) {
        const cursor = page.next && `&cursor=${page.next}`;
        page = must(await buyer.get(`/needs?mine=true&limit=3${cursor}`)).body;
        assert.equal(page.total, all.total);
        seen.push(...page.items.map((need) => need.id));
    }
    assert.deepEqual(seen, all.items.map((need) => need.id));
    assert.deepEqual(must(await buyer.get('/orders?cursor=onzin')).body.items, []);
});

test('the law holds for who writes past the service, too', async () => {
    const order = await confirmedOrder(buyer, green);
    await assert.rejects(house.psql(`UPDATE pipeline.order_line SET accepted = 1
        WHERE order_id = '${order.id}'`), /within_delivered/);
    // Without a caller, row-level security leaves nothing to read.
    assert.equal(await house.psql('SELECT count (*) FROM pipeline.purchase_order', 'mw_pipeline'),
        '0');
});

test('the stream never tells a price before the order', async () => {
    const need = await openNeed(buyer);
    const quote = await submittedQuote(green, need);
    const told = await until(async () => {
        const { head } = must(await buyer.get('/events?mine=true')).body;
        const { items } = must(await buyer.get(
            `/events?mine=true&limit=1000&after=${Math.max(0, head - 100)}`)).body;
        return items.find((event) => event.subject === `quote/${quote.id}`);
    }, 10_000, 'the buyer hears of the quote');
    assert.match(told.type, /quote_submitted/);
    assert.deepEqual(Object.keys(told.data).sort(),
        ['buyer_id', 'id', 'need_id', 'state', 'supplier_id', 'version']);
});
