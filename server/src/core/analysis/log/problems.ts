import type { LogModel } from '../../log/model.ts';
import type { Problem } from '../../model.ts';
import { formatDuration } from '../../wording.ts';

const MOST_PROBLEMS = 50;

/** What could not be read, or has to be known before the times are trusted. */
export function problemsOf(log: LogModel, ofFlink: boolean): Problem[] {
  const problems: Problem[] = [];
  if (!ofFlink)
    problems.push({
      message: 'No record, logger or stack frame of Flink is in this log: its records and exceptions are shown, but nothing is concluded from them.',
      span: { start: 0, end: 0 },
    });
  const conflict = log.process.flinkConflict;
  if (conflict !== null)
    problems.push({
      message: `The text names more than one version of Flink (${conflict.versions.slice(0, 5).join(', ')}), so nothing is checked against a version. Say which one is meant by the setting logjam.flinkVersion.`,
      span: conflict.span,
    });
  if (log.recordCount === 0 && log.exceptions.length === 0)
    problems.push({ message: 'No log record and no stack trace was recognised.', span: { start: 0, end: 0 } });
  for (const step of log.clockSteps.slice(0, MOST_PROBLEMS))
    problems.push({
      message: `The clock steps back by ${formatDuration(step.by)} here; records are kept in the order of the text.`,
      span: step.span,
    });
  if (log.clockSteps.length > MOST_PROBLEMS)
    problems.push({
      message: `The clock steps back in ${log.clockSteps.length - MOST_PROBLEMS} more places.`,
      span: (log.clockSteps[MOST_PROBLEMS] as { span: Problem['span'] }).span,
    });
  for (const exception of log.exceptions) {
    for (const one of exception.chain) {
      if (one.damage === null) continue;
      problems.push({ message: `This stack trace is damaged: ${one.damage}. Its missing frames are not completed.`, span: one.span });
      if (problems.length >= 2 * MOST_PROBLEMS) return problems;
    }
  }
  return problems;
}
