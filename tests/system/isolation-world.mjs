// isolation-world.mjs - a small world with something private of everybody, and outsiders beside it.
import { must, until } from '../lib/house.mjs';
import {
    awardedQuote, confirmedOrder, delivered, inForce, issuedInvoice, lines, needText, openNeed, policyText,
    staff, submittedQuote, units,
} from './deal-cast.mjs';
import { escrowCode, give, handIn, opener, readyNeed, sealedNeed } from './seal-cast.mjs';
import * as cxml from '../lib/cxml.mjs';
import { connected, fill, filled, guestOf, line, offerOf, sendCxml } from './shop-cast.mjs';
import { assign, juror, lock, rubric } from './jury-cast.mjs';
import { committed, pledgeText, seated } from './table-cast.mjs';
import { admit, colleague as second, founder, moderator, thing } from './people.mjs';

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();

export const offerText = (title) => ({
    title, description: 'Wij doen dit met mensen die lang thuis zaten.', kind: 'service',
    sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'low', lead_days: 3, fictional: true,
});

const storyText = (title) => ({
    kind: 'tip', theme: 'account', title, problem: 'Niemand wist bij wie men moest zijn.',
    approach: 'Een vaste contactpersoon met een eigen nummer.', fictional: true,
});

const assessmentText = (theme) => ({
    theme, as_of: '2026-06-30', fictional: true,
    criteria: [{ level: 1, text: 'Er is een besluit.', met: true, evidence: 'Zie het verslag.' }],
});

/**
 * Who is in it. `newcomer` registered, but is not admitted; `colleague` is a second person there.
 * The outsiders are admitted too, may do everything that their kind of organisation may, and have
 * no part in anything of the others.
 */
async function enter(house) {
    const desk = await moderator(house);
    const buyer = await founder(house, 'koper', 'municipality');
    const green = await founder(house, 'groen', 'enterprise');
    const office = await founder(house, 'bureau', 'partner');
    const bank = await founder(house, 'bank', 'partner');
    const newcomer = await founder(house, 'nieuw', 'enterprise');
    const council = await founder(house, 'raad', 'municipality', { municipality: 'GM0141' });
    const outsiders = [
        await founder(house, 'andere-stad', 'municipality', { municipality: 'GM0164' }),
        await founder(house, 'andere-onderneming', 'enterprise'),
        await founder(house, 'ander-bureau', 'partner'),
    ];
    await admit(house, desk, buyer, green, office, bank, council, ...outsiders);
    const colleague = await second(house, newcomer, 'collega', 'SUPPLIER');
    const finance = await second(house, buyer, 'financien', 'FINANCE');
    await staff(house, buyer, 'chief');
    return { desk, buyer, finance, green, office, bank, council, newcomer, colleague, outsiders };
}

async function published(client, collection, text) {
    const draft = await thing(client.post(collection, text));
    return thing(client.command(collection, draft, 'publish'));
}

/** One that a moderator hid: neither draft nor public. */
async function withHidden({ desk, green }) {
    const offer = await published(green, '/offers', offerText('Niet voor iedereen'));
    must(await desk.command('/offers', offer, 'hide', { reason: 'Dit hoort hier niet.' }));
}

/** A report of an offer that was decided, one that waits, and an appeal of who was refused. */
async function withReports(house, { desk, buyer, office }, offer) {
    await house.call('handler_appoint', { organisation_id: office.org, since: '2020-01-01' }, { roles: ['OPERATOR'] });
    const report = () => thing(buyer.post('/flags', { offer_id: offer.id, ground: 'misleading', text: 'De foto is niet van dit werk.' }));
    const decided = await thing(desk.command('/flags', await report(), 'triage'));
    must(await desk.command('/flags', decided, 'act', { statement: 'De foto is vervangen door een eigen foto.' }));
    const refusedOne = await founder(house, 'geweigerd', 'enterprise');
    const { body: own } = must(await desk.get(`/organisations/${refusedOne.org}`));
    must(await desk.command('/organisations', own, 'refuse', { criterion: 'mission', reason: 'Er is geen missie vastgelegd.' }));
    const appeal = await thing(refusedOne.post('/appeals', { grounds: 'De missie staat in de statuten.' }));
    return { appellant: refusedOne, things: { flags: await report(), appeals: appeal } };
}

