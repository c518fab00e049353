// walk.mjs - people who do random things, one after the other or at once, over HTTP; what there is to do comes from the
// declarations (`meerwaarde print processes`, the API description), so that a new noun takes part by itself.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { example } from './example.mjs';
import { operationsOf } from './contract.mjs';

/** Chance that can be had again: mulberry32. */
export function chance(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    return {
        next,
        below: (limit) => Math.floor(next() * limit),
        pick: (all) => all[Math.floor(next() * all.length)],
        happens: (share) => next() < share,
    };
}

/** What ends a thing is done less often, or nothing would ever come to its end the long way. */
const ending = /^(drop|withdraw|cancel|retire|reject|refuse|return|decline|lapse|terminate|pause|hide|reverse|leave|renew|negotiate|counter|end|exclude|complete)$/;

const refusals = [400, 404, 409, 412, 428];

export class Walk {
    pool = new Map();           // noun -> ids, oldest first
    sides = new Map();          // id -> what its record has, the organisations of its parties among it
    had = new Set();
    shown = new Map();          // what is shown once: of an id, its code
    taken = new Map();          // what came of it: 'need_publish 200' -> how often
    faults = [];
    steps = 0;                  // requests for a change
    #operations;

    /**
     * `actors`: clients with `roles`; `moves`: for an operation, the input that somebody sensible would give; `weights`: how
     * much more often people turn to things of a noun than to others.
     */
    constructor({ document, tables, actors, moves, seed, weights = {} }) {
        Object.assign(this, { document, tables, actors, moves, weights, random: chance(seed) });
        this.#operations = new Map(operationsOf(document).map((one) => [one.operationId, one]));
    }

    known(noun, thing) {
        this.pool.set(noun, [...this.pool.get(noun) ?? [], thing.id]);
        this.sides.set(thing.id, Object.values(thing));
    }

    /** One of that noun, a recent one more often; undefined: there is none. */
    some(noun) {
        const ids = this.pool.get(noun) ?? [];
        return ids[ids.length - 1 - Math.floor(this.random.next() ** 2 * ids.length)];
    }

    /** One of them that was not had under that name before; now and then one that was. */
    fresh(name, all, keyOf = ({ id }) => id) {
        const left = all.filter((one) => !this.had.has(`${name} ${keyOf(one)}`) || this.random.happens(0.03));
        const one = this.random.pick(left);
        this.had.add(`${name} ${one && keyOf(one)}`);
        return one;
    }

