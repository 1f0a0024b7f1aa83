import type { SymbolKind } from 'vscode-languageserver-types';
import type { Span } from '../../../../common/span.ts';
import type { JobView } from '../../core/analysis/jobgraph/jobView.ts';
import type { Loop } from '../../core/analysis/jobgraph/scopes.ts';
import type { Vertex } from '../../core/jobgraph/vertex.ts';
import { shorten } from '../../core/wording.ts';
import type { DocumentSymbol } from '../types.ts';
import { elementsOf, type JobDocument } from './elements.ts';
import { JOB_FEATURE_WORDS } from './words.ts';

const { symbol: WORDS } = JOB_FEATURE_WORDS;

// SymbolKind is a namespace of numbers; only its type is imported, so that a feature stays free of the protocol's code.
const PLAN = 2 as SymbolKind;
const SCOPE = 3 as SymbolKind;
const OPERATOR = 12 as SymbolKind;
const END = 24 as SymbolKind;

const MAX_CHILDREN = 5000;

/** Plan, then its loops as they nest, then the vertices of each. */
export function symbols(document: JobDocument): DocumentSymbol[] {
  return elementsOf(document).views.map(planSymbol);
}

function planSymbol(view: JobView): DocumentSymbol {
  const { plan, loops } = view;
  const children: DocumentSymbol[] = [];
  for (const loop of loops.loops) if (loop.parent === null) children.push(loopSymbol(view, loop, 0));
  for (const vertex of plan.vertices) {
    if (children.length >= MAX_CHILDREN) {
      children.push({
        name: WORDS.moreVertices(plan.vertices.length - vertex.index),
        kind: OPERATOR,
        span: vertex.span,
        selection: vertex.nameSpan,
      });
      break;
    }
    if ((loops.innermost[vertex.index] ?? -1) < 0) children.push(vertexSymbol(vertex));
  }
  return {
    name: plan.title === null || plan.title === '' ? WORDS.untitled : shorten(plan.title, 100),
    detail: WORDS.plan(plan.format, plan.vertices.length, loops.loops.length),
    kind: PLAN,
    span: plan.span,
    selection: { start: plan.span.start, end: Math.min(plan.span.end, plan.span.start + 1) },
    children,
  };
}

function loopSymbol(view: JobView, loop: Loop, depth: number): DocumentSymbol {
  const { loops } = view.loops;
  const inner = depth > 50 ? [] : loop.children.map((index) => loopSymbol(view, loops[index] as Loop, depth + 1));
  const own = loop.own.slice(0, MAX_CHILDREN).map((index) => vertexSymbol(view.vertex(index)));
  const head = view.vertex(loop.head);
  return {
    name: WORDS.loop(shorten(loop.name, 60)),
    detail: WORDS.loopDetail(loop.level, loop.tangled),
    kind: SCOPE,
    span: hull([head.span, ...inner.map((symbol) => symbol.span), ...own.map((symbol) => symbol.span)]),
    selection: head.nameSpan,
    children: [...inner, ...own],
  };
}

function hull(spans: readonly Span[]): Span {
  const result = { ...(spans[0] ?? { start: 0, end: 0 }) };
  for (const { start, end } of spans) {
    result.start = Math.min(result.start, start);
    result.end = Math.max(result.end, end);
  }
  return result;
}

function vertexSymbol(vertex: Vertex): DocumentSymbol {
  const { span, nameSpan } = vertex;
  const inside = nameSpan.start >= span.start && nameSpan.end <= span.end;
  return {
    name: shorten(vertex.name, 120),
    detail: [vertex.id, vertex.parallelism === null ? '' : WORDS.parallelism(vertex.parallelism)].filter((part) => part !== '').join(' '),
    kind: vertex.kind === 'loop-head' || vertex.kind === 'loop-tail' ? END : OPERATOR,
    span,
    selection: inside ? nameSpan : { start: span.start, end: Math.min(span.end, span.start + 1) },
  };
}
