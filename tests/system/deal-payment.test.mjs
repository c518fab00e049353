// deal-payment.test.mjs - money of a deal: told in whatever order, it ends in the same figures; what is
// reversed never reads settled, and what is paid back never reads paid.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, issuedInvoice } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, buyer, finance, green, stranger;
let number = 0;

before(async () => {
    house = await openHouse();
    ({ buyer, finance, green, stranger } = await enter(house));
});
after(() => house?.stop());

const get = (client, path) => thing(client.get(path));
const reference = () => `NL2026BANK${String(++number).padStart(6, '0')}`;

/** An approved invoice of 12,100 cents... or what ten hours cost. */
async function approvedInvoice() {
    const order = await confirmedOrder(buyer, green);
    const came = await delivered(green, order, { 0: 10 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 10 }] }));
    const invoice = await issuedInvoice(green, order, `P-${++number}`, { 0: 10 });
    return thing(finance.command('/invoices', await get(finance, `/invoices/${invoice.id}`), 'approve'));
}

const figures = async (invoice) => {
    const order = await get(buyer, `/orders/${invoice.order_id}`);
    return [order.paid_cents, order.confirmed_cents, order.refunded_cents, order.open_cents, order.overpaid_cents];
};

const permutations = (items) => items.length < 2 ? [items] : items.flatMap((one, at) =>
    permutations(items.filter((_, no) => no !== at)).map((rest) => [one, ...rest]));

test('the facts of a payment in any order end in the same', async () => {
    const tell = {
        book: (payment) => finance.command('/payments', payment, 'book', { bank_reference: reference() }),
        confirm: (payment) => green.command('/payments', payment, 'confirm'),
        reverse: (payment) => green.command('/payments', payment, 'reverse', { reason: 'De bank haalde het terug.' }),
    };
    for (const facts of [['book', 'confirm'], ['book', 'reverse'], ['confirm', 'reverse'], ['book', 'confirm', 'reverse']]) {
        const ends = new Set();
        for (const order of permutations(facts)) {
            const invoice = await approvedInvoice();
            let payment = await thing(finance.post('/payments/announced',
                { invoice_id: invoice.id, amount_cents: invoice.gross_cents, pay_on: '2026-12-01', iban: 'NL91ABNA0417164300' }));
            assert.deepEqual(await figures(invoice), [0, 0, 0, invoice.gross_cents, 0]);
            for (const fact of order) {
                payment = await thing(tell[fact](payment));
            }
            const { state, reported_at: booked, confirmed_at: confirmed, reversed_at: reversed } = payment;
            ends.add(JSON.stringify([state, Boolean(booked), Boolean(confirmed), Boolean(reversed), ...await figures(invoice)]));
        }
        assert.equal(ends.size, 1, `${facts}: ${[...ends].join(' ')}`);
        const [state, , , , paid, confirmed, , open] = JSON.parse([...ends][0]);
        const gone = facts.includes('reverse');
        assert.equal(state, gone ? 'reversed' : 'confirmed');
        assert.equal(paid > 0 && confirmed > 0 && open === 0, !gone, 'what was reversed never reads settled');
    }
});

test('a payment that came is taken back later, and can be paid again', async () => {
    const invoice = await approvedInvoice();
    const report = (bank_reference = reference()) => finance.post('/payments',
        { invoice_id: invoice.id, amount_cents: invoice.gross_cents, bank_reference });
    const first = reference();
    let payment = await thing(report(first));
    payment = await thing(green.command('/payments', payment, 'confirm'));
    refused(await green.command('/payments', payment, 'confirm'), 409, 'out_of_state');
    assert.deepEqual(await figures(invoice), [invoice.gross_cents, invoice.gross_cents, 0, 0, 0]);
    payment = await thing(finance.command('/payments', payment, 'reverse', { reason: 'Rekening bestaat niet.' }));
    assert.deepEqual(await figures(invoice), [0, 0, 0, invoice.gross_cents, 0]);
    refused(await finance.command('/payments', payment, 'reverse', { reason: 'Nog eens.' }), 409, 'out_of_state');
    refused(await report(first), 409, 'paid_once');
    refused(await report(first.toLowerCase().replace('2026', '20 26')), 409, 'paid_once');
    must(await report());
    refused(await report(), 409, 'within_invoice');
});

