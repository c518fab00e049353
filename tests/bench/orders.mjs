// orders.mjs - placing orders over HTTP, beside pgbench running the statements that placing takes.
// Both write to a PostgreSQL of their own that waits for its disk, and each order needs its own
// awarded quote, so those are there before it starts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { newCluster, query, socketsOf } from '../lib/cluster.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { quotes } from '../lib/quotes.mjs';
import { byTurns } from './measure.mjs';
import { wrk } from './wrk.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
// As a service sets up its own connections.
const session = '-c search_path=pipeline -c plan_cache_mode=force_generic_plan';
const connections = 16;
const rounds = 7;
const seconds = 3;
const perRound = 10_000;         // quotes; more than can be ordered in a round
const paceMs = 4;                // between two drains of the relay, as in relay.c

const statement = (file) => readFileSync(path.join(checkout, file), 'utf8');
const common = (name) => statement(`common/sql/${name}.sql`);
const order = (name) => statement(`services/pipeline/deal/sql/${name}.sql`);

/* What one placement runs, in the round trips in which a worker runs it. */
const roundTrips = () => [
    ['BEGIN', common('call_enter_once'), order('order_place'), order('order_get')],
    [common('call_event'), common('call_answered'), 'COMMIT'],
];

/**
 * The same for pgbench. Values that differ from order to order follow from its number; all others
 * are variables, with what they were for an order that was placed: so the rows are as large as
 * ours.
 */
function script(pipelined) {
    const text = (prefix) => `('${prefix}' || lpad (:n::text, 12, '0'))`;
    const made = {
        quote_id: text('00000000-0000-7000-8000-'), call_id: text('00000000-0000-7000-9000-'),
        call_target: text('00000000-0000-7000-9000-'),
        call_targets: `ARRAY [${text('00000000-0000-7000-9000-')}]`, call_key: text('order-'),
        event_id: `${text('00000000-0000-7000-b000-')}::uuid`,
        event_subject: text('order/00000000-0000-7000-9000-'), reference: 'NULL',
    };
    const bound = (sql) => sql.replace(/--.*$/gm, '').trim()
        .replace(/(?<!:):([a-z_]+)/g, (variable, name) => made[name] ?? variable);
    const trips = roundTrips().map((trip) => trip.map((sql) => `${bound(sql)};`).join('\n'));
    const body = pipelined
        ? trips.map((trip) => `\\startpipeline\n${trip}\n\\endpipeline`) : trips;
    const share = Math.floor(perRound / connections);
    return ['\\set i :i + 1', `\\set n :first + :client_id * ${share} + :i`, ...body].join('\n');
}

/** What the runtime gave the statements of an order that was placed. */
async function valuesOf(house, { buyer, account }) {
    const row = async (sql) =>
        JSON.parse(await house.psql(`SELECT row_to_json (x) FROM (${sql}) x`));
    return {
        call_org: buyer, call_account: account, call_caller: buyer, call_roles: 1,
        call_operation: 'order_place', call_now: new Date().toISOString(), event_ver: 1,
        ...await row(`SELECT encode (body_hash, 'hex') AS call_body_hash, reply AS call_reply,
            body AS call_body FROM pipeline.idempotency WHERE operation = 'order_place' LIMIT 1`),
        ...await row(`SELECT type AS event_type, occurred AS event_time, body AS event_body,
            (SELECT array_agg (name)::text FROM stream.audience a WHERE a.seq = l.seq)
                AS event_audiences,
            (SELECT array_agg (view)::text FROM stream.audience a WHERE a.seq = l.seq)
                AS event_views
            FROM stream.log l WHERE type LIKE '%.order_placed.%' ORDER BY seq DESC LIMIT 1`),
    };
}

/** The relay numbered everything, and whoever follows the stream read it. */
async function quiet(house) {
    await until(async () => await house.psql(`
        SELECT NOT EXISTS (SELECT FROM stream.outbox) AND h.seq <= least (
            (SELECT seq FROM pipeline.position), (SELECT seq FROM reporting.position))
        FROM stream.head h`) === 't', 120_000, 'the stream is read to its end');
}

export async function orders() {
    const house = await openHouse({ demo: true, durable: true });
    const away = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
    const directory = path.join(away, 'db');
    let cluster;
    try {
        await house.unlimit();
        const buyer = await house.as('karin@enschede.example');
        const { me, csrf_token: csrf } = buyer.session;
        const supplier = await house.psql(`SELECT id FROM pipeline.known_organisation
            WHERE kind = 'enterprise' AND state = 'admitted' LIMIT 1`);
        const world = {
            buyer: me.organisation_id, account: me.account_id, supplier,
            count: perRound * (3 * rounds + 1) + 1,
        };
        await run('chmod', ['0711', away]);
        cluster = await newCluster(directory, { durable: true });
        await house.psql(quotes(world));
        await query(directory, quotes(world));
        must(await buyer.post('/orders', { quote_id: '00000000-0000-7000-8000-000000000000' }));
        await quiet(house);
        const values = Object.entries(await valuesOf(house, world))
            .flatMap(([name, value]) => ['-D', `${name}=${value}`]);
        const files = {};
        for (const pipelined of [true, false]) {
            files[pipelined] = path.join(away, `${pipelined ? 'pipelined' : 'plain'}.pgbench`);
            writeFileSync(files[pipelined], script(pipelined));
        }

        const drain = path.join(away, 'drain.pgbench');
        const term = await query(directory, 'SELECT stream.lead ()', 'mw_relay');
        writeFileSync(drain, `SELECT stream.drain (${term}, 1000);\n\\sleep ${paceMs} ms\n`);

        let ourNext = 1;
        const ours = async () => {
            const done = await wrk(`${house.url}/v1/orders`, {
                connections, seconds, script: path.join(here, 'orders.lua'),
                args: [String(ourNext), buyer.cookie, csrf],
            });
            ourNext += perRound;
            await quiet(house);
            return { rate: done.requests / done.seconds };
        };
        let theirNext = 1;
        const pgbench = (user, args) => run('pgbench', ['-n', '-M', 'prepared',
            '-T', String(seconds), ...args, '-h', socketsOf(directory), '-U', user, 'meerwaarde'],
            { env: { PGOPTIONS: session } });
        const theirs = async ({ pipelined = false, relay = false }) => {
            const place = pgbench('mw_pipeline', ['-c', String(connections),
                '-f', files[pipelined], '-D', `first=${theirNext}`, '-D', 'i=-1', ...values]);
            const [out] = await Promise.all(relay
                ? [place, pgbench('mw_relay', ['-c', '1', '-f', drain])] : [place]);
            theirNext += perRound;
            return { rate: Number(/^tps = ([\d.]+)/m.exec(out)[1]) };
        };
        await ours();
        await theirs({ pipelined: true, relay: true });
        // Now that the tables have their size: no plan is left from when they were empty.
        await house.psql('ANALYZE');
        await query(directory, 'ANALYZE');
        const beside = async (what, peer, target) => {
            const { rate } = await byTurns(rounds, ours, () => theirs(peer));
            return { what, digits: 0, ...rate,
                ...target && { target: `≥ ${target}`, met: rate.ratio.median >= target } };
        };
        return [
            await beside(`order placement, ${connections} connections: orders/s, beside pgbench`
                + ' with the same statements and those of the relay', { relay: true }, 0.7),
            await beside('the same, the placement in our two round trips',
                { relay: true, pipelined: true }),
            await beside('the same, a round trip a statement, without the relay', {}),
        ];
    } finally {
        await house.stop();
        await cluster?.end('SIGINT');
        rmSync(away, { recursive: true, force: true });
    }
}
