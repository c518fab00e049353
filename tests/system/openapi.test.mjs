// openapi.test.mjs - the API's document: by the rules of Dutch government, and without internals.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Contract } from '../lib/contract.mjs';
import { must, openHouse } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';

// The linter of the API Design Rules 2.2, where this checkout has the reference data beside it.
const rules = path.join(checkout, '../shared/data/adr/adr-2.2-linter.yaml');
const spectral = path.join(checkout, 'tests/node_modules/.bin/spectral');

let house, document, directory;

before(async () => {
    house = await openHouse();
    document = must(await house.nobody().get('/openapi.json')).body;
    directory = mkdtempSync(path.join(os.tmpdir(), 'mw-'));
});
after(async () => {
    await house?.stop();
    rmSync(directory, { recursive: true, force: true });
});

/** The codes of the rules that a document breaks. */
async function lint(of, ruleset) {
    const file = path.join(directory, 'openapi.json');
    writeFileSync(file, JSON.stringify(of));
    const out = await new Promise((resolve, reject) => {
        execFile(spectral, ['lint', '--quiet', '-f', 'json', '-r', ruleset, file],
            { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
                // 1: it found something; more: it could not work.
                error && error.code !== 1 ? reject(new Error(stderr)) : resolve(stdout);
            });
    });
    return JSON.parse(out || '[]').map(({ code, path: at }) => `${code} ${at.join('/')}`);
}

/** A copy of the document, changed. */
function changed(change) {
    const copy = structuredClone(document);
    change(copy);
    return copy;
}

test('it is valid OpenAPI 3.0', async () => {
    const ruleset = path.join(directory, 'valid.json');
    writeFileSync(ruleset, JSON.stringify(
        { extends: [['spectral:oas', 'off']], rules: { 'oas3-schema': 'error' } }));
    assert.match(document.openapi, /^3\.0\./);
    assert.deepEqual(await lint(document, ruleset), []);
    const broken = changed(({ paths }) => { delete paths['/needs'].get.responses; });
    assert.match((await lint(broken, ruleset)).join(), /oas3-schema paths\/\/needs\/get/);
});

test('it keeps the API Design Rules', {
    skip: existsSync(rules) ? false : 'reference data not here',
}, async () => {
    assert.deepEqual(await lint(document, rules), []);
    const broken = changed((copy) => {
        copy.paths['/Needs_of_mine'] = copy.paths['/needs'];
        delete copy.paths['/needs'];
        delete copy.paths['/orders'].get.responses['200'].headers;
    });
    const found = (await lint(broken, rules)).join('\n');
    assert.match(found, /paths-kebab-case/);
    assert.match(found, /missing-header/);
});

/** The names of the schemas that these parts of the document lead to. */
function reached(parts) {
    const names = new Set();
    const visit = (thing) => JSON.stringify(thing).replace(
        /#\/components\/schemas\/(\w+)/g, (_, name) => {
            if (!names.has(name)) {
                names.add(name);
                visit(document.components.schemas[name]);
            }
        });
    visit(parts);
    return names;
}

test('no schema tells of what only we set, unless we answer with it', () => {
    const operations = Object.values(document.paths).flatMap(Object.values);
    const answered = reached([document.components.responses,
        operations.map(({ responses }) => responses)]);
    const asked = reached(operations.map(({ requestBody }) => requestBody ?? {}));
    for (const [name, { properties }] of Object.entries(document.components.schemas)) {
        assert.ok(answered.has(name) || asked.has(name), `${name} is used`);
        const kept = Object.keys(properties).filter((one) => properties[one].readOnly);
        assert.ok(answered.has(name) || kept.length === 0, `${name} is sent with ${kept}`);
    }
    assert.deepEqual(document.components.schemas.Credentials.required, ['email', 'password']);
    // Hashes of tokens, and the facts that guards ask for, never leave the services.
    assert.doesNotMatch(JSON.stringify(document),
        /token_hash|supplier_admitted|quotes_in|invitation_id|ordered_by/);
});

test('the check of answers sees what is not as declared', async () => {
    const contract = new Contract(document);
    const operation = contract.find('GET', '/needs/01900000-0000-7000-8000-000000000000');
    assert.equal(operation.operationId, 'need_get');
    assert.equal(contract.find('DELETE', '/sessions/current').operationId, 'session_close');
    const good = must(await house.nobody().get('/offers'));
    const offers = contract.find('GET', '/offers');
    assert.deepEqual(contract.faults(offers, good), []);
    const seen = (change, pattern) =>
        assert.match(contract.faults(offers, { ...good, ...change }).join(), pattern);
    seen({ body: { ...good.body, secret: 1 } }, /additional.*secret/);
    seen({ body: { ...good.body, total: 'many' } }, /total must be integer/);
    seen({ body: {} }, /required.*items/);
    seen({ status: 201 }, /201 is not declared/);
    seen({ headers: new Headers({ 'content-type': 'application/json' }) }, /API-Version/);
    const html = new Headers({ 'api-version': '1', 'content-type': 'text/html' });
    seen({ headers: html }, /text\/html/);
    const problem = must(await house.nobody().get('/openapi.json'));
    assert.match(contract.faults(undefined, problem).join(), /200 is not declared/);
});
