// jury.test.mjs - a jury judges: each on their own, by the rubric, and never where they are not impartial.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { contractOf, operationsOf } from '../lib/contract.mjs';
import { authored, unzipped } from '../lib/files.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { admit, colleague, founder, moderator, refused, thing } from './people.mjs';
import { assign, declare, enter, fullMarks, judge, juror, lock, openRound, presented, seat, step, submit } from './jury-cast.mjs';

let house, desk, office, bank, fund, college, team, enterprise, programme, round, plans;
const jurors = {};
const judgements = {};
const documents = [];
let barred, leftOut;

before(async () => {
    house = await openHouse();
    desk = await moderator(house);
    office = await founder(house, 'bureau', 'partner');
    bank = await founder(house, 'bank', 'partner');
    fund = await founder(house, 'fonds', 'partner');
    college = await founder(house, 'school', 'partner');
    team = await founder(house, 'team', 'team');
    enterprise = await founder(house, 'onderneming', 'enterprise');
    await admit(house, desk, office, bank, fund, college, team, enterprise);
    programme = await thing(office.post('/programmes', { name: 'Twente vooruit', region: 'Twente', fictional: true }));
    round = await openRound(office, programme, { min_reviews: 2 });
    for (const [name, content] of authored('Jan Schrijver')) {
        documents.push(must(await team.upload(content, `${name} van jan schrijver`)).body);
    }
    plans = [await submit(team, round, { title: 'Kas op het dak', team: [{ name: 'Jan Schrijver' }], documents: documents.map(({ file }) => ({ file })), summary: 'Team (fictief) bouwt een kas op het dak; vraag Jan Schrijver, of zie www.kas-op-het-dak.nl.',
        plan: 'Kas op het dak is van mens@kas.example. Wij kweken met mensen uit de buurt en verkopen op de markt.' }), await submit(enterprise, round, { title: 'Fietsen voor allen' })];
});
after(() => house?.stop());

const caught = async (client, path) => (await thing(client.get(path))).items;

test('who sits in the jury has a seat, a place in it, and does not apply', async () => {
    refused(await bank.post('/jurors', { round_id: round.id }), 409, 'has_jury_seat');
    for (const partner of [bank, fund]) {
        await seat(office, programme, partner);
    }
    await seat(office, programme, college, { votes: 2 });
    refused(await office.post('/jurors', { round_id: round.id }), 409, 'has_jury_seat');
    jurors.bank = await enter(bank, round);
    assert.equal(jurors.bank.stale, false);
    refused(await bank.post('/jurors', { round_id: round.id }), 409, 'juror_once');
    const second = await colleague(house, bank, 'bankier', 'JUROR');
    refused(await second.post('/jurors', { round_id: round.id }), 409, 'place_in_jury');
    jurors.fund = await enter(fund, round);
    jurors.college = await enter(college, round);
    const teacher = await colleague(house, college, 'docent', 'JUROR');
    const two = await enter(teacher, round);
    refused(await college.command('/jurors', two, 'leave'), 409, 'own_jurorship');
    await thing(teacher.command('/jurors', two, 'leave'));
    assert.equal((await caught(office, `/jurors?roundId=${round.id}`)).length, 4);
    refused(await team.get(`/jurors/${jurors.bank.id}`), 404);
});

