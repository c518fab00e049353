// applying.test.mjs - applying to a round and its screening, by the clock: drafts, answers, receipts, more time, objections, cancelling.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { admit, founder, moderator, refused, thing } from './people.mjs';

const run = promisify(execFile);
const day = 86_400_000;
let house, clock, office, team, green, partner, city, nobody, programme, handler;
let now = 0;    // how far the clock is ahead

before(async () => {
    clock = new Clock();
    house = await openHouse();
    nobody = house.nobody();
    const desk = await moderator(house);
    office = await founder(house, 'bureau', 'partner');
    team = await founder(house, 'team', 'team');
    green = await founder(house, 'groen', 'enterprise');
    partner = await founder(house, 'bank', 'partner');
    city = await founder(house, 'stad', 'municipality');
    await admit(house, desk, office, team, green, partner, city);
    programme = await thing(office.post('/programmes', { name: 'Twente vooruit', region: 'Twente; en "omstreken", het oosten', fictional: true }));
});
after(async () => {
    await house?.stop();
    clock?.end();
});

const at = (days) => new Date(Date.now() + now + days * day).toISOString();
/** Days go by; nobody is logged out by that. */
const pass = async (days) => {
    await house.psql(`UPDATE identity.bearer SET expires_at = expires_at + interval '${days} days'`);
    now += days * day;
    clock.shift(now / 1000);
};
const soon = (what, wait) => until(what, 20_000, wait);

const rules = {
    questions: [
        { code: 'probleem', text: 'Welk probleem lost u op?', max_words: 5, required: true },
        { code: 'hulp', text: 'Welke hulp hebt u nodig?', max_words: 3 },
    ],
    eligibility: [{ code: 'regio', text: 'Het plan is voor Twente.' }, { code: 'banen', text: 'Het plan maakt banen.' }],
    answer_days: 7, object_days: 14,
};
const allMet = rules.eligibility.map(({ code }) => ({ code, met: true }));
const notIn = (code) => rules.eligibility.map((one) => ({ code: one.code, met: one.code !== code, remark: 'Zie het plan.' }));
let number = 0;

async function openRound(changes = {}) {
    const round = await thing(office.post('/rounds', {
        programme_id: programme.id, number: ++number, opens_at: at(1), closes_at: at(30), screened_by: at(60),
        present_quota: 5, select_min: 1, select_max: 2, fictional: true, ...rules, ...changes,
    }));
    return thing(office.command('/rounds', await thing(office.command('/rounds', round, 'announce')), 'open'));
}
const textOf = (round, changes = {}) => ({
    round_id: round.id, title: 'De buurtoven', summary: 'Een oven die werk geeft aan mensen in de buurt.', municipality: 'GM0153',
    answers: [{ code: 'probleem', text: 'Brood wordt te veel weggegooid' }], consent: true, fictional: true, ...changes,
});
const draft = (round, changes, by = team) => thing(by.post('/initiatives', textOf(round, changes)));
const submit = (plan, by = team) => thing(by.command('/initiatives', plan, 'submit'));
const fresh = (plan, by = office) => thing(by.get(`/initiatives/${plan.id}`));
const step = async (plan, command, body, by = office) => by.command('/initiatives', await fresh(plan, by), command, body);
const closed = async (round) => {
    await pass(31);
    await soon(async () => (await thing(nobody.get(`/rounds/${round.id}`))).state === 'screening', 'the clock closes the round');
};
const paths = ({ body }) => body.errors?.map((error) => error.path) ?? [JSON.stringify(body)];

