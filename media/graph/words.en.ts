import { badgesOf } from '../../common/drawing/card.ts';
import type { EdgeKind, GraphDocument, GraphEdge, GraphGroup, GraphNode, NodeKind } from '../../common/graph.ts';
import { count } from '../shared/dom.ts';

/** Graphs in words, for screen readers, tooltips and the details pane. */

export const KINDS: Record<NodeKind, string> = {
  thread: 'thread',
  'virtual-thread': 'virtual thread',
  monitor: 'monitor',
  synchronizer: 'ownable synchronizer',
  'class-init': 'class initialisation',
  aggregate: 'folded nodes',
  vertex: 'job vertex',
  operator: 'operator',
  source: 'source',
  sink: 'sink',
  'loop-head': 'loop head',
  'loop-tail': 'loop tail',
  method: 'method',
  component: 'component',
  exception: 'exception',
};

export const GROUP_KINDS: Record<GraphGroup<unknown>['kind'], string> = {
  scope: 'scope',
  chain: 'operator chain',
  dump: 'dump',
  pool: 'thread pool',
  task: 'task',
};

/** How an edge reads from its beginning and from its end. */
export const EDGES: Record<EdgeKind, { out: string; in: string }> = {
  'waits-for': { out: 'waits for', in: 'waited for by' },
  'held-by': { out: 'held by', in: 'holds' },
  'waits-in': { out: 'waits in', in: 'waited in by' },
  forward: { out: 'sends to', in: 'receives from' },
  feedback: { out: 'feeds back to', in: 'gets feedback from' },
  chained: { out: 'chained to', in: 'chained after' },
  calls: { out: 'calls', in: 'called by' },
  causes: { out: 'causes', in: 'caused by' },
  'talks-to': { out: 'talks to', in: 'is talked to by' },
};

const SPOKEN_EDGES = 6;

/** Edges of one node, for words and for keyboard moves. */
export interface Links<P> {
  out: GraphEdge<P>[];
  in: GraphEdge<P>[];
}

export function linksOf<P>(graph: GraphDocument<P>): Map<string, Links<P>> {
  const links = new Map<string, Links<P>>(graph.nodes.map((node) => [node.id, { out: [], in: [] }]));
  for (const edge of graph.edges) {
    links.get(edge.from)?.out.push(edge);
    links.get(edge.to)?.in.push(edge);
  }
  return links;
}

/** The node in a sentence: what it is, what is remarkable, and where its edges lead. */
export function speakNode<P>(node: GraphNode<P>, graph: GraphDocument<P>, links: Links<P> | undefined, names: ReadonlyMap<string, string>): string {
  const parts = [`${KINDS[node.kind]} ${node.label}`];
  for (const badge of badgesOf(node, graph.view)) parts.push(badge.text);
  for (const meter of node.meters ?? []) parts.push(`${meter.label} ${meter.text}`);
  const edges = [
    ...(links?.out ?? []).map((edge) => `${EDGES[edge.kind].out} ${names.get(edge.to) ?? edge.to}`),
    ...(links?.in ?? []).map((edge) => `${EDGES[edge.kind].in} ${names.get(edge.from) ?? edge.from}`),
  ];
  parts.push(...edges.slice(0, SPOKEN_EDGES));
  if (edges.length > SPOKEN_EDGES) parts.push(`and ${count(edges.length - SPOKEN_EDGES)} more edges`);
  if (edges.length === 0) parts.push('no edges');
  return parts.join(', ');
}

export function speakGroup(group: GraphGroup<unknown>, inside: number): string {
  const level = group.level === undefined ? '' : `, level ${group.level}`;
  return `${GROUP_KINDS[group.kind]} ${group.label}${level}, ${count(inside)} inside`;
}
