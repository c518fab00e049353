// need-parts.test.mjs - what a need is made of: lines, criteria, shares, files; who may quote on a reserved one; questions whose
// asker nobody learns; and amendments that everybody hears of at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { must, openHouse, until } from '../lib/house.mjs';
import { lines, needText, openNeed } from './deal-cast.mjs';
import { enterSealed, give, handIn, sealedNeed } from './seal-cast.mjs';
import { admit, founder, refused, thing } from './people.mjs';

let house, buyer, green, blue, stranger, proved, unseen;

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

before(async () => {
    house = await openHouse();
    const cast = await enterSealed(house);
    ({ buyer, green, blue, stranger } = cast);
    const labels = (valid_until) => ({ label_claims: [{ scheme: 'pso30', certificate: 'PROEF-1', valid_until,
        evidence_url: 'https://register.example/PROEF-1' }] });
    proved = await founder(house, 'bewezen', 'enterprise', labels(inDays(30).slice(0, 10)));
    unseen = await founder(house, 'anders', 'enterprise', { label_claims: [{ ...labels(inDays(30).slice(0, 10)).label_claims[0], scheme: 'codeso' }] });
    await admit(house, cast.desk, proved, unseen);
    const { version } = must(await cast.desk.get(`/organisations/${proved.org}`));
    must(await cast.desk.command('/organisations', { id: proved.org, version }, 'certify'));
    await until(async () => await house.psql(`SELECT pipeline.evidence_valid ('${proved.org}', current_date)`) === 't', 10_000,
        'pipeline knows the mark');
});
after(() => house?.stop());

const award = (code, weight_ppm, changes = {}) => ({ code, description: 'Hoe wij dit wegen.', kind: 'award', weight_ppm, scale: 10, ...changes });
const write = (changes) => thing(buyer.post('/needs', needText(changes)));
const faults = (answer) => answer.body.errors.map(({ path }) => path);

async function publish(changes) {
    return changes.route ? sealedNeed(buyer, changes) : openNeed(buyer, changes);
}

test('weights of award criteria come to a million, or every fault is told with its path', async () => {
    const spec_lines = [{ cpv: '77310000-6', description: 'Snoeien', quantity: 10, unit: 'uur', must: ['VCA'], wish: ['Elektrisch'] }];
    const criteria = [award('K1', 600_000), award('K2', 400_000), { code: 'U1', description: 'Geen faillissement.', kind: 'exclude' }];
    for (const [wrong, paths] of [
        [[award('K1', 600_000), award('K2', 390_000)], ['criteria']],
        [[award('K1', 600_000), award('K1', 400_000)], ['criteria[1].code']],
        [[award('K1', undefined)], ['criteria', 'criteria[0].weight_ppm']],
        [[award('K1', 1_000_000), { ...award('M1', 10), kind: 'minimum' }], ['criteria', 'criteria[1].weight_ppm']],
    ]) {
        const need = await write({ route: 'open', criteria: wrong });
        const answer = await buyer.command('/needs', need, 'submit');
        refused(answer, 400);
        assert.deepEqual(faults(answer).sort(), paths);
        assert.equal((await thing(buyer.get(`/needs/${need.id}`))).state, 'draft');
    }
    const need = await publish({ route: 'open', criteria, spec_lines });
    const seen = await thing(house.nobody().get(`/needs/${need.id}`));
    assert.deepEqual([seen.criteria, seen.spec_lines], [criteria, spec_lines]);
    refused(await buyer.post('/needs', needText({ spec_lines: [{ ...spec_lines[0], quantity: 0 }] })), 400);
    refused(await buyer.post('/needs', needText({ spec_lines: [{ ...spec_lines[0], quantity: 1.5 }] })), 400);
});

test('a joint need is seen by its buyers from the draft on, and written by one', async () => {
    const shares = [{ organisation_id: buyer.org, share_ppm: 700_000 }, { organisation_id: stranger.org, share_ppm: 300_000 }];
    const need = await write({ shares });
    assert.deepEqual((await thing(stranger.get(`/needs/${need.id}`))).shares, shares);
    refused(await green.get(`/needs/${need.id}`), 404);
    refused(await stranger.put(`/needs/${need.id}`, needText({ shares }), need.version), 404);
    refused(await stranger.command('/needs', need, 'publish'), 404);
    assert.equal((await thing(stranger.get(`/needs/${need.id}`))).budget_cents, undefined);
    for (const wrong of [[{ ...shares[0], share_ppm: 999_999 }], [{ ...shares[1], share_ppm: 1_000_000 }]]) {
        refused(await buyer.command('/needs', await write({ shares: wrong }), 'publish'), 400);
    }
    must(await buyer.command('/needs', need, 'publish'));
});

test('a market consultation leads to no quote and no award', async () => {
    const need = await publish({ purpose: 'market_consultation', budget_cents: undefined });
    refused(await green.post('/quotes', { need_id: need.id, lines }), 409, 'may_be_quoted');
    assert.ok(!(await thing(buyer.chief.get(`/needs/${need.id}`))).commands.includes('award'));
    assert.equal((await publish({ purpose: 'challenge' })).purpose, 'challenge');
});

