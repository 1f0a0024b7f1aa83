import { answeredSteps, exceptionCategory, saidOfCause } from '../../analysis/log/category.ts';
import { causeOf } from '../../analysis/log/causes.ts';
import { failedCheckpoints } from '../../analysis/log/failedCheckpoints.ts';
import { type LateSubtask, lateSubtasks } from '../../analysis/log/lateSubtasks.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { type CheckpointsFailFacts, LOG_FINDINGS, LOG_NOTES } from './words.ts';

/** So many in a row are no accident. */
const MANY = 3;

export const checkpointsFailInLog: LogRule = {
  id: 'checkpoints-fail-in-log',
  title: 'Checkpoints fail, and the job goes on',
  severity: 'warning',
  docs: `The newest checkpoints of a job failed, expired or were declined, and none has completed since. The job runs on as long as \`execution.checkpointing.tolerable-failed-checkpoints\` allows, and what it does meanwhile is lost with the next failure. A single one is told only where it expired, or where none has ever completed; of those that expired also that others completed since. Those that ended because the job was stopped or restarted do not count. A log of a TaskManager alone tells of asynchronous parts that failed: from two on, where why is known, since it does not show which checkpoints completed. An error from three in a row on.

*What to do:* the exception of the newest one says why: a storage that cannot be written, state that cannot be serialised, a task that declines. Where they expire nothing is thrown: subtasks that answer too late are named where the log has them; else the checkpoint history of the REST API says which subtask did not acknowledge.`,
  check: (analysis) =>
    failedCheckpoints(analysis)
      .slice(0, MAX_FINDINGS)
      .map(({ ids, reason, exception, of, first, last, completed, byTasks, over }) => {
        const cause = causeOf(exception ?? undefined);
        const facts = {
          failed: ids.length,
          first: ids[0] ?? '',
          last: ids.at(-1) ?? '',
          reason,
          cause,
          completed,
          byTasks,
          over,
          of,
          late: lateIn(analysis, ids),
        };
        return finding(checkpointsFailInLog, {
          ...saidOf(LOG_FINDINGS.checkpointsFail, facts),
          severity: ids.length >= MANY && !over && !byTasks ? 'error' : 'warning',
          advice: answeredSteps(
            (exception === null ? null : exceptionCategory(exception)) ?? 'checkpoint',
            analysis.flinkVersion,
            saidOfCause(exception ?? undefined, cause),
          ),
          facts,
          key: ['first'],
          span: last.span,
          certainty: 'proved',
          related: first === last ? [] : [{ message: LOG_NOTES.firstOfThem, span: first.span }],
        });
      }),
};

/** Of the newest of these checkpoints of which the log names any, the subtasks that had not acknowledged, by task. */
function lateIn({ log }: LogAnalysis, ids: readonly string[]): CheckpointsFailFacts['late'] {
  const told = lateSubtasks(log).filter(({ checkpoint, task, subtask }) => ids.includes(checkpoint) && task !== null && subtask !== null);
  const newest = told.at(-1)?.checkpoint;
  const found = new Map<string, LateSubtask[]>();
  for (const one of told) {
    if (one.checkpoint !== newest || one.task === null) continue;
    const known = found.get(one.task);
    if (known === undefined) found.set(one.task, [one]);
    else known.push(one);
  }
  return [...found].map(([task, all]) => ({
    task,
    subtasks: all.flatMap(({ subtask }) => subtask ?? []).sort((a, b) => a - b),
    of: all[0]?.parallelism ?? null,
  }));
}
