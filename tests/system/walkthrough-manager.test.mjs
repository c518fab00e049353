// walkthrough-manager.test.mjs - a programme manager (walk-through 6.5) through the API, by a clock that the test sets: round 2 from its rules to
// its programme while round 1 is at the table, 52 that come in and one too late, 28 of them before ten jurors, 11 chosen; what is said
// of round 1 is the same before and after, to everybody and to the byte. Reminders have a test of their own.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, until } from '../lib/house.mjs';
import { openHouse } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { admit, everything, founder, moderator, refused, thing } from './people.mjs';
import { seat } from './jury-cast.mjs';
import { committed, seated } from './table-cast.mjs';
import { laws } from './round-walk-laws.mjs';
import { changed, saidOf } from './round-said.mjs';

const day = 86_400;
let clock, house, els, partners, teams, council, nobody, programme, first, round, plans, jurors, before_;
let now = 0;

const at = (days) => new Date(Date.now() + (now + days * day) * 1000).toISOString();
async function pass(seconds) {
    await house.psql(`UPDATE identity.bearer SET expires_at = expires_at + interval '${Math.ceil(seconds)} seconds'`);
    now += seconds;
    clock.shift(now);
}
const fresh = (collection, { id }, client = els) => thing(client.get(`${collection}/${id}`));
const step = async (collection, one, command, body, client = els) =>
    thing(client.command(collection, await fresh(collection, one, client), command, body));
const next = async (command) => {
    round = await step('/rounds', round, command);
};
const seen = () => saidOf(house, { els, juror: partners[0], applicant: teams[0], nobody }, first.id);

let goesOn = true;
const story = (name, work) => test(name, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});

before(async () => {
    clock = new Clock();
    clock.shift(0);
    house = await openHouse();
    await house.unlimit();
    nobody = house.nobody();
    const desk = await moderator(house);
    els = await founder(house, 'els', 'partner');
    council = await founder(house, 'raad', 'municipality');
    const many = async (count, name, kind) => {
        const made = [];
        for (let n = 1; n <= count; n++) {
            made.push(Object.assign(await founder(house, `${name}${n}`, kind), { name: `${name}${n} (fictief)` }));
        }
        return made;
    };
    partners = await many(10, 'partner', 'partner');
    teams = await many(4, 'team', 'team');
    await admit(house, desk, els, council, ...partners, ...teams);
    must(await els.post('/appointments', { handler_id: council.org }));
    programme = await thing(els.post('/programmes', { name: 'Samen vooruit', region: 'Twente', fictional: true }));
    for (const partner of partners) {
        await seat(els, programme, partner);
    }
    for (const role of ['financier', 'mentor']) {
        await seat(els, programme, partners[0], { role });
    }
});
after(() => house?.stop().finally(() => clock.end()));

const rubric = [{ code: 'impact', name: 'Maatschappelijke winst', weight_ppm: 700_000, scale: 100 },
    { code: 'plan', name: 'Businesscase', weight_ppm: 300_000, scale: 100 }];
const draft = (team, of, title, changes = {}) => thing(team.post('/initiatives', { round_id: of.id, title, municipality: 'GM0153',
    summary: 'Een plan dat werk geeft aan mensen in de buurt.', plan: 'Probleem, oplossing en verdienmodel staan hier.', consent: true,
    fictional: true, ...changes }));
const handIn = async (team, of, title, changes) => thing(team.command('/initiatives', await draft(team, of, title, changes), 'submit'));

story('round 1 is at the table', async () => {
    first = await thing(els.post('/rounds', { programme_id: programme.id, number: 1, opens_at: at(1), closes_at: at(30), present_quota: 20,
        select_min: 1, select_max: 12, rubric, fictional: true }));
    first = await step('/rounds', await step('/rounds', first, 'announce'), 'open');
    const made = [];
    for (const title of ['Buurtkeuken', 'Fietsenmakerij', 'Weefgetouw']) {
        made.push(await handIn(teams[0], first, title));
    }
    // How they came there is told of round 2.
    await house.psql(`UPDATE pipeline.initiative SET state = 'table_ready', presented_at = now () WHERE round_id = '${first.id}';
        UPDATE pipeline.round SET state = 'table', closes_at = now () WHERE id = '${first.id}'`);
    const ask = await seated(els, teams[0], made[0], 40_000, 35_000);
    await committed(partners[0], ask, 'loan', 36_000);
    await until(async () => (await thing(nobody.get(`/reports/rounds/${first.id}`))).stages.length > 0, 10_000, 'the report is there');
    before_ = await seen();
    assert.ok(before_.size > 60, `${before_.size} answers`);
    assert.deepEqual(changed(before_, await seen()), [], 'the same, asked twice');
});

