// erasing.test.mjs - I15: erasing an applicant keeps how far the initiative came, in which round, where, for whom and for how much; of
// what others did, that they did it; and nothing else, anywhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { refused, thing } from './people.mjs';
import { decided, deliberated, enterSelection, step } from './selection-cast.mjs';

const word = 'kanarie';
const title = `De ${word}bakkerij`, words = `Hier zingt de ${word}.`;
/** Columns that stay and could hold text: codes that the round or the platform published, and numbers of a jury. Closed lists take no words. */
const stays = ['state', 'kind', 'municipality', 'goals', 'target_groups', 'stage', 'criterion', 'failure_ground', 'outcome', 'kinds', 'scores', 'criteria'];
/** What belongs to an initiative, and how it is found there. */
const places = {
    initiative: 'id = $', dossier: 'initiative_id = $', result: 'initiative_id = $', extension: 'initiative_id = $',
    objection: 'initiative_id = $', conflict: 'initiative_id = $', initiative_person: 'initiative_id = $', milestone: 'initiative_id = $',
    deliverable: 'initiative_id = $', ask: 'initiative_id = $', pledge: 'initiative_id = $', attendance: 'initiative_id = $',
    pairing: 'initiative_id = $', job_outcome: 'initiative_id = $',
    judgement: 'dossier_id IN (SELECT id FROM pipeline.dossier WHERE initiative_id = $)',
    bid: 'dossier_id IN (SELECT id FROM pipeline.dossier WHERE initiative_id = $)',
    deliverable_version: 'deliverable_id IN (SELECT id FROM pipeline.deliverable WHERE initiative_id = $)',
    pairing_hours: 'pairing_id IN (SELECT id FROM pipeline.pairing WHERE initiative_id = $)',
};
const gone = ['extension', 'objection', 'conflict', 'initiative_person', 'milestone', 'deliverable', 'deliverable_version', 'bid'];

let house, cast, office, team, others, council, bank, round, plan, file, before_;
const fresh = (who) => thing(who.get(`/initiatives/${plan.id}`));
const rows = async (sql) => JSON.parse(await house.psql(`SELECT coalesce (json_agg (x), '[]') FROM (${sql}) x`));
const having = (place) => `FROM pipeline.${place} WHERE ${places[place].replaceAll('$', `'${plan.id}'`)}`;

/** What everybody counts: the round, its funnel, its ranking and who took which place. */
async function numbers() {
    const { as_of, as_of_seq, ...report } = await thing(house.nobody().get(`/reports/rounds/${round.id}`));
    const { version, commands, ...itself } = await thing(office.get(`/rounds/${round.id}`));
    const { items } = await thing(office.get(`/initiatives?roundId=${round.id}&limit=100`));
    const replayed = await thing(office.post(`/rounds/${round.id}/_replay`, {}));
    return { report, itself, states: items.map(({ id, state, municipality, goals, ask_cents: ask }) => ({ id, state, municipality, goals, ask })).sort((a, b) => a.id < b.id ? -1 : 1),
        replayed: [replayed.reproduced, replayed.judgements, replayed.items.map(({ initiative_id: id, total_ppm: total }) => [id, total])] };
}

