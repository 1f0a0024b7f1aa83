import type { FindLine, FoundLine } from '../../../common/contracts.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import type { ByteFile, Opener } from './byteFile.ts';
import { findBytes } from './findBytes.ts';

/** A place in the index every so many lines: any line is found by reading the few kilobytes behind one of them. */
const STEP = 64;
const CHUNK = 1 << 20;
/** A line longer than this is cut for showing. */
const MAX_LINE_LENGTH = 4000;
const NEWLINE = 10;

/** The lines of a file of any size, read as they are asked for. A growing file is followed. */
export class PagedFile {
  readonly #open: Opener;
  /** Byte offset of every 64th line. */
  #offsets = new Float64Array(1024);
  #marks = 1;
  #lines = 1;
  #bytes = 0;

  constructor(open: Opener) {
    this.#open = open;
  }

  /** Number of lines, that after the last line break included. */
  get lines(): number {
    return this.#lines;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Indexes what has been added since the last time; a file that became shorter (rotated) is read anew. True when it changed. */
  async extend(checkpoint: Checkpoint): Promise<boolean> {
    const file = await this.#open();
    try {
      const { size } = file;
      if (size === this.#bytes) return false;
      if (size < this.#bytes) {
        this.#marks = 1;
        this.#lines = 1;
        this.#bytes = 0;
      }
      await this.#scan(file, checkpoint);
      return true;
    } finally {
      file.close();
    }
  }

  async #scan(file: ByteFile, checkpoint: Checkpoint): Promise<void> {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const bytesRead = await file.read(buffer, this.#bytes);
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) {
        if (this.#lines++ % STEP === 0) this.#mark(this.#bytes + at + 1);
      }
      this.#bytes += bytesRead;
      if (checkpoint.due()) await checkpoint.pause();
    }
  }

  #mark(offset: number): void {
    if (this.#marks === this.#offsets.length) {
      const grown = new Float64Array(this.#offsets.length * 2);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    this.#offsets[this.#marks++] = offset;
  }

  /** Lines from a number on (0-based), without their line breaks, cut where they are very long. */
  async read(from: number, count: number): Promise<string[]> {
    const first = Math.max(0, Math.min(from, this.#lines - 1));
    const last = Math.min(this.#lines, first + count);
    const mark = Math.floor(first / STEP);
    const end = this.#offsets[Math.ceil(last / STEP)] ?? 0;
    const file = await this.#open();
    const stop = Math.ceil(last / STEP) < this.#marks ? end : this.#bytes;
    const bytes = await bytesBetween(file, this.#offsets[mark] as number, stop).finally(() => file.close());
    const lines: string[] = [];
    let line = mark * STEP;
    for (let start = 0; line < last; line++) {
      const newline = bytes.indexOf(NEWLINE, start);
      const stop = newline === -1 ? bytes.length : newline;
      if (line >= first) lines.push(text(bytes, start, stop));
      if (newline === -1) break;
      start = newline + 1;
    }
    return lines;
  }

  /** Lines and characters of byte offsets, in the order given. */
  async positions(offsets: readonly number[]): Promise<{ line: number; character: number }[]> {
    const ordered = offsets.map((offset, index) => ({ offset, index })).sort((a, b) => a.offset - b.offset);
    const result: { line: number; character: number }[] = new Array(offsets.length);
    const file = await this.#open();
    try {
      let mark = -1;
      let bytes: Buffer = Buffer.alloc(0);
      for (const { offset, index } of ordered) {
        const own = this.#markBefore(offset);
        if (own !== mark) {
          mark = own;
          const end = mark + 1 < this.#marks ? (this.#offsets[mark + 1] as number) : this.#bytes;
          bytes = await bytesBetween(file, this.#offsets[mark] as number, end);
        }
        result[index] = positionIn(bytes, offset - (this.#offsets[mark] as number), mark * STEP);
      }
    } finally {
      file.close();
    }
    return result;
  }

  /** The nearest line that holds a text, in one walk over the file at most. */
  async find({ text: wanted, matchCase, from, backwards }: FindLine, checkpoint: Checkpoint): Promise<FoundLine | null> {
    if (wanted === '') return null;
    const file = await this.#open();
    try {
      const search = { file, wanted, matchCase, backwards, checkpoint };
      const [before, after] = [await this.#startOf(file, from), await this.#startOf(file, from + 1)];
      const parts = backwards
        ? [
            [0, before],
            [before, this.#bytes],
          ]
        : [
            [after, this.#bytes],
            [0, after],
          ];
      for (const [index, [start = 0, end = 0]] of parts.entries()) {
        const found = await findBytes({ ...search, start, end });
        if (found !== null) return { line: (await this.positions([found]))[0]?.line ?? 0, wrapped: index === 1 };
      }
      return null;
    } finally {
      file.close();
    }
  }

  /** Offset of the beginning of a line; the end of the file for lines past it. */
  async #startOf(file: ByteFile, line: number): Promise<number> {
    if (line >= this.#lines) return this.#bytes;
    const mark = Math.floor(Math.max(0, line) / STEP);
    const start = this.#offsets[mark] as number;
    const bytes = await bytesBetween(file, start, mark + 1 < this.#marks ? (this.#offsets[mark + 1] as number) : this.#bytes);
    let at = 0;
    for (let left = Math.max(0, line) - mark * STEP; left > 0; left--) {
      const newline = bytes.indexOf(NEWLINE, at);
      if (newline === -1) return start + bytes.length;
      at = newline + 1;
    }
    return start + at;
  }

  #markBefore(offset: number): number {
    let low = 0;
    let high = this.#marks - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#offsets[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** At most 64 MiB: lines without end are not read to their end. */
async function bytesBetween(file: ByteFile, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, Math.min(end - start, 64 << 20)));
  return buffer.subarray(0, await file.read(buffer, start));
}

function text(bytes: Buffer, start: number, stop: number): string {
  const end = bytes[stop - 1] === 13 && stop > start ? stop - 1 : stop;
  if (end - start <= MAX_LINE_LENGTH) return bytes.toString('utf8', start, end);
  return `${bytes.toString('utf8', start, start + MAX_LINE_LENGTH)}… (${end - start} bytes)`;
}

function positionIn(bytes: Buffer, offset: number, firstLine: number): { line: number; character: number } {
  let line = firstLine;
  let start = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < offset; at = bytes.indexOf(NEWLINE, at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, character: bytes.toString('utf8', start, Math.min(offset, start + MAX_LINE_LENGTH)).length };
}
