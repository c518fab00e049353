// catalog-lists.test.mjs - the official lists, and what cities tell each other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { noOfficialCpv, officialCpv, ordinary } from '../lib/cpv.mjs';
import { openHouse } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { admit, founder, moderator, refused, thing } from './people.mjs';

let house, desk, hengelo, almelo, nobody;

before(async () => {
    house = await openHouse();
    nobody = house.nobody();
    desk = await moderator(house);
    hengelo = await founder(house, 'hengelo', 'municipality', { municipality: 'GM0164' });
    almelo = await founder(house, 'almelo', 'municipality', { municipality: 'GM0141' });
});
after(() => house?.stop());

const operator = { roles: ['SYSTEM', 'OPERATOR'] };
const read = (file) => readFileSync(path.resolve(checkout, file), 'utf8');

/** The codes of a table with the columns code, nl and en. */
function codesOf(text) {
    const [head, ...lines] = text.trim().split('\n').map((line) => line.split('\t'));
    const [code, nl, en] = ['code', 'nl', 'en'].map((column) => head.indexOf(column));
    return lines.map((line) => ({ code: line[code], name: line[nl], name_en: line[en] }));
}

async function load(operation, rows) {
    const done = { changed: 0, same: 0 };
    for (let at = 0; at < rows.length; at += 500) {
        const items = rows.slice(at, at + 500);
        const { changed, same } = await house.call(operation, { items }, operator);
        done.changed += changed;
        done.same += same;
    }
    return done;
}

// An ordinary word, and the start of a code that a buyer would take to be right.
const everyday = {
    catering: '555', lunch: '555', schoonmaak: '909', groenonderhoud: '773', drukwerk: '798',
    meubilair: '391', fiets: '3443', verhuizing: '98392', wasserij: '9831', website: '724',
    vertaling: '7953', beveiliging: '797', schilderwerk: '4544', kleding: '18', afval: '905',
    koerier: '6412', tuin: '773', bloemen: '0312', training: '805', cadeaus: '1853',
    kerstpakket: '1853', cleaning: '909',
};

test('an ordinary word finds the right code among the first five', async () => {
    const codes = codesOf(read(process.env.CPV_FILE ?? 'deploy/demo/cpv.tsv'));
    assert.deepEqual(await load('cpv_import', codes), { changed: codes.length, same: 0 });
    assert.deepEqual(await load('cpv_import', codes), { changed: 0, same: codes.length });
    for (const [word, code] of Object.entries(everyday)) {
        const { items } = await thing(nobody.get(`/cpv-codes?q=${word}&limit=5`));
        assert.ok(items.some((item) => item.code.startsWith(code)),
            `${word}: ${items.map(({ name }) => name).join('; ')}`);
    }
});

test('a code is found by its start, and says to which group it belongs', async () => {
    const { items } = await thing(nobody.get('/cpv-codes?q=77310'));
    assert.equal(items[0].code, '77310000-6');
    assert.equal(items[0].parent_name, 'Tuinbouwdiensten');
    const divisions = await thing(nobody.get('/cpv-codes?limit=100'));
    assert.ok(divisions.items.every(({ code }) => code.slice(2, 8) === '000000'));
});

test('a word with a mistake still finds something that looks like it', async () => {
    const { items } = await thing(nobody.get('/cpv-codes?q=cateringdinsten'));
    assert.ok(items.some(({ name }) => name === 'Cateringdiensten'));
});

test('twenty ordinary words find the right code among the first five of the whole list', {
    skip: noOfficialCpv,
}, async () => {
    const codes = codesOf(readFileSync(officialCpv, 'utf8'));
    const { changed, same } = await load('cpv_import', codes);
    assert.equal(changed + same, codes.length);
    assert.ok(changed > 8_000);
    const wrong = {};
    for (const [word, code] of Object.entries({ ...ordinary, ...everyday })) {
        const { items } = await thing(nobody.get(`/cpv-codes?q=${word}&limit=5`));
        if (!items.some((item) => item.code.startsWith(code))) {
            wrong[word] = items.map(({ code: found, name }) => `${found} ${name}`);
        }
    }
    assert.deepEqual(wrong, {});
});

// What nobody listed as an everyday word is found by how Dutch makes words: the end of a compound, a root, a beginning.
test('a word is found by the end of a compound, by its root, and by how it begins', {
    skip: noOfficialCpv,
}, async () => {
    const first = async (word) => (await thing(nobody.get(`/cpv-codes?q=${word}&limit=5`))).items.map(({ code }) => code);
    for (const [word, code] of [['kozijnen', '4422'], ['matras', '39143112'], ['stukadoren', '4541'], ['isolatiebedrijf', '4532'],
        ['tegelzetters', '45431'], ['vlaggenmast', '358']]) {
        assert.ok((await first(word)).some((found) => found.startsWith(code)), `${word}: ${await first(word)}`);
    }
});

