// walkthrough-private.test.mjs - a private buyer (walk-through 6.3) through the API, by a clock that the test sets: a deal in two rounds, one
// assignment in three orders that come to the same cent, an invoice line that counts for social return, and a credit note that takes off
// what is owed and what counts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { chief, delivered, enter, inForce, issuedInvoice, needText, openNeed, units } from './deal-cast.mjs';
import { admit, colleague, founder, member, refused, thing } from './people.mjs';

const day = '2027-02-01';
// Odd cents, and two rates: what is rounded per order instead of per deal would differ.
const agreed = [{ description: 'Wasserij', unit: 'kilo', quantity: 1_000, unit_price_cents: 1_600, vat: 'high' },
    { description: 'Lunch', unit: 'lunch', quantity: 333, unit_price_cents: 1_137, vat: 'low' }];
const net = 1_000 * 1_600 + 333 * 1_137;

let clock, house, desk, marieke, finance, green, stranger, leiden, haarlem, agreement, orders, invoice, obligation, credit;

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
    leiden = await founder(house, 'leiden', 'municipality', { municipality: 'GM0546' });
    haarlem = await founder(house, 'haarlem', 'municipality', { municipality: 'GM0392' });
    await admit(house, desk, marieke, leiden, haarlem);
});
after(() => house?.stop().finally(() => clock.end()));

let goesOn = true;
const step = (name, work) => test(name, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

// The first half, PunchOut and a basket of three suppliers, is in punchout.test.mjs.

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

const tariff = (client, valid_from, purchase_ppm) => thing(client.post('/sroi-tariffs',
    { valid_from, purchase_ppm, source: 'Besluit voor de proef', fictional: true }));
const owed = (municipality, changes) => ({ municipality_id: municipality.org, contract: 'Schoonmaak 2026, nr. 26-114', published_on: '2026-09-01',
    contract_cents: 9_600_000, share_ppm: 50_000, period_from: '2027-01-01', period_until: '2027-12-31', fictional: true, ...changes });
const assign = (changes) => marieke.post('/sroi-credits', { obligation_id: obligation.id, invoice_id: invoice.id,
    order_line_id: invoice.lines[0].order_line_id, ...changes });
const stands = async () => {
    const { net_cents, credit_cents } = await fetched(`/sroi-credits/${credit.id}`, leiden);
    const { verified_cents, open_cents } = await fetched(`/sroi-obligations/${obligation.id}`);
    return [net_cents, credit_cents, verified_cents, open_cents];
};

step('she owes Leiden 5 % of 96,000 in social return, by the tariff of the day on which the tender was published', async () => {
    itIs('10:30');
    refused(await marieke.post('/sroi-obligations', owed(leiden)), 409, 'tariff_known');
    await tariff(leiden, '2023-09-01', 1_000_000);
    await tariff(haarlem, '2023-09-01', 1_000_000);
    await tariff(leiden, '2026-10-01', 500_000);
    refused(await leiden.post('/sroi-tariffs', { valid_from: '2026-10-01', purchase_ppm: 1, source: 'Nog een' }), 409, 'tariff_once');
    refused(await marieke.post('/sroi-obligations', owed(leiden, { published_on: '2023-08-31' })), 409, 'tariff_known');
    refused(await marieke.post('/sroi-obligations', owed(leiden, { period_until: '2026-12-31' })), 400);
    refused(await leiden.post('/sroi-obligations', owed(leiden)), 409, 'other_municipality');
    const mistaken = await thing(marieke.post('/sroi-obligations', owed(leiden, { contract: 'Van een ander' })));
    assert.equal((await thing(leiden.command('/sroi-obligations', mistaken, 'refuse', { reason: 'Dit is niet onze opdracht.' }))).state, 'refused');
    const twice = await thing(marieke.post('/sroi-obligations', owed(leiden)));
    assert.equal((await thing(marieke.command('/sroi-obligations', twice, 'withdraw'))).state, 'withdrawn');
    assert.equal((await fetched(`/sroi-tariffs/${twice.tariff_id}`, stranger)).purchase_ppm, 1_000_000);
    obligation = await thing(marieke.post('/sroi-obligations', owed(leiden)));
    assert.deepEqual([obligation.owed_cents, obligation.purchase_ppm, obligation.open_cents, obligation.state], [480_000, 1_000_000, 480_000, 'registered']);
    refused(await marieke.command('/sroi-obligations', obligation, 'confirm'), 404);
    for (const client of [haarlem, green, stranger]) {
        refused(await client.get(`/sroi-obligations/${obligation.id}`), 404);
    }
    obligation = await thing(leiden.command('/sroi-obligations', obligation, 'confirm'));
});

step('an invoice of 4,800: once it is approved, its line counts for what she owes, and for nothing else', async () => {
    itIs('11:00');
    const [order] = orders;
    const came = await delivered(green, order, { 0: 300 });
    must(await marieke.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 300 }] }));
    invoice = await issuedInvoice(green, order, 'GK-7', { 0: 300 });
    assert.deepEqual([invoice.state, invoice.net_cents, invoice.vat_cents], ['matched', 480_000, 100_800]);
    refused(await assign(), 409, 'line_is_approved');
    must(await finance.command('/invoices', await fetched(`/invoices/${invoice.id}`, finance), 'approve'));
    for (const client of [leiden, stranger]) {
        refused(await client.post('/sroi-credits', { obligation_id: obligation.id, invoice_id: invoice.id,
            order_line_id: invoice.lines[0].order_line_id }), 404);
    }
    const earlier = await thing(marieke.post('/sroi-obligations', owed(leiden, { period_from: '2026-01-01', period_until: '2026-12-31' })));
    refused(await assign({ obligation_id: earlier.id }), 409, 'obligation_runs');
    await thing(leiden.command('/sroi-obligations', earlier, 'confirm'));
    refused(await assign({ obligation_id: earlier.id }), 409, 'line_in_period');
    // Taken back or refused, the line is free again.
    assert.equal((await thing(marieke.command('/sroi-credits', await thing(assign()), 'withdraw'))).state, 'withdrawn');
    assert.equal((await thing(leiden.command('/sroi-credits', await thing(assign()), 'refuse', { reason: 'Welke regel is dit?' }))).state, 'refused');
    credit = await thing(assign());
    assert.deepEqual([credit.net_cents, credit.credit_cents, credit.state], [480_000, 480_000, 'assigned']);
    refused(await marieke.command('/sroi-credits', credit, 'verify'), 404);
    refused(await leiden.command('/sroi-obligations', await fetched(`/sroi-obligations/${obligation.id}`, leiden), 'close'), 409, 'no_credit_waits');
    credit = await thing(leiden.command('/sroi-credits', credit, 'verify'));
    assert.deepEqual(await stands(), [480_000, 480_000, 480_000, 0]);
    const other = await thing(marieke.post('/sroi-obligations', owed(haarlem)));
    await thing(haarlem.command('/sroi-obligations', other, 'confirm'));
    refused(await assign({ obligation_id: other.id }), 409, 'credited_once');
    refused(await assign(), 409, 'credited_once');
});

