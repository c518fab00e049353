// operations.test.mjs - runs after all others: together they saw every operation do its work.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { operationsOf, seenDirectory } from './lib/contract.mjs';
import { build } from './lib/places.mjs';
import { run } from './lib/processes.mjs';

test('every operation of the API answered well in some system test', async () => {
    const document = await run(path.join(build, 'meerwaarde'), ['print', 'openapi']);
    const seen = new Set(readdirSync(seenDirectory)
        .flatMap((file) => readFileSync(path.join(seenDirectory, file), 'utf8').split('\n'))
        .filter((line) => / 2\d\d$/.test(line)).map((line) => line.split(' ')[0]));
    const operations = operationsOf(JSON.parse(document)).map(({ operationId }) => operationId);
    assert.ok(operations.length > 100, 'the document has operations');
    assert.deepEqual(operations.filter((name) => !seen.has(name)), []);
});
