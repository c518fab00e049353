// jury-cast.mjs - rounds that come to their jury, and jurors who judge them, for tests.
import { must } from '../lib/house.mjs';
import { thing } from './people.mjs';

export const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();

export const rubric = [
    { code: 'impact', name: 'Maatschappelijke winst', weight_ppm: 600_000 },
    { code: 'plan', name: 'Haalbaarheid van het plan', weight_ppm: 400_000, scale: 10 },
    { code: 'team', name: 'Het team', weight_ppm: 0, independent: true },
];

export const fullMarks = (share = 1) => rubric.map(({ code, scale = 5 }) => ({ code, points: Math.round(scale * share) }));

export async function openRound(office, programme, changes = {}) {
    let round = await thing(office.post('/rounds', { programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30),
        scored_by: days(60), present_quota: 28, select_min: 1, select_max: 11, rubric, min_reviews: 1, fictional: true, ...changes }));
    for (const command of ['announce', 'open']) {
        round = await thing(office.command('/rounds', round, command));
    }
    return round;
}

export const seat = (office, programme, partner, changes = {}) => thing(office.post('/seats', { programme_id: programme.id,
    organisation_id: partner.org, role: 'jury', valid_from: days(-1).slice(0, 10), ...changes }));

export const step = async (office, round, command) =>
    thing(office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), command));

export async function submit(client, round, changes = {}) {
    const plan = await thing(client.post('/initiatives', { round_id: round.id, title: 'Een plan',
        summary: 'Een plan dat werk geeft aan mensen in de buurt.', plan: 'Probleem, oplossing en verdienmodel staan hier voor de jury.',
        municipality: 'GM0153', ask_cents: 2_500_000, consent: true, fictional: true, ...changes }));
    return thing(client.command('/initiatives', plan, 'submit'));
}

/** Closes a round, presents these initiatives, and goes on to the stage in which jurors declare. */
export async function presented(house, office, round, plans) {
    await house.psql(`UPDATE pipeline.round SET closes_at = now () - interval '1 second' WHERE id = '${round.id}'`);
    await step(office, round, 'close');
    const shown = [];
    for (const { id } of plans) {
        const admitted = await thing(office.command('/initiatives', await thing(office.get(`/initiatives/${id}`)), 'admit'));
        shown.push(await thing(office.command('/initiatives', admitted, 'present')));
    }
    await step(office, round, 'present');
    return shown;
}

export const enter = (client, round) => thing(client.post('/jurors', { round_id: round.id }));

export const declare = async (client, { id }, conflicts = []) =>
    thing(client.command('/jurors', await thing(client.get(`/jurors/${id}`)), 'declare', { conflicts }));

export const assign = (office, plan, juror) =>
    thing(office.post('/judgements', { initiative_id: plan.id, juror_id: juror.id }));

export async function judge(client, { id }, text = { scores: fullMarks(), confidence: 4 }) {
    const given = await thing(client.get(`/judgements/${id}`));
    return thing(client.put(`/judgements/${id}`, text, given.version));
}

/** Judges and locks. */
export const lock = async (client, judgement, text) =>
    thing(client.command('/judgements', await judge(client, judgement, text), 'lock'));

/** A juror who enters, is impartial, and is ready to be assigned something. */
export async function juror(client, round, conflicts = []) {
    const one = await enter(client, round);
    return declare(client, one, conflicts);
}

/** Everything that is presented is judged and locked by each of these clients, who are jurors. */
export async function judged(office, round, plans, jurors, text) {
    for (const client of jurors) {
        const { items: [one] } = must(await client.get(`/jurors?roundId=${round.id}&mine=true`)).body;
        for (const plan of plans) {
            await lock(client, await assign(office, plan, one), text);
        }
    }
}
