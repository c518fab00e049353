// gateway.test.mjs - the front: headers, hostile input, sessions, keys, pages, and the database gone.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startCluster } from '../lib/cluster.mjs';
import { must, openHouse, services, until } from '../lib/house.mjs';
import { admit, founder, moderator } from './people.mjs';
import { needText } from './deal-cast.mjs';

let house, buyer;

before(async () => {
    house = await openHouse();
    buyer = await founder(house, 'buyer', 'municipality');
    await admit(house, await moderator(house), buyer);
});
after(() => house?.stop());

const problem = (answer, status) => {
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
    assert.equal(answer.body.status, status);
    assert.ok(answer.body.title && answer.body.detail && answer.body.type);
    return answer.body;
};

// Raw bytes on a connection of their own, for what fetch would never send.
const raw = (bytes) => new Promise((resolve, reject) => {
    const socket = net.connect(house.port, '127.0.0.1', () => socket.end(bytes));
    let answer = '';
    socket.setTimeout(5000, () => { socket.destroy(); resolve(answer); });
    socket.on('data', (chunk) => { answer += chunk; });
    socket.on('close', () => resolve(answer)).on('error', reject);
});

test('every answer of the API has its headers', async () => {
    for (const answer of [await house.nobody().get('/offers'), await house.nobody().get('/nothing')]) {
        assert.equal(answer.headers.get('api-version'), '0.1.0');
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
        assert.equal(answer.headers.get('x-frame-options'), 'DENY');
        assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'/);
        assert.match(answer.headers.get('strict-transport-security'), /max-age=31536000/);
    }
});

test('hostile JSON is 400 with a reason, and quickly', async () => {
    const bad = ['{', '[]', '7', '{"title":NaN}', '{"title":1e400}', '{"title":"a","title":"b"}',
        '{"title":"\ud800"}', `${'['.repeat(100_000)}`, `{"a":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`, '\u0000'];
    for (const body of bad) {
        const began = performance.now();
        const answer = problem(await buyer.post('/needs', body), 400);
        assert.ok(answer.errors.length > 0);
        assert.ok(performance.now() - began < 1000);
    }
});

test('wrong types and unknown fields are named with their paths', async () => {
    const answer = problem(await buyer.post('/needs',
        { ...needText(), title: 7, surprise: true, state: 'open', cpv: ['55300000-3', 5] }), 400);
    const paths = answer.errors.map((e) => e.path).sort();
    assert.deepEqual(paths, ['cpv[1]', 'state', 'surprise', 'title']);
    problem(await house.nobody().get('/offers?surprise=1'), 400);
    problem(await house.nobody().get('/offers?limit=many'), 400);
    problem(await house.nobody().get('/offers?limit=1&limit=2'), 400);
    problem(await house.nobody().get('/offers/not-a-uuid'), 400);
});

test('a body over 1 MB is 413', async () => {
    problem(await buyer.post('/needs', `{"title":"${'x'.repeat(1_100_000)}"}`), 413);
});

test('what is not there is 404, with a slash too', async () => {
    problem(await house.nobody().get('/nothing'), 404);
    problem(await house.nobody().get('/offers/'), 404);
    problem(await house.nobody().get('/offers/01900000-0000-7000-8000-000000000000'), 404);
    problem(await house.nobody().request('DELETE', '/offers'), 405);
});

test('who is not logged in is told so before anything else', async () => {
    problem(await house.nobody().post('/needs', { surprise: 1 }), 401);
    problem(await house.nobody().get('/orders'), 401);
});

test('a cookie without its CSRF token reads, but does not write', async () => {
    must(await buyer.get('/needs?mine=true'));
    problem(await buyer.post('/needs', needText(), { headers: { 'x-csrf-token': null } }), 401);
    problem(await buyer.post('/needs', needText(), { headers: { 'x-csrf-token': 'f'.repeat(64) } }), 401);
    must(await buyer.post('/needs', needText()));
});

test('a wrong password and an unknown address get the same answer', async () => {
    const wrong = problem(await house.nobody().post('/sessions', { email: 'buyer@test.example', password: 'wrong' }), 401);
    const unknown = problem(await house.nobody().post('/sessions', { email: 'nobody@test.example', password: 'wrong' }), 401);
    assert.deepEqual(wrong, unknown);
});

test('logging out ends the session at once', async () => {
    const other = await founder(house, 'leaver', 'company');
    assert.ok((await other.get('/me')).body.account_id);
    const cookie = other.cookie;
    assert.equal((await other.request('DELETE', '/sessions/current')).status, 204);
    const again = await house.nobody().request('GET', '/me', { headers: { cookie } });
    assert.deepEqual(again.body, {});
});

test('the session cookie is closed to scripts, and secure behind TLS', async () => {
    const who = { email: 'cookie@proef.example', password: 'een-lang-genoeg-wachtwoord' };
    await house.call('account_put', { ...who, name: 'Koekje' }, { roles: ['OPERATOR'] });
    const answer = await fetch(`${house.url}/v1/sessions`, {
        method: 'POST', body: JSON.stringify(who),
        headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
    });
    const cookie = answer.headers.get('set-cookie');
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) {
        assert.ok(cookie.includes(part), cookie);
    }
});

test('a system acts by its key', async () => {
    const me = (await buyer.get('/me')).body;
    const key = (await house.ctl('key', 'api', me.account_id, me.organisation_id, 'test')).trim();
    const headers = { authorization: `Bearer ${key}` };
    const system = house.nobody();
    assert.equal((await system.request('GET', '/me', { headers })).body.organisation_id, me.organisation_id);
    must(await system.request('POST', '/needs', { body: needText(), headers }));
    assert.deepEqual((await system.request('GET', '/me', { headers: { authorization: `Bearer ${key}x` } })).body, {});
});

