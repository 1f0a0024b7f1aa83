import type { GraphDocument } from '../graph.ts';

/** Who is next to whom, for filters, keyboard moves and folding. */
export interface Relations {
  out: Map<string, string[]>;
  in: Map<string, string[]>;
}

export function relations(graph: Pick<GraphDocument<unknown>, 'nodes' | 'edges'>): Relations {
  const result: Relations = { out: new Map(), in: new Map() };
  for (const node of graph.nodes) {
    result.out.set(node.id, []);
    result.in.set(node.id, []);
  }
  for (const edge of graph.edges) {
    if (!result.out.has(edge.from) || !result.in.has(edge.to)) continue;
    result.out.get(edge.from)?.push(edge.to);
    result.in.get(edge.to)?.push(edge.from);
  }
  return result;
}

/** Everything that can be reached in at most `depth` steps, the start included. */
export function reach(start: Iterable<string>, next: (id: string) => readonly string[], depth = Number.POSITIVE_INFINITY): Set<string> {
  const seen = new Set(start);
  let frontier = [...seen];
  for (let step = 0; step < depth && frontier.length > 0; step++) {
    const further: string[] = [];
    for (const id of frontier) {
      for (const other of next(id)) {
        if (seen.has(other)) continue;
        seen.add(other);
        further.push(other);
      }
    }
    frontier = further;
  }
  return seen;
}

/** Ids on a shortest path, both ends included; empty when there is none. Follows edges forward. */
export function shortestPath(from: string, to: string, links: Relations): string[] {
  const before = new Map<string, string>();
  const seen = new Set([from]);
  let frontier = [from];
  while (frontier.length > 0 && !seen.has(to)) {
    const further: string[] = [];
    for (const id of frontier) {
      for (const other of links.out.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        before.set(other, id);
        further.push(other);
      }
    }
    frontier = further;
  }
  if (!seen.has(to)) return [];
  const path = [to];
  for (let at = to; at !== from; ) {
    const previous = before.get(at);
    if (previous === undefined) break;
    path.push(previous);
    at = previous;
  }
  return path.reverse();
}

/** Connected parts, edges taken in both directions; in the order of their first node. */
export function components(ids: readonly string[], links: Relations): string[][] {
  const seen = new Set<string>();
  const parts: string[][] = [];
  for (const id of ids) {
    if (seen.has(id)) continue;
    const part = reach([id], (one) => [...(links.out.get(one) ?? []), ...(links.in.get(one) ?? [])]);
    for (const one of part) seen.add(one);
    parts.push([...part]);
  }
  return parts;
}
