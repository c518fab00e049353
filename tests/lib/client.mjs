// client.mjs - one caller over HTTP: keeps the session, and sends what every write has to carry.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { contractOf } from './contract.mjs';

const mostPatience = 30_000;    // ms

/** An answer: `status`, `headers`, `body` (JSON, or else text), `version` from the ETag. */
async function answerOf(response) {
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const version = response.headers.get('etag')?.replaceAll('"', '');
    return {
        status: response.status,
        headers: response.headers,
        body: isJson && text ? JSON.parse(text) : text,
        version: version === undefined ? undefined : Number(version),
    };
}

const json = (bytes) => (bytes.length > 0 ? JSON.parse(bytes.toString()) : '');

export class Client {
    #cookie;
    #csrf;

    constructor(url) {
        this.url = url;
    }

    /** Whoever has the password. Throws when the gateway does not let them in. */
    static async login(url, email, password) {
        const client = new Client(url);
        await client.#logIn(email, password);
        return client;
    }

    /** A session ends; `again` begins one for the same person. */
    async #logIn(email, password) {
        this.#cookie = this.#csrf = undefined;
        this.session = must(await this.post('/sessions', { email, password })).body;
        this.again = () => this.#logIn(email, password);
    }

    /**
     * A request below /v1. `version` goes into If-Match; `key` is the Idempotency-Key, a new one
     * unless given; `headers` go over everything, and null takes one away. A set that is out for a
     * moment, as on a machine that stands still, is asked again with the same key, for `patience`
     * ms. Throws when the answer is not as the API's own document says.
     */
    async request(method, path, { patience = mostPatience, key = randomUUID(), ...what } = {}) {
        const until = performance.now() + patience;
        for (;;) {
            const answer = await this.#once(method, path, { ...what, key });
            const again = 1000 * Number(answer.headers.get('retry-after'));
            const isOut = answer.status === 503 && answer.body.type?.endsWith(':unavailable');
            if (!isOut || !(again > 0) || performance.now() + again > until) {
                return answer;
            }
            await pause(again);
        }
    }

    async #once(method, path, { body, version, key, headers = {} }) {
        const isWrite = method !== 'GET' && method !== 'HEAD';
        const all = {
            accept: 'application/json',
            cookie: this.#cookie,
            'content-type': body === undefined ? undefined : 'application/json',
            'idempotency-key': isWrite ? key : undefined,
            'x-csrf-token': isWrite ? this.#csrf : undefined,
            'if-match': version === undefined ? undefined : `"${version}"`,
            ...headers,
        };
        const present = Object.entries(all).filter(([, value]) => value != null);
        const isPlain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
        const text = isPlain ? body : JSON.stringify(body);
        const response = await fetch(`${this.url}/v1${path}`,
            { method, headers: Object.fromEntries(present), body: text, redirect: 'manual' });
        // Debian's Node 18 has no getSetCookie; the gateway sets one cookie.
        const cookie = response.headers.get('set-cookie');
        const answer = await answerOf(response);
        if (cookie) {
            this.#cookie = cookie.split(';')[0];
            this.#csrf = answer.body?.csrf_token;
        }
        (await contractOf(this.url)).check(method, path, answer);
        return answer;
    }

    get(path, options) {
        return this.request('GET', path, options);
    }

    post(path, body, options) {
        return this.request('POST', path, { body, ...options });
    }

    put(path, body, version, options) {
        return this.request('PUT', path, { body, version, ...options });
    }

    /** A command on a thing: `command('/needs', need, 'publish')`; its version goes along. */
    command(collection, thing, name, body = {}, options) {
        return this.request('POST', `${collection}/${thing.id}/_${name}`,
            { body, version: thing.version, ...options });
    }

    /** Sends a file, as bytes or text. */
    upload(content, name, options = {}) {
        const headers = { 'content-type': 'application/octet-stream', ...options.headers };
        return this.request('POST', `/files${name === undefined ? '' : `?name=${encodeURIComponent(name)}`}`,
            { body: Buffer.from(content), ...options, headers });
    }

    /** The bytes of a file: `status`, `headers`, `bytes`. */
    async download(file, headers = {}, method = 'GET') {
        const all = { cookie: this.#cookie, ...headers };
        const present = Object.entries(all).filter(([, value]) => value != null);
        const response = await fetch(`${this.url}/v1/files/${file}`, { method, headers: Object.fromEntries(present) });
        const bytes = Buffer.from(await response.arrayBuffer());
        (await contractOf(this.url)).check(method, `/files/${file}`,
            { status: response.status, headers: response.headers, body: response.ok ? '' : json(bytes) });
        return { status: response.status, headers: response.headers, bytes };
    }

    /** What a request that this class does not make needs: who asks, and that they mean it. */
    get credentials() {
        return { cookie: this.#cookie, 'x-csrf-token': this.#csrf };
    }

    /** The cookie, for a browser that should be logged in as this caller. */
    get cookie() {
        return this.#cookie;
    }
}

/** The answer, when it is a good one; for steps that are not what the test is about. */
export function must(answer) {
    if (answer.status < 200 || answer.status > 299) {
        throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return answer;
}
