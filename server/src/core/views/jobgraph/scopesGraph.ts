import type { GraphDocument, GraphEdge, GraphGroup } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import type { Loop } from '../../analysis/jobgraph/scopes.ts';
import { scopeGroup } from '../../nodeIds/job.ts';
import { shorten } from '../../wording.ts';
import { legendOf } from '../legend.ts';
import { choosePlan, drawn, emptyGraph, JOB_LEGEND, notesOf, titleOf } from './jobGraph.ts';
import { mark, markViolations } from './violations.ts';
import { JOB_GRAPH_WORDS as WORDS } from './words.ts';

/** The loops of a plan as nested containers; feedback as edges of their own, entries and exits marked. */
export function scopesGraph(analysis: JobGraphAnalysis, focus?: string): GraphDocument<Span> {
  const chosen = choosePlan(analysis, focus);
  if (chosen === null) return emptyGraph('scopes', WORDS.notes.noGraph);
  const { view, index } = chosen;
  const { loops } = view;
  const title = WORDS.scopes.title(titleOf(view, analysis.plans.length, index));
  if (loops.loops.length === 0) {
    return { ...emptyGraph('scopes', WORDS.scopes.noLoop), title };
  }
  const parts = drawn(view, index);
  const ownerOf = owners(loops.loops);
  for (const node of parts.nodes) {
    const innermost = loops.innermost[Number(node.id.slice(node.id.indexOf(':') + 1))] ?? -1;
    if (innermost >= 0) node.group = scopeGroup(index, ownerOf.get(innermost) ?? innermost);
  }
  const groups = loops.loops.filter((loop) => ownerOf.get(loop.index) === loop.index).map((loop) => groupOf(view, index, loop, ownerOf));
  markCrossings(view, index, parts.edges);
  markViolations(view, index, analysis.findings, parts);
  return {
    view: 'scopes',
    title,
    nodes: parts.nodes,
    groups,
    edges: parts.edges,
    legend: legendOf(JOB_LEGEND, parts.nodes, parts.edges),
    notes: [...notesOf(view, analysis, index), ...parts.notes],
    direction: 'right',
  };
}

/** Interleaved loops share a scope, and are drawn as the first of them. */
function owners(loops: readonly Loop[]): Map<number, number> {
  const byScope = new Map<Loop['scope'], number>();
  const result = new Map<number, number>();
  for (const loop of loops) {
    const owner = byScope.get(loop.scope) ?? loop.index;
    byScope.set(loop.scope, owner);
    result.set(loop.index, owner);
  }
  return result;
}

function groupOf(view: JobView, index: number, loop: Loop, ownerOf: Map<number, number>): GraphGroup<Span> {
  const sharing = view.loops.loops.filter((other) => other.scope === loop.scope);
  const name = sharing.map((other) => shorten(other.name, 40)).join(' + ');
  const group: GraphGroup<Span> = {
    id: scopeGroup(index, loop.index),
    label: WORDS.scopes.label(name, loop.tangled, loop.level),
    level: loop.level,
    kind: 'scope',
    place: view.vertex(loop.head).nameSpan,
    description: WORDS.scopes.description(name, loop.tangled, {
      level: loop.level,
      scope: loop.scope.toString(),
      members: view.body(loop).length,
      head: shorten(view.vertex(loop.head).name, 60),
      tail: shorten(view.vertex(loop.tail).name, 60),
    }),
  };
  if (loop.tangled) mark(group, WORDS.notes.interleaved.replace(/\.$/, ''));
  if (loop.parent !== null) group.parent = scopeGroup(index, ownerOf.get(loop.parent) ?? loop.parent);
  return group;
}

/** Says on the edge itself where records enter or leave a loop. */
function markCrossings(view: JobView, index: number, edges: GraphEdge<Span>[]): void {
  const vertexOf = (id: string) => Number(id.slice(`v${index}:`.length));
  for (const edge of edges) {
    if (edge.kind === 'feedback') continue;
    const from = view.loops.scopes[vertexOf(edge.from)];
    const to = view.loops.scopes[vertexOf(edge.to)];
    if (from === undefined || to === undefined || from.equals(to)) continue;
    const { crossing } = WORDS.edge;
    const word = to.isInnerOf(from) ? crossing.entry : from.isInnerOf(to) ? crossing.exit : crossing.both;
    edge.label = edge.label === undefined ? word : `${word} · ${edge.label}`;
    edge.description = `${edge.description.replace(/\.$/, '')}; ${WORDS.edge.crosses(word)}.`;
  }
}
