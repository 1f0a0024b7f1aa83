import type { Span } from '../../../../../../common/span.ts';
import type { SectionEntry } from '../../../threaddump/model.ts';
import { addHold, lockFor } from './locks.ts';
import type { Lock, SectionCycle, WaitGraph } from './model.ts';
import type { Names } from './names.ts';

/**
 * Adds what only the JVM's own deadlock section knows: the owners of java.util.concurrent locks in a dump without `-l`,
 * and whole deadlocks where the stacks are missing. HotSpot: DeadlockCycle::print_on_with (threadService.cpp).
 */
export function addSection(graph: WaitGraph, names: Names, text: string): void {
  for (const entries of graph.dump.section?.cycles ?? []) {
    if (entries.length > 0) graph.section.push(resolveCycle(graph, names, text, entries));
  }
}

interface Resolved {
  entry: SectionEntry;
  threadIndex: number;
  lock: Lock | null;
  next: number | null;
}

function resolveCycle(graph: WaitGraph, names: Names, text: string, entries: readonly SectionEntry[]): SectionCycle {
  const resolved: Resolved[] = [];
  const byName = new Map<string, Resolved[]>();
  const taken = new Set<number>();
  for (const entry of entries) {
    const threadIndex = threadOf(graph, names, entry, taken);
    taken.add(threadIndex);
    const one: Resolved = { entry, threadIndex, lock: lockOfEntry(graph, entry, threadIndex), next: null };
    resolved.push(one);
    const same = byName.get(entry.thread);
    if (same === undefined) byName.set(entry.thread, [one]);
    else same.push(one);
  }
  for (let index = 0; index < resolved.length; index++) {
    const one = resolved[index] as Resolved;
    one.next = holderOfEntry(graph, names, one, byName, resolved[index + 1] ?? resolved[0]);
    if (one.lock !== null) addEntry(graph, one, text);
  }
  return exactCycle(resolved, entries);
}

/** The thread of an entry. Of several with the name, the one whose stack shows the wait. */
function threadOf(graph: WaitGraph, names: Names, entry: SectionEntry, taken: ReadonlySet<number>): number {
  const same = names.named(entry.thread);
  if (same.length === 0) return names.missing(entry.thread, entry.span);
  if (same.length === 1) return same[0] as number;
  const key = entry.lock?.key;
  const free = same.filter((threadIndex) => !taken.has(threadIndex));
  const waiting = free.find((threadIndex) => key !== undefined && graph.waits.get(threadIndex)?.lock.ref.key === key);
  const parked = free.find((threadIndex) => graph.threads[threadIndex]?.thread?.locks.some((action) => action.lock?.key === key));
  return waiting ?? parked ?? free[0] ?? (same[0] as number);
}

function lockOfEntry(graph: WaitGraph, entry: SectionEntry, threadIndex: number): Lock | null {
  const wait = graph.waits.get(threadIndex);
  if (entry.lock === null) return wait?.lock ?? null;
  if (wait?.lock.ref.key === entry.lock.key) return wait.lock;
  return lockFor(graph, entry.lock.key, entry.lock, entry.kind === 'ownable' ? 'ownable' : 'monitor');
}

function holderOfEntry(
  graph: WaitGraph,
  names: Names,
  { entry, lock }: Resolved,
  byName: ReadonlyMap<string, Resolved[]>,
  following: Resolved | undefined,
): number | null {
  if (entry.heldBy === null) return null;
  // The section is a walk along the waits, so the holder is as a rule the next entry.
  if (following?.entry.thread === entry.heldBy) return following.threadIndex;
  const listed = byName.get(entry.heldBy);
  if (listed !== undefined) return (listed[0] as Resolved).threadIndex;
  const same = names.named(entry.heldBy);
  if (same.length === 0) return names.missing(entry.heldBy, entry.span);
  if (same.length === 1) return same[0] as number;
  return lock === null ? null : names.holding(same, graph.locks.has(lock.id) ? lock.id : lock.ref.key);
}

function addEntry(graph: WaitGraph, { entry, threadIndex, lock, next }: Resolved, text: string): void {
  if (lock === null) return;
  // An owner that the thread's own line names is never overruled: it is the same JVM's word, and about this very wait.
  if (next !== null) addHold(lock, { threadIndex: next, evidence: 'jvm-section', place: null });
  const wait = graph.waits.get(threadIndex);
  if (wait === undefined) {
    graph.signals.delete(threadIndex);
    lock.inWait = lock.inWait.filter((other) => other !== threadIndex);
    lock.waiters.push(threadIndex);
    const action = graph.threads[threadIndex]?.thread?.locks.find((line) => line.lock?.key === lock.ref.key && line.kind !== 'locked') ?? null;
    graph.waits.set(threadIndex, {
      threadIndex,
      lock,
      action,
      place: action ?? { span: entry.span, lockSpan: lockSpan(entry, text) },
      owner: next,
      ownerEvidence: next === null ? null : 'jvm-section',
      inferred: null,
      timed: false,
    });
  } else if (wait.lock === lock && wait.owner === null && next !== null) {
    wait.owner = next;
    wait.ownerEvidence = 'jvm-section';
  }
  if (entry.kind === 'ownable' && (lock.kind === 'other' || lock.kind === 'read-lock')) lock.kind = 'ownable';
}

/** The lock's id within its entry. */
export function lockSpan(entry: SectionEntry, text: string): Span {
  const key = entry.lock?.key;
  if (key === undefined) return entry.span;
  // The key is normalised; in the text it may lack zeros or have another case, then the whole entry stands for it.
  const at = text.slice(entry.span.start, entry.span.end).indexOf(key);
  return at === -1 ? entry.span : { start: entry.span.start + at, end: entry.span.start + at + key.length };
}

/** The section lists the whole walk, also the threads before it enters the cycle (apache/dolphinscheduler#7448). */
function exactCycle(resolved: readonly Resolved[], entries: readonly SectionEntry[]): SectionCycle {
  const span = { start: (entries[0] as SectionEntry).span.start, end: (entries.at(-1) as SectionEntry).span.end };
  const byThread = new Map(resolved.map((one) => [one.threadIndex, one]));
  const order = new Map<number, number>();
  const walk: Resolved[] = [];
  let at: Resolved | undefined = resolved[0];
  while (at !== undefined && !order.has(at.threadIndex)) {
    order.set(at.threadIndex, walk.length);
    walk.push(at);
    at = at.next === null ? undefined : byThread.get(at.next);
  }
  const cycle = at === undefined ? [] : walk.slice(order.get(at.threadIndex));
  const inside = new Set(cycle.map((one) => one.threadIndex));
  return {
    members: cycle.map((one) => one.threadIndex),
    locks: cycle.map((one) => one.lock),
    entries: cycle.map((one) => one.entry),
    tails: resolved.filter((one) => !inside.has(one.threadIndex)).map((one) => one.threadIndex),
    span,
  };
}
