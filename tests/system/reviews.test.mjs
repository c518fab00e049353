// reviews.test.mjs - both sides of a deal review each other: after a delivery was accepted, blindly until both wrote or the day
// has come, once each; by a clock that the test sets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { chief, confirmedOrder, delivered, enter } from './deal-cast.mjs';
import { admit, colleague, founder, member, refused, thing } from './people.mjs';

const moment = (day, time = '10:00') => `${day}T${time}:00+01:00`;

let clock, house, desk, second, buyer, green, blue, other;

before(async () => {
    clock = new Clock();
    clock.set(moment('2027-02-01'));
    house = await openHouse();
    ({ desk, buyer, green, blue } = await enter(house, { valid_from: '2027-02-01' }));
    second = await colleague(house, desk, 'tweede', 'MODERATOR');
    other = await founder(house, 'other', 'company');
    await chief(house, other, 'other-chief');
    await admit(house, desk, other);
});
after(() => Promise.all([house?.stop()]).finally(() => clock.end()));

const review = (order, stars = 4, text = 'Alles kwam op tijd, en de mensen wisten wat zij deden.') => ({ order_id: order.id, stars, text });
const known = (order) => until(async () => (await house.psql(`SELECT accepted_at IS NOT NULL FROM catalog.known_order WHERE id = '${order.id}'`)) === 't',
    10_000, 'catalog follows the delivery');

async function accepted(by, supplier) {
    const order = await confirmedOrder(by, supplier);
    const came = await delivered(supplier, order, { 0: 2 });
    must(await by.command('/deliveries', came, 'accept', { lines: [{ order_line_id: order.lines[0].id, accepted: 2 }] }));
    await known(order);
    return order;
}
const shown = async (of) => (await thing(house.nobody().get(`/reviews?organisationId=${of.org}`))).items;
const summary = async (of) => thing(house.nobody().get(`/organisations/${of.org}/review-summary`));
const words = async (answer) => JSON.stringify(must(await answer).body);

test('nobody writes before a delivery was accepted, and only who takes part in the deal', async () => {
    const order = await confirmedOrder(buyer, green);
    await until(async () => Number(await house.psql(`SELECT count (*) FROM catalog.known_order WHERE id = '${order.id}'`)) === 1);
    refused(await buyer.post('/reviews', review(order)), 409, 'deal_delivered');
    refused(await blue.post('/reviews', review(order)), 404);
    const came = await delivered(green, order, { 0: 1 });
    must(await buyer.command('/deliveries', came, 'accept',
        { lines: [{ order_line_id: order.lines[0].id, accepted: 0, rejected: 1, reject_reason: 'Alles was stuk.' }] }));
    refused(await buyer.post('/reviews', review(order)), 409, 'deal_delivered');
    for (const wrong of [{ stars: 0 }, { stars: 6 }, { stars: 2.5 }, { text: 'kort' }, { text: '<script>alert (1)</script> en nog wat tekst' }]) {
        refused(await buyer.post('/reviews', { ...review(order), ...wrong }), 400);
    }
});

test('what one side wrote stays unread until the other has written too; then both are read at once', async () => {
    const order = await accepted(buyer, green);
    const own = await thing(buyer.post('/reviews', review(order, 2, 'De tuin is mooi, maar alles kwam een week te laat.')));
    assert.deepEqual([own.state, own.side, own.reviewed_id, own.reveal_at.slice(0, 10)], ['waiting', 'buyer', green.org, '2027-03-03']);
    refused(await buyer.post('/reviews', review(order)), 409, 'one_review');
    for (const someone of [green, blue, desk, house.nobody()]) {
        refused(await someone.get(`/reviews/${own.id}`), 404);
        assert.ok(!(await words(someone.get('/reviews'))).includes('een week te laat'));
    }
    assert.deepEqual(await shown(green), []);
    assert.equal((await thing(green.get('/events?limit=100'))).items.some((e) => JSON.stringify(e).includes('te laat')), false);
    must(await buyer.put(`/reviews/${own.id}`, { stars: 3, text: 'De tuin is mooi, maar alles kwam een dag te laat.' }, own.version));
    const theirs = await thing(green.post('/reviews', review(order, 5, 'Een heldere opdracht, en snel betaald.')));
    assert.equal(theirs.state, 'published');
    assert.deepEqual((await shown(green)).map(({ stars, side, reviewer_name }) => [stars, side, reviewer_name]), [[3, 'buyer', 'buyer (fictief)']]);
    assert.deepEqual((await shown(buyer)).map(({ stars }) => stars), [5]);
    refused(await buyer.put(`/reviews/${own.id}`, { stars: 1, text: 'Nu ik weet wat zij schreven, schrijf ik iets anders.' }, 3), 409, 'out_of_state');
});

