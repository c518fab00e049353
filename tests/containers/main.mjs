// main.mjs - the scenes with containers.
import { playScenes } from '../fault/scene.mjs';
import { crash, kill, network, paused } from './faults.mjs';
import { front } from './front.mjs';
import { gateways } from './gateways.mjs';
import { keys } from './keys.mjs';
import { postgres } from './postgres.mjs';
import { rolling } from './rolling.mjs';
import { scale } from './scale.mjs';
import { image, start } from './start.mjs';

await playScenes({ start, image, front, scale, kill, crash, network, pause: paused, rolling, gateways, postgres, keys });
