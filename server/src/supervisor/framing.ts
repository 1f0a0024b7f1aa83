import { ERRORS, type Message } from './message.ts';
import { openingIn } from './opening.ts';
import { NO_JSON_WORDS } from './words.ts';

/** A message is never longer; what says so is no length. */
const MAX_LENGTH = 1 << 30;
const MARK = Buffer.from('Content-Length:');
const END_OF_HEAD = '\r\n\r\n';
/** A head that is longer than this is none. */
const MAX_HEAD_LENGTH = 4096;

/** What is at least so long is read into memory that threads share. In bytes. */
const LARGE = 64 * 1024;

/** A message as LSP sends it over a stream. */
export function frame(message: Message): [head: string, body: Uint8Array] {
  const { json = JSON.stringify(message) } = message;
  const body = typeof json === 'string' ? Buffer.from(json) : json;
  return [`Content-Length: ${body.length}${END_OF_HEAD}`, body];
}

/**
 * Takes the messages out of a stream of bytes. What has no head is passed by up to the next one that has, and is told of:
 * one broken message does not make the server deaf.
 */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes that are needed before anything can be read. */
  #needed = 0;
  readonly #heard: (message: unknown) => void;
  readonly #broken: (code: number, message: string) => void;

  constructor(heard: (message: unknown) => void, broken: (code: number, message: string) => void) {
    this.#heard = heard;
    this.#broken = broken;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    // No JSON holds an empty line: where one comes before the end of a message, its length was wrong.
    if (this.#size < this.#needed && !chunk.includes(END_OF_HEAD)) return;
    let bytes = this.#chunks.length === 1 ? chunk : joined(this.#chunks, this.#size);
    for (let rest = this.#next(bytes); rest !== null; rest = this.#next(bytes)) bytes = rest;
    this.#chunks = bytes.length === 0 ? [] : [bytes];
    this.#size = bytes.length;
  }

  /** Reads one message; answers what comes behind it, or null where more is needed first. */
  #next(bytes: Buffer): Buffer | null {
    this.#needed = 0;
    if (bytes.length === 0) return null;
    const end = bytes.indexOf(END_OF_HEAD);
    if (end === -1) {
      if (bytes.length <= MAX_HEAD_LENGTH) return null;
      return this.#skip(bytes, bytes.length - MAX_HEAD_LENGTH);
    }
    const head = bytes.toString('latin1', 0, end);
    const length = end > MAX_HEAD_LENGTH ? null : lengthIn(head);
    if (length === null) return this.#skip(bytes, 1);
    const start = end + 4;
    if (bytes.length < start + length) {
      if (bytes.includes(END_OF_HEAD, start) && bytes.includes(MARK, start)) return this.#skip(bytes, start);
      this.#needed = start + length;
      return null;
    }
    this.#read(bytes.subarray(start, start + length));
    return bytes.subarray(start + length);
  }

  /** Goes to the next head; `least` bytes are passed by at any rate. */
  #skip(bytes: Buffer, least: number): Buffer {
    this.#broken(ERRORS.parse, 'A message without a Content-Length was passed by.');
    const next = bytes.indexOf(MARK, least);
    // The mark may have come in part.
    return bytes.subarray(next === -1 ? Math.max(least, bytes.length - MARK.length + 1) : next);
  }

  #read(bytes: Buffer): void {
    let message: unknown = bytes.buffer instanceof SharedArrayBuffer && bytes.length >= LARGE ? openingIn(bytes) : null;
    try {
      message ??= JSON.parse(bytes.toString());
    } catch {
      this.#broken(ERRORS.parse, NO_JSON_WORDS);
      return;
    }
    this.#heard(message);
  }
}

/** As `Buffer.concat`, in memory that threads can share where it is {@link LARGE}. */
function joined(chunks: readonly Buffer[], size: number): Buffer {
  if (size < LARGE) return Buffer.concat(chunks);
  const all = Buffer.from(new SharedArrayBuffer(size));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** The lines of a head are fields, and one of them is a length. */
function lengthIn(head: string): number | null {
  let length: number | null = null;
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0 || !/^[\w-]+$/.test(line.slice(0, colon))) return null;
    if (line.slice(0, colon).toLowerCase() !== 'content-length') continue;
    const value = line.slice(colon + 1).trim();
    if (!/^\d{1,10}$/.test(value) || Number(value) > MAX_LENGTH) return null;
    length = Number(value);
  }
  return length;
}
