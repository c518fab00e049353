// house.mjs - a private set for a test: its own cluster, the five services, a free port.
//
//   const house = await openHouse();          or openHouse ({ demo: true, durable: true })
//   const buyer = await house.as('buyer@stad.example');
//   await house.kill('matching'); await house.start('matching');
//
// With { tcp: true } services reach the gateway over tcp and by key only, as between containers;
// { gateways: 2 } is a second one, `gateway#2`, with a port and a directory of its own.
//   await house.stop();
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from './client.mjs';
import { conninfo, newCluster, query } from './cluster.mjs';
import { build, checkout } from './places.mjs';
import { Child, freePorts, run } from './processes.mjs';
import { kept } from './shelf.mjs';

export { must } from './client.mjs';
export { until } from './processes.mjs';

export const services = ['catalog', 'pipeline', 'matching', 'reporting', 'gateway'];
/** The one password of all demo accounts. */
export const demoPassword = 'meerwaarde-demo';

const readyWithin = 30;     // seconds
/** What a service writes when it could not do what it should. */
const broken = /event=statement_failed| outcome=broken /;
/** What a sanitizer writes in the log of a service. */
const complaint = /ERROR: (Address|Leak)Sanitizer|runtime error:|WARNING: ThreadSanitizer/;
const complaintLines = 80;

class House {
    #children = new Map();
    #ends = [];             // [name, how], of every service that ever ran
    args = {};              // more options of a service, by its name; for its next start

    constructor(directory) {
        this.directory = directory;
        this.run = path.join(directory, 'run');
        this.keys = path.join(directory, 'keys');
        this.gateways = [];
    }

    async open({ demo, durable, args = {}, tcp = false, gateways = 1, patience = readyWithin }) {
        this.patience = patience;
        this.args = args;
        for (let n = 1; n <= gateways; n++) {
            this.gateways.push(await newGateway(n === 1 ? 'gateway' : `gateway#${n}`,
                n === 1 ? this.run : `${this.run}${n}`, tcp));
        }
        [{ port: this.port, url: this.url }] = this.gateways;
        this.elsewhere = path.join(this.directory, 'elsewhere');
        for (const each of [this.elsewhere, this.keys, ...this.gateways.map(({ run: own }) => own)]) {
            mkdirSync(each, { mode: 0o700 });
        }
        const furnished = demo ? await furnishedHouse() : undefined;
        this.cluster = await newCluster(path.join(this.directory, 'db'), { durable, from: furnished && path.join(furnished, 'db/pg') });
        // Receipts of the demo set are signed with its keys.
        await (furnished ? run('cp', ['-a', `${furnished}/keys/.`, this.keys]) : this.ctl('key', 'init'));
        await this.start(...services, ...this.gateways.slice(1).map(({ name }) => name));
        // Everybody in the tests has an address with the same provider, which ties nobody to anybody.
        await this.psql("INSERT INTO identity.public_mail_domain VALUES ('proef.example') ON CONFLICT DO NOTHING");
        return this;
    }

    /** The options that say where the others are. */
    #places(name) {
        const self = this.gateways.find((each) => each.name === name);
        const tcp = Object.entries((self ?? this.gateways[0]).tcp);
        if (self) {
            return [`--run=${self.run}`, `--http=127.0.0.1:${self.port}`,
                ...tcp.map(([socket, endpoint]) => `--${socket}=${endpoint}`)];
        }
        if (tcp.length > 0) {
            return [`--run=${this.elsewhere}`, `--stream=${this.gateways[0].tcp.stream}`,
                `--gateways=${this.gateways.map((each) => each.tcp.dispatch)}`];
        }
        return [`--run=${this.run}`,
            `--gateways=${this.gateways.map((each) => `ipc://${each.run}/dispatch`)}`];
    }

