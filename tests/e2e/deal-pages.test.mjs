// deal-pages.test.mjs - the second half of a deal in the browser: buyer, approver, finance officer, supplier and handler each take the steps that
// the page offers them, from an agreement to a refund; every record is told with what happened to it.
import assert from 'node:assert/strict';
import { png } from '../lib/files.mjs';
import { must, until } from '../lib/house.mjs';
import { awardedQuote, enter } from '../system/deal-cast.mjs';
import { admit, founder } from '../system/people.mjs';
import { sound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let need;
const file = (shade, name = 'kist.png') => ({ name, mimeType: 'image/png', buffer: png({ shade, width: 40, height: 30 }) });

async function enterWithHandler(house) {
    const { desk, ...cast } = await enter(house);
    const handler = await founder(house, 'klachten', 'partner');
    await admit(house, desk, handler);
    must(await cast.buyer.post('/appointments', { handler_id: handler.org }));
    need = (await awardedQuote(cast.buyer, cast.green)).need_id;
    return { ...cast, handler };
}
const on = stage({ enter: enterWithHandler, who: ({ buyer, finance, green, handler }) => ({ buyer, chief: buyer.chief, finance, green, handler }) });
const { step, pages } = on;

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
    await sound(page, 'deal-agreement');
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
    await sound(page, 'deal-call-off');
    await form.getByLabel('Snoeien: aantal dat u bestelt').fill('8');
    await form.getByLabel('Vaste planten: aantal dat u bestelt').fill('7');
    await press(form, 'Afroep plaatsen');
    await says(page, 'De afroep is geplaatst.');
    page = await deal('green');
    await press(page, 'Bestelling bevestigen');
    await says(page, 'De bestelling is bevestigd en nu van kracht.');
    await sound(page, 'deal-called-off');
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
    await sound(page, 'deal-change');
    assert.equal(await page.getByRole('button', { name: 'Akkoord met de wijziging' }).count(), 0);
    page = await deal('buyer');
    await press(page, 'Akkoord met de wijziging');
    await says(page, 'U gaat akkoord.');
    page = await deal('chief');
    await press(page, 'Wijziging doorvoeren');
    await says(page, 'De nieuwe aantallen gelden.');
    await sound(page, 'deal-changed');
    assert.equal((await found(on.who.buyer, `/agreements?needId=${need}`))[0].lines[2].agreed, 2);
});

step('a part need not come after all, when the other side agrees', async () => {
    let page = await deal('buyer');
    await fillAndSend(page, 'Vragen om een deel te laten vervallen', { 'Vaste planten: aantal dat niet meer hoeft': '2', 'Waarom?': 'De bak is kleiner.' });
    await says(page, 'Uw verzoek ligt bij de andere kant.');
    await sound(page, 'deal-cancel');
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
    await sound(page, 'deal-judged');
    await page.getByAltText('Een tuin die niet is gesnoeid').waitFor();
    page = await deal('green');
    await page.getByAltText('Een tuin die niet is gesnoeid').waitFor();
    await fillAndSend(page, 'Afgewezen eenheden opnieuw leveren', { 'Snoeien: aantal dat komt': '1' });
    await says(page, 'De levering is aangekondigd.');
    await says(page, /^Opnieuw, na de levering van/);
    await sound(page, 'deal-redelivery');
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
    const [task] = (await found(on.who.handler, '/tasks')).filter(({ noun }) => noun === 'dispute');
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
    await sound(page, 'deal-decided');
    page = await deal('green');
    await fillAndSend(page, 'In beroep gaan', { 'Waarom?': 'Het waren er twee.' });
    await says(page, 'De behandelaar beslist nog eenmaal.');
    page = await deal('buyer');
    await unfold(card(page, 'dispute'), 'Wat er gebeurde');
    await says(card(page, 'dispute'), 'Beroep in een geschil');
    await sound(page, 'deal-dispute');
});

