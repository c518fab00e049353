// files.test.mjs - files in and out: what is taken, what is refused and in which words, who may read, what stays.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { bytes, docx, exif, jpeg, odt, pdf, png, pngChunk, webp, xlsx, zip } from '../lib/files.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { watched } from '../lib/places.mjs';
import { founder } from './people.mjs';

let house, green, other;
before(async () => {
    house = await openHouse();
    green = await founder(house, 'groen', 'enterprise');
    other = await founder(house, 'ander', 'enterprise');
});
after(() => house?.stop());

const table = 'naam;aantal\nappel;3\npeer;4\n';
const kept = async (content, name) => must(await green.upload(content, name)).body;
const counted = () => house.psql('SELECT count (*) FROM blob.file');

/** A connection of our own, for what a client library does not do: `say` sends, `hears` waits for a text. */
async function wire() {
    const socket = net.connect(house.port, '127.0.0.1');
    let heard = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => { heard += text; });
    socket.on('error', () => {});
    let ended = false;
    socket.on('close', () => { ended = true; });
    await new Promise((resolve) => { socket.once('connect', resolve); });
    return {
        socket,
        say: (text) => new Promise((resolve) => { socket.write(text, resolve); }),
        hears: (what, patience = 10_000) => until(() => heard.includes(what) && heard, patience, `${what} in ${heard.slice(0, 600)}`),
        get heard() { return heard; },
        forget() { heard = ''; },
        ends: () => until(() => ended, 10_000, 'the connection ends'),
    };
}

const head = (size, { method = 'POST', path = '/v1/files?name=lijst.csv', more = '' } = {}) =>
    `${method} ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${green.credentials.cookie}\r\n`
    + `X-CSRF-Token: ${green.credentials['x-csrf-token']}\r\n`
    + `${size === undefined ? '' : `Content-Length: ${size}\r\n`}${more}\r\n`;

test('a file comes back as it was sent, to be saved and not to be run', async () => {
    const sent = await green.upload(table, 'prijs lijst é.csv');
    assert.equal(sent.status, 201);
    assert.equal(sent.headers.get('location'), `/v1/files/${sent.body.file}`);
    assert.deepEqual({ ...sent.body, file: '' },
        { file: '', name: 'prijs lijst é.csv', media_type: 'text/csv', size: table.length });
    const got = await green.download(sent.body.file);
    assert.equal(got.status, 200);
    assert.equal(got.bytes.toString(), table);
    const expected = {
        'content-type': 'text/csv',
        'content-disposition': `attachment; filename="prijs lijst _.csv"; filename*=UTF-8''prijs%20lijst%20%C3%A9.csv`,
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'private, no-cache', vary: 'Cookie, Authorization', etag: `"${sent.body.file}"`,
        'content-length': String(table.length), 'accept-ranges': 'bytes',
    };
    for (const [name, value] of Object.entries(expected)) {
        assert.equal(got.headers.get(name), value, name);
    }
    const known = await green.download(sent.body.file, { 'if-none-match': `"${sent.body.file}"` });
    assert.equal(known.status, 304);
    assert.equal(known.bytes.length, 0);
    const looked = await green.download(sent.body.file, {}, 'HEAD');
    assert.equal(looked.status, 200);
    assert.equal(looked.headers.get('content-length'), String(table.length));
});

test('a part of a large file', async () => {
    const content = Buffer.from(Array.from({ length: 60_000 }, (_, at) => `regel ${at}`).join('\n'));
    const { file, size } = await kept(content, 'lang.txt');
    assert.equal(size, content.length);
    assert.ok((await green.download(file)).bytes.equals(content));
    for (const [range, from, to] of [['0-0', 0, 1], ['262140-262150', 262_140, 262_151],
        ['524288-', 524_288, size], ['-5', size - 5, size], ['10-99999999', 10, size]]) {
        const part = await green.download(file, { range: `bytes=${range}` });
        assert.equal(part.status, 206, range);
        assert.equal(part.headers.get('content-range'), `bytes ${from}-${to - 1}/${size}`);
        assert.ok(part.bytes.equals(content.subarray(from, to)), range);
    }
    assert.equal((await green.download(file, { range: `bytes=${size}-` })).status, 416);
    for (const whole of ['bytes=0-1,3-4', 'lines=1-2', 'bytes=9-3', 'bytes=x-']) {
        assert.equal((await green.download(file, { range: whole })).status, 200, whole);
    }
    const stale = await green.download(file, { range: 'bytes=0-1', 'if-range': '"iets anders"' });
    assert.equal(stale.status, 200);
});

