// matching.mjs - how fast offers are found, beside Lucene, Xapian, SQLite and PostgreSQL: processor time of one core, the same
// queries in turns. OFFERS=100000,1000000 chooses the sizes of the market, GROWTH=10000,… those of the plot (GROWTH= none),
// and PEERS=Lucene,Xapian who is beside.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { build, checkout } from '../lib/places.mjs';
import { growthPlot } from './matching/growth.mjs';
import { postgresql } from './matching/postgresql.mjs';
import { byTurns, spread } from './measure.mjs';

const run = promisify(execFile);
const queries = 2_000;
const needs = 100_000;
const percolated = 20_000;
const seed = 1;
const here = path.join(checkout, 'tests/bench/matching');
const sizesOf = (text) => text.split(',').filter(Boolean).map(Number);
const sizes = sizesOf(process.env.OFFERS ?? '100000,1000000');
const growth = sizesOf(process.env.GROWTH ?? '10000,100000,1000000,3000000');
const chosen = process.env.PEERS?.split(',');
const lucene = ['core', 'analyzers-common'].map((part) => `/usr/share/java/lucene-${part}-8.7.0.jar`);
const compiled = path.join(build, 'bench');
// The generator that the targets were set by, where it is; ours makes a market like it (RESULTS.md).
const shared = path.resolve(checkout, '../shared');
const catalogue = path.join(shared, 'bench/search/gen_catalogue.py');

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
        ask: async (...how) => {
            child.stdin.write(`${how.join(' ')}\n`);
            return next();
        },
        close: () => child.stdin.end(),
    };
}

async function compile() {
    await mkdir(compiled, { recursive: true });
    await Promise.all([
        run('gcc', ['-O2', '-o', path.join(compiled, 'sqlite'), path.join(here, 'sqlite.c'), '-lsqlite3']),
        run('g++', ['-O2', '-o', path.join(compiled, 'xapian'), path.join(here, 'xapian.cc'), '-lxapian']),
        run('javac', ['-cp', lucene.join(':'), '-d', compiled, path.join(here, 'Lucene.java')]),
    ]);
}

/** offers.tsv (number, title, description, CPV code, region), queries.tsv and needs.tsv (words, region). */
async function market(offers, directory) {
    if (!existsSync(catalogue)) {
        await run(path.join(build, 'matching_generate'), [offers, needs, seed, directory].map(String));
        await run('sh', ['-c', `cd ${directory} && mv queries.tsv needs.tsv && head -n ${queries} needs.tsv > queries.tsv`]);
        return;
    }
    await run('python3', [catalogue, '--offers', offers, '--needs', needs, '--seed', seed, '--out', directory,
        '--cpv', path.join(shared, 'corpora/cpv-nl/cpv_nl.tsv')].map(String));
    await run('sh', ['-c', `cd ${directory} && cut -f1-4,6 offers.tsv > cut && mv cut offers.tsv && cut -f9,10 needs.tsv > cut`
        + ` && mv cut needs.tsv && head -n ${queries} needs.tsv > queries.tsv`]);
}

const share = (offers) => (offers >= 1_000_000 ? `${offers / 1_000_000}M` : `${offers / 1000}k`);

// How a query is asked, and what is wanted of it: of our rate at a size, or of ours over a peer's at a million.
const ways = {
    any: { what: 'best ten of any word', least: { 100_000: 80_000, 1_000_000: 15_000 }, times: { Lucene: 6, Xapian: 20 } },
    filtered: { what: 'best ten of any word, 5 % of the offers allowed', least: { 1_000_000: 10_000 }, times: {} },
    read: { what: 'best ten of any word, words read in the time', least: {}, times: {} },
};

/** Who is slow is asked fewer of the same queries, in fewer turns. */
const peersOf = (files, directory) => ({
    Lucene: { rounds: 7, queries, ways: ['any', 'filtered', 'read'], start: () => engine('java', ['-Xmx3g', '-XX:+UseSerialGC',
        '-cp', [...lucene, compiled].join(':'), 'Lucene', ...files, path.join(directory, 'lucene')]) },
    Xapian: { rounds: 5, queries, ways: ['any', 'filtered', 'read'], start: () => engine(path.join(compiled, 'xapian'), [...files, directory]) },
    'SQLite FTS5': { rounds: 3, queries: 200, ways: ['any', 'filtered'], start: () => engine(path.join(compiled, 'sqlite'), [...files, directory]) },
    PostgreSQL: { rounds: 3, queries: 60, ways: ['any', 'filtered'], start: () => postgresql(...files) },
});

