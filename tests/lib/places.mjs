// places.mjs - where things are: the checkout and what `make` built in it.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const build = path.resolve(checkout, process.env.BUILD ?? 'build');
/** Why memory is not measured now; false where it is: a sanitizer keeps what is freed. */
export const watched = /san$/.test(build) && 'a sanitizer keeps what is freed';
