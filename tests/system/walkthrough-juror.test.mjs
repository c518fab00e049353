// walkthrough-juror.test.mjs - a juror of a bank (walk-through 6.6) through the API, by a clock that the test sets: one conflict that he declares
// before he sees a dossier, two that follow from who he is, which he then finds nowhere, at whatever address; scores without names, what
// others gave after his own lock, one that is reopened, and the minute. Files and HTML pages have a crawler of their own (jury.test.mjs).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { contractOf, operationsOf } from '../lib/contract.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, colleague, everything, founder, member, moderator, person, refused, thing } from './people.mjs';
import { lock, seat } from './jury-cast.mjs';

const day = 86_400;
let clock, house, office, bank, fund, robert, noor, council, teams, programme, round, plans, juror, other, judgements;
let now = 0;

const at = (days) => new Date(Date.now() + (now + days * day) * 1000).toISOString();
async function pass(days) {
    await house.psql(`UPDATE identity.bearer SET expires_at = expires_at + interval '${Math.ceil(days)} days'`);
    now += days * day;
    clock.shift(now);
}
const fresh = (collection, { id }, client = office) => thing(client.get(`${collection}/${id}`));
const step = async (collection, one, command, body, client = office) =>
    thing(client.command(collection, await fresh(collection, one, client), command, body));
const next = async (command) => {
    round = await step('/rounds', round, command);
};
let goesOn = true;
const story = (name, work) => test(name, async () => {
    assert.ok(goesOn, 'an earlier step failed');
    goesOn = false;
    await work();
    goesOn = true;
});
const words = ['zuster', 'bakhuis', 'dakpark', 'weefsel', 'fietslab', 'moestuin'];

before(async () => {
    clock = new Clock();
    clock.shift(0);
    house = await openHouse();
    await house.unlimit();
    const desk = await moderator(house);
    office = await founder(house, 'bureau', 'partner');
    bank = await founder(house, 'bank', 'partner');
    fund = await founder(house, 'fonds', 'partner');
    council = await founder(house, 'raad', 'municipality');
    teams = {};
    for (const word of words) {
        teams[word] = await founder(house, word, 'team');
    }
    await admit(house, desk, office, bank, fund, council, ...Object.values(teams));
    must(await office.post('/appointments', { handler_id: council.org }));
    // Robert was a director of the bakery, and left; now he judges for the bank.
    const someone = await person(house, 'robert');
    const of = (client) => `/organisations/${client.org}/members/${someone.id}`;
    must(await teams.bakhuis.put(of(teams.bakhuis), { roles: ['ADMIN', 'APPLICANT'] }));
    await member(house, someone);
    must(await teams.bakhuis.put(of(teams.bakhuis), { roles: [] }));
    must(await bank.put(of(bank), { roles: ['JUROR'] }));
    robert = await until(async () => {
        const client = await member(house, someone);
        return client.org === bank.org && client;
    }, 10_000, 'Robert acts for the bank');
    noor = await colleague(house, fund, 'noor', 'JUROR');
    // An address that he never confirmed, with the domain of the park on the roof.
    must(await robert.post('/account/addresses', { email: 'robert@dakpark.example' }));
    must(await teams.dakpark.post('/account/addresses', { email: 'bestuur@dakpark.example' }));
    programme = await thing(office.post('/programmes', { name: 'Samen vooruit', region: 'Twente', fictional: true }));
    await seat(office, programme, bank);
    await seat(office, programme, fund);
});
after(() => house?.stop().finally(() => clock.end()));

const rubric = [{ code: 'impact', name: 'Maatschappelijke winst', weight_ppm: 600_000, scale: 10 },
    { code: 'plan', name: 'Haalbaarheid', weight_ppm: 400_000, scale: 10 }];
const marks = (points) => ({ scores: rubric.map(({ code }) => ({ code, points })), remark: `Samen ${points} punten waard.` });

