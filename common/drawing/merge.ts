import type { Emphasis, GraphDocument, GraphEdge, GraphNode } from '../graph.ts';
import { rank } from './tidy.ts';

/** One node that is drawn instead of several. */
export interface Merge<P> {
  into: GraphNode<P>;
  ids: string[];
}

/** The strongest emphasis of several things: what is folded away must still be seen from outside. */
export function strongest(items: readonly { emphasis?: Emphasis }[]): Emphasis | undefined {
  let best: Emphasis | undefined;
  for (const { emphasis } of items) if (emphasis !== undefined && emphasis !== 'none' && rank(emphasis) < rank(best)) best = emphasis;
  return best ?? (items.length > 0 && items.every((item) => item.emphasis === 'muted') ? 'muted' : undefined);
}

function mergedEdge<P>(edges: readonly GraphEdge<P>[], from: string, to: string, names: ReadonlyMap<string, string>): GraphEdge<P> {
  const [first] = edges;
  if (first === undefined) throw new Error('an edge made of no edges');
  if (edges.length === 1) return { ...first, from, to };
  const emphasis = strongest(edges);
  const { emphasis: _, label: __, details: ___, ...rest } = first;
  return {
    ...rest,
    from,
    to,
    label: `×${edges.length.toLocaleString('en')}`,
    description: `${edges.length.toLocaleString('en')} edges (${first.kind}) from ${names.get(from) ?? from} to ${names.get(to) ?? to}`,
    ...(emphasis === undefined ? {} : { emphasis }),
  };
}

/**
 * Replaces nodes by the nodes they are merged into and leads their edges there; edges that become equal are drawn as
 * one with their number, edges within a merged node are dropped. `owner` gains an entry for every node that went.
 */
export function mergeNodes<P>(graph: GraphDocument<P>, merges: readonly Merge<P>[], owner: Map<string, string>): GraphDocument<P> {
  if (merges.length === 0) return graph;
  const target = new Map<string, string>();
  for (const { into, ids } of merges) for (const id of ids) target.set(id, into.id);
  for (const [id, at] of owner) {
    const next = target.get(at);
    if (next !== undefined) owner.set(id, next);
  }
  for (const [id, at] of target) owner.set(id, at);
  const nodes = [...graph.nodes.filter((node) => !target.has(node.id)), ...merges.map((merge) => merge.into)];
  const names = new Map(nodes.map((node) => [node.id, node.label]));
  const edges: GraphEdge<P>[] = [];
  const bundles = new Map<string, GraphEdge<P>[]>();
  for (const edge of graph.edges) {
    const from = target.get(edge.from) ?? edge.from;
    const to = target.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) {
      edges.push(edge);
    } else if (from !== to) {
      const key = JSON.stringify([from, to, edge.kind]);
      const bundle = bundles.get(key);
      if (bundle === undefined) bundles.set(key, [edge]);
      else bundle.push(edge);
    }
  }
  for (const [key, bundle] of bundles) {
    const [from, to] = JSON.parse(key) as [string, string];
    edges.push(mergedEdge(bundle, from, to, names));
  }
  return { ...graph, nodes, edges };
}
