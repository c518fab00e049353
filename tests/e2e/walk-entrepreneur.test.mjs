// walk-entrepreneur.test.mjs - a day of an entrepreneur in the browser (walk-through 6.1), as far as there are pages for it: the start page, an
// alert with its score, a quote, a delivery of which a part is rejected, and an invoice for what was accepted. The clock is set.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { confirmedOrder, enter, lines, needText, units } from '../system/deal-cast.mjs';
import { member, thing } from '../system/people.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';

let clock, house, browser, buyer, fatma, page, need, offer, order;
const price = 1137; // cents, and nowhere else a number

/** Tomorrow, in Amsterdam: what is dated begins today. */
const zone = { timeZone: 'Europe/Amsterdam' };
const noon = Date.now() + 86_400_000;
const day = new Intl.DateTimeFormat('en-CA', zone).format(noon);
const ahead = new Intl.DateTimeFormat('en-GB', { ...zone, timeZoneName: 'longOffset' }).formatToParts(noon)
    .find(({ type }) => type === 'timeZoneName').value.slice('GMT'.length);
const momentOf = (time) => `${day}T${time}:00${ahead}`;

/** It is this time of that day for everybody: the platform, its database and the browser. */
async function itIs(time) {
    clock.set(momentOf(time));
    await page?.clock.setSystemTime(new Date(momentOf(time)));
}

/** No axe violation and nothing beside the screen, at two widths. */
async function sound(name) {
    for (const screen of [screens.desk, screens.phone]) {
        await page.setViewportSize(screen);
        assert.deepEqual(await violations(page), [], name);
        assert.ok(await overflow(page) <= 0, name);
    }
    assert.deepEqual(page.faults, []);
    await takePictures(page, `walk-entrepreneur-${name}`);
    await page.setViewportSize(screens.desk);
}

/** In how many events, or what anybody may read of one, a number stands: as MessagePack has it, or as text. */
async function eventsWith(cents) {
    const bytes = `cd${cents.toString(16).padStart(4, '0')}`;
    return Number(await house.psql(`SELECT count (*) FROM (SELECT body AS b FROM stream.log UNION ALL SELECT view FROM stream.audience) e
        WHERE position (decode ('${bytes}', 'hex') IN b) > 0 OR position ('${cents}'::bytea IN b) > 0`));
}

const tasks = () => page.locator('.mw-tasks .mw-rows > li');

before(async () => {
    if (skip) {
        return;
    }
    clock = new Clock();
    clock.shift(0);
    house = await openHouse({ args: { matching: ['--serve=answers,alerts'] } });
    delete process.env.LD_PRELOAD; // the browser's clock is its own
    ({ buyer, green: fatma } = await enter(house));
    const draft = await thing(fatma.post('/offers', { title: 'Lunch met lokale producten', kind: 'service', sector: 'catering',
        description: 'Lunches voor vergaderingen, bereid door mensen met afstand tot de arbeidsmarkt.', cpv: '55320000-9', unit: 'lunch',
        vat: 'low', lead_days: 3, national: true, goals: ['inclusive_labour'], fictional: true }));
    offer = await thing(fatma.command('/offers', draft, 'publish'));
    order = await confirmedOrder(buyer, fatma);
    await itIs('08:30');
    [buyer, fatma] = await Promise.all([[buyer, 'buyer'], [fatma, 'green']].map(
        ([{ account: id }, name]) => member(house, { id, email: `${name}@proef.example` }))); // a session is of one day
    browser = await openBrowser();
    page = await openPage(browser, { baseURL: house.url });
    await page.clock.install({ time: new Date(momentOf('08:30')) });
    await lendSession(page, fatma);
});
after(async () => {
    await Promise.all([browser?.close(), house?.stop()]);
    clock?.end();
});

let goesOn = true;
const step = (name, work) => test(name, { skip }, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

step('08:30 she logs in, and sees first what waits for her', async () => {
    await visit(page, '/mijn/');
    await says(tasks(), 'Lever wat nog open staat');
    await sound('start');
});

step('09:05 she hears of a need that fits, how well, and what would raise it', async () => {
    await itIs('09:05');
    const { body } = must(await buyer.post('/needs', needText({ title: '250 lunches per week in Enschede', sector: 'catering', cpv: ['55320000-9'],
        description: 'Iedere week 250 lunches voor vergaderingen op het stadhuis.', quantity: 250, unit: 'lunch',
        quote_deadline: new Date(Date.parse(momentOf('12:00')) + 2 * 86_400_000).toISOString() })));
    need = must(await buyer.command('/needs', body, 'publish')).body;
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: fatma.org }));
    await until(async () => must(await fatma.get('/letters')).body.items.some(({ need_id: id }) => id === need.id));
    await until(async () => must(await fatma.get('/notices')).body.items.some(({ event }) => event === 'invitation_sent'));
    await visit(page, '/meldingen/');
    await says(page, 'Uitnodiging verstuurd: 250 lunches per week in Enschede');
    await says(page, /^Past bij uw aanbod|250 lunches per week in Enschede$/);
    await says(page, 'Wat ontbreekt');
    await sound('alert');
});

