// journey.test.mjs - the whole way through the pages, as people walk it: from an offer to money in
// the results, to the cent; the funnel of a round; a story that another city takes over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/house.mjs';
import { openBrowser, openPage, skip } from './lib/browser.mjs';
import { centsIn, fillAndSend, logIn, press, says, unfold, visit } from './lib/person.mjs';
import { people } from './lib/states.mjs';

// Two rates of VAT, one line of which is rejected in part and comes again.
const title = 'Onderhoud van schooltuinen en moestuinen';
const hour = 4137, plant = 295;
const first = 8 * hour + 25 * plant, second = 2 * hour;
const net = first + second;
const gross = net + Math.round(10 * hour * 0.21) + Math.round(25 * plant * 0.09);

let house, browser, anybody, supplier, buyer, finance, policy, deal, revenueBefore;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse({ demo: true }), openBrowser()]);
    anybody = await openPage(browser, { baseURL: house.url });
    [supplier, buyer, finance, policy] = await Promise.all(
        [people.supplier, people.buyer, people.finance, people.policy]
            .map((email) => logIn(browser, house.url, email)));
    revenueBefore = await revenue();
});
after(() => Promise.all([browser?.close(), house?.stop()]));

/** The revenue as the results page says it, to the cent. */
async function revenue() {
    await visit(anybody, '/resultaten/');
    const lines = await unfold(anybody, 'Regels onder dit cijfer');
    const sum = lines.getByText(/samen €\s[\d.]+,\d\d\./);
    await sum.waitFor();
    return centsIn((await sum.innerText()).match(/€\s(\S+)/)[1]);
}

let goesOn = true;

/** Each step goes on with what the one before made, so that after a failure none makes sense. */
const step = (name, work) => test(name, { skip }, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    for (const page of [anybody, supplier, buyer, finance, policy]) {
        assert.deepEqual(page.faults, []);
    }
    goesOn = true;
});

async function chooseSubject(page, words, subject) {
    await page.getByLabel('Zoek een onderwerp').fill(words);
    await page.getByRole('group', { name: 'Onderwerpen' }).getByLabel(subject).check();
}

step('an enterprise writes an offer and puts it on the market', async () => {
    await press(supplier, 'Nieuw aanbod schrijven');
    await supplier.getByLabel('Titel', { exact: true }).fill(title);
    await supplier.getByLabel('Omschrijving').fill(
        'Wij houden tuinen bij scholen en buurthuizen bij, samen met kinderen en buren.');
    await supplier.getByLabel('Soort', { exact: true }).selectOption('Dienst');
    await supplier.getByLabel('Thema').selectOption('Groen en buiten');
    await chooseSubject(supplier, 'hovenier', /^Beplanten en onderhouden/);
    await supplier.getByLabel(/^Prijs in euro/).fill('41,37');
    await supplier.getByLabel('Eenheid').fill('uur');
    await supplier.getByLabel('Levertijd in dagen').fill('7');
    await supplier.getByLabel('In heel Nederland').check();
    await supplier.getByLabel('Inclusieve arbeidsmarkt').check();
    await press(supplier, 'Aanbod bewaren');
    const row = supplier.getByRole('listitem').filter({ hasText: title });
    await says(row, 'Concept');
    await press(row, 'Op de markt zetten');
    await says(row, /^Op de markt$/);
});

step('a buyer asks for it in four steps, the subject by an ordinary word', async () => {
    await buyer.getByRole('main').getByRole('link', { name: 'Vraag plaatsen' }).click();
    await buyer.getByLabel('Titel van uw vraag').fill(title);
    await buyer.getByLabel('Omschrijving').fill(
        'Tien uur onderhoud van schooltuinen en moestuinen, met vaste planten erbij.');
    await buyer.getByLabel(/^Soort/).selectOption('Dienst');
    await press(buyer, 'Volgende stap');
    await chooseSubject(buyer, 'hovenier', /^Beplanten en onderhouden/);
    await press(buyer, 'Volgende stap');
    await buyer.getByLabel('Gemeente waar geleverd wordt').selectOption('Enschede');
    await buyer.getByLabel('Uiterste datum voor offertes')
        .fill(`1-3-${new Date().getUTCFullYear() + 1}`);
    await buyer.getByLabel(/^Geschatte waarde/).fill('1.000');
    await buyer.getByLabel('Aantal').fill('10');
    await buyer.getByLabel('Eenheid').fill('uur');
    await buyer.getByLabel('Inclusieve arbeidsmarkt').check();
    await press(buyer, 'Volgende stap');
    await says(buyer, 'Controleer uw vraag');
    await press(buyer, 'Vraag plaatsen');
    await buyer.waitForURL('**/matches/?id=*');
    deal = `/deal/${new URL(buyer.url()).search}`;
});

