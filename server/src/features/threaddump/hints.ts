import type { Span } from '../../../../common/span.ts';
import { lockFacts } from '../../core/analysis/threaddump/deadlockModel.ts';
import { displayNameOf } from '../../core/analysis/threaddump/names.ts';
import { lockOf } from '../../core/analysis/threaddump/waits/model.ts';
import type { Hint } from '../types.ts';
import { type DumpDocument, elementsOf } from './elements.ts';
import { HINTS } from './words.ts';

/** Behind a lock that a thread waits for the name of its owner; behind one that it holds the number of those who wait. */
export function hints(document: DumpDocument, span: Span): Hint[] {
  if (!document.settings['logjam.inlayHints']) return [];
  const result: Hint[] = [];
  for (const { dump, thread } of elementsOf(document).within(span)) {
    const { graph } = dump;
    const wait = graph.waits.get(thread.index);
    if (wait?.owner != null && wait.action !== null) {
      result.push({
        offset: wait.place.lockSpan.end,
        label: HINTS.owner(lockFacts(wait.lock), displayNameOf(graph, wait.owner)),
        tooltip: HINTS.ownerWhy(lockFacts(wait.lock), displayNameOf(graph, wait.owner)),
      });
    }
    for (const action of thread.locks) {
      if (action.kind !== 'locked') continue;
      const lock = lockOf(graph, action);
      if (lock === undefined || lock.waiters.length === 0 || !lock.holds.some((hold) => hold.threadIndex === thread.index)) continue;
      result.push({ offset: action.lockSpan.end, label: HINTS.waiting(lock.waiters.length) });
    }
  }
  return result.filter((hint) => hint.offset >= span.start && hint.offset <= span.end).sort((a, b) => a.offset - b.offset);
}
