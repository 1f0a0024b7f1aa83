import type { JobView } from '../../core/analysis/jobgraph/jobView.ts';
import type { Edge } from '../../core/jobgraph/edge.ts';
import type { Vertex } from '../../core/jobgraph/vertex.ts';
import { edgeDetails } from '../../core/views/jobgraph/jobNodes.ts';
import { JOB_GRAPH_WORDS } from '../../core/views/jobgraph/words.ts';
import { bullets, escapeMarkdown, markdownCode, shorten } from '../../core/wording.ts';
import type { Hover } from '../types.ts';
import { type JobDocument, placesOf, within } from './places.ts';

const MAX_OPERATORS = 12;
const MAX_ADVICE = 5;

/** On an id or name: the operator, its scope and its loops; on a strategy: what it means. */
export function hover(document: JobDocument, offset: number): Hover | null {
  const place = placesOf(document).at(offset);
  if (place === null) return adviceHover(document, offset);
  const { view, vertex, edge } = place;
  if (edge !== null) {
    if (within(edge.shipSpan, offset) && edge.ship !== null) {
      return { span: edge.shipSpan, markdown: `**${escapeMarkdown(edge.shipText ?? '')}**: ${JOB_GRAPH_WORDS.ships[edge.ship]}.` };
    }
    if (within(edge.exchangeSpan, offset) && edge.exchange !== null) {
      return { span: edge.exchangeSpan, markdown: `**${escapeMarkdown(edge.exchangeText ?? '')}**: ${JOB_GRAPH_WORDS.exchanges[edge.exchange]}.` };
    }
    return { span: within(edge.idSpan, offset) ? edge.idSpan : edge.span, markdown: edgeMarkdown(view, edge) };
  }
  for (const span of [vertex.idSpan, vertex.nameSpan, vertex.parallelismSpan, vertex.maxParallelismSpan]) {
    if (within(span, offset)) return { span, markdown: vertexMarkdown(view, vertex) };
  }
  return null;
}

function vertexMarkdown(view: JobView, vertex: Vertex): string {
  const parts = [`**${escapeMarkdown(shorten(vertex.name, 300))}**`, bullets(facts(view, vertex))];
  const operators = vertex.operators;
  if (operators.length > 1) {
    const shown = operators.slice(0, MAX_OPERATORS).map((operator) => markdownCode(shorten(operator, 160)));
    if (operators.length > MAX_OPERATORS) shown.push(`and ${operators.length - MAX_OPERATORS} more`);
    parts.push(`Chained operators:\n${bullets(shown)}`);
  } else if (vertex.description !== '' && vertex.description !== vertex.name) parts.push(markdownCode(shorten(vertex.description, 1500)));
  return parts.join('\n\n');
}

function facts(view: JobView, vertex: Vertex): string[] {
  const result: string[] = [];
  if (vertex.parallelism !== null) {
    result.push(`parallelism ${vertex.parallelism}${vertex.maxParallelism === null ? '' : ` of at most ${vertex.maxParallelism}`}`);
  }
  result.push(`${view.incoming(vertex.index).length} in, ${view.outgoing(vertex.index).length} out`);
  const scope = view.loops.scopes[vertex.index];
  const around = view.loopsAround(vertex.index);
  if (scope === undefined || around.length === 0) {
    result.push('default scope, level 0: in no loop');
  } else {
    result.push(`scope ${escapeMarkdown(scope.toString())}, level ${scope.getLevel()}`);
    for (const loop of around) {
      const role =
        vertex.index === loop.head ? 'head of ' : vertex.index === loop.tail ? 'tail of ' : view.isEntry(vertex.index, loop) ? 'entry of ' : 'in ';
      result.push(
        `${role}loop ${escapeMarkdown(shorten(loop.name, 60))}, level ${loop.level}${loop.tangled ? ', interleaved with another one' : ''}`,
      );
    }
  }
  if (vertex.status !== null) result.push(vertex.status);
  if (vertex.scheduled === false) result.push('pending: not scheduled yet');
  if (vertex.changelogMode !== null) result.push(`emits changes ${markdownCode(vertex.changelogMode)}`);
  return result;
}

function edgeMarkdown(view: JobView, edge: Edge): string {
  const from = view.vertex(edge.from);
  const to = view.vertex(edge.to);
  const lines = edgeDetails(edge).map(([name, value]) => `${name}: ${escapeMarkdown(value)}`);
  return [
    `From **${escapeMarkdown(shorten(from.name, 200))}** to **${escapeMarkdown(shorten(to.name, 200))}**`,
    bullets(lines),
    bullets(facts(view, from)),
  ].join('\n\n');
}

/** EXPLAIN PLAN_ADVICE speaks about the whole plan. */
function adviceHover({ analysis }: JobDocument, offset: number): Hover | null {
  for (const { plan } of analysis.plans) {
    const found = plan.advice.slice(0, MAX_ADVICE).find((advice) => within(advice.span, offset));
    if (found !== undefined)
      return { span: found.span, markdown: `**${escapeMarkdown(found.level)}** of the planner: ${escapeMarkdown(found.text)}` };
  }
  return null;
}
