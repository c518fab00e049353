// round-walk-laws.mjs - what has to hold of every round, whatever people did: invariants by the letters that the domain gives them
// (I1 ...). Asked of rows, of the log, of what the services wrote down and of what people were told. A law answers what breaks it.
import { existsSync, readFileSync } from 'node:fs';
import { services, until } from '../lib/house.mjs';
import { laws as ofDeals } from './walk-laws.mjs';

const none = (sql) => async ({ rows }) => rows(sql);
const nameOf = ({ type }) => type.split('.')[2];
const ofNoun = (log, noun) => log.filter(({ subject }) => subject.startsWith(`${noun}/`));

const afterSelection = ['selected', 'in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table', 'withdrawn_late', 'financed', 'part_financed',
    'interest', 'not_financed', 'realised', 'not_realised'];
const list = (words) => words.map((word) => `'${word}'`).join(', ');

const nowhere = 1e9;

/** Which juror is barred from what: told once more, from rows that people filled. `tied` is what the test made. */
const barred = ({ tied }) => `
    SELECT j.id AS juror_id, i.id AS initiative_id FROM pipeline.juror j JOIN pipeline.round r ON r.id = j.round_id
    JOIN pipeline.initiative i ON i.round_id = r.id
    WHERE EXISTS (SELECT FROM pipeline.conflict c WHERE c.account_id = j.account_id AND c.initiative_id = i.id)
       OR i.applicant_id = j.organisation_id OR j.organisation_id = ANY (i.co_applicant_ids)
       OR (i.applicant_id = '${tied.applicant}' AND j.organisation_id = '${tied.partner}')
       OR r.conflict_policy = 'no_vote' AND EXISTS (SELECT FROM pipeline.initiative o WHERE o.round_id = r.id AND o.submitted_at IS NOT NULL
           AND (o.applicant_id = j.organisation_id OR j.organisation_id = ANY (o.co_applicant_ids)))`;

const counted = (world) => `
    SELECT d.initiative_id, j.juror_id, j.scores FROM pipeline.judgement j JOIN pipeline.dossier d ON d.id = j.dossier_id
    WHERE j.state = 'locked' AND j.abstain IS NOT TRUE
      AND NOT EXISTS (SELECT FROM (${barred(world)}) b WHERE b.juror_id = j.juror_id AND b.initiative_id = d.initiative_id)`;

/** The selections that were decided, with the rules by which, and the judgements that count, by initiative. */
async function decisions(world) {
    const { rows } = world;
    const given = new Map();
    for (const one of await rows(counted(world))) {
        given.set(one.initiative_id, [...given.get(one.initiative_id) ?? [], one.scores]);
    }
    const all = await rows(`SELECT s.id, s.lines, s.ranking, r.number, r.rubric, r.method, r.min_reviews, r.select_min, r.select_max, r.waitlist,
        (SELECT count (*) FROM pipeline.selection_present p WHERE p.selection_id = s.id AND p.signed_at IS NULL) AS not_signed,
        (SELECT count (*) FROM pipeline.selection_present p WHERE p.selection_id = s.id) AS present
        FROM pipeline.selection s JOIN pipeline.round r ON r.id = s.round_id WHERE s.state = 'decided'`);
    return all.map((one) => ({ ...one, given }));
}

const ascending = (a, b) => a - b;

/** What an initiative comes to by the published formula, in millionths: a fraction of whole numbers, rounded down once. */
function totalOf({ rubric, method }, judgements) {
    let [above, below] = [0n, 1n];
    for (const { code, weight_ppm: weight, scale = 5 } of rubric.filter(({ independent }) => !independent)) {
        const points = judgements.map((scores) => scores.find((one) => one.code === code).points).sort(ascending);
        const half = points.length / 2;
        const [sum, parts] = method === 'median' ? [points[Math.ceil(half) - 1] + points[Math.floor(half)], 2]
            : [points.reduce((a, b) => a + b, 0), points.length];
        const [own, of] = [BigInt(weight) * BigInt(sum), BigInt(parts) * BigInt(scale)];
        [above, below] = [above * of + own * below, below * of];
    }
    return Number(above / below);
}

