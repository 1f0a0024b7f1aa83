import type { Source } from '../unwrap/source.ts';
import { Edge, type EdgePlaces } from './edge.ts';
import { loopRoles, mayNameLoop } from './loopNames.ts';
import type { DeclaredLoop, JobPlan, PlanFormat } from './model.ts';
import { VertexDraft } from './vertexDraft.ts';

const AMBIGUOUS = -1;
/** Producer of an edge whose id is looked up at the end. */
const PENDING = -2;

/** Collects the vertices and inputs of one plan; edges are made when all ids are known, since inputs may name later vertices. */
export class PlanBuilder {
  readonly plan: JobPlan;
  /** Those of the plan, which are only read there. */
  readonly vertices: VertexDraft[] = [];
  /** Ids of the producers, by edge. */
  readonly #producers: string[] = [];
  #edges: Edge[] = [];
  readonly #byId = new Map<string, number>();
  #indexed = 0;
  readonly #declared: { loop: DeclaredLoop; pairs: [string, string][] }[] = [];

  constructor(format: PlanFormat, source: Source, start: number) {
    this.plan = {
      format,
      title: null,
      jobId: null,
      mode: null,
      flinkVersion: null,
      state: null,
      vertices: this.vertices,
      edges: [],
      declaredLoops: [],
      unresolved: [],
      advice: [],
      pendingOperators: null,
      truncated: false,
      span: source.span(start, start),
      source,
    };
  }

  addVertex(id: string, start: number, end: number): VertexDraft {
    const vertex = new VertexDraft(this.plan.source, this.vertices.length, id, start, end);
    this.vertices.push(vertex);
    return vertex;
  }

  /** An edge whose producer is named by id, which may stand further down. */
  addInput(id: string, to: number, input: number, ship: string | null, exchange: string | null, places: EdgePlaces): Edge {
    const edge = this.addEdge(PENDING, to, input, ship, exchange, places);
    this.#producers[edge.index] = id;
    return edge;
  }

  /** An edge whose producer is known by index (trees and stages, where ids are not needed). */
  addEdge(from: number, to: number, input: number, ship: string | null, exchange: string | null, places: EdgePlaces): Edge {
    const edge = new Edge(this.plan.source, this.#edges.length, { from, to, input }, ship, exchange, places);
    this.#edges.push(edge);
    return edge;
  }

  /** Vertex index by id; -1 for an id that several vertices have. */
  get byId(): Map<string, number> {
    for (const { plan } = this; this.#indexed < plan.vertices.length; this.#indexed++) {
      const id = plan.vertices[this.#indexed]?.id ?? '';
      if (id !== '') this.#byId.set(id, this.#byId.has(id) ? AMBIGUOUS : this.#indexed);
    }
    return this.#byId;
  }

  /** A loop that the document declares; `pairs` are ids of tail and head. */
  declareLoop(loop: DeclaredLoop, pairs: [string, string][]): void {
    this.#declared.push({ loop, pairs });
  }

  finish(end: number): JobPlan {
    const { plan } = this;
    plan.span = { start: plan.span.start, end: plan.source.span(end, end).end };
    const { byId } = this;
    this.#resolve(byId);
    for (const { loop, pairs } of this.#declared) this.#finishLoop(loop, pairs, byId);
    this.#setKinds();
    return plan;
  }

  #resolve(byId: Map<string, number>): void {
    const { edges, unresolved } = this.plan;
    for (const edge of this.#edges) {
      if (edge.from === PENDING) {
        const id = this.#producers[edge.index] ?? '';
        const from = id === '' ? undefined : byId.get(id);
        if (from === undefined || from === AMBIGUOUS) {
          const reason = id === '' ? 'blank' : from === undefined ? 'unknown' : 'ambiguous';
          unresolved.push({ to: edge.to, id: id === '' ? null : id, reason, span: edge.idSpan });
          continue;
        }
        edge.from = from;
      }
      edge.index = edges.length;
      edges.push(edge);
    }
    this.#edges = [];
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
    const { vertices } = this;
    const { edges } = this.plan;
    const inputs = new Uint8Array(vertices.length);
    const outputs = new Uint8Array(vertices.length);
    for (const edge of edges) {
      inputs[edge.to] = 1;
      outputs[edge.from] = 1;
    }
    for (const { to } of this.plan.unresolved) inputs[to] = 1;
    const blank = this.plan.unresolved.length > 0;
    for (const vertex of vertices) {
      const roles = mayNameLoop(vertex.rawText) ? loopRoles(vertex.name) : [];
      if (roles.length > 0) vertex.loopRoles = roles;
      const role = roles[0] ?? null;
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
