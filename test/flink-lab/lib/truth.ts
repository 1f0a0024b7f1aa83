/** What a recording is held to: how the job was built, and what Flink's own answers say of it. */
import type { Exceptions } from './rest.ts';

export interface FirstFailure {
  /** Class of the exception. */
  exception: string;
  task: string | null;
  /** "1/2" */
  subtask: string | null;
}

export interface Deadlock {
  kind: 'monitor' | 'class-init';
  certainty?: 'proved';
  threads: string[];
  locks?: (string | undefined)[];
  [more: string]: unknown;
}

/** A thread that waits, by its name as in jstack. */
export interface Stuck {
  thread: string;
  /** The topmost one of user code. */
  frame: string;
  waitsFor: string;
}

/** `expected` of recording.json: what a correct tool must find. Scenarios add what is theirs alone. */
export interface Truth {
  flinkVersion?: string;
  /** Id of the job. */
  job?: string;
  deadlocks?: Deadlock[];
  waits?: { waiter: string; holder: string; lock: string | undefined; lockClass: string }[];
  loops?: Loop[];
  knownIssue?: string | null;
  memoryPool?: string;
  /** Names of vertices. */
  backpressured?: string[];
  firstFailure?: FirstFailure | null;
  /** Classes of exceptions, from the outermost to the root. */
  chain?: string[];
  attempts?: number;
  /** Threads that wait for something that is no lock cycle, each at its topmost frame of user code. */
  stuck?: Stuck[];
  /** The process that has them; the TaskManager where it is not said. */
  stuckIn?: 'jobmanager';
  stuckTask?: { task: string; subtask: string; frame: string };
  checkpoints?: { failed: number; reason: string };
  unalignedCheckpoints?: boolean;
  [more: string]: unknown;
}

/** Names as in the job; levels count from 1 inwards. */
export interface Loop {
  level: number;
  body: string[];
  exits: string[];
}

/** What failed first, and its chain of causes. */
export interface Failure {
  firstFailure: FirstFailure;
  chain: string[];
}

/**
 * The earliest failure of a task that Flink names: in the history, or among the failures that came along with an entry
 * (the entry itself may only say that there is no restart). Without a task it is the oldest entry.
 */
export function oldestFailure(exceptions: Exceptions): Failure {
  const entries = exceptions.exceptionHistory?.entries ?? [];
  const all = entries.flatMap((entry) => [entry, ...(entry.concurrentExceptions ?? [])]).sort((a, b) => a.timestamp - b.timestamp);
  const oldest = all.find((entry) => entry.taskName) ?? all[0];
  if (oldest === undefined) throw new Error('Flink names no failure.');
  const names = /^(.*) \((\d+\/\d+)\)/.exec(oldest.taskName ?? '');
  return {
    firstFailure: { exception: oldest.exceptionName, task: names?.[1] ?? null, subtask: names?.[2] ?? null },
    chain: causes(oldest.stacktrace),
  };
}

/** A chain of causes as in a stack trace: class names from the outermost to the root. */
function causes(stackTrace: string): string[] {
  return [...stackTrace.matchAll(/^(?:Caused by: )?((?:[a-z_][\w$]*\.)+[A-Z][\w$]*)(?::|$)/gm)].map((match) => match[1] as string);
}
