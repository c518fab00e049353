// walk-moderator.test.mjs - a day of a moderator in the browser (walk-through 6.4): the queue with a change and a report, an admission, a false
// label that leads to a suspension, which a second moderator confirms and the enterprise appeals against, an organisation that is one's own, needs
// without an offer, and looking along with a user.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { must, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { confirmedOrder, delivered, enter, openNeed } from '../system/deal-cast.mjs';
import { admit, colleague, founder, thing } from '../system/people.mjs';
import { forgive, sound as looksSound } from './lib/browser.mjs';
import { fillAndSend, press, says, unfold, visit } from './lib/person.mjs';
import { stage } from './lib/stage.mjs';

const postbox = await new Postbox().open();
after(() => postbox.close());
let desk, second, buyer, green, fresh, twin, offer, order, sam, tess;

async function enterWithQueue(house) {
    ({ desk, buyer, green } = await enter(house));
    second = await colleague(house, desk, 'tweede', 'MODERATOR');
    const draft = await thing(green.post('/offers', { title: 'Onderhoud van binnentuinen', kind: 'service', sector: 'green', cpv: '77310000-6',
        description: 'Wekelijks onderhoud van tuinen, van maart tot en met oktober.', unit: 'uur', vat: 'high', lead_days: 14, national: true,
        goals: ['inclusive_labour'], fictional: true }));
    offer = await thing(green.command('/offers', draft, 'publish'));
    order = await confirmedOrder(buyer, green);
    [fresh, twin] = [await founder(house, 'wasserij', 'enterprise'), await founder(house, 'kwekerij', 'enterprise'), await founder(house, 'drukkerij', 'enterprise')];
    await until(found);
    return { sam: desk, tess: second };
}
const on = stage({ enter: enterWithQueue, who: (cast) => cast, args: { gateway: postbox.options } });
const { step } = on;
const openAs = (client) => on.openAs(client, '/mijn/');
const sound = (page, name) => looksSound(page, `walk-moderator-${name}`);

const tasks = (page) => page.locator('.mw-tasks .mw-rows > li');
const queue = (page, name) => page.getByRole('region', { name: 'Te beoordelen organisaties' }).getByRole('listitem').filter({ hasText: name });
const found = async () => (await thing(buyer.get('/offers/search?q=binnentuinen'))).items.some(({ offer_id: id }) => id === offer.id);
const told = async (client, event) => (await thing(client.get('/notices?limit=100'))).items.find((one) => one.event === event);

step('the queue is counted on the start page, and each of it is a task', async () => {
    ({ sam, tess } = on.pages);
    await visit(sam, '/mijn/');
    await until(async () => await tasks(sam).filter({ hasText: 'Controleer de gegevens van de aanmelding' }).count() >= 3);
    await sound(sam, 'queue');
});

