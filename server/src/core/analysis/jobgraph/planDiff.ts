import type { Edge } from '../../jobgraph/edge.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import type { AnalysedPlan } from './model.ts';
import { matchPlans, nameKey } from './planMatch.ts';

/** One property with what it was and what it is; texts as the documents print them. */
export type Change =
  | { what: 'name' | 'chained-operators' | 'ship-strategy' | 'exchange'; before: string; after: string }
  | { what: 'parallelism' | 'max-parallelism' | 'loop-level' | 'input'; before: number; after: number };

export interface PlanDiff {
  first: AnalysedPlan;
  second: AnalysedPlan;
  addedVertices: Vertex[];
  removedVertices: Vertex[];
  changedVertices: { before: Vertex; after: Vertex; changes: Change[] }[];
  addedEdges: Edge[];
  removedEdges: Edge[];
  changedEdges: { before: Edge; after: Edge; changes: Change[] }[];
  /** Index in the second plan by index in the first, -1 for removed vertices. */
  toSecond: Int32Array;
}

/** What became of one plan in another; restored feedback edges count as edges. */
export function diffPlans(first: AnalysedPlan, second: AnalysedPlan): PlanDiff {
  const { toSecond, toFirst } = matchPlans(first, second);
  const diff: PlanDiff = {
    first,
    second,
    addedVertices: second.plan.vertices.filter((vertex) => toFirst[vertex.index] === -1),
    removedVertices: first.plan.vertices.filter((vertex) => toSecond[vertex.index] === -1),
    changedVertices: [],
    addedEdges: [],
    removedEdges: [],
    changedEdges: [],
    toSecond,
  };
  for (const before of first.plan.vertices) {
    const after = second.plan.vertices[toSecond[before.index] as number];
    if (after === undefined) continue;
    const changes = vertexChanges(first, before, second, after);
    if (changes.length > 0) diff.changedVertices.push({ before, after, changes });
  }
  diffEdges(diff);
  return diff;
}

export function isEmpty(diff: PlanDiff): boolean {
  return (
    diff.addedVertices.length + diff.removedVertices.length + diff.changedVertices.length === 0 &&
    diff.addedEdges.length + diff.removedEdges.length + diff.changedEdges.length === 0
  );
}

function vertexChanges(first: AnalysedPlan, before: Vertex, second: AnalysedPlan, after: Vertex): Change[] {
  const changes: Change[] = [];
  const compare = (what: 'parallelism' | 'max-parallelism' | 'loop-level', was: number | null, is: number | null): void => {
    // A property that one of the documents does not have is no change.
    if (was !== null && is !== null && was !== is) changes.push({ what, before: was, after: is });
  };
  if (nameKey(before) !== nameKey(after)) {
    const was = before.operators;
    const is = after.operators;
    const chained = (was.length > 1 || is.length > 1) && was.some((operator) => is.includes(operator));
    changes.push({ what: chained ? 'chained-operators' : 'name', before: before.name, after: after.name });
  }
  compare('parallelism', before.parallelism, after.parallelism);
  compare('max-parallelism', before.maxParallelism, after.maxParallelism);
  compare('loop-level', first.loops.scopes[before.index]?.getLevel() ?? 0, second.loops.scopes[after.index]?.getLevel() ?? 0);
  return changes;
}

function diffEdges(diff: PlanDiff): void {
  const waiting = new Map<string, Edge[]>();
  for (const edge of diff.second.plan.edges) {
    const key = `${edge.from} ${edge.to} ${edge.kind}`;
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [edge]);
    else list.push(edge);
  }
  const used = new Set<Edge>();
  const next = new Map<string, number>();
  for (const before of diff.first.plan.edges) {
    const key = `${diff.toSecond[before.from]} ${diff.toSecond[before.to]} ${before.kind}`;
    const at = next.get(key) ?? 0;
    const after = waiting.get(key)?.[at];
    if (after === undefined) {
      diff.removedEdges.push(before);
      continue;
    }
    next.set(key, at + 1);
    used.add(after);
    const changes = edgeChanges(before, after);
    if (changes.length > 0) diff.changedEdges.push({ before, after, changes });
  }
  diff.addedEdges.push(...diff.second.plan.edges.filter((edge) => !used.has(edge)));
}

function edgeChanges(before: Edge, after: Edge): Change[] {
  const changes: Change[] = [];
  if (before.shipText !== null && after.shipText !== null && before.shipText !== after.shipText) {
    changes.push({ what: 'ship-strategy', before: before.shipText, after: after.shipText });
  }
  if (before.exchangeText !== null && after.exchangeText !== null && before.exchangeText !== after.exchangeText) {
    changes.push({ what: 'exchange', before: before.exchangeText, after: after.exchangeText });
  }
  if (before.input !== after.input) changes.push({ what: 'input', before: before.input, after: after.input });
  return changes;
}