step('D18: what is in dispute does not count until it is over', async () => {
    const [order] = orders;
    const dispute = await thing(marieke.post('/disputes', { order_id: order.id, order_line_id: order.lines[0].id, quantity: 10, reason: 'Vlekken.' }));
    assert.deepEqual(await stands(), [464_000, 464_000, 464_000, 16_000]);
    must(await marieke.command('/disputes', dispute, 'withdraw'));
    assert.deepEqual(await stands(), [480_000, 480_000, 480_000, 0]);
});

step('D19: of 4,800 that was invoiced 800 is credited: 4,000 is left, no more than that is paid, and no more counts', async () => {
    const [order] = orders;
    const draft = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: 'GK-8', reason: 'Vijftig kilo kwam vies terug.',
        lines: units(order, { 0: 50 }) }));
    const note = await thing(green.command('/credit-notes', draft, 'issue'));
    assert.deepEqual([note.net_cents, note.vat_cents, note.gross_cents], [80_000, 16_800, 96_800]);
    invoice = await fetched(`/invoices/${invoice.id}`, finance);
    assert.equal(invoice.gross_cents - invoice.credited_cents, 484_000);
    assert.deepEqual(await stands(), [400_000, 400_000, 400_000, 80_000]);
    for (const client of [marieke, leiden]) {
        await until(async () => (await fetched('/notices?limit=100', client)).items.some(({ event }) => event === 'sroi_adjusted'), 20_000, 'it is told');
    }
    const pay = (amount_cents, bank_reference) => finance.post('/payments', { invoice_id: invoice.id, amount_cents, bank_reference });
    refused(await pay(484_001, 'BANK 1'), 409);
    const payment = await thing(pay(484_000, 'BANK 2'));
    must(await green.command('/payments', payment, 'confirm'));
    refused(await pay(1, 'BANK 3'), 409);
});

step('D20: a new tariff changes nothing that was registered, and nothing that was settled', async () => {
    obligation = await thing(leiden.command('/sroi-obligations', await fetched(`/sroi-obligations/${obligation.id}`, leiden), 'close'));
    const before = [await fetched(`/sroi-obligations/${obligation.id}`), await stands()];
    await tariff(leiden, '2026-01-01', 100_000);
    const [old] = (await fetched('/sroi-tariffs')).items.filter(({ valid_from, municipality_id }) => valid_from === '2023-09-01' && municipality_id === leiden.org);
    must(await leiden.command('/sroi-tariffs', old, 'end'));
    assert.deepEqual([await fetched(`/sroi-obligations/${obligation.id}`), await stands()], before);
    await assert.rejects(house.psql(`UPDATE pipeline.sroi_obligation SET purchase_ppm = 1 WHERE id = '${obligation.id}'`), /tariff_stays/);
    refused(await assign(), 409);
    assert.equal((await thing(marieke.post('/sroi-obligations', owed(leiden)))).purchase_ppm, 100_000);
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
