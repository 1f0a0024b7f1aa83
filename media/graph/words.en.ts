import { badgesOf } from '../../common/drawing/card.ts';
import type { EdgeKind, GraphDocument, GraphEdge, GraphGroup, GraphNode, NodeKind } from '../../common/graph.ts';
import { count, plural } from '../shared/dom.ts';

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

export const TOOLBAR = {
  search: 'Search',
  searchNodes: 'Search nodes',
  shown: 'What is shown',
  shownTitle: 'What is shown, seen from the selected node',
  all: 'Everything',
  neighbours: 'Neighbours only',
  upstream: 'Upstream only',
  downstream: 'Downstream only',
  path: 'Path between two…',
  zoomTo100: 'Zoom to 100 %',
  closeGroups: 'Close all groups',
  openGroups: 'Open all groups',
  foldNames: 'Fold nodes whose names begin alike',
  list: 'List of nodes',
  details: 'Details of the selection',
  asTree: 'The same calls as a call tree (icicle)',
  turn: 'Turn the flow (R)',
  fit: 'Fit into the window (0)',
  more: 'What is shown, and how',
};

export const DETAILS = {
  inText: 'Show the place in the text (Enter)',
  threads: 'Threads…',
  threadsTitle: 'Take a thread dump of the process that runs it',
  log: 'Log lines…',
  logTitle: 'What the log of its process says of it',
  checkpoint: 'Checkpoint',
  checkpointTitle: 'Its part of the last checkpoint',
  select: 'Select this node',
  edge: (kind: string) => `edge · ${kind}`,
  from: 'From',
  to: 'To',
  level: (number: number) => `level ${number}`,
  inside: (nodes: number) => `${plural(nodes, 'node')} inside.`,
  close: 'Close',
  closeTitle: 'Draw it as one node',
  only: 'Only this',
  onlyTitle: 'Show this and its neighbours',
  open: 'Open',
  openTitle: 'Draw them one by one',
  neighbours: 'Neighbours',
  neighboursTitle: 'Show only this node and its neighbours (N)',
  upstream: 'Upstream',
  upstreamTitle: 'Show only what leads here (U)',
  downstream: 'Downstream',
  downstreamTitle: 'Show only what can be reached from here (D)',
  path: 'Path to…',
  pathTitle: 'Then select the other end (P)',
  leadsTo: 'Leads to',
  comesFrom: 'Comes from',
  standsFor: (number: number) => `Stands for ${count(number)}`,
  whatIf: 'What if',
};

export const TRACE = {
  name: 'Trace',
  step: 'Step of the trace',
  play: 'Play the trace',
  pause: 'Pause',
  previous: 'Previous step ([)',
  next: 'Next step (])',
  end: 'End the trace',
  at: (step: number, of: number, title: string) => `${step} of ${of}: ${title}`,
};

export const PAGE = {
  drawing: 'Drawing',
  nodes: 'Nodes of the graph',
  overview: 'Overview: click or drag to move',
  none: 'No graph',
  layingOut: (nodes: number) => `Laying out ${plural(nodes, 'node')}…`,
  noEngine: (status: number) => `The layout engine could not be loaded: ${status}.`,
  noDrawing: 'No drawing',
  notDrawn: 'The drawing could not be made',
  listWorks: (why: string) => `${why} The list of nodes is complete and works as before.`,
  fold: (nodes: number) => `Fold to about ${nodes} nodes`,
  noPart: 'There is no such path or part.',
  empty: 'The file holds nothing that this graph shows.',
  drawn: (title: string, nodes: number, edges: number) => `${title}: ${plural(nodes, 'node')}, ${plural(edges, 'edge')} drawn.`,
  noPlace: 'There is no place in the text for this.',
  selectFirst: 'Select a node first.',
  otherEnd: 'Now select the other end of the path.',
  noDrawingYet: 'There is no drawing to save yet.',
  hidden: (nodes: number, all: number) => `${plural(nodes, 'node')} of ${count(all)} not shown: choose “Everything” to see them.`,
  folded: (nodes: number) => `${plural(nodes, 'node')} folded into others: press Enter on a stack of cards to open it.`,
  more: (left: number) => `and ${count(left)} more: search finds them`,
};
