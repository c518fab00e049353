// realisation.test.mjs - milestones and who may verify them, jobs in counts, and an initiative that becomes real, or does not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, founder, refused, thing, visitor } from './people.mjs';
import { confirmedOrder, delivered } from './deal-cast.mjs';
import { committed, enterTable, roundAtTable, seated } from './table-cast.mjs';

let house, cast, office, bank, fund, buyer, green, stranger, programme, round, kitchen, workshop, library;
// What one test makes, the next goes on with.
let stone;

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
const fresh = (client, collection, { id }) => thing(client.get(`${collection}/${id}`));
const step = async (client, collection, one, command, body) =>
    client.command(collection, await fresh(office, collection, one), command, body);
const goal = (plan, changes = {}) => ({ initiative_id: plan.id, what: 'De keuken draait vijf dagen per week.', due_on: days(30), ...changes });
const jobs = (plan, kind, count, changes = {}) =>
    ({ initiative_id: plan.id, kind, count, fte_hundredths: count * 80, valid_from: '2026-01-01', valid_until: '2026-06-30', ...changes });
const counted = async (client, plan) => (await fresh(client, '/initiatives', plan)).jobs;

before(async () => {
    house = await openHouse();
    cast = await enterTable(house);
    ({ office, bank, fund, buyer, green, stranger } = cast);
    ({ programme, round, plans: [kitchen, workshop, library] } = await roundAtTable(house, cast, green, ['Buurtkeuken', 'Fietsenmakerij', 'Leeszaal']));
    for (const [plan, amount] of [[kitchen, 20_000], [workshop, 10_000], [library, 10_000]]) {
        const ask = await seated(office, green, plan, 20_000, 10_000);
        await committed(bank, ask, 'loan', amount);
    }
    await assert.rejects(house.psql(`UPDATE pipeline.round SET follow_months = 2 WHERE id = '${round.id}'`), /frozen/);
    await house.psql(`SET LOCAL session_replication_role = replica; UPDATE pipeline.round SET follow_months = 2 WHERE id = '${round.id}'`);
    round = await thing(office.command('/rounds', await fresh(office, '/rounds', round), 'settle'));
    [kitchen, workshop, library] = await Promise.all([kitchen, workshop, library].map((one) => fresh(office, '/initiatives', one)));
});
after(() => house?.stop());

test('a milestone is planned, and what shows it is handed in by its applicant', async () => {
    assert.deepEqual([kitchen.state, workshop.state, library.state], ['financed', 'part_financed', 'part_financed']);
    refused(await stranger.post('/milestones', goal(kitchen)), 404);
    stone = await thing(green.post('/milestones', goal(kitchen)));
    refused(await stranger.get(`/milestones/${stone.id}`), 404);
    refused(await bank.get(`/milestones/${stone.id}`), 404);
    stone = await thing(green.put(`/milestones/${stone.id}`, goal(kitchen, { what: 'De keuken draait zes dagen per week.' }), stone.version));
    refused(await office.command('/milestones', stone, 'verify'), 409, 'out_of_state');
    refused(await step(office, '/initiatives', kitchen, 'realise'), 409, 'milestone_reached');
    refused(await green.command('/milestones', stone, 'hand', {}), 400);
    stone = await thing(green.command('/milestones', stone, 'hand', { evidence: 'Zie het rooster en de foto’s.' }));
    assert.equal(stone.state, 'met');
    stone = await thing(office.command('/milestones', stone, 'return', { reason: 'De foto’s ontbreken.' }));
    stone = await thing(green.command('/milestones', stone, 'hand', { evidence: 'Nu met de foto’s.' }));
    assert.equal(stone.remarks, undefined);
});

