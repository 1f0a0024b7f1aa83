import type { ThreadActivity } from '../../analysis/threaddump/activity.ts';
import type { ConnectionUse } from '../../analysis/threaddump/connectionUse.ts';
import type { DeadlockKind, DoubtFacts, EvidenceFacts, LockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import type { Doing } from '../../analysis/threaddump/doing.ts';
import type { Ender } from '../../analysis/threaddump/enders.ts';
import type { FullQueue } from '../../analysis/threaddump/fullQueues.ts';
import type { HeldUp } from '../../analysis/threaddump/heldUp.ts';
import type { HiddenReason } from '../../analysis/threaddump/hidden.ts';
import type { HiddenWait } from '../../analysis/threaddump/hiddenWaits.ts';
import type { Loop } from '../../analysis/threaddump/hotTasks.ts';
import type { SlowWork } from '../../analysis/threaddump/slowHolders.ts';
import type { WaitsFor } from '../../analysis/threaddump/waitPoint.ts';
import type { VersionVerdict } from '../../knowledge/issueVersions.ts';
import type { Certainty } from '../../model.ts';
import type { Coded, NoFacts } from '../../wording.ts';

/** The facts of each finding, by its code: all that is said about it is made of them. Threads by name, places as "Class.method (File.java:12)". */
export interface DumpFacts {
  deadlock: CycleFacts;
  'class-init-deadlock': CycleFacts;
  'read-lock-deadlock': CycleFacts;
  'read-lock-upgrade': UpgradeFacts;
  'lock-holder-waits': LockoutFacts;
  'known-issue': IssueFacts;
  'not-this-known-issue': IssueFacts;
  'loop-waits-for-itself': { tail: string; head: string; tails: number; heads: number };
  'lock-owner-not-visible': { lock: LockFacts; waiters: number; first: string; reason: HiddenReason };
  'long-wait-behind-lock': { lock: LockFacts; holder: string; at: string; does: Doing | null; waiters: number; direct: number };
  /** `taken`: where the holder took it; `sure`: the first line of the holder is in the text. */
  'slow-work-under-lock': { lock: LockFacts; holder: string; at: string; taken: string; does: SlowWork; waiters: number; sure: boolean };
  'blocks-other-threads': { thread: string; lock: LockFacts; at: string; waiters: number };
  'task-waits-in-user-code': HiddenWaitFacts;
  /** `checkpoint`: it is the lock under which a source of the old kind emits and a checkpoint is taken; `slow`: what the holder is at. */
  'task-waits-for-lock': {
    thread: string;
    threads: number;
    lock: LockFacts;
    holder: string;
    at: string;
    does: Doing | null;
    checkpoint: boolean;
    slow: SlowWork | null;
  };
  /** `at`: in the user's code; `inside`: the frame of a map. `spent`: so much of the first thread's life it was on a core; null: the dump does not say. */
  'task-computes-all-along': {
    thread: string;
    task: string;
    threads: number;
    calm: number;
    at: string;
    inside: string | null;
    loop: Loop | null;
    depth: number;
    spent: { percent: number; seconds: number } | null;
  };
  'task-is-being-cancelled': {
    thread: string;
    at: string | null;
    interrupted: boolean;
    helpers: string[];
    /** Null: it is not seen to wait, or in Flink's own code. */
    for: WaitsFor | null;
    enders: EnderFacts[];
  };
  'network-buffers-starved': { threads: number; first: string };
  'pool-may-wait-for-itself': {
    pool: string;
    /** Where most of them wait, of so many places. */
    at: string;
    places: number;
    threads: number;
    for: WaitsFor;
    /** What waits for the pool in its turn, where nobody else could do what its threads wait for. */
    starved: StarvedFacts[];
    /** Inside what a future calls when it is complete, else inside a task of an executor. */
    callback: boolean;
  };
  'resource-pool-exhausted': { threads: number; at: string; for: WaitsFor; first: string; pool: ConnectionFacts | null };
  /** `asked`: the requests were handed on by an asynchronous function; `pressed`: the tasks that wait for output buffers meanwhile. */
  'async-queue-full': {
    task: string;
    threads: number;
    parallelism: number | null;
    queue: FullQueue['of'];
    at: string;
    requests: EnderFacts;
    asked: boolean;
    pressed: string[];
  };
  'suspected-bottleneck': BottleneckFacts;
  'deadlock-section-differs-tails': { threads: string[]; tails: string[] };
  'deadlock-section-differs-not-in-stacks': { threads: string[] };
  'deadlock-section-differs-not-in-section': { threads: string[] };
}

/** Subtasks of one vertex that wait at one place. */
export type StarvedFacts = { task: string; at: string; threads: number; parallelism: number | null };

export type CycleSide = {
  thread: string;
  took: LockFacts;
  /** "BufferManager.recycle (BufferManager.java:200)". */
  tookAt: string;
  wants: LockFacts;
  wantsAt: string;
};

export type CycleFacts = {
  kind: DeadlockKind;
  certainty: Certainty;
  /** In waiting order. */
  threads: string[];
  locks: LockFacts[];
  /** Of two threads that took two locks in opposite orders: what each took and wants, and in which frames. Empty where a frame is not shown. */
  sides: CycleSide[];
  /** Threads that wait behind it. */
  victims: number;
  /** Key of the known bug that it is an instance of. */
  issue: string | null;
  evidence: Coded<EvidenceFacts>[];
  doubts: Coded<DoubtFacts>[];
};

export type IssueFacts = {
  issue: string;
  /** Of Flink, as the file tells it. */
  version: string | null;
  verdict: VersionVerdict;
  /** Release with the fix to go to from here; null: none, or the version is not known. */
  upgrade: string | null;
  threads: string[];
  /** Threads in the deadlock that has its shape; null: there is none. */
  deadlock: number | null;
  /** Outer frames that would settle it are cut off. */
  cut: boolean;
};

export type UpgradeFacts = {
  thread: string;
  at: string;
  /** Null: only the method that asks can have taken the lock before. */
  outer: string | null;
  /** The dump lists who holds such locks exclusively. */
  listed: boolean;
  /** It is a StampedLock, else a ReentrantReadWriteLock. */
  stamped: boolean;
  /** Threads that wait behind it. */
  behind: number;
};

export type LockoutFacts = {
  holder: string;
  lock: LockFacts;
  at: string;
  for: WaitsFor;
  timed: boolean;
  waiter: string;
  waiters: number;
  /** Threads held up in all. */
  total: number;
  /** Holders of other locks that wait at the same place. */
  others: number;
};

/** `threads`: those that do the same, the named one among them. */
export type EnderFacts = { thread: string; threads: number; does: Ender['does']; for: WaitsFor | null; at: string };

/** Who works with the connections of a pool; `thread` is the first of `threads`, "" where there is none. */
export type ConnectionFacts = Pick<ConnectionUse, 'pool' | 'use'> & { options: readonly string[]; thread: string; threads: number; at: string };

export type HiddenWaitFacts = {
  /** The vertex, the source of a coordinator, the endpoint of a main thread, or the thread where none of these is told. */
  task: string;
  /** Name of the first thread that waits. */
  thread: string;
  /** "JobMaster" where a main thread is known to be that of one. */
  endpoint: string | null;
  /** 'task', 'split-fetcher', 'legacy-source', 'rpc', 'source-coordinator' or 'source-enum-worker'. */
  role: string;
  threads: number;
  parallelism: number | null;
  /** Where it waits. */
  at: string;
  /** Who called the library in which it waits; null: it waits in code of its own. */
  from: string | null;
  code: HiddenWait['code'];
  for: WaitsFor;
  timed: boolean;
  phase: HiddenWait['phase'];
  enders: EnderFacts[];
  /** The call outside of the JVM that all who could end the wait stand in, or queue for: "ProfileClient.get (ProfileClient.java:63)". */
  outside: string | null;
  /** Of a wait for a connection. */
  pool: ConnectionFacts | null;
  /**
   * Of a semaphore that several threads wait for: how many, those that are not of this task, and whether further ones are at work
   * in their code, and may have its permits.
   */
  permits: { waiters: number; others: string[]; held: boolean } | null;
};

export type BottleneckFacts = {
  task: string;
  /** Subtasks of it here that are at work, and how many of those wait in user or connector code. */
  working: number;
  waiting: number;
  subtasks: number;
  /** What all of those at work stand in, and where. */
  does: Pick<HeldUp, 'does' | 'at'> | null;
  pressed: { task: string; backPressured: number; subtasks: number }[];
  /** Other vertices at work. */
  others: string[];
};

/** The places beside a finding. */
export interface RelatedFacts {
  /** `at`: the frame that wants the lock; empty where the dump does not show it. */
  'waits-for': { thread: string; lock: LockFacts; at: string };
  holds: { thread: string; lock: LockFacts; taken: string };
  'more-in-cycle': { count: number };
  'more-waiters': { count: number };
  'holder-does': { thread: string; does: Doing };
  'holds-it': { thread: string };
  'waits-here': { thread: string };
  'it-waits-here': NoFacts;
  'it-computes-here': NoFacts;
  'computes-too': { thread: string };
  'waits-too': { thread: string };
  'may-end-it': EnderFacts;
  wants: { thread: string; lock: LockFacts };
  'waits-for-result': { thread: string };
  'waits-for-pool': { thread: string };
  'has-frames-of-bug': { thread: string };
  'waits-for-buffers': { thread: string };
  /** `frame`: id in knowledge/knownFrames.ts. */
  'stands-at': { thread: string; frame: string | null; activity: ThreadActivity['activity'] };
  'task-stands-here': NoFacts;
  cancels: { thread: string };
}

export interface FixFacts {
  'show-deadlock': NoFacts;
  'show-lock': NoFacts;
  'show-thread': NoFacts;
  'explain-deadlock': NoFacts;
  'move-callback': { method: string; file: string };
}
