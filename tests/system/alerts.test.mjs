// alerts.test.mjs - letters about what fits: who gets which, how they are mailed, and what people may do with them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { conninfo } from '../lib/cluster.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { run } from '../lib/processes.mjs';
import { enter, needText } from './deal-cast.mjs';
import { admit, refused, thing } from './people.mjs';

let house, desk, postbox, buyer, green, blue, stranger;

const offerText = (changes) => ({
    title: 'Onderhoud van binnentuinen', description: 'Wekelijks onderhoud van tuinen, van maart tot en met oktober.',
    kind: 'service', sector: 'green', cpv: '77310000-6', price_cents: 4_250, unit: 'uur', vat: 'high', lead_days: 14,
    national: true, goals: ['inclusive_labour'], fictional: true, ...changes,
});

async function publishedOffer(supplier, changes) {
    const { body } = must(await supplier.post('/offers', offerText(changes)));
    return must(await supplier.command('/offers', body, 'publish')).body;
}

async function publishedNeed(changes) {
    const { body } = must(await buyer.post('/needs', needText(changes)));
    return must(await buyer.command('/needs', body, 'publish')).body;
}

const inbox = async (client, query = '') => must(await client.get(`/letters?limit=100${query}`)).body.items;

/** Letters are written up to the last event that is told. */
async function settled() {
    const head = await until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    await until(() => house.psql(`SELECT seq FROM matching.position WHERE seq >= ${head}`), 10_000, `letters up to ${head}`);
}

const letterAbout = async (client, about) => {
    await settled();
    return (await inbox(client)).filter((letter) => Object.entries(about).every(([name, id]) => letter[name] === id));
};

const setting = (client, changes) => client.put(`/organisations/${client.org}/alert-setting`, changes);

before(async () => {
    postbox = await new Postbox().open();
    house = await openHouse({ args: { matching: ['--serve=answers,alerts', ...postbox.options] } });
    ({ desk, buyer, green, blue, stranger } = await enter(house));
    await admit(house, desk, stranger);
});
after(() => Promise.all([house?.stop(), postbox?.close()]));

test('a new offer is told to the buyer whose need it fits, with parts that sum, and what is missing', async () => {
    const need = await publishedNeed();
    await settled();
    const offer = await publishedOffer(green);
    const [letter, ...others] = await letterAbout(buyer, { offer_id: offer.id });
    assert.deepEqual(others, []);
    assert.equal(letter.kind, 'offer');
    assert.equal(letter.need_id, need.id);
    assert.equal(letter.subject, 'Past bij uw vraag ‘Onderhoud van de binnentuin’: Onderhoud van binnentuinen');
    assert.equal(letter.text, 'green (fictief) uit Enschede biedt aan: Onderhoud van binnentuinen.');
    assert.equal(letter.parts.reduce((sum, part) => sum + part.points_ppm, 0), letter.score_ppm);
    assert.ok(letter.score_ppm >= letter.cut_ppm);
    const { items: [match] } = must(await buyer.get(`/needs/${need.id}/matches`)).body;
    assert.equal(letter.score_ppm, match.score_ppm);
    assert.deepEqual(letter.parts, match.parts);
    assert.ok(letter.missing.some(({ why }) => why === 'De onderneming heeft geen keurmerk dat nu geldt.'), JSON.stringify(letter.missing));
    assert.equal(letter.read_at, undefined);
    assert.deepEqual(await inbox(stranger), []);
});

test('an offer that changes is told of once, and one that does not fit not at all', async () => {
    const offer = await publishedOffer(blue, { title: 'Tuinonderhoud: de binnentuin' });
    const before = await letterAbout(buyer, { offer_id: offer.id });
    assert.equal(before.length, 1);
    const edit = await thing(blue.post('/offer-edits',
        { offer_id: offer.id, proposed: offerText({ title: 'Onderhoud binnentuin', price_cents: 4_000 }) }));
    must(await desk.command('/offer-edits', edit, 'apply'));
    assert.deepEqual(await letterAbout(buyer, { offer_id: offer.id }), before);
    const other = await publishedOffer(blue, {
        title: 'Drukwerk', description: 'Folders en posters op gerecycled papier.', cpv: '79810000-5', sector: 'print' });
    assert.deepEqual(await letterAbout(buyer, { offer_id: other.id }), []);
});

