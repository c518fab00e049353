// traces.mjs - every way in which a number or a text could stand somewhere, and a search for all of them, byte for byte.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const int64 = (value, write) => {
    const bytes = Buffer.alloc(8);
    bytes[write](BigInt(value));
    return bytes;
};

/** PostgreSQL's numeric, as jsonb has it: digits of base 10,000, each in two bytes. */
const numeric = (value) => {
    const digits = [];
    for (let left = value; left > 0; left = Math.floor(left / 10_000)) {
        digits.unshift(left % 10_000);
    }
    return Buffer.concat(digits.map((digit) => Buffer.from([digit & 255, digit >> 8])));
};

const grouped = (whole, by) => String(whole).replace(/\B(?=(\d{3})+$)/g, by);

/** The bytes that a number of cents has in MessagePack, in columns, in text with and without separators. */
function formsOfCents(cents) {
    const [euros, rest] = [Math.floor(cents / 100), String(cents % 100).padStart(2, '0')];
    const texts = [String(cents), `${euros}.${rest}`, `${euros},${rest}`, grouped(cents, '.'), grouped(cents, ','),
        `${grouped(euros, '.')},${rest}`, `${grouped(euros, ',')}.${rest}`];
    const big = int64(cents, 'writeBigInt64BE');
    const packed = cents < 2 ** 32 ? Buffer.concat([Buffer.from([0xce]), big.subarray(4)]) : Buffer.concat([Buffer.from([0xcf]), big]);
    return [...texts.map((text) => Buffer.from(text)), packed, big, int64(cents, 'writeBigInt64LE'), numeric(cents)];
}

/** The same in hex, and in base64 wherever in it they begin. */
function disguises(form) {
    const base64 = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), form]).toString('base64')
        .slice(shift && shift + 1, -4));
    const hex = form.toString('hex');
    return [form, ...[hex, hex.toUpperCase(), ...base64].filter((text) => text.length >= 6).map((text) => Buffer.from(text))];
}

/** What to look for, when these numbers of cents and these texts are to stand nowhere. */
export const tracesOf = (cents, texts) => [...cents.flatMap(formsOfCents), ...texts.map((text) => Buffer.from(text))]
    .flatMap(disguises);

/** The traces that are in these bytes, as [where, how it stands there]. */
export const foundIn = (where, bytes, traces) =>
    traces.filter((trace) => bytes.includes(trace)).map((trace) => [where, trace.toString('latin1')]);

/** The same in all files below a directory; sockets and what just went away are left out. */
export function foundBelow(directory, traces) {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
        const file = path.join(directory, entry.name);
        if (entry.isDirectory()) {
            return foundBelow(file, traces);
        }
        return entry.isFile() && statSync(file, { throwIfNoEntry: false })
            ? foundIn(file, readFileSync(file), traces) : [];
    });
}

/** In how many events, or what anybody may read of one, a number stands: as MessagePack has it, or as text, and not within an id. */
export async function eventsWith(house, cents) {
    const bytes = `cd${cents.toString(16).padStart(4, '0')}`, ids = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}';
    return Number(await house.psql(`SELECT count (*) FROM (SELECT body AS b FROM stream.log UNION ALL SELECT view FROM stream.audience) e
        WHERE position (decode ('${bytes}', 'hex') IN b) > 0
           OR position ('${cents}' IN regexp_replace (encode (b, 'escape'), '${ids}', '', 'g')) > 0`));
}
