// isolation.test.mjs - row-level security: which tables have it, and that each policy is needed.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { makeWorld, options } from './isolation-world.mjs';

const probe = readFileSync(new URL('isolation-probe.sql', import.meta.url), 'utf8');
const handlerBit = 8192, moderatorBit = 512, operatorBit = 1024, systemBit = 4096;

let house, world, outsiders, truth;

before(async () => {
    house = await openHouse(options);
    world = await makeWorld(house);
    outsiders = world.outsiders.map((client, at) => [`outsider_${at}`, client]);
    const as = (name, { account = '', org = '' }, roles = 0) =>
        `('${name}', '${org}', '${account}', ${roles})`;
    const { newcomer } = world;
    const viewers = [
        as('nobody', {}), as('desk', world.desk, moderatorBit), as('operator', {}, operatorBit), as('system', {}, systemBit), as('clock', { org: world.bank.org }, systemBit), as('handler', { org: world.office.org }, handlerBit),
        ...['buyer', 'green', 'office', 'bank', 'council', 'newcomer', 'colleague', 'appellant']
            .map((name) => as(name, world[name])),
        // Who registered something, but does not act for it yet.
        as('registrant', { account: newcomer.account }),
        ...outsiders.map(([name, client]) => as(name, client)),
    ];
    await house.psql(`${probe}; INSERT INTO probe.viewer VALUES ${viewers.join(', ')}`);
    truth = await verdict();
});
after(() => house?.stop());

/** What everybody sees and may do, after a change of the rules that is taken back at once. */
const verdict = (change = '', about = '') =>
    house.psql(`BEGIN; ${change}; SELECT * FROM probe.verdict (${about}); ROLLBACK`);

const rows = async (sql) =>
    JSON.parse(await house.psql(`SELECT coalesce (json_agg (r), '[]') FROM (${sql}) r`));

/** The verdict's lines about a viewer: { 'catalog.offer': '2' }, for sees, changes or adds. */
const of = (viewer, what, lines = truth) => Object.fromEntries(lines.split('\n')
    .map((line) => line.split(' '))
    .filter(([name, , did]) => name === viewer && did === what)
    .map(([, table, , count]) => [table, count]));

// Tables of the services that hold nothing of one organisation, and why.
const shared = {
    'catalog.cpv_code': 'an official list',
    'catalog.cpv_synonym': 'words of everybody',
    'catalog.cpv_told': 'how often a list was told of',
    'catalog.network': 'what a network was called',
    'catalog.criterion': 'what is asked of everybody, published',
    'catalog.low_risk': 'which fields of an offer change freely, for everybody',
    'catalog.review_rule': 'how many reviews have an average, for everybody',
    'catalog.term': 'how long something may take, for everybody',
    'catalog.kvk_register': 'a public register',
    'pipeline.known_organisation': 'names, admission and addresses, which are public, and accounts, which stand on invoices',
    'pipeline.standstill_term': 'the law, and custom',
    'pipeline.vat_percentage': 'the law',
    'pipeline.threshold': 'the law',
    'pipeline.known_offer': 'offers that were on the market',
    'pipeline.social_service': 'the law',
    'pipeline.usual_policy': 'what holds for whoever adopted nothing',
    'pipeline.term': 'terms of the platform, which are public',
    'pipeline.change_cap': 'the law',
    'pipeline.follow_up_term': 'terms of the platform, which are public',
    'pipeline.holiday': 'an official list',
    // Only the runtime asks these, and never with what a caller says.
    'catalog.idempotency': 'always asked by who calls',
    'matching.idempotency': 'always asked by who calls',
    'matching.position': 'where the service is in the stream',
    'matching.seal': 'of the links in mails; no statement gives it out',
    'pipeline.idempotency': 'always asked by who calls',
    'blob.clean': 'no service has any right to it',
    'blob.reference': 'no service has any right to it',
    'catalog.position': 'where the service is in the stream',
    'catalog.timer': 'of the runtime; what is due, and when',
    'matching.timer': 'of the runtime; what is due, and when',
    'pipeline.pulse': 'of the runtime; that it is there',
    'pipeline.tie': 'hashes that no service has any right to read',
    'pipeline.initiative_person': 'no service has any right to read it',
    'pipeline.known_addresses': 'how often somebody changed their addresses',
    'pipeline.outage': 'when the platform was away',
    'pipeline.outage_rule': 'a rule of the platform, which is public',
    'pipeline.timer': 'of the runtime; what is due, and when',
    'pipeline.position': 'where the service is in the stream',
};

