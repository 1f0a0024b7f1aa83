import type { Badge, Emphasis, GraphDocument, GraphEdge, GraphNode } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { type Change, diffPlans, isEmpty, type PlanDiff } from '../../analysis/jobgraph/planDiff.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import { vertexNode } from '../../nodeIds/job.ts';
import { shorten } from '../../wording.ts';
import { legendOf } from '../legend.ts';
import { emptyGraph, JOB_LEGEND } from './jobGraph.ts';
import { edgeArrow, vertexCard } from './jobNodes.ts';

/** Plan numbers in the ids of the two sides. */
const FIRST = 0;
const SECOND = 1;

/**
 * The second plan with what was added and changed, and what the first had besides. Places of removed parts are in the
 * first document, whose uri `firstUri` is; all others are in the second.
 */
export function planDiffGraph(one: JobGraphAnalysis, other: JobGraphAnalysis, firstUri: string): GraphDocument<Span> {
  if (one.primary === null || other.primary === null) return emptyGraph('job', 'One of the files has no job graph that could be read.');
  const diff = diffPlans(one.primary, other.primary);
  const before = new JobView(diff.first, one.context, null, true);
  const after = new JobView(diff.second, other.context, null, true);
  const nodes = diff.second.plan.vertices.map((vertex) => vertexCard(after, SECOND, vertex, false));
  for (const vertex of diff.addedVertices) emphasize(nodes[vertex.index], 'added', { text: 'added', tone: 'good' });
  for (const { after: vertex, changes } of diff.changedVertices) mark(nodes[vertex.index], changes);
  for (const vertex of diff.removedVertices) {
    const card = vertexCard(before, FIRST, vertex, false);
    emphasize(card, 'removed', { text: 'removed', tone: 'bad' });
    card.uri = firstUri;
    nodes.push(card);
  }
  const edges = edgesOf(diff, before, after);
  return {
    view: 'job',
    title: titleOf(diff),
    nodes,
    groups: [],
    edges,
    legend: legendOf(JOB_LEGEND, nodes, edges),
    notes: isEmpty(diff) ? ['The plans do not differ.'] : [countsOf(diff)],
    direction: 'right',
  };
}

function edgesOf(diff: PlanDiff, before: JobView, after: JobView): GraphEdge<Span>[] {
  const added = new Set(diff.addedEdges);
  const changed = new Map(diff.changedEdges.map((change) => [change.after, change.changes]));
  const edges = diff.second.plan.edges.map((edge) => {
    const arrow = edgeArrow(after, SECOND, edge, edge.from, edge.to, 0, false);
    const changes = changed.get(edge);
    if (added.has(edge)) return stressed(arrow, 'added', 'added');
    if (changes === undefined) return arrow;
    // The label has little room: what was and what is, in place of what is.
    const label = changes.map(({ before: was, after: is }) => `${was} → ${is}`).join(', ');
    return { ...stressed(arrow, 'changed', changes.map(sentence).join('; ')), label };
  });
  for (const edge of diff.removedEdges) {
    // Its place is in the other document, and edges carry no uri.
    const { place: _, ...arrow } = edgeArrow(before, FIRST, edge, edge.from, edge.to, 0, false);
    // Ends that still exist are drawn once, as vertices of the second plan.
    edges.push(stressed({ ...arrow, from: end(diff, edge.from), to: end(diff, edge.to) }, 'removed', 'removed'));
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
  emphasize(node, 'changed', { text: 'changed', tone: 'warning' });
  node.lines = [...changes.map(sentence), ...(node.lines ?? [])];
  node.details = [
    ...changes.map(({ what, before, after }): [string, string] => [`Changed ${what}`, `${before} → ${after}`]),
    ...(node.details ?? []),
  ];
}

function sentence({ what, before, after }: Change): string {
  return `${what} ${shorten(before, 40)} → ${shorten(after, 40)}`;
}

/** Two plans of one job have one name. */
function titleOf({ first, second }: PlanDiff): string {
  const [one, other] = [first.plan.title ?? '', second.plan.title ?? ''];
  if (one === other) return one === '' ? 'Changes' : `Changes in ${shorten(one, 60)}`;
  return `Changes: ${shorten(one || 'first plan', 60)} → ${shorten(other || 'second plan', 60)}`;
}

function countsOf(diff: PlanDiff): string {
  const some = (list: readonly unknown[], one: string, many: string): string[] =>
    list.length === 0 ? [] : [`${list.length} ${list.length === 1 ? one : many}`];
  const count = (word: string, vertices: readonly unknown[], edges: readonly unknown[]): string[] => {
    const parts = [...some(vertices, 'vertex', 'vertices'), ...some(edges, 'edge', 'edges')];
    return parts.length === 0 ? [] : [`${parts.join(' and ')} ${word}`];
  };
  const all = [
    ...count('added', diff.addedVertices, diff.addedEdges),
    ...count('removed', diff.removedVertices, diff.removedEdges),
    ...count('changed', diff.changedVertices, diff.changedEdges),
  ];
  return `${all.join('; ')}.`;
}
