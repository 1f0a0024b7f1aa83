import type { GraphEdge, GraphNode, LegendEntry } from '../../../../common/graph.ts';

/** The entries for what the drawing has, in their order. */
export function legendOf<P>(entries: readonly LegendEntry[], nodes: readonly GraphNode<P>[], edges: readonly GraphEdge<P>[]): LegendEntry[] {
  const used = new Set<string>();
  for (const item of [...nodes, ...edges]) {
    used.add(item.kind);
    if (item.emphasis !== undefined) used.add(item.emphasis);
  }
  return entries.filter((entry) => used.has(entry.for));
}
