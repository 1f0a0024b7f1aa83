import type { AnalysedDump } from '../../core/analysis/threaddump/model.ts';
import { groupNode, lockNode, threadNode } from '../../core/nodeIds/lockWait.ts';
import { type Selection, selectLocks } from '../../core/views/threaddump/lockWaitSelect.ts';
import { blockedBy } from './blockedBy.ts';
import { type DumpDocument, type DumpLookup, elementsOf } from './elements.ts';

/** The node of the lock-wait graph for what is at an offset; the group's where the thread is drawn as one of many. */
export function nodeAt(document: DumpDocument, view: string, offset: number): string | null {
  if (view !== 'lock-wait') return null;
  const element = elementsOf(document).at(document, offset);
  if (element === null) return null;
  if (element.kind === 'lock' || element.kind === 'section-lock') {
    if (element.lock.waiters.length > 0) return lockNode(element.dump.index, element.lock.id);
    return element.kind === 'lock' ? threadAt(element.dump, element.thread.index) : null;
  }
  return threadAt(element.dump, element.kind === 'section-thread' ? element.threadIndex : element.thread.index);
}

function threadAt(dump: DumpLookup, threadIndex: number): string | null {
  const { graph, index } = dump;
  const wait = graph.waits.get(threadIndex);
  if (wait === undefined) return blockedBy(graph, threadIndex).length === 0 ? null : threadNode(index, threadIndex);
  const grouped = groupedOf(dump).has(threadIndex);
  return grouped ? groupNode(index, wait.lock.id) : threadNode(index, threadIndex);
}

const CACHE = new WeakMap<AnalysedDump, ReadonlySet<number>>();

function groupedOf({ analysed, index }: DumpLookup): ReadonlySet<number> {
  let grouped = CACHE.get(analysed);
  if (grouped === undefined) {
    const selection: Selection = selectLocks(analysed, index);
    grouped = new Set([...selection.waiters.values()].flatMap((one) => one.grouped));
    CACHE.set(analysed, grouped);
  }
  return grouped;
}
