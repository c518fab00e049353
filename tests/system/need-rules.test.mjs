// need-rules.test.mjs - who may decide on a need up to which value, and by which route it may be bought on that day.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse } from '../lib/house.mjs';
import { needText, openNeed, policyText, submittedQuote, today } from './deal-cast.mjs';
import { admit, colleague, founder, refused, thing } from './people.mjs';
import { enterSealed, opener } from './seal-cast.mjs';

let house, desk, buyer, green, blue, stranger, city;

before(async () => {
    house = await openHouse();
    ({ desk, buyer, green, blue, stranger } = await enterSealed(house));
    // A city that adopted nothing: the usual limits hold.
    city = await founder(house, 'stad', 'municipality', { municipality: 'GM0164' });
    await admit(house, desk, city);
    city.chief = await colleague(house, city, 'stad-chef', 'APPROVER');
});
after(() => house?.stop());

const write = (who, changes) => thing(who.post('/needs', needText(changes)));
const submitted = async (who, changes) => thing(who.command('/needs', await write(who, changes), 'submit'));
const mandate = (who, account, max_cents, days = {}) =>
    thing(who.post('/mandates', { account_id: account, max_cents, valid_from: '2020-01-01', ...days }));
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
const advice = async (who, query) => Object.fromEntries((await thing(who.get(`/route-advice?${query}`))).items
    .map((option) => [option.route, option]));

test('on a sealed route a need is approved before it goes on the market', async () => {
    let need = await write(buyer, { route: 'open' });
    assert.ok(!need.commands.includes('publish') && need.commands.includes('submit'));
    refused(await buyer.command('/needs', need, 'publish'), 409, 'route_is_short');
    need = await thing(buyer.command('/needs', need, 'submit'));
    assert.equal(need.state, 'approval');
    refused(await green.get(`/needs/${need.id}`), 404);
    refused(await stranger.command('/needs', need, 'approve'), 404);
    need = await thing(buyer.chief.command('/needs', need, 'return', { reason: 'De planning ontbreekt.' }));
    assert.deepEqual([need.state, need.return_reason], ['draft', 'De planning ontbreekt.']);
    need = await thing(buyer.command('/needs', need, 'submit'));
    assert.equal(need.return_reason, undefined);
    need = await thing(buyer.chief.command('/needs', need, 'approve'));
    refused(await green.get(`/needs/${need.id}`), 404);
    refused(await buyer.command('/needs', need, 'publish'), 409, 'seal_closed');
    await opener(buyer, need);
    await opener(buyer.chief, need);
    need = await thing(buyer.command('/needs', need, 'publish'));
    assert.equal(need.state, 'open');
    refused(await buyer.chief.command('/needs', need, 'award', { quote_id: need.id, motivation: 'Toch maar meteen.' }), 409);
});

test('who wrote a need, or handed it in, does not decide on it', async () => {
    // The founder holds every role, and has a mandate of its own.
    await mandate(await colleague(house, buyer, 'beheer', 'ADMIN'), buyer.account, 100_000_000);
    const need = await submitted(buyer, { route: 'open' });
    assert.ok(!need.commands.includes('approve'));
    refused(await buyer.command('/needs', need, 'approve'), 409, 'other_person_wrote');
    const second = await colleague(house, buyer, 'inkoper-twee', 'BUYER', 'APPROVER');
    await mandate(buyer, second.account, 100_000_000);
    const handed = await thing(second.command('/needs', await write(buyer, { route: 'open' }), 'submit'));
    refused(await second.command('/needs', handed, 'approve'), 409, 'other_person_wrote');
    refused(await buyer.command('/needs', handed, 'approve'), 409, 'other_person_wrote');
    must(await buyer.chief.command('/needs', handed, 'approve'));
    const short = await openNeed(buyer);
    const quote = await submittedQuote(green, short);
    refused(await buyer.command('/needs', short, 'award', { quote_id: quote.id, motivation: 'Ik koos zelf.' }), 409, 'other_person_wrote');
});

