// print.test.mjs - printed invoices, credit notes and orders, read back with the tools that readers have.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { delivered, enter, openNeed, units } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

const skip = existsSync('/usr/bin/pdftotext') ? false : 'pdftotext is not here';

let house, buyer, green, stranger, order, invoice;

const lines = [
    { description: 'Snoeien van de Ĳ-dijk in ’s-Hertogenbosch & omgeving', unit: 'uur', quantity: 10, unit_price_cents: 123_456, vat: 'high' },
    { description: 'Łódź-rozen, één (1) doos à 12 stuks', unit: 'doos', quantity: 7, unit_price_cents: 205, vat: 'low' },
    ...Array.from({ length: 58 }, (_, at) => ({ description: `Regel ${at + 3}: ${'een heel lang stuk tekst '.repeat(6).trim()}`,
        unit: 'stuk', quantity: at + 1, unit_price_cents: 100 + at, vat: at % 2 ? 'high' : 'zero' })),
];

before(async () => {
    house = await openHouse();
    ({ buyer, green, stranger } = await enter(house));
    const need = await openNeed(buyer);
    const draft = await thing(green.post('/quotes', { need_id: need.id, lines }));
    const quote = await thing(green.command('/quotes', draft, 'submit'));
    must(await (buyer.chief ?? buyer).command('/needs', need, 'award', { quote_id: quote.id, motivation: 'Goed en passend.' }));
    const placed = await thing(buyer.post('/orders', { quote_id: quote.id, reference: 'INK-2026-7' }));
    order = await thing(green.command('/orders', placed, 'confirm'));
    const came = await delivered(green, order, Object.fromEntries(lines.map(({ quantity }, at) => [at, quantity])));
    must(await buyer.command('/deliveries', came, 'accept', { lines: came.lines.map(({ order_line_id, quantity }) =>
        ({ order_line_id, accepted: quantity })) }));
    const written = await thing(green.post('/invoices', { order_id: order.id, number: '2026/1', note: 'Met dank.',
        lines: came.lines.map(({ order_line_id, quantity }) => ({ order_line_id, quantity })) }));
    invoice = await thing(green.command('/invoices', written, 'issue'));
});
after(() => house?.stop());

/** The bytes of a document as this client gets them. */
async function bytes(client, target) {
    const response = await fetch(`${house.url}/v1${target}`, { headers: { cookie: client.cookie } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'application/pdf');
    assert.match(response.headers.get('content-disposition'), /^attachment; filename="[a-z]+-[A-Za-z0-9.-]+\.pdf"$/);
    return Buffer.from(await response.arrayBuffer());
}

async function read(pdf, tool = 'pdftotext', args = ['-layout']) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'print-'));
    const file = path.join(directory, 'it.pdf');
    writeFileSync(file, pdf);
    return new Promise((resolve, reject) => {
        execFile(tool, [...args, file, ...(tool === 'pdftotext' ? ['-'] : [])], { maxBuffer: 1 << 24 }, (error, out) => {
            rmSync(directory, { recursive: true, force: true });
            error ? reject(error) : resolve(out);
        });
    });
}

test('an invoice says in Dutch what it is, over as many pages as it needs', { skip }, async () => {
    must(await buyer.get(`/invoices/${invoice.id}/pdf`));
    const pdf = await bytes(buyer, `/invoices/${invoice.id}/pdf`);
    const text = await read(pdf);
    for (const words of ['Factuur 2026/1', 'Snoeien van de Ĳ-dijk', '’s-Hertogenbosch', 'Łódź-rozen', '€ 1.234,56', '€ 12.345,60',
        'Uw bestelling', 'INK-2026-7', 'Te betalen, inclusief btw', 'Met dank.', 'Pagina 1 van', 'IBAN NL', 'Dit is een fictief voorbeeld']) {
        assert.ok(text.includes(words), words);
    }
    const pages = Number(/^Pages: +(\d+)/m.exec(await read(pdf, 'pdfinfo', []))[1]);
    assert.ok(pages >= 3, `${pages} pages`);
    assert.ok(text.includes(`Pagina ${pages} van ${pages}`));
    text.split('\f').slice(0, pages - 1).forEach((page) => assert.ok(page.includes('Omschrijving'), 'the head comes again'));
    for (let at = 3; at <= 60; at++) {
        assert.ok(text.includes(`Regel ${at}: een heel`), `line ${at}`);
    }
    const fonts = (await read(pdf, 'pdffonts', [])).split('\n').slice(2).filter(Boolean);
    assert.ok(fonts.length > 0 && fonts.every((font) => / yes +yes +yes /.test(font)), 'every font is in the file, and can be read back');
});

test('the same invoice is the same file, to the byte', async () => {
    const [one, other] = [await bytes(buyer, `/invoices/${invoice.id}/pdf`), await bytes(green, `/invoices/${invoice.id}/pdf`)];
    assert.ok(one.equals(other));
});

test('credit notes and orders are printed too', { skip }, async () => {
    const draft = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: 'C-1', reason: 'Eén doos was stuk.',
        lines: units(order, { 1: 1 }) }));
    refused(await green.get(`/credit-notes/${draft.id}/pdf`), 404);
    const note = await thing(green.command('/credit-notes', draft, 'issue'));
    must(await buyer.get(`/credit-notes/${note.id}/pdf`));
    const text = await read(await bytes(buyer, `/credit-notes/${note.id}/pdf`));
    for (const words of ['Creditnota C-1', 'Eén doos was stuk.', 'Bij factuur', '2026/1', 'Dit bedrag gaat af van factuur']) {
        assert.ok(text.includes(words), words);
    }
    must(await green.get(`/orders/${order.id}/pdf`));
    assert.match(await read(await bytes(green, `/orders/${order.id}/pdf`)), /Bestelling Onderhoud van de binnentuin/);
    refused(await stranger.get(`/orders/${order.id}/pdf`), 404);
});
