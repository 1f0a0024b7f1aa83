import type { GraphEdge, GraphGroup, GraphNode } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Finding } from '../../model.ts';
import { vertexNode } from '../../nodeIds/job.ts';
import { headline } from '../../rules/saying.ts';
import { JOB_GRAPH_WORDS as WORDS } from './words.ts';

/** What stands at a place of the plan, as far as findings point at it. */
const keyOf = ({ start, end }: Span): string => `${start}-${end}`;

/**
 * Marks what the plan may not have: errors that a rule has found, at the vertex or the input where they stand. In the
 * drawing by shape and a word, for screen readers and the details pane by the message of the finding.
 */
export function markViolations(
  view: JobView,
  index: number,
  findings: readonly Finding[],
  parts: { nodes: GraphNode<Span>[]; edges: GraphEdge<Span>[] },
): void {
  const errors = new Map<string, string>();
  for (const finding of findings) if (finding.severity === 'error') errors.set(keyOf(finding.at.span), headline(finding));
  if (errors.size === 0) return;
  const at = (...spans: readonly (Span | null)[]): string | undefined => {
    for (const span of spans) {
      const message = span === null ? undefined : errors.get(keyOf(span));
      if (message !== undefined) return message;
    }
    return undefined;
  };
  const nodes = new Map(parts.nodes.map((node) => [node.id, node]));
  for (const { index: number, nameSpan, parallelismSpan, maxParallelismSpan } of view.plan.vertices) {
    const node = nodes.get(vertexNode(index, number));
    const message = node === undefined ? undefined : at(nameSpan, parallelismSpan, maxParallelismSpan);
    if (node !== undefined && message !== undefined) mark(node, message);
  }
  const messages = new Map<string, string>();
  for (const { span, idSpan, shipSpan, exchangeSpan } of view.plan.edges) {
    const message = at(idSpan, shipSpan, exchangeSpan);
    if (message !== undefined) messages.set(keyOf(span), message);
  }
  for (const edge of parts.edges) {
    const message = edge.place === undefined ? undefined : messages.get(keyOf(edge.place));
    if (message === undefined) continue;
    mark(edge, message);
    edge.label = edge.label === undefined ? WORDS.violation.label : `${WORDS.violation.label} · ${edge.label}`;
  }
}

/** A group, node or edge that breaks a rule. */
export function mark(item: GraphNode<Span> | GraphEdge<Span> | GraphGroup<Span>, message: string): void {
  item.emphasis = 'violation';
  item.description = WORDS.violation.described(item.description, message);
  if ('details' in item) item.details = [[WORDS.violation.detail, message], ...(item.details ?? [])];
}