test('every table of an organisation has row-level security, for its owner too', async () => {
    const tables = await rows(`
        SELECT format ('%s.%s', c.relnamespace::regnamespace, c.relname) AS name,
               c.relrowsecurity AND c.relforcerowsecurity AS forced,
               (SELECT count (*) FROM pg_policy WHERE polrelid = c.oid) AS policies,
               c.relowner::regrole::text AS owner
          FROM pg_class c
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text
               IN ('blob', 'catalog', 'matching', 'pipeline')`);
    const open = tables.filter(({ forced, policies }) => !forced || policies === 0);
    assert.deepEqual(open.map(({ name }) => name).sort(), Object.keys(shared).sort());
    assert.ok(tables.length - open.length >= 18, 'there are tables with policies');
    assert.deepEqual(tables.filter(({ owner }) => owner !== 'mw_owner'), []);
});

test('nothing goes around the policies', async () => {
    const views = await rows(`
        SELECT oid::regclass::text AS name FROM pg_class
         WHERE relkind IN ('v', 'm') AND relnamespace::regnamespace::text IN ('catalog', 'matching', 'pipeline')
           AND NOT coalesce ('security_invoker=true' = ANY (reloptions), false)`);
    assert.deepEqual(views, []);
    const functions = await rows(`
        SELECT oid::regproc::text AS name FROM pg_proc
         WHERE prosecdef AND pronamespace::regnamespace::text IN ('app', 'blob', 'catalog', 'matching', 'pipeline') ORDER BY 1`);
    // Those of files ask the policies of what embeds them, or say what the platform has to copy; `dossier_documents` tells of a dossier what whoever reads it reads; those of the jury say what bars whom, or what does not; `counted_hash` gives a hash, `was_present` and `outside_team` say something of the caller; `round_count`, `jobs_of`, `meeting_taken` and `mentor_promised` give numbers only, `draft_of` two ids to whose round it is, `erase` what it left, one answers whether an agreement stands, the others nothing.
    assert.deepEqual(functions.map(({ name }) => name), [
        'blob.clean_done', 'blob.clean_next', 'blob.embeds', 'blob.is_shown', 'blob.known', 'blob.sweep', 'pipeline.agreement_fell', 'pipeline.agreement_stands',
        'pipeline.applies_in', 'pipeline.bars', 'pipeline.candidates', 'pipeline.counted_hash', 'pipeline.dossier_copies',
        'pipeline.dossier_documents', 'pipeline.dossier_follow', 'pipeline.dossier_leaves_out', 'pipeline.dossier_number', 'pipeline.draft_of', 'pipeline.erase', 'pipeline.initiative_captioned', 'pipeline.is_barred', 'pipeline.jobs_of', 'pipeline.meeting_taken', 'pipeline.mentor_promised',
        'pipeline.open_dossiers', 'pipeline.ordered_add', 'pipeline.outside_team', 'pipeline.place_came_free', 'pipeline.round_count',
        'pipeline.stock_take', 'pipeline.was_present',
    ]);
    const services = await rows(`
        SELECT rolname FROM pg_roles WHERE rolname ~ '^mw_' AND (rolsuper OR rolbypassrls
            OR (rolname <> 'mw_owner' AND pg_has_role (rolname, 'mw_owner', 'MEMBER')))`);
    assert.deepEqual(services, []);
});

test('a day is one in the Netherlands, in whatever zone the database counts', async () => {
    const found = await rows(`
        SELECT viewname AS name FROM pg_views WHERE schemaname IN ('catalog', 'matching', 'pipeline', 'reporting', 'identity') AND definition ~* 'current_date|now\\(\\)\\)?::date'
        UNION ALL SELECT oid::regproc::text FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('catalog', 'matching', 'pipeline', 'reporting', 'identity')
          AND prokind = 'f' AND pg_get_functiondef (oid) ~* 'current_date|now ?\\(\\)\\)?::date'`);
    assert.deepEqual(found, []);
    const statements = ['catalog', 'matching', 'pipeline', 'reporting'].flatMap((service) => readdirSync(path.join(checkout, 'services', service), { recursive: true })
        .map((file) => path.join(checkout, 'services', service, file)))
        .filter((file) => /\/sql\/\w+\.sql$/.test(file) && /current_date|now::timestamptz::date/i.test(readFileSync(file, 'utf8')));
    assert.deepEqual(statements, []);
});

