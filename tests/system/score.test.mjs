// score.test.mjs - quotes are judged by criteria: by two people, each without seeing the other's first, and computed again here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { withoutReader, pdfText } from '../lib/pdf.mjs';
import { refused, thing } from './people.mjs';
import { enterSealed, give, handIn, sealedNeed } from './seal-cast.mjs';

const criteria = [
    { code: 'prijs', description: 'De prijs van het geheel.', kind: 'award', weight_ppm: 333_333, scale: 7 },
    { code: 'plan', description: 'De kwaliteit van het plan.', kind: 'award', weight_ppm: 666_667 },
    { code: 'vca', description: 'Een geldig certificaat.', kind: 'minimum' },
];
const lines = [{ description: 'Onderhoud', unit: 'uur', quantity: 3, unit_price_cents: 5_000, vat: 'high' }];
const points = (prijs, plan) => [{ code: 'prijs', points: prijs }, { code: 'plan', points: plan }];
let house, buyer, green, blue, handler;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, handler } = await enterSealed(house));
});
after(() => house?.stop());

/** A need with criteria and two quotes, opened and admitted. */
async function admitted() {
    const need = await sealedNeed(buyer, { criteria });
    const quotes = [await handIn(green, need, { lines }), await handIn(blue, need, { lines })];
    await house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second', state = 'sealed_closed'
        WHERE id = '${need.id}'`);
    for (const each of need.openers) {
        must(await give(each));
    }
    for (const { id } of quotes) {
        must(await buyer.command('/quotes', await thing(buyer.get(`/quotes/${id}`)), 'admit'));
    }
    return { need, quotes };
}

const judge = async (client, { id }, given) =>
    thing(client.command('/scores', await thing(client.post('/scores', { quote_id: id, points: given })), 'lock'));
const proposal = ({ need, quotes: [winner, ...others] }) => ({ need_id: need.id, quote_id: winner.id,
    reasons: [winner, ...others].map(({ id }) => ({ quote_id: id, motivation: 'Goede prijs en een goed plan.' })) });

/** The published formula, once more. */
const totalOf = ({ criteria: parts }) => parts.reduce((sum, { weight_ppm, points: given, scale, assessors }) =>
    sum + Number(BigInt(weight_ppm) * BigInt(given) / BigInt(scale * assessors)), 0);

test('a quote that was opened can be kept out, with a reason; the minute of the opening stays', async () => {
    const { need, quotes: [, other] } = await admitted();
    const [seal] = (await thing(buyer.get(`/seals?needId=${need.id}`))).items;
    assert.equal((await thing(buyer.get(`/seals/${seal.id}`))).quotes, 2);
    const weighed = await thing(buyer.get(`/quotes/${other.id}`));
    refused(await blue.command('/quotes', weighed, 'exclude', { reason: 'Niet aan mij.' }), 404);
    const kept = await thing(buyer.command('/quotes', weighed, 'exclude', { reason: 'Het plan ontbreekt.' }));
    assert.equal(kept.state, 'excluded');
});

test('a judgement has every award criterion, within its scale', async () => {
    const { quotes: [quote] } = await admitted();
    const wrong = [
        [points(1, 2).slice(1), 'points'],
        [points(8, 2), 'points[0].points'],
        [points(1, 11), 'points[1].points'],
        [[...points(1, 2), { code: 'vca', points: 1 }], 'points[2].code'],
        [[points(1, 2)[0], points(3, 2)[0]], 'points[1].code'],
    ];
    for (const [given, path] of wrong) {
        const answer = await buyer.post('/scores', { quote_id: quote.id, points: given });
        refused(answer, 400);
        assert.deepEqual(answer.body.errors.map((one) => one.path), [path]);
    }
    refused(await green.post('/scores', { quote_id: quote.id, points: points(1, 2) }), 404);
    refused(await buyer.post('/scores', { quote_id: quote.id }), 400);
});

test('two people judge each quote blindly, and then the sums are there', { skip: withoutReader }, async () => {
    const scene = await admitted();
    const { need, quotes: [winner, loser] } = scene;
    refused(await buyer.post('/awards', proposal(scene)), 409, 'all_scored');
    const first = await thing(buyer.post('/scores', { quote_id: winner.id, points: points(1, 1), remark: 'Eerste indruk.' }));
    refused(await buyer.post('/scores', { quote_id: winner.id, points: points(5, 8) }), 409, 'scored_once');
    const changed = must(await buyer.put(`/scores/${first.id}`, { quote_id: winner.id, points: points(5, 8) }, first.version)).body;
    refused(await buyer.chief.put(`/scores/${first.id}`, { quote_id: winner.id, points: points(0, 0) }, changed.version), 409, 'own_score');
    refused(await buyer.chief.command('/scores', changed, 'lock'), 409, 'own_score');
    const locked = await thing(buyer.command('/scores', changed, 'lock'));
    refused(await buyer.put(`/scores/${first.id}`, { quote_id: winner.id, points: points(0, 0) }, locked.version), 409);
    const seen = async (client) => (await thing(client.get(`/scores/${first.id}`))).points;
    assert.equal(await seen(buyer.chief), undefined);
    const begun = await thing(buyer.chief.post('/scores', { quote_id: winner.id, points: points(6, 9) }));
    assert.equal(await seen(buyer.chief), undefined, 'a draft of one\'s own shows nothing');
    must(await buyer.chief.command('/scores', begun, 'lock'));
    assert.deepEqual(await seen(buyer.chief), points(5, 8));
    refused(await green.get(`/scores/${first.id}`), 404);
    await judge(buyer, loser, points(7, 3));
    const waiting = await thing(buyer.get(`/needs/${need.id}/scores`));
    assert.deepEqual([waiting.complete, waiting.unscored, waiting.items], [false, 1, undefined]);
    refused(await buyer.post('/awards', proposal(scene)), 409, 'all_scored');
    await judge(buyer.second, loser, points(6, 4));
    const scores = await thing(buyer.get(`/needs/${need.id}/scores`));
    assert.equal(scores.complete, true);
    assert.deepEqual(scores.items.map(({ quote_id }) => quote_id), [winner.id, loser.id]);
    for (const one of scores.items) {
        assert.equal(one.total_ppm, totalOf(one));
    }
    assert.deepEqual(scores.items.map(({ total_ppm }) => total_ppm), [261_904 + 566_666, 309_523 + 233_333]);
    refused(await green.get(`/needs/${need.id}/scores`), 404);
    assert.equal((await thing(buyer.get('/scores'))).items.length >= 4, true);
    const award = await thing(buyer.post('/awards', proposal(scene)));
    assert.deepEqual(award.ranking, scores.items);
    refused(await buyer.second.post('/scores', { quote_id: winner.id, points: points(0, 0) }), 409, 'quote_is_scored');
    must(await buyer.chief.command('/awards', award, 'decide'));
    const told = await thing(blue.get(`/awards/${award.id}`));
    assert.deepEqual([told.id, told.ranking, told.reasons], [award.id, undefined, undefined]);
    const letter = await pdfText(house, blue, `/quotes/${loser.id}/letter`);
    for (const words of ['Uw punten', 'De kwaliteit van het plan.', '6,5 van 7', '3,5 van 10', '66,7%']) {
        assert.ok(letter.includes(words), `${words}: ${letter}`);
    }
    assert.ok(!letter.includes('5,5 van 7') && !letter.includes('8,5 van 10'), 'points of the winner');
});

test('after a complaint that was upheld, quotes are judged afresh', async () => {
    const scene = await admitted();
    for (const quote of scene.quotes) {
        await judge(buyer, quote, points(5, 5));
        await judge(buyer.chief, quote, points(5, 5));
    }
    must(await buyer.chief.command('/awards', await thing(buyer.post('/awards', proposal(scene))), 'decide'));
    const complaint = await thing(blue.post('/complaints', { need_id: scene.need.id, grounds: 'Mijn punten zijn verkeerd geteld.' }));
    must(await handler.command('/complaints', complaint, 'decide', { verdict: 'reassess', decision: 'De punten zijn verkeerd geteld.' }));
    refused(await buyer.post('/awards', proposal(scene)), 409, 'all_scored');
    for (const quote of scene.quotes) {
        await judge(buyer, quote, points(1, 5));
        await judge(buyer.second, quote, points(1, 5));
    }
    must(await buyer.post('/awards', proposal(scene)));
});
