// roadmap.test.mjs - a city's level on a theme: by criteria, with evidence, one in force at a time.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { admit, founder, moderator, refused, thing } from './people.mjs';

let house, desk, ede, company, nobody;

before(async () => {
    house = await openHouse();
    nobody = house.nobody();
    desk = await moderator(house);
    ede = await founder(house, 'ede', 'municipality', { municipality: 'GM0228' });
    company = await founder(house, 'bedrijf', 'company');
});
after(() => house?.stop());

const criterion = (level, met, evidence = 'Raadsbesluit van dit jaar.') =>
    ({ level, text: `Wat niveau ${level} vraagt`, met, ...(evidence && { evidence }) });

const text = (criteria, theme = 'procurement') =>
    ({ theme, as_of: '2025-12-31', criteria, fictional: true });

const command = (assessment, name, body) =>
    thing(ede.command('/assessments', assessment, name, body));

async function published(criteria, theme) {
    let assessment = await thing(ede.post('/assessments', text(criteria, theme)));
    assessment = await command(assessment, 'submit');
    return command(assessment, 'publish');
}

test('only an admitted municipality has a level', async () => {
    refused(await ede.post('/assessments', text([criterion(1, true)])), 404);
    await admit(house, desk, ede);
    refused(await company.post('/assessments', text([criterion(1, true)])), 404);
});

test('the level is the highest of which all is met, with all below', async () => {
    const level = async (...criteria) => {
        const assessment = await thing(ede.post('/assessments', text(criteria)));
        await command(assessment, 'drop');
        return assessment.level;
    };
    assert.equal(await level(criterion(1, false)), 0);
    assert.equal(await level(criterion(1, true)), 1);
    assert.equal(await level(criterion(1, true), criterion(2, true), criterion(2, false)), 1);
    assert.equal(await level(criterion(1, true), criterion(2, true), criterion(3, true)), 3);
    assert.equal(await level(criterion(1, true), criterion(2, false), criterion(3, true)), 1);
    assert.equal(await level(...[1, 2, 3, 4, 5].map((n) => criterion(n, true))), 5);
});

test('what is met needs evidence before the alderman sees it', async () => {
    const draft = await thing(ede.post('/assessments', text([criterion(1, true, null)])));
    refused(await nobody.get(`/assessments/${draft.id}`), 404);
    assert.ok(!draft.commands.includes('submit'));
    refused(await ede.command('/assessments', draft, 'submit'), 409, 'evidence_complete');
    let complete = await thing(ede.put(`/assessments/${draft.id}`, text([criterion(1, true)]),
        draft.version));
    complete = await command(complete, 'submit');
    complete = await command(complete, 'return', { reason: 'Noem het besluit erbij.' });
    assert.equal(complete.state, 'draft');
    await command(complete, 'drop');
});

test('a later level takes the place of the one before, on its own theme', async () => {
    const first = await published([criterion(1, true), criterion(2, false)]);
    const other = await published([criterion(1, true)], 'account');
    const second = await published([criterion(1, true), criterion(2, true)]);
    const { items } = await thing(nobody.get('/assessments?municipality=GM0228'));
    assert.deepEqual(items.map(({ id, level, state }) => [id, level, state]), [
        [second.id, 2, 'published'],
        [other.id, 1, 'published'],
        [first.id, 1, 'superseded'],
    ]);
    const theme = await thing(nobody.get('/assessments?theme=account'));
    assert.deepEqual(theme.items.map(({ id }) => id), [other.id]);
    assert.equal(theme.items[0].city_name, 'ede (fictief)');
});