story('round 2 opens with its own rules; 52 come in, and one a second too late', async () => {
    round = await thing(els.post('/rounds', { programme_id: programme.id, number: 2, opens_at: at(1), closes_at: at(20), starts_at: at(80),
        present_quota: 28, select_min: 9, select_max: 11, waitlist: 3, rubric, min_reviews: 3, conflict_policy: 'not_own', fictional: true }));
    await next('announce');
    await pass(1.5 * day);
    await until(async () => (await fresh('/rounds', round)).state === 'open', 20_000, 'the clock opens it');
    plans = [];
    for (let n = 0; n < 52; n++) {
        // Nine partners apply together with somebody: nine pairs that are barred without a word.
        plans.push(await handIn(teams[n % 4], round, `Plan ${n}`, n < 9 ? { co_applicants: [{ organisation_id: partners[n].org }] } : {}));
    }
    const late = await draft(teams[0], round, 'Eén seconde te laat');
    const { closes_at: closes } = await fresh('/rounds', round);
    await pass((Date.parse(closes) - Date.now()) / 1000 - now + 1);
    refused(await teams[0].command('/initiatives', late, 'submit'), 409, 'round_takes_initiatives');
    await until(async () => (await fresh('/rounds', round)).state === 'screening', 20_000, 'the clock closes it');
    refused(await teams[0].command('/initiatives', late, 'submit'), 409, 'round_takes_initiatives');
    assert.equal((await fresh('/rounds', round)).submitted, 52);
});

story('28 are presented, and ten jurors share them', async () => {
    for (const [n, plan] of plans.entries()) {
        await step('/initiatives', plan, 'admit', { checks: [] });
        if (n < 28) {
            await step('/initiatives', plan, 'present');
        }
    }
    refused(await els.command('/initiatives', await fresh('/initiatives', plans[28]), 'present'), 409, 'place_to_present');
    for (const plan of plans.slice(28)) {
        await step('/initiatives', plan, 'drop', { reason: 'Andere plannen waren verder.' });
    }
    await next('present');
    jurors = [];
    for (const client of partners) {
        const one = await thing(client.post('/jurors', { round_id: round.id }));
        jurors.push({ client, ...await step('/jurors', one, 'declare', { conflicts: [] }, client) });
    }
    await next('score');
    const barred = (await thing(els.get(`/rounds/${round.id}/conflicts`))).items;
    assert.equal(barred.length, 9);
    const plan = await thing(els.post(`/rounds/${round.id}/_assign`, { reviews: 3, write: true }));
    assert.deepEqual([plan.items.length, plan.shortage], [84, []]);
    const load = jurors.map(({ id }) => plan.items.filter(({ juror_id: juror }) => juror === id).length);
    assert.ok(Math.max(...load) - Math.min(...load) <= 1, load.join());
    assert.ok(!plan.items.some(({ juror_id: juror, initiative_id: id }) => barred.some((one) => one.juror_id === juror && one.initiative_id === id)));
});

story('each is judged three times, by who may', async () => {
    const order = new Map(plans.map(({ id }, n) => [id, n]));
    const dossiers = new Map((await everything(els, `/dossiers?roundId=${round.id}&limit=100`)).map((one) => [one.id, order.get(one.initiative_id)]));
    await Promise.all(jurors.map(async ({ client }) => {
        for (const one of await everything(client, `/judgements?roundId=${round.id}&mine=true&limit=100`)) {
            const points = 99 - 3 * dossiers.get(one.dossier_id);
            const given = await thing(client.put(`/judgements/${one.id}`, { scores: rubric.map(({ code }) => ({ code, points })) }, one.version));
            await thing(client.command('/judgements', given, 'lock'));
        }
    }));
    await next('deliberate');
    const { items } = await thing(els.get(`/rounds/${round.id}/ranking`));
    assert.deepEqual(items.map(({ initiative_id: id }) => order.get(id)), Array.from({ length: 28 }, (_, n) => n));
    assert.ok(items.every(({ judgements, enough }) => judgements === 3 && enough));
});

const outcome = (n) => (n < 11 ? { outcome: 'selected' } : n === 11 || n === 12 ? { outcome: 'waitlisted', place: n - 10 }
    : n === 14 ? { outcome: 'waitlisted', place: 3 } : { outcome: 'not_selected' });

