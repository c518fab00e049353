// programme.test.mjs - a round: 52 initiatives, 28 presented, 11 selected; who sees what of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { committed, seated } from './table-cast.mjs';
import { admit, decided, everything, founder, moderator, refused, thing } from './people.mjs';

let house, office, partner, team, enterprise, nobody;
// What one test makes, the next goes on with.
let programme, round, seat;
const plans = [];

before(async () => {
    house = await openHouse();
    nobody = house.nobody();
    const desk = await moderator(house);
    office = await founder(house, 'bureau', 'partner');
    partner = await founder(house, 'bank', 'partner');
    team = await founder(house, 'team', 'team');
    enterprise = await founder(house, 'onderneming', 'enterprise');
    refused(await office.post('/programmes', { name: 'Te vroeg', region: 'Twente' }), 404);
    await admit(house, desk, office, partner, team, enterprise);
    programme = await thing(office.post('/programmes',
        { name: 'Twente vooruit', region: 'Twente', goals: ['care'], fictional: true }));
});
after(() => house?.stop());

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();

const roundText = (changes = {}) => ({
    programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30),
    present_quota: 28, select_min: 9, select_max: 11, fictional: true, ...changes,
});

const planText = (of, title) => ({
    round_id: of.id, title, summary: 'Een plan dat werk geeft aan mensen in de buurt.',
    plan: 'Probleem, oplossing en verdienmodel staan hier voor de partners.',
    municipality: 'GM0153', ask_cents: 2_500_000, consent: true, fictional: true,
});

async function submitted(client, of, title) {
    const plan = await thing(client.post('/initiatives', planText(of, title)));
    return thing(client.command('/initiatives', plan, 'submit'));
}

/** Takes a step with plan number `at`, and keeps what it became. */
async function step(client, at, command, body) {
    const answer = await client.command('/initiatives', plans[at], command, body);
    if (answer.status === 200) {
        plans[at] = answer.body;
    }
    return answer;
}

const next = async (command) => {
    round = await thing(office.command('/rounds', round, command));
};
/** No test waits a month: the owner of the tables moves the closing time. */
const passClosingTime = (of) =>
    house.psql(`UPDATE pipeline.round SET closes_at = now () - interval '1 second' WHERE id = '${of.id}'`);
const all = (low, high) => Array.from({ length: high - low }, (_, index) => low + index);
const counts = ({ submitted, presented, selected, at_table, realised }) =>
    [submitted, presented, selected, at_table, realised];

test('a round takes initiatives while it is open', async () => {
    round = await thing(office.post('/rounds', roundText()));
    refused(await office.post('/rounds', roundText()), 409, 'round_number_once');
    refused(await partner.post('/rounds', roundText({ number: 2 })), 404);
    const bad = await office.post('/rounds', roundText({ number: 3, select_min: 99 }));
    refused(bad, 400);
    assert.deepEqual(bad.body.errors.map((error) => error.path), ['select_max']);
    refused(await nobody.get(`/rounds/${round.id}`), 404);
    round = await thing(office.put(`/rounds/${round.id}`, roundText({ waitlist: 0 }), round.version));
    refused(await team.post('/initiatives', planText(round, 'Te vroeg')), 404);
    await next('announce');
    refused(await team.post('/initiatives', planText(round, 'Te vroeg')), 409,
        'round_takes_initiatives');
    await next('open');
    assert.match(round.rules_hash, /^[0-9a-f]{64}$/);
    refused(await office.put(`/rounds/${round.id}`, roundText(), round.version), 409, 'out_of_state');
    for (const at of all(0, 52)) {
        plans.push(await submitted(at % 2 ? enterprise : team, round, `Plan ${at}`));
    }
    const draft = await thing(team.post('/initiatives', planText(round, 'Blijft een concept')));
    refused(await office.get(`/initiatives/${draft.id}`), 404);
    refused(await office.command('/rounds', round, 'close'), 409, 'closing_time_past');
    await passClosingTime(round);
    refused(await team.command('/initiatives', draft, 'submit'), 409, 'round_takes_initiatives');
    await next('close');
    assert.deepEqual(counts(round), [52, 0, 0, 0, 0]);
});

test('no more are presented than there are places', async () => {
    refused(await office.command('/rounds', round, 'present'), 409, 'all_screened');
    for (const at of all(0, 52)) {
        must(await step(office, at, 'admit'));
    }
    for (const at of all(0, 28)) {
        must(await step(office, at, 'present'));
    }
    refused(await step(office, 28, 'present'), 409, 'place_to_present');
    for (const at of all(28, 52)) {
        must(await step(office, at, 'drop', { reason: 'Het verdienmodel ontbreekt.' }));
    }
    await next('present');
    assert.deepEqual(counts(round), [52, 28, 0, 0, 0]);
});

test('who applied is nobody\'s business before the decision, also not of a partner with a seat', async () => {
    const seen = async () =>
        (await everything(partner, `/initiatives?roundId=${round.id}&limit=50`)).length;
    must(await step(team, 0, 'withdraw'));
    assert.equal(await seen(), 0);
    seat = await thing(office.post('/seats', {
        programme_id: programme.id, organisation_id: partner.org, role: 'jury',
        valid_from: days(-1).slice(0, 10),
    }));
    assert.equal(await seen(), 0);
    assert.equal((await thing(nobody.get(`/programmes/${programme.id}`))).partners, 1);
    seat = await thing(office.command('/seats', seat, 'end'));
    assert.equal(seat.state, 'given_up');
});

