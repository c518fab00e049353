// training-path.test.mjs - the rest of the programme: mentors, what is handed in, the certificate, warnings, pauses and dropping out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, until } from '../lib/house.mjs';
import { pdfText, withoutReader } from '../lib/pdf.mjs';
import { refused, thing } from './people.mjs';
import { openTraining, runningRound, seat } from './training-cast.mjs';

const day = 86_400_000;
const inDays = (count) => new Date(Date.now() + count * day).toISOString();
let house, office, college, team, firm, outsider, round, programme, plan, other, mentor, pairing;

before(async () => {
    ({ house, office, college, team, firm, outsider } = await openTraining());
    ({ programme, round, plans: [plan, other] } = await runningRound(house, office,
        [[team, 'Wasserij met marketing en subsidie'], [firm, 'Houtzagerij']],
        { certificate_modules: 1, certificate_needs: ['business_case'], pause_weeks: 2 }));
});
after(() => house?.stop());

const profile = (changes = {}) => ({ programme_id: programme.id, role: 'mentor', name: 'Marit', skills: 'marketing, subsidie, boekhouden',
    goals: ['care'], municipality: 'GM0153', hours: 20, ...changes });
const past = (client, operation, input, roles, at, ifMatch) =>
    house.call(operation, input, { account: client.account, organisation: client.org, roles, at, ifMatch });
const own = async (client, what, { id }) => thing(client.get(`/${what}/${id}`));

test('a mentor says what they bring, for a seat', async () => {
    refused(await college.post('/mentors', profile()), 404);
    await seat(office, programme, college, 'coach');
    refused(await college.post('/mentors', profile()), 409, 'mentor_has_seat');
    await seat(office, programme, college, 'mentor');
    mentor = must(await college.post('/mentors', profile())).body;
    refused(await college.post('/mentors', profile()), 409, 'mentor_once');
    mentor = must(await college.put(`/mentors/${mentor.id}`, profile({ hours: 15 }), mentor.version)).body;
    assert.deepEqual([mentor.hours, mentor.promised], [15, 0]);
    refused(await team.get(`/mentors/${mentor.id}`), 404);
    assert.equal((await thing(office.get(`/mentors?programmeId=${programme.id}`))).items.length, 1);
    const told = await house.psql(`SELECT string_agg (encode (body, 'escape'), ' ') FROM stream.log WHERE type LIKE '%mentor_listed%'`)
        .catch(() => '');
    assert.ok(!told.includes('Marit'), 'no event says who it is');
});

test('who fits whom: parts that add up, and no mentor has more than there is room for', async () => {
    const { items } = await thing(office.get(`/rounds/${round.id}/pairing-advice?hours=10`));
    assert.deepEqual(items.map(({ title }) => title).sort(), ['Houtzagerij', 'Wasserij met marketing en subsidie']);
    for (const fit of items) {
        assert.equal(fit.score, fit.skills + fit.goals + fit.region + fit.room);
    }
    const [best] = items.filter(({ proposed }) => proposed);
    assert.deepEqual([items.filter(({ proposed }) => proposed).length, best.initiative_id], [1, plan.id]);
    assert.deepEqual([best.skills, best.goals, best.region, best.room], [200_000, 300_000, 200_000, 100_000]);
    assert.deepEqual((await thing(college.get(`/rounds/${round.id}/pairing-advice`))).items, [], 'not of another\'s round');
    // Who applies along goes along with nobody of their own.
    const along = (some) => house.psql(`UPDATE pipeline.initiative SET co_applicant_ids = '{${some}}' WHERE id = '${plan.id}'`);
    await along(college.org);
    assert.deepEqual((await thing(office.get(`/rounds/${round.id}/pairing-advice?hours=10`))).items.map(({ title }) => title), ['Houtzagerij']);
    refused(await office.post('/pairings', { initiative_id: plan.id, mentor_id: mentor.id, hours: 10 }), 404);
    await along('');
});

