// selection.test.mjs - what a jury decides: drafted from the ranking, signed by who was there, and the places that follow from it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse, until } from '../lib/house.mjs';
import { refused, thing } from './people.mjs';
import { days, deliberated, enterSelection, jurorId as jurorOf, step } from './selection-cast.mjs';

let house, cast, office, bank, team, others, council, chair, jurors, round, selection, plans;

before(async () => {
    house = await openHouse();
    cast = await enterSelection(house);
    ({ office, bank, team, others, council, jurors } = cast);
    chair = office;
});
after(() => house?.stop());

const jurorId = (juror) => jurorOf(cast, round, juror);
const choose = (outcomes) => plans.map(({ id }, at) => ({ initiative_id: id, ...outcomes[at] }));
const decision = async (changes = {}) => ({ round_id: round.id, minute: 'De jury besprak alle plannen, en koos.',
    jurors: [await jurorId(jurors[0])], ...changes });
const stateOf = async (at) => (await thing(office.get(`/initiatives/${plans[at].id}`))).state;

test('the ranking is there for who runs the round, with ties and by the formula', async () => {
    ({ round, plans } = await deliberated(cast));
    const { items, formula } = await thing(office.get(`/rounds/${round.id}/ranking`));
    assert.match(formula, /gemiddelde of de mediaan/);
    assert.deepEqual(items.map(({ initiative_id: id, rank, tied, total_ppm: total, enough }) =>
        [plans.findIndex((one) => one.id === id), rank, tied, total, enough]).sort(([a], [b]) => a - b), [
        [0, 1, 0, 830_000, true], [1, 2, 1, 700_000, true], [2, 2, 1, 700_000, true], [3, 4, 0, 500_000, true], [4, 5, 0, 230_000, true]]);
    assert.deepEqual(items[0].criteria.map(({ code, result_ppm: result }) => [code, result]),
        [['impact', 850_000], ['plan', 800_000], ['team', 600_000]]);
    refused(await team.get(`/rounds/${round.id}/ranking`), 404);
    refused(await bank.get(`/rounds/${round.id}/ranking`), 404);
});

test('a draft follows the ranking; a tie and a deviation need a reason, and choices that cannot be are refused', async () => {
    selection = await thing(office.post('/selections', await decision()));
    refused(await office.post('/selections', await decision()), 409, 'selection_once');
    assert.equal(selection.unexplained, 2);
    assert.deepEqual(selection.lines.map(({ deviation }) => deviation), ['none', 'tie', 'tie', 'none', 'none']);
    assert.match(selection.lines[4].reason, /23,0 van de 100 punten.*plaats 5 van de 5.*2 plaatsen/);
    refused(await office.command('/selections', selection, 'sign'), 409, 'ranking_explained');
    const bad = await office.put(`/selections/${selection.id}`, await decision({ choices: choose([
        { outcome: 'selected' }, { outcome: 'waitlisted', place: 3 }, { outcome: 'selected', place: 1 }, { outcome: 'selected' }]) .slice(0, 4) }),
    selection.version);
    refused(bad, 400);
    assert.deepEqual(bad.body.errors.map(({ path }) => path).sort(), ['choices', 'choices', 'choices[1].place', 'choices[2].place']);
    refused(await office.put(`/selections/${selection.id}`, await decision({ jurors: [office.account] }), selection.version), 400);
    const why = 'Dit plan helpt een groep die nog niemand helpt.';
    selection = await thing(office.put(`/selections/${selection.id}`, await decision({ choices: choose([
        { outcome: 'selected' }, { outcome: 'waitlisted', place: 1, reason: why }, { outcome: 'waitlisted', place: 2, reason: why },
        { outcome: 'selected' }, { outcome: 'not_selected' }]) }), selection.version));
    assert.deepEqual([selection.lines.map(({ deviation }) => deviation), selection.unexplained],
        [['none', 'below', 'below', 'above', 'none'].map((one, at) => at === 1 && selection.lines[1].deviation === 'tie' ? 'tie' : one), 1]);
    selection = await thing(office.put(`/selections/${selection.id}`, await decision({ choices: choose([
        { outcome: 'selected' }, { outcome: 'selected', reason: why }, { outcome: 'waitlisted', place: 1, reason: why },
        { outcome: 'waitlisted', place: 2 }, { outcome: 'not_selected' }]) }), selection.version));
    assert.equal(selection.unexplained, 0);
});

test('who was there signs for themselves, a juror by the numbers of dossiers; others find nothing', async () => {
    refused(await jurors[1].get(`/selections/${selection.id}`), 404);
    refused(await team.get(`/selections/${selection.id}`), 404);
    const seen = await thing(jurors[0].get(`/selections/${selection.id}`));
    assert.ok(!('ranking' in seen));
    assert.ok(seen.lines.length === 5 && seen.lines.every((line) => !line.initiative_id && line.number));
    refused(await office.command('/selections', selection, 'decide'), 409, 'all_signed');
    selection = await thing(jurors[0].command('/selections', selection, 'sign'));
    refused(await jurors[0].command('/selections', selection, 'sign'), 409, 'present_signs');
    refused(await office.command('/selections', selection, 'decide'), 409, 'all_signed');
});