test('problems speak English to who asks for it', async () => {
    const answer = await house.nobody().request('GET', '/orders', { headers: { 'accept-language': 'en-GB,en' } });
    assert.match(answer.body.detail, /Log in first/);
});

test('a trace goes in and comes out', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await house.nobody().request('GET', '/offers', { headers: { traceparent } });
    assert.equal(answer.headers.get('traceparent'), traceparent);
});

test('requests that are no HTTP, or try to be two, get nowhere', async () => {
    assert.doesNotMatch(await raw('\x16\x03\x01\x02\x00\x01\x00\r\n\r\n'), / 200 /);
    const smuggled = await raw('POST /v1/needs HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/me HTTP/1.1\r\nHost: x\r\n\r\n');
    assert.match(smuggled, /^HTTP\/1.1 400 /);
    assert.equal(smuggled.match(/HTTP\/1.1 /g).length, 1, smuggled);
    assert.doesNotMatch(await raw(`GET /v1/offers HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`), / 200 /);
    must(await house.nobody().get('/offers'));
});

test('callers who go away before their answer do no harm', async () => {
    const ask = 'GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n';
    const leave = () => new Promise((resolve) => {
        const socket = net.connect(house.port, '127.0.0.1', () => socket.write(ask.repeat(50)));
        socket.once('data', () => socket.destroy());   // in the middle of what is being written
        socket.on('close', resolve).on('error', resolve);
    });
    const pid = house.pid('gateway');
    for (let i = 0; i < 10; i++) {
        await Promise.all(Array.from({ length: 40 }, leave));
    }
    must(await house.nobody().get('/offers'));
    assert.equal(house.pid('gateway'), pid);
});

test('no path leads out of the pages', async () => {
    for (const path of ['/../../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/..%5c..', '/a%00b']) {
        assert.doesNotMatch(await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`), /root:/);
    }
});

test('pages come compressed, with a strict policy, and with their data', async () => {
    const page = await fetch(`${house.url}/marktplaats/?limit=1`, { headers: { 'accept-encoding': 'br' } });
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy'), /script-src 'self'/);
    assert.doesNotMatch(page.headers.get('content-security-policy'), /unsafe/);
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(await page.text())[1];
    assert.ok(Array.isArray(JSON.parse(data).items));
    const home = await fetch(`${house.url}/uitleg/`, { headers: { 'accept-encoding': 'br' } });
    assert.equal(home.headers.get('content-encoding'), 'br');
    assert.equal((await fetch(`${house.url}/no-such-page/`)).status, 404);
});

test('a page keeps what a supplier wrote from ending its script', async () => {
    const maker = await founder(house, 'maker', 'enterprise');
    await admit(house, await moderator(house), maker);
    const { body } = must(await maker.post('/offers', {
        title: 'Een naar aanbod', description: 'Een aanbod met een nare titel erin.', kind: 'service',
        sector: 'ict', cpv: '72000000-5', unit: 'uur', vat: 'high', lead_days: 1,
    }));
    must(await maker.command('/offers', body, 'publish'));
    // Such a title is refused; the page does not count on that.
    await house.psql(`UPDATE catalog.offer SET title = '</script><script>alert(1)</script>' WHERE id = '${body.id}'`);
    const page = await (await fetch(`${house.url}/aanbod/?id=${body.id}`)).text();
    assert.ok(page.includes('\\u003c/script'));
    assert.ok(!page.includes('<script>alert'));
});

test('a service that dies is 503 at once, and works again by itself when it is back', async () => {
    await house.kill('catalog');
    const answer = await until(async () => {
        const it = await house.nobody().get('/offers', { patience: 0 });
        return it.status === 503 && it;
    }, 10_000);
    problem(answer, 503);
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    must(await buyer.get('/needs?mine=true'));
    await house.start('catalog');
    must(await house.nobody().get('/offers'));
});

test('a service that is told to stop finishes what it has', async () => {
    const asked = Array.from({ length: 40 }, () => house.nobody().get('/programmes', { patience: 0 }));
    assert.equal(await house.end('pipeline'), 0);
    for (const answer of await Promise.all(asked)) {
        assert.ok(answer.status === 200 || answer.status === 503, String(answer.status));
    }
    await house.start('pipeline');
    must(await house.nobody().get('/programmes'));
});

test('a machine that stands still for longer than a request may take loses no write and doubles none', async () => {
    const titles = Array.from({ length: 40 }, (_, at) => `Onderhoud van plantsoen ${at}`);
    const asked = titles.map((title) => buyer.post('/needs', { ...needText(), title }));
    await Promise.race(asked);
    const processes = services.map((name) => house.pid(name));
    processes.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    await pause(6_000);
    processes.forEach((pid) => process.kill(pid, 'SIGCONT'));
    const ids = (await Promise.all(asked)).map((answer) => must(answer).body.id);
    assert.equal(new Set(ids).size, titles.length);
    const written = `SELECT count (*) FROM pipeline.need WHERE title LIKE 'Onderhoud van plantsoen %'`;
    assert.equal(await house.psql(written), String(titles.length));
});

test('PostgreSQL gone is 503, and all recovers by itself', async () => {
    await house.cluster.end('SIGINT');
    const answer = await until(async () => {
        const it = await buyer.post('/needs', needText(), { patience: 0 });
        return it.status === 503 && it;
    }, 10_000);
    problem(answer, 503);
    assert.ok(answer.headers.get('retry-after'));
    house.cluster = await startCluster(`${house.directory}/db`);
    await until(async () => (await buyer.post('/needs', needText(), { patience: 0 })).status === 201, 15_000);
    await until(async () => (await house.nobody().get('/offers', { patience: 0 })).status === 200, 15_000);
});
