// invoice.test.mjs - invoices compared three ways, credit notes, and the cents of both.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, issuedInvoice, units } from './deal-cast.mjs';
import { founder, admit, refused, thing } from './people.mjs';

let house, desk, buyer, finance, green, blue, stranger;
let order;

before(async () => {
    house = await openHouse();
    ({ desk, buyer, finance, green, blue, stranger } = await enter(house));
    order = await acceptedOrder(green);
});
after(() => house?.stop());

const get = async (client, path) => thing(client.get(path));

/** An order of which everything came and was accepted: 10, 7 and 3 units. */
async function acceptedOrder(supplier, quantities = { 0: 10, 1: 7, 2: 3 }) {
    const made = await confirmedOrder(buyer, supplier);
    const came = await delivered(supplier, made, quantities);
    const lines = came.lines.map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity }));
    must(await buyer.command('/deliveries', came, 'accept', { lines }));
    return get(buyer, `/orders/${made.id}`);
}

const credit = (invoice, number, quantities, reason = 'Verkeerd geleverd.') => green.post('/credit-notes',
    { invoice_id: invoice.id, number, reason, lines: units(order, quantities) });

test('an invoice that is issued is with the buyer and compared at once', async () => {
    const invoice = await issuedInvoice(green, order, 'F-1', { 0: 4, 1: 7 });
    assert.equal(invoice.state, 'matched');
    assert.equal(invoice.differing, 0);
    assert.equal(invoice.version, 4);
    assert.deepEqual(invoice.lines.map(({ differences }) => differences), [[], []]);
    assert.deepEqual(invoice.lines.map((line) => [line.ordered, line.accepted, line.invoiced]), [[10, 10, 4], [7, 7, 7]]);
    assert.deepEqual(invoice.vat, [
        { vat: 'high', percentage: 21, net_cents: 5332, vat_cents: 1120 },
        { vat: 'low', percentage: 9, net_cents: 1435, vat_cents: 129 },
    ]);
    assert.equal(invoice.order_reference, order.id);
    assert.equal(invoice.seller.city, 'Enschede');
    assert.ok(invoice.seller.iban && !invoice.buyer.iban);
    assert.ok(Date.parse(invoice.due_on) - Date.parse(invoice.issued_on) === 30 * 86_400_000);
    const told = `SELECT string_agg (substring (type FROM 'invoice_[a-z]+'), ' ' ORDER BY seq)
        FROM stream.log WHERE subject = 'invoice/${invoice.id}'`;
    await until(async () => await house.psql(told) === 'invoice_drafted invoice_issued invoice_delivered invoice_matched',
        10_000, 'the stream tells each step');
});

test('another price or rate than ordered is a mismatch, told line by line; it can only be rejected', async () => {
    const [line] = units(order, { 0: 2 });
    const draft = await thing(green.post('/invoices', { order_id: order.id, number: 'F-2',
        lines: [{ ...line, unit_price_cents: 1400, vat: 'low' }] }));
    assert.deepEqual([draft.net_cents, draft.vat_cents], [2800, 252]);
    const sent = await thing(green.command('/invoices', draft, 'issue'));
    assert.equal(sent.state, 'mismatch');
    assert.deepEqual(sent.lines[0].differences, ['price', 'vat']);
    assert.equal(sent.lines[0].ordered_price_cents, 1333);
    const seen = await get(finance, `/invoices/${sent.id}`);
    assert.deepEqual([...seen.commands].sort(), ['reject']);
    refused(await finance.command('/invoices', seen, 'match'), 409, 'three_ways_alike');
    refused(await finance.command('/invoices', seen, 'approve'), 409, 'out_of_state');
    const wrong = await thing(finance.command('/invoices', seen, 'reject', { reason: 'Andere prijs dan besteld.' }));
    assert.equal(wrong.reject_reason, 'Andere prijs dan besteld.');
});