    /** A table, one of a noun that matters more often. */
    #table(among) {
        const all = this.tables.filter(among).map((table) => [table, this.weights[table.noun] ?? 1]);
        let left = this.random.next() * all.reduce((sum, [, weight]) => sum + weight, 0);
        return all.find(([, weight]) => (left -= weight) < 0)?.[0];
    }

    note(operation, status) {
        const what = `${operation} ${status}`;
        this.taken.set(what, (this.taken.get(what) ?? 0) + 1);
    }

    /** Undefined: somebody sensible would not ask for it now. */
    async #input(operation, actor, thing) {
        const own = await this.moves[operation]?.(this, actor, thing);
        if (own === undefined && this.moves[operation] && this.random.happens(0.95)) {
            return undefined;
        }
        const input = own ?? example(this.document, operation);
        for (const name of Object.keys(input)) {
            const noun = /^(\w+)_id$/.exec(name)?.[1];
            if (own === undefined && noun && this.pool.has(noun)) {
                input[name] = this.some(noun);
            }
        }
        return input;
    }

    /** The same request again says the same and does nothing; another one under its key is refused (D14). */
    async #again(operation, send, first) {
        const second = await send({});
        // A code is shown once, so it is not kept.
        const told = ({ status, body }) => JSON.stringify({ status, ...body, code: undefined });
        if (told(second) !== told(first)) {
            this.faults.push(`D14: ${operation} under one key answered ${told(first)}, then ${told(second)}`);
        }
        if (first.status < 300) {
            const other = await send({ nonsense: true });
            if (other.status < 400) {
                this.faults.push(`D14: ${operation} took another body under its key`);
            }
        }
    }

    async #send(operation, actor, path, body, version) {
        const { method } = this.#operations.get(operation);
        const key = randomUUID();
        const send = (more) => actor.request(method, path, { body: { ...body, ...more }, version, key });
        const answer = await send({});
        if (answer.status >= 300 && !refusals.includes(answer.status)) {
            this.faults.push(`${operation} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
        }
        if (this.random.happens(0.1)) {
            await this.#again(operation, send, answer);
        }
        this.note(operation, `${answer.status}${answer.status === 409 ? ` ${answer.body.type.split(":").at(-1)}` : ""}`);
        this.steps++;
        if (answer.body?.code) {
            this.shown.set(answer.body.id, answer.body.code);
        }
        return answer;
    }

    async #enter() {
        const table = this.#table(({ noun }) => noun !== 'need' || this.random.happens(0.3));
        const entry = this.random.pick(table.steps.filter(({ from, operation }) => from === null && operation));
        const operation = entry && `${table.noun}_${entry.command}`;
        if (!this.#operations.has(operation)) {
            return;
        }
        // Mostly somebody who may; sometimes anybody.
        const able = this.actors.filter(({ roles }) => entry.who.some((role) => role === 'ANYBODY' || roles.includes(role)));
        const actor = this.random.pick(able.length > 0 && this.random.happens(0.9) ? able : this.actors);
        const body = await this.#input(operation, actor);
        if (!body) {
            return;
        }
        const answer = await this.#send(operation, actor, this.#operations.get(operation).template, body);
        if (answer.status === 201) {
            this.known(table.noun, answer.body);
        }
    }

    /** Who sees the thing, and can do something with it, if a few that are asked can. */
    async #somebody({ noun }, path, id) {
        const parties = this.actors.filter(({ org }) => this.sides.get(id).includes(org));
        for (let tries = 0; tries < 4; tries++) {
            const actor = this.random.pick(parties.length > 0 && this.random.happens(0.85) ? parties : this.actors);
            const { status, body } = await actor.get(path);
            this.note(`${noun}_get`, status);
            if (status === 200 && (body.commands?.length > 0 || this.random.happens(0.1))) {
                return { actor, thing: body };
            }
        }
        return {};
    }

    async #move(alone) {
        const table = this.#table(({ noun }) => this.pool.has(noun));
        const id = this.some(table.noun);
        const fetch = this.#operations.get(`${table.noun}_get`).template.replace('{id}', id);
        const { actor, thing } = await this.#somebody(table, fetch, id);
        if (!thing) {
            return undefined;
        }
        const all = [...new Set(table.steps.map(({ command }) => command))]
            .filter((command) => this.#operations.has(`${table.noun}_${command}`));
        const offered = (thing.commands ?? []).filter((command) => all.includes(command)
            && (!ending.test(command) || this.random.happens(0.08)));
        const sensible = offered.length > 0 && this.random.happens(0.9);
        const command = sensible ? this.random.pick(offered) : this.random.happens(0.3) ? this.random.pick(all) : undefined;
        if (!command) {
            return undefined;
        }
        const operation = `${table.noun}_${command}`;
        const body = await this.#input(operation, actor, thing);
        if (!body) {
            return undefined;
        }
        const right = this.random.happens(0.95);
        const answer = await this.#send(operation, actor, this.#operations.get(operation).template.replace('{id}', id), body,
            right ? thing.version : this.random.pick([undefined, thing.version + 1]));
        const reason = answer.body?.type?.split(':').at(-1);
        if (alone && sensible && right && (answer.status === 404 || ['out_of_state', 'not_yours_to_do'].includes(reason))) {
            // The clock may have come between.
            const later = await actor.get(fetch);
            if (later.body.version === thing.version) {
                this.faults.push(`${operation} was offered in ${thing.state}, and refused: ${answer.status} ${reason}`);
            }
        }
        return undefined;
    }

    /** Something that somebody tries. */
    async step(alone = true) {
        const bare = [...this.pool.values()].length === 0;
        return bare || this.random.happens(0.35) ? this.#enter() : this.#move(alone);
    }

    /** So many steps; now and then a few people at once. */
    async run(steps) {
        for (let tries = 0; this.steps < steps && tries < 20 * steps && this.faults.length === 0; tries++) {
            const crowd = this.random.happens(0.1) ? 2 + this.random.below(4) : 1;
            await Promise.all(Array.from({ length: crowd }, () => this.step(crowd === 1)));
        }
        assert.deepEqual(this.faults, []);
    }
}
