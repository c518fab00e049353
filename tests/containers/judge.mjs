// judge.mjs - a scene under steady load through nginx: what its requests came to, held against the events.
import { counts, drive, failures } from '../fault/load.mjs';
import { chainIsWhole, draftedOnce } from '../fault/world.mjs';
import { set } from './set.mjs';

const rate = 60;                 // a second: some tenth of what the set does on two cores
const settled = 3;               // seconds of load before something happens, and after
let seeds = 0;

/** What may be refused with 503 while something happens; and, for people, why. */
export const nothing = { reads: false, writes: false };
export const writesInHand = { reads: false, writes: true, because: 'a write that was with it may have been done, so it is not repeated' };
export const everything = { reads: true, writes: true, because: 'nobody can answer without it' };

const readsOf = ({ browse, match }) => [browse, match];
const sum = (tallies, name) => tallies.reduce((total, tally) => total + tally[name], 0);

function judgeReads(scene, reads, may) {
    const told = reads.map(counts).join('; ');
    const failed = reads.reduce((total, tally) => total + failures(tally), 0) - (may.reads ? sum(reads, 'refused') : 0);
    scene.check(may.reads ? `no read fails but by a refusal (${may.because})` : 'no read fails',
        sum(reads, 'asked') > 0 && failed === 0, told);
}

function judgeWrites(scene, deal, may) {
    scene.check(may.writes ? `every write is done, sent again under its key if it was refused (${may.because})`
        : 'no write is refused',
    deal.asked > 0 && deal.good === deal.asked && (may.writes || deal.repeats === 0), counts(deal));
}

/** Plays `happens(load)` while the set is asked, and judges what it answered and what it wrote down. */
export async function underLoad(scene, may, happens) {
    const seed = scene.seed + 1000 * seeds++;
    await set.ready();
    const load = drive(set.url, { profile: 'mix', rate, seconds: 900, repeats: 60, seed });
    try {
        await load.later(settled);
        await happens(load);
        await load.later(settled);
    } finally {
        await load.stop();
    }
    const report = await load.report;
    scene.note(`${report.all.asked} requests in ${report.elapsed_s.toFixed(0)} s, p50 ${report.all.good_ms.p50.toFixed(1)} ms,`
        + ` p99 ${report.all.good_ms.p99.toFixed(1)} ms`);
    judgeReads(scene, readsOf(report), may);
    judgeWrites(scene, report.deal, may);
    await set.until(async () => await set.psql('SELECT count (*) FROM stream.outbox') === '0', 'the outbox is empty');
    await draftedOnce(set, scene, seed, report.deal.asked);
    await chainIsWhole(set, scene);
}
