// walk-buyer.test.mjs - days of a municipal buyer in the browser (walk-through 6.2): the wizard with its route advice, a second person who gives
// back and approves, codes, an opening by two, an award with reasons, an order, and a delivery of which 90 of 100 are paid. The clock is set.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { member, thing } from '../system/people.mjs';
import { enterSealed, handIn } from '../system/seal-cast.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';

let clock, house, browser, cast, need, joost, anneke, fatma;
const title = 'Lunches voor het stadhuis', codes = {};
const hour = 3_600_000, started = Date.now();

/** The day on which it closes, at five; it is on the market for more than a day before. */
const zone = { timeZone: 'Europe/Amsterdam' };
const closing = new Date(started + 3 * 24 * hour);
const closesOn = new Intl.DateTimeFormat('nl-NL', zone).format(closing);

const email = { joost: 'buyer', anneke: 'chief', fatma: 'green' };
const pages = () => ({ joost, anneke, fatma });

/** It is this moment for everybody, and everybody is logged in again: no session lasts days. */
async function itIs(moment) {
    clock.set(new Date(moment).toISOString());
    for (const [name, page] of Object.entries(pages())) {
        await page.clock.setSystemTime(new Date(moment));
        const client = await member(house, { email: `${email[name]}@proef.example` });
        await lendSession(page, client);
        cast[name] = client;
    }
}

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
    await takePictures(page, `walk-buyer-${name}`);
    await page.setViewportSize(screens.desk);
}

async function openAs(client) {
    const page = await openPage(browser, { baseURL: house.url });
    await page.clock.install({ time: new Date() });
    await lendSession(page, client);
    return page;
}

before(async () => {
    if (skip) {
        return;
    }
    clock = new Clock();
    clock.shift(0);
    house = await openHouse();
    delete process.env.LD_PRELOAD; // the browser's clock is its own
    await house.call('cpv_import', { items: [{ code: '55320000-9', name: 'Verstrekken van maaltijden', name_en: 'Meal-serving services' }] },
        { roles: ['OPERATOR'] });
    cast = await enterSealed(house, { single_max_cents: 5_000_000, multi_max_cents: 20_000_000, min_days_invited: 1,
        min_invites: 2 });
    for (const [client, changes] of [[cast.green, {}], [cast.blue, {}], [cast.red, { capacity: 10 }]]) {
        const draft = await thing(client.post('/offers', { title: 'Lunch met lokale producten', kind: 'service', sector: 'catering',
            description: 'Lunches voor vergaderingen, iedere werkdag vers.', cpv: '55320000-9', unit: 'lunch', vat: 'low', lead_days: 3,
            national: true, goals: ['inclusive_labour'], fictional: true, ...changes }));
        must(await client.command('/offers', draft, 'publish'));
    }
    browser = await openBrowser();
    [joost, anneke, fatma] = [await openAs(cast.buyer), await openAs(cast.buyer.chief), await openAs(cast.green)];
});
after(async () => {
    await Promise.all([browser?.close(), house?.stop()]);
    clock?.end();
});

let goesOn = true;
const step = (name, work) => test(name, { skip }, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});
const button = (page, name) => page.getByRole('button', { name, exact: true });
const deal = (page) => visit(page, `/deal/?id=${need}`);

step('the wizard says which routes are allowed at this value, and he chooses invitations', async () => {
    await visit(joost, '/vraag-plaatsen/');
    await joost.getByLabel('Titel van uw vraag').fill(title);
    await joost.getByLabel('Omschrijving').fill('Lunches voor vergaderingen op het stadhuis, iedere werkdag.');
    await joost.getByLabel(/^Soort/).selectOption('Dienst');
    await press(joost, 'Volgende stap');
    await joost.getByLabel('Zoek een onderwerp').fill('maaltijden');
    await joost.getByRole('group', { name: 'Onderwerpen' }).getByRole('checkbox').first().check();
    await press(joost, 'Volgende stap');
    await joost.getByLabel('Gemeente waar geleverd wordt').selectOption('Enschede');
    await joost.getByLabel('Uiterste datum voor offertes').fill(closesOn);
    await joost.getByLabel(/^Geschatte waarde/).fill('18.500');
    await says(joost, 'Welke routes mogen bij deze waarde?');
    await joost.getByLabel(/^Inkooproute/).selectOption('invited');
    await joost.getByLabel('Aantal').fill('100');
    await joost.getByLabel('Eenheid').fill('lunch');
    await sound(joost, 'advice');
    await press(joost, 'Volgende stap');
    await says(joost, 'Controleer uw vraag');
    await press(joost, 'Ter goedkeuring indienen');
    await joost.waitForURL('**/deal/?id=*');
    need = new URL(joost.url()).searchParams.get('id');
});

step('Anneke gives it back with a reason; he hands it in again, and she approves', async () => {
    await deal(anneke);
    await sound(anneke, 'approve');
    const back = await unfold(anneke, 'Terug naar concept');
    await back.getByRole('textbox').fill('Leg uit hoeveel dagen per week.');
    await press(back, 'Terug naar concept');
    await until(async () => (await thing(cast.buyer.get(`/needs/${need}`))).state === 'draft');
    await deal(joost);
    await says(joost, 'Leg uit hoeveel dagen per week.');
    await sound(joost, 'returned');
    await button(joost, 'Ter goedkeuring indienen').click();
    await until(async () => (await thing(cast.buyer.get(`/needs/${need}`))).state === 'approval');
    await deal(anneke);
    await button(anneke, 'Vraag goedkeuren').click();
    await says(anneke, 'De vraag is goedgekeurd en mag de markt op.');
});

