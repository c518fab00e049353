// isolation-api.test.mjs - every operation on one thing, asked by those whose thing it is not.
//
// The operations come from the API's own document, so that a new one is asked too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { contractOf, operationsOf } from '../lib/contract.mjs';
import { must, openHouse } from '../lib/house.mjs';
import { makeWorld, offerText, options } from './isolation-world.mjs';

let house, world, contract, operations;

before(async () => {
    house = await openHouse(options);
    world = await makeWorld(house);
    contract = await contractOf(house.url);
    operations = operationsOf(contract.document);
});
after(() => house?.stop());

// What everybody may read: these collections have nothing private.
const publicReads = ['adoption_get', 'claimed_figure_get', 'programme_get', 'round_calendar', 'round_get', 'report_round', 'sroi_tariff_get', 'stock_get'];
// An empty list, as of an organisation that does not exist.
const emptyLists = ['conflict_list', 'juror_candidates', 'member_list', 'run_list', 'need_route_advice', 'pairing_advice', 'pairing_hours_list'];
/** What everybody has of their own. */
const personalLists = ['/notices'];
const publicLists = ['/adoptions', '/claimed-figures', '/programmes', '/rounds', '/seats', '/sroi-tariffs', '/stocks'];

/** A text of a pattern like ^GM[0-9]{4}$, which here only says where digits stand. */
const textOf = (pattern) => pattern.replace(/^\^|\$$/g, '').replaceAll('[0-9]', '0');

const samples = {
    uuid: '01900000-0000-7000-8000-000000000000', date: '2030-01-01',
    'date-time': '2030-01-01T00:00:00Z',
};

/** What ends does so after it began. */
const usual = { ends_at: '2030-01-02T00:00:00Z' };

/** The smallest value that a schema lets through; `known` has values of fields, by name. */
function sample(given, known = {}) {
    const schema = contract.resolve(given);
    switch (schema.type) {
    case 'object':
        return Object.fromEntries(Object.entries(schema.properties)
            .filter(([name]) => schema.required?.includes(name))
            .map(([name, inner]) => [name, known[name] ?? usual[name] ?? sample(inner, known)]));
    case 'array':
        return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items, known));
    case 'integer': return schema.minimum;
    case 'boolean': return false;
    default:
        return schema.enum?.[0] ?? samples[schema.format]
            ?? (schema.pattern ? textOf(schema.pattern) : 'x'.repeat(schema.minLength));
    }
}

const bodyOf = ({ requestBody }, known) =>
    requestBody?.content['application/json'] && sample(requestBody.content['application/json'].schema, known);

/** Asks an operation with a body that is in order; answers the status, 404 for an empty list. */
async function ask(client, operation, target, known) {
    const isCommand = operation.parameters?.some(({ $ref }) => $ref?.endsWith('/IfMatch'));
    const { status, body } = await client.request(operation.method, target,
        { body: bodyOf(operation, known), version: isCommand ? 1 : undefined });
    assert.notEqual(status, 400, `${operation.operationId}: ${JSON.stringify(body)}`);
    const isEmpty = emptyLists.includes(operation.operationId) && body.items?.length === 0;
    return isEmpty ? 404 : status;
}

/** The path of an operation on this thing, with the need that some ask for. */
const targetOf = ({ template, parameters = [] }, { id }, account) =>
    template.replace('{id}', id).replace('{account_id}', account)
        + (parameters.some(({ name }) => name === 'needId') ? `?needId=${world.things.needs.id}` : '')
        + (parameters.some(({ name }) => name === 'site') ? '?site=https%3A%2F%2Fplaats.example' : '');

/** What others than its parties learn about one thing of each collection; empty is good. */
async function leaks() {
    const byId = operations.filter(({ template, operationId }) =>
        template.includes('{id}') && !publicReads.includes(operationId));
    assert.ok(byId.length > 70);
    const collections = new Set(byId.map(({ template }) => template.replace('/reports', '').split('/')[1]));
    assert.deepEqual([...collections].filter((name) => !world.things[name]?.id), [], 'the world has something of each');
    const found = [];
    for (const operation of byId) {
        const collection = operation.template.replace('/reports', '').split('/')[1];
        const thing = world.things[collection];
        for (const client of [...world.outsiders, house.nobody()]) {
            const target = targetOf(operation, thing, world.desk.account);
            const status = await ask(client, operation, target);
            if (status !== 404 && (status !== 401 || client.session)) {
                const who = client.session?.me.name ?? 'nobody';
                found.push(`${operation.operationId} answers ${status} to ${who}`);
            }
        }
    }
    return found;
}

