// postbox.mjs - a real mail server on loopback that keeps what it is given.
import { SMTPServer } from 'smtp-server';
import { freePort } from './processes.mjs';

/** The headers of a mail, by their name in lower case, and its text. */
function read(raw) {
    const [head, ...body] = raw.split('\r\n\r\n');
    const headers = Object.fromEntries(head.replace(/\r\n[ \t]/g, ' ').split('\r\n').map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }));
    const text = Buffer.from(body.join(''), 'base64').toString('utf8');
    return { raw, headers, text, subject: words(headers.subject) };
}

/** Encoded words (RFC 2047) as people read them. */
const words = (subject) => subject.replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, coded) => Buffer.from(coded, 'base64').toString('binary'))
    .replace(/[\s\S]*/, (bytes) => Buffer.from(bytes, 'binary').toString('utf8'));

export class Postbox {
    mails = [];
    logins = [];
    /** What to do with a mail before it is taken: answers an Error to refuse it. */
    judge = async () => undefined;

    async open() {
        this.port = await freePort();
        this.server = new SMTPServer({
            authOptional: true, allowInsecureAuth: true, disabledCommands: ['STARTTLS'], logger: false,
            onAuth: ({ username, password }, session, done) => {
                this.logins.push(`${username}:${password}`);
                done(null, { user: username });
            },
            onData: (stream, session, done) => {
                const parts = [];
                stream.on('data', (part) => parts.push(part));
                stream.on('end', () => this.#take(Buffer.concat(parts).toString('utf8'), session.envelope, done));
            },
        });
        this.server.on('error', () => {}); // a client that was killed
        await new Promise((listening) => { this.server.listen(this.port, '127.0.0.1', listening); });
        return this;
    }

    async #take(raw, envelope, done) {
        const mail = { ...read(raw), from: envelope.mailFrom.address, to: envelope.rcptTo.map(({ address }) => address) };
        const problem = await this.judge(mail);
        if (!problem) {
            this.mails.push(mail);
        }
        done(problem);
    }

    get options() {
        return [`--smtp=smtp://127.0.0.1:${this.port}`, '--mail-from=meldingen@meerwaarde.example',
            '--site=https://meerwaarde.example'];
    }

    close() {
        return new Promise((closed) => { this.server.close(closed); });
    }
}
