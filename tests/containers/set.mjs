// set.mjs - the set as containers: what an operator would type, and a look into its database.
import { freePorts, run, until } from '../lib/processes.mjs';
import { tunnel } from './tls.mjs';

const grace = 30;                // seconds, as docker-compose.yml gives
const look = 250;                // milliseconds between two questions to the engine
/** Two of each that the load asks, so that one can be missed. */
const usual = { catalog: 2, pipeline: 2, matching: 2, gateway: 2 };

export const docker = (...args) => run('docker', args);
export const compose = (...args) => docker('compose', ...args);

class ComposedSet {
    #scale = { ...usual };
    #opened;

    /** Plain HTTP on this machine, which goes on over TLS to nginx. */
    get url() {
        return `http://127.0.0.1:${this.ports[2]}`;
    }

    /** Where it will listen; before anything else. */
    async choosePorts() {
        this.ports ??= await freePorts(3);
        [process.env.HTTP_PORT, process.env.HTTPS_PORT] = this.ports;
    }

    /** Brings up what is missing and waits until all of it is healthy; `scale` stays until told otherwise. */
    async up(scale = {}) {
        await this.choosePorts();
        Object.assign(this.#scale, scale);
        await compose('up', '-d', '--wait', '--wait-timeout', '120', '--no-build',
            ...Object.entries(this.#scale).map(([service, count]) => `--scale=${service}=${count}`));
    }

    /** As every scene finds it: with the demo set, no quota, and the usual number of everything. */
    async ready() {
        await this.up(usual);
        this.#opened ??= this.#open();
        await this.#opened;
    }

    async #open() {
        await compose('run', '--rm', '--no-deps', '-T', 'demo');
        await this.ctl('call', 'quota_put', JSON.stringify({ kind: 'requests', amount: 1_000_000_000, window_ms: 60_000 }),
            '--as', '::OPERATOR');
        this.tunnel = await tunnel(this.ports[2], this.ports[1]);
    }

    /** The operator's command line; answers what it prints. */
    async ctl(...args) {
        return compose('run', '--rm', '-T', 'operator', ...args);
    }

    /** The job that makes keys. */
    async secrets(...args) {
        return compose('run', '--rm', '-T', 'secrets', ...args);
    }

    /** SQL as the owner of everything. */
    async psql(sql) {
        const [db] = await this.containers('db');
        const out = await docker('exec', db, 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-U', 'meerwaarde', '-c', sql);
        return out.trimEnd();
    }

    /** The ids of a service's containers, running or not, the first one first. */
    async containers(service) {
        const label = (name, value) => ['--filter', `label=com.docker.compose.${name}=${value}`];
        const out = await docker('ps', '-a', '--no-trunc', ...label('project', process.env.COMPOSE_PROJECT_NAME),
            ...label('service', service), ...label('oneoff', 'False'), '--format',
            '{{.ID}} {{.Label "com.docker.compose.container-number"}}');
        return out.trim().split('\n').map((line) => line.split(' ')).sort((a, b) => a[1] - b[1]).map(([id]) => id);
    }

    async inspect(id) {
        const [about] = JSON.parse(await docker('inspect', id));
        return about;
    }

    /** Waits until a container says that it can do its work. */
    async healthy(id) {
        await until(async () => {
            const { State } = await this.inspect(id);
            return State.Running && State.Health.Status === 'healthy';
        }, 60_000, `${id.slice(0, 12)} is healthy`, look);
    }

    /** Stops a container in order and starts it again; answers the exit code. */
    async restart(id) {
        await docker('stop', '-t', String(grace), id);
        const { State } = await this.inspect(id);
        await docker('start', id);
        await this.healthy(id);
        return State.ExitCode;
    }

    /** Restarts those of a service one after the other; answers their exit codes. */
    async roll(service) {
        const ends = [];
        for (const id of await this.containers(service)) {
            ends.push(await this.restart(id));
        }
        return ends;
    }

    /** Waits for something that is asked of the engine, or of the set by a container of its own. */
    async until(condition, what, timeout = 30_000) {
        return until(condition, timeout, what, look);
    }
}

/** One for all scenes of a run; it begins with the first that needs it. */
export const set = new ComposedSet();
