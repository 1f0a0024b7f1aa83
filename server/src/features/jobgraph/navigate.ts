import type { Span } from '../../../../common/span.ts';
import type { JobView } from '../../core/analysis/jobgraph/jobView.ts';
import type { Vertex } from '../../core/jobgraph/vertex.ts';
import type { Target } from '../types.ts';
import { type JobDocument, type Place, placesOf, within } from './places.ts';

const MAX_TARGETS = 2000;

/** The vertex that an offset names: the producer on an input's id, the vertex itself on its own. */
function named(place: Place, offset: number): Vertex | null {
  if (place.edge !== null) return within(place.edge.idSpan, offset) ? place.view.vertex(place.edge.from) : null;
  const { vertex } = place;
  return within(vertex.idSpan, offset) || within(vertex.nameSpan, offset) || ids(place.view, vertex).some((span) => within(span, offset))
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
  const place = placesOf(document).at(offset);
  if (place === null) return [];
  const vertex = named(place, offset);
  if (vertex === null) return [];
  const { view } = place;
  if (place.edge !== null) return [target(view, vertex)];
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
  const place = placesOf(document).at(offset);
  const vertex = place === null ? null : named(place, offset);
  if (place === null || vertex === null) return [];
  const inputs = place.view.plan.edges.filter((edge) => edge.from === vertex.index && !edge.restored).map((edge) => edge.idSpan);
  return [...ids(place.view, vertex), ...inputs].slice(0, MAX_TARGETS);
}

export function references(document: JobDocument, offset: number): Target[] {
  return highlight(document, offset).map((span) => ({ span }));
}
