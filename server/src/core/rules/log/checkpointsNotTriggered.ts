import { untriggeredCheckpoints } from '../../analysis/log/untriggeredCheckpoints.ts';
import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { LOG_FINDINGS, LOG_NOTES } from './words.ts';

export const checkpointsNotTriggered: LogRule = {
  id: 'checkpoints-not-triggered',
  title: 'No checkpoint is triggered any more',
  severity: 'warning',
  docs: `Three checkpoints of a job in a row or more were not triggered, for two minutes or longer and up to the end of the text, because a task does not run ("Checkpoint triggering task … is not being executed at the moment"). While a job starts that is usual, and shorter. Up to Flink 1.13 there is no checkpoint any more once a task has FINISHED.

*What to do:* look at the task that the message names: it waits for a slot, initialises, or has finished. From 1.14 on \`execution.checkpointing.checkpoints-after-tasks-finish.enabled\` (true by default from 1.15 on) lets checkpoints go on after tasks have finished.`,
  check: ({ log }) =>
    untriggeredCheckpoints(log)
      .slice(0, MAX_FINDINGS)
      .map(({ task, count, ms, first, last }) => {
        const facts = { task, count, ms };
        return finding(checkpointsNotTriggered, {
          ...saidOf(LOG_FINDINGS.checkpointsNotTriggered, facts),
          facts,
          key: ['task'],
          span: last.span,
          certainty: 'proved',
          related: [{ message: LOG_NOTES.firstOfThem, span: first.span }],
        });
      }),
};
