// faults.mjs - one container of two dies, crashes, is cut off or hangs, of matching and of pipeline by turns.
import { doneBy, workersOf } from '../fault/world.mjs';
import { underLoad, writesInHand } from './judge.mjs';
import { docker, set } from './set.mjs';

const away = 5;                  // seconds of load without it
const services = ['matching', 'pipeline'];

/** The container whose worker did most: with little load, the others have next to nothing. */
async function busiest(service) {
    const [{ worker }] = (await workersOf(set, service)).sort((a, b) => doneBy(b) - doneBy(a));
    const ids = await set.containers(service);
    return ids.find((id) => worker.endsWith(`-${id.slice(0, 12)}`));
}

/** Does something to the busiest of matching under load, and then to that of pipeline. */
const toBoth = (what, happens) => ({
    what,
    play: (scene) => underLoad(scene, writesInHand, async (load) => {
        for (const service of services) {
            const id = await busiest(service);
            await happens(scene, load, service, id);
            const began = Date.now();
            await set.healthy(id);
            await set.until(async () => (await workersOf(set, service)).filter(({ ready }) => ready).length === 2,
                `two of ${service} take work`);
            scene.note(`${service} was whole again ${((Date.now() - began) / 1000).toFixed(1)} s after that`);
        }
    }),
});

export const kill = toBoth('docker kill, and compose up', async (scene, load, service, id) => {
    await docker('kill', id);
    await load.later(away);
    const { State } = await set.inspect(id);
    scene.check(`${service} stays away until somebody says up`, State.Status === 'exited', State.Status);
    await set.up();
});

// A program in a container is its process 1, which no signal from within can end, and from without only this one.
export const crash = toBoth('a crash, and the restart policy', async (scene, load, service, id) => {
    const { State, RestartCount } = await set.inspect(id);
    process.kill(State.Pid, 'SIGKILL');
    await set.until(async () => (await set.inspect(id)).RestartCount > RestartCount, `${service} is started again`);
    scene.check(`${service} is started again by the engine`, true, `${RestartCount + 1} times`);
    await load.later(away);
});

export const network = toBoth('cut off from the network, and connected again', async (scene, load, service, id) => {
    const back = `${process.env.COMPOSE_PROJECT_NAME}_back`;
    await docker('network', 'disconnect', back, id);
    await load.later(away);
    const left = (await workersOf(set, service)).filter(({ ready }) => ready).length;
    scene.check(`${service} without it is one worker`, left === 1, `${left}`);
    await docker('network', 'connect', '--alias', service, back, id);
});

export const paused = toBoth('docker pause, and unpause', async (scene, load, service, id) => {
    await docker('pause', id);
    try {
        await load.later(away);
        const left = (await workersOf(set, service)).length;
        scene.check(`${service} without it is one worker`, left === 1, `${left}`);
    } finally {
        await docker('unpause', id);
    }
});
