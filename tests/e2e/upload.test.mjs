// upload.test.mjs - files in a browser: chosen, dropped, how far, what is wrong in words; and a table of offers made into concepts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { enter } from '../system/deal-cast.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations }
    from './lib/browser.mjs';
import { press, says, visit } from './lib/person.mjs';

let house, browser, green;
before(async () => {
    if (skip)
        return;
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ green } = await enter(house));
});
after(() => Promise.all([browser?.close(), house?.stop()]));

const head = 'Titel;Omschrijving;Soort;Sector;CPV-code;Prijs vanaf;Eenheid;Btw;Levertijd in dagen;Landelijk;Fictief';
const row = (title, price = '12,50') =>
    `${title};Wij maken het met mensen die lang thuis zaten.;Dienst;Catering en ontmoeting;55520000-1;${price};persoon;9% btw;3;ja;ja`;
const file = (name, mimeType, content) => ({ name, mimeType, buffer: Buffer.from(content) });

/** No axe violation and nothing beside the screen, at both widths. */
async function sound(page, name) {
    for (const [wide, screen] of Object.entries({ desk: screens.desk, phone: screens.phone })) {
        await page.setViewportSize(screen);
        assert.deepEqual(await violations(page), [], wide);
        assert.ok(await overflow(page) <= 0, `${wide} is too wide by ${await overflow(page)}`);
    }
    await takePictures(page, name);
    await page.setViewportSize(screens.desk);
}

test('a table of offers: what is wrong is shown by cell, and the rest becomes concepts', { skip }, async () => {
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, green);
    await visit(page, '/aanbod-importeren/');
    const input = page.getByLabel('Uw tabel');
    await input.waitFor();
    await sound(page, 'importeren-leeg');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Sjabloon')]);
    assert.equal(download.suggestedFilename(), 'aanbod-sjabloon.csv');

    await input.setInputFiles(file('plaatje.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'));
    await says(page.getByRole('alert'), /script of macro/);
    await sound(page, 'importeren-geweigerd');

    // By the keyboard: the field takes focus, and what it opens is the browser's own.
    await input.focus();
    await input.setInputFiles(file('aanbod.csv', 'text/csv', [head, row('Lunch voor 40'), row('x', 'veel'), row('Borrel')].join('\n')));
    await says(page, '2 van de 3 rijen zijn goed.');
    await says(page, 'Gebruik 3 tot 120 tekens; nu zijn het er 1');
    await says(page, 'Vul een bedrag in euro in, zoals 12,50');
    await sound(page, 'importeren-nagekeken');
    await press(page, 'Maak 2 concepten');
    await says(page, '2 concepten staan klaar.');
    await sound(page, 'importeren-klaar');
    assert.equal(await house.psql(`SELECT count (*) FROM catalog.offer WHERE title IN ('Lunch voor 40', 'Borrel') AND state = 'draft'`), '2');
    assert.deepEqual(page.faults.filter((fault) => !fault.includes('415')), []);
    await page.context().close();
});