test('what is not yours is not there, whatever you ask of it', async () => {
    assert.deepEqual(await leaks(), []);
    // The check sees it when a policy lets everybody in.
    const policy = 'ALTER POLICY need_public ON pipeline.need USING';
    await house.psql(`${policy} (true)`);
    assert.ok((await leaks()).includes('need_get answers 200 to nobody'));
    await house.psql(`${policy} (published_at IS NOT NULL)`);
});

test('nothing is made on top of what is not yours', async () => {
    const { things, green } = world;
    // The lines are filled in, so that the thing they belong to decides, not they.
    const known = {
        need_id: things.needs.id, quote_id: things.quotes.id, order_id: things.orders.id,
        invoice_id: things.invoices.id, offer_id: things.offers.id, story_id: things.stories.id,
        programme_id: things.programmes.id, order_line_id: things.orders.lines[0].id,
        initiative_id: things.initiatives.id, ask_id: things.asks.id, juror_id: things.jurors.id, meeting_id: things.meetings.id, mentor_id: things.mentors.id,
        proposed: offerText('Van iemand anders'), supplier_id: green.org, closes_at: '2031-01-01T00:00:00Z',
        // A round opens before it closes.
        opens_at: '2029-01-01T00:00:00Z',
    };
    const makers = operations.filter((operation) => operation.method === 'POST'
        && !operation.template.includes('{')
        && Object.keys(bodyOf(operation, known) ?? {}).some((name) => name in known));
    assert.deepEqual(makers.map(({ operationId }) => operationId).sort(), [
        'adoption_create', 'agreement_create', 'ask_create', 'attendance_check', 'attendance_create', 'award_propose', 'cancellation_create', 'complaint_lodge', 'credit_note_create',
        'deliverable_create', 'delivery_announce', 'dispute_create', 'extension_grant', 'goods_return_create', 'graduation_create', 'impact_claim_create', 'invitation_create', 'invoice_create', 'job_outcome_create', 'judgement_assign', 'mentor_create', 'milestone_create', 'need_question_ask',
        'objection_lodge', 'offer_edit_create', 'opener_take', 'order_place', 'pairing_create', 'payment_announce', 'payment_report', 'pledge_create', 'quote_create', 'review_create', 'round_create',
        'score_enter', 'seat_create', 'sroi_credit_create', 'stock_create',
    ]);
    for (const operation of makers) {
        for (const client of world.outsiders) {
            const status = await ask(client, operation, operation.template, known);
            assert.equal(status, 404, `${operation.operationId} ${client.session.me.name}`);
        }
    }
});

test('a list shows an outsider nothing that is not public', async () => {
    const lists = operations.filter(({ method, operationId, template }) =>
        method === 'GET' && /_list$/.test(operationId) && world.things[template.slice(1)]);
    assert.ok(lists.length >= 13);
    for (const { template } of lists) {
        const thing = world.things[template.slice(1)];
        // Seats are listed by programme.
        const query = template === '/seats' ? `?programmeId=${thing.programme_id}` : '';
        const target = template + query;
        // Who has no role for a list is told that there is none.
        const ids = (answer) => answer.status === 404 ? [] : must(answer).body.items.map(({ id }) => id).sort();
        const asNobody = await house.nobody().get(target);
        // Lists that only members may ask hold nothing public.
        const open = asNobody.status === 401 ? [] : ids(asNobody);
        for (const client of world.outsiders) {
            const seen = ids(await client.get(target));
            assert.deepEqual(personalLists.includes(template) ? seen.filter((id) => id === thing.id) : seen, open, template);
        }
        assert.equal(open.includes(thing.id), publicLists.includes(template), template);
    }
});
