// deal.test.mjs - one deal over HTTP, from the need to the last cent, and who may read what of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import {
    delivered, enter, issuedInvoice, lines, needText, submittedQuote, units,
} from './deal-cast.mjs';

let house, buyer, finance, green, blue, stranger;
// What one test makes, the next goes on with.
let need, quote, order, invoice;

before(async () => {
    house = await openHouse();
    ({ buyer, finance, green, blue, stranger } = await enter(house));
});
after(() => house?.stop());

const get = async (client, path) => must(await client.get(path)).body;
const status = async (client, path) => (await client.get(path)).status;

test('a draft need is its buyer\'s only', async () => {
    const made = must(await buyer.post('/needs', needText()));
    need = made.body;
    assert.equal(made.status, 201);
    assert.equal(made.headers.get('location'), `/v1/needs/${need.id}`);
    assert.equal(made.headers.get('etag'), '"1"');
    assert.equal(need.buyer_id, buyer.org);
    assert.deepEqual([...need.commands].sort(), ['drop', 'publish', 'put', 'submit']);
    for (const other of [green, stranger, house.nobody()]) {
        assert.equal(await status(other, `/needs/${need.id}`), 404);
    }
});

test('a published need is public, its budget is not', async () => {
    const text = needText({ quantity: 10, unit: 'uur' });
    need = must(await buyer.put(`/needs/${need.id}`, text, need.version)).body;
    need = must(await buyer.command('/needs', need, 'publish')).body;
    assert.equal(need.version, 3);
    const seen = await get(house.nobody(), `/needs/${need.id}`);
    assert.equal(seen.state, 'open');
    assert.equal(seen.quantity, 10);
    assert.equal(seen.buyer_name, 'buyer (fictief)');
    assert.ok(!('budget_cents' in seen));
    assert.equal(need.budget_cents, 500_000);
    const market = await get(house.nobody(), '/needs?state=open');
    assert.ok(market.items.some((item) => item.id === need.id));
    const mine = await get(stranger, '/needs?mine=true');
    assert.deepEqual(mine.items, []);
});

test('an invitation reaches whom it asks, and nobody else', async () => {
    const sent = must(await buyer.post('/invitations',
        { need_id: need.id, supplier_id: green.org, message: 'Doet u mee?', outside_reason: 'Zij kennen de tuin al.' })).body;
    assert.equal(sent.outside_reason, 'Zij kennen de tuin al.');
    const [got] = (await get(green, '/invitations')).items;
    assert.equal(got.id, sent.id);
    assert.equal(got.need_title, need.title);
    assert.ok(!('outside_reason' in got), 'that is between the buyer and who looks back');
    assert.deepEqual(got.commands, ['decline']);
    assert.deepEqual((await get(blue, '/invitations')).items, []);
    assert.equal(await status(blue, `/invitations/${sent.id}`), 404);
});

test('a quote is the supplier\'s until it is handed in', async () => {
    quote = must(await green.post('/quotes', { need_id: need.id, lines })).body;
    assert.equal(quote.total_cents, 15_068);
    for (const other of [buyer, blue]) {
        assert.equal(await status(other, `/quotes/${quote.id}`), 404);
    }
    quote = must(await green.command('/quotes', quote, 'submit')).body;
    assert.equal((await get(green, '/invitations')).items[0].state, 'answered');
    const [seen] = (await get(buyer, `/quotes?needId=${need.id}`)).items;
    assert.equal(seen.total_cents, 15_068);
    assert.equal(await status(blue, `/quotes/${quote.id}`), 404);
});

test('the award chooses one quote and passes the others', async () => {
    const other = await submittedQuote(blue, need);
    need = must(await buyer.chief.command('/needs', need, 'award',
        { quote_id: quote.id, motivation: 'De beste kwaliteit voor de buurt.' })).body;
    assert.equal(need.state, 'awarded');
    assert.equal(need.awarded_quote_id, quote.id);
    assert.equal((await get(green, `/quotes/${quote.id}`)).state, 'selected');
    assert.equal((await get(blue, `/quotes/${other.id}`)).state, 'not_selected');
    const seen = await get(blue, `/needs/${need.id}`);
    assert.ok(!('motivation' in seen) && !('awarded_quote_id' in seen));
});

test('an order copies the lines of the quote', async () => {
    order = must(await buyer.post('/orders', { quote_id: quote.id, reference: 'PO-1' })).body;
    order = must(await green.command('/orders', order, 'confirm')).body;
    assert.equal(order.total_cents, 15_068);
    assert.deepEqual(order.lines.map(({ description, ordered }) => [description, ordered]),
        [['Snoeien', 10], ['Vaste planten', 7], ['Afvoeren', 3]]);
    assert.equal(order.municipality, need.municipality);
    assert.equal(order.sector, need.sector);
    assert.equal(order.fictional, true);
    for (const other of [blue, stranger]) {
        assert.equal(await status(other, `/orders/${order.id}`), 404);
    }
});

