import { neverRuns } from '../../analysis/log/neverRuns.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { LOG_FINDINGS } from './words.ts';

export const subtaskNeverRuns: LogRule = {
  id: 'subtask-does-not-start',
  title: 'Subtasks are deployed, but do not begin to run',
  severity: 'warning',
  docs: `A subtask has been INITIALIZING (or DEPLOYING) for more than three minutes when the text ends: it restores its state, or stands in \`initializeState()\` or \`open()\`. Until all subtasks run no checkpoint is taken ("Checkpoint triggering task … is not being executed at the moment"), and nothing that it has to read is read.

*What to do:* a thread dump of its TaskManager says where the task thread stands. Before Flink 1.13 restoring counts as RUNNING, so this is not seen there.`,
  check: ({ log }) =>
    neverRuns(log)
      .slice(0, MAX_FINDINGS)
      .map(({ task, subtasks, state, for: lasts, since, refused }) => {
        const facts = { task, subtasks, state, lasts, refused };
        return finding(subtaskNeverRuns, {
          ...saidOf(LOG_FINDINGS.neverRuns, facts),
          facts,
          key: ['task', 'state'],
          span: since.span,
          certainty: 'suspected',
        });
      }),
};