/** A row in each table that knows of initiatives, with words in every column that takes some: as if it had come as far as one can. */
async function everythingWritten() {
    const common = `round_id, applicant_id, manager_id, version, created_at) SELECT gen_random_uuid (), id, round_id, applicant_id, manager_id, 1, now ()`;
    const of = `FROM pipeline.initiative WHERE id = '${plan.id}'`;
    await house.psql(`SET LOCAL app.org = '${others.org}';
        INSERT INTO pipeline.extension (until, ground, reason, id, initiative_id, ${common.replace('SELECT', "SELECT now (), 'illness', '-',")} ${of};
        INSERT INTO pipeline.milestone (what, due_on, state, programme_id, verifier_id, id, initiative_id, ${common.replace('SELECT', `SELECT '-', current_date, 'planned', programme_id, '${bank.org}',`)} ${of};
        INSERT INTO pipeline.deliverable (kind, state, id, initiative_id, ${common.replace('SELECT', "SELECT 'canvas', 'handed_in',")} ${of};
        INSERT INTO pipeline.deliverable_version (id, deliverable_id, applicant_id, number, text, handed_in_at)
            SELECT gen_random_uuid (), id, applicant_id, 1, '-', now () ${having('deliverable')};
        INSERT INTO pipeline.job_outcome (kind, count, fte_hundredths, valid_from, state, id, initiative_id, ${common.replace('SELECT', "SELECT 'regular', 1, 100, current_date, 'reported',")} ${of};
        INSERT INTO pipeline.ask (programme_id, amount_cents, min_viable_cents, state, id, initiative_id, ${common.replace('SELECT', "SELECT programme_id, 100, 50, 'ended',")} ${of};
        INSERT INTO pipeline.pledge (ask_id, programme_id, financier_id, kind, amount_cents, state, id, initiative_id, ${common.replace('SELECT', `SELECT (SELECT id ${having('ask')}), programme_id, '${bank.org}', 'loan', 100, 'lapsed',`)} ${of};
        INSERT INTO pipeline.meeting (id, round_id, programme_id, manager_id, kind, title, starts_at, ends_at, capacity, state, created_at)
            SELECT gen_random_uuid (), round_id, programme_id, manager_id, 'module', 'Samen beginnen', now (), now () + interval '1 hour', 9, 'planned', now () ${of};
        INSERT INTO pipeline.attendance (meeting_id, state, id, initiative_id, ${common.replace('SELECT', "SELECT (SELECT id FROM pipeline.meeting LIMIT 1), 'present',")} ${of};
        INSERT INTO pipeline.mentor (id, programme_id, organisation_id, manager_id, account_id, name, role, skills, municipality, hours, state, created_at)
            SELECT gen_random_uuid (), programme_id, '${bank.org}', manager_id, '${bank.account}', 'Mentor', 'mentor', 'Rekenen', 'GM0153', 9, 'active', now () ${of};
        INSERT INTO pipeline.pairing (mentor_id, organisation_id, account_id, hours, minutes, state, id, initiative_id, ${common.replace('SELECT', `SELECT (SELECT id FROM pipeline.mentor LIMIT 1), '${bank.org}', '${bank.account}', 5, 90, 'ended',`)} ${of};
        INSERT INTO pipeline.pairing_hours (id, pairing_id, applicant_id, organisation_id, manager_id, day, minutes)
            SELECT gen_random_uuid (), id, applicant_id, organisation_id, manager_id, current_date, 90 ${having('pairing')};
        INSERT INTO pipeline.bid (juror_id, dossier_id, account_id, manager_id, wish)
            SELECT j.id, d.id, j.account_id, j.manager_id, 'wants' FROM pipeline.dossier d JOIN pipeline.juror j ON j.round_id = d.round_id
            WHERE d.initiative_id = '${plan.id}' LIMIT 1;
        UPDATE pipeline.initiative SET documents = '[{"file": "${file}", "name": "${word}.txt"}]', answered_at = now (), handler_id = '${council.org}' WHERE id = '${plan.id}'`);
    const columns = await rows(`SELECT table_name AS place, column_name AS part, data_type AS kind FROM information_schema.columns
        WHERE table_schema = 'pipeline' AND table_name = ANY ('{${Object.keys(places)}}') AND data_type IN ('text', 'jsonb', 'ARRAY')
          AND udt_name <> '_uuid' AND column_name <> ALL ('{documents,${stays}}')
          AND NOT EXISTS (SELECT FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
                          WHERE c.contype = 'c' AND c.conrelid = format ('pipeline.%I', table_name)::regclass AND a.attname = column_name)`);
    const shaped = {
        answers: [{ code: 'x', text: word }], checks: [{ code: 'x', met: true, remark: word }], team: [{ name: word }], redactions: { plan: word },
        conditions: [{ wish: 'agreement', agreement_id: plan.id }], earlier: [{ remark: word, reason: word }],
    };
    for (const { place, part, kind } of columns) {
        const value = { text: `'${words}'`, ARRAY: `'{${word}}'`, jsonb: `'${JSON.stringify(shaped[part])}'` }[kind];
        await house.psql(`UPDATE pipeline.${place} SET ${part} = ${value} ${having(place).replace(/^FROM \S+ /, '')}`);
    }
    await house.psql(`UPDATE pipeline.initiative SET title = '${title}', team = '[{"name": "Karel ${word}stein"}]' WHERE id = '${plan.id}';
        UPDATE pipeline.selection SET minute = 'De jury vond ${title} van Karel ${word}stein nog niet af.',
            lines = (SELECT jsonb_agg (l || jsonb_build_object ('reason', 'Anders dan ${title}.')) FROM jsonb_array_elements (lines) l) WHERE round_id = '${round.id}'`);
    return columns.length;
}

