// table.test.mjs - the financing table: asks, pledges that rest on each other and on an agreement, closing, and what follows. The clock
// is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { inForce } from './deal-cast.mjs';
import { refused, thing, visitor } from './people.mjs';
import { askText, committed, enterTable, pledgeText, roundAtTable, seated } from './table-cast.mjs';

let clock, house, cast, office, bank, fund, buyer, green, stranger;
// What one test makes, the next goes on with.
let round, plans, agreement, kitchen, loan, subsidy, gift;

const day = 86_400;

before(async () => {
    clock = new Clock();
    clock.shift(0);
    house = await openHouse();
    cast = await enterTable(house);
    ({ office, bank, fund, buyer, green, stranger } = cast);
    agreement = await inForce(buyer, green);
    ({ round, plans } = await roundAtTable(house, cast, green,
        ['Buurtkeuken', 'Fietsenmakerij', 'Niemand wil dit', 'Te weinig', 'Gaat niet door']));
});
after(() => house?.stop().finally(() => clock.end()));

const get = (client, path) => thing(client.get(path));
const fresh = (client, collection, { id }) => get(client, `${collection}/${id}`);
const state = async (client, collection, one) => (await fresh(client, collection, one)).state;
const states = async (...pledges) => Promise.all(pledges.map((one) => state(office, '/pledges', one)));
const dryRun = (of = round) => get(office, `/rounds/${of.id}/closing`);
const settle = async () => {
    round = await thing(office.command('/rounds', await fresh(office, '/rounds', round), 'settle'));
};
const paths = ({ body }) => body.errors.map(({ path }) => path).sort();

/** Sessions end before the months that are waited for here do. */
async function pass(seconds) {
    clock.shift(seconds);
    [office, bank, fund, buyer, green] = await Promise.all([[office, 'bureau'], [bank, 'bank'], [fund, 'fonds'], [buyer, 'buyer'], [green, 'green']]
        .map(async ([{ org }, name]) => Object.assign(await visitor(house, { email: `${name}@proef.example` }), { org })));
}

test('an ask is completed before it comes to the table, and only its applicant does that', async () => {
    const [plan] = plans;
    refused(await green.post('/asks', askText(plan, 40_000, 50_000)), 400);
    const draft = await thing(green.post('/asks', { initiative_id: plan.id, kinds: ['loan', 'gift', 'subsidy'], fictional: true }));
    refused(await green.post('/asks', askText(plan, 40_000, 35_000)), 409, 'ask_once');
    refused(await cast.blue.post('/asks', askText(plan, 1, 1)), 404);
    const bare = await green.command('/asks', draft, 'complete');
    refused(bare, 400);
    assert.deepEqual(paths(bare), ['amount_cents', 'min_viable_cents', 'text']);
    refused(await office.command('/initiatives', await fresh(office, '/initiatives', plan), 'seat'), 409, 'ask_is_complete');
    const full = await thing(green.put(`/asks/${draft.id}`, askText(plan, 40_000, 35_000, { kinds: ['loan', 'gift', 'subsidy'] }), draft.version));
    const ready = await thing(green.command('/asks', full, 'complete'));
    refused(await bank.get(`/asks/${ready.id}`), 404);
    refused(await bank.post('/pledges', pledgeText(ready, 'loan', 1000)), 404);
    must(await office.command('/initiatives', await fresh(office, '/initiatives', plan), 'seat'));
    kitchen = await get(bank, `/asks/${ready.id}`);
    assert.equal(kitchen.state, 'open');
    assert.equal(kitchen.title, 'Buurtkeuken');
    refused(await stranger.get(`/asks/${ready.id}`), 404);
    refused(await stranger.post('/pledges', pledgeText(kitchen, 'loan', 1000)), 404);
});

test('a pledge is not above the ask, in a form that is wanted, and rests on what makes sense', async () => {
    refused(await bank.post('/pledges', pledgeText(kitchen, 'loan', 40_001)), 409, 'pledge_within_ask');
    refused(await bank.post('/pledges', pledgeText(kitchen, 'equity', 1000)), 409, 'form_is_wanted');
    const odd = await bank.post('/pledges', pledgeText(kitchen, 'loan', 1000, [{ wish: 'sum' }, { wish: 'financiers', least_cents: 5 },
        { wish: 'pledge', pledge_id: kitchen.id }], { expires_at: '2020-01-01T00:00:00Z' }));
    refused(odd, 400);
    assert.deepEqual(paths(odd), ['conditions[0].least_cents', 'conditions[1].financiers', 'conditions[1].least_cents',
        'conditions[2].pledge_id', 'expires_at']);
    // Who applies along says so when it finances.
    await house.psql(`UPDATE pipeline.initiative SET co_applicant_ids = ARRAY ['${bank.org}'::uuid] WHERE id = '${plans[0].id}'`);
    refused(await bank.post('/pledges', pledgeText(kitchen, 'loan', 1000)), 409, 'interest_declared');
    await thing(bank.command('/pledges', await thing(bank.post('/pledges', pledgeText(kitchen, 'loan', 1000, undefined, { interest: 'Wij dienen mee in.' }))), 'withdraw'));
    await house.psql(`UPDATE pipeline.initiative SET co_applicant_ids = '{}' WHERE id = '${plans[0].id}'`);
    const draft = await thing(bank.post('/pledges', pledgeText(kitchen, 'loan', 1000)));
    refused(await green.get(`/pledges/${draft.id}`), 404);
    refused(await fund.get(`/pledges/${draft.id}`), 404);
    await thing(bank.command('/pledges', draft, 'withdraw'));
});

