import { scopeGroup, vertexNode } from '../../core/nodeIds/job.ts';
import { elementsOf, type JobDocument } from './elements.ts';

/** The node for what is at an offset: a vertex, or the scope that stands for a batch iteration. */
export function nodeAt(document: JobDocument, view: string, offset: number): string | null {
  if (view !== 'job' && view !== 'scopes') return null;
  const element = elementsOf(document).at(offset);
  if (element === null) return null;
  const { vertex, plan } = element;
  if (vertex.kind !== 'iteration') return vertexNode(plan, vertex.index);
  const declared = element.view.plan.declaredLoops.find((loop) => loop.iteration === vertex.index);
  const loop = element.view.loops.loops.find(({ origin, head }) => origin === 'step-function' && declared?.members.includes(head));
  if (loop === undefined || declared?.feedback.length === 0) return vertexNode(plan, vertex.index);
  return view === 'scopes' ? scopeGroup(plan, loop.index) : vertexNode(plan, loop.head);
}
