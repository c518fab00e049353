// round-walk.test.mjs - random rounds through the running system, some at once, with people who also do what they may not; after each few
// and at the end every law has to hold. The clock is the test's.
//
//   make test ONLY=round-walk                     4 rounds of one seed, which is printed
//   make test ONLY=round-walk SEED=7 ROUNDS=50    the whole proof
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { admit, founder, moderator, thing } from './people.mjs';
import { seat } from './jury-cast.mjs';
import { laws } from './round-walk-laws.mjs';
import { RoundWalk } from './round-walk-moves.mjs';

const count = Number(process.env.ROUNDS ?? 4);
const together = 4;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const nouns = /^(round|initiative|objection|juror|judgement|selection|meeting|attendance|pairing|deliverable|ask|pledge|milestone)$/;
let house, clock, cast, programme;
let now = 0;            // days that the clock is ahead
const rounds = [];
const world = { rounds };

const at = (days) => new Date(Date.now() + (now + days) * 86_400_000).toISOString();
/** Days go by; nobody is logged out by that. */
async function pass(days) {
    await house.psql(`UPDATE identity.bearer SET expires_at = expires_at + interval '${Math.ceil(days)} days'`);
    now += days;
    clock.shift(now * 86_400);
}

before(async () => {
    clock = new Clock();
    clock.shift(0);
    house = await openHouse();
    await house.unlimit();
    const desk = await moderator(house);
    const made = {};
    for (const [word, kind] of [['bureau', 'partner'], ['spaarpot', 'partner'], ['geldboom', 'partner'], ['leerhuis', 'partner'], ['muntplein', 'partner'], ['raadhuis', 'municipality'],
        ['zonnehof', 'team'], ['rietpol', 'team'], ['appelgaard', 'enterprise']]) {
        made[word] = Object.assign(await founder(house, word, kind), { word, name: `${word} (fictief)` });
    }
    await admit(house, desk, ...Object.values(made));
    const { bureau: office, spaarpot, geldboom, leerhuis, muntplein, raadhuis, zonnehof, rietpol, appelgaard } = made;
    const partners = [spaarpot, geldboom, leerhuis, muntplein];
    programme = await thing(office.post('/programmes', { name: 'Twente vooruit', region: 'Twente', fictional: true }));
    for (const partner of partners) {
        await seat(office, programme, partner);
        await seat(office, programme, partner, { role: 'financier' });
    }
    await seat(office, programme, leerhuis, { role: 'mentor' });
    must(await office.post('/appointments', { handler_id: raadhuis.org }));
    const mentor = must(await leerhuis.post('/mentors', { programme_id: programme.id, name: 'Een mentor', role: 'mentor', skills: 'geld', municipality: 'GM0153', hours: 400 })).body;
    // The same address, that nobody confirmed.
    must(await spaarpot.post('/account/addresses', { email: 'beide@tussenons.example' }));
    must(await appelgaard.post('/account/addresses', { email: 'beide@tussenons.example' }));
    cast = { office, partners, jury: partners, handler: raadhuis, coach: leerhuis, mentor: mentor.id, applicants: [zonnehof, rietpol, appelgaard],
        tied: { applicant: appelgaard.org, partner: spaarpot.org } };
    world.tied = cast.tied;
    world.house = house;
    world.rows = async (sql) => JSON.parse(await house.psql(`SELECT coalesce (json_agg (r), '[]') FROM (${sql}) r`));
    world.tables = JSON.parse(await run(path.join(build, 'meerwaarde'), ['print', 'processes'])).filter(({ noun }) => nouns.test(noun));
});
after(() => house?.stop().finally(() => clock.end()));

const live = () => rounds.filter(({ over }) => !over);
/** What each round that goes on does, all at once. */
const all = (what, ...args) => Promise.all(live().map((one) => one[what](...args)));
const settled = (what, ...states) => until(async () => (await Promise.all(live().map((one) => one.inState(...states)))).flat().length === 0, 30_000, what);

/** A few rounds from their rules to their end. */
async function live_through() {
    await all('open');
    await pass(1.5);
    await until(async () => (await all('state')).every((state) => state === 'open'), 30_000, 'the clock opens them');
    await all('apply');
    await pass(16);
    await until(async () => (await all('state')).every((state) => state === 'screening'), 30_000, 'the clock closes them');
    await all('late');
    await all('screen');
    await pass(8);
    await settled('who does not answer is not eligible', 'more_info');
    await all('object');
    await pass(15);
    await settled('who does not object is not eligible', 'ineligible');
    await all('present');
    await all('form');
    await all('judge');
    await all('choose');
    await all('appeal');
    await all('places');
    await all('promoted');
    if (live()[0]?.happens(0.5)) {      // half of the time the clock takes places back
        const before_ = (await Promise.all(live().map((one) => one.inState('selected')))).flat();
        await pass(9);
        await until(async () => (await Promise.all(before_.map(async (plan) => await live()[0].stateOf(plan) !== 'selected'))).every(Boolean), 30_000, 'places lapse');
        await all('promoted');
    }
    await all('train');
    await all('sit');
    await pass(100);
    await settled('the months of talks are over', 'interest', 'part_financed', 'waitlisted');
    await all('conclude');
}

async function holds(t) {
    await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'), 10_000, 'all is in the log');
    const lines = (await house.ctl('events', 'tail', '--once', '--json', '--audience=all', '--after=0')).trim().split('\n');
    world.log = lines.map((line) => JSON.parse(line));
    for (const [name, law] of Object.entries(laws)) {
        await t.test(name, async () => {
            const broken = await law(world);
            assert.deepEqual(broken.slice(0, 5), [], `${broken.length} cases`);
        });
    }
}

test(`${count} random rounds (SEED=${seed})`, async (t) => {
    console.log(`# SEED=${seed} ROUNDS=${count}`);
    for (let first = 1; first <= count; first += together) {
        const from = rounds.length;
        for (let number = first; number < first + together && number <= count; number++) {
            rounds.push(new RoundWalk({ house, cast, clock: { at }, programme, number, seed }));
        }
        await t.test(`rounds from ${first} on`, async () => {
            await live_through();
            assert.deepEqual(rounds.slice(from).flatMap(({ faults }) => faults), []);
        });
    }
    const taken = new Map();
    for (const [what, n] of rounds.flatMap((one) => [...one.taken])) {
        taken.set(what, (taken.get(what) ?? 0) + n);
    }
    console.log([...taken].sort().map(([what, n]) => `# ${what}: ${n}`).join('\n'));
});

test('every law holds', holds);
