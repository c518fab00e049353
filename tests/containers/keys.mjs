// keys.mjs - the keys of a service, of the gateways and of the operator are replaced.
import { nothing, underLoad } from './judge.mjs';
import { set } from './set.mjs';

/** Who has a key, and which containers have to be started again to use a new one. */
const owners = { matching: ['matching'], pipeline: ['pipeline'], gateway: ['gateway'], operator: [] };

/** Of the one public key by which a name is known. */
async function fingerprint(owner) {
    const publics = (await set.secrets('key', 'list')).split('\n').map((line) => line.split(/ +/))
        .filter(([name, kind]) => name === owner && kind === 'public');
    return publics.map(([, , text]) => text).join(' and ');
}

export const keys = {
    what: `the keys of ${Object.keys(owners).join(', ')} are replaced`,
    play: (scene) => underLoad(scene, nothing, async () => {
        for (const [owner, services] of Object.entries(owners)) {
            const before = await fingerprint(owner);
            await set.secrets('rotate', owner);
            const ends = [];
            for (const service of services) {
                ends.push(...await set.roll(service));
            }
            await set.secrets('retire', owner);
            const after = await fingerprint(owner), said = (await set.ctl('status')).trim().split('\n').at(-1);
            scene.check(`${owner} has another key, and its containers ended in order`,
                after !== before && ends.every((end) => end === 0), `${before}, then ${after}; ${said}`);
        }
    }),
};
