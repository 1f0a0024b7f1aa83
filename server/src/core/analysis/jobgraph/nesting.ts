import { Components } from './components.ts';
import type { LoopCandidate } from './loopPairs.ts';
import { type FlowGraph, makeGraph } from './planGraph.ts';

/** Among loops with the same entry so many are compared pair by pair; beyond, the order of creation decides. */
const MAX_TIES = 64;

/** A loop at its place in the tree. */
export interface LoopNode {
  candidate: LoopCandidate;
  parent: LoopNode | null;
  /** Vertices of the loop that are in none of its children. */
  body: number[];
  /** Vertices whose scope this loop gives; the same as `body` unless loops are tangled. */
  scoped: number[];
  /** Loops that overlap with this one while neither holds the other. */
  tangled: { candidate: LoopCandidate; body: number[] }[];
  children: LoopNode[];
}

/** A strongly connected part with the loops that close in it. */
interface Part {
  vertices: Int32Array;
  loops: number[];
  parent: LoopNode | null;
}

interface Split {
  parts: Part[];
  /** Loops that are no cycle of their own any more. */
  open: number[];
  /** Label of the vertices in none of the parts. */
  label: number;
}

/**
 * Takes the strongly connected parts of a plan (feedback edges included) apart from the outside in. The loop that is
 * entered first is the outermost of its part; without its feedback edge what is still strongly connected are the loops
 * inside it (Steensgaard's loop nesting). Cost: one pass over a part for each level of nesting.
 */
export class Nesting {
  readonly #graph: FlowGraph;
  readonly #candidates: LoopCandidate[];
  /** Smallest topological rank among the vertices that a loop's head feeds. */
  readonly #entryRank: Int32Array;
  /** The loop that a feedback edge belongs to, or -1 for a forward edge. */
  readonly #owner: Int32Array;
  readonly #disabled: Uint8Array;
  readonly #components: Components;
  /** 1 for heads and tails of pairs. */
  readonly #isEnd: Uint8Array;
  /** The part at hand, and the marks of its vertices; they are set when a search first needs them. */
  #part: Part | null = null;
  #stamped: Part | null = null;
  readonly #stamp: Int32Array;
  #stamps = 0;
  #labels = 0;
  readonly #roots: LoopNode[] = [];
  readonly #isChain: (vertex: number) => boolean;

