import { historyOf } from '../../analysis/rest/checkpoints.ts';
import { documentsOf } from '../../analysis/rest/model.ts';
import { checkpointFailure, followsFromJob } from '../../knowledge/checkpointFailures.ts';
import { beside, MAX_FINDINGS, MAX_RELATED, type RestRule, tell } from './shared.ts';

export const checkpointsFail: RestRule = {
  id: 'checkpoints-fail',
  title: 'Checkpoints fail',
  severity: 'warning',
  docs: `Of the last checkpoints some expired, were declined or could not be written. Those that ended because the job failed or was stopped do not count: they only follow.

An expired checkpoint was triggered, and not all subtasks acknowledged it within its timeout. \`/jobs/:jobid/checkpoints/details/:checkpointid\` says which vertex is behind, and \`…/subtasks/:vertexid\` which subtask and in which phase: start delay and alignment mean that barriers do not get through (back pressure), sync and async that state is slow. An error when none has completed since.`,
  check({ rest }) {
    return documentsOf(rest, 'checkpoints')
      .slice(0, MAX_FINDINGS)
      .flatMap((document) => {
        const history = historyOf(document);
        const [main] = history?.reasons ?? [];
        if (history === null || main === undefined) return [];
        const { newest, failed, ended, inARow, completed } = history;
        const facts = {
          failed,
          ended,
          ...main,
          checkpoint: newest.id,
          acknowledged: newest.acknowledged,
          subtasks: newest.subtasks,
          failure: newest.failure,
          never: completed === 0,
        };
        const rows = document.history.filter(({ status, failure }) => status === 'FAILED' && !followsFromJob(checkpointFailure(failure)));
        return tell(checkpointsFail, 'checkpoints-fail', facts, {
          certainty: 'proved',
          severity: inARow >= 2 || (inARow === 1 && completed === 0) ? 'error' : 'warning',
          span: newest.statusSpan,
          related: rows
            .slice(1, 1 + MAX_RELATED)
            .map(({ id, failure, acknowledged, subtasks, statusSpan }) =>
              beside(statusSpan, 'failed-checkpoint', { checkpoint: id, reason: checkpointFailure(failure), acknowledged, subtasks }),
            ),
        });
      });
  },
};
