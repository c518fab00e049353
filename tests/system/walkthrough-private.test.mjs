// walkthrough-private.test.mjs - a private buyer (walk-through 6.3) through the API, by a clock that the test sets: a deal in two rounds, one
// assignment in three orders that come to the same cent, and a credit note that takes off what is owed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse } from '../lib/house.mjs';
import { chief, delivered, enter, inForce, issuedInvoice, needText, openNeed, units } from './deal-cast.mjs';
import { admit, colleague, founder, member, refused, thing } from './people.mjs';

const day = '2027-02-01';
// Odd cents, and two rates: what is rounded per order instead of per deal would differ.
const agreed = [{ description: 'Wasserij', unit: 'kilo', quantity: 1_000, unit_price_cents: 1_600, vat: 'high' },
    { description: 'Lunch', unit: 'lunch', quantity: 333, unit_price_cents: 1_137, vat: 'low' }];
const net = 1_000 * 1_600 + 333 * 1_137;

let clock, house, desk, marieke, finance, green, stranger, agreement, orders, invoice;

const itIs = (moment) => clock.set(moment.includes('T') ? moment : `${day}T${moment}:00+01:00`);
const fetched = (path, client = marieke) => thing(client.get(path));
const callOff = (quantities) => marieke.post('/call-offs', { agreement_id: agreement.id, lines: Object.entries(quantities)
    .map(([no, quantity]) => ({ agreement_line_id: agreement.lines[no].id, quantity })) });

before(async () => {
    clock = new Clock();
    itIs('08:00');
    house = await openHouse();
    ({ desk, green, stranger } = await enter(house, { valid_from: day }));
    marieke = await founder(house, 'marieke', 'company');
    finance = await colleague(house, marieke, 'betalingen', 'FINANCE');
    await chief(house, marieke, 'baas');
    await admit(house, desk, marieke);
});
after(() => house?.stop().finally(() => clock.end()));

let goesOn = true;
const step = (name, work) => test(name, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

// Not there yet: PunchOut from her procurement system, and a basket of three suppliers that comes back as one purchase order.

step('D3: she negotiates in two rounds, each with a reason and a day, and orders what was agreed last', async () => {
    itIs('09:00');
    let need = await thing(marieke.post('/needs', needText({ quote_deadline: '2027-03-01T12:00:00Z' })));
    assert.equal(need.route, 'private');
    need = await thing(marieke.command('/needs', need, 'publish'));
    let quote = await thing(green.post('/quotes', { need_id: need.id, lines: agreed.slice(0, 1) }));
    quote = await thing(green.command('/quotes', quote, 'submit'));
    const propose = async (client, cents) => {
        quote = await thing(client.command('/quotes', await fetched(`/quotes/${quote.id}`, client), 'counter', {
            lines: [{ ...agreed[0], unit_price_cents: cents }], reason: 'Zie het bestek van vorig jaar.', answer_by: '2027-02-08T12:00:00Z' }));
    };
    await propose(marieke, 1_400);
    await propose(green, 1_550);
    await propose(marieke, 1_500);
    assert.deepEqual([quote.state, quote.total_cents, quote.rounds], ['negotiating', 1_600_000, 3]);
    quote = await thing(green.command('/quotes', await fetched(`/quotes/${quote.id}`, green), 'accept'));
    const choice = { quote_id: quote.id, motivation: 'Na twee rondes de beste prijs.' };
    refused(await marieke.command('/needs', need, 'award', choice), 409, 'other_person_wrote');
    must(await marieke.chief.command('/needs', need, 'award', choice));
    const order = await thing(marieke.post('/orders', { quote_id: quote.id }));
    assert.equal(order.total_cents, 1_500_000);
});

step('one assignment in three orders: to the cent what was agreed, at its prices, and no unit more', async () => {
    itIs('10:00');
    agreement = await inForce(marieke, green, 'single', agreed);
    orders = [];
    for (const part of [{ 0: 333, 1: 111 }, { 0: 333, 1: 111 }, { 0: 334, 1: 111 }]) {
        orders.push(await thing(callOff(part)));
    }
    refused(await callOff({ 0: 1 }), 409, 'within_framework');
    assert.equal(orders.reduce((sum, order) => sum + order.total_cents, 0), net);
    assert.equal(agreement.total_cents, net);
    must(await marieke.command('/agreements', await fetched(`/agreements/${agreement.id}`), 'complete'));
    orders = await Promise.all(orders.map(async (order) => thing(green.command('/orders', order, 'confirm'))));
});

// Not there yet: an invoice line that counts for an obligation of social return (D19), at 5 % of a contract, once and nowhere else.
step('D18: of 4,800 that was invoiced 800 is credited: 4,000 is left, and no more than that is paid', async () => {
    itIs('11:00');
    const [order] = orders;
    const came = await delivered(green, order, { 0: 300 });
    must(await marieke.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 300 }] }));
    invoice = await issuedInvoice(green, order, 'GK-7', { 0: 300 });
    assert.deepEqual([invoice.state, invoice.net_cents, invoice.vat_cents], ['matched', 480_000, 100_800]);
    must(await finance.command('/invoices', await fetched(`/invoices/${invoice.id}`, finance), 'approve'));
    const draft = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: 'GK-8', reason: 'Vijftig kilo kwam vies terug.',
        lines: units(order, { 0: 50 }) }));
    const note = await thing(green.command('/credit-notes', draft, 'issue'));
    assert.deepEqual([note.net_cents, note.vat_cents, note.gross_cents], [80_000, 16_800, 96_800]);
    invoice = await fetched(`/invoices/${invoice.id}`, finance);
    assert.equal(invoice.gross_cents - invoice.credited_cents, 484_000);
    const pay = (amount_cents, bank_reference) => finance.post('/payments', { invoice_id: invoice.id, amount_cents, bank_reference });
    refused(await pay(484_001, 'BANK 1'), 409);
    const payment = await thing(pay(484_000, 'BANK 2'));
    must(await green.command('/payments', payment, 'confirm'));
    refused(await pay(1, 'BANK 3'), 409);
});

step('the ledger balances: each line of each order, and the money of the invoice', async () => {
    itIs('2027-02-02T09:00:00+01:00');
    [marieke, finance] = await Promise.all(['marieke', 'betalingen'].map((name) => member(house, { email: `${name}@proef.example` })));
    for (const { id } of orders) {
        for (const line of (await fetched(`/orders/${id}`)).lines) {
            assert.ok(line.accepted + line.rejected <= line.delivered, JSON.stringify(line));
            assert.ok(line.invoiced - line.credited <= line.accepted, JSON.stringify(line));
        }
    }
    const [line] = (await fetched(`/orders/${orders[0].id}`)).lines;
    assert.deepEqual([line.ordered, line.accepted, line.invoiced, line.credited], [333, 300, 300, 50]);
    const { gross_cents: gross, credited_cents: credited, paid_cents: paid } = await fetched(`/invoices/${invoice.id}`, finance);
    assert.equal(gross, credited + paid);
    stranger = await member(house, { email: 'stranger@proef.example' });
    for (const path of [`/orders/${orders[0].id}`, `/invoices/${invoice.id}`, `/agreements/${agreement.id}`]) {
        refused(await stranger.get(path), 404);
    }
});
