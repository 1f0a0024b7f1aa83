import type { JobView } from '../../core/analysis/jobgraph/jobView.ts';
import type { Loop } from '../../core/analysis/jobgraph/scopes.ts';
import type { Edge } from '../../core/jobgraph/edge.ts';
import type { Vertex } from '../../core/jobgraph/vertex.ts';
import { edgeDetails } from '../../core/views/jobgraph/jobNodes.ts';
import { JOB_GRAPH_WORDS } from '../../core/views/jobgraph/words.ts';
import { bullets, escapeMarkdown, markdownCode, shorten } from '../../core/wording.ts';
import type { Hover } from '../types.ts';
import { elementsOf, type JobDocument, within } from './elements.ts';
import { JOB_FEATURE_WORDS, type LoopPart } from './words.ts';

const { hover: WORDS } = JOB_FEATURE_WORDS;

const MAX_OPERATORS = 12;
const MAX_ADVICE = 5;

/** On an id or name: the operator, its scope and its loops; on a strategy: what it means. */
export function hover(document: JobDocument, offset: number): Hover | null {
  const element = elementsOf(document).at(offset);
  if (element === null) return adviceHover(document, offset);
  const { view, vertex, edge } = element;
  if (edge !== null) {
    if (within(edge.shipSpan, offset) && edge.ship !== null) {
      return { span: edge.shipSpan, markdown: WORDS.meaning(escapeMarkdown(edge.shipText ?? ''), JOB_GRAPH_WORDS.ships[edge.ship]) };
    }
    if (within(edge.exchangeSpan, offset) && edge.exchange !== null) {
      return { span: edge.exchangeSpan, markdown: WORDS.meaning(escapeMarkdown(edge.exchangeText ?? ''), JOB_GRAPH_WORDS.exchanges[edge.exchange]) };
    }
    return { span: within(edge.idSpan, offset) ? edge.idSpan : edge.span, markdown: edgeMarkdown(view, edge) };
  }
  for (const span of [vertex.idSpan, vertex.nameSpan, vertex.parallelismSpan, vertex.maxParallelismSpan]) {
    if (within(span, offset)) return { span, markdown: vertexMarkdown(view, vertex) };
  }
  return null;
}

function vertexMarkdown(view: JobView, vertex: Vertex): string {
  const parts = [WORDS.title(escapeMarkdown(shorten(vertex.name, 300))), bullets(facts(view, vertex))];
  const operators = vertex.operators;
  if (operators.length > 1) {
    const shown = operators.slice(0, MAX_OPERATORS).map((operator) => markdownCode(shorten(operator, 160)));
    if (operators.length > MAX_OPERATORS) shown.push(WORDS.more(operators.length - MAX_OPERATORS));
    parts.push(WORDS.operators(bullets(shown)));
  } else if (vertex.description !== '' && vertex.description !== vertex.name) parts.push(markdownCode(shorten(vertex.description, 1500)));
  return parts.join('\n\n');
}

function facts(view: JobView, vertex: Vertex): string[] {
  const result: string[] = [];
  if (vertex.parallelism !== null) result.push(WORDS.parallelism(vertex.parallelism, vertex.maxParallelism));
  result.push(WORDS.degree(view.incoming(vertex.index).length, view.outgoing(vertex.index).length));
  const scope = view.loops.scopes[vertex.index];
  const around = view.loopsAround(vertex.index);
  if (scope === undefined || around.length === 0) {
    result.push(WORDS.defaultScope);
  } else {
    result.push(WORDS.scope(scope.toString(), scope.getLevel()));
    for (const loop of around) result.push(WORDS.loop(partOf(view, vertex, loop), escapeMarkdown(shorten(loop.name, 60)), loop.level, loop.tangled));
  }
  if (vertex.status !== null) result.push(vertex.status);
  if (vertex.scheduled === false) result.push(WORDS.pending);
  if (vertex.changelogMode !== null) result.push(WORDS.changelog(markdownCode(vertex.changelogMode)));
  return result;
}

function partOf(view: JobView, { index }: Vertex, loop: Loop): LoopPart {
  if (index === loop.head) return 'head';
  if (index === loop.tail) return 'tail';
  return view.isEntry(index, loop) ? 'entry' : 'member';
}

function edgeMarkdown(view: JobView, edge: Edge): string {
  const from = view.vertex(edge.from);
  const to = view.vertex(edge.to);
  const lines = edgeDetails(edge).map(([name, value]) => WORDS.detail(name, escapeMarkdown(value)));
  return [
    WORDS.edge(escapeMarkdown(shorten(from.name, 200)), escapeMarkdown(shorten(to.name, 200))),
    bullets(lines),
    bullets(facts(view, from)),
  ].join('\n\n');
}

/** EXPLAIN PLAN_ADVICE speaks about the whole plan. */
function adviceHover({ analysis }: JobDocument, offset: number): Hover | null {
  for (const { plan } of analysis.plans) {
    const found = plan.advice.slice(0, MAX_ADVICE).find((advice) => within(advice.span, offset));
    if (found !== undefined) return { span: found.span, markdown: WORDS.advice(escapeMarkdown(found.level), escapeMarkdown(found.text)) };
  }
  return null;
}
