import type { Checkpoint } from '../../../checkpoint.ts';
import type { LockAction, LockRef, Thread, ThreadDump } from '../../../threaddump/model.ts';
import { addClassInitialisation } from './classInit.ts';
import { addHold, lockFor, STRENGTH } from './locks.ts';
import { type Hold, type Lock, type LockKind, lockKey, type Wait, type WaitGraph } from './model.ts';
import { Names } from './names.ts';
import { addSection } from './section.ts';

/**
 * Builds the wait-for relation of one dump. Linear in the number of lock lines.
 * `text` is the whole original text; it is only searched for class initialisers, and only where a thread waits for one.
 */
export async function buildWaitGraph(dump: ThreadDump, text: string, checkpoint: Checkpoint): Promise<WaitGraph> {
  const graph: WaitGraph = {
    dump,
    threads: dump.threads.map((thread, index) => ({ index, name: thread.name, thread, span: thread.nameSpan })),
    locks: new Map(),
    waits: new Map(),
    signals: new Map(),
    split: new Map(),
    section: [],
  };
  const names = new Names(graph);
  for (let index = 0; index < dump.threads.length; index++) {
    addThread(graph, dump.threads[index] as Thread, index);
    if ((index & 255) === 255 && checkpoint.due()) await checkpoint.pause();
  }
  addPrintedOwners(graph, names);
  addSection(graph, names, text);
  addClassInitialisation(graph, text);
  for (const lock of graph.locks.values()) settle(graph, lock);
  for (const wait of graph.waits.values()) chooseOwner(wait);
  return graph;
}

/** Lock classes of java.util.concurrent whose exclusive owner the JVM knows. */
const OWNABLE = /(?:ReentrantLock|ReentrantReadWriteLock)\$\w*Sync$|ThreadPoolExecutor\$Worker$/;
const SHARED = /ReentrantReadWriteLock\$\w*Sync$|\bStampedLock$/;

function addThread(graph: WaitGraph, thread: Thread, threadIndex: number): void {
  const released = releasedKeys(thread);
  let waited = false;
  for (const action of thread.locks) {
    switch (action.kind) {
      case 'eliminated':
        break;
      case 'locked':
        if (action.lock !== null && !released.has(action.lock.key)) {
          addHold(lockFor(graph, action.lock.key, action.lock, 'monitor'), { threadIndex, evidence: 'locked-line', place: action });
        }
        break;
      default:
        // A thread waits for one thing at a time; the innermost line is it.
        if (!waited) {
          waited = true;
          addWaiting(graph, thread, threadIndex, action);
        }
    }
  }
  for (const held of thread.synchronizers ?? []) {
    addHold(lockFor(graph, held.lock.key, held.lock, 'ownable'), { threadIndex, evidence: 'synchronizer-list', place: held });
  }
}

/**
 * Monitors that the thread has given up by wait(): jstack goes on printing them as locked in the frame that entered them.
 * Where the wait names no object, the innermost locked monitor is taken for it, as that is what code nearly always waits on.
 */
function releasedKeys(thread: Thread): ReadonlySet<string> {
  let released: Set<string> | null = null;
  let nameless = false;
  for (const action of thread.locks) {
    if (action.kind === 'waiting-on' || action.kind === 'relocking') {
      released ??= new Set();
      if (action.lock !== null) released.add(action.lock.key);
      else nameless = true;
    } else if (nameless && action.kind === 'locked' && action.lock !== null) {
      released?.add(action.lock.key);
      nameless = false;
    }
  }
  return released ?? NONE;
}
const NONE: ReadonlySet<string> = new Set();

function addWaiting(graph: WaitGraph, thread: Thread, threadIndex: number, action: LockAction): void {
  const { lock: ref } = action;
  if (ref === null) {
    graph.signals.set(threadIndex, { threadIndex, lock: null, action });
    return;
  }
  const kind = waitingKind(thread, action, ref);
  const lock = lockFor(graph, lockKey(action, ref), ref, kind);
  // A line further down may have introduced the lock before it was known what it is.
  if (lock.kind === 'other') lock.kind = kind;
  const isSignal = kind === 'other' || (kind === 'monitor' && action.kind === 'waiting-on' && thread.state !== 'BLOCKED');
  if (isSignal) {
    lock.inWait.push(threadIndex);
    graph.signals.set(threadIndex, { threadIndex, lock, action });
    return;
  }
  addWait(graph, lock, threadIndex, action);
}

function addWait(graph: WaitGraph, lock: Lock, threadIndex: number, action: LockAction): void {
  // Monitors are never waited for with a timeout.
  const timed = action.kind !== 'waiting-to-lock' && graph.threads[threadIndex]?.thread?.state === 'TIMED_WAITING';
  lock.waiters.push(threadIndex);
  graph.waits.set(threadIndex, { threadIndex, lock, action, place: action, owner: null, ownerEvidence: null, inferred: null, timed });
}

