// statements.mjs - where the statement of a name stands.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './places.mjs';

const files = new Map(['catalog', 'pipeline', 'matching', 'reporting'].flatMap((service) =>
    readdirSync(path.join(checkout, 'services', service), { recursive: true })
        .filter((file) => /(^|\/)sql\/\w+\.sql$/.test(file))
        .map((file) => [path.basename(file, '.sql'), path.join(checkout, 'services', service, file)])));

export const statementFile = (name) => files.get(name);

/** The table of a noun: what its statement of a step changes last. */
export const tableOf = (noun) =>
    [...readFileSync(statementFile(`${noun}_move`), 'utf8').matchAll(/UPDATE\s+(\w+\.\w+)/g)].at(-1)[1];
