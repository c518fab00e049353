// dispatcher.test.mjs - the dispatcher in some worlds of chance; `make sim` plays ten thousand.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { build } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';

test('what must hold holds in worlds of chance', async (t) => {
    const seed = process.env.SEED ?? String(Date.now());
    t.diagnostic(`SEED=${seed}`);
    assert.match(await run(path.join(build, 'tests/dispatcher_sim'), ['300', seed]), /all holds/);
});
