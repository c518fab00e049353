// walk-private.test.mjs - a private buyer in the browser (walk-through 6.3): a price negotiated in rounds, an order, an invoice that counts for
// what she owes Leiden in social return, a credit note that takes off both, and Haarlem that does not get the same line again.
import assert from 'node:assert/strict';
import { must } from '../lib/house.mjs';
import { chief, delivered, enter, issuedInvoice, openNeed, submittedQuote } from '../system/deal-cast.mjs';
import { admit, colleague, founder, thing } from '../system/people.mjs';
import { forgive, sound as looksSound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let need, order, invoice;
const washing = (cents) => [{ description: 'Wasserij', unit: 'kilo', quantity: 300, unit_price_cents: cents, vat: 'high' }];
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function enterPrivate(house) {
    const { desk, green } = await enter(house);
    const marieke = await founder(house, 'marieke', 'company');
    const money = await colleague(house, marieke, 'betalingen', 'FINANCE');
    await chief(house, marieke, 'baas');
    const [leiden, haarlem] = [await founder(house, 'leiden', 'municipality', { municipality: 'GM0546' }),
        await founder(house, 'haarlem', 'municipality', { municipality: 'GM0392' })];
    await admit(house, desk, marieke, leiden, haarlem);
    need = await openNeed(marieke, { title: 'Wasserij voor bedrijfskleding' });
    await submittedQuote(green, need, washing(1_800));
    return { marieke, boss: marieke.chief, money, green, leiden, haarlem };
}
const on = stage({ enter: enterPrivate, who: ({ green, ...cast }) => ({ ...cast, fatma: green }) });
const { step, pages } = on;
const sound = (page, name) => looksSound(page, `walk-private-${name}`);
const button = (page, name) => page.getByRole('button', { name });
const deal = (page) => visit(page, `/deal/?id=${need.id}`);
const social = (page) => visit(page, '/sroi/');

async function propose(page, name, price, reason) {
    await fillAndSend(page, name, { 'Prijs per eenheid in euro, exclusief btw': price, 'Waarom doet u dit voorstel?': reason,
        'Antwoord uiterlijk op': day(7) });
    await says(page, 'Het voorstel is verstuurd.');
}

step('two rounds about the price, side by side, and an agreement', async () => {
    await deal(pages.marieke);
    await propose(pages.marieke, 'Voorstel doen', '15,00', 'Wij leveren zelf de kratten aan.');
    await says(pages.marieke, 'Ronde 1: inkoper');
    await sound(pages.marieke, 'proposed');
    await deal(pages.fatma);
    await says(pages.fatma, 'Wij leveren zelf de kratten aan.');
    await sound(pages.fatma, 'asked');
    await propose(pages.fatma, 'Tegenvoorstel doen', '17,00', 'Ophalen kost ons meer tijd.');
    await deal(pages.marieke);
    await sound(pages.marieke, 'countered');
    await propose(pages.marieke, 'Tegenvoorstel doen', '16,00', 'Wij brengen de was zelf.');
    await deal(pages.fatma);
    await button(pages.fatma, 'Akkoord met het voorstel').click();
    await says(pages.fatma, 'Akkoord. De offerte geldt nu zoals afgesproken.');
    await deal(pages.marieke);
    await pages.marieke.getByText('€ 4.800,00').first().waitFor();
    await sound(pages.marieke, 'agreed');
});

step('somebody else awards, she orders what was agreed', async () => {
    await deal(pages.boss);
    const form = await unfold(pages.boss, 'Gunnen');
    await form.getByLabel('Motivering').fill('Na twee rondes een goede prijs.');
    await press(form, 'Gunnen');
    await says(pages.boss, 'De opdracht is gegund.');
    await sound(pages.boss, 'awarded');
    await deal(pages.marieke);
    await fillAndSend(pages.marieke, 'Bestelling plaatsen', { 'Uw eigen kenmerk': 'PO-63' });
    await says(pages.marieke, 'De bestelling is geplaatst.');
    await sound(pages.marieke, 'ordered');
    await deal(pages.fatma);
    await press(pages.fatma, 'Bestelling bevestigen');
    await says(pages.fatma, 'De bestelling is bevestigd');
    ({ items: [order] } = await thing(on.cast.green.get(`/orders?needId=${need.id}`)));
    const came = await delivered(on.cast.green, order, { 0: 300 });
    must(await on.cast.marieke.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 300 }] }));
    invoice = await issuedInvoice(on.cast.green, order, 'GK-63', { 0: 300 });
    await deal(pages.money);
    await sound(pages.money, 'to-approve');
    await button(pages.money, 'Factuur goedkeuren').click();
    await says(pages.money, 'De factuur is goedgekeurd');
    await sound(pages.money, 'approved');
});