story('he sees who applies, and nothing of them, and says that one is his sister', async () => {
    round = await thing(office.post('/rounds', { programme_id: programme.id, number: 1, opens_at: at(1), closes_at: at(20), present_quota: 6,
        select_min: 1, select_max: 2, waitlist: 1, rubric, min_reviews: 1, fictional: true }));
    await next('announce');
    await pass(1.5);
    await until(async () => (await fresh('/rounds', round)).state === 'open', 20_000, 'the clock opens it');
    plans = {};
    for (const word of words) {
        const draft = await thing(teams[word].post('/initiatives', { round_id: round.id, title: `Het ${word} van Almelo`, municipality: 'GM0153',
            summary: `${word} (fictief) geeft werk aan mensen in de buurt; zie www.${word}.example.`,
            plan: `Schrijf naar info@${word}.example voor het hele plan van Het ${word} van Almelo.`, consent: true, fictional: true }));
        plans[word] = await thing(teams[word].command('/initiatives', draft, 'submit'));
    }
    await pass(20);
    await until(async () => (await fresh('/rounds', round)).state === 'screening', 20_000, 'the clock closes it');
    for (const word of words) {
        plans[word] = await step('/initiatives', await step('/initiatives', plans[word], 'admit', { checks: [] }), 'present');
    }
    juror = await thing(robert.post('/jurors', { round_id: round.id }));
    other = await thing(noor.post('/jurors', { round_id: round.id }));
    await next('present');
    const { items } = await thing(robert.get(`/jurors/${juror.id}/candidates`));
    // Where he was a director, and whose domain he has: nobody asks him.
    assert.deepEqual(items.map(({ title }) => title).sort(), ['fietslab', 'moestuin', 'weefsel', 'zuster'].map((word) => `Het ${word} van Almelo`));
    assert.deepEqual(await everything(robert, `/dossiers?roundId=${round.id}`), [], 'no dossier before he said so');
    const sister = items.find(({ title }) => title.includes('zuster'));
    await step('/jurors', juror, 'declare', { conflicts: [{ id: sister.id, kind: 'family' }] }, robert);
    await step('/jurors', other, 'declare', { conflicts: [] }, noor);
    await next('score');
    const told = (await thing(office.get(`/rounds/${round.id}/conflicts`))).items.map(({ title, grounds }) => [title.split(' ')[1], grounds.join()]);
    assert.deepEqual(told.sort(), [['bakhuis', 'organisation'], ['dakpark', 'domain'], ['zuster', 'declared']]);
});

/** Everything that can be asked for, by every id that there is; what is found of these words. */
async function crawl(client, forbidden) {
    const { document } = await contractOf(house.url);
    const ids = (await house.psql(`SELECT id FROM pipeline.initiative UNION ALL SELECT id FROM pipeline.dossier UNION ALL SELECT id FROM pipeline.judgement
        UNION ALL SELECT id FROM pipeline.juror UNION ALL SELECT id FROM pipeline.round UNION ALL SELECT id FROM pipeline.selection`)).split('\n').filter(Boolean);
    const found = [];
    let asked = 0;
    for (const { method, template } of operationsOf(document)) {
        if (method !== 'GET' || /\{(?!id\})/.test(template) || /^\/(organisations|events|directory|account)/.test(template)) {
            continue;
        }
        for (const target of template.includes('{') ? ids.map((id) => template.replace('{id}', id)) : [template, `${template}?roundId=${round.id}`, `${template}?limit=100`]) {
            const { status, body } = await client.get(target);
            asked++;
            const text = JSON.stringify(body) ?? '';
            found.push(...status < 300 ? forbidden.filter((word) => text.includes(word)).map((word) => `${target}: ${word}`) : []);
        }
    }
    assert.ok(asked >= 300, `${asked} addresses`);
    return found;
}

const barredWords = ['zuster', 'bakhuis', 'dakpark'];

story('at no address does he find the three that bar him, nor a name of the others', async () => {
    const dossiers = (await everything(office, `/dossiers?roundId=${round.id}`));
    for (const word of barredWords) {
        const { id } = dossiers.find(({ initiative_id: initiative }) => initiative === plans[word].id);
        refused(await robert.get(`/dossiers/${id}`), 404);
        refused(await robert.get(`/initiatives/${plans[word].id}`), 404);
        refused(await office.post('/judgements', { initiative_id: plans[word].id, juror_id: juror.id }), 409, 'not_barred');
    }
    const mine = await everything(robert, `/dossiers?roundId=${round.id}`);
    assert.equal(mine.length, 3);
    assert.ok(mine.every((one) => one.number && !one.title && !one.applicant_name));
    const ids = Object.values(plans).map(({ id }) => id);
    assert.deepEqual(await crawl(robert, [...words, ...ids]), []);
});

