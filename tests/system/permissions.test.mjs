// permissions.test.mjs - who may do what: every cell of role x command x state x organisation, as the process tables say.
//
// What is expected is worked out here, from `meerwaarde print processes`; what happens is asked of the running services. A
// command is asked for with a version that nobody has: who may take the step hears that it changed meanwhile, everybody
// else is refused, and nothing moves. So all cells of a state can be asked of one thing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse } from '../lib/house.mjs';
import { example } from '../lib/example.mjs';
import { build, checkout } from '../lib/places.mjs';
import { run } from '../lib/processes.mjs';
import { statementFile, tableOf } from '../lib/statements.mjs';
import { lines as dealLines } from './deal-cast.mjs';
import { makeWorld, options } from './isolation-world.mjs';

const nobodysVersion = 987_654_321;
const person = '00000000-0000-7000-8000-0000000000aa';
const stranger = '00000000-0000-7000-8000-0000000000bb';
let house, processes, document, roles;

before(async () => {
    house = await openHouse(options);
    await makeWorld(house);
    await house.psql(`UPDATE pipeline.basket SET account_id = '${person}'`); // a draft is its person's
    await house.psql(`UPDATE pipeline.juror SET account_id = '${person}'; UPDATE pipeline.judgement SET account_id = '${person}';
        UPDATE pipeline.selection_present SET account_id = '${person}' WHERE juror_id IS NOT NULL`);
    const print = async (what) => JSON.parse(await run(path.join(build, 'meerwaarde'), ['print', what]));
    processes = await print('processes');
    document = await print('openapi');
    roles = [...readFileSync(path.join(checkout, 'proto/roles.def'), 'utf8').matchAll(/^ROLE \((\w+),/gm)].map(([, name]) => name);
});
after(() => house?.stop());

const statement = (name) => readFileSync(statementFile(name), 'utf8');

const rows = async (sql) => JSON.parse(await house.psql(`SELECT coalesce (json_agg (r), '[]') FROM (${sql}) r`));

/** A thing of that noun as its own statement reads it. */
async function specimen(noun) {
    // One that went on, as its parties may see; the further, the more of it there is.
    const [first] = await rows(`SELECT * FROM ${tableOf(noun)} ORDER BY state IN ('draft', 'registered'), version DESC, id DESC LIMIT 1`);
    assert.ok(first, `isolation-world.mjs makes no ${noun}`);
    const [thing] = await rows(statement(`${noun}_get`).replace(/:call_targets::uuid\[\]/g, `ARRAY['${first.id}']::uuid[]`)
        .replace(/:call_now::timestamptz/g, 'now ()').replace(/:call_\w+/g, 'NULL').trim());
    return { ...first, ...thing }; // some read only what the caller is a side of
}

/** Puts lines of JSON to the set, and answers what came of each. */
async function ask(questions) {
    const child = spawn(path.join(build, 'meerwaarde'), ['call', '-'], { env: { ...process.env,
        MEERWAARDE_RUN: house.run, MEERWAARDE_KEYS: house.keys }, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.end(`${questions.join('\n')}\n`);
    const parts = [];
    for await (const part of child.stdout) {
        parts.push(part);
    }
    const answers = Buffer.concat(parts).toString().trim().split('\n').map((line) => JSON.parse(line));
    assert.equal(answers.length, questions.length);
    return answers;
}

/** What a handler looks at before it asks whether the step may be taken. */
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const byCriterion = () => ({ criterion: 'identity' });
const ofNeed = ({ need_id }) => ({ need_id, lines: dealLines });
const inputs = {
    quote_put: ofNeed, quote_revise: ofNeed, quote_counter: () => ({ lines: dealLines }),
    organisation_provision: () => ({ until: inAMonth() }),
    organisation_refuse: byCriterion, organisation_suspend: byCriterion, organisation_remove: byCriterion,
    meeting_reschedule: () => ({ starts_at: '2030-01-01T09:00:00Z', ends_at: '2030-01-01T12:00:00Z' }),
    organisation_merge: ({ id }) => ({ into: id }),
    delivery_accept: ({ lines }) => ({ lines: lines.map(({ order_line_id, quantity }) => ({ order_line_id, accepted: quantity })) }),
};

/** The organisations that ask: those with a side in the thing, and one that has none. */
const callersOf = (table, thing) =>
    [...new Set(table.sides.map(({ field }) => thing[field]).filter(Boolean)), stranger];

/** The role counts: it has no side in this table, or the caller is the organisation in that field. */
const counts = (table, thing, role, org) => {
    const sides = table.sides.filter((side) => side.roles.includes(role));
    return sides.length === 0 || sides.some(({ field }) => thing[field] === org);
};

const mayCall = (who, role) => who.includes('ANYBODY') || who.includes('MEMBER') || who.includes(role);

/** What the tables say of one cell: the guards of the steps that this caller has from here; undefined: refused. */
function expectation(table, thing, state, command, role, org) {
    const steps = table.steps.filter((step) => step.command === command);
    const theirs = steps.filter((step) => step.from === state && mayCall(step.may_call, role)
        && (step.who.includes('ANYBODY') || (step.who.includes(role) && counts(table, thing, role, org))));
    return theirs.length > 0 ? theirs.flatMap(({ guards }) => guards) : undefined;
}

/** A code is looked at before the step; it is nobody's here. Only those hear of that who may read the thing. */
const aboutCode = ({ outcome, answer }) => ['code_needed', 'code_right'].includes(answer?.reason)
    || (outcome === 'invalid' && answer.faults.every(({ path: field }) => field === 'code'));

/** What is wrong with an answer; nothing when it is as expected. */
function complaint({ guards, org }, told) {
    const { outcome, answer } = told;
    if (aboutCode(told)) {
        return org === stranger ? 'was told of a code' : null;
    }
    if (!guards) {
        const refusal = outcome === 'missing'
            || (outcome === 'conflict' && ['not_yours_to_do', 'out_of_state'].includes(answer.reason));
        return refusal ? null : 'was not refused';
    }
    // Past the entry check: a guard said no, or the version is not the thing's.
    const passed = outcome === 'stale' || (outcome === 'conflict' && guards.includes(answer.reason));
    // A role without a side counts anywhere, but the policies of the rows may let in fewer: a handler that was appointed, the
    // clock for the owner.
    return passed || (org === stranger && outcome === 'missing') ? null : 'was refused';
}

test('every command in every state, for every role and organisation', async () => {
    const wrong = [];
    let cells = 0, allowed = 0, undecided = 0;
    // What is given once, and has no steps after that, has no cells.
    for (const table of processes.filter(({ steps }) => steps.some(({ from }) => from))) {
        const thing = await specimen(table.noun);
        const commands = [...new Set(table.steps.filter(({ from, operation }) => from && operation).map(({ command }) => command))];
        const orgs = callersOf(table, thing);
        const input = new Map(commands.map((command) => [command, JSON.stringify({ ...example(document, `${table.noun}_${command}`),
            ...inputs[`${table.noun}_${command}`]?.(thing), id: thing.id })]));
        for (const state of Object.keys(table.states)) {
            await house.psql(`SET session_replication_role = replica;
                UPDATE ${tableOf(table.noun)} SET state = '${state}' WHERE id = '${thing.id}'`);
            const asked = commands.flatMap((command) => orgs.flatMap((org) => roles.map((role) =>
                ({ command, org, role, guards: expectation(table, thing, state, command, role, org) }))));
            const answers = await ask(asked.map(({ command, org, role }) => `{"operation": "${table.noun}_${command}",
                "as": "${person}:${org}:${role}", "if_match": ${nobodysVersion}, "in": ${input.get(command)}}`.replaceAll('\n', ' ')));
            asked.forEach((cell, at) => {
                const { command, org, role } = cell;
                const why = complaint(cell, answers[at]);
                cells++;
                undecided += aboutCode(answers[at]);
                allowed += cell.guards !== undefined;
                if (why) {
                    wrong.push(`${table.noun}: ${command} from ${state} by ${role} of ${org} ${why}: ${JSON.stringify(answers[at])}`);
                }
            });
        }
        await house.psql(`SET session_replication_role = replica;
            UPDATE ${tableOf(table.noun)} SET state = '${thing.state}' WHERE id = '${thing.id}'`);
    }
    console.log(`${cells} cells, ${allowed} of them allowed, ${undecided} stopped by a code, in ${processes.length} tables`);
    assert.ok(allowed > 150, 'some may do something');
    assert.ok(undecided < 40, `${undecided} cells were not decided`);
    wrong.forEach((one) => console.log(one));
    assert.equal(wrong.length, 0, `of ${cells} cells`);
});
