// Archives of fixtures, with what a hand that knows the formats does to them: sizes, offsets, names, methods, archives within archives.
import assert from 'node:assert/strict';
import { gzipSync, strToU8, type Zippable, zipSync } from 'fflate';
import { EMPTY_SPAN } from '../../common/span.ts';
import { problem } from '../../server/src/core/problems.ts';
import { DEFAULT_LIMITS } from '../../server/src/io/expand.ts';
import { bufferTexts } from '../../server/src/io/nodeFile.ts';
import { examine } from './examine.ts';
import type { Random } from './random.ts';

/** Characters of each text that goes into an archive: more make for few tries. */
const MAX_TEXT = 20_000;
/** Texts of an archive that are analysed as well. */
const MAX_EXAMINED = 3;
/** What the tries may expand to. */
const LIMITS = { ...DEFAULT_LIMITS, bytes: 32 << 20, entries: 200 };

const NAMES = [
  'taskmanager.log', '../../../etc/passwd', '/etc/passwd', 'C:\\windows\\a.log', 'a/../../b.log', '.', '..', '', 'a\0b.log', '\u001b[31mred.log', '\u202egol.a', 'x'.repeat(4000),
  'a!b!c.txt', '<img src=x>.log', '[a](command:x).log', '%2e%2e%2f.log', 'dir/', 'archive.zip', 'a\nb.log', '\ud800.log',
]; // biome-ignore format: a list