test('a juror declares before anything is to be read, on a list that says of nobody which dossier is theirs', async () => {
    plans = await presented(house, office, round, plans);
    const candidates = await caught(bank, `/jurors/${jurors.bank.id}/candidates`);
    assert.deepEqual(candidates.map(({ title }) => title).sort(), ['Fietsen voor allen', 'Kas op het dak']);
    assert.deepEqual(await caught(fund, `/jurors/${jurors.bank.id}/candidates`), []);
    assert.deepEqual(await caught(bank, `/dossiers?roundId=${round.id}`), []);
    await declare(bank, jurors.bank);
    await declare(fund, jurors.fund, [{ id: plans[0].id, kind: 'family', note: 'Mijn zus werkt daar.' }]);
    assert.deepEqual((await caught(fund, `/jurors/${jurors.fund.id}/candidates`)).map(({ title }) => title), ['Fietsen voor allen']);
    const [, other] = (await caught(office, `/dossiers?roundId=${round.id}`)).sort((a, b) => b.title.localeCompare(a.title));
    refused(await bank.put(`/dossiers/${other.id}/redactions`, { redactions: [] }), 404);
    refused(await office.put(`/dossiers/${other.id}/redactions`, { redactions: [{ field: 'title', text: 'x' }] }), 400);
    must(await office.put(`/dossiers/${other.id}/redactions`, { redactions: [{ field: 'plan', text: '' },
        { field: 'summary', text: 'Een plan, in andere woorden.' }] }));
    // Of the documents of the first one there is one that cannot be shown.
    await until(async () => (await caught(office, '/tasks?limit=100')).some(({ id, steps }) => id === round.id && steps.includes('leave_out_document')),
        20_000, 'who runs the round is told');
    // And one that is better left out: who runs the round reads it still.
    const dossier = await until(async () => (await caught(office, `/dossiers?roundId=${round.id}`))
        .find(({ documents: some }) => some?.every(({ state }) => state !== 'waiting')), 20_000, 'every document is copied, or cannot be');
    leftOut = dossier.documents[3].file;
    must(await office.put(`/dossiers/${dossier.id}/redactions`, { redactions: [{ field: 'documents.4', text: '' }] }));
    await step(office, round, 'score');
    assert.deepEqual(await caught(college, `/dossiers?roundId=${round.id}`), [], 'who declared nothing reads nothing');
    await declare(college, jurors.college);
    refused(await declareAgain(college, jurors.college), 409, 'declares_now');
    assert.equal((await caught(college, `/dossiers?roundId=${round.id}`)).length, 2);
    assert.equal((await caught(fund, `/dossiers?roundId=${round.id}`)).length, 1);
    const conflicts = await caught(office, `/rounds/${round.id}/conflicts`);
    assert.deepEqual(conflicts.map(({ title, grounds, kind }) => [title, grounds, kind]), [['Kas op het dak', ['declared'], 'family']]);
    assert.deepEqual(await caught(fund, `/rounds/${round.id}/conflicts`), []);
});

const declareAgain = async (client, { id }) => client.command('/jurors', await thing(client.get(`/jurors/${id}`)), 'declare', {});

test('a blind dossier has a number, and nothing of who applies', async () => {
    const [one] = await caught(bank, `/dossiers?roundId=${round.id}`);
    assert.equal(one.number, 1);
    for (const field of ['title', 'applicant_id', 'applicant_name', 'municipality', 'initiative_id', 'masked', 'counted']) {
        assert.ok(!(field in one), field);
    }
    const text = JSON.stringify(await caught(bank, `/dossiers?roundId=${round.id}`));
    for (const said of ['Kas op het dak', 'kas-op', 'mens@', 'Team (fictief)', 'Fietsen voor allen', 'Jan', 'Schrijver']) {
        assert.ok(!text.includes(said), said);
    }
    assert.match(text, /bouwt een kas op het dak|bouwt een ▇▇▇/);
    const masked = (await caught(office, `/dossiers?roundId=${round.id}`)).find(({ title }) => title === 'Kas op het dak');
    assert.ok(masked.masked.includes('mens@kas.example.') || masked.masked.includes('mens@kas.example'), JSON.stringify(masked.masked));
});