test('nobody of the team, who goes along with it or finances it verifies it', async () => {
    refused(await green.command('/milestones', stone, 'verify'), 409);
    // A person of the programme who once belonged to the applicant, and one who wrote on the initiative.
    const bars = [
        ['pipeline.tie (account_id, kind, value)', `'${office.account}', 'organisation', '${green.org}'`],
        ['pipeline.initiative_person (initiative_id, account_id)', `'${kitchen.id}', '${office.account}'`],
    ];
    for (const [into, what] of bars) {
        await house.psql(`INSERT INTO ${into} VALUES (${what})`);
        refused(await step(office, '/milestones', stone, 'verify'), 409, 'verifier_outside');
        await house.psql(`DELETE FROM ${into.split(' ')[0]} WHERE account_id = '${office.account}'${into.includes('tie') ? ` AND value = '${green.org}'` : ''}`);
    }
    assert.ok((await fresh(office, '/milestones', stone)).commands.includes('verify'));
    // Its financier, whom the manager asks to look.
    refused(await step(office, '/milestones', stone, 'appoint', { organisation_id: stranger.org }), 409, 'verifier_has_seat');
    stone = await thing(step(office, '/milestones', stone, 'appoint', { organisation_id: bank.org }));
    refused(await bank.command('/milestones', stone, 'verify'), 409, 'verifier_outside');
    refused(await fund.get(`/milestones/${stone.id}`), 404);
    // Who goes along with it as a mentor.
    await thing(office.post('/seats', { programme_id: programme.id, organisation_id: fund.org, role: 'mentor', valid_from: days(-1) }));
    const mentor = await thing(fund.post('/mentors', { programme_id: programme.id, role: 'mentor', name: 'Een mentor', skills: 'koken',
        municipality: 'GM0153', hours: 10 }));
    await house.psql(`INSERT INTO pipeline.pairing (id, initiative_id, mentor_id, round_id, applicant_id, organisation_id, manager_id, account_id,
        hours, state, created_at) VALUES (gen_random_uuid (), '${kitchen.id}', '${mentor.id}', '${round.id}', '${green.org}', '${fund.org}',
        '${office.org}', '${fund.account}', 5, 'ended', now ())`);
    stone = await thing(step(office, '/milestones', stone, 'appoint', { organisation_id: fund.org }));
    refused(await fund.command('/milestones', stone, 'verify'), 409, 'verifier_outside');
    // A partner with none of that; and one whose seat was given up no more.
    stone = await thing(step(office, '/milestones', stone, 'appoint', { organisation_id: buyer.org }));
    stone = await thing(buyer.command('/milestones', stone, 'verify', { remarks: 'Ik at er zelf.' }));
    assert.deepEqual([stone.state, stone.verified_by], ['verified', buyer.org]);
});

test('where the round says so, who finances it may verify it; the rule is frozen with the others', async () => {
    let other = await thing(office.post('/milestones', goal(kitchen, { what: 'Vijftig gasten per dag.' })));
    other = await thing(green.command('/milestones', other, 'hand', { evidence: 'De kassa telde ze.' }));
    other = await thing(step(office, '/milestones', other, 'appoint', { organisation_id: bank.org }));
    await assert.rejects(house.psql(`UPDATE pipeline.round SET verifier_policy = 'financier_too' WHERE id = '${round.id}'`), /frozen/);
    await house.psql(`SET session_replication_role = replica; UPDATE pipeline.round SET verifier_policy = 'financier_too' WHERE id = '${round.id}'`);
    assert.equal((await thing(bank.command('/milestones', other, 'verify'))).state, 'verified');
    await house.psql(`SET session_replication_role = replica; UPDATE pipeline.round SET verifier_policy = NULL WHERE id = '${round.id}'`);
});

test('a milestone is missed by the clock, can be met late, moved or dropped', async () => {
    let late = await thing(office.post('/milestones', goal(kitchen, { what: 'Een tweede kok.', due_on: days(-2) })));
    const missed = () => until(async () => {
        late = await fresh(green, '/milestones', late);
        return late.state === 'missed';
    }, 10_000, 'the clock saw that the day passed');
    await missed();
    refused(await green.command('/milestones', late, 'drop'), 404);
    late = await thing(office.put(`/milestones/${late.id}`, goal(kitchen, { what: 'Een tweede kok.', due_on: days(-1) }), late.version));
    await missed();
    late = await thing(office.command('/milestones', late, 'drop'));
    assert.equal(late.state, 'dropped');
    const mine = await thing(green.get(`/milestones?initiativeId=${kitchen.id}&state=verified&limit=1`));
    assert.equal(mine.items.length, 1);
    assert.equal((await thing(green.get(`/milestones?initiativeId=${kitchen.id}&state=verified&cursor=${mine.next}`))).items.length, 1);
});

