// shop-cast.mjs - offers with fixed prices of several suppliers, and a buyer who puts them into a basket.
import assert from 'node:assert/strict';
import { Client } from '../lib/client.mjs';
import * as cxml from '../lib/cxml.mjs';
import { must, until } from '../lib/house.mjs';
import { thing } from './people.mjs';

/** What a supplier sells; `changes` go over it. */
export const offerOf = (title, price_cents, changes = {}) => ({
    title, description: 'Wordt gemaakt door mensen die lang thuis zaten.', kind: 'product', sector: 'catering',
    cpv: '15800000-6', price_cents, price_mode: 'fixed', unit: 'stuk', vat: 'low', lead_days: 3, fictional: true, ...changes,
});

export async function published(supplier, text) {
    const draft = await thing(supplier.post('/offers', text));
    return thing(supplier.command('/offers', draft, 'publish'));
}

export const line = (offer, quantity) => ({ offer_id: offer.id, quantity });

/** A basket, as soon as pipeline has heard of its offers. */
export const filled = async (buyer, lines, more = {}) => must(await until(async () => {
    const answer = await buyer.post('/baskets', { lines, ...more });
    const unheard = answer.status === 400 && answer.body.errors.every(({ reason }) => reason.includes('offer on the market'));
    return !unheard && answer;
}, 10_000, 'pipeline knows the offers')).body;

/** Posts a document in cXML to `setup` or `order`: the answer, with the code, word and detail of its Status. */
export const sendCxml = async (house, path, text, headers = {}) => {
    const answer = await new Client(house.url).request('POST', `/cxml/${path}`, { body: text,
        headers: { 'content-type': 'text/xml; charset=UTF-8', 'idempotency-key': null, ...headers } });
    return { ...answer, ...cxml.status(`${answer.body}`) };
};

/** The guest of a purchasing system, for whom a setup was answered; `basket` is theirs. */
export async function guestOf(house, answer) {
    const [, token] = /#gast=([0-9a-f]{64})$/.exec(cxml.startPage(answer.body)) ?? assert.fail(answer.body);
    const client = new Client(house.url);
    client.session = must(await until(async () => {
        const entered = await client.post('/guest-sessions', { token });
        return entered.status === 201 && entered;
    }, 10_000, 'identity knows the guest')).body;
    const { items: [basket] } = await thing(client.get('/baskets?state=open'));
    return Object.assign(client, { basket, token });
}

export const fill = (guest, lines) => thing(guest.put(`/baskets/${guest.basket.id}`, { lines }, guest.basket.version));

/** A purchasing system of the buyer's that works: { identity, secret, id }. */
export async function connected(house, buyer, identity, return_url) {
    const { id, secret } = await thing(buyer.post('/purchase-systems', { label: 'Inkoop', identity, return_url }));
    await until(async () => (await sendCxml(house, 'setup', cxml.envelope({ identity, secret },
        cxml.setup({ cookie: 'eerste', url: return_url })))).code === 200, 10_000, 'identity knows the secret');
    return { id, identity, secret };
}

/** An order in UBL 2.1; a line is `[offer or its number, quantity, price, unit code]`. */
export const orderUbl = (number, lines, { head = '', profile = 'urn:fdc:peppol.eu:poacc:trns:order:3', currency = 'EUR', seller = '', sum } = {}) => `<?xml version="1.0" encoding="UTF-8"?>
${head}<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>${profile}</cbc:CustomizationID><cbc:ID>${number}</cbc:ID><cbc:DocumentCurrencyCode>${currency}</cbc:DocumentCurrencyCode>${seller
    && `<cac:SellerSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:CompanyID schemeID="0106">${seller}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:SellerSupplierParty>`}
${sum === undefined ? '' : `<cac:AnticipatedMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">${sum}</cbc:LineExtensionAmount></cac:AnticipatedMonetaryTotal>`}
${lines.map(([offer, quantity, price, unit = 'H87'], at) => `<cac:OrderLine><cac:LineItem><cbc:ID>${at + 1}</cbc:ID><cbc:Quantity unitCode="${unit}">${quantity}</cbc:Quantity>
<cac:Price><cbc:PriceAmount currencyID="EUR">${price}</cbc:PriceAmount></cac:Price><cac:Item><cbc:Name>Iets</cbc:Name><cac:SellersItemIdentification><cbc:ID>${
    offer.id ?? offer}</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:LineItem></cac:OrderLine>`).join('')}</Order>`;