test('a dossier that a juror may not see is no line of theirs, and leaves no gap', async () => {
    await house.psql(`INSERT INTO pipeline.conflict (round_id, account_id, initiative_id, manager_id, kind, declared_at)
        VALUES ('${round.id}', '${jurors[0].account}', '${plans[1].id}', '${office.org}', 'family', now ())`);
    const seen = await thing(jurors[0].get(`/selections/${selection.id}`));
    assert.deepEqual(seen.lines.map(({ rank }) => rank), [1, 2, 3, 4]);
    assert.equal(seen.current, false);
    await house.psql(`DELETE FROM pipeline.conflict WHERE round_id = '${round.id}'`);
});

test('a judgement that changes after the draft stops signing and deciding until it is drafted anew', async () => {
    await house.psql(`UPDATE pipeline.judgement SET state = 'reopened' WHERE juror_id = '${await jurorId(jurors[1])}'
        AND dossier_id = (SELECT id FROM pipeline.dossier WHERE initiative_id = '${plans[4].id}')`);
    selection = await thing(office.get(`/selections/${selection.id}`));
    assert.equal(selection.current, false);
    refused(await office.command('/selections', selection, 'sign'), 409, 'ranking_current');
    refused(await office.command('/selections', selection, 'decide'), 409, 'ranking_current');
    const choices = selection.lines.map(({ initiative_id, outcome, place, reason, written }) =>
        ({ initiative_id, outcome, place, ...(written ? { reason } : {}) }));
    selection = await thing(office.put(`/selections/${selection.id}`, await decision({ choices }), selection.version));
    assert.deepEqual([selection.too_few, selection.not_signed, selection.current], [1, 2, true]);
    selection = await thing(jurors[0].command('/selections', await thing(chair.command('/selections', selection, 'sign')), 'sign'));
    refused(await office.command('/selections', selection, 'decide'), 409, 'enough_judged');
    await house.psql(`UPDATE pipeline.judgement SET state = 'locked' WHERE state = 'reopened'`);
    selection = await thing(office.get(`/selections/${selection.id}`));
    selection = await thing(office.put(`/selections/${selection.id}`, await decision({ choices }), selection.version));
    selection = await thing(jurors[0].command('/selections', await thing(chair.command('/selections', selection, 'sign')), 'sign'));
});

test('nothing is decided before somebody independent could decide on an objection: a juror\'s organisation is not', async () => {
    refused(await office.command('/selections', selection, 'decide'), 409, 'appeal_can_be_handled');
    const appointment = await thing(office.post('/appointments', { handler_id: bank.org }));
    refused(await office.command('/selections', selection, 'decide'), 409, 'appeal_can_be_handled');
    await thing(office.command('/appointments', appointment, 'end'));
    await thing(office.post('/appointments', { handler_id: council.org }));
});

test('deciding moves everything at once, and only once', async () => {
    const answers = await Promise.all([1, 2].map(() => office.command('/selections', selection, 'decide')));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    round = await thing(office.get(`/rounds/${round.id}`));
    assert.equal(round.state, 'decided');
    assert.deepEqual(await Promise.all(plans.map((_, at) => stateOf(at))),
        ['selected', 'selected', 'waitlisted', 'waitlisted', 'not_selected']);
    const lost = await thing(team.get(`/initiatives/${plans[4].id}`));
    assert.match(lost.drop_reason, /23,0 van de 100 punten/);
    assert.equal((await thing(others.get(`/initiatives/${plans[2].id}`))).waiting_place, 1);
    assert.ok((await thing(team.get(`/initiatives/${plans[0].id}`))).offer_expires_at > days(6));
});

test('a place that is declined goes to who is next, strictly in that order and never to more than there are places', async () => {
    plans[0] = await step(team, await thing(team.get(`/initiatives/${plans[0].id}`)), 'accept');
    const second = await thing(team.get(`/initiatives/${plans[1].id}`));
    const answers = await Promise.all([team.command('/initiatives', second, 'accept'), team.command('/initiatives', second, 'decline')]);
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    if (answers[0].status === 200) { // who took the place gives it back all the same, and the test goes on alike
        await house.psql(`UPDATE pipeline.initiative SET state = 'withdrawn' WHERE id = '${second.id}'`);
    }
    await until(async () => await stateOf(2) === 'selected', 10_000, 'the first of the waiting list has the place');
    assert.equal(await stateOf(3), 'waitlisted');
    assert.equal((await thing(office.get(`/rounds/${round.id}`))).selected, 2);
});

test('a place that nobody takes in time lapses by the clock, and the waiting list ends by the clock', async () => {
    await house.psql(`UPDATE pipeline.initiative SET offer_expires_at = now () - interval '1 second' WHERE id = '${plans[2].id}'`);
    refused(await others.command('/initiatives', await thing(others.get(`/initiatives/${plans[2].id}`)), 'accept'), 409, 'offer_stands');
    await house.psql(`UPDATE pipeline.timer SET due_at = now (), try_at = now () WHERE thing_id = '${plans[2].id}' AND command = 'forfeit'`);
    await until(async () => await stateOf(2) === 'declined' && await stateOf(3) === 'selected', 10_000, 'the next has the place');
    await house.psql(`UPDATE pipeline.initiative SET state = 'waitlisted', waiting_until = now () - interval '1 second' WHERE id = '${plans[3].id}';
        INSERT INTO pipeline.timer (noun, thing_id, command, org, due_at, try_at)
        VALUES ('initiative', '${plans[3].id}', 'elapse', '${team.org}', now (), now ())`);
    await until(async () => await stateOf(3) === 'not_selected', 10_000, 'the waiting list has ended');
    assert.match((await thing(team.get(`/initiatives/${plans[3].id}`))).drop_reason, /geen plaats/);
});