step('the offer is among the matches, with points that add up, and is invited', async () => {
    const match = buyer.getByRole('article').filter({ hasText: title });
    await until(async () => {
        await visit(buyer, buyer.url());
        return await match.count() === 1;
    }, 10_000, 'the new offer is a match');
    const why = await unfold(match, 'Waarom deze match?');
    const points = await why.getByText(/^\d+ van \d+ punten$/).allInnerTexts();
    const [score] = (await why.getByText(/^\d+ van 100$/).innerText()).split(' ');
    const sum = points.reduce((total, text) => total + parseInt(text, 10), 0);
    assert.equal(points.length, 7);
    assert.equal(sum, Number(score));
    await says(why, `= ${score} punten.`);
    await press(match, 'Uitnodigen voor een offerte');
    await says(match, /^De uitnodiging aan .* is verstuurd\.$/);
});

step('the supplier finds the invitation and quotes two lines', async () => {
    await visit(supplier, '/mijn/');
    const invitations = supplier.getByRole('region', { name: 'Uitnodigingen' });
    await invitations.getByRole('link', { name: title }).click();
    const form = await unfold(supplier, /^Offerte maken/);
    const line = (at) => form.getByRole('group', { name: `Regel ${at}` });
    await line(1).getByLabel('Prijs per eenheid').fill('41,37');
    await press(form, 'Regel toevoegen');
    await line(2).getByLabel('Omschrijving').fill('Vaste planten');
    await line(2).getByLabel('Aantal').fill('25');
    await line(2).getByLabel('Eenheid', { exact: true }).fill('stuk');
    await line(2).getByLabel('Prijs per eenheid').fill('2,95');
    await line(2).getByLabel('Btw', { exact: true }).selectOption('9% btw');
    await press(form, 'Concept bewaren');
    await press(supplier, 'Offerte indienen');
    await says(supplier, 'De offerte is ingediend.');
});

step('an approver awards it, and the buyer places the order', async () => {
    await visit(finance, deal);
    const form = await unfold(finance, 'Gunnen');
    await form.getByLabel('Welke offerte?').selectOption({ index: 1 });
    await form.getByLabel('Motivering').fill('Past het best bij de school en de buurt.');
    await press(form, 'Gunnen');
    await says(finance, 'De opdracht is gegund.');
    await visit(buyer, deal);
    await fillAndSend(buyer, 'Bestelling plaatsen', { 'Uw eigen kenmerk': 'PO-2026-77' });
    await says(buyer, 'De bestelling is geplaatst.');
});

const deliver = async () => {
    await fillAndSend(supplier, 'Levering aankondigen', {});
    await press(supplier, 'Melden: geleverd');
    await says(supplier, 'De inkoper weet dat de levering er is.');
    await visit(buyer, deal);
};

step('the supplier confirms and delivers; the buyer accepts line by line', async () => {
    await visit(supplier, deal);
    await press(supplier, 'Bestelling bevestigen');
    await says(supplier, 'De bestelling is bevestigd');
    await deliver();
    const form = await unfold(buyer, 'Levering beoordelen');
    await form.getByLabel(`${title}: geaccepteerd`).fill('8');
    await form.getByLabel(`${title}: reden van afwijzen`).fill('Twee uur niet gekomen.');
    await press(form, 'Levering beoordelen');
    await says(buyer, 'De levering is beoordeeld.');
});

step('what was rejected comes again', async () => {
    await visit(supplier, deal);
    await deliver();
    await fillAndSend(buyer, 'Levering beoordelen', {});
    await says(buyer, 'De levering is beoordeeld.');
});

