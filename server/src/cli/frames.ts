import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

/** What stands before the bytes of a file: a line of JSON. */
export interface Frame {
  name: string;
  bytes: number;
}

/** The head of a frame is no longer, in bytes. */
const MAX_HEAD = 64 * 1024;
const NEWLINE = 0x0a;

/** Files on a stream, one behind the other: for each `{"name": …, "bytes": N}` on a line of its own, then its N bytes. */
export class Frames {
  readonly #input: AsyncIterator<Buffer>;
  /** Came with what was read before. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(input: AsyncIterable<Buffer>) {
    this.#input = input[Symbol.asyncIterator]();
  }

  /** Null at the end. @throws Error where no head stands */
  async next(): Promise<Frame | null> {
    let head = this.#rest;
    for (let end = head.indexOf(NEWLINE); ; end = head.indexOf(NEWLINE)) {
      if (end !== -1) {
        this.#rest = head.subarray(end + 1);
        return frameOf(head.toString('utf8', 0, end));
      }
      const more = await this.#chunk();
      if (more === null && head.length === 0) return null;
      if (more === null || head.length > MAX_HEAD) return frameOf(head.toString('utf8'));
      head = Buffer.concat([head, more]);
    }
  }

  /** Writes the bytes of the frame into a file; false where the stream ends before. */
  async save({ bytes }: Frame, file: string): Promise<boolean> {
    const to = createWriteStream(file);
    const whole = await this.#copy(bytes, to);
    to.end();
    await once(to, 'finish');
    return whole;
  }

  async #copy(bytes: number, to: Writable): Promise<boolean> {
    for (let left = bytes; left > 0; ) {
      const chunk = this.#rest.length > 0 ? this.#rest : await this.#chunk();
      if (chunk === null) return false;
      const own = chunk.subarray(0, left);
      this.#rest = chunk.subarray(own.length);
      left -= own.length;
      if (!to.write(own)) await once(to, 'drain');
    }
    return true;
  }

  async #chunk(): Promise<Buffer | null> {
    const { done, value } = await this.#input.next();
    return done === true ? null : value;
  }
}

function frameOf(head: string): Frame {
  const value: unknown = parse(head);
  if (typeof value === 'object' && value !== null && 'name' in value && 'bytes' in value) {
    const { name, bytes } = value;
    if (typeof name === 'string' && Number.isSafeInteger(bytes) && (bytes as number) >= 0) return { name, bytes: bytes as number };
  }
  throw new Error(head);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
