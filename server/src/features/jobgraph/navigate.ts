import type { Span } from '../../../../common/span.ts';
import type { JobView } from '../../core/analysis/jobgraph/jobView.ts';
import type { Vertex } from '../../core/jobgraph/vertex.ts';
import type { Target } from '../types.ts';
import { elementsOf, type JobDocument, type JobElement, within } from './elements.ts';

const MAX_TARGETS = 2000;

/** The vertex that an offset names: the producer on an input's id, the vertex itself on its own. */
function named(element: JobElement, offset: number): Vertex | null {
  if (element.edge !== null) return within(element.edge.idSpan, offset) ? element.view.vertex(element.edge.from) : null;
  const { vertex } = element;
  return within(vertex.idSpan, offset) || within(vertex.nameSpan, offset) || ids(element.view, vertex).some((span) => within(span, offset))
    ? vertex
    : null;
}

/** Where the text describes a vertex: in the plan, and in "vertices" of a job document. */
function ids({ plan }: JobView, vertex: Vertex): Span[] {
  return vertex.objects.map(({ start, end }) => {
    const at = vertex.id === '' ? -1 : plan.source.text.slice(start, Math.min(end, start + 400)).indexOf(vertex.id);
    return at === -1 ? plan.source.span(start, end) : plan.source.span(start + at, start + at + vertex.id.length);
  });
}

/** From an input's id to the vertex; from a loop's head to its tail and back, for Flink prints no edge between them. */
export function definition(document: JobDocument, offset: number): Target[] {
  const element = elementsOf(document).at(offset);
  if (element === null) return [];
  const vertex = named(element, offset);
  if (vertex === null) return [];
  const { view } = element;
  if (element.edge !== null) return [target(view, vertex)];
  const others = view.loopsAround(vertex.index).flatMap((loop) => {
    if (loop.origin === 'cycle' || loop.head === loop.tail) return [];
    return loop.head === vertex.index
      ? [target(view, view.vertex(loop.tail))]
      : loop.tail === vertex.index
        ? [target(view, view.vertex(loop.head))]
        : [];
  });
  return others.length > 0 ? others : [target(view, vertex)];
}

function target(view: JobView, vertex: Vertex): Target {
  const span = ids(view, vertex)[0] ?? vertex.idSpan;
  return { span, full: vertex.span };
}

/** Every place that names the vertex: its own objects and the inputs that read from it. */
export function highlight(document: JobDocument, offset: number): Span[] {
  const element = elementsOf(document).at(offset);
  const vertex = element === null ? null : named(element, offset);
  if (element === null || vertex === null) return [];
  const inputs = element.view.plan.edges.filter((edge) => edge.from === vertex.index && !edge.restored).map((edge) => edge.idSpan);
  return [...ids(element.view, vertex), ...inputs].slice(0, MAX_TARGETS);
}

export function references(document: JobDocument, offset: number): Target[] {
  return highlight(document, offset).map((span) => ({ span }));
}