test('a draft is written in pieces, by all who apply with it; what is wrong is told when it is submitted, all at once', async () => {
    const round = await openRound();
    refused(await team.post('/initiatives', textOf(round, { answers: [{ code: 'onbekend', text: 'Iets' }] })), 400);
    const alone = await team.post('/initiatives', textOf(round, { co_applicants: [{ organisation_id: team.org }] }));
    assert.deepEqual([alone.status, paths(alone)], [400, ['co_applicants[0].organisation_id']]);
    let plan = await draft(round, {
        stage: 'starting', language: 'nl', ask_cents: 100, min_viable_cents: 200, consent: false,
        answers: [{ code: 'hulp', text: ' een  twee\tdrie\nvier ' }],
        team: [{ name: 'Proefpersoon', email: 'proef@proef.example', part: 'Bakt' }], co_applicants: [{ organisation_id: green.org }],
    });
    assert.deepEqual(plan.co_applicants, [{ organisation_id: green.org, name: 'groen (fictief)' }]);
    refused(await partner.get(`/initiatives/${plan.id}`), 404);
    refused(await office.get(`/initiatives/${plan.id}`), 404);
    const wrong = await team.command('/initiatives', plan, 'submit');
    assert.deepEqual([wrong.status, paths(wrong).sort()],
        [400, ['answers[hulp].text', 'answers[probleem].text', 'consent', 'min_viable_cents']]);
    // Who applies too writes along, but does not see who does it, and does not submit.
    const theirs = await thing(green.get(`/initiatives/${plan.id}`));
    assert.ok(!('team' in theirs) && theirs.commands.includes('put') && !theirs.commands.includes('submit'), JSON.stringify(theirs));
    plan = must(await green.put(`/initiatives/${plan.id}`, textOf(round, { ask_cents: 500, min_viable_cents: 200, co_applicants: theirs.co_applicants }), theirs.version)).body;
    refused(await green.command('/initiatives', plan, 'submit'), 409, 'lead_applicant');
    plan = await fresh(plan, team);
    assert.deepEqual([plan.consent, plan.team[0].name, plan.co_applicants.length], [false, 'Proefpersoon', 1], 'kept, as it is not theirs to say');
    plan = must(await team.put(`/initiatives/${plan.id}`, textOf(round, { team: plan.team, ask_cents: 500 }), plan.version)).body;
    const received = await submit(plan);
    assert.ok(received.submitted_at);
    refused(await team.put(`/initiatives/${plan.id}`, textOf(round), received.version), 409, 'out_of_state');
    refused(await team.command('/initiatives', received, 'submit'), 409, 'out_of_state');
    assert.equal(await house.psql(`SELECT count (*) FROM stream.log WHERE position ('proef@proef'::bytea IN body) > 0`), '0');
    assert.equal(await house.psql(`SELECT count (*) FROM stream.log WHERE position ('Proefpersoon'::bytea IN body) > 0`), '0');
});

