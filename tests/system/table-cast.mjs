// table-cast.mjs - a round that has come to its financing table, with whoever sits there.
import { founder, admit, thing } from './people.mjs';
import { enter } from './deal-cast.mjs';

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
const euro = 100;

/** The market's cast, and: `office` runs the programme; `bank` and `fund` finance, as does `buyer`, a municipality. */
export async function enterTable(house) {
    const cast = await enter(house);
    const [office, bank, fund] = [await founder(house, 'bureau', 'partner'), await founder(house, 'bank', 'partner'),
        await founder(house, 'fonds', 'partner')];
    await admit(house, cast.desk, office, bank, fund);
    return { ...cast, office, bank, fund };
}

/** A round whose programme is over, with one initiative of `applicant` for each title; they wait for the table. */
export async function roundAtTable(house, { office, bank, fund, buyer }, applicant, titles, number = 1) {
    const programme = await thing(office.post('/programmes', { name: `Samen starten ${number}`, region: 'Twente', fictional: true }));
    for (const { org } of [bank, fund, buyer]) {
        await thing(office.post('/seats', { programme_id: programme.id, organisation_id: org, role: 'financier',
            valid_from: days(-1).slice(0, 10) }));
    }
    let round = await thing(office.post('/rounds', { programme_id: programme.id, number, opens_at: days(1), closes_at: days(30),
        present_quota: 20, select_min: 1, select_max: 20, fictional: true }));
    round = await thing(office.command('/rounds', await thing(office.command('/rounds', round, 'announce')), 'open'));
    const plans = [];
    for (const title of titles) {
        const plan = await thing(applicant.post('/initiatives', { round_id: round.id, title,
            summary: 'Een plan dat werk geeft aan mensen in de buurt.', municipality: 'GM0153', consent: true, fictional: true }));
        plans.push(await thing(applicant.command('/initiatives', plan, 'submit')));
    }
    // How they came through jury and programme is another test's.
    await house.psql(`UPDATE pipeline.initiative SET state = 'table_ready' WHERE round_id = '${round.id}';
        UPDATE pipeline.round SET state = 'table' WHERE id = '${round.id}'`);
    return { programme, round: await thing(office.get(`/rounds/${round.id}`)), plans };
}

export const askText = (plan, amount, least, changes = {}) => ({
    initiative_id: plan.id, amount_cents: amount * euro, min_viable_cents: least * euro,
    text: 'Voor een bestelbus, een keuken en het loon van het eerste jaar.', fictional: true, ...changes,
});

/** An ask in euros that its initiative brought to the table. */
export async function seated(office, applicant, plan, amount, least, changes) {
    const draft = await thing(applicant.post('/asks', askText(plan, amount, least, changes)));
    const ask = await thing(applicant.command('/asks', draft, 'complete'));
    await thing(office.command('/initiatives', await thing(office.get(`/initiatives/${plan.id}`)), 'seat'));
    return thing(office.get(`/asks/${ask.id}`));
}

export const pledgeText = (ask, kind, amount, conditions, changes = {}) => ({
    ask_id: ask.id, kind, amount_cents: amount * euro, ...(conditions && { conditions }), fictional: true, ...changes,
});

export async function committed(financier, ...text) {
    return thing(financier.command('/pledges', await thing(financier.post('/pledges', pledgeText(...text))), 'commit'));
}