test('as many are selected as the round says', async () => {
    await next('score');
    await next('deliberate');
    await thing(office.post('/appointments', { handler_id: partner.org }));
    round = await decided(office, round, all(1, 12).map((at) => plans[at].id));
    for (const at of all(1, 28)) {
        plans[at] = await thing(office.get(`/initiatives/${plans[at].id}`));
    }
    assert.deepEqual(counts(round), [52, 28, 11, 0, 0]);
});

test('the funnel is 52, 28, 11 with 53.8 % and 39.3 %', async () => {
    const report = await until(async () => {
        const answer = await thing(nobody.get(`/reports/rounds/${round.id}`));
        return answer.stages.some(({ name, count }) => name === 'selected' && count === 11)
            && answer;
    }, 10_000, 'reporting has counted the selection');
    const stage = Object.fromEntries(report.stages.map(
        ({ name, count, of_previous_e1: part }) => [name, [count, part]]));
    assert.deepEqual(stage.presented, [28, 538]);
    assert.deepEqual(stage.selected, [11, 393]);
});

test('it takes an ask to come to the table, and evidence to be real', async () => {
    await next('start');
    for (const at of all(1, 4)) {
        must(await step(at % 2 ? enterprise : team, at, 'accept'));
        must(await step(office, at, 'finish'));
    }
    await next('seat');
    refused(await step(office, 3, 'seat'), 409, 'ask_is_complete');
    must(await office.post('/seats', { programme_id: programme.id, organisation_id: partner.org, role: 'financier',
        valid_from: days(-1).slice(0, 10) }));
    const asks = [await seated(office, enterprise, plans[1], 20_000, 15_000), await seated(office, team, plans[2], 20_000, 15_000)];
    await committed(partner, asks[0], 'loan', 20_000);
    await next('settle');
    plans[1] = await thing(office.get(`/initiatives/${plans[1].id}`));
    assert.equal(plans[1].financed_cents, 2_000_000);
    refused(await step(office, 1, 'realise'), 409, 'milestone_reached');
    const stone = await thing(enterprise.post('/milestones', { initiative_id: plans[1].id, what: 'Vier mensen aan het werk.', due_on: days(9).slice(0, 10) }));
    const met = await thing(enterprise.command('/milestones', stone, 'hand', { evidence: 'Vier contracten.' }));
    must(await office.command('/milestones', met, 'verify'));
    must(await step(office, 1, 'realise'));
    assert.equal((await thing(office.get(`/initiatives/${plans[2].id}`))).state, 'not_financed');
    round = await thing(office.get(`/rounds/${round.id}`));
    assert.deepEqual(counts(round), [52, 28, 11, 2, 1]);
});

test('the public sees the same counts, and what goes on without what is private', async () => {
    assert.deepEqual(counts(await thing(nobody.get(`/rounds/${round.id}`))), [52, 28, 11, 2, 1]);
    const items = await everything(nobody, `/initiatives?roundId=${round.id}&limit=4`);
    assert.equal(items.length, 10);
    for (const item of items) {
        for (const name of ['plan', 'ask_cents', 'score', 'financed_cents', 'drop_reason']) {
            assert.ok(!(name in item), name);
        }
    }
    refused(await nobody.get(`/initiatives/${plans[30].id}`), 404);
    const own = await thing(team.get(`/initiatives/${plans[30].id}`));
    assert.equal(own.drop_reason, 'Het verdienmodel ontbreekt.');
    refused(await enterprise.get(`/initiatives/${plans[30].id}`), 404);
});

test('mine is mine', async () => {
    const items = await everything(office, `/initiatives?roundId=${round.id}&limit=20`);
    assert.equal(items.length, 52);
    const mine = await everything(team, '/initiatives?mine=true&limit=20');
    assert.ok(mine.every(({ applicant_id: applicant }) => applicant === team.org));
    assert.equal(mine.length, 27);
});

test('who was chosen may say no', async () => {
    const chosen = (await everything(team, '/initiatives?mine=true&limit=20')).find(({ commands }) => commands.includes('decline'));
    assert.equal((await thing(team.command('/initiatives', chosen, 'decline'))).state, 'declined');
});

test('a round is concluded once everybody who had a place came to an end', async () => {
    round = await thing(office.get(`/rounds/${round.id}`));
    const early = await office.command('/rounds', round, 'conclude');
    refused(early, 409, 'nobody_under_way');
    assert.equal(early.body.errors.length, 8);
    must(await step(enterprise, 3, 'withdraw'));
    for (const at of all(4, 12)) {
        const client = at % 2 ? enterprise : team;
        plans[at] = await thing(client.get(`/initiatives/${plans[at].id}`));
        if (plans[at].state === 'selected') {
            must(await step(client, at, 'accept'));
            must(await step(client, at, 'stop', { reason: 'Wij gaan niet verder.' }));
        }
    }
    await next('conclude');
    assert.deepEqual(counts(round), [52, 28, 10, 2, 1]);
});

test('of two that take the last place at once, one gets it', async () => {
    let small = await thing(office.post('/rounds',
        roundText({ number: 2, present_quota: 1, select_min: 1, select_max: 1 })));
    small = await thing(office.command('/rounds', await thing(office.command('/rounds', small, 'announce')), 'open'));
    const two = [
        await submitted(team, small, 'De eerste'), await submitted(enterprise, small, 'De ander'),
    ];
    await passClosingTime(small);
    await thing(office.command('/rounds', small, 'close'));
    const eligible = [];
    for (const plan of two) {
        eligible.push(await thing(office.command('/initiatives', plan, 'admit')));
    }
    const answers = await Promise.all(
        eligible.map((plan) => office.command('/initiatives', plan, 'present')));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
});
