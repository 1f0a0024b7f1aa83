import type { Span } from '../../../../common/span.ts';
import { shorten } from '../../core/wording.ts';
import type { Hint } from '../types.ts';
import { elementsOf, type JobDocument } from './elements.ts';

/** Behind the id of an input the name of the vertex it stands for. */
export function hints(document: JobDocument, span: Span): Hint[] {
  if (!document.settings['logjam.inlayHints']) return [];
  const result: Hint[] = [];
  for (const { view, edge } of elementsOf(document).inputsWithin(span)) {
    if (edge === null || view.plan.format === 'explain-tree' || view.plan.format === 'explain-stages') continue;
    const { idSpan } = edge;
    const { name } = view.vertex(edge.from);
    // After the closing quote, where the id is a string.
    const offset = document.text[idSpan.end] === '"' ? idSpan.end + 1 : idSpan.end;
    if (offset >= span.start && offset <= span.end) result.push({ offset, label: shorten(name, 40), tooltip: shorten(name, 400) });
  }
  return result;
}
