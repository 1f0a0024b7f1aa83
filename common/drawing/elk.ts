import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { GraphDocument, GraphGroup } from '../graph.ts';
import { type Card, card, EDGE_LABEL, SMALL, TITLE } from './card.ts';
import { effort } from './effort.ts';
import { type Measure, shorten, tableMeasure } from './measure.ts';
import { FOLDED } from './words.ts';

/** GraphDocument to ELK's JSON and back. Every ELK option of the product is in this file. */

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** A graph with every box and line placed, in px from the top left corner. */
export interface Drawing {
  width: number;
  height: number;
  nodes: Record<string, Box>;
  /** Parents before their children. */
  groups: Record<string, Box & { depth: number }>;
  edges: Record<string, { points: Point[]; label?: Box }>;
}

export interface LayoutJob {
  elk: ElkNode;
  cards: Map<string, Card>;
}

/**
 * Up to this effort nodes are placed so that lines are as straight as they can be. Above it, where few lines are, that takes two to
 * three times as long, and minutes from some hundred nodes on.
 */
const SOME = 100;
/** Above this effort ELK tries fewer orders per layer: half the time, no worse drawing. */
const FEW = 150;
/** Above this many edges labels are left to the tooltip: a label is one more node to place, and too small to read in a picture of so many. */
const LABELLED_EDGES = 120;
const EDGE_LABEL_WIDTH = 150;

export const GROUP_TITLE = 30;

/** Text on an edge as it is drawn, or undefined where there is no room for labels. */
export function edgeLabel(label: string | undefined, edges: number, measure: Measure): string | undefined {
  if (label === undefined || label === '' || edges > LABELLED_EDGES) return undefined;
  return shorten(label, EDGE_LABEL_WIDTH, EDGE_LABEL, measure);
}

function pathTo(group: string | undefined, parent: ReadonlyMap<string, string | undefined>): string[] {
  const path: string[] = [];
  for (let at = group; at !== undefined; at = parent.get(at)) path.push(at);
  return path.reverse();
}

function commonContainer(a: readonly string[], b: readonly string[]): string | undefined {
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth++;
  return a[depth - 1];
}

function options(graph: GraphDocument<unknown>, crossing: boolean, labels: number): LayoutOptions {
  const work = effort(graph, labels);
  const across = graph.direction === 'right';
  return {
    'elk.algorithm': 'layered',
    'elk.direction': across ? 'RIGHT' : 'DOWN',
    'elk.edgeRouting': 'ORTHOGONAL',
    // Children are laid out with their parents only when an edge needs it: it costs time and component packing.
    'elk.hierarchyHandling': crossing ? 'INCLUDE_CHILDREN' : 'SEPARATE_CHILDREN',
    'elk.layered.nodePlacement.strategy': work > SOME ? 'LINEAR_SEGMENTS' : 'NETWORK_SIMPLEX',
    'elk.layered.thoroughness': work > FEW ? '1' : '7',
    'elk.layered.feedbackEdges': 'true',
    'elk.layered.spacing.nodeNodeBetweenLayers': across ? '40' : '32',
    'elk.layered.spacing.edgeNodeBetweenLayers': '18',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
    'elk.spacing.nodeNode': '26',
    'elk.spacing.edgeNode': '18',
    'elk.spacing.edgeEdge': '12',
    'elk.spacing.edgeLabel': '4',
    'elk.spacing.componentComponent': '36',
    'elk.aspectRatio': '1.5',
    'elk.padding': '[top=24,left=24,bottom=24,right=24]',
  };
}

function groupNode(group: GraphGroup<unknown>, measure: Measure): ElkNode {
  const level = group.level === undefined ? 0 : measure(FOLDED.level(group.level), SMALL) + 24;
  const title = Math.min(260, measure(group.label, TITLE)) + level + 56;
  return {
    id: group.id,
    children: [],
    edges: [],
    layoutOptions: {
      'elk.padding': `[top=${GROUP_TITLE + 14},left=18,bottom=18,right=18]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${Math.ceil(title)}, ${GROUP_TITLE + 30})`,
    },
  };
}

