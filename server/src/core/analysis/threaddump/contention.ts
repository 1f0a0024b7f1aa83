import type { Deadlock } from './deadlockModel.ts';
import { holderOf, type Lock, type WaitGraph } from './waits/model.ts';

/** One lock that threads wait for, and whom it holds up. */
export interface Contention {
  lock: Lock;
  /** Threads waiting for this very lock. */
  direct: number;
  /** Threads held up through further locks as well, `direct` included. For a lock of a cycle: everybody in and behind it. */
  total: number;
  /** The thread at the end of the chain, which waits for no lock; null in a cycle or where the chain's end is not visible. */
  root: number | null;
  /** The lock is part of, or its chain ends in, this deadlock. */
  deadlock: Deadlock | null;
}

/** Every lock with waiters, the one that holds up most threads first. Linear but for the sort. */
export function rankContention(graph: WaitGraph, deadlocks: readonly Deadlock[]): Contention[] {
  const member = new Map<number, Deadlock>();
  const ends = new Map<number, Deadlock>();
  for (const deadlock of deadlocks) {
    for (const threadIndex of deadlock.threads) member.set(threadIndex, deadlock);
    for (const threadIndex of [...deadlock.threads, ...deadlock.victims]) ends.set(threadIndex, deadlock);
  }
  const totals = lockTotals(graph, member);
  const roots = chainEnds(graph, member);
  const cyclic = new Set(deadlocks.flatMap((deadlock) => deadlock.locks));
  const result: Contention[] = [];
  for (const lock of graph.locks.values()) {
    if (lock.waiters.length === 0) continue;
    const first = lock.waiters[0] as number;
    const deadlock = ends.get(first) ?? null;
    const owner = graph.waits.get(first)?.owner ?? holderOf(lock)?.threadIndex ?? null;
    result.push({
      lock,
      direct: lock.waiters.length,
      total: deadlock !== null && cyclic.has(lock) ? deadlock.threads.length + deadlock.victims.length : (totals.get(lock) ?? lock.waiters.length),
      root: deadlock === null && owner !== null && roots[owner] !== -1 ? (roots[owner] ?? null) : null,
      deadlock,
    });
  }
  return result.sort((a, b) => b.total - a.total || b.direct - a.direct);
}

/** Threads held up by each lock outside of cycles: peels the forest of waits from its leaves. */
function lockTotals(graph: WaitGraph, member: ReadonlyMap<number, unknown>): Map<Lock, number> {
  const size = graph.threads.length;
  const waiting = new Uint32Array(size);
  const behind = new Uint32Array(size);
  for (const wait of graph.waits.values()) {
    if (wait.owner !== null) waiting[wait.owner] = (waiting[wait.owner] as number) + 1;
  }
  const totals = new Map<Lock, number>();
  const ready: number[] = [];
  for (const threadIndex of graph.waits.keys()) if (waiting[threadIndex] === 0) ready.push(threadIndex);
  for (let index = 0; index < ready.length; index++) {
    const threadIndex = ready[index] as number;
    const wait = graph.waits.get(threadIndex);
    if (wait === undefined) continue;
    const held = 1 + (behind[threadIndex] as number);
    totals.set(wait.lock, (totals.get(wait.lock) ?? 0) + held);
    if (wait.owner === null) continue;
    behind[wait.owner] = (behind[wait.owner] as number) + held;
    waiting[wait.owner] = (waiting[wait.owner] as number) - 1;
    if (waiting[wait.owner] === 0 && !member.has(wait.owner)) ready.push(wait.owner);
  }
  return totals;
}

/** For each thread the end of its chain: itself when it waits for no lock, -1 when the chain ends at an invisible holder or in a cycle. */
function chainEnds(graph: WaitGraph, member: ReadonlyMap<number, unknown>): Int32Array {
  const UNKNOWN = -2;
  const ends = new Int32Array(graph.threads.length).fill(UNKNOWN);
  for (const start of graph.threads.keys()) {
    const path: number[] = [];
    let at = start;
    let end = UNKNOWN;
    while (end === UNKNOWN) {
      if (ends[at] !== UNKNOWN) {
        end = ends[at] as number;
        break;
      }
      path.push(at);
      // Marked before moving on, so that a cycle ends the walk.
      ends[at] = -1;
      const wait = graph.waits.get(at);
      if (member.has(at)) end = -1;
      else if (wait === undefined) end = at;
      else if (wait.owner === null) end = -1;
      else at = wait.owner;
    }
    for (const threadIndex of path) ends[threadIndex] = end;
  }
  return ends;
}

/** From a lock's holder towards the root blocker, at most `limit` threads. Ends at a repeated thread in a cycle. */
export function chainOf(graph: WaitGraph, lock: Lock, limit = 20): number[] {
  const chain: number[] = [];
  const seen = new Set<number>();
  let at = graph.waits.get(lock.waiters[0] ?? -1)?.owner ?? holderOf(lock)?.threadIndex ?? null;
  while (at !== null && !seen.has(at) && chain.length < limit) {
    seen.add(at);
    chain.push(at);
    at = graph.waits.get(at)?.owner ?? null;
  }
  return chain;
}
