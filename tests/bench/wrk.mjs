// wrk.mjs - wrk, and what its report says.
import { run } from '../lib/processes.mjs';

/** Asks `url` as fast as it answers; answers how many answers came, in how many seconds. */
export async function wrk(url, { connections, seconds, headers = {}, script, args = [] }) {
    const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const out = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency',
        ...options, ...script ? ['-s', script] : [], url, ...args.length ? ['--', ...args] : []]);
    const [, requests, time, unit] = out.match(/(\d+) requests in ([\d.]+)(m?s)/);
    const bad = out.match(/Non-2xx or 3xx responses: (\d+)/);
    const broken = out.match(/Socket errors: (.*)/);
    if (bad || broken) {
        throw new Error(`not every request was answered well:\n${out}`);
    }
    return { requests: Number(requests), seconds: Number(time) / (unit === 'ms' ? 1000 : 1) };
}
