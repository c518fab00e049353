// walk-private.test.mjs - a private buyer in the browser (walk-through 6.3): a price negotiated in rounds, an order, an invoice that counts for
// what she owes Leiden in social return, a credit note that takes off both, and Haarlem that does not get the same line again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { chief, delivered, enter, issuedInvoice, openNeed, submittedQuote } from '../system/deal-cast.mjs';
import { admit, colleague, founder, thing } from '../system/people.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';

let house, browser, cast, need, order, invoice, marieke, boss, money, fatma, leiden, haarlem;
const washing = (cents) => [{ description: 'Wasserij', unit: 'kilo', quantity: 300, unit_price_cents: cents, vat: 'high' }];
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** No axe violation and nothing beside the screen, at two widths, with all that is folded open. */
async function sound(page, name) {
    await page.evaluate(() => document.querySelectorAll('main details').forEach((folded) => {
        folded.open = true;
    }));
    for (const screen of [screens.desk, screens.phone]) {
        await page.setViewportSize(screen);
        assert.deepEqual(await violations(page), [], name);
        assert.ok(await overflow(page) <= 0, name);
    }
    assert.deepEqual(page.faults, []);
    await takePictures(page, `walk-private-${name}`);
    await page.setViewportSize(screens.desk);
}

async function openAs(client) {
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, client);
    return page;
}

before(async () => {
    if (skip) {
        return;
    }
    house = await openHouse();
    cast = await enter(house);
    const buyer = await founder(house, 'marieke', 'company');
    const finance = await colleague(house, buyer, 'betalingen', 'FINANCE');
    await chief(house, buyer, 'baas');
    const cities = [await founder(house, 'leiden', 'municipality', { municipality: 'GM0546' }),
        await founder(house, 'haarlem', 'municipality', { municipality: 'GM0392' })];
    await admit(house, cast.desk, buyer, ...cities);
    Object.assign(cast, { marieke: buyer });
    need = await openNeed(buyer, { title: 'Wasserij voor bedrijfskleding' });
    await submittedQuote(cast.green, need, washing(1_800));
    browser = await openBrowser();
    [marieke, boss, money, fatma, leiden, haarlem] = await Promise.all([buyer, buyer.chief, finance, cast.green, ...cities].map(openAs));
});
after(async () => {
    await Promise.all([browser?.close(), house?.stop()]);
});

let goesOn = true;
const step = (name, work) => test(name, { skip }, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});
const button = (page, name) => page.getByRole('button', { name });
const deal = (page) => visit(page, `/deal/?id=${need.id}`);
const social = (page) => visit(page, '/sroi/');

async function propose(page, name, price, reason) {
    await fillAndSend(page, name, { 'Prijs per eenheid in euro, exclusief btw': price, 'Waarom doet u dit voorstel?': reason,
        'Antwoord uiterlijk op': day(7) });
    await says(page, 'Het voorstel is verstuurd.');
}

step('two rounds about the price, side by side, and an agreement', async () => {
    await deal(marieke);
    await propose(marieke, 'Voorstel doen', '15,00', 'Wij leveren zelf de kratten aan.');
    await says(marieke, 'Ronde 1: inkoper');
    await deal(fatma);
    await says(fatma, 'Wij leveren zelf de kratten aan.');
    await sound(fatma, 'asked');
    await propose(fatma, 'Tegenvoorstel doen', '17,00', 'Ophalen kost ons meer tijd.');
    await deal(marieke);
    await sound(marieke, 'countered');
    await propose(marieke, 'Tegenvoorstel doen', '16,00', 'Wij brengen de was zelf.');
    await deal(fatma);
    await button(fatma, 'Akkoord met het voorstel').click();
    await says(fatma, 'Akkoord. De offerte geldt nu zoals afgesproken.');
    await deal(marieke);
    await marieke.getByText('€ 4.800,00').first().waitFor();
    await sound(marieke, 'agreed');
});

