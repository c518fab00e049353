// coverage.test.mjs - what the stories of the other tests pass by: replacing, reading back, ending.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { confirmedOrder, delivered, enter, issuedInvoice, lines, openNeed } from './deal-cast.mjs';
import { admit, founder, moderator, refused, thing } from './people.mjs';

let house, buyer, finance, green, blue, stranger, city, office, nobody;

before(async () => {
    house = await openHouse();
    nobody = house.nobody();
    ({ buyer, finance, green, blue, stranger } = await enter(house));
    city = await founder(house, 'stad', 'municipality', { municipality: 'GM0164' });
    office = await founder(house, 'bureau', 'partner');
    await admit(house, await moderator(house), city, office);
});
after(() => house?.stop());

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();

/** Writes `before`, replaces it with `text`: what `text` does not name is gone. */
async function replaced(client, collection, before, text) {
    const draft = await thing(client.post(collection, before));
    const path = `${collection}/${draft.id}`;
    const now = await thing(client.put(path, text, draft.version));
    assert.equal(now.version, draft.version + 1);
    assert.deepEqual(await thing(client.get(path)), now);
    for (const name of Object.keys(before).filter((one) => !(one in text))) {
        assert.ok(!(name in now), `${name} is gone`);
    }
    refused(await client.put(path, text, draft.version), 412);
    return now;
}

test('a draft is replaced as a whole: what is not said is no longer so', async () => {
    const { impact, ...offer } = {
        title: 'Fietsen nakijken', description: 'Wij kijken fietsen van uw medewerkers na.',
        kind: 'service', sector: 'transport', cpv: '50111000-6', unit: 'fiets', vat: 'low',
        lead_days: 5, impact: 'Werk voor jongeren zonder diploma.', fictional: true,
    };
    await replaced(green, '/offers', { ...offer, impact, price_cents: 2500 },
        { ...offer, title: 'Fietsen nakijken op het werk' });
    const need = await openNeed(buyer);
    const quote = await replaced(green, '/quotes',
        { need_id: need.id, lines, message: 'Graag.' }, { need_id: need.id, lines: [lines[1]] });
    assert.equal(quote.total_cents, lines[1].quantity * lines[1].unit_price_cents);
});

test('a story that another city took over is read by everybody', async () => {
    const text = {
        kind: 'tip', theme: 'account', title: 'Eén loket voor ondernemers',
        problem: 'Ondernemers wisten niet bij wie zij moesten zijn.',
        approach: 'Een vaste contactpersoon met een eigen nummer.', fictional: true,
    };
    let story = await replaced(buyer, '/stories', { ...text, result: 'Nog onbekend.' }, text);
    story = await thing(buyer.command('/stories', story, 'publish'));
    const adoption = await thing(city.post('/adoptions', { story_id: story.id }));
    assert.equal((await thing(nobody.get(`/stories/${story.id}`))).adoptions, 1);
    const seen = await thing(nobody.get(`/adoptions/${adoption.id}`));
    assert.equal(seen.city_name, 'stad (fictief)');
});

test('an assessment is its city\'s until the alderman publishes it', async () => {
    let assessment = await thing(city.post('/assessments', {
        theme: 'account', as_of: '2026-06-30', fictional: true,
        criteria: [{ level: 1, text: 'Er is een loket.', met: true, evidence: 'Besluit.' }],
    }));
    const path = `/assessments/${assessment.id}`;
    assert.equal((await thing(city.get(path))).state, 'draft');
    refused(await buyer.get(path), 404);
    assessment = await thing(city.command('/assessments', assessment, 'submit'));
    await thing(city.command('/assessments', assessment, 'publish'));
    assert.equal((await thing(nobody.get(path))).level, 1);
});

test('who declines or cancels says why, and the other side reads it', async () => {
    const need = await openNeed(buyer);
    const path = '/invitations';
    const sent = await thing(buyer.post(path, { need_id: need.id, supplier_id: green.org }));
    await thing(green.command(path, sent, 'decline', { reason: 'Onze agenda is vol.' }));
    const seen = await thing(buyer.get(`${path}/${sent.id}`));
    assert.deepEqual([seen.state, seen.decline_reason], ['declined', 'Onze agenda is vol.']);
    refused(await blue.get(`${path}/${sent.id}`), 404);
    const gone = await thing(buyer.command('/needs', need, 'cancel', { cause: 'budget', reason: 'Geen geld.' }));
    assert.equal(gone.state, 'cancelled');
    refused(await blue.post('/quotes', { need_id: need.id, lines }), 409, 'may_be_quoted');
});

test('both sides of an order find its deliveries, invoices and payments, and nobody else does',
    async () => {
        const order = await confirmedOrder(buyer, green);
        const delivery = await delivered(green, order, { 0: 10 });
        must(await buyer.command('/deliveries', delivery, 'accept',
            { lines: [{ order_line_id: order.lines[0].id, accepted: 10 }] }));
        const issued = await issuedInvoice(green, order, '2026-100', { 0: 10 });
        const invoice = await thing(finance.command('/invoices', issued, 'approve'));
        const payment = await thing(finance.post('/payments', {
            invoice_id: invoice.id, amount_cents: 100, bank_reference: 'RF18 5390 0754 7034',
        }));
        const things = [['deliveries', delivery, `orderId=${order.id}`],
            ['invoices', invoice, `orderId=${order.id}`],
            ['payments', payment, `invoiceId=${invoice.id}`]];
        for (const [collection, { id }, query] of things) {
            for (const party of [buyer, green]) {
                assert.equal((await thing(party.get(`/${collection}/${id}`))).id, id);
                const { items } = await thing(party.get(`/${collection}?${query}`));
                assert.deepEqual(items.map((one) => one.id), [id]);
            }
            refused(await stranger.get(`/${collection}/${id}`), 404);
            assert.deepEqual((await thing(stranger.get(`/${collection}?${query}`))).items, []);
        }
    });

test('a programme that ended keeps its seats and rounds', async () => {
    const programme = await thing(office.post('/programmes',
        { name: 'Samen starten', region: 'Twente', fictional: true }));
    const seat = await thing(office.post('/seats', {
        programme_id: programme.id, organisation_id: buyer.org, role: 'host',
        valid_from: days(0).slice(0, 10),
    }));
    const round = await thing(office.post('/rounds', {
        programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30),
        present_quota: 5, select_min: 1, select_max: 2, fictional: true,
    }));
    await thing(office.command('/rounds', await thing(office.command('/rounds', round, 'announce')), 'open'));
    const plan = {
        round_id: round.id, title: 'Een buurtkeuken', summary: 'Koken met wie lang thuis zat.',
        municipality: 'GM0153', fictional: true,
    };
    await replaced(green, '/initiatives', { ...plan, ask_cents: 100_000 },
        { ...plan, plan: 'Wij beginnen met één keuken en groeien door.' });
    const ended = await thing(office.command('/programmes', programme, 'end'));
    assert.deepEqual([ended.state, ended.commands], ['ended', []]);
    const inside = async (collection) =>
        (await thing(nobody.get(`/${collection}?programmeId=${programme.id}`))).items
            .map(({ id }) => id);
    assert.deepEqual(await inside('seats'), [seat.id]);
    assert.deepEqual(await inside('rounds'), [round.id]);
});
