import type { AnalysedDump } from '../../core/analysis/threaddump/model.ts';
import { groupNode, lockNode, threadNode } from '../../core/nodeIds/lockWait.ts';
import { type Selection, selectLocks } from '../../core/views/threaddump/lockWaitSelect.ts';
import { blockedBy } from './blockedBy.ts';
import { type DumpDocument, type DumpPlaces, placesOf } from './places.ts';

/** The node of the lock-wait graph for what is at an offset; the group's where the thread is drawn as one of many. */
export function nodeAt(document: DumpDocument, view: string, offset: number): string | null {
  if (view !== 'lock-wait') return null;
  const place = placesOf(document).at(document, offset);
  if (place === null) return null;
  if (place.kind === 'lock' || place.kind === 'section-lock') {
    if (place.lock.waiters.length > 0) return lockNode(place.dump.index, place.lock.id);
    return place.kind === 'lock' ? threadAt(place.dump, place.thread.index) : null;
  }
  return threadAt(place.dump, place.kind === 'section-thread' ? place.party : place.thread.index);
}

function threadAt(dump: DumpPlaces, party: number): string | null {
  const { graph, index } = dump;
  const wait = graph.waits.get(party);
  if (wait === undefined) return blockedBy(graph, party).length === 0 ? null : threadNode(index, party);
  const grouped = groupedOf(dump).has(party);
  return grouped ? groupNode(index, wait.lock.id) : threadNode(index, party);
}

const CACHE = new WeakMap<AnalysedDump, ReadonlySet<number>>();

function groupedOf({ analysed, index }: DumpPlaces): ReadonlySet<number> {
  let grouped = CACHE.get(analysed);
  if (grouped === undefined) {
    const selection: Selection = selectLocks(analysed, index);
    grouped = new Set([...selection.waiters.values()].flatMap((one) => one.grouped));
    CACHE.set(analysed, grouped);
  }
  return grouped;
}
