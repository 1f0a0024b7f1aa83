import type { ReadResult } from '../records.ts';
import type { ReadMode } from './scanner.ts';

/** What the platform does better than plain JavaScript. Spans of a streamed log count bytes. */
export interface ByteAccess {
  /** The bytes of a buffer, in the form that the other functions take. */
  view(buffer: ArrayBuffer): Uint8Array;
  /** Text of a range in which all bytes are below 128. */
  latin1(bytes: Uint8Array, start: number, end: number): string;
  utf8(bytes: Uint8Array, start: number, end: number): string;
  /** Are all bytes below 128? May answer false when it does not know. */
  isAscii(bytes: Uint8Array): boolean;
}

/** Reads a file by chunks. */
export interface ChunkReader {
  /** Reads whole records of a chunk that begins at the offset `base` of the file; returns the number of bytes used. */
  read(bytes: Uint8Array, base: number, mode: ReadMode): number;
  /** Records that were cut. */
  readonly truncated: number;
  /** Line after what has been read. */
  readonly line: number;
  /** Asked once, after the last chunk. */
  result(): ReadResult;
}
