// round-said.mjs - everything that the platform says of a round, to each of these people: every answer to every question about it and about
// what belongs to it, its calendar and its report too. What is asked is found in the API description, so a new question takes part by itself.
import { contractOf, operationsOf } from '../lib/contract.mjs';

/** What only says when it was asked. */
const timeless = (text) => text.replace(/"as_of(_seq)?":("[^"]*"|\d+),?/g, '').replace(/DTSTAMP:.*/g, '').replace(/"commands":\[[^\]]*\],?/g, '');

/** Of each table that knows rounds: the ids of this one's. */
async function idsOf(house, round) {
    const tables = (await house.psql(`SELECT table_name FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND k.relkind = 'r'
        JOIN pg_namespace n ON n.oid = k.relnamespace AND n.nspname = 'pipeline'
        WHERE c.table_schema = 'pipeline' AND c.column_name = 'round_id' AND EXISTS (SELECT FROM information_schema.columns i
            WHERE i.table_schema = 'pipeline' AND i.table_name = c.table_name AND i.column_name = 'id')`)).split('\n').filter(Boolean);
    const ids = new Map([['round', [round]]]);
    for (const table of tables) {
        ids.set(table, (await house.psql(`SELECT id FROM pipeline.${table} WHERE round_id = '${round}' ORDER BY id`)).split('\n').filter(Boolean));
    }
    return ids;
}

/** The questions: paths below /v1. */
function questions(document, ids, round) {
    const all = [];
    for (const { method, template, operationId, parameters = [] } of operationsOf(document)) {
        const ofRounds = template.includes('{') || parameters.some((one) => JSON.stringify(one).includes('roundId'));
        if (method !== 'GET' || !ofRounds || /\{(?!id\})/.test(template)) {
            continue;
        }
        const noun = [...ids.keys()].filter((name) => operationId.startsWith(`${name}_`)).sort((a, b) => b.length - a.length)[0];
        const own = operationId === 'report_round' ? [round] : ids.get(noun) ?? [];
        all.push(...template.includes('{') ? own.map((id) => template.replace('{id}', id)) : [`${template}?roundId=${round}&limit=100`]);
    }
    return all;
}

/** `people`: clients by name. Answers Map: 'name path' -> what was said. Lists that take no round are left out, as they tell of others too. */
export async function saidOf(house, people, round) {
    const { document } = await contractOf(house.url);
    const asked = questions(document, await idsOf(house, round), round);
    const said = new Map();
    for (const [name, client] of Object.entries(people)) {
        for (const path of asked) {
            const { status, body } = await client.get(path);
            if (status === 200 || (status === 404 && !path.includes('?'))) {
                said.set(`${name} ${path}`, status === 404 ? '404' : timeless(typeof body === 'string' ? body : JSON.stringify(body)));
            }
        }
    }
    return said;
}

/** What is not as it was. */
export const changed = (before, after) => [...before].filter(([what, text]) => after.get(what) !== text)
    .map(([what, text]) => `${what}: ${text} became ${after.get(what)}`);
