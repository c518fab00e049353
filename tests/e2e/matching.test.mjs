// matching.test.mjs - the rules of the ranking for everybody, and "why not me" for an enterprise, in a browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, needText } from '../system/deal-cast.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations }
    from './lib/browser.mjs';
import { press, says, visit } from './lib/person.mjs';

let house, browser, buyer, green;

before(async () => {
    if (skip)
        return;
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ buyer, green } = await enter(house));
});
after(() => Promise.all([browser?.close(), house?.stop()]));

/** No axe violation and nothing beside the screen. */
async function sound(page, name) {
    assert.deepEqual(await violations(page), []);
    assert.ok(await overflow(page) <= 0);
    await takePictures(page, `matching-${name}`);
}

test('everybody reads the weights, which are a hundred points together', { skip }, async () => {
    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await visit(await openPage(browser, { baseURL: house.url, screen }), '/matching/');
        const rows = page.getByRole('table').first().locator('tbody tr');
        const points = await rows.evaluateAll((all) => all.map((row) => row.cells[1].innerText));
        assert.equal(points.reduce((sum, one) => sum + Number(one), 0), 100);
        await says(page, /Dit is regelset 2026-11-b/);
        await sound(page, `rules-${name}`);
    }
});

test('an enterprise asks why its offer is not among the first, and does what it is told', { skip }, async () => {
    const text = { title: 'Onderhoud van vijvers', description: 'Wij houden vijvers en oevers schoon, het hele jaar door.',
        kind: 'service', sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 14,
        goals: ['inclusive_labour'], fictional: true };
    const written = must(await green.post('/offers', text)).body;
    const offer = must(await green.command('/offers', written, 'publish')).body;
    const draft = must(await buyer.post('/needs', needText({ title: 'Onderhoud van vijvers', municipality: 'GM0935' }))).body;
    const need = must(await buyer.command('/needs', draft, 'publish')).body;
    const whyNot = `/offers/${offer.id}/why-not?needId=${need.id}`;
    await until(async () => (await green.get(whyNot)).status === 200, 5_000, 'matching knows both');

    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await openPage(browser, { baseURL: house.url, screen });
        await lendSession(page, green);
        await visit(page, `/deal/?id=${need.id}`);
        await press(page, 'Waarom ik niet?');
        await says(page, 'Staat niet bij de eerste 10.');
        await says(page, /^Lever ook in Maastricht\.$/);
        await sound(page, `why-not-${name}`);
    }
    must(await green.put(`/offers/${offer.id}`, { ...text, region: ['GM0935'] }, offer.version));
    await until(async () => must(await green.get(whyNot)).body.among, 5_000, 'the change has reached the index');
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, green);
    await visit(page, `/deal/?id=${need.id}`);
    await press(page, 'Waarom ik niet?');
    await says(page, 'Staat bij de eerste 10.');
});

test('offers are found as words are typed, and nothing found has ways out', { skip }, async () => {
    const base = { description: 'Verse broodjes en soep uit onze eigen keuken, op locatie.', kind: 'service', sector: 'catering',
        cpv: '55520000-1', unit: 'persoon', vat: 'low', lead_days: 3, national: true, fictional: true };
    const written = must(await green.post('/offers', { ...base, title: 'Bedrijfslunch voor vergaderingen' })).body;
    must(await green.command('/offers', written, 'publish'));
    await until(async () => must(await green.get('/offers/search?q=lunch')).body.total === 1, 5_000, 'it is found');

    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await visit(await openPage(browser, { baseURL: house.url, screen }), '/marktplaats/');
        const box = page.getByRole('searchbox');
        await box.pressSequentially('lunch');
        await says(page, 'Bedrijfslunch voor vergaderingen');
        await page.waitForURL(/\?q=lunch$/);
        await says(page, /1 resultaat\s+voor “lunch”/);
        await sound(page, `search-${name}`);

        await page.goto(`/marktplaats/?q=lunch&sector=green`);
        await says(page, 'Geen aanbod gevonden');
        await sound(page, `nothing-${name}`);
        await press(page, 'Zonder filter “Groen en buiten”');
        await says(page, 'Bedrijfslunch voor vergaderingen');

        await box.fill('zeppelinvaart');
        await says(page, 'Geen enkel aanbod heeft: zeppelinvaart.');
        const post = page.getByRole('link', { name: 'Plaats uw vraag' });
        assert.match(await post.getAttribute('href'), /title=zeppelinvaart$/);
        await page.goBack();
        await page.getByRole('button', { name: 'Zonder filter “Groen en buiten”' }).waitFor();
        assert.equal(await box.inputValue(), 'lunch');
    }
});
