// memory.mjs - private memory of each service at rest, and how soon the set is ready.
import { openHouse, services } from '../lib/house.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import { privateBytes, spread } from './measure.mjs';
import { wrk } from './wrk.mjs';
import path from 'node:path';
import { checkout } from '../lib/places.mjs';

const limit = 6;                 // MB, of 2^20 bytes
const settle = 2000;             // milliseconds after which a service is at rest
const starts = 5;

const megabytes = (house) => services.map((name) => privateBytes(house.pid(name)) / 2 ** 20);

function rows(when, measured) {
    return services.map((name, i) => ({
        what: `private memory of ${name}, ${when}, MB`, target: `≤ ${limit}`,
        ours: spread([measured[i]]), met: measured[i] <= limit,
    }));
}

/** Everything a browser, a buyer and an operator ask for: the demo set, and pages of lists. */
async function exercise(house) {
    await house.ctl('demo', path.join(checkout, 'deploy/demo'));
    await house.unlimit();
    const { cookie } = await house.as('karin@enschede.example');
    const paths = ['/aanbod/', '/v1/offers?limit=100', '/v1/offers?q=groen', '/v1/organisations',
        '/v1/needs', '/v1/orders', '/v1/events?limit=100', '/v1/openapi.json'];
    for (const at of paths) {
        await wrk(house.url + at, { connections: 64, seconds: 1, headers: { cookie } });
    }
}

/** Seconds from starting the services, PostgreSQL being up, to an answer that they are ready. */
async function startTimes(house) {
    const times = [];
    for (let i = 0; i < starts; i++) {
        const workers = services.filter((name) => name !== 'gateway');
        await Promise.all(workers.map((name) => house.end(name)));
        await house.end('gateway');
        const began = performance.now();
        await house.start(...services);
        times.push((performance.now() - began) / 1000);
    }
    return times;
}

export async function memory() {
    const house = await openHouse();
    try {
        await pause(settle);
        const fresh = megabytes(house);
        await exercise(house);
        await pause(settle);
        const used = megabytes(house);
        const times = await startTimes(house);
        return [...rows('after the start', fresh), ...rows('after load', used), {
            what: 'from starting the services to ready, s', target: '≤ 1.0', ours: spread(times),
            digits: 2, met: spread(times).median <= 1,
        }];
    } finally {
        await house.stop();
    }
}