test('a new need is told to each enterprise once, without what would tell the estimate', async () => {
    const need = await publishedNeed({ title: 'Onderhoud van een binnentuin bij het stadhuis' });
    for (const client of [green, blue]) {
        const letters = await letterAbout(client, { need_id: need.id });
        assert.equal(letters.length, 1);
        assert.equal(letters[0].kind, 'need');
        assert.match(letters[0].text, /^buyer \(fictief\) vraagt, te leveren in Enschede: /);
        assert.ok(letters[0].parts.every(({ name }) => name !== 'price'));
        assert.equal(letters[0].parts.reduce((sum, part) => sum + part.points_ppm, 0), letters[0].score_ppm);
        assert.doesNotMatch(JSON.stringify(letters[0]), /raming|estimate|prijs|price|5\.000/);
    }
    assert.deepEqual(await letterAbout(buyer, { need_id: need.id, kind: 'need' }), []);
});

test('a kept search hears of offers and of needs, under its conditions', async () => {
    const profile = await thing(stranger.post('/profiles', { kind: 'offers', words: 'wasserij linnengoed', sectors: ['cleaning'] }));
    const elsewhere = await thing(stranger.post('/profiles', { kind: 'offers', words: 'wasserij', municipality: 'GM0363' }));
    const hears = await thing(green.post('/profiles', { kind: 'needs', words: 'bankjes' }));
    assert.deepEqual((await thing(stranger.get('/profiles'))).items.map(({ id }) => id), [elsewhere.id, profile.id]);
    assert.deepEqual(await thing(stranger.get(`/profiles/${profile.id}`)), profile);
    await settled();
    const laundry = { title: 'Wasserij voor zorginstellingen', description: 'Wij wassen linnengoed en werkkleding.', cpv: '98310000-9', national: false };
    const wrong = await publishedOffer(blue, { ...laundry, sector: 'textile' });
    assert.deepEqual(await letterAbout(stranger, { offer_id: wrong.id }), []);
    const right = await publishedOffer(blue, { ...laundry, sector: 'cleaning' });
    const [letter] = await letterAbout(stranger, { offer_id: right.id });
    assert.equal(letter?.kind, 'profile_offer');
    assert.equal(letter.profile_id, profile.id);
    assert.match(letter.parts[0].why, /wasserij, linnengoed/);

    const need = await publishedNeed({ title: 'Houten bankjes voor het park', sector: 'furniture', cpv: ['39113600-3'],
        description: 'Twintig bankjes van hout uit eigen bos.' });
    const [heard] = await letterAbout(green, { need_id: need.id });
    assert.equal(heard?.profile_id, hears.id);
    assert.equal(heard.kind, 'profile_need');

    const changed = must(await stranger.put(`/profiles/${profile.id}`, { kind: 'offers', words: 'wasserij' }, profile.version)).body;
    await thing(stranger.command('/profiles', changed, 'drop'));
    await settled();
    const late = await publishedOffer(blue, { ...laundry, title: 'Wasserij in de wijk', sector: 'cleaning' });
    assert.deepEqual(await letterAbout(stranger, { offer_id: late.id }), []);
    assert.deepEqual((await thing(stranger.get('/profiles'))).items.map(({ id }) => id), [elsewhere.id]);
});

test('what cannot be is refused', async () => {
    const post = (body) => stranger.post('/profiles', { kind: 'offers', ...body });
    refused(await post({}), 400);
    refused(await post({ words: '' }), 400);
    refused(await post({ words: '  … !! ' }), 400);
    refused(await post({ words: '😀😀' }), 400);
    refused(await post({ words: 'x'.repeat(201) }), 400);
    refused(await post({ words: 'lunch', municipality: 'Zwolle' }), 400);
    refused(await post({ words: 'lunch', cpv: ['1'] }), 400);
    for (const email of ['', 'x', 'a@b\r\nBcc: c@d.example', 'a b@c.example', '"a"@b.example', 'a@b@c.example', 'a@-b.example',
        '.a@b.example', 'a..b@c.example', 'a@b.', 'é@b.example', `${'a'.repeat(65)}@b.example`, 'a@b.example>', undefined]) {
        refused(await setting(stranger, { frequency: 'daily', email }), 400);
    }
    refused(await setting(stranger, { frequency: 'soon', email: 'a@b.example' }), 400);
    refused(await stranger.put(`/organisations/${buyer.org}/alert-setting`, { frequency: 'off' }), 404);
    refused(await stranger.get(`/organisations/${buyer.org}/alert-setting`), 404);
    for (let count = (await thing(stranger.get('/profiles?limit=100'))).items.length; count < 50; count++) {
        must(await post({ words: 'lunch' }));
    }
    refused(await post({ words: 'lunch' }), 409, 'place_for_profile');
});

