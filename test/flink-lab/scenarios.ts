/**
 * The scenarios, by name (lib/scenario.ts).
 */
import { CLUSTER_INCIDENTS } from './clusterIncidents.ts';
import { HIDDEN_WAITS } from './hiddenWaits.ts';
import { INCIDENTS } from './incidents.ts';
import type { ClusterOptions } from './lib/cluster.ts';
import { sleep, until } from './lib/processes.ts';
import type { BackPressure, Checkpoints, Job } from './lib/rest.ts';
import { type Scenario, scenario } from './lib/scenario.ts';
import type { Session } from './lib/session.ts';
import { type Failure, type Loop, oldestFailure } from './lib/truth.ts';

const NO_RESTART = { restart: 'none' };
const JOBS = 'org.example.jobs.Jobs';
const SQL = 'org.example.jobs.Sql';

/** Two tasks of Locks or ClassInit stand still: shown by jstack, jcmd, and Flink's own dump. */
async function dumpsOfStuckTasks(session: Session, proof: RegExp): Promise<string> {
  const { cluster } = session;
  const jstack = await until('the tasks to stand still', async () => {
    const text = await cluster.jstack(cluster.taskManager());
    return proof.test(text) && text;
  });
  session.file('taskmanager-jstack-l.txt', 'jstack -l of the TaskManager', jstack);
  await session.jcmd('taskmanager-jcmd.txt', cluster.taskManager());
  await session.restThreadDump('taskmanager');
  return jstack;
}

const lockId = (jstack: string, type: string): string | undefined =>
  new RegExp(`<(0x[0-9a-f]+)> \\(a ${type.replaceAll('.', '\\.').replaceAll('$', '\\$')}\\)`).exec(jstack)?.[1];

/** Waits for the end of a job that must fail. @throws when it failed of something else than `cause` */
const untilFailed =
  (cause: string) =>
  async (session: Session): Promise<Failure> => {
    await session.cluster.state(session.job, ['FAILED']);
    const exceptions = await session.restDocuments();
    const stackTraces = JSON.stringify(exceptions.exceptionHistory);
    if (!stackTraces.includes(cause)) throw new Error(`the job failed, but not of ${cause}:\n${stackTraces.slice(0, 2000)}`);
    return oldestFailure(exceptions);
  };

/** A job with DataStream#iterate. `loops` says what was built: names as in the job, levels from 1 outwards in. */
function iteration(what: string, job: string, loops: Loop[]): Scenario {
  return scenario({
    what,
    api: 'v1',
    program: [JOBS, job],
    async drive(session) {
      await sleep(4000);
      await session.restDocuments();
      return {};
    },
    expected: () => ({ loops, deadlocks: [] }),
  });
}

function outOfMemory(job: string, pool: string, message: string, cause: string, memory: ClusterOptions['memory'] & {}, note: string): Scenario {
  return scenario({
    what: `User code uses up the ${pool} memory of the TaskManager. ${note}`,
    program: [JOBS, job],
    cluster: { conf: NO_RESTART, memory },
    fails: true,
    async drive(session) {
      const facts = await untilFailed(cause)(session);
      session.gcLog(session.cluster.taskManager());
      return facts;
    },
    expected: ({ firstFailure, chain }) => ({ memoryPool: pool, message, firstFailure, chain }),
  });
}

