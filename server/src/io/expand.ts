import { Gunzip, unzipSync } from 'fflate';

/** A file, or one entry of an archive, with its bytes as they were before compression. */
export interface Entry {
  /** "dumps.zip!jstack.txt" for an entry of an archive. */
  name: string;
  bytes: Uint8Array;
}

export interface Expanded {
  entries: Entry[];
  /** What was left out and why, in sentences. */
  problems: string[];
}

/** Bounds on what a file may expand to: a few bytes of zip can stand for any amount of text. */
export interface Limits {
  /** Bytes of all entries together. */
  bytes: number;
  entries: number;
  /** Archives within archives. */
  depth: number;
}

/** A JavaScript string holds at most about 536 million characters. */
export const DEFAULT_LIMITS: Limits = { bytes: 500 * 1024 * 1024, entries: 2000, depth: 2 };

/** How much is fed to the decompressor at a time: it stops soon after the bound is passed. */
const CHUNK = 64 * 1024;

/** Opens gzip and zip by their first bytes, also within one another; everything else is given back as it is. */
export function expand(name: string, bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS): Expanded {
  const result: Expanded = { entries: [], problems: [] };
  add(name, bytes, { ...limits }, result);
  return result;
}

/** `left` is what may still be added; it is changed. */
function add(name: string, bytes: Uint8Array, left: Limits, result: Expanded): void {
  if (left.depth > 0 && isGzip(bytes)) addGzip(name, bytes, left, result);
  else if (left.depth > 0 && isZip(bytes)) addZip(name, bytes, left, result);
  else result.entries.push({ name, bytes });
}

function addGzip(name: string, bytes: Uint8Array, left: Limits, result: Expanded): void {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let cut = false;
  const stream = new Gunzip((chunk) => {
    const room = left.bytes - length;
    if (chunk.length > room) cut = true;
    const part = chunk.length > room ? chunk.subarray(0, Math.max(0, room)) : chunk;
    if (part.length > 0) chunks.push(part);
    length += part.length;
  });
  try {
    for (let at = 0; at < bytes.length && !cut; at += CHUNK) {
      stream.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
    }
  } catch (error) {
    result.problems.push(`${name}: the gzip data is damaged (${messageOf(error)}); what could be read is shown.`);
  }
  if (cut) result.problems.push(`${name}: cut after ${mebibytes(length)}, the bound on what a compressed file may expand to.`);
  left.bytes -= length;
  if (length > 0) add(name, joined(chunks, length), { ...left, depth: left.depth - 1 }, result);
}

function addZip(name: string, bytes: Uint8Array, left: Limits, result: Expanded): void {
  let skipped = 0;
  let files: Record<string, Uint8Array> = {};
  try {
    files = unzipSync(bytes, {
      filter: (file) => {
        if (file.name.endsWith('/') || file.originalSize === 0) return false;
        if (file.originalSize > left.bytes || left.entries <= 0) {
          skipped++;
          return false;
        }
        left.bytes -= file.originalSize;
        left.entries--;
        return true;
      },
    });
  } catch (error) {
    result.problems.push(`${name}: the zip file cannot be read (${messageOf(error)}).`);
  }
  if (skipped > 0) result.problems.push(`${name}: ${skipped} of its files left out, they pass the bound on what an archive may expand to.`);
  for (const [entry, content] of Object.entries(files)) add(`${name}!${entry}`, content, { ...left, depth: left.depth - 1 }, result);
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

function joined(chunks: Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function mebibytes(length: number): string {
  return `${Math.round(length / 1024 / 1024)} MiB`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
