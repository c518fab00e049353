// alerts-flood.test.mjs - a hundred new offers against NEEDS standing needs (3,000 unless given), while who writes letters, who mails them
// and who answers are killed: each letter that is due is once in the inbox, and at least once in the mail, its copies alike.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { needText } from './deal-cast.mjs';
import { admit, everything, founder, moderator, thing } from './people.mjs';

const needs = Number(process.env.NEEDS ?? 3_000), offers = 100, of_one_subject = 20, kills = 8;
const subjects = needs / of_one_subject;

let house, postbox, buyers, suppliers;
const due = new Map();      // by the id of its buyer: the needs and offers that belong together
const asked = new Map();    // by subject: [buyer, id of the need]

/** Two words that no other subject has, nor five letters of them in a row. */
const words = (n) => {
    const digits = createHash('sha256').update(`subject ${n}`).digest();
    const letter = (at) => (at % 2 ? 'aeiou' : 'bdfgklmnprstvwz')[digits[at] % (at % 2 ? 5 : 15)];
    const text = Array.from({ length: 24 }, (_, at) => letter(at)).join('');
    return `${text.slice(0, 12)} ${text.slice(12)}`;
};

/** A code that shares at most its division with those of other subjects. */
const cpv = (n) => `${10 + n % 90}${String(1 + Math.floor(n / 90))}00000-1`;

/** As many at once as a busy market has. */
async function inParallel(count, work, width = 16) {
    let next = 0;
    await Promise.all(Array.from({ length: width }, async () => {
        while (next < count) {
            await work(next++);
        }
    }));
}

async function standingNeed(n) {
    const subject = n % subjects, buyer = buyers[Math.floor(n / subjects) % buyers.length];
    const text = needText({ title: words(subject), description: `${words(subject)} en ${words(subject)}.`, cpv: [cpv(subject)] });
    const draft = await thing(buyer.post('/needs', text));
    await thing(buyer.command('/needs', draft, 'publish'));
    asked.set(subject, [...asked.get(subject) ?? [], [buyer, draft.id]]);
}

async function writtenOffer(n) {
    const supplier = suppliers[n % suppliers.length];
    const text = { title: words(n), description: `${words(n)} of ${words(n)}.`, kind: 'service', sector: 'green',
        cpv: cpv(n), unit: 'uur', vat: 'high', lead_days: 14, national: true, goals: ['inclusive_labour'], fictional: true };
    return { supplier, offer: await thing(supplier.post('/offers', text)) };
}

before(async () => {
    postbox = await new Postbox().open();
    const writes = ['--serve=alerts', ...postbox.options];
    house = await openHouse({ args: { 'matching#2': writes, 'matching#3': writes } });
    await house.unlimit();
    const desk = await moderator(house);
    buyers = await Promise.all([1, 2, 3, 4].map((n) => founder(house, `gemeente${n}`, 'municipality')));
    suppliers = await Promise.all([1, 2, 3, 4, 5].map((n) => founder(house, `onderneming${n}`, 'enterprise')));
    await admit(house, desk, ...buyers, ...suppliers);
    for (const buyer of buyers) {
        const mailing = { frequency: 'at_once', email: `${buyer.org}@stad.example` };
        must(await buyer.put(`/organisations/${buyer.org}/alert-setting`, mailing));
    }
    await inParallel(needs, standingNeed);
    // What came before anybody wrote letters is not told of.
    const { supplier, offer } = await writtenOffer(subjects - 1);
    await thing(supplier.command('/offers', offer, 'publish'));
    await house.start('matching#2', 'matching#3');
    await until(() => house.psql('SELECT 1 FROM matching.position WHERE epoch IS NOT NULL'), 30_000, 'it has begun');
    await until(() => house.ctl('health', 'alerts').then(() => true), 10_000, 'it says that it can do its work');
});
after(() => Promise.all([house?.stop(), postbox?.close()]));

const count = async (sql) => Number(await house.psql(`SELECT count (*) FROM ${sql}`));
const letters = () => count('matching.letter');
const toSend = () => count('matching.mail WHERE ended IS NULL');

/** Kills one after the other in the middle of work, and starts it again. */
async function killAll() {
    const killed = { 'matching#2': 0, 'matching#3': 0, matching: 0 };
    const done = async () => await letters() === offers * of_one_subject && await toSend() === 0;
    for (let n = 0; n < kills && !await done(); n++) {
        const name = Object.keys(killed)[n % 3], before = [await letters(), postbox.mails.length];
        await until(async () => await letters() > before[0] || postbox.mails.length > before[1] || done(), 60_000, 'it goes on');
        await pause(Math.random() * 100);
        await house.kill(name);
        killed[name]++;
        await house.start(name);
    }
    return killed;
}

test('each letter that is due is once in the inbox, and at least once in the mail, whoever is killed meanwhile', async (t) => {
    const written = [];
    await inParallel(offers, async (n) => { written[n] = await writtenOffer(n); });
    written.forEach(({ offer }, subject) => asked.get(subject).forEach(([buyer, need]) =>
        due.set(buyer.org, [...due.get(buyer.org) ?? [], `${need} ${offer.id}`])));
    assert.equal([...due.values()].flat().length, offers * of_one_subject);
    postbox.judge = () => pause(2); // a mail server takes its time

    const began = Date.now();
    const [killed] = await Promise.all([
        killAll(),
        inParallel(offers, async (n) => {
            await pause(10 * n);
            const { supplier, offer } = written[n];
            await thing(supplier.command('/offers', offer, 'publish'));
        }, 4),
    ]);
    await until(async () => await letters() >= offers * of_one_subject, 120_000, 'all letters are written');
    await until(async () => await toSend() === 0, 120_000, 'all mails are sent');
    t.diagnostic(`${offers * of_one_subject} letters in ${Date.now() - began} ms; killed: ${JSON.stringify(killed)}`);

    const ids = [];
    for (const buyer of buyers) {
        const inbox = await everything(buyer, '/letters?limit=100');
        assert.deepEqual(inbox.map(({ need_id: need, offer_id: offer }) => `${need} ${offer}`).sort(), due.get(buyer.org).sort());
        assert.ok(inbox.every(({ mailed_at: when }) => when));
        ids.push(...inbox.map(({ id }) => `<${id}@meerwaarde.example>`));
    }
    const copies = new Map();
    for (const { headers, raw } of postbox.mails) {
        const id = headers['message-id'];
        assert.equal(copies.get(id)?.raw ?? raw, raw, 'a second copy is as the first');
        copies.set(id, { raw, count: (copies.get(id)?.count ?? 0) + 1 });
    }
    assert.deepEqual([...copies.keys()].sort(), ids.sort());
    t.diagnostic(`${postbox.mails.length - copies.size} mails came twice`);
    assert.ok(killed['matching#2'] > 1 && killed['matching#3'] > 1 && killed.matching > 0);
});
