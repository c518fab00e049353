// scale.mjs - matching goes from one worker to four and to two, under load.
import { workersOf } from '../fault/world.mjs';
import { nothing, underLoad } from './judge.mjs';
import { set } from './set.mjs';

const steps = [1, 4, 2];

export const scale = {
    what: `matching is scaled ${steps.join(' → ')}`,
    play: (scene) => underLoad(scene, nothing, async (load) => {
        for (const count of steps) {
            const began = Date.now();
            await set.up({ matching: count });
            const took = Date.now() - began;
            const ready = (await workersOf(set, 'matching')).filter((worker) => worker.ready).length;
            scene.check(`${count} of matching take work`, ready === count, `${ready}; up took ${(took / 1000).toFixed(1)} s`);
            await load.later(2);
        }
    }),
};