before(async () => {
    house = await openHouse();
    cast = await enterSelection(house);
    ({ office, team, others, council, bank } = cast);
    await thing(office.post('/appointments', { handler_id: council.org }));
    ({ file } = must(await others.upload(`Begroting van de ${word}bakkerij`, `${word}.txt`)).body);
    const it = await deliberated(cast);
    ({ round } = it);
    [, , plan] = it.plans;
    const why = 'Dit plan helpt een groep die nog niemand helpt.';
    await decided(cast, it, [{ outcome: 'selected' }, { outcome: 'selected', reason: why }, { outcome: 'not_selected', reason: why },
        { outcome: 'waitlisted', place: 1, reason: why }, { outcome: 'not_selected' }]);
});
after(() => house?.stop());

test('the applicant erases what is over, and nobody else but who runs a round that is', async () => {
    const running = await thing(team.get(`/initiatives?mine=true&roundId=${round.id}&state=selected`));
    assert.ok(!running.items[0].commands.includes('erase'), 'what goes on is withdrawn first');
    refused(await team.command('/initiatives', running.items[0], 'erase'), 409, 'out_of_state');
    refused(await team.command('/initiatives', await fresh(others), 'erase'), 404);
    refused(await office.command('/initiatives', await fresh(office), 'erase'), 409, 'erasable');
    assert.ok((await fresh(others)).commands.includes('erase'));
});

test('not while somebody decides on an objection', async () => {
    const objection = await thing(others.post('/objections', { initiative_id: plan.id, grounds: `De jury las de begroting van de ${word} niet.` }));
    refused(await others.command('/initiatives', await fresh(others), 'erase'), 409, 'objection_decided_first');
    assert.equal(await house.psql(`SELECT count (*) ${having('objection')}`), '1');
    must(await council.command('/objections', await thing(council.get(`/objections/${objection.id}`)), 'decide', { upheld: false, decision: 'De jury las het goede plan.' }));
});

test('what everybody counts stays as it was', async () => {
    await until(async () => (await thing(office.get('/notices?limit=100'))).items.some(({ event }) => event === 'objection_decided'), 10_000, 'who runs it is told');
    const columns = await everythingWritten();
    assert.ok(columns > 30, `there are words in ${columns} columns`);
    assert.ok((await house.dump()).includes(word), 'the search sees them');
    for (const place of Object.keys(places).filter((name) => name !== 'conflict')) {
        assert.notEqual(await house.psql(`SELECT count (*) ${having(place)}`), '0', place);
    }
    const told = (await thing(office.get('/notices?limit=100'))).items.filter(({ title: named }) => named === title);
    assert.ok(told.length > 1, 'notices name it');
    before_ = await numbers();
    const left = await thing(others.command('/initiatives', await fresh(others), 'erase'));
    assert.deepEqual([left.state, left.title, 'applicant_id' in left, left.erased_at !== undefined], ['not_selected', 'Gewist', false, true]);
    assert.deepEqual(await numbers(), before_);
    assert.deepEqual([before_.replayed[0], before_.itself.submitted, before_.itself.presented], [true, 5, 5]);
    assert.ok((await thing(office.get('/notices?limit=100'))).items.filter(({ thing_id: id, event }) => id === plan.id && event !== 'initiative_erased')
        .every((one) => one.title === undefined), 'notices do not name it any more');
});

