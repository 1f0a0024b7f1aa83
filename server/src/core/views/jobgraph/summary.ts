import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { bodyOf } from '../../analysis/jobgraph/scopes.ts';

/** The `summary` of the command line for a job graph, about the primary plan. */
export interface JobGraphSummary {
  format: string;
  vertices: { id: string; name: string; parallelism: number | null; scope: number[]; level: number }[];
  edges: { from: string; to: string; kind: 'forward' | 'feedback'; ship: string | null; exchange: string | null }[];
  loops: { head: string; tail: string; body: string[]; level: number }[];
  /** Vertices, edges and loops that are not written out. */
  left: { vertices: number; edges: number; loops: number };
  /** Number of plans in the file; the others are trees or documents about the same job. */
  plans: number;
}

/** Members of lists that are written out. */
const MAX_VERTICES = 2000;
const MAX_EDGES = 4000;
const MAX_LOOPS = 1000;
/** Vertices of the body of a loop. */
const MAX_BODY = 200;

export function summaryOf(analysis: JobGraphAnalysis): JobGraphSummary | null {
  const { primary } = analysis;
  if (primary === null) return null;
  const { plan, loops } = primary;
  const ids = plan.vertices.map((vertex) => (vertex.id === '' ? `#${vertex.index + 1}` : vertex.id));
  const id = (index: number): string => ids[index] ?? '';
  const paths = new Map<unknown, number[]>();
  const pathOf = (index: number): number[] => {
    const scope = loops.scopes[index] ?? loops.root;
    const known = paths.get(scope);
    if (known !== undefined) return known;
    const path = scope.path;
    paths.set(scope, path);
    return path;
  };
  return {
    format: plan.format,
    vertices: plan.vertices.slice(0, MAX_VERTICES).map((vertex) => {
      const scope = pathOf(vertex.index);
      return { id: id(vertex.index), name: vertex.name, parallelism: vertex.parallelism, scope, level: scope.length - 1 };
    }),
    edges: plan.edges.slice(0, MAX_EDGES).map((edge) => ({
      from: id(edge.from),
      to: id(edge.to),
      kind: edge.kind,
      ship: edge.shipText,
      exchange: edge.exchangeText,
    })),
    loops: loops.loops
      .slice(0, MAX_LOOPS)
      .map((loop) => ({ head: id(loop.head), tail: id(loop.tail), body: bodyOf(loops, loop).slice(0, MAX_BODY).map(id), level: loop.level })),
    left: {
      vertices: Math.max(0, plan.vertices.length - MAX_VERTICES),
      edges: Math.max(0, plan.edges.length - MAX_EDGES),
      loops: Math.max(0, loops.loops.length - MAX_LOOPS),
    },
    plans: analysis.plans.length,
  };
}
