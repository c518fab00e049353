// deadline.mjs - the last minute of a round: hundreds of applicants each send a file of 5 MB and submit, while the round closes. What came
// in time is in once, what came later leaves no row, and how long each waited.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pdf } from '../lib/files.mjs';
import { must, openHouse, until } from '../lib/house.mjs';
import { admit, founder, moderator, thing } from '../system/people.mjs';
import { quantile, spread } from './measure.mjs';

const applicants = Number(process.env.APPLICANTS ?? 500);
const seconds = Number(process.env.SECONDS ?? 60);
const closesAfter = seconds * 0.75;
const size = 5_000_000;
const atOnce = 8;                // of what comes before
const limit = 10_000;            // milliseconds from due to answered, 99 of 100
const patience = 300_000;        // milliseconds for which somebody who is sent away asks again, as the answer says
const password = 'een-wachtwoord-voor-de-meting';
let again = 0;                   // files that were sent once more

/** Everybody's turn, a few at a time. */
async function each(list, work) {
    const waiting = [...list.entries()];
    const out = [];
    await Promise.all(Array.from({ length: atOnce }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
            out[next[0]] = await work(next[1], next[0]);
        }
    }));
    return out;
}

/** So many people, each of a team of their own that was admitted: all with the password of one, which takes its time to make. */
async function people(house) {
    await house.call('account_put', { email: 'nul@meting.example', name: 'Nul', password }, { roles: ['SYSTEM', 'OPERATOR'] });
    await house.psql(`
        CREATE TEMP TABLE fresh AS SELECT gen_random_uuid () AS account, gen_random_uuid () AS org, n FROM generate_series (1, ${applicants}) n;
        INSERT INTO identity.account (id, email, name, password, created_at)
            SELECT f.account, 'a' || f.n || '@meting.example', 'A', a.password, now () FROM fresh f, identity.account a
            WHERE a.email = 'nul@meting.example';
        INSERT INTO identity.known_organisation SELECT org, 'Team ' || n, 1 FROM fresh;
        INSERT INTO identity.known_member SELECT account, org, '{APPLICANT}', 1 FROM fresh;
        INSERT INTO pipeline.known_organisation (id, name, kind, municipality, state, fictional, version)
            SELECT org, 'Team ' || n, 'team', 'GM0153', 'admitted', true, 1 FROM fresh`);
    return each(Array.from({ length: applicants }), (_, no) => house.as(`a${no + 1}@meting.example`, password));
}

const secret = (no) => `Geheim plan ${no}`;
const textOf = (round, no, documents = []) => ({
    round_id: round.id, title: secret(no), summary: 'Een oven die werk geeft aan mensen in de buurt.', municipality: 'GM0153',
    documents, consent: true, fictional: true,
});
const content = (no) => {
    const bytes = Buffer.alloc(size, `plan ${no} `);
    const form = pdf(`plan ${no}`);
    form.subarray(0, form.indexOf('xref') - 1).copy(bytes);
    bytes.write('\n', form.indexOf('xref') - 2);
    bytes.fill('%', form.indexOf('xref') - 1, size - form.length);
    bytes.write('\n', size - form.length - 1);
    form.subarray(form.indexOf('xref')).copy(bytes, size - (form.length - form.indexOf('xref')));
    return bytes;
};

async function openRound(house) {
    const office = await founder(house, 'bureau', 'partner');
    await admit(house, await moderator(house), office);
    const programme = await thing(office.post('/programmes', { name: 'Twente vooruit', region: 'Twente', fictional: true }));
    const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString();
    const round = await thing(office.post('/rounds', { programme_id: programme.id, number: 1, opens_at: days(1), closes_at: days(30),
        present_quota: 28, select_min: 9, select_max: 12, fictional: true }));
    return thing(office.command('/rounds', await thing(office.command('/rounds', round, 'announce')), 'open'));
}

/** Sends a file; a gateway with too much at hand may end the connection while it is being sent, and then it is sent again. */
async function sends(client, bytes) {
    for (const until_ = performance.now() + patience; ;) {
        try {
            return must(await client.upload(bytes, 'begroting.pdf', { patience }));
        } catch (error) {
            if (!(error instanceof TypeError) || performance.now() > until_) {
                throw error;
            }
            again++;
            await pause(1000);
        }
    }
}

/** One applicant's last minute: the file, the draft with it, and twice the same submission. */
async function applies(of, { client, no, draft, due }) {
    await pause(due - performance.now());
    const sent = await sends(client, content(no));
    const uploaded = performance.now();
    const documents = [{ file: sent.body.file }];
    if (!draft) {
        const asked = Date.now();
        const { status } = await client.post('/initiatives', textOf(of.round, no, documents), { patience });
        return { no, began: true, asked, answered: Date.now(), status, upload: uploaded - due, whole: performance.now() - due };
    }
    const put = await client.put(`/initiatives/${draft.id}`, textOf(of.round, no, documents), draft.version, { patience });
    const key = randomUUID();
    const asked = Date.now();
    const once = () => client.command('/initiatives', { id: draft.id, version: (put.body.version ?? draft.version) }, 'submit', {}, { key, patience });
    const [first, again] = await Promise.all([once(), once()]);
    // The second of two at once may hear that the first is still being done; asked once more, it is that one's answer.
    const answer = [first, again].find(({ status }) => status === 200) ?? first;
    return { no, id: draft.id, asked, answered: Date.now(), status: answer.status, put: put.status, reason: answer.body.type,
        upload: uploaded - due, whole: performance.now() - due };
}

