// results.test.mjs - what an applicant reads of the jury's decision, as the rules of the round say, and objecting against it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { founder, refused, thing } from './people.mjs';
import { decided, deliberated, enterSelection, jurorId, step } from './selection-cast.mjs';

let house, cast, office, bank, team, others, council, open, shut;

const why = 'Dit plan helpt een groep die nog niemand helpt.';
const outcomes = [{ outcome: 'selected' }, { outcome: 'waitlisted', place: 1, reason: why }, { outcome: 'waitlisted', place: 2, reason: why },
    { outcome: 'selected', reason: why }, { outcome: 'not_selected' }];
const resultOf = (who, plan) => thing(who.get(`/initiatives/${plan.id}/result`));
const fresh = (plan, who = office) => thing(who.get(`/initiatives/${plan.id}`));
const object = (who, plan) => who.post('/objections', { initiative_id: plan.id, grounds: 'De jury las de begroting van een ander plan.' });
const decide = async (objection, upheld) => council.command('/objections', await thing(council.get(`/objections/${objection.id}`)), 'decide',
    { upheld, decision: upheld ? 'De jury had een ander plan voor zich.' : 'De jury las het goede plan.' });

before(async () => {
    house = await openHouse();
    cast = await enterSelection(house);
    ({ office, bank, team, others, council } = cast);
    await thing(office.post('/appointments', { handler_id: council.org }));
    open = await deliberated(cast);
    shut = await deliberated(cast, { feedback: 'scores', feedback_at: 'concluded', rank_shown: null, select_min: 1, select_max: 3 }, 'Twente later');
    refused(await team.get(`/initiatives/${open.plans[0].id}/result`), 404);
    await decided(cast, open, outcomes);
    await decided(cast, shut, [{ outcome: 'selected' }, { outcome: 'selected', reason: why }, { outcome: 'not_selected', reason: why },
        { outcome: 'not_selected' }, { outcome: 'not_selected' }]);
});
after(() => house?.stop());

test('an applicant reads outcome, reason, scores and remarks of its own initiative, and nobody else does', async () => {
    const lost = await resultOf(team, open.plans[4]);
    assert.deepEqual([lost.outcome, lost.state, lost.total_ppm, lost.rank, lost.ranked, lost.method, lost.withheld],
        ['not_selected', 'not_selected', 230_000, 5, 5, 'mean', false]);
    assert.deepEqual(lost.criteria.map(({ code, name, result_ppm: result }) => [code, name, result]),
        [['impact', 'Impact', 250_000], ['plan', 'Businesscase', 200_000], ['team', 'Team', 600_000]]);
    assert.ok(lost.criteria.every((one) => !('lowest' in one) && !('judgements' in one)), 'what one juror gave cannot be seen');
    assert.deepEqual([...lost.remarks].sort(), ['Opmerking 1 over plan 4.', 'Opmerking 2 over plan 4.']);
    assert.match(lost.formula, /gemiddelde of de mediaan/);
    assert.match(lost.reason, /23,0 van de 100 punten.*plaats 5 van de 5/);
    assert.deepEqual([lost.may_object, lost.handler_name], [true, council.session.organisation?.name ?? lost.handler_name]);
    const said = JSON.stringify(lost);
    for (const { account } of cast.jurors) {
        assert.ok(!said.includes(account) && !said.includes(bank.org), 'nothing says who judged');
    }
    const waits = await resultOf(others, open.plans[2]);
    assert.deepEqual([waits.outcome, waits.place, waits.reason], ['waitlisted', 2, why]);
    assert.deepEqual((await thing(others.get('/results'))).items.map(({ title }) => title), ['Plan 2', 'Plan 2']);
    assert.equal((await thing(office.get(`/results?roundId=${open.round.id}`))).items.length, 5);
    const won = await resultOf(team, open.plans[0]);
    assert.deepEqual([won.outcome, 'object_by' in won, won.may_object], ['selected', false, false]);
    for (const [who, plan] of [[others, open.plans[4]], [team, open.plans[2]], [bank, open.plans[4]], [council, open.plans[4]], [cast.jurors[0], open.plans[4]]]) {
        refused(await who.get(`/initiatives/${plan.id}/result`), 404);
    }
    assert.equal((await house.nobody().get(`/initiatives/${open.plans[4].id}/result`)).status, 401);
});

