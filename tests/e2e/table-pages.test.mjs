// table-pages.test.mjs - the financing table in the browser: what is pledged and on what it depends, and a pledge that a financier makes.
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { committed, enterTable, roundAtTable, seated } from '../system/table-cast.mjs';
import { openBrowser, skip, sound } from './lib/browser.mjs';
import { thing } from '../system/people.mjs';
import { says } from './lib/person.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, cast, ask, plans, round;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    cast = await enterTable(house);
    ({ plans, round } = await roundAtTable(house, cast, cast.green, ['Buurtkeuken', 'Leeszaal']));
    ask = await seated(cast.office, cast.green, plans[0], 40_000, 35_000);
    await committed(cast.bank, ask, 'loan', 25_000, [{ wish: 'sum', kind: 'subsidy', least_cents: 1_000_000 }], { text: 'Vier procent rente.' });
    await committed(cast.buyer, ask, 'subsidy', 10_000, [{ wish: 'agreement' }]);
});
after(() => Promise.all([browser?.close(), house?.stop()]));

test('a financier reads what others offer and on what it depends, and promises something', { skip }, async () => {
    const page = await openAs(browser, cast.fund, `/tafel/?initiatief=${ask.initiative_id}`);
    await says(page, 'als er minstens € 10.000 is toegezegd als subsidie');
    await says(page, 'als er een overeenkomst van kracht is waarin de aanvrager levert');
    await sound(page, 'table');
    await page.locator('summary', { hasText: 'Een bijdrage aanbieden' }).click();
    await page.getByLabel('In welke vorm').selectOption('gift');
    await page.getByLabel('Bedrag in euro').fill('5.000');
    await page.getByLabel('Waarvan hangt het af?').selectOption('financiers');
    await page.getByLabel('Minstens hoeveel financiers').fill('3');
    await sound(page, 'table-form');
    await page.getByRole('button', { name: /^Een bijdrage aanbieden/ }).click();
    await says(page, 'Uw aanbod is bewaard als concept.');
    await page.getByRole('button', { name: /^Toezeggen/ }).click();
    await says(page, 'Dat is gedaan.');
    await sound(page, 'table-committed');
});

test('the applicant sees it all, in English too', { skip }, async () => {
    const page = await openAs(browser, cast.green, '/en/tafel/');
    await says(page, 'if at least 3 financiers take part');
    await sound(page, 'table-applicant');
});

test('an applicant asks for money, and says that it is ready', { skip }, async () => {
    const page = await openAs(browser, cast.green, `/tafel/?initiatief=${plans[1].id}`);
    await page.getByLabel('Hoeveel hebt u nodig, in euro?').fill('20.000');
    await page.getByLabel('Met hoeveel kunt u al beginnen?').fill('25.000');
    await page.getByLabel('Waarvoor is het').fill('Voor boeken, stoelen en een beheerder op woensdag.');
    await page.getByRole('button', { name: /^Geld vragen aan de tafel/ }).click();
    await says(page, 'Dit kan niet meer zijn dan wat u vraagt.');
    await page.getByLabel('Met hoeveel kunt u al beginnen?').fill('12.000');
    await sound(page, 'ask-form');
    await page.getByRole('button', { name: /^Geld vragen aan de tafel/ }).click();
    await says(page, 'De vraag is bewaard.');
    await page.getByRole('button', { name: /^Klaar voor de tafel/ }).click();
    await says(page, 'De financieringsvraag is klaar voor de tafel.');
});

test('who runs the round sees what a closing would do and why, and closes the table', { skip }, async () => {
    const page = await openAs(browser, cast.office, `/tafel/?ronde=${round.id}`);
    await page.getByRole('button', { name: 'Proefsluiting bekijken' }).click();
    await says(page, 'Niet gehaald: als er een overeenkomst van kracht is waarin de aanvrager levert');
    await sound(page, 'closing');
    await page.getByRole('button', { name: 'De tafel nu sluiten' }).click();
    await says(page, 'De tafel is gesloten.');
});

test('milestones and jobs on the page of an initiative, by its applicant and by who verifies; and then the market', { skip }, async () => {
    // The agreement that it wanted is another test's.
    await house.psql(`UPDATE pipeline.initiative SET state = 'financed' WHERE id = '${plans[0].id}'`);
    const page = await openAs(browser, cast.green, `/initiatief/?id=${plans[0].id}`);
    await page.locator('summary', { hasText: 'Mijlpaal plannen' }).click();
    await page.getByLabel('Wat is er dan?').fill('De keuken draait vijf dagen per week.');
    await page.getByLabel('Laatste dag').fill('2030-06-30');
    await page.getByRole('button', { name: /^Mijlpaal plannen/ }).click();
    await says(page, 'De mijlpaal is gepland.');
    await page.locator('summary', { hasText: 'Bewijs inleveren' }).click();
    await page.getByLabel('Waaruit blijkt het?').fill('Zie het rooster van deze maand.');
    await page.getByRole('button', { name: /^Bewijs inleveren/ }).click();
    await says(page, 'Bewijs ingeleverd');
    await page.locator('summary', { hasText: 'Banen opgeven' }).click();
    await page.getByLabel('Soort').first().selectOption('learn_general');
    await page.getByLabel('Hoeveel', { exact: true }).fill('3');
    await page.getByLabel('Samen hoeveel fte').fill('2,5');
    await page.getByLabel('Vanaf').fill('2026-01-01');
    await sound(page, 'realisation-forms');
    await page.getByRole('button', { name: /^Banen opgeven/ }).click();
    await says(page, 'De banen zijn opgegeven.');
    await says(page, '3 (2,50 fte)');
    const office = await openAs(browser, cast.office, `/initiatief/?id=${plans[0].id}`);
    await office.getByRole('button', { name: /^Bevestigen/ }).click();
    await says(office, 'Het aantal is bijgewerkt.');
    await office.locator('summary', { hasText: 'Vaststellen dat het is gehaald' }).click();
    await office.getByLabel('Wat hebt u gezien?').fill('Ik at er zelf.');
    await sound(office, 'realisation-manager');
    await office.getByRole('button', { name: /^Vaststellen dat het is gehaald/ }).click();
    await says(office, 'Vastgesteld');
    await office.getByRole('button', { name: /^Realisatie vastleggen/ }).click();
    await says(office, 'Gerealiseerd');
    const one = await thing(cast.office.get(`/initiatives/${plans[0].id}`));
    await house.psql(`INSERT INTO catalog.known_initiative (id, round_id, applicant_id, manager_id, title, summary, municipality, state, version)
        VALUES ('${one.id}', '${one.round_id}', '${one.applicant_id}', '${one.manager_id}', '${one.title}', '${one.summary}', 'GM0153', 'realised', 1)
        ON CONFLICT DO NOTHING`);
    const market = await openAs(browser, cast.green, `/initiatief/?id=${plans[0].id}`);
    await market.locator('summary', { hasText: 'Verder als onderneming' }).click();
    await sound(market, 'graduate-form');
    await market.getByRole('button', { name: 'Dit aanbod weglaten' }).click();
    await market.getByRole('button', { name: /^Onderneming aanmelden/ }).click();
    await says(market, 'verder gegaan als Buurtkeuken');
    await sound(market, 'graduated');
});
