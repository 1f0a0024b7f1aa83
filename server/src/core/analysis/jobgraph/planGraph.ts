import type { JobPlan } from '../../jobgraph/model.ts';

/**
 * Neighbours in compressed rows: the edges of vertex v are `list[start[v] … start[v + 1]]`.
 * Edges to and from a batch iteration as a whole are led to where the data goes: into its heads, out of its tails.
 */
export interface Adjacency {
  start: Int32Array;
  /** Edge indices (of {@link FlowGraph}). */
  list: Int32Array;
}

/** The forward edges of a plan as arrays, for algorithms. */
export interface FlowGraph {
  vertexCount: number;
  from: Int32Array;
  to: Int32Array;
  /** Index into plan.edges for each edge here. */
  edge: Int32Array;
  outgoing: Adjacency;
  incoming: Adjacency;
}

export function flowGraph(plan: JobPlan): FlowGraph {
  if (plan.declaredLoops.length > 0) return flowGraphThroughIterations(plan);
  const { edges, vertices } = plan;
  const from = new Int32Array(edges.length);
  const to = new Int32Array(edges.length);
  const edge = new Int32Array(edges.length);
  let count = 0;
  for (const item of edges) {
    if (item.kind === 'feedback') continue;
    from[count] = item.from;
    to[count] = item.to;
    edge[count++] = item.index;
  }
  return makeGraph(vertices.length, from.subarray(0, count), to.subarray(0, count), edge.subarray(0, count));
}

function flowGraphThroughIterations(plan: JobPlan): FlowGraph {
  const into = new Map<number, number[]>();
  const outOf = new Map<number, number[]>();
  for (const loop of plan.declaredLoops) {
    into.set(
      loop.iteration,
      loop.feedback.map(([, head]) => head),
    );
    outOf.set(
      loop.iteration,
      loop.feedback.map(([tail]) => tail),
    );
  }
  const from: number[] = [];
  const to: number[] = [];
  const edge: number[] = [];
  for (const item of plan.edges) {
    if (item.kind === 'feedback') continue;
    for (const source of ends(outOf.get(item.from), item.from, plan.vertices.length)) {
      for (const target of ends(into.get(item.to), item.to, plan.vertices.length)) {
        from.push(source);
        to.push(target);
        edge.push(item.index);
      }
    }
  }
  return makeGraph(plan.vertices.length, Int32Array.from(from), Int32Array.from(to), Int32Array.from(edge));
}

function ends(inner: number[] | undefined, outer: number, limit: number): number[] {
  const valid = inner?.filter((index) => index >= 0 && index < limit) ?? [];
  return valid.length > 0 ? [...new Set(valid)] : [outer];
}

export function makeGraph(vertexCount: number, from: Int32Array, to: Int32Array, edge: Int32Array): FlowGraph {
  return { vertexCount, from, to, edge, outgoing: rows(vertexCount, from), incoming: rows(vertexCount, to) };
}

function rows(vertexCount: number, key: Int32Array): Adjacency {
  const start = new Int32Array(vertexCount + 1);
  for (const vertex of key) start[vertex + 1] = (start[vertex + 1] as number) + 1;
  for (let v = 0; v < vertexCount; v++) start[v + 1] = (start[v + 1] as number) + (start[v] as number);
  const fill = start.slice();
  const list = new Int32Array(key.length);
  for (let e = 0; e < key.length; e++) {
    const vertex = key[e] as number;
    const at = fill[vertex] as number;
    list[at] = e;
    fill[vertex] = at + 1;
  }
  return { start, list };
}

/**
 * Edges that close a cycle: those that lead back to a vertex of the depth-first path, started at sources in document order.
 * Empty for every graph that Flink itself prints.
 */
export function backEdges(graph: FlowGraph): Uint8Array {
  const { vertexCount, to, outgoing, incoming } = graph;
  const back = new Uint8Array(to.length);
  const state = new Uint8Array(vertexCount);
  const path = new Int32Array(vertexCount);
  const next = new Int32Array(vertexCount);
  const visit = (root: number): void => {
    let depth = 0;
    path[0] = root;
    state[root] = 1;
    next[root] = outgoing.start[root] as number;
    while (depth >= 0) {
      const v = path[depth] as number;
      const at = next[v] as number;
      if (at === outgoing.start[v + 1]) {
        state[v] = 2;
        depth--;
        continue;
      }
      next[v] = at + 1;
      const e = outgoing.list[at] as number;
      const w = to[e] as number;
      if (state[w] === 1) back[e] = 1;
      else if (state[w] === 0) {
        state[w] = 1;
        next[w] = outgoing.start[w] as number;
        path[++depth] = w;
      }
    }
  };
  for (let v = 0; v < vertexCount; v++) if (incoming.start[v] === incoming.start[v + 1] && state[v] === 0) visit(v);
  for (let v = 0; v < vertexCount; v++) if (state[v] === 0) visit(v);
  return back;
}

/** Topological rank of every vertex over the edges that are not in `skip`; ties in document order. */
export function topologicalRank(graph: FlowGraph, skip: Uint8Array): Int32Array {
  const { vertexCount, to, outgoing } = graph;
  const open = new Int32Array(vertexCount);
  for (let e = 0; e < to.length; e++) if (skip[e] === 0) open[to[e] as number] = (open[to[e] as number] as number) + 1;
  const queue = new Int32Array(vertexCount);
  let tail = 0;
  for (let v = 0; v < vertexCount; v++) if (open[v] === 0) queue[tail++] = v;
  const rank = new Int32Array(vertexCount).fill(vertexCount);
  for (let head = 0; head < tail; head++) {
    const v = queue[head] as number;
    rank[v] = head;
    for (let at = outgoing.start[v] as number; at < (outgoing.start[v + 1] as number); at++) {
      const e = outgoing.list[at] as number;
      if (skip[e] !== 0) continue;
      const w = to[e] as number;
      const left = (open[w] as number) - 1;
      open[w] = left;
      if (left === 0) queue[tail++] = w;
    }
  }
  return rank;
}
