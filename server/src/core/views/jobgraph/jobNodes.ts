import type { Badge, EdgeKind, GraphEdge, GraphNode, Meter, NodeKind } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { loadOf } from '../../analysis/jobgraph/criticalPath.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import { EXCHANGE_WORDS, SHIP_WORDS } from '../../jobgraph/normalise.ts';
import type { Vertex } from '../../jobgraph/vertex.ts';
import { edgeId, vertexNode } from '../../nodeIds/job.ts';
import { shorten } from '../../wording.ts';

/** Operators of a chain that a card lists. */
const CARD_OPERATORS = 3;
const DETAIL_OPERATORS = 30;

const KINDS: Record<Vertex['kind'], NodeKind> = {
  source: 'source',
  operator: 'operator',
  sink: 'sink',
  'loop-head': 'loop-head',
  'loop-tail': 'loop-tail',
  iteration: 'vertex',
};

const KIND_WORDS: Record<Vertex['kind'], string> = {
  source: 'Source',
  operator: 'Operator',
  sink: 'Sink',
  'loop-head': 'Head of a loop',
  'loop-tail': 'Tail of a loop',
  iteration: 'Iteration',
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
  };
  const lines: string[] = [];
  if (chained) {
    for (const operator of operators.slice(1, 1 + CARD_OPERATORS)) lines.push(`→ ${shorten(operator, 60)}`);
    if (operators.length > 1 + CARD_OPERATORS) lines.push(`and ${operators.length - 1 - CARD_OPERATORS} more chained operators`);
  }
  if (vertex.parallelism !== null) {
    lines.push(`parallelism ${vertex.parallelism}${vertex.maxParallelism === null ? '' : ` of at most ${vertex.maxParallelism}`}`);
  }
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
    lines.push(`${number(metrics.readRecords ?? 0)} records in, ${number(metrics.writeRecords ?? 0)} out`);
  }
  const skew = view.context.metrics.get(vertex.id)?.skew ?? null;
  if (skew !== null) lines.push(`data skew ${skew} %`);
  return lines;
}

function badgesOf(vertex: Vertex, level: number): Badge[] {
  const badges: Badge[] = [];
  if (vertex.scheduled === false) badges.push({ text: 'pending', tone: 'neutral' });
  if (level > 0) badges.push({ text: `level ${level}`, tone: 'info' });
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
    meters.push({ label, value: clamped, text: `${Math.round(clamped * 100)} %`, tone });
  };
  add('busy', load.busy, (load.busy ?? 0) >= 0.8 ? 'bad' : 'warning');
  add('back-pressured', load.backPressured, 'neutral');
  add('idle', load.idle, 'info');
  return meters;
}

const number = (value: number): string => value.toLocaleString('en');

function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let amount = value;
  for (; amount >= 1024 && unit < units.length - 1; unit++) amount /= 1024;
  return `${unit === 0 ? amount : amount.toFixed(1)} ${units[unit]}`;
}

function detailsOf(view: JobView, vertex: Vertex, operators: string[]): [string, string][] {
  const details: [string, string][] = [];
  const add = (name: string, value: string | number | null): void => {
    if (value !== null && value !== '') details.push([name, String(value)]);
  };
  add('Id', vertex.id);
  add('Kind', KIND_WORDS[vertex.kind]);
  add('Type', vertex.operatorType);
  add('Parallelism', vertex.parallelism);
  add('Max parallelism', vertex.maxParallelism);
  add('Slot sharing group', vertex.slotSharingGroup);
  add('Status', vertex.status);
  const scope = view.loops.scopes[vertex.index];
  if (scope !== undefined && scope.getLevel() > 0) add('Scope', `${scope} (level ${scope.getLevel()})`);
  add('Changelog', vertex.changelogMode);
  const { metrics } = vertex;
  if (metrics !== null) {
    if (metrics.readRecords !== null) add('Records in', `${number(metrics.readRecords)} (${bytes(metrics.readBytes ?? 0)})`);
    if (metrics.writeRecords !== null) add('Records out', `${number(metrics.writeRecords)} (${bytes(metrics.writeBytes ?? 0)})`);
    if (loadOf(view, vertex).accumulated) add('Load', 'averages since the start of the job');
  }
  const moment = view.context.metrics.get(vertex.id);
  if (moment !== undefined) {
    if (moment.skew !== null) add('Data skew', `${moment.skew} %`);
    if (moment.watermark !== null) add('Low watermark', timeOf(moment.watermark));
  }
  if (operators.length > 1) {
    operators.slice(0, DETAIL_OPERATORS).forEach((operator, index) => {
      add(`Operator ${index + 1}`, shorten(operator, 300));
    });
    if (operators.length > DETAIL_OPERATORS) add('More operators', operators.length - DETAIL_OPERATORS);
  } else if (vertex.description !== '' && vertex.description !== vertex.name) add('Description', shorten(vertex.description, 1000));
  return details;
}

/** The largest possible watermark stands for the end of the input. */
function timeOf(watermark: number): string {
  return Math.abs(watermark) > 8.64e15 ? 'end of input' : new Date(watermark).toISOString();
}

function describe(view: JobView, vertex: Vertex, operators: number): string {
  const parts = [`${KIND_WORDS[vertex.kind]} "${shorten(vertex.name, 120)}"`];
  if (operators > 1) parts.push(`${operators} chained operators`);
  if (vertex.parallelism !== null) parts.push(`parallelism ${vertex.parallelism}`);
  const [loop] = view.loopsAround(vertex.index);
  if (loop !== undefined) parts.push(`in loop ${shorten(loop.name, 40)} at level ${loop.level}`);
  if (vertex.scheduled === false) parts.push('not scheduled yet');
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
  if (edge.kind === 'feedback' && edge.restored) return 'feedback';
  const exchange = edge.exchangeText !== null && edge.exchange !== 'pipelined_bounded' ? edge.exchangeText : null;
  return [edge.shipText, exchange].filter((text) => text !== null).join(' · ');
}

function edgeSentence(view: JobView, edge: Edge, from: number, to: number): string {
  const ends = `from ${shorten(view.vertex(from).name, 60)} to ${shorten(view.vertex(to).name, 60)}`;
  if (edge.kind === 'feedback') return `Feedback ${ends}${edge.restored ? '; the plan leaves this edge out' : ''}.`;
  return `${edge.shipText === null ? 'Edge' : edge.shipText} ${ends}${edge.exchangeText === null ? '' : `, ${edge.exchangeText}`}.`;
}

export function edgeDetails(edge: Edge): [string, string][] {
  const details: [string, string][] = [];
  if (edge.restored) details.push(['Origin', 'restored: Flink prints the two ends of a loop without the edge between them']);
  else details.push(['Input', String(edge.input)]);
  if (edge.shipText !== null) details.push(['Ship strategy', edge.ship === null ? edge.shipText : `${edge.shipText}: ${SHIP_WORDS[edge.ship]}`]);
  if (edge.exchangeText !== null)
    details.push(['Exchange', edge.exchange === null ? edge.exchangeText : `${edge.exchangeText}: ${EXCHANGE_WORDS[edge.exchange]}`]);
  if (edge.dam !== null) details.push(['Dam behaviour', edge.dam]);
  if (edge.priority !== null) details.push(['Priority', String(edge.priority)]);
  return details;
}
