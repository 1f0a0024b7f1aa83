import type { ReliefCode } from '../../analysis/java/danger.ts';
import type { Cost, CostCode } from '../../analysis/java/edit/plan.ts';
import type { BlockingKind } from '../../analysis/java/jobs/blocking.ts';
import type { UnderLock } from '../../analysis/java/jobs/underLock.ts';
import type { HeldLock } from '../../analysis/java/locks.ts';
import type { Opposite } from '../../analysis/java/model.ts';
import { list, plural } from '../../wording.ts';

/** Why a call under a lock is no danger as far as the file tells; completes a sentence. */
export const RELIEFS: Record<ReliefCode, string> = {
  'event-buffer': 'the buffer is an event, whose memory belongs to no pool',
  'reference-count': 'the buffer was sliced or retained in this method, so the call only counts a reference down',
  defused: 'what the pool calls back looks whether the channel is released before it takes the lock',
  'lock-not-shared': 'nobody outside this class comes to the lock',
};

/** What an edit costs, as the title of a fix and a hover say it. */
const COSTS: Record<CostCode, (cost: Cost) => string> = {
  finally: () => 'the block can be left early, so the call stands in a finally around it',
  'block-for-method': () => 'the method locks a block instead of being synchronized itself',
  signature: ({ methods = [] }) =>
    `${methods.map((name) => `${name}()`).join(' and ')} changes its signature: other files of the package that call it must follow`,
  order: () => 'the lock no longer keeps the calls of two threads in order',
  'published-before': ({ method }) => `the block writes later what others read without the lock, and they now see it before ${method}() is called`,
  'unknown-before': ({ method }) => `a call that stands after it in the block is now made before ${method}()`,
  'written-before': ({ method }) => `what the block changes later is changed before ${method}() is called, which may look at it`,
  'comes-back': ({ method }) => `${method}() may come back into this object, and then finds it as the end of the block left it`,
  'exception-late': ({ method }) => `an exception of ${method}() comes after the rest of the block has been done`,
  'shared-argument': ({ method }) => `${method}() is handed something that others may change once the lock is released`,
  'signals-first': ({ method }) => `who waits for the lock is woken up before ${method}() is called`,
  'asked-under-lock': ({ method }) => `another place asks under the lock for what ${method}() does, and may be too early now`,
  'local-remedy': () =>
    'a local remedy: the call stays under the lock, but two channels no longer hand buffers to each other, because one that waits gives none away; a waiting channel may hold a buffer more than it needs for a while',
};

/** Null when an edit costs nothing. */
export function costWords(costs: readonly Cost[]): string | null {
  return costs.length === 0 ? null : costs.map((cost) => COSTS[cost.code](cost)).join('; ');
}

export function lockWords(lock: HeldLock): string {
  if (lock.kind === 'lock') return `the lock ${lock.lock}`;
  return lock.kind === 'synchronized-method' ? 'the monitor of its own object' : `the monitor of ${lock.lock}`;
}

/** What a blocking call does; completes "x() …". */
export const BLOCKING: Record<BlockingKind, string> = {
  sleep: 'sleeps',
  future: 'waits for a future',
  thread: 'waits for the end of a thread',
  latch: 'waits for other threads',
  termination: 'waits for the end of an executor',
  queue: 'waits for room or for an element in a queue',
  http: 'waits for the answer of a web service',
  jdbc: 'waits for the answer of a database',
};

const through = (names: readonly string[]): string => (names.length === 0 ? '' : ` (through ${names.map((name) => `${name}()`).join(', ')})`);

export function blockingInFunctionWords(facts: { waits: BlockingKind; method: string; base: string; through: readonly string[] }): string {
  const better = facts.base.includes('Async')
    ? 'asyncInvoke() is to start the request and return'
    : facts.waits === 'sleep'
      ? 'a timer does not hold the task up'
      : 'async I/O does not hold the task up';
  return `${facts.method}() of a ${facts.base} ${BLOCKING[facts.waits]}${through(facts.through)}: the task does nothing else meanwhile, not even checkpoints; ${better}.`;
}

