// clock.mjs - the clock on the wall of a set that is opened afterwards, and of its database, as a test wants it.
import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './places.mjs';

export class Clock {
    #directory = mkdtempSync(path.join(os.tmpdir(), 'mw-clock-'));
    #file = path.join(this.#directory, 'shift');

    constructor() {
        chmodSync(this.#directory, 0o711);    // PostgreSQL's user reads here too
        process.env.CLOCK_SHIFT = this.#file;
        process.env.LD_PRELOAD = path.join(this.#directory, 'shift.so');
        copyFileSync(path.join(build, 'tests/clock_shift.so'), process.env.LD_PRELOAD);
        process.env.ASAN_OPTIONS = `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0`;
    }

    /** So many seconds ahead, or back below 0; at once for everybody, as nobody reads half a number. */
    shift(seconds) {
        writeFileSync(`${this.#file}.new`, String(Math.round(seconds)));
        renameSync(`${this.#file}.new`, this.#file);
    }

    /** It is this moment now, and goes on from there. */
    set(moment) {
        this.shift((Date.parse(moment) - Date.now()) / 1000);
    }

    end() {
        rmSync(this.#directory, { recursive: true, force: true });
    }
}
