// walk-entrepreneur.test.mjs - a day of an entrepreneur in the browser (walk-through 6.1): the start page with a label that ends, a price that
// changes, an alert with its score, a question, a sealed quote and its second writing, a delivery of which a part is rejected with a photo, an
// invoice for what was accepted, and a claim of impact. The clock is set. Not there yet: logging in by eHerkenning.
import assert from 'node:assert/strict';
import { png } from '../lib/files.mjs';
import { must, until } from '../lib/house.mjs';
import { eventsWith } from '../lib/traces.mjs';
import { confirmedOrder, lines, units } from '../system/deal-cast.mjs';
import { page as details, thing } from '../system/people.mjs';
import { enterSealed, sealedNeed } from '../system/seal-cast.mjs';
import { sound as looksSound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

let buyer, fatma, page, need, offer, order, quote;
const first = 11_137, second = 11_131; // cents, and nowhere else a number

/** Tomorrow, in Amsterdam: what is dated begins today. */
const zone = { timeZone: 'Europe/Amsterdam' };
const noon = Date.now() + 86_400_000;
const day = new Intl.DateTimeFormat('sv-SE', zone).format(noon);
const inDays = (days) => new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const ahead = new Intl.DateTimeFormat('en-GB', { ...zone, timeZoneName: 'longOffset' }).formatToParts(noon)
    .find(({ type }) => type === 'timeZoneName').value.slice('GMT'.length);
const momentOf = (time) => `${day}T${time}:00${ahead}`;

async function enter(house) {
    await house.call('cpv_import', { items: [{ code: '55320000-9', name: 'Serveren van maaltijden', name_en: 'Meal-serving services' }] }, { roles: ['OPERATOR'] });
    const cast = await enterSealed(house);
    ({ buyer, green: fatma } = cast);
    const marked = { ...details('green', 'enterprise'), label_claims: [{ scheme: 'pso30', certificate: 'PROEF-30', valid_until: inDays(60),
        evidence_url: 'https://register.example/PROEF-30' }] };
    const own = () => thing(cast.desk.get(`/organisations/${fatma.org}`));
    must(await fatma.put(`/organisations/${fatma.org}`, marked, (await own()).version));
    must(await cast.desk.command('/organisations', await own(), 'certify'));
    const draft = await thing(fatma.post('/offers', { title: 'Lunch met lokale producten', kind: 'service', sector: 'catering',
        description: 'Lunches voor vergaderingen, bereid door mensen met afstand tot de arbeidsmarkt.', cpv: '55320000-9', unit: 'lunch',
        vat: 'low', lead_days: 3, price_mode: 'fixed', price_cents: 1_250, national: true, goals: ['inclusive_labour'], fictional: true }));
    offer = await thing(fatma.command('/offers', draft, 'publish'));
    order = await confirmedOrder(buyer, fatma);
    return cast;
}
const on = stage({ enter, clocked: true, args: { matching: ['--serve=answers,alerts'] },
    who: () => ({ fatma, buyer, chief: buyer.chief }) });
const { step } = on;

/** It is this time of that day for everybody: the platform, its database and the browser. */
const itIs = (time) => on.itIs(momentOf(time));
const sound = (name) => looksSound(page, `walk-entrepreneur-${name}`);

const tasks = () => page.locator('.mw-tasks .mw-rows > li');

step('08:30 she logs in, and sees first what waits for her and which label ends', async () => {
    ({ fatma: page } = on.pages);
    await on.dayOf(momentOf('08:30'));
    await until(async () => must(await fatma.get('/notices')).body.items.some(({ event }) => event === 'organisation_reminded'));
    await visit(page, '/mijn/');
    await says(page, /^Uw keurmerk PSO 30\+ loopt af over 60 dagen, op /);
    await says(tasks(), 'Lever wat nog open staat');
    await sound('start');
});

step('08:40 she changes a price; the page stays as it was until a moderator has looked', async () => {
    await itIs('08:40');
    await visit(page, '/mijn/');
    await page.getByRole('button', { name: /^Wijzigen/ }).first().click();
    await sound('edit-offer');
    await page.getByLabel(/^Prijs in euro/).fill('19,90');
    await press(page, 'Aanbod bewaren');
    await says(page, /^Een moderator kijkt eerst naar deze wijziging/);
    assert.equal(must(await on.house.nobody().get(`/offers/${offer.id}`)).body.price_cents, 1_250);
    await sound('in-review');
});

step('09:05 she hears of a need that fits, how well, and what would raise it', async () => {
    await itIs('09:05');
    need = await sealedNeed(buyer, { title: '250 lunches per week in Enschede', sector: 'catering', cpv: ['55320000-9'],
        description: 'Iedere week 250 lunches voor vergaderingen op het stadhuis.', quantity: 250, unit: 'lunch',
        quote_deadline: new Date(Date.parse(momentOf('12:00')) + 28 * 86_400_000).toISOString() });
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: fatma.org }));
    await until(async () => must(await fatma.get('/letters')).body.items.some(({ need_id: id }) => id === need.id));
    await until(async () => must(await fatma.get('/notices')).body.items.some(({ event }) => event === 'invitation_sent'));
    await visit(page, '/meldingen/');
    await says(page, 'Uitnodiging verstuurd: 250 lunches per week in Enschede');
    await says(page, /^Past bij uw aanbod|250 lunches per week in Enschede$/);
    await says(page, 'Wat ontbreekt');
    await sound('alert');
});

