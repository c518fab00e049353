// alerts-clock.test.mjs - letters of a day and of a week come together in one mail, at seven in the morning here, also over
// the night in which the clocks go forward. The clock is the test's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Clock } from '../lib/clock.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { Postbox } from '../lib/postbox.mjs';
import { needText } from './deal-cast.mjs';
import { admit, founder, moderator, thing } from './people.mjs';

const saturday = '2027-03-27T12:00:00Z';    // the night after it is an hour shorter
const sunday = '2027-03-28T05:00:00Z';      // seven o'clock, by summer time
const monday = '2027-03-29T05:00:00Z';
let clock, house, postbox, daily, weekly, supplier;

before(async () => {
    clock = new Clock();
    clock.set(saturday);
    postbox = await new Postbox().open();
    house = await openHouse({ args: { matching: ['--serve=answers,alerts', ...postbox.options] } });
    const desk = await moderator(house);
    daily = await founder(house, 'elke-dag', 'municipality');
    weekly = await founder(house, 'elke-week', 'municipality');
    supplier = await founder(house, 'groen', 'enterprise');
    await admit(house, desk, daily, weekly, supplier);
    for (const [buyer, frequency] of [[daily, 'daily'], [weekly, 'weekly']]) {
        const email = `${frequency}@stad.example`;
        must(await buyer.put(`/organisations/${buyer.org}/alert-setting`, { frequency, email }));
        const need = await thing(buyer.post('/needs', needText()));
        must(await buyer.command('/needs', need, 'publish'));
    }
});
after(() => Promise.all([house?.stop(), postbox?.close()]).finally(() => clock.end()));

async function publishedOffer(title) {
    const draft = await thing(supplier.post('/offers', { title, description: 'Wekelijks onderhoud van de binnentuin.', kind: 'service',
        sector: 'green', cpv: '77310000-6', unit: 'uur', vat: 'high', lead_days: 14, national: true, goals: ['inclusive_labour'] }));
    must(await supplier.command('/offers', draft, 'publish'));
}

const moments = async () => (await house.psql(`SELECT to_char (due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    FROM matching.mail ORDER BY 1`)).split('\n');
const sentTo = (who) => postbox.mails.filter(({ to: [address] }) => address === `${who}@stad.example`);

test('letters of a day, and of a week, are one mail at seven in the morning', async () => {
    for (const title of ['Onderhoud van de binnentuin', 'Binnentuin: onderhoud', 'Onderhoud binnentuin, ook borders']) {
        await publishedOffer(title);
    }
    await until(async () => await house.psql('SELECT count (*) FROM matching.letter') === '6', 10_000, 'there are six letters');
    assert.deepEqual(await moments(), [sunday, monday]);
    clock.set('2027-03-28T04:59:30Z');
    await pause(3000);
    assert.deepEqual(postbox.mails, [], 'nobody is woken early');

    clock.set('2027-03-28T05:00:01Z');
    const mail = await until(() => sentTo('daily')[0], 10_000, 'the mail of the day');
    assert.equal(mail.subject, '3 nieuwe meldingen');
    assert.equal(mail.headers.date, 'Sun, 28 Mar 2027 05:00:00 +0000');
    for (const title of ['Onderhoud van de binnentuin', 'Binnentuin: onderhoud', 'Onderhoud binnentuin, ook borders']) {
        assert.equal(mail.text.split(`Past bij uw vraag ‘Onderhoud van de binnentuin’: ${title}\r\n`).length, 2, title);
    }
    assert.deepEqual(sentTo('weekly'), []);

    clock.set('2027-03-29T05:00:01Z');
    await until(() => sentTo('weekly').length === 1, 10_000, 'the mail of the week');
    await pause(2000);
    assert.equal(postbox.mails.length, 2);
});