step('a change is read word by word, and applied; a report is taken up and answered to both sides', async () => {
    const proposed = { title: 'Onderhoud van binnentuinen', kind: 'service', sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 14,
        national: true, goals: ['inclusive_labour'], fictional: true, description: 'Maandelijks onderhoud van tuinen, van maart tot en met november.' };
    must(await green.post('/offer-edits', { offer_id: offer.id, proposed }));
    must(await buyer.post('/flags', { offer_id: offer.id, ground: 'misleading', text: 'Het werk begon pas in mei.' }));
    await visit(sam, '/mijn/');
    await says(sam.locator('.mw-desk li').filter({ hasText: 'Wijzigingen' }), '1');
    await says(sam.locator('.mw-desk li').filter({ hasText: 'Meldingen' }), '1');
    const changes = sam.getByRole('region', { name: 'Wijzigingen van aanbod' });
    await says(changes.locator('del'), 'Wekelijks');
    await says(changes.locator('ins'), 'Maandelijks');
    await sound(sam, 'change');
    await press(changes, /^Doorvoeren/);
    await says(changes, 'Er wacht geen wijziging.');
    const flags = sam.getByRole('region', { name: 'Meldingen van gebruikers' });
    await press(flags, /^In behandeling nemen/);
    await sound(sam, 'flag-taken');
    await fillAndSend(flags, /^Geen maatregel/, { Motivering: 'De tekst zegt nu wanneer het werk begint.' });
    await says(flags, 'Er wacht geen melding.');
    await until(() => told(buyer, 'flag_decided'));
    assert.equal((await thing(green.get('/flag-decisions'))).items[0].statement, 'De tekst zegt nu wanneer het werk begint.');
    const owner = await openAs(green);
    await visit(owner, `/aanbod/?id=${offer.id}`);
    await says(owner.getByRole('region', { name: 'Wijzigingen van dit aanbod' }), 'Doorgevoerd');
    await sound(owner, 'revisions');
    await owner.context().close();
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

step('another registration turns out to be the same firm, and goes on in the first', async () => {
    const { kvk_number: number } = await thing(fresh.get(`/organisations/${fresh.org}`));
    await visit(sam, '/mijn/');
    const reason = 'De akte noemt dezelfde bestuurders.';
    const row = queue(sam, 'kwekerij (fictief)');
    await fillAndSend(row, /^Samenvoegen/, { 'Met welke onderneming gaat het verder?': '99999999', 'Waarom?': reason });
    await says(row, 'Geen organisatie heeft dit nummer of dit id');
    forgive(sam, 400);
    await sound(sam, 'merge');
    await row.getByLabel('Met welke onderneming gaat het verder?').fill(number);
    await press(row, /^Samenvoegen$/);
    await until(async () => await queue(sam, 'kwekerij (fictief)').count() === 0);
    await sound(sam, 'merged-queue');
    await until(() => told(fresh, 'registration_merged'));
    await until(() => told(twin, 'registration_merged'));
    await visit(sam, `/onderneming/?id=${twin.org}`);
    await says(sam, /samengevoegd met wasserij \(fictief\)/);
    await sound(sam, 'merged');
});

step('both sides of a deal review it on its page; a report of it is before the moderator, who hides it', async () => {
    const came = await delivered(green, order, { 0: 1 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 1 }] }));
    await until(async () => await on.house.psql(`SELECT count (*) FROM catalog.known_order WHERE id = '${order.id}' AND accepted_at IS NOT NULL`) === '1');
    const page = await openAs(buyer);
    await visit(page, `/deal/?id=${order.need_id}`);
    const form = await unfold(page, 'Beoordeling schrijven');
    await form.getByLabel('Hoe ging het?').selectOption('4');
    await form.getByLabel('Vertel hoe het ging').fill('Het werk was goed, en op tijd.');
    await press(form, 'Beoordeling schrijven');
    await says(page, /Nog niet zichtbaar: wacht op de andere kant/);
    await sound(page, 'review-waits');
    must(await green.post('/reviews', { order_id: order.id, stars: 5, text: 'Een heldere opdracht, en snel betaald.' }));
    await visit(page, `/onderneming/?id=${green.org}`);
    const reviews = page.getByRole('region', { name: 'Beoordelingen' });
    await says(reviews, 'Het werk was goed, en op tijd.');
    await says(reviews, '1 beoordeling. Een gemiddelde staat er vanaf 5.');
    await sound(page, 'review-shown');
    await page.context().close();
    const [{ id }] = (await thing(on.house.nobody().get(`/reviews?organisationId=${green.org}`))).items;
    must(await green.post('/flags', { review_id: id, ground: 'misleading', text: 'Dit ging over een andere opdracht.' }));
    await visit(sam, '/mijn/');
    const flags = sam.getByRole('region', { name: 'Meldingen van gebruikers' });
    await fillAndSend(flags, 'Beoordeling verbergen', { 'Waarom?': 'Dit ging over een andere opdracht.' });
    await says(flags, 'Verborgen');
    await sound(sam, 'review-hidden');
    assert.deepEqual((await thing(on.house.nobody().get(`/reviews?organisationId=${green.org}`))).items, []);
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

step('the enterprise reads why, and appeals; a handler of neither side decides', async () => {
    const partner = await founder(on.house, 'partner', 'partner');
    await admit(on.house, desk, partner);
    const handler = await colleague(on.house, partner, 'behandelaar', 'HANDLER');
    await on.house.call('handler_appoint', { organisation_id: partner.org, since: '2020-01-01' }, { roles: ['OPERATOR'] });
    const owner = await openAs(green);
    await says(owner.locator('#besluit'), 'Het certificaat is van een ander.');
    await fillAndSend(owner.locator('#besluit'), 'Bezwaar maken', { 'Waarom klopt het besluit niet?': 'Het certificaat staat in het register op onze naam.' });
    await says(owner.locator('#besluit'), 'Ingediend');
    await sound(owner, 'appeal');
    const judge = await openAs(handler);
    const appeals = judge.getByRole('region', { name: 'Bezwaren' });
    await sound(judge, 'handler');
    await fillAndSend(appeals, /^Ongegrond/, { Motivering: 'Het register noemt een andere onderneming.' });
    await says(appeals, 'Ongegrond');
    await sound(judge, 'appeal-decided');
    await visit(owner, '/mijn/');
    await says(owner.locator('#besluit'), 'Het register noemt een andere onderneming.');
    await sound(owner, 'appeal-told');
    await Promise.all([owner.context().close(), judge.context().close()]);
});

step('an organisation of one’s own is for somebody else', async () => {
    const tied = await founder(on.house, 'werkgever', 'enterprise');
    must(await tied.put(`/organisations/${tied.org}/members/${desk.account}`, { roles: ['SUPPLIER'] }));
    await until(async () => (await thing(desk.get('/moderation/organisations?limit=100'))).items.find(({ id }) => id === tied.org)?.tied);
    await visit(sam, '/mijn/');
    await says(queue(sam, 'werkgever (fictief)'), 'U hoort bij deze organisatie of doet er zaken mee. Een ander beslist.');
    await sound(sam, 'tied');
});

step('needs without an offer are counted by CPV, and a quiet enterprise is written to', async () => {
    const need = await openNeed(buyer, { title: 'Een zwembad bouwen', cpv: ['45212212-5'] });
    await until(async () => (await thing(desk.get('/reports/liquidity'))).needs.some(({ need_id: id }) => id === need.id));
    await visit(sam, '/mijn/');
    const quiet = sam.getByRole('region', { name: 'Stille ondernemingen' });
    const row = quiet.getByRole('listitem').filter({ hasText: 'wasserij (fictief)' });
    await press(row, /^Uitnodigen om mee te doen/);
    await until(() => told(fresh, 'organisation_prompted'));
    await sound(sam, 'liquidity');
});

step('who looks along with a user sees a banner, changes nothing, and is told of', async () => {
    await visit(sam, '/mijn/');
    await fillAndSend(sam.getByRole('region', { name: 'Meekijken om te helpen' }), 'Meekijken met een gebruiker',
        { 'E-mailadres van de gebruiker': 'wasserij@proef.example', 'Waarom?': 'U belde: uw aanbod is niet te vinden.' }, 'Begin met meekijken');
    await says(sam.locator('.mw-support'), /U kijkt mee als wasserij, wasserij \(fictief\)/);
    await says(sam.locator('main'), 'wasserij, voor wasserij (fictief)');
    await sound(sam, 'support');
    await visit(sam, '/lijsten/');
    await fillAndSend(sam.locator('main'), 'Nieuwe lijst', { Naam: 'Uit andermans naam' }, 'Bewaren');
    await says(sam.locator('main'), 'U kijkt mee als iemand anders en kunt niets wijzigen.');
    forgive(sam, 403, 409);
    await sound(sam, 'support-refused');
    assert.deepEqual((await thing(fresh.get('/favourite-lists'))).items, []);
    assert.equal((await told(fresh, 'support_begun')).title, 'U belde: uw aanbod is niet te vinden.');
    await sam.getByRole('button', { name: 'Stop met meekijken' }).click();
    await says(sam.locator('main'), 'marktbeheer, voor marktbeheer (fictief)');
    assert.equal(await sam.locator('.mw-support').isVisible(), false);
});

step('what happened to an organisation can be read by who judges it', async () => {
    const { items } = await thing(second.get(`/events?subject=organisation/${green.org}`));
    const types = items.map(({ type }) => type.split('.')[2]);
    for (const event of ['organisation_registered', 'organisation_suspended', 'suspension_confirmed']) {
        assert.ok(types.includes(event), event);
    }
});
