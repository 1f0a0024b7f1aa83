import type { FindLine, FoundLine } from '../../../common/contracts.ts';
import type { Position } from '../../../common/span.ts';
import type { Names } from '../../../common/uri.ts';
import { Cancelled, type Checkpoint, TookTooLong } from '../core/checkpoint.ts';
import type { Analysis } from '../core/kinds/kind.ts';
import type { StreamedFile } from '../core/kinds/logSet.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import type { Head, Opener, Streaming } from '../io/byteFile.ts';
import type { Texts } from '../io/texts.ts';
import type { Readers } from './readers.ts';
import type { Work } from './waiters.ts';

/** The lines of a file, as they are asked for: io/pagedFile.ts, textLines.ts. */
export interface Paged {
  readonly lines: number;
  readonly bytes: number;
  extend(checkpoint: Checkpoint): Promise<boolean>;
  read(from: number, count: number): Promise<string[]>;
  positions(offsets: readonly number[]): Promise<Position[]>;
  find(wanted: FindLine, checkpoint: Checkpoint): Promise<FoundLine | null>;
}

/** What the workspace needs from where it runs: node.ts and browser.ts bring one each. */
export interface Platform {
  /** Which names are one file. */
  names: Names;
  /** Whether case tells no files apart. */
  foldsCase: boolean;
  /** Gives other requests a turn. */
  yield(): Promise<void>;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** The texts in a file's bytes. */
  texts(name: string, bytes: Uint8Array): Promise<Texts>;
  /** Reading of files that are too large for a text; null where there is none. */
  streams: Streams | null;
  /** Threads that read files; null where there are none, or only one would run at a time. */
  readers: StartReaders | null;
  /** Null where the engine alone decides. */
  heap: Heap | null;
}

/** What is told of the memory that an open document needs. */
export interface Heap {
  /** A document is read for the first time. */
  reads(): void;
  /** A document of so many characters was read for the first time: from now on it may be changed and read anew. */
  hasRead(size: number): void;
  /** So many bytes were made a text, and are out of use. */
  hasDecoded(bytes: number): void;
}

export interface StartReaders {
  /** From so many bytes of files on they gain time. */
  worth: number;
  /** The same for blocks of one log. */
  worthBlocks: number;
  /** So many are started. */
  width: number;
  start(): Promise<Readers>;
}

/** See io/largeLog.ts, io/logFile.ts and io/pagedFile.ts. */
export interface Streams {
  headOf(open: Opener): Promise<Head>;
  streamFile(open: Opener, head: Head, options: Streaming): Promise<{ analysis: Analysis; index: SparseIndex } | null>;
  streamedFile(open: Opener, head: Head, file: { name: string; uri: string }, checkpoint: Checkpoint): Promise<StreamedFile>;
  /** Null where the bytes of the file are not those of its text: compressed, or UTF-16. */
  paged(open: Opener): Promise<Paged | null>;
  positionsIn(open: Opener, index: SparseIndex, offsets: readonly number[]): Promise<Map<number, Position>>;
}

const SLICE_MS = 10;

/** Gives way every 10 ms, ends what nobody waits for any more, and what takes longer than `limit` seconds. */
export function checkpoint(
  platform: Pick<Platform, 'now' | 'yield'>,
  work: Work,
  limit = Infinity,
  resumed: () => void = () => undefined,
): Checkpoint {
  const first = platform.now();
  let last = first;
  return {
    due: () => platform.now() - last >= SLICE_MS,
    pause: async () => {
      await platform.yield();
      if (work.unwanted) throw new Cancelled();
      last = platform.now();
      if (last - first > limit * 1000) throw new TookTooLong(limit);
      resumed();
    },
  };
}