/** What ELK has to do for a tidy graph (see arrange.ts). */
export function layoutJob(graph: GraphDocument<unknown>, measure: Measure = tableMeasure): LayoutJob {
  const parent = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const root: ElkNode = { id: ' root', children: [], edges: [] };
  const containers = new Map<string | undefined, ElkNode>([[undefined, root]]);
  for (const group of graph.groups) {
    const node = groupNode(group, measure);
    containers.set(group.id, node);
    (containers.get(group.parent) ?? root).children?.push(node);
  }
  const cards = new Map<string, Card>();
  const groupOf = new Map<string, string | undefined>();
  for (const node of graph.nodes) {
    const geometry = card(node, graph.view, measure);
    cards.set(node.id, geometry);
    groupOf.set(node.id, node.group);
    (containers.get(node.group) ?? root).children?.push({ id: node.id, width: geometry.width, height: geometry.height });
  }
  let crossing = false;
  let labels = 0;
  for (const edge of graph.edges) {
    const from = pathTo(groupOf.get(edge.from), parent);
    const to = pathTo(groupOf.get(edge.to), parent);
    const container = commonContainer(from, to);
    if (from.length !== to.length || from.at(-1) !== to.at(-1)) crossing = true;
    const text = edgeLabel(edge.label, graph.edges.length, measure);
    const elkEdge: ElkExtendedEdge = {
      id: edge.id,
      sources: [edge.from],
      targets: [edge.to],
      // Edges that lead back are the ones to reverse when ELK breaks cycles.
      layoutOptions: { 'elk.layered.priority.direction': edge.kind === 'feedback' ? '0' : '10' },
    };
    if (text !== undefined) {
      labels++;
      elkEdge.labels = [
        {
          text,
          width: Math.ceil(measure(text, EDGE_LABEL)) + 12,
          height: 16,
          layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
        },
      ];
    }
    (containers.get(container) ?? root).edges?.push(elkEdge);
  }
  // ELK does not hand options down from the root. As defaults of the whole layout it would set all of them on every node, edge and
  // label as well, where nobody asks for them.
  const common = options(graph, crossing, labels);
  for (const container of containers.values()) container.layoutOptions = { ...common, ...container.layoutOptions };
  // On a nested container this option makes ELK throw when edges cross its border both ways; on the root it is safe.
  root.layoutOptions = { ...root.layoutOptions, 'elk.layered.considerModelOrder.strategy': 'PREFER_NODES' };
  return { elk: root, cards };
}

/** ELK's answer in absolute coordinates. */
export function readDrawing(result: ElkNode, graph: GraphDocument<unknown>): Drawing {
  const drawing: Drawing = { width: result.width ?? 0, height: result.height ?? 0, nodes: {}, groups: {}, edges: {} };
  const groups = new Set(graph.groups.map((group) => group.id));
  const origins = new Map<string, Point>([[result.id, { x: 0, y: 0 }]]);
  const allEdges: { edge: ElkExtendedEdge; at: string }[] = [];
  const stack: { node: ElkNode; x: number; y: number; depth: number }[] = [{ node: result, x: 0, y: 0, depth: 0 }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    for (const edge of item.node.edges ?? []) allEdges.push({ edge, at: item.node.id });
    for (const child of item.node.children ?? []) {
      const box = { x: item.x + (child.x ?? 0), y: item.y + (child.y ?? 0), width: child.width ?? 0, height: child.height ?? 0 };
      origins.set(child.id, box);
      if (groups.has(child.id)) {
        drawing.groups[child.id] = { ...box, depth: item.depth };
        stack.push({ node: child, x: box.x, y: box.y, depth: item.depth + 1 });
      } else drawing.nodes[child.id] = box;
    }
  }
  for (const { edge, at } of allEdges) {
    const origin = origins.get(edge.container ?? at) ?? { x: 0, y: 0 };
    const shift = (point: Point): Point => ({ x: point.x + origin.x, y: point.y + origin.y });
    const points = (edge.sections ?? []).flatMap((section) => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]).map(shift);
    const [label] = edge.labels ?? [];
    drawing.edges[edge.id] = {
      points,
      ...(label === undefined
        ? {}
        : { label: { ...shift({ x: label.x ?? 0, y: label.y ?? 0 }), width: label.width ?? 0, height: label.height ?? 0 } }),
    };
  }
  return drawing;
}
