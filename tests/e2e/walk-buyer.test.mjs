// walk-buyer.test.mjs - days of a municipal buyer in the browser (walk-through 6.2): the wizard with its route advice, a second person who gives
// back and approves, codes, an opening by two, an award with reasons, an order, and a delivery of which 90 of 100 are paid. The clock is set.
import assert from 'node:assert/strict';
import { must, until } from '../lib/house.mjs';
import { thing } from '../system/people.mjs';
import { enterSealed, handIn } from '../system/seal-cast.mjs';
import { sound as looksSound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let need;
const title = 'Lunches voor het stadhuis', codes = {};
const started = Date.now();

/** The day on which it closes, at five; it is on the market for more than a day before. */
const zone = { timeZone: 'Europe/Amsterdam' };
const closing = new Date(started + 3 * 86_400_000);
const closesOn = new Intl.DateTimeFormat('nl-NL', zone).format(closing);

async function enter(house) {
    await house.call('cpv_import', { items: [{ code: '55320000-9', name: 'Verstrekken van maaltijden', name_en: 'Meal-serving services' }] },
        { roles: ['OPERATOR'] });
    const cast = await enterSealed(house, { single_max_cents: 5_000_000, multi_max_cents: 20_000_000, min_days_invited: 1, min_invites: 2 });
    for (const [client, changes] of [[cast.green, {}], [cast.blue, {}], [cast.red, { capacity: 10 }]]) {
        const draft = await thing(client.post('/offers', { title: 'Lunch met lokale producten', kind: 'service', sector: 'catering',
            description: 'Lunches voor vergaderingen, iedere werkdag vers.', cpv: '55320000-9', unit: 'lunch', vat: 'low', lead_days: 3,
            national: true, goals: ['inclusive_labour'], fictional: true, ...changes }));
        must(await client.command('/offers', draft, 'publish'));
    }
    return cast;
}
const on = stage({ enter, clocked: true, who: ({ buyer, green }) => ({ joost: buyer, anneke: buyer.chief, fatma: green }) });
const { step, pages } = on;
const sound = (page, name) => looksSound(page, `walk-buyer-${name}`);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const deal = (page) => visit(page, `/deal/?id=${need}`);

step('the wizard says which routes are allowed at this value, and he chooses invitations', async () => {
    await visit(pages.joost, '/vraag-plaatsen/');
    await pages.joost.getByLabel('Titel van uw vraag').fill(title);
    await pages.joost.getByLabel('Omschrijving').fill('Lunches voor vergaderingen op het stadhuis, iedere werkdag.');
    await pages.joost.getByLabel(/^Soort/).selectOption('Dienst');
    await sound(pages.joost, 'what');
    await press(pages.joost, 'Volgende stap');
    await pages.joost.getByLabel('Zoek een onderwerp').fill('maaltijden');
    await pages.joost.getByRole('group', { name: 'Onderwerpen' }).getByRole('checkbox').first().check();
    await sound(pages.joost, 'topics');
    await press(pages.joost, 'Volgende stap');
    await pages.joost.getByLabel('Gemeente waar geleverd wordt').selectOption('Enschede');
    await pages.joost.getByLabel('Uiterste datum voor offertes').fill(closesOn);
    await pages.joost.getByLabel(/^Geschatte waarde/).fill('18.500');
    await says(pages.joost, 'Welke routes mogen bij deze waarde?');
    await pages.joost.getByLabel(/^Inkooproute/).selectOption('invited');
    await pages.joost.getByLabel('Aantal').fill('100');
    await pages.joost.getByLabel('Eenheid').fill('lunch');
    await sound(pages.joost, 'advice');
    await press(pages.joost, 'Volgende stap');
    await says(pages.joost, 'Controleer uw vraag');
    await sound(pages.joost, 'check');
    await press(pages.joost, 'Ter goedkeuring indienen');
    await pages.joost.waitForURL('**/deal/?id=*');
    need = new URL(pages.joost.url()).searchParams.get('id');
    await sound(pages.joost, 'submitted');
});

step('Anneke gives it back with a reason; he hands it in again, and she approves', async () => {
    await deal(pages.anneke);
    await sound(pages.anneke, 'approve');
    const back = await unfold(pages.anneke, 'Terug naar concept');
    await back.getByRole('textbox').fill('Leg uit hoeveel dagen per week.');
    await press(back, 'Terug naar concept');
    await until(async () => (await thing(on.cast.buyer.get(`/needs/${need}`))).state === 'draft');
    await deal(pages.joost);
    await says(pages.joost, 'Leg uit hoeveel dagen per week.');
    await sound(pages.joost, 'returned');
    await button(pages.joost, 'Ter goedkeuring indienen').click();
    await until(async () => (await thing(on.cast.buyer.get(`/needs/${need}`))).state === 'approval');
    await deal(pages.anneke);
    await button(pages.anneke, 'Vraag goedkeuren').click();
    await says(pages.anneke, 'De vraag is goedgekeurd en mag de markt op.');
    await sound(pages.anneke, 'approved');
});

step('both take a code, and he puts it on the market', async () => {
    for (const name of ['joost', 'anneke']) {
        const page = await deal(pages[name]);
        await button(page, 'Word opener en toon mijn code').click();
        codes[name] = await page.locator('.mw-code').innerText();
        await page.getByLabel('Openingscode').fill(codes[name]);
        await button(page, 'Code overtypen').click();
        await says(page, 'U hebt uw code. Bewaar hem goed.');
    }
    await deal(pages.joost);
    await button(pages.joost, 'Vraag publiceren').click();
    await says(pages.joost, 'De vraag staat op de marktplaats.');
    await sound(pages.joost, 'published');
});

step('he sees who fits and who is kept out by which rule, and invites', async () => {
    await until(async () => {
        await visit(pages.joost, `/matches/?id=${need}`);
        return await pages.joost.getByRole('article').count() === 2;
    }, 10_000, 'two offers match');
    await sound(pages.joost, 'matches');
    for (const article of await pages.joost.getByRole('article').all()) {
        await press(article, 'Uitnodigen voor een offerte');
        await says(article, /^De uitnodiging aan .* is verstuurd\.$/);
    }
    await says(pages.joost, 'Afgevallen door een vaste regel');
    await sound(pages.joost, 'invited');
});

step('he adds one that a rule kept out of the list, and has to say why', async () => {
    const page = pages.joost;
    await page.locator('.mw-rows').getByRole('link', { name: 'Lunch met lokale producten' }).click();
    await page.getByLabel('Voor welke vraag?').selectOption({ label: title });
    await says(page, /^Zij staat niet bij de matches van deze vraag/);
    await press(page, 'Vraag een offerte');
    await says(page, 'Geef een reden van minstens 3 tekens.');
    await sound(page, 'outside');
    await page.getByLabel('Waarom nodigt u deze onderneming uit?').fill('Zij kookten vorig jaar voor dit stadhuis.');
    await press(page, 'Vraag een offerte');
    await says(page, 'De uitnodiging is verstuurd.');
    await deal(page);
    await says(page, 'Zij kookten vorig jaar voor dit stadhuis.');
    const { items: [told] } = await thing(on.cast.red.get(`/invitations?needId=${need}`));
    assert.ok(told.id && !('outside_reason' in told));
});

step('two sealed quotes come in, and nobody sees how many', async () => {
    const lines = (cents) => ({ lines: [{ description: 'Lunch', unit: 'lunch', quantity: 100, unit_price_cents: cents, vat: 'low' }] });
    await handIn(on.cast.green, { id: need }, lines(17_500));
    await handIn(on.cast.blue, { id: need }, lines(18_100));
    await deal(pages.joost);
    assert.ok(!/175,00|181,00/.test(await pages.joost.locator('main').innerText()));
    await sound(pages.joost, 'sealed');
});

step('after closing two people open with their codes, and he proposes an award with a reason for each', async () => {
    const { quote_deadline: closes } = await thing(on.cast.buyer.get(`/needs/${need}`));
    await on.dayOf(Date.parse(closes) + 60_000);
    await until(async () => (await thing(on.cast.buyer.get(`/needs/${need}`))).state === 'sealed_closed', 20_000, 'it is closed');
    for (const name of ['anneke', 'joost']) {
        const page = await deal(pages[name]);
        await page.getByLabel('Openingscode').fill(codes[name]);
        await button(page, 'Openen met mijn code').click();
        await says(page, 'Uw code is gegeven.');
        await sound(page, `given-${name}`);
    }
    await pages.joost.getByText('€ 17.500').first().waitFor();
    const admits = pages.joost.getByRole('button', { name: /^Toelaten/ });
    for (const left of [1, 0]) {
        await admits.first().click();
        await until(async () => await admits.count() === left);
    }
    await sound(pages.joost, 'admitted');
    const form = await unfold(pages.joost, 'Gunning voorstellen');
    const which = form.getByLabel('Welke offerte?');
    await which.selectOption(await which.locator('option', { hasText: 'green' }).getAttribute('value'));
    await button(form, 'Gunning voorstellen').click();
    for (const field of await form.getByLabel(/^Motivering bij/).all()) {
        await field.fill('Goede prijs en een goed plan.');
    }
    await button(form, 'Gunning voorstellen').click();
    await says(pages.joost, 'Het voorstel ligt bij een beslisser.');
    await sound(pages.joost, 'proposed');
    await deal(pages.anneke);
    await sound(pages.anneke, 'decide');
    await button(pages.anneke, 'Akkoord met de gunning').click();
    await says(pages.anneke, 'De gunning is beslist.');
    await sound(pages.anneke, 'decided');
});

step('after the standstill he orders', async () => {
    const { items: [award] } = await thing(on.cast.buyer.get(`/awards?needId=${need}`));
    await on.dayOf(Date.parse(award.standstill_until) + 60_000);
    await until(async () => (await thing(on.cast.buyer.get(`/needs/${need}`))).state === 'awarded', 20_000, 'it is awarded');
    await deal(pages.joost);
    await sound(pages.joost, 'awarded');
    await fillAndSend(pages.joost, 'Bestelling plaatsen', { 'Uw eigen kenmerk': 'PO-1' });
    await says(pages.joost, 'De bestelling is geplaatst.');
    await sound(pages.joost, 'ordered');
});

step('of 100 that came he takes 90, and the invoice is for 90', async () => {
    await deal(pages.fatma);
    await press(pages.fatma, 'Bestelling bevestigen');
    await says(pages.fatma, 'De bestelling is bevestigd');
    await fillAndSend(pages.fatma, 'Levering aankondigen', {});
    await press(pages.fatma, 'Melden: geleverd');
    await says(pages.fatma, 'De inkoper weet dat de levering er is.');
    await sound(pages.fatma, 'delivered');
    await deal(pages.joost);
    const judge = await unfold(pages.joost, 'Levering beoordelen');
    await judge.getByLabel('Lunch: geaccepteerd').fill('90');
    await judge.getByLabel('Lunch: reden van afwijzen').fill('Tien lunches waren koud.');
    await sound(pages.joost, 'judge');
    await press(judge, 'Levering beoordelen');
    await says(pages.joost, 'De levering is beoordeeld.');
    await sound(pages.joost, 'judged');
    await deal(pages.fatma);
    const form = await unfold(pages.fatma, 'Factuur maken');
    await says(form, '90 lunch: Lunch');
    await form.getByLabel('Factuurnummer').fill('GK-90');
    await press(form, 'Factuur maken');
    await press(pages.fatma, 'Factuur versturen');
    await says(pages.fatma, 'De factuur is verstuurd.');
    await sound(pages.fatma, 'invoiced');
});