/** What the buyer owes another municipality, and a line of an invoice that counts for it. */
async function socialReturn(buyer, council, invoice) {
    const tariff = await thing(council.post('/sroi-tariffs', { valid_from: '2026-01-01', purchase_ppm: 1_000_000, source: 'Voor de proef' }));
    const obligation = await thing(buyer.post('/sroi-obligations', { municipality_id: council.org, contract: 'Nr. 1', published_on: '2026-02-01',
        contract_cents: 1_000_000, share_ppm: 50_000, period_from: '2026-01-01', period_until: '2036-12-31' }));
    must(await council.command('/sroi-obligations', obligation, 'confirm'));
    const credit = await thing(buyer.post('/sroi-credits', { obligation_id: obligation.id, invoice_id: invoice.id,
        order_line_id: invoice.lines[0].order_line_id }));
    return { 'sroi-tariffs': tariff, 'sroi-obligations': obligation, 'sroi-credits': credit };
}

async function deal(house, { buyer, finance, green, office, council }) {
    const need = await thing(buyer.post('/needs', needText()));
    const open = await openNeed(buyer);
    const run = await thing(buyer.command('/needs', open, 'match'));
    const invitation = await thing(buyer.post('/invitations',
        { need_id: open.id, supplier_id: green.org }));
    const quote = await thing(green.post('/quotes', { need_id: open.id, lines }));
    must(await buyer.command('/quotes', await submittedQuote(green, await openNeed(buyer)), 'counter',
        { lines, reason: 'Kan het eerder?', answer_by: `${days(5).slice(0, 19)}Z` }));
    await awardedQuote(buyer, green);
    const order = await confirmedOrder(buyer, green);
    const delivery = await delivered(green, order, { 0: 4 });
    must(await buyer.command('/deliveries', delivery, 'accept',
        { lines: [{ order_line_id: order.lines[0].id, accepted: 4 }] }));
    const invoice = await thing(green.post('/invoices',
        { order_id: order.id, number: 'C-1', lines: units(order, { 0: 1 }) }));
    const issued = await issuedInvoice(green, order, 'A-1', { 0: 3 });
    must(await finance.command('/invoices', issued, 'approve'));
    const sroi = await socialReturn(buyer, council, issued);
    const payment = await thing(finance.post('/payments',
        { invoice_id: issued.id, amount_cents: 100, bank_reference: 'RF18 5390 0754 7034' }));
    const note = await thing(green.post('/credit-notes',
        { invoice_id: issued.id, number: 'K-1', reason: 'Een te veel.', lines: units(order, { 0: 1 }) }));
    must(await green.command('/credit-notes', note, 'issue'));
    const credit = await thing(green.post('/credit-notes',
        { invoice_id: issued.id, number: 'K-2', reason: 'Een te veel.', lines: units(order, { 0: 1 }) }));
    const refund = await thing(green.post('/refunds', { payment_id: payment.id, amount_cents: 40,
        bank_reference: 'TERUG 1', borne_by: 'supplier', reason: 'Te veel gerekend.' }));
    const agreement = await inForce(buyer, green);
    const change = await thing(green.post('/change-orders', { agreement_id: agreement.id, cause: 'minor', reason: 'Iets meer werk.',
        lines: [{ agreement_line_id: agreement.lines[0].id, quantity: 1 }] }));
    await thing(buyer.post('/change-orders', { agreement_id: agreement.id, cause: 'minor', reason: 'Iets minder werk.',
        lines: [{ agreement_line_id: agreement.lines[0].id, quantity: -1 }] }));
    // An order that its supplier does not see.
    const held = await second(house, buyer, 'gebonden', 'BUYER');
    await thing(buyer.post('/mandates', { account_id: held.account, max_cents: 1, valid_from: '2020-01-01' }));
    await thing(held.post('/call-offs', { agreement_id: agreement.id,
        lines: [{ agreement_line_id: agreement.lines[0].id, quantity: 1 }] }));
    const cancellation = await thing(green.post('/cancellations',
        { order_id: order.id, lines: units(order, { 2: 1 }), reason: 'Niet meer leverbaar.' }));
    await thing(buyer.post('/cancellations',
        { order_id: order.id, lines: units(order, { 2: 1 }), reason: 'Niet meer nodig.' }));
    const dispute = await thing(buyer.post('/disputes', { order_id: order.id, order_line_id: order.lines[0].id, quantity: 1, reason: 'Niet goed.' }));
    await thing(green.post('/disputes', { order_id: order.id, order_line_id: order.lines[0].id, quantity: 1, reason: 'Wel goed.' }));
    const claim = (indicator, target_group) => thing(green.post('/impact-claims', { order_line_id: order.lines[0].id, indicator, target_group,
        quantity: 2, period_from: '2026-03-01', period_until: '2026-10-31', method: 'Geteld in de lijst van de leermeester.' }));
    const impact = await claim('job', 'youth');
    must(await buyer.command('/impact-claims', await claim('co2_kg'), 'refuse', { reason: 'Dit zien wij niet.' }));
    const goodsReturn = await thing(buyer.post('/goods-returns',
        { order_id: order.id, lines: units(order, { 0: 1 }), reason: 'Verkeerde maat.' }));
    const asked = await thing(green.post('/need-questions', { need_id: open.id, text: 'Kunnen wij de tuin eerst zien?' }));
    const answered = await thing(green.post('/need-questions', { need_id: open.id, text: 'Wanneer begint het werk?' }));
    must(await buyer.command('/need-questions', answered, 'answer', { answer: 'In maart.' }));
    // A joint need that is a draft: the other buyer reads it too.
    must(await buyer.post('/needs', needText({ shares: [{ organisation_id: buyer.org, share_ppm: 500_000 },
        { organisation_id: office.org, share_ppm: 500_000 }] })));
    const policy = await thing(buyer.post('/purchase-policies', policyText()));
    const soap = await published(green, '/offers', offerOf('Zeep', 250));
    must(await held.command('/baskets', await filled(held, [line(soap, 2)]), 'order'));
    // Changed more often than any other, so that permissions.test.mjs takes this one, of which nothing was ordered.
    let basket = await filled(buyer, [line(soap, 1)]);
    for (let quantity = 2; quantity <= 6; quantity++) {
        basket = await thing(buyer.put(`/baskets/${basket.id}`, { lines: [line(soap, quantity)] }, basket.version));
    }
    // A purchasing system, whose guest fills a basket, and whose order came.
    const url = 'https://inkoop.example/terug';
    const system = await connected(house, buyer, 'inkoop-van-koper', url);
    const guest = await guestOf(house, await sendCxml(house, 'setup', cxml.envelope(system, cxml.setup({ cookie: 'k', url }))));
    const shopped = await fill(guest, [line(soap, 3)]);
    must(await guest.command('/baskets', shopped, 'return'));
    const { message } = await thing(guest.get(`/baskets/${shopped.id}/message`));
    await sendCxml(house, 'order', cxml.envelope(system, cxml.order(cxml.basketOf(message), 'PO-1')));
    const { items: [mandate] } = await thing(buyer.get('/mandates'));
    return { ...sroi, baskets: basket, 'purchase-systems': await thing(buyer.get(`/purchase-systems/${system.id}`)), disputes: dispute, 'impact-claims': impact, agreements: agreement, 'change-orders': change, 'need-questions': asked, mandates: mandate, 'purchase-policies': policy, refunds: refund, cancellations: cancellation, 'goods-returns': goodsReturn, needs: need, runs: run, invitations: invitation, quotes: quote, orders: order,
        deliveries: delivery, invoices: invoice, 'credit-notes': credit, payments: payment };
}

