import type { ThreadState } from '../../threaddump/model.ts';

/** A known bug with the shape it leaves in a dump or a log. Source of every entry: the JIRA issue named by `key`. */
export interface KnownIssue {
  /** JIRA key; further keys of the same bug in `also`. */
  key: string;
  also?: string[];
  title: string;
  kind: 'deadlock' | 'contention' | 'starvation' | 'lost-notification' | 'hang' | 'livelock' | 'leak' | 'corruption' | 'overflow';
  /** Two sentences: what happens, and why. */
  cause: string;
  /** Version ranges as versions.ts reads them, "1.11.0-" while no release has the fix; empty for a bug that only ever was in development versions. */
  affected: string[];
  /** Releases with the fix, oldest first; empty while there is none. */
  fixed: string[];
  /** The first affected version was not verified, or the bug was never in a release. */
  uncertain?: string;
  precondition: string;
  workaround: string | null;
  /** Configuration that works around it, with what it costs. */
  settings?: { key: string; value: string; cost: string }[];
  signature: Signature;
  samples: Sample[];
  nearMisses: Sample[];
}

export type Signature =
  /** Every side is a different member of one deadlock. */
  | { shape: 'cycle'; lockClass?: RegExp; sides: [ThreadPattern, ThreadPattern] }
  /** The waiter waits for a lock that the holder holds. */
  | { shape: 'lock'; lockClass?: RegExp; holder: ThreadPattern; waiter: ThreadPattern }
  /** Threads that wait for the same lock. */
  | { shape: 'waiters'; lockClass?: RegExp; waiter: ThreadPattern; atLeast: number }
  /**
   * No lock cycle: every side is found on at least `atLeast` threads. `tasksIn`: every task of the dump stands there; where one does
   * something, the others may well wait for it.
   */
  | { shape: 'stacks'; sides: (ThreadPattern & { atLeast?: number })[]; tasksIn?: RegExp }
  /** Threads by the same captured name, or in all, grow in number. */
  | { shape: 'count'; name: RegExp; atLeast: number; frames?: RegExp[] }
  /** The same frame again and again on one stack. */
  | { shape: 'recursion'; frames: RegExp[]; atLeast: number }
  | LogSignature
  /** A dump shows only that nothing moves: told in the report as not excluded, and only for a known affected version. */
  | { shape: 'symptom'; symptoms: Symptom[]; toConfirm: string };

/** What a log says. */
export interface LogSignature {
  shape: 'log';
  says: Saying;
  /** How often, at least; `within`: milliseconds in which that has to be, `lasting`: over which it has to go on. */
  atLeast?: number;
  within?: number;
  lasting?: number;
  /** What refutes it when it is said later. */
  unless?: Saying;
  /** What has to be said before. */
  after?: Saying;
  /** Milliseconds for which the log goes on behind it without what refutes it. */
  during?: number;
  /** The log only does not exclude the bug; what would tell. */
  toConfirm?: string;
}

export type Saying =
  /** An event of knowledge/logEvents.ts whose fields match. */
  | { event: string; fields?: Readonly<Record<string, RegExp>> }
  /** An exception anywhere in a chain, as "Class: message". */
  | { thrown: RegExp }
  /** A switch of a subtask or of a job; `stays`: no other is printed after it. */
  | { switched: 'task' | 'job'; from?: string; to: string; stays?: true };

/** What a whole dump shows. */
export type Symptom =
  | 'sources-idle'
  | 'tasks-idle'
  | 'no-back-pressure'
  | 'back-pressure'
  | 'unaligned-checkpoints'
  | 'split-fetchers'
  | 'hybrid-shuffle-waits'
  | 'rocksdb-checkpoint';

/** What one of the threads of a bug looks like. */
export interface ThreadPattern {
  /** In this order on the stack, innermost first, other frames between them allowed; against "package.Class.method". */
  frames: RegExp[];
  /** The first of them is the innermost frame of the stack. */
  innermost?: boolean;
  name?: RegExp;
  roles?: string[];
  states?: ThreadState[];
}

/** A dump in short, which test/support/sampleDump.ts writes out; or the records of a log, each a minute after the one before. */
export type Sample = { version?: string; threads: SampleThread[] } | { version?: string; log: string | string[] };

export interface SampleThread {
  name: string;
  state: ThreadState;
  /** Innermost first, "package.Class.method". */
  frames: string[];
  /** The lock the top frame waits for: a letter and its class. */
  wants?: [id: string, className: string];
  /** Locks with the index of the frame that took them. */
  holds?: [id: string, className: string, frame: number][];
  /** How many such threads; their names get a number. */
  times?: number;
}
