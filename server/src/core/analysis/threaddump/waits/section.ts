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
  party: number;
  lock: Lock | null;
  next: number | null;
}

function resolveCycle(graph: WaitGraph, names: Names, text: string, entries: readonly SectionEntry[]): SectionCycle {
  const resolved: Resolved[] = [];
  const byName = new Map<string, Resolved[]>();
  const taken = new Set<number>();
  for (const entry of entries) {
    const party = partyOf(graph, names, entry, taken);
    taken.add(party);
    const one: Resolved = { entry, party, lock: lockOfEntry(graph, entry, party), next: null };
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
function partyOf(graph: WaitGraph, names: Names, entry: SectionEntry, taken: ReadonlySet<number>): number {
  const same = names.named(entry.thread);
  if (same.length === 0) return names.missing(entry.thread, entry.span);
  if (same.length === 1) return same[0] as number;
  const key = entry.lock?.key;
  const free = same.filter((party) => !taken.has(party));
  const waiting = free.find((party) => key !== undefined && graph.waits.get(party)?.lock.ref.key === key);
  const parked = free.find((party) => graph.parties[party]?.thread?.locks.some((action) => action.lock?.key === key));
  return waiting ?? parked ?? free[0] ?? (same[0] as number);
}

function lockOfEntry(graph: WaitGraph, entry: SectionEntry, party: number): Lock | null {
  const wait = graph.waits.get(party);
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
  if (following?.entry.thread === entry.heldBy) return following.party;
  const listed = byName.get(entry.heldBy);
  if (listed !== undefined) return (listed[0] as Resolved).party;
  const same = names.named(entry.heldBy);
  if (same.length === 0) return names.missing(entry.heldBy, entry.span);
  if (same.length === 1) return same[0] as number;
  return lock === null ? null : names.holding(same, graph.locks.has(lock.id) ? lock.id : lock.ref.key);
}

function addEntry(graph: WaitGraph, { entry, party, lock, next }: Resolved, text: string): void {
  if (lock === null) return;
  // An owner that the thread's own line names is never overruled: it is the same JVM's word, and about this very wait.
  if (next !== null) addHold(lock, { party: next, evidence: 'jvm-section', place: null });
  const wait = graph.waits.get(party);
  if (wait === undefined) {
    graph.signals.delete(party);
    lock.inWait = lock.inWait.filter((other) => other !== party);
    lock.waiters.push(party);
    const action = graph.parties[party]?.thread?.locks.find((line) => line.lock?.key === lock.ref.key && line.kind !== 'locked') ?? null;
    graph.waits.set(party, {
      party,
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
  const byParty = new Map(resolved.map((one) => [one.party, one]));
  const order = new Map<number, number>();
  const walk: Resolved[] = [];
  let at: Resolved | undefined = resolved[0];
  while (at !== undefined && !order.has(at.party)) {
    order.set(at.party, walk.length);
    walk.push(at);
    at = at.next === null ? undefined : byParty.get(at.next);
  }
  const cycle = at === undefined ? [] : walk.slice(order.get(at.party));
  const inside = new Set(cycle.map((one) => one.party));
  return {
    members: cycle.map((one) => one.party),
    locks: cycle.map((one) => one.lock),
    entries: cycle.map((one) => one.entry),
    tails: resolved.filter((one) => !inside.has(one.party)).map((one) => one.party),
    span,
  };
}
