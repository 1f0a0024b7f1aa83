import type { Badge, EdgeKind, GraphEdge, GraphNode, Meter, NodeKind } from '../../../../../common/graph.ts';
import { isoTime } from '../../../../../common/isoTime.ts';
import type { Span } from '../../../../../common/span.ts';
import { loadOf } from '../../analysis/jobgraph/criticalPath.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import { edgeId, vertexNode } from '../../nodeIds/job.ts';
import { shorten } from '../../wording.ts';
import { JOB_GRAPH_WORDS as WORDS } from './words.ts';

/** Operators of a chain that a card lists. */
const CARD_OPERATORS = 3;
const DETAIL_OPERATORS = 30;
/** A JobVertexID; other plans number their vertices. */
const VERTEX_ID = /^[0-9a-f]{32}$/;

const KINDS: Record<Vertex['kind'], NodeKind> = {
  source: 'source',
  operator: 'operator',
  sink: 'sink',
  'loop-head': 'loop-head',
  'loop-tail': 'loop-tail',
  iteration: 'vertex',
};

/** The card of a vertex. `light` leaves out what only the details pane shows: for plans with thousands of vertices. */
export function vertexCard(view: JobView, planIndex: number, vertex: Vertex, light: boolean): GraphNode<Span> {
  const operators = light ? [] : vertex.operators;
  const chained = operators.length > 1;
  const level = view.level(vertex.index);
  const node: GraphNode<Span> = {
    id: vertexNode(planIndex, vertex.index),
    kind: chained && vertex.kind === 'operator' ? 'vertex' : KINDS[vertex.kind],
    label: shorten(chained ? (operators[0] ?? vertex.name) : vertex.name, 200),
    place: vertex.span,
    description: describe(view, vertex, operators.length),
    ...(VERTEX_ID.test(vertex.id) && { vertex: vertex.id }),
  };
  const lines: string[] = [];
  if (chained) {
    for (const operator of operators.slice(1, 1 + CARD_OPERATORS)) lines.push(WORDS.card.chained(shorten(operator, 60)));
    if (operators.length > 1 + CARD_OPERATORS) lines.push(WORDS.card.moreChained(operators.length - 1 - CARD_OPERATORS));
  }
  if (vertex.parallelism !== null) lines.push(WORDS.parallelism(vertex.parallelism, vertex.maxParallelism));
  if (!light) lines.push(...flowLines(view, vertex));
  if (lines.length > 0) node.lines = lines;
  const badges = badgesOf(vertex, level);
  if (badges.length > 0) node.badges = badges;
  if (light) return node;
  const meters = metersOf(view, vertex);
  if (meters.length > 0) node.meters = meters;
  node.details = detailsOf(view, vertex, operators);
  return node;
}

/** What has passed through, where a job document says. */
function flowLines(view: JobView, vertex: Vertex): string[] {
  const lines: string[] = [];
  const { metrics } = vertex;
  if (metrics !== null && (metrics.readRecords !== null || metrics.writeRecords !== null)) {
    lines.push(WORDS.card.records(metrics.readRecords ?? 0, metrics.writeRecords ?? 0));
  }
  const moment = view.context.metrics.get(vertex.id);
  if (moment?.watermark != null) lines.push(WORDS.card.watermark(timeOf(moment.watermark)));
  if (moment?.skew != null) lines.push(WORDS.card.skew(moment.skew));
  return lines;
}

function badgesOf(vertex: Vertex, level: number): Badge[] {
  const badges: Badge[] = [];
  if (vertex.scheduled === false) badges.push({ text: WORDS.card.pending, tone: 'neutral' });
  if (level > 0) badges.push({ text: WORDS.level(level), tone: 'info' });
  if (vertex.status === 'FAILED') badges.push({ text: 'FAILED', tone: 'bad' });
  else if (vertex.status !== null && vertex.status !== 'RUNNING') badges.push({ text: vertex.status, tone: 'neutral' });
  return badges;
}

/** Colours as in Flink's Web UI: red for busy, grey for back-pressured, blue for idle; each bar says what it is. */
function metersOf(view: JobView, vertex: Vertex): Meter[] {
  const load = loadOf(view, vertex);
  const meters: Meter[] = [];
  const add = (label: string, value: number | null, tone: Meter['tone']): void => {
    if (value === null) return;
    const clamped = Math.max(0, Math.min(1, value));
    meters.push({ label, value: clamped, text: WORDS.percent(clamped), tone });
  };
  add(WORDS.card.busy, load.busy, (load.busy ?? 0) >= 0.8 ? 'bad' : 'warning');
  add(WORDS.card.backPressured, load.backPressured, 'neutral');
  add(WORDS.card.idle, load.idle, 'info');
  return meters;
}

