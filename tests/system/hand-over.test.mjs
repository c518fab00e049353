// hand-over.test.mjs - documents that were sent leave the platform: by mail with both files, and to a Peppol access point
// that fails, answers late and is told again, each time under the same id.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { freePort } from '../lib/processes.mjs';
import { confirmedOrder, delivered, enter, units } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, postbox, access, buyer, finance, green, order;
/** What the access point got, and what it answers. */
const taken = [];
let answer = () => 202;

async function openAccessPoint() {
    const port = await freePort();
    const server = http.createServer((request, response) => {
        const parts = [];
        request.on('data', (part) => parts.push(part));
        request.on('end', () => {
            const status = answer(request);
            taken.push({ status, headers: request.headers, method: request.method, body: Buffer.concat(parts).toString('utf8') });
            response.writeHead(status).end('{}');
        });
    });
    await new Promise((listening) => { server.listen(port, '127.0.0.1', listening); });
    return { url: `http://127.0.0.1:${port}/outbound`, close: () => new Promise((closed) => { server.close(closed); }) };
}

before(async () => {
    postbox = await new Postbox().open();
    access = await openAccessPoint();
    const pipeline = ['--serve=answers,outgoing', ...postbox.options, `--peppol=${access.url}`];
    house = await openHouse({ args: { pipeline, 'pipeline#2': pipeline } });
    ({ buyer, finance, green } = await enter(house));
    order = await confirmedOrder(buyer, green);
    const came = await delivered(green, order, { 0: 10, 1: 7, 2: 3 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: came.lines.map(({ order_line_id, quantity }) =>
        ({ order_line_id, accepted: quantity })) }));
});
after(() => Promise.all([house?.stop(), postbox?.close(), access?.close()]));

async function issued(number, quantities) {
    const draft = await thing(green.post('/invoices', { order_id: order.id, number, lines: units(order, quantities) }));
    return thing(green.command('/invoices', draft, 'issue'));
}

const handed = (id) => house.psql(`SELECT string_agg (way || ' ' || coalesce (ended, 'waits') || ' ' || tries, ', ' ORDER BY way)
    FROM pipeline.hand_over WHERE document_id = '${id}'`);

test('nothing leaves where the buyer did not say so', async () => {
    const invoice = await issued('H-0', { 0: 1 });
    await until(async () => await handed(invoice.id) === 'mail unwanted 1, peppol unwanted 1', 20_000, 'both are looked at');
    assert.deepEqual([taken.length, postbox.mails.length], [0, 0]);
});

test('where invoices go is the organisation\'s own to say', async () => {
    const path = `/organisations/${buyer.org}/invoice-setting`;
    assert.deepEqual(await thing(finance.get(path)), { id: buyer.org, peppol: false });
    for (const email of ['geen adres', 'a@b@c', 'x\r\nBcc: y@z.example', '<x@y.example>']) {
        refused(await finance.put(path, { email }), 400);
    }
    const set = await thing(finance.put(path, { email: 'facturen@stad.example', peppol: true }));
    assert.deepEqual(set, { id: buyer.org, email: 'facturen@stad.example', peppol: true });
    refused(await green.get(path), 404);
    refused(await green.put(path, { email: 'dief@elders.example' }), 404);
});