    #spawn(name) {
        const db = path.join(this.directory, 'db');
        const [service] = name.split('#');
        const args = [...this.#places(name), `--db=${conninfo(db, `mw_${service}`)}`];
        if (service === 'gateway') {
            args.push(`--web=${path.join(checkout, 'services/gateway/web/dist')}`,
                `--relay-db=${conninfo(db, 'mw_relay')}`);
        }
        args.push(...this.args[name] ?? this.args[service] ?? []);
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
        const ready = Promise.all(this.gateways.filter(({ name }) => this.#children.get(name)?.isAlive)
            .map(({ run: own }) => this.ctl('status', `--wait=${this.patience}`, `--run=${own}`)));
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

    /** Calls an operation past HTTP, as `{ account, organisation, roles: ['BUYER'] }`; `at` when, `ifMatch` which version. */
    async call(operation, input, { account = '', organisation = '', roles = [], at, ifMatch } = {}) {
        const caller = `${account}:${organisation}:${roles.join(',')}`;
        const more = [...at ? ['--at', at] : [], ...ifMatch ? ['--if-match', String(ifMatch)] : []];
        const out = await this.ctl('call', operation, JSON.stringify(input), '--as', caller, ...more);
        return out.trim() ? JSON.parse(out) : undefined;
    }

    /** Lets everybody ask as much as they like, for what measures; to be said before they ask anything. */
    async unlimit() {
        return this.call('quota_put', { kind: 'requests', amount: 1_000_000_000, window_ms: 60_000 },
            { roles: ['OPERATOR'] });
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

    /** All that the set's database keeps, as text. */
    async dump() {
        const [version] = readdirSync('/usr/lib/postgresql').sort().reverse();
        return run(path.join('/usr/lib/postgresql', version, 'bin/pg_dump'), ['-d', conninfo(path.join(this.directory, 'db'), 'meerwaarde')]);
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

    /** What the services say went wrong in them, as comments of the test: some tests want it, and who looks for a 500 needs it. */
    #tell() {
        for (const name of [...this.#children.keys()].filter((each) => existsSync(this.logOf(each)))) {
            const lines = readFileSync(this.logOf(name), 'utf8').split('\n');
            lines.filter((line) => broken.test(line)).slice(0, 10).forEach((line) => console.log(`# ${name}: ${line}`));
        }
    }

    /** Ends everything, and keeps the data; throws what the services did wrong meanwhile. */
    async rest() {
        // A service drains through the gateways; without one there is nothing to wait for.
        const gateways = this.gateways.map(({ name }) => this.#children.get(name)).filter(Boolean);
        const signal = gateways.some(({ isAlive }) => isAlive) ? 'SIGTERM' : 'SIGKILL';
        const others = [...this.#children.values()].filter((child) => !gateways.includes(child));
        await Promise.all(others.map((child) => child.end(signal, 5000)));
        await Promise.all(gateways.map((child) => child.end('SIGTERM', 5000)));
        await this.cluster?.end('SIGINT');
        const faults = this.#faults();
        this.#tell();
        if (faults.length > 0) {
            throw new Error(faults.join('\n'));
        }
    }

    /** Ends everything and throws the data away. */
    async stop() {
        await this.rest().finally(() => rmSync(this.directory, { recursive: true, force: true }));
    }
}

/**
 * The directory of a house at rest with the demo set in it, of today. To play the set takes as long as some files of tests
 * together, so it is played once, and letters of new offers are written as where people run it.
 */
function furnishedHouse() {
    const demo = path.join(checkout, 'deploy/demo');
    const files = [...readdirSync(demo).sort().map((name) => path.join(demo, name)),
        ...[...services.map((name) => `meerwaarde-${name}`), 'meerwaarde'].map((name) => path.join(build, name))];
    const today = new Date().toISOString().slice(0, 10);
    return kept('demo', [today, ...files.map((file) => readFileSync(file))], async (directory) => {
        mkdirSync(directory, { mode: 0o711 });
        const house = new House(directory);
        try {
            await house.open({ args: { matching: ['--serve=answers,alerts'] } });
            await house.ctl('demo', demo);
        } finally {
            await house.rest();
        }
        house.gateways.forEach(({ run: own }) => rmSync(own, { recursive: true }));
        return directory;
    });
}

/** Where a gateway listens. */
async function newGateway(name, own, tcp) {
    const [port, ...others] = await freePorts(5); // the stream has two
    const [dispatch, control, stream] = others.map((other) => `tcp://127.0.0.1:${other}`);
    const sockets = { dispatch, control, stream };
    return { name, run: own, port, url: `http://127.0.0.1:${port}`, tcp: tcp ? sockets : {} };
}

export async function openHouse(options = {}) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
    // PostgreSQL's user has to pass through it.
    await run('chmod', ['0711', directory]);
    const house = new House(directory);
    try {
        return await house.open(options);
    } catch (error) {
        await house.stop().catch((fault) => {
            error.message += `\n${fault.message}`;
        });
        throw error;
    }
}
