// training.test.mjs - the programme after the selection: meetings, who was there, and checking in with the code on the screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, until } from '../lib/house.mjs';
import { refused, thing } from './people.mjs';
import { openTraining, runningRound, seat } from './training-cast.mjs';

const hour = 3_600_000;
const at = (moment, hours = 0) => new Date(Date.parse(moment) + hours * hour).toISOString();
const soon = new Date(Date.now() + 30 * 60_000).toISOString();     // in half an hour
const later = new Date(Date.now() + 72 * hour).toISOString();
let house, office, college, team, firm, outsider, round, programme, plan, other, meeting;

before(async () => {
    ({ house, office, college, team, firm, outsider } = await openTraining());
    ({ programme, round, plans: [plan, other] } = await runningRound(house, office, [[team, 'Wasserij'], [firm, 'Houtzagerij']]));
});
after(() => house?.stop());

const meetingText = (changes = {}) => ({
    round_id: round.id, kind: 'module', title: 'Van idee naar plan', starts_at: later, ends_at: at(later, 3), place: 'Zaal 2',
    capacity: 2, ...changes,
});
const plans = (changes) => thing(office.post('/meetings', meetingText(changes)));
const signUp = (client, of, initiative) => client.post('/attendances', { meeting_id: of.id, initiative_id: initiative.id });
/** Past HTTP, so that the test says when. */
const ask = (client, operation, input, when, roles = ['APPLICANT', 'MANAGER', 'JUROR'], ifMatch) =>
    house.call(operation, input, { account: client.account, organisation: client.org, roles, at: when, ifMatch });
const codeOf = async (client, of, when) =>
    new URL((await ask(client, 'meeting_code', { id: of.id, site: 'https://meerwaarde.example' }, when)).link).searchParams.get('code');
const check = (client, of, code, when, more = {}) => ask(client, 'attendance_check', { meeting_id: of.id, code, ...more }, when);
const fails = (work, reason) => assert.rejects(work, (error) => error.message.includes(reason) || assert.fail(error.message));

test('who runs the round plans meetings, led by who has a seat for that', async () => {
    refused(await office.post('/meetings', meetingText({ host_id: college.org })), 409, 'leader_has_seat');
    await seat(office, programme, college, 'expert');
    meeting = await plans({ host_id: college.org, number: 1 });
    assert.deepEqual([meeting.state, meeting.taken, meeting.host_name], ['planned', 0, 'college (fictief)']);
    refused(await office.post('/meetings', meetingText({ number: 1 })), 409, 'meeting_number_once');
    refused(await college.post('/meetings', meetingText()), 404);
    const bad = await office.post('/meetings', meetingText({ ends_at: later }));
    refused(bad, 400);
    assert.deepEqual(bad.body.errors.map(({ path }) => path), ['ends_at']);
    for (const client of [office, college, team, firm]) {
        assert.equal((await thing(client.get(`/meetings?roundId=${round.id}`))).items.length, 1);
    }
    refused(await outsider.get(`/meetings/${meeting.id}`), 404);
    assert.deepEqual((await thing(outsider.get('/meetings'))).items, []);
    assert.equal((await house.nobody().get('/meetings')).status, 401);
});

test('the calendar of a round has its meetings for who takes part, and for nobody else', async () => {
    const calendar = async (client) => {
        const answer = await fetch(`${house.url}/v1/rounds/${round.id}/calendar.ics`, { headers: client.cookie ? { cookie: client.cookie } : {} });
        assert.equal(answer.status, 200);
        return new TextDecoder('utf-8', { fatal: true }).decode(await answer.arrayBuffer());
    };
    const long = await plans({ kind: 'other', title: 'é'.repeat(120) });
    assert.ok((await calendar(office)).replaceAll('\r\n ', '').includes(`: ${'é'.repeat(120)} – `), 'a long title is whole');
    await thing(office.command('/meetings', long, 'cancel', { reason: 'Het was maar een proef.' }));
    for (const client of [office, college, team, firm]) {
        const text = await calendar(client);
        assert.match(text, /SUMMARY:Module 1: Van idee naar plan/);
        assert.match(text, /LOCATION:Zaal 2\r\n/);
        assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
    }
    for (const client of [outsider, house.nobody()]) {
        const text = await calendar(client);
        assert.ok(text.includes('BEGIN:VEVENT') && !text.includes('Van idee naar plan') && !text.includes('Zaal 2'));
    }
});