test('a document loses who made it, what cannot is not shown, and who is barred gets none', async () => {
    const dossier = async (client) => (await caught(client, `/dossiers?roundId=${round.id}`)).find(({ documents: some }) => some);
    const read = await until(async () => {
        const { documents: copies } = await dossier(bank);
        return copies.every(({ state }) => state !== 'waiting') && copies;
    }, 20_000, 'every document is copied, or cannot be');
    assert.deepEqual(read.map(({ number, state, media_type: type }) => [number, state, type?.split('.').pop()]), [[1, 'shown', 'application/pdf'],
        [2, 'shown', 'document'], [3, 'shown', 'text'], [5, 'withheld', undefined]]);
    refused(await bank.get(`/files/${leftOut}`), 404);
    must(await office.get(`/files/${leftOut}`));
    for (const { file, media_type: type, name } of read.filter(({ state }) => state === 'shown')) {
        assert.equal(name, undefined);
        const got = await bank.download(file);
        assert.equal(got.status, 200);
        assert.match(got.headers.get('content-disposition'), /filename="document\.\w+"/);
        const told = /officedocument|opendocument/.test(type) ? unzipped(got.bytes) : got.bytes.toString('latin1');
        assert.ok(!/schrijver/i.test(told), `${type}: ${told.slice(0, 2000)}`);
        assert.ok(/De begroting/.test(told), 'what it says is still there');
        refused(await fund.get(`/files/${file}`), 404);
        refused(await house.nobody().get(`/files/${file}`), 404);
        must(await office.get(`/files/${file}`));
    }
    for (const { file } of documents.filter(({ file: hash }) => !read.some((one) => one.file === hash))) {
        refused(await bank.get(`/files/${file}`), 404);
    }
});

test('an empty redaction stays empty', async () => {
    const empty = (await caught(bank, `/dossiers?roundId=${round.id}`)).filter(({ plan }) => !plan);
    assert.equal(empty.length, 1);
    assert.equal(empty[0].summary, 'Een plan, in andere woorden.');
    const [{ id }] = await caught(office, `/dossiers?roundId=${round.id}`);
    refused(await office.put(`/dossiers/${id}/redactions`, { redactions: [] }), 404);
});

test('who is barred gets no dossier, no assignment and no judgement', async () => {
    const numbered = await caught(office, `/dossiers?roundId=${round.id}`);
    const hidden = numbered.find(({ initiative_id: id }) => id === plans[0].id);
    refused(await fund.get(`/dossiers/${hidden.id}`), 404);
    refused(await office.post('/judgements', { initiative_id: plans[0].id, juror_id: jurors.fund.id }), 409, 'not_barred');
    refused(await bank.post('/judgements', { initiative_id: plans[0].id, juror_id: jurors.bank.id }), 404);
    for (const [name, which] of [['bank', [0, 1]], ['fund', [1]], ['college', [0]]]) {
        for (const at of which) {
            judgements[`${name}${at}`] = await assign(office, plans[at], jurors[name]);
        }
    }
    refused(await office.post('/judgements', { initiative_id: plans[0].id, juror_id: jurors.bank.id }), 409, 'assigned_once');
    refused(await fund.get(`/judgements/${judgements.bank0.id}`), 404);
});

test('scores are by the rubric, and all are given before a lock', async () => {
    const at = `/judgements/${judgements.bank0.id}`;
    const bad = await bank.put(at, { scores: [{ code: 'impact', points: 6 }, { code: 'anders', points: 1 }] }, judgements.bank0.version);
    refused(bad, 400);
    assert.deepEqual(bad.body.errors.map(({ path }) => path), ['scores[0].points', 'scores[1].code']);
    refused(await bank.put(at, { abstain: true, scores: fullMarks() }, judgements.bank0.version), 400);
    const half = await judge(bank, judgements.bank0, { scores: fullMarks().slice(0, 2), remark: 'Nog niet af.' });
    assert.equal(half.state, 'started');
    refused(await bank.command('/judgements', half, 'lock'), 409, 'judgement_complete');
    judgements.college0 = await lock(college, judgements.college0, { scores: fullMarks(0.4), confidence: 3, remark: 'Mager.' });
});

