// gateways.mjs - two gateways, and the one whose relay leads is killed: reads and writes through the other do not
// fail, and the events go on without a gap.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../lib/house.mjs';
import { counts, drive, failures } from './load.mjs';
import { chainIsWhole, draftedOnce, inHouse } from './world.mjs';

const rate = 200;

export const gateways = {
    what: 'two gateways, the one whose relay leads is killed',
    play: (scene) => inHouse({ gateways: 2 }, async (house) => {
        const leads = ({ name }) => readFileSync(house.logOf(name), 'utf8').includes('relay_leads');
        const [leader] = house.gateways.filter(leads);
        const { url } = house.gateways.find((each) => each !== leader);
        const head = async () => Number(await house.psql('SELECT seq FROM stream.head'));
        const term = async () => Number(await house.psql('SELECT term FROM stream.head'));
        const led = await term();
        const load = drive(url, { profile: 'mix', rate, seconds: 300, repeats: 20, seed: scene.seed });
        const began = await head();
        await until(async () => await head() > began + 20, 15_000, 'events are numbered');
        await house.kill(leader.name);
        const killed = Date.now(), at = await head();
        await until(async () => await head() > at + 20, 30_000, 'events go on');
        scene.check('another relay leads, and events go on', await term() > led,
            `term ${led}, then ${await term()}; 20 more events ${Date.now() - killed} ms after the kill`);
        await pause(2000);
        await house.start(leader.name);
        await until(async () => await head() > at + 60, 30_000, 'events go on with both');
        const report = await load.stop();
        scene.check('no request through the other gateway fails', report.all.asked > 0 && failures(report.all) === 0,
            `${counts(report.all)}, p99 ${report.all.good_ms.p99.toFixed(1)} ms`);
        await until(async () => await house.psql('SELECT count (*) FROM stream.outbox') === '0', 15_000, 'the outbox is empty');
        await draftedOnce(house, scene, scene.seed, report.deal.asked);
        await chainIsWhole(house, scene);
    }),
};
