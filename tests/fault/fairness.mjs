// fairness.mjs - one organisation asks for ten times its share: the others' p99 stays what it is when that one asks for as
// much as they do.
import { counts, driven, peak } from './load.mjs';
import { ratioText } from './scene.mjs';
import { inHouse, largeCatalogue, organisations } from './world.mjs';

const pairs = 20;
const seconds = 4;
const others = 8;
const times = 10;
const busy = 0.7;                // the part of its share that everybody else uses, and that one in the control
const limit = 1.25;
const lostMore = 0.002;          // of the others' requests, beyond what the control loses
const copies = 8;

export const fairness = {
    what: `one organisation at ${times}× its share beside ${others} others`,
    play: (scene) => inHouse({ args: { catalog: ['--workers=1'] } }, async (house) => {
        const heavy = await largeCatalogue(house, copies);
        const [greedy, ...rest] = await organisations(house, others + 1);
        const { rate: most } = await peak(house.url, { ask: heavy, token: greedy, seed: scene.seed });
        const share = most / (others + 1);
        const theirs = { ask: heavy, token: rest.join(','), rate: Math.round(others * share * busy), seconds };
        const one = { ask: heavy, token: greedy, seconds, connections: 4000 };
        const modest = { ...one, rate: Math.round(share * busy) }, flood = { ...one, rate: Math.round(share * times) };
        scene.note(`at most ${most.toFixed(0)} a second, a share is ${share.toFixed(0)}; the others ask for`
            + ` ${theirs.rate} together, the greedy one for ${flood.rate}, in the control for ${modest.rate}`);
        const told = { flood: [], modest: [] };
        const beside = (name, its) => async (seed) => {
            const [calm, wild] = await Promise.all([driven(house.url, { ...theirs, seed }),
                driven(house.url, { ...its, seed: seed + pairs })]);
            told[name].push({ asked: calm.all.asked, lost: calm.all.asked - calm.all.good, wild: wild.all });
            return calm.all.good_ms.p99;
        };
        const result = await scene.pairs(pairs, beside('flood', flood), beside('modest', modest));
        const sum = (name, what) => told[name].reduce((total, round) => total + round[what], 0);
        scene.check(`the others' p99 beside the greedy one over that beside a modest one is at most ${limit}`,
            result.median <= limit, `${ratioText(result, 1)} ms`);
        scene.check('no more of the others are refused than in the control',
            sum('flood', 'lost') <= sum('modest', 'lost') + lostMore * sum('flood', 'asked'),
            `${sum('flood', 'lost')} of ${sum('flood', 'asked')}; ${sum('modest', 'lost')} in the control`);
        scene.note(`the greedy one, last round: ${counts(told.flood.at(-1).wild)}`);
    }),
};
