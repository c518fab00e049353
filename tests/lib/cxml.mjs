// cxml.mjs - a purchasing system that speaks cXML 1.2: what it sends, how it reads what comes back, and where its baskets go.
import { createServer } from 'node:http';

const type = '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.014/cXML.dtd">';
let documents = 0;

export const escaped = (text) => `${text}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const party = (name, { identity, secret, domain = 'NetworkId' }, more = '') => `<${name}><Credential domain="${domain}"><Identity>${escaped(identity)}</Identity>${
    secret === undefined ? '' : `<SharedSecret>${escaped(secret)}</SharedSecret>`}</Credential>${more}</${name}>`;

/** A whole document around a request, of a system { identity, secret }. */
export const envelope = (system, request, { payload = `doc.${++documents}@inkoop.example`, head = type } = {}) => `<?xml version="1.0" encoding="UTF-8"?>
${head}
<cXML payloadID="${payload}" timestamp="2026-11-29T12:00:00+01:00" xml:lang="nl-NL"><Header>${party('From', { ...system, secret: undefined })}${
    party('To', { identity: 'meerwaarde' })}${party('Sender', system, '<UserAgent>Proef 1.0</UserAgent>')}</Header>
<Request deploymentMode="test">${request}</Request></cXML>`;

const itemId = ({ part, auxiliary }) =>
    `<ItemID><SupplierPartID>${part}</SupplierPartID><SupplierPartAuxiliaryID>${auxiliary}</SupplierPartAuxiliaryID></ItemID>`;

export const setup = ({ cookie, url, operation = 'create', items = [] }) => `<PunchOutSetupRequest operation="${operation}"><BuyerCookie>${
    escaped(cookie)}</BuyerCookie><Extrinsic name="UserEmail">wie.dit.leest@inkoop.example</Extrinsic><BrowserFormPost><URL>${escaped(url)}</URL></BrowserFormPost>${
    items.map((item) => `<ItemOut quantity="${item.quantity}">${itemId(item)}</ItemOut>`).join('')}</PunchOutSetupRequest>`;

/** The order of what came back; `item` changes each line's XML. */
export const order = (basket, number, item = (text) => text) => `<OrderRequest><OrderRequestHeader orderID="${number}" orderDate="2026-11-29T12:00:00+01:00" type="new"><Total><Money currency="EUR">${
    basket.total}</Money></Total></OrderRequestHeader>${basket.items.map((one, at) => item(`<ItemOut quantity="${one.quantity}" lineNumber="${at + 1}">${
    itemId(one)}<ItemDetail><UnitPrice><Money currency="EUR">${one.price}</Money></UnitPrice><Description xml:lang="nl">${escaped(one.description)
    }</Description><UnitOfMeasure>${one.unit}</UnitOfMeasure><Classification domain="CPV">${one.cpv}</Classification></ItemDetail></ItemOut>`, at)).join('')}</OrderRequest>`;

const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const inner = (text, name) => plain(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(text)?.[1] ?? '');

/** Code, text and detail of a Response. */
export const status = (text) => {
    const [, code, word, detail] = /<Status code="(\d+)" text="([^"]*)">([^<]*)<\/Status>/.exec(text) ?? [];
    return { code: Number(code), word: plain(word ?? ''), detail: plain(detail ?? '') };
};
export const startPage = (text) => inner(text, 'URL');

/** What a PunchOutOrderMessage brings back. */
export const basketOf = (message) => ({
    cookie: inner(message, 'BuyerCookie'),
    to: /<To><Credential domain="([^"]*)"><Identity>([^<]*)</.exec(message)?.slice(1).map(plain),
    total: inner(/<Total>.*?<\/Total>/s.exec(message)?.[0] ?? '', 'Money'),
    items: [...message.matchAll(/<ItemIn quantity="(\d+)"[^>]*>(.*?)<\/ItemIn>/gs)].map(([, quantity, text]) => ({
        quantity, part: inner(text, 'SupplierPartID'), auxiliary: inner(text, 'SupplierPartAuxiliaryID'), price: inner(text, 'Money'),
        description: inner(text, 'Description'), unit: inner(text, 'UnitOfMeasure'), cpv: inner(text, 'Classification'),
        supplier: plain(/<Extrinsic name="supplier">([^<]*)</.exec(text)?.[1] ?? ''),
    })),
});

/** A purchasing system: `url` is where baskets go, `baskets` what came, as [cookie, message]. */
export async function purchasingSystem() {
    const baskets = [];
    const server = createServer((request, response) => {
        let body = '';
        request.on('data', (part) => body += part);
        request.on('end', () => {
            const message = new URLSearchParams(body).get('cxml-urlencoded') ?? '';
            if (request.method === 'POST') {
                baskets.push(basketOf(message));
            }
            response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
            response.end(`<!doctype html><html lang="nl"><title>Inkoop</title><h1>Inkoopsysteem</h1><p id="came">${
                escaped(basketOf(message).total)}</p></html>`);
        });
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    return { url: `http://127.0.0.1:${server.address().port}/terug`, baskets, stop: () => new Promise((done) => {
        server.close(done);
        server.closeAllConnections?.();
    }) };
}
