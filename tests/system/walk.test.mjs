// walk.test.mjs - thousands of random steps of random people through the running system; then every law has to hold.
//
//   make test ONLY=walk                the 3,000 steps of one seed, which is printed
//   make test ONLY=walk SEED=7 STEPS=20000
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { contractOf } from '../lib/contract.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { Walk } from '../lib/walk.mjs';
import { admit, colleague, founder, moderator } from './people.mjs';
import { chief, lines, staff } from './deal-cast.mjs';
import { escrowCode, give, handIn, sealedNeed } from './seal-cast.mjs';
import { laws } from './walk-laws.mjs';
import { moves } from './walk-moves.mjs';

const steps = Number(process.env.STEPS ?? 3000);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const nouns = /^(offer|need|invitation|quote|order|cancellation|goods_return|delivery|invoice|credit_note|payment|refund|opener|agreement|change_order|dispute|impact_claim|award|complaint)$/;
// Where a deal goes on, more often; what leads nowhere else, less often.
const weights = { offer: 0.2, need: 4, invitation: 0.5, quote: 4, opener: 2, order: 4, delivery: 4, invoice: 3, payment: 2, agreement: 2,
    award: 4, complaint: 2, dispute: 2 };
let house, walk, world;

const address = { street: 'Proefstraat', house_number: '1', postcode: '7511 AA', city: 'Enschede' };

/** Two buyers with some people each, three suppliers, and whoever keeps the escrow; all may be asked and answered by all. */
async function cast() {
    const desk = await moderator(house);
    const actors = [], suppliers = [];
    const add = (client, ...roles) => actors.push(Object.assign(client, { roles }));
    const handler = await founder(house, 'klachten', 'partner');
    await admit(house, desk, handler);
    await escrowCode(handler);
    add(handler, 'ADMIN', 'HANDLER');
    for (const [name, kind, kvk_number] of [['stad', 'municipality', '23456789'], ['bedrijf', 'company', '12345678']]) {
        const buyer = await founder(house, name, kind, { ...address, kvk_number });
        await admit(house, desk, buyer);
        must(await buyer.post('/appointments', { handler_id: handler.org }));
        // Deadlines are seconds away here.
        await (kind === 'municipality' ? staff : chief)(house, buyer, `${name}-beslist`, { min_days_invited: 0, min_days_open: 0 });
        add(buyer, 'ADMIN', 'BUYER', 'APPROVER', 'FINANCE');
        add(buyer.chief, 'APPROVER');
        add(buyer.chief, 'APPROVER');   // twice, as much waits for them
        add(await colleague(house, buyer, `${name}-inkoop`, 'BUYER'), 'BUYER');
        add(await colleague(house, buyer, `${name}-geld`, 'FINANCE'), 'FINANCE');
    }
    for (const name of ['groen', 'rood', 'blauw']) {
        const supplier = await founder(house, name, 'enterprise',
            { ...address, iban: 'NL91ABNA0417164300', kvk_number: String(20_000_000 + suppliers.length) });
        await admit(house, desk, supplier);
        add(supplier, 'ADMIN', 'SUPPLIER');
        suppliers.push(supplier.org);
    }
    return { actors, suppliers };
}

/** Sealed needs whose quotes two people opened in time: a long way to go for who walks by chance. Answers how many it became. */
async function weighed(count, buyer, suppliers) {
    const one = async () => {
        const need = await sealedNeed(buyer, { quote_deadline: new Date(Date.now() + 8000).toISOString() });
        const quotes = await Promise.all(suppliers.map((supplier) => handIn(supplier, need, { lines })));
        await until(async () => (await buyer.get(`/needs/${need.id}`)).body.state === 'sealed_closed', 30_000, 'the deadline came');
        for (const each of need.openers) {
            must(await give(each));
        }
        for (const { id } of quotes) {
            const { body } = await buyer.get(`/quotes/${id}`);
            must(await buyer.command('/quotes', body, 'admit'));
            walk.known('quote', body);
        }
        walk.known('need', need);
    };
    const all = await Promise.allSettled(Array.from({ length: count }, one));
    return all.filter(({ status }) => status === 'fulfilled').length;
}

/** Some standstills are over before their time: the owner of the tables moves their end, and the clock does the rest. */
const haste = () => house.psql(`
    UPDATE pipeline.award SET standstill_until = now () WHERE state = 'standstill' AND random () < 0.15;
    UPDATE pipeline.timer t SET due_at = now (), try_at = now () FROM pipeline.award a
     WHERE t.thing_id = a.id AND a.state = 'standstill' AND a.standstill_until <= now ()`);

const rows = async (sql) => JSON.parse(await house.psql(`SELECT coalesce (json_agg (r), '[]') FROM (${sql}) r`));

/** Rows after changes that are taken back at once. */
async function change(statements, sql) {
    const answer = await house.psql(['BEGIN', ...statements, `SELECT coalesce (json_agg (r), '[]') FROM (${sql}) r`, 'ROLLBACK'].join(';\n'));
    return JSON.parse(answer.slice(answer.indexOf('[')));
}

before(async () => {
    house = await openHouse();
    await house.unlimit();
    const tables = JSON.parse(await run(path.join(build, 'meerwaarde'), ['print', 'processes'])).filter(({ noun }) => nouns.test(noun));
    const { actors, suppliers } = await cast();
    const { document } = await contractOf(house.url);
    walk = Object.assign(new Walk({ document, tables, actors, moves, seed, weights }), { suppliers });
    world = { tables, rows, change };
});
after(() => house?.stop());

test(`${steps} random steps (SEED=${seed})`, async () => {
    console.log(`SEED=${seed}`);
    const [buyer] = walk.actors.filter((one) => one.chief);
    console.log(`# ${await weighed(6, buyer, walk.actors.filter(({ roles }) => roles.includes('SUPPLIER')))} needs are weighed from the start`);
    const clock = setInterval(() => haste().catch(() => {}), 3000);
    await walk.run(steps).finally(() => clearInterval(clock));
    const count = (status) => [...walk.taken].filter(([what]) => what.endsWith(` ${status}`)).reduce((sum, [, n]) => sum + n, 0);
    console.log([...walk.taken].sort().map(([what, n]) => `${what}: ${n}`).join('\n'));
    assert.ok(count(200) + count(201) > steps / 5, 'many of them did something');
    for (const step of ['need_award', 'order_confirm', 'delivery_accept', 'invoice_approve', 'payment_confirm', 'credit_note_issue', 'opener_confirm',
        'agreement_sign', 'impact_claim_verify', 'payment_reverse']) {
        assert.ok(walk.taken.get(`${step} 200`) > 0, `${step} happened`);
    }
});

test('every law holds', async (t) => {
    await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'), 10_000, 'all is in the log');
    const lines = (await house.ctl('events', 'tail', '--once', '--json', '--audience=all', '--after=0')).trim().split('\n');
    world.log = lines.map((line) => JSON.parse(line));
    assert.ok(world.log.length > walk.steps / 5, `the log has ${world.log.length} events`);
    for (const [name, law] of Object.entries(laws)) {
        await t.test(name, async () => {
            const broken = await law(world);
            assert.deepEqual(broken.slice(0, 5), [], `${broken.length} cases`);
        });
    }
});
