import type { Settings } from '../../../common/settings.ts';
import type { Digest, Unread } from '../core/incident/digest/model.ts';

/** One file of an incident that is to be read, in plain values: it may be read in another thread. */
export interface FileJob {
  uri: string;
  name: string;
  size: number;
  settings: Settings;
}

/** What a file says, or the files in an archive. */
export interface FileDigest {
  digests: Digest[];
  /** Digests that stand in it: somebody else may have written them. */
  written: Digest[];
  /** Of the sources, by their names. */
  uris: [name: string, uri: string][];
  left: Unread[];
  /** Files whose content a manifest tells: that nothing is concluded from them is no news. */
  accounted: string[];
}

/** Threads that read files from the disk. */
export interface Readers {
  /** So many files are read at once. */
  readonly width: number;
  /** Answers for a file that ends its thread, or holds it up, that it was left out. Rejects once the readers have been ended. */
  read(job: FileJob): Promise<FileDigest>;
  /** Ends the threads, whatever they are at. */
  end(): void;
}