test('each kind is known by what is in it', async () => {
    const kinds = [
        [png(), 'a', 'image/png', 'a.png'], [jpeg(), 'a.JPEG', 'image/jpeg', 'a.JPEG'], [webp(), 'x', 'image/webp', 'x.webp'],
        [pdf(), 'offerte.exe', 'application/pdf', 'offerte.exe.pdf'], [odt(), 'b.odt', 'application/vnd.oasis.opendocument.text', 'b.odt'],
        [docx(), 'c.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'c.docx'],
        [xlsx(), 'd.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'd.xlsx'],
        ['a,b\r\n"x ""y"", z",2\r\n', 'e.csv', 'text/csv', 'e.csv'],
        ['<?xml version="1.0"?>\n<Invoice xmlns="urn:x"><ID>1</ID></Invoice>\n', 'f.xml', 'application/xml', 'f.xml'],
        ['Beste koper,\n\ntot gauw.', 'g', 'text/plain', 'g.txt'],
        [Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x0a, 0x80, 0x31, 0x0a]), 'h.txt', 'text/plain', 'h.txt'],
    ];
    for (const [content, name, type, called] of kinds) {
        const { media_type: is, name: now } = await kept(content, name);
        assert.deepEqual([is, now], [type, called]);
    }
});

const zeros = (megabytes) => Buffer.alloc(megabytes << 20);
const refused = {
    'an SVG with a script': [415, /uitgevoerd/, () => '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    'an SVG under another root': [415, /uitgevoerd/, () => '<?xml version="1.0"?><a xmlns:s="http://www.w3.org/2000/svg"><s:svg/></a>'],
    HTML: [415, /uitgevoerd/, () => '<!DOCTYPE html><p>dag</p>'],
    'HTML that begins as text': [415, /uitgevoerd/, () => 'dag <script>alert (1)</script>'],
    'XML with an external entity': [415, /entiteiten/, () => '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    'a program': [415, /nemen wij niet aan/, () => bytes('\x7fELF', 2, 1, 1, 0, 'x'.repeat(100))],
    'a GIF': [415, /nemen wij niet aan/, () => bytes('GIF89a', 1, 0, 1, 0, 0, 0, 0)],
    'a plain zip': [415, /nemen wij niet aan/, () => zip([['a.txt', 'dag']])],
    'a zip bomb': [413, /uitpakken/, () => docx(['word/media/leeg.bin', zeros(8)])],
    'many small bombs': [413, /uitpakken/, () => docx(...Array.from({ length: 140 }, (_, n) => [`word/${n}`, zeros(1)]))],
    'a bomb that says it is small': [413, /uitpakken/, () => docx(['word/media/leeg.bin', zeros(8), { says: 100 }])],
    'a bomb of shared data': [415, /beschadigd/, () => docx(['a', zeros(1)], ['b', zeros(1), { at: 2 }], ['c', zeros(1), { at: 2 }])],
    'a zip in a document': [415, /ander ingepakt/, () => docx(['word/embeddings/x.docx', docx(), { stored: true }])],
    'a packed zip in a document': [415, /ander ingepakt/, () => docx(['word/embeddings/x.docx', docx()])],
    'a document with a macro': [415, /macro/, () => docx(['word/vbaProject.bin', 'Sub AutoOpen']) ],
    'a locked document': [415, /wachtwoord/, () => docx(['word/x.xml', 'x', { flags: 1 }])],
    'a document that writes elsewhere': [415, /beschadigd/, () => docx(['../../etc/cron.d/x', 'x'])],
    'a document with an absolute path': [415, /beschadigd/, () => docx(['/etc/passwd', 'x'])],
    'a document behind a script': [415, /nemen wij niet aan|beschadigd|soorten/, () => bytes('#!/bin/sh\nrm x\n', docx())],
    'a PDF that is a zip too': [415, /twee soorten/, () => bytes(pdf(), docx())],
    'a PDF in the comment of a zip': [415, /twee soorten|beschadigd/, () => bytes('%PDF-1.4\n', zip([['a', 'b']], { comment: 'startxref\n1\n%%EOF\n' }))],
    'a text that is a zip too': [415, /nemen wij niet aan|soorten/, () => bytes('dag\n', zip([['a', 'b']]))],
    'a photo that is a zip too': [415, /twee soorten/, () => bytes(png(), zip([['a', 'b']]))],
    'a photo that was cut off': [415, /beschadigd/, () => png().subarray(0, 50)],
    'a JPEG without an end': [415, /beschadigd/, () => jpeg().subarray(0, -2)],
    'a photo of a million by a million': [413, /uitpakken/, () => png({ width: 1_000_000, height: 1 }).fill(0xff, 16, 24)],
    'half a PDF': [415, /beschadigd/, () => pdf().subarray(0, 80)],
    'text with a zero': [415, /nemen wij niet aan/, () => 'dag\0dag'],
    nothing: [400, /leeg/, () => ''],
};
for (const [name, [status, words, make]] of Object.entries(refused)) {
    test(`refused in words: ${name}`, async () => {
        const before = await counted();
        const answer = await green.upload(make(), 'x.pdf');
        assert.equal(answer.status, status, JSON.stringify(answer.body));
        assert.match(answer.body.detail, words);
        if (status === 415) {
            assert.match(answer.headers.get('accept'), /^image\/png, .*text\/plain$/);
        }
        assert.equal(await counted(), before);
    });
}

test('a photo is shown, and tells no more than the picture', async () => {
    const content = jpeg({ before: [exif(6), bytes(0xff, 0xfe, 0, 9, 'camera!')], tail: ['<script>'] });
    const { file, size } = await kept(content, 'foto.jpg');
    const got = await green.download(file);
    assert.equal(got.headers.get('content-disposition'), `inline; filename="foto.jpg"; filename*=UTF-8''foto.jpg`);
    assert.equal(got.headers.get('cache-control'), 'private, max-age=600');
    assert.equal(got.bytes.length, size);
    const text = got.bytes.toString('latin1');
    assert.ok(content.includes('GPS') && !text.includes('GPS') && !text.includes('camera') && !text.includes('<script'));
    assert.ok(text.includes('coded\xff\0coded\xff\xd9') && text.includes('JFIF'));
    assert.ok(text.includes('Exif\0\0MM\0*\0\0\0\b\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06'), 'its orientation stays');
    const flat = png({ extra: [pngChunk('tEXt', Buffer.from('Plaats\0Enschede')), pngChunk('eXIf', Buffer.from('GPS'))] });
    assert.ok((await green.download((await kept(flat, 'a.png')).file)).bytes.equals(png()));
    const web = (await green.download((await kept(webp({ exif: true }), 'a.webp')).file)).bytes;
    assert.ok(!web.includes('GPS') && web.includes('VP8L') && web.readUInt32LE(4) === web.length - 8 && web[20] === 0);
});

test('a name is a name, whatever was sent', async () => {
    const names = {
        '../../etc/passwd': 'passwd.txt', 'C:\\Users\\jan\\nota.txt': 'nota.txt', 'a\u202etxt.exe': 'atxt.exe.txt', '.htaccess': 'htaccess.txt',
        'con.txt': '_con.txt', LPT1: '_LPT1.txt', '   ': 'bestand.txt', 'a<b>:"|?*.txt': 'a_b______.txt', '..': 'bestand.txt',
        'x\u200b\ufeff.txt': 'x.txt', [`${'lang'.repeat(60)}.txt`]: `${'lang'.repeat(28)}la.txt`, 'dag.txt...': 'dag.txt',
    };
    for (const [given, clean] of Object.entries(names)) {
        assert.equal((await kept('dag', given)).name, clean, given);
    }
    assert.equal((await green.upload('dag', 'x'.repeat(256))).status, 400);
    assert.equal((await kept('dag')).name, 'bestand.txt');
});

test('the same content of an organisation is kept once', async () => {
    const before = Number(await counted());
    const first = await kept('hetzelfde', 'een.txt'), again = await kept('hetzelfde', 'twee.txt');
    assert.equal(first.file, again.file);
    assert.equal(Number(await counted()), before + 1);
    assert.equal((await other.upload('hetzelfde', 'x')).body.file, first.file, 'one name for the same bytes');
    assert.equal(Number(await counted()), before + 2, 'each organisation has its own');
});

test('nobody else reads a file that no record shows them', async () => {
    const { file } = await kept('van ons alleen', 'x.txt');
    for (const someone of [other, house.nobody()]) {
        assert.equal((await someone.download(file)).status, 404);
        assert.equal((await someone.download(file, { range: 'bytes=0-1' })).status, 404);
        assert.equal((await someone.download(file, { 'if-none-match': `"${file}"` })).status, 404);
    }
    assert.equal((await green.download('0'.repeat(64))).status, 404);
    assert.equal((await green.download('..%2F..%2Fetc%2Fpasswd')).status, 404);
    assert.equal((await green.download('kort')).status, 400);
    assert.equal((await house.nobody().upload('x', 'x')).status, 401);
    assert.equal((await green.upload('x', 'x', { headers: { 'x-csrf-token': null } })).status, 401);
});

test('who reads a record reads what it embeds; what is confidential only who takes part', async () => {
    await house.psql(`
        CREATE TABLE catalog.sample (id uuid PRIMARY KEY, owner_id uuid, guest_id uuid, shown boolean, documents jsonb);
        ALTER TABLE catalog.sample OWNER TO mw_owner;
        ALTER TABLE catalog.sample ENABLE ROW LEVEL SECURITY;
        ALTER TABLE catalog.sample FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON catalog.sample USING (owner_id = app.org ());
        CREATE POLICY shown ON catalog.sample FOR SELECT USING (shown);
        CREATE VIEW catalog.sample_insider WITH (security_invoker = true) AS
            SELECT id FROM catalog.sample WHERE app.org () IN (owner_id, guest_id);
        ALTER VIEW catalog.sample_insider OWNER TO mw_owner;
        GRANT ALL ON catalog.sample TO mw_catalog;
        CREATE TRIGGER sample_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON catalog.sample
            FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents', 'catalog.sample_insider')`);
    const record = '00000000-0000-7000-8000-00000000abcd';
    const as = (client, sql) => house.psql(`BEGIN; SET LOCAL ROLE mw_catalog;
        SELECT set_config ('app.org', '${client.org}', true), set_config ('app.roles', '0', true); ${sql}; COMMIT`);
    const open = await kept('voor iedereen', 'open.txt'), secret = await kept('voor wie meedoet', 'geheim.txt');
    const list = JSON.stringify([{ file: open.file, name: 'eigen naam.txt', size: 1 }, { file: secret.file, confidential: true }]);
    await as(green, `INSERT INTO catalog.sample VALUES ('${record}', '${green.org}', NULL, false, '${list}')`);
    const stored = JSON.parse(await house.psql(`SELECT documents FROM catalog.sample`));
    assert.deepEqual(stored.map(({ name, size, media_type: type }) => [name, size, type]),
        [['eigen naam.txt', 13, 'text/plain'], ['geheim.txt', 16, 'text/plain']]);
    const statuses = async (someone) => [(await someone.download(open.file)).status, (await someone.download(secret.file)).status];
    assert.deepEqual(await statuses(other), [404, 404]);
    await as(green, 'UPDATE catalog.sample SET shown = true');
    assert.deepEqual(await statuses(other), [200, 404]);
    assert.deepEqual(await statuses(house.nobody()), [200, 404]);
    await as(green, `UPDATE catalog.sample SET guest_id = '${other.org}'`);
    assert.deepEqual(await statuses(other), [200, 200]);
    assert.deepEqual(await statuses(house.nobody()), [200, 404]);
    assert.equal((await other.download(secret.file)).bytes.toString(), 'voor wie meedoet');
    const unread = await kept('niet van de ander', 'x.txt');
    await assert.rejects(as(other, `INSERT INTO catalog.sample VALUES (gen_random_uuid (), '${other.org}', NULL, true,
        '[{"file": "${unread.file}"}]')`), /file_known|check_violation/, 'a hash is no right');
    await as(green, `UPDATE catalog.sample SET documents = '[]'`);
    assert.deepEqual(await statuses(other), [404, 404]);
});

test('an organisation has so much room, and no more', async () => {
    await house.call('quota_put', { kind: 'file_megabytes', holder_id: other.org, amount: 1, window_ms: 1000 }, { roles: ['OPERATOR'] });
    const line = 'een regel tekst\n';
    must(await other.upload(line.repeat(40_000), 'half.txt'));
    const full = await other.upload(`${line.repeat(40_000)}en meer`, 'meer.txt');
    assert.equal(full.status, 409);
    assert.equal(full.body.type, 'urn:meerwaarde:problem:place_for_files');
    assert.equal((await other.upload(line.repeat(40_000), 'weer.txt')).status, 201, 'what is there already needs no room');
});

test('what nobody embedded for a day goes', async () => {
    const { file } = await kept('een wees', 'wees.txt');
    const fresh = await kept('van vandaag', 'x.txt');
    await house.psql(`UPDATE blob.file SET created_at = now () - interval '25 hours' WHERE hash = '${file}'`);
    await house.end('gateway');
    await house.start('gateway');
    await until(async () => (await green.download(file)).status === 404, 10_000, 'it is gone');
    assert.equal((await green.download(fresh.file)).status, 200);
    assert.equal(await house.psql(`SELECT count (*) FROM blob.chunk c WHERE NOT EXISTS (SELECT FROM blob.file f WHERE f.id = c.file_id)`), '0');
});

/* ------------------------------------------------------------------- how the bytes come in */

const resident = (field = 'RssAnon') => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(
    readFileSync(`/proc/${house.pid('gateway')}/status`, 'utf8'))[1]);

test('a photo of 200 MB is refused at once, and the refusal can be read', async () => {
    const line = await wire();
    await line.say(head(200 << 20));
    await line.say(png().subarray(0, 40));
    assert.match(await line.hears('groter dan 25 MB'), /^HTTP\/1.1 413 /);
    line.socket.destroy();
    const before = resident();
    const photo = Buffer.alloc(11 << 20, 7);
    png().copy(photo);
    const large = await green.upload(photo, 'foto.png');
    assert.equal(large.status, 413);
    assert.match(large.body.detail, /10 MB/);
    const whole = await green.upload(Buffer.alloc(200 << 20, 7), 'foto.png').catch((error) => error);
    assert.ok(whole.status === 413 || whole instanceof Error, 'a sender who does not listen learns it late');
    assert.ok(resident() - before < 8 << 10, `${before} to ${resident()} KB`);
});

test('files of 25 MB, four at once, take little memory', { skip: watched }, async () => {
    const content = Array.from({ length: 4 }, (_, n) => Buffer.alloc(25 << 20, `bestand ${n}\n`));
    const before = resident();
    let most = 0;
    const watch = setInterval(() => { most = Math.max(most, resident()); }, 5);
    const answers = await Promise.all(content.map((each, n) => green.upload(each, `${n}.txt`, { patience: 60_000 })));
    clearInterval(watch);
    assert.deepEqual(answers.map(({ status }) => status), [201, 201, 201, 201]);
    assert.ok(most - before < 24 << 10, `grew by ${most - before} KB`);
    assert.ok((await green.download(answers[2].body.file)).bytes.equals(content[2]));
});

test('50 at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) =>
        green.upload(`${`bestand ${n}\n`.repeat(20_000)}`, `${n}.txt`, { patience: 60_000 })));
    assert.deepEqual(answers.filter(({ status }) => status !== 201), []);
    assert.equal(new Set(answers.map(({ body }) => body.file)).size, 50);
});

