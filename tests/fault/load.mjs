// load.mjs - build/load beside a scene: drives a set while things happen to it, and says what came of it.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from '../lib/places.mjs';

const progress = /^ *\d+ +\d+ +[\d.]+ +[\d.]+ .*$/gm;

/**
 * Starts a load; `options` are those of build/load, in camel case. Answers its `pid`; `report`, a promise of its
 * summary; `second(n)`, a promise of the moment when it has asked for so many seconds; `later(n)`, that for so many
 * more; and `stop()`, which lets what is under way end and answers its summary.
 */
export function drive(url, options) {
    const args = Object.entries({ url, json: 'yes', ...options }).map(([name, value]) =>
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`);
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', path.join(build, 'load'), ...args],
        { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '', complained = '', seconds = 0;
    child.stdout.on('data', (data) => { said += data; });
    const waiting = [];
    child.stderr.on('data', (data) => {
        complained += data;
        seconds = complained.match(progress)?.length ?? 0;
        waiting.filter(({ at }) => at <= seconds).forEach(({ resolve }) => resolve());
    });
    const report = new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', (code) => (code === 0 ? resolve(JSON.parse(said))
            : reject(new Error(`load ended with ${code}:\n${complained}`))));
    });
    report.catch(() => {});
    const second = (at) => Promise.race([report, new Promise((resolve) => { waiting.push({ at, resolve }); })]);
    return {
        pid: child.pid,
        report,
        second,
        later: (more) => second(seconds + more),
        stop: () => { child.kill('SIGINT'); return report; },
    };
}

/** Drives for as long as `options.seconds` says. */
export const driven = (url, options) => drive(url, options).report;

/** Good answers a second. */
export const goodput = ({ all, elapsed_s: seconds }) => all.good / seconds;

/** What came of requests that should not fail: everything but good answers. */
export const failures = ({ asked, good }) => asked - good;

/** Counts for people, without those that are zero. */
export const counts = (tally) => ['good', 'quota', 'refused', 'other', 'broken', 'crowded']
    .filter((name) => tally[name]).map((name) => `${tally[name]} ${name}`).join(', ')
    + (tally.repeats ? `, ${tally.repeats} sent again` : '');

/** The most good answers that a set gives in a second, and how many have to ask again and again for that. */
export async function peak(url, options) {
    const tries = [];
    for (const connections of [2, 4, 8, 16, 32]) {
        const rate = goodput(await driven(url, { ...options, rate: 0, connections, seconds: 2 }));
        tries.push({ rate, connections });
    }
    return tries.reduce((best, each) => (each.rate > best.rate ? each : best));
}