export const SCENARIOS: Record<string, Scenario> = {
  'word-count': scenario({
    what: 'A word count whose sink takes 20 ms per record: back-pressure reaches the tokenizer and the source. Three dumps 5 s apart show the same tasks waiting for output buffers.',
    program: [JOBS, 'word-count'],
    async drive(session) {
      const { cluster, job } = session;
      const vertices = (await cluster.get<Job>(`/jobs/${job}`)).vertices;
      await until('back-pressure', async () => {
        const answers = await Promise.all(vertices.map((v) => cluster.get<BackPressure>(`/jobs/${job}/vertices/${v.id}/backpressure`)));
        return answers.some((answer) => (answer['backpressure-level'] ?? answer.backpressureLevel) === 'high');
      });
      await session.restDocuments();
      const backpressured: string[] = [];
      for (const [index, vertex] of vertices.entries()) {
        const answer = await session.rest<BackPressure>(`backpressure-${index + 1}.json`, `/jobs/${job}/vertices/${vertex.id}/backpressure`);
        if ((answer.backpressureLevel ?? answer['backpressure-level']) === 'high') backpressured.push(vertex.name);
      }
      await session.restThreadDump('taskmanager');
      // 1.14 brought /jobmanager/thread-dump
      if (session.atLeast(1, 14)) await session.restThreadDump('jobmanager');
      else session.file('jobmanager-jstack-l.txt', 'jstack -l of the JobManager', await cluster.jstack(cluster.jobManager));
      await session.jcmd('taskmanager-jcmd.txt', cluster.taskManager());
      for (const number of [1, 2, 3]) {
        if (number > 1) await sleep(5000);
        session.file(`taskmanager-jstack-${number}.txt`, 'jstack -l of the TaskManager, 5 s apart', await cluster.jstack(cluster.taskManager()));
      }
      await cluster.cancel(job);
      await cluster.state(job, ['CANCELED']);
      for (const each of cluster.processes) session.gcLog(each);
      return { backpressured, vertices: vertices.map((vertex) => vertex.name) };
    },
    expected: ({ backpressured, vertices }) => ({ vertices, backpressured, loops: [], deadlocks: [], firstFailure: null }),
  }),

  'windowed-join': scenario({
    what: 'Two streams joined in event-time windows of ten seconds; nothing is wrong.',
    program: [JOBS, 'windowed-join'],
    async drive(session) {
      await sleep(4000);
      await session.restDocuments();
      const { vertices } = await session.cluster.get<Job>(`/jobs/${session.job}`);
      await session.cluster.cancel(session.job);
      await session.cluster.state(session.job, ['CANCELED']);
      return { vertices: vertices.map((vertex) => vertex.name) };
    },
    expected: ({ vertices }) => ({ vertices, loops: [], deadlocks: [], firstFailure: null }),
  }),

  iterate: iteration('One loop: numbers are halved until they are 1 or less.', 'iterate', [
    { level: 1, body: ['halve', 'halve feedback'], exits: ['halve exit'] },
  ]),
  'iterate-nested': iteration('A loop inside the body of another loop.', 'iterate-nested', [
    { level: 1, body: ['outer step', 'inner step', 'inner step exit', 'outer feedback'], exits: ['outer exit'] },
    { level: 2, body: ['inner step', 'inner step feedback'], exits: ['inner step exit'] },
  ]),
  'iterate-siblings': iteration('Two loops one after the other.', 'iterate-siblings', [
    { level: 1, body: ['first step', 'first step feedback'], exits: ['first step exit'] },
    { level: 1, body: ['second step', 'second step feedback'], exits: ['second step exit'] },
  ]),

  'monitor-deadlock': scenario({
    what: 'Two tasks in one TaskManager take two monitors in opposite order.',
    program: [JOBS, 'monitor-deadlock'],
    async drive(session) {
      const jstack = await dumpsOfStuckTasks(session, /Found one Java-level deadlock/);
      await session.restDocuments();
      return { locks: ['org.example.jobs.Locks$Accounts', 'org.example.jobs.Locks$Balances'].map((type) => lockId(jstack, type)) };
    },
    expected: ({ locks }) => ({
      deadlocks: [{ kind: 'monitor', certainty: 'proved', threads: ['credit (1/1)#0', 'debit (1/1)#0'], locks }],
      note: 'lock ids as in taskmanager-jstack-l.txt; the other dumps name the same objects by another number',
    }),
  }),

  'reentrant-lock': scenario({
    what: 'One task holds a ReentrantLock and sleeps for ever, another waits for the lock: no deadlock.',
    program: [JOBS, 'reentrant-lock'],
    async drive(session) {
      const jstack = await dumpsOfStuckTasks(session, /ReentrantLock\.lockInterruptibly/);
      await session.restDocuments();
      return { lock: /parking to wait for {2}<(0x[0-9a-f]+)> \(a java\.util\.concurrent\.locks\.ReentrantLock\$NonfairSync\)/.exec(jstack)?.[1] };
    },
    expected: ({ lock }) => ({
      deadlocks: [],
      waits: [{ waiter: 'refresh (1/1)#0', holder: 'export (1/1)#0', lock, lockClass: 'java.util.concurrent.locks.ReentrantLock$NonfairSync' }],
      note: 'the holder is known from the section "Locked ownable synchronizers", so only with -l; it sleeps in Export.map',
    }),
  }),

  'class-init-deadlock': scenario({
    what: 'Two tasks run the static initialisers of two classes that need each other. The JVM does not list this as a deadlock.',
    program: [JOBS, 'class-init-deadlock'],
    async drive(session) {
      await dumpsOfStuckTasks(
        session,
        /Class initialization monitor for \S+(Catalog|Prices)[\s\S]*Class initialization monitor for \S+(Catalog|Prices)/,
      );
      await session.restDocuments();
      return {};
    },
    expected: () => ({
      deadlocks: [
        {
          kind: 'class-init',
          threads: ['catalog (1/1)#0', 'prices (1/1)#0'],
          classes: ['org.example.jobs.ClassInit$Catalog', 'org.example.jobs.ClassInit$Prices'],
        },
      ],
      note: 'HotSpot says "waiting on the Class initialization monitor" in text dumps; ThreadInfo shows both threads as RUNNABLE',
    }),
  }),

  'managed-memory': scenario({
    what: 'A batch hash join asks for the 512 pages of managed memory that were granted to it, but a function chained to it has taken 8 pages before.',
    program: [SQL, 'hash-join'],
    cluster: { slots: 1, conf: NO_RESTART, memory: { managed: 16 } },
    fails: true,
    drive: untilFailed('MemoryReservationException'),
    expected: ({ firstFailure, chain }) => ({
      memoryPool: 'managed',
      pagesRequested: 512,
      pageBytes: 32768,
      bytesRequested: 16777216,
      bytesTaken: 8 * 32768,
      firstFailure,
      chain,
    }),
  }),

  'heap-out-of-memory': outOfMemory(
    'heap-out-of-memory',
    'heap',
    'Java heap space',
    'java.lang.OutOfMemoryError: Java heap space',
    { taskHeap: 48 },
    'The task fails; the TaskManager lives on.',
  ),
  'direct-out-of-memory': outOfMemory(
    'direct-out-of-memory',
    'direct',
    'direct buffer memory',
    // newer versions put their advice in front: "Direct buffer memory. The …"; the JVM itself says "Cannot reserve … of direct buffer memory"
    'irect buffer memory',
    { frameworkOffHeap: 64 },
    'The task fails with an explanation of the memory option; the TaskManager lives on.',
  ),
  'metaspace-out-of-memory': outOfMemory(
    'metaspace-out-of-memory',
    'metaspace',
    'Metaspace',
    'java.lang.OutOfMemoryError: Metaspace',
    { metaspace: 84 },
    'The task fails with an explanation of the memory option; the TaskManager lives on.',
  ),

  'failing-sink': scenario({
    what: 'A sink that loses its connection after 50 records; the job restarts twice and then fails for good.',
    program: [JOBS, 'failing-sink'],
    cluster: { conf: { restart: 'fixed-delay', 'restart-strategy.fixed-delay.attempts': 2, 'restart-strategy.fixed-delay.delay': '1 s' } },
    fails: true,
    drive: untilFailed('Connection reset by peer'),
    expected: ({ firstFailure, chain }) => ({ firstFailure, chain, restarts: 2, attempts: 3, end: 'FAILED' }),
  }),

  'cancel-does-not-react': scenario({
    what: 'A map function swallows the interrupts of a cancellation; after task.cancellation.timeout the TaskManager ends itself.',
    program: [JOBS, 'cancel-does-not-react'],
    cluster: { conf: { ...NO_RESTART, 'task.cancellation.interval': 2000, 'task.cancellation.timeout': 12000 } },
    async drive(session) {
      const { cluster, job } = session;
      await sleep(2000);
      await cluster.cancel(job);
      await sleep(5000);
      session.file(
        'taskmanager-jstack-l.txt',
        'jstack -l of the TaskManager, 5 s after the cancellation',
        await cluster.jstack(cluster.taskManager()),
      );
      await until('the TaskManager to end itself', () => cluster.taskManager().child.exitCode !== null, 60_000);
      await sleep(1000);
      await session.restDocuments();
      return { exitCode: cluster.taskManager().child.exitCode };
    },
    expected: ({ exitCode }) => ({
      stuckTask: { task: 'stubborn map', subtask: '1/1', frame: 'org.example.jobs.Failures$Stubborn.map' },
      cancellationTimeoutMs: 12000,
      taskManagerExitCode: exitCode,
      deadlocks: [],
    }),
  }),

  'taskmanager-killed': scenario({
    what: 'One of two TaskManagers is killed with SIGKILL in the middle; the job restarts when a third one has come.',
    program: [JOBS, 'taskmanager-killed'],
    cluster: {
      taskManagers: 2,
      slots: 1,
      conf: {
        restart: 'fixed-delay',
        'restart-strategy.fixed-delay.attempts': 10,
        'restart-strategy.fixed-delay.delay': '1 s',
        'slot.request.timeout': 60000,
      },
    },
    async drive(session) {
      const { cluster, job } = session;
      await until('a checkpoint', async () => (await cluster.get<Checkpoints>(`/jobs/${job}/checkpoints`)).counts.completed > 0);
      cluster.taskManager(2).child.kill('SIGKILL');
      await until('the failure', async () => (await cluster.get<Job>(`/jobs/${job}`)).state !== 'RUNNING');
      cluster.startTaskManager(3);
      await cluster.state(job, ['RUNNING'], 120_000);
      await cluster.running(job);
      const exceptions = await session.restDocuments();
      await cluster.cancel(job);
      await cluster.state(job, ['CANCELED']);
      return oldestFailure(exceptions);
    },
    expected: ({ firstFailure, chain }) => ({
      firstFailure,
      chain,
      lost: 'TaskManager',
      restarts: 1,
      end: 'CANCELED by the user after it had recovered',
    }),
  }),

  'checkpoint-timeout': scenario({
    what: 'Checkpoints have 2 s, but their barriers queue behind full buffers in front of a sink that takes 1 s per record. After the third expired checkpoint the job fails.',
    program: [JOBS, 'checkpoint-timeout'],
    cluster: { conf: NO_RESTART },
    fails: true,
    async drive(session) {
      const facts = await untilFailed('Exceeded checkpoint tolerable failure threshold')(session);
      const { counts } = await session.cluster.get<Checkpoints>(`/jobs/${session.job}/checkpoints`);
      return { ...facts, failed: counts.failed };
    },
    expected: ({ firstFailure, chain, failed }) => ({ firstFailure, chain, checkpoints: { failed, reason: 'expired before completing' } }),
  }),

  'unaligned-checkpoints': scenario({
    what: 'The word count with unaligned checkpoints: they complete in spite of the back-pressure, and the dump has the threads that write channel state.',
    program: [JOBS, 'unaligned-checkpoints'],
    async drive(session) {
      const { cluster, job } = session;
      await until('two checkpoints', async () => (await cluster.get<Checkpoints>(`/jobs/${job}/checkpoints`)).counts.completed >= 2);
      await session.restDocuments();
      await session.restThreadDump('taskmanager');
      await cluster.cancel(job);
      await cluster.state(job, ['CANCELED']);
      return {};
    },
    expected: () => ({ unalignedCheckpoints: true, deadlocks: [], firstFailure: null }),
  }),

  ...HIDDEN_WAITS,
  ...INCIDENTS,
  ...CLUSTER_INCIDENTS,
};