step('the invoice goes out, and somebody else approves and pays it', async () => {
    await visit(supplier, deal);
    await fillAndSend(supplier, 'Factuur maken', { Factuurnummer: 'TUIN-2026-77' });
    await press(supplier, 'Factuur versturen');
    await says(supplier, 'De factuur is verstuurd.');
    await visit(buyer, deal);
    await says(buyer, 'TUIN-2026-77');
    assert.equal(await buyer.getByRole('button', { name: 'Factuur goedkeuren' }).count(), 0);
    await visit(finance, deal);
    await press(finance, 'Factuur goedkeuren');
    await says(finance, 'De factuur is goedgekeurd');
    const form = await unfold(finance, 'Betaling melden');
    assert.equal(centsIn(await form.getByLabel('Bedrag in euro').inputValue()), gross);
    await form.getByLabel('Kenmerk op het bankafschrift').fill('Schooltuinen, PO-2026-77');
    await press(form, 'Betaling melden');
    await says(finance, 'De betaling is gemeld.');
});

step('the supplier confirms the money, and the deal is done', async () => {
    await visit(supplier, deal);
    await press(supplier, 'Ontvangst bevestigen');
    await says(supplier, 'De ontvangst is bevestigd.');
    const track = supplier.getByRole('navigation', { name: 'Voortgang' });
    await until(async () => await track.getByText('Klaar').count() === 8, 5_000, 'all eight steps');
});

step('the results show it to the cent, with the lines under the figure', async () => {
    await until(async () => await revenue() === revenueBefore + net, 10_000, 'it is counted');
    const rows = anybody.getByRole('row').filter({ hasText: 'Groene Kracht Enschede' });
    const amounts = (await rows.allInnerTexts()).map((text) => centsIn(text.match(/€\s(\S+)/)[1]));
    for (const part of [first, second]) {
        assert.ok(amounts.includes(part), `${part} is not among ${amounts}`);
    }
});

step('the funnel of a round says 52, 28 and 11, with 53,8 % and 39,3 %', async () => {
    await visit(anybody, '/programma/');
    await anybody.getByRole('link', { name: 'Bekijk ronde 1' }).click();
    const table = await unfold(anybody, 'Bekijk als tabel');
    const rows = await table.getByRole('row').allInnerTexts();
    const cells = rows.map((row) => row.split('\t').map((cell) => cell.replace(/\s/g, ' ').trim()));
    assert.deepEqual(cells.slice(1, 4).map((row) => row.slice(0, 3)), [
        ['Ingediend', '52', '–'],
        ['Voorgelegd', '28', '53,8 %'],
        ['Geselecteerd', '11', '39,3 %'],
    ]);
});

step('a city takes over the story of another, and its page says so', async () => {
    const story = 'De accountmanager in de buurt';
    await visit(policy, '/roadmap/');
    await policy.getByRole('link', { name: story }).click();
    await fillAndSend(policy, 'Overnemen', { 'Wat gaat die stad doen?': 'Een loket in de wijk.' });
    await says(policy, 'Uw stad neemt dit verhaal over.');
    await policy.getByRole('link', { name: 'Gemeente Enschede (fictief)' }).click();
    const adopted = policy.getByRole('region', { name: 'Overgenomen van andere steden' });
    await says(adopted, story);
    await until(async () => {
        await visit(policy, '/stad/?municipality=GM0153');
        return await adopted.getByText(/^2 keer nam deze stad iets over/).count() === 1;
    }, 10_000, 'the city counts it');
});

step('who mistypes a password too often reads how long to wait', async () => {
    const page = await visit(await openPage(browser, { baseURL: house.url }), '/inloggen/');
    await page.getByLabel('E-mailadres').fill('vergeten@meerwaarde.example');
    await page.getByLabel('Wachtwoord').fill('verkeerd');
    for (let i = 0; i < 5; i++) {
        const answered = page.waitForResponse('**/v1/sessions');
        await press(page, 'Inloggen');
        assert.equal((await answered).status(), 401);
        await says(page, 'Het e-mailadres of het wachtwoord klopt niet.');
    }
    await press(page, 'Inloggen');
    await says(page, /te vaak met een verkeerd wachtwoord.* over 15 minuten weer/);
});