test('the same is a letter, of somebody\'s own only', async () => {
    const letter = must(await team.get(`/initiatives/${open.plans[4].id}/result-letter`));
    assert.match(letter.headers.get('content-type'), /application\/pdf/);
    assert.equal(Buffer.from(letter.body).subarray(0, 5).toString(), '%PDF-');
    refused(await others.get(`/initiatives/${open.plans[4].id}/result-letter`), 404);
});

test('where the round says so, scores come when it is concluded, and remarks or a rank not at all; who runs it reads all at once', async () => {
    const before = await resultOf(team, shut.plans[4]);
    assert.deepEqual([before.withheld, 'total_ppm' in before, 'criteria' in before, 'remarks' in before, 'rank' in before],
        [true, false, false, false, false]);
    assert.equal(before.reason, 'De jury gaf andere initiatieven meer punten. Er zijn 2 plaatsen.');
    const all = await resultOf(office, shut.plans[4]);
    assert.deepEqual([all.total_ppm, all.rank, all.remarks.length], [230_000, 5, 2]);
    await house.psql(`UPDATE pipeline.round SET state = 'concluded' WHERE id = '${shut.round.id}'`);
    const later = await resultOf(team, shut.plans[4]);
    assert.deepEqual([later.withheld, later.total_ppm, later.criteria.length, 'remarks' in later, 'rank' in later], [false, 230_000, 3, false, false]);
    await house.psql(`UPDATE pipeline.round SET state = 'decided' WHERE id = '${shut.round.id}'`);
    refused(await office.put(`/rounds/${open.round.id}`, {}, 1), 400);
    await assert.rejects(house.psql(`UPDATE pipeline.round SET rank_shown = false WHERE id = '${open.round.id}'`), /rules.*frozen/);
});

test('a round runs again by its own rules to what it was, by others to what that would have been, and nothing comes of it', async () => {
    const before = await house.psql('SELECT max (seq) FROM stream.log');
    const replay = (round, changes = {}, who = office) => who.post(`/rounds/${round.id}/_replay`, changes);
    const changed = (answer) => answer.items.map(({ title, change }) => `${title.slice(5)} ${change}`).join(', ');
    const same = await thing(replay(open.round));
    assert.deepEqual([same.simulation, same.reproduced, same.presented, same.selected, same.waitlisted, same.judgements], [true, true, 5, 2, 2, 10]);
    // The jury went against the ranking for one: that is said, and not repeated.
    assert.equal(changed(same), '0 same, 1 in, 2 other, 3 out, 4 other'.replace('4 other', '4 same').replace('2 other', '2 same'));
    assert.deepEqual(same.notes, ['ties', 'deviations']);
    const own = await thing(replay(shut.round));
    assert.deepEqual([own.reproduced, changed(own), own.presented, own.selected], [true, '0 same, 1 same, 2 same, 3 same, 4 same', 5, 2]);
    // By the business case alone the third is as good as the first was; blind or not is no arithmetic.
    const other = await thing(replay(shut.round, { weights: [{ code: 'impact', weight_ppm: 0 }, { code: 'plan', weight_ppm: 1_000_000 }],
        places: 1, present_quota: 4, blinding: 'open', method: 'median', min_reviews: 3 }));
    assert.deepEqual([other.presented, other.selected, other.items[0].total_ppm, other.items[0].was_total_ppm], [4, 1, 800_000, 830_000]);
    assert.deepEqual(other.notes, ['blinding', 'order', 'ties', 'too_few']);
    const without = await thing(replay(shut.round, { without_jurors: [await jurorId(cast, shut.round, cast.jurors[1])] }));
    assert.deepEqual([without.judgements, without.items.map(({ total_ppm: total }) => total)], [5, [860_000, 720_000, 680_000, 540_000, 200_000]]);
    const bad = await replay(shut.round, { weights: [{ code: 'impact', weight_ppm: 1 }, { code: 'x', weight_ppm: 2 }] });
    refused(bad, 400);
    assert.deepEqual(bad.body.errors.map(({ path }) => path).sort(), ['weights', 'weights[1].code']);
    for (const who of [team, bank, council]) {
        refused(await replay(shut.round, {}, who), 404);
    }
    assert.equal(await house.psql('SELECT max (seq) FROM stream.log'), before, 'no event came of it');
    assert.ok(!('commands' in same));
});

