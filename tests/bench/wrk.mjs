// wrk.mjs - wrk, and what its report says.
import { run } from '../lib/processes.mjs';

const milliseconds = (text, unit) => Number(text) * { us: 0.001, ms: 1, s: 1000 }[unit];

/**
 * Asks `url` as fast as it answers; answers how many answers came, in how many seconds, and the milliseconds within which
 * half of them and 99 of a hundred came.
 */
export async function wrk(url, { connections, seconds, threads = 1, headers = {}, script, args = [] }) {
    const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const out = await run('wrk', [`-t${threads}`, `-c${connections}`, `-d${seconds}s`, '--latency',
        ...options, ...script ? ['-s', script] : [], url, ...args.length ? ['--', ...args] : []]);
    const [, requests, time, unit] = out.match(/(\d+) requests in ([\d.]+)(m?s)/);
    const bad = out.match(/Non-2xx or 3xx responses: (\d+)/);
    const broken = out.match(/Socket errors: (.*)/);
    if (bad || broken) {
        throw new Error(`not every request was answered well:\n${out}`);
    }
    const within = (part) => milliseconds(...new RegExp(`^ +${part}% +([\\d.]+)(us|ms|s)$`, 'm').exec(out).slice(1));
    return { requests: Number(requests), seconds: Number(time) / (unit === 'ms' ? 1000 : 1), p50: within(50), p99: within(99) };
}