test('one answer, by who is reviewed; a report hides it, and another moderator than one of the sides decides', async () => {
    const [first] = await shown(green);
    const read = await thing(green.get(`/reviews/${first.id}`));
    assert.deepEqual(read.commands, ['reply']);
    const answered = await thing(green.command('/reviews', read, 'reply', { reply: 'Dat klopt; de planner is nu van ons zelf.' }));
    refused(await green.command('/reviews', answered, 'reply', { reply: 'En nog iets.' }), 409, 'not_replied');
    refused(await blue.command('/reviews', answered, 'reply', { reply: 'Wij vinden ook iets.' }), 404);
    const flag = await thing(green.post('/flags', { review_id: first.id, ground: 'misleading', text: 'Dit ging over een andere opdracht.' }));
    assert.deepEqual([flag.review_id, flag.subject], [first.id, 'buyer (fictief)']);
    must(await buyer.put(`/organisations/${buyer.org}/members/${second.account}`, { roles: [] }));
    refused(await second.command('/reviews', answered, 'hide', { reason: 'Dit ging over een andere opdracht.' }), 409, 'not_own_review');
    refused(await buyer.command('/reviews', answered, 'hide', { reason: 'Dit wil ik niet.' }), 404);
    const hidden = await thing(desk.command('/reviews', answered, 'hide', { reason: 'Dit ging over een andere opdracht.' }));
    assert.deepEqual(await shown(green), []);
    assert.equal((await thing(buyer.get(`/reviews/${first.id}`))).decision, 'Dit ging over een andere opdracht.');
    must(await desk.command('/reviews', hidden, 'unhide', { reason: 'Het ging toch over deze opdracht.' }));
    assert.equal((await shown(green)).length, 1);
});

test('no average of a few, and no more than three by one organisation about another', async () => {
    for (const [by, stars] of [[buyer, 5], [buyer, 4], [other, 5], [other, 5]]) {
        assert.equal((await summary(green)).average_tenths, undefined);
        const order = await accepted(by, green);
        must(await by.post('/reviews', review(order, stars)));
        must(await green.post('/reviews', review(order, 4)));
    }
    const { count, average_tenths: average, least, stars } = await summary(green);
    assert.deepEqual([count, average, least], [5, 44, 5]);
    assert.deepEqual(stars, [{ word: '5', count: 3 }, { word: '4', count: 1 }, { word: '3', count: 1 }]);
    const often = await accepted(buyer, green);
    refused(await buyer.post('/reviews', review(often)), 409, 'not_reviewed_often');
});

test('of two sides that write at once, both are shown', async () => {
    const order = await accepted(other, blue);
    await Promise.all([other, blue].map(async (side) => must(await side.post('/reviews', review(order)))));
    assert.deepEqual([(await shown(blue)).length, (await shown(other)).length >= 1], [1, true]);
});

test('after its day one is shown though the other side wrote nothing, which then cannot', async () => {
    const order = await accepted(buyer, blue);
    const own = await thing(buyer.post('/reviews', review(order, 1, 'Wij wachten nog op een antwoord op onze vraag.')));
    clock.set(moment('2027-03-05'));
    await until(async () => (await shown(blue)).some(({ id }) => id === own.id), 20_000, 'the timer shows it');
    blue = await member(house, { email: 'blue@proef.example' });
    refused(await blue.post('/reviews', review(order)), 409, 'review_in_time');
    buyer = await member(house, { email: 'buyer@proef.example' });
    const { items: [mine] } = await thing(buyer.get(`/reviews?orderId=${order.id}`));
    must(await buyer.command('/reviews', mine, 'withdraw'));
    assert.ok(!(await shown(blue)).some(({ id }) => id === own.id));
});
