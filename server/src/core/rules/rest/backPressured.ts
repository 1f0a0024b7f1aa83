import { documentsOf } from '../../analysis/rest/model.ts';
import { vertexNames } from '../../analysis/rest/names.ts';
import { beside, MAX_FINDINGS, MAX_RELATED, type RestRule, subtaskFact, tell } from './shared.ts';

export const backPressured: RestRule = {
  id: 'back-pressured',
  title: 'A vertex is back-pressured',
  severity: 'info',
  docs: `Flink's level of the vertex is *high*: a subtask could not send for more than half of the time. It is not this vertex that is slow, but one after it. By itself no fault: a job that catches up is back-pressured, too.

The answer names no vertex; the request did.`,
  check(analysis) {
    const names = vertexNames(analysis);
    return documentsOf(analysis.rest, 'back-pressure')
      .slice(0, MAX_FINDINGS)
      .flatMap(({ status, level, subtasks, subject, span }) => {
        if (status === 'deprecated') return tell(backPressured, 'back-pressure-not-measured', {}, { certainty: 'unknown', severity: 'hint', span });
        const high = subtasks.filter((row) => row.level === 'high' && row.ratio !== null).sort((a, b) => (b.ratio ?? 0) - (a.ratio ?? 0));
        const [worst] = high;
        if (level !== 'high' || worst === undefined) return [];
        const facts = { subtasks: high.length, of: subtasks.length, share: worst.ratio ?? 0 };
        return tell(backPressured, 'back-pressured', facts, {
          certainty: 'proved',
          span: worst.span,
          related: high
            .slice(1, 1 + MAX_RELATED)
            .map((row) => beside(row.span, 'subtask-share', { ...subtaskFact(names, subject, row.subtask, subtasks.length), share: row.ratio ?? 0 })),
        });
      });
  },
};