/** What the database and the logs have to say of it. */
async function proven(house, round, closes, answers) {
    const accepted = answers.filter(({ status, began }) => !began && status === 200);
    const refused = answers.filter(({ status }) => status === 409);
    assert.equal(accepted.length + refused.length, answers.length, `other answers: ${JSON.stringify(answers.find(({ status }) => ![200, 409].includes(status)))}`);
    assert.ok(answers.every(({ began, answered, status }) => !began || status === 409 || answered < closes), 'nobody begins after the closing');
    const early = refused.filter(({ answered }) => answered < closes);
    assert.deepEqual(early, [], 'nobody is refused before the closing');
    const late = accepted.filter(({ asked }) => asked > closes);
    assert.deepEqual(late, [], 'nobody is accepted who asked after it');
    const ids = (await house.psql(`SELECT id FROM pipeline.initiative WHERE round_id = '${round.id}' AND submitted_at IS NOT NULL`)).split('\n').filter(Boolean);
    assert.deepEqual(ids.sort(), accepted.map(({ id }) => id).sort(), 'who was told so, is in');
    assert.equal(await house.psql(`SELECT count (*) FROM pipeline.initiative i JOIN pipeline.round r ON r.id = i.round_id WHERE i.submitted_at > r.closes_at`), '0');
    await until(async () => await house.psql('SELECT count (*) FROM stream.outbox') === '0', 60_000, 'all is numbered');
    const told = await house.psql(`SELECT count (*), count (DISTINCT subject) FROM stream.log WHERE type LIKE '%.initiative_submitted.%'`);
    assert.equal(told, `${accepted.length}|${accepted.length}`, 'each was told once');
    const rows = await house.psql(`SELECT count (*) FROM pipeline.initiative WHERE round_id = '${round.id}'`);
    assert.equal(Number(rows), answers.filter(({ began }) => !began).length, 'who began too late left no row');
    const log = readFileSync(house.logOf('pipeline'), 'utf8') + readFileSync(house.logOf('gateway'), 'utf8');
    assert.ok(!log.includes('Geheim plan'), 'no log has what was handed in');
    const counted = (operation) => log.split('\n').filter((line) => line.includes(`operation=${operation} `) && /outcome=conflict|outcome=refused/.test(line)).length;
    assert.equal(await house.psql(`SELECT state FROM pipeline.round WHERE id = '${round.id}'`), 'screening', 'the clock closed it');
    assert.ok(counted('initiative_submit') + counted('initiative_start') >= refused.length, 'each refusal is in the log');
    assert.equal(await house.psql("SELECT count (*) FROM blob.file f WHERE (SELECT sum (length (bytes)) FROM blob.chunk c WHERE c.file_id = f.id) <> f.size"), '0');
    return { accepted, refused };
}

export async function deadline() {
    const house = await openHouse({ durable: true });
    try {
        await house.unlimit();
        const round = await openRound(house);
        const clients = await people(house);
        console.error(`  ${applicants} people are in`);
        const start = 3_000;
        const due = clients.map((_, no) => start + (seconds * 1000 * no) / applicants);
        const begins = (no) => due[no] - start > closesAfter * 1000 && no % 2 === 0;   // half of who is late has no draft either
        const drafts = await each(clients, async (client, no) =>
            begins(no) ? undefined : thing(client.post('/initiatives', textOf(round, no))));
        console.error('  and have their drafts');
        const began = performance.now();
        const closes = Date.now() + start + closesAfter * 1000;
        await house.psql(`UPDATE pipeline.round SET closes_at = '${new Date(closes).toISOString()}' WHERE id = '${round.id}';
                          UPDATE pipeline.timer SET due_at = r.closes_at, try_at = r.closes_at FROM pipeline.round r WHERE r.id = thing_id AND noun = 'round' AND command = 'close'`);
        const answers = await Promise.all(clients.map((client, no) =>
            applies({ round }, { client, no, draft: drafts[no], due: began + due[no] })));
        const took = (performance.now() - began - start) / 1000;
        const { accepted, refused } = await proven(house, round, closes, answers);
        const one = (value) => spread([value]);
        const waits = (of, part, name) => quantile(of.map((answer) => answer[name]), part);
        return [
            { what: `${applicants} files of 5 MB and submissions due in ${seconds} s: accepted, each once`, ours: one(accepted.length), digits: 0, met: true },
            { what: 'refused after the closing: no row, logged without content', ours: one(refused.length), digits: 0, met: true },
            { what: 'all answered after, s', ours: one(took) },
            { what: 'connections that ended while a file was sent', ours: one(again), digits: 0 },
            { what: 'file of 5 MB, from due to kept: half, ms', ours: one(waits(answers, 0.5, 'upload')), digits: 0 },
            { what: 'the same: 99 of 100, ms', ours: one(waits(answers, 0.99, 'upload')), digits: 0 },
            { what: 'file, draft and submission, from due to answered: half, ms', ours: one(waits(answers, 0.5, 'whole')), digits: 0 },
            { what: 'the same: 99 of 100, ms', target: `≤ ${limit}`, ours: one(waits(answers, 0.99, 'whole')), digits: 0,
                met: waits(answers, 0.99, 'whole') <= limit },
        ];
    } finally {
        await house.stop();
    }
}
