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

/** What is made of a file elsewhere: reader.ts has a function for each. */
export type Reading = 'digest' | 'check';

/** Threads that read files from the disk. */
export interface Readers {
  /** So many files are read at once. */
  readonly width: number;
  /**
   * What is made of a file. `lost` says what stands in place of it where it ends its thread, or holds it up. Rejects once the
   * readers have been ended.
   */
  read<R>(reading: Reading, job: FileJob, lost: (why: string) => R): Promise<R>;
  /** Ends the threads, whatever they are at. */
  end(): void;
}
