// upload.test.mjs - files in a browser: chosen, dropped, how far, what is wrong in words; and a table of offers made into concepts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pdf, png } from '../lib/files.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter } from '../system/deal-cast.mjs';
import { forgive, lendSession, openBrowser, skip, sound } from './lib/browser.mjs';
import { press, says, visit } from './lib/person.mjs';
import { openAs } from './lib/stage.mjs';

let house, browser, buyer, green;
before(async () => {
    if (skip)
        return;
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ buyer, green } = await enter(house));
    await house.call('cpv_import', { items: [{ code: '55520000-1', name: 'Catering', name_en: 'Catering services' }] }, { roles: ['OPERATOR'] });
});
after(() => Promise.all([browser?.close(), house?.stop()]));

const head = 'Titel;Omschrijving;Soort;Sector;CPV-code;Prijs vanaf;Eenheid;Btw;Levertijd in dagen;Landelijk;Fictief';
const row = (title, price = '12,50') =>
    `${title};Wij maken het met mensen die lang thuis zaten.;Dienst;Catering en ontmoeting;55520000-1;${price};persoon;9% btw;3;ja;ja`;
const file = (name, mimeType, content) => ({ name, mimeType, buffer: Buffer.from(content) });

test('a table of offers: what is wrong is shown by cell, and the rest becomes concepts', { skip }, async () => {
    const page = await openAs(browser, green, '/aanbod-importeren/');
    const input = page.getByLabel('Uw tabel');
    await input.waitFor();
    await sound(page, 'importeren-leeg');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Sjabloon')]);
    assert.equal(download.suggestedFilename(), 'aanbod-sjabloon.csv');

    await input.setInputFiles(file('plaatje.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'));
    await says(page.getByRole('alert'), /script of macro/);
    forgive(page, 415);
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
    await page.context().close();
});

const text = {
    title: 'Taart van de wijkbakker', description: 'Gebakken door mensen die lang thuis zaten.', kind: 'product', sector: 'catering',
    cpv: '55520000-1', price_cents: 2500, unit: 'stuk', vat: 'low', lead_days: 2, national: true, fictional: true,
};

test('a photo of an offer: dropped, described, shown to everybody', { skip }, async () => {
    const draft = must(await green.post('/offers', text)).body;
    const page = await openAs(browser, green, '/mijn/');
    await page.getByRole('button', { name: /Wijzigen.*Taart/ }).click();
    const input = page.getByLabel('Foto’s en documenten');
    await input.waitFor();
    const photo = png({ width: 640, height: 480, shade: 90 });
    // Dropped, as with a mouse.
    const drop = async (files) => page.locator('.mw-drop').dispatchEvent('drop', {
        dataTransfer: await page.evaluateHandle((all) => {
            const transfer = new DataTransfer();
            for (const { name, type, bytes } of all) {
                transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
            }
            return transfer;
        }, files),
    });
    await drop([{ name: 'groot.jpg', type: 'image/jpeg', bytes: 11 << 20 }, { name: 'leeg.pdf', type: 'application/pdf', bytes: 0 }]);
    await says(page, 'Deze foto is groter dan 10 MB. Maak haar kleiner.');
    await says(page, 'Dit bestand is leeg.');
    await drop([{ name: 'taart.png', type: 'image/png', bytes: [...photo] }]);
    await page.getByLabel('Wat is er te zien op taart.png?').fill('Een taart met aardbeien');
    await input.setInputFiles(file('prijslijst.pdf', 'application/pdf', pdf()));
    await says(page, 'prijslijst.pdf is toegevoegd.');
    await sound(page, 'aanbod-formulier');
    await press(page, 'Aanbod bewaren');
    await input.waitFor({ state: 'detached' });
    const kept = must(await green.get(`/offers/${draft.id}`)).body;
    assert.deepEqual(kept.documents.map(({ name, kind, label, media_type: type }) => [name, kind, label, type]), [
        ['taart.png', 'photo', 'Een taart met aardbeien', 'image/png'], ['prijslijst.pdf', undefined, undefined, 'application/pdf']]);
    for (const { file: hash } of kept.documents) {
        assert.equal((await house.nobody().download(hash)).status, 404, 'a draft is nobody else’s');
    }
    must(await green.command('/offers', kept, 'publish'));
    const visitor = await openAs(browser, house.nobody(), `/aanbod/?id=${draft.id}`);
    const shown = visitor.getByRole('img', { name: 'Een taart met aardbeien' });
    await shown.waitFor();
    assert.equal(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth)), 640);
    const [saved] = await Promise.all([visitor.waitForEvent('download'), visitor.getByRole('link', { name: 'prijslijst.pdf' }).click()]);
    assert.equal(saved.suggestedFilename(), 'prijslijst.pdf');
    await sound(visitor, 'aanbod-met-foto');
    await visit(visitor, '/marktplaats/');
    const card = visitor.locator('article', { hasText: text.title }).locator('.mw-thumb--photo img');
    await card.waitFor();
    assert.equal(await card.evaluate((image) => image.decode().then(() => image.naturalWidth)), 640);
    await sound(visitor, 'marktplaats-met-foto');
    await until(async () => must(await house.nobody().get('/offers/search?q=wijkbakker')).body.total === 1);
    await visit(visitor, '/marktplaats/?q=wijkbakker');
    const found = visitor.locator('article', { hasText: text.title }).locator('.mw-thumb--photo img');
    assert.equal(await found.evaluate((image) => image.decode().then(() => image.naturalWidth)), 640, 'found by words it shows its photo too');
    assert.deepEqual([...page.faults, ...visitor.faults], []);
    await Promise.all([page.context().close(), visitor.context().close()]);
});

test('a need carries documents, some for who is invited only', { skip }, async () => {
    const page = await openAs(browser, house.nobody(), '/vraag-plaatsen/');
    assert.equal(await page.getByLabel('Bestanden bij uw vraag').count(), 0, 'not before somebody logged in');
    await lendSession(page, buyer);
    await visit(page, '/vraag-plaatsen/');
    const input = page.getByLabel('Bestanden bij uw vraag');
    await input.setInputFiles([file('eisen.pdf', 'application/pdf', pdf('Eisen')), file('raming.pdf', 'application/pdf', pdf('Raming'))]);
    await page.getByLabel('raming.pdf is vertrouwelijk').check();
    await page.getByLabel('eisen.pdf is vertrouwelijk').waitFor();
    await sound(page, 'vraag-met-documenten');
    assert.deepEqual(page.faults, []);
    await page.context().close();
});