const WHY: Record<string, string> = {
  'same-executor': 'a task of this executor needs the same lock, so neither ever goes on',
  'other-side': 'another thread of this class needs the same lock',
  'checkpoint-lock': 'it is the checkpoint lock, so that neither records nor checkpoints get through meanwhile',
  retry: 'it sleeps again and again, and whoever needs the lock waits as long',
  plain: 'whoever needs the lock waits as long',
};

export function waitingUnderLockWords(
  facts: { waits: BlockingKind; method: string; through: readonly string[]; why: string },
  lock: HeldLock,
): string {
  return `${facts.method}() ${BLOCKING[facts.waits]} while ${lockWords(lock)} is held${through(facts.through)}: ${WHY[facts.why]}.`;
}

export function interruptDroppedWords({ why, inFunction }: { why: string; inFunction: boolean }): string {
  const effect =
    why === 'loop'
      ? 'the loop goes on when the task is cancelled'
      : why === 'record'
        ? 'the function goes on with the next record when the task is cancelled'
        : 'whoever interrupted the thread is not heard';
  return `The interrupt is caught and dropped: ${effect}${inFunction && why !== 'plain' ? ', and after 180 s the TaskManager is killed' : ''}.`;
}

export const fieldWords = ({ field, type, base }: { field: string; type: string; base: string }): string =>
  `${field} is a ${type}, which cannot be serialized, and has its value before this ${base} is shipped: the job cannot be submitted.`;

export const sharedStaticWords = ({ field, base }: { field: string; base: string }): string =>
  `Every record changes the static field ${field} of this ${base}: the subtasks of a TaskManager share it without a lock, and no checkpoint has it.`;

export const unclosedWords = ({ field, type, closing }: { field: string; type: string; closing: string }): string =>
  `open() makes ${field} (${type}), and nothing calls ${closing}() on it: every restart of the task leaves one behind.`;

export const completesWords = ({ method }: { method: string }, { lock, isOpen }: UnderLock): string =>
  `${method}() runs what hangs on the future here, while ${lockWords(lock)} is held${isOpen ? '; the future is handed out, so that is code of others' : ''}.`;

export const closesWords = ({ method, type }: { method: string; type: string }, { lock }: UnderLock): string =>
  `${method}() of ${type} is called while ${lockWords(lock)} is held: it may wait for threads that need the lock.`;

export const staticWaitWords = ({ method }: { method: string }): string =>
  `${method}() in a static initialiser waits for other threads, and these wait for the class to be initialised.`;

export const missingUidWords = ({ operators, count }: { operators: readonly string[]; count: number }): string =>
  `${plural(count, 'operator')} with state ${count === 1 ? 'has' : 'have'} no uid (${list([...new Set(operators)])}): after a change of the job a savepoint may no longer fit.`;

const ways = (steps: readonly string[]): string => (steps.length > 3 ? `${steps[0]} … ${steps.at(-1)}` : steps.join(', '));

export function oppositeWords(facts: { method: string; lock: string; taken: string; way: readonly string[]; back: readonly string[] }): string {
  const other = facts.back.length === 0 ? 'the same code on another object goes the other way' : `the other way round in ${ways(facts.back)}`;
  return `${facts.method}() under ${facts.lock} takes ${facts.taken} (${ways(facts.way)}), and ${other}: two threads may wait for each other for ever.`;
}

export const comesBackWords = ({ method, lock, callback, way }: { method: string; lock: string; callback: string; way: readonly string[] }): string =>
  `${method}() under ${lock} at once calls ${callback}() back on this class (${ways(way)}), which goes on to take other locks.`;

/** What is known about the other side of a callback. */
export function orderWords(opposite: Opposite | null, absent: boolean): string {
  if (opposite !== null && opposite.back.length > 0)
    return `The opposite order: ${ways(opposite.back.map(({ method }) => method))}. Whether the same two objects meet is not in the source.`;
  if (opposite !== null) return 'The same code runs on another object in the opposite order. Whether two of them meet is not in the source.';
  if (absent) return 'The sources beside this file take the locks in no opposite order.';
  return 'Whether another thread takes the locks in the opposite order does not show in one file.';
}