test('documents are for who applies, and for who runs the round once they are handed in; as many and as large as the round says', async () => {
    const round = await openRound({ max_documents: 2, document_megabytes: 1 });
    const [begroting, brief, groot] = await Promise.all([['begroting', 'begroting.txt'], ['brief', 'brief.txt'], ['x'.repeat(1_000_001), 'groot.txt']]
        .map(async ([text, name]) => must(await team.upload(text, name)).body));
    const files = (...some) => ({ documents: some.map(({ file }) => ({ file, confidential: false })) });
    const wrong = await team.post('/initiatives', textOf(round, files(begroting, groot, brief)));
    assert.deepEqual([wrong.status, paths(wrong).sort()], [400, ['documents', 'documents[1].file']]);
    refused(await green.post('/initiatives', textOf(round, files(begroting))), 409, 'file_known');
    let plan = await draft(round, { ...files(begroting, brief), co_applicants: [{ organisation_id: green.org }] });
    assert.deepEqual(plan.documents.map(({ name, size, confidential }) => [name, size, confidential]),
        [['begroting.txt', 9, true], ['brief.txt', 5, true]]);
    const reads = async () => Promise.all([team, green, office, partner, nobody].map(async (who) => (await who.download(brief.file)).status));
    assert.deepEqual(await reads(), [200, 200, 404, 404, 404], 'a draft');
    const late = await team.put(`/initiatives/${plan.id}`, textOf(round, files(groot)), plan.version);
    assert.deepEqual([late.status, paths(late)], [400, ['documents[0].file']]);
    plan = must(await green.put(`/initiatives/${plan.id}`, textOf(round, files(brief)), plan.version)).body;
    plan = await submit(await fresh(plan, team));
    assert.deepEqual(await reads(), [200, 200, 200, 404, 404], 'handed in');
    assert.deepEqual((await fresh(plan)).documents.map(({ name }) => name), ['brief.txt']);
    assert.equal((await thing(team.get(`/initiatives/${plan.id}/content`))).documents[0].file, brief.file);
    await house.psql(`UPDATE pipeline.round SET state = 'decided' WHERE id = '${round.id}'`);
    const may = async (state) => {
        await house.psql(`UPDATE pipeline.initiative SET state = '${state}' WHERE id = '${plan.id}'`);
        return Promise.all([team, green].map(async (who) => (await thing(who.get(`/initiatives/${plan.id}`))).commands.join()));
    };
    assert.deepEqual(await may('selected'), ['accept,decline,withdraw', ''], 'one of them answers for it');
    assert.deepEqual(await may('in_programme'), ['stop', '']);
    assert.ok(!('documents' in await thing(nobody.get(`/initiatives/${plan.id}`))), 'everybody reads the initiative');
    assert.deepEqual(await reads(), [200, 200, 200, 404, 404], 'and nobody its documents');
});

test('a receipt says when what came, and anybody can check it', async () => {
    const round = await openRound();
    let plan = await submit(await draft(round));
    refused(await green.get(`/initiatives/${plan.id}/receipt`), 404);
    const receipt = async () => {
        const folder = mkdtempSync(path.join(os.tmpdir(), 'mw-receipt-'));
        const [signed, content] = [await thing(team.get(`/initiatives/${plan.id}/receipt`)), await thing(team.get(`/initiatives/${plan.id}/content`))];
        writeFileSync(path.join(folder, 'receipt.json'), JSON.stringify(signed));
        writeFileSync(path.join(folder, 'content.json'), JSON.stringify(content));
        writeFileSync(path.join(folder, 'other.json'), JSON.stringify({ ...content, title: 'Een ander plan' }));
        const verify = (file) => run(path.join(build, 'meerwaarde'), ['verify-receipt', path.join(folder, 'receipt.json'), `--key=${path.join(house.keys, 'signing.key')}`,
            `--content=${path.join(folder, file)}`]);
        await assert.rejects(verify('other.json'), /another one/);
        return (await verify('content.json')).stdout;
    };
    const first = await receipt();
    assert.match(first, new RegExp(`initiative ${plan.id} of ${team.org}, in round ${round.id}`));
    handler = await thing(office.post('/appointments', { handler_id: partner.org }));
    plan = must(await step(plan, 'enquire', { reason: 'Voor hoeveel mensen is het?' })).body;
    assert.equal(plan.state, 'more_info');
    plan = must(await step(plan, 'answer', { answer: 'Voor twaalf mensen.' }, team)).body;
    assert.deepEqual([plan.state, plan.question, plan.answer], ['submitted', 'Voor hoeveel mensen is het?', 'Voor twaalf mensen.']);
    assert.match(await receipt(), /answered/);
});

