import { slowestPhase } from '../../analysis/rest/checkpoints.ts';
import { documentsOf } from '../../analysis/rest/model.ts';
import { vertexNames } from '../../analysis/rest/names.ts';
import { MAX_FINDINGS, type RestRule, subtaskFact, tell } from './shared.ts';

export const slowCheckpoint: RestRule = {
  id: 'slow-checkpoint',
  title: 'One phase takes most of a slow checkpoint',
  severity: 'warning',
  docs: `Of the slowest subtask that has acknowledged a checkpoint of five seconds or more, one phase took half of the time or more: the start delay (from the trigger until the first barrier arrived), the alignment (until the last barrier arrived), the synchronous part (the task stood still) or the asynchronous part (state was uploaded).

The first two are back pressure, the last two state.`,
  check(analysis) {
    const names = vertexNames(analysis);
    return documentsOf(analysis.rest, 'checkpoint-subtasks')
      .slice(0, MAX_FINDINGS)
      .flatMap((document) => {
        const slow = slowestPhase(document);
        if (slow === null) return [];
        const { row, phase, ms, duration } = slow;
        const { subject, checkpoint, total, subtasks } = document;
        const facts = { checkpoint, row: subtaskFact(names, subject, row.subtask, total ?? subtasks.length), phase, ms, durationMs: duration };
        return tell(slowCheckpoint, 'slow-checkpoint', facts, { certainty: 'proved', span: row.span });
      });
  },
};
