// ubl-in.test.mjs - uploaded e-invoices become drafts; hostile and wrong ones are refused with what is wrong, and leave nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, units } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, buyer, green, blue, order, invoice, xml;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue } = await enter(house));
    order = await confirmedOrder(buyer, green);
    const came = await delivered(green, order, { 0: 10, 1: 7, 2: 3 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: came.lines.map(({ order_line_id, quantity }) =>
        ({ order_line_id, accepted: quantity })) }));
    const draft = await thing(green.post('/invoices', { order_id: order.id, number: 'A-1', lines: units(order, { 0: 2, 1: 1 }) }));
    invoice = await thing(green.command('/invoices', draft, 'issue'));
    xml = must(await green.get(`/invoices/${invoice.id}/ubl`)).body;
});
after(() => house?.stop());

const upload = (client, text, path = '/invoices', headers = {}) =>
    client.request('POST', `${path}/_import`, { body: text, headers: { 'content-type': 'application/xml', ...headers } });
const numbered = (number, change = (text) => text) => change(xml.replaceAll('>A-1<', `>${number}<`));
const counts = () => house.psql(`SELECT (SELECT count (*) FROM pipeline.invoice), (SELECT count (*) FROM pipeline.credit_note),
    (SELECT sum (invoiced) FROM pipeline.order_line), (SELECT count (*) FROM pipeline.document_number)`);

test('an e-invoice becomes a draft of the order that it names', async () => {
    const answer = must(await upload(green, numbered('B-1')));
    assert.equal(answer.status, 201);
    const made = answer.body;
    assert.equal(answer.headers.get('location'), `/v1/invoices/${made.id}`);
    assert.deepEqual([made.state, made.number, made.order_id, made.net_cents, made.vat_cents, made.due_on],
        ['draft', 'B-1', order.id, invoice.net_cents, invoice.vat_cents, invoice.due_on]);
    const sent = await thing(green.command('/invoices', made, 'issue'));
    assert.equal(sent.state, 'matched');
});

test('what it says is what is compared: another price is a draft, and a mismatch once it is sent', async () => {
    const dearer = numbered('B-2', (text) => text.replaceAll('>13.33<', '>14.00<').replaceAll('>26.66<', '>28.00<')
        .replaceAll('>5.60<', '>5.88<').replaceAll('>5.78<', '>6.06<').replaceAll('>28.71<', '>30.05<').replaceAll('>34.49<', '>36.11<'));
    const made = must(await upload(green, dearer)).body;
    assert.deepEqual(made.lines[0].differences, ['price']);
    assert.equal((await thing(green.command('/invoices', made, 'issue'))).state, 'mismatch');
});

test('a credit note becomes a draft for the invoice that it names', async () => {
    const draft = await thing(green.post('/credit-notes', { invoice_id: invoice.id, number: 'C-1', reason: 'Eén te veel.', lines: units(order, { 0: 1 }) }));
    await thing(green.command('/credit-notes', draft, 'issue'));
    const text = must(await green.get(`/credit-notes/${draft.id}/ubl`)).body;
    const made = must(await upload(green, text.replaceAll('>C-1<', '>C-2<'), '/credit-notes')).body;
    assert.deepEqual([made.state, made.reason, made.gross_cents], ['draft', 'Eén te veel.', 1613]);
    const stray = await upload(green, text.replaceAll('>A-1<', '>A-99<'), '/credit-notes');
    refused(stray, 400);
    assert.equal(stray.body.errors[0].path, 'cac:BillingReference');
});

