import type { Frame, Thread, ThreadDump } from '../threaddump/model.ts';
import { classInitKey, type WaitGraph } from './waitGraph.ts';
import { addHold, lockFor } from './waitGraphLocks.ts';

/**
 * Class initialisation: while one thread runs X.<clinit>, every other thread that needs X waits, RUNNABLE as far as
 * its state goes. Newer JVMs print what it waits for, older ones only "in Object.wait()" without a line for it.
 * JVMS 5.5; the JVM's own deadlock search does not look at it.
 */
export function addClassInitialisation(graph: WaitGraph, text: string): void {
  const waiting: number[] = [];
  const hidden: Thread[] = [];
  for (const [party, wait] of graph.waits) if (wait.lock.kind === 'class-init') waiting.push(party);
  for (const thread of graph.dump.threads) if (waitsUnseen(thread)) hidden.push(thread);
  if (waiting.length === 0 && hidden.length === 0) return;

  const running = initialisers(graph.dump, text);
  for (const [className, frames] of running) {
    const lock = graph.locks.get(classInitKey(className));
    for (const { thread, frame } of frames) {
      // The thread waits inside another initialiser further in; it holds this one all the same.
      if (lock !== undefined)
        addHold(lock, { party: thread.index, evidence: 'class-initialiser', place: { span: frame.span, lockSpan: frame.span } });
    }
  }
  for (const thread of hidden) concludeWait(graph, thread, running);
}

interface Initialiser {
  thread: Thread;
  frame: Frame;
}

/** RUNNABLE and yet "in Object.wait()" with no line that says on what. */
function waitsUnseen(thread: Thread): boolean {
  return (
    thread.state === 'RUNNABLE' &&
    thread.stateDetail?.includes('in Object.wait()') === true &&
    !thread.locks.some((action) => action.kind !== 'locked' && action.kind !== 'eliminated')
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
  const lock = lockFor(graph, classInitKey(found.className), { key: classInitKey(found.className), className: found.className }, 'class-init');
  const { frame } = found.by;
  addHold(lock, { party: found.by.thread.index, evidence: 'class-initialiser', place: { span: frame.span, lockSpan: frame.span } });
  lock.waiters.push(thread.index);
  graph.waits.set(thread.index, {
    party: thread.index,
    lock,
    action: null,
    place: { span: top.span, lockSpan: top.span },
    owner: found.by.thread.index,
    ownerEvidence: 'class-initialiser',
    inferred: 'this JVM does not print which class is waited for; only one other thread is inside a class initialiser',
    timed: false,
  });
}
