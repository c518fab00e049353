// every operation with odd but allowed values, by everybody, about known things: none is broken
import { after, before, test } from 'node:test';
import { contractOf, operationsOf } from '../lib/contract.mjs';
import { openHouse } from '../lib/house.mjs';
import { chance } from '../lib/walk.mjs';
import { makeWorld, options } from './isolation-world.mjs';
let house, world, contract, operations;
const seed = Number(process.env.SEED ?? Date.now() % 1e6);
const random = chance(seed);
before(async () => { house = await openHouse(options); await house.unlimit(); world = await makeWorld(house); contract = await contractOf(house.url); operations = operationsOf(contract.document); });
after(() => house?.stop());
const ids = {};
const learn = (x, name) => { if (Array.isArray(x)) x.forEach((y) => learn(y, name)); else if (x && typeof x === 'object') { for (const [k, v] of Object.entries(x)) { if (k === 'id' && name) (ids[name] ??= new Set()).add(v); else if (/_id$/.test(k) && typeof v === 'string') (ids[k] ??= new Set()).add(v); learn(v, k === 'lines' ? name.replace('_id', '_line_id') : undefined); } } };
const pickId = (name) => { const known = [...ids[name] ?? []]; return known.length && random.happens(0.95) ? random.pick(known) : random.happens(0.5) ? random.pick([...Object.values(ids)].flatMap((s) => [...s])) : '01900000-0000-7000-8000-000000000000'; };
function odd(given, name) {
    const s = contract.resolve(given);
    switch (s.type) {
        case 'object': return Object.fromEntries(Object.entries(s.properties).filter(([n, p]) => !p.readOnly && !contract.resolve(p).readOnly && (s.required?.includes(n) || random.happens(0.35))).map(([n, p]) => [n, odd(p, n)]));
        case 'array': { const n = Math.min(random.pick([s.minItems ?? 0, (s.minItems ?? 0) + 1, 2, 3, s.maxItems ?? 3]), s.maxItems ?? 99, 30); const one = odd(s.items, name); return Array.from({ length: n }, () => (random.happens(0.3) ? one : odd(s.items, name))); }
        case 'integer': return random.pick([s.minimum ?? 0, s.maximum ?? 1e9, Math.max(1, s.minimum ?? 1), 1, 2, 100].filter((v) => v >= (s.minimum ?? 0) && v <= (s.maximum ?? 1e15)));
        case 'boolean': return random.happens(0.5);
        default:
            if (s.enum) return random.pick(s.enum);
            if (s.format === 'uuid') return pickId(name);
            if (s.format === 'date') return random.pick(['0001-01-01', '9999-12-31', '2026-11-29', '2026-11-30', '2026-11-01', '2027-02-01']);
            if (s.format === 'date-time') return random.pick(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-29T23:59:59Z', '2027-11-29T23:59:59Z']);
            if (s.pattern) return s.pattern.replace(/^\^|\$$/g, '').replace(/\[0-9\]\{(\d+)\}/g, (_, n) => '1'.repeat(n)).replaceAll('[0-9]', '1');
            { const n = random.pick([s.minLength ?? 1, Math.min(s.maxLength ?? 20, 3000), Math.max(s.minLength ?? 1, 5)]); return random.pick(['x', 'é', '𝄞', "'", '%', '\\', '0']).repeat(n); }
    }
}
test('chaos', async () => {
    console.log(`SEED=${seed}`);
    const people = Object.values(world).flat().filter((x) => x?.session);
    for (const p of [...people]) for (const k of ['chief', 'second']) if (p[k]) people.push(p[k]);
    people.forEach((p) => { (ids.account_id ??= new Set()).add(p.account); (ids.supplier_id ??= new Set()).add(p.org); (ids.handler_id ??= new Set()).add(p.org); (ids.organisation_id ??= new Set()).add(p.org); (ids.municipality_id ??= new Set()).add(p.org); });
    const singular = (c) => `${c.replaceAll('-', '_').replace(/ies$/, 'y').replace(/s$/, '')}_id`;
    for (const [c, t] of Object.entries(world.things)) learn(t, singular(c));
    const lists = operations.filter(({ method, template }) => method === 'GET' && !template.includes('{') && !/events|openapi|files/.test(template));
    const bad = new Map(), count = {};
    const rounds = Number(process.env.ROUNDS ?? 6);
    const t0 = Date.now(); for (let r = 0; r < rounds && Date.now() - t0 < 150e3; r++) { console.log('round', r, Date.now() - t0);
        for (const p of people) for (const l of lists) { if (r) continue; const t1 = Date.now(); const a = await p.request("GET", `${l.template}?limit=100`, { patience: 0 }).catch((e) => ({ status: 500, body: e.message })); if (a.status === 200) for (const i of a.body.items ?? []) learn(i, singular(l.template.split('/')[1])); if (a.status >= 500) bad.set(`${l.operationId}`, JSON.stringify(a.body).slice(0, 300)); if (Date.now() - t1 > 2000) console.log("SLOW", l.operationId, a.status, Date.now() - t1); }
        for (const op of operations) {
            if (/events|sessions|files|_import|_preview|cxml|end_sessions/.test(op.template) || op.method === 'DELETE') continue;
            for (let n = 0; n < 5; n++) {
                const who = random.pick(people);
                const shape = op.requestBody?.content['application/json']?.schema;
                const body = shape && odd(shape);
                const path = op.template.replace(/\{(\w+)\}/g, (_, k) => pickId(k === 'id' ? singular(op.template.replace('/reports', '').split('/')[1]) : k));
                const query = (op.parameters ?? []).map((x) => (x.$ref ? contract.resolve(x) : x)).filter((x) => x.in === 'query' && (x.required || random.happens(0.4)) && x.name !== 'cursor').map((x) => `${x.name}=${encodeURIComponent(odd(x.schema, x.name.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`)))}`).join('&');
                const version = random.pick([1, 2, 3, 4, undefined]);
                let a;
                try { a = await who.request(op.method, query ? `${path}?${query}` : path, { body, version, patience: 0 }); } catch (e) { a = { status: 599, body: e.message }; }
                const k = op.operationId; count[k] ??= {}; count[k][a.status] = (count[k][a.status] ?? 0) + 1;
                if (a.status >= 500) { if (!bad.has(k)) bad.set(k, `${op.method} ${path}?${query} ${JSON.stringify(body)?.slice(0, 900)} -> ${String(a.body?.detail ?? a.body).slice(0, 300)}`); }
                else if (a.status < 300 && op.method !== 'GET') learn(a.body, singular(op.template.split('/')[1]));
            }
        }
    }
    for (const [k, v] of bad) console.log(`BAD ${k}: ${v.replaceAll('\n', ' ')}`);
    console.log('NEVER', Object.entries(count).filter(([, c]) => !c[200] && !c[201] && !c[204]).map(([k, c]) => `${k} ${JSON.stringify(c)}`).join('; '));
    const all = {}; Object.values(count).forEach((c) => Object.entries(c).forEach(([s, n]) => { all[s] = (all[s] ?? 0) + n; })); console.log('ALL', JSON.stringify(all));
});