async function scoresAreTheFormula(world) {
    const wrong = [];
    for (const round of await decisions(world)) {
        const totals = new Map(round.ranking.map(({ initiative_id: id }) => [id, totalOf(round, round.given.get(id) ?? [])]));
        for (const { initiative_id: id, total_ppm: total, rank } of round.ranking) {
            const better = [...totals.values()].filter((one) => one > totals.get(id)).length;
            if (round.given.has(id) && (total !== totals.get(id) || rank !== better + 1)) {
                wrong.push(`round ${round.number}: ${id} has ${total} at ${rank}, and should have ${totals.get(id)} at ${better + 1}`);
            }
        }
    }
    return wrong;
}

const enoughWereGiven = async (world) => (await decisions(world)).flatMap(({ number, min_reviews: least, ranking, given }) =>
    ranking.filter(({ initiative_id: id, judgements }) => judgements !== (given.get(id) ?? []).length || judgements < least)
        .map(({ initiative_id: id, judgements }) => `round ${number}: ${id} has ${judgements} of ${least}, ${(given.get(id) ?? []).length} count`));

const standing = ({ outcome, place }) => (outcome === 'selected' ? 0 : outcome === 'waitlisted' ? place : nowhere);

/** Whoever has more than another stands at least as high, and whoever has as much as high: or their lines say why not. */
async function deviationsAreExplained(world) {
    const wrong = [];
    const erased = new Set((await world.rows('SELECT id FROM pipeline.initiative WHERE erased_at IS NOT NULL')).map(({ id }) => id));
    const said = ({ written, reason, initiative_id: id }) => written && (reason || erased.has(id)); // what was said of them is gone
    for (const { number, lines, not_signed: missing, present } of await decisions(world)) {
        const total = ({ rank, total_ppm: ppm }) => (rank ? ppm : -1);
        for (const line of lines) {
            const against = lines.filter((one) => (total(one) - total(line)) * (standing(one) - standing(line)) > 0
                || (one !== line && total(one) === total(line) && standing(one) !== standing(line)));
            // Of two that changed places one at least is told; alone against many it is this one.
            if (against.length > 0 && ![line, ...against].some((one) => one.deviation !== 'none' && said(one))) {
                wrong.push(`round ${number}: ${line.initiative_id} stands against the ranking and nothing says why`);
            }
            if (line.deviation !== 'none' && !said(line)) {
                wrong.push(`round ${number}: ${line.initiative_id} is ${line.deviation} without a reason`);
            }
        }
        if (missing > 0 || present === 0) {
            wrong.push(`round ${number}: ${missing} of ${present} who were there did not sign`);
        }
    }
    return wrong;
}

/** Along the log: who has a place in each round, and who waits. */
async function placesAlongTheLog({ log, rows }) {
    const rules = new Map((await rows(`
        SELECT r.id, r.select_max, r.number, (SELECT count (*) FROM jsonb_array_elements (s.lines) l WHERE l ->> 'outcome' = 'selected') AS chosen
        FROM pipeline.round r LEFT JOIN pipeline.selection s ON s.round_id = r.id AND s.state = 'decided'`)).map((one) => [one.id, one]));
    const waits = new Map((await rows('SELECT id, waiting_place FROM pipeline.initiative')).map(({ id, waiting_place: place }) => [id, place]));
    const states = new Map();
    const first = new Map();    // by an objection that was right, in that order
    const wrong = [];
    const order = (id) => (first.has(id) ? first.get(id) - nowhere : waits.get(id));
    let promoted = 0;
    for (const event of ofNoun(log, 'initiative')) {
        const { id, round_id: round, state } = event.data;
        const others = [...states].filter(([other, one]) => one.round === round && other !== id);
        if (nameOf(event) === 'initiative_promoted') {
            promoted++;
            const before = others.find(([other, one]) => one.state === 'waitlisted' && order(other) < order(id));
            wrong.push(...before ? [`round ${rules.get(round).number}: ${id} came before ${before[0]}`] : []);
        }
        states.set(id, { round, state });
        if (nameOf(event) === 'initiative_reinstated') {
            first.set(id, event.sequence);
        }
        const held = [...states.values()].filter((one) => one.round === round && afterSelection.includes(one.state)).length;
        const more = nameOf(event) === 'initiative_promoted' && !first.has(id) && held > rules.get(round).chosen;
        wrong.push(...more ? [`round ${rules.get(round).number}: ${id} came where no place was free`] : []);
        wrong.push(...held > rules.get(round).select_max ? [`round ${rules.get(round).number}: ${held} have a place`] : []);
    }
    console.log(`# I8: ${promoted} came from a waiting list`);
    return wrong;
}

