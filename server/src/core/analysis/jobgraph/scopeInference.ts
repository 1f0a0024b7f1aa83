import { Edge, noPlaces } from '../../jobgraph/edge.ts';
import type { JobPlan } from '../../jobgraph/model.ts';
import { StreamScope } from '../../jobgraph/streamScope.ts';
import { type LoopCandidate, pairLoops } from './loopPairs.ts';
import { type LoopNode, Nesting } from './nesting.ts';
import { backEdges, type FlowGraph, flowGraph, topologicalRank } from './planGraph.ts';
import type { HalfLoop, Loop, LoopForest } from './scopes.ts';

/**
 * Finds the loops of a plan and how they nest. Pairs of head and tail, and cycles of hand-written graphs, are
 * taken apart from the outside in: in a strongly connected part the loop that is entered first is the outermost;
 * without its feedback edge the loops inside it remain strongly connected parts of their own. Two loops of which
 * neither holds the other are reported, not ordered. Restores the feedback edges in plan.edges and marks those of cycles.
 */
export function inferScopes(plan: JobPlan): LoopForest {
  const graph = flowGraph(plan);
  let back: Uint8Array = new Uint8Array(graph.to.length);
  let rank = topologicalRank(graph, back);
  if (rank.includes(graph.vertexCount)) {
    // What a topological order does not reach lies on or behind a cycle.
    back = backEdges(graph);
    rank = topologicalRank(graph, back);
  }
  const { candidates, halves } = pairLoops(plan, graph);
  candidates.push(...cycleCandidates(plan, graph, back));
  const declared = declaredNodes(plan, graph);
  const roots =
    candidates.length === 0 ? [] : new Nesting(graph, back, rank, candidates, (vertex) => plan.vertices[vertex]?.isChain ?? false).solve();
  return new Assembly(plan, graph, back, rank, halves).forest([...declared, ...roots]);
}

/** One loop for every vertex that edges of the document lead back to. */
function cycleCandidates(plan: JobPlan, graph: FlowGraph, back: Uint8Array): LoopCandidate[] {
  const byHead = new Map<number, LoopCandidate>();
  for (let e = 0; e < back.length; e++) {
    if (back[e] === 0) continue;
    const head = graph.to[e] as number;
    const tail = graph.from[e] as number;
    const known = byHead.get(head);
    if (known === undefined) {
      const name = plan.vertices[head]?.name.slice(0, 60) ?? '';
      byHead.set(head, { name, origin: 'cycle', head, tail, feedback: [[tail, head]], created: null });
    } else if (!known.feedback.some(([other]) => other === tail)) known.feedback.push([tail, head]);
  }
  return [...byHead.values()];
}

/** Loops of step functions: the document says what is inside. */
function declaredNodes(plan: JobPlan, graph: FlowGraph): LoopNode[] {
  const byIteration = new Map<number, LoopNode>();
  const roots: LoopNode[] = [];
  for (const loop of [...plan.declaredLoops].sort((a, b) => a.iteration - b.iteration)) {
    const [head, tail] = loop.feedback[0] === undefined ? guessEnds(graph, loop.iteration, loop.members) : [loop.feedback[0][1], loop.feedback[0][0]];
    const vertex = plan.vertices[loop.iteration];
    const candidate: LoopCandidate = {
      name: vertex?.name.slice(0, 60) ?? '',
      origin: 'step-function',
      head,
      tail,
      feedback: loop.feedback,
      created: null,
    };
    const container = vertex?.container ?? null;
    const parent = container === null ? null : (byIteration.get(container) ?? null);
    const node: LoopNode = { candidate, parent, body: loop.members, scoped: loop.members, tangled: [], children: [] };
    byIteration.set(loop.iteration, node);
    if (parent === null) roots.push(node);
    else parent.children.push(node);
  }
  return roots;
}

/** A streaming step function does not name its ends: the member that nothing inside feeds, and the only one that feeds nothing inside. */
function guessEnds(graph: FlowGraph, iteration: number, members: number[]): [number, number] {
  const inside = new Set(members);
  const degree = (adjacency: FlowGraph['incoming'], ends: Int32Array, v: number): number => {
    let count = 0;
    for (let at = adjacency.start[v] as number; at < (adjacency.start[v + 1] as number); at++) {
      if (inside.has(ends[adjacency.list[at] as number] as number)) count++;
    }
    return count;
  };
  const first = members.find((v) => degree(graph.incoming, graph.from, v) === 0);
  const last = members.filter((v) => degree(graph.outgoing, graph.to, v) === 0);
  return [first ?? iteration, last.length === 1 ? (last[0] as number) : iteration];
}

