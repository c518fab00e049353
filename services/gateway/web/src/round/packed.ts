// Reads a flat record in MessagePack (base64): a map of texts and whole numbers, which is what a receipt is.
type Value = string | number | boolean | null;

const unpack = (bytes: DataView): Record<string, Value> => {
  let at = 0;
  const whole = (size: 1 | 2 | 4): number => {
    const value = size === 1 ? bytes.getUint8(at) : size === 2 ? bytes.getUint16(at) : bytes.getUint32(at);
    at += size;
    return value;
  };
  const text = (size: number): string => {
    const part = new Uint8Array(bytes.buffer, bytes.byteOffset + at, size);
    at += size;
    return new TextDecoder('utf-8', { fatal: true }).decode(part);
  };
  const long = (signed: boolean): number => {
    const value = signed ? bytes.getBigInt64(at) : bytes.getBigUint64(at);
    at += 8;
    return Number(value);
  };
  const value = (): Value => {
    const kind = whole(1);
    if (kind < 0x80) return kind;
    if (kind >= 0xa0 && kind < 0xc0) return text(kind & 0x1f);
    if (kind >= 0xe0) return kind - 0x100;
    switch (kind) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return kind === 0xc3;
      case 0xcc:
        return whole(1);
      case 0xcd:
        return whole(2);
      case 0xce:
        return whole(4);
      case 0xcf:
      case 0xd3:
        return long(kind === 0xd3);
      case 0xd9:
        return text(whole(1));
      case 0xda:
        return text(whole(2));
      default:
        throw new RangeError(`0x${kind.toString(16)} is not in a receipt`);
    }
  };
  const head = whole(1);
  const count = head === 0xde ? whole(2) : head & 0x0f;
  return Object.fromEntries(Array.from({ length: count }, () => [String(value()), value()]));
};

export const readPacked = (base64: string): Record<string, Value> =>
  unpack(new DataView(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer));
