// gateway.mjs - one offer, asked for by somebody who is logged in: our gateway and catalog beside
// the same in Fastify and pg, both on the same PostgreSQL.
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { conninfo } from '../lib/cluster.mjs';
import { openHouse, services, until } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { Child, freePort } from '../lib/processes.mjs';
import { byTurns, cpuOf } from './measure.mjs';
import { wrk } from './wrk.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const connections = 64;
const rounds = 9;
const seconds = 3;

/** A session that the peer can look up: for the same person, under a hash that Node can make. */
async function peerSession(house, email) {
    const token = randomBytes(32).toString('hex');
    const hash = createHash('sha256').update(token).digest('hex');
    await house.psql(`
        INSERT INTO identity.bearer (id, token_hash, account_id, created_at, expires_at)
        SELECT gen_random_uuid (), '${hash}', id, now (), now () + interval '1 hour'
        FROM identity.account WHERE email = '${email}'`);
    return `mw_session=${token}`;
}

async function startPeer(house) {
    const port = await freePort();
    const db = path.join(house.directory, 'db');
    const sql = path.join(checkout, 'services/catalog/offer/sql/offer_get.sql');
    const child = new Child(process.execPath,
        [path.join(here, 'peer.mjs'), String(port), conninfo(db, 'meerwaarde'), sql],
        { env: { NODE_ENV: 'production' }, log: path.join(house.directory, 'peer.log') });
    const url = `http://127.0.0.1:${port}`;
    await until(() => fetch(url), 10_000, 'the peer listens');
    return { child, url };
}

/** Process ids of the connections to PostgreSQL that `condition` chooses. */
async function backends(house, condition) {
    const pids = await house.psql(`SELECT pid FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid () AND ${condition}`);
    return pids.split('\n').filter(Boolean).map(Number);
}

/** One round: requests a second, and processor microseconds a request. */
async function round(url, cookie, pids) {
    const before = cpuOf(pids);
    const done = await wrk(url, { connections, seconds, headers: { cookie } });
    const cpu = cpuOf(pids) - before;
    return { rate: done.requests / done.seconds, cost: cpu * 1e6 / done.requests };
}

export async function gateway() {
    const house = await openHouse({ demo: true });
    let peer;
    try {
        await house.unlimit();
        const email = 'karin@enschede.example';
        const ourCookie = (await house.as(email)).cookie;
        const theirCookie = await peerSession(house, email);
        const id = await house.psql(`SELECT id FROM catalog.offer WHERE state = 'published'
            ORDER BY length (description) DESC LIMIT 1`);
        peer = await startPeer(house);
        const ourUrl = `${house.url}/v1/offers/${id}`;
        const theirUrl = `${peer.url}/v1/offers/${id}`;
        await wrk(ourUrl, { connections, seconds, headers: { cookie: ourCookie } });
        await wrk(theirUrl, { connections, seconds, headers: { cookie: theirCookie } });
        const ours = [...services.map((name) => house.pid(name)),
            ...await backends(house, "usename LIKE 'mw_%'")];
        const theirs = [peer.child.pid, ...await backends(house, "application_name = 'peer'")];
        const { rate, cost } = await byTurns(rounds,
            () => round(ourUrl, ourCookie, ours),
            () => round(theirUrl, theirCookie, theirs));
        return [
            { what: `GET an offer, ${connections} connections: requests/s`, target: '≥ 3.0',
                digits: 0, ...rate, met: rate.ratio.median >= 3 },
            { what: 'the same: processor µs a request, PostgreSQL included', target: '≤ 0.50',
                digits: 0, ...cost, met: cost.ratio.median <= 0.5 },
        ];
    } finally {
        await peer?.child.end();
        await house.stop();
    }
}
