import { scopeGroup, vertexNode } from '../../core/nodeIds/job.ts';
import { type JobDocument, placesOf } from './places.ts';

/** The node for what is at an offset: a vertex, or the scope that stands for a batch iteration. */
export function nodeAt(document: JobDocument, view: string, offset: number): string | null {
  if (view !== 'job' && view !== 'scopes') return null;
  const place = placesOf(document).at(offset);
  if (place === null) return null;
  const { vertex, plan } = place;
  if (vertex.kind !== 'iteration') return vertexNode(plan, vertex.index);
  const declared = place.view.plan.declaredLoops.find((loop) => loop.iteration === vertex.index);
  const loop = place.view.loops.loops.find(({ origin, head }) => origin === 'step-function' && declared?.members.includes(head));
  if (loop === undefined || declared?.feedback.length === 0) return vertexNode(plan, vertex.index);
  return view === 'scopes' ? scopeGroup(plan, loop.index) : vertexNode(plan, loop.head);
}