test('a letter is read once, by its organisation', async () => {
    const [letter] = await inbox(buyer, '&unread=true');
    const { total } = must(await buyer.get('/letters?unread=true&limit=1')).body;
    const read = await thing(buyer.post(`/letters/${letter.id}/_read`, {}));
    assert.ok(read.read_at);
    assert.deepEqual(await thing(buyer.post(`/letters/${letter.id}/_read`, {})), read);
    assert.deepEqual(await thing(buyer.get(`/letters/${letter.id}`)), read);
    assert.equal(must(await buyer.get('/letters?unread=true&limit=1')).body.total, total - 1);
    refused(await stranger.post(`/letters/${letter.id}/_read`, {}), 404);
    refused(await stranger.get(`/letters/${letter.id}`), 404);
    const first = must(await buyer.get('/letters?limit=1')).body;
    const second = must(await buyer.get(`/letters?limit=1&cursor=${first.next}`)).body;
    assert.notEqual(second.items[0].id, first.items[0].id);
});

test('mail goes out at once, and ends by its link without logging in', async () => {
    assert.deepEqual(await thing(buyer.get(`/organisations/${buyer.org}/alert-setting`)), { id: buyer.org, frequency: 'off' });
    const wanted = { id: buyer.org, frequency: 'at_once', email: 'inkoop@stad.example' };
    assert.deepEqual(await thing(setting(buyer, { frequency: 'at_once', email: wanted.email })), wanted);
    assert.deepEqual(await thing(buyer.get(`/organisations/${buyer.org}/alert-setting`)), wanted);
    const offer = await publishedOffer(green, { title: 'Binnentuin: onderhoud — mét ‘zorg’ & één enthousiaste ploeg, het hele jaar door' });
    const [letter] = await letterAbout(buyer, { offer_id: offer.id });
    const mail = await until(() => postbox.mails.find(({ headers }) => headers['message-id'] === `<${letter.id}@meerwaarde.example>`));
    assert.deepEqual(mail.to, ['inkoop@stad.example']);
    assert.equal(mail.from, 'meldingen@meerwaarde.example');
    assert.equal(mail.subject, letter.subject);
    assert.match(mail.text, /Wat ontbreekt:/);
    assert.match(mail.text, /Fits your need/);
    assert.ok(mail.raw.split('\r\n').every((line) => line.length <= 998 && /^[\x20-\x7e]*$/.test(line)));
    assert.equal(mail.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click');
    await until(async () => (await thing(buyer.get(`/letters/${letter.id}`))).mailed_at);

    const link = new URL(mail.headers['list-unsubscribe'].slice(1, -1));
    const token = link.searchParams.get('token');
    assert.match(mail.text, new RegExp(`https://meerwaarde.example/afmelden/\\?token=${token}`));
    const nobody = house.nobody();
    refused(await nobody.post('/unsubscribe', { token: token.replace(/.$/, (c) => (c === '0' ? '1' : '0')) }), 404);
    refused(await nobody.post('/unsubscribe', { token: token.replace(buyer.org, green.org) }), 404);
    refused(await nobody.post('/unsubscribe', { token: 'x'.repeat(101) }), 404);
    refused(await nobody.post('/unsubscribe', {}), 400);
    // A mail reader sends a form, with no cookie and no key, to the address in the header.
    const click = () => fetch(`${house.url}/afmelden/${link.search}`, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    assert.equal((await fetch(`${house.url}/afmelden/${link.search}`)).status, 200);
    assert.equal((await thing(buyer.get(`/organisations/${buyer.org}/alert-setting`))).frequency, 'at_once', 'looking at the page does nothing');
    assert.equal((await click()).status, 200);
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    assert.equal((await fetch(`${house.url}/afmelden/${link.search}`, { method: 'POST', body: form })).status, 200);
    assert.equal((await thing(buyer.get(`/organisations/${buyer.org}/alert-setting`))).frequency, 'off');
    must(await setting(buyer, { frequency: 'at_once', email: wanted.email }));
    must(await nobody.post('/unsubscribe', { token }));
    assert.equal((await thing(buyer.get(`/organisations/${buyer.org}/alert-setting`))).frequency, 'off');
    assert.equal((await fetch(`${house.url}/afmelden/${link.search}`, { method: 'POST', body: '{}' })).status, 405);
});

/** An offer for a need of its own, so that there is one letter about it. */
async function oneLetter(title, cpv) {
    const need = await publishedNeed({ title: `${title} gevraagd`, description: `Wij zoeken ${title}, het hele jaar door.`, cpv: [cpv] });
    const offer = await publishedOffer(green, { title, description: `Wij doen ${title}, het hele jaar door.`, cpv });
    const letters = await letterAbout(buyer, { offer_id: offer.id });
    assert.deepEqual(letters.map(({ need_id: id }) => id), [need.id]);
    return { letter: letters[0], mailId: `<${letters[0].id}@meerwaarde.example>` };
}

const mailOf = (letter, how) => until(() => house.psql(`SELECT 1 FROM matching.mail WHERE id = '${letter.id}' AND ${how}`));
/** What waits for another try is due now. */
const tryNow = () => house.psql('UPDATE matching.mail SET try_at = now () WHERE ended IS NULL');
const came = (mailId) => postbox.mails.filter(({ headers }) => headers['message-id'] === mailId);

test('a mail that the server refuses comes again later, the same; one that nobody wants any more does not', async () => {
    must(await setting(buyer, { frequency: 'at_once', email: 'inkoop@stad.example', kinds: ['offer'] }));
    const refuse = async (mail) => {
        refusedMails.push(mail);
        return Object.assign(new Error('later'), { responseCode: 451 });
    };
    const refusedMails = [];
    postbox.judge = refuse;
    const first = await oneLetter('Fietskoeriers', '64120000-3');
    await mailOf(first.letter, "tries = 1 AND try_at > now () + interval '20 seconds'");
    postbox.judge = async () => undefined;
    await tryNow();
    await mailOf(first.letter, "ended = 'sent'");
    assert.deepEqual(came(first.mailId).map(({ raw }) => raw), refusedMails.map(({ raw }) => raw));

    postbox.judge = refuse;
    const second = await oneLetter('Kaarsen', '39222000-4');
    await mailOf(second.letter, 'tries = 1');
    must(await setting(buyer, { frequency: 'off' }));
    postbox.judge = async () => undefined;
    await tryNow();
    await mailOf(second.letter, "ended = 'unwanted'");
    assert.deepEqual(came(second.mailId), []);
    assert.equal((await thing(buyer.get(`/letters/${second.letter.id}`))).mailed_at, undefined);

    must(await setting(buyer, { frequency: 'at_once', email: 'inkoop@stad.example', kinds: ['need'] }));
    const third = await oneLetter('Zeepjes', '33711900-6');
    assert.equal(await house.psql(`SELECT 1 FROM matching.mail WHERE id = '${third.letter.id}'`), '', 'of offers no mail is wanted');
});

test('a mail that is never taken is given up in the end', async () => {
    must(await setting(buyer, { frequency: 'at_once', email: 'inkoop@stad.example' }));
    postbox.judge = async () => Object.assign(new Error('never'), { responseCode: 550 });
    const { letter, mailId } = await oneLetter('Hekwerken', '45340000-2');
    await mailOf(letter, 'tries = 1');
    await house.psql(`UPDATE matching.mail SET tries = 15, try_at = now () WHERE id = '${letter.id}'`);
    await mailOf(letter, "ended = 'given_up'");
    postbox.judge = async () => undefined;
    assert.deepEqual(came(mailId), []);
    must(await setting(buyer, { frequency: 'off' }));
});

test('who writes letters for the first time begins where the stream is, and tells nothing of before', async () => {
    await settled();
    const before = await house.psql('SELECT count (*) FROM matching.letter');
    await house.kill('matching');
    await house.psql('DELETE FROM matching.letter; UPDATE matching.position SET epoch = NULL, seq = 0');
    await house.start('matching');
    await until(() => house.psql('SELECT 1 FROM matching.position WHERE epoch IS NOT NULL'), 10_000, 'it has begun');
    await settled();
    assert.notEqual(before, '0');
    assert.equal(await house.psql('SELECT count (*) FROM matching.letter'), '0');
    const offer = await publishedOffer(green, { title: 'Onderhoud van de binnentuin, opnieuw' });
    assert.ok((await letterAbout(buyer, { offer_id: offer.id })).length > 0);
});

test('a position of before is not read twice: what was written stays as it is', async () => {
    const before = await inbox(buyer);
    await house.kill('matching');
    await house.psql('UPDATE matching.position SET seq = 0');
    await house.start('matching');
    await settled();
    const again = new Map((await inbox(buyer)).map((letter) => [letter.id, letter]));
    assert.equal(new Set([...again.values()].map(({ need_id: need, offer_id: offer, kind }) => `${need} ${offer} ${kind}`)).size, again.size);
    before.forEach((letter) => assert.deepEqual(again.get(letter.id), letter));
});

test('who loses its connections goes on with new ones', async () => {
    for (const title of ['Onderhoud van de binnentuin, eerste keer', 'Onderhoud van de binnentuin, tweede keer']) {
        const [offer] = await Promise.all([publishedOffer(green, { title }),
            house.psql("SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE usename = 'mw_matching'")]);
        await until(async () => (await letterAbout(buyer, { offer_id: offer.id })).length > 0, 20_000, 'the letter comes');
        const letters = await letterAbout(buyer, { offer_id: offer.id });
        assert.equal(new Set(letters.map(({ need_id: need }) => need)).size, letters.length);
    }
});

test('a mail server is logged in to, and none gets a mail in the open where it must be sealed', async () => {
    must(await setting(buyer, { frequency: 'at_once', email: 'inkoop@stad.example', kinds: ['offer'] }));
    const login = path.join(house.directory, 'login');
    writeFileSync(login, 'markt:een geheim woord\n', { mode: 0o644 });
    const again = async (...more) => {
        await house.end('matching');
        house.args.matching = ['--serve=answers,alerts', ...postbox.options, ...more];
        await house.start('matching');
    };
    await again(`--smtp-login=${login}`);
    const first = await oneLetter('Paraplus', '18425000-1');
    await mailOf(first.letter, "ended = 'sent'");
    assert.ok(postbox.logins.includes('markt:een geheim woord'));
    await again('--smtp-tls=must');
    const second = await oneLetter('Zadels', '34400000-1');
    await mailOf(second.letter, 'tries = 1 AND ended IS NULL');
    assert.deepEqual(came(second.mailId), []);
    must(await setting(buyer, { frequency: 'off' }));
});

test('a process that cannot mail as it is told ends at once, and says why', async () => {
    const good = { smtp: 'smtp://127.0.0.1:9', 'mail-from': 'a@b.example', site: 'https://b.example' };
    for (const [name, value, why] of [
        ['smtp', 'http://127.0.0.1:9', 'smtp'], ['mail-from', 'a@b.example\r\nX: y', 'mail-from'], ['mail-from', '', 'mail-from'],
        ['site', 'https://b.example/', 'site'], ['site', 'ftp://b.example', 'site'], ['site', 'https://b.example\r\nX: y', 'site'],
        ['smtp-login', '/nowhere', 'smtp-login']]) {
        const args = Object.entries({ ...good, [name]: value }).map(([key, text]) => `--${key}=${text}`);
        const db = conninfo(path.join(house.directory, 'db'), 'mw_matching');
        const ended = run(path.join(build, 'meerwaarde-matching'), [`--run=${house.run}`, `--db=${db}`, '--serve=alerts', ...args]);
        await assert.rejects(ended, (error) => error.code === 1 && error.stdout.includes(`--${why}`), `${name}=${value}`);
    }
});
