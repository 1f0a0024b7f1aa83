import type { Span } from '../../../../common/span.ts';
import { type Lock, lockOf, type WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';
import { lockSpan } from '../../core/analysis/threaddump/waits/section.ts';

/** One place where a dump speaks of a lock. */
export interface Mention {
  span: Span;
  lockSpan: Span;
  role: 'waits' | 'holds' | 'waits-for-signal' | 'gave-up' | 'eliminated' | 'section';
  /** The thread whose block it is in; null in the JVM's section. */
  threadIndex: number | null;
}

const CACHE = new WeakMap<WaitGraph, Map<Lock, Mention[]>>();

/** Every mention of a lock, in the order of the text. The table of a dump is made once. */
export function mentionsOf(graph: WaitGraph, lock: Lock, text: string): readonly Mention[] {
  let table = CACHE.get(graph);
  if (table === undefined) {
    table = collect(graph, text);
    CACHE.set(graph, table);
  }
  return table.get(lock) ?? [];
}

function collect(graph: WaitGraph, text: string): Map<Lock, Mention[]> {
  const table = new Map<Lock, Mention[]>();
  const add = (lock: Lock | undefined, mention: Mention): void => {
    if (lock === undefined) return;
    const known = table.get(lock);
    if (known === undefined) table.set(lock, [mention]);
    else known.push(mention);
  };
  for (const thread of graph.dump.threads) {
    for (const action of thread.locks) {
      const lock = lockOf(graph, action);
      if (lock !== undefined)
        add(lock, { span: action.span, lockSpan: action.lockSpan, role: roleOf(graph, lock, thread.index, action.kind), threadIndex: thread.index });
    }
    for (const held of thread.synchronizers ?? []) {
      add(graph.locks.get(held.lock.key), { span: held.span, lockSpan: held.lockSpan, role: 'holds', threadIndex: thread.index });
    }
  }
  for (const lock of graph.locks.values()) {
    if (lock.kind !== 'class-init') continue;
    for (const { threadIndex, place } of lock.holds) if (place !== null) add(lock, { ...place, role: 'holds', threadIndex });
  }
  for (const entry of graph.dump.section?.cycles.flat() ?? []) {
    if (entry.lock !== null)
      add(graph.locks.get(entry.lock.key), { span: entry.span, lockSpan: lockSpan(entry, text), role: 'section', threadIndex: null });
  }
  for (const mentions of table.values()) mentions.sort((a, b) => a.lockSpan.start - b.lockSpan.start);
  return table;
}

function roleOf(graph: WaitGraph, lock: Lock, threadIndex: number, kind: string): Mention['role'] {
  if (kind === 'eliminated') return 'eliminated';
  if (kind === 'locked') return lock.holds.some((hold) => hold.threadIndex === threadIndex) ? 'holds' : 'gave-up';
  return graph.waits.get(threadIndex)?.lock === lock ? 'waits' : 'waits-for-signal';
}
