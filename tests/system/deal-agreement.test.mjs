// deal-agreement.test.mjs - agreements after an award: signing, calling off at the agreed prices, changes
// within the cap; and orders above a buyer's limit, which a second person looks at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { awardedQuote, enter, inForce, lines } from './deal-cast.mjs';
import { colleague, refused, thing } from './people.mjs';

let house, buyer, green, blue, stranger;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, stranger } = await enter(house));
});
after(() => house?.stop());

const get = (client, path) => thing(client.get(path));
const callOff = (agreement, quantities, client = buyer) => client.post('/call-offs', { agreement_id: agreement.id,
    lines: Object.entries(quantities).map(([no, quantity]) => ({ agreement_line_id: agreement.lines[no].id, quantity })) });

test('an agreement is in force when both have signed, each once', async () => {
    const quote = await awardedQuote(buyer, green);
    const draft = await thing(buyer.post('/agreements', { quote_id: quote.id, kind: 'single' }));
    refused(await buyer.post('/agreements', { quote_id: quote.id, kind: 'single' }), 409, 'agreed_once');
    refused(await buyer.post('/orders', { quote_id: quote.id }), 409, 'no_agreement');
    refused(await stranger.get(`/agreements/${draft.id}`), 404);
    assert.equal(draft.total_cents, 15_068);
    assert.equal(draft.cap_cents, 1506);
    refused(await callOff(draft, { 0: 1 }), 409, 'agreement_in_force');
    const one = await thing(green.command('/agreements', draft, 'sign'));
    assert.equal(one.state, 'signed_by_one');
    refused(await green.command('/agreements', one, 'sign'), 409, 'not_signed_yet');
    const both = await thing(buyer.chief.command('/agreements', one, 'sign'));
    assert.equal(both.state, 'in_force');
    assert.equal((await get(green, `/agreements?needId=${both.need_id}`)).items.length, 1);
    const ended = await thing(green.command('/agreements', both, 'terminate', { reason: 'Bedrijf stopt.' }));
    assert.equal(ended.end_reason, 'Bedrijf stopt.');
    refused(await callOff(ended, { 0: 1 }), 409, 'agreement_in_force');
});

test('a standstill keeps an agreement out of force', async () => {
    const quote = await awardedQuote(buyer, green);
    const draft = await thing(buyer.post('/agreements', { quote_id: quote.id, kind: 'framework' }));
    const one = await thing(green.command('/agreements', draft, 'sign'));
    for (const state of ['standstill', 'suspended']) {
        await house.psql(`UPDATE pipeline.need SET state = '${state}' WHERE id = '${draft.need_id}'`);
        refused(await buyer.chief.command('/agreements', one, 'sign'), 409, 'need_is_awarded');
    }
    await house.psql(`UPDATE pipeline.need SET state = 'awarded' WHERE id = '${draft.need_id}'`);
    must(await buyer.chief.command('/agreements', one, 'sign'));
});

test('one assignment in several orders comes to the same cent, and never to a new price', async () => {
    const agreement = await inForce(buyer, green, 'single');
    const orders = [];
    for (const part of [{ 0: 3, 1: 7 }, { 0: 3 }, { 0: 4, 2: 2 }, { 2: 1 }]) {
        refused(await buyer.command('/agreements', await get(buyer, `/agreements/${agreement.id}`), 'complete'), 409,
            'all_called_off');
        orders.push(await thing(callOff(agreement, part)));
    }
    refused(await callOff(agreement, { 0: 1 }), 409, 'within_framework');
    const sum = orders.reduce((total, order) => total + order.total_cents, 0);
    assert.equal(sum, agreement.total_cents);
    for (const line of orders.flatMap((order) => order.lines)) {
        const asked = lines.find(({ description }) => description === line.description);
        assert.deepEqual([line.unit_price_cents, line.vat], [asked.unit_price_cents, asked.vat]);
    }
    // Refused, cancelled and not-coming units go back, and can be called off again.
    const left = async () => (await get(buyer, `/agreements/${agreement.id}`)).lines.map((line) => line.agreed - line.called_off);
    must(await green.command('/orders', orders[0], 'refuse', { reason: 'Te druk.' }));
    assert.deepEqual(await left(), [3, 7, 0]);
    must(await buyer.command('/orders', orders[1], 'cancel', { reason: 'Toch niet.' }));
    assert.deepEqual(await left(), [6, 7, 0]);
    const confirmed = await thing(green.command('/orders', orders[2], 'confirm'));
    const asked = await thing(buyer.post('/cancellations', { order_id: confirmed.id, reason: 'Minder nodig.',
        lines: [{ order_line_id: confirmed.lines[0].id, quantity: 2 }] }));
    must(await green.command('/cancellations', asked, 'agree'));
    assert.deepEqual(await left(), [8, 7, 0]);
    must(await buyer.command('/orders', await get(buyer, `/orders/${confirmed.id}`), 'cancel', { reason: 'Helemaal niet.' }));
    assert.deepEqual(await left(), [10, 7, 2]);
    must(await callOff(agreement, { 0: 10, 1: 7, 2: 2 }));
    must(await buyer.command('/agreements', await get(buyer, `/agreements/${agreement.id}`), 'complete'));
    refused(await callOff(await inForce(buyer, blue), { 0: 1 }, stranger), 404);
});

