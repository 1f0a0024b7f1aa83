import type { Span } from '../../../../common/span.ts';
import { type JobView, viewOf } from '../../core/analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../core/analysis/jobgraph/model.ts';
import type { Edge } from '../../core/jobgraph/edge.ts';
import type { Vertex } from '../../core/jobgraph/vertex.ts';
import type { Document } from '../types.ts';

export type JobDocument = Document<JobGraphAnalysis>;

/** What stands at an offset of the text. */
export interface JobElement {
  view: JobView;
  /** Index of the plan in the analysis. */
  plan: number;
  vertex: Vertex;
  /** The input of `vertex` at the offset. */
  edge: Edge | null;
}

interface Entry extends Span {
  plan: number;
  vertex: number;
  edge: number | null;
}

/** Vertices and inputs of a document by their place. Made once an analysis; a look-up is a binary search. */
export class JobElements {
  readonly views: JobView[];
  /** By start; an entry may hold others (step functions, inputs in a vertex). */
  readonly #entries: Entry[] = [];
  /** Largest end among the entries up to each. */
  readonly #reach: Uint32Array;

  constructor(analysis: JobGraphAnalysis) {
    this.views = analysis.plans.map((plan) => viewOf(analysis, plan));
    for (const [index, { plan }] of this.views.entries()) {
      for (const vertex of plan.vertices) {
        for (const { start, end } of vertex.objects)
          this.#entries.push({ ...plan.source.span(start, end), plan: index, vertex: vertex.index, edge: null });
      }
      for (const edge of plan.edges) {
        if (!edge.restored) this.#entries.push({ ...edge.span, plan: index, vertex: edge.to, edge: edge.index });
      }
    }
    this.#entries.sort((a, b) => a.start - b.start || b.end - a.end);
    this.#reach = new Uint32Array(this.#entries.length);
    let reach = 0;
    this.#entries.forEach((entry, index) => {
      reach = Math.max(reach, entry.end);
      this.#reach[index] = reach;
    });
  }

  /** The innermost thing at an offset. */
  at(offset: number): JobElement | null {
    for (let index = this.#before(offset + 1) - 1; index >= 0 && (this.#reach[index] as number) >= offset; index--) {
      const entry = this.#entries[index] as Entry;
      if (entry.end >= offset) return this.#element(entry);
    }
    return null;
  }

  /** Inputs that touch a span, in the order of the text. */
  inputsWithin(span: Span): JobElement[] {
    const result: JobElement[] = [];
    let first = this.#before(span.start);
    while (first > 0 && (this.#reach[first - 1] as number) >= span.start) first--;
    for (let index = first; index < this.#entries.length; index++) {
      const entry = this.#entries[index] as Entry;
      if (entry.start > span.end) break;
      if (entry.edge !== null && entry.end >= span.start) result.push(this.#element(entry));
    }
    return result;
  }

  #element({ plan, vertex, edge }: Entry): JobElement {
    const view = this.views[plan] as JobView;
    return { view, plan, vertex: view.vertex(vertex), edge: edge === null ? null : view.edge(edge) };
  }

  /** Number of entries that start before an offset. */
  #before(offset: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#entries[middle] as Entry).start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const CACHE = new WeakMap<JobGraphAnalysis, JobElements>();

export function elementsOf({ analysis }: JobDocument): JobElements {
  let elements = CACHE.get(analysis);
  if (elements === undefined) {
    elements = new JobElements(analysis);
    CACHE.set(analysis, elements);
  }
  return elements;
}

export function within(span: Span | null, offset: number): span is Span {
  return span !== null && offset >= span.start && offset <= span.end;
}