test('a juror says what they want to judge; the assignment reckons with it, and nobody else reads it', async () => {
    const [{ id }] = await caught(bank, `/dossiers?roundId=${round.id}`);
    assert.equal(must(await bank.put(`/dossiers/${id}/wish`, { wish: 'rather_not' })).body.wish, 'rather_not');
    assert.equal(must(await bank.put(`/dossiers/${id}/wish`, { wish: 'wants' })).body.wish, 'wants');
    assert.ok(!('wish' in await thing(college.get(`/dossiers/${id}`))));
    const hidden = (await caught(office, `/dossiers?roundId=${round.id}`)).find(({ initiative_id: one }) => one === plans[0].id);
    refused(await fund.put(`/dossiers/${hidden.id}/wish`, { wish: 'wants' }), 404);
    refused(await office.put(`/dossiers/${id}/wish`, { wish: 'wants' }), 404);
});

test('others are read after one\'s own lock, and not before', async () => {
    assert.deepEqual((await caught(bank, `/judgements?roundId=${round.id}`)).map(({ mine }) => mine), [true, true]);
    refused(await bank.get(`/judgements/${judgements.college0.id}`), 404);
    judgements.bank0 = await lock(bank, judgements.bank0);
    refused(await bank.put(`/judgements/${judgements.bank0.id}`, { scores: fullMarks() }, judgements.bank0.version), 409, 'out_of_state');
    assert.equal((await thing(bank.get(`/judgements/${judgements.college0.id}`))).remark, 'Mager.');
    const dossier = await thing(bank.get(`/dossiers/${judgements.bank0.dossier_id}`));
    assert.equal(dossier.title, 'Kas op het dak');
    refused(await fund.get(`/judgements/${judgements.bank0.id}`), 404);
});

test('deliberation waits for the fewest judgements that the rules allow', async () => {
    const board = async () => Object.fromEntries((await caught(office, `/dossiers?roundId=${round.id}`))
        .map(({ title, counted, assigned }) => [title, `${counted} van ${assigned}`]));
    assert.deepEqual(await board(), { 'Kas op het dak': '2 van 2', 'Fietsen voor allen': '0 van 2' });
    await lock(bank, judgements.bank1);
    judgements.fund1 = await lock(fund, judgements.fund1, { abstain: true });
    refused(await office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), 'deliberate'), 409, 'enough_reviews');
    refused(await bank.command('/judgements', judgements.fund1, 'ask', { reason: 'Dit is niet van mij.' }), 404);
    judgements.fund1 = await thing(fund.command('/judgements', judgements.fund1, 'ask', { reason: 'Ik heb er toch verstand van.' }));
    assert.equal((await thing(office.get(`/judgements/${judgements.fund1.id}`))).asked, 'Ik heb er toch verstand van.');
    assert.ok(!('asked' in await thing(bank.get(`/judgements/${judgements.fund1.id}`))));
    const reopened = await thing(office.command('/judgements', judgements.fund1, 'reopen', { reason: 'U kunt dit toch beoordelen.' }));
    assert.equal(reopened.earlier[0].abstain, true);
    assert.equal(reopened.earlier[0].reason, 'U kunt dit toch beoordelen.');
    refused(await fund.get(`/judgements/${judgements.bank1.id}`), 404);
    judgements.fund1 = await lock(fund, judgements.fund1);
    assert.deepEqual(await board(), { 'Kas op het dak': '2 van 2', 'Fietsen voor allen': '2 van 2' });
});

