// peer.mjs - GET of an offer as most would build it: Fastify, pg and one process. It does what the
// gateway and catalog do for that request, and is given every convenience that changes nothing.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import pg from 'pg';

const [port, conninfo, statement] = process.argv.slice(2);
const freshFor = 5000;           // milliseconds, as in the gateway

// Cents and counts fit in a double; the driver would give them as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const options = Object.fromEntries(conninfo.split(' ').map((part) => part.split('=')));
const pool = new pg.Pool({
    host: options.host, database: options.dbname, user: options.user,
    application_name: 'peer', max: 10,
});

const text = { type: 'string', nullable: true };
const number = { type: 'integer', nullable: true };
const texts = { type: 'array', items: { type: 'string' }, nullable: true };
const offer = {
    type: 'object',
    properties: {
        id: text, supplier_id: text, supplier_name: text, supplier_municipality: text,
        supplier_municipality_name: text, title: text, title_en: text, description: text,
        description_en: text, kind: text, sector: text, cpv: text, price_cents: number, unit: text,
        vat: text, lead_days: number, capacity: number,
        national: { type: 'boolean', nullable: true }, region: texts, goals: texts,
        target_groups: texts, impact: text,
        fictional: { type: 'boolean', nullable: true }, state: text, version: number,
        created_at: { type: 'string', format: 'date-time' }, commands: texts,
    },
};

// Ours asks for several at once where several wait; a peer would write it for one.
const select = readFileSync(statement, 'utf8').replace('= ANY (:call_targets::uuid[])', '= $1::uuid');
const findSession = `
    SELECT b.account_id, m.organisation_id, m.roles
    FROM identity.bearer b
    LEFT JOIN identity.known_member m ON m.account_id = b.account_id
    WHERE b.token_hash = $1 AND b.expires_at > now ()
    LIMIT 1`;

const sessions = new Map();

async function sessionOf(request) {
    const token = /(?:^|; )mw_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
    if (!token) {
        return undefined;
    }
    const known = sessions.get(token);
    if (known && known.until > Date.now()) {
        return known.session;
    }
    const hash = createHash('sha256').update(token).digest('hex');
    const { rows } = await pool.query({ name: 'session', text: findSession, values: [hash] });
    sessions.set(token, { session: rows[0], until: Date.now() + freshFor });
    return rows[0];
}

const headers = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'strict-transport-security': 'max-age=31536000',
    'referrer-policy': 'no-referrer',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'api-version': '0.1.0',
    'cache-control': 'no-store',
};

const app = Fastify();
app.get('/v1/offers/:id', {
    schema: {
        params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } },
        response: { 200: offer },
    },
}, async (request, reply) => {
    const session = await sessionOf(request);
    const { rows } = await pool.query({ name: 'offer', text: select, values: [request.params.id] });
    const found = rows[0];
    const isOwn = found?.supplier_id === session?.organisation_id;
    if (!found || (found.state !== 'published' && !isOwn)) {
        return reply.code(404).send();
    }
    found.commands = isOwn ? ['put', found.state === 'published' ? 'retire' : 'publish'] : [];
    reply.headers(headers).header('etag', `"${found.version}"`);
    return found;
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
