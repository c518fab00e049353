// deal-pages.test.mjs - the second half of a deal in the browser: buyer, approver, finance officer, supplier and handler each take the steps that
// the page offers them, from an agreement to a refund; every record is told with what happened to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { png } from '../lib/files.mjs';
import { must, openHouse } from '../lib/house.mjs';
import { awardedQuote, enter } from '../system/deal-cast.mjs';
import { admit, founder } from '../system/people.mjs';
import { lendSession, openBrowser, openPage, skip, sound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';

let house, browser, clients, need;
const pages = {};
const file = (shade, name = 'kist.png') => ({ name, mimeType: 'image/png', buffer: png({ shade, width: 40, height: 30 }) });

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    const { desk, buyer, finance, green } = await enter(house);
    const handler = await founder(house, 'klachten', 'partner');
    await admit(house, desk, handler);
    must(await buyer.post('/appointments', { handler_id: handler.org }));
    clients = { buyer, chief: buyer.chief, finance, green, handler };
    need = (await awardedQuote(buyer, green)).need_id;
    for (const [name, client] of Object.entries(clients)) {
        pages[name] = await openPage(browser, { baseURL: house.url });
        await lendSession(pages[name], client);
    }
});
after(() => Promise.all([browser?.close(), house?.stop()]));

