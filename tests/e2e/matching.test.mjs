// matching.test.mjs - the rules of the ranking for everybody, and "why not me" for an enterprise, in a browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noOfficialCpv, officialCpv, ordinary } from '../lib/cpv.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, needText, openNeed } from '../system/deal-cast.mjs';
import { lendSession, openBrowser, openPage, screens, skip, sound as looksSound } from './lib/browser.mjs';
import { press, says, unfold, visit } from './lib/person.mjs';

let house, browser, buyer, green, blue;

before(async () => {
    if (skip)
        return;
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ buyer, green, blue } = await enter(house));
});
after(() => Promise.all([browser?.close(), house?.stop()]));

/** What is old while other things are fetched is dimmed; it is looked at when all is there. */
async function sound(page, name) {
    await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' });
    const screen = page.viewportSize();
    await looksSound(page, `matching-${name}`);
    await page.setViewportSize(screen);
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

const lunchText = (changes) => ({
    title: 'Bedrijfslunch voor vergaderingen', description: 'Verse broodjes en soep uit onze eigen keuken, op locatie.',
    kind: 'service', sector: 'catering', cpv: '55520000-1', unit: 'persoon', vat: 'low', lead_days: 10, national: true,
    price_cents: 1_500, goals: ['inclusive_labour'], fictional: true, ...changes,
});

async function published(supplier, text) {
    const written = must(await supplier.post('/offers', text)).body;
    return must(await supplier.command('/offers', written, 'publish')).body;
}

test('offers are found as words are typed, and nothing found has ways out', { skip }, async () => {
    await published(green, lunchText());
    await until(async () => must(await green.get('/offers/search?q=lunch')).body.total === 1, 5_000, 'it is found');

    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await visit(await openPage(browser, { baseURL: house.url, screen }), '/marktplaats/');
        const box = page.getByRole('searchbox');
        await box.pressSequentially('lunch');
        await page.getByRole('heading', { name: 'Bedrijfslunch voor vergaderingen' }).waitFor();
        await page.waitForURL(/\?q=lunch$/);
        await says(page, /1 resultaat\s+voor “lunch”/);
        assert.deepEqual(await page.locator('.mw-offer__title mark').allInnerTexts(), ['Bedrijfslunch']);
        await sound(page, `search-${name}`);

        await box.fill('soep');
        await says(page, 'In de omschrijving: soep');
        await page.goto(`/marktplaats/?q=lunch&sector=green`);
        await says(page, 'Geen aanbod gevonden');
        await sound(page, `nothing-${name}`);
        await press(page, 'Zonder filter “Groen en buiten”');
        await page.getByRole('heading', { name: 'Bedrijfslunch voor vergaderingen' }).waitFor();

        await box.fill('zeppelinvaart');
        await says(page, 'Geen enkel aanbod heeft: zeppelinvaart.');
        await says(page, /Zoek met andere woorden, of plaats uw vraag\./);
        const post = page.getByRole('link', { name: 'Plaats uw vraag' });
        assert.match(await post.getAttribute('href'), /title=zeppelinvaart$/);
        await page.goBack();
        await page.getByRole('button', { name: 'Zonder filter “Groen en buiten”' }).waitFor();
        assert.equal(await box.inputValue(), 'lunch');
    }
});

/** The number behind a choice of a filter. */
const countOf = async (page, name) =>
    parseInt(await page.locator('.mw-check', { hasText: name }).locator('.mw-check__count').innerText(), 10);

test('filters by price and delivery keep out, facets count, and each filter is a way out', { skip }, async () => {
    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await visit(await openPage(browser, { baseURL: house.url, screen }), '/marktplaats/?q=lunch');
        await unfold(page, 'Filters');
        assert.equal(await countOf(page, 'Catering en ontmoeting'), 1);
        assert.equal(await countOf(page, 'Inclusieve arbeidsmarkt'), 1);
        await page.getByLabel('Prijs tot en met (€)').fill('15');
        await page.getByLabel('Prijs tot en met (€)').blur();
        await page.waitForURL(/priceMaxCents=1500/);
        await says(page, /1 resultaat/);
        await page.getByLabel('Prijs tot en met (€)').fill('14.99');
        await page.getByLabel('Prijs tot en met (€)').blur();
        await says(page, 'Geen aanbod gevonden');
        await sound(page, `price-${name}`);
        await unfold(page, 'Filters');
        await press(page, /Zonder filter “Prijs tot en met € 14,99”/);
        await says(page, /1 resultaat/);
        assert.equal(await page.getByLabel('Prijs tot en met (€)').inputValue(), '');
        await page.getByLabel('Levertijd').selectOption('7');
        await says(page, 'Geen aanbod gevonden');
        await press(page, 'Zonder filter “Binnen 7 dagen”');
        await says(page, /1 resultaat/);
        await page.getByLabel('Levertijd').selectOption('14');
        await page.waitForURL(/leadDaysMax=14/);
        await says(page, /1 resultaat/);
        await sound(page, `filters-${name}`);
    }
});

