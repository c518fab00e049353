// main.mjs - follows the stream: a line for each event, its place kept in a file.
//
//   node main.mjs --run=DIRECTORY --audience=public --state=FILE [--count=N]
//
// Ends after event N; with status 3 when the stream says that it cannot be continued.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stream, StreamError } from './evs.mjs';

const { values: wish } = parseArgs({
    options: {
        run: { type: 'string' },
        audience: { type: 'string', default: 'public' },
        state: { type: 'string' },
        count: { type: 'string', default: '0' },
    },
});

const stream = new Stream({
    live: `ipc://${wish.run}/live`,
    replay: `ipc://${wish.run}/replay`,
    audience: wish.audience,
    state: existsSync(wish.state) ? JSON.parse(readFileSync(wish.state, 'utf8')) : {},
});

/** A file is either the old one or the new one, whenever we die. */
function keep(state) {
    writeFileSync(`${wish.state}.new`, JSON.stringify(state));
    renameSync(`${wish.state}.new`, wish.state);
}

try {
    for await (const events of stream.batches()) {
        const lines = events.map(
            ({ tseq, id, type, subject }) => `${tseq} ${id} ${type} ${subject}\n`);
        if (lines.length) {
            // The lines go first: who is killed here prints them again, and never leaves one out.
            writeFileSync(1, lines.join(''));
            keep(stream.state);
        }
        if (Number(wish.count) && stream.state.last >= Number(wish.count)) {
            break;
        }
    }
} catch (error) {
    if (!(error instanceof StreamError)) {
        throw error;
    }
    console.error(error.code);
    process.exitCode = 3;
}
