// measure.mjs - counting what a run costs: processor time, private memory, medians and spread.
import { readFileSync, readdirSync } from 'node:fs';

const ticksPerSecond = 100;      // USER_HZ, the same on every Linux that Debian ships

/** Processor seconds of these processes so far, all their threads together. */
export function cpuOf(pids) {
    return pids.reduce((sum, pid) => {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The name in parentheses may have spaces; the fields after it are counted from the state.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return sum + (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    }, 0);
}

/** Bytes that only this process holds. */
export function privateBytes(pid) {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)]
        .reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
}

/** Bytes that it holds and that are in no file: what the kernel can give to nobody else. */
export function anonymousBytes(pid) {
    return Number(/^Anonymous: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) * 1024;
}

/** A process and everything it started. */
export function familyOf(pid) {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
        readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean));
    return [pid, ...children.flatMap((child) => familyOf(Number(child)))];
}

const ascending = (numbers) => [...numbers].sort((a, b) => a - b);

/** The value below which this part (0 to 1) of the numbers lies. */
export function quantile(numbers, part) {
    const sorted = ascending(numbers);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

export const median = (numbers) => quantile(numbers, 0.5);

/** Median, least and most. */
export function spread(numbers) {
    return { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };
}

/**
 * Measures two things by turns, so that what else the machine does hits both alike. Each
 * measurement answers figures by name; what comes out is for each name the spread of ours, theirs, and of ours
 * over theirs within a pair.
 */
export async function byTurns(rounds, ours, theirs) {
    const pairs = [];
    for (let round = 0; round < rounds; round++) {
        // Who goes first changes, so that going second is nobody's advantage.
        const ourTurn = async () => ({ ours: await ours(round) });
        const theirTurn = async () => ({ theirs: await theirs(round) });
        const [first, second] = round % 2 ? [theirTurn, ourTurn] : [ourTurn, theirTurn];
        pairs.push({ ...await first(), ...await second() });
        process.stderr.write('.');
    }
    process.stderr.write('\n');
    return Object.fromEntries(Object.keys(pairs[0].ours).map((name) => [name, {
        ours: spread(pairs.map((pair) => pair.ours[name])),
        theirs: spread(pairs.map((pair) => pair.theirs[name])),
        ratio: spread(pairs.map((pair) => pair.ours[name] / pair.theirs[name])),
    }]));
}
