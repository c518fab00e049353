// sql.mjs - SQL of a test, over connections that stay open: to start psql, and to greet it, took longer than what was asked.
import pg from 'pg';

const asText = { getTypeParser: () => (value) => value };
/** What went wrong, as psql says it. */
const complaintOf = ({ severity = 'FATAL', message, detail, hint, where }) => [`${severity}:  ${message}`, detail && `DETAIL:  ${detail}`,
    hint && `HINT:  ${hint}`, where && `CONTEXT:  ${where}`].filter(Boolean).join('\n');
/** The rows as psql -At writes them. */
const linesOf = (results) => [results].flat().flatMap(({ rows }) => rows).map((row) => row.map((field) => field ?? '').join('|')).join('\n').trimEnd();

async function connected(directory, user, database) {
    const client = new pg.Client({ host: directory, user, database, types: asText });
    client.isOpen = true;
    for (const end of ['error', 'end']) {
        client.on(end, () => {
            client.isOpen = false;
        });
    }
    await client.connect();
    return client;
}

const idle = new Map();         // 'directory user' -> connections that nobody asks anything

/**
 * What SQL answers, as text: a row a line, its fields between bars. Over a connection that is free, or a new one; nothing is
 * left behind on it: no transaction, no setting, no role. Nobody waits for one that is idle.
 */
export async function ask(directory, user, database, sql) {
    const whose = `${directory} ${user}`;
    const free = idle.get(whose) ?? [];
    idle.set(whose, free);
    let client = free.pop();
    while (client && !client.isOpen) {
        client = free.pop();
    }
    client ??= await connected(directory, user, database);
    client.ref();
    try {
        return linesOf(await client.query({ text: sql, rowMode: 'array' }));
    } catch (error) {
        throw new Error(`${complaintOf(error)}\nof: ${sql.slice(0, 400)}`, { cause: error });
    } finally {
        if (client.isOpen) {
            await client.query('ROLLBACK');
            await client.query('DISCARD ALL');
            client.unref();
            free.push(client);
        }
    }
}
