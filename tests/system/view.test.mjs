// view.test.mjs - the market that matching keeps on the disk: taken up again, and read anew when it cannot be.
import assert from 'node:assert/strict';
import { openSync, readFileSync, readdirSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { must, openHouse, services, until } from '../lib/house.mjs';
import { enter, needText } from './deal-cast.mjs';

let house, buyer, need, view;

const offerText = (title) => ({
    title, description: 'Wij onderhouden tuinen en plantsoenen, het hele jaar door.', kind: 'service', sector: 'green',
    cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 7, national: true, fictional: true,
});

const told = () => until(() => house.psql('SELECT seq FROM stream.head WHERE NOT EXISTS (SELECT FROM stream.outbox)'),
    5_000, 'the outbox is empty');

/** Lines of the log of matching about its view, since a moment. */
const logged = (from = 0) => readFileSync(house.logOf('matching'), 'utf8').slice(from).split('\n').filter((line) => line.includes('event=view_'));
const sizeOfLog = () => statSync(house.logOf('matching')).size;

/** The ranking, as it is at the newest event. */
async function ranked() {
    const headers = { 'x-min-seq': await told() };
    return until(async () => {
        const answer = await buyer.get(`/needs/${need.id}/matches`, { headers });
        return answer.status === 200 && answer.body;
    }, 10_000, 'matching answers');
}

before(async () => {
    house = await openHouse();
    const cast = await enter(house);
    ({ buyer } = cast);
    for (const title of ['Onderhoud van binnentuinen', 'Tuinen en borders', 'Snoeien van heggen']) {
        const { body } = must(await cast.green.post('/offers', offerText(title)));
        must(await cast.green.command('/offers', body, 'publish'));
    }
    need = must(await buyer.post('/needs', needText())).body;
    need = must(await buyer.command('/needs', need, 'publish')).body;
    view = path.join(house.directory, 'view');
    house.args.matching = [`--view=${view}`];
    await house.end('matching');
    await house.start('matching');
});
after(() => house?.stop());

test('what was kept is taken up, and answers as before', async () => {
    const first = await ranked(), from = sizeOfLog();
    assert.equal(first.items.length, 3);
    assert.equal(await house.end('matching'), 0);
    await house.start('matching');
    assert.match(logged(from).join(), /event=view_resumed seq=\d+ offers=3 /);
    assert.deepEqual(await ranked(), first);
});

test('a power cut loses nothing', async () => {
    const first = await ranked();
    await house.kill('matching');
    await house.start('matching');
    assert.deepEqual(await ranked(), first);
});

for (const [what, harm] of Object.entries({
    'has another byte': (file) => {
        const handle = openSync(file, 'r+'), at = 1000, byte = Buffer.alloc(1);
        readSync(handle, byte, 0, 1, at);
        byte[0] ^= 1;
        writeSync(handle, byte, 0, 1, at);
    },
    'ends half-way': (file) => truncateSync(file, 1000),
})) {
    for (const name of ['snapshot', 'records']) {
        test(`a file that ${what} is told, and the market is read from the stream again: ${name}`, async () => {
            const first = await ranked();
            assert.equal(await house.end('matching'), 0);
            const from = sizeOfLog();
            harm(path.join(view, name));
            await house.start('matching');
            assert.match(logged(from).join(), /event=view_rebuilt.*(damaged|not whole)/);
            assert.deepEqual(await ranked(), first);
        });
    }
}

test('a second process on the same directory keeps nothing, and says so', async () => {
    house.args['matching#2'] = house.args.matching;
    await house.start('matching#2');
    await until(() => readFileSync(house.logOf('matching#2'), 'utf8').includes('event=view_in_memory'), 5_000, 'it says so');
    const answers = new Set();
    for (let n = 0; n < 20; n++) {
        answers.add(JSON.stringify(await ranked()));
    }
    assert.equal(answers.size, 1);
    await house.end('matching#2');
    assert.deepEqual(readdirSync(view).filter((name) => name.endsWith('.new')), []);
});

test('another stream than the one that was kept: all is read anew', async () => {
    const first = await ranked(), from = sizeOfLog();
    const others = services.filter((name) => name !== 'matching');
    await house.end('matching');
    for (const name of others) {
        await house.end(name);
    }
    // The other services are told that it is theirs.
    await house.psql('UPDATE stream.head SET epoch = gen_random_uuid ()');
    await house.psql(['catalog', 'pipeline', 'reporting', 'identity'].map((schema) =>
        `UPDATE ${schema}.position SET epoch = (SELECT epoch FROM stream.head)`).join('; '));
    await house.start(...services);
    assert.deepEqual(await ranked(), first);
    assert.match(readFileSync(house.logOf('matching'), 'utf8').slice(from), /code=EPOCH_CHANGED/);
});
