// history.test.mjs - what happened to a thing, as far as whoever asks may see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { enter, lines, openNeed, submittedQuote } from './deal-cast.mjs';
import { refused, thing } from './people.mjs';

let house, desk, buyer, green, blue, stranger, need, quote, order;

const history = async (client, ...subjects) =>
    (await thing(client.get(`/events?${subjects.map((one) => `subject=${one}`).join('&')}`))).items;
const types = (events) => events.map(({ type }) => type.split('.')[2]);

before(async () => {
    house = await openHouse();
    ({ desk, buyer, green, blue, stranger } = await enter(house));
    need = await openNeed(buyer);
    quote = await submittedQuote(green, need);
    must(await buyer.chief.command('/needs', need, 'award', { quote_id: quote.id, motivation: 'De enige, en een goede.' }));
    order = await thing(buyer.post('/orders', { quote_id: quote.id }));
    await until(() => house.psql('SELECT 1 WHERE NOT EXISTS (SELECT FROM stream.outbox)'));
});
after(() => house?.stop());

test('a party reads all of its own, in the order in which it happened', async () => {
    const events = await history(buyer, `need/${need.id}`, `quote/${quote.id}`, `order/${order.id}`);
    assert.deepEqual(types(events), ['need_drafted', 'need_published', 'quote_submitted', 'need_awarded', 'quote_selected', 'order_placed']
        .sort((a, b) => types(events).indexOf(a) - types(events).indexOf(b)));
    assert.deepEqual(events.map(({ sequence }) => sequence), events.map(({ sequence }) => sequence).sort());
    assert.equal(events.find(({ type }) => type.includes('need_awarded')).data.motivation, 'De enige, en een goede.');
});

test('others read what is public, and of the rest nothing', async () => {
    for (const client of [stranger, blue, house.nobody()]) {
        const events = await history(client, `need/${need.id}`, `quote/${quote.id}`, `order/${order.id}`);
        assert.deepEqual(types(events), ['need_published', 'need_awarded']);
        assert.ok(events.every(({ data }) => data.motivation === undefined && data.budget_cents === undefined));
    }
    assert.deepEqual(types(await history(green, `order/${order.id}`)), ['order_placed']);
});

test('it tells no price of a quote and nobody who did it', async () => {
    const text = JSON.stringify(await history(green, `need/${need.id}`, `quote/${quote.id}`));
    for (const { unit_price_cents: price } of lines) {
        assert.doesNotMatch(text, new RegExp(`[^0-9]${price}[^0-9]`));
    }
    assert.doesNotMatch(text, /actor|account/);
    assert.doesNotMatch(text, new RegExp(green.account));
});

test('a moderator reads what happened to one organisation, and no more', async () => {
    const subject = `organisation/${green.org}`;
    assert.ok(types(await history(desk, subject)).includes('organisation_registered'));
    assert.ok(!types(await history(blue, subject)).includes('organisation_registered'));
    assert.ok(!types(await history(desk, subject, `order/${order.id}`)).includes('order_placed'));
});

test('it goes on where a page ended, and what is no subject is not found', async () => {
    const all = await history(buyer, `need/${need.id}`);
    const first = must(await buyer.get(`/events?subject=need/${need.id}&limit=1`)).body;
    assert.equal(first.items.length, 1);
    const rest = must(await buyer.get(`/events?subject=need/${need.id}&after=${first.next}`)).body;
    assert.deepEqual([...first.items, ...rest.items], all);
    for (const wrong of ['need', 'need/1', `need/${need.id},x`, `{need/${need.id}`, "need/'"]) {
        refused(await buyer.get(`/events?subject=${encodeURIComponent(wrong)}`), 404);
    }
});