test('on a reserved need only who proves it today may quote, at the moment of handing in', async () => {
    const need = await publish({ reserved: true });
    refused(await green.post('/quotes', { need_id: need.id, lines }), 409, 'evidence_holds');
    refused(await unseen.post('/quotes', { need_id: need.id, lines }), 409, 'evidence_holds');
    const quote = await thing(proved.post('/quotes', { need_id: need.id, lines }));
    const own = `known_organisation SET labels = jsonb_set (labels, '{0,valid_until}', to_jsonb (current_date + $)) WHERE id = '${proved.org}'`;
    await house.psql(`UPDATE pipeline.${own.replace('$', '-1')}`);
    refused(await proved.command('/quotes', quote, 'submit'), 409, 'evidence_holds');
    await house.psql(`UPDATE pipeline.${own.replace('$', '30')}`);
    must(await proved.command('/quotes', quote, 'submit'));
});

test('on the invited route only who is invited quotes', async () => {
    const need = await publish({ route: 'invited' });
    refused(await green.post('/quotes', { need_id: need.id, lines }), 409, 'invited_where_asked');
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: green.org }));
    must(await green.post('/quotes', { need_id: need.id, lines }));
    refused(await blue.post('/quotes', { need_id: need.id, lines }), 409, 'invited_where_asked');
    // Not more than the policy says; on an open route that is no matter.
    await house.psql(`UPDATE pipeline.purchase_policy SET max_invites = 1 WHERE organisation_id = '${buyer.org}'`);
    refused(await buyer.post('/invitations', { need_id: need.id, supplier_id: blue.org }), 409, 'room_to_invite');
    const short = await publish({});
    for (const { org } of [green, blue]) {
        must(await buyer.post('/invitations', { need_id: short.id, supplier_id: org }));
    }
});

test('a need for which fewer were invited than the policy wants is not opened', async () => {
    await house.psql(`UPDATE pipeline.purchase_policy SET min_invites = 2, max_invites = 5 WHERE organisation_id = '${buyer.org}'`);
    const need = await publish({ route: 'invited' });
    const invite = ({ org }) => buyer.post('/invitations', { need_id: need.id, supplier_id: org });
    const state = (to, at) => house.psql(`UPDATE pipeline.need SET state = '${to}', quote_deadline = now () + interval '${at}'
        WHERE id = '${need.id}'`);
    must(await invite(green));
    await handIn(green, need, { lines });
    await state('sealed_closed', '-1 second');
    const [first, second] = need.openers;
    refused(await give(first), 409, 'enough_invited');
    assert.ok(!(await thing(buyer.get(`/openers?needId=${need.id}`))).items[0].commands.includes('give'));
    await state('open', '1 day');
    must(await invite(blue));
    await state('sealed_closed', '-1 second');
    must(await give(first));
    must(await give(second));
    assert.equal((await thing(buyer.get(`/needs/${need.id}`))).state, 'evaluating');
});

test('confidential files of a need are read by its buyer and by whom it invites, and by nobody else', async () => {
    const sent = async (text, name) => must(await buyer.upload(text, name)).body.file;
    const [plain, secret] = [await sent('wat;hoeveel\nheg;3\n', 'eisen.csv'), await sent('wat;euro\nheg;300\n', 'raming.csv')];
    const reads = async (file, ...readers) => Promise.all(readers.map(async (one) => (await one.download(file)).status));
    const draft = await write({ documents: [{ file: plain, name: 'eisen.csv' }, { file: secret, name: 'raming.csv', confidential: true }] });
    assert.deepEqual(await reads(plain, green, blue, house.nobody()), [404, 404, 404]);
    const need = must(await buyer.command('/needs', draft, 'publish')).body;
    assert.deepEqual(await reads(plain, green, blue, house.nobody()), [200, 200, 200]);
    assert.deepEqual(await reads(secret, buyer, green, blue, stranger, house.nobody()), [200, 404, 404, 404, 404]);
    must(await buyer.post('/invitations', { need_id: need.id, supplier_id: green.org }));
    assert.deepEqual(await reads(secret, green, blue, stranger, house.nobody()), [200, 404, 404, 404]);
    must(await buyer.chief.command('/needs', need, 'cancel', { cause: 'no_demand', reason: 'De tuin gaat weg.' }));
    assert.deepEqual(await reads(secret, buyer, green, blue, house.nobody()), [200, 200, 404, 404]);
});

