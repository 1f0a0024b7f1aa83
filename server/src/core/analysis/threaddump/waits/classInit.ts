import type { Dialect, Frame, Thread, ThreadDump } from '../../../threaddump/model.ts';
import { addHold, lockFor } from './locks.ts';
import { classInitKey, type Inference, type Lock, type WaitGraph } from './model.ts';

/**
 * Class initialisation: while one thread runs X.<clinit>, every other thread that needs X waits, RUNNABLE as far as
 * its state goes. Newer JVMs print what it waits for, older ones only "in Object.wait()" without a line for it.
 * JVMS 5.5; the JVM's own deadlock search does not look at it.
 */
export function addClassInitialisation(graph: WaitGraph, text: string): void {
  const waiting: number[] = [];
  const hidden: Thread[] = [];
  for (const [threadIndex, wait] of graph.waits) if (wait.lock.kind === 'class-init') waiting.push(threadIndex);
  for (const thread of graph.dump.threads) if (waitsUnseen(thread)) hidden.push(thread);
  const silent = SILENT.has(graph.dump.dialect);
  if (waiting.length === 0 && hidden.length === 0 && !silent) return;

  const running = initialisers(graph.dump, text);
  if (silent) concludePair(graph, running);
  for (const [className, frames] of running) {
    const lock = graph.locks.get(classInitKey(className));
    for (const { thread, frame } of frames) {
      // The thread waits inside another initialiser further in; it holds this one all the same.
      if (lock !== undefined)
        addHold(lock, { threadIndex: thread.index, evidence: 'class-initialiser', place: { span: frame.span, lockSpan: frame.span } });
    }
  }
  for (const thread of hidden) concludeWait(graph, thread, running);
}

/** Formats whose threads look RUNNABLE while they wait for a class, with no word of it anywhere. */
const SILENT: ReadonlySet<Dialect> = new Set(['threadinfo', 'flink-rest', 'spring-actuator', 'dump-to-file-text', 'dump-to-file-json']);

interface Initialiser {
  thread: Thread;
  frame: Frame;
}

/**
 * RUNNABLE and yet "in Object.wait()" with no line that says on what. A line of parking is left over from before: the JVM prints
 * the blocker of the last park, and a thread that is parked is not RUNNABLE.
 */
function waitsUnseen(thread: Thread): boolean {
  return (
    thread.state === 'RUNNABLE' &&
    thread.stateDetail?.includes('in Object.wait()') === true &&
    !thread.locks.some(({ kind }) => kind !== 'locked' && kind !== 'eliminated' && kind !== 'parking')
  );
}

/** Classes that are being initialised, and by whom. Only threads whose text has "clinit" have their frames read. */
function initialisers(dump: ThreadDump, text: string): Map<string, Initialiser[]> {
  const threads = [...dump.threads].sort((a, b) => a.span.start - b.span.start);
  const result = new Map<string, Initialiser[]>();
  let at = 0;
  for (const thread of threads) {
    if (at < thread.span.start) at = text.indexOf('clinit', thread.span.start);
    if (at === -1) break;
    if (at >= thread.span.end) continue;
    for (const frame of thread.frames) {
      if (frame.method !== '<clinit>') continue;
      const className = frame.className.replaceAll('/', '.');
      const known = result.get(className);
      if (known === undefined) result.set(className, [{ thread, frame }]);
      else if (known.at(-1)?.thread !== thread) known.push({ thread, frame });
    }
  }
  return result;
}

/** With one single other thread inside initialisers, that is whom it must be waiting for; with more, nothing is said. */
function concludeWait(graph: WaitGraph, thread: Thread, running: ReadonlyMap<string, Initialiser[]>): void {
  let found: { className: string; by: Initialiser } | null = null;
  for (const [className, list] of running) {
    for (const by of list) {
      if (by.thread === thread) continue;
      if (found !== null && found.by.thread !== by.thread) return;
      found ??= { className, by };
    }
  }
  const top = thread.frames[0];
  if (found === null || top === undefined || /^(?:java\.lang\.Object|java\/lang\/Object)$/.test(top.className)) return;
  const lock = classLock(graph, found.className);
  addConcluded(graph, thread, top, lock, found.by, 'only-initialiser');
}

/**
 * Two threads that stand in two class initialisers, in the very first frame: it takes microseconds to run the code of an
 * initialiser itself, so both at once is a coincidence, unless each waits for the other's class. With a third it is left open.
 */
function concludePair(graph: WaitGraph, running: ReadonlyMap<string, Initialiser[]>): void {
  const standing: { className: string; by: Initialiser }[] = [];
  for (const [className, list] of running) {
    for (const by of list) if (by.thread.state === 'RUNNABLE' && by.thread.frames[0] === by.frame) standing.push({ className, by });
  }
  const [one, other] = standing;
  if (one === undefined || other === undefined || standing.length > 2 || one.className === other.className) return;
  addConcluded(graph, one.by.thread, one.by.frame, classLock(graph, other.className), other.by, 'crossed-initialisers');
  addConcluded(graph, other.by.thread, other.by.frame, classLock(graph, one.className), one.by, 'crossed-initialisers');
}

function classLock(graph: WaitGraph, className: string): Lock {
  return lockFor(graph, classInitKey(className), { key: classInitKey(className), className }, 'class-init');
}

function addConcluded(graph: WaitGraph, thread: Thread, top: Frame, lock: Lock, by: Initialiser, inferred: Inference): void {
  const place = { span: top.span, lockSpan: top.span };
  const owner = by.thread.index;
  addHold(lock, { threadIndex: owner, evidence: 'class-initialiser', place: { span: by.frame.span, lockSpan: by.frame.span } });
  lock.waiters.push(thread.index);
  graph.signals.delete(thread.index);
  graph.waits.set(thread.index, {
    threadIndex: thread.index,
    lock,
    action: null,
    place,
    owner,
    ownerEvidence: 'class-initialiser',
    inferred,
    timed: false,
  });
}