const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) =>
    `<!ENTITY a${at} "${`&a${at === 0 ? '' : at - 1};`.repeat(10)}">`).join('')}]>`;
const head = '<?xml version="1.0" encoding="UTF-8"?>';
/** What comes in, and where the answer says that it is wrong. */
const hostile = {
    'an external entity': [(text) => text.replace(head, `${head}<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>`).replace('>A-1<', '>&x;<'), '', 'DOCTYPE'],
    'an external document type': [(text) => text.replace(head, `${head}<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:1/x.dtd">`), '', 'DOCTYPE'],
    'a parameter entity': [(text) => text.replace(head, `${head}<!DOCTYPE Invoice [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x">%x;]>`), '', 'DOCTYPE'],
    'a billion laughs': [(text) => text.replace(head, head + laughs).replace('>A-1<', '>&a8;<'), '', 'DOCTYPE'],
    'an entity that nobody declared': [(text) => text.replace('>A-1<', '>&x;<'), '', 'XML'],
    'a hundred thousand levels': [() => `${head}${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`, '', 'XML'],
    'no XML at all': [() => '{"order_id": 1}', '', 'XML'],
    'half a document': [(text) => text.slice(0, text.length / 2), '', 'XML'],
    'bytes that are no UTF-8': [(text) => Buffer.from(text.replace('>A-1<', '>\u00e9<'), 'latin1'), '', 'XML'],
    'an encoding that is none': [(text) => text.replace('encoding="UTF-8"', 'encoding="EBCDIC-X"'), '', 'XML'],
    'another namespace': [(text) => text.replace('schema:xsd:Invoice-2', 'schema:xsd:Invoice-3'), '', 'element Invoice'],
    'another document': [(text) => text.replaceAll('<Invoice ', '<Order ').replaceAll('</Invoice>', '</Order>'), '', 'element Invoice'],
    'another currency': [(text) => text.replace('Code>EUR<', 'Code>USD<'), 'cbc:DocumentCurrencyCode', 'EUR'],
    'another norm': [(text) => text.replace('urn:cen.eu:en16931:2017', 'urn:acme'), 'cbc:CustomizationID', 'EN 16931'],
    'no number': [(text) => text.replace(/<cbc:ID>A-1<\/cbc:ID>/, ''), 'cbc:ID', 'missing'],
    'no lines': [(text) => text.replace(/<cac:InvoiceLine>[\s\S]*<\/cac:InvoiceLine>/, ''), 'cac:InvoiceLine', 'missing'],
    'a hundred and one lines': [(text) => text.replace(/<cac:InvoiceLine>[\s\S]*?<\/cac:InvoiceLine>/, (line) => line.repeat(101)), 'cac:InvoiceLine', 'hundred'],
    'half a unit': [(text) => text.replace('>2</cbc:InvoicedQuantity>', '>1.5</cbc:InvoicedQuantity>'), 'cac:InvoiceLine[1]/cbc:InvoicedQuantity', 'whole'],
    'units below zero': [(text) => text.replace('>2</cbc:InvoicedQuantity>', '>-2</cbc:InvoicedQuantity>'), 'cac:InvoiceLine[1]/cbc:InvoicedQuantity', 'below zero'],
    'more units than there are numbers': [(text) => text.replace('>2</cbc:InvoicedQuantity>', '>99999999999999999999</cbc:InvoicedQuantity>'), 'cac:InvoiceLine[1]/cbc:InvoicedQuantity', 'whole'],
    'a line that does not add up': [(text) => text.replace('>26.66</cbc:LineExtensionAmount>', '>26.67</cbc:LineExtensionAmount>'), 'cac:InvoiceLine[1]/cbc:LineExtensionAmount', 'times'],
    'sums that do not add up': [(text) => text.replace(/(TaxInclusiveAmount currencyID="EUR">)\d+/, '$199'), 'cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount', 'VAT'],
    'VAT that does not add up': [(text) => text.replaceAll('>A-1<', '>B-7<').replace(/(<cac:TaxTotal>\s*<cbc:TaxAmount currencyID="EUR">)[\d.]+/, '$16.78').replace(/(TaxInclusiveAmount currencyID="EUR">)[\d.]+/, '$135.49'), 'cac:TaxTotal/cbc:TaxAmount', 'rounded once'],
    'a rate that is none': [(text) => text.replaceAll('<cbc:Percent>21<', '<cbc:Percent>19<'), 'line 1', 'rate of VAT'],
    'a line that the order has not': [(text) => text.replace('<cbc:LineID>1<', '<cbc:LineID>77<'), 'line 1', 'line of the order'],
    'an order of nobody': [(text) => text.replace(/<cac:OrderReference>\s*<cbc:ID>[^<]*/, '<cac:OrderReference><cbc:ID>PO-9'), 'cac:OrderReference/cbc:ID', 'not an order'],
    'the account of a thief': [(text) => text.replace(/(<cac:PayeeFinancialAccount>\s*<cbc:ID>)[^<]*/, '$1NL91ABNA0417164300'), 'cac:PaymentMeans', 'account'],
    'a supplier who is another': [(text) => text.replace(/(<cac:AccountingSupplierParty>[\s\S]*?<cbc:CompanyID schemeID="0106">)\d+/, '$112345678'), 'cac:AccountingSupplierParty', 'your organisation'],
    'a buyer who is another': [(text) => text.replace(/(<cac:AccountingCustomerParty>[\s\S]*?<cbc:CompanyID schemeID="0106">)\d+/, '$112345678'), 'cac:AccountingCustomerParty', 'placed the order'],
    'a due date that is none': [(text) => text.replace(/<cbc:DueDate>[^<]*/, '<cbc:DueDate>2026-02-30'), 'due_on', 'date'],
};

test('what is hostile or wrong is refused with what is wrong, and nothing is half done', async () => {
    const [before, memory] = [await counts(), await residentKb()];
    for (const [name, [change, path, reason]] of Object.entries(hostile)) {
        const text = change(xml);
        assert.notEqual(text, xml, `${name} changes something`);
        const answer = await upload(green, text);
        assert.equal(answer.status, 400, `${name}: ${JSON.stringify(answer.body)}`);
        const fault = answer.body.errors.find((each) => each.path === path && each.reason.includes(reason));
        assert.ok(fault, `${name}: ${JSON.stringify(answer.body.errors)}`);
    }
    assert.equal(await counts(), before);
    assert.ok(await residentKb() - memory < 64 * 1024, 'pipeline did not swell');
});

async function residentKb() {
    const { readFileSync } = await import('node:fs');
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${house.pid('pipeline')}/status`, 'utf8'))[1]);
}

test('size, type and whose it is are looked at first', async () => {
    refused(await upload(green, xml.padEnd(1_100_000)), 413);
    refused(await upload(green, xml, '/invoices', { 'content-type': 'application/json' }), 400);
    refused(await upload(green, ''), 400);
    refused(await upload(blue, numbered('X-1')), 400);
    refused(await upload(buyer, numbered('X-1')), 404);
    refused(await upload(house.nobody(), numbered('X-1')), 401);
    refused(await upload(green, xml), 409, 'number_once');
    const many = numbered('B-9', (text) => text.replace('>2</cbc:InvoicedQuantity>', '>9</cbc:InvoicedQuantity>')
        .replace('>26.66</cbc:LineExtensionAmount>\n  <cac:OrderLine', '>119.97</cbc:LineExtensionAmount>\n  <cac:OrderLine'));
    assert.equal((await upload(green, many)).status, 400);
});
