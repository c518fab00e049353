// sql.mjs - SQL of a test, over connections that stay open: to start psql, and to greet it, took longer than what was asked.
//
// What is spoken is PostgreSQL's protocol, as far as its simple query goes: https://www.postgresql.org/docs/15/protocol-flow.html
import { createConnection } from 'node:net';
import path from 'node:path';

const protocol = 196_608;       // 3.0
const socketName = '.s.PGSQL.5432';

function message(letter, contents) {
    const head = Buffer.alloc(letter.length + 4);
    head.write(letter);
    head.writeInt32BE(contents.length + 4, letter.length);
    return Buffer.concat([head, contents]);
}

function greeting(user, database) {
    const version = Buffer.alloc(4);
    version.writeInt32BE(protocol);
    return message('', Buffer.concat([version, Buffer.from(`user\0${user}\0database\0${database}\0\0`)]));
}

/** A row as psql -At writes it. */
function rowOf(contents) {
    const fields = [];
    for (let at = 2; fields.length < contents.readInt16BE(0);) {
        const length = contents.readInt32BE(at);
        at += 4;
        fields.push(contents.toString('utf8', at, at + Math.max(length, 0)));
        at += Math.max(length, 0);
    }
    return fields.join('|');
}

/** What went wrong, as psql says it. */
function complaintOf(contents) {
    const parts = Object.fromEntries(contents.toString().split('\0').filter(Boolean).map((part) => [part[0], part.slice(1)]));
    const names = { S: '', D: 'DETAIL', H: 'HINT', W: 'CONTEXT' };
    return Object.entries(names).filter(([letter]) => parts[letter])
        .map(([letter, name]) => (name ? `${name}:  ${parts[letter]}` : `${parts.S}:  ${parts.M}`)).join('\n');
}

class Connection {
    #socket;
    #unread = Buffer.alloc(0);
    #asked;                     // { resolve, reject, rows, complaint }: what is being asked
    isOpen = true;

    constructor(directory, user, database) {
        this.#socket = createConnection(path.join(directory, socketName));
        this.#socket.on('data', (data) => this.#read(data));
        this.#socket.on('error', (error) => this.#end(error.message));
        this.#socket.on('close', () => this.#end('the connection ended'));
        this.ready = this.#send(greeting(user, database));
    }

    #end(why) {
        this.isOpen = false;
        this.#asked?.reject(new Error(this.#asked.complaint ?? why));
        this.#asked = undefined;
    }

    /** Answers when the server is ready for the next query. */
    #send(bytes) {
        return new Promise((resolve, reject) => {
            this.#asked = { resolve, reject, rows: [] };
            this.#socket.ref();
            this.#socket.write(bytes);
        });
    }

    #read(data) {
        this.#unread = Buffer.concat([this.#unread, data]);
        for (let length; this.#unread.length > 4 && this.#unread.length > (length = this.#unread.readInt32BE(1));) {
            this.#take(String.fromCharCode(this.#unread[0]), this.#unread.subarray(5, length + 1));
            this.#unread = this.#unread.subarray(length + 1);
        }
    }

    #take(letter, contents) {
        const asked = this.#asked;
        if (letter === 'D') {
            asked.rows.push(rowOf(contents));
        } else if (letter === 'E' && asked) {
            asked.complaint ??= complaintOf(contents);
        } else if (letter === 'Z') {
            this.#asked = undefined;
            this.#socket.unref();   // nobody waits for it
            asked.resolve({ ...asked, isWithin: contents[0] !== 'I'.charCodeAt(0) });
        }
    }

    /** Asks, and leaves nothing behind of it: no transaction, no setting, no role. */
    async ask(sql) {
        await this.ready;
        const query = (text) => this.#send(message('Q', Buffer.from(`${text}\0`)));
        const { rows, complaint, isWithin } = await query(sql);
        if (isWithin) {
            await query('ROLLBACK');
        }
        await query('DISCARD ALL');
        if (complaint) {
            throw new Error(`${complaint}\nof: ${sql.slice(0, 400)}`);
        }
        return rows.join('\n').trimEnd();
    }
}

const idle = new Map();         // 'directory user' -> connections that nobody asks anything

/** What SQL answers, as text: a row a line, its fields between bars. Over a connection that is free, or a new one. */
export async function ask(directory, user, database, sql) {
    const whose = `${directory} ${user}`;
    const free = idle.get(whose) ?? [];
    idle.set(whose, free);
    let connection = free.pop();
    while (connection && !connection.isOpen) {
        connection = free.pop();
    }
    connection ??= new Connection(directory, user, database);
    try {
        return await connection.ask(sql);
    } finally {
        free.push(connection);
    }
}
