// rolling.mjs - every service is restarted, one container after the other, the gateways too.
import { nothing, underLoad } from './judge.mjs';
import { set } from './set.mjs';

const services = ['catalog', 'pipeline', 'matching', 'reporting', 'gateway'];

export const rolling = {
    what: 'every container of every service is restarted in turn',
    play: (scene) => underLoad(scene, nothing, async () => {
        for (const service of services) {
            const began = Date.now(), ends = await set.roll(service);
            scene.check(`${service} ends in order`, ends.every((end) => end === 0),
                `exit codes ${ends.join(', ')}; ${((Date.now() - began) / 1000).toFixed(0)} s`);
        }
    }),
};
