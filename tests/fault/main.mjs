// main.mjs - the scenes with processes.
import { fairness } from './fairness.mjs';
import { gateways } from './gateways.mjs';
import { hang } from './hang.mjs';
import { kill } from './kill.mjs';
import { overload } from './overload.mjs';
import { postgres } from './postgres.mjs';
import { rolling } from './restarts.mjs';
import { playScenes } from './scene.mjs';

await playScenes({ kill, rolling, hang, overload, fairness, gateways, postgres });
