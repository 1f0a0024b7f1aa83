import type { Wait, WaitGraph } from '../../core/analysis/threaddump/waits/model.ts';

const CACHE = new WeakMap<WaitGraph, Map<number, Wait[]>>();

/** The waits of the threads that a thread holds up directly. The table of a dump is made once. */
export function blockedBy(graph: WaitGraph, threadIndex: number): readonly Wait[] {
  let table = CACHE.get(graph);
  if (table === undefined) {
    table = new Map();
    for (const wait of graph.waits.values()) {
      if (wait.owner === null) continue;
      const known = table.get(wait.owner);
      if (known === undefined) table.set(wait.owner, [wait]);
      else known.push(wait);
    }
    CACHE.set(graph, table);
  }
  return table.get(threadIndex) ?? [];
}
