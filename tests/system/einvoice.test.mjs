// einvoice.test.mjs - invoices and credit notes from the running system under the official rules, and that each of more
// than twenty named mutations of them is refused by the rule it breaks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { judge, noRules, schemaFaultsOf } from '../lib/einvoice.mjs';
import { delivered, enter, openNeed } from './deal-cast.mjs';
import { admit, founder, refused, thing } from './people.mjs';

let house, desk, buyer, green, stranger;
const documents = {};   // name -> XML
let invoice, note;      // the richest ones

before(async () => {
    house = await openHouse();
    ({ desk, buyer, green, stranger } = await enter(house));
});
after(() => house?.stop());

const line = (description, quantity, unit_price_cents, vat = 'high', unit = 'uur') =>
    ({ description, unit, quantity, unit_price_cents, vat });

/** An order of these lines that came whole and was accepted. */
async function accepted(supplier, lines, reference, changes) {
    const need = await openNeed(buyer, changes);
    const draft = await thing(supplier.post('/quotes', { need_id: need.id, lines }));
    const quote = await thing(supplier.command('/quotes', draft, 'submit'));
    must(await (buyer.chief ?? buyer).command('/needs', need, 'award', { quote_id: quote.id, motivation: 'Goed en passend.' }));
    const placed = await thing(buyer.post('/orders', { quote_id: quote.id, reference }));
    const order = await thing(supplier.command('/orders', placed, 'confirm'));
    const came = await delivered(supplier, order, Object.fromEntries(lines.map(({ quantity }, at) => [at, quantity])));
    must(await buyer.command('/deliveries', came, 'accept', { lines: came.lines.map(({ order_line_id, quantity }) =>
        ({ order_line_id, accepted: quantity })) }));
    return order;
}

const all = (order) => order.lines.map(({ id, ordered }) => ({ order_line_id: id, quantity: ordered }));

async function billed(supplier, order, number, what = {}) {
    const draft = await thing(supplier.post('/invoices', { order_id: order.id, number, lines: all(order), ...what }));
    return thing(supplier.command('/invoices', draft, 'issue'));
}

async function kept(client, path, name) {
    const answer = must(await client.get(path));
    assert.equal(answer.headers.get('content-type'), 'application/xml');
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename="[a-z]+-[A-Za-z0-9.-]+\.xml"$/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    documents[name] = answer.body;
    return answer.body;
}

/** What each fixture is about. */
const fixtures = {
    'three-rates': [line('Snoeien', 10, 1333), line('Vaste planten', 7, 205, 'low', 'stuk'), line('Advies', 3, 101, 'zero')],
    'half-cents': [line('Eén cent', 1, 1, 'high', 'zak'), line('Halve cent', 1, 50, 'low', 'm²'), line('Drie', 3, 1, 'high')],
    'rounding-up': Array.from({ length: 9 }, (_, at) => line(`Regel ${at + 1}`, at + 1, 333 * (at + 1) + at, at % 2 ? 'low' : 'high')),
    'nothing-to-pay': [line('Proefles', 1, 0, 'zero', 'dag')],
    'ten-thousand': [line('Groot werk', 10_000, 99, 'high', 'stuk')],
    'long-texts': [line('Onderhoud van plantsoenen, perken en bermen in alle wijken. '.repeat(5).slice(0, 300).trim(), 2, 12_345, 'low', 'een hele lange eenheid van werk')],
    'special-characters': [line('<1>Vet< /1> & "snel" \'dus\' ]]> --> &amp; \u0001\u001f\uffff einde', 3, 777, 'high', '<&>')],
    'foreign-letters': [line('Ångström, Łódź, Ελλάδα, Київ, 東京, עברית, ﷽, 👩🏽‍🌾 en ij', 5, 1995, 'low')],
};

