import { shorten } from '../../core/wording.ts';
import type { Fold } from '../types.ts';
import { elementsOf, type JobDocument } from './elements.ts';

const MAX_FOLDS = 5000;

/** One fold a plan and one a vertex, with its name when it is closed. */
export function folds(document: JobDocument): Fold[] {
  const result: Fold[] = [];
  for (const { plan } of elementsOf(document).views) {
    result.push({ span: plan.span });
    if (plan.format === 'explain-tree') continue;
    for (const vertex of plan.vertices) {
      if (result.length >= MAX_FOLDS) return result;
      for (const { start, end } of vertex.objects) result.push({ span: plan.source.span(start, end), collapsedText: shorten(vertex.name, 80) });
    }
  }
  return result;
}