test('the very instant of the deadline is in time and a millisecond later is not; then there is no row, and no word of it anywhere', async () => {
    const round = await openRound();
    const plan = await draft(round, { title: 'Te laat ingediend' });
    const close = (how) => house.psql(`UPDATE pipeline.round SET closes_at = now () ${how} WHERE id = '${round.id}'`);
    await close("- interval '1 millisecond'");
    const rows = () => house.psql('SELECT count (*) FROM pipeline.initiative');
    const before_ = await rows();
    refused(await team.command('/initiatives', plan, 'submit'), 409, 'round_takes_initiatives');
    refused(await team.post('/initiatives', textOf(round, { title: 'Nooit gezien plan' })), 409, 'round_takes_initiatives');
    assert.equal(await rows(), before_);
    assert.equal(await house.psql(`SELECT submitted_at IS NULL FROM pipeline.initiative WHERE id = '${plan.id}'`), 't');
    assert.equal(await house.psql(`SELECT count (*) FROM stream.log WHERE position ('Nooit gezien'::bytea IN body) > 0`), '0');
    await close("+ interval '1 minute'");
    // A draft is nobody else's business when it is thrown away either.
    const gone = must(await step(await draft(round, { title: 'Nooit ingediend' }), 'withdraw', undefined, team)).body;
    await soon(async () => await house.psql(`SELECT count (*) FROM stream.log WHERE subject = 'initiative/${gone.id}'`) === '2', 'the log has it');
    const heard = await house.psql(`SELECT string_agg (a.name, ' ') FROM stream.audience a JOIN stream.log l USING (seq) WHERE l.subject = 'initiative/${gone.id}'`);
    assert.ok(!heard.includes(office.org), heard);
    assert.equal((await submit(await fresh(plan, team))).state, 'submitted');
});

test('one extension for all, before it closes; more time for one is counted, and both are looked at', async () => {
    let round = await openRound({ scored_by: at(80) });
    const [plan, other] = [await draft(round, { co_applicants: [{ organisation_id: green.org }] }), await draft(round, {}, green)];
    const extend = (closes_at) => office.command('/rounds', round, 'extend', { closes_at, reason: 'De feestdagen vielen erin.' });
    for (const wrong of [at(10), at(70)]) {
        const answer = await extend(wrong);
        assert.equal(answer.status, 400, JSON.stringify(answer.body));
    }
    round = must(await extend(at(35))).body;
    assert.ok(round.extended_from < round.closes_at);
    refused(await extend(at(40)), 409, 'may_be_extended');
    const grant = (until_, of = plan) => office.post('/extensions', { initiative_id: of.id, until: until_, ground: 'illness', reason: 'De aanvrager is ziek.' });
    refused(await grant(at(34)), 409, 'extension_in_time');
    refused(await grant(at(81)), 409, 'extension_in_time');
    refused(await partner.post('/extensions', { initiative_id: plan.id, until: at(40), ground: 'illness', reason: 'Voor een vriend.' }), 404);
    const extension = await thing(grant(at(40)));
    assert.deepEqual([extension.state, extension.applicant_id], ['granted', team.org]);
    assert.equal((await thing(nobody.get(`/rounds/${round.id}`))).extensions, 1);
    assert.equal((await thing(team.get('/extensions'))).items.length, 1);
    const gone = await draft(round, { title: 'Komt er niet' });
    await thing(grant(at(60), gone));
    assert.equal((await thing(team.get(`/extensions/${extension.id}`))).reason, 'De aanvrager is ziek.');
    refused(await green.get(`/extensions/${extension.id}`), 404);
    await pass(31);
    assert.equal((await thing(nobody.get(`/rounds/${round.id}`))).state, 'open', 'it was extended');
    await pass(5);
    await soon(async () => (await thing(nobody.get(`/rounds/${round.id}`))).state === 'screening', 'the clock closes it');
    refused(await step(other, 'submit', undefined, green), 409, 'round_takes_initiatives');
    // Who applies along has that time too, and is not told why.
    assert.equal((await thing(green.get('/extensions'))).items.length, 0);
    must(await green.put(`/initiatives/${plan.id}`, textOf(round), (await fresh(plan, green)).version));
    const present = async () => office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), 'present');
    refused(await present(), 409, 'nobody_has_time');
    must(await step(plan, 'submit', undefined, team));
    refused(await present(), 409, 'all_screened');
    must(await step(plan, 'admit', { checks: allMet }));
    refused(await present(), 409, 'nobody_has_time');
    must(await step(gone, 'withdraw', undefined, team));
    must(await present());
    const late = await draft(await openRound());
    refused(await grant(at(1), late), 409, 'extension_in_time');
});

