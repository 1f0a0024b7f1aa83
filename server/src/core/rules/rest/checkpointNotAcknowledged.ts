import { failuresOf } from '../../analysis/rest/checkpoints.ts';
import { documentsOf } from '../../analysis/rest/model.ts';
import { vertexNames } from '../../analysis/rest/names.ts';
import { followsFromJob } from '../../knowledge/checkpointFailures.ts';
import { beside, MAX_FINDINGS, MAX_RELATED, type RestRule, subtaskFact, tell } from './shared.ts';

const MAX_NAMED = 20;

export const checkpointNotAcknowledged: RestRule = {
  id: 'checkpoint-not-acknowledged',
  title: 'Subtasks did not acknowledge a checkpoint',
  severity: 'error',
  docs: `A checkpoint failed, and these subtasks never acknowledged it: the barrier did not reach them, or their snapshot did not end. While a checkpoint is in progress it is no more than who has not answered yet; and where it ended because the job did, which only \`/checkpoints\` tells, it says nothing. An error where the reason stands in the same text.

What the thread of such a subtask does is in a thread dump of its TaskManager, under the name of the task with the number of the subtask.`,
  check(analysis) {
    const names = vertexNames(analysis);
    const reasons = failuresOf(analysis.rest);
    return documentsOf(analysis.rest, 'checkpoint-subtasks')
      .filter(({ status }) => status !== 'COMPLETED')
      .slice(0, MAX_FINDINGS)
      .flatMap(({ subject, checkpoint, status, subtasks, total }) => {
        const pending = subtasks.filter((row) => row.status === 'pending');
        const [first] = pending;
        if (first === undefined) return [];
        const of = total ?? subtasks.length;
        const named = pending.slice(0, MAX_NAMED).map((row) => ({ row, fact: subtaskFact(names, subject, row.subtask, of) }));
        const failed = status === 'FAILED';
        const reason = reasons.get(checkpoint) ?? null;
        // It ended with the job: who had not answered by then says nothing.
        if (reason !== null && followsFromJob(reason)) return [];
        return tell(
          checkpointNotAcknowledged,
          'checkpoint-not-acknowledged',
          { checkpoint, missing: named.map(({ fact }) => fact), count: pending.length, of, failed, reason },
          {
            certainty: 'proved',
            severity: !failed ? 'info' : reason === null ? 'warning' : 'error',
            span: first.span,
            related: named.slice(1, 1 + MAX_RELATED).map(({ row, fact }) => beside(row.span, 'subtask', fact)),
          },
        );
      });
  },
};
