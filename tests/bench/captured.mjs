// captured.mjs - what a service ran on its database, out of PostgreSQL's own log, as a script for pgbench.
import { readFileSync } from 'node:fs';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

const isUuid = (value) => value?.length === 36 && value.match(uuid) !== null;

/** `$1 = 'a''b', $2 = NULL` as ["a'b", null]. */
function valuesOf(detail) {
    return [...detail.matchAll(/\$\d+ = (NULL|'((?:[^']|'')*)')/g)]
        .map(([, whole, text]) => (whole === 'NULL' ? null : text.replaceAll("''", "'")));
}

/** Statements of the log from that byte on, as [process, sql, values]. */
function statementsOf(log, from, role) {
    const found = [];
    // A message begins with its moment; what does not, goes on with the one before.
    const messages = readFileSync(log).subarray(from).toString().split(/\n(?=\d{4}-\d\d-\d\d \d\d:)/);
    for (const message of messages) {
        const [, process, who, level, text] = /^\S+ \S+ \S+ \[(\d+)\] (\S*) (\w+): {2}([\s\S]*)$/.exec(message) ?? [];
        const executed = level === 'LOG' && who === role && /^execute \S+: ([\s\S]*)$/.exec(text);
        if (executed) {
            found.push([process, executed[1].replaceAll('\n\t', '\n').trim(), []]);
        } else if (level === 'DETAIL' && who === role && text.startsWith('parameters: ')) {
            found.at(-1)[2] = valuesOf(text.replaceAll('\n\t', '\n'));
        }
    }
    return found;
}

/** The writes among them, in order: each from BEGIN to COMMIT. */
export function writes(log, from, role) {
    const open = new Map(), done = [];
    for (const [process, sql, values] of statementsOf(log, from, role)) {
        if (sql === 'BEGIN') {
            open.set(process, []);
        }
        open.get(process)?.push([sql, values]);
        if (sql === 'COMMIT') {
            const all = open.get(process);
            open.delete(process);
            if (all?.some(([text]) => text.includes('app.enter_once'))) {
                done.push(all);
            }
        }
    }
    return done;
}

/**
 * A script for pgbench that does the same again and again, each time for another number `:n`, which it counts from
 * `:first`, apart for each client. Ids that came to be are made of the number; what `constant` names stays, `given` says
 * what stands for others, and for what the database made itself (`fresh`); large values are variables, which it answers too.
 */
export function script(transactions, { constant, given, fresh, share, pipelined }) {
    const variables = new Map();
    const made = new Map(Object.entries(given));
    const expression = (id) => {
        if (!made.has(id)) {
            made.set(id, `(md5 (:n::text || '-${made.size}')::uuid::text)`);
        }
        return made.get(id);
    };
    const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
    const literal = (value) => {
        if (value === null) {
            return 'NULL';
        }
        const ids = value.startsWith('\\x') ? [] : [...new Set(value.match(uuid) ?? [])].filter((id) => !constant.has(id));
        if (ids.length === 1 && value === ids[0]) {
            return expression(ids[0]);
        }
        if (value.length > 100 || value.startsWith('\\x') || /[:\n]/.test(value)) {
            const name = `v${variables.size}`;
            variables.set(name, value);
            return ids.reduce((text, id) => `replace (${text}, '${id}', ${expression(id)})`, `:${name}::${value.startsWith('\\x') ? 'bytea' : 'text'}`);
        }
        return ids.reduce((text, id) => `replace (${text}, '${id}', ${expression(id)})`, quoted(value));
    };
    const bound = ([sql, values]) => {
        const text = sql.replace(/--.*$/gm, '').trim().replace(/\$(\d+)(::\w+(?:\[\])?)?/g, (_, number, cast) => {
            const value = literal(values[number - 1]);
            // PostgreSQL took an event's id to be one; of an expression it would not.
            const type = cast ?? (/INTO stream\.outbox/.test(sql) && isUuid(values[number - 1]) ? '::uuid' : '');
            return type ? `(${value})${type}` : value;
        });
        return `${text.replace(/gen_random_uuid \(\)/g, () => `(${fresh})::uuid`)};`;
    };
    const bodies = transactions.map((each) => each.map(bound));
    const groups = bodies.map((each) => (pipelined ? `\\startpipeline\n${each.join('\n')}\n\\endpipeline` : each.join('\n')));
    return { variables, text: ['\\set i :i + 1', `\\set n :first + :client_id * ${share} + :i`, ...groups].join('\n') };
}