test('each criterion is answered; ineligible is by a published one, and the clock makes it final', async () => {
    const round = await openRound();
    const plans = [];
    const { file } = must(await team.upload('Een begroting', 'begroting.txt')).body;
    for (const title of ['Eerste', 'Tweede', 'Derde', 'Vierde', 'Vijfde']) {
        plans.push(await submit(await draft(round, { title, documents: [{ file }] })));
    }
    const [first, second, third, fourth, own] = plans;
    refused(await step(first, 'admit', { checks: allMet }), 409, 'round_is_screening');
    await closed(round);
    const missing = await step(first, 'admit', { checks: [{ code: 'regio', met: true }, { code: 'vrij', met: true }] });
    assert.deepEqual([missing.status, paths(missing).sort()], [400, ['checks[1].code', 'checks[banen]']]);
    const unmet = await step(first, 'admit', { checks: notIn('banen') });
    assert.deepEqual([unmet.status, paths(unmet)], [400, ['checks[1].met']]);
    const unpublished = await step(first, 'refuse', { checks: notIn('banen'), criterion: 'smaak', reason: 'Niet mooi genoeg.' });
    assert.deepEqual([unpublished.status, paths(unpublished)], [400, ['criterion']]);
    must(await step(first, 'admit', { checks: allMet }));
    const refuse = async (plan) => must(await step(plan, 'refuse', { checks: notIn('banen'), criterion: 'banen', reason: 'Er komen geen banen.' })).body;
    assert.equal((await refuse(second)).state, 'ineligible');
    await refuse(third);
    must(await step(fourth, 'enquire', { reason: 'Wanneer begint u?' }));
    refused(await office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), 'present'), 409, 'all_screened');

    // The applicant is told the state, and reads by which criterion on the page.
    const notices = await soon(async () => {
        const found = (await thing(team.get('/notices?limit=50'))).items.filter(({ thing_id }) => thing_id === second.id);
        return found.some(({ event }) => event === 'initiative_refused') && found;
    }, 'the applicant is told');
    assert.ok(!JSON.stringify(notices).includes('banen'));
    assert.deepEqual([(await fresh(second, team)).criterion, (await fresh(second, team)).drop_reason], ['banen', 'Er komen geen banen.']);

    const object = (plan, by = team) => by.post('/objections', { initiative_id: plan.id, grounds: 'Er komen drie banen, zie het plan.' });
    refused(await object(first), 404);
    refused(await object(second, green), 404);
    let objection = await thing(object(second));
    assert.deepEqual([objection.state, objection.handler_id, (await fresh(second, team)).state], ['lodged', partner.org, 'objection']);
    refused(await object(second), 409);
    const verdict = { upheld: true, decision: 'Het plan noemt drie banen, dus het voldoet.' };
    refused(await office.command('/objections', objection, 'decide', verdict), 409);
    const seat = await thing(office.post('/seats', { programme_id: programme.id, organisation_id: partner.org, role: 'jury', valid_from: at(-1).slice(0, 10) }));
    refused(await partner.command('/objections', objection, 'decide', verdict), 409, 'handler_is_apart');
    await thing(office.command('/seats', seat, 'end'));
    const handled = (await thing(partner.get('/objections'))).items[0];
    assert.deepEqual([handled.answers[0].code, handled.manager_name], ['probleem', 'bureau (fictief)']);
    assert.equal((await partner.download(handled.documents[0].file)).status, 200);
    assert.ok(!('plan' in await thing(partner.get(`/initiatives/${second.id}`))));
    objection = must(await partner.command('/objections', objection, 'decide', verdict)).body;
    assert.deepEqual([objection.state, (await fresh(second, team)).state], ['decided', 'eligible']);
    refused(await object(second), 409);

    // An objection that is not right.
    must(await step(own, 'refuse', { checks: notIn('regio'), criterion: 'regio', reason: 'Het plan is voor Utrecht.' }));
    const lost = await thing(object(own));
    must(await partner.command('/objections', await thing(partner.get(`/objections/${lost.id}`)), 'decide', { upheld: false, decision: 'Het plan is inderdaad voor Utrecht.' }));
    assert.equal((await fresh(own, team)).state, 'ineligible_final');

    await pass(8);
    await soon(async () => (await fresh(fourth)).state === 'ineligible', 'who does not answer in time is not eligible');
    assert.deepEqual([(await fresh(fourth)).criterion, (await fresh(third)).state], ['no_answer', 'ineligible']);
    await pass(7);
    await soon(async () => (await fresh(third)).state === 'ineligible_final', 'who does not object in time is finally ineligible');
    assert.equal((await fresh(fourth)).state, 'ineligible');
    refused(await object(third), 409, 'may_object');
    const last = await thing(object(fourth));
    assert.equal(last.state, 'lodged');
    must(await step(first, 'present'));
    must(await partner.command('/objections', await thing(partner.get(`/objections/${last.id}`)), 'decide', { upheld: false, decision: 'Er kwam geen antwoord.' }));
    // The jury begins when it is known of each whether it gets it.
    const go = async (name) => office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), name);
    must(await go('present'));
    refused(await go('score'), 409, 'all_lined_up');
    must(await step(second, 'drop', { reason: 'Anderen gingen voor.' }));
    must(await go('score'));
    const counts = await thing(nobody.get(`/rounds/${round.id}`));
    assert.deepEqual([counts.submitted, counts.presented], [5, 1]);
});

