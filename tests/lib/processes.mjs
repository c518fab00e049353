// processes.mjs - starting, awaiting and ending the processes of a test. Nothing outlives the test.
import { execFile, spawn } from 'node:child_process';
import { openSync, closeSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** PostgreSQL refuses to run as root; then its own user runs it. */
export const isRoot = process.getuid() === 0;
const asPostgres = ['--reuid=postgres', '--regid=postgres', '--clear-groups'];

/** Polls a condition, every so many milliseconds; answers its first true value, or throws after `timeout` milliseconds. */
export async function until(condition, timeout = 10_000, what = String(condition), every = 20) {
    const end = Date.now() + timeout;
    let reason = '';
    while (Date.now() < end) {
        try {
            const value = await condition();
            if (value) {
                return value;
            }
        } catch (error) {
            reason = `; last: ${error.message}`;
        }
        await pause(every);
    }
    throw new Error(`not within ${timeout} ms: ${what}${reason}`);
}

/** A port nobody listens on at this moment. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.on('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

/**
 * As many ports in a row. Below those that the kernel gives to whoever connects, so that nobody takes one while a
 * service is started again.
 */
export async function freePorts(count) {
    for (;;) {
        const first = 20_000 + Math.floor(Math.random() * 12_000);
        const servers = Array.from({ length: count }, () => createServer());
        const tried = await Promise.allSettled(servers.map((server, i) => new Promise((resolve, reject) => {
            server.on('error', reject);
            server.listen(first + i, '127.0.0.1', resolve);
        })));
        await Promise.all(servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
        if (tried.every(({ status }) => status === 'fulfilled')) {
            return servers.map((_, i) => first + i);
        }
    }
}

/** Runs a program to its end; answers what it wrote, or throws with what it complained about. */
export async function run(program, args, { postgres = false, env = {} } = {}) {
    const [file, ...rest] = postgres && isRoot
        ? ['setpriv', ...asPostgres, '--', program, ...args]
        : [program, ...args];
    const options = { env: { ...process.env, ...env }, cwd: '/', maxBuffer: 64 << 20 };
    const { stdout } = await execute(file, rest, options);
    return stdout;
}

/** A program that keeps running; the kernel kills it when this process dies, however that dies. */
export class Child {
    constructor(program, args, { postgres = false, env = {}, log }) {
        const user = postgres && isRoot ? asPostgres : [];
        const out = openSync(log, 'a');
        this.name = program;
        this.log = log;
        this.process = spawn(
            'setpriv', ['--pdeathsig', 'KILL', ...user, '--', program, ...args],
            { env: { ...process.env, ...env }, cwd: '/', stdio: ['ignore', out, out] });
        closeSync(out);
        this.ended = new Promise((resolve) => {
            this.process.on('exit', (code, signal) => resolve(signal ?? code));
            this.process.on('error', (error) => resolve(error.code));
        });
    }

    get pid() {
        return this.process.pid;
    }

    get isAlive() {
        return this.process.exitCode === null && this.process.signalCode === null;
    }

    /** The end of its log, for a message about what went wrong. */
    get lastWords() {
        return readFileSync(this.log, 'utf8').split('\n').slice(-12).join('\n');
    }

    /** Sends a signal and waits for the end; answers the exit code, or the signal it died of. */
    async end(signal = 'SIGTERM', timeout = 15_000) {
        if (this.isAlive) {
            this.process.kill(signal);
            const late = setTimeout(() => this.process.kill('SIGKILL'), timeout);
            await this.ended;
            clearTimeout(late);
        }
        return this.ended;
    }
}
