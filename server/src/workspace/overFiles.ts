import { Cancelled } from '../core/checkpoint.ts';
import type { Reading } from './readers.ts';
import type { Waiter } from './waiters.ts';
import type { Workspace } from './workspace.ts';

/** Files up to this size are read first, for they soon tell something; then the largest, so that none of them is at work alone at the end. In bytes. */
const SOON = 4 * 1024 * 1024;

/** A file on which work is done. */
export interface Worked {
  uri: string;
  name: string;
  /** In bytes. */
  size: number;
}

/** What is done with each of several files, here or in other threads. */
export interface OverFiles<F extends Worked, R> {
  /** Told before each file; it is the first, the second, ... that is begun. */
  say(file: F, begun: number): void;
  waiter: Waiter;
  /** Whether the rest is left. */
  enough?(): boolean;
  /** What is made of a file in this thread. */
  here(file: F): Promise<R>;
  /** What threads make of a file; it is the same. */
  reading: Exclude<Reading, 'block'>;
  /** What stands in place of it when its thread was lost. */
  lost(file: F, why: string): R;
  /** Takes what was made of a file, in any order; it is waited for before the next one is begun. */
  put(index: number, made: R): Promise<void>;
}

/** Works on each file, in threads where that is worth it. */
export async function overFiles<F extends Worked, R>(
  workspace: Workspace,
  files: readonly F[],
  { say, waiter, enough = () => false, here, reading, lost, put }: OverFiles<F, R>,
): Promise<void> {
  let begun = 0;
  /** Takes one file after the other until there are none left. */
  const lane = async (queue: number[], make: (file: F) => Promise<R>): Promise<void> => {
    for (let index = queue.shift(); index !== undefined && !enough(); index = queue.shift()) {
      const file = files[index] as F;
      say(file, ++begun);
      await put(index, await make(file));
      if (waiter.isCancellationRequested) throw new Cancelled();
    }
  };
  const size = (index: number) => (files[index] as F).size;
  const large = (index: number) => (size(index) > SOON ? size(index) : 0);
  const indices = files.map((_, index) => index).sort((a, b) => (large(a) === 0 || large(b) === 0 ? large(a) - large(b) : large(b) - large(a)));
  const elsewhere = indices.filter((index) => workspace.isElsewhere((files[index] as F).uri));
  const bytes = elsewhere.reduce((sum, index) => sum + size(index), 0);
  const readers = elsewhere.length < 2 ? null : await workspace.readers(bytes);
  if (readers === null) return lane(indices, here);
  const listening = waiter.onCancellationRequested?.(() => readers.end());
  try {
    const there = async (file: F) => {
      const { uri, name, size: bytesOf } = file;
      return readers.read(reading, { uri, name, size: bytesOf, settings: await workspace.settingsOf(uri) }, (why) => lost(file, why));
    };
    const away = new Set(elsewhere);
    const rest = indices.filter((index) => !away.has(index));
    await Promise.all([lane(rest, here), ...Array.from({ length: readers.width }, () => lane(elsewhere, there))]);
  } catch (error) {
    throw waiter.isCancellationRequested ? new Cancelled() : error;
  } finally {
    listening?.dispose();
    readers.end();
  }
}
