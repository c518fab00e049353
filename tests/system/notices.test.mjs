// notices.test.mjs - who is told of which step, once, in the inbox and by mail, and never of a price or a person.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { delivered, enter, issuedInvoice, lines, openNeed, units } from './deal-cast.mjs';
import { member, person, refused, thing } from './people.mjs';

let house, postbox, desk, buyer, finance, green, blue, stranger, colleague, need, quote, order;

const notices = async (client, query = '') => (await thing(client.get(`/notices?limit=100${query}`))).items;

/** Everybody was told of everything that the stream has. */
async function settled() {
    const head = await until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
    await until(() => house.psql(`SELECT seq FROM identity.position WHERE seq >= ${head}`), 10_000, `notices up to ${head}`);
}

const told = async (client, event, id) => {
    await settled();
    return (await notices(client)).filter((one) => one.event === event && (!id || one.thing_id === id));
};

before(async () => {
    postbox = await new Postbox().open();
    house = await openHouse({ args: { gateway: postbox.options } });
    ({ desk, buyer, finance, green, blue, stranger } = await enter(house));
    const someone = await person(house, 'collega');
    must(await green.put(`/organisations/${green.org}/members/${someone.id}`, { roles: ['SUPPLIER'] }));
    colleague = await member(house, someone);
});
after(() => Promise.all([house?.stop(), postbox?.close()]));

test('who has to judge is told of a registration, and who registered of the judgement', async () => {
    const [notice] = await told(desk, 'organisation_registered', buyer.org);
    assert.equal(notice.subject, 'Organisatie aangemeld: buyer (fictief)');
    assert.equal(notice.act, true);
    assert.equal(notice.role, 'MODERATOR');
    const [admitted] = await told(buyer, 'organisation_admitted', buyer.org);
    assert.equal(admitted.act, false);
    assert.deepEqual(await told(green, 'organisation_admitted', buyer.org), []);
});

test('an invitation is told to everybody who can answer it, and to nobody else', async () => {
    need = await openNeed(buyer);
    const { id } = await thing(buyer.post('/invitations', { need_id: need.id, supplier_id: green.org }));
    for (const client of [green, colleague]) {
        const [notice, ...more] = await told(client, 'invitation_sent', id);
        assert.deepEqual(more, []);
        assert.equal(notice.subject, 'Uitnodiging verstuurd: Onderhoud van de binnentuin');
        assert.equal(notice.page, `/deal/?id=${need.id}#invitation-${id}`);
        assert.equal(notice.act, true);
    }
    for (const client of [buyer, blue, stranger]) {
        assert.deepEqual(await told(client, 'invitation_sent'), []);
    }
});

test('who did it is not told, their colleague is; and nothing tells the price', async () => {
    const { body } = must(await green.post('/quotes', { need_id: need.id, lines }));
    quote = must(await green.command('/quotes', body, 'submit')).body;
    assert.deepEqual(await told(green, 'quote_submitted'), []);
    const [notice] = await told(colleague, 'quote_submitted', quote.id);
    assert.equal(notice.subject, 'Offerte ingediend: Onderhoud van de binnentuin');
    assert.equal(notice.page, `/deal/?id=${need.id}#quote-${quote.id}`);
    assert.equal((await told(buyer.chief, 'quote_submitted', quote.id)).length, 1);
    assert.deepEqual(await told(finance, 'quote_submitted'), []);
    const kept = await house.psql(`SELECT coalesce (string_agg (concat_ws (' ', n.event, n.role, n.noun, n.title), chr (10)), '') FROM identity.notice n`);
    const said = (await notices(buyer.chief)).map((one) => [one.subject, one.text, one.subject_en, one.text_en, one.title].join(' ')).join('\n');
    assert.doesNotMatch(kept + said, /\d/);
    assert.doesNotMatch(kept, /@|collega/);
});

