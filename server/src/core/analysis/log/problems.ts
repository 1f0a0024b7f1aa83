import { EMPTY_SPAN } from '../../../../../common/span.ts';
import type { LogModel } from '../../log/model.ts';
import { type Problem, problem } from '../../problems.ts';

const MAX_PROBLEMS = 50;

/** What could not be read, or has to be known before the times are trusted. */
export function problemsOf(log: LogModel, ofFlink: boolean): Problem[] {
  const problems: Problem[] = [];
  if (!ofFlink) problems.push(problem('nothing-of-flink', {}, EMPTY_SPAN));
  const conflict = log.process.flinkConflict;
  if (conflict !== null) problems.push(problem('several-flink-versions', { versions: conflict.versions }, conflict.span));
  if (log.recordCount === 0 && log.exceptions.length === 0 && log.events.length === 0) problems.push(problem('no-log', {}, EMPTY_SPAN));
  for (const step of log.clockSteps.slice(0, MAX_PROBLEMS)) problems.push(problem('clock-steps-back', { ms: step.by }, step.span));
  const next = log.clockSteps[MAX_PROBLEMS];
  if (next !== undefined) problems.push(problem('more-clock-steps', { count: log.clockSteps.length - MAX_PROBLEMS }, next.span));
  for (const exception of log.exceptions) {
    for (const one of exception.chain) {
      if (one.damage === null) continue;
      problems.push(problem('trace-damaged', { how: one.damage }, one.span));
      if (problems.length >= 2 * MAX_PROBLEMS) return problems;
    }
  }
  return problems;
}