step('09:20 she asks; the answer is there for everybody, and not who asked', async () => {
    await itIs('09:20');
    await visit(page, `/deal/?id=${need.id}`);
    await fillAndSend(page, 'Een vraag stellen', { 'Uw vraag': 'Mag de lunch vegetarisch zijn?' });
    await says(page, 'Uw vraag is verstuurd.');
    const { items: [question] } = must(await buyer.get(`/need-questions?needId=${need.id}`)).body;
    must(await buyer.command('/need-questions', question, 'answer', { answer: 'Graag zelfs.' }));
    const text = JSON.stringify(must(await on.house.nobody().get(`/need-questions?needId=${need.id}`)).body);
    assert.ok(text.includes('Graag zelfs.') && !text.includes(fatma.org) && !text.includes(fatma.account));
    await visit(page, `/deal/?id=${need.id}`);
    await says(page, 'Graag zelfs.');
    await sound('answered');
});

step('10:00 she quotes, sealed, with what she typed kept meanwhile; at 10:10 she writes it again; no event has a price', async () => {
    await itIs('10:00');
    await visit(page, '/mijn/');
    const row = tasks().filter({ hasText: 'Breng een offerte uit' });
    await says(row, /^nog \d+ dagen, tot /);
    await row.getByRole('link').click();
    await page.waitForURL('**/deal/?id=*');
    const form = await unfold(page, /^Offerte maken/);
    await form.getByLabel('Prijs per eenheid').fill('111,37');
    await page.reload();
    await says(page, /niet verstuurde, is teruggezet/);
    await sound('draft');
    await press(page, 'Concept bewaren');
    await says(page, /^De offerte is verzegeld bewaard/);
    await press(page, 'Offerte indienen');
    await says(page, /ingediend en verzegeld/);
    await says(page, 'Kenmerk van de inhoud (SHA-256)');
    await sound('handed-in');
    const mine = async () => must(await fatma.get(`/quotes?needId=${need.id}`)).body.items[0];
    const before = await mine();
    await itIs('10:10');
    const again = await unfold(page, 'Offerte vervangen');
    await again.getByLabel('Omschrijving').fill('Lunch');
    await again.getByLabel('Aantal', { exact: true }).fill('250');
    await again.getByLabel('Eenheid', { exact: true }).fill('lunch');
    await again.getByLabel('Prijs per eenheid').fill('111,31');
    await press(again, 'Offerte vervangen');
    await says(page, /^De nieuwe versie is ingediend en verzegeld/);
    quote = await mine();
    assert.deepEqual([before.revision, quote.revision, quote.total_cents], [1, 2, undefined]);
    assert.notEqual(before.content_hash, quote.content_hash);
    await sound('quoted');
    assert.deepEqual(must(await buyer.get(`/quotes?needId=${need.id}`)).body.items, [], 'nobody counts quotes');
    await until(() => on.house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    for (const cents of [first, second]) {
        assert.equal(await eventsWith(on.house, cents), 0);
    }
    assert.ok(await eventsWith(on.house, lines[0].unit_price_cents) > 0, 'the price of an order is among its parties’ events, and is found');
});

step('14:00 of 10 units that came 9 are accepted, one is rejected with a photo, and the invoice is for 9', async () => {
    await itIs('14:00');
    await visit(page, `/deal/?id=${order.need_id}`);
    await fillAndSend(page, 'Levering aankondigen', {});
    await press(page, 'Melden: geleverd');
    await says(page, 'De inkoper weet dat de levering er is.');
    await sound('delivered');
    const { items: [delivery] } = must(await buyer.get(`/deliveries?orderId=${order.id}`)).body;
    const { file } = must(await buyer.upload(png({ shade: 70, width: 40, height: 30 }), 'tuin.png')).body;
    must(await buyer.command('/deliveries', delivery, 'accept', { lines: delivery.lines.map((line) => (
        line.quantity === 10 ? { order_line_id: line.order_line_id, accepted: 9, rejected: 1, reject_reason: 'Eén uur niet gekomen.',
            photos: [{ file, kind: 'photo', label: 'De tuin, niet gesnoeid' }] }
            : { order_line_id: line.order_line_id, accepted: line.quantity, rejected: 0 })) }));
    await visit(page, '/mijn/');
    await says(tasks(), 'Factureer wat is goedgekeurd');
    await sound('to-invoice');
    await visit(page, `/deal/?id=${order.need_id}`);
    await page.getByAltText('De tuin, niet gesnoeid').waitFor();
    const form = await unfold(page, 'Factuur maken');
    await says(form, '9 uur: Snoeien');
    await form.getByLabel('Factuurnummer').fill('GK-2026-1');
    await sound('invoice');
    await press(form, 'Factuur maken');
    await press(page, 'Factuur versturen');
    await says(page, 'De factuur is verstuurd.');
    await sound('invoiced');
    const { items: [invoice] } = must(await fatma.get(`/invoices?orderId=${order.id}`)).body;
    assert.equal(invoice.lines.find(({ description }) => description === 'Snoeien').quantity, 9);
    const { body: now } = must(await fatma.get(`/orders/${order.id}`));
    assert.ok(now.lines.every((line) => line.invoiced <= line.accepted && line.accepted + line.rejected <= line.delivered));
});

step('16:00 she claims three learn-work places, 96 hours, and waits until the buyer has verified them', async () => {
    await itIs('16:00');
    await visit(page, `/deal/?id=${order.need_id}`);
    const form = await unfold(page, 'Impact claimen');
    await form.getByLabel('Bij welke regel van de bestelling?').selectOption({ label: 'Snoeien' });
    await form.getByLabel('Wat telt u?').selectOption({ label: 'Leerwerkplekken' });
    await form.getByLabel('Om wie gaat het?').selectOption({ label: 'Mensen uit de bijstand' });
    await form.getByLabel('Hoeveel?').fill('3');
    await form.getByLabel('Eerste dag van de periode').fill(inDays(-90));
    await form.getByLabel('Laatste dag van de periode').fill(day);
    await form.getByLabel('Hoe is dit geteld').fill('Drie leerwerkplekken, samen 96 uur, volgens de urenstaat.');
    await press(form, 'Impact claimen');
    await says(page, /^De claim ligt bij de inkoper/);
    await says(page, 'Geclaimd');
    await sound('claimed');
    const waiting = async () => must(await buyer.get('/tasks?limit=100')).body.items.find(({ noun }) => noun === 'impact_claim');
    const task = await waiting();
    assert.deepEqual([task.steps[0], task.page.split('#')[0]], ['verify', `/deal/?id=${order.need_id}`]);
    assert.equal(Number(await on.house.psql('SELECT count (*) FROM reporting.impact')), 0);
});

step('16:10 the deal tells what happened today, by which side', async () => {
    await itIs('16:10');
    const { items: [{ id: invoice_id }] } = must(await fatma.get(`/invoices?orderId=${order.id}`)).body;
    const { body: note } = must(await fatma.post('/credit-notes', { invoice_id, number: 'GK-2026-2', reason: 'Eén uur te veel.',
        lines: units(order, { 0: 1 }) }));
    must(await fatma.command('/credit-notes', note, 'issue'));
    must(await buyer.post('/disputes', { order_id: order.id, order_line_id: order.lines[1].id, quantity: 1, reason: 'Eén plant is dood.' }));
    await until(() => on.house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
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
