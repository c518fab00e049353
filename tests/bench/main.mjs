// main.mjs - runs the measurements that were asked for, and prints what came out as a table.
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { closing } from './closing.mjs';
import { deadline } from './deadline.mjs';
import { dispatch } from './dispatch.mjs';
import { deal } from './deal.mjs';
import { fill } from './fill.mjs';
import { gateway } from './gateway.mjs';
import { login } from './login.mjs';
import { matching } from './matching.mjs';
import { memory } from './memory.mjs';
import { orders } from './orders.mjs';

const parts = { gateway, orders, deal, memory, login, dispatch, matching, fill, closing, deadline };

const fixed = (number, digits) => number.toFixed(digits);
const range = ({ median, min, max }, digits) =>
    `${fixed(median, digits)} (${fixed(min, digits)}–${fixed(max, digits)})`;

/** A row of the table: what, target, ours, the peer's, the ratio of both, and whether it is met. */
function line({ what, target = '', ours, theirs, ratio, digits = 1, met }) {
    const cells = [what, target, range(ours, digits), theirs ? range(theirs, digits) : '',
        ratio ? range(ratio, 2) : '', met === undefined ? '' : met ? 'yes' : 'NO'];
    return `| ${cells.join(' | ')} |`;
}

const wanted = process.env.ONLY ?? '';
const chosen = Object.entries(parts).filter(([name]) => name.includes(wanted));
if (chosen.length === 0) {
    console.error(`bench: there is no ${wanted}; there are ${Object.keys(parts).join(', ')}.`);
    process.exit(1);
}
const rows = [];
for (const [name, part] of chosen) {
    console.error(`measuring: ${name}`);
    rows.push(...await part());
}
const processor = /^model name\s*: (.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
console.log(`${new Date().toISOString().slice(0, 16)}Z, ${os.cpus().length} × ${processor},`
    + ` load before ${os.loadavg()[2].toFixed(1)}, Node ${process.versions.node}\n`);
console.log('| what | target | ours | peer | ours / peer | met |');
console.log('|---|---|---|---|---|---|');
rows.forEach((row) => console.log(line(row)));
