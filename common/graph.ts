import type { GraphView } from './views.ts';

/**
 * What every graph of the product looks like before layout. `P` is the kind of place behind a node:
 * a Span in core, a Range once the language server or the command line has converted it.
 */

/** Shape and default look follow from the kind; media/ and svg.ts hold the one definition of both. */
export type NodeKind =
  | 'thread'
  | 'virtual-thread'
  | 'monitor'
  | 'synchronizer'
  | 'class-init'
  | 'aggregate'
  | 'vertex'
  | 'operator'
  | 'source'
  | 'sink'
  | 'loop-head'
  | 'loop-tail'
  | 'method'
  | 'component'
  | 'exception';

export type EdgeKind = 'waits-for' | 'held-by' | 'waits-in' | 'forward' | 'feedback' | 'chained' | 'calls' | 'causes' | 'talks-to';

/**
 * `cycle`: member of a proved or suspected deadlock; `victim`: held up by one; `suspect`: the likely bottleneck;
 * `critical`: on the way through the graph that takes the most work; `violation`: breaks a rule that the graph has to keep.
 */
export type Emphasis = 'none' | 'cycle' | 'victim' | 'violation' | 'suspect' | 'critical' | 'added' | 'removed' | 'changed' | 'muted';

/** Never by colour alone: a badge has a text of its own. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'info';

export interface Badge {
  text: string;
  tone: Tone;
}

/** A quantity to draw as a bar inside the node; `value` between 0 and 1. */
export interface Meter {
  label: string;
  value: number;
  text: string;
  tone: Tone;
}

export interface GraphNode<P> {
  /** Unique in the document, stable between two analyses of the same text. */
  id: string;
  kind: NodeKind;
  /** First line; the renderer cuts it to fit and keeps the whole text as title. */
  label: string;
  /** Further lines, smaller. */
  lines?: string[];
  badges?: Badge[];
  meters?: Meter[];
  /** Id of the group that holds this node. */
  group?: string;
  emphasis?: Emphasis;
  /** Of a vertex: its id, by which the REST API names it. */
  vertex?: string;
  /** Where the node comes from in the source text. */
  place?: P;
  /** Uri of the source text, if not the document's. */
  uri?: string;
  /** The node in a sentence, for screen readers and the tooltip. */
  description: string;
  /** Name and value pairs for the details pane. */
  details?: [string, string][];
  /** Names of what an aggregate stands for, capped; `count` is the true number. */
  members?: string[];
  count?: number;
}

export interface GraphGroup<P> {
  id: string;
  label: string;
  /** Id of the group that encloses this one. */
  parent?: string;
  /** Nesting level where it means something (StreamScope level). */
  level?: number;
  kind: 'scope' | 'chain' | 'dump' | 'pool' | 'task';
  emphasis?: Emphasis;
  place?: P;
  description: string;
  /** Drawn as a single node until opened. */
  collapsed?: boolean;
  /** What it is drawn as while closed, where that is a thing of its own and not a stack of what is inside; with the group's id. */
  closedAs?: GraphNode<P>;
}

export interface GraphEdge<P> {
  id: string;
  from: string;
  to: string;
  kind: EdgeKind;
  label?: string;
  emphasis?: Emphasis;
  place?: P;
  description: string;
  details?: [string, string][];
}

export interface LegendEntry {
  /** What the entry explains: a node kind, an edge kind, an emphasis or a tone. */
  for: NodeKind | EdgeKind | Emphasis | Tone;
  text: string;
}

export interface GraphDocument<P> {
  view: GraphView;
  title: string;
  nodes: GraphNode<P>[];
  groups: GraphGroup<P>[];
  edges: GraphEdge<P>[];
  legend: LegendEntry[];
  /** Said instead of a drawing when there is nothing to draw: why, and what would be needed. */
  empty?: string;
  /** Limits and assumptions that the reader has to know: aggregation, frames cut, order unknown. */
  notes: string[];
  /** Direction of flow on the screen. */
  direction: 'down' | 'right';
}

/** The same graph with every place converted. */
export function mapPlaces<P, Q>(graph: GraphDocument<P>, convert: (place: P) => Q): GraphDocument<Q> {
  const one = <T extends { place?: P }>(item: T): Omit<T, 'place'> & { place?: Q } => {
    const { place, ...rest } = item;
    return place === undefined ? rest : { ...rest, place: convert(place) };
  };
  return {
    ...graph,
    nodes: graph.nodes.map(one),
    groups: graph.groups.map(({ closedAs, ...group }) => ({ ...one(group), ...(closedAs === undefined ? {} : { closedAs: one(closedAs) }) })),
    edges: graph.edges.map(one),
  };
}
