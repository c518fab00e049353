// deal-impact.test.mjs - impact of accepted work counts once another organisation verified it, and no longer than what it rests on
// stands: what goes back or is credited reopens the claim, in the same transaction.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, issuedInvoice, units } from './deal-cast.mjs';
import { admit, founder, refused, thing } from './people.mjs';

let house, buyer, green, blue, stranger, handler;
let number = 0;

before(async () => {
    house = await openHouse();
    let desk;
    ({ desk, buyer, green, blue, stranger } = await enter(house));
    handler = await founder(house, 'beroep', 'partner');
    await admit(house, desk, handler);
});
after(() => house?.stop());

const get = (client, path) => thing(client.get(path));
const step = (client, claim, name, body) => client.command('/impact-claims', claim, name, body);

async function acceptedOrder() {
    const order = await confirmedOrder(buyer, green);
    const came = await delivered(green, order, { 0: 10 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 10 }] }));
    return order;
}

const claimText = (order, changes) => ({ order_line_id: order.lines[0].id, indicator: 'learn_work', target_group: 'youth', quantity: 3,
    period_from: '2026-03-01', period_until: '2026-10-31', method: 'Geteld in de lijst van de leermeester.', ...changes });
const claim = (order, changes) => thing(green.post('/impact-claims', claimText(order, changes)));

/** How often that event about the claim was told. */
async function told({ id }, name) {
    await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    return house.psql(`SELECT count (*) FROM stream.log WHERE subject = 'impact_claim/${id}' AND type LIKE '%${name}%'`);
}

test('a claim rests on an accepted line of one\'s own, once, and says what is counted', async () => {
    const order = await acceptedOrder();
    refused(await green.post('/impact-claims', claimText(order, { order_line_id: order.lines[1].id })), 409, 'line_is_accepted');
    for (const other of [blue, stranger, buyer]) {
        const { status } = await other.post('/impact-claims', claimText(order));
        assert.ok(status === 404 || status === 403, `${status}`);
    }
    const wrong = async (changes, path) => {
        const { status, body } = await green.post('/impact-claims', claimText(order, changes));
        assert.equal(status, 400, JSON.stringify(body));
        assert.ok(JSON.stringify(body).includes(path), `${path}: ${JSON.stringify(body)}`);
    };
    await wrong({ quantity: 0 }, 'quantity');
    await wrong({ quantity: -1 }, 'quantity');
    await wrong({ quantity: 1.5 }, 'quantity');
    await wrong({ quantity: 1e15 }, 'quantity');
    await wrong({ period_until: '2026-02-28' }, 'period_until');
    await wrong({ target_group: undefined }, 'target_group');
    await wrong({ indicator: 'co2_kg' }, 'target_group');
    const made = await claim(order);
    assert.deepEqual([made.state, made.buyer_id, made.supplier_id, made.order_id], ['claimed', buyer.org, green.org, order.id]);
    refused(await green.post('/impact-claims', claimText(order)), 409, 'claimed_once');
    must(await green.post('/impact-claims', claimText(order, { target_group: 'benefit' })));
    must(await green.post('/impact-claims', claimText(order, { indicator: 'co2_kg', target_group: undefined, quantity: 400 })));
    refused(await green.post('/impact-claims', claimText(order, { indicator: 'co2_kg', target_group: undefined, quantity: 1 })), 409, 'claimed_once');
    refused(await stranger.get(`/impact-claims/${made.id}`), 404);
    assert.equal((await get(buyer, `/impact-claims?orderId=${order.id}`)).items.length, 3);
    must(await step(green, made, 'withdraw'));
    await claim(order);
});

test('the buyer asks for evidence and verifies; the claimant never does', async () => {
    const order = await acceptedOrder();
    const made = await claim(order);
    assert.deepEqual((await get(green, `/impact-claims/${made.id}`)).commands, ['withdraw']);
    assert.deepEqual((await get(buyer, `/impact-claims/${made.id}`)).commands.sort(), ['enquire', 'refuse', 'verify']);
    refused(await step(green, made, 'verify'), 404);
    const asked = await thing(step(buyer, made, 'enquire', { reason: 'Welke weken waren dit?' }));
    refused(await step(buyer, asked, 'verify'), 409, 'out_of_state');
    const given = await thing(step(green, asked, 'answer', { answer: 'Week 10 tot en met 43.', quantity: 2 }));
    assert.deepEqual([given.state, given.quantity, given.question], ['claimed', 2, 'Welke weken waren dit?']);
    const done = await thing(step(buyer, given, 'verify'));
    assert.deepEqual([done.state, done.verified_by], ['verified', buyer.org]);
    assert.ok(done.verified_at);
});