step('somebody else awards, she orders what was agreed', async () => {
    await deal(boss);
    const form = await unfold(boss, 'Gunnen');
    await form.getByLabel('Motivering').fill('Na twee rondes een goede prijs.');
    await press(form, 'Gunnen');
    await says(boss, 'De opdracht is gegund.');
    await deal(marieke);
    await fillAndSend(marieke, 'Bestelling plaatsen', { 'Uw eigen kenmerk': 'PO-63' });
    await says(marieke, 'De bestelling is geplaatst.');
    await deal(fatma);
    await press(fatma, 'Bestelling bevestigen');
    await says(fatma, 'De bestelling is bevestigd');
    ({ items: [order] } = await thing(cast.green.get(`/orders?needId=${need.id}`)));
    const came = await delivered(cast.green, order, { 0: 300 });
    must(await cast.marieke.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 300 }] }));
    invoice = await issuedInvoice(cast.green, order, 'GK-63', { 0: 300 });
    await deal(money);
    await button(money, 'Factuur goedkeuren').click();
    await says(money, 'De factuur is goedgekeurd');
});

step('both cities have a tariff; she registers what she owes Leiden, 5 % of 96,000', async () => {
    for (const city of [leiden, haarlem]) {
        await social(city);
        await fillAndSend(city, 'Tarief vaststellen', { 'Eerste dag van publicatie': '2023-09-01', 'Welk besluit': 'Nota social return (fictief)' });
        await says(city, 'Het tarief is vastgesteld.');
    }
    for (const [name, contract] of [['leiden', 'Schoonmaak, nr. 26-114'], ['haarlem', 'Catering, nr. H-7']]) {
        await social(marieke);
        const form = await unfold(marieke, 'Verplichting aanmelden');
        const city = form.getByLabel('Gemeente');
        await city.selectOption(await city.locator('option', { hasText: name }).getAttribute('value'));
        await fillAndSend(marieke, 'Verplichting aanmelden', { 'Opdracht, met naam': contract, 'Dag waarop de opdracht': '2026-09-01',
            'Waarde van de opdracht': '96.000', 'Telt vanaf': '2026-01-01', 'Telt tot en met': '2036-12-31' });
        await says(marieke, 'De verplichting is aangemeld.');
    }
    await says(marieke, '€ 4.800,00 (5 % van € 96.000,00)');
    await sound(marieke, 'registered');
    for (const city of [leiden, haarlem]) {
        await social(city);
        await button(city, 'Verplichting bevestigen').click();
        await says(city, 'De verplichting is bevestigd.');
    }
    await sound(leiden, 'confirmed');
});

/** Her card of what she owes by that contract. */
const owed = (page, contract) => page.getByRole('article').filter({ hasText: contract });
async function assign(contract) {
    await social(marieke);
    const form = await unfold(owed(marieke, contract), 'Factuurregel toewijzen');
    const line = form.getByLabel('Welke regel');
    await line.selectOption(await line.locator('option', { hasText: 'GK-63' }).getAttribute('value'));
    await press(form, 'Factuurregel toewijzen');
    return form;
}

step('the line of 4,800 counts for Leiden, which verifies it; a second assignment, to Haarlem, is refused', async () => {
    await assign('26-114');
    await says(marieke, 'De regel is toegewezen.');
    await social(leiden);
    await sound(leiden, 'to-verify');
    await button(leiden, 'Verifiëren').click();
    await says(leiden, 'Geverifieerd. Dit telt nu mee.');
    const form = await assign('H-7');
    await says(form, 'Deze factuurregel telt al mee voor een verplichting');
    marieke.faults.splice(0); // the browser writes the 409 on its console
    await sound(marieke, 'refused');
});

step('a credit note of 800 leaves 4,000 for both', async () => {
    await deal(fatma);
    await fillAndSend(fatma, 'Creditnota maken', { 'Wasserij: aantal te crediteren': '50', 'Nummer van de creditnota': 'GK-64', Reden: 'Vijftig kilo kwam vies terug.' });
    await press(fatma, 'Creditnota versturen');
    await says(fatma, 'De creditnota is verstuurd.');
    for (const [name, page] of [['contractor', marieke], ['city', leiden]]) {
        await social(page);
        await says(owed(page, '26-114'), 'telt voor € 4.000,00, van € 4.000,00 die vaststaat');
        await sound(page, `credited-${name}`);
    }
    const { items } = await thing(cast.marieke.get('/sroi-obligations'));
    assert.deepEqual(items.map(({ verified_cents, open_cents }) => [verified_cents, open_cents]), [[0, 480_000], [400_000, 80_000]]);
});
