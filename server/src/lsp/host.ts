import type { Settings } from '../../../common/settings.ts';
import type { Position } from '../../../common/span.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import type { AnalysisBase } from '../core/model.ts';

/** What the language server needs from where it runs; node.ts and browser.ts bring one each. */
export interface Host {
  /** Gives other requests a turn. */
  yield(): Promise<void>;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** The bytes of a file; null where it cannot be read from here. */
  readFile(uri: string): Promise<Uint8Array | null>;
  /** Uris of files with this name below the folders, at most `limit`; an editor that answers FIND_FILES is asked first. */
  findByName(folders: readonly string[], name: string, limit: number): Promise<string[]>;
  /** The lines of a file of any size on the disk; null where this host has no disk, or the file is not on it. */
  paged(uri: string): Paged | null;
  /**
   * Analyses a log that is too large for a text in memory, from the disk; its spans count bytes.
   * Null for every file that is read as a text: small, compressed, or no log.
   */
  largeLog(uri: string, settings: Settings, checkpoint: Checkpoint): Promise<AnalysisBase | null>;
}

/** See io/pagedFile.ts. */
export interface Paged {
  readonly lines: number;
  readonly bytes: number;
  extend(checkpoint: Checkpoint): Promise<boolean>;
  read(from: number, count: number): Promise<string[]>;
  positions(offsets: readonly number[]): Promise<Position[]>;
}
