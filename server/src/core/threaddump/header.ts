import type { Dialect, LockRef, OwnerRef, ThreadState } from './model.ts';

/** What the first line of a thread's block says. Offsets are of the text at hand. */
export interface Header {
  dialect: Dialect;
  nameStart: number;
  nameEnd: number;
  id: number | null;
  nid: string | null;
  /** What tells two threads of the same name apart within a dump. */
  key: string | null;
  daemon: boolean;
  virtual: boolean;
  cpuMs: number | null;
  elapsedMs: number | null;
  state: ThreadState | null;
  /** The words after the attributes: "waiting for monitor entry", "alive, in native". */
  words: string | null;
  /** Owner that the header names without a lock (Geode). */
  owner: OwnerRef | null;
  /** The lock that the header names (ThreadInfo). */
  lock: { ref: LockRef; start: number; end: number; owner: OwnerRef | null } | null;
}

export const STATES: ReadonlySet<string> = new Set(['NEW', 'RUNNABLE', 'BLOCKED', 'WAITING', 'TIMED_WAITING', 'TERMINATED']);

export function newHeader(dialect: Dialect, nameStart: number, nameEnd: number): Header {
  return {
    dialect,
    nameStart,
    nameEnd,
    id: null,
    nid: null,
    key: null,
    daemon: false,
    virtual: false,
    cpuMs: null,
    elapsedMs: null,
    state: null,
    words: null,
    owner: null,
    lock: null,
  };
}
