// training-cast.mjs - a round whose programme runs: who runs it, two teams in it, and partners with a seat.
import { must, openHouse } from '../lib/house.mjs';
import { admit, founder, moderator, thing } from './people.mjs';

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
export const planText = (of, title) => ({
    round_id: of.id, title, summary: 'Een plan dat werk geeft aan mensen in de buurt.', municipality: 'GM0153',
    goals: ['care'], ask_cents: 2_500_000, consent: true, fictional: true,
});

/** A round of `office` in state running with these plans in the programme; the owner of the tables moves it on. */
export async function runningRound(house, office, plans, changes = {}) {
    const programme = await thing(office.post('/programmes', { name: 'Samen starten', region: 'Twente', fictional: true }));
    const round = await thing(office.post('/rounds', {
        programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30), present_quota: 10, select_min: 1, select_max: 5,
        fictional: true, ...changes,
    }));
    await thing(office.command('/rounds', await thing(office.command('/rounds', round, 'announce')), 'open'));
    const made = [];
    for (const [team, title] of plans) {
        const plan = await thing(team.post('/initiatives', planText(round, title)));
        must(await team.command('/initiatives', plan, 'submit'));
        made.push(plan.id);
    }
    const ids = made.map((id) => `'${id}'`).join(', ');
    await house.psql(`UPDATE pipeline.round SET state = 'running', closes_at = now () WHERE id = '${round.id}';
        UPDATE pipeline.initiative SET state = 'in_programme', presented_at = now () WHERE id IN (${ids})`);
    return { programme, round: await thing(office.get(`/rounds/${round.id}`)),
        plans: await Promise.all(made.map(async (id) => thing(office.get(`/initiatives/${id}`)))) };
}

export const seat = (office, programme, partner, role) => office.post('/seats',
    { programme_id: programme.id, organisation_id: partner.org, role, valid_from: days(-1).slice(0, 10) }).then((answer) => thing(answer));

export async function openTraining() {
    const house = await openHouse();
    const desk = await moderator(house);
    const office = await founder(house, 'bureau', 'partner');
    const college = await founder(house, 'college', 'partner');
    const team = await founder(house, 'team', 'team');
    const firm = await founder(house, 'onderneming', 'enterprise');
    const outsider = await founder(house, 'ander', 'team');
    await admit(house, desk, office, college, team, firm, outsider);
    return { house, desk, office, college, team, firm, outsider };
}
