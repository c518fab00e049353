// favourites.test.mjs - lists of offers and enterprises that the people of an organisation share, and nobody else sees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, colleague, founder, moderator, refused, thing } from './people.mjs';
import { offerText } from './isolation-world.mjs';

let house, buyer, mate, green, blue, rival, offer, list;

before(async () => {
    house = await openHouse();
    const desk = await moderator(house);
    buyer = await founder(house, 'koper', 'company');
    rival = await founder(house, 'ander', 'company');
    green = await founder(house, 'groen', 'enterprise');
    blue = await founder(house, 'blauw', 'enterprise');
    await admit(house, desk, buyer, rival, green, blue);
    mate = await colleague(house, buyer, 'collega', 'BUYER');
    offer = await thing(green.command('/offers', await thing(green.post('/offers', offerText('Groen voor iedereen'))), 'publish'));
});
after(() => house?.stop());

const on = async (client, id = list.id) => (await thing(client.get(`/favourites?listId=${id}`))).items;

test('a list is made by one, filled by another of the same organisation, and seen by nobody else', async () => {
    list = await thing(buyer.post('/favourite-lists', { title: 'Voor de kantine', note: 'Voorjaar' }));
    const entry = await thing(mate.post('/favourites', { list_id: list.id, offer_id: offer.id, note: 'Lekker en dichtbij' }));
    assert.deepEqual([entry.title, entry.supplier_id, entry.added_by, entry.available], ['Groen voor iedereen', green.org, mate.account, true]);
    must(await buyer.post('/favourites', { list_id: list.id, supplier_id: blue.org }));
    assert.deepEqual((await on(mate)).map(({ title }) => title), ['blauw (fictief)', 'Groen voor iedereen']);
    assert.equal((await thing(mate.get(`/favourite-lists/${list.id}`))).entries, 2);
    for (const other of [rival, green]) {
        refused(await other.get(`/favourite-lists/${list.id}`), 404);
        refused(await other.post('/favourites', { list_id: list.id, offer_id: offer.id }), 404);
        assert.deepEqual(await on(other), []);
    }
    const told = await until(async () => {
        const { items } = await thing(buyer.get(`/events?subject=favourite/${entry.id}`));
        return items.length > 0 && JSON.stringify(items);
    }, 10_000, 'the stream has it');
    assert.ok(!told.includes('dichtbij') && !told.includes(mate.account), 'neither why nor by whom is in the stream');
});

test('nothing stands on a list twice, or without being seen; a note is changed', async () => {
    refused(await buyer.post('/favourites', { list_id: list.id, offer_id: offer.id }), 409, 'listed_once');
    for (const body of [{}, { offer_id: offer.id, supplier_id: blue.org }]) {
        refused(await buyer.post('/favourites', { list_id: list.id, ...body }), 400);
    }
    const draft = await thing(blue.post('/offers', offerText('Nog een concept')));
    refused(await buyer.post('/favourites', { list_id: list.id, offer_id: draft.id }), 404);
    const [, entry] = await on(buyer);
    const noted = await thing(buyer.put(`/favourites/${entry.id}`, { note: 'Vraag naar de prijs' }, entry.version));
    assert.equal((await thing(mate.get(`/favourites/${noted.id}`))).note, 'Vraag naar de prijs');
    refused(await mate.put(`/favourites/${entry.id}`, { note: 'Te laat' }, entry.version), 412);
});

test('what left the market stays on the list, and says so; what is taken off may come back', async () => {
    must(await green.command('/offers', await thing(green.get(`/offers/${offer.id}`)), 'pause'));
    const [, entry] = await on(buyer);
    assert.deepEqual([entry.available, entry.title, entry.supplier_name], [false, 'Groen voor iedereen', 'groen (fictief)']);
    must(await mate.command('/favourites', entry, 'remove'));
    assert.equal((await on(buyer)).length, 1);
    must(await green.command('/offers', await thing(green.get(`/offers/${offer.id}`)), 'resume'));
    must(await mate.post('/favourites', { list_id: list.id, offer_id: offer.id }));
});

test('a list gets another name, and is dropped with what stands on it', async () => {
    const named = await thing(mate.put(`/favourite-lists/${list.id}`, { title: 'Kantine en lunch' }, list.version));
    assert.equal((await on(buyer))[0].list_title, 'Kantine en lunch');
    must(await buyer.command('/favourite-lists', named, 'drop'));
    assert.deepEqual([(await thing(buyer.get('/favourite-lists'))).items, await on(buyer)], [[], []]);
    refused(await buyer.post('/favourites', { list_id: list.id, supplier_id: green.org }), 409, 'list_is_kept');
});
