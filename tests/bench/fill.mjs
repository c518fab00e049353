// fill.mjs - a worker of matching and a whole market: how long until it knows it, from the stream alone and from where an
// earlier process kept it; what it holds in memory; how many whole rankings it gives in a second of its processor time; and
// how long after its commit a change is found, while 500 others come a second. OFFERS=100000,1000000 chooses the sizes.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { conninfo } from '../lib/cluster.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build, checkout } from '../lib/places.mjs';
import { admit, founder, moderator } from '../system/people.mjs';
import { anonymousBytes, cpuOf, quantile, spread } from './measure.mjs';
import { wrk } from './wrk.mjs';

const run = promisify(execFile);
const sizes = (process.env.OFFERS ?? '100000,1000000').split(',').map(Number);
const enterprises = 20_000;
const needs = 2_000;
const restarts = 5;
const rounds = 5;
const patience = 300;            // seconds
const changesPerSecond = 500;
const probes = 200;
const share = (offers) => (offers >= 1_000_000 ? `${offers / 1_000_000}M` : `${offers / 1000}k`);
const database = (house) => conninfo(path.join(house.directory, 'db'), 'meerwaarde');

/** Somebody who buys, and somebody who sells, as the stream knows them. */
async function people(house) {
    const desk = await moderator(house);
    const buyer = await founder(house, 'koper', 'municipality');
    const seller = await founder(house, 'verkoper', 'enterprise');
    await admit(house, desk, buyer, seller);
    await until(() => house.psql('SELECT NOT EXISTS (SELECT FROM stream.outbox)').then((none) => none === 't'), 10_000, 'all is told');
    return { buyer, seller };
}

/** Puts a generated market behind what is in the log, as if it had been told; answers the number of the last event. */
async function tell(house, offers, buyer, directory) {
    await run(path.join(build, 'matching_generate'), [offers, needs, 1, directory].map(String));
    const head = await house.psql('SELECT seq FROM stream.head');
    const copy = 'COPY stream.log (seq, event_id, type, subject, ver, occurred, recorded, body, hash) FROM STDIN';
    const [market, queries] = ['offers.tsv', 'queries.tsv'].map((name) => path.join(directory, name));
    const { stderr } = await run('bash', ['-o', 'pipefail', '-c', '"$1" "$2" "$3" "$4" "$5" "$6" | psql -Xq -v ON_ERROR_STOP=1 -d "$7" -c "$8"',
        'tell', path.join(build, 'matching_tell'), market, queries, String(enterprises), buyer.org, head, database(house), copy]);
    await house.psql(`UPDATE stream.head SET seq = ${stderr.trim()}`);
    await house.psql('VACUUM ANALYZE stream.log'); // or it comes in the middle of what is measured
    return Number(stderr);
}

/** Seconds from the start of the process to its first answer that is as new as the stream. */
async function startUp(house, seq, ...services) {
    const before = performance.now();
    await house.start(...services);
    const client = house.nobody();
    await until(async () => {
        const { status } = await client.get('/offers/search?q=schoonmaak', { headers: { 'x-min-seq': String(seq) } });
        return status === 200;
    }, patience * 1000, 'matching answers');
    return (performance.now() - before) / 1000;
}

/** Waits until the other services have read the log as far as this, too. */
async function known(house, seq) {
    await until(() => house.psql(`SELECT least (p.seq, r.seq) >= ${seq} FROM pipeline.position p, reporting.position r`)
        .then((there) => there === 't'), patience * 1000, 'the other services know it too');
}

/** Matching gets a processor of its own, so that a second of its time is one of a core; who asks and who passes on share another. */
async function place(house, matching, others) {
    for (const [processors, pid] of [[matching, house.pid('matching')], [others, house.pid('gateway')], [others, process.pid]]) {
        await run('taskset', ['-acp', processors, String(pid)]);
    }
}

/**
 * Whole rankings: over HTTP and ZeroMQ, ten offers with all parts and the sentences for them, and so many of those that a rule
 * kept out, a second of matching's processor time.
 */
async function rankings(house, buyer, excluded) {
    const rates = [];
    for (let round = 0; round < rounds; round++) {
        const before = cpuOf([house.pid('matching')]);
        const { requests } = await wrk(house.url, { connections: 8, seconds: 3, script: path.join(checkout, 'tests/bench/needs.lua'),
            args: [String(needs), buyer.cookie, String(excluded)] });
        rates.push(requests / (cpuOf([house.pid('matching')]) - before));
    }
    return spread(rates);
}

const offerText = (title) => ({
    title, description: 'Een fictief aanbod, dat alleen hier bestaat.', kind: 'service', sector: 'green', cpv: '77310000-6',
    unit: 'uur', vat: 'high', lead_days: 3, national: true, fictional: true,
});

/**
 * Changes of offers all over the market, up to event `last` of the log, straight into the outbox, at a steady rate: to whom they are
 * told and how much they say is as with those of the services. They are not nudged, as if they came by another gateway.
 */