test('jobs are counts by kind, of a kind one on a day, and count when somebody outside the team confirmed them', async () => {
    refused(await stranger.post('/job-outcomes', jobs(kitchen, 'regular', 2)), 404);
    const odd = await green.post('/job-outcomes', jobs(kitchen, 'regular', 2, { fte_hundredths: 201, valid_until: '2025-01-01' }));
    refused(odd, 400);
    assert.deepEqual(odd.body.errors.map(({ path }) => path).sort(), ['fte_hundredths', 'valid_until']);
    let regular = await thing(green.post('/job-outcomes', jobs(kitchen, 'regular', 2)));
    refused(await green.post('/job-outcomes', jobs(kitchen, 'regular', 5, { valid_from: '2026-06-30', valid_until: undefined })), 409, 'jobs_once');
    const learning = await thing(green.post('/job-outcomes', jobs(kitchen, 'learn_status_holder', 3)));
    refused(await green.command('/job-outcomes', regular, 'confirm'), 404);
    assert.equal(await counted(green, kitchen), undefined);
    await thing(office.command('/job-outcomes', learning, 'confirm'));
    regular = await thing(office.command('/job-outcomes', regular, 'return', { reason: 'Telt de kok mee?' }));
    regular = await thing(green.put(`/job-outcomes/${regular.id}`, jobs(kitchen, 'regular', 3), regular.version));
    await house.psql(`INSERT INTO pipeline.initiative_person (initiative_id, account_id) VALUES ('${kitchen.id}', '${office.account}')`);
    refused(await office.command('/job-outcomes', regular, 'confirm'), 409, 'confirmer_outside');
    await house.psql(`DELETE FROM pipeline.initiative_person WHERE account_id = '${office.account}'`);
    regular = await thing(office.command('/job-outcomes', regular, 'confirm'));
    assert.equal(await counted(house.nobody(), kitchen), 6);
    // The next period of the same kind takes the place of the one before, and is not added to it.
    const next = await thing(green.post('/job-outcomes', jobs(kitchen, 'regular', 4, { valid_from: '2026-07-01', valid_until: undefined })));
    await thing(office.command('/job-outcomes', next, 'confirm'));
    assert.equal(await counted(green, kitchen), 7);
    const ahead = await thing(green.post('/job-outcomes', jobs(kitchen, 'sw', 1, { valid_from: days(40), valid_until: undefined })));
    refused(await office.command('/job-outcomes', ahead, 'confirm'), 409, 'jobs_begun');
    await thing(green.command('/job-outcomes', ahead, 'withdraw', { reason: 'Dat was te vroeg.' }));
    const revised = await thing(green.put(`/job-outcomes/${regular.id}`, jobs(kitchen, 'regular', 2), regular.version));
    assert.equal(revised.state, 'reported');
    assert.equal(await counted(green, kitchen), 7);
    assert.equal((await thing(office.get(`/job-outcomes?roundId=${round.id}`))).items.length, 4);
    assert.equal((await thing(green.get(`/job-outcomes/${next.id}`))).fte_hundredths, 320);
    refused(await bank.get(`/job-outcomes/${next.id}`), 404);
});

test('real is what has a verified milestone; what fails has a ground, and binds nobody any more', async () => {
    const real = await thing(step(office, '/initiatives', kitchen, 'realise'));
    assert.deepEqual([real.state, real.jobs], ['realised', 7]);
    refused(await green.post('/milestones', goal(kitchen)), 409, 'plans_realisation');
    refused(await step(office, '/initiatives', workshop, 'realise'), 409, 'milestone_reached');
    const [pledge] = (await thing(bank.get(`/pledges?roundId=${round.id}`))).items.filter(({ initiative_id: of }) => of === workshop.id);
    assert.equal(pledge.state, 'firm');
    const failed = await thing(step(office, '/initiatives', workshop, 'fail', { ground: 'customers', reason: 'Er kwamen te weinig fietsen.' }));
    assert.deepEqual([failed.state, failed.failure_ground, failed.commands], ['not_realised', 'customers', []]);
    assert.equal((await fresh(bank, '/pledges', pledge)).state, 'lapsed');
    const [ask] = (await thing(green.get(`/asks?roundId=${round.id}`))).items.filter(({ initiative_id: of }) => of === workshop.id);
    assert.equal(ask.state, 'closed');
    refused(await house.nobody().get(`/initiatives/${workshop.id}`), 404);
    assert.equal((await fresh(green, '/initiatives', workshop)).drop_reason, 'Er kwamen te weinig fietsen.');
    must(await green.get(`/rounds/${round.id}`));
});