step('both cities have a tariff; she registers what she owes Leiden, 5 % of 96,000', async () => {
    for (const city of [pages.leiden, pages.haarlem]) {
        await social(city);
        await fillAndSend(city, 'Tarief vaststellen', { 'Eerste dag van publicatie': '2023-09-01', 'Welk besluit': 'Nota social return (fictief)' });
        await says(city, 'Het tarief is vastgesteld.');
    }
    await sound(pages.haarlem, 'tariff');
    for (const [name, contract] of [['leiden', 'Schoonmaak, nr. 26-114'], ['haarlem', 'Catering, nr. H-7']]) {
        await social(pages.marieke);
        const form = await unfold(pages.marieke, 'Verplichting aanmelden');
        const city = form.getByLabel('Gemeente');
        await city.selectOption(await city.locator('option', { hasText: name }).getAttribute('value'));
        await fillAndSend(pages.marieke, 'Verplichting aanmelden', { 'Opdracht, met naam': contract, 'Dag waarop de opdracht': '2026-09-01',
            'Waarde van de opdracht': '96.000', 'Telt vanaf': '2026-01-01', 'Telt tot en met': '2036-12-31' });
        await says(pages.marieke, 'De verplichting is aangemeld.');
    }
    await says(pages.marieke, '€ 4.800,00 (5 % van € 96.000,00)');
    await sound(pages.marieke, 'registered');
    for (const city of [pages.leiden, pages.haarlem]) {
        await social(city);
        await button(city, 'Verplichting bevestigen').click();
        await says(city, 'De verplichting is bevestigd.');
    }
    await sound(pages.leiden, 'confirmed');
});

/** Her card of what she owes by that contract. */
const owed = (page, contract) => page.getByRole('article').filter({ hasText: contract });
async function assign(contract) {
    await social(pages.marieke);
    const form = await unfold(owed(pages.marieke, contract), 'Factuurregel toewijzen');
    const line = form.getByLabel('Welke regel');
    await line.selectOption(await line.locator('option', { hasText: 'GK-63' }).getAttribute('value'));
    await press(form, 'Factuurregel toewijzen');
    return form;
}

step('the line of 4,800 counts for Leiden, which verifies it; a second assignment, to Haarlem, is refused', async () => {
    await assign('26-114');
    await says(pages.marieke, 'De regel is toegewezen.');
    await sound(pages.marieke, 'assigned');
    await social(pages.leiden);
    await sound(pages.leiden, 'to-verify');
    await button(pages.leiden, 'Verifiëren').click();
    await says(pages.leiden, 'Geverifieerd. Dit telt nu mee.');
    await sound(pages.leiden, 'verified');
    const form = await assign('H-7');
    await says(form, 'Deze factuurregel telt al mee voor een verplichting');
    forgive(pages.marieke, 409);
    await sound(pages.marieke, 'refused');
});

step('a credit note of 800 leaves 4,000 for both', async () => {
    await deal(pages.fatma);
    await fillAndSend(pages.fatma, 'Creditnota maken', { 'Wasserij: aantal te crediteren': '50', 'Nummer van de creditnota': 'GK-64', Reden: 'Vijftig kilo kwam vies terug.' });
    await press(pages.fatma, 'Creditnota versturen');
    await says(pages.fatma, 'De creditnota is verstuurd.');
    await sound(pages.fatma, 'credited');
    for (const [name, page] of [['contractor', pages.marieke], ['city', pages.leiden]]) {
        await social(page);
        await says(owed(page, '26-114'), 'telt voor € 4.000,00, van € 4.000,00 die vaststaat');
        await sound(page, `credited-${name}`);
    }
    const { items } = await thing(on.cast.marieke.get('/sroi-obligations'));
    assert.deepEqual(items.map(({ verified_cents, open_cents }) => [verified_cents, open_cents]), [[0, 480_000], [400_000, 80_000]]);
});