test('what is fully paid back never reads paid', async () => {
    const invoice = await approvedInvoice();
    const payment = await thing(finance.post('/payments',
        { invoice_id: invoice.id, amount_cents: invoice.gross_cents, bank_reference: reference() }));
    const back = (amount_cents, bank_reference = reference()) => green.post('/refunds', { payment_id: payment.id,
        amount_cents, bank_reference, borne_by: 'supplier', reason: 'Te veel gerekend.' });
    refused(await back(invoice.gross_cents + 1), 409, 'within_payment');
    refused(await stranger.post('/refunds', { payment_id: payment.id, amount_cents: 1, bank_reference: reference(),
        borne_by: 'buyer', reason: 'Zomaar.' }), 404);
    const told = reference();
    let part = await thing(back(1000, told));
    refused(await back(1000, told), 409, 'refunded_once');
    part = await thing(finance.command('/refunds', part, 'confirm'));
    assert.deepEqual(await figures(invoice), [invoice.gross_cents, 0, 1000, 1000, 0]);
    const rest = await thing(back(invoice.gross_cents - 1000));
    assert.deepEqual(await figures(invoice), [invoice.gross_cents, 0, invoice.gross_cents, invoice.gross_cents, 0]);
    // The bank takes the refund back: the money is with the supplier again.
    must(await green.command('/refunds', rest, 'reverse', { reason: 'Rekening opgeheven.' }));
    assert.deepEqual(await figures(invoice), [invoice.gross_cents, 0, 1000, 1000, 0]);
    assert.equal((await get(finance, `/refunds?invoiceId=${invoice.id}`)).items.length, 2);
    assert.equal((await get(green, `/refunds/${part.id}`)).state, 'confirmed');
    // Paid again what came back; then the refund turns out never to have come: too much is paid, and shown.
    must(await finance.post('/payments', { invoice_id: invoice.id, amount_cents: 1000, bank_reference: reference() }));
    must(await finance.command('/refunds', part, 'reverse', { reason: 'Nooit aangekomen.' }));
    assert.deepEqual(await figures(invoice), [invoice.gross_cents + 1000, 0, 0, 0, 1000]);
    const reversed = await get(finance, `/payments/${payment.id}`);
    must(await finance.command('/payments', reversed, 'reverse', { reason: 'Teruggehaald.' }));
    assert.deepEqual(await figures(invoice), [1000, 0, 0, invoice.gross_cents - 1000, 0]);
    refused(await back(1), 409, 'payment_counts');
});

test('account numbers and references that fail their checks are refused', async () => {
    const invoice = await approvedInvoice();
    const body = { invoice_id: invoice.id, amount_cents: 100, bank_reference: reference() };
    const bad = { iban: ['NL91ABNA0417164301', 'NL91 ABNA 0417 1643 00', 'nl91abna0417164300', 'NL91'],
        bank_reference: ['RF19 5390 0754 7034', 'RF18', ' ', '', 'x'.repeat(141), 'a\nb'],
        amount_cents: [0, -5, 1.5, 1e15, '10'] };
    for (const [field, values] of Object.entries(bad)) {
        for (const value of values) {
            const answer = await finance.post('/payments', { ...body, [field]: value });
            refused(answer, 400);
            assert.ok(answer.body.errors.some(({ path }) => path === field), `${field} ${value}`);
        }
    }
    const { bank_reference: told, ...nothing } = body;
    refused(await finance.post('/payments', nothing), 400);
    assert.ok(told);
    must(await finance.post('/payments', { ...body, bank_reference: 'RF18 5390 0754 7034', iban: 'NL91ABNA0417164300' }));
    assert.equal((await get(finance, `/payments?invoiceId=${invoice.id}`)).items.length, 1);
});