async function openedQuote(house, buyer, supplier, need) {
    const { id } = await handIn(supplier, need, { lines });
    await house.psql(`UPDATE pipeline.need SET quote_deadline = now () - interval '1 second', state = 'sealed_closed'
        WHERE id = '${need.id}'`);
    for (const each of need.openers) {
        must(await give(each));
    }
    must(await buyer.command('/quotes', await thing(buyer.get(`/quotes/${id}`)), 'admit'));
    return id;
}

/** A judgement of the only quote for a need, by the one who buys. */
const scored = async (house, buyer, supplier, need) => thing(buyer.post('/scores',
    { quote_id: await openedQuote(house, buyer, supplier, need), points: [{ code: 'plan', points: 7 }] }));

/** A proposal to award a need to its only quote, which two people opened. */
async function proposedAward(house, buyer, supplier, need) {
    const id = await openedQuote(house, buyer, supplier, need);
    return thing(buyer.post('/awards',
        { need_id: need.id, quote_id: id, reasons: [{ quote_id: id, motivation: 'De enige, en een goede.' }] }));
}

/**
 * Needs with a seal: one that is not on the market yet, one that is, one that was opened, and one of which the quotes were to
 * be destroyed a moment ago. The office handles complaints about the buyer.
 */
async function sealed(house, { buyer, green, office }) {
    await escrowCode(office);
    const { items: [escrows] } = await thing(office.get('/escrows'));
    const appointments = await thing(buyer.post('/appointments', { handler_id: office.org }));
    const ready = await readyNeed(buyer);
    const openers = await opener(buyer, ready);
    await opener(buyer.chief, ready);
    const [waiting, destroyed, ...opened] = await Promise.all([1, 2, 3, 4].map(() => sealedNeed(buyer)));
    await handIn(green, waiting, { lines });
    await handIn(green, destroyed, { lines });
    await house.psql(`UPDATE pipeline.seal SET state = 'destroyed' WHERE need_id = '${destroyed.id}'`);
    const [awards, decided] = [await proposedAward(house, buyer, green, opened[0]), await proposedAward(house, buyer, green, opened[1])];
    must(await buyer.chief.command('/awards', decided, 'decide'));
    const judged = await sealedNeed(buyer, { criteria: [{ code: 'plan', description: 'De kwaliteit van het plan.', kind: 'award', weight_ppm: 1_000_000 }] });
    const scores = await scored(house, buyer, green, judged);
    const complaints = await thing(green.post('/complaints',
        { need_id: decided.need_id, grounds: 'Wij begrijpen niet waarom wij wonnen.' }));
    const { items: [seals] } = await thing(office.get(`/seals?needId=${ready.id}`));
    return { appointments, escrows, openers, seals, awards, scores, complaints };
}