test('nobody sees what is public, and does nothing', () => {
    const seen = of('nobody', 'sees');
    const open = Object.keys(seen).filter((table) => seen[table] !== '0');
    assert.deepEqual(open.sort(), [
        'blob.chunk', 'blob.file', 'catalog.adoption', 'catalog.appointed', 'catalog.deal_review', 'catalog.offer', 'catalog.organisation', 'catalog.story',
        'pipeline.assessment', 'pipeline.award', 'pipeline.claimed_figure', 'pipeline.draw_secret', 'pipeline.initiative', 'pipeline.need',
        'pipeline.need_question', 'pipeline.programme', 'pipeline.purchase_policy',
        'pipeline.round', 'pipeline.seal', 'pipeline.seat', 'pipeline.sroi_tariff', 'pipeline.stock',
    ]);
    for (const what of ['changes', 'adds']) {
        const done = Object.values(of('nobody', what));
        assert.ok(done.every((count) => count === '0' || count === 'refused'), what);
    }
});

test('an outsider sees no more than nobody does, and itself', () => {
    const seen = of('nobody', 'sees');
    for (const [name] of outsiders) {
        assert.deepEqual(of(name, 'sees'), { ...seen, 'catalog.member': '1' }, name);
    }
});

test('both sides of a deal see it', () => {
    for (const table of ['invitation', 'quote', 'quote_round', 'purchase_order', 'order_line', 'delivery',
        'delivery_line', 'invoice', 'invoice_line', 'credit_note', 'credit_line', 'payment', 'refund', 'dispute', 'impact_claim', 'agreement', 'agreement_line', 'change_order', 'cancellation', 'goods_return']) {
        for (const party of ['buyer', 'green']) {
            assert.notEqual(of(party, 'sees')[`pipeline.${table}`], '0', `${party} ${table}`);
        }
    }
});

/** How many lines of the verdict a change of a table's rules alters. */
async function altered(change, table) {
    const known = new Set(truth.split('\n'));
    const lines = (await verdict(change, `'${table}'`)).split('\n');
    return lines.filter((line) => !known.has(line)).length;
}

/** The changes, as [name, table, SQL], that nobody would notice. */
async function unnoticed(changes) {
    const missed = [];
    for (const [name, table, change] of changes) {
        if (await altered(change, table) === 0) {
            missed.push(name);
        }
    }
    return missed;
}

const policies = () => rows(`
    SELECT format ('%I ON %s', polname, polrelid::regclass) AS name,
           polrelid::regclass::text AS table_,
           pg_get_expr (polqual, polrelid) AS using_, pg_get_expr (polwithcheck, polrelid) AS check_
      FROM pg_policy
     WHERE polroles <> ARRAY ['mw_eraser'::regrole::oid]`); // erasing.test says who that is, and that it needs them

test('the check itself: what changes nothing is named', async () => {
    assert.equal(await verdict(), truth);
    const needless = 'CREATE POLICY twice ON catalog.offer USING (supplier_id = app.org ())';
    assert.deepEqual(await unnoticed([['a needless policy', 'catalog.offer', needless]]),
        ['a needless policy']);
});

test('each policy is needed: without it somebody misses something', async () => {
    const all = await policies();
    assert.ok(all.length > 40);
    assert.deepEqual(await unnoticed(
        all.map(({ name, table_: table }) => [name, table, `DROP POLICY ${name}`])), []);
});

test('each policy is tight: opened wide, somebody gets something', async () => {
    const openable = (await policies()).filter(({ using_: using }) => using !== 'true');
    const opened = ({ name, using_: using, check_: check }) =>
        `ALTER POLICY ${name} ${using ? 'USING (true)' : ''} ${check ? 'WITH CHECK (true)' : ''}`;
    assert.deepEqual(await unnoticed(
        openable.map((policy) => [policy.name, policy.table_, opened(policy)])), []);
});

test('each table needs its row-level security', async () => {
    const tables = await rows('SELECT name::text FROM probe.subject');
    assert.deepEqual(await unnoticed(tables.map(({ name }) =>
        [name, name, `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`])), []);
    assert.equal(await verdict(), truth, 'all is as it was');
});