function waitingKind(thread: Thread, action: LockAction, ref: LockRef): LockKind {
  if (action.kind === 'class-init') return 'class-init';
  if (action.kind === 'waiting-to-lock' || action.kind === 'relocking') return 'monitor';
  const className = ref.className ?? '';
  if (SHARED.test(className)) return 'read-lock';
  if (OWNABLE.test(className)) return 'ownable';
  if (action.kind === 'parking') return action.owner === null ? 'other' : 'ownable';
  // ThreadInfo prints "waiting on" for both wait() and park(); the innermost frame tells, and matters only where an owner is printed.
  if (action.owner !== null && thread.frames[0]?.method === 'park') return 'ownable';
  return 'monitor';
}

/** Owners printed beside the lock. Two owners of one `class@hash` are two locks that happen to share their hash. */
function addPrintedOwners(graph: WaitGraph, names: Names): void {
  const owners = new Map<Lock, Map<number, Wait[]>>();
  for (const wait of graph.waits.values()) {
    const printed = wait.action?.owner;
    if (printed === null || printed === undefined) continue;
    const owner = names.owner(printed, wait.lock.id);
    if (owner === null) continue;
    wait.owner = owner;
    wait.ownerEvidence = 'owned-by';
    const byOwner = owners.get(wait.lock) ?? new Map<number, Wait[]>();
    owners.set(wait.lock, byOwner);
    const waits = byOwner.get(owner);
    if (waits === undefined) byOwner.set(owner, [wait]);
    else waits.push(wait);
  }
  for (const [lock, byOwner] of owners) {
    if (byOwner.size > 1) splitLock(graph, lock, byOwner);
    else for (const owner of byOwner.keys()) addHold(lock, { threadIndex: owner, evidence: 'owned-by', place: null });
  }
}

function splitLock(graph: WaitGraph, lock: Lock, byOwner: Map<number, Wait[]>): void {
  const moved = new Set<number>();
  for (const [owner, waits] of byOwner) {
    const part: Lock = { id: `${lock.id}#${owner}`, ref: lock.ref, kind: lock.kind, holds: [], waiters: [], inWait: [] };
    graph.locks.set(part.id, part);
    addHold(part, { threadIndex: owner, evidence: 'owned-by', place: null });
    for (const hold of lock.holds) if (hold.threadIndex === owner) addHold(part, hold);
    for (const action of graph.threads[owner]?.thread?.locks ?? []) {
      if (action.lock?.key === lock.id && action.kind === 'locked') graph.split.set(action, part);
    }
    for (const wait of waits) {
      wait.lock = part;
      part.waiters.push(wait.threadIndex);
      moved.add(wait.threadIndex);
      if (wait.action !== null) graph.split.set(wait.action, part);
    }
  }
  lock.waiters = lock.waiters.filter((threadIndex) => !moved.has(threadIndex));
  lock.holds = lock.holds.filter((hold) => !byOwner.has(hold.threadIndex));
}

/** What is parked on is an ownable synchronizer, whatever its class, once somebody is known to own it. */
function settle(graph: WaitGraph, lock: Lock): void {
  if (lock.holds.length === 0 || lock.kind === 'monitor' || lock.kind === 'class-init') return;
  lock.kind = 'ownable';
  if (lock.inWait.length === 0) return;
  const still: number[] = [];
  for (const threadIndex of lock.inWait) {
    const signal = graph.signals.get(threadIndex);
    if (signal?.action.kind === 'parking') {
      graph.signals.delete(threadIndex);
      addWait(graph, lock, threadIndex, signal.action);
    } else still.push(threadIndex);
  }
  lock.inWait = still;
}

function chooseOwner(wait: Wait): void {
  if (wait.owner !== null) return;
  const candidates = wait.lock.holds.filter((hold) => hold.threadIndex !== wait.threadIndex || isOwnSynchronizer(wait.lock, hold));
  const best = candidates[0];
  if (best === undefined) return;
  wait.owner = best.threadIndex;
  wait.ownerEvidence = best.evidence;
  const rival = candidates[1];
  if (rival !== undefined && STRENGTH[rival.evidence] === STRENGTH[best.evidence]) {
    wait.inferred = 'several-holders';
  }
}

/** Monitors and the locks of the JDK are reentrant, so a thread never waits for itself; a synchronizer of one's own may not be. */
function isOwnSynchronizer(lock: Lock, hold: Hold): boolean {
  return lock.kind === 'ownable' && hold.evidence !== 'locked-line';
}