step('both take a code, and he puts it on the market', async () => {
    for (const [name, page] of [['joost', joost], ['anneke', anneke]]) {
        await deal(page);
        await button(page, 'Word opener en toon mijn code').click();
        codes[name] = await page.locator('.mw-code').innerText();
        await page.getByLabel('Openingscode').fill(codes[name]);
        await button(page, 'Code overtypen').click();
        await says(page, 'U hebt uw code. Bewaar hem goed.');
    }
    await deal(joost);
    await button(joost, 'Vraag publiceren').click();
    await says(joost, 'De vraag staat op de marktplaats.');
});

step('he sees who fits and who is kept out by which rule, and invites', async () => {
    await until(async () => {
        await visit(joost, `/matches/?id=${need}`);
        return await joost.getByRole('article').count() === 2;
    }, 10_000, 'two offers match');
    await sound(joost, 'matches');
    for (const article of await joost.getByRole('article').all()) {
        await press(article, 'Uitnodigen voor een offerte');
        await says(article, /^De uitnodiging aan .* is verstuurd\.$/);
    }
    await says(joost, 'Afgevallen door een vaste regel');
});

step('two sealed quotes come in, and nobody sees how many', async () => {
    const lines = (cents) => ({ lines: [{ description: 'Lunch', unit: 'lunch', quantity: 100, unit_price_cents: cents, vat: 'low' }] });
    await handIn(cast.green, { id: need }, lines(17_500));
    await handIn(cast.blue, { id: need }, lines(18_100));
    await deal(joost);
    assert.ok(!/175,00|181,00/.test(await joost.locator('main').innerText()));
    await sound(joost, 'sealed');
});

step('after closing two people open with their codes, and he proposes an award with a reason for each', async () => {
    const { quote_deadline: closes } = await thing(cast.buyer.get(`/needs/${need}`));
    await itIs(Date.parse(closes) + 60_000);
    await until(async () => (await thing(cast.joost.get(`/needs/${need}`))).state === 'sealed_closed', 20_000, 'it is closed');
    for (const [name, page] of [['anneke', anneke], ['joost', joost]]) {
        await deal(page);
        await page.getByLabel('Openingscode').fill(codes[name]);
        await button(page, 'Openen met mijn code').click();
        await says(page, 'Uw code is gegeven.');
    }
    await joost.getByText('€ 17.500').first().waitFor();
    await sound(joost, 'opened');
    const admits = joost.getByRole('button', { name: /^Toelaten/ });
    for (const left of [1, 0]) {
        await admits.first().click();
        await until(async () => await admits.count() === left);
    }
    const form = await unfold(joost, 'Gunning voorstellen');
    const which = form.getByLabel('Welke offerte?');
    await which.selectOption(await which.locator('option', { hasText: 'green' }).getAttribute('value'));
    await button(form, 'Gunning voorstellen').click();
    for (const field of await form.getByLabel(/^Motivering bij/).all()) {
        await field.fill('Goede prijs en een goed plan.');
    }
    await button(form, 'Gunning voorstellen').click();
    await says(joost, 'Het voorstel ligt bij een beslisser.');
    await deal(anneke);
    await sound(anneke, 'decide');
    await button(anneke, 'Akkoord met de gunning').click();
    await says(anneke, 'De gunning is beslist.');
});

step('after the standstill he orders', async () => {
    const { items: [award] } = await thing(cast.joost.get(`/awards?needId=${need}`));
    await itIs(Date.parse(award.standstill_until) + 60_000);
    await until(async () => (await thing(cast.joost.get(`/needs/${need}`))).state === 'awarded', 20_000, 'it is awarded');
    await deal(joost);
    await sound(joost, 'awarded');
    await fillAndSend(joost, 'Bestelling plaatsen', { 'Uw eigen kenmerk': 'PO-1' });
    await says(joost, 'De bestelling is geplaatst.');
});

step('of 100 that came he takes 90, and the invoice is for 90', async () => {
    await deal(fatma);
    await press(fatma, 'Bestelling bevestigen');
    await says(fatma, 'De bestelling is bevestigd');
    await fillAndSend(fatma, 'Levering aankondigen', {});
    await press(fatma, 'Melden: geleverd');
    await says(fatma, 'De inkoper weet dat de levering er is.');
    await deal(joost);
    const judge = await unfold(joost, 'Levering beoordelen');
    await judge.getByLabel('Lunch: geaccepteerd').fill('90');
    await judge.getByLabel('Lunch: reden van afwijzen').fill('Tien lunches waren koud.');
    await sound(joost, 'judge');
    await press(judge, 'Levering beoordelen');
    await says(joost, 'De levering is beoordeeld.');
    await deal(fatma);
    const form = await unfold(fatma, 'Factuur maken');
    await says(form, '90 lunch: Lunch');
    await form.getByLabel('Factuurnummer').fill('GK-90');
    await press(form, 'Factuur maken');
    await press(fatma, 'Factuur versturen');
    await says(fatma, 'De factuur is verstuurd.');
    await sound(fatma, 'invoiced');
});
