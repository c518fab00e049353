// offer-import.test.mjs - many offers at once: every fault by row and column, good rows as concepts, hostile tables refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { workbook } from '../lib/files.mjs';
import { must, openHouse } from '../lib/house.mjs';
import { founder } from './people.mjs';

let house, green, other, city;
before(async () => {
    house = await openHouse();
    green = await founder(house, 'groen', 'enterprise');
    other = await founder(house, 'ander', 'enterprise');
    city = await founder(house, 'stad', 'municipality');
});
after(() => house?.stop());

const head = ['Titel', 'Omschrijving', 'Soort', 'Sector', 'CPV-code', 'Prijs vanaf', 'Eenheid', 'Btw', 'Levertijd in dagen',
    'Landelijk', 'Gemeenten', 'Doelgroepen', 'Fictief'];
const row = (changes = {}) => head.map((name) => ({
    Titel: 'Lunch voor 40', Omschrijving: 'Wij maken het met mensen die lang thuis zaten.', Soort: 'Dienst',
    Sector: 'Catering en ontmoeting', 'CPV-code': '55520000-1', 'Prijs vanaf': '12,50', Eenheid: 'persoon', Btw: '9% btw',
    'Levertijd in dagen': '3', Landelijk: 'nee', Gemeenten: 'GM0153; GM0164', Doelgroepen: 'Statushouders', Fictief: 'ja', ...changes,
})[name]);
const quoted = (cell) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csv = (rows, separator = ';') => rows.map((cells) => cells.map(quoted).join(separator)).join('\r\n');

async function preview(content, name = 'aanbod.csv', client = green) {
    const { body: { file } } = must(await client.upload(content, name));
    return { file, ...(await client.post('/offers/_preview', { file })) };
}
const good = async (content, name) => {
    const { file, status, body } = await preview(content, name);
    assert.equal(status, 200, JSON.stringify(body));
    return { file, ...body };
};
const offers = () => house.psql('SELECT count (*) FROM catalog.offer');

test('a table is looked at, and nothing is written', async () => {
    const before = await offers();
    const { body } = await preview(csv([head, row(), row({ Titel: 'Tuin "De Hof"', 'Prijs vanaf': '' })]));
    assert.deepEqual(body.faults, []);
    assert.equal(body.rows, 2);
    assert.deepEqual(body.offers, [
        { row: 2, title: 'Lunch voor 40', kind: 'service', sector: 'catering', price_cents: 1250, unit: 'persoon' },
        { row: 3, title: 'Tuin "De Hof"', kind: 'service', sector: 'catering', unit: 'persoon' },
    ]);
    assert.equal(await offers(), before);
});

test('C9: a row with a hostile text is a fault, as if it were written by hand', async () => {
    const body = await good(csv([head, row(), row({ Titel: '<img src=//volg.example>' }), row({ Eenheid: 'javascript:1' })]));
    assert.deepEqual(body.offers.map((offer) => offer.row), [2]);
    assert.deepEqual(body.faults.map(({ row: at, column }) => [at, column]), [[3, 'Titel'], [4, 'Eenheid']]);
});

test('every fault is told by row and column', async () => {
    const body = await good(csv([[...head, 'Kleur'], ['# uitleg', 'wat u schrijft'], row(), [],
        row({ Titel: 'x', Soort: 'Vliegtuig', 'Prijs vanaf': 'veel', Gemeenten: 'GM0153; Enschede', 'CPV-code': '1' }),
        row({ Omschrijving: '', 'Levertijd in dagen': '-1', Landelijk: 'misschien', Btw: '' })]));
    assert.equal(body.rows, 3);
    assert.deepEqual(body.offers.map((offer) => offer.row), [3]);
    const told = body.faults.map(({ row: at, column, value = '' }) => `${at} ${column}: ${value}`).sort();
    assert.deepEqual(told, ['1 Kleur: ', '5 CPV-code: 1', '5 Gemeenten: GM0153; Enschede', '5 Prijs vanaf: veel', '5 Soort: Vliegtuig',
        '5 Titel: x', '6 Btw: ', '6 Landelijk: misschien', '6 Levertijd in dagen: -1', '6 Omschrijving: ']);
});

test('good rows become concepts at once, and once for a key', async () => {
    const { file } = await good(csv([head, row({ Titel: 'Een van twee' }), row({ Titel: 'x' }), row({ Titel: '=SOM(A1)' })]));
    const answers = await Promise.all(Array.from({ length: 5 }, () =>
        green.post('/offers/_import', { file }, { key: 'deze tabel', patience: 0 })));
    const done = answers.filter(({ status }) => status === 200);
    assert.ok(done.length >= 1 && answers.every(({ status }) => [200, 409].includes(status)));
    assert.deepEqual(done[0].body, { made: 2, left: 1 });
    assert.deepEqual(must(await green.post('/offers/_import', { file }, { key: 'deze tabel' })).body, { made: 2, left: 1 });
    const { items } = must(await green.get(`/offers?supplierId=${green.org}&limit=100`)).body;
    const made = items.filter(({ title }) => ['Een van twee', '=SOM(A1)'].includes(title));
    assert.deepEqual(made.map(({ state, region, target_groups: groups, vat, fictional }) => [state, region, groups, vat, fictional]),
        Array(2).fill(['draft', ['GM0153', 'GM0164'], ['status_holder'], 'low', true]));
    const events = await house.psql(`SELECT count (*) FROM stream.log WHERE type LIKE '%offer_drafted%'`);
    assert.equal(Number(events) >= 2, true);
});

