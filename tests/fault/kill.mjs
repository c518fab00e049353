// kill.mjs - kill -9 of one of four matching workers at half load: no read fails, and the p99 is back within 3 s.
import { median } from '../bench/measure.mjs';
import { until } from '../lib/house.mjs';
import { counts, drive, failures, peak } from './load.mjs';
import { ratioText } from './scene.mjs';
import { inHouse, workersOf } from './world.mjs';

const pairs = 9;
const seconds = 9;
const faultAt = 3;               // seconds after the start of the load
const backWithin = 3;
const limit = 1.25;
const workers = ['matching', 'matching#2', 'matching#3', 'matching#4'];

/** The middle of the p99 of each second from `faultAt + backWithin` on. */
const after = (report) => median(report.seconds.slice(faultAt + backWithin, seconds).map((each) => each.good_ms.p99));
const during = (report) => Math.max(...report.seconds.slice(faultAt, faultAt + backWithin).map((each) => each.good_ms.p99));

export const kill = {
    what: 'kill -9 of one of four matching workers at half load',
    play: (scene) => inHouse({ args: { matching: ['--workers=1'] } }, async (house) => {
        await house.start(...workers.slice(1));
        const { rate: most } = await peak(house.url, { profile: 'match', seed: scene.seed });
        const options = { profile: 'match', rate: Math.round(most / 2), seconds };
        const all = (count) => until(async () => (await workersOf(house, 'matching')).length === count, 15_000,
            `${count} matching workers serve`);
        scene.note(`at most ${most.toFixed(0)} a second; driven at ${options.rate}`);
        const run = async (seed, fault) => {
            await all(workers.length);
            const load = drive(house.url, { ...options, seed });
            await load.second(faultAt);
            await fault();
            return load.report;
        };
        let no = 0, worst = 0;
        const killed = [], calm = [];
        const result = await scene.pairs(pairs, async (seed) => {
            const name = workers[no++ % workers.length];
            const report = await run(seed, () => house.kill(name));
            await all(workers.length - 1);
            await house.start(name);
            killed.push(report.all);
            worst = Math.max(worst, during(report));
            return after(report);
        }, async (seed) => {
            const report = await run(seed, async () => {});
            calm.push(report.all);
            return after(report);
        });
        const lost = killed.reduce((sum, tally) => sum + failures(tally), 0);
        scene.check('no read fails', lost === 0, `${lost}: ${killed.map(counts).join('; ')}`);
        scene.note(`without a kill: ${calm.map(counts).join('; ')}`);
        scene.check(`the p99 from ${backWithin} s after the kill on, over that without one, is at most ${limit}`,
            result.median <= limit, `${ratioText(result)} ms`);
        scene.note(`the worst second within those ${backWithin} s had a p99 of ${worst.toFixed(1)} ms`);
    }),
};
