// flags.test.mjs - users report offers and organisations; an appeal goes to somebody who belongs to neither side.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { admit, colleague, founder, handedIn, moderator, refused, thing } from './people.mjs';

let house, desk, second, green, city, partner, handler;

before(async () => {
    house = await openHouse();
    desk = await moderator(house);
    second = await colleague(house, desk, 'tweede', 'MODERATOR');
    green = await founder(house, 'groen', 'enterprise');
    city = await founder(house, 'stad', 'municipality');
    partner = await founder(house, 'partner', 'partner');
    handler = await colleague(house, partner, 'behandelaar', 'HANDLER');
    await admit(house, desk, green, city, partner);
    await appoint(partner, { since: '2020-01-01' });
    await house.psql(`INSERT INTO catalog.appointed VALUES ('${desk.org}', '2020-01-01')`); // which the operation refuses
});
after(() => house?.stop());

const appoint = ({ org }, dates, roles = ['OPERATOR']) => house.call('handler_appoint', { organisation_id: org, ...dates }, { roles });
const step = async (by, client, command, body) =>
    by.command('/organisations', await thing(by.get(`/organisations/${client.org}`)), command, body);
const because = { criterion: 'conduct', reason: 'Dat bleek uit de stukken die wij zagen.' };
const statement = 'Wij zagen het keurmerk na; het register kent het niet meer.';
const report = (changes) => ({ ground: 'false_label', text: 'Dit keurmerk staat niet in het register.', ...changes });

test('a report is taken up, decided with a statement of reasons, and both sides are told', async () => {
    const offer = await thing(green.post('/offers', {
        title: 'Soep aan huis', description: 'Soep, gebracht door mensen uit de wijk.', kind: 'service',
        sector: 'catering', cpv: '55520000-1', unit: 'persoon', vat: 'low', lead_days: 3, fictional: true }));
    await thing(green.command('/offers', offer, 'publish'));
    refused(await house.nobody().post('/flags', report({ offer_id: offer.id })), 401);
    for (const body of [report(), report({ offer_id: offer.id, organisation_id: green.org })]) {
        refused(await city.post('/flags', body), 400);
    }
    refused(await city.post('/flags', report({ offer_id: offer.id, text: '<img src=x> kijk eens' })), 400);
    refused(await city.post('/flags', report({ offer_id: '01900000-0000-7000-8000-000000000000' })), 404);
    const flag = await thing(city.post('/flags', report({ offer_id: offer.id })));
    assert.deepEqual([flag.state, flag.subject], ['received', 'Soep aan huis']);
    for (const other of [green, partner]) {
        refused(await other.get(`/flags/${flag.id}`), 404);
        assert.deepEqual((await thing(other.get('/flags'))).items, []);
    }
    assert.deepEqual((await thing(green.get('/flag-decisions'))).items, []);
    refused(await desk.command('/flags', flag, 'act', { statement }), 409, 'out_of_state');
    refused(await city.command('/flags', flag, 'triage'), 404);
    const taken = await thing(desk.command('/flags', flag, 'triage'));
    refused(await desk.command('/flags', taken, 'act', {}), 400);
    must(await desk.command('/flags', taken, 'act', { statement }));
    assert.equal((await thing(city.get(`/flags/${flag.id}`))).statement, statement);
    const [told] = (await thing(green.get('/flag-decisions'))).items;
    assert.deepEqual([told.state, told.statement, told.subject], ['action', statement, 'Soep aan huis']);
    assert.ok(!JSON.stringify(told).includes(city.org), 'who reported is not told');
    assert.ok(!JSON.stringify(told).includes('staat niet in het register'), 'nor in which words');
    const about = await thing(city.post('/flags', report({ organisation_id: green.org, ground: 'misleading' })));
    const dismissed = await thing(desk.command('/flags', await thing(desk.command('/flags', about, 'triage')), 'dismiss',
        { statement: 'De tekst klopt met wat wij zagen.' }));
    assert.equal(dismissed.state, 'no_action');
});

test('nobody handles a report of an organisation that they belong to', async () => {
    must(await green.put(`/organisations/${green.org}/members/${second.account}`, { roles: [] }));
    const flag = await thing(city.post('/flags', report({ organisation_id: green.org })));
    refused(await second.command('/flags', flag, 'triage'), 409, 'not_own_flag');
    must(await desk.command('/flags', flag, 'triage'));
});

