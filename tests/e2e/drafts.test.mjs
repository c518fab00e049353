// drafts.test.mjs - what people type is kept until they send it: in their own browser, per account and form, and gone at log-out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, needText } from '../system/deal-cast.mjs';
import { lendSession, openBrowser, openPage, skip, sound } from './lib/browser.mjs';
import { press, says, unfold, visit } from './lib/person.mjs';

let house, browser, buyer, green, blue, need;

before(async () => {
    if (skip) {
        return;
    }
    [house, browser] = await Promise.all([openHouse(), openBrowser()]);
    ({ buyer, green, blue } = await enter(house));
    const { body } = must(await buyer.post('/needs', needText()));
    need = must(await buyer.command('/needs', body, 'publish')).body;
});
after(() => Promise.all([browser?.close(), house?.stop()]));

/** Another page of the same browser, as somebody; the one before goes on in it. */
async function openAs(client, address, page) {
    const here = page ?? await openPage(browser, { baseURL: house.url });
    await lendSession(here, client);
    return visit(here, address);
}

const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('meerwaarde-draft:')).length);
const restored = /^Wat u op .* invulde en niet verstuurde, is teruggezet\.$/;

test('a quote that was not sent is back, can be thrown away, and is gone once it is sent', { skip }, async () => {
    const page = await openAs(green, `/deal/?id=${need.id}`);
    const form = await unfold(page, 'Offerte maken');
    await form.getByLabel('Bericht aan de inkoper').fill('Wij komen elke week.');
    await form.getByLabel('Prijs per eenheid').fill('41,50');
    await page.reload();
    await says(page, restored);
    assert.equal(await page.getByLabel('Bericht aan de inkoper').inputValue(), 'Wij komen elke week.');
    assert.equal(await page.getByLabel('Prijs per eenheid').inputValue(), '41,50');
    await sound(page, 'draft-quote');
    await press(page, 'Weggooien en opnieuw beginnen');
    assert.equal(await page.getByLabel('Bericht aan de inkoper').inputValue(), '');
    assert.equal(await kept(page), 0);
    await page.getByLabel('Bericht aan de inkoper').fill('Toch wel.');
    await page.getByLabel('Aantal').fill('10');
    await page.getByLabel(/^Eenheid/).first().fill('uur');
    await page.getByLabel('Prijs per eenheid').fill('41,50');
    await press(page, 'Concept bewaren');
    await says(page, /De offerte is bewaard als concept/);
    await until(async () => await kept(page) === 0);
    await page.context().close();
});

test('what one account wrote another does not see, and logging out leaves nothing behind', { skip }, async () => {
    const page = await openAs(blue, `/deal/?id=${need.id}`);
    await (await unfold(page, 'Offerte maken')).getByLabel('Bericht aan de inkoper').fill('Van blauw.');
    assert.equal(await kept(page), 1);
    await openAs(green, '/mijn/', page);
    await page.goto(`/deal/?id=${need.id}`);
    assert.equal(await page.getByText(restored).count(), 0);
    await openAs(blue, `/deal/?id=${need.id}`, page);
    await says(page, restored);
    await press(page.locator('.mw-header__account'), 'Uitloggen');
    await page.waitForURL((url) => url.pathname === '/');
    await until(async () => await kept(page) === 0);
    await page.context().close();
});

test('a need that was begun before logging in goes on after it', { skip }, async () => {
    const page = await openPage(browser, { baseURL: house.url });
    await visit(page, '/vraag-plaatsen/');
    await page.getByLabel('Titel van uw vraag').fill('Lunch voor veertig mensen');
    await openAs(buyer, '/vraag-plaatsen/', page);
    await says(page, restored);
    assert.equal(await page.getByLabel('Titel van uw vraag').inputValue(), 'Lunch voor veertig mensen');
    await sound(page, 'draft-need');
    await page.context().close();
});

test('an offer that was not saved is back', { skip }, async () => {
    const page = await openAs(green, '/mijn/');
    await press(page, 'Nieuw aanbod schrijven');
    await page.getByLabel('Titel').first().fill('Fietsen opknappen');
    await page.reload();
    await press(page, 'Nieuw aanbod schrijven');
    await says(page, restored);
    await sound(page, 'draft-offer');
    assert.equal(await page.getByLabel('Titel').first().inputValue(), 'Fietsen opknappen');
    await page.context().close();
});
