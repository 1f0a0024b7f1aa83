import { Gunzip, Inflate, Unzlib } from 'fflate';
import type { PackedBound, PackedFault, ProblemFacts } from '../core/problems.ts';
import { isBinary } from './binary.ts';
import { indexedEntries, isIndexedFile } from './indexedFile.ts';
import { isGzip, isPacked, isZip } from './packed.ts';
import { isTar, readTar } from './tar.ts';
import { allOf, type Block, blocksOf, filesIn, isTFile } from './tfile.ts';
import { readZip, type ZipEntry } from './zip.ts';

/** A file, or one entry of an archive, with its bytes as they were before compression. */
export interface Entry {
  /** "dumps.zip!jstack.txt" for an entry of an archive. */
  name: string;
  bytes: Uint8Array;
}

export type PackedProblem = ProblemFacts['packed'];

export interface Expanded {
  entries: Entry[];
  /** What was left out and why. */
  problems: PackedProblem[];
}

/** Bounds on what a file may expand to: a few bytes of zip can stand for any amount of text. */
export interface Limits {
  /** Bytes that are made of all entries together, counted as they are made. */
  bytes: number;
  entries: number;
  /** Archives within archives. */
  depth: number;
  /** Milliseconds for all of it. */
  time: number;
}

/** A JavaScript string holds at most about 536 million characters. */
export const DEFAULT_LIMITS: Limits = { bytes: 500 * 1024 * 1024, entries: 2000, depth: 2, time: 20_000 };

/** How much is fed to the decompressor at a time: it stops soon after a bound is passed. One byte makes at most 1032. */
const CHUNK = 16 * 1024;
/** So many bytes show whether something is a text. */
const HEAD = 8192;

/** What may still be made, for a file and all that is packed in it. */
interface Left {
  bytes: number;
  entries: number;
  /** In ms of the clock. */
  until: number;
}

/** Opens gzip, tar, zip and the logs that YARN has gathered by their first bytes, also within one another; everything else is given back as it is. */
export function expand(name: string, bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS): Expanded {
  const result: Expanded = { entries: [], problems: [] };
  add({ name, bytes }, limits.depth, { bytes: limits.bytes, entries: limits.entries, until: performance.now() + limits.time }, result);
  return result;
}

function add(entry: Entry, depth: number, left: Left, result: Expanded): void {
  const { name, bytes } = entry;
  if (depth > 0 && isGzip(bytes)) addGzip(entry, depth, left, result);
  else if (depth > 0 && isZip(bytes)) addZip(entry, depth, left, result);
  else if (depth > 0 && isTar(bytes)) addTar(entry, depth, left, result);
  else if (depth > 0 && isTFile(bytes)) addTFile(entry, depth, left, result);
  else if (depth > 0 && isIndexedFile(bytes)) addIndexedFile(entry, depth, left, result);
  else if (isPacked(bytes)) leave(result, name, { code: 'archives-too-deep', facts: {} });
  else result.entries.push({ name, bytes });
}

function leave(result: Expanded, file: string, fault: PackedFault): void {
  result.problems.push({ file, fault });
}

function addGzip({ name, bytes }: Entry, depth: number, left: Left, result: Expanded): void {
  const made = inflate(bytes, left.bytes, (ondata) => new Gunzip(ondata), left);
  if (made.error !== null) leave(result, name, { code: 'gzip-damaged', facts: { why: made.error } });
  if (made.stopped !== null)
    leave(result, name, { code: 'cut-at-bound', facts: { bound: made.stopped, mebibytes: Math.round(made.bytes.length / 1024 / 1024) } });
  // A tar.gz is one archive.
  if (made.bytes.length > 0) add({ name, bytes: made.bytes }, isTar(made.bytes) ? depth : depth - 1, left, result);
}

