import type { Frame, Thread } from '../../threaddump/model.ts';
import type { AnalysedDump } from './model.ts';
import { isJdk } from './names.ts';
import { wantsToWrite } from './readLocks.ts';

/** A thread that asks for the write lock and is, further out on its stack, inside the class that takes the lock. */
export interface Upgrade {
  thread: Thread;
  /** Where it asks. */
  asks: Frame;
  /** The outer frame of the same class, in which it may hold the lock for reading. */
  outer: Frame;
  /** The dump lists who holds locks exclusively: nobody holds this one so. */
  listed: boolean;
}

const MAX_WAITERS = 50;

/** Suspected only where nobody is seen to hold the lock exclusively, and no other thread is inside the class. */
export function upgradesOf({ dump, waits: graph }: AnalysedDump): Upgrade[] {
  const listed = dump.shows.synchronizers;
  if (!dump.shows.complete || dump.dialect.startsWith('dump-to-file')) return [];
  const found: Upgrade[] = [];
  for (const lock of graph.locks.values()) {
    if (lock.kind !== 'read-lock' || lock.holds.length > 0) continue;
    const waiting = new Set(lock.waiters);
    for (const threadIndex of lock.waiters.slice(0, MAX_WAITERS)) {
      const thread = graph.threads[threadIndex]?.thread;
      if (thread == null || thread.state === 'TIMED_WAITING' || !wantsToWrite(thread)) continue;
      const index = thread.frames.findIndex((frame) => !isJdk(frame));
      const asks = thread.frames[index];
      if (asks === undefined) continue;
      const outer = thread.frames.slice(index + 1).find(({ className, method }) => className === asks.className && method !== asks.method);
      if (outer === undefined || othersInside(dump.threads, asks.className, waiting)) continue;
      found.push({ thread, asks, outer, listed });
    }
  }
  return found;
}

function othersInside(threads: readonly Thread[], className: string, waiting: ReadonlySet<number>): boolean {
  return threads.some(
    (thread) =>
      !waiting.has(thread.index) && thread.stackText?.includes(className) !== false && thread.frames.some((frame) => frame.className === className),
  );
}
