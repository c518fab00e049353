// search.test.mjs - offers by words over HTTP: what is found, the filters with their counts, and words meant to harm.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { freePort } from '../lib/processes.mjs';
import { enter, needText } from './deal-cast.mjs';

let house, buyer, green, blue, anybody, garden, lunch, far, figures;

const offer = (changes) => ({
    description: 'Een fictief aanbod, bedacht voor deze toets.', kind: 'service', sector: 'green', cpv: '77310000-6',
    price_cents: 4_000, unit: 'uur', vat: 'high', lead_days: 14, national: true, fictional: true, ...changes,
});

async function published(supplier, changes) {
    const { body } = must(await supplier.post('/offers', offer(changes)));
    return must(await supplier.command('/offers', body, 'publish')).body;
}

const search = (query, options) => anybody.get(`/offers/search?${new URLSearchParams(query)}`, options);
const ids = ({ body }) => body.items.map((item) => item.offer_id);

before(async () => {
    const port = await freePort();
    figures = `http://127.0.0.1:${port}/metrics`;
    house = await openHouse({ args: { gateway: [`--metrics=127.0.0.1:${port}`] } });
    ({ buyer, green, blue } = await enter(house));
    anybody = house.nobody();
    garden = await published(green, { title: 'Onderhoud van daktuinen', target_groups: ['disability'] });
    lunch = await published(blue, { title: 'Lunch met soep', sector: 'catering', cpv: '55520000-1', price_cents: 1_250,
        lead_days: 3 });
    far = await published(blue, { title: 'Onderhoud van sportvelden', national: false, region: ['GM0935'] });
    await until(async () => ids(must(await search({ q: 'onderhoud lunch' }))).length === 3, 5_000, 'three offers are found');
});
after(() => house?.stop());

test('a stem finds, and so does a part of a compound', async () => {
    assert.equal(ids(must(await search({ q: 'lunches' })))[0], lunch.id);
    const { body } = must(await search({ q: 'tuinonderhoud xyzzyq' }));
    assert.ok(body.items.some((item) => item.offer_id === garden.id && item.words.includes('tuinonderhoud')));
    assert.deepEqual(body.unknown, ['xyzzyq']);
    assert.ok(body.items.every((item) => item.text_ppm > 0 && item.text_ppm <= 1_000_000));
});

test('filters keep out, and a facet does not count by its own choice', async () => {
    const words = { q: 'onderhoud lunch' };
    assert.deepEqual(ids(must(await search({ ...words, municipality: 'GM0014' }))).sort(), [garden.id, lunch.id].sort());
    assert.deepEqual(ids(must(await search({ ...words, priceMaxCents: 2_000 }))), [lunch.id]);
    assert.deepEqual(ids(must(await search({ ...words, leadDaysMax: 7 }))), [lunch.id]);
    const { body } = must(await search({ ...words, sector: 'catering' }));
    assert.deepEqual(ids({ body }), [lunch.id]);
    assert.deepEqual(Object.fromEntries(body.sectors.map(({ word, count }) => [word, count])), { catering: 1, green: 2 });
    assert.equal(body.total, 1);
    assert.equal(body.more, false);
    assert.ok(ids(must(await search(words))).includes(far.id));
});

test('who names an event that is yet to come is asked to try again', async () => {
    const { body } = must(await search({ q: 'lunch' }));
    assert.equal((await search({ q: 'lunch' }, { headers: { 'x-min-seq': body.index_seq } })).status, 200);
    assert.equal((await search({ q: 'lunch' }, { headers: { 'x-min-seq': body.index_seq + 1_000 } })).status, 503);
});

test('an offer that is retired is found no more', async () => {
    const gone = await published(green, { title: 'Bijenkasten te huur' });
    await until(async () => ids(must(await search({ q: 'bijenkasten' }))).includes(gone.id), 5_000, 'it is found');
    must(await green.command('/offers', gone, 'retire'));
    await until(async () => ids(must(await search({ q: 'bijenkasten' }))).length === 0, 5_000, 'it is gone');
});

/** HTTP answers of a class, as the monitor reads them. */
async function counted(what) {
    const text = await (await fetch(figures)).text();
    return Number(new RegExp(`^meerwaarde_http_answers_total\\{class="${what}"\\} (\\d+)$`, 'm').exec(text)[1]);
}