test('a pairing runs once both said yes; hours are booked and summed', async () => {
    const propose = (initiative, hours) => office.post('/pairings', { initiative_id: initiative.id, mentor_id: mentor.id, hours });
    refused(await propose(plan, 16), 409, 'mentor_has_room');
    pairing = must(await propose(plan, 10)).body;
    refused(await propose(plan, 2), 409, 'paired_once');
    refused(await propose(other, 6), 409, 'mentor_has_room');
    refused(await outsider.get(`/pairings/${pairing.id}`), 404);
    refused(await firm.get(`/pairings/${pairing.id}`), 404);
    assert.equal((await thing(team.get(`/mentors/${mentor.id}`))).name, 'Marit', 'who is to go along reads who it is');
    refused(await firm.get(`/mentors/${mentor.id}`), 404);
    pairing = await thing(team.command('/pairings', pairing, 'accept'));
    assert.equal(pairing.state, 'half');
    refused(await team.command('/pairings', pairing, 'accept'), 409);
    refused(await office.command('/pairings', pairing, 'accept'), 409, 'initiative_accepted_mentor');
    pairing = await thing(college.command('/pairings', await own(college, 'pairings', pairing), 'accept'));
    assert.equal(pairing.state, 'active');
    refused(await team.command('/pairings', pairing, 'book', { day: '2026-12-01', minutes: 60 }), 409, 'own_pairing');
    pairing = await thing(college.command('/pairings', pairing, 'book', { day: '2026-12-01', minutes: 90, note: 'Marketingplan' }));
    pairing = await thing(college.command('/pairings', pairing, 'book', { day: '2026-12-03', minutes: 45 }));
    assert.equal(pairing.minutes, 135);
    const { items } = await thing(team.get(`/pairings/${pairing.id}/hours`));
    assert.deepEqual(items.map(({ minutes }) => minutes), [45, 90]);
    const declined = must(await propose(other, 5)).body;
    refused(await firm.command('/pairings', declined, 'decline'), 400);
    assert.equal((await thing(firm.command('/pairings', declined, 'decline', { reason: 'Wij kennen elkaar al.' }))).state, 'declined');
    assert.equal((await own(college, 'mentors', mentor)).promised, 10);
});

test('what is handed in is kept in versions, and finishing waits for the rule of the certificate', async () => {
    refused(await office.command('/initiatives', await own(office, 'initiatives', plan), 'finish'), 409, 'certificate_earned');
    let asked = must(await office.post('/deliverables', { initiative_id: plan.id, kind: 'business_case', due_at: inDays(10) })).body;
    refused(await office.post('/deliverables', { initiative_id: plan.id, kind: 'business_case' }), 409, 'deliverable_once');
    refused(await firm.get(`/deliverables/${asked.id}`), 404);
    refused(await team.command('/deliverables', asked, 'hand', {}), 400);
    asked = await thing(team.command('/deliverables', asked, 'hand', { text: 'Eerste versie van de businesscase.' }));
    refused(await college.command('/deliverables', asked, 'return', {}), 400);
    asked = await thing(college.command('/deliverables', asked, 'return', { remarks: 'De kosten ontbreken.' }));
    asked = await thing(team.command('/deliverables', asked, 'hand', { text: 'Nu met kosten.' }));
    assert.deepEqual(asked.versions.map(({ number, text, remarks }) => [number, text, remarks]),
        [[2, 'Nu met kosten.', undefined], [1, 'Eerste versie van de businesscase.', 'De kosten ontbreken.']]);
    refused(await team.command('/deliverables', asked, 'accept'), 409, 'mentors_initiative');
    asked = await thing(college.command('/deliverables', asked, 'accept', { remarks: 'Goed.' }));
    assert.equal(asked.state, 'accepted');
    const before = await thing(team.get(`/initiatives/${plan.id}/progress`));
    assert.deepEqual([before.meetings, before.meetings_needed, before.accepted, before.certified], [0, 1, ['business_case'], false]);
    refused(await office.command('/initiatives', await own(office, 'initiatives', plan), 'finish'), 409, 'certificate_earned');
    refused(await team.get(`/initiatives/${plan.id}/certificate`), 404);
    const meeting = must(await office.post('/meetings', { round_id: round.id, kind: 'module', title: 'Eerste module',
        starts_at: new Date(Date.now() - 60_000).toISOString(), ends_at: inDays(1), capacity: 5 })).body;
    const there = must(await team.post('/attendances', { meeting_id: meeting.id, initiative_id: plan.id })).body;
    must(await office.command('/attendances', there, 'present'));
    assert.equal((await thing(team.get(`/initiatives/${plan.id}/progress`))).certified, true);
    const done = await thing(office.command('/initiatives', await own(office, 'initiatives', plan), 'finish'));
    assert.equal(done.state, 'table_ready');
    must(await team.get(`/initiatives/${plan.id}/certificate`));
    if (!withoutReader) {
        const paper = await pdfText(house, team, `/initiatives/${plan.id}/certificate`);
        for (const words of ['Certificaat', 'Wasserij met marketing', 'Samen starten', 'businesscase', 'fictief']) {
            assert.ok(paper.includes(words), `${words}: ${paper}`);
        }
    }
    refused(await firm.get(`/initiatives/${plan.id}/certificate`), 404);
    const rules = await thing(office.get(`/rounds/${round.id}`));
    assert.deepEqual([rules.certificate_modules, rules.certificate_needs, rules.pause_weeks], [1, ['business_case'], 2]);
    await assert.rejects(house.psql(`UPDATE pipeline.round SET certificate_modules = 0 WHERE id = '${round.id}'`), /frozen/);
});