story('eleven are chosen, three wait, and one that goes against the ranking has a reason', async () => {
    const text = (reason) => ({ round_id: round.id, minute: 'De jury besprak 28 plannen, en koos er elf.', jurors: jurors.slice(0, 2).map(({ id }) => id),
        choices: plans.slice(0, 28).map(({ id }, n) => ({ initiative_id: id, ...outcome(n), ...reason && [13, 14].includes(n) ? { reason } : {} })) });
    let selection = await thing(els.post('/selections', text()));
    assert.equal(selection.unexplained, 2);
    refused(await els.command('/selections', selection, 'sign'), 409, 'ranking_explained');
    selection = await thing(els.put(`/selections/${selection.id}`, text('Dit plan helpt een groep die nog niemand helpt.'), selection.version));
    for (const client of [els, partners[0], partners[1]]) {
        await step('/selections', selection, 'sign', {}, client);
    }
    await step('/selections', selection, 'decide');
    const { selected, presented, submitted } = await fresh('/rounds', round);
    assert.deepEqual([submitted, presented, selected], [52, 28, 11]);
});

story('one declines, and the first who waits has the place', async () => {
    for (const [n, plan] of plans.slice(0, 11).entries()) {
        await step('/initiatives', plan, n === 4 ? 'decline' : 'accept', {}, teams[n % 4]);
    }
    await until(async () => (await fresh('/initiatives', plans[11])).state === 'selected', 20_000, 'rank 12 is promoted');
    assert.deepEqual(await Promise.all([12, 14].map(async (n) => (await fresh('/initiatives', plans[n])).state)), ['waitlisted', 'waitlisted']);
    await step('/initiatives', plans[11], 'accept', {}, teams[11 % 4]);
    await next('start');
});

story('ten modules, five expert meetings, a mentor, who was there, and one who stops', async () => {
    const meetings = [];
    for (let n = 1; n <= 15; n++) {
        meetings.push(await thing(els.post('/meetings', { round_id: round.id, kind: n <= 10 ? 'module' : 'expert', number: n, title: `Bijeenkomst ${n}`,
            starts_at: at(n), ends_at: at(n + 0.1), capacity: 12 })));
    }
    const mentor = await thing(partners[0].post('/mentors', { programme_id: programme.id, name: 'Een mentor', role: 'mentor', skills: 'geld',
        municipality: 'GM0153', hours: 40 }));
    const pairing = await thing(els.post('/pairings', { initiative_id: plans[1].id, mentor_id: mentor.id, hours: 10 }));
    await step('/pairings', await step('/pairings', pairing, 'accept', {}, partners[0]), 'accept', {}, teams[1]);
    const there = await thing(teams[1].post('/attendances', { meeting_id: meetings[0].id, initiative_id: plans[1].id }));
    await pass(1.05 * day);
    await step('/attendances', there, 'present');
    await step('/initiatives', plans[2], 'stop', { reason: 'Wij gaan apart verder.' }, teams[2]);
    assert.equal((await fresh('/initiatives', plans[2])).state, 'dropped_out');
    assert.equal((await fresh('/rounds', round)).selected, 11, 'who stops was selected all the same');
});

story('F1: the funnel is 52, 28 and 11', async () => {
    const stages = await until(async () => {
        const report = await thing(nobody.get(`/reports/rounds/${round.id}`));
        const found = Object.fromEntries(report.stages.map(({ name, count, of_previous_e1: part }) => [name, [count, part]]));
        return found.selected?.[0] === 11 && found;
    }, 20_000, 'reporting counted it');
    assert.deepEqual([stages.presented, stages.selected], [[28, 538], [11, 393]]);
});

story('I14: of round 1 everybody is told what they were told, to the byte', async () => {
    assert.deepEqual(changed(before_, await seen()), []);
});

test('I1 to I17 hold of all of it', async (t) => {
    const lines = (await house.ctl('events', 'tail', '--once', '--json', '--audience=all', '--after=0')).trim().split('\n');
    const tables = JSON.parse(await run(path.join(build, 'meerwaarde'), ['print', 'processes'])).filter(({ noun }) => /^(juror|judgement|selection|meeting|attendance|pairing)$/.test(noun));
    const world = { house, tables, log: lines.map((line) => JSON.parse(line)), tied: { applicant: els.org, partner: els.org },
        rows: async (sql) => JSON.parse(await house.psql(`SELECT coalesce (json_agg (r), '[]') FROM (${sql}) r`)),
        rounds: [{ id: round.id, number: 2, office: els, plans: plans.map((one, n) => ({ ...one, by: teams[n % 4] })) }] };
    for (const [name, law] of Object.entries(laws)) {
        await t.test(name, async () => assert.deepEqual((await law(world)).slice(0, 5), []));
    }
});