test('documents of every kind are made by the running system', async () => {
    const hague = await founder(house, '’s-Hertogenbosche Bakkerij “De Ĳ” & Zn. <1903>', 'enterprise',
        { street: '’t Zand', house_number: '12-bis', postcode: '5211 AX', city: '’s-Hertogenbosch', payment_days: 14 });
    await admit(house, desk, hague);
    for (const [name, lines] of Object.entries(fixtures)) {
        const supplier = name === 'foreign-letters' ? hague : green;
        const order = await accepted(supplier, lines, name === 'half-cents' ? undefined : `INK/2026 ${name} <&>`);
        const made = await billed(supplier, order, `2026/${name}`, { note: 'Met dank voor de opdracht & tot ziens.' });
        assert.equal(made.state, 'matched');
        await kept(buyer, `/invoices/${made.id}/ubl`, `${name}.xml`);
        await kept(supplier, `/orders/${order.id}/ubl`, `order-${name}.xml`);
        const draft = await thing(supplier.post('/credit-notes', { invoice_id: made.id, number: `C-${name}`,
            reason: 'Niet goed: <1te veel> & "stuk".', lines: all(order).slice(0, 2).map((each) => ({ ...each, quantity: 1 })) }));
        const credit = await thing(supplier.command('/credit-notes', draft, 'issue'));
        await kept(buyer, `/credit-notes/${credit.id}/ubl`, `credit-${name}.xml`);
        if (name === 'three-rates') {
            [invoice, note] = [documents[`${name}.xml`], documents[`credit-${name}.xml`]];
        }
    }
    const rest = await accepted(green, [line('Drie delen', 3, 3350, 'high')], 'rest');
    const whole = await billed(green, rest, 'heel');
    for (const number of ['deel-1', 'deel-2', 'deel-3']) {
        const draft = await thing(green.post('/credit-notes', { invoice_id: whole.id, number, reason: 'In delen terug.',
            lines: [{ order_line_id: rest.lines[0].id, quantity: 1 }] }));
        const credit = await thing(green.command('/credit-notes', draft, 'issue'));
        await kept(buyer, `/credit-notes/${credit.id}/ubl`, `${number}.xml`);
    }
});

