// completeness.test.mjs - a quote has every line that the need asks for, or says how it deviates.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { openNeed } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';
import { enterSealed, handIn, sealedNeed } from './seal-cast.mjs';

const asked = [
    { description: 'Snoeien', quantity: 10, unit: 'uur', must: ['VCA'] },
    { description: 'Bladblazen', quantity: 5, unit: 'uur' },
    { description: 'Bloembollen', quantity: 100, unit: 'stuk', wish: ['Biologisch'] },
];
const line = (spec_line, changes = {}) => ({ description: asked[spec_line - 1].description, unit: asked[spec_line - 1].unit,
    quantity: asked[spec_line - 1].quantity, unit_price_cents: 1_000, vat: 'high', spec_line, ...changes });
const whole = [line(1), line(2)];
const incomplete = [
    [[line(1)], 'lines'],
    [[line(1), line(2, { spec_line: undefined })], 'lines'],
    [[line(1), line(2, { quantity: 4 })], 'lines[1].quantity'],
    [[line(1), line(2), line(2)], 'lines[1].quantity'],
    [[line(1), line(2, { unit: 'dag' })], 'lines[1].unit'],
    [[...whole, line(3, { quantity: 99 })], 'lines[2].quantity'],
    [[...whole, line(1, { spec_line: 4 })], 'lines[2].spec_line'],
];
let house, buyer, green, blue;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue } = await enterSealed(house));
});
after(() => house?.stop());

const lacks = (answer, path) => {
    refused(answer, 400);
    assert.deepEqual(answer.body.errors.map((one) => one.path), [path]);
};

test('a draft may lack lines, what is handed in may not', async () => {
    const need = await openNeed(buyer, { spec_lines: asked });
    let draft = await thing(green.post('/quotes', { need_id: need.id, lines: whole }));
    for (const [lines, path] of incomplete) {
        const { id, version } = draft;
        draft = must(await green.put(`/quotes/${id}`, { need_id: need.id, lines }, version)).body;
        lacks(await green.command('/quotes', draft, 'submit'), path);
    }
    assert.equal((await thing(green.get(`/quotes/${draft.id}`))).state, 'draft');
    const deviating = [line(1), line(2, { quantity: 4, unit: 'dag', deviates: 'Wij werken per dag.' })];
    draft = must(await green.put(`/quotes/${draft.id}`, { need_id: need.id, lines: deviating }, draft.version)).body;
    const submitted = await thing(green.command('/quotes', draft, 'submit'));
    assert.equal(submitted.lines[1].deviates, 'Wij werken per dag.');
    lacks(await green.command('/quotes', submitted, 'revise', { need_id: need.id, lines: [line(2)] }), 'lines');
    must(await green.command('/quotes', submitted, 'revise', { need_id: need.id, lines: [...whole, line(3)] }));
});

test('a sealed one is looked at before it is sealed, and never again', async () => {
    const need = await sealedNeed(buyer, { spec_lines: asked });
    for (const [lines, path] of incomplete) {
        lacks(await blue.post('/quotes', { need_id: need.id, lines }), path);
    }
    const quote = await handIn(blue, need, { lines: whole });
    lacks(await blue.command('/quotes', quote, 'revise', { need_id: need.id, lines: [line(1)] }), 'lines');
    must(await blue.command('/quotes', quote, 'revise', { need_id: need.id, lines: [line(1), line(2, { quantity: 1, deviates: 'Minder nodig.' })] }));
});

test('where a need has no lines, a quote cannot point at one', async () => {
    const need = await openNeed(buyer);
    const draft = await thing(green.post('/quotes', { need_id: need.id, lines: [line(1)] }));
    lacks(await green.command('/quotes', draft, 'submit'), 'lines[0].spec_line');
});
