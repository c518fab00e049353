// gateways.mjs - the gateway whose relay leads is killed, and another takes over.
import { underLoad, writesInHand } from './judge.mjs';
import { docker, set } from './set.mjs';

const away = 5;                  // seconds of load without it

export const gateways = {
    what: 'two gateways, the one whose relay leads is killed',
    play: (scene) => underLoad(scene, writesInHand, async (load) => {
        const [seq, term] = ['seq', 'term'].map((name) => async () => Number(await set.psql(`SELECT ${name} FROM stream.head`)));
        const led = await term(), at = await seq(), killed = Date.now();
        await docker('kill', await leader(led));
        await set.until(async () => await seq() > at && await term() > led, 'events go on');
        scene.check('another relay leads', await term() > led,
            `term ${led}, then ${await term()}; events went on ${((Date.now() - killed) / 1000).toFixed(1)} s after the kill`);
        await load.later(away);
        await set.up();
    }),
};

/** The id of the gateway that said that it leads in this term. */
async function leader(term) {
    for (const id of await set.containers('gateway')) {
        if ((await docker('logs', id)).includes(`"event":"relay_leads","term":"${term}"`)) {
            return id;
        }
    }
    throw new Error(`no gateway says that it leads in term ${term}`);
}
