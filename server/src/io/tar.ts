import { isLeftover } from './leftovers.ts';

/** Tar archives: ustar, and what GNU tar and POSIX (pax) say of names that are longer than its fields. */

export interface TarEntry {
  name: string;
  bytes: Uint8Array;
}

export interface Tar {
  entries: TarEntry[];
  /** Entries beyond `most`. */
  more: number;
  /** Where it breaks off or is damaged, as the name of what stands there; null where it is whole. */
  damagedAt: string | null;
}

const BLOCK = 512;
/** Fields of a header: where they begin, and how long they are. */
const NAME = [0, 100] as const;
const SIZE = [124, 12] as const;
const CHECKSUM = [148, 8] as const;
const TYPE = 156;
const MAGIC = 257;
const PREFIX = [345, 155] as const;

/** The first block is a header whose sum is right. */
export const isTar = (bytes: Uint8Array): boolean => bytes.length >= BLOCK && bytes[0] !== 0 && isHeader(bytes, 0);

/** Files in a tar archive; their bytes are those of the archive, nothing is copied. */
export function readTar(bytes: Uint8Array, most: number): Tar {
  const entries: TarEntry[] = [];
  let more = 0;
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    if (bytes[at] === 0) break;
    const name: string = longName ?? nameAt(bytes, at);
    if (!isHeader(bytes, at)) return { entries, more, damagedAt: entries.at(-1)?.name ?? '' };
    const size = numberAt(bytes, at + SIZE[0], SIZE[1]);
    const begin = at + BLOCK;
    const content = bytes.subarray(begin, Math.min(bytes.length, begin + size));
    const type = String.fromCharCode(bytes[at + TYPE] ?? 0);
    longName = null;
    if (type === 'L') longName = textOf(content);
    else if (type === 'x') longName = paxPath(content);
    else if ((type === '0' || type === '\0' || type === '7') && !name.endsWith('/') && !isLeftover(name)) {
      if (entries.length < most) entries.push({ name, bytes: content });
      else more++;
      if (content.length < size) return { entries, more, damagedAt: name };
    }
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { entries, more, damagedAt: null };
}

function isHeader(bytes: Uint8Array, at: number): boolean {
  const size = numberAt(bytes, at + SIZE[0], SIZE[1]);
  if (!Number.isSafeInteger(size) || size < 0) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= CHECKSUM[0] && i < CHECKSUM[0] + CHECKSUM[1] ? 32 : (bytes[at + i] ?? 0);
  return sum === numberAt(bytes, at + CHECKSUM[0], CHECKSUM[1]);
}

function nameAt(bytes: Uint8Array, at: number): string {
  const name = textOf(bytes.subarray(at + NAME[0], at + NAME[0] + NAME[1]));
  const isUstar = textOf(bytes.subarray(at + MAGIC, at + MAGIC + 5)) === 'ustar';
  const prefix = isUstar ? textOf(bytes.subarray(at + PREFIX[0], at + PREFIX[0] + PREFIX[1])) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Up to the first zero byte. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** In octal digits, or as GNU writes what does not fit: the first bit is set, the number follows in base 256. NaN where it is neither. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  if (((bytes[at] ?? 0) & 0x80) !== 0) {
    let value = (bytes[at] ?? 0) & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
    return value;
  }
  const digits = textOf(bytes.subarray(at, at + length)).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

/** Records of "LENGTH KEY=VALUE\n"; the one of the path. */
function paxPath(content: Uint8Array): string | null {
  const text = new TextDecoder().decode(content);
  for (const record of text.split('\n')) {
    const key = record.indexOf(' path=');
    if (key > 0) return record.slice(key + ' path='.length);
  }
  return null;
}
