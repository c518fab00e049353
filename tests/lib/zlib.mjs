// zlib.mjs - what Debian's Node 18 lacks of its own zlib.
export { deflateRawSync, deflateSync, inflateRawSync } from 'node:zlib';

const table = Int32Array.from({ length: 256 }, (_, at) => {
    let value = at;
    for (let bit = 0; bit < 8; bit++) {
        value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    }
    return value;
});

export function crc32(data) {
    let sum = -1;
    for (const byte of data) {
        sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
    }
    return (sum ^ -1) >>> 0;
}
