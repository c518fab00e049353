// fill.mjs - how long a worker of matching needs to know the whole market: from the stream alone, and from where an earlier
// process kept it; and what it holds in memory. OFFERS=100000,1000000 chooses the sizes.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { conninfo } from '../lib/cluster.mjs';
import { openHouse, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { privateBytes, spread } from './measure.mjs';

const run = promisify(execFile);
const sizes = (process.env.OFFERS ?? '100000,1000000').split(',').map(Number);
const enterprises = 20_000;
const restarts = 5;
const patience = 300; // seconds
const share = (offers) => (offers >= 1_000_000 ? `${offers / 1_000_000}M` : `${offers / 1000}k`);

/** Puts a generated market into the log, as if it had been told. */
async function tell(house, offers, directory) {
    await run(path.join(build, 'matching_generate'), [offers, 10, 1, directory].map(String));
    const db = conninfo(path.join(house.directory, 'db'), 'meerwaarde');
    const copy = 'COPY stream.log (seq, event_id, type, subject, ver, occurred, recorded, body, hash) FROM STDIN';
    await run('bash', ['-o', 'pipefail', '-c', '"$1" "$2" "$3" | psql -Xq -v ON_ERROR_STOP=1 -d "$4" -c "$5"', 'tell',
        path.join(build, 'matching_tell'), path.join(directory, 'offers.tsv'), String(enterprises), db,
        `ALTER TABLE stream.log DISABLE TRIGGER ALL; ALTER TABLE stream.audience DISABLE TRIGGER ALL; TRUNCATE stream.log, stream.audience; ${copy}`]);
    const seq = offers + enterprises;
    await house.psql(`UPDATE stream.head SET seq = ${seq}; ANALYZE stream.log`);
    return seq;
}

/** Seconds from the start of the process to its first right answer. */
async function startUp(house, seq, ...services) {
    const before = performance.now();
    await house.start(...services);
    const client = house.nobody();
    await until(async () => {
        const { status } = await client.get('/offers/search?q=schoonmaak', { headers: { 'x-min-seq': String(seq) } });
        return status === 200;
    }, 300_000, 'matching answers');
    return (performance.now() - before) / 1000;
}

async function atSize(offers) {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'fill-bench-'));
    const house = await openHouse({ patience });
    try {
        await house.end('matching');
        await house.end('gateway');
        const seq = await tell(house, offers, directory);
        house.args.matching = [`--view=${path.join(house.directory, 'view')}`];
        const filled = await startUp(house, seq, 'gateway', 'matching');
        const held = privateBytes(house.pid('matching')) / offers;
        const again = [];
        for (let i = 0; i < restarts; i++) {
            await house.end('matching');
            again.push(await startUp(house, seq, 'matching'));
        }
        const resumed = privateBytes(house.pid('matching')) / offers;
        return [
            { what: `${share(offers)} offers: filled from the stream, s`, target: offers === 1_000_000 ? '< 60' : '–', digits: 1,
                ours: spread([filled]), met: offers === 1_000_000 ? filled < 60 : undefined },
            { what: `${share(offers)} offers: answers after a restart, s`, target: offers === 1_000_000 ? '< 2' : '–', digits: 2,
                ours: spread(again), met: offers === 1_000_000 ? Math.max(...again) < 2 : undefined },
            { what: `${share(offers)} offers: memory of its own after filling, and after a restart, bytes an offer`, target: '–', digits: 0,
                ours: spread([held, resumed]) },
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
