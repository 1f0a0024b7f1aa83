import type { Lock, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import type { Target } from '../types.ts';
import { type DumpDocument, type DumpElement, type DumpLookup, elementsOf } from './elements.ts';

const MAX = 200;

/**
 * From a waiting line to the line where the holder took the lock, and from there back to those who wait.
 * From a name in the JVM's section, or an owner's name in a header, to the thread.
 */
export function definition(document: DumpDocument, offset: number): Target[] {
  const element = elementsOf(document).at(document, offset);
  if (element === null) return [];
  const owner = ownerInHeader(document, element, offset);
  if (owner !== null) return threadTarget(element.dump.graph, owner);
  switch (element.kind) {
    case 'lock':
      return isHolder(element.lock, element.thread.index)
        ? waiterTargets(element.dump, element.lock)
        : holderTargets(element.dump, element.lock, element.thread.index);
    case 'section-lock':
      return holderTargets(element.dump, element.lock, null);
    case 'section-thread':
      return threadTarget(element.dump.graph, element.threadIndex);
    case 'thread': {
      const wait = element.dump.graph.waits.get(element.thread.index);
      return wait === undefined ? [] : holderTargets(element.dump, wait.lock, element.thread.index);
    }
    default:
      return [];
  }
}

function isHolder(lock: Lock, threadIndex: number): boolean {
  return lock.holds.some((hold) => hold.threadIndex === threadIndex) && !lock.waiters.includes(threadIndex);
}

/** Where the holder took it; the holder's name where its stack does not show that. */
function holderTargets({ graph }: DumpLookup, lock: Lock, waiter: number | null): Target[] {
  const owner = waiter === null ? null : (graph.waits.get(waiter)?.owner ?? null);
  const holders = owner === null ? lock.holds.map((hold) => hold.threadIndex) : [owner];
  return holders.flatMap((threadIndex) => {
    const place = lock.holds.find((hold) => hold.threadIndex === threadIndex)?.place;
    if (place == null) return threadTarget(graph, threadIndex);
    return [{ span: place.lockSpan, full: graph.threads[threadIndex]?.thread?.span ?? place.span }];
  });
}

function waiterTargets({ graph }: DumpLookup, lock: Lock): Target[] {
  return [...lock.waiters, ...lock.inWait].slice(0, MAX).flatMap((threadIndex) => {
    const span = graph.waits.get(threadIndex)?.place.lockSpan ?? graph.signals.get(threadIndex)?.action.lockSpan;
    if (span === undefined) return [];
    return [{ span, full: graph.threads[threadIndex]?.thread?.span ?? span }];
  });
}

function threadTarget(graph: WaitGraph, index: number): Target[] {
  const graphThread = graph.threads[index];
  if (graphThread?.thread == null) return [];
  return [{ span: graphThread.thread.nameSpan, full: graphThread.thread.span }];
}

/** The owner that a ThreadInfo header names behind "owned by". */
function ownerInHeader({ text }: DumpDocument, element: DumpElement, offset: number): number | null {
  if (element.kind !== 'thread' && element.kind !== 'block' && element.kind !== 'lock') return null;
  const { thread, dump } = element;
  const owner = dump.graph.waits.get(thread.index)?.owner ?? null;
  const end = thread.frames[0]?.span.start ?? thread.span.end;
  if (owner === null || offset < thread.nameSpan.end || offset > end) return null;
  const at = text.slice(thread.nameSpan.end, end).indexOf('owned by');
  return at !== -1 && offset >= thread.nameSpan.end + at ? owner : null;
}
