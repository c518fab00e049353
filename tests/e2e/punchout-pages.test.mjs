// punchout-pages.test.mjs - the first half of walk-through 6.3 in a browser: her purchasing system sends Marieke, she shops at three
// suppliers, goes back with the basket, and the order that comes is three orders with pages of their own. Before that she connects the system.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as cxml from '../lib/cxml.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { chief, enter } from '../system/deal-cast.mjs';
import { admit, colleague, founder, thing } from '../system/people.mjs';
import { filled, line, offerOf, published, sendCxml } from '../system/shop-cast.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations } from './lib/browser.mjs';
import { visit } from './lib/person.mjs';

let house, browser, marieke, green, back, offers, page, basket;
const system = { identity: 'facilitair-nl' };

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    const cast = await enter(house);
    green = cast.green;
    const red = await founder(house, 'red', 'enterprise');
    marieke = await founder(house, 'marieke', 'company');
    await chief(house, marieke, 'baas');
    await admit(house, cast.desk, red, marieke);
    const admin = await colleague(house, marieke, 'beheer', 'ADMIN');
    must(await admin.post('/mandates', { account_id: marieke.account, max_cents: 10_000_000, valid_from: '2020-01-01' }));
    offers = [await published(green, offerOf('Lunchpakket', 1137)),
        await published(cast.blue, offerOf('Kaart met een heel lange naam die op een telefoon over meer regels gaat', 333, { cpv: '22000000-0', sector: 'print', vat: 'high' })),
        await published(red, offerOf('Koeriersrit', 1875, { cpv: '64100000-7', sector: 'transport', kind: 'service', unit: 'rit', vat: 'high' }))];
    await filled(marieke, offers.map((offer) => line(offer, 1)));
    back = await cxml.purchasingSystem();
});
after(() => Promise.all([browser?.close(), back?.stop(), house?.stop()]));

/** Looks at the page on both screens. */
async function fine(name) {
    for (const screen of [screens.phone, screens.desk]) {
        await page.setViewportSize(screen);
        assert.deepEqual(await violations(page), [], `${name} at ${screen.width}`);
        assert.ok(await overflow(page) <= 0, `${name} at ${screen.width} scrolls sideways`);
    }
    await takePictures(page, `punchout-${name}`);
}

test('a buyer connects her purchasing system, and sees its secret once', { skip }, async () => {
    page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, marieke);
    await visit(page, '/inkoopsysteem/');
    await page.locator('summary', { hasText: 'Koppel een inkoopsysteem' }).click();
    await page.getByLabel('Naam, zoals u het systeem noemt').fill('Inkoop van Facilitair');
    await page.getByLabel('Identity, zoals het systeem zich noemt').fill(system.identity);
    await page.getByLabel('Terugkeeradres').fill('http://inkoop.example/terug');
    await page.getByRole('button', { name: 'Koppel een inkoopsysteem' }).click();
    await page.getByRole('alert').waitFor();
    await fine('connect-wrong');
    await page.getByLabel('Terugkeeradres').fill(back.url);
    await page.getByRole('button', { name: 'Koppel een inkoopsysteem' }).click();
    system.secret = await page.locator('code.mw-secret').textContent();
    assert.match(system.secret, /^[0-9a-f]{64}$/);
    await fine('connected');
    await page.reload();
    await page.getByText('Inkoop van Facilitair').first().waitFor();
    assert.equal(await page.locator('code.mw-secret').count(), 0);
    page.faults.length = 0; // the refused address
});

test('her system sends her; she shops at three suppliers and goes back with the basket', { skip }, async () => {
    const answer = await until(async () => {
        const told = await sendCxml(house, 'setup', cxml.envelope(system, cxml.setup({ cookie: 'koek-7', url: back.url })));
        return told.code === 200 && told;
    }, 10_000, 'identity knows the secret');
    await page.context().clearCookies();
    const url = cxml.startPage(answer.body);
    await page.goto(house.url + url.slice(url.indexOf('/mandje/')));
    await page.getByText('U winkelt voor marieke').first().waitFor();
    assert.ok(!page.url().includes('gast='), 'the word is out of the address');
    await fine('empty');
    for (const [at, offer] of offers.entries()) {
        await visit(page, '/marktplaats/');
        await page.getByText('U winkelt voor marieke').waitFor();
        if (at === 1) {
            await fine('market');
        }
        await page.getByRole('link', { name: offer.title }).first().click();
        await page.getByLabel('Aantal').fill(String(at + 2));
        await page.getByRole('button', { name: 'In het mandje' }).click();
        await page.getByText('Het ligt in uw mandje.').waitFor();
    }
    await fine('offer');
    await page.getByRole('link', { name: 'Naar het mandje', exact: true }).first().click();
    await page.getByLabel('Aantal: Lunchpakket').fill('half');
    await page.getByRole('button', { name: 'Bewaar de aantallen' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Aantal: Lunchpakket').fill('7');
    await page.getByRole('button', { name: 'Bewaar de aantallen' }).click();
    await page.getByText('bijgewerkt met de prijzen van nu').waitFor();
    await fine('basket');
    await page.getByRole('button', { name: 'Terug naar het inkoopsysteem met dit mandje' }).click();
    await page.getByRole('heading', { name: 'Inkoopsysteem' }).waitFor();
    assert.equal(page.url(), back.url);
    [basket] = back.baskets;
    assert.deepEqual([basket.cookie, basket.total, basket.items.map(({ quantity }) => quantity)],
        ['koek-7', ((7 * 1137 + 3 * 333 + 4 * 1875) / 100).toFixed(2), ['7', '3', '4']]);
    assert.deepEqual(page.faults.filter((fault) => !/40[014]/.test(fault)), []);
});

test('the order comes back and is three orders, each with a page of its own; an address that was used works no more', { skip }, async () => {
    const told = await sendCxml(house, 'order', cxml.envelope(system, cxml.order(basket, 'PO-1')));
    assert.equal(told.code, 200, told.body);
    const { items } = await thing(marieke.get('/orders'));
    assert.equal(items.length, 3);
    await lendSession(page, green);
    const [mine] = (await thing(green.get('/orders'))).items;
    await visit(page, `/deal/?id=${mine.id}`);
    await page.getByRole('button', { name: 'Bestelling bevestigen' }).click();
    await page.getByText('De bestelling is bevestigd').waitFor();
    await fine('order');
    await lendSession(page, marieke);
    await visit(page, `/mandje/?id=${mine.basket_id}`);
    await page.getByRole('heading', { name: 'De bestellingen' }).waitFor();
    await fine('ordered');
    await page.context().clearCookies();
    await page.goto(`${house.url}/mandje/#gast=${'0'.repeat(64)}`);
    await page.getByText('Dit adres werkt niet').waitFor({ timeout: 15_000 });
    await fine('stale-address');
});

test('a buyer with an account fills a basket and orders it in one go', { skip }, async () => {
    await lendSession(page, marieke);
    await visit(page, '/mandje/');
    await page.getByText('Elke onderneming krijgt een eigen bestelling.').waitFor();
    await fine('own');
    await page.getByRole('button', { name: 'Bestel (3 bestellingen)' }).click();
    await page.getByText('Alles is besteld').waitFor();
    await page.getByRole('heading', { name: 'De bestellingen' }).waitFor();
    await fine('own-ordered');
});