test('scores stand beside outcomes once a round is concluded, and with fewer than eight there are no numbers', async () => {
    refused(await office.get(`/rounds/${shut.round.id}/outcomes`), 404);
    await house.psql(`UPDATE pipeline.round SET state = 'concluded' WHERE id = '${shut.round.id}';
        UPDATE pipeline.initiative SET state = 'realised' WHERE id = '${shut.plans[0].id}'`);
    const few = await thing(office.get(`/rounds/${shut.round.id}/outcomes`));
    assert.deepEqual([few.enough, few.least, few.counted, few.shares], [false, 8, 1, []]);
    refused(await team.get(`/rounds/${shut.round.id}/outcomes`), 404);
    // Nine more, as if the round had been larger: the better half of ten was realised.
    await house.psql(`INSERT INTO pipeline.initiative SELECT (i).* FROM (SELECT jsonb_populate_record (i, jsonb_build_object ('id', gen_random_uuid (),
            'title', 'Meer ' || n, 'state', CASE WHEN n < 5 THEN 'realised' ELSE 'dropped_out' END)) AS i
        FROM pipeline.initiative i, generate_series (1, 9) n WHERE i.id = '${shut.plans[0].id}') x;
        INSERT INTO pipeline.result (initiative_id, round_id, applicant_id, manager_id, outcome, rank, total_ppm, ranked, decided_at)
        SELECT id, round_id, applicant_id, manager_id, 'selected', 1, 800000 - 1000 * substr (title, 6)::bigint, 14, now ()
        FROM pipeline.initiative WHERE title LIKE 'Meer %'`);
    const many = await thing(office.get(`/rounds/${shut.round.id}/outcomes`));
    const share = (kind, half) => many.shares.find((one) => one.kind === kind && one.part === half);
    assert.deepEqual([many.enough, many.counted, many.items[0].title], [true, 10, 'Plan 0']);
    assert.deepEqual(share('realised', 'upper'), { kind: 'realised', part: 'upper', of: 5, came: 5, share_ppm: 1_000_000, low_ppm: 565_508, high_ppm: 1_000_000 });
    assert.deepEqual([share('realised', 'lower').came, share('realised', 'all').came, share('financed', 'all').of], [0, 5, 10]);
    await house.psql(`DELETE FROM pipeline.result WHERE ranked = 14; DELETE FROM pipeline.initiative WHERE title LIKE 'Meer %';
        UPDATE pipeline.round SET state = 'decided' WHERE id = '${shut.round.id}';
        UPDATE pipeline.initiative SET state = 'selected' WHERE id = '${shut.plans[0].id}'`);
});

test('an objection is made once, in time, before somebody who is not of the programme; refused, it is final', async () => {
    const [, , , , lost] = open.plans;
    refused(await object(team, open.plans[0]), 404); // whoever was chosen has nothing to object against
    refused(await object(others, lost), 404);
    const objection = await thing(object(team, lost));
    assert.deepEqual([objection.about, objection.state, objection.handler_id], ['selection', 'lodged', council.org]);
    assert.match(objection.drop_reason, /23,0/);
    refused(await object(team, lost), 409, 'objected_once');
    assert.equal((await fresh(lost)).state, 'not_selected');
    assert.equal((await resultOf(council, lost)).remarks.length, 2); // who decides reads all of it
    refused(await office.command('/objections', objection, 'decide', { upheld: false, decision: 'Wij vinden het goed zo, dank u.' }), 409);
    must(await decide(objection, false));
    const after = await resultOf(team, lost);
    assert.deepEqual([after.state, after.objection_state, after.upheld, after.may_object], ['not_selected', 'decided', false, false]);
    await house.psql(`UPDATE pipeline.result SET object_by = now () - interval '1 second' WHERE initiative_id = '${open.plans[1].id}'`);
    refused(await object(team, open.plans[1]), 409, 'may_object');
    for (const who of [team, office]) {
        await until(async () => (await thing(who.get('/notices'))).items.some(({ event }) => event === 'objection_decided'), 10_000, 'both are told');
    }
});