test('an invoice that was sent does not change, also when the two parties do', async () => {
    const [sent] = (await get(green, `/invoices?orderId=${order.id}`)).items.filter(({ number }) => number === 'F-1');
    const own = await get(green, `/organisations/${green.org}`);
    const page = Object.fromEntries(Object.entries(own).filter(([name]) =>
        !['at_capacity', 'closed_from', 'closed_until', 'commands', 'created_at', 'criterion', 'decided_at', 'decision', 'due_at', 'id', 'kvk_check', 'kvk_name', 'labels', 'municipality_name', 'settled', 'state', 'suspended_by_caller', 'suspended_from', 'suspension_confirmed', 'takes_part', 'tied', 'version'].includes(name)));
    must(await green.put(`/organisations/${green.org}`, { ...page, street: 'Nieuwe Kade', payment_days: 14 }, own.version));
    const after = await get(green, `/invoices/${sent.id}`);
    assert.equal(after.seller.street, 'Voorbeeldstraat');
    for (const step of ['issue', 'drop']) {
        refused(await green.command('/invoices', after, step), 409, 'out_of_state');
    }
});

test('credit notes take units and cents off, to the cent, and never more than the invoice has', async () => {
    const invoice = await issuedInvoice(green, order, 'F-3', { 2: 3, 0: 3 });
    assert.deepEqual([invoice.net_cents, invoice.vat_cents], [4302, 903]);
    let sum = 0;
    for (const [at, quantities] of [{ 2: 1 }, { 2: 1 }, { 2: 1, 0: 1 }, { 0: 2 }].entries()) {
        const draft = await thing(credit(invoice, `C-${at}`, quantities));
        assert.equal((await buyer.get(`/credit-notes/${draft.id}`)).status, 404);
        const note = await thing(green.command('/credit-notes', draft, 'issue'));
        assert.equal(note.gross_cents, note.net_cents + note.vat_cents);
        assert.ok(Math.abs(note.vat_cents - Math.round(note.net_cents * 0.21)) <= 1);
        sum += note.gross_cents;
        assert.equal((await get(finance, `/credit-notes/${note.id}`)).invoice_number, 'F-3');
    }
    const after = await get(finance, `/invoices/${invoice.id}`);
    assert.equal(sum, invoice.gross_cents);
    assert.equal(after.credited_cents, invoice.gross_cents);
    assert.deepEqual(after.lines.map(({ credited }) => credited), [3, 3]);
    const ledger = await get(green, `/orders/${order.id}`);
    assert.deepEqual(ledger.lines.map(({ credited }) => credited), [3, 0, 3]);
    refused(await finance.command('/invoices', after, 'reject', { reason: 'Toch niet.' }), 409, 'nothing_credited');
});

test('what is credited may be invoiced again, and what is more than the invoice is refused', async () => {
    const again = await issuedInvoice(green, order, 'F-4', { 0: 6, 2: 3 });
    refused(await green.post('/invoices', { order_id: order.id, number: 'F-5', lines: units(order, { 0: 1 }) }),
        409, 'within_accepted');
    const draft = await thing(credit(again, 'C-9', { 2: 4 }));
    refused(await green.command('/credit-notes', draft, 'issue'), 409, 'within_credit');
    const gone = await thing(green.command('/credit-notes', draft, 'drop'));
    assert.equal(gone.state, 'dropped');
    refused(await credit(again, 'C-9', { 1: 1 }), 409, 'line_of_invoice');
    const [twice] = await Promise.all([0, 1].map(async (at) => thing(credit(again, `C-1${at}`, { 2: 2 }))));
    must(await green.command('/credit-notes', twice, 'issue'));
    const { items } = await get(green, `/credit-notes?invoiceId=${again.id}`);
    const other = items.find(({ state }) => state === 'draft');
    refused(await green.command('/credit-notes', other, 'issue'), 409, 'within_credit');
});

