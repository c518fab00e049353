// catalog.test.mjs - registering, admission, members, offers and the search for them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import {
    admit, everything, founder, member, moderator, page, person, refused, thing, visitor,
} from './people.mjs';

let house, desk, green, blue, nobody;

before(async () => {
    house = await openHouse();
    nobody = house.nobody();
    desk = await moderator(house);
    await house.call('cpv_import', { items: [
        { code: '55520000-1', name: 'Cateringdiensten', name_en: 'Catering services' },
        { code: '77310000-6', name: 'Beplanten en onderhouden van groengebieden',
            name_en: 'Planting and maintenance services of green areas' },
    ] }, { roles: ['SYSTEM', 'OPERATOR'] });
    green = await founder(house, 'groen', 'enterprise', { kvk_number: '90000001' });
    blue = await founder(house, 'blauw', 'enterprise');
});
after(() => house?.stop());

const offerText = (changes = {}) => ({
    title: 'Lunch voor vergaderingen',
    title_en: 'Meeting lunch',
    description: 'Broodjes en soep, op de fiets gebracht door mensen uit de wijk.',
    kind: 'service',
    sector: 'catering',
    cpv: '55520000-1',
    price_cents: 1250,
    unit: 'persoon',
    vat: 'low',
    lead_days: 3,
    region: ['GM0153'],
    goals: ['inclusive_labour'],
    target_groups: ['disability', 'youth'],
    fictional: true,
    ...changes,
});

async function published(supplier, changes) {
    const offer = await thing(supplier.post('/offers', offerText(changes)));
    return thing(supplier.command('/offers', offer, 'publish'));
}

test('who registers an organisation becomes its administrator', async () => {
    const members = await thing(green.get(`/organisations/${green.org}/members`));
    assert.deepEqual(members.items.map(({ account_id, roles }) => [account_id, [...roles].sort()]),
        [[green.account, ['ADMIN', 'APPLICANT', 'SUPPLIER']]]);
    const own = await thing(green.get(`/organisations/${green.org}`));
    assert.equal(own.municipality_name, 'Enschede');
    assert.deepEqual(own.commands, ['put']);
    assert.equal(own.kvk_check, 'not_looked_up');
});

test('a registered organisation is seen by itself and by the market desk', async () => {
    const path = `/organisations/${green.org}`;
    refused(await nobody.get(path), 404);
    refused(await blue.get(path), 404);
    const seen = await thing(desk.get(path));
    assert.deepEqual([...seen.commands].sort(), ['identify', 'merge', 'refuse']);
    const { items } = await thing(nobody.get('/organisations'));
    assert.deepEqual(items, []);
});

test('nobody registers twice, or as the platform', async () => {
    const someone = await visitor(house, await person(house, 'dubbel'));
    refused(await someone.post('/organisations',
        page('dubbel', 'enterprise', { kvk_number: '90000001' })), 409, 'kvk_once');
    const answer = await someone.post('/organisations', page('baas', 'platform'));
    refused(answer, 400);
    assert.deepEqual(answer.body.errors.map(({ path }) => path), ['kind']);
    refused(await nobody.post('/organisations', page('wie', 'team')), 401);
});

test('an offer waits for the admission of its enterprise', async () => {
    const offer = await thing(blue.post('/offers', offerText({ title: 'Soep van blauw' })));
    refused(await nobody.get(`/offers/${offer.id}`), 404);
    assert.ok(!offer.commands.includes('publish'));
    refused(await blue.command('/offers', offer, 'publish'), 409, 'supplier_admitted');
    await admit(house, desk, green, blue);
    const live = await thing(blue.command('/offers', offer, 'publish'));
    assert.equal(live.state, 'published');
    const seen = await thing(nobody.get(`/offers/${offer.id}`));
    assert.equal(seen.supplier_name, 'blauw (fictief)');
    assert.deepEqual(seen.commands, []);
    refused(await green.command('/offers', live, 'retire'), 404);
    const gone = await thing(blue.command('/offers', live, 'retire'));
    assert.equal(gone.state, 'retired');
    refused(await nobody.get(`/offers/${offer.id}`), 404);
});

test('nobody admits their own organisation', async () => {
    const { version } = must(await desk.get(`/organisations/${desk.org}`));
    const own = { id: desk.org, version };
    refused(await desk.command('/organisations', own, 'admit'), 409, 'admit_at_once');
    refused(await desk.command('/organisations', own, 'refuse',
        { criterion: 'conduct', reason: 'Dat doet men niet zelf.' }), 409, 'not_own');
});