test('an appeal goes to a handler of neither side; upheld, the decision is taken back', async () => {
    const blue = await founder(house, 'blauw', 'enterprise');
    refused(await blue.post('/appeals', { grounds: 'Er is nog niets besloten, maar toch.' }), 409, 'can_be_appealed');
    await admit(house, desk, blue);
    must(await step(desk, blue, 'suspend', because));
    const appeal = await thing(blue.post('/appeals', { grounds: 'Het keurmerk staat wel degelijk in het register.' }));
    assert.deepEqual([appeal.state, appeal.criterion, appeal.decision], ['lodged', 'conduct', because.reason]);
    refused(await blue.post('/appeals', { grounds: 'En nog een keer, voor de zekerheid.' }), 409, 'one_appeal');
    assert.equal((await thing(blue.get(`/appeals/${appeal.id}`))).state, 'lodged');
    refused(await green.get(`/appeals/${appeal.id}`), 404);
    refused(await second.command('/appeals', appeal, 'uphold', { verdict: statement }), 404);
    refused(await desk.command('/appeals', appeal, 'uphold', { verdict: statement }), 409, 'appeal_is_independent');
    refused(await city.command('/appeals', appeal, 'uphold', { verdict: statement }), 404); // a handler, but not appointed
    assert.ok((await thing(handler.get('/appeals'))).items.some(({ id }) => id === appeal.id));
    must(await handler.command('/appeals', appeal, 'uphold', { verdict: 'Het register heeft het keurmerk wel.' }));
    const own = await thing(blue.get(`/organisations/${blue.org}`));
    assert.deepEqual([own.state, own.takes_part, own.criterion], ['admitted', true, undefined]);
    assert.ok(Date.parse(own.due_at) > Date.now());
});

test('the platform appoints handlers, from a day on and until one; nobody else does', async () => {
    const [yesterday, today, tomorrow] = [-1, 0, 1].map((days) =>
        new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv', { timeZone: 'Europe/Amsterdam' }));
    const clerk = await colleague(house, city, 'stadsbehandelaar', 'HANDLER');
    const red = await founder(house, 'rood', 'enterprise');
    await handedIn(desk, red);
    must(await step(desk, red, 'refuse', because));
    const appeal = await thing(red.post('/appeals', { grounds: 'Onze missie staat in de statuten.' }));
    const sees = async () => (await clerk.get(`/appeals/${appeal.id}`)).status === 200;
    assert.equal(await sees(), false);
    for (const [who, dates, why, roles] of [
        [city, { since: today }, /missing/, ['MODERATOR', 'ADMIN', 'HANDLER']],
        [desk, { since: today }, /missing/], // decides what is appealed against
        [red, { since: today }, /missing/], // takes no part
        [city, { since: today, until: yesterday }, /until/],
        [city, { since: 'vandaag' }, /since/],
    ]) {
        await assert.rejects(appoint(who, dates, roles), why);
    }
    await appoint(city, { since: tomorrow });
    assert.equal(await sees(), false);
    assert.deepEqual(await appoint(city, { since: yesterday }), { organisation_id: city.org, since: yesterday });
    assert.equal(await sees(), true);
    await appoint(city, { since: yesterday, until: today });
    assert.equal(await sees(), true);
    await appoint(city, { since: yesterday, until: yesterday });
    assert.equal(await sees(), false);
    refused(await clerk.command('/appeals', appeal, 'uphold', { verdict: statement }), 404);
});

test('an appeal that is dismissed or withdrawn changes nothing; a refused enterprise is reviewed again when it wins', async () => {
    const grey = await founder(house, 'grijs', 'enterprise');
    await handedIn(desk, grey);
    must(await step(desk, grey, 'refuse', because));
    const lodge = () => thing(grey.post('/appeals', { grounds: 'Onze statuten noemen de missie wel.' }));
    must(await grey.command('/appeals', await lodge(), 'withdraw'));
    must(await handler.command('/appeals', await lodge(), 'dismiss', { verdict: 'De statuten noemen geen missie.' }));
    assert.equal((await thing(grey.get(`/organisations/${grey.org}`))).state, 'refused');
    must(await handler.command('/appeals', await lodge(), 'uphold', { verdict: 'De nieuwe statuten noemen haar wel.' }));
    assert.equal((await thing(grey.get(`/organisations/${grey.org}`))).state, 'under_review');
    refused(await handler.get(`/organisations/${(await founder(house, 'vreemd', 'enterprise')).org}`), 404);
});
