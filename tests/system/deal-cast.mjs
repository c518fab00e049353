// deal-cast.mjs - who takes part in the tests of the deal, and a deal brought to where one begins.
import { must } from '../lib/house.mjs';
import { admit, colleague, founder, moderator } from './people.mjs';

const inAYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 19) + 'Z';

/**
 * The cast: `desk` admits; `buyer` buys for a municipality, `buyer.chief` decides there, since nobody decides on what they
 * wrote themselves, and `finance` pays; `green` and `blue` are admitted enterprises; `stranger` buys for somebody else.
 */
export async function enter(house, policy) {
    const desk = await moderator(house);
    const buyer = await founder(house, 'buyer', 'municipality');
    const stranger = await founder(house, 'stranger', 'company');
    const green = await founder(house, 'green', 'enterprise');
    const blue = await founder(house, 'blue', 'enterprise');
    const finance = await colleague(house, buyer, 'finance', 'FINANCE');
    await staff(house, buyer, 'chief', policy);
    await admit(house, desk, buyer, green, blue);
    return { desk, buyer, finance, green, blue, stranger };
}

/** Gives a buyer somebody who decides, with a mandate. */
export async function chief(house, buyer, name) {
    buyer.chief = await colleague(house, buyer, name, 'APPROVER');
    must(await buyer.post('/mandates', { account_id: buyer.chief.account, max_cents: 100_000_000, valid_from: '2020-01-01' }));
}

/** Gives a municipality somebody who decides, and room to buy the same thing over and over. */
export async function staff(house, buyer, name, policy = {}) {
    await chief(house, buyer, name);
    const { body } = must(await buyer.post('/purchase-policies', policyText(policy)));
    must(await buyer.command('/purchase-policies', body, 'adopt'));
}

export const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });

/** A policy with much room; `changes` go over it. */
export const policyText = (changes = {}) => ({
    valid_from: today(), single_max_cents: 1_000_000_000, multi_max_cents: 2_000_000_000,
    works_single_max_cents: 1_000_000_000, works_multi_max_cents: 2_000_000_000, min_invites: 3, max_invites: 5,
    min_days_invited: 10, min_days_open: 20, window_days: 365, extend_days: 7, source: 'Besluit voor de proef', fictional: true,
    ...changes,
});

/** What a buyer writes; `changes` go over it. */
export const needText = (changes = {}) => ({
    title: 'Onderhoud van de binnentuin',
    description: 'Wekelijks onderhoud van de binnentuin, van maart tot en met oktober.',
    kind: 'service',
    sector: 'green',
    cpv: ['77310000-6'],
    budget_cents: 500_000,
    municipality: 'GM0153',
    quote_deadline: inAYear(),
    goals: ['inclusive_labour'],
    fictional: true,
    ...changes,
});

/** Two rates of VAT, and prices at which rounding per line would differ from rounding per rate. */
export const lines = [
    { description: 'Snoeien', unit: 'uur', quantity: 10, unit_price_cents: 1333, vat: 'high' },
    { description: 'Vaste planten', unit: 'stuk', quantity: 7, unit_price_cents: 205, vat: 'low' },
    { description: 'Afvoeren', unit: 'zak', quantity: 3, unit_price_cents: 101, vat: 'high' },
];

export async function openNeed(buyer, changes) {
    const { body } = must(await buyer.post('/needs', needText(changes)));
    return must(await buyer.command('/needs', body, 'publish')).body;
}

export async function submittedQuote(supplier, need, what = lines) {
    const { body } = must(await supplier.post('/quotes', { need_id: need.id, lines: what }));
    return must(await supplier.command('/quotes', body, 'submit')).body;
}

/** A need of the buyer's, awarded to the supplier's only quote. */
export async function awardedQuote(buyer, supplier, what = lines) {
    const need = await openNeed(buyer);
    const quote = await submittedQuote(supplier, need, what);
    must(await buyer.chief.command('/needs', need, 'award',
        { quote_id: quote.id, motivation: 'De enige, en een goede.' }));
    return quote;
}

/** An agreement about such a quote, signed by both. */
export async function inForce(buyer, supplier, kind = 'framework', what = lines) {
    const quote = await awardedQuote(buyer, supplier, what);
    const { body } = must(await buyer.post('/agreements', { quote_id: quote.id, kind }));
    const { body: one } = must(await supplier.command('/agreements', body, 'sign'));
    return must(await buyer.chief.command('/agreements', one, 'sign')).body;
}

export async function confirmedOrder(buyer, supplier, what = lines) {
    const quote = await awardedQuote(buyer, supplier, what);
    const { body } = must(await buyer.post('/orders', { quote_id: quote.id }));
    return must(await supplier.command('/orders', body, 'confirm')).body;
}

/** Units of the order's lines, as `{ 0: 5 }`: line 0, five units. */
export const units = (order, quantities) => Object.entries(quantities)
    .map(([no, quantity]) => ({ order_line_id: order.lines[no].id, quantity }));

/** A delivery of these units that came, and waits for the buyer. */
export async function delivered(supplier, order, quantities) {
    const { body } = must(await supplier.post('/deliveries',
        { order_id: order.id, lines: units(order, quantities) }));
    return must(await supplier.command('/deliveries', body, 'deliver')).body;
}

/** An invoice for these units, with the buyer. */
export async function issuedInvoice(supplier, order, number, quantities) {
    const { body } = must(await supplier.post('/invoices',
        { order_id: order.id, number, lines: units(order, quantities) }));
    return must(await supplier.command('/invoices', body, 'issue')).body;
}
