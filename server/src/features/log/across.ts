import type { Span } from '../../../../common/span.ts';
import type { LogAnalysis } from '../../core/analysis/log/model.ts';
import type { Execution } from '../../core/log/model.ts';
import type { Across } from '../types.ts';
import { elementsOf, type LogDocument } from './elements.ts';
import { executionText } from './hover.ts';
import { definition, executionTargets, references } from './navigate.ts';

const NOTHING: Across = { hover: null, definition: [], references: [] };

/** What stands at an offset, followed through all files that this one was read together with. */
export function across(document: LogDocument, offset: number, set: { analysis: LogAnalysis; offset: number }): Across {
  const elements = elementsOf(document);
  const element = elements.at(document, offset);
  if (element === null) return NOTHING;
  const own = elements.executionOf(element);
  if (own !== undefined) {
    const execution = set.analysis.log.executions.find((one) => isSame(one, own));
    if (execution === undefined) return NOTHING;
    const spans = [...execution.states, ...execution.mentions].map((one) => one.span);
    const hover = element.kind === 'execution' ? executionText({ ...document, analysis: set.analysis }, execution) : null;
    return { hover, definition: executionTargets(set.analysis, execution).map((target) => target.span), references: spans };
  }
  // Frames and exceptions are found by their place alone, which needs no text.
  if (element.kind !== 'frame' && element.kind !== 'throwable') return NOTHING;
  const whole = { ...document, text: '', analysis: set.analysis };
  const spans = (targets: { span: Span }[]): Span[] => targets.map((target) => target.span);
  return { hover: null, definition: spans(definition(whole, set.offset)), references: spans(references(whole, set.offset)) };
}

/** The same attempt, as JobManager and TaskManager print it. */
function isSame(one: Execution, other: Execution): boolean {
  if (one.id !== null && other.id !== null) return one.id === other.id;
  return one.task === other.task && one.subtask === other.subtask && one.attempt === other.attempt;
}
