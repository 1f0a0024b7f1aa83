/**
 * Incidents that no single file tells: logs, dumps and REST documents of one cluster (Incidents.java). `cause` in the truth is
 * what the first line of a report on the folder has to name.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sleep, until } from './lib/processes.ts';
import type { Checkpoints, Exceptions, Job, Metric } from './lib/rest.ts';
import { type Scenario, scenario } from './lib/scenario.ts';
import type { Session } from './lib/session.ts';
import { oldestFailure } from './lib/truth.ts';

const JOBS = 'org.example.jobs.Jobs';
const NO_RESTART = { restart: 'none' };
const FOR_EVER = { restart: 'fixed-delay', 'restart-strategy.fixed-delay.attempts': 1000, 'restart-strategy.fixed-delay.delay': '3 s' };

/** What the Web UI asks about a job: its vertices, their load, the last checkpoints by subtask, and the cluster around it. */
async function snapshot(session: Session, { checkpoints = false } = {}): Promise<Exceptions> {
  const { cluster, job } = session;
  await session.rest('overview.json', '/overview');
  await session.rest('config.json', '/config');
  await session.rest('jobmanager-config.json', '/jobmanager/config');
  await session.rest('taskmanagers.json', '/taskmanagers');
  const exceptions = await session.restDocuments();
  const { vertices } = await cluster.get<Job>(`/jobs/${job}`);
  for (const [index, { id }] of vertices.entries()) {
    const base = `/jobs/${job}/vertices/${id}`;
    await session.rest(`vertex-${index + 1}.json`, base);
    // Flink 2.3 answers 500 as long as a vertex has no running subtask.
    await session.rest(`backpressure-${index + 1}.json`, `${base}/backpressure`).catch(() => null);
    await session.rest(
      `metrics-${index + 1}.json`,
      `${base}/subtasks/metrics?get=busyTimeMsPerSecond,backPressuredTimeMsPerSecond,idleTimeMsPerSecond,numRecordsInPerSecond`,
    );
  }
  if (checkpoints) {
    const { history } = await cluster.get<Checkpoints>(`/jobs/${job}/checkpoints`);
    const told = history.find(({ status }) => status === 'FAILED') ?? history[0];
    if (told !== undefined) {
      const base = `/jobs/${job}/checkpoints/details/${told.id}`;
      await session.rest(`checkpoint-${told.id}.json`, base);
      for (const [index, { id }] of vertices.entries())
        await session.rest(`checkpoint-${told.id}-vertex-${index + 1}.json`, `${base}/subtasks/${id}`);
    }
  }
  return exceptions;
}

async function dumps(session: Session, count: number, gapMs = 5000): Promise<void> {
  const { cluster } = session;
  for (let number = 1; number <= count; number++) {
    if (number > 1) await sleep(gapMs);
    const text = await cluster.jstack(cluster.taskManager());
    session.file(count === 1 ? 'taskmanager-jstack-l.txt' : `taskmanager-jstack-${number}.txt`, 'jstack -l of the TaskManager, 5 s apart', text);
  }
}

/** All files below a folder, as [path, text]. */
function filesBelow(folder: string): [path: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path): [string, string] => [path, readFileSync(path, 'utf8')]);
}

