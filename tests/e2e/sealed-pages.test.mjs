// sealed-pages.test.mjs - sealed quotes in the browser: two openers and their codes, a supplier's receipt, the opening, an award
// with a motivation per quote, a complaint and its decision.
import assert from 'node:assert/strict';
import { enterSealed, handIn, readyNeed } from '../system/seal-cast.mjs';
import { forgive, sound as looksSound } from './lib/browser.mjs';
import { press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let need;
const codes = {};

async function enter(house) {
    const cast = await enterSealed(house);
    need = await readyNeed(cast.buyer);
    return cast;
}
const on = stage({ enter, who: ({ buyer, green, blue, handler }) => ({ buyer, chief: buyer.chief, green, blue, handler }) });
const { step, pages } = on;
const sound = (page, name) => looksSound(page, `sealed-${name}`);
const deal = (name) => visit(pages[name], `/deal/?id=${need.id}`);
const button = (page, name) => page.getByRole('button', { name, exact: true });
const summary = (page, name) => page.locator('summary', { hasText: name }).first();

for (const name of ['buyer', 'chief']) {
    step(`${name} takes a code, and types it back`, async () => {
        const page = await deal(name);
        await button(page, 'Word opener en toon mijn code').click();
        codes[name] = await page.locator('.mw-code').innerText();
        assert.match(codes[name], /^(\w{5}-){5}\w{5}$/);
        await sound(page, `code-${name}`);
        await page.getByLabel('Openingscode').fill(codes[name].toLowerCase());
        await button(page, 'Code overtypen').click();
        await says(page, 'U hebt uw code. Bewaar hem goed.');
        await sound(page, `coded-${name}`);
        assert.equal(await page.locator('.mw-code').count(), 0);
    });
}

step('with a seal the need comes on the market', async () => {
    const page = await deal('buyer');
    await button(page, 'Vraag publiceren').click();
    await says(page, 'De vraag staat op de marktplaats.');
    await sound(page, 'published');
});

step('a supplier writes a sealed quote, and keeps its receipt and content', async () => {
    const page = await deal('green');
    await page.getByText('Deze offertes zijn verzegeld').waitFor();
    await summary(page, 'Offerte maken').click();
    await page.getByLabel('Aantal', { exact: true }).fill('3');
    await page.getByLabel('Eenheid', { exact: true }).fill('uur');
    await page.getByLabel(/^Prijs per eenheid/).fill('1.234,56');
    await sound(page, 'write');
    await button(page, 'Concept bewaren').click();
    await says(page, /De offerte is verzegeld bewaard/);
    await sound(page, 'kept');
    assert.ok(!(await page.locator('main').innerText()).includes('1.234,56'));
    const saved = page.waitForEvent('download');
    await button(page, 'Inhoud bewaren als bestand').click();
    assert.match((await saved).suggestedFilename(), /^offerte-.*\.json$/);
    await button(page, 'Offerte indienen').click();
    await says(page, /ingediend en verzegeld/);
    const receipt = page.waitForEvent('download');
    await button(page, 'Ontvangstbewijs bewaren').click();
    assert.match((await receipt).suggestedFilename(), /^ontvangstbewijs-/);
    await sound(page, 'handed-in');
    await handIn(on.cast.blue, need, { lines: [{ description: 'Onderhoud', unit: 'uur', quantity: 3, unit_price_cents: 150_000, vat: 'high' }] });
});

step('after the deadline two people open, and see the quotes side by side', async () => {
    await on.house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second', state = 'sealed_closed'
        WHERE id = '${need.id}'`);
    for (const name of ['chief', 'buyer']) {
        const page = await deal(name);
        await page.getByLabel('Openingscode').fill(codes[name]);
        await sound(page, `open-${name}`);
        await button(page, 'Openen met mijn code').click();
        await says(page, 'Uw code is gegeven.');
    }
    await pages.buyer.getByText('€ 3.703,68').first().waitFor();
    await sound(pages.buyer, 'opened');
});

step('both are admitted, and an award is proposed with a motivation for each', async () => {
    const page = pages.buyer;
    for (const left of [2, 1]) {
        await page.getByRole('button', { name: /^Toelaten/ }).first().click();
        await page.waitForFunction((count) =>
            [...document.querySelectorAll('button')].filter((one) => one.textContent.startsWith('Toelaten')).length === count - 1, left);
    }
    await summary(page, 'Gunning voorstellen').click();
    await page.getByLabel('Welke offerte?').selectOption({ index: 1 });
    await button(page, 'Gunning voorstellen').click();
    for (const field of await page.getByLabel(/^Motivering bij/).all()) {
        await field.fill('Goede prijs en een goed plan voor de tuin.');
    }
    await sound(page, 'propose');
    await button(page, 'Gunning voorstellen').click();
    await says(page, 'Het voorstel ligt bij een beslisser.');
    await sound(page, 'proposed');
    const chief = await deal('chief');
    await sound(chief, 'decide');
    await button(chief, 'Akkoord met de gunning').click();
    await says(chief, 'De gunning is beslist.');
    await sound(chief, 'decided');
});

step('a supplier complains, and the handler decides', async () => {
    const page = await deal('blue');
    await summary(page, 'Klacht indienen').click();
    await page.getByLabel('Wat is er mis met de gunning?').fill('De criteria zijn tijdens de beoordeling veranderd.');
    await sound(page, 'complain');
    await button(page, 'Klacht indienen').click();
    await says(page, /Uw klacht is ingediend/);
    await sound(page, 'complained');
    const letter = page.getByRole('link', { name: /^De brief over het besluit/ });
    assert.equal((await page.request.get(await letter.getAttribute('href'))).status(), 200);
    const judge = await visit(pages.handler, '/klachten/');
    await sound(judge, 'complaint');
    await summary(judge, 'Een vraag stellen').click();
    await judge.getByLabel('Waarom?').fill('Welk criterium bedoelt u?');
    await button(judge, 'Een vraag stellen').click();
    await says(judge, 'De vraag is gesteld.');
    await deal('blue');
    await summary(page, 'Antwoorden').click();
    await page.getByRole('textbox', { name: 'Antwoord' }).fill('Het tweede, over het plan.');
    await sound(page, 'asked');
    await button(page, 'Antwoorden').click();
    await says(page, 'De klachtbehandelaar leest uw antwoord.');
    await visit(judge, '/klachten/');
    await says(judge, 'Het tweede, over het plan.');
    await summary(judge, 'Over de klacht beslissen').click();
    await judge.getByLabel('Besluit').selectOption('dismissed');
    await judge.getByLabel('Toelichting').fill('De criteria zijn gelijk gebleven; zie het verslag.');
    await sound(judge, 'judge');
    await button(judge, 'Over de klacht beslissen').click();
    await says(judge, 'Het besluit is bekend bij alle partijen.');
    await sound(judge, 'judged');
});

step('a handler takes another key for escrow in use, after its code was typed back', async () => {
    const page = await visit(pages.handler, '/mijn/');
    await button(page, 'Niet meer gebruiken').click();
    await says(page, 'Deze sleutel wordt niet meer gebruikt voor nieuwe vragen.');
    await button(page, 'Maak een noodsleutel en toon de code').click();
    const code = await page.locator('.mw-code').innerText();
    await sound(page, 'escrow');
    await page.getByLabel('Code van de noodsleutel').fill(`${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`);
    await button(page, 'Code overtypen').click();
    await page.getByText(/groep/).first().waitFor();
    forgive(page, 400);
    await sound(page, 'escrow-mistyped');
    await page.getByLabel('Code van de noodsleutel').fill(code);
    await button(page, 'Code overtypen').click();
    await says(page, 'Uw noodsleutel is in gebruik.');
    await sound(page, 'escrow-used');
    assert.equal(await page.locator('.mw-code').count(), 0);
});

step('a buyer ends an appointment, and makes another', async () => {
    const page = await visit(pages.buyer, '/klachten/');
    await press(page, /^Aanwijzing beëindigen/);
    await says(page, 'De aanwijzing is beëindigd.');
    await sound(page, 'appointment-ended');
    const form = await unfold(page, 'Klachtbehandelaar aanwijzen');
    const which = form.getByLabel('Welke organisatie');
    await which.selectOption(await which.locator('option', { hasText: 'klachten' }).getAttribute('value'));
    await sound(page, 'appoint');
    await press(form, 'Klachtbehandelaar aanwijzen');
    await says(page, 'De klachtbehandelaar is aangewezen, en krijgt bericht.');
    await sound(page, 'appointed');
});
