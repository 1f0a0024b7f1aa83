import { activitiesOf } from './activity.ts';
import { isFlinkCore } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { once } from './once.ts';
import { type WaitPoint, waitPoint } from './waitPoint.ts';
import type { GraphThread, Lock } from './waits/model.ts';

/** The holder of a wanted lock waits for something that is not a lock: whoever wants the lock may be the one who is to end that wait. */
export interface Lockout {
  lock: Lock;
  holder: GraphThread;
  wait: WaitPoint;
  /** Threads that want the lock, the first of them first. */
  waiters: GraphThread[];
  /** Threads held up in all. */
  total: number;
}

const NOTHING_ELSE: ReadonlySet<string> = new Set(['lock', 'socket', 'http', 'sleep', 'process']);
/** What Flink itself waits for under a lock, as a source of the old kind does under the checkpoint lock. */
const HARMLESS: ReadonlySet<string> = new Set(['idle', 'back-pressured', 'undecidable']);

/** Locks outside of deadlocks whose holder waits, the one that holds up most first. */
export const lockoutsOf = once(
  ({ waits }: AnalysedDump) => waits,
  (analysed) => (analysed.contention.length === 0 ? [] : search(analysed)),
);

function search(analysed: AnalysedDump): readonly Lockout[] {
  const { waits: graph, contention } = analysed;
  const found: Lockout[] = [];
  for (const { lock, total, root, deadlock } of contention) {
    if (deadlock !== null || root === null || graph.waits.get(lock.waiters[0] ?? -1)?.owner !== root) continue;
    const holder = graph.threads[root];
    const wait = holder?.thread == null ? null : waitPoint(holder.thread);
    if (holder === undefined || wait === null || NOTHING_ELSE.has(wait.for) || ownWait(analysed, root, wait)) continue;
    found.push({ lock, holder, wait, total, waiters: lock.waiters.flatMap((threadIndex) => graph.threads[threadIndex] ?? []) });
  }
  return found;
}

function ownWait(analysed: AnalysedDump, holder: number, { caller }: WaitPoint): boolean {
  const activity = activitiesOf(analysed)[holder]?.activity;
  return (activity !== undefined && HARMLESS.has(activity)) || (isFlinkCore(caller) && activity !== 'unknown' && activity !== 'waiting');
}
