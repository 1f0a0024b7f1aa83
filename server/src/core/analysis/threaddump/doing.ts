import type { Thread } from '../../threaddump/model.ts';
import type { Coded, NoFacts } from '../../wording.ts';
import { type LockFacts, lockFacts } from './deadlockModel.ts';
import { simpleName } from './names.ts';
import type { GraphThread, Lock, WaitGraph } from './waits/model.ts';

/** What a thread does. `timed`: it waits with a timeout. */
export interface DoingFacts {
  /** The dump has no stack of it. */
  'only-named': NoFacts;
  'waits-for-lock': { lock: LockFacts; timed: boolean };
  /** Object.wait on an object that the dump does not name. */
  'waits-for-notify': { timed: boolean };
  'waits-for-notify-on': { key: string; timed: boolean };
  'waits-for-condition': { timed: boolean };
  'waits-for-future': { timed: boolean };
  'waits-for-latch': { timed: boolean };
  'waits-for-permit': { timed: boolean };
  'parked-on': { className: string; timed: boolean };
  sleeps: NoFacts;
  'state-not-printed': NoFacts;
  'blocked-at-unnamed-monitor': NoFacts;
  /** RUNNABLE as Java counts it. */
  'waits-for-input': NoFacts;
  runs: NoFacts;
  'not-started': NoFacts;
  ended: NoFacts;
  waits: { timed: boolean };
}

export type Doing = Coded<DoingFacts>;

export function doingOf(graph: WaitGraph, { thread, index }: GraphThread): Doing {
  if (thread === null) return { code: 'only-named', facts: {} };
  const wait = graph.waits.get(index);
  if (wait !== undefined) return { code: 'waits-for-lock', facts: { lock: lockFacts(wait.lock), timed: wait.timed } };
  const signal = graph.signals.get(index);
  if (signal !== undefined) return signalOf(signal.lock, thread.state === 'TIMED_WAITING');
  const top = thread.frames[0];
  if (top?.method === 'sleep' || top?.method.startsWith('sleepNanos') === true || thread.stateDetail?.includes('sleeping') === true) {
    return { code: 'sleeps', facts: {} };
  }
  switch (thread.state) {
    case null:
      return { code: 'state-not-printed', facts: {} };
    case 'BLOCKED':
      return { code: 'blocked-at-unnamed-monitor', facts: {} };
    case 'RUNNABLE':
      return { code: waitsForInput(thread) ? 'waits-for-input' : 'runs', facts: {} };
    case 'NEW':
      return { code: 'not-started', facts: {} };
    case 'TERMINATED':
      return { code: 'ended', facts: {} };
    default:
      return { code: 'waits', facts: { timed: thread.state === 'TIMED_WAITING' } };
  }
}

function signalOf(lock: Lock | null, timed: boolean): Doing {
  if (lock === null) return { code: 'waits-for-notify', facts: { timed } };
  const className = simpleName(lock.ref.className ?? lock.ref.key);
  if (lock.kind === 'monitor') return { code: 'waits-for-notify-on', facts: { key: lock.ref.key, timed } };
  if (className.endsWith('ConditionObject')) return { code: 'waits-for-condition', facts: { timed } };
  if (/CompletableFuture/.test(className)) return { code: 'waits-for-future', facts: { timed } };
  if (/CountDownLatch/.test(className)) return { code: 'waits-for-latch', facts: { timed } };
  if (/Semaphore/.test(className)) return { code: 'waits-for-permit', facts: { timed } };
  return { code: 'parked-on', facts: { className, timed } };
}

const IO = /^(?:epollWait|poll0?|read0|socketRead0|accept0|socketAccept|readBytes|wait0|select0|waitForProcessExit0|receive0|writeBytes|write0)$/;

function waitsForInput(thread: Thread): boolean {
  const top = thread.frames[0];
  return top?.native === true && IO.test(top.method);
}