test('what is rejected may come again', async () => {
    const first = await delivered(green, order, { 0: 8, 1: 7 });
    const judged = must(await buyer.command('/deliveries', first, 'accept', { lines: [
        { order_line_id: order.lines[0].id, accepted: 5, rejected: 3, reject_reason: 'Stuk.' },
        { order_line_id: order.lines[1].id, accepted: 7 },
    ] })).body;
    assert.equal(judged.state, 'judged');
    assert.equal(judged.accepted_cents, 5 * 1333 + 7 * 205);
    const second = await delivered(green, order, { 0: 5, 2: 3 });
    must(await buyer.command('/deliveries', second, 'accept', { lines: [
        { order_line_id: order.lines[0].id, accepted: 5 },
        { order_line_id: order.lines[2].id, accepted: 3 },
    ] }));
    order = await get(buyer, `/orders/${order.id}`);
    assert.deepEqual(order.lines.map((line) => [line.delivered, line.accepted, line.rejected]),
        [[13, 10, 3], [7, 7, 0], [3, 3, 0]]);
    assert.equal(order.accepted_cents, 15_068);
});

test('VAT is rounded once per rate', async () => {
    const draft = must(await green.post('/invoices',
        { order_id: order.id, number: '2026-001', lines: units(order, { 0: 5, 1: 7 }) })).body;
    assert.deepEqual([draft.net_cents, draft.vat_cents, draft.gross_cents], [8100, 1529, 9629]);
    assert.equal(await status(buyer, `/invoices/${draft.id}`), 404);
    must(await green.command('/invoices', draft, 'drop'));
    // Per line it would be 1400 + 64; on the sum of the rate it is 1463.
    invoice = await issuedInvoice(green, order, '2026-001', { 0: 5, 2: 3 });
    assert.deepEqual([invoice.net_cents, invoice.vat_cents], [6968, 1463]);
    assert.deepEqual(invoice.lines.map((line) => line.net_cents), [6665, 303]);
});

test('a rejected invoice gives its units back', async () => {
    const wrong = await issuedInvoice(green, order, '2026-002', { 0: 5, 1: 7 });
    must(await finance.command('/invoices', wrong, 'reject', { reason: 'Verkeerde referentie.' }));
    const { lines: left } = await get(green, `/orders/${order.id}`);
    assert.deepEqual(left.map((line) => line.invoiced), [5, 0, 3]);
    const right = await issuedInvoice(green, order, '2026-003', { 0: 5, 1: 7 });
    must(await finance.command('/invoices', right, 'approve'));
    const { invoiced_cents: sum } = await get(green, `/orders/${order.id}`);
    assert.equal(sum, 15_068);
});

test('payments add up to the invoice', async () => {
    invoice = must(await finance.command('/invoices', invoice, 'approve')).body;
    const pay = (amount_cents) => finance.post('/payments',
        { invoice_id: invoice.id, amount_cents, bank_reference: `BANK ${amount_cents}` });
    const part = must(await pay(5000)).body;
    must(await pay(8431 - 5000));
    const tooMuch = await pay(1);
    assert.equal(tooMuch.status, 409);
    assert.match(tooMuch.body.type, /within_invoice$/);
    const confirmed = must(await green.command('/payments', part, 'confirm')).body;
    assert.equal(confirmed.state, 'confirmed');
    assert.equal((await get(green, `/invoices/${invoice.id}`)).paid_cents, 8431);
    assert.equal((await get(buyer, `/orders/${order.id}`)).paid_cents, 8431);
    assert.equal((await get(buyer, `/payments?invoiceId=${invoice.id}`)).items.length, 2);
    assert.deepEqual((await get(stranger, '/payments')).items, []);
});

test('row-level security keeps every table of the deal to its two parties', async () => {
    const rows = (table, org, first = '') => house.psql(`BEGIN; ${first}
        SET LOCAL ROLE mw_pipeline; SET LOCAL app.org = '${org}';
        SELECT count (*) FROM pipeline.${table}; ROLLBACK`);
    const tables = ['invitation', 'quote', 'purchase_order', 'order_line', 'delivery',
        'delivery_line', 'invoice', 'invoice_line', 'payment'];
    for (const table of tables) {
        assert.notEqual(await rows(table, buyer.org), '0', table);
        assert.equal(await rows(table, stranger.org), '0', table);
        // The check would notice: without the policies the stranger does see rows.
        const without = `ALTER TABLE pipeline.${table} DISABLE ROW LEVEL SECURITY;`;
        assert.notEqual(await rows(table, stranger.org, without), '0', table);
    }
});
