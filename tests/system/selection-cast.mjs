// selection-cast.mjs - a round in deliberation: who runs it, two teams with five plans, and two jurors who judged all of them.
import { admit, colleague, founder, moderator, thing } from './people.mjs';

export const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
export const rubric = [{ code: 'impact', name: 'Impact', weight_ppm: 600_000, scale: 10 },
    { code: 'plan', name: 'Businesscase', weight_ppm: 400_000, scale: 5 },
    { code: 'team', name: 'Team', weight_ppm: 0, independent: true }];
// Per juror and initiative: impact, plan. The second and the third come to the same, in different ways.
export const given = [[[9, 4], [8, 4]], [[8, 3], [6, 4]], [[6, 4], [8, 3]], [[5, 3], [5, 2]], [[2, 1], [3, 1]]];

/** `office` runs the round, `bank` has two jurors, `team` and `others` apply, `council` handles objections. */
export async function enterSelection(house) {
    const desk = await moderator(house);
    const [office, bank, team, others, council] = [await founder(house, 'bureau', 'partner'), await founder(house, 'bank', 'partner'),
        await founder(house, 'team', 'team'), await founder(house, 'anderen', 'team'), await founder(house, 'gemeente', 'municipality')];
    await admit(house, desk, office, bank, team, others, council);
    const jurors = [await colleague(house, bank, 'jurylid1', 'JUROR'), await colleague(house, bank, 'jurylid2', 'JUROR')];
    return { house, desk, office, bank, team, others, council, jurors };
}

export const step = async (client, one, command, body) => thing(client.command('/initiatives', one, command, body));

/** What jurors gave, as if they did so on their pages: those have their own test. */
async function judge({ house, jurors }, plan, index, scores) {
    for (const [at, [impact, points]] of scores.entries()) {
        await house.psql(`INSERT INTO pipeline.judgement (id, round_id, dossier_id, juror_id, account_id, organisation_id, manager_id,
                scores, remark, locked_at, state, created_at)
            SELECT gen_random_uuid (), d.round_id, d.id, j.id, j.account_id, j.organisation_id, d.manager_id,
                '[{"code": "impact", "points": ${impact}}, {"code": "plan", "points": ${points}}, {"code": "team", "points": 3}]',
                'Opmerking ${at + 1} over plan ${index}.', now (), 'locked', now ()
            FROM pipeline.dossier d JOIN pipeline.juror j ON j.round_id = d.round_id AND j.account_id = '${jurors[at].account}'
            WHERE d.initiative_id = '${plan.id}'`);
    }
}

/** A round of a programme of its own, by these rules, in deliberation: { programme, round, plans }. */
export async function deliberated(cast, changes = {}, name = 'Twente vooruit') {
    const { house, office, bank, team, others, jurors } = cast;
    const programme = await thing(office.post('/programmes', { name, region: 'Twente', fictional: true }));
    await thing(office.post('/seats', { programme_id: programme.id, organisation_id: bank.org, role: 'jury', valid_from: days(-1).slice(0, 10) }));
    let round = await thing(office.post('/rounds', { programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30),
        starts_at: days(60), present_quota: 6, select_min: 2, select_max: 2, waitlist: 2, rubric, min_reviews: 2, rank_shown: true,
        fictional: true, ...changes }));
    const next = async (command) => {
        round = await thing(office.command('/rounds', round, command));
    };
    await next('announce');
    await next('open');
    const plans = [];
    for (const at of given.keys()) {
        const applicant = at === 2 ? others : team;
        const draft = await thing(applicant.post('/initiatives', { round_id: round.id, title: `Plan ${at}`,
            summary: 'Een plan dat werk geeft in de buurt.', municipality: 'GM0153', consent: true, ask_cents: 100_000, fictional: true }));
        plans.push(await step(applicant, draft, 'submit'));
    }
    await house.psql(`UPDATE pipeline.round SET closes_at = now () - interval '1 second' WHERE id = '${round.id}'`);
    await next('close');
    for (const [at, plan] of plans.entries()) {
        plans[at] = await step(office, await step(office, plan, 'admit'), 'present');
    }
    await next('present');
    for (const { account } of jurors) {
        await house.psql(`INSERT INTO pipeline.juror (id, round_id, organisation_id, manager_id, account_id, declared_at, ties_version, created_at)
            VALUES (gen_random_uuid (), '${round.id}', '${bank.org}', '${office.org}', '${account}', now (), 1000, now ())`);
    }
    await next('score');
    for (const [at, scores] of given.entries()) {
        await judge(cast, plans[at], at, scores);
    }
    await next('deliberate');
    return { programme, round, plans };
}

export const jurorId = ({ house }, round, { account }) =>
    house.psql(`SELECT id FROM pipeline.juror WHERE account_id = '${account}' AND round_id = '${round.id}'`);

/** What is decided with these outcomes by plan, signed by the chair and the first juror, and in force. */
export async function decided(cast, { round, plans }, outcomes) {
    let selection = await thing(cast.office.post('/selections', { round_id: round.id, minute: 'De jury besprak alle plannen, en koos.',
        jurors: [await jurorId(cast, round, cast.jurors[0])],
        choices: plans.map(({ id }, at) => ({ initiative_id: id, ...outcomes[at] })) }));
    for (const who of [cast.office, cast.jurors[0]]) {
        selection = await thing(who.command('/selections', selection, 'sign'));
    }
    return thing(cast.office.command('/selections', selection, 'decide'));
}
