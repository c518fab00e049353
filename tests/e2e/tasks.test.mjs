// tasks.test.mjs - the start page of each role: what waits for them, how long there is time, figures that lead to their list; and news
// of steps, read and set how it is mailed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { must, until } from '../lib/house.mjs';
import { delivered, enter, issuedInvoice, lines, needText, units } from '../system/deal-cast.mjs';
import { founder } from '../system/people.mjs';
import { forgive, skip, sound as looksSound } from './lib/browser.mjs';
import { press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let cast;

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19) + 'Z';

/** A deal in which everybody has something to do. */
async function busy({ buyer, finance, green, blue, desk }) {
    const { body: soon } = must(await buyer.post('/needs', needText({ title: 'Lunch voor veertig', quote_deadline: inDays(2) })));
    must(await buyer.post('/needs', needText({ title: 'Bankjes voor het park' })));
    const need = must(await buyer.command('/needs', soon, 'publish')).body;
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: green.org }));
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: blue.org }));
    const { body } = must(await green.post('/quotes', { need_id: need.id, lines }));
    const quote = must(await green.command('/quotes', body, 'submit')).body;
    const { body: tuin } = must(await buyer.post('/needs', needText()));
    const open = must(await buyer.command('/needs', tuin, 'publish')).body;
    const draft = must(await green.post('/quotes', { need_id: open.id, lines })).body;
    const other = must(await green.command('/quotes', draft, 'submit')).body;
    must(await buyer.chief.command('/needs', open, 'award', { quote_id: other.id, motivation: 'De enige, en een goede.' }));
    const order = must(await green.command('/orders', must(await buyer.post('/orders', { quote_id: other.id })).body, 'confirm')).body;
    const delivery = await delivered(green, order, { 0: 5 });
    must(await buyer.command('/deliveries', delivery, 'accept', {
        lines: units(order, { 0: 5 }).map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity, rejected: 0 })) }));
    await issuedInvoice(green, order, 'F-1', { 0: 5 });
    await delivered(green, order, { 1: 7 });
    return { need, quote, order, finance, desk };
}

const on = stage({ enter: async (house) => {
    cast = await enter(house);
    await busy(cast);
    await founder(house, 'nieuw', 'enterprise');
} });
const { openAs } = on;
const sound = (page, name) => looksSound(page, `tasks-${name}`);
const figure = (page, name) => page.locator('.mw-figure').filter({ hasText: name });

/** Their start page begins with what waits for them. */
async function begins(client, name, ...asked) {
    const page = await openAs(client, '/mijn/');
    const first = page.locator('main section').first();
    await says(first, 'Wat moet ik nu doen');
    for (const [what, count] of asked) {
        await first.locator('.mw-rows').getByText(what).first().waitFor();
        assert.match(await figure(page, what).textContent(), new RegExp(`^${count}`), what);
    }
    await sound(page, name);
    return page;
}

test('an entrepreneur sees what to answer, and until when', { skip }, async () => {
    const page = await begins(cast.blue, 'entrepreneur', ['Breng een offerte uit, of sla de uitnodiging af', 1]);
    await says(page, /^nog 2 dagen, tot /);
    await says(page, 'Binnen een week');
    await page.getByRole('link', { name: 'Breng een offerte uit, of sla de uitnodiging af', exact: true }).click();
    await page.waitForURL('**/deal/?id=*');
    await says(page, 'Lunch voor veertig');
    await page.context().close();
});

test('a buyer sees drafts and deliveries; a figure leads to its list, and the list back to all', { skip }, async () => {
    const page = await begins(cast.buyer, 'buyer', ['Zet de vraag op de markt', 1], ['Beoordeel de levering', 1]);
    await figure(page, 'Beoordeel de levering').click();
    await page.waitForURL('**/mijn/?taak=delivery_accept#taken');
    await says(page, /Alleen: Beoordeel de levering/);
    await until(async () => await page.locator('.mw-tasks .mw-rows > li').count() === 1);
    await sound(page, 'buyer-one-figure');
    await page.getByRole('link', { name: 'Toon alles wat op u wacht' }).click();
    await until(async () => await page.locator('.mw-tasks .mw-rows > li').count() > 1);
    await page.context().close();
});

test('an approver is asked to choose', { skip }, async () => {
    await (await begins(cast.buyer.chief, 'approver', ['Kies een offerte', 1])).context().close();
});

test('a finance officer is asked to approve', { skip }, async () => {
    await (await begins(cast.finance, 'finance', ['Keur de factuur goed of af', 1])).context().close();
});

test('a moderator is asked to judge', { skip }, async () => {
    const page = await openAs(cast.desk, '/mijn/');
    await says(page.locator('.mw-tasks .mw-rows'), 'nieuw (fictief)');
    await sound(page, 'moderator');
    await page.context().close();
});

