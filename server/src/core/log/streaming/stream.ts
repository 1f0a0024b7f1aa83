import type { Problem } from '../../problems.ts';
import { peel } from '../../unwrap/lines/prefixes.ts';
import { LogBuilder } from '../builder.ts';
import type { Layout } from '../layouts.ts';
import { learnLayout } from '../learnLayout.ts';
import type { LogModel } from '../model.ts';
import type { ReadResult } from '../records.ts';
import { beginningOf, SAMPLE_BYTES } from './beginning.ts';
import { BlockReader } from './blockReader.ts';
import { cutRecords, type LogBlock } from './blocks.ts';
import type { ByteAccess, ChunkReader } from './chunkReader.ts';
import { FastReader } from './fastReader.ts';
import { interestIn } from './loggerInterest.ts';
import { packExecutions } from './packedExecutions.ts';
import { type ReadMode, Scanner } from './scanner.ts';
import { SparseIndex } from './sparseIndex.ts';

export interface LogStreamOptions {
  /** Only where records and lines stand. */
  indexOnly?: boolean;
  /** Layouts of the user's own, asked before those that are known. */
  layouts?: readonly Layout[];
  /** The beginning of the file, of which a stretch farther on is read. */
  sample?: string;
  /** The file is one of several that are read as one. */
  into?: { builder: LogBuilder; offset: number; line: number };
}

/**
 * Reads a log of any size in one pass over its bytes, in bounded memory. Feed it by `push`, or without copying by turns
 * of `reserve` and `commit`; then `finish`. What follows from the model is concluded by whoever has all of it.
 */
export class LogStream {
  readonly index = new SparseIndex();
  readonly #access: ByteAccess;
  readonly #indexOnly: boolean;
  readonly #own: readonly Layout[];
  readonly #builder: LogBuilder;
  readonly #firstLine: number;
  readonly #sample: string | null;
  readonly #scanner: Scanner;
  /** Addresses of the bytes at hand: what was left of the chunk before, and the chunk. */
  #from: number;
  #to: number;
  /** Offset in the file of the first byte at hand. */
  #base: number;
  /** Chosen when enough has been seen. */
  #reader: ChunkReader | null = null;
  bytes = 0;

  constructor(access: ByteAccess, options: LogStreamOptions = {}) {
    this.#access = access;
    this.#scanner = new Scanner(interestIn, (buffer) => access.view(buffer));
    this.#from = this.#scanner.room;
    this.#to = this.#scanner.room;
    this.#own = options.layouts ?? [];
    this.#sample = options.sample ?? null;
    this.#indexOnly = options.indexOnly === true;
    this.#builder = options.into?.builder ?? new LogBuilder({ streamed: true });
    this.#base = options.into?.offset ?? 0;
    this.#firstLine = options.into?.line ?? 0;
  }

  /** Room for the next bytes of the file. */
  reserve(): Uint8Array {
    const { memory, room, chunk } = this.#scanner;
    return memory.subarray(room, room + chunk);
  }

  /** Tells that bytes were written into what `reserve` gave. */
  commit(size: number): void {
    this.#to = this.#scanner.room + size;
    this.bytes += size;
    if (this.#reader !== null || this.#to - this.#from >= SAMPLE_BYTES) this.#read('more');
    this.#keepRest();
  }

  /** What is left goes before the chunk that comes next. */
  #keepRest(): void {
    const { memory, room } = this.#scanner;
    const left = this.#to - this.#from;
    memory.copyWithin(room - left, this.#from, this.#to);
    this.#from = room - left;
    this.#to = room;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += this.#scanner.chunk) {
      const part = bytes.subarray(at, at + this.#scanner.chunk);
      this.reserve().set(part);
      this.commit(part.length);
    }
  }

  /** Ends the file: what it says, and its records that were cut. */
  finish(): { log: LogModel; problems: Problem[] } {
    const log = this.#builder.model(this.end());
    return { log, problems: this.problems() };
  }

  /** Ends the file: all that was read is in the builder, and the index is complete. */
  end(): ReadResult {
    this.#read('last');
    return (this.#reader as ChunkReader).result();
  }

  /** Ends a stretch of a file: what reading it gave, in plain values. */
  block(): LogBlock {
    const log = this.#builder.model(this.end());
    return {
      ...this.#builder.stretch,
      log: { ...log, executions: [] },
      packed: packExecutions(log.executions),
      marks: this.index.marks,
      bytes: this.bytes,
      lineFeeds: this.lines - 1,
      truncated: this.#reader?.truncated ?? 0,
    };
  }

  /** What was left out; `file` names it where there are several. */
  problems(file: string | null = null, at = 0): Problem[] {
    return cutRecords(this.#reader?.truncated ?? 0, file, at);
  }

  /** Lines of the file, once it has ended. */
  get lines(): number {
    return (this.#reader?.line ?? this.#firstLine) - this.#firstLine + 1;
  }

  #read(mode: ReadMode): void {
    this.#reader ??= this.#choose();
    const read = (how: ReadMode) => {
      const bytes = this.#scanner.memory.subarray(this.#from, this.#to);
      const used = (this.#reader as ChunkReader).read(bytes, this.#base, how);
      this.#from += used;
      this.#base += used;
    };
    read(mode);
    // What is left has to fit before the next chunk.
    if (mode === 'more' && this.#to - this.#from > this.#scanner.headroom) read('cut');
  }

  /** Looks at the beginning and chooses between the fast way and the general one. */
  #choose(): ChunkReader {
    const { memory } = this.#scanner;
    const sample = this.#sample ?? this.#access.utf8(memory, this.#from, Math.min(this.#to, this.#from + SAMPLE_BYTES));
    // The scanner learns where nothing is yet: what is at hand is only the beginning of the file.
    const scratch = this.#scanner.room - this.#scanner.headroom;
    const { lines, wrapping, wrapper, fast } = beginningOf(sample, this.#scanner, scratch, this.#own);
    const common = { access: this.#access, builder: this.#builder, index: this.index, firstLine: this.#firstLine };
    return fast === null
      ? new BlockReader({
          ...common,
          wrapper,
          wrapping,
          own: [...this.#own, ...learnLayout(wrapper === null ? lines : lines.map((line) => peel(wrapper, line)?.text ?? line))],
        })
      : new FastReader(fast, { ...common, scanner: this.#scanner, indexOnly: this.#indexOnly });
  }
}
