// postgresql.mjs - the same by PostgreSQL's full text search (GIN, ts_rank_cd), in a private cluster: processor time of the
// backend that answers.
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { conninfo, newCluster, socketsOf } from '../../lib/cluster.mjs';
import { run } from '../../lib/processes.mjs';

const settings = `
shared_buffers = 2GB
maintenance_work_mem = 512MB
work_mem = 64MB
max_wal_size = 4GB
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
`;
const batch = 2000;
const found = `SELECT number FROM offer WHERE words @@ to_tsquery ('dutch', $1)`;
const best = `ORDER BY ts_rank_cd (words, to_tsquery ('dutch', $1)) DESC LIMIT 10`;
const statements = {
    any: `${found} ${best}`,
    filtered: `${found} AND region = $2 ${best}`,
};

async function load(client, offers) {
    await client.query('CREATE UNLOGGED TABLE offer (number int, region text, words tsvector)');
    const put = `INSERT INTO offer SELECT n, r, to_tsvector ('dutch', t) FROM unnest ($1::int[], $2::text[], $3::text[]) AS o (n, r, t)`;
    let rows = [];
    let count = 0;
    const flush = async () => {
        await client.query(put, [0, 1, 2].map((column) => rows.map((row) => row[column])));
        count += rows.length;
        rows = [];
    };
    for await (const line of createInterface({ input: createReadStream(offers) })) {
        const [number, title, description, , region] = line.split('\t');
        rows.push([Number(number), region, `${title} ${description}`]);
        if (rows.length === batch) {
            await flush();
        }
    }
    await flush();
    await client.query('CREATE INDEX ON offer USING gin (words)');
    await client.query('VACUUM ANALYZE offer');
    return count;
}

/** As the programs beside it: says what its build took, and answers how many queries it does in a second. */
export async function postgresql(offers, queries) {
    const workshop = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
    await run('chmod', ['0711', workshop]);
    const directory = path.join(workshop, 'db');
    const cluster = await newCluster(directory, { settings });
    const user = /user=(\S+)/.exec(conninfo(directory, 'meerwaarde'))[1];
    const client = new pg.Client({ host: socketsOf(directory), database: 'meerwaarde', user });
    await client.connect();
    const { rows: [{ pid }] } = await client.query('SELECT pg_backend_pid () AS pid');
    const seconds = () => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
    const begin = seconds();
    const count = await load(client, offers);
    const built = { rate: count / (seconds() - begin) };
    const asked = (await readFile(queries, 'utf8')).trimEnd().split('\n').map((line) => line.split('\t'));
    return {
        built,
        ask: async (how, many) => {
            const start = seconds();
            for (const [words, region] of asked.slice(0, many)) {
                await client.query({ name: how, text: statements[how], values: [words.split(' ').join(' | '), region].slice(0, how === 'any' ? 1 : 2) });
            }
            return { rate: Math.min(many, asked.length) / (seconds() - start) };
        },
        close: async () => {
            await client.end();
            await cluster.end('SIGINT');
            rmSync(workshop, { recursive: true, force: true });
        },
    };
}