async function change(house, seller, offers, last, directory) {
    const script = path.join(directory, 'change.sql');
    const type = (name) => `convert_to ('nl.meerwaarde.${name}.v1', 'UTF8')`;
    // The event of an offer that was published, as that of one that changed: of 30 bytes, MessagePack counts them in one.
    const changed = `overlay (body PLACING '\\xbe' || ${type('offer_changed')}
        FROM position ('\\xd920'::bytea || ${type('offer_published')} IN body) FOR 34)`;
    // Ids are of version 7, as those of the services: new rows lie together in that index of the log.
    const insert = `INSERT INTO stream.outbox (event_id, type, subject, ver, occurred, body, audiences, views)
        SELECT overlay (gen_random_uuid ()::text PLACING left (hex, 8) || '-' || right (hex, 4) || '-7' FROM 1 FOR 15)::uuid,
            'nl.meerwaarde.offer_changed.v1', subject, us, clock_timestamp (), told,
            ARRAY ['public', 'org/${seller.org}'], ARRAY [told, told]
        FROM (SELECT subject, ${changed} AS told FROM stream.log WHERE seq = :at) l,
            (SELECT (extract (epoch FROM clock_timestamp ()) * 1000000)::bigint AS us) t,
            LATERAL (SELECT lpad (to_hex (us / 1000), 12, '0') AS hex) h;`;
    await writeFile(script, `\\set at random(${last - needs - offers + 1}, ${last - needs})\n${insert.replaceAll(/\n */g, ' ')}\n`);
    const seconds = 600;
    const child = spawn('pgbench', ['-n', '-c2', `-R${changesPerSecond}`, `-T${seconds}`, '-f', script, database(house)], { stdio: 'ignore' });
    return () => child.kill('SIGINT');
}

/** Milliseconds from the answer that says that an offer is published to the one that finds it. */
async function freshness(house, seller, offers, last, directory) {
    const stop = await change(house, seller, offers, last, directory), took = [];
    const finder = house.nobody(), began = performance.now();
    try {
        for (let no = 0; no < probes; no++) {
            const word = `proefstuk${String(no).replaceAll(/\d/g, (digit) => 'abcdefghij'[digit])}x`;
            const { body } = must(await seller.post('/offers', offerText(`Een ${word}`)));
            must(await seller.command('/offers', body, 'publish'));
            const since = performance.now();
            while (must(await finder.get(`/offers/search?q=${word}&limit=1`)).body.items[0]?.offer_id !== body.id) {
                if (performance.now() - since > 10_000) {
                    throw new Error(`${word} is not found`);
                }
                await pause(1); // or asking takes half a core from what is measured
            }
            took.push(performance.now() - since);
        }
    } finally {
        stop();
    }
    const head = Number(await house.psql('SELECT seq FROM stream.head'));
    const rate = (head - last) / (performance.now() - began) * 1000;
    if (rate < changesPerSecond / 2) {
        throw new Error(`only ${rate} changes a second came`);
    }
    await known(house, head);
    return took;
}

async function atSize(offers) {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fill-bench-'));
    const house = await openHouse({ patience, durable: true });
    try {
        await house.unlimit();
        const { buyer, seller } = await people(house);
        await house.end('matching');
        await house.end('gateway');
        const seq = await tell(house, offers, buyer, directory);
        house.args.matching = [`--view=${path.join(house.directory, 'view')}`, '--workers=1'];
        const filled = await startUp(house, seq, 'gateway', 'matching');
        const held = anonymousBytes(house.pid('matching')) / offers;
        const again = [];
        for (let i = 0; i < restarts; i++) {
            await house.end('matching');
            again.push(await startUp(house, seq, 'matching'));
        }
        const resumed = anonymousBytes(house.pid('matching')) / offers;
        await known(house, seq);
        await place(house, '1', '0');
        const [ranked, withExcluded] = [await rankings(house, buyer, 0), await rankings(house, buyer, 10)];
        await place(house, '0,1', '0,1');
        const took = await freshness(house, seller, offers, seq, directory);
        const [half, most] = [quantile(took, 0.5), quantile(took, 0.99)];
        const large = offers === 1_000_000, name = share(offers);
        return [
            { what: `${name} offers: filled from the stream, s`, target: large ? '< 60' : '–', digits: 1, ours: spread([filled]),
                met: large ? filled < 60 : undefined },
            { what: `${name} offers: answers after a restart, s`, target: large ? '< 2' : '–', digits: 2, ours: spread(again),
                met: large ? Math.max(...again) < 2 : undefined },
            { what: `${name} offers: memory that is in no file, after filling and after a restart, bytes an offer`, target: '–', digits: 0,
                ours: spread([held, resumed]) },
            { what: `${name} offers: whole rankings (HTTP, ZeroMQ, words, parts, sentences), a second of the worker's processor time`,
                target: large ? '–' : '≥ 6,000', digits: 0, ours: ranked, met: large ? undefined : ranked.median >= 6_000 },
            { what: 'the same, with ten of those kept out and why', target: '–', digits: 0, ours: withExcluded },
            { what: `${name} offers: from commit to found, while ${changesPerSecond} change a second: half within ms`, target: '≤ 10', digits: 1,
                ours: spread([half]), met: half <= 10 },
            { what: 'the same: 99 of 100', target: '≤ 50', digits: 1, ours: spread([most]), met: most <= 50 },
        ];
    } finally {
        await house.stop();
        await rm(directory, { recursive: true });
    }
}

export async function fill() {
    const rows = [];
    for (const offers of sizes) {
        rows.push(...await atSize(offers));
    }
    return rows;
}