story('he scores each on his own, locks, and then sees what others gave', async () => {
    judgements = { robert: {}, noor: {} };
    for (const word of words) {
        judgements.noor[word] = await thing(office.post('/judgements', { initiative_id: plans[word].id, juror_id: other.id }));
        if (!barredWords.includes(word)) {
            judgements.robert[word] = await thing(office.post('/judgements', { initiative_id: plans[word].id, juror_id: juror.id }));
        }
    }
    for (const [at_, word] of words.entries()) {
        judgements.noor[word] = await lock(noor, judgements.noor[word], marks(3 + at_));
    }
    refused(await robert.get(`/judgements/${judgements.noor.weefsel.id}`), 404);
    assert.ok((await everything(robert, `/judgements?roundId=${round.id}`)).every(({ mine }) => mine));
    for (const word of ['weefsel', 'fietslab', 'moestuin']) {
        judgements.robert[word] = await lock(robert, judgements.robert[word], marks(8));
    }
    assert.equal((await thing(robert.get(`/judgements/${judgements.noor.weefsel.id}`))).remark, 'Samen 6 punten waard.');
    for (const word of barredWords) {
        refused(await robert.get(`/judgements/${judgements.noor[word].id}`), 404);
    }
});

story('he asks the chair to reopen one: that is logged, what it was is kept, and the others are shut until he locks again', async () => {
    const one = judgements.robert.weefsel;
    refused(await robert.put(`/judgements/${one.id}`, marks(9), one.version), 409, 'out_of_state');
    const again = await step('/judgements', one, 'reopen', { reason: 'De jurylid las een oude versie.' });
    assert.equal(again.earlier[0].scores[0].points, 8);
    refused(await robert.get(`/judgements/${judgements.noor.weefsel.id}`), 404);
    judgements.robert.weefsel = await lock(robert, again, marks(9));
    assert.equal((await thing(robert.get(`/judgements/${judgements.noor.weefsel.id}`))).remark, 'Samen 6 punten waard.');
    const lines = (await house.ctl('events', 'tail', '--once', '--json', '--audience=all', '--after=0')).trim().split('\n').map((line) => JSON.parse(line));
    const logged = lines.filter(({ subject, type }) => subject === `judgement/${one.id}` && type.includes('judgement_reopened'));
    assert.equal(logged.length, 1);
    assert.equal(logged[0].actor, office.account);
});

story('he signs the minute, of what he may know; the mean that he reads has nothing of the three', async () => {
    await next('deliberate');
    let selection = await thing(office.post('/selections', { round_id: round.id, minute: 'De jury besprak alle plannen, en koos.', jurors: [juror.id, other.id] }));
    if (selection.unexplained > 0) {
        selection = await thing(office.put(`/selections/${selection.id}`, { round_id: round.id, minute: 'De jury besprak alle plannen, en koos.',
            jurors: [juror.id, other.id], choices: selection.lines.map(({ initiative_id, outcome, place }) =>
                ({ initiative_id, outcome, ...place && { place }, reason: 'Zo vonden de juryleden samen.' })) }, selection.version));
    }
    const seen = await fresh('/selections', selection, robert);
    assert.equal(seen.lines.length, 3);
    assert.deepEqual(seen.lines.map(({ rank }) => rank), [1, 2, 2], 'ranked among themselves: no gap tells of others');
    assert.equal((await fresh('/selections', selection, noor)).lines.length, 6);
    for (const client of [office, robert, noor]) {
        await step('/selections', selection, 'sign', {}, client);
    }
    refused(await robert.get(`/rounds/${round.id}/ranking`), 404);
    assert.deepEqual(await crawl(robert, [...words.map((word) => `${word} van Almelo`), ...barredWords.map((word) => plans[word].id)])
        .then((found) => found.filter((line) => !/^\/(dossiers|judgements)/.test(line))), []);
    selection = await step('/selections', selection, 'decide');
    assert.equal(selection.state, 'decided');
});
