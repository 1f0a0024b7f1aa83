import type { Checkpoint } from '../../checkpoint.ts';
import { type Deadlock, type DeadlockKind, type EvidenceFacts, lockFacts } from './deadlockModel.ts';
import { readLockSuspicions } from './readLocks.ts';
import { type Inference, type Lock, type SectionCycle, threadName, type Wait, type WaitGraph } from './waits/model.ts';

/**
 * All deadlocks of a dump. Each thread waits for at most one other, so the waits are a functional graph and its cycles
 * are found by walking each pointer once: O(threads). Then what the JVM's section reports beyond that, then read locks.
 */
export async function findDeadlocks(graph: WaitGraph, checkpoint: Checkpoint): Promise<Deadlock[]> {
  const cycles = graphCycles(graph);
  const found = cycles.map((waits) => cycleDeadlock(graph, waits));
  linkSection(graph, found);
  assignVictims(graph, found);
  if (checkpoint.due()) await checkpoint.pause();
  found.push(...readLockSuspicions(graph, found));
  return found;
}

/** The owner a thread waits for; -1 for none. */
function nextOf(graph: WaitGraph, threadIndex: number): number {
  return graph.waits.get(threadIndex)?.owner ?? -1;
}

function graphCycles(graph: WaitGraph): Wait[][] {
  const cycles: Wait[][] = [];
  // 0: not seen; otherwise the number of the walk that saw the thread.
  const seen = new Uint32Array(graph.threads.length);
  let walk = 0;
  for (const start of graph.waits.keys()) {
    if (seen[start] !== 0) continue;
    walk++;
    let at = start;
    while (at !== -1 && seen[at] === 0) {
      seen[at] = walk;
      at = nextOf(graph, at);
    }
    if (at !== -1 && seen[at] === walk) cycles.push(cycleFrom(graph, at));
  }
  return cycles;
}

/** The waits of a cycle, beginning with the thread that comes first in the dump. */
function cycleFrom(graph: WaitGraph, member: number): Wait[] {
  let first = member;
  for (let at = nextOf(graph, member); at !== member; at = nextOf(graph, at)) first = Math.min(first, at);
  const waits: Wait[] = [];
  let at = first;
  do {
    const wait = graph.waits.get(at) as Wait;
    waits.push(wait);
    at = wait.owner as number;
  } while (at !== first);
  return waits;
}

function cycleDeadlock(graph: WaitGraph, waits: Wait[]): Deadlock {
  const doubts = doubtsOf(graph, waits);
  return {
    kind: kindOf(graph, waits),
    certainty: doubts.length === 0 ? 'proved' : 'suspected',
    threads: waits.map((wait) => wait.threadIndex),
    locks: waits.map((wait) => wait.lock),
    waits,
    victims: [],
    evidence: evidenceOf(graph, waits),
    doubts,
    section: null,
  };
}

function kindOf(graph: WaitGraph, waits: readonly Wait[]): DeadlockKind {
  if (waits.some((wait) => graph.threads[wait.threadIndex]?.thread?.virtual === true)) return 'virtual';
  const kinds = new Set(waits.map((wait) => wait.lock.kind));
  if (kinds.size > 1) return 'mixed';
  if (kinds.has('monitor')) return 'monitor';
  return kinds.has('class-init') ? 'class-init' : 'ownable';
}

/** Do lines stand between the threads that may name another process? Addresses of locks are the same in many. */
function acrossSeams(graph: WaitGraph, waits: readonly Wait[]): boolean {
  return new Set(waits.map(({ threadIndex }) => graph.threads[threadIndex]?.thread?.seams ?? 0)).size > 1;
}

/** Why a cycle is not proved. */
function doubtsOf(graph: WaitGraph, waits: readonly Wait[]): Deadlock['doubts'] {
  const doubts: Deadlock['doubts'] = [];
  if (graph.dump.dialect.startsWith('dump-to-file')) doubts.push({ code: 'sampled-dump', facts: {} });
  if (waits.some(({ threadIndex }) => graph.threads[threadIndex]?.thread?.headless === true)) doubts.push({ code: 'header-lost', facts: {} });
  if (acrossSeams(graph, waits)) doubts.push({ code: 'other-source', facts: {} });
  const inferences = new Map<Inference, string[]>();
  if (waits.some(({ lock }) => lock.ref.hidden)) doubts.push({ code: 'address-hidden', facts: {} });
  for (const { threadIndex, inferred, timed } of waits.slice(0, MAX_TOLD)) {
    const thread = threadName(graph, threadIndex);
    if (inferred !== null) inferences.set(inferred, [...(inferences.get(inferred) ?? []), thread]);
    if (timed) doubts.push({ code: 'timed-wait', facts: { thread } });
  }
  for (const [from, threads] of inferences) doubts.push({ code: 'owner-inferred', facts: { threads, from } });
  return doubts;
}

