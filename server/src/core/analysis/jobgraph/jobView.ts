import type { JobContext } from '../../jobgraph/context.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { JobPlan } from '../../jobgraph/model.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import type { AnalysedPlan, JobGraphAnalysis } from './model.ts';
import { type Adjacency, type FlowGraph, flowGraph } from './planGraph.ts';
import { bodyOf, inLoop, type Loop, type LoopForest } from './scopes.ts';

/** A plan as rules, graphs and hovers ask about it: neighbours, loops around a vertex, what the rest of the file says. */
export class JobView {
  readonly plan: JobPlan;
  readonly loops: LoopForest;
  readonly context: JobContext;
  /** Version of the Flink that the plan is for, or null. */
  readonly flinkVersion: string | null;
  /** True for the plan that the file is shown as. */
  readonly primary: boolean;
  /** Edges to and from batch iterations lead into their heads and out of their tails here. */
  readonly flow: FlowGraph;
  readonly #bodies = new Map<Loop, number[]>();

  constructor(analysed: AnalysedPlan, context: JobContext, flinkVersion: string | null, primary: boolean) {
    this.plan = analysed.plan;
    this.loops = analysed.loops;
    this.context = context;
    this.flinkVersion = flinkVersion;
    this.primary = primary;
    this.flow = flowGraph(analysed.plan);
  }

  vertex(index: number): Vertex {
    return this.plan.vertices[index] as Vertex;
  }

  edge(index: number): Edge {
    return this.plan.edges[index] as Edge;
  }

  /** Forward edges into a vertex. */
  incoming(vertex: number): Edge[] {
    return this.#edges(this.flow.incoming, vertex);
  }

  /** Forward edges out of a vertex. */
  outgoing(vertex: number): Edge[] {
    return this.#edges(this.flow.outgoing, vertex);
  }

  producers(vertex: number): number[] {
    return this.#ends(this.flow.incoming, this.flow.from, vertex);
  }

  consumers(vertex: number): number[] {
    return this.#ends(this.flow.outgoing, this.flow.to, vertex);
  }

  body(loop: Loop): number[] {
    let body = this.#bodies.get(loop);
    if (body === undefined) {
      body = bodyOf(this.loops, loop);
      this.#bodies.set(loop, body);
    }
    return body;
  }

  inLoop(vertex: number, loop: Loop): boolean {
    return loop.tangled ? this.body(loop).includes(vertex) : inLoop(this.loops, vertex, loop);
  }

  level(vertex: number): number {
    return this.loops.scopes[vertex]?.getLevel() ?? 0;
  }

  /** Loops around a vertex, innermost first. */
  loopsAround(vertex: number): Loop[] {
    const result: Loop[] = [];
    let index: number | null = this.loops.innermost[vertex] ?? -1;
    while (index !== null && index >= 0) {
      const loop: Loop | undefined = this.loops.loops[index];
      if (loop === undefined) break;
      result.push(loop);
      index = loop.parent;
    }
    return result;
  }

  /** Vertices that take records from outside together with the feedback: the consumers of the head, or a cycle's header. */
  isEntry(vertex: number, loop: Loop): boolean {
    return vertex === loop.head || (loop.origin !== 'cycle' && this.consumers(loop.head).includes(vertex));
  }

  /** Some input of the plan could not be told, so nothing can be said about who feeds whom. */
  get hasUnknownEdges(): boolean {
    return this.plan.unresolved.length > 0 || this.plan.truncated;
  }

  #edges(adjacency: Adjacency, vertex: number): Edge[] {
    const result: Edge[] = [];
    for (let at = adjacency.start[vertex] as number; at < (adjacency.start[vertex + 1] as number); at++) {
      const edge = this.plan.edges[this.flow.edge[adjacency.list[at] as number] as number];
      if (edge !== undefined) result.push(edge);
    }
    return result;
  }

  #ends(adjacency: Adjacency, ends: Int32Array, vertex: number): number[] {
    const result: number[] = [];
    for (let at = adjacency.start[vertex] as number; at < (adjacency.start[vertex + 1] as number); at++) {
      result.push(ends[adjacency.list[at] as number] as number);
    }
    return result;
  }
}

/** A plan of an analysis, seen with all that the analysis knows besides. */
export function viewOf(analysis: JobGraphAnalysis, plan: AnalysedPlan): JobView {
  return new JobView(plan, analysis.context, analysis.flinkVersion?.range ?? null, plan === analysis.primary);
}
