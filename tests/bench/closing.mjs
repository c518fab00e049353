// closing.mjs - the closing of a financing table of 200 asks and 40 financiers, beside the same said in the plainest way.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import assert from 'node:assert/strict';
import { checkout } from '../lib/places.mjs';
import { byTurns, spread } from './measure.mjs';

const pairs = 7;
const limit = 1000;              // milliseconds for a table

export async function closing() {
    const program = path.join(checkout, process.env.BUILD ?? 'build', 'bench_closing');
    const run = (seed, way) => JSON.parse(execFileSync(program, [String(seed), way], { encoding: 'utf8' }));
    const sums = {};
    const worst = { ring: [], chain: [] };
    const turn = (way) => (round) => {
        const { mixed, sum, ring, chain } = run(round + 1, way);
        assert.equal(sums[round] ??= sum, sum, 'both bind the same pledges');
        if (way === 'ours') {
            worst.ring.push(ring);
            worst.chain.push(chain);
        }
        return { mixed };
    };
    const { mixed } = await byTurns(pairs, turn('ours'), turn('naive'));
    const alone = (what, times) =>
        ({ what, target: `< ${limit}`, ours: spread(times), digits: 2, met: spread(times).max < limit });
    return [
        { what: 'closing 8,000 pledges with mixed conditions, ms', target: `< ${limit}`, ...mixed, digits: 2,
            met: mixed.ours.max < limit },
        alone('the same, all in one circle, ms', worst.ring),
        alone('the same, in one chain that breaks at its end, ms', worst.chain),
    ];
}
