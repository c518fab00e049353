// mwp.mjs - a worker of MWP/1, written from proto/DISPATCH.md and nothing else.
import { createHash } from 'node:crypto';
import { decode, encode } from '@msgpack/msgpack';
import { Dealer } from 'zeromq';

const words = [, 'READY', 'WELCOME', 'CREDIT', 'REQUEST', 'REPLY', 'HEARTBEAT', 'DRAIN', 'FENCE', 'BYE', 'DISCONNECT',
    'CANCEL', 'REJECT'];
const period = 500;         // milliseconds between signs of life
const silence = 3000;       // without one, the other side is dead
const patience = 1500;      // until a tcp gateway that does not say WELCOME is connected to anew
const grace = 25_000;       // for what is in hand, at the end

/** The first frame of a message. */
export const head = (command, header = {}) => Buffer.concat([Buffer.from('MWP1'), Buffer.from([command]), encode(header)]);

/** Of a service, by the names of its operations in the order of operations.def. */
export const operationsHash = (names) =>
    createHash('sha256').update(names.map((name) => `${name}\0`).join('')).digest('hex').slice(0, 32);

/** A worker at one gateway. */
class Session {
    #sent = Promise.resolve();

    constructor(worker, { endpoint, curve = {} }) {
        Object.assign(this, { worker, endpoint, curve, heard: {} });
        this.#connect();
    }

    #connect() {
        this.socket?.close();
        this.socket = new Dealer({ ...this.curve, linger: period });
        this.socket.connect(this.endpoint);
        this.known = this.fenced = false;
        this.asked = undefined;
        this.#listen(this.socket);
    }

    async #listen(socket) {
        for await (const frames of socket) {
            this.#hear(frames);
        }
    }

    close() {
        return this.#sent.then(() => this.socket.close());
    }

    /** Frames as they are, one message after the other. */
    send(frames) {
        const { socket } = this;
        this.#sent = this.#sent.then(() => socket.send(frames)).catch((error) => {
            if (!socket.closed) {
                throw error;
            }
        });
        return this.#sent;
    }

    say(word, header, ...body) {
        return this.send([head(words.indexOf(word), header), ...body]);
    }

    #hear(frames) {
        const [first, body] = frames;
        const word = first.subarray(0, 4).toString() === 'MWP1' ? words[first[4]] : undefined;
        this.heard[word] = (this.heard[word] ?? 0) + 1;
        this.last = Date.now();
        switch (word) {
        case 'WELCOME': this.known = true; this.asked = undefined; break;
        case 'REQUEST': this.worker.take(this, decode(first.subarray(5)), decode(body)); break;
        case 'CANCEL': this.worker.cancel(this, decode(first.subarray(5)).rid); break;
        case 'FENCE': this.fenced = true; break;
        case 'DISCONNECT': this.known = false; break;
        case 'DRAIN': this.worker.end(); break;
        default: // HEARTBEAT, and what a gateway does not say
        }
        this.worker.settle();
    }

    /** READY until it is known, and then signs of life. */
    tick() {
        const now = Date.now();
        this.known &&= now - this.last <= silence;
        if (!this.known && this.endpoint.startsWith('tcp:') && now - this.asked > patience) {
            this.#connect();
        }
        if (this.known) {
            this.say('HEARTBEAT', this.worker.condition(this));
        } else if (!this.worker.ending) {
            this.asked ??= now;
            this.offered = this.worker.share;
            this.say('READY', this.worker.card(this.offered));
        }
    }

    offer() {
        if (this.known && this.offered !== this.worker.share) {
            this.offered = this.worker.share;
            this.say('CREDIT', { credit: this.offered });
        }
    }
}

/**
 * A worker process. `serve(request, body)` answers { outcome, body, ... }, the rest going into the header; `gateways` are
 * { endpoint, curve }.
 */
export class Worker {
    #waiting = [];
    #running = new Set();

    constructor({ name, service, operations, credit = 4, threads = 1, serve, gateways }) {
        Object.assign(this, { name, service, credit, threads, serve, hash: operationsHash(operations) });
        this.sessions = gateways.map((gateway) => new Session(this, gateway));
        this.ended = new Promise((resolve) => { this.leave = resolve; });
        this.timer = setInterval(() => this.#tick(), period);
        this.#tick();
    }

    #tick() {
        this.sessions.forEach((session) => session.tick());
        this.sessions.forEach((session) => session.offer());
    }

    /** What one gateway may have here: an equal part. */
    get share() {
        const known = this.sessions.filter((session) => session.known).length;
        return Math.max(1, Math.floor(this.credit / Math.max(1, known)));
    }

    card(credit) {
        return { worker: this.name, service: this.service, build: 'node', credit, operations: this.hash };
    }

    condition(session) {
        const all = [...this.#waiting, ...this.#running];
        const oldest = Math.min(Date.now(), ...all.map(({ came }) => came));
        return {
            in_hand: all.length, yours: all.filter((job) => job.session === session).length,
            oldest_ms: Date.now() - oldest, threads: this.threads,
        };
    }

    take(session, request, body) {
        this.#waiting.push({ session, request, body, came: Date.now() });
        this.#next();
    }

    /** What waits is not begun; what runs is answered all the same. */
    cancel(session, rid) {
        this.#reject('cancelled', (job) => job.session === session && job.request.rid === rid);
    }

    #reject(why, fits) {
        const out = this.#waiting.filter(fits);
        this.#waiting = this.#waiting.filter((job) => !fits(job));
        out.forEach(({ session, request: { rid } }) => session.say('REJECT', { rid, why }));
    }

    #next() {
        this.#reject('expired', ({ came, request }) => Date.now() - came >= request.budget_ms);
        while (this.#running.size < this.threads && this.#waiting.length > 0) {
            this.#run(this.#waiting.shift());
        }
        this.settle();
    }

    async #run(job) {
        this.#running.add(job);
        const { session, request } = job;
        const { body, ...reply } = await Promise.resolve(this.serve(request, job.body))
            .catch(() => ({ outcome: 'broken' }));
        session.say('REPLY', { rid: request.rid, ...reply }, body === undefined ? '' : encode(body));
        this.#running.delete(job);
        this.#next();
    }

    /** On SIGTERM, or when a gateway wants it: everything is finished, after `most` ms what is not begun goes back. */
    end(most = grace) {
        if (!this.ending) {
            this.ending = true;
            for (const session of this.sessions) {
                session.fenced = !session.known;
                session.say('DRAIN');
            }
            this.late = setTimeout(() => this.#reject('draining', () => true) ?? this.settle(), most);
            this.settle();
        }
        return this.ended;
    }

    /** Leaves when there is nothing more to come, and nothing in hand. */
    settle() {
        if (this.ending && this.#waiting.length + this.#running.size === 0 && this.sessions.every(({ fenced }) => fenced)) {
            this.sessions.forEach((session) => session.say('BYE'));
            this.leave(this.vanish());
        }
    }

    /** Gone without a word, as if killed. */
    async vanish() {
        clearInterval(this.timer);
        clearTimeout(this.late);
        await Promise.all(this.sessions.map((session) => session.close()));
    }
}
