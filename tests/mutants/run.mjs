// run.mjs - breaks each law of list.mjs and rounds.mjs in a copy of the checkout, builds it, and demands that its test sees it.
//
//   make mutants               all of them: some forty minutes on two cores
//   make mutants ONLY=D9,C     those of a law, of a letter, or of which the fault is told in these words
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkout } from '../lib/places.mjs';
import { mutants as ofDeals } from './list.mjs';
import { mutants as ofRounds } from './rounds.mjs';

const only = (process.env.ONLY ?? 'C,D,I').split(',');
const mutants = [...ofDeals, ...ofRounds];
const steps = process.env.STEPS ?? '1500', rounds = process.env.ROUNDS ?? '4', seed = process.env.SEED ?? '12';
const patience = 600_000;   // ms, for one file of tests

/** The checkout as it stands, with what was built of it. */
function copied() {
    const away = mkdtempSync(path.join(os.tmpdir(), 'mw-mutants-'));
    chmodSync(away, 0o755);
    const files = execFileSync('git', ['-C', checkout, 'ls-files', '-co', '--exclude-standard', '-z'],
        { maxBuffer: 1 << 26 }).toString();
    for (const file of files.split('\0').filter((one) => one && existsSync(path.join(checkout, one)))) {
        mkdirSync(path.dirname(path.join(away, file)), { recursive: true });
        cpSync(path.join(checkout, file), path.join(away, file), { preserveTimestamps: true });
    }
    for (const folder of ['build', 'services/gateway/web/dist', 'services/gateway/web/src/gen']) {
        cpSync(path.join(checkout, folder), path.join(away, folder), { recursive: true, preserveTimestamps: true });
    }
    rmSync(path.join(away, 'build/tests/cluster'), { recursive: true, force: true });   // it belongs to another user
    symlinkSync(path.join(checkout, 'tests/node_modules'), path.join(away, 'tests/node_modules'));
    return away;
}

/** Puts the change into the copy; answers what takes it back. */
function broken(away, changes) {
    const before = new Map();
    for (const [file, from, to] of changes) {
        const place = path.join(away, file);
        const text = readFileSync(place, 'utf8');
        before.set(place, before.get(place) ?? text);
        if (text.split(from).length !== 2) {
            throw new Error(`${file} has not once: ${from}`);
        }
        writeFileSync(place, text.replace(from, () => to));
    }
    return () => before.forEach((text, place) => writeFileSync(place, text));
}

const make = (away, target) => execFileSync('make', ['-s', '-j2', '-C', away, target], { stdio: ['ignore', 'ignore', 'pipe'] });

/** What of the file of tests fails: names, and first words of why. */
function failures(away, { test }) {
    const unit = test.startsWith('unit/');
    const env = { ...process.env, BUILD: path.join(away, 'build'), STEPS: steps, CMOCKA_MESSAGE_OUTPUT: 'TAP',
        ...test === 'round-walk' ? { ROUNDS: rounds, SEED: seed } : {} };
    const [program, args] = unit ? [path.join(away, 'build/tests', test), []]
        : [process.execPath, ['--test-reporter=tap', path.join(away, `tests/system/${test}.test.mjs`)]];
    const { stdout } = spawnSync(program, args, { cwd: away, env, timeout: patience, maxBuffer: 1 << 28, encoding: 'utf8' });
    return [...stdout.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name).filter((name) => !name.startsWith('/'));
}

function tried(away, mutant) {
    const unit = mutant.test.startsWith('unit/');
    const back = broken(away, mutant.change);
    try {
        make(away, unit ? `build/tests/${mutant.test}` : 'programs');
        const names = failures(away, mutant);
        return { names, seen: names.some((name) => mutant.red.test(name)) };
    } catch (error) {
        return { names: [`not built: ${String(error.stderr ?? error).trim().split('\n').at(-1)}`], seen: false };
    } finally {
        back();
    }
}

const chosen = mutants.filter(({ law, what }) => [law, law[0], what].some((name) => only.includes(name)));
const away = copied();
let missed = 0;
try {
    for (const mutant of chosen) {
        const { names, seen } = tried(away, mutant);
        missed += !seen;
        const { law, what, test } = mutant;
        const told = seen ? names.find((name) => mutant.red.test(name)) : names.join('; ') || 'nothing failed';
        console.log(`${seen ? 'seen    ' : 'NOT SEEN'} ${law.padEnd(4)} ${what.padEnd(52)} ${test.padEnd(20)} ${told}`);
    }
} finally {
    rmSync(away, { recursive: true, force: true });
}
console.log(`\n${chosen.length - missed} seen, ${missed} not`);
process.exitCode = missed > 0 || chosen.length === 0 ? 1 : 0;
