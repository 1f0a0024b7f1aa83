import type { Span } from '../../../../common/span.ts';
import type { Hint } from '../types.ts';
import { elementsOf, type LogDocument } from './elements.ts';
import { executionName, LOG_FEATURES } from './words.ts';

const MAX_HINTS = 500;

/** Names behind bare ids, sizes behind numbers of pages. */
export function hints(document: LogDocument, span: Span): Hint[] {
  const { text, analysis } = document;
  const result: Hint[] = [];
  const elements = elementsOf(document);
  for (const event of analysis.log.events) {
    if (event.span.end < span.start || event.span.start > span.end || result.length >= MAX_HINTS) continue;
    if (event.id === 'checkpoint-declined' || event.id === 'checkpoint-late') {
      const id = event.fields.exec;
      const execution = id === undefined ? undefined : elements.executions.get(id);
      const at = id === undefined ? -1 : text.indexOf(id, event.span.start);
      if (id !== undefined && execution !== undefined && at !== -1 && at < event.span.end)
        result.push({ offset: at + id.length, label: executionName(execution, 40) });
    } else if (event.id === 'managed-memory-pages' && event.fields.pages !== undefined) {
      const needle = `${event.fields.pages} pages`;
      const at = text.indexOf(needle, event.span.start);
      if (at !== -1 && at < event.span.end)
        result.push({
          offset: at + needle.length,
          label: LOG_FEATURES.sizes.hint(Number(event.fields.pages) * 32 * 1024),
          tooltip: LOG_FEATURES.sizes.usualPages,
        });
    }
  }
  return result;
}
