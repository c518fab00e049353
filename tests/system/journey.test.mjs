// journey.test.mjs - the whole platform over HTTP in one go: from an offer to reports that show it
// to the cent; a round from 52 to 11; a story that another city takes over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { delivered, enter, issuedInvoice, needText, units } from './deal-cast.mjs';
import { admit, decided, everything, founder, thing } from './people.mjs';

let house, buyer, finance, green, office, hengelo, nobody;
// What one test makes, the next goes on with.
let offer, need, quote, order, invoice;

// At two rates of VAT, with amounts whose cents do not vanish in a sum.
const lines = [
    { description: 'Snoeien', unit: 'uur', quantity: 37, unit_price_cents: 4137, vat: 'high' },
    { description: 'Planten', unit: 'stuk', quantity: 101, unit_price_cents: 295, vat: 'low' },
];
const net = 37 * 4137 + 101 * 295;
const gross = net + Math.round(37 * 4137 * 0.21) + Math.round(101 * 295 * 0.09);

before(async () => {
    house = await openHouse();
    nobody = house.nobody();
    const cast = await enter(house);
    ({ buyer, finance, green } = cast);
    office = await founder(house, 'bureau', 'partner');
    hengelo = await founder(house, 'hengelo', 'municipality', { municipality: 'GM0164' });
    await admit(house, cast.desk, office, hengelo);
});
after(() => house?.stop());

/** A good answer that holds everything that was written before. */
async function settled(client, path) {
    const written = 'SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)';
    const seq = await until(() => house.psql(written), 10_000, 'the outbox is empty');
    return until(async () => {
        const answer = await client.get(path, { headers: { 'x-min-seq': seq } });
        return answer.status !== 503 && must(answer).body;
    }, 10_000, `${path} is up to date`);
}

test('an enterprise offers, a city asks', async () => {
    offer = await thing(green.post('/offers', {
        title: 'Onderhoud van binnentuinen', description: 'Snoeien en planten, het hele jaar door.',
        kind: 'service', sector: 'green', cpv: '77310000-6', price_cents: 4_137, unit: 'uur',
        vat: 'high', lead_days: 7, national: true, goals: ['inclusive_labour'], fictional: true,
    }));
    offer = await thing(green.command('/offers', offer, 'publish'));
    const market = await thing(nobody.get('/offers?q=binnentuinen'));
    assert.deepEqual(market.items.map(({ id }) => id), [offer.id]);
    need = await thing(buyer.post('/needs', needText()));
    need = await thing(buyer.command('/needs', need, 'publish'));
});

test('the offer is matched with its reasons, and invited', async () => {
    const { items } = await settled(buyer, `/needs/${need.id}/matches`);
    const [best] = items;
    assert.equal(best.offer_id, offer.id);
    assert.equal(best.parts.reduce((sum, part) => sum + part.points_ppm, 0), best.score_ppm);
    await thing(buyer.post('/invitations',
        { need_id: need.id, supplier_id: best.supplier_id, offer_id: best.offer_id }));
    const [invitation] = await everything(green, '/invitations?limit=10');
    assert.equal(invitation.need_id, need.id);
});

test('a quote is awarded, ordered and confirmed', async () => {
    quote = await thing(green.post('/quotes', { need_id: need.id, offer_id: offer.id, lines }));
    quote = await thing(green.command('/quotes', quote, 'submit'));
    assert.equal(quote.total_cents, net);
    await thing(buyer.chief.command('/needs', need, 'award',
        { quote_id: quote.id, motivation: 'De beste kwaliteit voor de buurt.' }));
    order = await thing(buyer.post('/orders', { quote_id: quote.id, reference: 'PO-2026-77' }));
    order = await thing(green.command('/orders', order, 'confirm'));
    assert.equal(order.total_cents, net);
});

/** Brings these units and has as many of them accepted as `accepted` says. */
async function bring(quantities, accepted = quantities) {
    const delivery = await delivered(green, order, quantities);
    const judged = units(order, quantities).map(({ order_line_id, quantity }, at) => {
        const good = Object.values(accepted)[at];
        return good === quantity
            ? { order_line_id, accepted: good }
            : { order_line_id, accepted: good, rejected: quantity - good, reject_reason: 'Stuk.' };
    });
    await thing(buyer.command('/deliveries', delivery, 'accept', { lines: judged }));
}

test('the delivery is accepted line by line, and what was rejected comes again', async () => {
    await bring({ 0: 37, 1: 101 }, { 0: 30, 1: 101 });
    await bring({ 0: 7 });
    order = await thing(green.get(`/orders/${order.id}`));
    assert.equal(order.accepted_cents, net);
});