test('upheld, it comes before all who wait, and gets the first place that is free; never more places than the round has', async () => {
    const third = open.plans[2];
    must(await decide(await thing(object(others, third)), true));
    const now = await fresh(third, others);
    assert.deepEqual([now.state, now.waiting_place], ['waitlisted', 2]);
    assert.ok((await resultOf(others, third)).reinstated_at);
    await step(team, await fresh(open.plans[0], team), 'decline');
    await until(async () => (await fresh(third)).state === 'selected', 20_000, 'it has the place, before the first of the list');
    assert.equal((await fresh(open.plans[1])).state, 'waitlisted');
    assert.equal((await thing(office.get(`/rounds/${open.round.id}`))).selected, 2);
    // Where a place is free, it has that at once.
    const missed = shut.plans[3];
    must(await decide(await thing(object(team, missed)), true));
    await until(async () => (await fresh(missed)).state === 'selected', 20_000, 'it has the place that was free');
    // What became of it meanwhile stands.
    const gone = await thing(object(others, shut.plans[2]));
    await house.psql(`UPDATE pipeline.initiative SET state = 'withdrawn' WHERE id = '${shut.plans[2].id}'`);
    must(await decide(gone, true));
    assert.equal((await fresh(shut.plans[2])).state, 'withdrawn');
});

test('a round is concluded once everybody with a place came to an end; then whoever could not read the jury yet is told that they can', async () => {
    const round = () => thing(office.get(`/rounds/${shut.round.id}`));
    const next = async (command) => office.command('/rounds', await round(), command);
    for (const plan of [shut.plans[0], shut.plans[1], shut.plans[3]]) {
        await step(team, await fresh(plan, team), 'accept');
    }
    must(await next('start'));
    await step(office, await fresh(shut.plans[1]), 'finish');
    must(await next('seat'));
    const early = await next('conclude');
    refused(early, 409, 'nobody_under_way');
    assert.match(early.body.detail, /nog niet bekend hoe het afloopt/);
    assert.deepEqual(early.body.errors.map(({ path, reason }) => [path, reason]),
        [0, 1, 3].map((at) => [`initiatives[${shut.plans[at].id}]`, `Plan ${at}`]));
    assert.ok(!(await round()).commands.includes('conclude'));
    await step(team, await fresh(shut.plans[0], team), 'stop', { reason: 'Het lukt ons niet.' });
    await step(office, await fresh(shut.plans[3]), 'pause', { reason: 'Er is iemand ziek.' });
    await step(team, await fresh(shut.plans[3], team), 'stop', { reason: 'Het lukt ons niet.' });
    // Who does not come to the table is warned of that, and only then sent away.
    const late = await fresh(shut.plans[1]);
    refused(await office.command('/initiatives', late, 'stop', { reason: 'Zij kwamen niet.' }), 409, 'was_warned');
    const warned = await step(office, late, 'warn', { reason: 'Maak de vraag voor de tafel af.', until: new Date(Date.now() + 1500).toISOString() });
    assert.equal(warned.state, 'table_ready');
    await until(async () => (await office.command('/initiatives', await fresh(late), 'stop', { reason: 'Zij kwamen niet.' })).status === 200);
    refused(await team.get(`/rounds/${shut.round.id}/outcomes`), 404);
    assert.equal(must(await next('conclude')).body.state, 'concluded');
    const told = async (who) => (await thing(who.get('/notices?limit=100'))).items.filter(({ event }) => event === 'result_opened');
    await until(async () => (await told(team)).length === 4 && (await told(others)).length === 1, 10_000, 'each is told of its own');
    const [notice] = await told(others);
    assert.deepEqual([notice.subject, notice.page.split('#')[0], notice.act, notice.role],
        ['Oordeel van de jury: Plan 2', `/initiatief/?id=${shut.plans[2].id}`, false, 'APPLICANT']);
    assert.deepEqual((await told(team)).map(({ thing_id: id }) => id).sort(), [0, 1, 3, 4].map((at) => shut.plans[at].id).sort());
    assert.deepEqual([await told(office), await told(council), await told(bank)], [[], [], []]);
    assert.doesNotMatch(await house.psql(`SELECT string_agg (encode (body, 'escape'), ' ') FROM stream.log WHERE type = 'result_opened'`), /ppm|total|rank|Plan/);
    assert.deepEqual(await resultOf(team, shut.plans[4]).then(({ withheld, total_ppm: total }) => [withheld, total]), [false, 230_000]);
});
