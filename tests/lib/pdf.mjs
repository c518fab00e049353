// pdf.mjs - reads a printed document back as text.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Why a test that reads documents is skipped; false where they can be read. */
export const withoutReader = existsSync('/usr/bin/pdftotext') ? false : 'pdftotext is not here';

/** What a document says, its lines joined by spaces. */
export async function pdfText(house, client, target) {
    const response = await fetch(`${house.url}/v1${target}`, { headers: { cookie: client.cookie } });
    if (response.status !== 200) {
        throw new Error(`${target} answered ${response.status}`);
    }
    const directory = mkdtempSync(path.join(os.tmpdir(), 'pdf-'));
    const file = path.join(directory, 'it.pdf');
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    return new Promise((resolve, reject) => {
        execFile('pdftotext', [file, '-'], (error, out) => {
            rmSync(directory, { recursive: true, force: true });
            error ? reject(error) : resolve(out.replace(/\s+/g, ' '));
        });
    });
}