test('who sends slowly keeps nobody waiting', async () => {
    const line = await wire();
    await line.say(head(table.length));
    for (const letter of table.slice(0, 10)) {
        await line.say(letter);
        const began = performance.now();
        must(await green.get('/me'));
        assert.ok(performance.now() - began < 1000);
    }
    await line.say(table.slice(10));
    assert.match(await line.hears('"media_type"'), /^HTTP\/1.1 201 /);
    line.socket.destroy();
});

test('an upload that ends halfway leaves nothing, nor does a gateway that dies', async () => {
    const before = await counted();
    const part = 'een regel die lang genoeg is om mee te tellen\n'.repeat(20_000);
    const line = await wire();
    await line.say(head(part.length * 2));
    await line.say(part);
    line.socket.destroy();
    await line.ends();
    must(await green.get('/me'));
    const dying = await wire();
    await dying.say(head(part.length * 2));
    await dying.say(part);
    await house.kill('gateway');
    await dying.ends();
    await house.start('gateway');
    assert.equal(await counted(), before);
    assert.equal(await house.psql('SELECT count (*) FROM blob.chunk WHERE file_id NOT IN (SELECT id FROM blob.file)'), '0');
    assert.equal((await green.upload(part, 'heel.txt')).status, 201);
});

test('a connection goes on after a file, and several requests may lie on it', async () => {
    const line = await wire();
    const get = `GET /v1/me HTTP/1.1\r\nHost: x\r\nCookie: ${green.credentials.cookie}\r\n\r\n`;
    await line.say(`${get}${head(4)}abcd${get}${head(5)}`);
    await line.hears('"csrf_token"');
    await line.say('efghi');
    const heard = await line.hears('"size":5');
    assert.deepEqual([...heard.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status), ['200', '201', '200', '201']);
    line.forget();
    // In three pieces, the first of which is less than a line.
    await line.say('POST /v1/fi');
    await line.say(head(3).slice(11));
    await line.say('xyz');
    assert.match(await line.hears('"size":3'), /^HTTP\/1.1 201 /);
    line.forget();
    await line.say(head(6, { more: 'Expect: 100-continue\r\n' }));
    await line.hears('HTTP/1.1 100 Continue');
    await line.say('xyzxyz');
    assert.match(await line.hears('"size":6'), /HTTP\/1.1 201 /);
    line.socket.destroy();
});

test('what looks like an upload inside another body is a part of that body', async () => {
    const line = await wire();
    const inner = 'POST /v1/files HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc';
    await line.say(head(inner.length + 5, { path: '/v1/offers', more: 'Content-Type: application/json\r\n' }));
    await line.say('{"a":');
    await line.say(inner);
    assert.match(await line.hears('"errors"'), /^HTTP\/1.1 400 /);
    line.socket.destroy();
});

test('a request without a length, or with two, is refused, and the connection ends', async () => {
    const chunked = await wire();
    await chunked.say(head(undefined, { more: 'Transfer-Encoding: chunked\r\n' }));
    await chunked.say('3\r\nabc\r\n0\r\n\r\n');
    assert.match(await chunked.hears('Content-Length'), /^HTTP\/1.1 411 /);
    const both = await wire();
    await both.say(head(3, { more: 'Transfer-Encoding: chunked\r\n' }));
    assert.match(await both.hears('HTTP/1.1'), /^HTTP\/1.1 400 /);
    const get = await wire();
    await get.say(head(3, { method: 'HEAD' }));
    assert.match(await get.hears('HTTP/1.1'), /^HTTP\/1.1 (404|405) /);
    for (const { socket } of [chunked, both, get]) {
        socket.destroy();
    }
});
