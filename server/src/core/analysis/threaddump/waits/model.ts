import type { Span } from '../../../../../../common/span.ts';
import type { LockAction, LockRef, SectionEntry, Thread, ThreadDump } from '../../../threaddump/model.ts';

/** Who waits for which lock and who holds it, for one dump. Built by buildWaitGraph. */
export interface WaitGraph {
  dump: ThreadDump;
  /** The threads of the dump by their index, then the threads that only the JVM's deadlock section names. */
  threads: GraphThread[];
  /** By {@link Lock.id}. */
  locks: Map<string, Lock>;
  /** Waits for a lock, by thread; at most one a thread. */
  waits: Map<number, Wait>;
  /** Waits for a signal (Object.wait, a condition, a future, a latch), by thread. Nobody "holds" what they wait for. */
  signals: Map<number, Signal>;
  /** Mentions whose lock is not the one that their key leads to: two locks of one `class@hash`. */
  split: Map<LockAction, Lock>;
  /** What the JVM's own deadlock section says, with its names resolved. */
  section: SectionCycle[];
}

/** One deadlock of the JVM's section. */
export interface SectionCycle {
  /** In waiting order: each waits for the next, the last for the first. Empty where the text breaks off before the cycle closes. */
  members: number[];
  /** What members[i] waits for; null where the section names no object. */
  locks: (Lock | null)[];
  /** The entries of the members, in the same order. */
  entries: SectionEntry[];
  /** Threads that the section lists although they only wait for the cycle. */
  tails: number[];
  span: Span;
}

/** Somebody who can wait for or hold a lock. */
export interface GraphThread {
  index: number;
  name: string;
  /** Null: the dump has no stack of this thread. */
  thread: Thread | null;
  /** Where the name stands. */
  span: Span;
}

export type LockKind =
  | 'monitor'
  | 'ownable'
  | 'class-init'
  /** A read-write or stamped lock without a visible exclusive holder: readers leave no trace in a dump. */
  | 'read-lock'
  /** Conditions, futures, latches, semaphores, pools: nobody holds them. */
  | 'other';

export interface Lock {
  /** The key, or key and owner where two locks share one `class@hash`; unique within the dump. */
  id: string;
  ref: LockRef;
  kind: LockKind;
  /** More than one only where the dump contradicts itself. */
  holds: Hold[];
  /** Threads that want the lock: blocked, re-locking, or parked on an ownable synchronizer. */
  waiters: number[];
  /** Threads in Object.wait() on it, or on a condition: they own nothing and wait for a signal. */
  inWait: number[];
}

export type HoldEvidence = 'locked-line' | 'synchronizer-list' | 'owned-by' | 'jvm-section' | 'class-initialiser';

export interface Hold {
  threadIndex: number;
  /** How it is known. */
  evidence: HoldEvidence;
  /** The line that shows it, and the lock's id in it; null where only another thread's line names the holder. */
  place: LockLine | null;
}

export interface LockLine {
  span: Span;
  lockSpan: Span;
}

/** What a wait or its owner was concluded from. */
export type Inference =
  /** The JVM does not print the class that is waited for, and only one other thread runs a class initialiser. */
  | 'only-initialiser'
  /** Two threads stand in two class initialisers at once. */
  | 'crossed-initialisers'
  /** More than one thread is printed as the holder; the first was taken. */
  | 'several-holders'
  /** No dump shows who holds a lock for reading. */
  | 'readers-invisible';

export interface Wait {
  threadIndex: number;
  lock: Lock;
  /** Null: known from the JVM's section only. */
  action: LockAction | null;
  place: LockLine;
  /** The thread that holds the lock as far as this waiter is concerned; null: not visible. */
  owner: number | null;
  ownerEvidence: HoldEvidence | null;
  /** The wait or its owner was concluded, not read: from what. */
  inferred: Inference | null;
  /** The wait ends by itself: tryLock with a timeout and the like. */
  timed: boolean;
}

export interface Signal {
  threadIndex: number;
  /** Null: "no object reference available". */
  lock: Lock | null;
  action: LockAction;
}

/** The lock that a line speaks of. */
export function lockOf(graph: WaitGraph, action: LockAction): Lock | undefined {
  return graph.split.get(action) ?? (action.lock === null ? undefined : graph.locks.get(lockKey(action, action.lock)));
}

/** Class initialisation has no object of its own in a dump: the class is the lock. */
export function lockKey(action: LockAction, ref: LockRef): string {
  return action.kind === 'class-init' ? classInitKey(ref.className ?? ref.key) : ref.key;
}

export function classInitKey(className: string): string {
  return `class-init:${className.replaceAll('/', '.')}`;
}

/** The thread that holds a lock, where somebody visible does. */
export function holderOf(lock: Lock): Hold | undefined {
  return lock.holds[0];
}

export function threadName(graph: WaitGraph, threadIndex: number): string {
  return graph.threads[threadIndex]?.name ?? '?';
}
