// matching.test.mjs - the ranking of a need over HTTP: who gets it, what it says, how fresh it is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, needText } from './deal-cast.mjs';

let house, buyer, green, blue, stranger;

before(async () => {
    house = await openHouse();
    ({ buyer, green, blue, stranger } = await enter(house));
});
after(() => house?.stop());

const offerText = (changes = {}) => ({
    title: 'Onderhoud van binnentuinen',
    description: 'Wij onderhouden tuinen en plantsoenen, het hele jaar door.',
    kind: 'service',
    sector: 'green',
    cpv: '77310000-6',
    price_cents: 4_250,
    unit: 'uur',
    vat: 'high',
    lead_days: 14,
    national: true,
    goals: ['inclusive_labour'],
    fictional: true,
    ...changes,
});

async function publishedOffer(supplier, changes) {
    const { body } = must(await supplier.post('/offers', offerText(changes)));
    return must(await supplier.command('/offers', body, 'publish')).body;
}

async function writtenNeed(changes) {
    return must(await buyer.post('/needs', needText(changes))).body;
}

/** The ranking, once everything that was written before has reached it. */
async function matches(need, query = '', client = buyer) {
    const settled = 'SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)';
    const seq = await until(() => house.psql(settled), 5_000, 'the outbox is empty');
    return client.get(`/needs/${need.id}/matches${query}`, { headers: { 'x-min-seq': seq } });
}

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('an offer that fits is found with its reasons, and the parts add up', async () => {
    const offer = await publishedOffer(green);
    await publishedOffer(blue, { title: 'Bedrijfslunch', cpv: '55523100-3', sector: 'catering',
        description: 'Biologische lunch, gemaakt in onze eigen keuken.' });
    const { body } = must(await matches(await writtenNeed()));
    assert.equal(body.considered, 2);
    assert.equal(body.rule_set, '2026-11-b');
    assert.deepEqual(body.items.map((item) => item.offer_id), [offer.id]);
    const [best] = body.items;
    assert.equal(best.supplier_id, green.org);
    assert.equal(best.title, offer.title);
    assert.equal(best.price_cents, 4_250);
    assert.equal(best.sector, 'green');
    assert.deepEqual(best.parts.map((part) => part.name), ['text', 'cpv', 'distance', 'impact', 'capacity', 'price', 'freshness']);
    assert.equal(best.parts.reduce((sum, part) => sum + part.points_ppm, 0), best.score_ppm);
    assert.equal(best.parts.reduce((sum, part) => sum + part.most_ppm, 0), 1_000_000);
    const [text, cpv, distance, impact] = best.parts;
    assert.ok(text.points_ppm > 0 && text.why.includes('Onderhoud'));
    assert.equal(cpv.points_ppm, cpv.most_ppm);
    assert.equal(distance.points_ppm, distance.most_ppm);
    assert.equal(impact.points_ppm, impact.most_ppm);
    assert.match(impact.why_en, /^1 of 1 goals/);
});

test('the weights are public, and the ranking is made by those of today', async () => {
    const { body } = must(await house.nobody().get('/matching/rules'));
    for (const set of body.items)
        assert.equal(set.parts.reduce((sum, part) => sum + part.most_ppm, 0), 1_000_000);
    const ranking = must(await matches(await writtenNeed())).body;
    assert.equal(ranking.rule_set, body.in_force);
    const set = body.items.find((one) => one.version === body.in_force);
    assert.deepEqual(ranking.items[0].parts.map(({ name, most_ppm }) => ({ name, most_ppm })), set.parts);
});

test('price is held against the estimate, which only the buyer sees', async () => {
    const price = async (changes) => {
        const { body } = must(await matches(await writtenNeed(changes)));
        return body.items[0].parts.find((part) => part.name === 'price');
    };
    const dear = await price({ quantity: 10, unit: 'uur', budget_cents: 1_000 });
    assert.equal(dear.points_ppm, 0);
    assert.match(dear.why, /uw raming is € 10,00\.$/);
    const cheap = await price({ quantity: 10, unit: 'uur', budget_cents: 100_000 });
    assert.equal(cheap.points_ppm, cheap.most_ppm);
    const open = await price({ quantity: 10, unit: 'uur', budget_cents: undefined });
    assert.equal(open.points_ppm, open.most_ppm / 2);
});

/** What would bring an offer among the first for a need, once both are known. */
async function whyNot(offer, need, client) {
    await matches(need);
    return client.get(`/offers/${offer.id}/why-not?needId=${need.id}`);
}

async function openNeed(changes) {
    return must(await buyer.command('/needs', await writtenNeed(changes), 'publish')).body;
}

test('an enterprise is told the fewest changes, and making them is enough', async () => {
    const near = { national: undefined, region: [], lead_days: 60, capacity: 5, unit: 'uur' };
    const offer = await publishedOffer(green, { ...near, title: 'Onderhoud van vijvers' });
    const need = await openNeed({ title: 'Onderhoud van vijvers', municipality: 'GM0935', quantity: 8, unit: 'uur',
        start_on: day(40), quote_deadline: new Date(Date.now() + 10 * 86_400_000).toISOString() });
    const { body } = must(await whyNot(offer, need, green));
    assert.equal(body.among, false);
    assert.equal(body.rule, 'region');
    assert.match(body.why_en, /not delivered in/);
    assert.deepEqual(body.changes.map((one) => one.field), ['region', 'capacity', 'lead_days']);
    assert.ok(!JSON.stringify(body).includes(blue.org), 'nothing of other enterprises');

    const changed = { ...offerText({ ...near, title: 'Onderhoud van vijvers' }), region: ['GM0935'], lead_days: 30, capacity: 8 };
    must(await green.put(`/offers/${offer.id}`, changed, offer.version));
    const after = must(await whyNot(offer, need, green)).body;
    assert.equal(after.among, true);
    assert.equal(after.rule, undefined);
    assert.deepEqual(after.changes, []);
    const ranking = must(await matches(need)).body;
    assert.ok(ranking.items.some((item) => item.offer_id === offer.id));
});

