// dispatch.mjs - what dispatching costs beside a plain ROUTER and DEALER, and what a second matching worker brings.
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { drive, goodput } from '../fault/load.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { backends } from './gateway.mjs';
import { byTurns, cpuOf, spread } from './measure.mjs';

const rounds = 15;
const seconds = 1;
const pairs = 7;
const loadSeconds = 4;
const offers = 1200;             // so that ranking them is what a request costs
const connections = 16;

const echo = async (mode, inFlight) => {
    const { rate, p50_us: p50 } = JSON.parse(
        await run(path.join(build, 'dispatch_echo'), [mode, String(inFlight), String(seconds)]));
    return { rate, p50 };
};

async function echoes() {
    const [many, one] = [await byTurns(rounds, () => echo('ours', 256), () => echo('plain', 256)),
        await byTurns(rounds, () => echo('ours', 1), () => echo('plain', 1))];
    return [
        { what: 'an echo through the dispatcher beside a plain ROUTER and DEALER, 256 in flight: answers/s',
            target: '≥ 0.4', digits: 0, ...many.rate, met: many.rate.ratio.median >= 0.4 },
        { what: 'the same, one in flight: half within µs', target: '≤ 2', digits: 0, ...one.p50,
            met: one.p50.ratio.median <= 2 },
    ];
}

/** Offers that fit the needs of the load, so that a ranking has work to do. */
async function fillMarket(house) {
    const supplier = await house.as('fatma@groenekracht.example');
    const write = async (no) => {
        const { body } = must(await supplier.post('/offers', {
            title: `Onderhoud van binnentuin ${no} (fictief)`, kind: 'service', sector: 'green', cpv: '77310000-6',
            description: 'Een fictief aanbod: wekelijks onderhoud van binnentuinen, het hele jaar door.',
            price_cents: 4_000 + no, unit: 'uur', vat: 'high', lead_days: 14, national: true,
            goals: ['inclusive_labour'], fictional: true,
        }));
        must(await supplier.command('/offers', body, 'publish'));
    };
    for (let no = 0; no < offers; no += connections) {
        await Promise.all(Array.from({ length: connections }, (_, i) => write(no + i)));
    }
    await until(async () => await house.psql('SELECT NOT EXISTS (SELECT FROM stream.outbox)') === 't', 30_000,
        'all offers are in the stream');
}

/** Processor seconds since the start of the machine: of everything, busy. */
function machineBusy() {
    const [user, nice, system, , , irq, soft] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/ +/).slice(1).map(Number);
    return (user + nice + system + irq + soft) / 100;
}

/** One round with the workers that run: answers a second, and cores that each took. */
async function ask(house, names) {
    const load = drive(house.url, { profile: 'match', rate: 0, connections, seconds: loadSeconds, seed: 1 });
    const parts = { generator: [load.pid], gateway: [house.pid('gateway')],
        postgresql: await backends(house, "usename LIKE 'mw_%'"), workers: names.map((name) => house.pid(name)) };
    const cpu = () => Object.fromEntries(Object.entries(parts).map(([name, pids]) => [name, cpuOf(pids)]));
    // The generator logs in first; what it and the others take is counted from when answers come.
    await load.second(1);
    const before = cpu(), busy = machineBusy(), began = performance.now();
    await load.second(loadSeconds - 1);
    const after = cpu(), busyAfter = machineBusy(), took = (performance.now() - began) / 1000;
    const cores = Object.fromEntries(Object.keys(parts).map((name) => [name, (after[name] - before[name]) / took]));
    const ours = Object.values(cores).reduce((sum, each) => sum + each, 0);
    return { rate: goodput(await load.report), ...cores, others: Math.max(0, (busyAfter - busy) / took - ours) };
}

async function scaling() {
    const house = await openHouse({ demo: true, args: { matching: ['--workers=1'] } });
    try {
        await house.unlimit();
        await fillMarket(house);
        const rates = [];
        for (let no = 0; no < pairs; no++) {
            const alone = await ask(house, ['matching']);
            await house.start('matching#2');
            await until(async () => JSON.parse(await house.ctl('status', '--json=yes')).workers
                .filter(({ service }) => service === 'matching').length === 2, 10_000, 'two workers serve');
            const both = await ask(house, ['matching', 'matching#2']);
            await house.end('matching#2');
            // What a request costs a worker follows from one alone; what is left for two, from what the rest took.
            const left = Math.min(2, 2 - both.generator - both.gateway - both.postgresql - both.others);
            const allowed = left * alone.rate / alone.workers;
            rates.push({ alone, both, allowed, part: both.rate / allowed });
            process.stderr.write('.');
        }
        process.stderr.write('\n');
        const of = (figure) => spread(rates.map(figure));
        const shares = (name) => ['generator', 'gateway', 'postgresql', 'others'].map((part) =>
            ({ what: `cores that ${part === 'others' ? 'everything else on the machine' : `the ${part}`} took, ${name}`,
                ours: of((each) => each[name === 'one worker' ? 'alone' : 'both'][part]), digits: 2 }));
        return [
            { what: 'rankings/s, one matching worker of one thread', ours: of(({ alone }) => alone.rate), digits: 0 },
            { what: 'cores that it took', ours: of(({ alone }) => alone.workers), digits: 2 },
            ...shares('one worker'),
            { what: 'rankings/s, two such workers', ours: of(({ both }) => both.rate), digits: 0 },
            { what: 'cores that they took', ours: of(({ both }) => both.workers), digits: 2 },
            ...shares('two workers'),
            { what: 'the same over what the cores left by the others allow', target: '≥ 0.85',
                ours: of(({ part }) => part), digits: 2, met: of(({ part }) => part).median >= 0.85 },
        ];
    } finally {
        await house.stop();
    }
}

export const dispatch = async () => [...await echoes(), ...await scaling()];