test('the municipalities are those of the declaration', async () => {
    const city = /^CITY \("(GM\d{4})", "(.+?)", +"(.+?)", +(\d+), (\d+), "(.+?)"\)$/gm;
    const declared = [...read('proto/cities.def').matchAll(city)].map(
        ([, code, name, province, latitude, longitude, from]) => ({
            code, name, province, latitude_e5: Number(latitude), longitude_e5: Number(longitude),
            member_from: from,
        }));
    const { items } = await thing(nobody.get('/municipalities'));
    const byCode = (a, b) => a.code.localeCompare(b.code);
    assert.equal(declared.length, 41);
    assert.deepEqual([...items].sort(byCode), declared.sort(byCode));
});

test('the network has a name and members by date', async () => {
    const on = async (day) => {
        const { items, network_name: name } =
            await thing(nobody.get(`/municipalities?memberOn=${day}`));
        return [name, items.length];
    };
    assert.deepEqual(await on('2017-08-03'), ['G32', 38]);
    assert.deepEqual(await on('2017-12-31'), ['G32', 38]);
    assert.deepEqual(await on('2018-01-01'), ['G40', 40]);
    assert.deepEqual(await on('2026-11-23'), ['G40', 41]);
});

test('a municipality is found however its name is typed', async () => {
    const ways = ['’s-Hert', '\'s-hert', 's hertogen', 'Hertogenbosch', 'Den Bosch', 'den b'];
    for (const typed of ways) {
        const { items } = await thing(nobody.get(`/municipalities?q=${encodeURIComponent(typed)}`));
        assert.deepEqual(items.map(({ code }) => code), ['GM0796'], typed);
    }
});

test('an import tells of what changed, and leaves the membership alone', async () => {
    const { items } = await thing(nobody.get('/municipalities?q=assen'));
    const assen = { ...items[0] };
    delete assen.member_from;
    const wierden = { code: 'GM0189', name: 'Wierden', latitude_e5: 5235900, longitude_e5: 659300 };
    assert.deepEqual(await load('municipality_import', [assen, wierden]), { changed: 1, same: 1 });
    const renamed = { ...assen, name: 'Assen (nieuw)' };
    assert.deepEqual(await load('municipality_import', [renamed, wierden]),
        { changed: 1, same: 1 });
    const again = await thing(nobody.get('/municipalities?memberOn=2018-01-01&q=assen'));
    assert.equal(again.items[0].name, 'Assen (nieuw)');
});

const storyText = (changes = {}) => ({
    kind: 'tip',
    theme: 'account',
    title: 'Eén aanspreekpunt voor ondernemers',
    problem: 'Ondernemers wisten niet bij wie zij moesten zijn.',
    approach: 'Eén accountmanager is er voor alle sociale ondernemingen.',
    fictional: true,
    ...changes,
});

test('a story goes from one city to another, and back comes what it taught', async () => {
    refused(await hengelo.post('/stories', storyText()), 404); // not admitted yet
    await admit(house, desk, hengelo, almelo);
    let story = await thing(hengelo.post('/stories', storyText()));
    refused(await nobody.get(`/stories/${story.id}`), 404);
    refused(await almelo.post('/adoptions', { story_id: story.id }), 404);
    story = await thing(hengelo.command('/stories', story, 'publish'));
    assert.equal(story.adoptions, 0);
    refused(await hengelo.post('/adoptions', { story_id: story.id }), 409, 'not_own_story');

    let adoption = await thing(almelo.post('/adoptions',
        { story_id: story.id, plan: 'Ook bij ons één naam en één telefoonnummer.' }));
    assert.equal(adoption.story_title, story.title);
    refused(await almelo.post('/adoptions', { story_id: story.id }), 409, 'adopted_once');
    refused(await hengelo.command('/adoptions', adoption, 'start'), 404);
    adoption = await thing(almelo.command('/adoptions', adoption, 'start'));
    adoption = await thing(almelo.command('/adoptions', adoption, 'report',
        { result: 'partly', lesson: 'Zonder vervanger in de vakantie werkt het niet.' }));
    assert.equal(adoption.state, 'reported');

    const seen = await thing(nobody.get('/stories?theme=account&municipality=GM0164'));
    assert.deepEqual(seen.items.map(({ id, adoptions }) => [id, adoptions]), [[story.id, 1]]);
    const { items } = await thing(nobody.get(`/adoptions?storyId=${story.id}`));
    assert.deepEqual(items.map(({ city_name: city, result }) => [city, result]),
        [['almelo (fictief)', 'partly']]);
});
