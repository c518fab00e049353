// runs.test.mjs - a buyer keeps a ranking, sees it stand, and takes the signed pack along, in a browser.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, openNeed } from '../system/deal-cast.mjs';
import { openBrowser, openPage, lendSession, screens, skip, sound } from './lib/browser.mjs';
import { press, says, visit } from './lib/person.mjs';

let house, browser, buyer, green, need;

before(async () => {
    if (skip)
        return;
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ buyer, green } = await enter(house));
    const { body: offer } = must(await green.post('/offers', {
        title: 'Onderhoud van binnentuinen', description: 'Wij onderhouden tuinen, het hele jaar door.', kind: 'service',
        sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 14, fictional: true }));
    must(await green.command('/offers', offer, 'publish'));
    need = await openNeed(buyer);
    await until(async () => must(await buyer.get(`/needs/${need.id}/matches`)).body.items.length === 1, 5_000, 'matching knows both');
});
after(() => Promise.all([browser?.close(), house?.stop()]));

test('a ranking is kept with one press, and the pack that comes down verifies', { skip }, async () => {
    const [{ key }] = must(await house.nobody().get('/matching/keys')).body.items;
    for (const [at, [name, screen]] of [['desk', screens.desk], ['phone', screens.phone]].entries()) {
        const page = await openPage(browser, { baseURL: house.url, screen });
        await lendSession(page, buyer);
        await visit(page, `/matches/?id=${need.id}`);
        if (at === 0) {
            await says(page, 'U hebt nog geen rangschikking bewaard.');
        }
        await says(page, 'Deze onderneming is nog nooit uitgenodigd.');
        await press(page, 'Bewaar deze rangschikking');
        const rows = page.getByRole('region', { name: /Bewaarde rangschikkingen/ }).getByRole('listitem');
        await until(async () => await rows.count() === at + 1, 5_000, 'the list has it');
        const { items: [{ hash }] } = must(await buyer.get(`/needs/${need.id}/runs`)).body;
        assert.match(await rows.first().innerText(), new RegExp(hash));
        await sound(page, `runs-${name}`);

        const [download] = await Promise.all([page.waitForEvent('download'),
            page.getByRole('link', { name: 'Download het dossier' }).click()]);
        const file = path.join(house.directory, `${name}.json`);
        await download.saveAs(file);
        assert.match(await house.ctl('verify-pack', file, `--key=${key}`), new RegExp(`${hash}[^]*OK\n$`));
    }
});

test('how equals are drawn is told in plain words', { skip }, async () => {
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, buyer);
    await visit(page, `/matches/?id=${need.id}`);
    await page.getByRole('link', { name: 'Gelijke scores zijn geloot. Zo is de loting na te rekenen' }).click();
    await page.waitForURL(/\/matching\/#loting$/);
    await says(page, 'De loting');
    await sound(page, 'runs-drawn');
});

test('an enterprise sees nothing of it', { skip }, async () => {
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, green);
    await visit(page, `/deal/?id=${need.id}`);
    assert.equal(await page.getByText('Bewaar deze rangschikking').count(), 0);
});