/** Numbers the loops outer before inner, opens their scopes and puts the feedback edges into the plan. */
class Assembly {
  readonly #plan: JobPlan;
  readonly #forest: LoopForest;
  /** Edges of the document by "from to", of those that close a cycle; parallel edges are several. */
  readonly #closing = new Map<string, number[]>();

  constructor(plan: JobPlan, graph: FlowGraph, back: Uint8Array, rank: Int32Array, halves: HalfLoop[]) {
    const root = StreamScope.root();
    this.#plan = plan;
    this.#forest = {
      loops: [],
      scopes: new Array<StreamScope>(plan.vertices.length).fill(root),
      innermost: new Int32Array(plan.vertices.length).fill(-1),
      root,
      halves,
      interleavings: [],
      rank,
    };
    for (let e = 0; e < back.length; e++) {
      if (back[e] === 0) continue;
      const key = `${graph.from[e]} ${graph.to[e]}`;
      this.#closing.set(key, [...(this.#closing.get(key) ?? []), graph.edge[e] as number]);
    }
  }

  forest(roots: LoopNode[]): LoopForest {
    const open: { node: LoopNode; parent: Loop | null }[] = [];
    const push = (nodes: LoopNode[], parent: Loop | null): void => {
      // The order of creation where the plan tells it, else of the heads in the text.
      const sorted = [...nodes].sort((a, b) => orderOf(b) - orderOf(a));
      for (const node of sorted) open.push({ node, parent });
    };
    push(roots, null);
    for (let next = open.pop(); next !== undefined; next = open.pop()) push(next.node.children, this.#add(next.node, next.parent));
    return this.#forest;
  }

  #add(node: LoopNode, parent: Loop | null): Loop {
    const { scopes, innermost, interleavings, root } = this.#forest;
    const scope = (parent?.scope ?? root).nest();
    const loop = this.#loop(node.candidate, scope, parent, node.body, node.tangled.length > 0);
    for (const v of node.scoped) {
      scopes[v] = scope;
      innermost[v] = loop.index;
    }
    if (node.tangled.length === 0) return loop;
    const count = new Map<number, number>();
    const indices = [loop.index];
    for (const v of loop.own) count.set(v, 1);
    for (const { candidate, body } of node.tangled) {
      indices.push(this.#loop(candidate, scope, parent, body, true).index);
      for (const v of body) count.set(v, (count.get(v) ?? 0) + 1);
    }
    interleavings.push({ loops: indices, shared: [...count].filter(([, times]) => times > 1).map(([v]) => v) });
    return loop;
  }

  #loop(candidate: LoopCandidate, scope: StreamScope, parent: Loop | null, body: number[], tangled: boolean): Loop {
    const { loops } = this.#forest;
    const loop: Loop = {
      index: loops.length,
      name: candidate.name,
      origin: candidate.origin,
      head: candidate.head,
      tail: candidate.tail,
      feedback: candidate.feedback.flatMap(([tail, head]) => this.#feedbackEdges(candidate, tail, head)),
      scope,
      level: scope.getLevel(),
      parent: parent?.index ?? null,
      children: [],
      own: [...body].sort((a, b) => a - b),
      tangled,
    };
    loops.push(loop);
    parent?.children.push(loop.index);
    return loop;
  }

  /** Indices of the edges that lead the feedback back: those of the document, or the one that Flink does not print. */
  #feedbackEdges(candidate: LoopCandidate, tail: number, head: number): number[] {
    const { edges, vertices } = this.#plan;
    const printed = candidate.origin === 'cycle' ? this.#closing.get(`${tail} ${head}`) : undefined;
    if (printed !== undefined) {
      for (const index of printed) (edges[index] as Edge).kind = 'feedback';
      return printed;
    }
    const place = vertices[head]?.idRange ?? { start: 0, end: 0 };
    const restored = new Edge(this.#plan.source, edges.length, { from: tail, to: head, input: 0 }, null, null, noPlaces(place.start, place.end));
    restored.kind = 'feedback';
    restored.restored = true;
    edges.push(restored);
    return [restored.index];
  }
}

function orderOf(node: LoopNode): number {
  return node.candidate.created ?? node.candidate.head;
}