function addTar({ name, bytes }: Entry, depth: number, left: Left, result: Expanded): void {
  const { entries, more, damagedAt } = readTar(bytes, left.entries);
  left.entries -= entries.length;
  for (const { name: inner, bytes: content } of entries) add({ name: `${name}!${inner}`, bytes: content }, depth - 1, left, result);
  if (damagedAt !== null) leave(result, name, { code: 'tar-damaged', facts: { behind: damagedAt } });
  if (more > 0) leave(result, name, { code: 'too-many-files', facts: { count: more } });
}

/** How Hadoop packs a block. */
const PACKED_BY: ReadonlySet<string> = new Set(['none', 'gz']);

const unpacked = ({ packed, size, codec }: Block, left: Left, textsOnly: boolean): Made =>
  codec === 'none'
    ? copied(packed, packed.length, left)
    : inflate(packed, Math.min(size, left.bytes), (ondata) => new Unzlib(ondata), left, textsOnly);

function addTFile({ name, bytes }: Entry, depth: number, left: Left, result: Expanded): void {
  const blocks = blocksOf(bytes, (index) => (PACKED_BY.has(index.codec) ? unpacked(index, left, false).bytes : null));
  let damaged = blocks === null;
  let last = name;
  let more = 0;
  for (const block of blocks ?? [allOf(bytes)]) {
    if (!PACKED_BY.has(block.codec)) {
      leave(result, name, { code: 'method-unknown', facts: { method: block.codec } });
      return;
    }
    const { bytes: content, stopped } = unpacked(block, left, false);
    const { files, torn } = filesIn(content);
    for (const file of files) {
      last = file.name;
      if (left.entries-- > 0) add({ name: `${name}!${last}`, bytes: file.bytes }, depth - 1, left, result);
      else more++;
    }
    if (stopped !== null) {
      leave(result, name, { code: 'cut-at-bound', facts: { bound: stopped, mebibytes: Math.round(content.length / 1024 / 1024) } });
      return;
    }
    damaged ||= torn;
  }
  if (damaged) leave(result, name, { code: 'tar-damaged', facts: { behind: last } });
  if (more > 0) leave(result, name, { code: 'too-many-files', facts: { count: more } });
}

function addIndexedFile({ name, bytes }: Entry, depth: number, left: Left, result: Expanded): void {
  const entries = indexedEntries(bytes);
  if (entries === null) leave(result, name, { code: 'tar-damaged', facts: { behind: name } });
  let more = 0;
  for (const { name: inner, block } of entries ?? []) {
    const full = `${name}!${inner}`;
    if (!PACKED_BY.has(block.codec)) {
      leave(result, name, { code: 'method-unknown', facts: { method: block.codec } });
      return;
    }
    if (block.size === 0) continue;
    if (left.entries-- <= 0) more++;
    else {
      const made = unpacked(block, left, true);
      if (made.error !== null) leave(result, full, { code: 'entry-damaged', facts: { why: made.error } });
      else if (made.stopped !== null)
        leave(result, full, { code: 'cut-at-bound', facts: { bound: made.stopped, mebibytes: Math.round(made.bytes.length / 1024 / 1024) } });
      if (made.bytes.length > 0) add({ name: full, bytes: made.bytes }, depth - 1, left, result);
    }
  }
  if (more > 0) leave(result, name, { code: 'too-many-files', facts: { count: more } });
}