async function beside(name, peer, ours, offers) {
    const rows = [];
    const theirs = await peer.start();
    for (const how of peer.ways) {
        const { rate } = await byTurns(peer.rounds, () => ours.ask(how, peer.queries), () => theirs.ask(how, peer.queries));
        const times = offers === 1_000_000 ? ways[how].times[name] : undefined;
        rows.push({ what: `${share(offers)} offers, ${ways[how].what}, beside ${name}: queries/s`, target: times ? `≥ ${times}×` : '', digits: 0,
            ...rate, met: times && rate.ratio.median >= times });
    }
    await theirs.close();
    return rows;
}

async function alone(ours, offers) {
    const rows = [];
    for (const [how, { what, least }] of Object.entries(ways)) {
        const rates = [];
        for (let i = 0; i < 7; i++) {
            rates.push((await ours.ask(how, queries)).rate);
        }
        const wanted = least[offers];
        rows.push({ what: `${share(offers)} offers, ${what}: queries/s`, target: wanted ? `≥ ${wanted.toLocaleString('en')}` : '', digits: 0,
            ours: spread(rates), met: wanted && spread(rates).median >= wanted });
    }
    return rows;
}

async function percolation(files) {
    const standing = await engine(path.join(build, 'matching_percolate'), files);
    const rates = [];
    let met = 0;
    for (let i = 0; i < 5; i++) {
        const answer = await standing.ask(percolated);
        rates.push(answer.rate);
        met = answer.met;
    }
    standing.close();
    return [{ what: `offers against ${share(needs)} standing needs, ${met.toFixed(0)} met by each: offers/s`, target: '≥ 30,000', digits: 0,
        ours: spread(rates), met: spread(rates).median >= 30_000 }];
}

async function atSize(offers, directory) {
    const files = ['offers.tsv', 'queries.tsv'].map((name) => path.join(directory, name));
    const ours = await engine(path.join(build, 'matching_ours'), files);
    const rows = [
        { what: `${share(offers)} offers: built in batches of 500, offers/s`, target: '≥ 50,000', digits: 0, ours: spread([ours.built.rate]),
            met: ours.built.rate >= 50_000 },
        { what: `${share(offers)} offers: bytes of index an offer`, target: '≤ 250', digits: 0, ours: spread([ours.built.bytes]),
            met: ours.built.bytes <= 250 },
        ...await alone(ours, offers),
    ];
    for (const [name, peer] of Object.entries(peersOf(files, directory)).filter(([name]) => chosen?.includes(name) ?? true)) {
        rows.push(...await beside(name, peer, ours, offers));
    }
    ours.close();
    if (offers === 100_000) {
        rows.push(...await percolation([files[0], path.join(directory, 'needs.tsv')]));
    }
    return rows;
}

async function inMarket(offers, work) {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'matching-bench-'));
    try {
        await market(offers, directory);
        return await work(directory);
    } finally {
        await rm(directory, { recursive: true });
    }
}

/** What a query costs at each size, into matching-growth.svg. */
async function plot() {
    const lines = [['any', 'any word'], ['filtered', '5 % of the offers allowed']].map(([how, name]) => ({ how, name, points: [] }));
    for (const offers of growth) {
        await inMarket(offers, async (directory) => {
            const ours = await engine(path.join(build, 'matching_ours'), ['offers.tsv', 'queries.tsv'].map((name) => path.join(directory, name)));
            for (const line of lines) {
                const rates = [];
                for (let i = 0; i < 5; i++) {
                    rates.push((await ours.ask(line.how, queries)).rate);
                }
                line.points.push([offers, 1e6 / spread(rates).median]);
            }
            ours.close();
        });
    }
    await writeFile(path.join(checkout, 'tests/bench/matching-growth.svg'), growthPlot('What a query costs as the market grows', lines));
}

export async function matching() {
    await compile();
    const rows = [];
    for (const offers of sizes) {
        rows.push(...await inMarket(offers, (directory) => atSize(offers, directory)));
    }
    if (growth.length) {
        await plot();
    }
    return rows;
}
