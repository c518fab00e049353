// award.test.mjs - quotes are judged, an award is proposed by one and decided by another, stands still, and is challenged.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { withoutReader, pdfText } from '../lib/pdf.mjs';
import { openNeed, submittedQuote } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';
import { enterSealed, give, handIn, sealedNeed } from './seal-cast.mjs';

let house, buyer, green, blue, red, handler;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, red, handler } = await enterSealed(house));
});
after(() => house?.stop());

const lines = (cents) => [{ description: 'Onderhoud', unit: 'uur', quantity: 3, unit_price_cents: cents, vat: 'high' }];
const why = 'Goede prijs en een goed plan.';
const fetched = (path, client = buyer) => thing(client.get(path));

/** A need with quotes of green and blue, opened; `admit` says which are admitted. */
async function opened(admit = true) {
    const need = await sealedNeed(buyer);
    const quotes = [await handIn(green, need, { lines: lines(5_000) }), await handIn(blue, need, { lines: lines(6_000) })];
    await house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second', state = 'sealed_closed'
        WHERE id = '${need.id}'`);
    for (const each of need.openers) {
        must(await give(each));
    }
    for (const { id } of admit ? quotes : []) {
        must(await buyer.command('/quotes', await fetched(`/quotes/${id}`), 'admit'));
    }
    return { need, quotes };
}

const proposal = ({ need, quotes: [winner, ...others] }) => ({
    need_id: need.id, quote_id: winner.id,
    reasons: [winner, ...others].map(({ id }) => ({ quote_id: id, motivation: why })),
});

const proposed = async (scene) => thing(buyer.post('/awards', proposal(scene)));
const decided = async (scene) => thing(buyer.chief.command('/awards', await proposed(scene), 'decide'));
const stateOf = async ({ id }, collection = 'needs') => (await fetched(`/${collection}/${id}`)).state;

/** The standstill is over: the owner of the tables moves its end, and the clock does the rest. */
async function over(award, need) {
    await house.psql(`UPDATE pipeline.award SET standstill_until = now () - interval '1 second' WHERE id = '${award.id}';
        UPDATE pipeline.timer SET due_at = now (), try_at = now () WHERE thing_id = '${award.id}'`);
    await until(async () => await stateOf(need) === 'awarded', 15_000, 'the standstill is over');
}

test('an award wants every quote judged, a reason for each, and two people', async () => {
    const scene = await opened(false);
    const { quotes: [winner, loser] } = scene;
    refused(await buyer.post('/awards', proposal(scene)), 409);
    must(await buyer.command('/quotes', await fetched(`/quotes/${winner.id}`), 'admit'));
    refused(await buyer.post('/awards', proposal(scene)), 409, 'all_judged');
    must(await buyer.command('/quotes', await fetched(`/quotes/${loser.id}`), 'admit'));
    const body = proposal(scene);
    refused(await buyer.post('/awards', { ...body, reasons: body.reasons.slice(0, 1) }), 409, 'reason_per_quote');
    const award = await thing(buyer.post('/awards', body));
    refused(await buyer.post('/awards', body), 409);
    refused(await buyer.command('/awards', award, 'decide'), 409, 'other_person_proposed');
    const still = await thing(buyer.chief.command('/awards', award, 'decide'));
    assert.equal(still.state, 'standstill');
    assert.equal(await stateOf(scene.need), 'standstill');
    assert.ok(Date.parse(still.standstill_until) > Date.now() + 6 * 86_400_000);
    assert.equal((await fetched(`/quotes/${winner.id}`, green)).state, 'preferred');
    assert.equal((await fetched(`/quotes/${loser.id}`, blue)).state, 'not_selected');
    refused(await buyer.post('/orders', { quote_id: winner.id }), 409, 'quote_is_selected');
    await over(still, scene.need);
    assert.equal((await fetched(`/quotes/${winner.id}`, green)).state, 'selected');
    must(await buyer.post('/orders', { quote_id: winner.id }));
    refused(await blue.post('/complaints', { need_id: scene.need.id, grounds: 'Te laat, maar toch oneerlijk.' }), 409, 'may_complain');
});

test('who did not agree sends it back', async () => {
    const scene = await opened();
    must(await buyer.chief.command('/awards', await proposed(scene), 'reject', { reason: 'De motivering is te mager.' }));
    assert.equal(await stateOf(scene.need), 'evaluating');
    assert.equal((await decided(scene)).state, 'standstill');
});

test('of two proposals at once, one', async () => {
    const scene = await opened();
    const answers = await Promise.all([buyer, buyer.second, buyer].map((each) => each.post('/awards', proposal(scene))));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
    const { body: award } = answers.find(({ status }) => status === 201);
    const decisions = await Promise.all([1, 2, 3].map(() => buyer.chief.command('/awards', award, 'decide')));
    assert.deepEqual(decisions.map(({ status }) => status).sort(), [200, 409, 409]);
});

test('a complaint suspends; dismissed, the standstill goes on for what was left of it', async () => {
    const scene = await opened();
    const award = await decided(scene);
    const grounds = 'De criteria zijn tijdens de beoordeling veranderd.';
    refused(await red.post('/complaints', { need_id: scene.need.id, grounds }), 409, 'may_complain');
    const complaint = await thing(blue.post('/complaints', { need_id: scene.need.id, grounds, remedy: 'Opnieuw beoordelen.' }));
    refused(await blue.post('/complaints', { need_id: scene.need.id, grounds }), 409, 'complained_once');
    assert.equal(await stateOf(scene.need), 'suspended');
    assert.equal(await stateOf(award, 'awards'), 'suspended');
    const decision = { verdict: 'dismissed', decision: 'De criteria zijn gelijk gebleven; zie het verslag.' };
    refused(await buyer.chief.command('/complaints', complaint, 'decide', decision), 404);
    refused(await green.get(`/complaints/${complaint.id}`), 404);
    // What the handler's decision moves is not the handler's to read.
    refused(await handler.get(`/quotes/${scene.quotes[0].id}`), 404);
    const asked = await thing(handler.command('/complaints', complaint, 'enquire', { reason: 'Welk criterium bedoelt u?' }));
    assert.deepEqual([asked.state, asked.question], ['questioned', 'Welk criterium bedoelt u?']);
    refused(await handler.command('/complaints', asked, 'answer', { reason: 'Het tweede.' }), 404);
    const answered = await thing(blue.command('/complaints', asked, 'answer', { reason: 'Het tweede, over het plan.' }));
    assert.deepEqual([answered.state, (await fetched(`/complaints/${complaint.id}`, handler)).answer], ['lodged', 'Het tweede, over het plan.']);
    must(await handler.command('/complaints', answered, 'decide', decision));
    assert.equal(await stateOf(scene.need), 'standstill');
    const now = await fetched(`/awards/${award.id}`);
    assert.ok(Date.parse(now.standstill_until) > Date.parse(award.standstill_until));
    assert.equal((await fetched(`/complaints/${complaint.id}`, blue)).verdict, 'dismissed');
    await over(now, scene.need);
});

test('upheld, the quotes are weighed again, or the need is cancelled', async () => {
    const scene = await opened();
    const award = await decided(scene);
    const complain = () => thing(blue.post('/complaints', { need_id: scene.need.id, grounds: 'Mijn offerte is verkeerd gelezen.' }));
    must(await handler.command('/complaints', await complain(), 'decide',
        { verdict: 'reassess', decision: 'Regel twee is inderdaad verkeerd gelezen.' }));
    assert.equal(await stateOf(award, 'awards'), 'void');
    assert.equal(await stateOf(scene.need), 'evaluating');
    for (const quote of scene.quotes) {
        assert.equal(await stateOf(quote, 'quotes'), 'admitted');
    }
    await decided({ ...scene, quotes: [...scene.quotes].reverse() });
    const mine = await thing(green.post('/complaints', { need_id: scene.need.id, grounds: 'Nu is de mijne verkeerd gelezen.' }));
    must(await handler.command('/complaints', mine, 'decide',
        { verdict: 'cancel', decision: 'Deze procedure is niet meer te herstellen.' }));
    assert.equal(await stateOf(scene.need), 'cancelled');
});

test('taken back, the standstill goes on; two complaints hold it until both are gone', async () => {
    const scene = await opened();
    await decided(scene);
    const grounds = 'Wij begrijpen de motivering niet.';
    const first = await thing(blue.post('/complaints', { need_id: scene.need.id, grounds }));
    const second = await thing(green.post('/complaints', { need_id: scene.need.id, grounds }));
    must(await blue.command('/complaints', first, 'withdraw'));
    assert.equal(await stateOf(scene.need), 'suspended');
    must(await green.command('/complaints', second, 'withdraw'));
    assert.equal(await stateOf(scene.need), 'standstill');
});

test('cancelled by an approver, an award is void', async () => {
    const scene = await opened();
    const award = await decided(scene);
    must(await buyer.chief.command('/needs', await fetched(`/needs/${scene.need.id}`), 'cancel', { cause: 'budget', reason: 'Geen geld.' }));
    assert.equal(await stateOf(award, 'awards'), 'void');
    assert.equal(await stateOf(scene.quotes[0], 'quotes'), 'not_selected');
});

test('each supplier gets a letter in Dutch about its own quote, and nobody else does', { skip: withoutReader }, async () => {
    const scene = await opened();
    const { quotes: [won, lost] } = scene;
    refused(await green.get(`/quotes/${won.id}/letter`), 404);
    const [merits, own] = ['Het plan van deze offerte is het meest uitgewerkt.', 'Uw plan noemt geen vervanging bij ziekte.'];
    const award = await thing(buyer.post('/awards', { ...proposal(scene),
        reasons: [{ quote_id: won.id, motivation: merits }, { quote_id: lost.id, motivation: own }] }));
    refused(await blue.get(`/quotes/${lost.id}/letter`), 404);
    must(await buyer.chief.command('/awards', award, 'decide'));
    must(await green.get(`/quotes/${won.id}/letter`));
    const chosen = await pdfText(house, green, `/quotes/${won.id}/letter`);
    for (const words of ['Uw offerte is gekozen', merits, 'Begin nog niet met het werk', 'fictief voorbeeld']) {
        assert.ok(chosen.includes(words), `${words}: ${chosen}`);
    }
    assert.ok(!chosen.includes(own), 'the winner reads nothing of who lost');
    const rejected = await pdfText(house, blue, `/quotes/${lost.id}/letter`);
    for (const words of ['Uw offerte is niet gekozen', own, merits, 'een klacht indienen']) {
        assert.ok(rejected.includes(words), `${words}: ${rejected}`);
    }
    for (const secret of ['green', '5.000', '50,00', '150,00']) {
        assert.ok(!rejected.includes(secret), `${secret} is the winner's`);
    }
    refused(await blue.get(`/quotes/${won.id}/letter`), 404);
    refused(await buyer.get(`/quotes/${won.id}/letter`), 404);
});

test('on a short route too', { skip: withoutReader }, async () => {
    const need = await openNeed(buyer);
    const [won, lost] = [await submittedQuote(green, need), await submittedQuote(blue, need)];
    refused(await blue.get(`/quotes/${lost.id}/letter`), 404);
    must(await buyer.chief.command('/needs', need, 'award', { quote_id: won.id, motivation: 'Het snelst ter plaatse.' }));
    const rejected = await pdfText(house, blue, `/quotes/${lost.id}/letter`);
    assert.ok(rejected.includes('Het snelst ter plaatse.') && rejected.includes('Uw offerte is niet gekozen'), rejected);
    assert.match(await pdfText(house, green, `/quotes/${won.id}/letter`), /Uw offerte is gekozen/);
});
