import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import type { Lock } from '../../analysis/threaddump/waits/model.ts';
import { groupNode, lockNode, threadNode } from '../../nodeIds/lockWait.ts';
import { GRAPH } from './lockWaitWords.ts';

/** More locks than this make a drawing that nobody can read; the ones that hold up most threads are kept. */
const MAX_LOCKS = 150;
/** Waiters of one lock that are drawn as themselves; the rest is one node. */
const MAX_WAITERS = 4;

export interface Selection {
  locks: Lock[];
  /** For each lock, the waiters that are drawn, and those that the aggregate stands for. */
  waiters: Map<Lock, { shown: number[]; grouped: number[] }>;
  notes: string[];
}

/** Sort, then aggregate, before anything is laid out. */
export function selectLocks(analysed: AnalysedDump, dumpIndex: number, focus?: string): Selection {
  const { waits: graph, deadlocks, contention } = analysed;
  const inCycle = new Set(deadlocks.flatMap((one) => one.threads));
  const cycleLocks = new Set(deadlocks.flatMap((one) => one.locks));
  const ranked = contention.map((entry) => entry.lock);
  const contended = new Set(ranked);
  for (const lock of cycleLocks) if (!contended.has(lock)) ranked.unshift(lock);
  const focused = focusedLocks(analysed, dumpIndex, focus);
  const first = ranked.filter((lock) => cycleLocks.has(lock) || focused.has(lock));
  const rest = ranked.filter((lock) => !cycleLocks.has(lock) && !focused.has(lock));
  const locks = [...first, ...rest].slice(0, MAX_LOCKS);

  /** Threads that hold a lock that is drawn have to be drawn themselves. */
  const holders = new Set<number>();
  for (const lock of locks) {
    for (const threadIndex of lock.waiters) {
      const owner = graph.waits.get(threadIndex)?.owner;
      if (owner != null) holders.add(owner);
    }
  }
  const waiters: Selection['waiters'] = new Map();
  let grouped = 0;
  for (const lock of locks) {
    const important = lock.waiters.filter(
      (threadIndex) => inCycle.has(threadIndex) || holders.has(threadIndex) || threadNode(dumpIndex, threadIndex) === focus,
    );
    const seen = new Set(important);
    const leaves = lock.waiters.filter((threadIndex) => !seen.has(threadIndex));
    const own = leaves.length > MAX_WAITERS ? leaves.slice(0, MAX_WAITERS - 1) : leaves;
    const others = leaves.slice(own.length);
    grouped += others.length;
    waiters.set(lock, { shown: [...important, ...own], grouped: others });
  }
  const notes: string[] = [];
  if (ranked.length > locks.length) notes.push(GRAPH['locks-left-out']({ shown: locks.length, left: ranked.length - locks.length }));
  if (grouped > 0) notes.push(GRAPH['waiters-grouped']({ count: grouped }));
  return { locks, waiters, notes };
}

/** The locks that the focused node touches, so that it is drawn whatever its rank. */
function focusedLocks({ waits: graph, contention }: AnalysedDump, dumpIndex: number, focus: string | undefined): ReadonlySet<Lock> {
  const result = new Set<Lock>();
  if (focus === undefined) return result;
  for (const { lock } of contention) {
    if (lockNode(dumpIndex, lock.id) === focus || groupNode(dumpIndex, lock.id) === focus) result.add(lock);
    else if (lock.holds.some((hold) => threadNode(dumpIndex, hold.threadIndex) === focus)) result.add(lock);
  }
  for (const wait of graph.waits.values()) if (threadNode(dumpIndex, wait.threadIndex) === focus) result.add(wait.lock);
  return result;
}