test('invoices and credit notes of a supplier share one series of numbers', async () => {
    const { items } = await get(green, `/invoices?orderId=${order.id}`);
    const invoice = items.find(({ number }) => number === 'F-4');
    for (const number of ['F-1', 'C-0']) {
        refused(await credit(invoice, number, { 0: 1 }), 409, 'number_once');
    }
    const elsewhere = await acceptedOrder(blue);
    const same = await issuedInvoice(blue, elsewhere, 'F-1', { 0: 1 });
    assert.equal(same.state, 'matched');
});

test('credit notes are for the two parties, and for invoices that were sent', async () => {
    const { items } = await get(green, `/credit-notes?orderId=${order.id}`);
    const sent = items.find(({ state }) => state === 'issued');
    for (const other of [blue, stranger]) {
        refused(await other.get(`/credit-notes/${sent.id}`), 404);
        assert.deepEqual((await get(other, `/credit-notes?orderId=${order.id}`)).items, []);
    }
    refused(await blue.post('/credit-notes', { invoice_id: sent.invoice_id, number: 'X', reason: 'Nee, dus.',
        lines: sent.lines.map(({ order_line_id }) => ({ order_line_id, quantity: 1 })) }), 404);
    refused(await green.post('/credit-notes', { invoice_id: sent.invoice_id, number: '', reason: '', lines: [] }), 400);
    const rejected = (await get(green, `/invoices?orderId=${order.id}`)).items.find(({ state }) => state === 'rejected');
    refused(await credit(rejected, 'C-99', { 0: 1 }), 409, 'invoice_can_be_credited');
});

test('goods that went back, or are in dispute, keep an invoice from being approved', async () => {
    const mine = await acceptedOrder(blue);
    const invoice = await issuedInvoice(blue, mine, 'F-7', { 0: 10 });
    must(await buyer.post('/goods-returns', { order_id: mine.id, reason: 'Niet goed.', lines: units(mine, { 0: 4 }) }));
    const seen = await get(finance, `/invoices/${invoice.id}`);
    assert.deepEqual(seen.lines[0].differences, ['quantity']);
    refused(await finance.command('/invoices', seen, 'approve'), 409, 'three_ways_alike');
    const note = await thing(blue.post('/credit-notes', { invoice_id: invoice.id, number: 'C-7', reason: 'Terug gekomen.',
        lines: units(mine, { 0: 4 }) }));
    must(await blue.command('/credit-notes', note, 'issue'));
    const now = await get(finance, `/invoices/${invoice.id}`);
    assert.equal(now.differing, 0);
    assert.equal((await thing(finance.command('/invoices', now, 'approve'))).state, 'approved');
});

test('what differed is compared again once a credit note put it right', async () => {
    const mine = await acceptedOrder(blue);
    const draft = await thing(blue.post('/invoices', { order_id: mine.id, number: 'F-8', lines: units(mine, { 0: 10 }) }));
    must(await buyer.post('/goods-returns', { order_id: mine.id, reason: 'Niet goed.', lines: units(mine, { 0: 4 }) }));
    const sent = await thing(blue.command('/invoices', draft, 'issue'));
    assert.deepEqual([sent.state, sent.lines[0].differences], ['mismatch', ['quantity']]);
    const note = await thing(blue.post('/credit-notes', { invoice_id: sent.id, number: 'C-8', reason: 'Terug gekomen.',
        lines: units(mine, { 0: 4 }) }));
    must(await blue.command('/credit-notes', note, 'issue'));
    const right = await get(finance, `/invoices/${sent.id}`);
    assert.ok(right.commands.includes('match'));
    assert.equal((await thing(finance.command('/invoices', right, 'match'))).state, 'matched');
});

test('an invoice is not sent while an address or account is missing', async () => {
    const bare = await founder(house, 'kaal', 'enterprise', { iban: undefined, street: undefined });
    await admit(house, desk, bare);
    const mine = await acceptedOrder(bare);
    const draft = await thing(bare.post('/invoices', { order_id: mine.id, number: '1', lines: units(mine, { 0: 1 }) }));
    refused(await bare.command('/invoices', draft, 'issue'), 409, 'invoice_details_known');
});