test('from award to payment each side hears what it has to do', async () => {
    must(await buyer.chief.command('/needs', need, 'award', { quote_id: quote.id, motivation: 'De enige, en een goede.' }));
    assert.equal((await told(green, 'quote_selected', quote.id)).length, 1);
    const placed = await thing(buyer.post('/orders', { quote_id: quote.id }));
    assert.equal((await told(colleague, 'order_placed', placed.id))[0].text, 'Bevestig of weiger de bestelling.');
    order = must(await green.command('/orders', placed, 'confirm')).body;
    assert.equal((await told(buyer, 'order_confirmed', order.id)).length, 1);
    const delivery = await delivered(green, order, { 0: 5 });
    const [arrived] = await told(buyer, 'delivery_delivered', delivery.id);
    assert.equal(arrived.subject, 'Geleverd: Onderhoud van de binnentuin');
    assert.equal(arrived.page, `/deal/?id=${need.id}#delivery-${delivery.id}`);
    must(await buyer.command('/deliveries', delivery, 'accept', {
        lines: units(order, { 0: 5 }).map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity, rejected: 0 })) }));
    assert.equal((await told(green, 'delivery_accepted', delivery.id))[0].act, true);
    const invoice = await issuedInvoice(green, order, 'F-1', { 0: 5 });
    assert.equal((await told(finance, 'invoice_matched', invoice.id))[0].act, true);
    assert.deepEqual((await told(green, 'invoice_matched')), []);
});

test('what asks to act is mailed at once, to who is asked; the rest waits for the morning', async () => {
    const mail = await until(() => postbox.mails.find(({ to, subject }) => to[0] === 'finance@proef.example' && subject.startsWith('Factuur')));
    assert.equal(mail.subject, 'Factuur klopt met bestelling en levering: Onderhoud van de binnentuin');
    assert.match(mail.text, /Keur de factuur goed of af\./);
    assert.match(mail.text, /Approve or reject the invoice\./);
    assert.match(mail.text, new RegExp(`https://meerwaarde.example/deal/\\?id=${need.id}`));
    assert.doesNotMatch(mail.text, /13,33|66,65|80,65/);
    const later = await house.psql(`SELECT (due_at AT TIME ZONE 'Europe/Amsterdam')::time FROM identity.notice_mail
        WHERE ended IS NULL AND account_id = '${buyer.account}' LIMIT 1`);
    assert.equal(later, '07:00:00');
    assert.ok(!postbox.mails.some(({ subject }) => subject.startsWith('Bestelling bevestigd')));
});

test('a notice is read once and for all, one by one or together', async () => {
    const before = await thing(buyer.get('/notices?unread=true&limit=100'));
    const [first] = before.items;
    const read = await thing(buyer.post(`/notices/${first.id}/_read`, {}));
    assert.ok(read.read_at);
    assert.equal((await thing(buyer.post(`/notices/${first.id}/_read`, {}))).read_at, read.read_at);
    refused(await stranger.post(`/notices/${first.id}/_read`, {}), 404);
    assert.equal((await thing(buyer.get('/notices?unread=true&limit=1'))).total, before.total - 1);
    must(await buyer.post('/notices/_read', {}));
    assert.equal((await notices(buyer, '&unread=true')).length, 0);
    assert.ok((await notices(green, '&unread=true')).length > 0);
});

test('the list goes on where a page ended', async () => {
    const all = await notices(colleague);
    assert.ok(all.length >= 4);
    const found = [];
    for (let cursor; ;) {
        const page = await thing(colleague.get(`/notices?limit=2${cursor ? `&cursor=${cursor}` : ''}`));
        found.push(...page.items);
        cursor = page.next;
        if (!cursor) {
            break;
        }
    }
    assert.deepEqual(found, all);
    assert.deepEqual((await thing(colleague.get('/notices?cursor=x'))).items, []);
});

