// keys.mjs - the keys of a set, for a test that comes to a gateway over tcp.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What is in a file of the keys directory: publicKey, and secretKey if it has one. */
export function certificate(house, name) {
    const text = readFileSync(path.join(house.keys, name), 'utf8');
    const field = (which) => new RegExp(`${which} = "(.*)"`).exec(text)?.[1];
    return { publicKey: field('public-key'), secretKey: field('secret-key') };
}

/** The options of a socket of who has this pair of keys. */
export const curveOf = (house, { publicKey, secretKey }) => ({
    curveServerKey: certificate(house, 'gateway.key').publicKey, curvePublicKey: publicKey, curveSecretKey: secretKey,
});