/** What it asks at the financing table, a pledge that the others there see, and one that they do not. */
async function table(house, { green, office, bank, council }, programmes, chosen) {
    for (const { org } of [bank, council]) {
        must(await office.post('/seats', { programme_id: programmes.id, organisation_id: org, role: 'financier', valid_from: days(-1).slice(0, 10) }));
    }
    await house.psql(`UPDATE pipeline.initiative SET state = 'table_ready' WHERE id = '${chosen.id}'`);
    const asks = await seated(office, green, chosen, 20_000, 15_000);
    const pledges = await committed(bank, asks, 'loan', 10_000);
    await thing(bank.post('/pledges', pledgeText(asks, 'gift', 1_000)));
    return { asks, pledges, ...await realisation(house, { green, office, council }, chosen) };
}

/** What becomes of it: a milestone that a partner verifies, and jobs. */
async function realisation(house, { green, office, council }, chosen) {
    const planned = await thing(green.post('/milestones', { initiative_id: chosen.id, what: 'De eerste klant betaalt.', due_on: days(30).slice(0, 10) }));
    const entrusted = await thing(office.command('/milestones', planned, 'appoint', { organisation_id: council.org }));
    const milestones = await thing(green.command('/milestones', entrusted, 'hand', { evidence: 'Zie de factuur.' }));
    await house.psql(`UPDATE pipeline.initiative SET state = 'financed' WHERE id = '${chosen.id}'`);
    const reported = await thing(green.post('/job-outcomes', { initiative_id: chosen.id, kind: 'regular', count: 2, fte_hundredths: 150, valid_from: '2026-01-01' }));
    const outcomes = await thing(office.command('/job-outcomes', reported, 'confirm'));
    await house.psql(`UPDATE pipeline.initiative SET state = 'at_table' WHERE id = '${chosen.id}'`);
    await house.psql(`INSERT INTO catalog.known_initiative (id, round_id, applicant_id, manager_id, title, summary, municipality, state, version)
        VALUES ('${chosen.id}', '${chosen.round_id}', '${green.org}', '${office.org}', '${chosen.title}', '${chosen.summary}', 'GM0153', 'financed', 1)`);
    const graduations = await thing(green.post('/graduations', { initiative_id: chosen.id }));
    return { milestones, 'job-outcomes': outcomes, graduations };
}