let goesOn = true;
const step = (name, work) => test(name, { skip }, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

/** The deal as this person sees it now. */
async function deal(name) {
    const page = await visit(pages[name], `/deal/?id=${need}`);
    await page.locator('#history').waitFor();
    return page;
}
const card = (page, noun, text = '') => page.locator(`[id^="${noun}-0"]`).filter({ hasText: text }).last();
const choose = async (where, label, option) => where.getByLabel(label).selectOption({ label: option });
const found = async (client, path) => must(await client.get(path)).body.items;

step('an agreement is drafted by the buyer, signed by both, and called off from', async () => {
    let page = await deal('buyer');
    let form = await unfold(page, 'Overeenkomst opstellen');
    await press(form, 'Overeenkomst opstellen');
    await says(form, 'Kies een soort overeenkomst.');
    await choose(form, 'Soort overeenkomst', 'Raamovereenkomst');
    await sound(page, 'deal-agreement-form');
    await press(form, 'Overeenkomst opstellen');
    await says(page, 'De overeenkomst is opgesteld.');
    assert.equal(await (await deal('finance')).getByRole('button', { name: 'Overeenkomst tekenen' }).count(), 0, 'who may not sign has no button');
    for (const name of ['green', 'chief']) {
        page = await deal(name);
        await press(page, 'Overeenkomst tekenen');
        await says(page, 'U hebt getekend.');
    }
    await says(page, 'Van kracht');
    page = await deal('buyer');
    form = await unfold(page, 'Afroep plaatsen');
    await form.getByLabel('Snoeien: aantal dat u bestelt').fill('11');
    await press(form, 'Afroep plaatsen');
    await says(form, 'Niet meer dan 10.');
    await form.getByLabel('Snoeien: aantal dat u bestelt').fill('8');
    await form.getByLabel('Vaste planten: aantal dat u bestelt').fill('7');
    await press(form, 'Afroep plaatsen');
    await says(page, 'De afroep is geplaatst.');
    page = await deal('green');
    await press(page, 'Bestelling bevestigen');
    await says(page, 'De bestelling is bevestigd en nu van kracht.');
});

step('a change is proposed on a ground within the cap, accepted by the other side, and applied by the approver', async () => {
    let page = await deal('green');
    const form = await unfold(page, 'Wijziging voorstellen');
    await says(form, /Alle wijzigingen samen mogen nog/);
    await form.getByLabel('Afvoeren: meer of minder').fill('-1');
    await choose(form, 'Op welke grond?', 'Kleine wijziging');
    await form.getByLabel('Waarom?').fill('Er is minder af te voeren.');
    await press(form, 'Wijziging voorstellen');
    await says(page, 'De wijziging is voorgesteld.');
    assert.equal(await page.getByRole('button', { name: 'Akkoord met de wijziging' }).count(), 0);
    page = await deal('buyer');
    await press(page, 'Akkoord met de wijziging');
    await says(page, 'U gaat akkoord.');
    page = await deal('chief');
    await press(page, 'Wijziging doorvoeren');
    await says(page, 'De nieuwe aantallen gelden.');
    assert.equal((await found(clients.buyer, `/agreements?needId=${need}`))[0].lines[2].agreed, 2);
});

step('a part need not come after all, when the other side agrees', async () => {
    let page = await deal('buyer');
    await fillAndSend(page, 'Vragen om een deel te laten vervallen', { 'Vaste planten: aantal dat niet meer hoeft': '2', 'Waarom?': 'De bak is kleiner.' });
    await says(page, 'Uw verzoek ligt bij de andere kant.');
    page = await deal('green');
    await press(page, 'Akkoord: dit hoeft niet te komen');
    await says(page, 'Dit deel van de bestelling vervalt.');
});

step('what is rejected has a photo; it comes again, or its supplier disputes it', async () => {
    let page = await deal('green');
    await fillAndSend(page, 'Levering aankondigen', {});
    await press(page, 'Melden: geleverd');
    await says(page, 'De inkoper weet dat de levering er is.');
    page = await deal('buyer');
    let form = await unfold(page, 'Levering beoordelen');
    await form.getByLabel('Snoeien: geaccepteerd').fill('5');
    await form.getByLabel('Snoeien: reden van afwijzen').fill('Drie uur niet gewerkt.');
    await form.getByLabel('Snoeien: foto’s van wat u afwijst').setInputFiles(file(90));
    await form.getByLabel('Wat is er te zien op kist.png?').fill('Een tuin die niet is gesnoeid');
    await sound(page, 'deal-judge');
    await press(form, 'Levering beoordelen');
    await says(page, 'De levering is beoordeeld.');
    await page.getByAltText('Een tuin die niet is gesnoeid').waitFor();
    page = await deal('green');
    await page.getByAltText('Een tuin die niet is gesnoeid').waitFor();
    await fillAndSend(page, 'Afgewezen eenheden opnieuw leveren', { 'Snoeien: aantal dat komt': '1' });
    await says(page, 'De levering is aangekondigd.');
    await says(page, /^Opnieuw, na de levering van/);
    await press(page, 'Levering intrekken');
    await says(page, 'De inkoper weet dat deze levering niet komt.');
    form = await unfold(page, 'Geschil melden');
    await form.getByLabel('Waar gaat het over?').selectOption({ index: 3 });
    await form.getByLabel('Hoeveel eenheden?').fill('2');
    await form.getByLabel('Wat is er mis, en wat vraagt u?').fill('Er is wel gewerkt, kijk naar de foto.');
    await form.getByLabel('Foto’s en bestanden die het laten zien').setInputFiles(file(10, 'wel.png'));
    await says(form, /wel\.png/);
    await sound(page, 'deal-dispute-form');
    await press(form, 'Geschil melden');
    await says(page, 'Het geschil is gemeld.');
    await says(page, 'Dit staat stil tot het geschil is opgelost.');
    await sound(page, 'deal-frozen');
});

step('a dispute is answered, decided by the handler who sees nothing else, and appealed against', async () => {
    let page = await deal('buyer');
    await fillAndSend(page, 'Reageren', { 'Waarom?': 'De foto is van een andere tuin.' });
    await says(page, 'Uw reactie ligt bij de behandelaar.');
    const [task] = (await found(clients.handler, '/tasks')).filter(({ noun }) => noun === 'dispute');
    page = await visit(pages.handler, task.page);
    await card(page, 'dispute', '2 uur, afgewezen: Snoeien').waitFor();
    assert.equal(await page.locator('[id^="order-0"]').count(), 0);
    const form = await unfold(page, 'Over het geschil beslissen');
    await choose(form, 'Beslissing', 'Deels gegrond');
    await form.getByLabel('Hoeveel wijst u toe?').fill('1');
    await form.getByLabel('Motivering').fill('Eén uur is aannemelijk.');
    await sound(page, 'deal-decide');
    await press(form, 'Over het geschil beslissen');
    await says(page, 'Beide kanten kennen uw beslissing.');
    page = await deal('green');
    await fillAndSend(page, 'In beroep gaan', { 'Waarom?': 'Het waren er twee.' });
    await says(page, 'De behandelaar beslist nog eenmaal.');
    page = await deal('buyer');
    await unfold(card(page, 'dispute'), 'Wat er gebeurde');
    await says(card(page, 'dispute'), 'Beroep in een geschil');
    await sound(page, 'deal-dispute');
});

step('goods go back, and the supplier says that they came', async () => {
    let page = await deal('buyer');
    await fillAndSend(page, 'Goederen terugsturen', { 'Vaste planten: aantal dat teruggaat': '1', 'Waarom?': 'Eén plant is dood.' });
    await says(page, 'De leverancier weet dat de goederen terugkomen.');
    page = await deal('green');
    await press(page, 'Melden: terug ontvangen');
    await says(page, 'De inkoper weet dat u de goederen terug hebt.');
});

step('a payment is announced, debited, confirmed, paid back in part with who bears it, and reversed', async () => {
    let page = await deal('green');
    await fillAndSend(page, 'Factuur maken', { Factuurnummer: 'GK-1' });
    await press(page, 'Factuur versturen');
    await says(page, 'De factuur is verstuurd.');
    page = await deal('finance');
    await press(page, 'Factuur goedkeuren');
    await says(page, 'De factuur is goedgekeurd');
    await fillAndSend(page, 'Betaling aankondigen', { 'Wordt betaald op': '2027-01-15' });
    await says(page, 'De leverancier weet dat het geld komt.');
    await fillAndSend(page, 'Melden: afgeschreven', { 'Kenmerk op het bankafschrift': 'BANK 1' });
    await says(page, 'Het kenmerk van de bank is bewaard.');
    page = await deal('green');
    await press(page, 'Ontvangst bevestigen');
    await says(page, 'De ontvangst is bevestigd.');
    const form = await unfold(page, 'Terugbetaling melden');
    await form.getByLabel('Bedrag in euro').fill('2,24');
    await form.getByLabel('Kenmerk op het bankafschrift').fill('BANK 2');
    await choose(form, 'Voor wiens rekening?', 'Leverancier');
    await form.getByLabel('Waarom?').fill('Eén plant kwam terug.');
    await press(form, 'Terugbetaling melden');
    await says(page, 'De terugbetaling is gemeld.');
    page = await deal('finance');
    await press(page, 'Ontvangst van de terugbetaling bevestigen');
    await says(page, 'De ontvangst is bevestigd.');
    await sound(page, 'deal-refund');
    const refund = card(page, 'refund');
    await fillAndSend(refund, 'Melden: teruggedraaid', { 'Waarom?': 'De bank haalde het terug.' });
    await says(page, 'De terugbetaling is teruggedraaid.');
});

step('impact of accepted work is claimed, evidence is asked and given, and the buyer verifies it', async () => {
    let page = await deal('green');
    let form = await unfold(page, 'Impact claimen');
    await press(form, 'Impact claimen');
    await says(form, 'Kies wat u telt.');
    await choose(form, 'Bij welke regel van de bestelling?', 'Snoeien');
    await choose(form, 'Wat telt u?', 'Leerwerkplekken');
    await choose(form, 'Om wie gaat het?', 'Mensen uit de bijstand');
    await form.getByLabel('Hoeveel?').fill('3');
    await form.getByLabel('Eerste dag van de periode').fill('2026-01-01');
    await form.getByLabel('Laatste dag van de periode').fill('2026-10-31');
    await form.getByLabel('Hoe is dit geteld, en waaruit blijkt het?').fill('Drie plekken, samen 96 uur, volgens de urenstaat.');
    await sound(page, 'deal-claim-form');
    await press(form, 'Impact claimen');
    await says(page, 'De claim ligt bij de inkoper.');
    page = await deal('buyer');
    await fillAndSend(page, 'Bewijs vragen', { 'Waarom?': 'Stuur de urenstaat mee.' });
    await says(page, 'De leverancier weet welk bewijs u vraagt.');
    page = await deal('green');
    form = await unfold(page, 'Claim aanvullen');
    await form.getByLabel('Antwoord').fill('De urenstaat is bijgevoegd.');
    await form.getByLabel('Alle foto’s en bestanden van deze claim').setInputFiles({ name: 'uren.csv', mimeType: 'text/csv', buffer: Buffer.from('week;uren\n1;96\n') });
    await says(form, /uren\.csv/);
    await press(form, 'Claim aanvullen');
    await says(page, 'Uw aanvulling ligt bij de inkoper.');
    page = await deal('buyer');
    await says(card(page, 'impact_claim'), 'uren.csv');
    await press(page, 'Verifiëren: dit klopt');
    await says(page, 'De impact is geverifieerd');
    await sound(page, 'deal-whole');
});