test('an invoice comes by mail, as PDF and as e-invoice, and at the access point', async () => {
    const invoice = await issued('H-1', { 0: 2, 1: 2 });
    await until(async () => await handed(invoice.id) === 'mail sent 1, peppol sent 1', 20_000, 'both ways took it');
    const [mail] = postbox.mails;
    assert.deepEqual(mail.to, ['facturen@stad.example']);
    assert.equal(mail.subject, 'Factuur H-1 van green (fictief)');
    const boundary = /boundary="([^"]+)"/.exec(mail.raw)[1];
    const parts = mail.raw.split(`--${boundary}`).slice(1, -1).map((part) => {
        const [head, ...body] = part.split('\r\n\r\n');
        return { head, content: Buffer.from(body.join('').replace(/\s/g, ''), 'base64') };
    });
    assert.equal(parts.length, 3);
    assert.match(parts[0].content.toString('utf8'), /^Factuur H-1 van green \(fictief\) is bij deze mail gevoegd/);
    assert.match(parts[1].head, /application\/pdf; name="factuur-H-1\.pdf"/);
    const session = { headers: { cookie: green.cookie } };
    const pdf = Buffer.from(await (await fetch(`${house.url}/v1/invoices/${invoice.id}/pdf`, session)).arrayBuffer());
    assert.ok(parts[1].content.equals(pdf), 'the very file that can be downloaded');
    const xml = must(await green.get(`/invoices/${invoice.id}/ubl`)).body;
    assert.equal(parts[2].content.toString('utf8'), xml);
    assert.equal(taken.length, 1);
    assert.deepEqual([taken[0].method, taken[0].body, taken[0].headers['content-type']], ['POST', xml, 'application/xml']);
    assert.match(taken[0].headers['peppol-receiver'], /^iso6523-actorid-upis::0106:7\d{7}$/);
    assert.match(taken[0].headers['idempotency-key'], /^[0-9a-f-]{36}$/);
});

test('an access point that fails is told again under the same id, and no more once it took it', async () => {
    let failures = 0;
    answer = () => (failures++ < 2 ? 503 : 201);
    const invoice = await issued('H-2', { 0: 1 });
    await until(async () => await handed(invoice.id) === 'mail sent 1, peppol sent 3', 30_000, 'the third time it was taken');
    const [one, two, three] = taken.slice(1);
    assert.deepEqual([one.status, two.status, three.status], [503, 503, 201]);
    assert.equal(new Set([one, two, three].map(({ headers, body }) => headers['idempotency-key'] + body)).size, 1);
    assert.equal(taken.length, 4);
});

test('a service that is killed hands over what it had not, with two processes at it', async () => {
    answer = () => 500;
    const invoice = await issued('H-3', { 0: 1 });
    await until(async () => (await handed(invoice.id)).includes('peppol waits 1'), 20_000, 'it was tried');
    for (const party of [green, finance]) {
        const { hand_overs: ways } = await thing(party.get(`/invoices/${invoice.id}`));
        const peppol = ways.find(({ way }) => way === 'peppol');
        assert.ok(peppol.state === 'failing' && peppol.tries >= 1 && peppol.next_at, JSON.stringify(peppol));
        assert.match(peppol.why, /500/);
    }
    await house.kill('pipeline');
    answer = () => 200;
    await house.start('pipeline', 'pipeline#2');
    await until(async () => (await handed(invoice.id)).includes('peppol sent'), 30_000, 'it was taken');
    const { hand_overs: ways } = await thing(green.get(`/invoices/${invoice.id}`));
    assert.deepEqual(ways.map(({ way, state, why, ended_at: at }) => [way, state, why, typeof at]),
        [['mail', 'sent', undefined, 'string'], ['peppol', 'sent', undefined, 'string']]);
    const tries = taken.filter(({ body }) => body.includes('>H-3<'));
    assert.equal(tries.filter(({ status }) => status === 200).length, 1);
    assert.equal(new Set(tries.map(({ headers }) => headers['idempotency-key'])).size, 1);
    assert.equal(postbox.mails.filter(({ subject }) => subject.startsWith('Factuur H-3')).length, 1);
});

test('a credit note goes the same ways', async () => {
    const { items } = await thing(green.get(`/invoices?orderId=${order.id}`));
    const invoice = items.find(({ number }) => number === 'H-1');
    const draft = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: 'HC-1', reason: 'Te veel.', lines: units(order, { 0: 1 }) }));
    const note = await thing(green.command('/credit-notes', draft, 'issue'));
    await until(async () => await handed(note.id) === 'mail sent 1, peppol sent 1', 20_000, 'both ways took it');
    assert.match(taken.at(-1).body, /<CreditNote /);
    assert.ok(postbox.mails.some(({ subject }) => subject === 'Creditnota HC-1 van green (fictief)'));
});