/** A round that is decided: a plan that stayed a draft and got more time, one refused, one chosen, one withdrawn; and an objection. */
async function programme(house, { green, office, bank, council, buyer }) {
    const programmes = await thing(office.post('/programmes',
        { name: 'Samen starten', region: 'Twente', fictional: true }));
    const seats = await thing(office.post('/seats', {
        programme_id: programmes.id, organisation_id: bank.org, role: 'jury',
        valid_from: days(-1).slice(0, 10),
    }));
    let rounds = await thing(office.post('/rounds', {
        programme_id: programmes.id, number: 1, opens_at: days(1), closes_at: days(30),
        present_quota: 5, select_min: 1, select_max: 2, fictional: true, rubric, min_reviews: 1,
        eligibility: [{ code: 'regio', text: 'Het plan is voor de regio.' }],
    }));
    await thing(office.post('/appointments', { handler_id: buyer.org }));
    rounds = await thing(office.command('/rounds', await thing(office.command('/rounds', rounds, 'announce')), 'open'));
    const [initiatives, eligible, shown, withdrawn] = await Promise.all(
        ['Concept', 'Ingediend', 'Voorgelegd', 'Teruggetrokken'].map((title) =>
            thing(green.post('/initiatives', {
                round_id: rounds.id, title, summary: 'Een plan dat werk geeft in de buurt.',
                plan: 'Hoe wij dat doen, staat hier.', municipality: 'GM0153',
                ask_cents: 100_000, consent: true, co_applicants: [{ organisation_id: council.org }], fictional: true,
            }))));
    const submit = (plan) => thing(green.command('/initiatives', plan, 'submit'));
    const submitted = [await submit(eligible), await submit(shown), await submit(withdrawn)];
    const extensions = await thing(office.post('/extensions', {
        initiative_id: initiatives.id, until: days(40), ground: 'illness', reason: 'De aanvrager is ziek geworden.',
    }));
    // No test waits a month: the owner of the tables moves the closing time.
    await house.psql('UPDATE pipeline.round SET closes_at = now (); UPDATE pipeline.extension SET until = now ()');
    const claim = (source) => thing(office.post('/claimed-figures', { round_id: rounds.id, source, submitted: 3 }));
    await thing(office.command('/claimed-figures', await claim('Een krant'), 'withdraw'));
    const claimed = await claim('Een weekblad');
    rounds = await thing(office.command('/rounds', rounds, 'close'));
    for (const plan of submitted.slice(1)) {
        const admitted = await thing(office.command('/initiatives', plan, 'admit', { checks: [{ code: 'regio', met: true }] }));
        const presented = await thing(office.command('/initiatives', admitted, 'present'));
        if (plan.id === withdrawn.id) {
            await thing(green.command('/initiatives', presented, 'withdraw'));
        }
    }
    await thing(office.command('/initiatives', submitted[0], 'refuse', {
        checks: [{ code: 'regio', met: false }], criterion: 'regio', reason: 'Het plan is voor een andere regio.',
    }));
    const objections = await thing(green.post('/objections', {
        initiative_id: eligible.id, grounds: 'Het plan is wel degelijk voor deze regio.',
    }));
    // Who handles it has yet to decide; no test waits for that to go on.
    await house.psql(`UPDATE pipeline.initiative SET state = 'ineligible', object_by = NULL WHERE id = '${eligible.id}'`);
    // One is chosen, and so the public reads of it; another round is still being written.
    rounds = await thing(office.command('/rounds', rounds, 'present'));
    const jurors = await juror(bank, rounds, [{ id: withdrawn.id, kind: 'family' }]);
    rounds = await thing(office.command('/rounds', rounds, 'score'));
    const judgements = await lock(bank, await assign(office, shown, jurors));
    const dossiers = { id: judgements.dossier_id };
    // Somebody left the jury, and is yet to let go of what they did not give.
    await house.psql(`INSERT INTO pipeline.juror (id, round_id, organisation_id, manager_id, account_id, state, created_at)
        VALUES ('${council.org}', '${rounds.id}', '${council.org}', '${office.org}', '${council.account}', 'left', now ());
        INSERT INTO pipeline.judgement (id, round_id, dossier_id, juror_id, account_id, organisation_id, manager_id, state, created_at)
        VALUES ('${council.org}', '${rounds.id}', '${dossiers.id}', '${council.org}', '${council.account}', '${council.org}', '${office.org}', 'started', now ())`);
    must(await bank.put(`/dossiers/${dossiers.id}/wish`, { wish: 'wants' }));
    rounds = await thing(office.command('/rounds', rounds, 'deliberate'));
    let selections = await thing(office.post('/selections', {
        round_id: rounds.id, minute: 'De jury besprak alle plannen, en koos.', jurors: [jurors.id],
    }));
    for (const who of [office, bank]) {
        selections = await thing(who.command('/selections', selections, 'sign'));
    }
    selections = await thing(office.command('/selections', selections, 'decide'));
    // Somebody decides on an objection against that too, and so reads the result.
    await house.psql(`INSERT INTO pipeline.objection (id, initiative_id, round_id, applicant_id, manager_id, handler_id, grounds, about, state, created_at)
        VALUES (gen_random_uuid (), '${shown.id}', '${rounds.id}', '${green.org}', '${office.org}', '${buyer.org}', 'Het besluit is niet goed.',
                'selection', 'decided', now () - interval '1 day')`);
    rounds = await thing(office.get(`/rounds/${rounds.id}`));
    await thing(office.post('/rounds', {
        programme_id: programmes.id, number: 2, template_id: rounds.id, opens_at: days(31), closes_at: days(60),
        present_quota: 5, select_min: 1, select_max: 2, fictional: true,
    }));
    const joined = await thing(green.command('/initiatives', await thing(green.get(`/initiatives/${submitted[1].id}`)), 'accept'));
    return { programmes, seats, rounds, 'claimed-figures': claimed, initiatives, extensions, objections, jurors, judgements, dossiers, selections, ...await training({ green, office, bank }, rounds, joined),
        ...await table(house, { green, office, bank, council }, programmes, joined) };
}