test('what an organisation is does not change, what it says of itself does', async () => {
    const path = `/organisations/${green.org}`;
    const { version } = must(await green.get(path));
    refused(await green.put(path, page('groen', 'municipality'), version), 404);
    const mission = 'Werk in het groen voor wie langs de kant stond.';
    const changed = await thing(green.put(path, page('groen', 'enterprise', { mission }), version));
    assert.equal(changed.mission, mission);
    assert.equal(changed.state, 'admitted');
    refused(await green.put(path, page('groen', 'enterprise'), version), 412);
    refused(await blue.put(path, page('groen', 'enterprise'), version), 404);
});

test('an administrator gives the roles that fit, and takes them back', async () => {
    const colleague = await person(house, 'collega');
    const path = `/organisations/${green.org}/members/${colleague.id}`;
    const answer = await green.put(path, { roles: ['SUPPLIER', 'MODERATOR'] });
    refused(answer, 400);
    assert.match(answer.body.errors [0].reason, /MODERATOR/);
    refused(await blue.put(path, { roles: ['SUPPLIER'] }), 404);
    must(await green.put(path, { roles: ['SUPPLIER'] }));
    const client = await member(house, colleague);
    must(await client.post('/offers', offerText({ title: 'Koffie op het plein' })));
    refused(await client.get(`/organisations/${green.org}/members`), 404);
    const names = async (of) => (await thing(of.get('/colleagues'))).items.map(({ name }) => name).sort();
    assert.deepEqual([await names(green), await names(client)], [['collega', 'groen'], ['collega', 'groen']]);
    assert.deepEqual(await names(blue), ['blauw'], 'nobody else reads their names');
    must(await green.put(path, { roles: [] }));
    await until(async () => (await names(green)).length === 1, 10_000, 'who acts for it no more is no colleague');
    const { items } = await thing(green.get(`/organisations/${green.org}/members`));
    assert.deepEqual(items.find((one) => one.account_id === colleague.id)?.roles ?? [], []);
});

test('words find offers, in Dutch and English, whole or begun', async () => {
    const lunch = await published(green);
    const garden = await published(green, {
        title: 'Groenonderhoud bij scholen', title_en: 'School gardening',
        description: 'Wij onderhouden tuinen van scholen in de hele stad, het jaar rond.',
        sector: 'green', cpv: '77310000-6', price_cents: 4200, national: true,
        target_groups: ['youth'],
    });
    const found = async (words) =>
        (await thing(nobody.get(`/offers?q=${encodeURIComponent(words)}`))).items
            .map(({ id }) => id);
    for (const words of ['lunch', 'vergadering', 'meetings', 'broodje', 'lun', 'catering']) {
        assert.deepEqual(await found(words), [lunch.id], words);
    }
    for (const words of ['tuin', 'onderhoud van de scho', 'gardening', 'planting', 'jaar']) {
        assert.deepEqual(await found(words), [garden.id], words);
    }
    for (const words of ['raketten', 'lunch tuin', '--', 'a\'b \\ !& |']) {
        assert.deepEqual(await found(words), [], words);
    }
});

test('a filter says how many each of its choices would give', async () => {
    const counts = (list) => Object.fromEntries(list.map(({ word, count }) => [word, count]));
    const ask = async (query) => thing(nobody.get(`/offers?${query}`));
    const all = await ask('');
    assert.equal(all.total, 2);
    assert.deepEqual(counts(all.sectors), { catering: 1, green: 1 });
    assert.deepEqual(counts(all.groups), { disability: 1, youth: 2 });
    const sector = await ask('sector=green');
    assert.equal(sector.total, 1);
    assert.deepEqual(counts(sector.sectors), { catering: 1, green: 1 });
    assert.deepEqual(counts(sector.groups), { youth: 1 });
    const both = await ask('sector=green&sector=catering&targetGroup=disability');
    assert.equal(both.total, 1);
    assert.deepEqual(counts(both.sectors), { catering: 1 });
    assert.equal((await ask('goal=inclusive_labour')).total, 2);
    assert.equal((await ask('goal=poverty')).total, 0);
    // Delivered there, delivered everywhere, or made there.
    assert.equal((await ask('municipality=GM0153')).total, 2);
    assert.equal((await ask('municipality=GM0034')).total, 1);
});

