import type { Span } from '../../../../common/span.ts';
import { LOOP_NAME, loopRole } from './loopNames.ts';
import type { DeclaredLoop, Edge, JobPlan, PlanFormat } from './model.ts';
import { exchangeOf, shipOf } from './normalise.ts';
import type { SourceText } from './sourceText.ts';
import { Vertex } from './vertex.ts';

/** An input of a vertex as the document names it, before its producer is looked up. */
export interface PendingInput {
  to: number;
  id: string;
  input: number;
  ship: string | null;
  exchange: string | null;
  span: Span;
  idSpan: Span;
  shipSpan: Span | null;
  exchangeSpan: Span | null;
  dam: Edge['dam'];
  priority: number | null;
}

const AMBIGUOUS = -1;

/** Collects the vertices and inputs of one plan; edges are made when all ids are known, since inputs may name later vertices. */
export class PlanBuilder {
  readonly plan: JobPlan;
  readonly #inputs: PendingInput[] = [];
  readonly #declared: { loop: DeclaredLoop; pairs: [string, string][] }[] = [];

  constructor(format: PlanFormat, source: SourceText, start: number) {
    this.plan = {
      format,
      title: null,
      jobId: null,
      mode: null,
      flinkVersion: null,
      state: null,
      vertices: [],
      edges: [],
      declaredLoops: [],
      unresolved: [],
      advice: [],
      pendingOperators: null,
      span: source.span(start, start),
      source,
    };
  }

  addVertex(id: string, start: number, end: number): Vertex {
    const { plan } = this;
    const vertex = new Vertex(plan.vertices.length, id, plan.source.span(start, end));
    vertex.objects.push({ start, end });
    plan.vertices.push(vertex);
    return vertex;
  }

  addInput(input: PendingInput): void {
    this.#inputs.push(input);
  }

  /** A loop that the document declares; `pairs` are ids of tail and head. */
  declareLoop(loop: DeclaredLoop, pairs: [string, string][]): void {
    this.#declared.push({ loop, pairs });
  }

  finish(end: number): JobPlan {
    const { plan } = this;
    plan.span = { start: plan.span.start, end: plan.source.span(end, end).end };
    const byId = new Map<string, number>();
    for (const vertex of plan.vertices) {
      if (vertex.id === '') continue;
      byId.set(vertex.id, byId.has(vertex.id) ? AMBIGUOUS : vertex.index);
    }
    for (const input of this.#inputs) this.#resolve(input, byId);
    for (const { loop, pairs } of this.#declared) this.#finishLoop(loop, pairs, byId);
    this.#setKinds();
    return plan;
  }

  #resolve(input: PendingInput, byId: Map<string, number>): void {
    const from = input.id === '' ? undefined : byId.get(input.id);
    if (from === undefined || from === AMBIGUOUS) {
      const reason = input.id === '' ? 'blank' : from === undefined ? 'unknown' : 'ambiguous';
      this.plan.unresolved.push({ to: input.to, id: input.id === '' ? null : input.id, reason, span: input.idSpan });
      return;
    }
    this.addEdge(from, input);
  }

  /** An edge whose producer is known by index (trees and stages, where ids are not needed). */
  addEdge(from: number, input: Omit<PendingInput, 'id'>): Edge {
    const { edges } = this.plan;
    const edge: Edge = {
      index: edges.length,
      from,
      to: input.to,
      input: input.input,
      kind: 'forward',
      ship: shipOf(input.ship),
      shipText: input.ship,
      exchange: exchangeOf(input.exchange),
      exchangeText: input.exchange,
      restored: false,
      span: input.span,
      idSpan: input.idSpan,
      shipSpan: input.shipSpan,
      exchangeSpan: input.exchangeSpan,
      dam: input.dam,
      priority: input.priority,
    };
    edges.push(edge);
    return edge;
  }

  #finishLoop(loop: DeclaredLoop, pairs: [string, string][], byId: Map<string, number>): void {
    for (const [tailId, headId] of pairs) {
      const tail = byId.get(tailId);
      const head = byId.get(headId);
      if (tail === undefined || head === undefined || tail < 0 || head < 0) continue;
      if (!loop.feedback.some(([t, h]) => t === tail && h === head)) loop.feedback.push([tail, head]);
    }
    this.plan.declaredLoops.push(loop);
  }

  #setKinds(): void {
    const { vertices, edges } = this.plan;
    const inputs = new Uint8Array(vertices.length);
    const outputs = new Uint8Array(vertices.length);
    for (const edge of edges) {
      inputs[edge.to] = 1;
      outputs[edge.from] = 1;
    }
    for (const { to } of this.plan.unresolved) inputs[to] = 1;
    const blank = this.plan.unresolved.length > 0;
    for (const vertex of vertices) {
      const role = vertex.mayMatch(LOOP_NAME) ? loopRole(vertex.name) : null;
      if (role !== null) vertex.kind = role.end === 'head' ? 'loop-head' : 'loop-tail';
      else if (vertex.kind === 'operator' && vertex.operatorType === null && vertex.container === null) {
        if (inputs[vertex.index] === 0) vertex.kind = 'source';
        else if (outputs[vertex.index] === 0 && !blank) vertex.kind = 'sink';
      }
    }
    for (const { feedback } of this.plan.declaredLoops) {
      for (const [tail, head] of feedback) {
        const headVertex = vertices[head];
        const tailVertex = vertices[tail];
        if (headVertex !== undefined) headVertex.kind = 'loop-head';
        if (tailVertex !== undefined && tail !== head) tailVertex.kind = 'loop-tail';
      }
    }
  }
}
