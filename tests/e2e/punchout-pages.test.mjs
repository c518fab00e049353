// punchout-pages.test.mjs - the first half of walk-through 6.3 in a browser: her purchasing system sends Marieke, she shops at three
// suppliers, goes back with the basket, and the order that comes is three orders with pages of their own. Before that she connects the system.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as cxml from '../lib/cxml.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { chief, enter } from '../system/deal-cast.mjs';
import { admit, colleague, founder, thing } from '../system/people.mjs';
import { filled, line, offerOf, orderUbl, published, sendCxml } from '../system/shop-cast.mjs';
import { forgive, lendSession, openBrowser, openPage, skip, sound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { openAs } from './lib/stage.mjs';

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

const fine = (name) => sound(page, `punchout-${name}`);

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
    forgive(page, 400);
    await fine('connect-wrong');
    await page.getByLabel('Terugkeeradres').fill(back.url);
    await page.getByRole('button', { name: 'Koppel een inkoopsysteem' }).click();
    system.secret = await page.locator('code.mw-secret').textContent();
    assert.match(system.secret, /^[0-9a-f]{64}$/);
    await fine('connected');
    await page.reload();
    await page.getByText('Inkoop van Facilitair').first().waitFor();
    assert.equal(await page.locator('code.mw-secret').count(), 0);
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
    forgive(page, 400, 401, 404);
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
    forgive(page, 404); // it asks for a need by this id first
    await fine('order');
    await lendSession(page, marieke);
    await visit(page, `/mandje/?id=${mine.basket_id}`);
    await page.getByRole('heading', { name: 'De bestellingen' }).waitFor();
    await fine('ordered');
    await page.context().clearCookies();
    await page.goto(`${house.url}/mandje/#gast=${'0'.repeat(64)}`);
    await page.getByText('Dit adres werkt niet').waitFor({ timeout: 15_000 });
    forgive(page, 400, 401, 404);
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

test('an enterprise counts its stock on the page of its offer; a visitor reads what is left', { skip }, async () => {
    const address = `/aanbod/?id=${offers[0].id}`;
    await lendSession(page, green);
    await visit(page, address);
    await fillAndSend(page, 'Voorraad tellen', { 'Hoeveel zijn er?': 'veel' });
    await says(page, /^Vul een heel getal in/);
    await fine('stock-wrong');
    await fillAndSend(page, 'Voorraad tellen', { 'Hoeveel zijn er?': '40' });
    await says(page, 'De voorraad wordt geteld.');
    await fillAndSend(page, 'Voorraad aanpassen', { 'Hoeveel zijn er, met wat besteld is erbij?': '25' });
    await says(page, 'De voorraad is aangepast.');
    await fine('stock');
    const visitor = await openAs(browser, house.nobody(), address);
    await says(visitor, 'Nog 25 op voorraad (eenheid: stuk)');
    assert.equal(await visitor.getByText('Voorraad aanpassen').count(), 0);
    await sound(visitor, 'punchout-stock-visitor');
    await visitor.context().close();
    await press(page, 'Voorraad niet meer tellen');
    await says(page, /^De voorraad wordt niet meer geteld/);
    assert.equal((await thing(house.nobody().get(`/stocks?offerId=${offers[0].id}`))).items[0].state, 'ended');
});

test('an order in UBL is taken from a file; what is wrong with it is said by its line', { skip }, async () => {
    const order = (cents) => ({ name: 'order.xml', mimeType: 'application/xml', buffer: Buffer.from(orderUbl('UBL-9', [[offers[0], 4, (cents / 100).toFixed(2)]])) });
    await lendSession(page, marieke);
    await visit(page, '/mandje/');
    const form = await unfold(page, 'Een bestelling uit een bestand halen');
    await press(form, 'Maak er een mandje van');
    await says(form, 'Kies een bestand.');
    await form.getByLabel('Uw bestelling (XML)').setInputFiles(order(999));
    await press(form, 'Maak er een mandje van');
    await says(form, 'Regel 1: De prijs van dit aanbod is nu 11,37');
    forgive(page, 400);
    await fine('ubl-wrong');
    await form.getByLabel('Uw bestelling (XML)').setInputFiles(order(1137));
    await press(form, 'Maak er een mandje van');
    await says(page, 'De bestelling is nu een mandje.');
    await says(page, '€ 45,48');
    await fine('ubl-basket');
});