test('each person says how they are mailed, and the link in a mail ends it for them alone', async () => {
    assert.deepEqual(await thing(green.get('/notice-setting')), { act: 'at_once', inform: 'daily', email: 'green@proef.example' });
    assert.deepEqual(await thing(green.put('/notice-setting', { act: 'daily', inform: 'off' })),
        { act: 'daily', inform: 'off', email: 'green@proef.example' });
    assert.equal((await thing(colleague.get('/notice-setting'))).inform, 'daily');
    refused(await green.put('/notice-setting', { act: 'soon', inform: 'off' }), 400);
    refused(await house.nobody().get('/notice-setting'), 401);
    const mail = await until(() => postbox.mails.find(({ to }) => to[0] === 'finance@proef.example'));
    const link = new URL(mail.headers['list-unsubscribe'].slice(1, -1));
    const token = link.searchParams.get('token');
    refused(await house.nobody().post('/notice-unsubscribe', { token: token.replace(/.$/, (c) => (c === '0' ? '1' : '0')) }), 404);
    refused(await house.nobody().post('/notice-unsubscribe', { token: token.replace(finance.account, green.account) }), 404);
    const click = await fetch(`${house.url}/afmelden/${link.search}`,
        { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    assert.equal(click.status, 200);
    must(await house.nobody().post('/notice-unsubscribe', { token }));
    assert.deepEqual(await thing(finance.get('/notice-setting')), { act: 'off', inform: 'off', email: 'finance@proef.example' });
    const more = await delivered(green, order, { 0: 2 });
    must(await buyer.command('/deliveries', more, 'accept', {
        lines: units(order, { 0: 2 }).map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity, rejected: 0 })) }));
    const invoice = await issuedInvoice(green, order, 'F-2', { 0: 2 });
    assert.equal((await told(finance, 'invoice_matched', invoice.id)).length, 1);
    assert.equal(await house.psql(`SELECT count (*) FROM identity.notice_mail WHERE ended IS NULL AND account_id = '${finance.account}'`), '0');
});

/** The words in the links of mails to an address, the oldest first. */
const words = (email) => postbox.mails.filter(({ to }) => to[0] === email)
    .map(({ text }) => text.match(/https:\/\/meerwaarde\.example\/adres-bevestigen\/\?token=([0-9a-f]{64})\r/)[1]);
const ties = (client) => house.psql(`SELECT identity.ties ('${client.account}', now ())`);

test('an address is confirmed by the link in a mail to it: once, within a day, and by who gave it', async () => {
    const email = 'groen@elders.example';
    const given = await thing(green.post('/account/addresses', { email: 'Groen@Elders.example' }));
    assert.deepEqual([given.email, given.confirmed_at, !!given.asked_at], [email, undefined, true]);
    const barring = await ties(green);
    const mail = await until(() => postbox.mails.find(({ to }) => to[0] === email));
    assert.equal(mail.headers['list-unsubscribe'], undefined);
    assert.doesNotMatch(mail.text, /green|groen/i);
    const [first] = words(email);
    const hash = createHash('sha256').update(first).digest('hex');
    await until(async () => await house.psql(`SELECT string_agg (token_hash, ' ') FROM identity.address_link`) === hash);
    const confirm = (client, token) => client.post('/account/addresses/_confirm', { token });
    refused(await confirm(house.nobody(), first), 401);
    refused(await confirm(colleague, first), 404);
    refused(await confirm(green, first.replace(/.$/, (c) => (c === '0' ? '1' : '0'))), 404);
    await house.psql(`UPDATE identity.address_link SET expires_at = now () - interval '1 second'`);
    refused(await confirm(green, first), 404);
    assert.ok((await thing(green.post(`/account/addresses/${given.id}/_mail`, {}))).asked_at > given.asked_at);
    refused(await colleague.post(`/account/addresses/${given.id}/_mail`, {}), 404);
    await until(() => words(email).length === 2);
    const [, second] = words(email);
    await until(async () => await house.psql(`SELECT round (extract (epoch FROM expires_at - now ()) / 3600) FROM identity.address_link`) === '24');
    const confirmed = await Promise.all([confirm(green, second), confirm(green, second), confirm(green, second)]);
    assert.deepEqual(confirmed.map(({ status }) => status).sort(), [200, 404, 404]);
    assert.equal(await house.psql('SELECT count (*) FROM identity.address_link'), '0');
    const { items: [kept] } = await thing(green.get('/account/addresses'));
    assert.ok(kept.confirmed_at);
    refused(await green.post(`/account/addresses/${given.id}/_mail`, {}), 409, 'address_unconfirmed');
    assert.equal(await ties(green), barring);
});

