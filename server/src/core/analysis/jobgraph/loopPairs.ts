import type { LoopOrigin, LoopRole } from '../../jobgraph/loopNames.ts';
import type { JobPlan } from '../../jobgraph/model.ts';
import type { FlowGraph } from './planGraph.ts';
import type { HalfLoop } from './scopes.ts';

/** A head and a tail that belong together, before anything is known about nesting. */
export interface LoopCandidate {
  name: string;
  origin: LoopOrigin;
  head: number;
  tail: number;
  /** Ways back as [tail, head]; a cycle may have several. */
  feedback: [number, number][];
  /** Number that grows with the creation of the loop in the program (transformation id); null when unknown. */
  created: number | null;
}

interface End {
  role: LoopRole;
  vertex: number;
}

/** flink-ml pairs are looked for by reachability up to this many heads, beyond by order alone. */
const MAX_SEARCHES = 200;

/** Pairs the ends of loops by their names; what finds no partner is returned as half a loop. */
export function pairLoops(plan: JobPlan, graph: FlowGraph): { candidates: LoopCandidate[]; halves: HalfLoop[] } {
  const heads: End[] = [];
  const tails: End[] = [];
  for (const vertex of plan.vertices) {
    for (const role of vertex.loopRoles ?? []) (role.end === 'head' ? heads : tails).push({ role, vertex: vertex.index });
  }
  const candidates: LoopCandidate[] = [];
  const halves: HalfLoop[] = [];
  pairByKey(heads, tails, candidates, halves);
  pairMl(plan, graph, heads, tails, candidates, halves);
  return { candidates, halves };
}

function pairByKey(heads: End[], tails: End[], candidates: LoopCandidate[], halves: HalfLoop[]): void {
  // StateFun's one key is no number, so that one table serves all.
  const waiting = new Map<string, End[]>();
  for (const tail of tails) {
    const { key } = tail.role;
    if (key === null) continue;
    const list = waiting.get(key);
    if (list === undefined) waiting.set(key, [tail]);
    else list.push(tail);
  }
  for (const head of heads) {
    const { key, origin } = head.role;
    if (key === null) continue;
    const tail = waiting.get(key)?.shift();
    if (tail === undefined) halves.push({ vertex: head.vertex, missing: 'tail', name: key, origin });
    else candidates.push(candidate(head, tail, key, origin === 'iterate' ? Number(key) : null));
  }
  for (const list of waiting.values()) {
    for (const { vertex, role } of list) halves.push({ vertex, missing: 'head', name: role.key ?? '', origin: role.origin });
  }
}

/** flink-ml: the i-th head belongs to the i-th tail; a tail that the head cannot reach or of another parallelism is passed over. */
function pairMl(plan: JobPlan, graph: FlowGraph, heads: End[], tails: End[], candidates: LoopCandidate[], halves: HalfLoop[]): void {
  const mlHeads = heads.filter(({ role }) => role.origin === 'flink-ml');
  const mlTails = tails.filter(({ role }) => role.origin === 'flink-ml');
  // A user's operator may be called "head-…": without any counterpart it is taken for one.
  if (mlHeads.length === 0 || mlTails.length === 0) return;
  const used = new Set<End>();
  mlHeads.forEach((head, position) => {
    const reach = position < MAX_SEARCHES ? reachable(graph, head.vertex) : null;
    const parallelism = plan.vertices[head.vertex]?.parallelism ?? null;
    const fits = (tail: End) => !used.has(tail) && (reach === null || reach[tail.vertex] === 1 || tail.vertex === head.vertex);
    const tail = mlTails.find((end) => fits(end) && plan.vertices[end.vertex]?.parallelism === parallelism) ?? mlTails.find(fits);
    const name = plan.vertices[head.vertex]?.name.slice(0, 60) ?? '';
    if (tail === undefined) {
      halves.push({ vertex: head.vertex, missing: 'tail', name, origin: 'flink-ml' });
      return;
    }
    used.add(tail);
    candidates.push(candidate(head, tail, name, null));
  });
  for (const tail of mlTails) {
    if (!used.has(tail))
      halves.push({ vertex: tail.vertex, missing: 'head', name: plan.vertices[tail.vertex]?.name.slice(0, 60) ?? '', origin: 'flink-ml' });
  }
}

function candidate(head: End, tail: End, name: string, created: number | null): LoopCandidate {
  return { name, origin: head.role.origin, head: head.vertex, tail: tail.vertex, feedback: [[tail.vertex, head.vertex]], created };
}

/** 1 for every vertex that records from `start` can get to, `start` included. */
function reachable(graph: FlowGraph, start: number): Uint8Array {
  const seen = new Uint8Array(graph.vertexCount);
  const open = [start];
  seen[start] = 1;
  for (let v = open.pop(); v !== undefined; v = open.pop()) {
    for (let at = graph.outgoing.start[v] as number; at < (graph.outgoing.start[v + 1] as number); at++) {
      const w = graph.to[graph.outgoing.list[at] as number] as number;
      if (seen[w] === 1) continue;
      seen[w] = 1;
      open.push(w);
    }
  }
  return seen;
}
