// keys.mjs - the keys of a service, of the gateways and of the operator are replaced.
import { nothing, underLoad } from './judge.mjs';
import { set } from './set.mjs';

/** Who has a key, and which containers have to be started again to use a new one. */
const owners = { matching: ['matching'], pipeline: ['pipeline'], gateway: ['gateway'], operator: [] };

export const keys = {
    what: `the keys of ${Object.keys(owners).join(', ')} are replaced`,
    play: (scene) => underLoad(scene, nothing, async () => {
        for (const [owner, services] of Object.entries(owners)) {
            const before = await set.secrets('key', 'list');
            await set.secrets('rotate', owner);
            const ends = [];
            for (const service of services) {
                ends.push(...await set.roll(service));
            }
            await set.secrets('retire', owner);
            const after = await set.secrets('key', 'list');
            const changed = after.split('\n').filter((line) => !before.includes(line));
            const services_serve = (await set.ctl('status')).trim().split('\n').at(-1);
            scene.check(`${owner} has another key`, changed.length > 0 && changed.every((line) => line.includes(owner))
                && ends.every((end) => end === 0), `${changed.join('; ')}; ${services_serve}`);
        }
    }),
};
