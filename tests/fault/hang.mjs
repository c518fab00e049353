// hang.mjs - SIGSTOP of a matching worker is as good as kill; after SIGCONT its late replies are nobody's, and it
// gets work again.
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../lib/house.mjs';
import { counts, drive, failures } from './load.mjs';
import { doneBy, inHouse, status, workersOf } from './world.mjs';

const rate = 1000;

export const hang = {
    what: 'SIGSTOP of one of two matching workers, then SIGCONT',
    play: (scene) => inHouse({ args: { matching: ['--workers=1'] } }, async (house) => {
        await house.start('matching#2');
        const pid = house.pid('matching#2');
        const find = async () => (await workersOf(house, 'matching')).find(({ worker }) => worker.endsWith(`-${pid}`));
        const load = drive(house.url, { profile: 'match', rate, seconds: 120, seed: scene.seed });
        await until(async () => doneBy(await find()) > 0, 15_000, 'both workers have work');
        process.kill(pid, 'SIGSTOP');
        let stopped;
        try {
            stopped = Date.now();
            await until(async () => !await find(), 15_000, 'the silent one is taken for dead');
            scene.note(`taken for dead after ${Date.now() - stopped} ms`);
            await pause(1000);      // under load with the other one alone
        } finally {
            process.kill(pid, 'SIGCONT');
        }
        await until(find, 15_000, 'it is known again');
        const before = doneBy(await find());
        await until(async () => doneBy(await find()) > before + rate / 10, 15_000, 'it gets work again');
        const back = doneBy(await find());
        const report = await load.stop();
        scene.check('no read fails', report.all.asked > 0 && failures(report.all) === 0,
            `${counts(report.all)}, p99 ${report.all.good_ms.p99.toFixed(1)} ms`);
        scene.check('it gets work again', back > before, `${back - before} more answers`);
        const { submitted, answered } = (await status(house)).services.find(({ service }) => service === 'matching');
        const given = await until(async () => {
            const done = (await workersOf(house, 'matching')).reduce((sum, worker) => sum + doneBy(worker), 0);
            return done >= answered && done;
        }, 5000, 'the workers have told of all that they answered');
        scene.check('each request is answered once', answered === submitted,
            `${submitted} requests; ${given} answers, at least ${given - answered} of them late and nobody's`);
    }),
};
