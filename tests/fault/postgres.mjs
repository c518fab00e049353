// postgres.mjs - PostgreSQL is restarted under load: what is refused meanwhile is refused with 503, and no write is
// lost or doubled.
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startCluster } from '../lib/cluster.mjs';
import { must, until } from '../lib/house.mjs';
import { counts, drive } from './load.mjs';
import { chainIsWhole, draftedOnce, inHouse } from './world.mjs';

const rate = 200;

export const postgres = {
    what: 'PostgreSQL is restarted under reads and writes',
    play: (scene) => inHouse({ durable: true }, async (house) => {
        const load = drive(house.url, { profile: 'mix', rate, seconds: 300, repeats: 60, seed: scene.seed });
        const count = async () => Number(await house.psql(
            `SELECT count (*) FROM pipeline.need WHERE title LIKE 'Belasting ${scene.seed}-%'`));
        await until(async () => await count() > 10, 15_000, 'needs are drafted');
        await house.cluster.end('SIGINT');
        const down = Date.now();
        await pause(1500);          // it stays away for so long
        house.cluster = await startCluster(path.join(house.directory, 'db'), { durable: true });
        const up = Date.now(), before = await count();
        await until(async () => await count() > before + 10, 30_000, 'needs are drafted again');
        const back = Date.now();
        await until(async () => must(await house.nobody().get('/offers')).status === 200, 15_000, 'reads are answered');
        await pause(2000);          // and stay so
        const report = await load.stop();
        scene.note(`away for ${up - down} ms; writes were done again ${back - up} ms after it was back`);
        const { quota, other, broken, crowded } = report.all;
        scene.check('only 503 meanwhile', report.all.asked > 0 && quota + other + broken + crowded === 0,
            `${counts(report.all)}`);
        const last = report.seconds[Math.floor(report.elapsed_s) - 1];
        scene.check('a second before the end nothing is refused', last.good > 0 && last.refused === 0,
            `${last.good} good, ${last.refused} refused`);
        await draftedOnce(house, scene, scene.seed, report.deal.asked);
        await chainIsWhole(house, scene);
    }),
};
