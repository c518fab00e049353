// statements.mjs - where the statement of a name stands.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './places.mjs';

const files = new Map(['catalog', 'pipeline', 'matching', 'reporting'].flatMap((service) =>
    readdirSync(path.join(checkout, 'services', service), { recursive: true })
        .filter((file) => /(^|\/)sql\/\w+\.sql$/.test(file))
        .map((file) => [path.basename(file, '.sql'), path.join(checkout, 'services', service, file)])));

export const statementFile = (name) => files.get(name);