test('without words the same filters hold, over the catalog', { skip }, async () => {
    const page = await visit(await openPage(browser, { baseURL: house.url }), '/marktplaats/?priceMaxCents=1500&leadDaysMax=14');
    await page.getByRole('heading', { name: 'Bedrijfslunch voor vergaderingen' }).waitFor();
    assert.equal(await page.getByRole('article').count(), 1);
    assert.ok(await countOf(page, 'Inclusieve arbeidsmarkt') >= 1);
});

test('a reload shows at once what the index says, and a late answer is ended', { skip }, async () => {
    const page = await openPage(browser, { baseURL: house.url });
    const asked = [], ended = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('requestfailed', (request) => ended.push([request.url(), request.failure().errorText]));
    await visit(page, '/marktplaats/?q=lunch');
    await page.getByRole('heading', { name: 'Bedrijfslunch voor vergaderingen' }).waitFor();
    assert.deepEqual(asked.filter((url) => /\/v1\/offers/.test(url)), [], 'the page brought it along');
    assert.deepEqual(await page.locator('.mw-offer__title mark').allInnerTexts(), ['Bedrijfslunch']);

    let release;
    const held = new Promise((go) => { release = go; });
    await page.route(/\/v1\/offers\/search\?q=vergaderi/, async (route) => {
        await held;
        await route.continue().catch(() => {}); // it was ended
    });
    const box = page.getByRole('searchbox');
    await box.fill('vergaderi');
    await page.waitForRequest(/q=vergaderi/);
    await box.fill('zeppelin');
    await says(page, 'Geen enkel aanbod heeft: zeppelin.');
    release();
    await until(async () => ended.length > 0, 5_000, 'the request was ended');
    assert.deepEqual(ended.map(([url, how]) => [/q=(\w+)/.exec(url)[1], how]), [['vergaderi', 'net::ERR_ABORTED']]);
    await says(page, 'Geen enkel aanbod heeft: zeppelin.');
});

test('a price that is typed while an answer is under way stays', { skip }, async () => {
    const page = await visit(await openPage(browser, { baseURL: house.url }), '/marktplaats/?q=lunch');
    let release;
    const held = new Promise((go) => { release = go; });
    await page.route(/\/v1\/offers\/search\?.*priceMaxCents=1500/, async (route) => {
        await held;
        await route.continue();
    });
    const price = page.getByLabel('Prijs tot en met (€)');
    await price.fill('15');
    await price.blur();
    await page.locator('.mw-results[aria-busy=true]').waitFor();
    await price.fill('14.99');
    release();
    await page.locator('.mw-results[aria-busy=false]').waitFor();
    assert.equal(await price.inputValue(), '14.99');
    await price.blur();
    await says(page, 'Geen aanbod gevonden');
    await press(page, /Zonder filter “Prijs tot en met € 14,99”/);
    await says(page, /1 resultaat/);
    assert.equal(await price.inputValue(), '');
});

test('a slip of the pen is said, and so is the group by which something was found', { skip }, async () => {
    await house.call('cpv_import', { items: [{ code: '55520000-1', name: 'Cateringdiensten', name_en: 'Catering services' }] },
        { roles: ['SYSTEM', 'OPERATOR'] });
    await until(async () => must(await green.get('/offers/search?q=borrel')).body.total === 1, 5_000, 'the group is known');
    for (const title of ['Hagen knippen', 'Perken wieden']) { // the edition goes on by some events at once
        await published(green, lunchText({ title, description: 'Wij komen langs met eigen gereedschap.', cpv: '77310000-6', sector: 'green' }));
    }
    await until(async () => must(await green.get('/offers/search?q=bedrijfslucnh')).body.meant.length === 1, 5_000, 'the edition has it');
    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await visit(await openPage(browser, { baseURL: house.url, screen }), '/marktplaats/?q=bedrijfslucnh');
        await says(page, /Wij zochten bij “bedrijfslucnh” ook op “bedrijfslunch”\./);
        assert.deepEqual(await page.locator('.mw-offer__title mark').allInnerTexts(), ['Bedrijfslunch']);
        await sound(page, `slip-${name}`);
        await page.getByRole('link', { name: 'Zoek alleen op “bedrijfslunch”' }).click();
        await page.waitForURL(/\?q=bedrijfslunch$/);
        await page.getByRole('heading', { name: 'Bedrijfslunch voor vergaderingen' }).waitFor();
        await page.goto('/marktplaats/?q=broojdes');
        await says(page, 'In de omschrijving: broodjes');
        await page.goto('/en/marktplaats/?q=catering+services');
        await says(page, 'Belongs with: Catering services');
        await sound(page, `group-${name}`);
    }
});

