// shop-cast.mjs - offers with fixed prices of several suppliers, and a buyer who puts them into a basket.
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
