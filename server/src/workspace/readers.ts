import type { Settings } from '../../../common/settings.ts';
import type { Digest, Unread } from '../core/incident/digest/model.ts';
import type { Stretch } from '../io/byteFile.ts';

/** A thread says at least so often that it is still at work, if its work gives way. In ms. */
export const SIGN_EVERY = 200;

/** By this a thread that runs dist/server/threads.js knows that it is one of a pool. */
export const READER = 'reader';

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

/** A block of a large log. */
export type BlockJob = FileJob & Stretch;

/** What is made of a file elsewhere: reader.ts has a function for each. */
export interface Jobs {
  digest: FileJob;
  check: FileJob;
  block: BlockJob;
}

export type Reading = keyof Jobs;

/** Threads that read files from the disk. */
export interface Readers {
  /** So many files are read at once. */
  readonly width: number;
  /**
   * What is made of a file. `lost` says what stands in place of it where it ends its thread, or holds it up. Rejects once the
   * readers have been ended.
   */
  read<K extends Reading, R>(reading: K, job: Jobs[K], lost: (why: string) => R): Promise<R>;
  /** Ends the threads, whatever they are at. */
  end(): void;
}