test('of two who want the last place at once, one gets it', async () => {
    const small = await plans({ capacity: 1, title: 'Spreekuur van de notaris' });
    const answers = await Promise.all([signUp(team, small, plan), signUp(firm, small, other)]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
    refused(answers.find(({ status }) => status === 409), 409, 'place_at_meeting');
    const [winner, loser, their] = answers[0].status === 201 ? [team, firm, other] : [firm, team, plan];
    const taken = answers.find(({ status }) => status === 201).body;
    refused(await signUp(loser, small, their), 409, 'place_at_meeting');
    refused(await loser.get(`/attendances/${taken.id}`), 404);
    assert.equal((await thing(loser.get(`/meetings/${small.id}`))).taken, 1);
    const off = await thing(winner.command('/attendances', taken, 'leave'));
    must(await signUp(loser, small, their));
    refused(await winner.command('/attendances', off, 'join'), 409, 'place_at_meeting');
    refused(await signUp(winner, small, taken.initiative_id === plan.id ? plan : other), 409, 'signed_up_once');
    refused(await signUp(team, small, other), 404);
});

test('a meeting that moves or is cancelled is told to who signed up', async () => {
    const one = await plans({ title: 'Marketing' });
    const signed = must(await signUp(team, one, plan)).body;
    refused(await office.put(`/meetings/${one.id}`, meetingText({ title: 'Marketing voor starters', starts_at: soon }), one.version), 400);
    const changed = must(await office.put(`/meetings/${one.id}`, meetingText({ title: 'Marketing voor starters' }), one.version)).body;
    const moved = await thing(office.command('/meetings', changed, 'reschedule',
        { starts_at: at(later, 24), ends_at: at(later, 26), reason: 'De spreker kan dan wel.' }));
    assert.deepEqual([moved.state, moved.place, moved.reason], ['moved', 'Zaal 2', 'De spreker kan dan wel.']);
    const told = (type) => house.psql(`SELECT count (*) FROM stream.log
        WHERE type LIKE '%${type}%' AND subject = 'attendance/${signed.id}'`);
    await until(async () => await told('attendance_moved') === '1', 10_000, 'the move is told');
    must(await office.command('/meetings', moved, 'cancel', { reason: 'De spreker is ziek.' }));
    assert.equal((await thing(team.get(`/attendances/${signed.id}`))).state, 'void');
    const notices = await until(async () => {
        const { items } = await thing(team.get('/notices'));
        return items.filter(({ title }) => title === 'Marketing voor starters').length >= 2 && items;
    }, 10_000, 'the team has both notices');
    assert.ok(notices.some(({ event }) => event.includes('attendance_void')));
});

test('a code on the screen, an hour before until the end, and of this moment only', async () => {
    const early = await thing(college.get(`/meetings/${meeting.id}/code?site=https%3A%2F%2Fx.example`));
    assert.deepEqual([Date.parse(early.opens_at), early.link], [Date.parse(meeting.starts_at) - hour, undefined]);
    refused(await team.get(`/meetings/${meeting.id}/code?site=https%3A%2F%2Fx.example`), 404);
    const begin = meeting.starts_at;
    const shown = await ask(college, 'meeting_code', { id: meeting.id, site: 'https://meerwaarde.example' }, begin);
    assert.equal(shown.modules.length, shown.size ** 2);
    assert.match(shown.link, new RegExp(`^https://meerwaarde.example/bijeenkomst/\\?id=${meeting.id}&code=[0-9a-f]{16}$`));
    await fails(ask(college, 'meeting_code', { id: meeting.id, site: 'javascript:alert(1)' }, begin), 'site');
    const code = await codeOf(college, meeting, begin);
    assert.notEqual(code, await codeOf(office, meeting, at(begin, 0.1)), 'it changes');
    await fails(check(team, meeting, await codeOf(office, meeting, at(begin, -1)), at(begin, -1.01)), 'check_in_early');
    await fails(check(team, meeting, code, at(begin, 0.5)), 'code_current');
    await fails(check(team, meeting, '0123456789abcdef', begin), 'code_current');
    await fails(check(team, meeting, code, at(meeting.ends_at, 0.01)), 'check_in_late');
    await fails(check(outsider, meeting, code, begin), 'missing');
    const signed = must(await signUp(team, meeting, plan)).body;
    const entered = await check(team, meeting, code, begin);
    assert.deepEqual([entered.id, entered.state, entered.entered_at !== undefined], [signed.id, 'present', true]);
    const again = await check(team, meeting, code, at(begin, 0.5));
    assert.deepEqual([again.id, again.version], [entered.id, entered.version], 'twice is once');
    const unasked = await check(firm, meeting, code, begin);
    assert.deepEqual([unasked.state, unasked.initiative_id], ['present', other.id], 'who did not sign up takes a place');
    assert.equal((await thing(office.get(`/meetings/${meeting.id}`))).taken, 2);
});

test('who leads the meeting says who was there', async () => {
    refused(await college.command('/meetings', meeting, 'hold'), 409, 'meeting_begun');
    const one = await plans({ host_id: college.org, title: 'Financiën', starts_at: soon, ends_at: at(soon, 2) });
    const [signed, theirs] = [must(await signUp(team, one, plan)).body, must(await signUp(firm, one, other)).body];
    const now = at(soon, 1);
    refused(await team.command('/attendances', signed, 'present'), 409, 'leads_this_meeting');
    refused(await college.command('/attendances', signed, 'absent'), 409, 'this_meeting_begun');
    refused(await outsider.command('/attendances', signed, 'present'), 404);
    const there = await thing(college.command('/attendances', signed, 'present'));
    assert.equal(there.state, 'present');
    refused(await team.command('/meetings', one, 'hold'), 409, 'leads_meeting');
    const held = await ask(college, 'meeting_hold', { id: one.id }, now, ['JUROR'], one.version);
    assert.equal(held.state, 'held');
    assert.equal((await thing(firm.get(`/attendances/${theirs.id}`))).state, 'absent');
    assert.equal((await thing(team.get(`/attendances/${signed.id}`))).state, 'present');
    const missed = await thing(office.get(`/attendances/${theirs.id}`));
    assert.equal((await ask(office, 'attendance_present', { id: missed.id }, now, ['MANAGER'], missed.version)).state, 'present');
    const all = (await thing(office.get(`/attendances?meetingId=${one.id}`))).items;
    assert.deepEqual(all.map(({ state }) => state), ['present', 'present']);
    assert.equal((await thing(team.get(`/attendances?meetingId=${one.id}`))).items.length, 1);
});

test('over HTTP: on the day itself, from signing up again to closing the list', async () => {
    const ahead = await plans({ title: 'Terugkomdag' });
    const off = await thing(team.command('/attendances', must(await signUp(team, ahead, plan)).body, 'leave'));
    assert.equal((await thing(team.command('/attendances', off, 'join'))).state, 'signed_up');
    const today = await plans({ host_id: college.org, title: 'Vandaag', starts_at: new Date(Date.now() - 60_000).toISOString(), ends_at: soon });
    const theirs = must(await signUp(firm, today, other)).body;
    assert.equal((await thing(college.command('/attendances', theirs, 'absent'))).state, 'absent');
    const { link } = await thing(college.get(`/meetings/${today.id}/code?site=${encodeURIComponent(house.url)}`));
    const code = new URL(link).searchParams.get('code');
    assert.equal(must(await team.post('/attendances/_check', { meeting_id: today.id, code })).body.state, 'present');
    refused(await firm.post('/attendances/_check', { meeting_id: today.id, code: 'f'.repeat(16) }), 409, 'code_current');
    assert.equal((await thing(college.command('/meetings', await thing(college.get(`/meetings/${today.id}`)), 'hold'))).state, 'held');
});
