import type { FlowGraph } from './planGraph.ts';

/**
 * Strongly connected components (Tarjan, without recursion) among the vertices of one label, over edges that are not disabled.
 * Reused for many subsets of one graph: its arrays are allocated once.
 */
export class Components {
  readonly #graph: FlowGraph;
  readonly #disabled: Uint8Array;
  /** Which subset a vertex belongs to; only edges within one label count. */
  readonly label: Int32Array;
  readonly #order: Int32Array;
  readonly #low: Int32Array;
  readonly #next: Int32Array;
  readonly #path: Int32Array;
  readonly #stack: Int32Array;
  readonly #onStack: Uint8Array;

  constructor(graph: FlowGraph, disabled: Uint8Array) {
    const n = graph.vertexCount;
    this.#graph = graph;
    this.#disabled = disabled;
    this.label = new Int32Array(n);
    this.#order = new Int32Array(n);
    this.#low = new Int32Array(n);
    this.#next = new Int32Array(n);
    this.#path = new Int32Array(n);
    this.#stack = new Int32Array(n);
    this.#onStack = new Uint8Array(n);
  }

  /**
   * Components that hold a cycle, of the given vertices, which all have `label`; in no particular order. Where
   * every cycle is known to go through one of some `heads`, what they do not lead to is not looked at.
   */
  cyclic(vertices: Int32Array, label: number, heads: Iterable<number> = vertices): Int32Array[] {
    const order = this.#order;
    for (const v of vertices) order[v] = 0;
    const found: Int32Array[] = [];
    const counters = { time: 0, height: 0 };
    for (const v of heads) if (order[v] === 0 && this.label[v] === label) this.#visit(v, label, counters, found);
    return found;
  }

  #visit(root: number, label: number, counters: { time: number; height: number }, found: Int32Array[]): void {
    const { start, list } = this.#graph.outgoing;
    const { to } = this.#graph;
    const order = this.#order;
    const low = this.#low;
    const next = this.#next;
    const path = this.#path;
    const stack = this.#stack;
    let depth = 0;
    const enter = (v: number): void => {
      path[depth] = v;
      order[v] = ++counters.time;
      low[v] = counters.time;
      next[v] = start[v] as number;
      stack[counters.height++] = v;
      this.#onStack[v] = 1;
    };
    enter(root);
    while (depth >= 0) {
      const v = path[depth] as number;
      const at = next[v] as number;
      if (at < (start[v + 1] as number)) {
        next[v] = at + 1;
        const e = list[at] as number;
        const w = to[e] as number;
        if (this.#disabled[e] !== 0 || this.label[w] !== label) continue;
        if (order[w] === 0) {
          depth++;
          enter(w);
        } else if (this.#onStack[w] === 1 && (order[w] as number) < (low[v] as number)) low[v] = order[w] as number;
        continue;
      }
      depth--;
      if (depth >= 0) {
        const parent = path[depth] as number;
        if ((low[v] as number) < (low[parent] as number)) low[parent] = low[v] as number;
      }
      if (low[v] === order[v]) this.#close(v, counters, found);
    }
  }

  #close(root: number, counters: { height: number }, found: Int32Array[]): void {
    const end = counters.height;
    let v: number;
    do {
      v = this.#stack[--counters.height] as number;
      this.#onStack[v] = 0;
    } while (v !== root);
    if (end - counters.height > 1 || this.#hasSelfLoop(root)) found.push(this.#stack.slice(counters.height, end));
  }

  #hasSelfLoop(v: number): boolean {
    const { start, list } = this.#graph.outgoing;
    for (let at = start[v] as number; at < (start[v + 1] as number); at++) {
      const e = list[at] as number;
      if (this.#disabled[e] === 0 && this.#graph.to[e] === v) return true;
    }
    return false;
  }
}