/** Values that lengths, offsets and counts are replaced by. */
const NUMBERS = [0, 1, 2, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Where the fields of a record stand behind its signature, with their size in bytes. */
const RECORDS: [signature: number, fields: [at: number, size: 2 | 4][]][] = [
  [0x04034b50, [[4, 2], [6, 2], [8, 2], [14, 4], [18, 4], [22, 4], [26, 2], [28, 2]]],
  [0x02014b50, [[8, 2], [10, 2], [16, 4], [20, 4], [24, 4], [28, 2], [30, 2], [32, 2], [34, 2], [42, 4]]],
  [0x06054b50, [[4, 2], [8, 2], [10, 2], [12, 4], [16, 4], [20, 2]]],
]; // biome-ignore format: a table

const BLOCK = 512;

/** The header of an entry of tar, with the sum that is right. */
function tarHeader(name: string, size: number, type: string): Uint8Array {
  const header = new Uint8Array(BLOCK);
  header.set(strToU8(name).subarray(0, 100));
  header.set(strToU8(size.toString(8).padStart(11, '0')), 124);
  header.set(strToU8(`${type}ustar\u000000`), 156);
  return summed(header);
}

function summed(header: Uint8Array): Uint8Array {
  header.fill(32, 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.set(strToU8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return header;
}

function tar(files: readonly { name: string; bytes: Uint8Array; type: string }[]): Uint8Array {
  return joined(
    ...files.flatMap(({ name, bytes, type }) => [
      tarHeader(name, bytes.length, type),
      bytes,
      new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK),
    ]),
    new Uint8Array(2 * BLOCK),
  );
}

/** What a header of tar says: file, link, device, folder, long name, pax, sparse. */
const TYPES = ['0', '0', '0', '\0', '1', '2', '3', '5', '6', '7', 'L', 'K', 'x', 'g', 'S', 'Z'];
const SIZES = ['77777777777', '00000000000', '-1', '9', '', '\u0080', '\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff'];

function fields(bytes: Uint8Array): { at: number; size: 2 | 4 }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: { at: number; size: 2 | 4 }[] = [];
  for (let start = 0; start + 46 < bytes.length; start++) {
    if (bytes[start] !== 0x50) continue;
    for (const [signature, all] of RECORDS)
      if (view.getUint32(start, true) === signature)
        for (const [at, size] of all) if (start + at + size <= bytes.length) found.push({ at: start + at, size });
  }
  return found;
}

const EDITS: Record<string, (bytes: Uint8Array, random: Random) => Uint8Array> = {
  field(bytes, random) {
    const all = fields(bytes);
    if (all.length === 0) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < 1 + random.below(4); i++) {
      const { at, size } = random.pick(all);
      const value = random.next() < 0.7 ? random.pick(NUMBERS) : random.below(bytes.length);
      if (size === 2) view.setUint16(at, value & 0xffff, true);
      else view.setUint32(at, value, true);
    }
    return bytes;
  },
  /** A field takes the value of another: entries that lie over one another, sizes of others. */
  copyField(bytes, random) {
    const wide = fields(bytes).filter(({ size }) => size === 4);
    if (wide.length < 2) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    view.setUint32(random.pick(wide).at, view.getUint32(random.pick(wide).at, true), true);
    return bytes;
  },
  /** A header of tar says another size or kind, with a sum that is right for it. */
  tarField(bytes, random) {
    const headers = [...Array(Math.floor(bytes.length / BLOCK)).keys()].map((index) => index * BLOCK).filter((at) => bytes[at + 257] === 0x75);
    const at = headers[random.below(headers.length)];
    if (at === undefined) return bytes;
    const header = bytes.subarray(at, at + BLOCK);
    if (random.next() < 0.5) header.set(strToU8(random.pick(SIZES), true).subarray(0, 12), 124);
    else header.set(strToU8(random.pick(TYPES)), 156);
    summed(header);
    return bytes;
  },
  bits(bytes, random) {
    for (let i = 0; i < 1 + random.below(10) && bytes.length > 0; i++) {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
    }
    return bytes;
  },
  truncate: (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  behead: (bytes, random) => bytes.slice(random.below(Math.min(bytes.length, 200) + 1)),
  /** Something before it, behind it, or it twice. */
  join(bytes, random) {
    const other = random.pick([strToU8('text before an archive\n'), new Uint8Array(random.below(2000)), bytes]);
    return random.next() < 0.5 ? joined(other, bytes) : joined(bytes, other);
  },
  cutOut(bytes, random) {
    const start = random.below(bytes.length + 1);
    return joined(bytes.slice(0, start), bytes.slice(start + random.below(200)));
  },
};

function joined(...parts: Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

function pack(random: Random, texts: readonly string[], depth: number): Uint8Array {
  const content = (): Uint8Array => {
    if (depth < 4 && random.next() < 0.25) return edited(pack(random, texts, depth + 1), random, 0.5).bytes;
    if (random.next() < 0.1) return new Uint8Array(random.below(4 << 20));
    return strToU8(random.pick(texts).slice(0, MAX_TEXT));
  };
  if (random.next() < 0.25) return gzipSync(content(), { level: 6 });
  if (random.next() < 0.4) {
    const entries = Array.from({ length: 1 + random.below(6) }, () => ({ name: random.pick(NAMES), bytes: content(), type: random.pick(TYPES) }));
    const packed = tar(entries);
    return random.next() < 0.5 ? gzipSync(packed, { level: 1 }) : packed;
  }
  const files: Zippable = {};
  for (let i = 0; i < 1 + random.below(6); i++)
    files[`${random.next() < 0.5 ? '' : i}${random.pick(NAMES)}`] = [content(), { level: random.next() < 0.3 ? 0 : 6 }];
  return zipSync(files);
}

function edited(bytes: Uint8Array, random: Random, share: number): { bytes: Uint8Array; applied: string[] } {
  const applied: string[] = [];
  let result = bytes;
  while (random.next() < share && applied.length < 4) {
    const name = random.pick(Object.keys(EDITS));
    applied.push(name);
    result = EDITS[name]?.(result, random) ?? result;
  }
  return { bytes: result, applied };
}

/** An archive by chance, with what was done to it. */
export function archive(random: Random, texts: readonly string[]): { bytes: Uint8Array; applied: string[] } {
  return edited(pack(random, texts, 0), random, 0.8);
}

/** Reads an archive as every face does. @throws whatever that throws, and when more is made of it than the bounds allow */
export async function examineArchive(bytes: Uint8Array): Promise<void> {
  const found = await bufferTexts('fuzz.zip', Buffer.from(bytes), LIMITS);
  const size = found.texts.reduce((sum, { text }) => sum + text.length, 0);
  assert.ok(size <= LIMITS.bytes + bytes.length, `${size} characters of ${bytes.length} bytes`);
  assert.ok(found.texts.length <= LIMITS.entries + 1, `${found.texts.length} texts`);
  for (const one of found.problems) assert.ok(problem('packed', one, EMPTY_SPAN).message.length > 0);
  for (const { text } of found.texts.slice(0, MAX_EXAMINED)) if (text.length <= MAX_TEXT) await examine(text);
}
