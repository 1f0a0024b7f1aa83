import type { LoopOrigin } from '../../jobgraph/loopNames.ts';
import type { StreamScope } from '../../jobgraph/streamScope.ts';

export interface Loop {
  index: number;
  /** "3" of IterationSource-3, or a name made from the vertices. */
  name: string;
  origin: LoopOrigin;
  /** Vertex index where feedback enters; of a cycle the vertex that the feedback edge leads to. */
  head: number;
  /** Vertex index where feedback leaves. */
  tail: number;
  /** Indices into plan.edges; more than one for delta iterations and cycles with several ways back. */
  feedback: number[];
  scope: StreamScope;
  /** Level of the scope: 1 for a loop in no other loop. */
  level: number;
  /** Index of the enclosing loop. */
  parent: number | null;
  children: number[];
  /** Vertices whose innermost loop this is, head and tail included, in document order. */
  own: number[];
  /** Part of an interleaving, so that its body and level are not certain. */
  tangled: boolean;
}

/** A head without its tail or the reverse. */
export interface HalfLoop {
  vertex: number;
  missing: 'head' | 'tail';
  name: string;
  origin: LoopOrigin;
}

/** Loops that overlap without one holding the other: they have no scope tree. */
export interface Interleaving {
  /** Loop indices. */
  loops: number[];
  /** Vertices in more than one of them. */
  shared: number[];
}

export interface LoopForest {
  /** Outer loops before their inner ones. */
  loops: Loop[];
  /** By vertex index. */
  scopes: StreamScope[];
  /** Innermost loop of each vertex, or -1. */
  innermost: Int32Array;
  root: StreamScope;
  halves: HalfLoop[];
  interleavings: Interleaving[];
  /** Topological rank by vertex without feedback edges; along every forward edge it grows. */
  rank: Int32Array;
}

/** All vertices of a loop: its own and those of the loops inside it, in document order. */
export function bodyOf(forest: LoopForest, loop: Loop): number[] {
  const body: number[] = [];
  const open = [loop];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const vertex of next.own) body.push(vertex);
    for (const child of next.children) open.push(forest.loops[child] as Loop);
  }
  return body.sort((a, b) => a - b);
}

/** True when the vertex is in the loop or in one inside it. */
export function inLoop(forest: LoopForest, vertex: number, loop: Loop): boolean {
  const scope = forest.scopes[vertex];
  return scope !== undefined && (scope.equals(loop.scope) || scope.isInnerOf(loop.scope));
}
