// score-pages.test.mjs - quotes are judged by points in the browser, and the result is there when two people did.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { thing } from '../system/people.mjs';
import { enterSealed, give, handIn, sealedNeed } from '../system/seal-cast.mjs';
import { openBrowser, skip, sound } from './lib/browser.mjs';
import { openAs } from './lib/stage.mjs';

const lines = [{ description: 'Onderhoud', unit: 'uur', quantity: 3, unit_price_cents: 5_000, vat: 'high' }];
const criteria = [{ code: 'plan', description: 'De kwaliteit van het plan.', kind: 'award', weight_ppm: 1_000_000 }];
let house, browser, buyer, need, quote;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    const cast = await enterSealed(house);
    buyer = cast.buyer;
    need = await sealedNeed(buyer, { criteria });
    quote = await handIn(cast.green, need, { lines });
    await house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second', state = 'sealed_closed'
        WHERE id = '${need.id}'`);
    for (const each of need.openers) {
        must(await give(each));
    }
    must(await buyer.command('/quotes', await thing(buyer.get(`/quotes/${quote.id}`)), 'admit'));
    const other = await thing(buyer.chief.post('/scores', { quote_id: quote.id, points: [{ code: 'plan', points: 8 }] }));
    must(await buyer.chief.command('/scores', other, 'lock'));
});
after(() => Promise.all([browser?.close(), house?.stop()]));

test('a buyer gives points, locks them, and sees the result', { skip }, async () => {
    const page = await openAs(browser, buyer, `/deal/?id=${need.id}`);
    await page.getByText('Er zijn nog niet genoeg beoordelingen.').waitFor();
    assert.equal(await page.getByText('plan: 8').count(), 0);
    await sound(page, 'scores-none');
    await page.locator('summary', { hasText: 'Punten geven' }).first().click();
    await page.getByLabel('De kwaliteit van het plan. (0 tot en met 10)').fill('7');
    await page.getByRole('button', { name: /^Punten geven/ }).click();
    await page.getByRole('button', { name: /^Punten vastzetten/ }).click();
    await page.getByText('plan: 8').waitFor();
    await page.getByText('75,0 %').first().waitFor();
    await sound(page, 'scores');
});
