import type { GraphDocument } from '../graph.ts';

/**
 * How much there is for layout to place: nodes, labels, and one dummy for every layer that a long edge passes. Layers
 * are counted along longest paths, as ELK's layering comes close to; what stands on a cycle counts from where the walk
 * enters it. Linear in the graph.
 */
export function effort(graph: Pick<GraphDocument<unknown>, 'nodes' | 'edges'>, labels: number): number {
  const waiting = new Map<string, number>(graph.nodes.map((node) => [node.id, 0]));
  const out = new Map<string, string[]>();
  const forward = graph.edges.filter((edge) => edge.kind !== 'feedback' && edge.from !== edge.to);
  for (const { from, to } of forward) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
    const next = out.get(from);
    if (next === undefined) out.set(from, [to]);
    else next.push(to);
  }
  const layer = new Map<string, number>();
  const ready = graph.nodes.filter((node) => waiting.get(node.id) === 0).map((node) => node.id);
  for (const id of ready) {
    const at = layer.get(id) ?? 0;
    layer.set(id, at);
    for (const next of out.get(id) ?? []) {
      layer.set(next, Math.max(layer.get(next) ?? 0, at + 1));
      const left = (waiting.get(next) ?? 0) - 1;
      waiting.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  let dummies = 0;
  for (const { from, to } of graph.edges) dummies += Math.max(0, Math.abs((layer.get(to) ?? 0) - (layer.get(from) ?? 0)) - 1);
  return graph.nodes.length + labels + dummies;
}
