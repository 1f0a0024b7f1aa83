import type { FileEntry, FindLine, FoundLine } from '../../../common/contracts.ts';
import type { Settings } from '../../../common/settings.ts';
import type { Position } from '../../../common/span.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import type { Analysis } from '../core/kinds/kind.ts';
import type { StreamedFile } from '../core/kinds/logSet.ts';

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
  /** A file, or all files of a folder and below it, at most `limit`; null when there is neither, or it cannot be listed from here. */
  list(uri: string, limit: number): Promise<FileEntry[] | null>;
  /** Uris of the files in the folder of a file; none where it cannot be listed from here. */
  beside(uri: string): Promise<string[]>;
  /** The lines of a file of any size on the disk; null where this host has no disk, or the file is not on it as a plain text. */
  paged(uri: string): Promise<Paged | null>;
  /**
   * Analyses a log that is too large for a text in memory, from the disk; its spans count bytes.
   * Null for every file that is read as a text: small, compressed, or no log.
   */
  largeLog(uri: string, settings: Settings, checkpoint: Checkpoint): Promise<Analysis | null>;
  /** Such a log as one of several that are read as one; null as above. */
  streamed(uri: string, name: string, checkpoint: Checkpoint): Promise<StreamedFile | null>;
}

/** The lines of a file, as they are asked for: io/pagedFile.ts, textLines.ts. */
export interface Paged {
  readonly lines: number;
  readonly bytes: number;
  extend(checkpoint: Checkpoint): Promise<boolean>;
  read(from: number, count: number): Promise<string[]>;
  positions(offsets: readonly number[]): Promise<Position[]>;
  find(wanted: FindLine, checkpoint: Checkpoint): Promise<FoundLine | null>;
}
