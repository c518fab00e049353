// postgres.mjs - the one PostgreSQL is restarted.
import { everything, underLoad } from './judge.mjs';
import { compose, set } from './set.mjs';

export const postgres = {
    what: 'PostgreSQL is restarted',
    play: (scene) => underLoad(scene, everything, async (load) => {
        const count = async () => Number(await set.psql('SELECT count (*) FROM pipeline.need'));
        const began = Date.now();
        await compose('restart', 'db');
        const up = Date.now(), before = await set.until(count, 'it answers');
        await set.until(async () => await count() > before, 'needs are drafted again');
        scene.note(`restarted in ${((up - began) / 1000).toFixed(1)} s; writes were done again`
            + ` ${((Date.now() - up) / 1000).toFixed(1)} s later`);
        for (const service of ['catalog', 'pipeline', 'matching', 'reporting', 'gateway', 'front']) {
            for (const id of await set.containers(service)) {
                await set.healthy(id);
            }
        }
        scene.note(`everything was healthy ${((Date.now() - up) / 1000).toFixed(1)} s after it was back`);
        await load.later(2);
    }),
};