const MAX_TOLD = 20;

function evidenceOf(graph: WaitGraph, waits: readonly Wait[]): Deadlock['evidence'] {
  const evidence: Deadlock['evidence'] = waits.slice(0, MAX_TOLD).map((wait) => ({ code: 'waits', facts: waitFacts(graph, wait) }));
  if (waits.length > MAX_TOLD) evidence.push({ code: 'more-waits', facts: { count: waits.length - MAX_TOLD } });
  return evidence;
}

function waitFacts(graph: WaitGraph, { threadIndex, lock, owner, ownerEvidence }: Wait): EvidenceFacts['waits'] {
  return {
    thread: threadName(graph, threadIndex),
    lock: lockFacts(lock),
    owner: owner === null ? null : threadName(graph, owner),
    how: ownerEvidence,
  };
}

/** Matches our cycles with those of the JVM; one that the stacks do not show is taken from the section. */
function linkSection(graph: WaitGraph, found: Deadlock[]): void {
  const byMember = new Map<number, Deadlock>();
  for (const deadlock of found) for (const threadIndex of deadlock.threads) byMember.set(threadIndex, deadlock);
  for (const [index, cycle] of graph.section.entries()) {
    if (cycle.members.length === 0) continue;
    const same = byMember.get(cycle.members[0] as number);
    if (
      same !== undefined &&
      same.threads.length === cycle.members.length &&
      cycle.members.every((threadIndex) => byMember.get(threadIndex) === same)
    ) {
      same.section = index;
    } else if (!cycle.members.some((threadIndex) => byMember.has(threadIndex))) {
      found.push(sectionDeadlock(graph, cycle, index));
    }
  }
}

function sectionDeadlock(graph: WaitGraph, cycle: SectionCycle, section: number): Deadlock {
  const waits = cycle.members.map((threadIndex, index): Wait => {
    const known = graph.waits.get(threadIndex);
    const lock = cycle.locks[index] ?? known?.lock ?? namelessLock(threadIndex);
    const owner = cycle.members[(index + 1) % cycle.members.length] as number;
    const place =
      known?.lock === lock ? known.place : { span: cycle.entries[index]?.span ?? cycle.span, lockSpan: cycle.entries[index]?.span ?? cycle.span };
    return { threadIndex, lock, action: known?.action ?? null, place, owner, ownerEvidence: 'jvm-section', inferred: null, timed: false };
  });
  return {
    kind: kindOf(graph, waits),
    certainty: 'proved',
    threads: [...cycle.members],
    locks: waits.map((wait) => wait.lock),
    waits,
    victims: [],
    evidence: [{ code: 'jvm-section', facts: {} }, ...evidenceOf(graph, waits)],
    doubts: [],
    section,
  };
}

/** The section of some JVMs names a raw monitor without an object. */
function namelessLock(threadIndex: number): Lock {
  return { id: `unnamed-${threadIndex}`, ref: { key: 'unnamed', className: null }, kind: 'monitor', holds: [], waiters: [threadIndex], inWait: [] };
}

/** Every thread whose chain of waits ends in a cycle, and is not part of it. */
function assignVictims(graph: WaitGraph, found: readonly Deadlock[]): void {
  if (found.length === 0) return;
  const NONE = -1;
  const UNKNOWN = -2;
  const end = new Int32Array(graph.threads.length).fill(UNKNOWN);
  for (const [index, deadlock] of found.entries()) for (const threadIndex of deadlock.threads) end[threadIndex] = index;
  for (const start of graph.waits.keys()) {
    const path: number[] = [];
    let at = start;
    while (at !== -1 && end[at] === UNKNOWN) {
      end[at] = NONE;
      path.push(at);
      at = nextOf(graph, at);
    }
    const result = at === -1 ? NONE : (end[at] as number);
    for (const threadIndex of path) end[threadIndex] = result;
  }
  const members = new Set(found.flatMap((deadlock) => deadlock.threads));
  for (const threadIndex of [...graph.waits.keys()].sort((a, b) => a - b)) {
    if (!members.has(threadIndex)) found[end[threadIndex] as number]?.victims.push(threadIndex);
  }
}