test('who is behind is told so some days before the end, and then who runs the round is told; both once', async () => {
    const late = await openRound(office, programme, { number: 33, min_reviews: 1 });
    let plan = await submit(team, late, { title: 'Laat plan' });
    const one = await enter(college, late);
    [plan] = await presented(house, office, late, [plan]);
    await house.psql(`UPDATE pipeline.round SET scored_by = now () + interval '30 minutes' WHERE id = '${late.id}'`);
    await declare(college, one);
    await step(office, late, 'score');
    const given = await assign(office, plan, one);
    const due = `SELECT string_agg (command, ',' ORDER BY command) FROM pipeline.timer WHERE thing_id = '${given.id}'`;
    assert.equal(await house.psql(due), 'escalate');
    const told = async (client, event) => (await caught(client, '/notices?limit=100')).filter(({ event: name }) => name === event).length;
    await house.psql(`UPDATE pipeline.judgement SET created_at = created_at - interval '2 days' WHERE id = '${given.id}'`);
    await judge(college, given, { remark: 'Begonnen.' });
    await until(async () => await told(college, 'juror_reminded') === 1, 10_000, 'the juror is told');
    await house.psql(`UPDATE pipeline.timer SET due_at = now (), try_at = now () WHERE thing_id = '${given.id}'`);
    await until(async () => await told(office, 'juror_overdue') === 1, 10_000, 'who runs the round is told');
    assert.equal(await told(college, 'juror_reminded'), 1);
    assert.equal(await house.psql(due), '');
    // Who leaves lets go of what they did not give: somebody else can be asked.
    await thing(college.command('/jurors', await thing(college.get(`/jurors/${one.id}`)), 'leave'));
    assert.equal((await thing(office.get(`/judgements/${given.id}`))).state, 'recused');
});

test('who gives a judgement back is barred from then on, and counts no longer', async () => {
    const given = await thing(fund.command('/judgements', judgements.fund1, 'recuse', { reason: 'Ik ken hen toch.' }));
    assert.equal(given.state, 'recused');
    refused(await fund.get(`/dossiers/${judgements.fund1.dossier_id}`), 404);
    assert.deepEqual(await caught(fund, `/dossiers?roundId=${round.id}`), []);
    refused(await office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), 'deliberate'), 409, 'enough_reviews');
    await lock(college, await assign(office, plans[1], jurors.college));
    await step(office, round, 'deliberate');
    refused(await bank.command('/judgements', await thing(bank.get(`/judgements/${judgements.bank1.id}`)), 'lock'), 409);
});

test('the author as a juror is caught by an address that nobody confirmed (OpenReview 301)', async () => {
    const author = await founder(house, 'schrijver', 'team');
    const friend = await founder(house, 'vriend', 'partner');
    await admit(house, desk, author, friend);
    const later = await openRound(office, programme, { number: 2 });
    must(await author.post('/account/addresses', { email: 'ik@eigenplan.example' }));
    const annex = must(await author.upload(authored('schrijver')[0][1], 'mijn.pdf')).body;
    const plan = await submit(author, later, { title: 'Van mijzelf', plan: 'Alleen hier staat dit, en nergens anders in de ronde.', documents: [{ file: annex.file }] });
    const other = await submit(team, later, { title: 'Van een ander' });
    await seat(office, programme, friend);
    const one = await enter(friend, later);
    await presented(house, office, later, [plan, other]);
    assert.equal((await caught(friend, `/jurors/${one.id}/candidates`)).length, 2);
    // The same person, for another organisation and with another login.
    must(await friend.post('/account/addresses', { email: 'Ik@EigenPlan.example' }));
    await until(async () => (await thing(friend.get(`/jurors/${one.id}`))).stale, 10_000, 'the juror has to be compared again');
    assert.deepEqual(await caught(friend, `/jurors/${one.id}/candidates`), []);
    await thing(friend.command('/jurors', await thing(friend.get(`/jurors/${one.id}`)), 'refresh'));
    assert.deepEqual((await caught(friend, `/jurors/${one.id}/candidates`)).map(({ title }) => title), ['Van een ander']);
    await declare(friend, one);
    await step(office, later, 'score');
    assert.equal((await caught(friend, `/dossiers?roundId=${later.id}`)).length, 1);
    barred = { client: friend, plan, round: later, juror: one, applicant: author };
    refused(await office.post('/judgements', { initiative_id: plan.id, juror_id: one.id }), 409, 'not_barred');
    assert.deepEqual((await caught(office, `/rounds/${later.id}/conflicts`)).filter(({ juror_id: id }) => id === one.id)
        .map(({ title, grounds }) => [title, grounds]), [['Van mijzelf', ['address', 'domain']]]);
    // Who is barred is assigned nothing, and what lacks jurors is named.
    refused(await bank.post(`/rounds/${later.id}/_assign`, { reviews: 1 }), 404);
    const dry = await thing(office.post(`/rounds/${later.id}/_assign`, { reviews: 1 }));
    assert.deepEqual([dry.items.map(({ title }) => title), dry.shortage.map(({ title, missing }) => [title, missing]), dry.written],
        [['Van een ander'], [['Van mijzelf', 1]], false]);
    assert.deepEqual(await caught(friend, `/judgements?roundId=${later.id}`), []);
    assert.equal((await thing(office.post(`/rounds/${later.id}/_assign`, { reviews: 1, write: true }))).written, true);
    assert.equal((await caught(friend, `/judgements?roundId=${later.id}&mine=true`)).length, 1);
    assert.deepEqual((await thing(office.post(`/rounds/${later.id}/_assign`, { reviews: 1, write: true }))).items, []);
    // It is not forgotten when it is taken away.
    const [{ id: address }] = await caught(friend, '/account/addresses');
    must(await friend.request('DELETE', `/account/addresses/${address}`));
    await until(async () => (await thing(friend.get(`/jurors/${one.id}`))).stale, 10_000, 'stale again');
    assert.deepEqual(await caught(friend, `/dossiers?roundId=${later.id}`), []);
    await thing(friend.command('/jurors', await thing(friend.get(`/jurors/${one.id}`)), 'refresh'));
    assert.equal((await caught(friend, `/dossiers?roundId=${later.id}`)).length, 1);
});

