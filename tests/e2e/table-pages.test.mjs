// table-pages.test.mjs - the financing table in the browser: what is pledged and on what it depends, and a pledge that a financier makes.
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { committed, enterTable, roundAtTable, seated } from '../system/table-cast.mjs';
import { openBrowser, skip, sound } from './lib/browser.mjs';
import { says } from './lib/person.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, cast, ask;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    cast = await enterTable(house);
    const { plans } = await roundAtTable(house, cast, cast.green, ['Buurtkeuken']);
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
