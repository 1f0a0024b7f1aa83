import type { Vertex } from '../../jobgraph/vertex.ts';
import type { AnalysedPlan } from './model.ts';

/** Which vertex of the second plan is which of the first; -1 for none. */
export interface PlanMatch {
  toSecond: Int32Array;
  toFirst: Int32Array;
}

/** Job vertex ids are hashes of the graph or of the uid: the same id means the same vertex whatever its name. */
const STABLE_ID = /^[0-9a-f]{32}$/;

/**
 * Matches the vertices of two plans: by stable id or uid, by id with the same name, by a name that both have once,
 * by name and neighbours, and what is left by neighbours alone (renamed operators).
 */
export function matchPlans(first: AnalysedPlan, second: AnalysedPlan): PlanMatch {
  const a = first.plan.vertices;
  const b = second.plan.vertices;
  const match: PlanMatch = { toSecond: new Int32Array(a.length).fill(-1), toFirst: new Int32Array(b.length).fill(-1) };
  pairBy(a, b, match, (vertex) => (vertex.uid !== null ? `uid ${vertex.uid}` : STABLE_ID.test(vertex.id) ? vertex.id : null));
  pairBy(a, b, match, (vertex) => (vertex.id === '' ? null : `${vertex.id} ${nameKey(vertex)}`));
  pairBy(a, b, match, nameKey);
  // Every round can use what the one before has matched; two are enough for most plans.
  for (let round = 0; round < 2; round++) {
    const inA = neighbours(first, (vertex) => match.toSecond[vertex] as number);
    const inB = neighbours(second, (vertex) => (match.toFirst[vertex] === -1 ? -1 : vertex));
    pairBy(a, b, match, (vertex, side) => `${nameKey(vertex)} ${(side === 0 ? inA : inB)[vertex.index]}`);
  }
  pairInOrder(a, b, match);
  const inA = neighbours(first, (vertex) => match.toSecond[vertex] as number);
  const inB = neighbours(second, (vertex) => (match.toFirst[vertex] === -1 ? -1 : vertex));
  pairBy(a, b, match, (vertex, side) => {
    const around = (side === 0 ? inA : inB)[vertex.index] ?? '';
    // Without a matched neighbour there is nothing to go by.
    return /\d/.test(around) ? `${vertex.kind} ${around}` : null;
  });
  return match;
}

/** The name without the numbers that the SQL planner gives out anew each time: "Calc[12]", "[12]:Calc(…)". */
export function nameKey(vertex: Vertex): string {
  return vertex.name.replace(/\[\d+\]:?/g, '').replace(/^(Iteration(?:Source|Sink))-\d+$/, '$1');
}

type KeyOf = (vertex: Vertex, side: 0 | 1) => string | null;

/** Matches vertices whose key occurs once among the unmatched of either plan. */
function pairBy(a: readonly Vertex[], b: readonly Vertex[], { toSecond, toFirst }: PlanMatch, keyOf: KeyOf): void {
  const once = (vertices: readonly Vertex[], matched: Int32Array, side: 0 | 1): Map<string, number> => {
    const found = new Map<string, number>();
    for (const vertex of vertices) {
      if (matched[vertex.index] !== -1) continue;
      const key = keyOf(vertex, side);
      if (key !== null) found.set(key, found.has(key) ? -1 : vertex.index);
    }
    return found;
  };
  const inB = once(b, toFirst, 1);
  for (const [key, index] of once(a, toSecond, 0)) {
    const other = inB.get(key);
    if (index === -1 || other === undefined || other === -1) continue;
    toSecond[index] = other;
    toFirst[other] = index;
  }
}

/** Several of one name with nothing else to tell them apart: in the order of the text. */
function pairInOrder(a: readonly Vertex[], b: readonly Vertex[], { toSecond, toFirst }: PlanMatch): void {
  const waiting = new Map<string, number[]>();
  for (const vertex of b) {
    if (toFirst[vertex.index] !== -1) continue;
    const key = nameKey(vertex);
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [vertex.index]);
    else list.push(vertex.index);
  }
  const next = new Map<string, number>();
  for (const vertex of a) {
    if (toSecond[vertex.index] !== -1) continue;
    const key = nameKey(vertex);
    const at = next.get(key) ?? 0;
    const other = waiting.get(key)?.[at];
    if (other === undefined) continue;
    next.set(key, at + 1);
    toSecond[vertex.index] = other;
    toFirst[other] = vertex.index;
  }
}

/** For each vertex its matched producers and consumers, named by their index in the second plan. */
function neighbours({ plan }: AnalysedPlan, inSecond: (vertex: number) => number): string[] {
  const into: number[][] = plan.vertices.map(() => []);
  const outOf: number[][] = plan.vertices.map(() => []);
  for (const edge of plan.edges) {
    const from = inSecond(edge.from);
    const to = inSecond(edge.to);
    if (from !== -1) into[edge.to]?.push(from);
    if (to !== -1) outOf[edge.from]?.push(to);
  }
  const text = (list: number[] | undefined) => (list ?? []).sort((x, y) => x - y).join(',');
  return plan.vertices.map((_, index) => `${text(into[index])}>${text(outOf[index])}`);
}