test('what a document says is what the system knows', () => {
    assert.match(invoice, /<cbc:CustomizationID>urn:cen\.eu:en16931:2017#compliant#urn:fdc:nen\.nl:nlcius:v1\.0</);
    assert.match(invoice, /<cbc:ItemClassificationCode listID="STI">77310000-6</);
    assert.match(invoice, /<cbc:CompanyID schemeID="0106">7\d{7}</);
    assert.match(documents['foreign-letters.xml'], /<cbc:CityName>’s-Hertogenbosch</);
    assert.match(documents['foreign-letters.xml'], /<cbc:StreetName>’t Zand 12-bis</);
    assert.match(documents['special-characters.xml'], /&lt;1&gt;Vet&lt; \/1&gt; &amp; /);
    assert.match(note, /<cbc:CreditNoteTypeCode>381</);
});

test('a document is for its two parties, once it was sent', async () => {
    const order = await accepted(green, [line('Werk', 2, 1000)], 'R');
    const draft = await thing(green.post('/invoices', { order_id: order.id, number: 'concept', lines: all(order) }));
    refused(await green.get(`/invoices/${draft.id}/ubl`), 404);
    refused(await buyer.get(`/invoices/${draft.id}/ubl`), 404);
    refused(await stranger.get(`/orders/${order.id}/ubl`), 404);
    refused(await house.nobody().get(`/orders/${order.id}/ubl`), 401);
});

/** Named mutations: what is done to a good document, and the rule that has to object. */
const cut = (pattern) => (xml) => xml.replace(pattern, '');
const swap = (from, to) => (xml) => xml.replace(from, to);
/** Within the first element of that name. */
const inside = (element, change) => (xml) =>
    xml.replace(new RegExp(`<${element}>[\\s\\S]*?</${element}>`), (part) => change(part));
const supplier = (change) => inside('cac:AccountingSupplierParty', change);
const customer = (change) => inside('cac:AccountingCustomerParty', change);
const mutations = {
    'another profile': [swap('#compliant#urn:fdc:nen.nl:nlcius:v1.0', ''), 'SI-V20-INV-R000'],
    'supplier known by an unknown number': [supplier(swap(/(CompanyID schemeID=")0106/, '$10088')), 'BR-NL-1'],
    'no order reference': [cut(/<cac:OrderReference>[\s\S]*?<\/cac:OrderReference>/), 'BR-NL-2'],
    'an order line without an order': [cut(/<cac:OrderReference>[\s\S]*?<\/cac:OrderReference>/), 'BR-NL-13'],
    'supplier without a postcode': [supplier(cut(/<cbc:PostalZone>.*<\/cbc:PostalZone>/)), 'BR-NL-3'],
    'customer without a street': [customer(cut(/<cbc:StreetName>.*<\/cbc:StreetName>/)), 'BR-NL-4'],
    'customer known by an unknown number': [customer(swap(/(CompanyID schemeID=")01\d\d/, '$10088')), 'BR-NL-10'],
    'no way to pay': [cut(/<cac:PaymentMeans>[\s\S]*?<\/cac:PaymentMeans>/), 'BR-NL-11'],
    'paid in cash': [swap('<cbc:PaymentMeansCode>58<', '<cbc:PaymentMeansCode>10<'), 'BR-NL-12'],
    'a type that is none here': [swap('<cbc:InvoiceTypeCode>380<', '<cbc:InvoiceTypeCode>326<'), 'BR-NL-7'],
    'lines that do not add up': [inside('cac:LegalMonetaryTotal', swap(/(LineExtensionAmount currencyID="EUR">)\d+/, '$1999')), 'BR-CO-10'],
    'VAT that does not add up': [inside('cac:TaxTotal', swap(/(TaxAmount currencyID="EUR">)\d+/, '$1999')), 'BR-CO-14'],
    'a sum without the VAT': [inside('cac:LegalMonetaryTotal', swap(/(TaxInclusiveAmount currencyID="EUR">)\d+/, '$1999')), 'BR-CO-15'],
    'another amount to pay': [inside('cac:LegalMonetaryTotal', swap(/(PayableAmount currencyID="EUR">)\d+/, '$1999')), 'BR-CO-16'],
    'VAT of a rate reckoned wrong': [inside('cac:TaxSubtotal', swap(/(TaxAmount currencyID="EUR">)\d+/, '$1999')), 'BR-S-09'],
    'a rate with another base': [inside('cac:TaxSubtotal', swap(/(TaxableAmount currencyID="EUR">)\d+/, '$1999')), 'BR-S-08'],
    'never due': [cut(/<cbc:DueDate>.*<\/cbc:DueDate>/), 'BR-CO-25'],
    'supplier without a VAT number': [supplier(cut(/<cac:PartyTaxScheme>[\s\S]*?<\/cac:PartyTaxScheme>/)), 'BR-S-02'],
    'a line without a name': [inside('cac:Item', cut(/<cbc:Name>.*<\/cbc:Name>/)), 'BR-25'],
    'a price below zero': [inside('cac:Price', swap(/(PriceAmount currencyID="EUR">)/, '$1-')), 'BR-27'],
    'a country that is none': [supplier(swap('<cbc:IdentificationCode>NL<', '<cbc:IdentificationCode>ZZ<')), 'BR-CL-14'],
    'a currency that is none': [swap('<cbc:DocumentCurrencyCode>EUR<', '<cbc:DocumentCurrencyCode>EUROS<'), 'BR-CL-04'],
    'a code list that is none': [swap('listID="STI"', 'listID="CPV"'), 'BR-CL-13'],
    'a unit in words': [swap('unitCode="HUR"', 'unitCode="uur"'), 'BR-CL-23'],
    'a date that is none': [swap(/<cbc:IssueDate>[^<]*/, '<cbc:IssueDate>29-11-2026'), 'schema'],
    'an element out of order': [(xml) => swap(/(<cbc:ID>[^<]*<\/cbc:ID>)\s*(<cbc:IssueDate>[^<]*<\/cbc:IssueDate>)/, '$2$1')(xml), 'schema'],
    'a credit note that says invoice': [swap('<cbc:CreditNoteTypeCode>381<', '<cbc:CreditNoteTypeCode>380<'), 'BR-NL-8', true],
};

test('every document keeps the schema, EN 16931 and NLCIUS, and every mutation is refused by its rule', { skip: noRules }, async () => {
    const names = Object.keys(documents).filter((name) => !name.startsWith('order-'));
    assert.ok(names.length >= 19 && Object.keys(mutations).length >= 20);
    const mutants = Object.fromEntries(Object.values(mutations).map(([change, , ofNote], at) =>
        [`mutant-${at}.xml`, change(ofNote ? note : invoice)]));
    const verdict = await judge({ ...Object.fromEntries(names.map((name) => [name, documents[name]])), ...mutants });
    for (const name of names) {
        assert.deepEqual([verdict[name].schema, verdict[name].rules], [[], []], `${name}\n${documents[name]}`);
        assert.ok(verdict[name].fired > 60, `${name}: rules looked at it`);
    }
    for (const [at, [name, [, rule, ofNote]]] of Object.entries(mutations).entries()) {
        assert.notEqual(mutants[`mutant-${at}.xml`], ofNote ? note : invoice, `${name} changes something`);
        const { schema, rules } = verdict[`mutant-${at}.xml`];
        assert.ok(rule === 'schema' ? schema.length > 0 : rules.includes(rule), `${name}: ${rule} is not among ${rules} ${schema}`);
    }
});

test('orders keep the schema of UBL 2.1', { skip: noRules }, async () => {
    const orders = Object.entries(documents).filter(([name]) => name.startsWith('order-'));
    assert.equal(orders.length, Object.keys(fixtures).length);
    assert.deepEqual(await schemaFaultsOf(Object.fromEntries(orders), 'Order'), []);
    const broken = orders.map(([name, xml]) => [name, xml.replace('<cbc:OrderTypeCode>', '<cbc:OrderTypeCod>')]);
    assert.notDeepEqual(await schemaFaultsOf(Object.fromEntries(broken), 'Order'), []);
});
