// judge.mjs - a scene under steady load through nginx: what its requests came to, held against the events.
import { counts, drive, failures } from '../fault/load.mjs';
import { chainIsWhole, draftedOnce } from '../fault/world.mjs';
import { set } from './set.mjs';

const loads = [                   // a second; together some tenth of what the set does on two cores
    { profile: 'mix', rate: 60 },
    { profile: 'deal', rate: 30 },
];
const settled = 3;               // seconds of load before something happens, and after
let seeds = 0;

/** What may be refused with 503 while something happens; and, for people, why. */
export const nothing = { reads: false, writes: false };
export const writesInHand = { reads: false, writes: true, because: 'a write that was with it may have been done, so it is not repeated' };
export const everything = { reads: true, writes: true, because: 'nobody can answer without it' };

const sum = (tallies, name) => tallies.reduce((total, tally) => total + tally[name], 0);

function judgeReads(scene, reads, may) {
    const failed = reads.reduce((total, tally) => total + failures(tally), 0) - (may.reads ? sum(reads, 'refused') : 0);
    scene.check(may.reads ? `no read fails but by a refusal (${may.because})` : 'no read fails',
        sum(reads, 'asked') > 0 && failed === 0, reads.map(counts).join('; '));
}

function judgeWrites(scene, writes, may) {
    scene.check(may.writes ? `every write is done, sent again under its key if it was refused (${may.because})`
        : 'no write is refused',
    sum(writes, 'asked') > 0 && sum(writes, 'good') === sum(writes, 'asked') && (may.writes || sum(writes, 'repeats') === 0),
    writes.map(counts).join('; '));
}

/** Plays `happens(load)` while the set is asked, and judges what it answered and what it wrote down. */
export async function underLoad(scene, may, happens) {
    await set.ready();
    const driven = loads.map((options) => {
        const seed = scene.seed + 1000 * seeds++;
        return { seed, ...drive(set.url, { ...options, seconds: 900, repeats: 60, seed }) };
    });
    const [first] = driven;
    try {
        await first.later(settled);
        await happens(first);
        await first.later(settled);
    } finally {
        await Promise.allSettled(driven.map((each) => each.stop()));
    }
    const reports = await Promise.all(driven.map(({ report }) => report));
    for (const { all, elapsed_s: seconds } of reports) {
        scene.note(`${all.asked} requests in ${seconds.toFixed(0)} s, p50 ${all.good_ms.p50.toFixed(1)} ms,`
            + ` p99 ${all.good_ms.p99.toFixed(1)} ms`);
    }
    judgeReads(scene, reports.flatMap(({ browse, match }) => [browse, match]).filter(({ asked }) => asked > 0), may);
    judgeWrites(scene, reports.map(({ deal }) => deal), may);
    await set.until(async () => await set.psql('SELECT count (*) FROM stream.outbox') === '0', 'the outbox is empty');
    for (const [no, { deal }] of reports.entries()) {
        await draftedOnce(set, scene, driven[no].seed, deal.asked);
    }
    await chainIsWhole(set, scene);
}
