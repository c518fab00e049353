// start.mjs - the set from built images, and what a container of it may do.
import { readFileSync } from 'node:fs';
import { compose, docker, set } from './set.mjs';

const within = 60;               // seconds
const mostMegabytes = 40;
const user = 65532;
const services = ['catalog', 'pipeline', 'matching', 'reporting', 'gateway'];

/** Memory of a process, as the kernel rolls it up. */
function megabytes(pid, kind) {
    const rollup = readFileSync(`/proc/${pid.trim()}/smaps_rollup`, 'utf8');
    return Number(rollup.match(new RegExp(`^${kind}:\\s*(\\d+) kB$`, 'm'))[1]) / 1024;
}

export const start = {
    what: 'up from nothing but images, with four matching workers',
    play: async (scene) => {
        await compose('down', '--volumes');
        const began = Date.now();
        await set.up({ catalog: 1, pipeline: 1, matching: 4, gateway: 1 });
        const seconds = (Date.now() - began) / 1000;
        scene.check(`up --wait --scale matching=4 takes less than ${within} s`, seconds < within, `${seconds.toFixed(1)} s`);
        const { status: answer } = await fetch(`http://127.0.0.1:${set.ports[0]}/`, { redirect: 'manual' });
        scene.check('without TLS one is sent to it', answer === 308, `${answer}`);
        for (const service of [...services, 'front', 'db']) {
            const [id] = await set.containers(service);
            const pids = (await docker('top', id, '-o', 'pid')).trim().split('\n').slice(1);
            const [resident, own] = ['Rss', 'Pss'].map((kind) => pids.reduce((sum, pid) => sum + megabytes(pid, kind), 0).toFixed(1));
            scene.note(`${service} has ${resident} MB resident in ${pids.length} processes; ${own} with shared pages divided among them`);
        }
    },
};

/** What the kernel says that a process may do. */
function powers(pid) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (name) => status.match(new RegExp(`^${name}:\\s*(.*)$`, 'm'))[1];
}

export const image = {
    what: 'what is in the image, and what a container of it may do',
    play: async (scene) => {
        await set.ready();
        const tag = `meerwaarde:${process.env.MEERWAARDE_VERSION}`;
        const size = Number(await docker('image', 'inspect', '--format', '{{.Size}}', tag)) / 1e6;
        scene.check(`the image is at most ${mostMegabytes} MB`, size <= mostMegabytes, `${size.toFixed(1)} MB`);
        for (const service of [...services, 'front']) {
            const [id] = await set.containers(service);
            const about = await set.inspect(id);
            const may = powers(about.State.Pid);
            const found = `user ${may('Uid').split('\t')[0]}, group ${may('Gid').split('\t')[0]}, capabilities ${may('CapBnd')},`
                + ` no new privileges ${may('NoNewPrivs')}, read-only root ${about.HostConfig.ReadonlyRootfs}`;
            scene.check(`${service} may do nothing that it needs not`, found === `user ${user}, group ${user},`
                + ' capabilities 0000000000000000, no new privileges 1, read-only root true', found);
        }
        const [gateway] = await set.containers('gateway');
        const written = await docker('exec', gateway, 'meerwaarde', 'key', 'init', '--keys=/usr/share/meerwaarde/keys')
            .then(() => 'it was written', ({ stderr }) => stderr.trim());
        scene.check('nothing can be written beside the programs', /[Rr]ead-only/.test(written), written);
    },
};
