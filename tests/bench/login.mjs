// login.mjs - what others notice when 25 people log in at once: the thread that serves HTTP may
// never stand still for it.
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { must, openHouse } from '../lib/house.mjs';
import { Client } from '../lib/client.mjs';
import { quantile, spread } from './measure.mjs';

const people = 25;
const perSecond = 100;
const rounds = 5;
const limit = 5;                 // milliseconds
const password = 'een-wachtwoord-voor-de-meting';
const address = (no) => `persoon${no}@meting.example`;

/** Asks who is logged in, at a steady pace, until told to stop; answers all times in ms. */
function watch(house, cookie) {
    const agent = new http.Agent({ keepAlive: true });
    const times = [];
    const ask = () => {
        const began = performance.now();
        http.get(`${house.url}/v1/me`, { agent, headers: { cookie } }, (response) => {
            response.resume().on('end', () => times.push(performance.now() - began));
        });
    };
    const timer = setInterval(ask, 1000 / perSecond);
    return async () => {
        clearInterval(timer);
        await pause(200);
        agent.destroy();
        return times;
    };
}

/** The longest stretch that the gateway's loop was busy since it started, in milliseconds. */
const longestStretch = async (house) =>
    JSON.parse(await house.ctl('status', '--json=yes')).busy_us / 1000;

async function round(house) {
    await house.end('gateway');
    await house.start('gateway');
    const { cookie } = await Client.login(house.url, address(0), password);
    const calm = watch(house, cookie);
    await pause(2000);
    const before = await calm();
    const crowded = watch(house, cookie);
    const began = performance.now();
    await Promise.all(Array.from({ length: people }, (_, no) =>
        Client.login(house.url, address(no), password)));
    const took = performance.now() - began;
    const during = await crowded();
    return { before, during, took, stretch: await longestStretch(house) };
}

export async function login() {
    const house = await openHouse();
    try {
        for (let no = 0; no < people; no++) {
            await house.call('account_put', { email: address(no), name: `Persoon ${no}`, password },
                { roles: ['SYSTEM', 'OPERATOR'] });
        }
        const measured = [];
        for (let i = 0; i < rounds; i++) {
            measured.push(await round(house));
        }
        const of = (figure) => spread(measured.map(figure));
        const stretch = of(({ stretch: ms }) => ms);
        return [
            { what: `longest stretch of the HTTP thread while ${people} people log in, ms`,
                target: `≤ ${limit}`, ours: stretch, met: stretch.max <= limit, digits: 2 },
            { what: `time until all ${people} are in, ms`, digits: 0,
                ours: of(({ took }) => took) },
            ...[['middle', 0.5], ['99th of 100', 0.99]].flatMap(([name, part]) => [
                { what: `GET /v1/me meanwhile, ${perSecond} a second: ${name}, ms`,
                    ours: of(({ during }) => quantile(during, part)), digits: 2 },
                { what: `the same when nobody logs in: ${name}, ms`,
                    ours: of(({ before }) => quantile(before, part)), digits: 2 },
            ]),
        ];
    } finally {
        await house.stop();
    }
}
