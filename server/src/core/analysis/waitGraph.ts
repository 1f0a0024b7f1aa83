import type { LockAction, LockRef, Thread } from '../threaddump/model.ts';

/** Who waits for which lock and who holds it, for one dump. */
export interface WaitGraph {
  locks: Map<string, Lock>;
  /** By thread index; at most one wait a thread. */
  waits: Map<number, Wait>;
}

export interface Lock {
  ref: LockRef;
  kind: 'monitor' | 'ownable' | 'class-init' | 'read-lock' | 'other';
  /** Thread indices; more than one only where the dump contradicts itself or the lock is shared. */
  holders: Hold[];
  /** Threads that want the lock (blocked, re-locking, parked on an ownable synchronizer). */
  waiters: number[];
  /** Threads in Object.wait() or on a condition: they own nothing and wait for a signal. */
  inWait: number[];
}

export interface Hold {
  thread: number;
  /** How it is known. */
  evidence: 'locked-line' | 'synchronizer-list' | 'owned-by' | 'jvm-section' | 'class-initialiser';
  action: LockAction | null;
}

export interface Wait {
  thread: Thread;
  lock: Lock;
  action: LockAction;
}
