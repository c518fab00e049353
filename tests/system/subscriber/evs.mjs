// evs.mjs - a subscriber of the event stream, written from proto/EVENTS.md and nothing else.
import { createHash } from 'node:crypto';
import { Dealer, Subscriber } from 'zeromq';
import { decode, encode } from '@msgpack/msgpack';

const EVENT = 1;
const HEARTBEAT = 2;
const silence = 3000;       // milliseconds without a live message before connecting again
const patience = 1000;      // milliseconds before a question is asked again

export const noHash = Buffer.alloc(32);

/** hash(n) of EVENTS.md 9. */
export function chain(before, number, body) {
    const n = Buffer.alloc(8);
    n.writeBigUInt64BE(BigInt(number));
    return createHash('sha256').update(before).update(n).update(body).digest();
}

function readHeader(bytes) {
    if (bytes.length !== 24 || bytes[0] !== 1) {
        return undefined;
    }
    return {
        kind: bytes[1],
        term: bytes.readUInt32BE(4),
        tseq: Number(bytes.readBigUInt64BE(8)),
        seq: Number(bytes.readBigUInt64BE(16)),
    };
}

/** What the stream says can never be continued; the operator has to look. */
export class StreamError extends Error {
    constructor(code) {
        super(code);
        this.code = code;
    }
}

/**
 * One audience from one place on. `state` is what the caller kept: { last, epoch, hash }; it is
 * changed as events are given, so that it can be stored in one step with what was made of them.
 */
export class Stream {
    #rid = 0;

    constructor({ live, replay, audience, curve = {}, state = {} }) {
        Object.assign(this, { live, replay, audience, curve });
        this.state = { last: 0, ...state };
        this.head = this.state.last;
        this.counts = { fetched: 0, live: 0, dropped: 0, gaps: 0, connected: 0 };
    }

    #connect() {
        this.close();
        this.sub = new Subscriber({ ...this.curve, receiveTimeout: silence, linger: 0 });
        this.sub.connect(this.live);
        this.sub.subscribe(`ev1/${this.audience}/`);
        this.dealer = new Dealer(
            { ...this.curve, receiveTimeout: patience, sendTimeout: 0, linger: 0 });
        this.dealer.connect(this.replay);
        this.fetching = true;
        this.counts.connected++;
    }

    close() {
        this.sub?.close();
        this.dealer?.close();
    }

    /** A question and its answer, as [command, map]; undefined when there is none in time. */
    async ask(command, map) {
        const rid = ++this.#rid;
        try {
            await this.dealer.send(['EVS1', command, encode({ rid, ...map })]);
            for (;;) {
                const [magic, answer, bytes] = await this.dealer.receive();
                const content = decode(bytes);
                if (magic.toString() === 'EVS1' && content.rid === rid) {
                    return [answer.toString(), content];
                }
            }
        } catch (error) {
            if (error.code !== 'EAGAIN') {
                throw error;
            }
            return undefined;
        }
    }

    #checkEpoch(epoch) {
        const hex = Buffer.from(epoch).toString('hex');
        this.state.epoch ??= hex;
        if (this.state.epoch !== hex) {
            throw new StreamError('EPOCH_CHANGED');
        }
    }

    /** Checks the number and, in `all`, the chain; the event as an object. */
    #accept(tseq, view, hash) {
        if (tseq !== this.state.last + 1) {
            throw new Error(`${tseq} after ${this.state.last}: the server broke its promise`);
        }
        if (this.audience === 'all') {
            const computed = chain(Buffer.from(this.state.hash ?? noHash, 'hex'), tseq, view);
            if (hash && !computed.equals(hash)) {
                throw new StreamError(`CHAIN_BROKEN at ${tseq}`);
            }
            this.state.hash = computed.toString('hex');
        }
        this.state.last = tseq;
        this.head = Math.max(this.head, tseq);
        return { tseq, ...decode(view) };
    }

    /** Events after `last`; nothing when the log did not answer. */
    async #fetch() {
        const { last, epoch } = this.state;
        const known = epoch ? { epoch: Buffer.from(epoch, 'hex') } : {};
        const [command, map] = await this.ask('FETCH',
            { audience: this.audience, after: last, ...known }) ?? [];
        if (command === 'ERR' && map.code === 'BUSY') {
            await new Promise((resolve) => { setTimeout(resolve, map.retry_ms); });
        } else if (command === 'ERR') {
            throw new StreamError(map.code);
        }
        if (command !== 'BATCH') {
            return [];
        }
        this.#checkEpoch(map.epoch);
        const events = map.events.map(([tseq, , view, hash]) => this.#accept(tseq, view, hash));
        this.head = Math.max(this.head, map.head);
        this.fetching = this.head > this.state.last;
        this.counts.fetched += events.length;
        return events;
    }

    /** The next live message: its event when that is the next one. */
    async #listen() {
        let frames;
        try {
            frames = await this.sub.receive();
        } catch (error) {
            if (error.code !== 'EAGAIN') {
                throw error;
            }
            this.#connect();
            return [];
        }
        const header = readHeader(frames[1]);
        if (header?.kind !== EVENT && header?.kind !== HEARTBEAT) {
            return [];
        }
        this.#checkEpoch(frames[2]);
        if (header.kind === EVENT && header.tseq === this.state.last + 1) {
            this.counts.live++;
            return [this.#accept(header.tseq, frames[3])];
        }
        if (header.tseq > this.state.last) {
            this.counts.gaps += header.kind === EVENT ? 1 : 0;
            this.fetching = true;
        } else if (header.kind === EVENT) {
            this.counts.dropped++;
        }
        return [];
    }

    /** All events, batch by batch, for ever; a batch may be empty. */
    async *batches() {
        this.#connect();
        try {
            for (;;) {
                yield this.fetching ? await this.#fetch() : await this.#listen();
            }
        } finally {
            this.close();
        }
    }
}
