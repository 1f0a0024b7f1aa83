import type { GraphDocument, GraphEdge, GraphNode, LegendEntry } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { bottlenecksOf, criticalPath, loadOf } from '../../analysis/jobgraph/criticalPath.ts';
import { type JobView, viewOf } from '../../analysis/jobgraph/jobView.ts';
import type { AnalysedPlan, JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { planOfId, vertexNode } from '../../nodeIds/job.ts';
import { shorten } from '../../wording.ts';
import { legendOf } from '../legend.ts';
import { withChains } from './jobChains.ts';
import { edgeArrow, vertexCard } from './jobNodes.ts';
import { markViolations } from './violations.ts';
import { JOB_GRAPH_WORDS as WORDS } from './words.ts';

/** Above this many vertices cards carry no details: the whole document has to travel to the panel. */
const LIGHT_ABOVE = 2000;
/** Above this many the rest is only counted. */
const MAX_VERTICES = 20_000;

/** Vertices and edges of one plan without nesting. `focus` is a node id or the offset of a finding. */
export function jobGraph(analysis: JobGraphAnalysis, focus?: string): GraphDocument<Span> {
  const chosen = choosePlan(analysis, focus);
  if (chosen === null) return emptyGraph('job', WORDS.notes.noGraph);
  const { view, index } = chosen;
  const parts = drawn(view, index);
  markViolations(view, index, analysis.findings, parts);
  const pending = pendingOperators(analysis, view, index);
  const nodes = [...parts.nodes, ...pending.nodes];
  const edges = [...parts.edges, ...pending.edges];
  const graph: GraphDocument<Span> = {
    view: 'job',
    title: titleOf(view, analysis.plans.length, index),
    nodes,
    groups: [],
    edges,
    legend: legendOf(JOB_LEGEND, nodes, edges),
    notes: [...notesOf(view, analysis, index), ...parts.notes, ...pending.notes],
    direction: 'right',
  };
  return view.plan.vertices.length > LIGHT_ABOVE ? graph : withChains(graph, view, index);
}

/** The plan that is asked for, else the primary one. */
export function choosePlan(analysis: JobGraphAnalysis, focus: string | undefined): { view: JobView; index: number } | null {
  let plan: AnalysedPlan | null = analysis.primary;
  if (focus !== undefined) {
    const byId = planOfId(focus);
    const offset = Number(focus);
    const asked = byId !== null ? analysis.plans[byId] : Number.isNaN(offset) ? undefined : innermostAt(analysis.plans, offset);
    plan = asked ?? plan;
  }
  if (plan === null) return null;
  return { view: viewOf(analysis, plan), index: analysis.plans.indexOf(plan) };
}

function innermostAt(plans: AnalysedPlan[], offset: number): AnalysedPlan | undefined {
  let best: AnalysedPlan | undefined;
  for (const candidate of plans) {
    const { span } = candidate.plan;
    if (offset < span.start || offset > span.end) continue;
    if (best === undefined || span.end - span.start < best.plan.span.end - best.plan.span.start) best = candidate;
  }
  return best;
}

export interface Drawn {
  nodes: GraphNode<Span>[];
  edges: GraphEdge<Span>[];
  notes: string[];
}

/** Cards and arrows of a plan. A batch iteration is shown by what is inside: edges lead to its heads and from its tails. */
export function drawn(view: JobView, index: number): Drawn {
  const { plan, flow } = view;
  const light = plan.vertices.length > LIGHT_ABOVE;
  const hidden = new Set(plan.declaredLoops.filter((loop) => loop.feedback.length > 0).map((loop) => loop.iteration));
  const notes: string[] = [];
  const path = pathOf(view);
  if (path.length > 0) notes.push(pathNote(view, path));
  const critical = new Set(path);
  const steps = new Map(path.slice(1).map((vertex, at) => [vertex, path[at] as number]));
  const slow = new Set(bottlenecksOf(view).map(({ vertex }) => vertex));
  const nodes: GraphNode<Span>[] = [];
  for (const vertex of plan.vertices) {
    if (vertex.index >= MAX_VERTICES) break;
    if (hidden.has(vertex.index)) continue;
    const card = vertexCard(view, index, vertex, light);
    if (critical.has(vertex.index)) {
      card.emphasis = 'critical';
      card.description = `${card.description.replace(/\.$/, '')}, ${WORDS.card.onCriticalPath}.`;
    }
    if (slow.has(vertex.index)) {
      card.emphasis = 'suspect';
      // The one emphasis hides the other: the words of both stay.
      if (critical.has(vertex.index)) card.badges = [...(card.badges ?? []), { text: WORDS.card.criticalPath, tone: 'info' }];
    }
    nodes.push(card);
  }
  if (plan.vertices.length > MAX_VERTICES) notes.push(WORDS.notes.notShown(plan.vertices.length - MAX_VERTICES, plan.vertices.length));
  const edges: GraphEdge<Span>[] = [];
  const parts = new Map<number, number>();
  for (let at = 0; at < flow.edge.length; at++) {
    const from = flow.from[at] as number;
    const to = flow.to[at] as number;
    const edge = view.edge(flow.edge[at] as number);
    if (from >= MAX_VERTICES || to >= MAX_VERTICES || hidden.has(from) || hidden.has(to)) continue;
    const part = parts.get(edge.index) ?? 0;
    parts.set(edge.index, part + 1);
    const arrow = edgeArrow(view, index, edge, from, to, part, light);
    if (steps.get(to) === from) {
      arrow.emphasis = 'critical';
      arrow.description = `${arrow.description.replace(/\.$/, '')}; ${WORDS.edge.onCriticalPath}.`;
    }
    edges.push(arrow);
  }
  for (const edge of plan.edges) {
    if (edge.kind !== 'feedback' || edge.from >= MAX_VERTICES || edge.to >= MAX_VERTICES) continue;
    edges.push(edgeArrow(view, index, edge, edge.from, edge.to, 0, light));
  }
  return { nodes, edges, notes };
}

/** The critical path where the document has load for it to be told by, and where it is not the whole of a short chain. */
function pathOf(view: JobView): number[] {
  const { vertices } = view.plan;
  if (vertices.length < 3 || !vertices.some((vertex) => loadOf(view, vertex).busy !== null)) return [];
  const path = criticalPath(view);
  return path.length > 2 ? path : [];
}

function pathNote(view: JobView, path: number[]): string {
  const names = path.slice(0, 6).map((vertex) => shorten(view.vertex(vertex).name, 30));
  return WORDS.notes.criticalPath(names, path.length);
}

/** Operators of the stream graph that adaptive batch has not turned into job vertices yet. */
function pendingOperators(analysis: JobGraphAnalysis, view: JobView, index: number): Drawn {
  const result: Drawn = { nodes: [], edges: [], notes: [] };
  if (view.plan.format !== 'rest-job') return result;
  const planIndex = analysis.plans.findIndex(({ plan }) => plan.format === 'stream-graph');
  const streamGraph = analysis.plans[planIndex];
  if (streamGraph === undefined) return result;
  const pending = viewOf(analysis, streamGraph);
  const byId = new Map(view.plan.vertices.map((vertex) => [vertex.id, vertex.index]));
  for (const vertex of streamGraph.plan.vertices) {
    if (vertex.scheduled !== false) continue;
    result.nodes.push({ ...vertexCard(pending, planIndex, vertex, false), emphasis: 'muted' });
    for (const edge of pending.incoming(vertex.index)) {
      const arrow = edgeArrow(pending, planIndex, edge, edge.from, edge.to, 0, false);
      const producer = pending.vertex(edge.from);
      const running = producer.jobVertexId === null ? undefined : byId.get(producer.jobVertexId);
      if (producer.scheduled !== false && running === undefined) continue;
      result.edges.push(running === undefined ? arrow : { ...arrow, from: vertexNode(index, running) });
    }
  }
  if (result.nodes.length > 0) result.notes.push(WORDS.notes.pending(result.nodes.length));
  return result;
}

export function titleOf(view: JobView, plans: number, index: number): string {
  const { plan } = view;
  const name = plan.title === null || plan.title === '' ? WORDS.untitled : shorten(plan.title, 80);
  return WORDS.notes.title(name, index + 1, plans);
}

export function notesOf(view: JobView, analysis: JobGraphAnalysis, index: number): string[] {
  const { plan, loops } = view;
  const notes: string[] = [];
  const { notes: words } = WORDS;
  if (analysis.plans.length > 1) notes.push(words.severalPlans(analysis.plans.length, index + 1));
  if (plan.unresolved.length > 0) notes.push(words.unresolved(plan.unresolved.length));
  if (plan.truncated) notes.push(words.truncated);
  if (loops.interleavings.length > 0) notes.push(words.interleaved);
  if (plan.vertices.some((vertex) => loadOf(view, vertex).accumulated)) notes.push(words.averages);
  return notes;
}

const LEGEND_ORDER = [
  'source',
  'operator',
  'vertex',
  'sink',
  'loop-head',
  'loop-tail',
  'forward',
  'feedback',
  'violation',
  'suspect',
  'critical',
  'muted',
  'added',
  'removed',
  'changed',
] as const;

/** Of all drawings of job graphs. */
export const JOB_LEGEND: LegendEntry[] = LEGEND_ORDER.map((of) => ({ for: of, text: WORDS.legend[of] }));

export function emptyGraph(view: 'job' | 'scopes', reason: string): GraphDocument<Span> {
  return { view, title: WORDS.untitled, nodes: [], groups: [], edges: [], legend: [], empty: reason, notes: [], direction: 'right' };
}