test('an address of somebody else is answered as one that nobody has, and is not mailed more often because more ask', async () => {
    const email = 'groen@elders.example';
    const before = words(email).length;
    const known = await thing(blue.post('/account/addresses', { email }));
    const fresh = await thing(blue.post('/account/addresses', { email: 'niemand@elders.example' }));
    assert.deepEqual(Object.keys(known).sort(), Object.keys(fresh).sort());
    refused(await blue.post('/account/addresses', { email }), 409, 'address_once');
    const answers = [];
    for (let i = 0; i < 9; i++) {
        answers.push(await blue.post(`/account/addresses/${known.id}/_mail`, {}));
    }
    assert.deepEqual(answers.map(({ status }) => status), [...Array(8).fill(200), 429]);
    assert.ok(Number(answers.at(-1).headers.get('retry-after')) > 80_000);
    await until(() => words('niemand@elders.example').length === 1);
    await until(async () => await house.psql('SELECT count (*) FROM identity.notice_mail WHERE address_id IS NOT NULL AND ended IS NULL') === '0');
    assert.equal(words(email).length - before, 5 - before);
});

test('a stream that is read again tells nobody twice', async () => {
    await settled();
    const count = await house.psql('SELECT count (*) FROM identity.notice');
    await house.end('gateway');
    await house.psql('UPDATE identity.position SET seq = 0');
    await house.start('gateway');
    await settled();
    assert.equal(await house.psql('SELECT count (*) FROM identity.notice'), count);
});

test('who acts for two organisations changes between them: in a new session, and what an old page writes is refused', async () => {
    const someone = await person(house, 'beide');
    must(await green.put(`/organisations/${green.org}/members/${someone.id}`, { roles: ['SUPPLIER'] }));
    must(await blue.put(`/organisations/${blue.org}/members/${someone.id}`, { roles: ['SUPPLIER', 'APPLICANT'] }));
    const both = await until(async () => {
        const caller = await member(house, someone);
        return caller.org === blue.org && (await thing(caller.get('/me'))).several && caller;
    });
    assert.deepEqual((await thing(both.get('/account/organisations?limit=1'))).items.map(({ name }) => name), ['blue (fictief)']);
    const { items } = await thing(both.get('/account/organisations'));
    assert.deepEqual(items.map(({ name, roles }) => [name, roles.length]), [['blue (fictief)', 2], ['green (fictief)', 1]]);
    const sessions = () => house.psql(`SELECT string_agg (concat_ws (' ', organisation_id, expires_at), ',') FROM identity.bearer
        WHERE id = '${both.session.id}' OR (account_id = '${someone.id}' AND organisation_id = '${green.org}')`);
    const [before, csrf, cookie] = [await sessions(), both.session.csrf_token, both.cookie];
    const to = (organisation_id, options) => both.post('/sessions/_switch', { organisation_id }, options);
    refused(await to(green.org, { headers: { 'x-csrf-token': null } }), 401);
    refused(await to(buyer.org), 404);
    refused(await house.nobody().post('/sessions/_switch', { organisation_id: green.org }), 401);
    assert.equal((await thing(both.get('/me'))).organisation_id, blue.org);
    const session = must(await to(green.org)).body;
    assert.deepEqual([session.me.organisation_id, session.me.roles], [green.org, ['SUPPLIER']]);
    assert.deepEqual(await thing(both.get('/me')), session.me);
    assert.equal(await sessions(), before.replace(blue.org, green.org));
    refused(await both.post('/notices/_read', {}, { headers: { 'x-csrf-token': csrf } }), 401);
    refused(await both.get('/notices', { headers: { cookie } }), 401);
    await house.psql(`UPDATE identity.bearer SET label = 'kassa' WHERE account_id = '${someone.id}' AND organisation_id = '${green.org}'`);
    refused(await to(blue.org), 404);
    assert.equal((await thing(colleague.get('/me'))).several, undefined);
});
