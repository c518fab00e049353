// odd-values.test.mjs - every operation with values that are allowed and odd, about things that are there, asked by anybody:
// whatever comes of it, nothing is broken, and every answer is as declared.
//
//   make test ONLY=odd-values                      the same values every time
//   make test ONLY=odd-values SEED=7 ROUNDS=40     others, and more
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contractOf, operationsOf } from '../lib/contract.mjs';
import { openHouse } from '../lib/house.mjs';
import { chance } from '../lib/walk.mjs';
import { makeWorld, options } from './isolation-world.mjs';

const seed = Number(process.env.SEED ?? 1), rounds = Number(process.env.ROUNDS ?? 4);
const random = chance(seed);
const dates = ['0001-01-01', '9999-12-31', '2026-11-01', '2027-02-01'];
// What is a stream or a file, or ends what the others need.
const others = /events|sessions|files|_import|_preview|cxml/;
let house, contract, operations, people;
const known = new Map();    // 'need_id' -> the ids of needs

before(async () => {
    house = await openHouse(options);
    await house.unlimit();
    const world = await makeWorld(house);
    contract = await contractOf(house.url);
    operations = operationsOf(contract.document).filter(({ method, template }) => method !== 'DELETE' && !others.test(template));
    people = Object.values(world).flat().filter((one) => one?.session);
    people.push(...people.flatMap(({ chief, second }) => [chief, second]).filter(Boolean));
    for (const { account, org } of people) {
        note('account_id', account);
        ['organisation_id', 'supplier_id', 'handler_id', 'municipality_id'].forEach((name) => note(name, org));
    }
    Object.entries(world.things).forEach(([collection, thing]) => learn(thing, nameOf(collection)));
    await Promise.all(people.map(async (one) => {
        for (const { template } of operations.filter(({ method, template }) => method === 'GET' && !template.includes('{'))) {
            const { status, body } = await one.get(`${template}?limit=100`);
            (status === 200 ? body.items ?? [] : []).forEach((item) => learn(item, nameOf(template.split('/')[1])));
        }
    }));
});
after(() => house?.stop());

/** 'credit-notes' -> 'credit_note_id' */
const nameOf = (collection) => `${collection.replaceAll('-', '_').replace(/ies$/, 'y').replace(/s$/, '')}_id`;
const note = (name, id) => known.set(name, (known.get(name) ?? new Set()).add(id));

/** All ids that are in a thing, by what they are of. */
function learn(thing, name) {
    for (const [field, value] of Object.entries(thing ?? {})) {
        if (typeof value === 'string' && (field === 'id' || field.endsWith('_id'))) {
            note(field === 'id' ? name : field, value);
        } else if (field === 'lines' && Array.isArray(value)) {
            value.forEach((line) => learn(line, name.replace(/_id$/, '_line_id')));
        }
    }
}

/** Mostly one that is of it, sometimes one of something else, or of nothing. */
function someId(name) {
    const of = random.happens(0.95) ? [...known.get(name) ?? []] : [...known.values()].flatMap((ids) => [...ids]);
    return random.pick(of) ?? '01900000-0000-7000-8000-000000000000';
}

function oddText({ minLength = 1, maxLength = 20, pattern, format, enum: words }, name) {
    switch (format) {
        case 'uuid': return someId(name);
        case 'date': return random.pick(dates);
        case 'date-time': return `${random.pick(dates)}T${random.pick(['00:00:00', '23:59:59'])}Z`;
        default:
    }
    return words ? random.pick(words)
        : pattern ? pattern.replace(/[$^]/g, '').replace(/\[0-9\]\{(\d+)\}|\[0-9\]/g, (_, count = 1) => '1'.repeat(count))
            : random.pick(['x', 'é', '𝄞', "'", '%', '\\', '0']).repeat(random.pick([minLength, Math.max(minLength, 5), Math.min(maxLength, 3000)]));
}

/** A value that a schema lets through, at its edges more often than not. */
function odd(given, name) {
    const schema = contract.resolve(given);
    const { minItems = 0, maxItems = 3, minimum = 0, maximum = 1e9 } = schema;
    switch (schema.type) {
        case 'object': return Object.fromEntries(Object.entries(schema.properties)
            .filter(([field, inner]) => !contract.resolve(inner).readOnly && !inner.readOnly
                && (schema.required?.includes(field) || random.happens(0.35)))
            .map(([field, inner]) => [field, odd(inner, field)]));
        case 'array': {
            const count = Math.min(random.pick([minItems, minItems + 1, 3, maxItems]), maxItems, 30), one = odd(schema.items, name);
            return Array.from({ length: count }, () => (random.happens(0.3) ? one : odd(schema.items, name)));
        }
        case 'integer': return random.pick([minimum, maximum, 1, 2, 100].filter((value) => value >= minimum && value <= maximum));
        case 'boolean': return random.happens(0.5);
        default: return oddText(schema, name);
    }
}

const queryOf = ({ parameters = [] }) => parameters.map((one) => contract.resolve(one))
    .filter(({ in: where, name, required }) => where === 'query' && name !== 'cursor' && (required || random.happens(0.4)))
    .map(({ name, schema }) => `${name}=${encodeURIComponent(odd(schema, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)))}`)
    .join('&');

/** Somebody who sees the thing, with its version, if a few that are asked do. */
async function somebody(path) {
    for (let tries = 0; tries < 3; tries++) {
        const who = random.pick(people);
        const { status, body } = await who.get(path);
        if (status === 200) {
            return { who, version: body.version };
        }
    }
    return { who: random.pick(people), version: 1 };
}

test(`nothing is broken by odd values (SEED=${seed})`, async () => {
    console.log(`SEED=${seed}`);
    let answered = 0, did = 0;
    for (const operation of Array.from({ length: rounds }, () => operations).flat()) {
        const { method, template, requestBody } = operation;
        const path = template.replace(/\{(\w+)\}/g, (_, name) => someId(name === 'id' ? nameOf(template.split('/')[1]) : name));
        const body = requestBody && odd(requestBody.content['application/json'].schema);
        const { who, version } = method !== 'GET' && template.includes('{id}') ? await somebody(path.replace(/\/_.*$/, ''))
            : { who: random.pick(people) };
        const answer = await who.request(method, `${path}?${queryOf(operation)}`, { body, version })
            .catch((error) => assert.fail(`${method} ${path} ${JSON.stringify(body)}: ${error.message}`));
        answered++;
        if (method !== 'GET' && answer.status < 300) {
            did++;
            learn(answer.body, nameOf(template.split('/')[1]));
        }
    }
    assert.ok(answered > 100 * rounds && did > 0, `${answered} answers, ${did} of them did something`);
});