/** The programme that follows: a meeting that a partner leads, to which the one that was chosen comes. */
async function training({ green, office, bank }, round, joined) {
    const programme_id = round.programme_id;
    await thing(office.post('/seats', { programme_id, organisation_id: bank.org, role: 'expert', valid_from: days(-1).slice(0, 10) }));
    const meetings = await thing(office.post('/meetings', { round_id: round.id, host_id: bank.org, kind: 'expert', title: 'Geld en plannen',
        starts_at: days(3), ends_at: days(4), capacity: 4 }));
    const attendances = await thing(green.post('/attendances', { meeting_id: meetings.id, initiative_id: joined.id }));
    await thing(office.post('/seats', { programme_id, organisation_id: bank.org, role: 'mentor', valid_from: days(-1).slice(0, 10) }));
    const mentors = await thing(bank.post('/mentors', { programme_id, role: 'mentor', name: 'Een mentor', skills: 'geld en plannen',
        municipality: 'GM0153', hours: 40 }));
    const proposed = await thing(office.post('/pairings', { initiative_id: joined.id, mentor_id: mentors.id, hours: 10 }));
    await thing(green.command('/pairings', proposed, 'accept'));
    const pairings = await thing(bank.command('/pairings', await thing(bank.get(`/pairings/${proposed.id}`)), 'accept'));
    must(await bank.command('/pairings', pairings, 'book', { day: '2026-11-01', minutes: 60 }));
    const asked = await thing(office.post('/deliverables', { initiative_id: joined.id, kind: 'canvas' }));
    const deliverables = await thing(green.command('/deliverables', asked, 'hand', { text: 'Het canvas.' }));
    return { meetings, attendances, mentors, pairings, deliverables };
}

/** A letter to the buyer of an open need, which is mailed, and a search that is kept. */
async function alerts(house, { buyer, green }) {
    const profiles = await thing(buyer.post('/profiles', { kind: 'offers', words: 'lunch' }));
    must(await buyer.put(`/organisations/${buyer.org}/invoice-setting`, { email: 'facturen@stad.example' }));
    must(await buyer.put(`/organisations/${buyer.org}/alert-setting`, { frequency: 'weekly', email: 'inkoop@stad.example' }));
    await openNeed(buyer);
    await published(green, '/offers', offerText('Onderhoud van de binnentuin'));
    const letters = await until(async () => (await thing(buyer.get('/letters'))).items.at(0), 10_000, 'there is a letter');
    const notices = await until(async () => (await thing(buyer.get('/notices'))).items.at(0), 10_000, 'there is a notice');
    return { profiles, letters, notices };
}

