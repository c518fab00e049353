// front.mjs - what nginx does before the gateways: TLS, HTTP/2, compression, limits, and who it says that asks.
import { once } from 'node:events';
import http2 from 'node:http2';
import https from 'node:https';
import tls from 'node:tls';
import { set } from './set.mjs';

const patience = 10;             // seconds that it gives a client for a request's head
const versions = { 'TLSv1.1': 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLSv1.2': 'TLSv1.2', 'TLSv1.3': 'TLSv1.3' };
const anybody = { host: '127.0.0.1', rejectUnauthorized: false };

/** The answer to a request over HTTP/1.1: its head, and what its body says. */
async function ask(path, { body = '', ...options } = {}) {
    const request = https.request({ ...anybody, port: set.ports[1], path, ...options });
    request.end(body);
    const [answer] = await once(request, 'response');
    const parts = await answer.toArray();
    return { status: answer.statusCode, headers: answer.headers, size: Buffer.concat(parts).length };
}

/** The version that is agreed on with who knows none above `version`; or why there is none. */
async function agreed(version) {
    const line = tls.connect({ ...anybody, port: set.ports[1], minVersion: 'TLSv1', maxVersion: version,
        ciphers: 'DEFAULT:@SECLEVEL=0' });
    return once(line, 'secureConnect').then(() => line.getProtocol(), ({ code }) => code).finally(() => line.destroy());
}

async function protocolOfPage() {
    const session = http2.connect(`https://127.0.0.1:${set.ports[1]}`, anybody);
    const stream = session.request({ ':path': '/' });
    const [headers] = await once(stream, 'response');
    stream.resume();
    await once(stream, 'end');
    session.close();
    return `${session.alpnProtocol} ${headers[':status']}`;
}

/** Seconds until it hangs up on somebody who stops in the middle of a line. */
async function patienceWithSlow() {
    const began = Date.now(), line = tls.connect({ ...anybody, port: set.ports[1] });
    line.on('error', () => {});
    line.write('GET / HTTP/1.1\r\nHo');
    await once(line, 'close');
    return (Date.now() - began) / 1000;
}

/** From where a login came, as identity counts it. */
async function addressOfGuess() {
    await set.psql(`DELETE FROM identity.quota_use WHERE kind = 'login_address'`);
    const body = JSON.stringify({ email: 'wie-dan-ook@proef.example', password: 'verkeerd-geraden' });
    await ask('/v1/sessions', { method: 'POST', body,
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' } });
    return set.psql(`SELECT holder FROM identity.quota_use WHERE kind = 'login_address'`);
}

export const front = {
    what: 'what nginx does before the gateways',
    play: async (scene) => {
        await set.ready();
        const slow = patienceWithSlow();
        for (const [version, wanted] of Object.entries(versions)) {
            const got = await agreed(version);
            scene.check(`who knows nothing above ${version} gets ${wanted}`, got === wanted, got);
        }
        const page = await protocolOfPage();
        scene.check('a page comes by HTTP/2', page === 'h2 200', page);
        const path = '/v1/offers?limit=20', plain = await ask(path), small = await ask(path, { headers: { 'accept-encoding': 'gzip' } });
        scene.check('answers are compressed for who wants that', small.headers['content-encoding'] === 'gzip' && small.size < plain.size / 2,
            `${small.size} bytes of ${plain.size}`);
        const large = await ask('/v1/needs', { method: 'POST', headers: { 'content-length': 3 << 20 } }).catch(({ code }) => ({ status: code }));
        scene.check('more than 2 MB is refused before it is sent', large.status === 413, `${large.status}`);
        const { NetworkSettings } = await set.inspect((await set.containers('front'))[0]);
        const own = NetworkSettings.Networks[`${process.env.COMPOSE_PROJECT_NAME}_middle`].IPAddress;
        const from = await addressOfGuess();
        scene.check('a login is counted for its caller, not for nginx nor for what the caller says', from !== '' && from !== own
            && from !== '192.0.2.1', `from ${from}, nginx is ${own}`);
        const seconds = await slow;
        scene.check(`who sends nothing for ${patience} s is hung up on`, seconds >= patience - 1 && seconds < patience + 5,
            `after ${seconds.toFixed(1)} s`);
    },
};