test('who applies does not screen, and nobody is refused where nobody could decide on an objection', async () => {
    const round = await openRound();
    const mine = await thing(office.post('/initiatives', textOf(round))).catch(() => null);
    const theirs = await submit(await draft(round, { co_applicants: [{ organisation_id: office.org }] }));
    await closed(round);
    assert.equal(mine, null, 'a partner has no role to apply');
    refused(await step(theirs, 'admit', { checks: allMet }), 409, 'screener_is_apart');
    refused(await step(theirs, 'refuse', { checks: notIn('regio'), criterion: 'regio', reason: 'Niet in Twente.' }), 409, 'screener_is_apart');
    handler = await thing(office.command('/appointments', handler, 'end'));
    const next = await openRound();
    const plan = await submit(await draft(next));
    refused(await step(plan, 'enquire', { reason: 'Wanneer begint u?' }), 409, 'objection_can_be_handled');
    handler = await thing(office.post('/appointments', { handler_id: city.org }));
    assert.equal(must(await step(plan, 'enquire', { reason: 'Wanneer begint u?' })).body.state, 'more_info');
});

test('a round that is cancelled lets all go, and they come back in another', async () => {
    const round = await openRound();
    const [asked, objects, waits, stays] = await Promise.all([1, 2, 3, 4].map(async (n) => submit(await draft(round, { title: `Plan ${n}` }))));
    await closed(round);
    must(await step(asked, 'enquire', { reason: 'Wanneer begint u?' }));
    must(await step(objects, 'refuse', { checks: notIn('regio'), criterion: 'regio', reason: 'Niet in Twente.' }));
    must(await step(stays, 'refuse', { checks: notIn('regio'), criterion: 'regio', reason: 'Niet in Twente.' }));
    const objection = await thing(team.post('/objections', { initiative_id: objects.id, grounds: 'Het is wel degelijk in Twente.' }));
    must(await office.command('/rounds', await thing(office.get(`/rounds/${round.id}`)), 'cancel', { reason: 'Er is geen geld meer.' }));
    for (const plan of [asked, objects, waits, stays]) {
        assert.equal((await fresh(plan, team)).state, 'closed_by_round');
    }
    assert.equal((await thing(city.get(`/objections/${objection.id}`))).state, 'void');
    const next = await openRound();
    refused(await team.post('/initiatives', textOf(next, { parent_id: next.id })), 404);
    assert.equal((await draft(next, { parent_id: waits.id })).parent_id, waits.id);
});

