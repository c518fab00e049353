// walkthrough-moderator.test.mjs - a day of a moderator (walk-through 6.4) through the API, by a clock that the test sets: the queue, a
// change, a false label, a suspension that another moderator confirms, and who may not judge.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { confirmedOrder, delivered, enter, issuedInvoice, openNeed } from './deal-cast.mjs';
import { admit, colleague, founder, handedIn, member, refused, thing } from './people.mjs';

const day = '2027-02-01';
const enough = 5_000;    // ms in which search has to follow

let clock, postbox, house, sam, tess, buyer, green, blue, offer, order, queue, edit;

const itIs = (time, on = day) => clock.set(`${on}T${time}:00+01:00`);
const fetched = (path, client = sam) => thing(client.get(path));
const judged = async (client, org, name, body) => client.command('/organisations', await fetched(`/organisations/${org}`, client), name, body);
const found = async () => (await fetched('/offers/search?q=binnentuinen', buyer)).items.some(({ offer_id: id }) => id === offer.id);
const told = async (client, event) => (await fetched('/notices?limit=100', client)).items.find((one) => one.event === event);

const offerText = (changes) => ({ title: 'Onderhoud van binnentuinen', kind: 'service', sector: 'green', cpv: '77310000-6', unit: 'uur',
    description: 'Wekelijks onderhoud van tuinen, van maart tot en met oktober.', price_mode: 'fixed', price_cents: 4_000, vat: 'high',
    lead_days: 14, national: true, goals: ['inclusive_labour'], fictional: true, ...changes });

before(async () => {
    clock = new Clock();
    itIs('08:00');
    postbox = await new Postbox().open();
    house = await openHouse({ args: { gateway: postbox.options } });
    ({ desk: sam, buyer, green, blue } = await enter(house, { valid_from: day }));
    tess = await colleague(house, sam, 'tess', 'MODERATOR');
    offer = await thing(green.post('/offers', offerText()));
    offer = await thing(green.command('/offers', offer, 'publish'));
    order = await confirmedOrder(buyer, green);
    queue = [];
    for (const name of ['wasserij', 'kwekerij', 'drukkerij', 'bakkerij']) {
        queue.push(await founder(house, name, 'enterprise'));
        await handedIn(sam, queue.at(-1));
    }
    edit = await thing(green.post('/offer-edits', { offer_id: offer.id, proposed: offerText({ price_cents: 9_900 }) }));
    await until(found, 10_000, 'the offer is found');
});
after(() => Promise.all([house?.stop(), postbox?.close()]).finally(() => clock.end()));

let goesOn = true;
const step = (name, work) => test(name, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

// Not there yet: reports by people about what is on the market.
step('the queue has four enterprises and a change, and its people only see it', async () => {
    itIs('09:00');
    const waiting = (await fetched('/moderation/organisations?limit=100')).items.filter(({ state }) => state === 'under_review');
    assert.deepEqual(waiting.map(({ id }) => id).sort(), queue.map(({ org }) => org).sort());
    const changes = (await fetched('/offer-edits?state=pending')).items;
    assert.deepEqual(changes.map(({ id, fields }) => [id, fields]), [[edit.id, ['price_cents']]]);
    refused(await green.get('/moderation/organisations'), 404);
});

step('C1, C2: what is seen changes when the change is applied, and who is refused is told by which criterion', async () => {
    const price = async () => (await fetched(`/offers/${offer.id}`, house.nobody())).price_cents;
    assert.equal(await price(), 4_000);
    refused(await green.command('/offer-edits', edit, 'apply'), 404);
    must(await sam.command('/offer-edits', edit, 'apply'));
    assert.equal(await price(), 9_900);
    refused(await judged(sam, queue[3].org, 'refuse', { reason: 'Zomaar een reden.' }), 400);
    must(await judged(sam, queue[3].org, 'refuse', { criterion: 'mission', reason: 'Er is geen maatschappelijk doel.' }));
    must(await judged(sam, queue[0].org, 'admit'));
    assert.equal((await fetched(`/organisations/${queue[3].org}`, queue[3])).criterion, 'mission');
});

step('C3: a false label suspends: search stops at once, what runs goes on, and the reasons are mailed', async () => {
    itIs('10:00');
    must(await judged(sam, green.org, 'suspend', { criterion: 'honest_label', reason: 'Het certificaat is van een ander.' }));
    const began = performance.now();
    await until(async () => !await found(), 10_000, 'search leaves it out');
    assert.ok(performance.now() - began < enough);
    const need = await openNeed(buyer);
    refused(await green.post('/quotes', { need_id: need.id, lines: [{ description: 'Snoeien', unit: 'uur', quantity: 1, unit_price_cents: 1, vat: 'high' }] }), 409);
    const came = await delivered(green, order, { 0: 2 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 2 }] }));
    await issuedInvoice(green, order, 'G-1', { 0: 2 });
    const mail = await until(() => postbox.mails.find(({ to, subject }) => to[0] === 'green@proef.example' && subject.startsWith('Organisatie geschorst')),
        20_000, 'the mail');
    assert.match(mail.text, /Lees waarom, en wat u kunt doen\. Lopende opdrachten gaan door\./);
    const own = await fetched(`/organisations/${green.org}`, green);
    assert.deepEqual([own.state, own.criterion, own.decision], ['suspended', 'honest_label', 'Het certificaat is van een ander.']);
    assert.match(mail.text, /https:\/\/meerwaarde\.example\/mijn\//);
    assert.ok(await told(green, 'organisation_suspended'));
});