test('a loan rests on a subsidy, that on an agreement: together they are enough, and all bind', async () => {
    loan = await committed(bank, kitchen, 'loan', 25_000, [{ wish: 'sum', kind: 'subsidy', least_cents: 1_000_000 }]);
    refused(await fund.command('/pledges', await thing(fund.post('/pledges', pledgeText(kitchen, 'gift', 20_000))), 'commit'), 409, 'room_on_ask');
    subsidy = await committed(buyer, kitchen, 'subsidy', 10_000, [{ wish: 'agreement', agreement_id: agreement.id }]);
    gift = await committed(fund, kitchen, 'gift', 5_000);
    const seen = await get(fund, `/asks/${kitchen.id}`);
    assert.equal(seen.committed_cents, 4_000_000);
    assert.deepEqual(seen.sums.map(({ kind, committed_cents: cents }) => [kind, cents]),
        [['gift', 500_000], ['loan', 2_500_000], ['subsidy', 1_000_000]]);
    assert.deepEqual((await get(fund, `/pledges?askId=${kitchen.id}`)).items.map(({ financier_id: id }) => id).sort(),
        [bank.org, buyer.org, fund.org, fund.org].sort());
    const told = await dryRun();
    assert.deepEqual(await dryRun(), told, 'the same again');
    assert.deepEqual(told.asks.map(({ title, bound_cents: cents, result }) => [title, cents, result]), [['Buurtkeuken', 4_000_000, 'financed']]);
    assert.ok(told.pledges.every(({ holds }) => holds));
    assert.equal(told.circles, 0);
    refused(await bank.get(`/rounds/${round.id}/closing`), 404);
    assert.deepEqual(await states(loan, subsidy, gift), ['committed', 'committed', 'committed'], 'looking changes nothing');
    await settle();
    assert.deepEqual(await states(loan, subsidy, gift), ['firm', 'firm', 'firm']);
    const plan = await fresh(office, '/initiatives', plans[0]);
    assert.deepEqual([plan.state, plan.financed_cents], ['financed', 4_000_000]);
    assert.equal(await state(bank, '/asks', kitchen), 'closed');
    refused(await bank.post('/pledges', pledgeText(kitchen, 'loan', 1000)), 409, 'table_is_open');
    refused(await bank.command('/pledges', await fresh(bank, '/pledges', loan), 'withdraw'), 409, 'out_of_state');
});

/** what somebody was told, by event. */
const told = async (client) => (await get(client, '/notices?limit=100')).items.map(({ event }) => event);

test('the agreement is ended: what rests on it fails, nobody stays bound, everybody is told and talks go on', async () => {
    must(await green.command('/agreements', await fresh(green, '/agreements', agreement), 'terminate', { reason: 'De opdracht gaat niet door.' }));
    await until(async () => await state(bank, '/pledges', loan) === 'condition_failed', 10_000, 'the loan fell');
    assert.deepEqual(await states(loan, subsidy, gift), ['condition_failed', 'condition_failed', 'lapsed']);
    assert.equal((await fresh(office, '/pledges', subsidy)).failed, 1);
    const plan = await fresh(office, '/initiatives', plans[0]);
    assert.deepEqual([plan.state, plan.financed_cents], ['interest', 0]);
    const ask = await fresh(fund, '/asks', kitchen);
    assert.equal(ask.state, 'follow_up');
    const months = (Date.parse(ask.follow_until) - Date.now()) / 1000 / day;
    assert.ok(months > 88 && months < 93, ask.follow_until);
    for (const [client, type] of [[bank, 'pledge_failed'], [buyer, 'pledge_failed'], [fund, 'pledge_lapsed'], [green, 'ask_reopened'],
        [office, 'ask_reopened'], [green, 'initiative_interest']]) {
        await until(async () => (await told(client)).some((name) => name.includes(type)), 10_000, `${type} was told`);
    }
    assert.deepEqual((await dryRun()).pledges, [], 'nothing stands to be closed');
});