test('a manager stops an initiative only after a warning and its date', async () => {
    const running = () => own(office, 'initiatives', other);
    refused(await office.command('/initiatives', await running(), 'stop', { reason: 'Komt niet.' }), 409, 'was_warned');
    refused(await office.command('/initiatives', await running(), 'warn', { reason: 'Kom naar de modules.', until: inDays(-1) }), 400);
    const warned = await thing(office.command('/initiatives', await running(), 'warn', { reason: 'Kom naar de modules.', until: inDays(7) }));
    assert.equal((await own(firm, 'initiatives', other)).warning, 'Kom naar de modules.');
    refused(await office.command('/initiatives', warned, 'stop', { reason: 'Komt niet.' }), 409, 'was_warned');
    const stopped = past(office, 'initiative_stop', { id: other.id, reason: 'Komt niet.' }, ['MANAGER'], inDays(8), warned.version);
    assert.equal((await stopped).state, 'dropped_out');
});

test('whoever pauses too long drops out by the clock, and their mentor is free again', async () => {
    await house.psql(`UPDATE pipeline.initiative SET state = 'in_programme' WHERE id = '${plan.id}'`);
    const paused = await thing(office.command('/initiatives', await own(office, 'initiatives', plan), 'pause', { reason: 'Ziekte.' }));
    assert.equal(Math.round((Date.parse(paused.lapses_at) - Date.now()) / day), 14);
    const resumed = await thing(office.command('/initiatives', paused, 'resume', { reason: 'Weer beter.' }));
    assert.deepEqual([resumed.state, resumed.lapses_at], ['in_programme', undefined]);
    const again = await thing(office.command('/initiatives', resumed, 'pause', { reason: 'Weer ziek.' }));
    await house.psql(`UPDATE pipeline.initiative SET lapses_at = now () WHERE id = '${again.id}';
        UPDATE pipeline.timer SET due_at = now (), try_at = now () WHERE thing_id = '${again.id}'`);
    await until(async () => (await own(team, 'initiatives', plan)).state === 'dropped_out', 30_000, 'the clock ends it');
    assert.equal((await own(team, 'pairings', pairing)).state, 'ended');
    assert.equal((await own(college, 'mentors', mentor)).promised, 0);
});

test('what is no longer needed ends: a pairing, a question, a mentor, and an initiative by its applicant', async () => {
    await house.psql(`UPDATE pipeline.initiative SET state = 'in_programme' WHERE id = '${plan.id}'`);
    const proposed = must(await office.post('/pairings', { initiative_id: plan.id, mentor_id: mentor.id, hours: 2 })).body;
    await thing(college.command('/pairings', proposed, 'accept'));
    const runs = await thing(team.command('/pairings', await own(team, 'pairings', proposed), 'accept'));
    assert.equal(runs.state, 'active');
    const { items } = await thing(team.get(`/pairings?initiativeId=${plan.id}`));
    assert.deepEqual(items.map(({ id }) => id), [proposed.id, pairing.id]);
    assert.equal((await thing(team.command('/pairings', runs, 'end', { reason: 'Het doel is bereikt.' }))).state, 'ended');
    const asked = must(await office.post('/deliverables', { initiative_id: plan.id, kind: 'canvas' })).body;
    assert.equal((await own(team, 'deliverables', asked)).state, 'asked');
    assert.equal((await thing(office.command('/deliverables', asked, 'drop'))).state, 'dropped');
    assert.equal((await thing(team.get(`/deliverables?roundId=${round.id}`))).items.length, 2);
    assert.equal((await thing(college.command('/mentors', await own(college, 'mentors', mentor), 'end'))).state, 'ended');
    const stopped = await thing(team.command('/initiatives', await own(team, 'initiatives', plan), 'stop', { reason: 'Wij stoppen ermee.' }));
    assert.deepEqual([stopped.state, stopped.drop_reason], ['dropped_out', 'Wij stoppen ermee.']);
});
