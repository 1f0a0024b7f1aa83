import type { Frame, Thread } from '../../threaddump/model.ts';
import { type Deadlock, lockFacts } from './deadlockModel.ts';
import { type Lock, threadName, type Wait, type WaitGraph } from './waits/model.ts';

/**
 * Deadlocks through a read lock. A reader leaves no trace in any dump (the lock has no owner in shared mode), so this is
 * never proved. It is suspected when a thread that is held up behind a waiter of the lock is itself inside the class that
 * takes this lock: then it plausibly entered as a reader, and neither can go on.
 */
export function readLockSuspicions(graph: WaitGraph, known: readonly Deadlock[]): Deadlock[] {
  if (!ownersWouldShow(graph)) return [];
  const inCycle = new Set(known.flatMap((deadlock) => deadlock.threads));
  const found: Deadlock[] = [];
  const heldBy = waitsByOwner(graph);
  for (const lock of graph.locks.values()) {
    // More waiters than this are a pile-up whose cause lies elsewhere; looking at each would say nothing more.
    for (const writer of lock.kind === 'read-lock' ? lock.waiters.slice(0, 50) : []) {
      const suspicion = inCycle.has(writer) ? null : suspect(graph, heldBy, lock, writer);
      if (suspicion === null) continue;
      found.push(suspicion);
      for (const threadIndex of suspicion.threads) inCycle.add(threadIndex);
      break;
    }
  }
  return found;
}

/** Without this, a lock without a holder may just as well have a writer that the dump does not list. */
function ownersWouldShow({ dump }: WaitGraph): boolean {
  return dump.shows.synchronizers && dump.shows.complete && !dump.dialect.startsWith('dump-to-file');
}

function suspect(graph: WaitGraph, heldBy: ReadonlyMap<number, Wait[]>, lock: Lock, writer: number): Deadlock | null {
  const thread = graph.threads[writer]?.thread;
  const wait = graph.waits.get(writer);
  if (thread == null || wait === undefined || wait.timed || !wantsToWrite(thread)) return null;
  const guarded = callerOfLock(thread);
  if (guarded === null) return null;
  const behind = threadsBehind(heldBy, writer);
  for (const reader of behind.keys()) {
    const suspectFrame = graph.threads[reader]?.thread?.frames.find((frame) => sameClass(frame, guarded));
    if (suspectFrame !== undefined) return describe(graph, lock, wait, reader, behind, guarded, suspectFrame);
  }
  return null;
}

export function wantsToWrite(thread: Thread): boolean {
  return thread.frames.some(
    (frame) =>
      (frame.className.endsWith('ReentrantReadWriteLock$WriteLock') || frame.className.endsWith('StampedLock')) &&
      /^(?:lock|lockInterruptibly|writeLock|writeLockInterruptibly)$/.test(frame.method),
  );
}

const LOCK_CLASS = /^java[./]util[./]concurrent[./]|^(?:jdk|sun|java)[./]/;

/** The innermost frame outside the JDK: the code that takes the lock. */
function callerOfLock(thread: Thread): Frame | null {
  return thread.frames.find((frame) => !LOCK_CLASS.test(frame.className)) ?? null;
}

function sameClass(frame: Frame, guarded: Frame): boolean {
  return frame.className === guarded.className;
}

function waitsByOwner(graph: WaitGraph): Map<number, Wait[]> {
  const heldBy = new Map<number, Wait[]>();
  for (const wait of graph.waits.values()) {
    if (wait.owner === null || wait.threadIndex === wait.owner) continue;
    const list = heldBy.get(wait.owner);
    if (list === undefined) heldBy.set(wait.owner, [wait]);
    else list.push(wait);
  }
  return heldBy;
}

/** Threads whose chain of waits leads to the writer, each with its wait; nearest first, capped. */
function threadsBehind(heldBy: ReadonlyMap<number, Wait[]>, writer: number): Map<number, Wait> {
  const behind = new Map<number, Wait>();
  const queue = [writer];
  for (let index = 0; index < queue.length && behind.size < 200; index++) {
    for (const wait of heldBy.get(queue[index] as number) ?? []) {
      if (wait.threadIndex === writer || behind.has(wait.threadIndex)) continue;
      behind.set(wait.threadIndex, wait);
      queue.push(wait.threadIndex);
    }
  }
  return behind;
}

function describe(
  graph: WaitGraph,
  lock: Lock,
  wait: Wait,
  reader: number,
  behind: ReadonlyMap<number, Wait>,
  guarded: Frame,
  frame: Frame,
): Deadlock {
  const waits: Wait[] = [{ ...wait, owner: reader, inferred: 'readers-invisible' }];
  for (let at = reader; at !== wait.threadIndex; ) {
    const next = behind.get(at) as Wait;
    waits.push(next);
    at = next.owner as number;
  }
  const writer = threadName(graph, wait.threadIndex);
  const readerName = threadName(graph, reader);
  return {
    kind: 'read-lock',
    certainty: 'suspected',
    threads: waits.map((one) => one.threadIndex),
    locks: waits.map((one) => one.lock),
    waits,
    victims: [],
    evidence: [
      { code: 'writer-waits', facts: { writer, lock: lockFacts(lock) } },
      { code: 'reader-inside', facts: { reader: readerName, writer, className: guarded.className, method: frame.method } },
      { code: 'reader-behind', facts: { reader: readerName, writer } },
    ],
    doubts: [{ code: 'reader-frame', facts: {} }],
    section: null,
  };
}
