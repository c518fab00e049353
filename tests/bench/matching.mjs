// matching.mjs - how fast offers are found, beside Xapian and Lucene: processor time of one core, the same queries in
// turns. OFFERS=100000,1000000 chooses the sizes of the market.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build } from '../lib/places.mjs';
import { byTurns, spread } from './measure.mjs';

const run = promisify(execFile);
const rounds = 7;
const queries = 2_000;
const seed = 1;
const here = path.join(import.meta.dirname, 'matching');
const sizes = (process.env.OFFERS ?? '100000,1000000').split(',').map(Number);
const lucene = ['core', 'analyzers-common'].map((part) => `/usr/share/java/lucene-${part}-8.7.0.jar`);

/** A program that says what its build took, and then answers line by line. */
async function engine(command, args) {
    const child = spawn('taskset', ['-c', '1', command, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => {
        const { value, done } = await lines.next();
        if (done) {
            throw new Error(`${command} ended`);
        }
        return JSON.parse(value);
    };
    const built = await next();
    return {
        built,
        ask: async (how) => {
            child.stdin.write(`${how}\n`);
            return { rate: (await next()).rate };
        },
        close: () => child.stdin.end(),
    };
}

const compiled = path.join(build, 'bench');

async function compile() {
    await mkdir(compiled, { recursive: true });
    await Promise.all([
        run('g++', ['-O2', '-o', path.join(compiled, 'xapian'), path.join(here, 'xapian.cc'), '-lxapian']),
        run('javac', ['-cp', lucene.join(':'), '-d', compiled, path.join(here, 'Lucene.java')]),
    ]);
}

const share = (offers) => (offers >= 1_000_000 ? `${offers / 1_000_000}M` : `${offers / 1000}k`);

async function atSize(offers, directory) {
    await run(path.join(build, 'matching_generate'), [offers, queries, seed, directory].map(String));
    const files = ['offers.tsv', 'queries.tsv'].map((name) => path.join(directory, name));
    const ours = await engine(path.join(build, 'matching_ours'), files);
    const rows = [
        { what: `${share(offers)} offers: built, offers/s`, target: '≥ 50,000', digits: 0, ours: spread([ours.built.rate]),
            met: ours.built.rate >= 50_000 },
        { what: `${share(offers)} offers: bytes of index an offer`, target: '≤ 250', digits: 0, ours: spread([ours.built.bytes]),
            met: ours.built.bytes <= 250 },
    ];
    const peers = {
        Lucene: [6, () => engine('java', ['-Xmx3g', '-XX:+UseSerialGC', '-cp', [...lucene, compiled].join(':'), 'Lucene', ...files,
            path.join(directory, 'lucene')])],
        Xapian: [20, () => engine(path.join(compiled, 'xapian'), [...files, directory])],
    };
    for (const [name, [times, start]] of Object.entries(peers)) {
        const peer = await start();
        for (const how of ['or', 'filtered']) {
            const { rate } = await byTurns(rounds, () => ours.ask(how), () => peer.ask(how));
            rows.push({ what: `${share(offers)} offers, best ten of any word${how === 'or' ? '' : ', 5 % of them allowed'}`
                + `, beside ${name}: queries/s`, target: how === 'or' && offers === 1_000_000 ? `≥ ${times}` : '', digits: 0, ...rate,
            met: how === 'or' && offers === 1_000_000 ? rate.ratio.median >= times : undefined });
        }
        peer.close();
    }
    ours.close();
    return rows;
}

export async function matching() {
    await compile();
    const rows = [];
    for (const offers of sizes) {
        const directory = await mkdtemp(path.join(os.tmpdir(), 'matching-bench-'));
        try {
            rows.push(...await atSize(offers, directory));
        } finally {
            await rm(directory, { recursive: true });
        }
    }
    return rows;
}
