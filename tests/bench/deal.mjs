// deal.mjs - whole deals over HTTP, beside pgbench running the statements that such a deal takes: placed, confirmed, announced,
// delivered, accepted, invoiced, sent, approved, paid, confirmed: ten transactions. The statements are those that PostgreSQL
// logged of one deal. Each deal needs an awarded quote of its own, so those are there before it starts.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { newCluster, query, socketsOf } from '../lib/cluster.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { run } from '../lib/processes.mjs';
import { quotes } from '../lib/quotes.mjs';
import { enter } from '../system/deal-cast.mjs';
import { script, writes } from './captured.mjs';
import { byTurns } from './measure.mjs';
import { wrk } from './wrk.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
// As a service sets up its own connections.
const session = '-c search_path=pipeline -c plan_cache_mode=force_generic_plan';
const transactions = 10;
const rounds = 7;
const seconds = 4;
const perRound = 4000;           // quotes; more than can be ordered in a round
const paceMs = 4;                // between two drains of the relay, as in relay.c
const line = { description: 'Snoeien', unit: 'uur', quantity: 10, unit_price_cents: 1333, vat: 'high' };
const quoteOf = (n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const warmUps = 20;              // deals before the one that is logged

/** The relay numbered everything, and whoever follows the stream read it. */
async function quiet(house) {
    await until(async () => await house.psql(`
        SELECT NOT EXISTS (SELECT FROM stream.outbox) AND h.seq <= least (
            (SELECT seq FROM pipeline.position), (SELECT seq FROM reporting.position))
        FROM stream.head h`) === 't', 120_000, 'the stream is read to its end');
}

/** One deal, for the log; answers the id of its line, which is the database's. */
async function sample({ buyer, finance, green }, quote) {
    const thing = async (answer) => must(await answer).body;
    const order = await thing(buyer.post('/orders', { quote_id: quote }));
    const [{ id }] = (await thing(green.command('/orders', order, 'confirm'))).lines;
    const lines = [{ order_line_id: id, quantity: 10 }];
    const delivery = await thing(green.post('/deliveries', { order_id: order.id, lines }));
    const came = await thing(green.command('/deliveries', delivery, 'deliver'));
    await thing(buyer.command('/deliveries', came, 'accept', { lines: [{ order_line_id: id, accepted: 10 }] }));
    const invoice = await thing(green.post('/invoices', { order_id: order.id, number: `F-${order.id}`, lines }));
    const issued = await thing(green.command('/invoices', invoice, 'issue'));
    await thing(finance.command('/invoices', issued, 'approve'));
    const payment = await thing(finance.post('/payments',
        { invoice_id: invoice.id, amount_cents: issued.gross_cents, bank_reference: `Betaling ${order.id}` }));
    await thing(green.command('/payments', payment, 'confirm'));
    return id;
}

/** The writes of one deal, as the database saw them. */
async function capture(house, cast) {
    const log = path.join(house.directory, 'db', 'postgresql.log');
    const logging = (what) => house.psql(`ALTER SYSTEM SET log_statement = '${what}'`).then(() => house.psql('SELECT pg_reload_conf ()'));
    await logging('all');
    await until(async () => await house.psql('SHOW log_statement', 'mw_pipeline') === 'all', 10_000, 'statements are logged');
    // Every connection hears of it with its next statement.
    for (let n = 0; n < warmUps; n++) {
        await sample(cast, quoteOf(n));
    }
    const from = statSync(log).size;
    const lineId = await sample(cast, quoteOf(warmUps));
    await logging('none');
    const found = writes(log, from, 'mw_pipeline');
    if (found.length !== transactions) {
        throw new Error(`a deal is ${found.length} transactions, not ${transactions}`);
    }
    return { found, lineId };
}

/** A house with so many quotes to order, and its people. */
async function openMarket(count, more = async () => {}) {
    const house = await openHouse({ durable: true });
    await house.unlimit();
    const cast = await enter(house);
    await house.psql(quotes({ buyer: cast.buyer.org, supplier: cast.green.org, count, lines: [line] }));
    await more(house);
    await quiet(house);
    let next = warmUps + 1;
    const deals = async (clients) => {
        const people = [cast.buyer, cast.green, cast.finance].flatMap((one) => [one.cookie, one.session.csrf_token]);
        const done = await wrk(house.url, { connections: clients, threads: clients, seconds, script: path.join(here, 'deal.lua'),
            args: [String(next), String(Math.floor(perRound / clients)), ...people] });
        next += perRound;
        await quiet(house);
        return { rate: done.requests / done.seconds, p50: done.p50, p99: done.p99 };
    };
    return { house, cast, deals };
}

/** The same statements for pgbench, on a cluster of its own. */
async function openPeer(away, market, { found, lineId }, count) {
    const directory = path.join(away, 'db');
    const cluster = await newCluster(directory, { durable: true });
    const { buyer, green, finance } = market.cast;
    await query(directory, quotes({ buyer: buyer.org, supplier: green.org, count, lines: [line] }));
    // What the statements read of both parties.
    const known = await market.house.psql(`SELECT json_agg (o) FROM pipeline.known_organisation o`);
    await query(directory, `TRUNCATE pipeline.known_organisation; INSERT INTO pipeline.known_organisation
        SELECT * FROM json_populate_recordset (NULL::pipeline.known_organisation, '${known.replaceAll("'", "''")}')`);
    const constant = new Set([buyer, green, finance].flatMap((one) => [one.org, one.account]));
    const fresh = "(md5 (:n::text || '-line')::uuid::text)";
    const given = { [quoteOf(warmUps)]: "('00000000-0000-7000-8000-' || lpad (:n::text, 12, '0'))", [lineId]: fresh };
    const drain = path.join(away, 'drain.pgbench');
    const term = await query(directory, 'SELECT stream.lead ()', 'mw_relay');
    writeFileSync(drain, `SELECT stream.drain (${term}, 1000);\n\\sleep ${paceMs} ms\n`);
    const pgbench = (user, args) => run('pgbench', ['-n', '-M', 'prepared', '-T', String(seconds), ...args,
        '-h', socketsOf(directory), '-U', user, 'meerwaarde'], { env: { PGOPTIONS: session } });
    let next = warmUps + 1;
    const deals = async (clients, pipelined) => {
        const { text, variables } = script(found, { constant, given, fresh, pipelined, share: Math.floor(perRound / clients) });
        const file = path.join(away, `deal-${clients}-${pipelined}.pgbench`);
        writeFileSync(file, text);
        const values = [...variables].flatMap(([name, value]) => ['-D', `${name}=${value}`]);
        const [out] = await Promise.all([
            pgbench('mw_pipeline', ['-c', String(clients), '-f', file, '-D', `first=${next}`, '-D', 'i=-1', ...values]),
            pgbench('mw_relay', ['-c', '1', '-f', drain])]);
        next += perRound;
        return { rate: transactions * Number(/^tps = ([\d.]+)/m.exec(out)[1]) };
    };
    return { cluster, directory, deals };
}

/** A million orders of others, each with its line, need and quote. */
const aMillion = (house) => house.psql(`
    INSERT INTO pipeline.purchase_order (id, quote_id, need_id, need_title, buyer_id, supplier_id, municipality, fictional, state, created_at)
    SELECT ('00000000-0000-7001-9000-' || lpad (n::text, 12, '0'))::uuid, ('00000000-0000-7001-8000-' || lpad (n::text, 12, '0'))::uuid,
           ('00000000-0000-7001-a000-' || lpad (n::text, 12, '0'))::uuid, 'Onderhoud van de binnentuin',
           ('00000000-0000-7001-b000-' || lpad ((n % 500)::text, 12, '0'))::uuid,
           ('00000000-0000-7001-c000-' || lpad ((n % 2000)::text, 12, '0'))::uuid, 'GM0153', true, 'confirmed', now ()
      FROM generate_series (1, 1000000) n;
    INSERT INTO pipeline.order_line (id, order_id, no, buyer_id, supplier_id, description, unit, unit_price_cents, vat, ordered)
    SELECT ('00000000-0000-7001-d000-' || lpad (n::text, 12, '0'))::uuid, ('00000000-0000-7001-9000-' || lpad (n::text, 12, '0'))::uuid, 1,
           ('00000000-0000-7001-b000-' || lpad ((n % 500)::text, 12, '0'))::uuid,
           ('00000000-0000-7001-c000-' || lpad ((n % 2000)::text, 12, '0'))::uuid, 'Snoeien', 'uur', 1333, 'high', 10
      FROM generate_series (1, 1000000) n`);

/** Quotes and needs of those orders. */
const theirQuotes = (house) => house.psql(`
    INSERT INTO pipeline.need (id, buyer_id, title, description, kind, sector, cpv, municipality, quote_deadline, fictional,
        published_at, state, created_at)
    SELECT ('00000000-0000-7001-a000-' || lpad (n::text, 12, '0'))::uuid, ('00000000-0000-7001-b000-' || lpad ((n % 500)::text, 12, '0'))::uuid,
           'Onderhoud van de binnentuin', 'Wekelijks onderhoud van de binnentuin, van maart tot en met oktober.', 'service', 'green',
           '{77310000-6}', 'GM0153', now (), true, now (), 'awarded', now ()
      FROM generate_series (1, 1000000) n;
    INSERT INTO pipeline.quote (id, need_id, supplier_id, buyer_id, lines, total_cents, submitted_at, state, created_at)
    SELECT ('00000000-0000-7001-8000-' || lpad (n::text, 12, '0'))::uuid, ('00000000-0000-7001-a000-' || lpad (n::text, 12, '0'))::uuid,
           ('00000000-0000-7001-c000-' || lpad ((n % 2000)::text, 12, '0'))::uuid, ('00000000-0000-7001-b000-' || lpad ((n % 500)::text, 12, '0'))::uuid,
           '${JSON.stringify([line])}', 13330, now (), 'selected', now ()
      FROM generate_series (1, 1000000) n`);

export async function deal() {
    const away = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
    const count = perRound * (6 * rounds + 8);
    const markets = [];
    let peer;
    try {
        await run('chmod', ['0711', away]);
        const market = await openMarket(count);
        markets.push(market);
        peer = await openPeer(away, market, await capture(market.house, market.cast), count);
        const rows = [];
        await market.deals(8);
        await peer.deals(8, false);
        // Now that the tables have their size: no plan is left from when they were empty.
        await market.house.psql('ANALYZE');
        await query(peer.directory, 'ANALYZE');
        for (const clients of [8, 32]) {
            const { rate } = await byTurns(rounds, () => market.deals(clients), () => peer.deals(clients, false));
            rows.push({ what: `deals of ten transactions, ${clients} clients: transactions/s, beside pgbench with the same statements`
                + ' and those of the relay', digits: 0, ...rate, target: '≥ 0.6', met: rate.ratio.median >= 0.6 });
        }
        const pipelined = await byTurns(rounds, () => market.deals(8), () => peer.deals(8, true));
        rows.push({ what: 'the same, 8 clients, pgbench with a round trip a transaction', digits: 0, ...pipelined.rate });

        // Two houses of the same age: what this buyer ordered before is the same in both.
        const young = async (more) => {
            const one = await openMarket(perRound * (2 * rounds + 3), more);
            markets.push(one);
            await one.deals(8);
            await one.house.psql('ANALYZE');
            return one;
        };
        const bare = await young();
        const full = await young(async (house) => {
            await theirQuotes(house);
            await aMillion(house);
        });
        const beside = await byTurns(rounds, () => full.deals(8), () => bare.deals(8));
        rows.push({ what: 'a request of a deal with 1M other orders in the database, beside none: ms, p50', digits: 2, ...beside.p50,
            target: '< 1.2', met: beside.p50.ratio.median < 1.2 },
        { what: 'the same, p99', digits: 2, ...beside.p99 });
        return rows;
    } finally {
        for (const { house } of markets) {
            await house.stop();
        }
        await peer?.cluster.end('SIGINT');
        rmSync(away, { recursive: true, force: true });
    }
}
