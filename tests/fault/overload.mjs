// overload.mjs - three times what one pipeline worker can do: what it does stays near its peak, what is refused is
// refused at once, and orders are not refused at all.
import { must } from '../lib/house.mjs';
import { quotes } from '../lib/quotes.mjs';
import { counts, driven, goodput, peak } from './load.mjs';
import { ratioText } from './scene.mjs';
import { inHouse, organisations } from './world.mjs';

const pairs = 5;
const seconds = 5;
const times = 3;
const goal = 0.9;
const refusedWithin = 10;        // milliseconds
const ordersPart = 0.05;         // of the peak
const heavy = '/v1/needs?limit=50';

export const overload = {
    what: `${times}× overload of one pipeline worker, browsing and orders`,
    play: (scene) => inHouse({ args: { pipeline: ['--workers=1'] } }, async (house) => {
        const token = (await organisations(house, 9)).join(',');
        const buyer = await house.as('karin@enschede.example');
        const supplier = await house.psql(`SELECT id FROM pipeline.known_organisation
            WHERE kind = 'enterprise' AND state = 'admitted' LIMIT 1`);
        const most = await peak(house.url, { ask: heavy, token, seed: scene.seed });
        const orders = Math.ceil(most * ordersPart);
        await house.psql(quotes({ buyer: buyer.session.me.organisation_id, supplier, count: 2 * orders * seconds * pairs }));
        must(await buyer.get('/orders'));
        scene.note(`at most ${most.toFixed(0)} lists a second; ${Math.round(times * most)} a second are asked for,`
            + ` and ${orders} orders a second placed`);
        const browse = [], deals = [];
        let next = 0;
        const flood = async (seed) => {
            const [lists, placed] = await Promise.all([
                driven(house.url, { ask: heavy, token, rate: Math.round(times * most), seconds, connections: 4000, seed }),
                driven(house.url, { profile: 'deal', ordersFrom: next, rate: orders, seconds, seed,
                    token: buyer.cookie.replace('mw_session=', '') }),
            ]);
            next += 2 * orders * seconds;
            browse.push(lists.all);
            deals.push(placed.all);
            // By the time in which requests came, not the little more until the last was answered.
            return (lists.all.good + placed.all.good) / seconds;
        };
        const alone = async (seed) => goodput(await driven(house.url,
            { ask: heavy, token, rate: 0, connections: 4, seconds, seed }));
        const result = await scene.pairs(pairs, flood, alone);
        const sum = (list, name) => list.reduce((total, tally) => total + tally[name], 0);
        const worst = (name) => Math.max(...browse.map((tally) => tally[name].p99));
        scene.check(`goodput over that of the peak is at least ${goal}`, result.median >= goal, ratioText(result, 0));
        scene.check(`refusals take less than ${refusedWithin} ms`,
            sum(browse, 'refused') > 0 && worst('refused_sent_ms') < refusedWithin,
            `the worst p99 of ${pairs} is ${worst('refused_sent_ms').toFixed(1)} ms from when a request left`
            + ` (${worst('refused_ms').toFixed(1)} ms from when it should have left: the generator shares the cores,`
            + ` and left 99 of 100 within ${worst('late_ms').toFixed(1)} ms), of ${sum(browse, 'refused')}`);
        scene.check('nothing but refusals: no request breaks', sum(browse, 'broken') + sum(browse, 'other')
            + sum(browse, 'crowded') === 0, browse.map(counts).join('; '));
        scene.check('orders are not shed', sum(deals, 'asked') > 0 && sum(deals, 'good') === sum(deals, 'asked'),
            `${sum(deals, 'good')} of ${sum(deals, 'asked')} placed (${deals.map(counts).join('; ')}),`
            + ` p99 ${Math.max(...deals.map((tally) => tally.good_ms.p99)).toFixed(0)} ms`);
    }),
};