test('in English it says the same', { skip }, async () => {
    const page = await openAs(cast.blue, '/en/mijn/');
    await says(page, 'What do I have to do now');
    await says(page, 'Send a quote, or decline the invitation');
    await says(page, /^2 days left, until /);
    await page.context().close();
});

test('news of steps is read, one by one and together, and each says how it is mailed', { skip }, async () => {
    const page = await openAs(cast.finance, '/meldingen/');
    await says(page, 'Factuur klopt met bestelling en levering: Onderhoud van de binnentuin');
    await says(page, 'Voor u te doen');
    await page.locator('.mw-header__account .mw-header__unread').filter({ hasText: /[1-9]/ }).waitFor();
    await sound(page, 'news');
    await press(page, 'Markeer alles als gelezen');
    await page.locator('.mw-header__account .mw-header__unread').waitFor({ state: 'hidden' });
    await page.getByLabel('Ander nieuws').selectOption('off');
    await press(page, 'Bewaar hoe ik bericht krijg');
    await says(page, 'Bewaard.');
    assert.equal(must(await cast.finance.get('/notice-setting')).body.inform, 'off');
    await page.context().close();
});

test('a person gives an address that waits to be confirmed, and may have the mail sent again', { skip }, async () => {
    const page = await openAs(cast.blue, '/account/');
    await says(page, 'U logt in met blue@proef.example.');
    await press(page, 'Adres opgeven');
    await says(page, 'Vul een e-mailadres in');
    await page.getByRole('textbox', { name: 'E-mailadres' }).fill('geen adres');
    await press(page, 'Adres opgeven');
    await says(page, 'Gebruik een e-mailadres, zoals naam@voorbeeld.nl');
    forgive(page, 400);
    await page.getByRole('textbox', { name: 'E-mailadres' }).fill('blauw@elders.example');
    await press(page, 'Adres opgeven');
    await says(page, 'Wij sturen een mail naar blauw@elders.example. Open de link daarin.');
    await says(page, 'Nog niet bevestigd');
    await press(page, 'Stuur de mail opnieuw');
    await sound(page, 'account');
    await visit(page, `/adres-bevestigen/?token=${'0'.repeat(64)}`);
    await press(page, 'Ja, dit adres is van mij');
    await says(page, /^Deze link werkt niet\./);
    forgive(page, 404);
    await sound(page, 'confirm-wrong');
    const token = 'ab'.repeat(32);
    await on.house.psql(`INSERT INTO identity.address_link SELECT encode (sha256 ('${token}'), 'hex'), id, now () + interval '1 hour' FROM identity.address`);
    await visit(page, `/en/adres-bevestigen/?token=${token}`);
    await press(page, 'Yes, this address is mine');
    await says(page, 'Done. blauw@elders.example is confirmed.');
    await sound(page, 'confirmed');
    await page.getByRole('link', { name: 'To your account' }).click();
    await says(page, /^Confirmed on /);
    await page.context().close();
});

test('who acts for two organisations chooses one in the header, by keyboard too', { skip }, async () => {
    must(await cast.green.put(`/organisations/${cast.green.org}/members/${cast.blue.account}`, { roles: ['SUPPLIER'] }));
    await until(async () => must(await cast.blue.get('/me')).body.several);
    const page = await openAs(cast.blue, '/mijn/');
    const menu = page.locator('.mw-header__account .mw-header__switch');
    await menu.getByText('blue (fictief)').waitFor();
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    await menu.getByRole('button', { name: 'green (fictief)' }).waitFor();
    await sound(page, 'switch');
    await menu.locator('summary').focus();
    await page.keyboard.press('Escape');
    assert.equal(await menu.getAttribute('open'), null);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await page.locator('.mw-header__account .mw-header__switch').getByText('green (fictief)').waitFor();
    await says(page, /blue, voor green \(fictief\)/);
    await visit(page, '/account/');
    await page.getByText('Nu', { exact: true }).waitFor();
    await sound(page, 'organisations');
    await press(page, /^Handel hiervoor.*blue \(fictief\)$/);
    await says(page, /blue, voor blue \(fictief\)/);
    await page.context().close();
    await cast.blue.again();
});

test('a deal tells what happened, by which side, and never by which person', { skip }, async () => {
    const { items: [{ id }] } = must(await cast.buyer.get('/needs?mine=true&state=awarded')).body;
    const page = await openAs(cast.green, `/deal/?id=${id}`);
    await (await unfold(page, 'Toon de tijdlijn')).locator('.mw-history > li').first().waitFor();
    const line = page.locator('.mw-history > li');
    assert.match(await line.filter({ hasText: 'Bestelling geplaatst' }).textContent(), /door buyer \(fictief\)$/);
    assert.match(await line.filter({ hasText: 'Bestelling bevestigd' }).textContent(), /door uw organisatie$/);
    assert.match(await line.filter({ hasText: 'Offerte gekozen' }).textContent(), /vanzelf, door het platform$/);
    await sound(page, 'history');
    await page.context().close();
});
