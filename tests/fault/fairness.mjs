// fairness.mjs - one organisation asks for ten times its share: the others' p99 stays what it is without it.
import { counts, driven, peak } from './load.mjs';
import { ratioText } from './scene.mjs';
import { inHouse, organisations } from './world.mjs';

const pairs = 20;
const seconds = 3;
const others = 8;
const times = 10;
const busy = 0.5;                // the part of its share that each other one uses
const limit = 1.25;
const heavy = '/v1/needs?limit=50';

export const fairness = {
    what: `one organisation at ${times}× its share beside ${others} others`,
    play: (scene) => inHouse({ args: { pipeline: ['--workers=1'] } }, async (house) => {
        const [greedy, ...rest] = await organisations(house, others + 1);
        const most = await peak(house.url, { ask: heavy, token: greedy, seed: scene.seed });
        const share = most / (others + 1);
        const theirs = { ask: heavy, token: rest.join(','), rate: Math.round(others * share * busy), seconds };
        const flood = { ask: heavy, token: greedy, rate: Math.round(times * share), seconds, connections: 4000 };
        scene.note(`at most ${most.toFixed(0)} a second, a share is ${share.toFixed(0)}; the others ask for`
            + ` ${theirs.rate} together, the greedy one for ${flood.rate}`);
        const refused = [];
        const beside = async (seed) => {
            const [calm, wild] = await Promise.all([driven(house.url, { ...theirs, seed }),
                driven(house.url, { ...flood, seed: seed + pairs })]);
            refused.push(calm.all.asked - calm.all.good);
            scene.wild = wild.all;
            return calm.all.good_ms.p99;
        };
        const alone = async (seed) => (await driven(house.url, { ...theirs, seed })).all.good_ms.p99;
        const result = await scene.pairs(pairs, beside, alone);
        scene.check(`the others' p99 over that without the greedy one is at most ${limit}`, result.median <= limit,
            `${ratioText(result, 1)} ms`);
        scene.check('none of the others is refused', refused.every((count) => count === 0),
            `${refused.reduce((sum, count) => sum + count, 0)} in ${pairs} rounds`);
        scene.note(`the greedy one, last round: ${counts(scene.wild)}`);
    }),
};