test('who applies together with others does not judge that, and has no vote where the round says so', async () => {
    const one = await openRound(office, programme, { number: 3 });
    await submit(team, one, { title: 'Samen met het fonds', co_applicants: [{ organisation_id: fund.org }] });
    refused(await fund.post('/jurors', { round_id: one.id }), 409, 'not_applying');
    const other = await openRound(office, programme, { number: 4, conflict_policy: 'not_own' });
    const shared = await submit(team, other, { title: 'Met het fonds', co_applicants: [{ organisation_id: fund.org }] });
    const apart = await submit(enterprise, other, { title: 'Zonder het fonds' });
    const judge_ = await enter(fund, other);
    await presented(house, office, other, [shared, apart]);
    assert.deepEqual((await caught(fund, `/jurors/${judge_.id}/candidates`)).map(({ title }) => title), ['Zonder het fonds']);
    await declare(fund, judge_);
    await step(office, other, 'score');
    assert.equal((await caught(fund, `/dossiers?roundId=${other.id}`)).length, 1);
    refused(await office.post('/judgements', { initiative_id: shared.id, juror_id: judge_.id }), 409, 'not_barred');
});

/** Everything that can be asked for: `[path, headers]`; each operation with each id, in each form, and every page of the house. */
function addresses(document, { ids, hashes, of }) {
    const fills = (template) => template.includes('{file}') ? hashes.map((hash) => template.replace('{file}', hash))
        : template.includes('{') ? ids.map((id) => template.replace(/\{\w+\}/g, id)) : [template, `${template}?roundId=${of.id}`, `${template}?limit=100`];
    const api = operationsOf(document).filter(({ method }) => method === 'GET').flatMap(({ template }) => fills(template));
    const pages = readdirSync(path.join(checkout, 'services/gateway/web/src/pages')).filter((name) => /^[a-z-]+\.tsx$/.test(name))
        .map((name) => (name === 'home.tsx' ? '/' : `/${name.slice(0, -4)}/`));
    return [
        ...api.map((target) => [`/v1${target}`, { accept: 'application/json' }]),
        ...api.filter((target) => /export|\.csv|\.ics|reports|results?|letter/.test(target)).map((target) => [`/v1${target}`, { accept: 'text/csv, text/html, application/pdf, */*' }]),
        ...pages.flatMap((page) => [page, ...ids.map((id) => `${page}?id=${id}`), ...ids.map((id) => `${page}?id=${of.id}&dossier=${id}`)])
            .map((target) => [target, { accept: 'text/html' }]),
        ['/v1/events?after=0&limit=1000', { accept: 'application/json' }], ['/sitemap.xml', {}], ['/v1/openapi.json', {}],
    ];
}