  /** `isChain` tells vertices that may hold operators of several scopes. */
  constructor(graph: FlowGraph, back: Uint8Array, rank: Int32Array, candidates: LoopCandidate[], isChain: (vertex: number) => boolean) {
    this.#isChain = isChain;
    const count = graph.from.length;
    const pairs = candidates.flatMap((candidate, index) =>
      candidate.origin === 'cycle' ? [] : candidate.feedback.map(([tail, head]) => ({ tail, head, index })),
    );
    const from = new Int32Array(count + pairs.length);
    const to = new Int32Array(count + pairs.length);
    this.#owner = new Int32Array(count + pairs.length).fill(-1);
    from.set(graph.from);
    to.set(graph.to);
    pairs.forEach(({ tail, head, index }, position) => {
      from[count + position] = tail;
      to[count + position] = head;
      this.#owner[count + position] = index;
    });
    const cycles = new Map<number, number>();
    candidates.forEach(({ origin, head }, index) => {
      if (origin === 'cycle') cycles.set(head, index);
    });
    for (let e = 0; e < count; e++) if (back[e] === 1) this.#owner[e] = cycles.get(graph.to[e] as number) ?? -1;
    this.#graph = makeGraph(graph.vertexCount, from, to, from);
    this.#candidates = candidates;
    this.#disabled = new Uint8Array(from.length);
    this.#components = new Components(this.#graph, this.#disabled);
    this.#stamp = new Int32Array(graph.vertexCount);
    this.#isEnd = new Uint8Array(graph.vertexCount);
    for (const { origin, head, tail } of candidates) {
      if (origin === 'cycle') continue;
      this.#isEnd[head] = 1;
      this.#isEnd[tail] = 1;
    }
    this.#entryRank = Int32Array.from(candidates, ({ origin, head }) => {
      if (origin === 'cycle') return rank[head] as number;
      let least = rank.length;
      for (let at = graph.outgoing.start[head] as number; at < (graph.outgoing.start[head + 1] as number); at++) {
        least = Math.min(least, rank[graph.to[graph.outgoing.list[at] as number] as number] as number);
      }
      return least;
    });
  }

  solve(): LoopNode[] {
    const all = new Int32Array(this.#graph.vertexCount);
    for (let v = 0; v < all.length; v++) all[v] = v;
    const { parts, open } = this.#split(all, [...this.#candidates.keys()], null);
    for (const index of open) {
      // No way leads from this head to its tail.
      const { head, tail } = this.#of(index);
      this.#node(index, null, head === tail ? [head] : [head, tail]);
    }
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) parts.push(...this.#takeApart(part));
    return this.#roots;
  }

  /** The outermost loop of a part becomes a node; returned are the parts inside it. */
  #takeApart(part: Part): Part[] {
    this.#part = part;
    const outermost = this.#outermost(part.loops);
    if (outermost === undefined) return [];
    const node = this.#node(outermost, part.parent, []);
    this.#disable(outermost);
    const inner = part.loops.filter((index) => index !== outermost);
    let split = this.#split(part.vertices, inner, node);
    let tangled = [...split.open, ...this.#overlapping(outermost, split)];
    // Taking tangled loops out can leave others without a cycle of their own: these belong to the tangle too.
    const gone = new Set<number>();
    while (tangled.length > 0) {
      for (const index of tangled) {
        gone.add(index);
        this.#disable(index);
        node.tangled.push({ candidate: this.#of(index), body: this.#wholeBody(index) });
      }
      const clean = inner.filter((index) => !gone.has(index));
      split = this.#split(part.vertices, clean, node);
      tangled = split.open;
    }
    const { label } = this.#components;
    for (const v of part.vertices) if (label[v] === split.label) node.scoped.push(v);
    node.body = gone.size === 0 ? node.scoped : this.#wholeBody(outermost).filter((v) => label[v] === split.label);
    return split.parts;
  }

  /** Strongly connected parts of a set of vertices, and the loops that close in none of them. All other vertices keep `label`. */
  #split(vertices: Int32Array, loops: number[], parent: LoopNode | null): Split {
    const { label } = this.#components;
    const mine = ++this.#labels;
    for (const v of vertices) label[v] = mine;
    const parts: Part[] = [];
    const heads = loops.map((index) => this.#of(index).head);
    for (const found of this.#components.cyclic(vertices, mine, heads)) {
      const next = ++this.#labels;
      for (const v of found) label[v] = next;
      parts.push({ vertices: found, loops: [], parent });
    }
    const open: number[] = [];
    for (const index of loops) {
      const { head, tail } = this.#of(index);
      // The labels of the parts follow each other.
      const part = label[head] === label[tail] ? parts[(label[head] as number) - mine - 1] : undefined;
      if (part === undefined) open.push(index);
      else part.loops.push(index);
    }
    return { parts, open, label: mine };
  }

  /** Loops of a part inside that feed the outer tail themselves, and reach beyond what the outer loop holds: they overlap. */
  #overlapping(outer: number, { parts, label: mine }: Split): number[] {
    if (parts.length === 0) return [];
    const { label } = this.#components;
    const suspects = new Set<Part>();
    const { origin, feedback } = this.#of(outer);
    for (const [tail] of feedback) {
      const producers = origin === 'cycle' ? [tail] : this.#producers(tail);
      for (const producer of producers) {
        const part = parts[(label[producer] as number) - mine - 1];
        // In a chain the operator that feeds the tail may be outside of the inner loop.
        if (part !== undefined && !this.#isChain(producer)) suspects.add(part);
      }
    }
    if (suspects.size === 0) return [];
    const direct = this.#directBody(outer);
    return [...suspects].filter((part) => part.vertices.some((v) => this.#isEnd[v] === 0 && !direct.has(v))).flatMap((part) => part.loops);
  }

  #producers(vertex: number): number[] {
    const { start, list } = this.#graph.incoming;
    const result: number[] = [];
    for (let at = start[vertex] as number; at < (start[vertex + 1] as number); at++) {
      const e = list[at] as number;
      if (this.#owner[e] === -1) result.push(this.#graph.from[e] as number);
    }
    return result;
  }

  /** The loop of the stamped part that is entered before all others. */
  #outermost(loops: number[]): number | undefined {
    let least = Number.MAX_SAFE_INTEGER;
    let ties: number[] = [];
    for (const index of loops) {
      const rank = this.#entryRank[index] as number;
      if (rank < least) ties = [];
      if (rank > least) continue;
      least = rank;
      ties.push(index);
    }
    if (ties.length < 2) return ties[0];
    // The same entry: the loop created first encloses the others, unless another one strictly contains it.
    ties.sort((a, b) => (this.#of(a).created ?? a) - (this.#of(b).created ?? b));
    let outer = ties[0] as number;
    let body = this.#directBody(outer);
    for (const index of ties.slice(1, MAX_TIES)) {
      const other = this.#directBody(index);
      if (other.size <= body.size || ![...body].every((v) => other.has(v))) continue;
      outer = index;
      body = other;
    }
    return outer;
  }

  /** Vertices on a forward path from head to tail within the stamped part, without the ends of other loops. */
  #directBody(index: number): Set<number> {
    const { head, feedback, origin } = this.#of(index);
    const forward = this.#search([head], this.#graph.outgoing, this.#graph.to);
    const backward = this.#search(
      feedback.map(([tail]) => tail),
      this.#graph.incoming,
      this.#graph.from,
    );
    const body = new Set<number>();
    for (const v of forward) if (backward.has(v) && (origin === 'cycle' || this.#isEnd[v] === 0)) body.add(v);
    return body;
  }

  #wholeBody(index: number): number[] {
    const body = this.#directBody(index);
    body.add(this.#of(index).head);
    body.add(this.#of(index).tail);
    return [...body];
  }

  #search(roots: number[], { start, list }: FlowGraph['outgoing'], ends: Int32Array): Set<number> {
    if (this.#stamped !== this.#part) {
      this.#stamped = this.#part;
      this.#stamps++;
      for (const v of this.#part?.vertices ?? []) this.#stamp[v] = this.#stamps;
    }
    const seen = new Set(roots);
    const open = [...roots];
    for (let v = open.pop(); v !== undefined; v = open.pop()) {
      for (let at = start[v] as number; at < (start[v + 1] as number); at++) {
        const e = list[at] as number;
        const w = ends[e] as number;
        if (this.#owner[e] !== -1 || this.#stamp[w] !== this.#stamps || seen.has(w)) continue;
        seen.add(w);
        open.push(w);
      }
    }
    return seen;
  }

  #disable(index: number): void {
    const { start, list } = this.#graph.outgoing;
    for (const [tail] of this.#of(index).feedback) {
      for (let at = start[tail] as number; at < (start[tail + 1] as number); at++) {
        const e = list[at] as number;
        if (this.#owner[e] === index) this.#disabled[e] = 1;
      }
    }
  }

  #of(index: number): LoopCandidate {
    return this.#candidates[index] as LoopCandidate;
  }

  #node(index: number, parent: LoopNode | null, vertices: number[]): LoopNode {
    const node: LoopNode = { candidate: this.#of(index), parent, body: vertices, scoped: vertices, tangled: [], children: [] };
    if (parent === null) this.#roots.push(node);
    else parent.children.push(node);
    return node;
  }
}
