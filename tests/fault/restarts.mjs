// restarts.mjs - twenty SIGTERM restarts of workers, all services in turn, under reads and writes: nothing fails.
import { until } from '../lib/house.mjs';
import { counts, drive, failures } from './load.mjs';
import { chainIsWhole, draftedOnce, inHouse, services, status } from './world.mjs';

const restarts = 20;
const rate = 200;

export const rolling = {
    what: `${restarts} rolling SIGTERM restarts of workers under reads and writes`,
    play: (scene) => inHouse({}, async (house) => {
        const names = [...services, ...services.map((name) => `${name}#2`)];
        await house.start(...names.slice(services.length));
        // The gateway's own workers serve identity, and are not restarted.
        const all = () => until(async () => (await status(house)).workers
            .filter(({ service }) => services.includes(service)).length === names.length, 15_000, 'everybody serves');
        await all();
        const load = drive(house.url, { profile: 'mix', rate, seconds: 600, repeats: 20, seed: scene.seed });
        const ends = [];
        for (let no = 0; no < restarts; no++) {
            const name = names[no % names.length];
            ends.push(await house.end(name));
            await house.start(name);
            await all();
        }
        const report = await load.stop();
        scene.check('every worker ends in order', ends.every((end) => end === 0), `exit codes ${[...new Set(ends)]}`);
        scene.check('no request fails', report.all.asked > 0 && failures(report.all) === 0,
            `${counts(report.all)} in ${report.elapsed_s.toFixed(0)} s, p99 ${report.all.good_ms.p99.toFixed(1)} ms`);
        await draftedOnce(house, scene, scene.seed, report.deal.asked);
        await chainIsWhole(house, scene);
    }),
};