test('nobody decides above their mandate of that day', async () => {
    const chief = await colleague(house, buyer, 'klein-mandaat', 'APPROVER');
    const need = await submitted(buyer, { route: 'open', budget_cents: 500_000 });
    const approve = () => chief.command('/needs', need, 'approve');
    refused(await approve(), 409, 'within_mandate');
    await mandate(buyer, chief.account, 900_000, { valid_until: '2020-12-31' });
    await mandate(buyer, chief.account, 900_000, { valid_from: inDays(2).slice(0, 10) });
    await mandate(buyer, chief.account, 499_999);
    refused(await approve(), 409, 'within_mandate');
    const enough = await mandate(buyer, chief.account, 500_000);
    must(await buyer.command('/mandates', enough, 'end'));
    refused(await approve(), 409, 'within_mandate');
    await mandate(buyer, chief.account, 500_000);
    must(await approve());
    // An award is judged by what was quoted, whatever the estimate was.
    const weak = await colleague(house, buyer, 'kleiner-mandaat', 'APPROVER');
    await mandate(buyer, weak.account, 15_067);
    const open = await openNeed(buyer, { budget_cents: 100 });
    const quote = await submittedQuote(green, open);
    const award = (who) => who.command('/needs', open, 'award', { quote_id: quote.id, motivation: 'De enige, en een goede.' });
    refused(await award(weak), 409, 'within_mandate');
    assert.equal((await thing(buyer.get(`/needs/${open.id}`))).state, 'open');
    await mandate(buyer, weak.account, 15_068);
    must(await award(weak));
});

test('a mandate is given by an administrator, to somebody else, and is the organisation\'s own', async () => {
    const admin = await colleague(house, buyer, 'beheerder', 'ADMIN');
    const body = { max_cents: 100, valid_from: '2026-01-01' };
    refused(await admin.post('/mandates', { ...body, account_id: admin.account }), 409, 'not_own_mandate');
    refused(await buyer.chief.post('/mandates', { ...body, account_id: admin.account }), 404);
    refused(await admin.post('/mandates', { ...body, account_id: buyer.chief.account, max_cents: 0 }), 400);
    const given = await mandate(admin, buyer.chief.account, 100);
    refused(await stranger.get(`/mandates/${given.id}`), 404);
    assert.equal((await thing(buyer.get(`/mandates/${given.id}`))).max_cents, 100);
    assert.ok((await thing(buyer.get('/mandates'))).items.some(({ id }) => id === given.id));
    assert.deepEqual((await thing(stranger.get('/mandates'))).items, []);
});

test('the route follows from the value, by the usual limits or the city\'s own', async () => {
    const small = await advice(city, 'budgetCents=5000000&kind=service&cpv=90910000-9');
    assert.deepEqual(Object.keys(small), ['direct', 'invited', 'open', 'private']);
    assert.deepEqual([small.direct.allowed, small.invited.allowed, small.open.allowed], [true, true, true]);
    assert.deepEqual([small.private.allowed, small.private.reason], [false, 'route_of_buyer']);
    assert.deepEqual([small.direct.limit_cents, small.direct.counted_cents, small.direct.needs], [5_000_000, 5_000_000, 0]);
    const above = await advice(city, 'budgetCents=5000001&kind=service&cpv=90910000-9');
    assert.deepEqual([above.direct.allowed, above.direct.reason], [false, 'below_route_limit']);
    refused(await city.command('/needs', await write(city, { budget_cents: 5_000_001 }), 'publish'), 409, 'below_route_limit');
    refused(await city.command('/needs', await write(city, { budget_cents: undefined }), 'publish'), 409, 'value_known');
    refused(await city.command('/needs', await write(city, { route: 'private' }), 'publish'), 409, 'route_of_buyer');
    refused(await city.command('/needs', await write(city, { route: 'open', quote_deadline: inDays(19) }), 'submit'), 409, 'enough_days');
    await submitted(city, { route: 'open', quote_deadline: inDays(21) });
    // A company has rules of its own, but no direct award of a public buyer.
    const own = await write(stranger);
    assert.equal(own.route, 'private');
    refused(await stranger.command('/needs', await write(stranger, { route: 'direct' }), 'publish'), 409, 'route_of_buyer');
    must(await stranger.command('/needs', own, 'publish'));
});

test('at the European threshold of that class only an open tender is left', async () => {
    const at = async (budget, kind, cpv) => (await advice(buyer, `budgetCents=${budget}&kind=${kind}&cpv=${cpv}`)).invited;
    const cases = [['service', '90910000-9', 21_600_000], ['service', '85300000-2', 75_000_000], ['work', '45000000-7', 540_400_000]];
    for (const [kind, cpv, cents] of cases) {
        assert.equal((await at(cents - 1, kind, cpv)).allowed, true, `${kind} ${cents - 1}`);
        const reached = await at(cents, kind, cpv);
        assert.deepEqual([reached.allowed, reached.reason], [false, 'below_eu_threshold'], `${kind} ${cents}`);
        assert.match(reached.source, /Verordening|Richtlijn/);
    }
    const { items } = await thing(house.nobody().get('/thresholds'));
    assert.ok(items.some((one) => one.class === 'works' && one.valid_from === '2026-01-01' && one.amount_cents === 540_400_000));
});