export const INCIDENTS: Record<string, Scenario> = {
  'restart-loop': scenario({
    what: 'A sink fails because the disk is full; every attempt after that fails of the half-written file, again and again.',
    program: [JOBS, 'restart-loop'],
    cluster: { conf: FOR_EVER },
    async drive(session) {
      const { cluster, job } = session;
      await until(
        'four failures',
        async () => ((await cluster.get<Exceptions>(`/jobs/${job}/exceptions`)).exceptionHistory?.entries.length ?? 0) >= 4,
        120_000,
      );
      const facts = oldestFailure(await snapshot(session));
      await cluster.cancel(job);
      await cluster.state(job, ['CANCELED']);
      return facts;
    },
    expected: ({ firstFailure, chain }) => ({
      cause: 'restart-loop',
      firstFailure,
      chain,
      root: 'No space left on device',
      consequences: 'java.lang.IllegalStateException: Ledger file has no footer, it was not closed',
      deadlocks: [],
    }),
  }),

  'checkpoint-never-acknowledged': scenario({
    what: 'One of two subtasks of "sessions" waits in user code for good. Its barrier never comes through: every checkpoint expires, and that subtask is the only one of its vertex that did not acknowledge.',
    program: [JOBS, 'checkpoint-never-acknowledged'],
    cluster: { conf: NO_RESTART },
    async drive(session) {
      const { cluster, job } = session;
      const taskManager = cluster.taskManager();
      // Checkpoints fail also while the tasks start.
      await until('the subtask to wait', async () => (await cluster.jstack(taskManager)).includes('Incidents$StopsAt.callGeoService('), 120_000);
      const failed = async () => (await cluster.get<Checkpoints>(`/jobs/${job}/checkpoints`)).counts.failed;
      const before = await failed();
      await until('two failed checkpoints', async () => (await failed()) >= before + 2, 120_000);
      await snapshot(session, { checkpoints: true });
      await dumps(session, 3);
      return {};
    },
    expected: () => ({
      cause: 'checkpoint-expired',
      stuck: [{ thread: 'sessions', frame: 'org.example.jobs.Incidents$StopsAt.callGeoService', waitsFor: 'latch' }],
      notAcknowledged: 'sessions',
      deadlocks: [],
      firstFailure: null,
    }),
  }),

  'skewed-key': scenario({
    what: 'Three quarters of all records have one key: one of four subtasks of "score" is busy all the time, the others wait for it.',
    program: [JOBS, 'skewed-key'],
    // Small buffers are soon full and soon empty: until the others have worked off theirs all subtasks are busy.
    cluster: { conf: { ...NO_RESTART, 'taskmanager.memory.segment-size': '4kb' } },
    async drive(session) {
      const { cluster, job } = session;
      const { vertices } = await cluster.get<Job>(`/jobs/${job}`);
      const score = vertices.find(({ name }) => name.startsWith('score'))?.id;
      await until(
        'one busy subtask',
        async () => {
          const [busy] = await cluster.get<Metric[]>(`/jobs/${job}/vertices/${score}/subtasks/metrics?get=busyTimeMsPerSecond`);
          return busy !== undefined && busy.max > 900 && busy.avg < 400;
        },
        300_000,
      );
      await snapshot(session);
      await dumps(session, 3);
      return {};
    },
    expected: () => ({ cause: 'skewed-key', vertex: 'score', frame: 'org.example.jobs.Incidents$Busy.map', deadlocks: [], firstFailure: null }),
  }),

  convoy: scenario({
    what: 'Four subtasks of "format" work under one static monitor: one at a time, whatever the parallelism.',
    program: [JOBS, 'convoy'],
    cluster: { conf: NO_RESTART },
    async drive(session) {
      await sleep(10_000);
      await snapshot(session);
      await dumps(session, 3);
      return {};
    },
    expected: () => ({
      cause: 'convoy',
      vertex: 'format',
      lock: 'org.example.jobs.Incidents$OneAtATime$SharedFormat',
      deadlocks: [],
      firstFailure: null,
    }),
  }),

  'hanging-initialisation': scenario({
    what: 'Both subtasks of "load model" wait in initializeState: the job says RUNNING, and nothing has begun.',
    program: [JOBS, 'hanging-initialisation'],
    cluster: { conf: NO_RESTART },
    fails: true,
    async drive(session) {
      const { cluster } = session;
      await until('the tasks to wait', async () =>
        (await cluster.jstack(cluster.taskManager())).includes('at org.example.jobs.Incidents$WaitsInInitialisation.initializeState('),
      );
      await sleep(4000);
      await snapshot(session);
      await dumps(session, 2);
      return {};
    },
    expected: () => ({
      cause: 'hanging-initialisation',
      stuck: [{ thread: 'load model', frame: 'org.example.jobs.Incidents$WaitsInInitialisation.initializeState', waitsFor: 'latch' }],
      deadlocks: [],
      firstFailure: null,
    }),
  }),

  'gc-thrash': scenario({
    what: 'Live data fills nearly all of the heap of one of two TaskManagers; full collections of seconds follow each other, and its heartbeat times out.',
    program: [JOBS, 'gc-thrash'],
    cluster: {
      memory: { taskHeap: 1400 },
      taskManagerFlags: ['-XX:-UseG1GC', '-XX:+UseSerialGC'],
      conf: { ...NO_RESTART, 'heartbeat.interval': 1000, 'heartbeat.timeout': 4000 },
    },
    fails: true,
    async drive(session) {
      const { cluster, job } = session;
      await cluster.state(job, ['FAILED', 'FAILING'], 240_000);
      await sleep(3000);
      await snapshot(session);
      session.gcLog(cluster.taskManager());
      return {};
    },
    expected: () => ({ cause: 'heartbeat-lost-in-gc', lost: 'TaskManager', deadlocks: [] }),
  }),

  'slots-missing': scenario({
    what: 'A job of parallelism 8 on a cluster of four slots.',
    program: [JOBS, 'slots-missing'],
    cluster: { slots: 4, conf: { ...NO_RESTART, 'slot.request.timeout': 8000 } },
    fails: true,
    async drive(session) {
      await session.cluster.state(session.job, ['FAILED']);
      return oldestFailure(await snapshot(session));
    },
    expected: ({ firstFailure, chain }) => ({
      cause: 'slots-missing',
      required: 8,
      offered: 4,
      firstFailure,
      chain,
      deadlocks: [],
    }),
  }),

  'history-archive': scenario({
    what: 'The archive that the JobManager leaves for the History Server when a job has failed.',
    program: [JOBS, 'failing-sink'],
    cluster: {
      archive: true,
      conf: { restart: 'fixed-delay', 'restart-strategy.fixed-delay.attempts': 1, 'restart-strategy.fixed-delay.delay': '1 s' },
    },
    fails: true,
    async drive(session) {
      const { cluster, job } = session;
      await cluster.state(job, ['FAILED']);
      const facts = oldestFailure(await cluster.get<Exceptions>(`/jobs/${job}/exceptions`));
      const archives = await until('the archive', () => {
        const files = filesBelow(cluster.archive).filter(([path]) => path.includes(job));
        return files.length > 0 && files;
      });
      await sleep(500);
      for (const [path] of archives)
        session.file(`archive-${path.endsWith(job) ? 'job' : 'summary'}.json`, 'archive of the History Server', readFileSync(path, 'utf8'));
      return facts;
    },
    expected: ({ firstFailure, chain }) => ({
      cause: 'first-failure',
      firstFailure,
      chain,
      restarts: 1,
      end: 'FAILED',
    }),
  }),

  'event-reporter': scenario({
    what: 'Events and spans in the logs: the slf4j reporters of FLIP-481 and FLIP-384 tell restarts, failures, checkpoints and initialisation.',
    needs: 'reporters',
    program: [JOBS, 'failing-sink'],
    cluster: {
      conf: {
        restart: 'fixed-delay',
        'restart-strategy.fixed-delay.attempts': 2,
        'restart-strategy.fixed-delay.delay': '1 s',
        'execution.checkpointing.interval': '300 ms',
        'events.reporters': 'slf4j',
        'events.reporter.slf4j.factory.class': 'org.apache.flink.events.slf4j.Slf4jEventReporterFactory',
        'traces.reporters': 'slf4j',
        'traces.reporter.slf4j.factory.class': 'org.apache.flink.traces.slf4j.Slf4jTraceReporterFactory',
      },
    },
    fails: true,
    async drive(session) {
      await session.cluster.state(session.job, ['FAILED']);
      await sleep(2000);
      return oldestFailure(await session.restDocuments());
    },
    expected: ({ firstFailure, chain }) => ({
      cause: 'first-failure',
      firstFailure,
      chain,
      restarts: 2,
      end: 'FAILED',
    }),
  }),

  healthy: scenario({
    what: 'A job in which nothing is wrong: checkpoints complete, nothing is back-pressured.',
    program: [JOBS, 'healthy'],
    cluster: { conf: NO_RESTART },
    async drive(session) {
      const { cluster, job } = session;
      await until('five checkpoints', async () => (await cluster.get<Checkpoints>(`/jobs/${job}/checkpoints`)).counts.completed >= 5, 60_000);
      await snapshot(session, { checkpoints: true });
      await dumps(session, 3);
      for (const each of cluster.processes) session.gcLog(each);
      return {};
    },
    expected: () => ({ cause: null, deadlocks: [], firstFailure: null }),
  }),
};
