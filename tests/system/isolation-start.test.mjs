// isolation-start.test.mjs - a service does not start where its promises would be empty.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { conninfo } from '../lib/cluster.mjs';
import { openHouse } from '../lib/house.mjs';
import { build } from '../lib/places.mjs';
import { Child } from '../lib/processes.mjs';

let house;

before(async () => {
    house = await openHouse();
});
after(() => house?.stop());

/** Starts one more pipeline under a role of the database; answers how it ended, and its log. */
async function start(role) {
    const log = path.join(house.directory, `extra-${role}.log`);
    const db = conninfo(path.join(house.directory, 'db'), role);
    const child = new Child(path.join(build, 'meerwaarde-pipeline'),
        [`--run=${house.run}`, `--db=${db}`], { log });
    const late = setTimeout(() => child.end('SIGKILL'), 10_000);
    const how = await child.ended;
    clearTimeout(late);
    return { how, log: child.lastWords };
}

/** The service ended by itself, unwell, and said why. */
function refusedToStart({ how, log }, why) {
    assert.equal(typeof how, 'number', `it ended by itself:\n${log}`);
    assert.notEqual(how, 0, log);
    assert.match(log, why);
}

test('not as superuser', async () => {
    refusedToStart(await start('meerwaarde'), /role_unsafe/);
});

test('not as the owner of the tables', async () => {
    await house.psql('ALTER ROLE mw_owner LOGIN');
    refusedToStart(await start('mw_owner'), /role_unsafe/);
});

test('not as a role that may become the owner of the tables', async () => {
    await house.psql('CREATE ROLE climber LOGIN IN ROLE mw_pipeline, mw_owner');
    refusedToStart(await start('climber'), /role_unsafe/);
});

test('not as a role that row-level security does not hold for', async () => {
    await house.psql('CREATE ROLE passer LOGIN BYPASSRLS IN ROLE mw_pipeline');
    refusedToStart(await start('passer'), /role_unsafe/);
});

test('not on a database that is behind, or ahead', async () => {
    const last = `area = 'pipeline' AND number = (
        SELECT max (number) FROM public.migration WHERE area = 'pipeline')`;
    await house.psql(`CREATE TABLE public.kept AS SELECT * FROM public.migration WHERE ${last};
        DELETE FROM public.migration WHERE ${last}`);
    refusedToStart(await start('mw_pipeline'), /database_unsuitable.*behind/);
    await house.psql(`INSERT INTO public.migration SELECT * FROM public.kept;
        INSERT INTO public.migration (area, number, name, sha256, tolerates_older)
        VALUES ('pipeline', 9999, '9999_later', repeat ('0', 64), false)`);
    refusedToStart(await start('mw_pipeline'), /database_unsuitable.*ahead/);
});

test('and as itself it does', async () => {
    await house.psql('DELETE FROM public.migration WHERE number = 9999');
    await house.end('pipeline');
    await house.start('pipeline');
    assert.ok(Array.isArray((await house.nobody().get('/programmes')).body.items));
});
