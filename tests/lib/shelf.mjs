// shelf.mjs - what is dear to make and the same for many files of tests: made once for a build, and copied from there.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './places.mjs';
import { run, until } from './processes.mjs';

const patience = 240_000;       // ms for somebody else to make it

/** The maker in a lock is there; who was killed left one that nobody waits for. */
function isAtWork(lock) {
    try {
        process.kill(Number(readFileSync(lock, 'utf8')), 0);
        return true;
    } catch {
        return false;
    }
}

/** Whether this process is to make it; a lock of somebody who died goes. */
function mayMake(lock) {
    if (existsSync(lock) && !isAtWork(lock)) {
        rmSync(lock, { force: true });
    }
    try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' });
        return true;
    } catch {
        return false;
    }
}

async function make(place, fill) {
    const workshop = mkdtempSync(path.join(os.tmpdir(), 'mw-')), fresh = `${place}.${process.pid}`;
    try {
        // PostgreSQL's user has to pass through it.
        await run('chmod', ['0711', workshop]);
        await run('cp', ['-a', await fill(path.join(workshop, 'made')), fresh]);
        renameSync(fresh, place);
    } finally {
        rmSync(workshop, { recursive: true, force: true });
    }
}

/**
 * The directory of that name for these ingredients (texts and bytes). When there is none yet, `fill (directory)` makes it
 * somewhere else and answers what to keep; who asks for it meanwhile waits.
 */
export async function kept(name, ingredients, fill) {
    const digest = ingredients.reduce((sum, each) => sum.update(each), createHash('sha256')).digest('hex').slice(0, 16);
    const shelf = path.join(build, 'tests', name), place = path.join(shelf, digest), lock = `${place}.lock`;
    mkdirSync(shelf, { recursive: true });
    while (!existsSync(place)) {
        if (mayMake(lock)) {
            // What other builds left is of no use any more.
            readdirSync(shelf).filter((each) => !each.startsWith(digest))
                .forEach((each) => rmSync(path.join(shelf, each), { recursive: true, force: true }));
            await make(place, fill).finally(() => rmSync(lock, { force: true }));
        } else {
            await until(() => !isAtWork(lock), patience, `${place} is made by somebody else`);
        }
    }
    return place;
}