test('a question is answered for everybody, and nobody learns who asked', async () => {
    const need = await publish({ question_deadline: inDays(100) });
    const ask = (who, text) => who.post('/need-questions', { need_id: need.id, text });
    const question = await thing(ask(green, 'Is er stroom bij de tuin?'));
    const other = await thing(ask(blue, 'Mag het ook in de winter?'));
    refused(await ask(stranger, 'Mag ik dit vragen als bedrijf?'), 404);
    assert.deepEqual((await thing(green.get(`/need-questions?needId=${need.id}`))).items.map(({ id }) => id), [question.id]);
    assert.equal((await thing(buyer.get(`/need-questions?needId=${need.id}`))).items.length, 2);
    assert.deepEqual((await thing(house.nobody().get(`/need-questions?needId=${need.id}`))).items, []);
    refused(await blue.get(`/need-questions/${question.id}`), 404);
    refused(await blue.command('/need-questions', question, 'withdraw'), 404);
    refused(await green.command('/need-questions', question, 'answer', { answer: 'Zelf beantwoord.' }), 404);
    must(await blue.command('/need-questions', other, 'withdraw'));
    must(await buyer.command('/need-questions', question, 'answer', { answer: 'Ja, naast de schuur.' }));
    const seen = await thing(house.nobody().get(`/need-questions/${question.id}`));
    assert.equal(seen.answer, 'Ja, naast de schuur.');
    // Neither the answers nor any event that another than the asker may read has a trace of who asked.
    const traces = [JSON.stringify(seen), JSON.stringify(await thing(buyer.get(`/need-questions/${question.id}`))),
        JSON.stringify(await thing(buyer.get(`/need-questions?needId=${need.id}`)))];
    const events = await until(async () => {
        const all = [];
        for (const client of [buyer, house.nobody()]) {
            const mine = client === buyer ? '&mine=true' : '';
            for (let after = 0, more = true; more;) {
                const { items, head } = await thing(client.get(`/events?limit=1000&after=${after}${mine}`));
                all.push(...items.filter(({ subject }) => subject === `need_question/${question.id}`));
                after = items.length ? Math.max(...items.map((item) => Number(item.tseq ?? item.sequence ?? 0))) : head;
                more = items.length === 1000;
            }
        }
        return all.length >= 3 && all;
    }, 10_000, 'the question and its answer are told');
    traces.push(JSON.stringify(events));
    for (const text of traces) {
        assert.ok(!text.includes(green.org) && !text.includes(green.account), text);
    }
    // Who asked is in no audience: green's own stream does not have the question, only its answer, as everybody's has.
    const audience = await house.psql(`SELECT string_agg (l::text, ' ') FROM stream.log l WHERE subject = 'need_question/${question.id}'
        AND type LIKE '%asked%'`);
    assert.ok(!audience.includes(green.org), 'the asker is not in the log of the question');
});

test('questions are taken until their deadline', async () => {
    const need = await publish({ question_deadline: inDays(50) });
    await house.psql(`UPDATE pipeline.need SET question_deadline = now () - interval '1 second' WHERE id = '${need.id}'`);
    refused(await green.post('/need-questions', { need_id: need.id, text: 'Ben ik nog op tijd?' }), 409, 'may_ask');
    refused(await buyer.command('/needs', await write({ question_deadline: '2099-01-01T00:00:00Z' }), 'publish'), 400);
});

test('an amendment makes the next revision, gives time when it is major, and is told to all invited in one batch', async () => {
    const need = await publish({ quote_deadline: inDays(3) });
    for (const client of [green, blue]) {
        must(await buyer.post('/invitations', { need_id: need.id, supplier_id: client.org }));
    }
    const amend = (from, changes) => buyer.command('/needs', from, 'amend', { summary: 'Ook de voortuin.', major: false, ...changes });
    refused(await amend(need, { quote_deadline: inDays(2) }), 409, 'deadline_not_earlier');
    refused(await green.command('/needs', need, 'amend', { summary: 'Meer geld.', major: false }), 404);
    const minor = await thing(amend(need, { description: 'Ook de voortuin, met dezelfde ploeg en in dezelfde weken.' }));
    assert.deepEqual([minor.revision, minor.quote_deadline], [2, need.quote_deadline]);
    const major = await thing(amend(minor, { major: true }));
    assert.equal(major.revision, 3);
    const days = (Date.parse(major.quote_deadline) - Date.now()) / 86_400_000;
    assert.ok(days > 6.9 && days < 7.1, `${days} days, by policy 7`);
    assert.deepEqual(major.amendments.map(({ revision, major: is }) => [revision, is]), [[2, false], [3, true]]);
    const told = await until(async () => {
        const rows = await house.psql(`SELECT string_agg (regexp_replace (type, '^nl.meerwaarde.|.v1$', '', 'g'), ' ' ORDER BY seq)
            FROM stream.log WHERE type LIKE '%invitation_renewed%' OR type LIKE '%need_amended%'`);
        return rows.split(' ').length === 6 && rows;
    }, 10_000, 'both amendments are told');
    assert.equal(told, Array(2).fill('need_amended invitation_renewed invitation_renewed').join(' '));
    const due = await house.psql(`SELECT due_at > now () + interval '6 days' FROM pipeline.timer WHERE thing_id = '${need.id}'`);
    assert.equal(due, 't');
});

test('a draft keeps its commands honest: what is open can be amended, what is not cannot', async () => {
    const draft = await write({});
    refused(await buyer.command('/needs', draft, 'amend', { summary: 'Nog niet open.', major: false }), 409, 'out_of_state');
    assert.ok((await openNeed(buyer)).commands.includes('amend'));
});
