import type { Span } from '../../../../common/span.ts';
import type { Fix } from '../../core/model.ts';
import { threadNode } from '../../core/nodeIds/lockWait.ts';
import { cycleFixes } from '../../core/rules/threaddump/cycle.ts';
import { showInGraph } from '../../core/rules/threaddump/tell.ts';
import { blockedBy } from './blockedBy.ts';
import { type DumpDocument, elementsOf } from './elements.ts';

/** Anywhere in a thread that takes part: the graph at it, and for members and victims of a deadlock its explanation. */
export function actions(document: DumpDocument, span: Span): Fix[] {
  const block = elementsOf(document).block(span.start);
  if (block === null) return [];
  const { dump, thread } = block;
  const deadlock = dump.member.get(thread.index) ?? dump.victim.get(thread.index);
  if (deadlock !== undefined) return cycleFixes(dump.graph, dump.index, deadlock, document.uri);
  if (!dump.graph.waits.has(thread.index) && blockedBy(dump.graph, thread.index).length === 0) return [];
  return [showInGraph('show-thread', document.uri, threadNode(dump.index, thread.index))];
}
