import type { Frame, LockAction, Thread } from '../../threaddump/model.ts';
import { quoted } from '../../wording.ts';
import { lockName } from './deadlocks.ts';
import type { Lock, Party, WaitGraph } from './waits/model.ts';

/** What rules and features say about threads, locks and frames, in one wording. */

/** Virtual threads have no name unless they are given one; then the id has to do. */
export function displayName({ name, thread }: Pick<Party, 'name' | 'thread'>): string {
  return name === '' && thread?.id != null ? `#${thread.id}` : name;
}

export function nameOf(graph: WaitGraph, party: number, limit?: number): string {
  const known = graph.parties[party];
  return quoted(known === undefined ? '?' : displayName(known), limit);
}

/** "monitor 0x00000007296dfa90 (AvailableBufferQueue)": the id as in the text, the class without its package. */
export function shortLock(lock: Lock): string {
  const { className } = lock.ref;
  return className === null
    ? lockName(lock)
    : lockName({ ...lock, ref: { key: lock.ref.key.replace(className, simpleName(className)), className: simpleName(className) } });
}

const PRIMITIVES: Record<string, string> = { B: 'byte', C: 'char', D: 'double', F: 'float', I: 'int', J: 'long', S: 'short', Z: 'boolean' };

/** The class without its package; nested classes keep their outer name, and `[[Ljava.lang.String;` is String[][]. */
export function simpleName(className: string): string {
  const array = /^(\[+)(?:L([^;]+);|([BCDFIJSZ]))$/.exec(className);
  if (array !== null) {
    const element = array[2] === undefined ? (PRIMITIVES[array[3] as string] as string) : simpleName(array[2]);
    return element + '[]'.repeat((array[1] as string).length);
  }
  return className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('/')) + 1);
}

/** "BufferManager.recycle (BufferManager.java:200)". */
export function frameName(frame: Frame): string {
  const place = frame.native ? 'native' : frame.file === null ? '' : frame.line === null ? frame.file : `${frame.file}:${frame.line}`;
  return `${simpleName(frame.className)}.${frame.method}${place === '' ? '' : ` (${place})`}`;
}

const JDK = /^(?:java|javax|jdk|sun|com[./]sun)[./]/;

export function isJdk(frame: Frame): boolean {
  return JDK.test(frame.className);
}

/** The innermost frame that is not the JDK's own, else the innermost. */
export function tellingFrame(thread: Thread): Frame | undefined {
  return thread.frames.find((frame) => !isJdk(frame)) ?? thread.frames[0];
}

/** The frame that a lock line belongs to: lock lines are printed after their frame. */
export function frameOf(thread: Thread, action: LockAction): Frame | undefined {
  const { frames } = thread;
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined) return undefined;
  let found: Frame | undefined;
  if (first.span.start <= last.span.start) {
    for (const frame of frames) {
      if (frame.span.start > action.span.start) break;
      found = frame;
    }
    return found;
  }
  // The lines of the file stand in reverse (newest first, as some log viewers export them).
  for (const frame of frames) {
    if (frame.span.start < action.span.start) break;
    found = frame;
  }
  return found;
}

/** What a thread does, in plain words. */
export function doing(graph: WaitGraph, party: Party): string {
  const { thread } = party;
  if (thread === null) return 'is only named; the dump has no stack of it';
  const wait = graph.waits.get(party.index);
  if (wait !== undefined) return `waits for ${shortLock(wait.lock)}${wait.timed ? ', with a timeout' : ''}`;
  const signal = graph.signals.get(party.index);
  if (signal !== undefined) return signalWords(thread, signal.lock);
  const top = thread.frames[0];
  if (top?.method === 'sleep' || top?.method.startsWith('sleepNanos') === true || thread.stateDetail?.includes('sleeping') === true) return 'sleeps';
  switch (thread.state) {
    case null:
      return 'is in a state that the dump does not say';
    case 'BLOCKED':
      return 'is blocked at a monitor that the dump does not name';
    case 'RUNNABLE':
      return waitsForInput(thread) ? 'waits for input or output in native code (RUNNABLE as Java counts it)' : 'runs, or could run';
    case 'NEW':
      return 'has not been started';
    case 'TERMINATED':
      return 'has ended';
    default:
      return thread.state === 'TIMED_WAITING' ? 'waits, with a timeout' : 'waits';
  }
}

function signalWords(thread: Thread, lock: Lock | null): string {
  const timed = thread.state === 'TIMED_WAITING' ? ', with a timeout' : '';
  if (lock === null) return `waits to be notified (Object.wait)${timed}`;
  const simple = simpleName(lock.ref.className ?? lock.ref.key);
  if (lock.kind === 'monitor') return `waits to be notified on ${lock.ref.key} (Object.wait; it has given the monitor up)${timed}`;
  if (simple.endsWith('ConditionObject')) return `waits for a condition to be signalled${timed}`;
  if (/CompletableFuture/.test(simple)) return `waits for a future to complete${timed}`;
  if (/CountDownLatch/.test(simple)) return `waits for a count-down latch${timed}`;
  if (/Semaphore/.test(simple)) return `waits for a permit of a semaphore${timed}`;
  return `is parked on ${simple}${timed}`;
}

const IO = /^(?:epollWait|poll0?|read0|socketRead0|accept0|socketAccept|readBytes|wait0|select0|waitForProcessExit0|receive0|writeBytes|write0)$/;

function waitsForInput(thread: Thread): boolean {
  const top = thread.frames[0];
  return top?.native === true && IO.test(top.method);
}
