// main.mjs - plays the scenes that were asked for, one after the other, and counts what held.
import os from 'node:os';
import { fairness } from './fairness.mjs';
import { gateways } from './gateways.mjs';
import { hang } from './hang.mjs';
import { kill } from './kill.mjs';
import { overload } from './overload.mjs';
import { postgres } from './postgres.mjs';
import { rolling } from './restarts.mjs';
import { Scene } from './scene.mjs';

const scenes = { kill, rolling, hang, overload, fairness, gateways, postgres };

const wanted = process.env.ONLY ?? '';
const chosen = Object.entries(scenes).filter(([name]) => name.includes(wanted));
if (chosen.length === 0) {
    console.error(`fault: there is no scene ${wanted}; there are ${Object.keys(scenes).join(', ')}.`);
    process.exit(1);
}
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
if (!Number.isSafeInteger(seed) || seed < 1) {
    console.error('fault: SEED has to be a whole number above 0.');
    process.exit(1);
}
console.log(`seed ${seed}; ${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}`);
let passed = 0, failed = 0;
for (const [name, { what, play }] of chosen) {
    console.log(`\n${name}: ${what}`);
    const scene = new Scene(seed), began = Date.now();
    try {
        await play(scene);
    } catch (error) {
        scene.check('the scene plays to its end', false, error.stack);
    }
    scene.note(`${((Date.now() - began) / 1000).toFixed(0)} s`);
    passed += scene.passed;
    failed += scene.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