step('the last decision is final by itself; another dispute is given in to, and one is taken back', async () => {
    const [task] = (await found(on.who.handler, '/tasks')).filter(({ noun }) => noun === 'dispute');
    let page = await visit(pages.handler, task.page);
    const form = await unfold(page, 'Over het geschil beslissen');
    await choose(form, 'Beslissing', 'Gegrond');
    await form.getByLabel('Motivering').fill('Ook het tweede uur is aannemelijk.');
    await press(form, 'Over het geschil beslissen');
    await says(page, 'Beide kanten kennen uw beslissing.');
    await until(async () => (await found(on.who.buyer, '/disputes'))[0].state === 'final');
    page = await deal('buyer');
    await says(card(page, 'dispute'), 'Definitief');
    assert.equal(await page.getByText('Dit staat stil tot het geschil is opgelost.').count(), 0);
    await sound(page, 'deal-final');
    for (const [units, why] of [['1', 'Eén plant is dor.'], ['2', 'Twee planten zijn te klein.']]) {
        const raise = await unfold(await deal('buyer'), 'Geschil melden');
        await raise.getByLabel('Waar gaat het over?').selectOption(await raise.getByRole('option', { name: /^Geaccepteerd: Vaste planten/ }).getAttribute('value'));
        await raise.getByLabel('Hoeveel eenheden?').fill(units);
        await raise.getByLabel('Wat is er mis, en wat vraagt u?').fill(why);
        await press(raise, 'Geschil melden');
        await says(page, 'Het geschil is gemeld.');
    }
    await press(card(page, 'dispute', 'Twee planten'), 'Geschil intrekken');
    await says(page, 'Het geschil is ingetrokken.');
    page = await deal('green');
    await sound(page, 'deal-give-in');
    await press(card(page, 'dispute', 'Eén plant is dor.'), 'Toegeven: de andere kant heeft gelijk');
    await says(page, 'Het geschil is geschikt.');
    await sound(page, 'deal-settled');
});

step('goods go back, and the supplier says that they came', async () => {
    let page = await deal('buyer');
    await fillAndSend(page, 'Goederen terugsturen', { 'Vaste planten: aantal dat teruggaat': '1', 'Waarom?': 'Eén plant is dood.' });
    await says(page, 'De leverancier weet dat de goederen terugkomen.');
    await sound(page, 'deal-return');
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
    await sound(page, 'deal-announced');
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
    await sound(page, 'deal-reversed-refund');
    await fillAndSend(card(page, 'payment'), 'Melden: teruggedraaid', { 'Waarom?': 'De bank stortte het terug.' });
    await says(page, 'De betaling is teruggedraaid. De factuur staat weer open.');
    page = await deal('green');
    await says(card(page, 'payment'), 'De bank stortte het terug.');
    await sound(page, 'deal-reversed');
});

async function fillClaim(form, line, count, method) {
    await choose(form, 'Bij welke regel van de bestelling?', line);
    await choose(form, 'Wat telt u?', 'Leerwerkplekken');
    await choose(form, 'Om wie gaat het?', 'Mensen uit de bijstand');
    await form.getByLabel('Hoeveel?').fill(count);
    await form.getByLabel('Eerste dag van de periode').fill('2026-01-01');
    await form.getByLabel('Laatste dag van de periode').fill('2026-10-31');
    await form.getByLabel('Hoe is dit geteld, en waaruit blijkt het?').fill(method);
}

step('impact of accepted work is claimed, evidence is asked and given, and the buyer verifies it', async () => {
    let page = await deal('green');
    let form = await unfold(page, 'Impact claimen');
    await press(form, 'Impact claimen');
    await says(form, 'Kies wat u telt.');
    await fillClaim(form, 'Snoeien', '3', 'Drie plekken, samen 96 uur, volgens de urenstaat.');
    await sound(page, 'deal-claim-form');
    await press(form, 'Impact claimen');
    await says(page, 'De claim ligt bij de inkoper.');
    page = await deal('buyer');
    await fillAndSend(page, 'Bewijs vragen', { 'Waarom?': 'Stuur de urenstaat mee.' });
    await says(page, 'De leverancier weet welk bewijs u vraagt.');
    await sound(page, 'deal-evidence-asked');
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

step('another claim is refused with a reason, appealed against, and verified by the handler', async () => {
    let page = await deal('green');
    const form = await unfold(page, 'Impact claimen');
    await fillClaim(form, 'Vaste planten', '2', 'Twee plekken in de kwekerij, volgens de urenstaat.');
    await press(form, 'Impact claimen');
    await says(page, 'De claim ligt bij de inkoper.');
    page = await deal('buyer');
    const claimed = (where) => card(where, 'impact_claim', 'Vaste planten');
    await fillAndSend(claimed(page), 'Claim afwijzen', { 'Waarom?': 'Dit is niet te volgen.' });
    await says(page, 'De claim is afgewezen.');
    await sound(page, 'deal-claim-refused');
    page = await deal('green');
    await says(claimed(page), 'Dit is niet te volgen.');
    await fillAndSend(claimed(page), 'In beroep gaan', { 'Waarom?': 'De urenstaat noemt beide plekken.' });
    await says(page, 'De behandelaar beoordeelt de claim.');
    await sound(page, 'deal-claim-appealed');
    const [task] = (await found(on.who.handler, '/tasks')).filter(({ noun }) => noun === 'impact_claim');
    page = await visit(pages.handler, task.page);
    await says(claimed(page), 'De urenstaat noemt beide plekken.');
    await sound(page, 'deal-claim-handler');
    await press(claimed(page), 'Verifiëren: dit klopt');
    await says(page, 'De impact is geverifieerd');
});