step('10:00 she quotes, with what she typed kept meanwhile; no event has her price', async () => {
    await itIs('10:00');
    await visit(page, '/mijn/');
    const row = tasks().filter({ hasText: 'Breng een offerte uit' });
    await says(row, /^nog 2 dagen, tot /);
    await row.getByRole('link').click();
    await page.waitForURL('**/deal/?id=*');
    const form = await unfold(page, /^Offerte maken/);
    await form.getByLabel('Prijs per eenheid').fill('11,37');
    await page.reload();
    await says(page, /niet verstuurde, is teruggezet/);
    await sound('draft');
    await press(page, 'Concept bewaren');
    await press(page, 'Offerte indienen');
    await says(page, 'De offerte is ingediend.');
    await sound('quoted');
    await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    assert.equal(await eventsWith(price), 0);
    assert.ok(await eventsWith(lines[0].unit_price_cents) > 0, 'the price of an order is among its parties’ events, and is found');
});

step('14:00 of 10 units that came 9 are accepted, and the invoice is for 9', async () => {
    await itIs('14:00');
    await visit(page, `/deal/?id=${order.need_id}`);
    await fillAndSend(page, 'Levering aankondigen', {});
    await press(page, 'Melden: geleverd');
    await says(page, 'De inkoper weet dat de levering er is.');
    const { items: [delivery] } = must(await buyer.get(`/deliveries?orderId=${order.id}`)).body;
    must(await buyer.command('/deliveries', delivery, 'accept', { lines: delivery.lines.map((line) => (
        line.quantity === 10 ? { order_line_id: line.order_line_id, accepted: 9, rejected: 1, reject_reason: 'Eén uur niet gekomen.' }
            : { order_line_id: line.order_line_id, accepted: line.quantity, rejected: 0 })) }));
    await visit(page, '/mijn/');
    await says(tasks(), 'Factureer wat is goedgekeurd');
    await sound('to-invoice');
    await visit(page, `/deal/?id=${order.need_id}`);
    const form = await unfold(page, 'Factuur maken');
    await says(form, '9 uur: Snoeien');
    await form.getByLabel('Factuurnummer').fill('GK-2026-1');
    await sound('invoice');
    await press(form, 'Factuur maken');
    await press(page, 'Factuur versturen');
    await says(page, 'De factuur is verstuurd.');
    const { items: [invoice] } = must(await fatma.get(`/invoices?orderId=${order.id}`)).body;
    assert.equal(invoice.lines.find(({ description }) => description === 'Snoeien').quantity, 9);
    const { body: now } = must(await fatma.get(`/orders/${order.id}`));
    assert.ok(now.lines.every((line) => line.invoiced <= line.accepted && line.accepted + line.rejected <= line.delivered));
});

step('16:00 the deal tells what happened today, by which side', async () => {
    await itIs('16:00');
    const { items: [{ id: invoice_id }] } = must(await fatma.get(`/invoices?orderId=${order.id}`)).body;
    const { body: note } = must(await fatma.post('/credit-notes', { invoice_id, number: 'GK-2026-2', reason: 'Eén uur te veel.',
        lines: units(order, { 0: 1 }) }));
    must(await fatma.command('/credit-notes', note, 'issue'));
    must(await buyer.post('/disputes', { order_id: order.id, order_line_id: order.lines[1].id, quantity: 1, reason: 'Eén plant is dood.' }));
    await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    await visit(page, `/deal/?id=${order.need_id}`);
    const line = (text) => page.locator('.mw-history > li').filter({ hasText: text });
    await unfold(page, 'Toon de tijdlijn');
    await line('Levering beoordeeld').waitFor();
    assert.match(await line('Levering beoordeeld').textContent(), / om 14:0\d/);
    for (const text of ['Creditnota verstuurd', 'Geschil gemeld', 'Factuur verstuurd']) {
        assert.equal(await line(text).count(), 1, text);
    }
    await sound('history');
});

step('her offer and her enterprise have a timeline, too', async () => {
    for (const [address, text] of [[`/aanbod/?id=${offer.id}`, 'Aanbod op de markt gezet'], ['/mijn/', 'Organisatie toegelaten']]) {
        await visit(page, address);
        await unfold(page, 'Toon de tijdlijn');
        await page.locator('.mw-history > li').filter({ hasText: text }).first().waitFor();
        await sound(address.split('/')[1]);
    }
});