step('another moderator confirms the suspension; who suspended does not', async () => {
    itIs('11:00');
    refused(await judged(sam, green.org, 'confirm'), 409, 'second_moderator');
    must(await judged(tess, green.org, 'confirm'));
    await until(() => told(green, 'suspension_confirmed'), 10_000, 'it is told');
});

step('who belongs to an enterprise does not judge it', async () => {
    const employer = queue[1];
    must(await employer.put(`/organisations/${employer.org}/members/${sam.account}`, { roles: ['SUPPLIER'] }));
    refused(await judged(sam, employer.org, 'admit'), 409, 'not_own');
    must(await judged(tess, employer.org, 'admit'));
});

step('liquidity: needs without an offer by CPV, and a quiet enterprise is written to, once in a while', async () => {
    const need = await openNeed(buyer, { title: 'Een zwembad bouwen', cpv: ['45212212-5'] });
    const seen = () => sam.get('/reports/liquidity');
    const report = await until(async () => {
        const now = await thing(seen());
        return now.needs.some(({ need_id: id }) => id === need.id) && now;
    }, 10_000, 'the need is seen to have no offer');
    assert.deepEqual(report.groups.find(({ word }) => word === '45200000'), { word: '45200000', count: 1 });
    assert.ok(!report.needs.some(({ title }) => title === 'Onderhoud van de binnentuin') || report.needs_without > 1);
    refused(await buyer.get('/reports/liquidity'), 404);
    const quiet = report.suppliers.find(({ supplier_id: id }) => id === queue[0].org);
    assert.deepEqual([quiet.active_on, quiet.prompted_on, quiet.fits], [undefined, undefined, 0]);
    must(await judged(sam, queue[0].org, 'prompt'));
    refused(await judged(sam, queue[0].org, 'prompt'), 409, 'not_prompted');
    refused(await judged(sam, queue[1].org, 'prompt'), 409, 'not_own');
    await until(() => told(queue[0], 'organisation_prompted'), 10_000, 'it is told');
    await until(async () => (await thing(seen())).suppliers.find(({ supplier_id: id }) => id === queue[0].org).prompted_on === day);
});

step('support: Sam looks along as a user for 15 minutes, changes nothing, and the user is told', async () => {
    const reason = 'U belde: uw bestelling is niet te vinden.';
    const begin = (email, by = sam) => by.post('/support-sessions', { email, reason });
    refused(await begin('wasserij@proef.example', buyer), 404);
    refused(await begin('niemand@proef.example'), 404);
    refused(await begin('tess@proef.example'), 409, 'support_not_own');
    refused(await begin('kwekerij@proef.example'), 409, 'support_not_own'); // Sam's former employer
    refused(await sam.post('/support-sessions', { email: 'wasserij@proef.example', reason: 'kort' }), 400);
    const own = await fetched('/me');
    const looking = await thing(begin('wasserij@proef.example'));
    assert.equal(looking.organisation_id, queue[0].org);
    assert.equal(Date.parse(looking.ends_at) - Date.parse('2027-02-01T11:00:00+01:00') < 20 * 60_000, true);
    const me = await fetched('/me');
    assert.deepEqual([me.account_id, me.organisation_id, me.support_until], [queue[0].account, queue[0].org, looking.ends_at]);
    assert.ok(!me.roles.includes('MODERATOR'));
    refused(await sam.get('/moderation/organisations'), 404);
    refused(await sam.post('/offers', offerText({ title: 'Uit andermans naam' })), 409, 'support_only_reads');
    refused(await sam.post('/notices/_read', {}), 409, 'support_only_reads');
    const { items: [note] } = await fetched('/notices?limit=1', queue[0]);
    assert.deepEqual([note.event, note.title], ['support_begun', reason]);
    must(await sam.request('DELETE', '/support-sessions/current'));
    assert.deepEqual((await fetched('/me')).account_id, own.account_id);
    await until(() => postbox.mails.find(({ to, subject }) => to[0] === 'wasserij@proef.example' && subject.startsWith('Een moderator keek met u mee')), 20_000, 'the mail');
    must(await begin('wasserij@proef.example'));
    itIs('11:20');
    await until(async () => (await fetched('/me')).account_id === own.account_id, 10_000, 'it ends by itself');
    const told = await house.psql("SELECT count (*) FROM identity.support WHERE account_id = '" + queue[0].account + "'");
    assert.equal(told, '2');
});

step('a suspension that nobody confirms is over after five days; one that is confirmed stays', async () => {
    must(await judged(sam, blue.org, 'suspend', { criterion: 'conduct', reason: 'Er kwamen klachten over gedrag.' }));
    itIs('11:30', '2027-02-06');
    blue = await member(house, { email: 'blue@proef.example' });
    green = await member(house, { email: 'green@proef.example' });
    await until(async () => (await fetched(`/organisations/${blue.org}`, blue)).state === 'admitted', 20_000, 'blue is back');
    assert.equal((await fetched(`/organisations/${green.org}`, green)).state, 'suspended');
});

step('each step is in the record of the enterprise, for who judges', async () => {
    tess = await member(house, { email: 'tess@proef.example' });
    const types = (await fetched(`/events?subject=organisation/${green.org}`, tess)).items.map(({ type }) => type.split('.')[2]);
    for (const event of ['organisation_registered', 'organisation_admitted', 'organisation_suspended', 'suspension_confirmed']) {
        assert.ok(types.includes(event), event);
    }
});