test('a refusal can be appealed once, to a handler of neither side, who sees no order', async () => {
    const order = await acceptedOrder();
    const early = await thing(step(buyer, await claim(order), 'refuse', { reason: 'Dit zien wij niet.' }));
    refused(await step(green, early, 'appeal', { reason: 'Het staat in de lijst.' }), 409, 'claim_can_be_appealed');
    must(await buyer.post('/appointments', { handler_id: handler.org }));
    const no = await thing(step(buyer, await claim(order), 'refuse', { reason: 'Dit zien wij niet.' }));
    const appealed = await thing(step(green, no, 'appeal', { reason: 'Het staat in de lijst.' }));
    refused(await handler.get(`/orders/${order.id}`), 404);
    assert.deepEqual((await get(buyer, `/impact-claims/${no.id}`)).commands, []);
    const again = await thing(step(handler, appealed, 'refuse', { reason: 'De lijst is van een ander jaar.' }));
    refused(await step(green, again, 'appeal', { reason: 'Nog eens.' }), 409, 'claim_can_be_appealed');
    const third = await thing(step(buyer, await claim(order), 'refuse', { reason: 'Nog steeds niet.' }));
    const last = await thing(step(green, third, 'appeal', { reason: 'Hier is de goede lijst.' }));
    const done = await thing(step(handler, last, 'verify'));
    assert.deepEqual([done.state, done.verified_by], ['verified', handler.org]);
});

async function verified(order) {
    return thing(step(buyer, await claim(order), 'verify'));
}

async function isReopened(made) {
    const now = await get(green, `/impact-claims/${made.id}`);
    assert.deepEqual([now.state, now.verified_by, now.version], ['reopened', undefined, made.version + 1]);
    assert.equal(await told(made, 'impact_reopened'), '1');
    assert.deepEqual(now.commands.sort(), ['answer', 'withdraw']);
    return now;
}

test('a return, a credit note and a settled dispute reopen what was verified', async () => {
    const returned = await acceptedOrder();
    const first = await verified(returned);
    must(await buyer.post('/goods-returns', { order_id: returned.id, lines: units(returned, { 0: 4 }), reason: 'Verkeerd geplant.' }));
    const open = await isReopened(first);
    const less = await thing(step(green, open, 'answer', { answer: 'Twee van de drie blijven.', quantity: 2 }));
    must(await step(buyer, less, 'verify'));
    must(await buyer.post('/goods-returns', { order_id: returned.id, lines: units(returned, { 0: 6 }), reason: 'Ook de rest.' }));
    const nothing = await thing(step(green, await get(green, `/impact-claims/${first.id}`), 'answer', { answer: 'Toch nog een.', quantity: 1 }));
    refused(await step(buyer, nothing, 'verify'), 409, 'line_is_accepted');

    const credited = await acceptedOrder();
    const second = await verified(credited);
    const invoice = await issuedInvoice(green, credited, `I-${++number}`, { 0: 10 });
    const note = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: `I-${++number}`, reason: 'Een te veel.', lines: units(credited, { 0: 1 }) }));
    assert.equal((await get(green, `/impact-claims/${second.id}`)).state, 'verified');
    must(await green.command('/credit-notes', note, 'issue'));
    await isReopened(second);

    const disputed = await acceptedOrder();
    const third = await verified(disputed);
    const raise = () => thing(buyer.post('/disputes', { order_id: disputed.id, order_line_id: disputed.lines[0].id, quantity: 2, reason: 'Niet goed.' }));
    must(await buyer.command('/disputes', await raise(), 'withdraw'));
    assert.equal((await get(green, `/impact-claims/${third.id}`)).state, 'verified');
    must(await green.command('/disputes', await raise(), 'settle'));
    await isReopened(third);
});

test('what was verified and stands is in the figures, traceable to its claims', async () => {
    const report = async (query = '') => {
        await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
        const seq = await house.psql('SELECT seq FROM stream.head');
        return until(async () => {
            const answer = await house.nobody().get(`/reports/impact${query}`, { headers: { 'x-min-seq': seq } });
            return answer.status !== 503 && must(answer).body;
        }, 10_000, 'reporting has counted');
    };
    const counted = ({ totals }) => totals.filter(({ target_group: group }) => group === 'youth').reduce((all, { quantity }) => all + quantity, 0);
    const before = await report();
    const order = await acceptedOrder();
    const made = await claim(order, { quantity: 5 });
    assert.equal(counted(await report()), counted(before), 'a claim alone counts for nothing');
    const done = await thing(step(buyer, made, 'verify'));
    const after = await report('?municipality=GM0153');
    assert.equal(counted(after), counted(before) + 5);
    const [item] = after.items;
    assert.deepEqual([item.claim_id, item.quantity, item.supplier_id, item.indicator], [done.id, 5, green.org, 'learn_work']);
    for (const total of after.totals) {
        const parts = after.items.filter((one) => ['indicator', 'target_group', 'supplier_id', 'municipality'].every((key) => one[key] === total[key]));
        assert.deepEqual([parts.length, parts.reduce((all, { quantity }) => all + quantity, 0)], [total.claims, total.quantity]);
    }
    assert.deepEqual((await report('?municipality=GM0014')).items, []);
    must(await buyer.post('/goods-returns', { order_id: order.id, lines: units(order, { 0: 1 }), reason: 'Verkeerd geplant.' }));
    assert.equal(counted(await report()), counted(before));
});