function detailsOf(view: JobView, vertex: Vertex, operators: string[]): [string, string][] {
  const { details: words } = WORDS;
  const details: [string, string][] = [];
  const add = (name: string, value: string | number | null): void => {
    if (value !== null && value !== '') details.push([name, String(value)]);
  };
  add(words.id, vertex.id);
  add(words.kind, WORDS.kinds[vertex.kind]);
  add(words.type, vertex.operatorType);
  add(words.parallelism, vertex.parallelism);
  add(words.maxParallelism, vertex.maxParallelism);
  add(words.slotSharingGroup, vertex.slotSharingGroup);
  add(words.status, vertex.status);
  const scope = view.loops.scopes[vertex.index];
  if (scope !== undefined && scope.getLevel() > 0) add(words.scope, words.scopeValue(scope.toString(), scope.getLevel()));
  add(words.changelog, vertex.changelogMode);
  const { metrics } = vertex;
  if (metrics !== null) {
    if (metrics.readRecords !== null) add(words.recordsIn, words.recordsValue(metrics.readRecords, metrics.readBytes ?? 0));
    if (metrics.writeRecords !== null) add(words.recordsOut, words.recordsValue(metrics.writeRecords, metrics.writeBytes ?? 0));
    if (loadOf(view, vertex).accumulated) add(words.load, words.averages);
  }
  const moment = view.context.metrics.get(vertex.id);
  if (moment !== undefined) {
    if (moment.skew !== null) add(words.skew, words.skewValue(moment.skew));
    if (moment.watermark !== null) add(words.watermark, timeOf(moment.watermark));
  }
  if (operators.length > 1) {
    operators.slice(0, DETAIL_OPERATORS).forEach((operator, index) => {
      add(words.operator(index + 1), shorten(operator, 300));
    });
    if (operators.length > DETAIL_OPERATORS) add(words.moreOperators, operators.length - DETAIL_OPERATORS);
  } else if (vertex.description !== '' && vertex.description !== vertex.name) add(words.description, shorten(vertex.description, 1000));
  return details;
}

/** The largest possible watermark stands for the end of the input. */
function timeOf(watermark: number): string {
  return isoTime(watermark) || WORDS.details.endOfInput;
}

function describe(view: JobView, vertex: Vertex, operators: number): string {
  const { card: words } = WORDS;
  const parts = [words.named(vertex.kind, shorten(vertex.name, 120))];
  if (operators > 1) parts.push(words.operators(operators));
  if (vertex.parallelism !== null) parts.push(WORDS.parallelism(vertex.parallelism, null));
  const [loop] = view.loopsAround(vertex.index);
  if (loop !== undefined) parts.push(words.inLoop(shorten(loop.name, 40), loop.level));
  if (vertex.scheduled === false) parts.push(words.notScheduled);
  else if (vertex.status !== null) parts.push(vertex.status);
  return `${parts.join(', ')}.`;
}

/** An edge as drawn; `part` tells apart the several arrows that an edge into a batch iteration becomes. */
export function edgeArrow(view: JobView, planIndex: number, edge: Edge, from: number, to: number, part: number, light: boolean): GraphEdge<Span> {
  const kind: EdgeKind = edge.kind;
  const arrow: GraphEdge<Span> = {
    id: edgeId(planIndex, edge.index, part),
    from: vertexNode(planIndex, from),
    to: vertexNode(planIndex, to),
    kind,
    place: edge.span,
    description: edgeSentence(view, edge, from, to),
  };
  const label = edgeLabel(edge);
  if (label !== '') arrow.label = label;
  if (!light) arrow.details = edgeDetails(edge);
  return arrow;
}

/** "HASH", with the exchange where it is not the usual one of streaming jobs. */
function edgeLabel(edge: Edge): string {
  if (edge.kind === 'feedback' && edge.restored) return WORDS.feedback;
  const exchange = edge.exchangeText !== null && edge.exchange !== 'pipelined_bounded' ? edge.exchangeText : null;
  return [edge.shipText, exchange].filter((text) => text !== null).join(' · ');
}

function edgeSentence(view: JobView, edge: Edge, from: number, to: number): string {
  const producer = shorten(view.vertex(from).name, 60);
  const consumer = shorten(view.vertex(to).name, 60);
  if (edge.kind === 'feedback') return WORDS.edge.feedback(producer, consumer, edge.restored);
  return WORDS.edge.forward(producer, consumer, edge.shipText, edge.exchangeText);
}

export function edgeDetails(edge: Edge): [string, string][] {
  const { details: words, ships, exchanges } = WORDS;
  const details: [string, string][] = [];
  if (edge.restored) details.push([words.origin, words.restored]);
  else details.push([words.input, String(edge.input)]);
  if (edge.shipText !== null) details.push([words.ship, edge.ship === null ? edge.shipText : `${edge.shipText}: ${ships[edge.ship]}`]);
  if (edge.exchangeText !== null)
    details.push([words.exchange, edge.exchange === null ? edge.exchangeText : `${edge.exchangeText}: ${exchanges[edge.exchange]}`]);
  if (edge.dam !== null) details.push([words.dam, edge.dam]);
  if (edge.priority !== null) details.push([words.priority, String(edge.priority)]);
  return details;
}
