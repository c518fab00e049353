// scene.mjs - what a scene is given: a place to say what it saw, its seed, and pairs against a control.
import os from 'node:os';
import { spread } from '../bench/measure.mjs';

export class Scene {
    passed = 0;
    failed = 0;

    constructor(seed) {
        this.seed = seed;
    }

    /** Tells what was claimed, whether it holds, and the figures. */
    check(claim, holds, figures) {
        console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${claim}: ${figures}`);
        holds ? this.passed++ : this.failed++;
    }

    /** A figure that nothing is claimed about. */
    note(what) {
        console.log(`        ${what}`);
    }

    /**
     * A figure with a fault and without, by turns, so that what else the machine does hits both alike. Each turn gets
     * a seed; both of a pair get the same. Answers the ratios' median, least, most, and the interval that holds the
     * true median with 95 %.
     */
    async pairs(count, withFault, control) {
        const ratios = [], both = [];
        for (let no = 0; no < count; no++) {
            const seed = this.seed + no;
            const turns = no % 2 ? [control, withFault] : [withFault, control];
            const first = await turns[0](seed);
            const second = await turns[1](seed);
            const [fault, calm] = no % 2 ? [second, first] : [first, second];
            ratios.push(fault / calm);
            both.push([fault, calm]);
        }
        return { ...spread(ratios), ...interval(ratios), fault: spread(both.map(([fault]) => fault)),
            control: spread(both.map(([, calm]) => calm)), count };
    }
}

/** The interval between two of the sorted numbers in which the median lies with 95 %, by the binomial distribution. */
export function interval(numbers) {
    const sorted = [...numbers].sort((a, b) => a - b);
    const n = sorted.length;
    // Between the k-th from below and the k-th from above; of few numbers no interval is as sure as that.
    let k = 1, weight = 0.5 ** n, outside = weight;
    while (k < n / 2 && outside + weight * (n - k + 1) / k <= 0.025) {
        weight *= (n - k + 1) / k;
        outside += weight;
        k++;
    }
    return { low: sorted[k - 1], high: sorted[n - k], sure: 1 - 2 * outside };
}

const two = (number) => number.toFixed(2);

export const ratioText = ({ median, low, high, sure, min, max, count, fault, control }, digits = 2) =>
    `${two(median)} (${(100 * sure).toFixed(0)} % interval ${two(low)}–${two(high)}, range ${two(min)}–${two(max)},`
    + ` ${count} pairs; ${fault.median.toFixed(digits)} beside ${control.median.toFixed(digits)})`;

function fail(what) {
    console.error(what);
    process.exit(1);
}

/**
 * Plays the scenes whose name has ONLY in it, one after the other, counts what held, and ends this process. A scene has
 * `what`, a line, and `play`, which gets a Scene with SEED, or a seed of the clock's.
 */
export async function playScenes(scenes) {
    const chosen = Object.entries(scenes).filter(([name]) => name.includes(process.env.ONLY ?? ''));
    if (chosen.length === 0) {
        fail(`there is no scene ${process.env.ONLY}; there are ${Object.keys(scenes).join(', ')}.`);
    }
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    if (!Number.isSafeInteger(seed) || seed < 1) {
        fail('SEED has to be a whole number above 0.');
    }
    console.log(`seed ${seed}; ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}`);
    let passed = 0, failed = 0;
    for (const [name, { what, play }] of chosen) {
        console.log(`\n${name}: ${what}`);
        const scene = new Scene(seed), began = Date.now();
        try {
            await play(scene);
        } catch (error) {
            scene.check('the scene plays to its end', false, error.stack);
        }
        scene.note(`${((Date.now() - began) / 1000).toFixed(0)} s`);
        passed += scene.passed;
        failed += scene.failed;
    }
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exit(failed ? 1 : 0);
}