test('changes have a ground, both sides, and a cap', async () => {
    const agreement = await inForce(buyer, green);
    const propose = (client, quantities) => client.post('/change-orders', { agreement_id: agreement.id, cause: 'unforeseen',
        reason: 'De storm van oktober.', lines: Object.entries(quantities)
            .map(([no, quantity]) => ({ agreement_line_id: agreement.lines[no].id, quantity })) });
    const one = await thing(propose(buyer, { 0: 1 }));
    assert.equal(one.delta_cents, 1333);
    refused(await buyer.command('/change-orders', one, 'accept'), 409, 'other_side_proposed');
    const accepted = await thing(green.command('/change-orders', one, 'accept'));
    must(await buyer.chief.command('/change-orders', accepted, 'apply'));
    const changed = await get(green, `/agreements/${agreement.id}`);
    assert.deepEqual([changed.lines[0].agreed, changed.changed_cents], [11, 1333]);
    // Ten per cent is 1506: less counts as much as more.
    const back = await thing(propose(green, { 0: -1 }));
    const agreed = await thing(buyer.command('/change-orders', back, 'accept'));
    refused(await buyer.chief.command('/change-orders', agreed, 'apply'), 409, 'within_change_cap');
    must(await buyer.chief.command('/change-orders', agreed, 'decline'));
    const few = await thing(propose(buyer, { 2: 1 }));
    must(await green.command('/change-orders', few, 'decline'));
    assert.equal((await get(green, `/change-orders?agreementId=${agreement.id}`)).items.length, 3);
    assert.equal((await get(green, `/change-orders/${few.id}`)).state, 'declined');
    refused(await green.post('/change-orders', { agreement_id: agreement.id, cause: 'zomaar', reason: 'Zomaar.', lines: [] }), 400);
});

test('above a mandate a second person decides, also when orders are split', async () => {
    const joost = await colleague(house, buyer, 'joost', 'BUYER');
    const agreement = await inForce(buyer, blue);
    // Who has no mandate orders what was awarded; who has one is held to it, over all that the buyer ordered there.
    assert.equal((await thing(callOff(agreement, { 0: 1 }, joost))).state, 'placed');
    const before = Number(await house.psql(`SELECT coalesce (sum ((l.ordered - l.cancelled) * l.unit_price_cents), 0)
        FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id
        WHERE o.supplier_id = '${blue.org}' AND o.state IN ('placed', 'confirmed')`));
    must(await buyer.post('/mandates', { account_id: joost.account, max_cents: before + 3 * 1333, valid_from: '2020-01-01' }));
    const small = await thing(callOff(agreement, { 0: 2 }, joost));
    assert.equal(small.state, 'placed');
    const large = await thing(callOff(agreement, { 0: 2 }, joost));
    assert.equal(large.state, 'awaiting');
    refused(await blue.get(`/orders/${large.id}`), 404);
    refused(await blue.command('/orders', large, 'confirm'), 404);
    refused(await joost.command('/orders', large, 'authorise'), 404);
    const weak = await colleague(house, buyer, 'zonder-mandaat', 'APPROVER');
    refused(await weak.command('/orders', large, 'authorise'), 409, 'order_within_mandate');
    // Who decides is held to what was ordered there too, this included.
    const some = await colleague(house, buyer, 'met-klein-mandaat', 'APPROVER');
    must(await buyer.post('/mandates', { account_id: some.account, max_cents: before + 4 * 1333 - 1, valid_from: '2020-01-01' }));
    refused(await some.command('/orders', large, 'authorise'), 409, 'order_within_mandate');
    const sent = await thing(buyer.chief.command('/orders', large, 'authorise'));
    assert.equal(sent.state, 'placed');
    must(await blue.command('/orders', sent, 'confirm'));
    const dropped = await thing(callOff(agreement, { 0: 1 }, joost));
    must(await buyer.chief.command('/orders', dropped, 'cancel', { reason: 'Niet nodig.' }));
    refused(await blue.get(`/orders/${dropped.id}`), 404);
    const quote = await awardedQuote(buyer, blue);
    assert.equal((await thing(joost.post('/orders', { quote_id: quote.id }))).state, 'awaiting');
});

test('who placed an order does not approve it', async () => {
    const both = await colleague(house, buyer, 'beide', 'BUYER', 'APPROVER');
    must(await buyer.post('/mandates', { account_id: both.account, max_cents: 1, valid_from: '2020-01-01' }));
    const order = await thing(callOff(await inForce(buyer, green), { 0: 1 }, both));
    refused(await both.command('/orders', order, 'authorise'), 409, 'other_person_placed');
});
