// scene.mjs - what a scene is given: a place to say what it saw, its seed, and pairs against a control.
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
    let below = 0, weight = 0.5 ** n, k = 0;
    while (k < n / 2 && below + weight <= 0.025) {
        below += weight;
        weight *= (n - k) / (k + 1);
        k++;
    }
    return { low: sorted[Math.max(0, k - 1)], high: sorted[Math.min(n - 1, n - k)], sure: 1 - 2 * below };
}

const two = (number) => number.toFixed(2);

export const ratioText = ({ median, low, high, sure, min, max, count, fault, control }, digits = 2) =>
    `${two(median)} (${(100 * sure).toFixed(0)} % interval ${two(low)}–${two(high)}, range ${two(min)}–${two(max)},`
    + ` ${count} pairs; ${fault.median.toFixed(digits)} beside ${control.median.toFixed(digits)})`;
