// house.mjs - a private set for a test: its own cluster, the five services, a free port.
//
//   const house = await openHouse();          or openHouse ({ demo: true, durable: true })
//   const buyer = await house.as('buyer@stad.example');
//   await house.kill('matching'); await house.start('matching');
//   await house.stop();
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from './client.mjs';
import { conninfo, newCluster, query } from './cluster.mjs';
import { build, checkout } from './places.mjs';
import { Child, freePort, run } from './processes.mjs';

export { must } from './client.mjs';
export { until } from './processes.mjs';

export const services = ['catalog', 'pipeline', 'matching', 'reporting', 'gateway'];
/** The one password of all demo accounts. */
export const demoPassword = 'meerwaarde-demo';

const readyWithin = 30;     // seconds
/** What a sanitizer writes in the log of a service. */
const complaint = /ERROR: (Address|Leak)Sanitizer|runtime error:|WARNING: ThreadSanitizer/;
const complaintLines = 80;

class House {
    #children = new Map();
    #ends = [];             // [name, how], of every service that ever ran
    #args;                  // more options of a service, by its name

    constructor(directory, port) {
        this.directory = directory;
        this.port = port;
        this.url = `http://127.0.0.1:${port}`;
        this.run = path.join(directory, 'run');
        this.keys = path.join(directory, 'keys');
    }

    async open({ demo, durable, args = {} }) {
        this.#args = args;
        mkdirSync(this.run, { mode: 0o700 });
        mkdirSync(this.keys, { mode: 0o700 });
        this.cluster = await newCluster(path.join(this.directory, 'db'), { durable });
        await this.ctl('key', 'init');
        await this.start(...services);
        if (demo) {
            await this.ctl('demo', path.join(checkout, 'deploy/demo'));
        }
        return this;
    }

    #spawn(name) {
        const db = path.join(this.directory, 'db');
        const [service] = name.split('#');
        const args = [`--run=${this.run}`, `--db=${conninfo(db, `mw_${service}`)}`];
        if (service === 'gateway') {
            args.push(`--http=127.0.0.1:${this.port}`,
                `--web=${path.join(checkout, 'services/gateway/web/dist')}`,
                `--relay-db=${conninfo(db, 'mw_relay')}`);
        }
        args.push(...this.#args[name] ?? this.#args[service] ?? []);
        const child = new Child(path.join(build, `meerwaarde-${service}`), args,
            { env: { MEERWAARDE_KEYS: this.keys }, log: this.logOf(name) });
        child.ended.then((how) => this.#ends.push([name, how]));
        this.#children.set(name, child);
        return child;
    }

    /**
     * Starts services that do not run, and waits until the whole set says it is ready. `catalog#2`
     * is a second process of catalog.
     */
    async start(...names) {
        const started = names.map((name) => this.#spawn(name));
        const ready = this.ctl('status', `--wait=${readyWithin}`);
        const early = started.map((child) => child.ended.then((how) => {
            throw new Error(`${child.name} ended with ${how}:\n${child.lastWords}`);
        }));
        await Promise.race([ready, ...early]).finally(() => {
            ready.catch(() => {});
            early.forEach((end) => end.catch(() => {}));
        });
    }

    /** Kills a service as a power cut would. */
    async kill(name) {
        return this.end(name, 'SIGKILL');
    }

    /** Ends a service by a signal; answers its exit code, or the signal it died of. */
    async end(name, signal = 'SIGTERM') {
        return this.#children.get(name).end(signal);
    }

    /** The process id of a service. */
    pid(name) {
        return this.#children.get(name).pid;
    }

    logOf(name) {
        return path.join(this.directory, `${name}.log`);
    }

    /** The operator's command line on this set; answers what it prints. */
    async ctl(command, ...args) {
        return run(path.join(build, 'meerwaarde'), [command, ...args],
            { env: { MEERWAARDE_RUN: this.run, MEERWAARDE_KEYS: this.keys } });
    }

    /** Calls an operation past HTTP, as `{ account, organisation, roles: ['BUYER'] }`. */
    async call(operation, input, { account = '', organisation = '', roles = [] } = {}) {
        const caller = `${account}:${organisation}:${roles.join(',')}`;
        const out = await this.ctl('call', operation, JSON.stringify(input), '--as', caller);
        return out.trim() ? JSON.parse(out) : undefined;
    }

    /** A caller who logged in. */
    async as(email, password = demoPassword) {
        return Client.login(this.url, email, password);
    }

    /** A caller nobody knows. */
    nobody() {
        return new Client(this.url);
    }

    /** SQL on the set's database, as the owner of everything unless `role` says otherwise. */
    async psql(sql, role) {
        return query(path.join(this.directory, 'db'), sql, role);
    }

    /** Services end with status 0, or by a signal that the test sent; and no sanitizer complains. */
    #faults() {
        const faults = this.#ends
            .filter(([, how]) => how !== 0 && how !== 'SIGKILL' && how !== 'SIGTERM')
            .map(([name, how]) => `${name} ended with ${how}`);
        for (const name of [...this.#children.keys()].filter((each) => existsSync(this.logOf(each)))) {
            const lines = readFileSync(this.logOf(name), 'utf8').split('\n');
            const at = lines.findIndex((line) => complaint.test(line));
            if (at >= 0) {
                faults.push(`${name}:`, ...lines.slice(at, at + complaintLines));
            }
        }
        return faults;
    }

    /** Ends everything and throws the data away; throws what the services did wrong meanwhile. */
    async stop() {
        // A service drains through the gateway; without one there is nothing to wait for.
        const gateway = this.#children.get('gateway');
        const signal = gateway?.isAlive ? 'SIGTERM' : 'SIGKILL';
        const others = [...this.#children.values()].filter((child) => child !== gateway);
        await Promise.all(others.map((child) => child.end(signal, 5000)));
        await gateway?.end('SIGTERM', 5000);
        await this.cluster?.end('SIGINT');
        const faults = this.#faults();
        rmSync(this.directory, { recursive: true, force: true });
        if (faults.length > 0) {
            throw new Error(faults.join('\n'));
        }
    }
}

export async function openHouse(options = {}) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
    // PostgreSQL's user has to pass through it.
    await run('chmod', ['0711', directory]);
    const house = new House(directory, await freePort());
    try {
        return await house.open(options);
    } catch (error) {
        await house.stop().catch((fault) => {
            error.message += `\n${fault.message}`;
        });
        throw error;
    }
}
