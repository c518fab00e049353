// need-close.test.mjs - the deadline of a need by the database's clock: the very instant is in time, a moment later is not, and
// the clock closes it once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { lines, openNeed, submittedQuote } from './deal-cast.mjs';
import { enterSealed, handIn, sealedNeed } from './seal-cast.mjs';
import { member, refused, thing } from './people.mjs';

const noon = '2026-12-01T12:00:00Z', deadline = '2027-01-11T16:00:00Z';
let clock, house, buyer, green, blue;

before(async () => {
    clock = new Clock();
    clock.set(noon);
    house = await openHouse();
    ({ buyer, green, blue } = await enterSealed(house, { valid_from: '2026-12-01' }));
});
after(() => house?.stop().finally(() => clock.end()));

const open = (route, changes = {}) => route === 'direct'
    ? openNeed(buyer, { quote_deadline: deadline, ...changes })
    : sealedNeed(buyer, { route, quote_deadline: deadline, ...changes });

const closed = (need, state) => until(async () => (await thing(buyer.get(`/needs/${need.id}`))).state === state, 30_000,
    `it is ${state}`);

test('the instant of the deadline is in time, a millisecond later is late', async () => {
    const need = await open('open');
    const quote = await thing(green.post('/quotes', { need_id: need.id, lines }));
    const other = await thing(blue.post('/quotes', { need_id: need.id, lines }));
    const submit = (client, { id, version }, at) => house.call('quote_submit', { id },
        { account: client.account, organisation: client.org, roles: ['SUPPLIER'], at: new Date(at).toISOString(), ifMatch: version });
    const late = await submit(blue, other, Date.parse(deadline) + 1).catch((error) => error);
    assert.match(String(late.message ?? JSON.stringify(late)), /before_deadline/);
    assert.equal((await thing(blue.get(`/quotes/${other.id}`))).state, 'draft');
    assert.equal((await submit(green, quote, Date.parse(deadline))).state, 'submitted');
});

test('the clock closes a need after its deadline, to where its route leads', async () => {
    const [sealed, none, short] = [await open('open'), await open('open', { cpv: ['90910000-9'] }), await open('direct')];
    await handIn(green, sealed, { lines });
    await submittedQuote(green, short);
    clock.set('2027-01-11T16:00:05Z');
    refused(await blue.post('/quotes', { need_id: sealed.id, lines }), 409, 'may_be_quoted');
    assert.equal((await thing(buyer.get(`/needs/${sealed.id}`))).state, 'open');
    clock.set('2027-01-11T16:00:11Z');
    await closed(sealed, 'sealed_closed');
    await closed(none, 'unsuccessful');
    await closed(short, 'evaluating');
    const told = `SELECT count (*) FROM stream.log WHERE type LIKE '%need_closed%' AND subject = 'need/${sealed.id}'`;
    await until(async () => await house.psql(told) === '1', 10_000, 'the stream tells it once');
    // Sessions of six weeks ago are over.
    const [again, chief] = [await member(house, { email: 'buyer@proef.example' }), await member(house, { email: 'chief@proef.example' })];
    // On a short route an approver still chooses; on a sealed one nobody can without opening.
    const need = await thing(chief.get(`/needs/${short.id}`));
    assert.ok(need.commands.includes('award'));
    assert.ok(!(await thing(chief.get(`/needs/${sealed.id}`))).commands.includes('award'));
    const [chosen] = (await thing(again.get(`/quotes?needId=${short.id}`))).items;
    must(await chief.command('/needs', need, 'award', { quote_id: chosen.id, motivation: 'De enige, en een goede.' }));
});
