import type { Kind } from '../../../common/ids.ts';
import type { Settings } from '../../../common/settings.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import type { GcSource } from '../core/kinds/concludeLog.ts';
import type { LogBlock } from '../core/log/streaming/blocks.ts';

/** A file that is open for reading at any place. */
export interface ByteFile {
  /** In bytes, when it was opened. */
  readonly size: number;
  /**
   * Fills a buffer from an offset of the file on, as far as the file goes; answers how many bytes were read. An answer
   * that is there at once is given at once: bytes that this thread has just read are scanned twice as fast as others.
   */
  read(into: Uint8Array, at: number): number | Promise<number>;
  close(): void;
}

/** A part of a file; offsets in bytes. */
export interface Stretch {
  from: number;
  to: number;
}

/** Opens a file anew; rejects with the system's error. */
export type Opener = () => Promise<ByteFile>;

/** What the beginning of a file says about it. */
export interface Head {
  text: string;
  /** Of the text; "packed": compressed or an archive. */
  kind: Kind | 'packed';
}

/** How a file is read as a stream. */
export interface Streaming {
  uri: string;
  settings: Settings;
  checkpoint: Checkpoint;
  /** The GC logs of the JVM that wrote it, asked for when it has been read: their spans count on from its end. */
  gcLogs?: (end: number) => Promise<readonly GcSource[]>;
  /** Threads that read blocks of a large log of about that size, in bytes, and hand them on in their order. */
  blocks?: { size: number; read(stretches: readonly Stretch[]): AsyncIterable<LogBlock> };
}