test('what others published of a round stands beside what is counted, each by itself, and changes no count', async () => {
    const round = await openRound();
    const cite = (source, changes) => office.post('/claimed-figures', { round_id: round.id, source, ...changes });
    refused(await cite('Niemand', {}), 400);
    refused(await cite('Ergens', { submitted: 1, url: 'http://ergens.example/' }), 400);
    refused(await partner.post('/claimed-figures', { round_id: round.id, source: 'Een ander', submitted: 1 }), 404);
    const magazine = await thing(cite('Een vakblad', { url: 'https://vakblad.example/ronde', said_on: '2017-08-03', submitted: 50, submitted_more: true, presented: 28, selected: 11 }));
    const site = await thing(cite('De eigen site', { submitted: 48, presented: 27, selected: 11 }));
    const shown = async (who) => (await thing(who.get(`/claimed-figures?roundId=${round.id}`))).items.map(({ source, submitted, submitted_more, presented, selected }) =>
        [source, submitted, submitted_more, presented, selected]);
    assert.deepEqual(await shown(nobody), [['Een vakblad', 50, true, 28, 11], ['De eigen site', 48, undefined, 27, 11]]);
    assert.equal((await thing(nobody.get(`/claimed-figures/${site.id}`))).source, 'De eigen site');
    const { submitted, presented } = await thing(nobody.get(`/rounds/${round.id}`));
    assert.deepEqual([submitted, presented], [0, 0]);
    assert.equal(must(await office.command('/claimed-figures', magazine, 'withdraw')).body.state, 'withdrawn');
    assert.equal((await shown(nobody)).length, 1);
    refused(await office.command('/claimed-figures', await thing(office.get(`/claimed-figures/${magazine.id}`)), 'withdraw'), 409, 'out_of_state');
});

test('the calendar of a round is one that calendars read', async () => {
    const round = await openRound();
    const answer = await fetch(`${house.url}/v1/rounds/${round.id}/calendar.ics`);
    assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
    const text = await answer.text();
    assert.ok(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n') && text.endsWith('END:VCALENDAR\r\n'));
    for (const line of text.split('\r\n')) {
        assert.ok(Buffer.byteLength(line) <= 75 && !line.includes('\n'), line);
    }
    const whole = text.replaceAll('\r\n ', '');
    assert.equal(whole.match(/BEGIN:VEVENT/g).length, 3);
    assert.equal(new Set(whole.match(/UID:.*/g)).size, 3);
    const closes = round.closes_at.replace(/[-:]/g, '').slice(0, 15);
    assert.match(whole, new RegExp(`DTSTART:${closes}Z`));
    assert.match(whole, /SUMMARY:Inschrijving sluit – Twente vooruit\\, ronde \d+/);
    refused(await nobody.get('/rounds/01900000-0000-7000-8000-000000000000/calendar.ics'), 404);
});

test('what happens in one round changes no number of another, not by a byte', async () => {
    const first = await openRound();
    await submit(await draft(first));
    const numbers = async () => {
        const [round, report] = [await nobody.get(`/rounds/${first.id}`), await nobody.get(`/reports/rounds/${first.id}`)];
        const { as_of, as_of_seq, ...counted } = report.body;
        return JSON.stringify([round.body, counted]);
    };
    await soon(async () => (await numbers()).includes('"count":1'), 'reporting counted it');
    const were = await numbers();
    const second = await openRound();
    const plan = await submit(await draft(second));
    must(await step(plan, 'withdraw', undefined, team));
    await soon(async () => (await thing(nobody.get(`/reports/rounds/${second.id}`))).stages[0].count === 1, 'who withdraws came in nonetheless');
    assert.equal(await numbers(), were);
});
