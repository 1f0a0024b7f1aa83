import { documentsOf } from '../../analysis/rest/model.ts';
import type { OperatorResourceRow } from '../../rest/model/kubernetes.ts';
import { MAX_FINDINGS, type RestRule, tell } from './shared.ts';

const TROUBLE = new Set(['FAILED', 'FAILING', 'RESTARTING', 'SUSPENDED']);

/** A resource of the operator without an error of its own, by the state of its job. */
const asJob = ({ name, kind, jobState, nameSpan }: OperatorResourceRow) => ({
  id: kind,
  name,
  state: jobState,
  tasks: {} as Record<string, number>,
  stateSpan: nameSpan,
});

export const jobInTrouble: RestRule = {
  id: 'job-in-trouble',
  title: 'A job failed or restarts',
  severity: 'warning',
  docs: `\`/jobs/overview\` names a job that has failed, is failing or restarting. Why is in \`/jobs/:jobid/exceptions\`, whose oldest entry is the first failure; the newest is as a rule only what keeps it going.`,
  check: ({ rest, failures }) =>
    [...documentsOf(rest, 'jobs').flatMap(({ jobs }) => jobs), ...documentsOf(rest, 'operator').flatMap(({ resources }) => resources.map(asJob))]
      // Where the failures stand beside it, they say more.
      .filter(({ state }) => failures === null && state !== null && TROUBLE.has(state))
      .slice(0, MAX_FINDINGS)
      .map(({ id, name, state, tasks, stateSpan }) =>
        tell(
          jobInTrouble,
          'job-in-trouble',
          { job: name ?? id, state: state ?? '', failedTasks: tasks['failed'] ?? 0 },
          { certainty: 'proved', severity: state === 'FAILED' ? 'error' : 'warning', span: stateSpan },
        ),
      ),
};
