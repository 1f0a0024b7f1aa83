import type { Badge, Emphasis, GraphDocument, GraphEdge, GraphNode } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { type JobView, viewOf } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { type Change, diffPlans, isEmpty, type PlanDiff } from '../../analysis/jobgraph/planDiff.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import { vertexNode } from '../../nodeIds/job.ts';
import { legendOf } from '../legend.ts';
import { emptyGraph, JOB_LEGEND } from './jobGraph.ts';
import { edgeArrow, vertexCard } from './jobNodes.ts';
import { JOB_GRAPH_WORDS } from './words.ts';

const { diff: WORDS, details } = JOB_GRAPH_WORDS;

/** Plan numbers in the ids of the two sides. */
const FIRST = 0;
const SECOND = 1;

/**
 * The second plan with what was added and changed, and what the first had besides. Places of removed parts are in the
 * first document, whose uri `firstUri` is; all others are in the second.
 */
export function planDiffGraph(one: JobGraphAnalysis, other: JobGraphAnalysis, firstUri: string): GraphDocument<Span> {
  if (one.primary === null || other.primary === null) return emptyGraph('job', WORDS.oneUnreadable);
  const diff = diffPlans(one.primary, other.primary);
  const before = viewOf(one, one.primary);
  const after = viewOf(other, other.primary);
  const nodes = diff.second.plan.vertices.map((vertex) => vertexCard(after, SECOND, vertex, false));
  for (const vertex of diff.addedVertices) emphasize(nodes[vertex.index], 'added', { text: WORDS.added, tone: 'good' });
  for (const { after: vertex, changes } of diff.changedVertices) mark(nodes[vertex.index], changes);
  for (const vertex of diff.removedVertices) {
    const card = vertexCard(before, FIRST, vertex, false);
    emphasize(card, 'removed', { text: WORDS.removed, tone: 'bad' });
    card.uri = firstUri;
    nodes.push(card);
  }
  const edges = edgesOf(diff, before, after);
  return {
    view: 'job',
    title: WORDS.title(diff.first.plan.title ?? '', diff.second.plan.title ?? ''),
    nodes,
    groups: [],
    edges,
    legend: legendOf(JOB_LEGEND, nodes, edges),
    notes: isEmpty(diff) ? [WORDS.noneInGraph] : [countsOf(diff)],
    direction: 'right',
  };
}

function edgesOf(diff: PlanDiff, before: JobView, after: JobView): GraphEdge<Span>[] {
  const added = new Set(diff.addedEdges);
  const changed = new Map(diff.changedEdges.map((change) => [change.after, change.changes]));
  const edges = diff.second.plan.edges.map((edge) => {
    const arrow = edgeArrow(after, SECOND, edge, edge.from, edge.to, 0, false);
    const changes = changed.get(edge);
    if (added.has(edge)) return stressed(arrow, 'added', WORDS.added);
    if (changes === undefined) return arrow;
    // The label has little room: what was and what is, in place of what is.
    const label = changes.map(({ before: was, after: is }) => `${was} → ${is}`).join(', ');
    return { ...stressed(arrow, 'changed', changes.map(WORDS.shortChange).join('; ')), label };
  });
  for (const edge of diff.removedEdges) {
    // Its place is in the other document, and edges carry no uri.
    const { place: _, ...arrow } = edgeArrow(before, FIRST, edge, edge.from, edge.to, 0, false);
    // Ends that still exist are drawn once, as vertices of the second plan.
    edges.push(stressed({ ...arrow, from: end(diff, edge.from), to: end(diff, edge.to) }, 'removed', WORDS.removed));
  }
  return edges;
}

function end(diff: PlanDiff, vertex: Edge['from']): string {
  const second = diff.toSecond[vertex] as number;
  return second === -1 ? vertexNode(FIRST, vertex) : vertexNode(SECOND, second);
}

function stressed(arrow: GraphEdge<Span>, emphasis: Emphasis, words: string): GraphEdge<Span> {
  return {
    ...arrow,
    emphasis,
    label: arrow.label === undefined ? words : `${arrow.label} · ${words}`,
    description: `${arrow.description} ${words}.`,
  };
}

function emphasize(node: GraphNode<Span> | undefined, emphasis: Emphasis, badge: Badge): void {
  if (node === undefined) return;
  node.emphasis = emphasis;
  node.badges = [badge, ...(node.badges ?? [])];
  node.description = `${node.description.replace(/\.$/, '')}, ${badge.text}.`;
}

function mark(node: GraphNode<Span> | undefined, changes: Change[]): void {
  if (node === undefined) return;
  emphasize(node, 'changed', { text: WORDS.changed, tone: 'warning' });
  node.lines = [...changes.map(WORDS.shortChange), ...(node.lines ?? [])];
  node.details = [
    ...changes.map(({ what, before, after }): [string, string] => [details.changed(what), details.changedValue(before, after)]),
    ...(node.details ?? []),
  ];
}

function countsOf(diff: PlanDiff): string {
  return WORDS.counts([
    { word: WORDS.added, vertices: diff.addedVertices.length, edges: diff.addedEdges.length },
    { word: WORDS.removed, vertices: diff.removedVertices.length, edges: diff.removedEdges.length },
    { word: WORDS.changed, vertices: diff.changedVertices.length, edges: diff.changedEdges.length },
  ]);
}