/** Reviews of two deals: both sides of one, of which a moderator hid one; and one that waits for the other side. */
async function reviews(house, { desk, buyer, green }, order) {
    const known = ({ id }) => until(async () => await house.psql(
        `SELECT count (*) FROM catalog.known_order WHERE id = '${id}' AND accepted_at IS NOT NULL`) === '1', 10_000, 'catalog knows what was accepted');
    const text = (of) => ({ order_id: of.id, stars: 4, text: 'Het werk was goed, en op tijd.' });
    await known(order);
    const first = await thing(buyer.post('/reviews', text(order)));
    must(await green.post('/reviews', text(order)));
    must(await desk.command('/reviews', await thing(buyer.get(`/reviews/${first.id}`)), 'hide', { reason: 'Dit gaat over iets anders.' }));
    const other = await confirmedOrder(buyer, green);
    const came = await delivered(green, other, { 0: 1 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: other.lines[0].id, accepted: 1 }] }));
    await known(other);
    return thing(buyer.post('/reviews', text(other)));
}

/** Two files of an enterprise: one that an offer on the market embeds, and one that nothing does. */
const files = (house, owner, offer) => house.psql(`
    INSERT INTO blob.file SELECT gen_random_uuid (), '${owner}', repeat (no::text, 64), 'foto.png', 'image/png', 3, now ()
        FROM generate_series (1, 2) no;
    INSERT INTO blob.chunk SELECT id, 0, 'abc' FROM blob.file WHERE owner_id = '${owner}';
    INSERT INTO blob.reference SELECT 'catalog.offer', 'photos', '${offer}', id, false
        FROM blob.file WHERE owner_id = '${owner}' AND hash = repeat ('1', 64)`);

/** Letters are written and may be mailed, though nobody takes the mail. */
export const options = { args: { matching: ['--serve=answers,alerts', '--smtp=smtp://127.0.0.1:9', '--mail-from=meldingen@meerwaarde.example'] } };

/**
 * Makes the world; answers its people, and of each collection of the API one thing: a private one
 * where it has private things.
 */
export async function makeWorld(house) {
    const people = await enter(house);
    const { buyer, green, newcomer, outsiders: [city] } = people;
    const follows = async () => Number(await house.psql('SELECT count (*) FROM catalog.known_invoice WHERE paid_cents > 0')) > 0;
    const shown = await published(green, '/offers', offerText('Groen voor iedereen'));
    const edit = await thing(green.post('/offer-edits', { offer_id: shown.id, proposed: offerText('Groen voor allen') }));
    await withHidden(people);
    const reports = await withReports(house, people, shown);
    await files(house, green.org, shown.id);
    const story = await published(city, '/stories', storyText('Eén loket'));
    const assessments = await thing(buyer.post('/assessments', assessmentText('account')));
    const level = await thing(buyer.post('/assessments', assessmentText('procurement')));
    const submitted = await thing(buyer.command('/assessments', level, 'submit'));
    must(await buyer.command('/assessments', submitted, 'publish'));
    const things = {
        organisations: { id: newcomer.org },
        offers: await thing(newcomer.post('/offers', offerText('Nog niet op de markt'))),
        'offer-edits': edit, ...reports.things,
        stories: await thing(buyer.post('/stories', storyText('Nog niet af'))),
        adoptions: await thing(buyer.post('/adoptions', { story_id: story.id })),
        assessments,
        ...await deal(house, people),
        ...await sealed(house, people),
        ...await alerts(house, people),
        ...await programme(house, people),
    };
    await until(follows, 10_000, 'catalog follows the deal');
    things['favourite-lists'] = await thing(newcomer.post('/favourite-lists', { title: 'Van ons alleen' }));
    things.favourites = await thing(newcomer.post('/favourites', { list_id: things['favourite-lists'].id, offer_id: shown.id }));
    things.stocks = await thing(green.post('/stocks', { offer_id: shown.id, units: 10 }));
    things.account = await thing(buyer.post('/account/addresses', { email: 'tweede@stad.example' })); // of a person
    things.reviews = await reviews(house, people, things.orders);
    return { ...people, appellant: reports.appellant, things };
}