test('pages follow each other without gap or double, in every order', async () => {
    for (let price = 1; price <= 7; price++) {
        await published(blue, { title: `Soep ${price}`, price_cents: (price % 4) * 100 });
    }
    await published(blue, { title: 'Soep op aanvraag', price_cents: undefined });
    for (const sort of ['newest', 'cheapest', 'best']) {
        const items = await everything(nobody, `/offers?q=soep&sort=${sort}&limit=3`);
        assert.equal(items.length, 9, sort);
        assert.equal(new Set(items.map(({ id }) => id)).size, 9, sort);
    }
    const items = await everything(nobody, '/offers?sort=cheapest&limit=2');
    const prices = items.map((item) => item.price_cents ?? Infinity);
    assert.deepEqual(prices, [...prices].sort((a, b) => a - b));
    assert.deepEqual((await thing(nobody.get('/offers?cursor=geen'))).items, []);
});

test('an enterprise finds its own concepts, others do not', async () => {
    const of = async (client) =>
        (await everything(client, `/offers?supplierId=${green.org}&limit=2`))
            .map(({ state }) => state).sort();
    assert.deepEqual(await of(green), ['draft', 'published', 'published']);
    assert.deepEqual(await of(blue), ['published', 'published']);
});

test('an enterprise that is refused stays off the market', async () => {
    const grey = await founder(house, 'grijs', 'enterprise');
    const path = `/organisations/${grey.org}`;
    const { version } = must(await desk.get(path));
    const refusal = await thing(desk.command('/organisations', { id: grey.org, version }, 'refuse',
        { criterion: 'mission', reason: 'Geen maatschappelijk doel in de statuten.' }));
    assert.equal(refusal.state, 'refused');
    const offer = await thing(grey.post('/offers', offerText()));
    refused(await grey.command('/offers', offer, 'publish'), 409, 'supplier_admitted');
    refused(await nobody.get(path), 404);
    // Who joined later sees it as well as who registered it.
    const colleague = await person(house, 'grijze-collega');
    must(await grey.put(`${path}/members/${colleague.id}`, { roles: ['SUPPLIER'] }));
    assert.equal((await thing((await member(house, colleague)).get(path))).state, 'refused');
});

test('the database itself keeps what is not the caller\'s', async () => {
    const as = (client, sql) =>
        house.psql(`SET app.org = '${client?.org ?? ''}'; ${sql}`, 'mw_catalog');
    const drafts = `SELECT count (*) FROM catalog.offer
        WHERE supplier_id = '${green.org}' AND state = 'draft'`;
    assert.equal(await as(green, drafts), '1');
    assert.equal(await as(blue, drafts), '0');
    assert.equal(await as(undefined, drafts), '0');
    const theft = `WITH stolen AS (UPDATE catalog.offer SET title = 'Van mij'
        WHERE supplier_id = '${green.org}' RETURNING 1) SELECT count (*) FROM stolen`;
    assert.equal(await as(blue, theft), '0');
    const members = 'SELECT count (DISTINCT id) FROM catalog.member';
    assert.equal(await as(blue, members), '1');
    assert.equal(await as(undefined, members), '0');
    await assert.rejects(as(blue, `UPDATE catalog.offer SET supplier_id = '${green.org}'
        WHERE supplier_id = '${blue.org}'`), /row-level security/);
});

test('what an invoice says of an organisation is checked, and its account is its own to see', async () => {
    const path = `/organisations/${green.org}`;
    const own = await thing(green.get(path));
    const page = Object.fromEntries(Object.entries(own).filter(([name]) =>
        !['id', 'state', 'version', 'created_at', 'commands', 'municipality_name', 'labels',
            'decided_at', 'due_at', 'kvk_check', 'takes_part'].includes(name)));
    const wrong = await green.put(path, { ...page, kvk_number: '1234567', iban: 'NL91ABNA0417164301',
        vat_number: 'NL123456789B01', country: 'XX', oin: '12345678901234567890' }, own.version);
    refused(wrong, 400);
    assert.deepEqual(wrong.body.errors.map(({ path: at }) => at).sort(),
        ['country', 'iban', 'kvk_number', 'oin', 'vat_number']);
    const changed = await thing(green.put(path, { ...page, street: '’t Hofje', house_number: '3-bis',
        postcode: '5211 AX', city: '’s-Hertogenbosch', iban: 'NL91ABNA0417164300', payment_days: 14 }, own.version));
    assert.deepEqual([changed.city, changed.iban, changed.payment_days],
        ['’s-Hertogenbosch', 'NL91ABNA0417164300', 14]);
    const seen = await thing(house.nobody().get(path));
    assert.equal(seen.city, '’s-Hertogenbosch');
    assert.ok(!('iban' in seen) && !('payment_days' in seen));
    const known = `SELECT iban FROM pipeline.known_organisation WHERE id = '${green.org}'`;
    await until(async () => await house.psql(known) === 'NL91ABNA0417164300', 10_000, 'pipeline knows the account');
});