/** Where a barred juror finds something of what bars them, over all of it. */
async function traces({ client, ids, words, hashes, round: of }, document, only = /./) {
    const found = [];
    let asked = 0;
    for (const [target, headers] of addresses(document, { ids, hashes, of }).filter(([one]) => only.test(one))) {
        const answer = await fetch(house.url + target, { headers: { ...headers, cookie: client.cookie } });
        const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
        asked += answer.status === 200;
        // An organisation that was admitted is public; that it applies is not. What was asked for may come back in an answer that it is not there.
        const said = answer.status === 200 ? words.filter((word) => !(word === 'schrijver (fictief)' && /^\/v1\/(organisations|events)|^\/(en\/)?onderneming/.test(target))) : [];
        found.push(...said.filter((word) => text.includes(word) && !target.includes(word)).map((word) => `${target}: ${word}`));
        if (answer.status === 200 && hashes.some((hash) => target.includes(hash))) {
            found.push(`${target}: its bytes`);
        }
    }
    return { found, asked };
}

/** A barred juror, with all there is to find: documents, scores and remarks of others. */
async function withMuchToFind({ client, plan, round: of, juror: one }) {
    const other = await juror(bank, of);
    await lock(bank, await assign(office, plan, other), { scores: fullMarks(), confidence: 5, remark: 'Dit leest geen buitenstaander.' });
    const dossier = await until(async () => {
        const [found] = (await caught(office, `/dossiers?roundId=${of.id}`)).filter(({ initiative_id: id }) => id === plan.id);
        return found.documents?.every(({ state }) => state === 'shown') && found;
    }, 20_000, 'the document is copied');
    const [given] = await caught(office, `/judgements?dossierId=${dossier.id}`);
    const { documents: [{ file }] } = await thing(office.get(`/initiatives/${plan.id}`));
    const hashes = [file, dossier.documents[0].file];
    return { client, round: of, hashes, ids: [plan.id, dossier.id, given.id, of.id, one.id, of.programme_id, client.org],
        words: [plan.id, dossier.id, given.id, plan.title, 'schrijver (fictief)', 'Dit leest geen buitenstaander', 'Alleen hier staat dit', ...hashes] };
}

test('a barred juror who asks for everything finds no trace of what bars them', async () => {
    const { document } = await contractOf(house.url);
    const all = await withMuchToFind(barred);
    const { found, asked } = await traces(all, document);
    assert.deepEqual(found, []);
    assert.ok(asked > 300, `${asked} answers were read`);
    // The crawler sees it when a law is gone: of dossiers, of initiatives, of files.
    const law = await house.psql("SELECT pg_get_functiondef ('pipeline.open_dossiers ()'::regprocedure)");
    for (const [broken, mended, place] of [
        [law.replace(/AND NOT EXISTS \(SELECT FROM bar[^)]*\)/, ''), law, /^\/v1\/(dossiers|judgements|files)/],
        ['CREATE POLICY leak ON pipeline.initiative FOR SELECT USING (true)', 'DROP POLICY leak ON pipeline.initiative', /^\/(v1\/initiatives|initiatief)/],
        ['CREATE POLICY leak ON blob.file FOR SELECT USING (true)', 'DROP POLICY leak ON blob.file', /^\/v1\/files/],
    ]) {
        await house.psql(broken);
        const { found: seen } = await traces(all, document, place);
        await house.psql(mended);
        assert.ok(seen.length > 0, `${place} says nothing`);
        assert.ok(!String(place).includes('initiatief') || seen.some((line) => line.startsWith('/initiatief/')), `a page tells: ${seen}`);
    }
    assert.deepEqual((await traces(all, document, /^\/(v1\/(dossiers|judgements|files|initiatives)|initiatief)/)).found, []);
});
