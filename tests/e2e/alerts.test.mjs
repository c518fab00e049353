// alerts.test.mjs - letters in a browser: read, set how they come by mail, keep a search, and end the mail without logging in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { enter, needText } from '../system/deal-cast.mjs';
import { forgive, openBrowser, overflow, skip, sound as looksSound } from './lib/browser.mjs';
import { press, says, unfold, visit } from './lib/person.mjs';
import { openAs as openPageAs } from './lib/stage.mjs';

let house, browser, postbox, buyer, green;

const offerText = (changes) => ({
    title: 'Onderhoud van binnentuinen', description: 'Wekelijks onderhoud van tuinen, van maart tot en met oktober.',
    kind: 'service', sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 14, national: true,
    goals: ['inclusive_labour'], fictional: true, ...changes,
});

async function published(client, path, text) {
    const draft = must(await client.post(path, text)).body;
    return must(await client.command(path, draft, 'publish')).body;
}

before(async () => {
    if (skip)
        return;
    postbox = await new Postbox().open();
    [house, browser] = await Promise.all([
        openHouse({ args: { matching: ['--serve=answers,alerts', ...postbox.options] } }), openBrowser()]);
    ({ buyer, green } = await enter(house));
    await readNotices();
});

/** The bell counts notices of steps as well; what happened so far was read. */
async function readNotices() {
    for (const client of [buyer, green]) {
        must(await client.post('/notices/_read', {}));
    }
}
after(() => Promise.all([browser?.close(), house?.stop(), postbox?.close()]));

/** Identity has heard all that the stream has. */
async function settledNotices() {
    const head = await until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    await until(() => house.psql(`SELECT seq FROM identity.position WHERE seq >= ${head}`));
}

const sound = (page, name) => looksSound(page, `alerts-${name}`);
const openAs = (client, address) => openPageAs(browser, client ?? house.nobody(), address);

const unread = (page) => page.locator('.mw-header__account .mw-header__unread');

test('a buyer reads why an offer fits and what is missing; the bell counts what is unread', { skip }, async () => {
    const need = await published(buyer, '/needs', needText());
    await published(green, '/offers', offerText());
    const letters = async () => must(await buyer.get('/letters')).body.items;
    await until(async () => (await letters()).length === 1);
    await settledNotices();
    await readNotices();
    const page = await openAs(buyer, '/meldingen/');
    await says(page, 'Past bij uw vraag ‘Onderhoud van de binnentuin’: Onderhoud van binnentuinen');
    await unfold(page, 'Waarom deze match');
    await says(page, /Woorden uit de vraag die heel of deels in het aanbod staan/);
    await says(page, 'Wat ontbreekt');
    await says(page, 'De onderneming heeft geen keurmerk dat nu geldt.');
    await sound(page, 'inbox');
    await unread(page).filter({ hasText: /^\s*1\s+ongelezen/ }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Bekijk alle matches van uw vraag' }).getAttribute('href'), `/matches/?id=${need.id}`);
    await page.setViewportSize({ width: 1184, height: 900 }); // the least at which the menu is not folded
    assert.ok(await overflow(page) <= 0);
    await press(page, /Markeer als gelezen/);
    await until(async () => (await letters()).every(({ read_at: when }) => when));
    await unread(page).waitFor({ state: 'hidden' });
    await until(async () => await page.getByText('Nieuw', { exact: true }).count() === 0);
    const english = await openAs(buyer, '/en/meldingen/');
    await says(english, /^Fits your need ‘Onderhoud van de binnentuin’/);
    await says(english.locator('.mw-letters__lack'), 'The enterprise has no label that holds now.');
    await sound(english, 'inbox-english');
});

test('an enterprise keeps a search, hears of a need, and keeps it no longer', { skip }, async () => {
    const page = await openAs(green, '/meldingen/');
    await sound(page, 'profile-form');
    await unfold(page, 'Nieuwe zoekopdracht bewaren');
    await press(page, 'Bewaar de zoekopdracht');
    await says(page, 'Woorden: vul dit in');
    await page.getByLabel('Woorden').fill('!!');
    await press(page, 'Bewaar de zoekopdracht');
    await says(page, 'Hier staat geen woord in waarop gezocht kan worden');
    forgive(page, 400);
    await sound(page, 'profile-wrong');
    await page.getByLabel('Woorden').fill('bankjes');
    await page.getByLabel('Meubilair en inrichting').check();
    await press(page, 'Bewaar de zoekopdracht');
    await says(page, 'bankjes');
    await until(async () => must(await green.get('/profiles')).body.items.length === 1);
    await published(buyer, '/needs', needText({ title: 'Houten bankjes', description: 'Twintig bankjes voor in het park.',
        cpv: ['39113600-3'], sector: 'furniture' }));
    await until(async () => must(await green.get('/letters')).body.items.some(({ kind }) => kind === 'profile_need'));
    await page.reload();
    await says(page, 'Bij uw zoekopdracht ‘bankjes’: Houten bankjes');
    await sound(page, 'profile');
    await press(page, /Niet meer bewaren/);
    await says(page, 'U bewaart nog geen zoekopdracht.');
});

test('mail is set, comes, and ends by its link without logging in', { skip }, async () => {
    const page = await openAs(buyer, '/meldingen/');
    await page.getByLabel('Hoe vaak').selectOption('at_once');
    await press(page, 'Bewaar de instelling');
    await says(page, 'Vul een e-mailadres in');
    await page.getByLabel('E-mailadres').fill('geen adres');
    await press(page, 'Bewaar de instelling');
    await says(page, 'Gebruik een e-mailadres, zoals naam@voorbeeld.nl');
    await page.getByLabel('E-mailadres').fill('inkoop@stad.example');
    await press(page, 'Bewaar de instelling');
    await says(page, 'De instelling is bewaard.');
    forgive(page, 400);
    await sound(page, 'setting');
    await published(green, '/offers', offerText({ title: 'Binnentuin: wekelijks onderhoud' }));
    const mail = await until(() => postbox.mails.at(0));
    const { pathname, search } = new URL(mail.headers['list-unsubscribe'].slice(1, -1));
    await sound(await openAs(undefined, pathname + search), 'unsubscribe');
    const wrong = await openAs(undefined, `${pathname}?token=x`);
    await press(wrong, 'Stop de e-mail');
    await says(wrong, 'Deze link klopt niet. Gebruik de link uit de laatste mail.');
    const nobody = await openAs(undefined, pathname + search);
    await press(nobody, 'Stop de e-mail');
    await says(nobody, 'Gedaan. Uw organisatie krijgt geen meldingen meer per e-mail.');
    await sound(nobody, 'unsubscribed');
    assert.equal(must(await buyer.get(`/organisations/${buyer.org}/alert-setting`)).body.frequency, 'off');
});

test('who is not logged in is asked to', { skip }, async () => {
    const page = await openAs(undefined, '/meldingen/');
    await says(page, 'Log in om verder te gaan.');
    await sound(page, 'nobody');
});