test('words that say nothing, or are meant to harm, are answered plainly', async () => {
    for (const q of ['de het een', '!?…', '😀 🌷', 'غداء للاجتماع', '‮tuin', 'a'.repeat(400), 'é'.repeat(400), '😀'.repeat(400),
        Array.from({ length: 100 }, (_, i) => `w${i}`).join(' '), Array.from({ length: 40 }, () => 'tuinonderhuod').join(' ').slice(0, 400)]) {
        const { status, body } = await search({ q });
        assert.equal(status, 200, q);
        assert.ok(Array.isArray(body.items));
    }
    const { body } = must(await search({ q: '😀 lunch \u202egroen غداء' }));
    assert.equal(body.items[0].offer_id, lunch.id, 'what is a word among them finds');
    assert.deepEqual(must(await search({ q: 'de het een' })).body.items, []);
});

test('what is too long or no text is refused with the reason, and counted', async () => {
    const before = await counted('4xx');
    for (const q of ['', 'a'.repeat(10_000), Array.from({ length: 1_000 }, (_, i) => `woord${i}`).join(' ')]) {
        const { status, body } = await search({ q });
        assert.equal(status, 400, q.slice(0, 20));
        assert.deepEqual(body.errors.map(({ path }) => path), ['q']);
    }
    assert.equal((await anybody.get('/offers/search?q=tuin%00lunch')).status, 400);
    assert.equal((await anybody.get('/offers/search')).status, 400);
    assert.equal(await counted('4xx'), before + 5);
    assert.ok(ids(must(await search({ q: 'lunch' }))).includes(lunch.id));
});

test('an offer of a megabyte is refused, and what it was to replace stays', async () => {
    const before = await counted('4xx'), text = { title: 'Lunch met soep', sector: 'catering', cpv: '55520000-1' };
    const long = await blue.put(`/offers/${lunch.id}`, offer({ ...text, description: 'soep '.repeat(180_000) }), lunch.version);
    assert.equal(long.status, 400);
    assert.deepEqual(long.body.errors.map(({ path }) => path), ['description']);
    const longer = await blue.put(`/offers/${lunch.id}`, offer({ ...text, description: 'soep '.repeat(210_000) }), lunch.version);
    assert.equal(longer.status, 413);
    assert.equal(await counted('4xx'), before + 2);
    assert.equal(must(await anybody.get(`/offers/${lunch.id}`)).body.version, lunch.version);
    assert.equal(ids(must(await search({ q: 'soep' })))[0], lunch.id);
});

test('a need without a text is refused; one without words is ranked by the rest', async () => {
    const { description, ...without } = needText();
    assert.ok(description);
    assert.deepEqual((await buyer.post('/needs', without)).body.errors.map(({ path }) => path), ['description']);
    assert.equal((await buyer.post('/needs', needText({ title: '' }))).status, 400);
    const silent = needText({ title: '……… !!! ………', description: '?! '.repeat(20), municipality: 'GM0014' });
    const need = must(await buyer.command('/needs', must(await buyer.post('/needs', silent)).body, 'publish')).body;
    const { body } = must(await buyer.get(`/needs/${need.id}/matches`));
    assert.deepEqual(body.items.map(({ offer_id: id }) => id), [garden.id], 'the one with its CPV code that is delivered there');
    const [text] = body.items[0].parts;
    assert.equal(text.points_ppm, 0);
    assert.match(text.why, /Geen woord uit de vraag/);
});

test('what was meant by a slip is found, for less, and said', async () => {
    await until(async () => must(await search({ q: 'daktuinne' })).body.meant.length > 0, 5_000, 'the edition has the words');
    const { body: slip } = must(await search({ q: 'daktuinne' }));
    assert.deepEqual(slip.meant, [{ written: 'daktuinne', meant: 'daktuinen' }]);
    assert.deepEqual(slip.unknown, []);
    assert.equal(slip.items[0].offer_id, garden.id);
    assert.deepEqual(slip.items[0].marks, ['daktuinen']);
    assert.deepEqual(slip.items[0].words, ['daktuinen'], 'the word that was found, not the slip');
    const { body: right } = must(await search({ q: 'daktuinen' }));
    assert.deepEqual(right.meant, []);
    assert.ok(slip.items[0].text_ppm < right.items[0].text_ppm);
    assert.match(await house.ctl('match', 'daktuinne'), /found by daktuinen\n[^]*daktuinne: looked for daktuinen too\n/);
});