test('the invoice is approved by another person, paid and confirmed', async () => {
    invoice = await issuedInvoice(green, order, 'TUIN-2026-77', { 0: 37, 1: 101 });
    assert.deepEqual([invoice.net_cents, invoice.gross_cents], [net, gross]);
    invoice = await thing(finance.command('/invoices', invoice, 'approve'));
    const payment = await thing(finance.post('/payments', {
        invoice_id: invoice.id, amount_cents: gross, bank_reference: 'TUIN-2026-77',
    }));
    await thing(green.command('/payments', payment, 'confirm'));
    const { paid_cents: paid } = await thing(buyer.get(`/orders/${order.id}`));
    assert.equal(paid, gross);
});

test('every report shows it to the cent', async () => {
    const market = await settled(nobody, '/reports/market');
    assert.equal(market.figures.find(({ name }) => name === 'revenue').value, net);
    for (const list of [market.quarters, market.cities, market.enterprises]) {
        assert.equal(list.reduce((sum, { revenue_cents: cents }) => sum + cents, 0), net);
    }
    const { items } = await settled(nobody, '/reports/revenue');
    assert.deepEqual(items.map(({ revenue_cents: cents }) => cents).sort(),
        [7 * 4137, net - 7 * 4137].sort());
    const city = await settled(nobody, '/reports/cities/GM0153');
    assert.equal(city.figures.revenue_cents, net);
});

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();

test('of 52 initiatives 28 are presented and 11 selected: 53.8 % and 39.3 %', async () => {
    const programme = await thing(office.post('/programmes',
        { name: 'Twente vooruit', region: 'Twente', fictional: true }));
    let round = await thing(office.post('/rounds', {
        programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30),
        present_quota: 28, select_min: 9, select_max: 11, fictional: true,
    }));
    const next = async (command) => {
        round = await thing(office.command('/rounds', round, command));
    };
    const take = (plan, command, body) =>
        thing(office.command('/initiatives', plan, command, body));
    await next('announce');
    await next('open');
    const plans = [];
    for (let at = 0; at < 52; at++) {
        const draft = await thing(green.post('/initiatives', {
            round_id: round.id, title: `Plan ${at}`, municipality: 'GM0153', fictional: true,
            summary: 'Een plan dat werk geeft aan mensen in de buurt.',
            plan: 'Probleem, oplossing en verdienmodel.', ask_cents: 2_500_000, consent: true,
        }));
        plans.push(await thing(green.command('/initiatives', draft, 'submit')));
    }
    // No test waits a month: the owner of the tables moves the closing time.
    await house.psql(`UPDATE pipeline.round SET closes_at = now () - interval '1 second' WHERE id = '${round.id}'`);
    await next('close');
    for (const plan of plans.splice(28)) {
        await take(await take(plan, 'admit'), 'drop', { reason: 'Het verdienmodel ontbreekt.' });
    }
    const presented = [];
    for (const plan of plans) {
        presented.push(await take(await take(plan, 'admit'), 'present'));
    }
    await next('present');
    await next('score');
    await next('deliberate');
    await thing(office.post('/appointments', { handler_id: hengelo.org }));
    await decided(office, round, presented.slice(0, 11).map(({ id }) => id));
    const { stages } = await settled(nobody, `/reports/rounds/${round.id}`);
    assert.deepEqual(
        stages.slice(0, 3).map(({ name, count, of_previous_e1: part }) => [name, count, part]),
        [['submitted', 52, undefined], ['presented', 28, 538], ['selected', 11, 393]]);
});

test('a story of one city is taken over by another', async () => {
    let story = await thing(hengelo.post('/stories', {
        kind: 'tip', theme: 'account', title: 'Een gezicht', fictional: true,
        problem: 'Ondernemers vonden de ingang niet.', approach: 'Een vaste accountmanager.',
    }));
    story = await thing(hengelo.command('/stories', story, 'publish'));
    let adoption = await thing(buyer.post('/adoptions',
        { story_id: story.id, plan: 'Eén vast gezicht voor Enschede.' }));
    adoption = await thing(buyer.command('/adoptions', adoption, 'start'));
    await thing(buyer.command('/adoptions', adoption, 'report',
        { result: 'works', lesson: 'Het werkt als die persoon ook mag beslissen.' }));
    const told = await settled(nobody, '/reports/cities/GM0164');
    const took = await settled(nobody, '/reports/cities/GM0153');
    assert.deepEqual([told.stories, told.adopted_by_others, took.adopted], [1, 1, 1]);
    assert.equal((await thing(nobody.get(`/stories/${story.id}`))).adoptions, 1);
});