test('with a part of its money one can become real too: what binds goes on binding, and talks about the rest are over', async () => {
    const of = (items) => items.filter(({ initiative_id: id }) => id === library.id);
    const [ask] = of((await thing(green.get(`/asks?roundId=${round.id}`))).items);
    const months = (Date.parse(ask.follow_until) - Date.now()) / 86_400_000 / 30.5;
    assert.ok(ask.state === 'follow_up' && months > 1.8 && months < 2.1, 'talks go on for as many months as the round says');
    const thought = await thing(fund.post('/pledges', { ask_id: ask.id, kind: 'gift', amount_cents: 100_000, fictional: true,
        interest: 'Wij begeleiden een ander plan.' }));
    must(await fund.command('/pledges', thought, 'indicate'));
    const goal_ = await thing(green.post('/milestones', goal(library, { what: 'De leeszaal is open.' })));
    must(await office.command('/milestones', await thing(green.command('/milestones', goal_, 'hand', { evidence: 'De sleutel.' })), 'verify'));
    const real = await thing(step(office, '/initiatives', library, 'realise'));
    assert.deepEqual([real.state, real.financed_cents], ['realised', 1_000_000]);
    assert.equal((await fresh(green, '/asks', ask)).state, 'closed');
    const pledges = of((await thing(bank.get(`/pledges?roundId=${round.id}`))).items);
    assert.deepEqual(pledges.map(({ kind, state }) => [kind, state]).sort(), [['gift', 'lapsed'], ['loan', 'firm']]);
});

const offer = (title) => ({
    title, description: 'Een lunch van groente die over is, bezorgd met de fiets.', kind: 'service', sector: 'catering', cpv: '55520000-1', unit: 'persoon',
    vat: 'low', lead_days: 3, national: true, fictional: true,
});
const roundReport = () => thing(house.nobody().get(`/reports/rounds/${round.id}`));

test('the report of a round counts confirmed jobs by kind, each to be found in the stream, and not what is revised', async () => {
    const report = await until(async () => {
        const answer = await roundReport();
        return answer.job_items.length === 2 && answer;
    }, 10_000, 'reporting counted the jobs');
    assert.deepEqual(report.jobs, [{ kind: 'learn_status_holder', count: 3, fte_hundredths: 240, initiatives: 1 },
        { kind: 'regular', count: 4, fte_hundredths: 320, initiatives: 1 }]);
    assert.deepEqual(report.figures.map(({ name, value }) => [name, value]), [['jobs', 7]]);
    const events = await Promise.all(report.job_items.map(async ({ seq }) =>
        JSON.parse(await house.psql(`SELECT json_build_object ('type', type, 'subject', subject) FROM stream.log WHERE seq = ${seq}`))));
    assert.ok(events.every(({ type }) => type.endsWith('job_outcome_confirmed.v1')));
    const market = await thing(house.nobody().get('/reports/market'));
    assert.equal(market.figures.find(({ name }) => name === 'jobs').value, 7);
    assert.deepEqual(market.jobs, report.jobs);
    assert.equal((await thing(house.nobody().get('/reports/market?municipality=GM0141'))).jobs.length, 0);
});

