// cluster.mjs - a private PostgreSQL cluster for one test file, copied from one that is kept ready.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './places.mjs';
import { Child, isRoot, run, until } from './processes.mjs';
import { kept } from './shelf.mjs';
import { ask } from './sql.mjs';

const installed = '/usr/lib/postgresql';
const owner = 'meerwaarde';

function tools() {
    const versions = existsSync(installed) ? readdirSync(installed) : [];
    const newest = versions.map(Number).filter((version) => version >= 15).sort((a, b) => b - a)[0];
    if (!newest) {
        throw new Error('PostgreSQL 15 or later is not installed; run deploy/install-deps --test');
    }
    return path.join(installed, String(newest), 'bin');
}

const bin = tools();

/** Where the sockets of a cluster are; libpq's `host`. */
export const socketsOf = (directory) => path.join(directory, 'pg-run');

export const conninfo = (directory, user) =>
    `host=${socketsOf(directory)} dbname=meerwaarde user=${user}`;

// Tests throw their data away, so nothing waits for a disk; what measures the disk does.
const hasty = `
shared_buffers = 32MB
fsync = off
synchronous_commit = off
full_page_writes = off
`;
const careful = `
shared_buffers = 96MB
max_wal_size = 512MB
`;

const configuration = (directory, durable, settings) => `
listen_addresses = ''
unix_socket_directories = '${socketsOf(directory)}'
max_connections = 120
jit = off
timezone = 'UTC'
log_line_prefix = '%m [%p] %u '
${durable ? careful : hasty}${settings}`;

/** Starts the cluster in `directory`, with lines of its own in the configuration; answers its process once it takes connections. */
export async function startCluster(directory, { durable = false, settings = '' } = {}) {
    const data = path.join(directory, 'pg');
    writeFileSync(path.join(data, 'postgresql.conf'), configuration(directory, durable, settings));
    await run('mkdir', ['-p', '-m', '0700', socketsOf(directory)], { postgres: true });
    const log = path.join(directory, 'postgresql.log');
    const child = new Child(path.join(bin, 'postgres'), ['-D', data], { postgres: true, log });
    const status = path.join(data, 'postmaster.pid');
    const isReady = () => existsSync(status) && /^ready/m.test(readFileSync(status, 'utf8'));
    await until(() => !child.isAlive || isReady(), 30_000, 'PostgreSQL is ready');
    if (!child.isAlive) {
        throw new Error(`PostgreSQL ended:\n${child.lastWords}`);
    }
    return child;
}

/** A directory that PostgreSQL's user may write in. */
async function makeDirectory(directory) {
    mkdirSync(directory, { mode: 0o755 });
    if (isRoot) {
        await run('chown', ['postgres:postgres', directory]);
    }
}

/** Makes a cluster, migrated and at rest, in a directory that PostgreSQL's user can enter. */
async function makeTemplate(directory, catalog) {
    await makeDirectory(directory);
    await run(path.join(bin, 'initdb'),
        ['-D', path.join(directory, 'pg'), '-U', owner, '-A', 'trust', '-E', 'UTF8',
            '--locale=C.UTF-8', '--no-sync', '--wal-segsize=4'],
        { postgres: true });
    const child = await startCluster(directory);
    await run(path.join(bin, 'createdb'), ['-h', socketsOf(directory), '-U', owner, 'meerwaarde']);
    await run(catalog, ['migrate'],
        { env: { MEERWAARDE_MIGRATE_DB: conninfo(directory, owner) } });
    await child.end('SIGINT');
}

/** The cluster that is copied; made once for each build of the migrations. */
function template() {
    const catalog = path.join(build, 'meerwaarde-catalog');
    return kept('cluster', [bin, readFileSync(catalog)], async (directory) => {
        await makeTemplate(directory, catalog);
        return path.join(directory, 'pg');
    });
}

/**
 * Copies a cluster at rest into `directory`, one without data unless `from` says another, and starts it; `durable` when a
 * commit has to reach the disk.
 */
export async function newCluster(directory, { from, ...options } = {}) {
    const source = from ?? await template();
    await makeDirectory(directory);
    await run('cp', ['-a', source, path.join(directory, 'pg')]);
    return startCluster(directory, options);
}

/** Runs SQL, as the owner of the tables or as one of the services; answers the rows as text. */
export async function query(directory, sql, role = owner) {
    return ask(socketsOf(directory), role, 'meerwaarde', sql);
}
