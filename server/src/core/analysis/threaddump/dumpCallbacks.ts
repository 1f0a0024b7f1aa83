import type { Frame } from '../../threaddump/model.ts';
import { callbackFrame, type DumpCallback } from '../java/callbackFrame.ts';
import type { Deadlock } from './deadlockModel.ts';
import type { AnalysedDump } from './model.ts';
import { frameOf } from './names.ts';
import { lockOf, type Wait, type WaitGraph } from './waits/model.ts';

/** A callback that a member of a deadlock makes while it holds the lock that another member waits for. */
export interface CallbackUnderLock {
  callback: DumpCallback;
  /** The frame that took the lock. */
  holder: Frame;
}

/** The calls to move out of their locks, each once, in waiting order. */
export function callbacksOf(graph: WaitGraph, deadlock: Deadlock): CallbackUnderLock[] {
  const found = new Map<string, CallbackUnderLock>();
  for (const wait of deadlock.waits) {
    const under = callbackOf(graph, wait);
    if (under === null) continue;
    const { frame, entry } = under.callback;
    const key = `${frame.className}.${frame.method}:${frame.line} ${entry.method}`;
    if (!found.has(key)) found.set(key, under);
  }
  return [...found.values()];
}

/** What the holder of the lock that is waited for calls meanwhile. */
function callbackOf(graph: WaitGraph, wait: Wait): CallbackUnderLock | null {
  const thread = wait.owner === null ? null : (graph.threads[wait.owner]?.thread ?? null);
  if (thread === null) return null;
  const taken = thread.locks.find((action) => action.kind === 'locked' && lockOf(graph, action) === wait.lock);
  const frame = taken === undefined ? undefined : frameOf(thread, taken);
  if (frame === undefined) return null;
  const callback = callbackFrame(thread.frames, thread.frames.indexOf(frame));
  return callback === null ? null : { callback, holder: frame };
}

/** Names one of {@link callbacksOf} of a deadlock, stable as long as the text is. */
export function callbackId(dump: number, deadlock: Deadlock, n: number): string {
  return `${dump}.${deadlock.threads[0]}.${n}`;
}

/** All of a file with their ids, in the order of its deadlocks. */
export function allCallbacks(dumps: readonly AnalysedDump[]): (CallbackUnderLock & { id: string })[] {
  return dumps.flatMap(({ waits, deadlocks }, dump) =>
    deadlocks.flatMap((deadlock) => callbacksOf(waits, deadlock).map((under, n) => ({ ...under, id: callbackId(dump, deadlock, n) }))),
  );
}