test('who is an enterprise already goes on as that one; once', async () => {
    const known = (plan) => until(async () => await house.psql(
        `SELECT count (*) FROM catalog.known_initiative WHERE id = '${plan.id}' AND state IN ('realised', 'part_financed')`) === '1', 10_000, 'catalog knows the initiative');
    await known(kitchen);
    refused(await stranger.post('/graduations', { initiative_id: kitchen.id }), 404);
    const bad = await green.post('/graduations', { initiative_id: kitchen.id, offers: [{ ...offer('Lunch'), price_mode: 'fixed' }] });
    refused(bad, 400);
    assert.deepEqual(bad.body.errors.map(({ path }) => path), ['offers[0].price_cents']);
    const one = await thing(green.post('/graduations', { initiative_id: kitchen.id, offers: [offer('Lunch van over')] }));
    assert.equal(one.enterprise_id, green.org);
    refused(await green.post('/graduations', { initiative_id: kitchen.id }), 409, 'graduated_once');
    assert.ok((await thing(green.get(`/offers?supplierId=${green.org}`))).items.some(({ title, state }) => title === 'Lunch van over' && state === 'draft'));
    assert.equal((await thing(office.get(`/graduations?initiativeId=${kitchen.id}`))).items[0].id, one.id);
    assert.equal((await thing(green.get(`/graduations/${one.id}`))).name, 'Buurtkeuken');
    refused(await stranger.get(`/graduations/${one.id}`), 404);
    // What fell through has not found money.
    refused(await green.post('/graduations', { initiative_id: workshop.id }), 409, 'found_money');
});

test('a team registers its enterprise in one step; it sells when a moderator admitted it, and the days to its first delivery are counted', async () => {
    const team = await founder(house, 'ploeg', 'team');
    await admit(house, cast.desk, team);
    const second = await roundAtTable(house, cast, team, ['Soepfiets'], 2);
    const [plan] = second.plans;
    refused(await team.post('/graduations', { initiative_id: plan.id }), 404);
    const ask = await seated(office, team, plan, 10_000, 5_000);
    await committed(bank, ask, 'loan', 10_000);
    must(await office.command('/rounds', await fresh(office, '/rounds', second.round), 'settle'));
    // How it was selected is another test's; the stream says that it was, ten days ago.
    await until(async () => await house.psql(`UPDATE reporting.initiative SET selected_on = (now () AT TIME ZONE 'Europe/Amsterdam')::date - 10 WHERE id = '${plan.id}' RETURNING 1`), 10_000, 'reporting knows it');
    const made = await until(async () => {
        const answer = await team.post('/graduations', { initiative_id: plan.id, name: 'Soepfiets BV', legal_form: 'bv', offers: [offer('Soep'), offer('Brood')] });
        return answer.status === 201 && answer.body;
    }, 10_000, 'catalog knows that it found money');
    const owner = Object.assign(await visitor(house, { email: 'ploeg@proef.example' }), { account: team.account, org: made.enterprise_id });
    const session = await until(async () => {
        const answer = await owner.post('/sessions', { email: 'ploeg@proef.example', password: 'een-wachtwoord-voor-de-proef', organisation_id: made.enterprise_id });
        return answer.status === 201 && answer.body.me.organisation_id && answer.body;
    }, 10_000, 'identity knows for whom they act');
    owner.session = session;
    const enterprise = await thing(owner.get(`/organisations/${made.enterprise_id}`));
    assert.deepEqual([enterprise.name, enterprise.kind, enterprise.state, enterprise.municipality, enterprise.mission, enterprise.takes_part],
        ['Soepfiets BV', 'enterprise', 'registered', 'GM0153', plan.summary, false]);
    const [soup] = (await thing(owner.get(`/offers?supplierId=${made.enterprise_id}`))).items.filter(({ title }) => title === 'Soep');
    assert.equal(soup.state, 'draft');
    refused(await owner.command('/offers', soup, 'publish'), 409);
    refused(await house.nobody().get(`/organisations/${made.enterprise_id}`), 404);
    assert.equal((await thing(team.get('/me'))).organisation_id, team.org);
    await admit(house, cast.desk, owner);
    const order = await confirmedOrder(buyer, owner);
    const came = await delivered(owner, order, { 0: 10 });
    must(await buyer.command('/deliveries', came, 'accept', { lines: came.lines.map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity })) }));
    const report = await until(async () => {
        const answer = await thing(house.nobody().get(`/reports/rounds/${second.round.id}`));
        return answer.graduates[0]?.days !== undefined && answer;
    }, 10_000, 'the delivery was counted');
    assert.deepEqual(report.graduates.map(({ initiative_id, enterprise_name, days }) => [initiative_id, enterprise_name, days]), [[plan.id, 'Soepfiets BV', 10]]);
    const figure = report.figures.find(({ name }) => name === 'days_to_delivery');
    assert.equal(figure.value, 10);
    assert.match(figure.definition, /eerste levering/);
});
