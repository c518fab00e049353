// golden.test.mjs - the example of proto/DISPATCH.md, played against a gateway: what the worker says goes out as it stands
// on the page, and what the gateway says must be the page's, byte by byte. tests/unit/golden_test.c holds our worker to it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { decode, encode } from '@msgpack/msgpack';
import { Dealer } from 'zeromq';
import { openHouse } from '../lib/house.mjs';
import { checkout } from '../lib/places.mjs';
import { head } from './worker/mwp.mjs';

/** The messages of the page: who says what, its frames, and the JSON beside them. */
function example(page) {
    const messages = [];
    const lines = page.slice(page.indexOf('byte by byte\n')).split('\n## ')[0]
        .matchAll(/^ {4}((?:[0-9a-f]{2} ?)+)(?: {2,}(.*))?$/gm);
    for (const [, hex, said = ''] of lines) {
        const [, from, word] = /^([WG]): ([A-Z]+)$/.exec(said) ?? [];
        if (word) {
            messages.push({ from, word, frames: [], json: [] });
        }
        const { frames, json } = messages.at(-1);
        if (word || said.startsWith('body ')) {
            frames.push([]);
            json.push('');
        }
        frames.at(-1).push(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
        json[json.length - 1] += word ? '' : said.replace(/^body /, '');
    }
    return messages.map(({ from, word, frames, json }) => ({
        from, word, frames: frames.map((parts) => Buffer.concat(parts)), values: json.map((text) => JSON.parse(text)),
    }));
}
const messages = example(readFileSync(path.join(checkout, 'proto/DISPATCH.md'), 'utf8'));

let house, worker, asker;
const dealer = (name) => {
    const socket = new Dealer({ receiveTimeout: 10_000, sendTimeout: 0, linger: 0 });
    socket.connect(`ipc://${house.run}/${name}`);
    return socket;
};

before(async () => {
    house = await openHouse();
    await house.end('reporting');
    worker = dealer('dispatch');
    asker = dealer('control');
});
after(async () => {
    worker?.close();
    asker?.close();
    await house?.stop();
});

test('every word is in it, and means what stands beside it', () => {
    assert.deepEqual([...new Set(messages.map(({ word }) => word))].sort(), ['BYE', 'CANCEL', 'CREDIT', 'DISCONNECT',
        'DRAIN', 'FENCE', 'HEARTBEAT', 'READY', 'REJECT', 'REPLY', 'REQUEST', 'WELCOME']);
    for (const { word, frames: [first, ...rest], values } of messages) {
        assert.deepEqual([first.subarray(5), ...rest].map((frame) => decode(frame)), values, word);
    }
});

const hex = (frames) => frames.map((frame) => frame.toString('hex'));

/** The bytes with another value in a field, as it is encoded. */
function withField(bytes, name, old, value) {
    const [before, since] = [old, value].map((one) => Buffer.concat([encode(name), encode(one)]));
    const at = bytes.indexOf(before);
    assert.ok(at >= 0, `${name} ${old} is not in ${bytes.toString('hex')}`);
    return Buffer.concat([bytes.subarray(0, at), since, bytes.subarray(at + before.length)]);
}

test('a gateway and the page say the same', async () => {
    const rids = new Map();         // the number on the page, and the one that the gateway gave
    const ours = new Map();         // the number on the page, and the asker's
    const withRid = ([first, ...rest], [{ rid }], numbers) =>
        [rid === undefined ? first : withField(first, 'rid', rid, numbers.get(rid)), ...rest];
    let drained;

    // What makes the gateway say it, where it is not what the worker said before.
    const causes = {
        REQUEST: async ([header, body]) => {
            ours.set(header.rid, ours.size + 1);
            await asker.send([head(4, { ...header, rid: ours.get(header.rid) }), encode(body)]);
        },
        DRAIN: () => { drained = house.ctl('drain', 'reporting-7', '--alone=yes'); },
    };
    for (const [at, { from, word, frames, values }] of messages.entries()) {
        const where = `message ${at + 1}, ${from}: ${word}`;
        if (from === 'W') {
            await worker.send(withRid(frames, values, rids));
            if (word === 'REPLY') {
                assert.deepEqual(hex(await asker.receive()), hex(withRid(frames, values, ours)), `${where}, passed on`);
            }
            continue;
        }
        await causes[word]?.(values);
        const heard = await worker.receive();
        let expected = frames;
        if (word === 'REQUEST') {
            const { rid, budget_ms: budget } = decode(heard[0].subarray(5));
            assert.ok(budget > 0 && budget <= values[0].budget_ms, `${budget} ms are left`);
            rids.set(values[0].rid, rid);
            expected = [withField(frames[0], 'budget_ms', values[0].budget_ms, budget), ...frames.slice(1)];
        }
        assert.deepEqual(hex(heard), hex(withRid(expected, values, rids)), where);
        if (word === 'CANCEL') {
            const [answer] = await asker.receive();
            assert.deepEqual(decode(answer.subarray(5)), { rid: ours.get(values[0].rid), outcome: 'unavailable' });
        }
    }
    assert.match(await drained, /reporting-7 is gone/);
});