test('a need in pieces is one need: what was bought of its kind in the window counts, also at once', async () => {
    const piece = () => write(city, { budget_cents: 2_000_000, cpv: ['39130000-2'] });
    must(await city.command('/needs', await piece(), 'publish'));
    // Two more at the same moment are 60,000 together: one of them is too much.
    const [one, two] = [await piece(), await piece()];
    const answers = await Promise.all([one, two].map((need) => city.command('/needs', need, 'publish')));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    refused(answers.find(({ status }) => status === 409), 409, 'not_split');
    const left = [one, two][answers.findIndex(({ status }) => status === 409)];
    const { items: [direct] } = await thing(city.get(`/needs/${left.id}/route-advice`));
    assert.deepEqual([direct.reason, direct.counted_cents, direct.needs], ['not_split', 6_000_000, 2]);
    assert.deepEqual((await thing(city.chief.get(`/needs/${left.id}/route-advice`))).items[0], direct);
    assert.deepEqual((await thing(stranger.get(`/needs/${left.id}/route-advice`))).items, []);
    // Another kind of thing is another need, and what is cancelled was not bought.
    must(await city.command('/needs', await write(city, { budget_cents: 2_000_000, cpv: ['55520000-1'] }), 'publish'));
    const gone = await thing(city.get(`/needs/${[one, two].find((need) => need !== left).id}`));
    must(await city.chief.command('/needs', gone, 'cancel', { cause: 'error', reason: 'Dubbel gesteld.' }));
    must(await city.command('/needs', left, 'publish'));
});

test('what one supplier was awarded directly counts together, whatever the estimates were', async () => {
    await mandate(city, city.chief.account, 100_000_000);
    const deal = async (supplier, quantity) => {
        const need = await thing(city.command('/needs', await write(city, { budget_cents: 100, cpv: ['79800000-2'] }), 'publish'));
        const line = { description: 'Drukwerk', unit: 'stuk', quantity, unit_price_cents: 100_000, vat: 'high' };
        const quote = await thing(supplier.command('/quotes',
            await thing(supplier.post('/quotes', { need_id: need.id, lines: [line] })), 'submit'));
        return city.chief.command('/needs', need, 'award', { quote_id: quote.id, motivation: 'Passend en op tijd.' });
    };
    must(await deal(green, 30));
    refused(await deal(green, 21), 409, 'not_split');
    must(await deal(blue, 21));
    must(await deal(green, 20));
});

test('a policy is the municipality\'s, holds from its day on, and alters nothing of before', async () => {
    const policy = (changes) => policyText({ single_max_cents: 1_000_000, ...changes });
    refused(await green.post('/purchase-policies', policy()), 404);
    const draft = await thing(city.post('/purchase-policies', policy({ valid_from: '2020-01-01' })));
    refused(await stranger.get(`/purchase-policies/${draft.id}`), 404);
    assert.equal((await thing(city.get(`/purchase-policies/${draft.id}`))).state, 'draft');
    refused(await city.command('/purchase-policies', draft, 'adopt'), 409, 'policy_ahead');
    const need = await thing(city.command('/needs', await write(city, { budget_cents: 4_000_000, cpv: ['15000000-8'] }), 'publish'));
    const before = (await thing(city.get(`/needs/${need.id}/route-advice`))).items;
    assert.equal(before[0].allowed, true);
    const later = await thing(city.put(`/purchase-policies/${draft.id}`, policy({ valid_from: inDays(3).slice(0, 10) }), draft.version));
    const adopted = await thing(city.command('/purchase-policies', later, 'adopt'));
    assert.deepEqual(adopted.commands, []);
    assert.deepEqual((await thing(city.get(`/needs/${need.id}/route-advice`))).items, before);
    const twice = await thing(city.post('/purchase-policies', policy({ valid_from: adopted.valid_from })));
    refused(await city.command('/purchase-policies', twice, 'adopt'), 409, 'policy_once');
    must(await city.command('/purchase-policies', twice, 'drop'));
    // From today on: what is on the market stays judged by its own day, what comes is judged by the new one.
    const now = await thing(city.post('/purchase-policies', policy({ valid_from: today() })));
    must(await city.command('/purchase-policies', now, 'adopt'));
    assert.equal((await advice(city, 'budgetCents=1000001&cpv=03000000-1')).direct.reason, 'below_route_limit');
    const { items } = await thing(house.nobody().get(`/purchase-policies?organisationId=${city.org}`));
    assert.deepEqual(items.map(({ id }) => id).sort(), [adopted.id, now.id].sort());
});
