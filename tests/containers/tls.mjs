// tls.mjs - a way for the load generator, which speaks no TLS, through that of nginx.
import net from 'node:net';
import tls from 'node:tls';

/** Listens on a port of this machine and passes on what comes to another one over TLS, whoever signed for it. */
export async function tunnel(from, to) {
    const server = net.createServer({ noDelay: true }, (near) => {
        const far = tls.connect({ port: to, host: '127.0.0.1', rejectUnauthorized: false });
        far.setNoDelay(true);
        near.pipe(far).pipe(near);
        near.on('error', () => far.destroy());
        far.on('error', () => near.destroy());
        far.on('close', () => near.end());
        near.on('close', () => far.end());
    });
    await new Promise((resolve, reject) => {
        server.on('error', reject);
        server.listen(from, '127.0.0.1', resolve);
    });
    return server;
}
