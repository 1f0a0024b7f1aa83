import type { Frame, Thread } from '../../threaddump/model.ts';
import type { AnalysedDump } from './model.ts';
import { frameName, isJdk } from './names.ts';
import { once } from './once.ts';
import { wantsToWrite } from './readLocks.ts';
import { waitPoint } from './waitPoint.ts';
import type { Lock } from './waits/model.ts';

/** A thread that asks for the write lock and may hold the read lock of the same lock. */
export interface Upgrade {
  thread: Thread;
  lock: Lock;
  /** Where it asks. */
  asks: Frame;
  /** The outer frame of the same class, in which it may hold the lock for reading; null: only the method that asks can have taken it before. */
  outer: Frame | null;
  /** Others that wait for the lock, and so behind it. */
  behind: Thread[];
  /** The dump lists who holds such locks exclusively: nobody holds this one so. */
  listed: boolean;
}

const MAX_WAITERS = 50;

/** Suspected only where nobody is seen to hold the lock exclusively, and no other thread is inside the class that takes it. */
export const upgradesOf = once(({ waits }: AnalysedDump) => waits, search);

function search({ dump, waits: graph }: AnalysedDump): readonly Upgrade[] {
  if (!dump.shows.complete || dump.dialect.startsWith('dump-to-file')) return [];
  const found: Upgrade[] = [];
  for (const lock of graph.locks.values()) {
    if (lock.kind !== 'read-lock' || lock.holds.length > 0) continue;
    const listed = dump.shows.synchronizers && !isStamped(lock);
    const waiting = new Set(lock.waiters);
    const waiters = lock.waiters.slice(0, MAX_WAITERS).flatMap((threadIndex) => graph.threads[threadIndex]?.thread ?? []);
    const writers = waiters.filter((thread) => thread.state !== 'TIMED_WAITING' && wantsToWrite(thread));
    const sameMethod = new Set(writers.map(methodThatAsks)).size === 1;
    const told = new Set<string>();
    for (const thread of writers) {
      const index = thread.frames.findIndex((frame) => !isJdk(frame));
      const asks = thread.frames[index];
      if (asks === undefined || othersInside(dump.threads, asks.className, waiting)) continue;
      const outer = thread.frames.slice(index + 1).find(({ className, method }) => className === asks.className && method !== asks.method) ?? null;
      if (outer === null && (!sameMethod || WRAPS.test(nameWithin(asks)) || othersAtWork(dump.threads, packageOf(asks), waiting))) continue;
      const place = `${frameName(asks)}\n${outer === null ? '' : frameName(outer)}`;
      if (told.has(place)) continue;
      told.add(place);
      found.push({ thread, lock, asks, outer, listed, behind: waiters.filter((other) => other !== thread) });
    }
  }
  return found;
}

/** No JVM writes down who holds it, in either way. */
export const isStamped = ({ ref }: Lock): boolean => ref.className === 'java.util.concurrent.locks.StampedLock';

function methodThatAsks({ frames }: Thread): string {
  const asks = frames.find((frame) => !isJdk(frame));
  return asks === undefined ? '' : `${asks.className}.${asks.method}`;
}

/** How a class or a method is called that only wraps a lock: its caller holds it, and may have taken it anywhere. */
const WRAPS = /lock|acquire|enter|exclusive/i;

/** "Entry.update" of "com.shop.LockedCache$Entry.update". */
const nameWithin = ({ className, method }: Frame): string => `${after('$', after('.', className))}.${method}`;

const packageOf = ({ className }: Frame): string => className.slice(0, Math.max(0, className.lastIndexOf('.')));

const after = (sign: string, name: string): string => name.slice(name.lastIndexOf(sign) + 1);

/** Whether the text of a stack may have a class or a package, which some dialects write with slashes; its frames are read only then. */
const mayHave = ({ stackText }: Thread, name: string): boolean => stackText == null || stackText.includes(after('.', name));

/** Whether a thread is in code of the package, where readers are, and goes on by itself: it may have the lock for a moment. */
function othersAtWork(threads: readonly Thread[], within: string, waiting: ReadonlySet<number>): boolean {
  const isWithin = ({ className }: Frame): boolean => within === '' || className.startsWith(`${within}.`);
  return threads.some((thread) => {
    if (waiting.has(thread.index) || thread.state === 'BLOCKED' || !mayHave(thread, within) || !thread.frames.some(isWithin)) return false;
    const point = waitPoint(thread);
    return point === null || point.timed || point.for === 'socket';
  });
}

function othersInside(threads: readonly Thread[], className: string, waiting: ReadonlySet<number>): boolean {
  return threads.some(
    (thread) => !waiting.has(thread.index) && mayHave(thread, className) && thread.frames.some((frame) => frame.className === className),
  );
}
