// negotiation.test.mjs - rounds about a quote where the route allows them: what each side proposed stays readable to both and to nobody
// else, one answer wins, silence ends it, and the award takes what was agreed last.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, lines, needText, openNeed, submittedQuote } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, desk, buyer, green, blue, stranger;

before(async () => {
    house = await openHouse();
    ({ desk, buyer, green, blue, stranger } = await enter(house));
});
after(() => house?.stop());

const soon = (ms = 3_600_000) => new Date(Date.now() + ms).toISOString();
const priced = (cents) => [{ ...lines[0], unit_price_cents: cents }];
const proposal = (cents, changes = {}) => ({ lines: priced(cents), reason: 'Past bij ons budget.', answer_by: soon(), ...changes });
const now = (quote, client = buyer) => thing(client.get(`/quotes/${quote.id}`));
const counter = async (client, quote, cents, changes) =>
    client.command('/quotes', await now(quote, client), 'counter', proposal(cents, changes));
const act = async (client, quote, command) => client.command('/quotes', await now(quote, client), command);

test('rounds: what stood, what each side proposed and what became of it; the quote is what was agreed last', async () => {
    const need = await openNeed(buyer);
    const quote = await submittedQuote(green, need, priced(1_600));
    const other = await submittedQuote(blue, need, priced(1_700));
    assert.ok((await now(quote)).commands.includes('counter'));
    let asked = await thing(counter(buyer, quote, 1_400, { message: 'Betaling binnen 14 dagen.' }));
    assert.deepEqual([asked.state, asked.revision, asked.total_cents, asked.rounds], ['negotiating', 1, 16_000, 1]);
    refused(await act(buyer, quote, 'accept'), 409, 'out_of_state');
    refused(await counter(buyer, quote, 1_300), 409, 'out_of_state');
    asked = await thing(counter(green, quote, 1_550));
    assert.deepEqual([asked.state, asked.total_cents], ['counter', 16_000]);
    asked = await thing(counter(buyer, quote, 1_500));
    const agreed = await thing(act(green, quote, 'accept'));
    assert.deepEqual([agreed.state, agreed.revision, agreed.total_cents, agreed.rounds], ['submitted', 4, 15_000, 3]);
    const { items } = await thing(buyer.get(`/quotes/${quote.id}/rounds`));
    assert.deepEqual(items.map((one) => [one.revision, one.proposed_by, one.total_cents, one.result]),
        [[1, green.org, 16_000, 'stood'], [2, buyer.org, 14_000, 'countered'], [3, green.org, 15_500, 'countered'], [4, buyer.org, 15_000, 'agreed']]);
    assert.equal(items[1].message, 'Betaling binnen 14 dagen.');
    assert.equal(agreed.content_hash, items[3].content_hash);
    assert.deepEqual(await thing(green.get(`/quotes/${quote.id}/rounds`)), { id: quote.id, supplier_id: green.org, buyer_id: buyer.org, items });
    for (const client of [blue, stranger, desk, house.nobody()]) {
        assert.ok([401, 404].includes((await client.get(`/quotes/${quote.id}/rounds`)).status));
    }
    // Another one is not in the way, and a number never means two things.
    await thing(counter(buyer, quote, 1_000));
    must(await act(buyer, quote, 'end'));
    const again = await thing(green.command('/quotes', await now(quote, green), 'revise', { need_id: need.id, lines: priced(1_490) }));
    assert.deepEqual([again.revision, again.total_cents], [6, 14_900]);
    await thing(counter(buyer, other, 1_450));
    const choice = (quote_id) => ({ quote_id, motivation: 'De beste prijs na de onderhandeling.' });
    const fresh = await thing(buyer.get(`/needs/${need.id}`));
    refused(await buyer.chief.command('/needs', fresh, 'award', choice(other.id)), 409, 'negotiation_over');
    must(await buyer.chief.command('/needs', fresh, 'award', choice(quote.id)));
    assert.deepEqual([(await now(quote)).state, (await now(other)).state], ['selected', 'not_selected']);
    assert.equal((await thing(blue.get(`/quotes/${other.id}/rounds`))).items.at(-1).result, 'ended');
    const order = await thing(buyer.post('/orders', { quote_id: quote.id }));
    assert.equal(order.total_cents, 14_900);
    refused(await counter(buyer, quote, 1_000), 409, 'out_of_state');
});

test('D15: accepting and countering at once, one of them wins; what is proposed fits what is asked', async () => {
    const need = await openNeed(buyer, { spec_lines: [{ description: 'Snoeien', unit: 'uur', quantity: 10 }] });
    const quote = await submittedQuote(green, need, [{ ...lines[0], spec_line: 1 }]);
    const asked = (changes) => proposal(1, { lines: [{ ...lines[0], spec_line: 1, ...changes }] });
    refused(await buyer.command('/quotes', quote, 'counter', { ...asked({ quantity: 9 }) }), 400);
    refused(await buyer.command('/quotes', quote, 'counter', { ...asked({}), answer_by: soon(-1_000) }), 400);
    refused(await buyer.command('/quotes', quote, 'counter', { ...asked({}), reason: undefined }), 400);
    await thing(buyer.command('/quotes', quote, 'counter', asked({ unit_price_cents: 1_200 })));
    const before = await now(quote, green);
    const answers = await Promise.all([green.command('/quotes', before, 'accept'), green.command('/quotes', before, 'accept'),
        green.command('/quotes', before, 'counter', asked({ unit_price_cents: 1_250 }))]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
});

test('nothing is negotiated about a sealed quote, nor after a choice, nor by who is no side', async () => {
    const open = await openNeed(buyer);
    const quote = await submittedQuote(green, open);
    for (const client of [blue, stranger, stranger]) {
        refused(await client.command('/quotes', quote, 'counter', proposal(1)), 404);
    }
    // The rows of an invited route, as the opening leaves them.
    const sealed = await submittedQuote(green, await openNeed(buyer));
    await house.psql(`UPDATE pipeline.need SET route = 'invited', state = 'evaluating' WHERE id = '${sealed.need_id}';
        UPDATE pipeline.quote SET sealed = true, opened_at = now (), state = 'admitted' WHERE id = '${sealed.id}'`);
    refused(await counter(buyer, sealed, 1), 409, 'route_negotiates');
    await assert.rejects(house.psql(`UPDATE pipeline.quote SET state = 'negotiating' WHERE id = '${sealed.id}'`), /route_negotiates/);
    await house.psql(`UPDATE pipeline.need SET state = 'award_proposed' WHERE id = '${open.id}'`);
    refused(await counter(buyer, quote, 1), 409, 'still_choosing');
});

test('a proposal that nobody answers lapses by the clock, once, and both hear of it', async () => {
    const quote = await submittedQuote(green, await openNeed(buyer));
    await thing(counter(buyer, quote, 900, { answer_by: soon(1_500) }));
    await until(async () => (await now(quote)).state === 'submitted', 15_000, 'it lapsed');
    const { items } = await thing(green.get(`/quotes/${quote.id}/rounds`));
    assert.deepEqual(items.map(({ result }) => result), ['stood', 'lapsed']);
    assert.equal((await now(quote)).answer_by, undefined);
    for (const client of [buyer, green]) {
        await until(async () => (await thing(client.get('/notices?limit=100'))).items.some(({ event }) => event === 'quote_unanswered'), 10_000, 'told');
    }
    assert.equal(await house.psql(`SELECT count (*) FROM stream.log WHERE type LIKE '%.quote_unanswered.%' AND subject = 'quote/${quote.id}'`), '1');
});