test('what only holds each other up holds, and is told as a circle; who cannot be met is not bound', async () => {
    const bikes = await seated(office, green, plans[1], 30_000, 15_000);
    const nobody = await seated(office, green, plans[2], 10_000, 5_000);
    const little = await seated(office, green, plans[3], 10_000, 5_000);
    const lend = await thing(bank.post('/pledges', pledgeText(bikes, 'loan', 10_000)));
    await thing(bank.command('/pledges', lend, 'indicate'));
    const give = await committed(fund, bikes, 'gift', 5_000, [{ wish: 'pledge', pledge_id: lend.id }]);
    const seen = await fresh(bank, '/pledges', lend);
    const changed = await thing(bank.put(`/pledges/${lend.id}`, pledgeText(bikes, 'loan', 10_000, [{ wish: 'pledge', pledge_id: give.id }]), seen.version));
    await thing(bank.command('/pledges', changed, 'commit'));
    const never = await committed(buyer, bikes, 'order', 9_000, [{ wish: 'financiers', financiers: 4 }]);
    const small = await committed(buyer, little, 'subsidy', 2_000);
    const told = await dryRun();
    const of = Object.fromEntries(told.pledges.map((one) => [one.id, one]));
    assert.equal(told.circles, 1);
    assert.deepEqual([lend, give, never].map(({ id }) => of[id].circle ?? 0), [1, 1, 0]);
    assert.deepEqual([of[never.id].holds, of[never.id].failed], [false, 1]);
    assert.deepEqual([of[small.id].holds, of[small.id].failed], [false, 0]);
    await settle();
    assert.deepEqual(await states(lend, give, never, small), ['firm', 'firm', 'condition_failed', 'lapsed']);
    assert.deepEqual(await Promise.all(plans.slice(1, 4).map((plan) => state(office, '/initiatives', plan))),
        ['part_financed', 'not_financed', 'interest']);
    assert.equal((await fresh(office, '/initiatives', plans[1])).financed_cents, 1_500_000);
    assert.deepEqual(await Promise.all([bikes, nobody, little].map((ask) => state(office, '/asks', ask))), ['follow_up', 'closed', 'follow_up']);
    // Page by page nothing is lost, also not what a financier may not know the name of any more.
    const listed = [];
    for (let cursor = ''; cursor !== undefined;) {
        const page = await get(fund, `/asks?roundId=${round.id}&limit=1${cursor && `&cursor=${cursor}`}`);
        listed.push(...page.items.map(({ id }) => id));
        cursor = page.next;
    }
    assert.deepEqual(listed.sort(), [kitchen, bikes, nobody, little].map(({ id }) => id).sort());
});

test('who withdraws before the table closes takes the ask along', async () => {
    const ask = await seated(office, green, plans[4], 10_000, 5_000);
    const pledge = await committed(fund, ask, 'gift', 6_000);
    const { selected } = await fresh(office, '/rounds', round);
    must(await green.command('/initiatives', await fresh(green, '/initiatives', plans[4]), 'withdraw'));
    assert.equal((await fresh(office, '/rounds', round)).selected, selected, 'it had its place');
    assert.equal(await state(green, '/initiatives', plans[4]), 'withdrawn_late');
    assert.equal(await state(green, '/asks', ask), 'ended');
    assert.deepEqual(await states(pledge), ['lapsed']);
});

test('an offer that expires lapses, and when the months are over the clock decides', async () => {
    const again = await thing(bank.command('/pledges', await fresh(bank, '/pledges', loan), 'renew'));
    const other = await thing(bank.put(`/pledges/${loan.id}`, pledgeText(kitchen, 'loan', 30_000), again.version));
    await thing(bank.command('/pledges', other, 'commit'));
    await thing(fund.command('/pledges', await thing(fund.command('/pledges', await fresh(fund, '/pledges', gift), 'renew')), 'commit'));
    const short = await committed(buyer, kitchen, 'subsidy', 1_000, undefined, { expires_at: new Date(Date.now() + 10 * day * 1000).toISOString().slice(0, 19) + 'Z' });
    await pass(11 * day);
    await until(async () => await state(buyer, '/pledges', short) === 'lapsed', 20_000, 'the offer expired');
    const offered = await thing(buyer.command('/pledges', await fresh(buyer, '/pledges', short), 'renew'));
    assert.deepEqual([offered.state, offered.expires_at], ['indicated', undefined], 'or it would lapse at once');
    assert.deepEqual(await states(loan, gift), ['committed', 'committed']);
    await pass(95 * day);
    await until(async () => await state(office, '/initiatives', plans[0]) === 'financed', 20_000, 'the months are over');
    assert.equal((await fresh(office, '/initiatives', plans[0])).financed_cents, 3_500_000);
    assert.deepEqual(await states(loan, gift), ['firm', 'firm']);
    await until(async () => await state(office, '/initiatives', plans[3]) === 'not_financed', 20_000, 'too little is nothing');
    await until(async () => await state(office, '/initiatives', plans[1]) === 'financed', 20_000, 'enough is enough');
    await thing(bank.command('/pledges', await fresh(bank, '/pledges', loan), 'pay'));
    assert.equal((await fresh(fund, '/asks', kitchen)).firm_cents, 3_500_000);
});
