// world.mjs - the set that a scene plays in: the demo set, and organisations that ask and buy.
import { openHouse } from '../lib/house.mjs';
import { founder } from '../system/people.mjs';

export const services = ['catalog', 'pipeline', 'matching', 'reporting'];

/** Plays a scene in a set of its own, and throws it away. */
export async function inHouse(options, scene) {
    const house = await openHouse({ demo: true, ...options });
    try {
        await house.unlimit();
        return await scene(house);
    } finally {
        await house.stop();
    }
}

/** Bearer tokens of so many people, each of an organisation of their own. */
export async function organisations(house, count) {
    const people = [];
    for (let no = 0; no < count; no++) {
        people.push(await founder(house, `buurgemeente-${no}`, 'municipality'));
    }
    return people.map(({ cookie }) => cookie.replace('mw_session=', ''));
}

/**
 * Fills the catalogue with so many copies of each offer, so that a search works for some milliseconds in the database and
 * answers little: then it is the worker that is short, not the cores for gateway and generator. Answers the search.
 */
export async function largeCatalogue(house, copies) {
    const columns = await house.psql(`SELECT string_agg (column_name, ', ') FROM information_schema.columns
        WHERE table_schema = 'catalog' AND table_name = 'offer' AND column_name <> 'id' AND is_generated = 'NEVER'`);
    await house.psql(`INSERT INTO catalog.offer (id, ${columns})
        SELECT gen_random_uuid (), ${columns} FROM catalog.offer, generate_series (1, ${copies})`);
    await house.psql('ANALYZE catalog.offer');
    return '/v1/offers?q=onderhoud&limit=1';
}

/** The status of the set as its gateway tells it. */
export const status = async (house) => JSON.parse(await house.ctl('status', '--json=yes'));

export const workersOf = async (house, service) =>
    (await status(house)).workers.filter((worker) => worker.service === service);

/** Requests that a worker has answered since it started, as it says itself. */
export const doneBy = (worker) => (worker.counts ?? []).reduce((sum, { count }) => sum + count, 0);

/**
 * Holds the needs that a load drafted against what it was told: each one that was asked for is there once, as a row
 * and as an event, because a write under its key is done once however often it is sent.
 */
export async function draftedOnce(house, scene, seed, asked) {
    const needs = `SELECT id, title FROM pipeline.need WHERE title ~ '^Belasting ${seed}-[0-9]+$'`;
    const [rows, distinct, events] = (await house.psql(`
        WITH drafted AS (${needs}), said AS (
            SELECT subject FROM stream.log WHERE ver = 1 UNION ALL SELECT subject FROM stream.outbox WHERE ver = 1)
        SELECT count (*), count (DISTINCT title), (SELECT count (*) FROM said
            WHERE subject IN (SELECT 'need/' || id FROM drafted)) FROM drafted`)).split('|').map(Number);
    scene.check('no write is lost or doubled', rows === asked && distinct === asked && events === asked,
        `${asked} asked for, ${rows} rows, ${distinct} different, ${events} events`);
}

/** The stream's hash chain is whole. */
export async function chainIsWhole(house, scene, env) {
    const said = (await house.ctl('verify', ...env ?? [])).trim().split('\n').at(-1);
    scene.check('the stream has no gap, and its chain is whole', true, said);
}