test('why not is asked of open needs, for one\'s own offers', async () => {
    const offer = await publishedOffer(green), need = await openNeed();
    must(await whyNot(offer, need, green));
    assert.equal((await whyNot(offer, need, blue)).status, 404);
    assert.equal((await whyNot(offer, await writtenNeed(), green)).status, 404);
});

test('only the buyer reads the ranking', async () => {
    const need = await writtenNeed();
    must(await matches(need));
    for (const other of [green, stranger]) {
        assert.equal((await matches(need, '', other)).status, 404);
    }
    assert.equal((await matches(need, '', house.nobody())).status, 401);
    const published = must(await buyer.command('/needs', need, 'publish')).body;
    assert.equal((await matches(published, '', green)).status, 404);
});

test('hard rules keep offers out by name', async () => {
    const words = { title: 'Verhuizing van archieven', cpv: '98392000-7',
        description: 'Dozen, kasten en dossiers, van kantoor naar kantoor.' };
    const slow = await publishedOffer(green, { ...words, lead_days: 60 });
    const small = await publishedOffer(green, { ...words, lead_days: 1, capacity: 5 });
    const far = await publishedOffer(blue, { ...words, lead_days: 1, national: false,
        region: ['GM0935'] });
    // Enterprises in the need's own municipality always deliver there: this need is elsewhere.
    const need = await writtenNeed({ title: 'Verhuizing van het archief', cpv: ['98392000-7'],
        description: 'Alle dossiers gaan naar het nieuwe stadskantoor.', municipality: 'GM0014',
        start_on: day(30), quantity: 10, unit: 'uur' });
    const { body } = must(await matches(need));
    assert.deepEqual(body.items, []);
    assert.deepEqual(Object.fromEntries(body.excluded.map((out) => [out.offer_id, out.rule])),
        { [slow.id]: 'lead_time', [small.id]: 'capacity', [far.id]: 'region' });
    assert.ok(body.excluded.every((out) => out.why.endsWith('.') && out.why_en.endsWith('.')));
    // Who shows one or none of them asks for so many; how many others are asked for does not matter.
    assert.deepEqual(must(await matches(need, '?excluded=1')).body.excluded, body.excluded.slice(0, 1));
    assert.deepEqual(must(await matches(need, '?excluded=0&limit=100')).body, { ...body, excluded: [] });
    assert.equal((await matches(need, '?excluded=101')).status, 400);
});

test('an offer that is retired leaves the ranking', async () => {
    const words = { title: 'Reparatie van fietsen', cpv: '50111100-7',
        description: 'Banden, remmen en versnellingen, ook aan huis.' };
    const offer = await publishedOffer(green, words);
    const need = await writtenNeed({ title: 'Reparatie van dienstfietsen', cpv: ['50111100-7'],
        description: 'Twee keer per jaar, en daartussen bij pech.' });
    const found = async () => must(await matches(need)).body.items.map((item) => item.offer_id);
    assert.equal((await found())[0], offer.id);
    must(await green.command('/offers', offer, 'retire'));
    assert.ok(!(await found()).includes(offer.id));
});

test('limit is honoured, and three offers of an enterprise are enough', async () => {
    for (const number of [1, 2, 3, 4, 5]) {
        await publishedOffer(green, { title: `Drukwerk ${number}`, cpv: '79810000-5' });
    }
    await publishedOffer(blue, { title: 'Drukwerk', cpv: '79810000-5' });
    const need = await writtenNeed({ title: 'Drukwerk', cpv: ['79810000-5'] });
    const { items } = must(await matches(need)).body;
    assert.equal(items.filter((item) => item.supplier_id === green.org).length, 3);
    assert.equal(items.filter((item) => item.supplier_id === blue.org).length, 1);
    assert.equal(must(await matches(need, '?limit=2')).body.items.length, 2);
});

test('a need is ranked at once after it was written', async () => {
    const need = await writtenNeed();
    assert.equal((await buyer.get(`/needs/${need.id}/matches`)).status, 200);
});

test('who names an event that is yet to come is asked to try again', async () => {
    const need = await writtenNeed();
    const answer = await buyer.get(`/needs/${need.id}/matches`,
        { headers: { 'x-min-seq': '999999999' } });
    assert.equal(answer.status, 503);
    assert.match(answer.body.type, /index_behind$/);
    assert.ok(answer.headers.get('retry-after'));
});

test('a process that starts anew gives the same answer', async () => {
    const need = await writtenNeed({ title: 'Onderhoud en drukwerk' });
    const { body } = must(await matches(need));
    assert.ok(body.items.length > 0);
    await house.kill('matching');
    await house.start('matching');
    const again = await until(async () => {
        const answer = await matches(need);
        return answer.status === 200 && answer;
    }, 10_000, 'matching answers again');
    assert.deepEqual(again.body, body);
});