function addZip({ name, bytes }: Entry, depth: number, left: Left, result: Expanded): void {
  try {
    const { entries, more } = readZip(bytes, left.entries);
    left.entries -= entries.length;
    const passed = { bytes: 0, time: 0 };
    for (const { name: inner, packed, size, method, encrypted } of entries) {
      const full = `${name}!${inner}`;
      if (encrypted) leave(result, full, { code: 'entry-encrypted', facts: {} });
      else if (method !== 0 && method !== 8) leave(result, full, { code: 'method-unknown', facts: { method } });
      else if (size > left.bytes) passed.bytes++;
      else {
        const made = method === 0 ? copied(packed, size, left) : inflate(packed, size, (ondata) => new Inflate(ondata), left);
        if (made.stopped === 'time') passed.time++;
        else if (made.stopped === 'bytes') leave(result, full, { code: 'larger-than-told', facts: {} });
        else if (made.error === null) add({ name: full, bytes: made.bytes }, depth - 1, left, result);
        else leave(result, full, { code: 'entry-damaged', facts: { why: made.error } });
      }
    }
    for (const bound of ['bytes', 'time'] as const)
      if (passed[bound] > 0) leave(result, name, { code: 'files-past-bound', facts: { bound, count: passed[bound] } });
    if (more > 0) leave(result, name, { code: 'too-many-files', facts: { count: more } });
  } catch (error) {
    leave(result, name, { code: 'zip-unreadable', facts: { why: messageOf(error) } });
  }
}

/** Files of an archive, by the names of its directory. Nothing of them is expanded before {@link expanded}. */
export const members = (bytes: Uint8Array, most: number): ZipEntry[] => readZip(bytes, most).entries;

/** One of {@link members}; null where it is larger than `most` bytes, or cannot be read. */
export function expanded({ packed, size, method, encrypted }: ZipEntry, most: number): Uint8Array | null {
  if (encrypted || size > most || (method !== 0 && method !== 8)) return null;
  const left: Left = { bytes: most, entries: 1, until: performance.now() + DEFAULT_LIMITS.time };
  const made = method === 0 ? copied(packed, size, left) : inflate(packed, size, (ondata) => new Inflate(ondata), left);
  return made.stopped === null && made.error === null ? made.bytes : null;
}

interface Made {
  bytes: Uint8Array;
  /** The bound that ended it. */
  stopped: PackedBound | null;
  error: string | null;
}

/** A stored entry is its own bytes. */
function copied(packed: Uint8Array, size: number, left: Left): Made {
  if (packed.length > size) return { bytes: NOTHING, stopped: 'bytes', error: null };
  left.bytes -= packed.length;
  return { bytes: packed, stopped: null, error: null };
}

const NOTHING = new Uint8Array(0);

/**
 * Decompresses to at most so many bytes, as long as there is time. Of what is no text the beginning is enough, which says so: a gigabyte of
 * zeros is not made.
 *
 * @param textsOnly false where texts lie between other bytes
 */
function inflate(
  packed: Uint8Array,
  most: number,
  start: (ondata: (chunk: Uint8Array) => void) => { push(chunk: Uint8Array, final: boolean): void },
  left: Left,
  textsOnly = true,
): Made {
  let buffer = new Uint8Array(Math.min(most, Math.max(HEAD, packed.length * 4)));
  let length = 0;
  let stopped: Made['stopped'] = null;
  let enough = false;
  let error: string | null = null;
  const stream = start((chunk) => {
    if (stopped !== null || enough) return;
    const part = chunk.length > most - length ? chunk.subarray(0, most - length) : chunk;
    if (part.length < chunk.length) stopped = 'bytes';
    if (length + part.length > buffer.length) buffer = grown(buffer, length, length + part.length, most);
    buffer.set(part, length);
    const before = length;
    length += part.length;
    left.bytes -= part.length;
    if (textsOnly && before < HEAD && length >= HEAD) enough = isBinary(buffer.subarray(0, HEAD)) && !isPacked(buffer);
  });
  try {
    for (let at = 0; at < packed.length && stopped === null && !enough; at += CHUNK) {
      stream.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
      if (performance.now() > left.until) stopped ??= 'time';
    }
  } catch (thrown) {
    error = messageOf(thrown);
  }
  return { bytes: buffer.subarray(0, length), stopped, error };
}

/** Twice as large, but never larger than what may still be made. */
function grown(buffer: Uint8Array<ArrayBuffer>, length: number, needed: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, Math.min(buffer.length * 2, most)));
  larger.set(buffer.subarray(0, length));
  return larger;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