/** What the platform says of a round, what its rows say, and what its log says. */
async function numbersAgree({ log, rows, rounds }) {
    const wrong = [];
    const seen = new Map();     // round -> state -> initiatives that were in it
    for (const { data: { id, round_id: round, state } } of ofNoun(log, 'initiative')) {
        const states = seen.get(round) ?? seen.set(round, new Map()).get(round);
        states.set(state, (states.get(state) ?? new Set()).add(id));
    }
    for (const { id, number, office } of rounds) {
        const told = (await office.get(`/rounds/${id}`)).body;
        const [kept] = await rows(`SELECT count (submitted_at) AS submitted, count (presented_at) AS presented,
            count (*) FILTER (WHERE state IN (${list(afterSelection)})) AS selected, count (seated_at) AS at_table,
            count (*) FILTER (WHERE state = 'realised') AS realised FROM pipeline.initiative WHERE round_id = '${id}'`);
        // Reporting is as far as the log within moments.
        const report = async () => Object.fromEntries((await office.get(`/reports/rounds/${id}`)).body.stages.map(({ name, count }) => [name, count]));
        const differ = (stages) => Object.keys(kept).filter((name) => (stages[name] ?? 0) !== kept[name]);
        await until(async () => differ(await report()).length === 0, 10_000, '').catch(async () => {
            const stages = await report();
            wrong.push(`round ${number}: the report says ${JSON.stringify(stages)}, and it is ${JSON.stringify(kept)}`);
        });
        const times = (state) => seen.get(id)?.get(state)?.size ?? 0;
        const logged = { submitted: times('submitted'), presented: times('presented'), at_table: times('at_table'), realised: times('realised') };
        for (const name of Object.keys(kept)) {
            if (told[name] !== kept[name] || told[name] !== (logged[name] ?? told[name])) {
                wrong.push(`round ${number}: ${name} is ${told[name]}; of rows ${kept[name]}, of the log ${logged[name]}`);
            }
        }
    }
    return wrong;
}

/** Who applies hears of every step that others take, by its public words: no criterion, reason, score or rank. */
async function toldInPublicWords({ log, rows, rounds }) {
    const kinds = new Map((await rows('SELECT event_id, organisation_id FROM identity.notice')).map((one) => [`${one.event_id} ${one.organisation_id}`, one]));
    const people = new Map((await rows('SELECT account_id, organisation_id FROM identity.known_member')).map((one) => [one.account_id, one.organisation_id]));
    const last = new Map();
    const wrong = [];
    for (const event of ofNoun(log, 'initiative')) {
        const { id, applicant_id: applicant, state } = event.data;
        const moved = last.get(id) !== undefined && last.get(id) !== state;
        last.set(id, state);
        if (moved && people.get(event.actor) !== applicant && nameOf(event) !== 'initiative_objected' && !kinds.has(`${event.id} ${applicant}`)) {
            wrong.push(`${event.subject}: nobody who applies was told of ${nameOf(event)}`);
        }
    }
    const secret = /banen|Er komen geen|waren verder|Dit plan helpt|Een helder plan|van de 100 punten|total_ppm/;
    const clients = new Set(rounds.flatMap(({ plans }) => plans.map(({ by }) => by)));
    for (const client of clients) {
        const { body } = await client.get('/notices?limit=100');
        const found = body.items.map((one) => JSON.stringify(one)).filter((text) => secret.test(text));
        wrong.push(...found.map((text) => `${client.name} is told ${text}`));
    }
    return wrong;
}