test('nothing that was written is anywhere: not in a dump of all there is, nor in what the services wrote down', async () => {
    const dump = await house.dump();
    assert.deepEqual(dump.split('\n').filter((line) => line.toLowerCase().includes(word)), []);
    assert.ok(!dump.includes(Buffer.from(word).toString('hex')), 'nor in bytes: files, events, answers that are kept');
    assert.ok(!dump.includes(file), 'the file is gone, and what named it');
    assert.match(await house.psql(`SELECT minute FROM pipeline.selection WHERE round_id = '${round.id}'`), /^De jury vond ▇▇▇ van ▇▇▇/);
    for (const place of gone) {
        assert.equal(await house.psql(`SELECT count (*) ${having(place)}`), '0', place);
    }
});

test('who it was is in no row of the programme', async () => {
    for (const place of Object.keys(places)) {
        assert.equal(await house.psql(`SELECT count (*) FROM pipeline.${place} t WHERE position ('${others.org}' IN t::text) > 0
            OR position ('${others.account}' IN t::text) > 0`), '0', place);
    }
    assert.equal(await house.psql(`SELECT count (*) FROM pipeline.timer WHERE org = '${others.org}'`), '0');
});

test('its applicant finds it nowhere, who runs the round finds what is left, and a second time there is nothing to erase', async () => {
    refused(await others.get(`/initiatives/${plan.id}`), 404);
    refused(await others.get(`/initiatives/${plan.id}/result`), 404);
    assert.deepEqual((await thing(others.get('/initiatives?mine=true'))).items, []);
    const left = await fresh(office);
    assert.deepEqual([left.title, left.municipality, left.ask_cents, left.state, left.commands.includes('erase')],
        ['Gewist', 'GM0153', 100_000, 'not_selected', false]);
    refused(await office.command('/initiatives', left, 'erase'), 409, 'erasable');
    for (const path of [`/dossiers?roundId=${round.id}`, `/judgements?roundId=${round.id}`, `/asks?roundId=${round.id}`, `/pledges?roundId=${round.id}`,
        `/attendances?roundId=${round.id}`, `/pairings?roundId=${round.id}`, `/job-outcomes?roundId=${round.id}`, `/results?roundId=${round.id}`,
        `/selections?roundId=${round.id}`, `/initiatives/${plan.id}/result`]) {
        must(await office.get(path));
    }
});

test('when the round is over, who runs it erases for somebody who asks', async () => {
    const lost = (await thing(office.get(`/initiatives?roundId=${round.id}&state=not_selected`))).items.find(({ erased_at: at }) => !at);
    await house.psql(`UPDATE pipeline.round SET state = 'concluded' WHERE id = '${round.id}'`);
    const left = await step(office, await thing(office.get(`/initiatives/${lost.id}`)), 'erase');
    assert.equal(left.title, 'Gewist');
    refused(await team.get(`/initiatives/${lost.id}`), 404);
});

test('every table that knows of initiatives is thought of', async () => {
    const knows = await rows(`SELECT DISTINCT conrelid::regclass::text AS place FROM pg_constraint WHERE confrelid IN (
        'pipeline.initiative'::regclass, 'pipeline.dossier'::regclass, 'pipeline.deliverable'::regclass, 'pipeline.pairing'::regclass)`);
    assert.deepEqual(knows.map(({ place }) => place.replace('pipeline.', '')).filter((place) => !(place in places)), []);
    const users = await rows(`SELECT rolname FROM pg_roles WHERE pg_has_role (rolname, 'mw_eraser', 'USAGE') AND NOT rolsuper ORDER BY 1`);
    assert.deepEqual(users.map(({ rolname }) => rolname), ['mw_eraser'], 'nobody else sees what it sees');
    assert.deepEqual(await rows(`SELECT rolname FROM pg_roles WHERE rolname LIKE 'mw\\_%' AND has_function_privilege (rolname, 'pipeline.erase (uuid, timestamptz)', 'EXECUTE') ORDER BY 1`),
        [{ rolname: 'mw_eraser' }, { rolname: 'mw_pipeline' }]);
    assert.deepEqual(await rows(`SELECT proname FROM pg_proc WHERE proowner = 'mw_eraser'::regrole`), [{ proname: 'erase' }]);
});
