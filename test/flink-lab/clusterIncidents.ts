/**
 * Incidents of the cluster: processes that do not start or are gone, leadership that is lost, state that has no operator. `cause` in
 * the truth is what the first line of a report on the folder has to name.
 */
import { readFileSync } from 'node:fs';
import { sleep, until } from './lib/processes.ts';
import { type Scenario, type Settings, scenario } from './lib/scenario.ts';
import { oldestFailure } from './lib/truth.ts';

const JOBS = 'org.example.jobs.Jobs';
const TWO_RESTARTS = { restart: 'fixed-delay', 'restart-strategy.fixed-delay.attempts': 2, 'restart-strategy.fixed-delay.delay': '1 s' };

/** A JobManager that gives up while it starts: there is no job, and nobody to ask. */
function doesNotStart(what: string, conf: Settings, root: string): Scenario {
  return scenario({
    what,
    program: null,
    cluster: { taskManagers: 0, endsAtStart: true, conf },
    fails: true,
    drive: async ({ cluster }) => ({ exitCode: cluster.jobManager.child.exitCode }),
    expected: ({ exitCode }) => ({ cause: 'first-failure', root, exitCode, failed: 'JobManager' }),
  });
}

export const CLUSTER_INCIDENTS: Record<string, Scenario> = {
  'jobmanager-cannot-bind': doesNotStart(
    'The JobManager is to listen on an address that is none of its machine: it gives up while it starts.',
    { 'jobmanager.bind-host': '192.0.2.1' },
    'java.net.BindException',
  ),
  'jobmanager-without-plugin': doesNotStart(
    'The folder for high availability is in S3, for which no plugin is installed: the JobManager gives up while it starts.',
    {
      'high-availability.type': 'zookeeper',
      'high-availability.zookeeper.quorum': 'localhost:2181',
      'high-availability.storageDir': 's3://flink/ha',
    },
    'org.apache.flink.core.fs.UnsupportedFileSystemSchemeException',
  ),

  'taskmanager-without-metaspace': scenario({
    what: 'A thread of a library in one of two TaskManagers defines classes until there is no metaspace left, for Flink neither: the process ends or is not heard of any more.',
    program: [JOBS, 'metaspace-leak'],
    cluster: { taskManagers: 2, slots: 2, memory: { metaspace: 84 }, conf: TWO_RESTARTS },
    fails: true,
    async drive(session) {
      const { cluster, job } = session;
      await cluster.state(job, ['RESTARTING', 'FAILING', 'FAILED'], 240_000);
      await sleep(3000);
      const exceptions = await session.restDocuments();
      for (const number of [1, 2]) session.gcLog(cluster.taskManager(number));
      return oldestFailure(exceptions);
    },
    expected: ({ firstFailure, chain }) => ({ cause: 'memory-exhausted', exhausted: 'metaspace', firstFailure, chain }),
  }),

  'savepoint-does-not-map': scenario({
    what: 'A job is stopped with a savepoint and started from it with another uid for its operator with state: the savepoint does not map.',
    program: [JOBS, 'savepoint-old-job'],
    async drive(session) {
      const { cluster } = session;
      await sleep(3000);
      const savepoint = await cluster.stopWithSavepoint(session.job);
      // The web server answers with the failure; the job is there all the same.
      await cluster.submit(JOBS, ['savepoint-does-not-map'], savepoint).catch(() => null);
      const job = await until('the job to fail', async () => {
        const { jobs } = await cluster.get<{ jobs: { jid: string; state: string }[] }>('/jobs/overview');
        return jobs.find(({ state }) => state === 'FAILED')?.jid;
      });
      const facts = oldestFailure(await session.about(job).restDocuments());
      return { ...facts, job };
    },
    expected: ({ firstFailure, chain, job }) => ({ cause: 'first-failure', job, firstFailure, chain, root: 'Cannot map' }),
  }),

  'lost-leadership': scenario({
    what: 'ZooKeeper is gone: the JobManager loses its leadership and suspends the job.',
    program: [JOBS, 'lost-leadership'],
    cluster: { zooKeeper: true, conf: TWO_RESTARTS },
    async drive({ cluster }) {
      await sleep(3000);
      await cluster.stopZooKeeper();
      await until('the leadership to be revoked', () => readFileSync(cluster.jobManager.log, 'utf8').includes('revoked leadership'), 120_000);
      await sleep(5000);
      return {};
    },
    expected: () => ({ cause: 'first-failure', lost: 'leadership' }),
  }),
};