test('the name of a CPV code finds, in Dutch, in English and by an everyday word', async () => {
    assert.deepEqual(ids(must(await search({ q: 'catering services' }))), []);
    await house.ctl('import', 'cpv', path.join(checkout, 'deploy/demo/cpv.tsv'));
    await until(async () => ids(must(await search({ q: 'catering services' }))).length === 1, 5_000, 'the names are known');
    for (const q of ['catering services', 'catering', 'borrel', 'cateringdienst']) {
        const { body } = must(await search({ q }));
        assert.equal(body.items[0].offer_id, lunch.id, q);
        assert.equal(body.items[0].cpv_name, 'Cateringdiensten');
        assert.equal(body.items[0].cpv_name_en, 'Catering services');
        assert.deepEqual(body.unknown, [], q);
    }
    assert.ok(ids(must(await search({ q: 'planting green areas' }))).includes(garden.id));
    const own = must(await search({ q: 'lunch' })).body.items[0], named = must(await search({ q: 'borrel' })).body.items[0];
    assert.ok(named.text_ppm <= own.text_ppm / 4 + 1, 'a name earns a quarter of an own word');
    assert.match(await house.ctl('match', 'borrel'), /; as Cateringdiensten\n/);
});

test('a phrase, a minus and a CPV code narrow it down', async () => {
    const found = async (q) => ids(must(await search({ q })));
    assert.equal((await found('onderhoud')).length, 2);
    assert.deepEqual(await found('onderhoud -sportvelden'), [garden.id]);
    assert.deepEqual(await found('onderhoud -velden'), [garden.id], 'also in a compound');
    assert.equal((await found('onderhoud -sporthallen')).length, 2, 'a part in common is not the word');
    assert.deepEqual(await found('"onderhoud van sportvelden"'), [far.id]);
    assert.deepEqual(await found('"sportvelden onderhoud"'), []);
    assert.deepEqual(await found('55520000-1'), [lunch.id]);
    assert.deepEqual(await found('55000000'), [lunch.id]);
    assert.deepEqual(await found('onderhoud 55000000'), []);
    assert.deepEqual((await found('77310000-6')).sort(), [garden.id, far.id].sort());
    for (const q of ['-', '"', '""', '"onderhoud', '- "', '-"', '99999999-9', '-'.repeat(400), '"'.repeat(400)])
        must(await search({ q }));
});

test('the same at a prompt: what was found, by which words, and what no offer has', async () => {
    const told = await house.ctl('match', 'lunch zeppelin', '--municipality=GM0153');
    assert.match(told, /Lunch met soep\n {5}blue \(fictief\), .*from EUR 12\.50 per uur, in 3 days; found by lunch; as Cateringdiensten\n/);
    assert.match(told, /no offer has: zeppelin\n$/);
    assert.doesNotMatch(await house.ctl('match', 'onderhoud', '--municipality=GM0014'), /sportvelden/);
    assert.equal(await house.ctl('match', '--municipality', 'GM0153', 'lunch zeppelin'), told, 'the value may stand apart');
    await assert.rejects(house.ctl('match', 'lunch', '--municipality'), /not an option with a value/);
    assert.match(await house.ctl('match', 'onderhoud'), /sportvelden/);
    const { items } = JSON.parse(await house.ctl('match', 'lunch', '--json=yes'));
    assert.equal(items[0].offer_id, lunch.id);
    await assert.rejects(house.ctl('match', 'lunch', '--municipality=Enschede'), /municipality/);
    await assert.rejects(house.ctl('match', 'lunch', '--limit=0'), /limit/);
});

test('an offer that has a slip as it was written is found by that word, another by what was meant', async () => {
    const named = await published(blue, { title: 'Muziek in het park', description: 'Wij spelen bij kasteel De Fonteinne.' });
    const meant = await published(green, { title: 'Waterpartijen', description: 'Wij bouwen fonteinen. '.repeat(20) });
    for (const title of ['Hagen knippen', 'Perken wieden', 'Bladeren ruimen']) // the edition goes on by some events at once
        await published(green, { title });
    await until(async () => must(await search({ q: 'fonteinne' })).body.meant.length > 0, 5_000, 'the edition has the words');
    const { body } = must(await search({ q: 'park fonteinne' }));
    const by = Object.fromEntries(body.items.map((item) => [item.offer_id, item]));
    assert.deepEqual(by[named.id].words, ['park', 'fonteinne']);
    assert.deepEqual(by[meant.id].words, ['fonteinen']);
    assert.deepEqual(by[meant.id].marks, [], 'its title does not have it');
});
