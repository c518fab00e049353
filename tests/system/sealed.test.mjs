// sealed.test.mjs - sealed quotes: who can open them, when and how; and that they open as they were handed in.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { needText } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';
import { enterSealed, escrowCode, give, handIn, opener, readyNeed, sealedNeed } from './seal-cast.mjs';

let house, buyer, green, blue, red, handler;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, red, handler } = await enterSealed(house));
    must(await buyer.post('/mandates', { account_id: buyer.second.account, max_cents: 1_000_000, valid_from: '2020-01-01' }));
});
after(() => house?.stop());

const line = (unit_price_cents, quantity = 3) =>
    ({ description: 'Onderhoud', unit: 'uur', quantity, unit_price_cents, vat: 'high' });

/** The deadline is past: the owner of the tables moves it, as no test waits for it. */
const close = (need) => house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second',
    state = 'sealed_closed' WHERE id = '${need.id}'`);

const priced = ['lines', 'total_cents', 'message', 'valid_until', 'salt'];

test('two people with a code each, a handler with escrow, and then a need comes on the market', async () => {
    const need = await readyNeed(buyer);
    refused(await buyer.command('/needs', need, 'publish'), 409, 'seal_closed');
    const first = await thing(buyer.post('/openers', { need_id: need.id }));
    assert.match(first.code, /^([2-9A-HJKMNP-Z]{5}-){5}[2-9A-HJKMNP-Z]{5}$/);
    assert.equal((await thing(buyer.get(`/openers/${first.id}`))).code, undefined);
    refused(await buyer.post('/openers', { need_id: need.id }), 409, 'opener_once');
    const renewed = await thing(buyer.command('/openers', first, 'renew'));
    refused(await buyer.command('/openers', renewed, 'confirm', { code: first.code }), 409, 'code_right');
    refused(await buyer.chief.command('/openers', renewed, 'confirm', { code: renewed.code }), 409, 'may_confirm_code');
    const slip = renewed.code.slice(0, -1) + (renewed.code.endsWith('2') ? '3' : '2');
    const mistyped = await buyer.command('/openers', renewed, 'confirm', { code: slip });
    refused(mistyped, 400);
    assert.match(mistyped.body.errors[0].reason, /group 6/);
    const typed = renewed.code.toLowerCase().replaceAll('-', ' ');
    must(await buyer.command('/openers', renewed, 'confirm', { code: typed }));
    refused(await buyer.command('/needs', need, 'publish'), 409, 'seal_closed');
    const second = await opener(buyer.chief, need);
    assert.equal(second.state, 'confirmed');
    refused(await buyer.second.post('/openers', { need_id: need.id }), 409, 'may_take_code');
    const open = await thing(buyer.command('/needs', need, 'publish'));
    const [seal] = (await thing(green.get(`/seals?needId=${open.id}`))).items;
    assert.equal(seal.state, 'closed');
});

test('a code is kept nowhere, also not for whoever asks again', async () => {
    const need = await readyNeed(buyer);
    const key = randomUUID();
    const { code } = await thing(buyer.post('/openers', { need_id: need.id }, { key }));
    const again = await thing(buyer.post('/openers', { need_id: need.id }, { key }));
    assert.equal(again.code, undefined);
    assert.ok(code);
});

for (const order of [[0, 1], [1, 0]]) {
    test(`what was handed in is what is opened, opener ${order[0] + 1} first`, async () => {
        const need = await sealedNeed(buyer);
        const salt = randomBytes(32).toString('hex');
        const written = { lines: [line(123_457), line(99_991, 7)], message: 'Met liefde.', valid_until: '2030-01-31', salt };
        const quote = await handIn(green, need, written);
        for (const field of priced) {
            assert.equal(quote[field], undefined, field);
        }
        assert.equal(quote.sealed, true);
        const other = await handIn(blue, need, { lines: [line(88_883)] });
        const revised = await thing(blue.command('/quotes', other, 'revise', { need_id: need.id, lines: [line(77_773)] }));
        assert.equal(revised.revision, 2);
        assert.notEqual(revised.content_hash, other.content_hash);
        const taken = await handIn(red, need, { lines: [line(55_555)] });
        must(await red.command('/quotes', taken, 'withdraw'));
        assert.deepEqual((await thing(buyer.get(`/quotes?needId=${need.id}`))).items, []);
        refused(await buyer.get(`/quotes/${quote.id}`), 404);

        refused(await buyer.post('/agreements', { quote_id: quote.id, kind: 'single' }), 409, 'quote_is_awarded');
        for (const orders of [buyer, buyer.second]) { // with a mandate and without
            refused(await orders.post('/orders', { quote_id: quote.id }), 409, 'quote_is_selected');
        }

        const [first, second] = order.map((at) => need.openers[at]);
        refused(await give(first), 409, 'may_open');
        await close(need);
        refused(await green.command('/quotes', quote, 'withdraw'), 409, 'before_deadline');
        const elsewhere = await sealedNeed(buyer);
        refused(await give(first, elsewhere.openers[order[0]].code), 409, 'code_right');
        refused(await give(first, second.code), 409, 'code_right');
        refused(await give({ ...second, client: first.client }), 409, 'may_open');
        refused(await first.client.command('/openers', first, 'give'), 409, 'code_needed');
        const given = await thing(give(first));
        refused(await first.client.command('/openers', given, 'give', { code: first.code }), 409, 'out_of_state');
        assert.deepEqual((await thing(buyer.get(`/quotes?needId=${need.id}`))).items, []);
        must(await give(second));

        const { items } = await thing(buyer.get(`/quotes?needId=${need.id}`));
        assert.equal(items.length, 2);
        const opened = items.find(({ id }) => id === quote.id);
        assert.deepEqual(opened.lines, written.lines);
        assert.equal(opened.total_cents, 3 * 123_457 + 7 * 99_991);
        assert.equal(opened.message, written.message);
        assert.equal(opened.salt, salt);
        assert.equal(opened.state, 'opened');
        assert.equal(opened.content_hash, quote.content_hash);
        assert.equal(items.find(({ id }) => id === revised.id).total_cents, 3 * 77_773);
        assert.equal((await thing(buyer.get(`/needs/${need.id}`))).state, 'evaluating');
        const [minute] = (await thing(buyer.get(`/seals?needId=${need.id}`))).items;
        assert.equal(minute.state, 'opened');
        assert.equal(minute.quotes, 2);
        assert.deepEqual(minute.opened_by, [first.client.account, second.client.account]);
    });
}

test('a forgotten code does not lose a tender: the handler releases the escrow, and two people open', async () => {
    const need = await sealedNeed(buyer);
    const quote = await handIn(green, need, { lines: [line(4_242)] });
    await close(need);
    const [seal] = (await thing(handler.get('/seals'))).items.filter(({ need_id }) => need_id === need.id);
    const reason = 'Opener A is zijn code kwijt.';
    refused(await buyer.command('/seals', seal, 'release', { code: handler.code, reason }), 404);
    refused(await handler.command('/seals', seal, 'release', { code: need.openers[0].code, reason }), 409, 'code_right');
    must(await handler.command('/seals', seal, 'release', { code: handler.code, reason }));
    must(await give({ ...need.openers[0], code: undefined }));
    refused(await buyer.get(`/quotes/${quote.id}`), 404);
    must(await give({ ...need.openers[1], code: undefined }));
    assert.equal((await thing(buyer.get(`/quotes/${quote.id}`))).total_cents, 3 * 4_242);
});

test('an opener who left is replaced once the escrow is released', async () => {
    const need = await sealedNeed(buyer);
    const quote = await handIn(green, need, { lines: [line(4_243)] });
    await close(need);
    refused(await buyer.second.post('/openers', { need_id: need.id }), 409, 'may_take_code');
    const [seal] = (await thing(handler.get(`/seals?needId=${need.id}`))).items;
    must(await handler.command('/seals', seal, 'release', { code: handler.code, reason: 'Opener B werkt hier niet meer.' }));
    const third = await opener(buyer.second, need);
    must(await give(need.openers[0]));
    must(await give(third));
    assert.equal((await thing(buyer.get(`/quotes/${quote.id}`))).total_cents, 3 * 4_243);
});

test('cancelled before the opening, what was sealed is destroyed unread', async () => {
    const need = await sealedNeed(buyer);
    const quote = await handIn(green, need, { lines: [line(31_337)] });
    const now = await thing(buyer.get(`/needs/${need.id}`));
    must(await buyer.chief.command('/needs', now, 'cancel', { cause: 'budget', reason: 'Het geld is op.' }));
    assert.equal((await thing(green.get(`/quotes/${quote.id}`))).state, 'destroyed');
    assert.equal(await house.psql(`SELECT count (*) FROM pipeline.sealed_quote WHERE need_id = '${need.id}'`), '0');
    assert.equal(await house.psql(`SELECT num_nonnulls (platform_part, platform_escrow, escrow_part) FROM pipeline.seal
        WHERE need_id = '${need.id}'`), '0');
});

test('a salt that could not be kept is refused when a quote is handed in, not at the opening', async () => {
    for (const need of [await sealedNeed(buyer), await thing(buyer.command('/needs', await thing(buyer.post('/needs', needText())), 'publish'))]) {
        for (const salt of ['x'.repeat(64), 'A'.repeat(64), 'é'.repeat(64)]) {
            const answer = await green.post('/quotes', { need_id: need.id, lines: [line(55_555)], salt });
            refused(answer, 400);
            assert.equal(answer.body.errors[0].path, 'salt');
        }
    }
});

test('a box that somebody touched does not keep the others closed', async () => {
    const need = await sealedNeed(buyer);
    const [spoiled, moved, whole] = [await handIn(green, need, { lines: [line(11)] }),
        await handIn(blue, need, { lines: [line(12)] }), await handIn(red, need, { lines: [line(13)] })];
    await house.psql(`UPDATE pipeline.sealed_quote SET box = overlay (box PLACING 'ffff' FROM 200) WHERE quote_id = '${spoiled.id}'`);
    await house.psql(`UPDATE pipeline.sealed_quote SET box = (SELECT box FROM pipeline.sealed_quote
        WHERE quote_id = '${whole.id}') WHERE quote_id = '${moved.id}'`);
    await close(need);
    must(await give(need.openers[0]));
    must(await give(need.openers[1]));
    const { items } = await thing(buyer.get(`/quotes?needId=${need.id}`));
    const stateOf = (quote) => items.find(({ id }) => id === quote.id).state;
    assert.deepEqual([spoiled, moved, whole].map(stateOf), ['excluded', 'excluded', 'opened']);
});

test('a handler is another one, and has one key in use', async () => {
    refused(await buyer.post('/appointments', { handler_id: buyer.org }), 404);
    refused(await buyer.post('/appointments', { handler_id: green.org }), 409);
    refused(await buyer.post('/appointments', { handler_id: handler.org }), 409, 'appointed_once');
    const { items: [old] } = await thing(handler.get('/escrows'));
    const taken = await thing(handler.post('/escrows', {}));
    refused(await handler.command('/escrows', taken, 'confirm', { code: taken.code }), 409, 'escrow_once');
    must(await handler.command('/escrows', old, 'retire'));
    must(await handler.command('/escrows', taken, 'confirm', { code: taken.code }));
    const need = await sealedNeed(buyer);
    assert.ok(need.openers);
    must(await handler.command('/escrows', await thing(handler.get(`/escrows/${taken.id}`)), 'retire'));
    refused(await buyer.post('/openers', { need_id: (await readyNeed(buyer)).id }), 409, 'may_take_code');
    handler.code = await escrowCode(handler);
});

test('an appointment is the buyer\'s to end', async () => {
    const { items: [{ id }] } = await thing(buyer.get('/appointments'));
    const appointment = await thing(handler.get(`/appointments/${id}`));
    refused(await handler.command('/appointments', appointment, 'end'), 409, 'not_yours_to_do');
    assert.equal((await thing(buyer.command('/appointments', appointment, 'end'))).state, 'ended');
    must(await buyer.post('/appointments', { handler_id: handler.org }));
});
