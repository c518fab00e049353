// walk-moderator.test.mjs - a day of a moderator in the browser (walk-through 6.4), as far as there are pages for it: the queue, an admission, a
// false label that leads to a suspension, which a second moderator confirms, and an organisation that is one's own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { confirmedOrder, enter } from '../system/deal-cast.mjs';
import { colleague, founder, thing } from '../system/people.mjs';
import { lendSession, openBrowser, openPage, overflow, screens, skip, takePictures, violations } from './lib/browser.mjs';
import { press, says, visit } from './lib/person.mjs';

let house, browser, postbox, desk, second, buyer, green, fresh, offer, order, sam, tess;

/** No axe violation and nothing beside the screen, at two widths. */
async function sound(page, name) {
    for (const screen of [screens.desk, screens.phone]) {
        await page.setViewportSize(screen);
        assert.deepEqual(await violations(page), [], name);
        assert.ok(await overflow(page) <= 0, name);
    }
    assert.deepEqual(page.faults, []);
    await takePictures(page, `walk-moderator-${name}`);
    await page.setViewportSize(screens.desk);
}

async function openAs(client) {
    const page = await openPage(browser, { baseURL: house.url });
    await lendSession(page, client);
    return visit(page, '/mijn/');
}

const tasks = (page) => page.locator('.mw-tasks .mw-rows > li');
const queue = (page, name) => page.getByRole('region', { name: 'Te beoordelen organisaties' }).getByRole('listitem').filter({ hasText: name });
const found = async () => (await thing(buyer.get('/offers/search?q=binnentuinen'))).items.some(({ offer_id: id }) => id === offer.id);
const told = async (client, event) => (await thing(client.get('/notices?limit=100'))).items.find((one) => one.event === event);

before(async () => {
    if (skip) {
        return;
    }
    postbox = await new Postbox().open();
    [house, browser] = await Promise.all([openHouse({ args: { gateway: postbox.options } }), openBrowser()]);
    ({ desk, buyer, green } = await enter(house));
    second = await colleague(house, desk, 'tweede', 'MODERATOR');
    const draft = await thing(green.post('/offers', { title: 'Onderhoud van binnentuinen', kind: 'service', sector: 'green', cpv: '77310000-6',
        description: 'Wekelijks onderhoud van tuinen, van maart tot en met oktober.', unit: 'uur', vat: 'high', lead_days: 14, national: true,
        goals: ['inclusive_labour'], fictional: true }));
    offer = await thing(green.command('/offers', draft, 'publish'));
    order = await confirmedOrder(buyer, green);
    [fresh] = [await founder(house, 'wasserij', 'enterprise'), await founder(house, 'kwekerij', 'enterprise'), await founder(house, 'drukkerij', 'enterprise')];
    await until(found);
    [sam, tess] = [await openAs(desk), await openAs(second)];
});
after(() => Promise.all([browser?.close(), house?.stop(), postbox?.close()]));

let goesOn = true;
const step = (name, work) => test(name, { skip }, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

step('the queue is counted on the start page, and each of it is a task', async () => {
    await visit(sam, '/mijn/');
    await until(async () => await tasks(sam).filter({ hasText: 'Controleer de gegevens van de aanmelding' }).count() >= 3);
    await sound(sam, 'queue');
});

step('one is checked, hands in its evidence, and is admitted; it hears of both', async () => {
    await press(queue(sam, 'wasserij (fictief)'), /^Gegevens kloppen/);
    await until(() => told(fresh, 'organisation_checked'));
    assert.equal((await told(fresh, 'organisation_checked')).act, true);
    const { body: one } = must(await fresh.get(`/organisations/${fresh.org}`));
    must(await fresh.command('/organisations', one, 'submit'));
    await visit(sam, '/mijn/');
    await says(tasks(sam).filter({ hasText: 'wasserij' }), 'Beoordeel de aanmelding');
    await press(queue(sam, 'wasserij (fictief)'), /^Toelaten/);
    await until(async () => await queue(sam, 'wasserij (fictief)').count() === 0);
    await until(() => told(fresh, 'organisation_admitted'));
    await sound(sam, 'admitted');
});

step('a false label suspends: search stops, the running order goes on, and the reasons are mailed', async () => {
    const { body: one } = must(await desk.get(`/organisations/${green.org}`));
    must(await desk.command('/organisations', one, 'suspend', { criterion: 'honest_label', reason: 'Het certificaat is van een ander.' }));
    const began = performance.now();
    await until(async () => !await found());
    assert.ok(performance.now() - began < 5000);
    const lines = [{ order_line_id: order.lines[0].id, quantity: 1 }];
    must(await green.post('/deliveries', { order_id: order.id, lines }));
    const mail = await until(() => postbox.mails.find(({ to, subject }) => to[0] === 'green@proef.example' && subject.startsWith('Organisatie geschorst')));
    assert.match(mail.text, /Lees waarom, en wat u kunt doen\. Lopende opdrachten gaan door\./);
    assert.match(mail.text, /https:\/\/meerwaarde\.example\/mijn\//);
});

step('who suspended is not asked to confirm, the second moderator is', async () => {
    await visit(sam, '/mijn/');
    await visit(tess, '/mijn/');
    await says(tasks(tess).filter({ hasText: 'green' }), 'Bevestig de schorsing, of hef haar op');
    assert.equal(await tasks(sam).filter({ hasText: 'Bevestig de schorsing' }).count(), 0);
    await sound(tess, 'suspended');
    await press(queue(tess, 'green (fictief)'), /^Schorsing bevestigen/);
    await until(() => told(green, 'suspension_confirmed'));
    await visit(tess, '/mijn/');
    await until(async () => await tess.locator('.mw-tasks').getByRole('status').count() === 0);
    assert.equal(await tasks(tess).filter({ hasText: 'Bevestig de schorsing' }).count(), 0);
});

step('an organisation of one’s own is for somebody else', async () => {
    const tied = await founder(house, 'werkgever', 'enterprise');
    must(await tied.put(`/organisations/${tied.org}/members/${desk.account}`, { roles: ['SUPPLIER'] }));
    await until(async () => (await thing(desk.get('/moderation/organisations?limit=100'))).items.find(({ id }) => id === tied.org)?.tied);
    await visit(sam, '/mijn/');
    await says(queue(sam, 'werkgever (fictief)'), 'U hoort bij deze organisatie of doet er zaken mee. Een ander beslist.');
    await sound(sam, 'tied');
});

step('what happened to an organisation can be read by who judges it', async () => {
    const { items } = await thing(second.get(`/events?subject=organisation/${green.org}`));
    const types = items.map(({ type }) => type.split('.')[2]);
    for (const event of ['organisation_registered', 'organisation_suspended', 'suspension_confirmed']) {
        assert.ok(types.includes(event), event);
    }
});
