import { busySkew, recordSkew } from '../../analysis/rest/load.ts';
import { documentsOf } from '../../analysis/rest/model.ts';
import { vertexNames } from '../../analysis/rest/names.ts';
import { MAX_FINDINGS, type RestRule, subtaskFact, tell } from './shared.ts';

export const busySubtask: RestRule = {
  id: 'busy-subtask',
  title: 'One subtask is busy, the others are not',
  severity: 'warning',
  docs: `One subtask of the vertex is busy 80 % of the time or more, and every other one at most 40 %. As a rule a key has most of the records, or there are too few different keys; it may also be one slow machine, or one subtask that waits for something.`,
  check(analysis) {
    const names = vertexNames(analysis);
    return documentsOf(analysis.rest, 'back-pressure')
      .slice(0, MAX_FINDINGS)
      .flatMap((document) => {
        const skew = busySkew(document);
        if (skew === null) return [];
        const of = document.subtasks.length;
        const facts = { row: subtaskFact(names, document.subject, skew.row.subtask, of), of, share: skew.share, next: skew.next };
        return tell(busySubtask, 'busy-subtask', facts, { certainty: 'suspected', span: skew.row.span });
      });
  },
};

export const skewedRecords: RestRule = {
  id: 'record-skew',
  title: 'One subtask reads most of the records',
  severity: 'info',
  docs: `One subtask of the vertex has read half of the records or more, and three times as many as any other, and was busy for half of its time or more (\`accumulated-busy-time\`, 1.16 and newer). Skew that nobody waits for costs nothing: \`/backpressure\` of the vertices before it shows it.`,
  check(analysis) {
    const names = vertexNames(analysis);
    return documentsOf(analysis.rest, 'vertex')
      .flatMap((document) => {
        const skew = recordSkew(document);
        if (skew === null) return [];
        const of = document.subtasks.length;
        const row = subtaskFact(names, document.subject, skew.row.subtask, of);
        const facts = { row, of, share: skew.share, records: skew.row.readRecords ?? 0, next: skew.next, busy: skew.busy };
        return tell(skewedRecords, 'record-skew', facts, { certainty: 'suspected', span: skew.row.span });
      })
      .slice(0, MAX_FINDINGS);
  },
};