/** What came late stands nowhere: no row, no event, no line of a log. */
async function lateLeavesNothing({ house, rounds }) {
    const wrong = [];
    const logs = services.map((name) => house.logOf(name)).filter(existsSync).map((file) => [file, readFileSync(file, 'utf8')]);
    for (const word of rounds.flatMap(({ lateWords }) => lateWords ?? [])) {
        wrong.push(...logs.filter(([, text]) => text.includes(word)).map(([file]) => `${word} stands in ${file}`));
        const found = await house.psql(`SELECT (SELECT count (*) FROM stream.log WHERE position ('${word}'::bytea IN body) > 0)
            + (SELECT count (*) FROM pipeline.initiative i WHERE i::text LIKE '%${word}%')`);
        wrong.push(...found === '0' ? [] : [`${word} stands in ${found} rows`]);
    }
    return wrong;
}

export const laws = {
    'log: a thing goes along its table': ofDeals['log: a thing goes along its table'],
    'log: rows say what the log says': ofDeals['log: rows say what the log says'],
    'I1: rows, log and answers count alike': numbersAgree,
    'I1: no more are presented than the quota': none(`
        SELECT r.number FROM pipeline.round r
         WHERE r.present_quota < (SELECT count (presented_at) FROM pipeline.initiative i WHERE i.round_id = r.id)`),
    'I1: whoever is at a stage came through the one before': none(`
        SELECT id, state, submitted_at, presented_at FROM pipeline.initiative
         WHERE (state NOT IN ('draft', 'withdrawn', 'closed_by_round') AND submitted_at IS NULL)
            OR (state IN (${list([...afterSelection, 'presented', 'waitlisted', 'not_selected', 'declined'])})) <> (presented_at IS NOT NULL)
               AND state NOT IN ('withdrawn', 'closed_by_round')
            OR (state = 'draft' AND submitted_at IS NOT NULL)`),
    'I1, I8: places are never more than there are, and go by the waiting list': placesAlongTheLog,
    'I2: nobody was assigned what they are barred from, but by a conflict of later': async (world) => world.rows(`
        SELECT j.id FROM pipeline.judgement j JOIN pipeline.dossier d ON d.id = j.dossier_id
        JOIN (${barred(world)}) b ON b.juror_id = j.juror_id AND b.initiative_id = d.initiative_id
        WHERE j.state <> 'recused'`),
    'I4: what was locked and reopened is kept': async ({ log, rows }) => {
        const reopened = ofNoun(log, 'judgement').filter((one) => nameOf(one) === 'judgement_reopened');
        const kept = await rows('SELECT id, jsonb_array_length (earlier) AS earlier FROM pipeline.judgement');
        return kept.filter(({ id, earlier }) => reopened.filter(({ subject }) => subject === `judgement/${id}`).length !== earlier);
    },
    'I5: a total is what the formula makes of the judgements that count': scoresAreTheFormula,
    'I6: what is decided of was judged often enough': enoughWereGiven,
    'I7: what goes against the ranking has a reason, and who was there signed': deviationsAreExplained,
    'I9: one extension for all, the others with a ground and counted': none(`
        SELECT r.number FROM pipeline.round r
        CROSS JOIN LATERAL (SELECT count (*) AS kept FROM pipeline.extension e WHERE e.round_id = r.id) n
         WHERE r.extensions < n.kept
            OR r.extensions > n.kept AND NOT EXISTS (SELECT FROM pipeline.initiative i WHERE i.round_id = r.id AND i.erased_at IS NOT NULL)
            OR EXISTS (SELECT FROM pipeline.extension e WHERE e.round_id = r.id AND (e.ground IS NULL OR coalesce (e.reason, '') = ''))`),
    'I9: a round is extended once': async ({ log }) => Object.entries(ofNoun(log, 'round').filter((one) => nameOf(one) === 'round_extended')
        .reduce((all, { subject }) => ({ ...all, [subject]: (all[subject] ?? 0) + 1 }), {})).filter(([, times]) => times > 1),
    'I10: a partner that applies has no vote in that round': none(`
        SELECT j.id FROM pipeline.judgement j JOIN pipeline.round r ON r.id = j.round_id AND r.conflict_policy = 'no_vote'
        JOIN pipeline.initiative i ON i.round_id = r.id AND i.submitted_at IS NOT NULL
         AND (i.applicant_id = j.organisation_id OR j.organisation_id = ANY (i.co_applicant_ids))
        WHERE j.state = 'locked' AND j.locked_at > i.submitted_at`),
    'I11: an initiative stays in its round': async ({ log, rows }) => {
        const first = new Map();
        const kept = new Map((await rows('SELECT id, round_id FROM pipeline.initiative')).map((one) => [one.id, one.round_id]));
        return ofNoun(log, 'initiative').filter(({ data: { id, round_id: round } }) => {
            first.set(id, first.get(id) ?? round);
            return first.get(id) !== round || kept.get(id) !== round;
        }).map(({ subject }) => subject);
    },
    'I12: what binds is enough, or nothing does': none(`
        SELECT a.id, a.min_viable_cents, s.cents FROM pipeline.ask a
        CROSS JOIN LATERAL (SELECT coalesce (sum (amount_cents), 0) AS cents FROM pipeline.pledge p
                             WHERE p.ask_id = a.id AND p.state IN ('firm', 'paid_out')) s
         WHERE s.cents > 0 AND s.cents < a.min_viable_cents OR s.cents > a.amount_cents`),
    'I12: what an initiative found is what binds': none(`
        SELECT i.id, i.state, i.financed_cents, s.cents FROM pipeline.initiative i JOIN pipeline.ask a ON a.initiative_id = i.id
        CROSS JOIN LATERAL (SELECT coalesce (sum (amount_cents), 0) AS cents FROM pipeline.pledge p
                             WHERE p.ask_id = a.id AND p.state IN ('firm', 'paid_out')) s
         WHERE i.state IN ('financed', 'part_financed', 'interest', 'not_financed', 'realised') AND coalesce (i.financed_cents, 0) <> s.cents`),
    'I13: what is real was verified by somebody who neither applies nor pays': none(`
        SELECT i.id FROM pipeline.initiative i WHERE i.state = 'realised' AND NOT EXISTS (
            SELECT FROM pipeline.milestone m WHERE m.initiative_id = i.id AND m.state = 'verified' AND coalesce (m.evidence, '') <> ''
               AND m.verified_by <> i.applicant_id AND m.verified_by <> ALL (i.co_applicant_ids)
               AND NOT EXISTS (SELECT FROM pipeline.pledge p WHERE p.initiative_id = i.id AND p.financier_id = m.verified_by AND p.state IN ('firm', 'paid_out')))`),
    'I15: of who was erased nothing is left but what is counted': none(`
        SELECT i.id FROM pipeline.initiative i WHERE i.erased_at IS NOT NULL AND (
            (i.applicant_id, i.plan, i.answers, i.team, i.documents, i.drop_reason, i.checks) IS DISTINCT FROM (NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            OR i.co_applicant_ids <> '{}' OR EXISTS (SELECT FROM stream.caption c WHERE c.id = i.id)
            OR EXISTS (SELECT FROM pipeline.dossier d LEFT JOIN pipeline.judgement j ON j.dossier_id = d.id WHERE d.initiative_id = i.id
                       AND (d.applicant_id IS NOT NULL OR d.plan IS NOT NULL OR j.remark IS NOT NULL))
            OR EXISTS (SELECT FROM pipeline.initiative_person p WHERE p.initiative_id = i.id)
            OR EXISTS (SELECT FROM pipeline.pledge p WHERE p.initiative_id = i.id AND p.applicant_id IS NOT NULL))`),
    'I16: nothing was handed in after its time': none(`
        SELECT i.id, i.submitted_at FROM pipeline.initiative i JOIN pipeline.round r ON r.id = i.round_id
         WHERE i.erased_at IS NULL AND i.submitted_at > greatest (r.closes_at, (SELECT max (e.until) FROM pipeline.extension e WHERE e.initiative_id = i.id))`),
    'I16: what came late stands nowhere': lateLeavesNothing,
    'I17: who applies is told, in public words': toldInPublicWords,
};
