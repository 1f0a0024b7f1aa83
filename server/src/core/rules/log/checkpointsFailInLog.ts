import { exceptionCategory, saidOfCause, stepsFor } from '../../analysis/log/category.ts';
import { causeOf } from '../../analysis/log/causes.ts';
import { failedCheckpoints } from '../../analysis/log/failedCheckpoints.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { LOG_FINDINGS, LOG_NOTES } from './words.ts';

/** So many in a row are no accident. */
const MANY = 3;

export const checkpointsFailInLog: LogRule = {
  id: 'checkpoints-fail-in-log',
  title: 'Checkpoints fail, and the job goes on',
  severity: 'warning',
  docs: `The newest checkpoints of a job failed, expired or were declined, and none has completed since. The job runs on as long as \`execution.checkpointing.tolerable-failed-checkpoints\` allows, and what it does meanwhile is lost with the next failure. A single one is told only where none has ever completed; those that ended because the job was stopped or restarted do not count. An error from three in a row on.

*What to do:* the exception of the newest one says why: a storage that cannot be written, state that cannot be serialised, a task that declines. Where they expire nothing is thrown: the checkpoint history of the REST API says which subtask did not acknowledge.`,
  check: (analysis) =>
    failedCheckpoints(analysis)
      .slice(0, MAX_FINDINGS)
      .map(({ ids, reason, exception, first, last, completed }) => {
        const cause = causeOf(exception ?? undefined);
        const facts = { failed: ids.length, first: ids[0] ?? '', last: ids.at(-1) ?? '', reason, cause, completed };
        return finding(checkpointsFailInLog, {
          ...saidOf(LOG_FINDINGS.checkpointsFail, facts),
          severity: ids.length >= MANY ? 'error' : 'warning',
          advice: stepsFor(
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