test('commas, tabs, Windows-1252, a mark, line ends and quotes of many programs', async () => {
    const title = 'Café "De Hoek" € 5';
    const rows = [head, row({ Titel: title, Omschrijving: 'Eerste regel; met een punt\nen een tweede, met komma.' })];
    const windows = Buffer.from(csv(rows).replaceAll('€', '\u0080'), 'latin1');
    const forms = [csv(rows), csv(rows).replaceAll('\r\n', '\n'), `\ufeff${csv(rows)}\r\n`, windows,
        rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n'),
        rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t')).join('\n')];
    for (const form of forms) {
        const body = await good(form);
        assert.deepEqual([body.offers[0]?.title, body.faults], [title, []]);
    }
});

test('a workbook is read as a table is', async () => {
    const shared = `<?xml version="1.0"?><sst>${['Titel', 'Lunch <r>vet</r>'].map((text) =>
        `<si><t>${text.replace('<r>vet</r>', '')}</t></si>`).join('')}<si><r><t>Vette </t></r><r><t>lunch</t></r></si></sst>`;
    const body = await good(workbook([head, row({ 'Prijs vanaf': 12.5, 'Levertijd in dagen': 3 }), [], row({ Titel: 'x' })]), 'a.xlsx');
    assert.deepEqual(body.offers, [{ row: 2, title: 'Lunch voor 40', kind: 'service', sector: 'catering', price_cents: 1250, unit: 'persoon' }]);
    assert.deepEqual(body.faults.map(({ row: at, column }) => [at, column]), [[4, 'Titel']]);
    const cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c></row>';
    const rich = await good(workbook([], { sheet: `<worksheet><sheetData>${cells}</sheetData></worksheet>`, shared }), 'b.xlsx');
    assert.equal(rich.rows, 1);
    assert.ok(rich.faults.length > 3 && rich.faults.every(({ row: at, column }) => at === 2 && column !== 'Titel'), 'its title is there');
});

const sheet = (content) => workbook([], { sheet: `<worksheet><sheetData>${content}</sheetData></worksheet>` });
const refused = {
    'a table without a title': [/lacks the column Titel/, () => csv([['Naam', 'Prijs'], ['a', '1']])],
    'a column twice': [/twice/, () => csv([[...head, 'titel'], [...row(), 'x']])],
    'nothing below the headings': [/no rows/, () => csv([head, ['#', '', '']])],
    'a quote out of place': [/quotation mark/, () => `${csv([head, row()])}\r\nTuin "De Hof";x;y\r\n`],
    'a cell without an end': [/quotation mark/, () => `${csv([head, row()])}\r\n"Tuin`],
    '501 rows': [/more than 500 rows/, () => csv([head, ...Array(501).fill(row())])],
    'a photo': [/no table/, () => Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')],
    'a workbook of a million rows': [/more than 500 rows/, () => sheet(Array.from({ length: 200_000 }, (_, n) => `<row r="${n * 5 + 1}"/>`).join(''))],
    'a workbook with an external entity': [/document type/, () => workbook([], {
        sheet: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&e;</v></c></row></sheetData></worksheet>' })],
    'a workbook with entities that grow': [/document type/, () => workbook([], {
        sheet: '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>' })],
    'a shared text that is not there': [/not there/, () => sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')],
    'a shared text with a number below zero': [/not there/, () => sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')],
    'rows that go back': [/not in order/, () => sheet('<row r="2"/><row r="1"/>')],
    'cells that go back': [/not in order/, () => sheet('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>')],
    'a column far away': [/40 columns/, () => sheet('<row r="1"><c r="ZZ1"><v>1</v></c></row>')],
    'a cell of a megabyte': [/too long/, () => sheet(`<row r="1"><c r="A1" t="str"><v>${'lang '.repeat(200_000)}</v></c></row>`)],
    'XML that is none': [/damaged/, () => sheet('<row r="1"><c></row>')],
    'an empty sheet': [/damaged/, () => workbook([], { sheet: '' })],
};
for (const [name, [words, make]] of Object.entries(refused)) {
    test(`refused in words: ${name}`, async () => {
        const { status, body } = await preview(make(), 'x');
        assert.equal(status, 400, JSON.stringify(body));
        assert.deepEqual(body.errors.map(({ path }) => path), ['file']);
        assert.match(body.errors[0].reason, words);
        must(await green.get('/me'));
    });
}

test('only who offers, and only their own file', async () => {
    const { file } = await good(csv([head, row()]));
    assert.equal((await other.post('/offers/_preview', { file })).status, 404);
    assert.equal((await other.post('/offers/_import', { file })).status, 404);
    assert.equal((await city.post('/offers/_preview', { file })).status, 404);
    assert.equal((await house.nobody().post('/offers/_import', { file })).status, 401);
    assert.equal((await green.post('/offers/_preview', { file: '0'.repeat(64) })).status, 404);
});