test('the parts of a match are bars that sum to its score; of equal scores, who was invited when is said', { skip }, async () => {
    await published(green, lunchText({ title: 'Lunch aan tafel' }));
    await published(blue, lunchText({ title: 'Lunch aan tafel' }));
    const need = await openNeed(buyer, { title: 'Lunch aan tafel', cpv: ['55520000-1'], sector: 'catering' });
    const matches = async () => must(await buyer.get(`/needs/${need.id}/matches`)).body.items;
    await until(async () => (await matches()).length >= 3, 5_000, 'three offers are ranked');
    const [first, second] = await matches();
    assert.equal(first.score_ppm, second.score_ppm);
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: first.supplier_id, offer_id: first.offer_id }));
    await until(async () => (await matches())[0].offer_id === second.offer_id, 5_000, 'who was not invited comes first');

    for (const [name, screen] of [['desk', screens.desk], ['phone', screens.phone]]) {
        const page = await openPage(browser, { baseURL: house.url, screen });
        await lendSession(page, buyer);
        await visit(page, `/matches/?id=${need.id}`);
        const why = page.locator('details.mw-match').first();
        const bars = await why.locator('.mw-parts li').evaluateAll((all) => all.map((li) => ({
            points: parseInt(li.querySelector('.mw-parts__top span').innerText, 10),
            share: parseFloat(li.querySelectorAll('.mw-meter rect')[1].getAttribute('width')),
            full: parseFloat(li.querySelectorAll('.mw-meter rect')[0].getAttribute('width')),
            pixels: li.querySelectorAll('.mw-meter rect')[1].getBoundingClientRect().width,
        })));
        const score = parseInt(await why.locator('.mw-match__score').innerText(), 10);
        const sum = (what) => bars.reduce((all, bar) => all + bar[what], 0);
        assert.equal(bars.length, second.parts.length);
        assert.equal(sum('points'), score);
        /* All bars together are the score, on the scale on which full bars together are a hundred. */
        assert.ok(Math.abs(100 * sum('share') / sum('full') - second.score_ppm / 10_000) < 0.01);
        const perPoint = bars.filter((bar) => bar.share > 0).map((bar) => bar.pixels / bar.share);
        assert.ok(Math.max(...perPoint) - Math.min(...perPoint) < 0.05, 'a point is as wide in every bar');
        await says(page, new RegExp(`= ${score} punten\\.`));

        const rows = page.getByRole('group', { name: 'Volgorde bij gelijke score' }).locator('tbody tr');
        const told = await rows.evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
        assert.deepEqual(told.map(([by]) => by), [second.supplier_name, first.supplier_name]);
        assert.equal(told[0][3], 'Nog niet');
        assert.match(told[1][3], /^\d+ \w+ 20\d\d/);
        await sound(page, `matches-${name}`);
    }
});

test('twenty ordinary words find the right CPV code among the first five, where a need asks for it', { skip: skip || noOfficialCpv }, async () => {
    await house.ctl('import', 'cpv', officialCpv);
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, buyer);
    await visit(page, '/vraag-plaatsen/?stap=2');
    const wrong = {};
    for (const [word, code] of Object.entries(ordinary)) {
        const answered = page.waitForResponse((answer) => answer.url().includes(`/cpv-codes?q=${word}&`));
        await page.getByLabel('Zoek een onderwerp').fill(word);
        const { items } = await (await answered).json();
        const numbers = page.locator('.mw-cpv__number');
        await numbers.filter({ hasText: items[0].code }).first().waitFor();
        const first = (await numbers.allInnerTexts()).slice(0, 5);
        if (!first.some((one) => one.startsWith(code))) {
            wrong[word] = first;
        }
    }
    assert.deepEqual(wrong, {});
    await sound(page, 'cpv');
});
