// Joins of which there is no recording: constructed sources, each with what must be said of them together, and near misses.
import assert from 'node:assert/strict';
import type { Incident } from '../../../common/incident.ts';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { digestsOf, filesIn } from '../../support/incidentFolder.ts';

async function incident(files: Record<string, string>): Promise<Incident> {
  return conclude(mergeAll(await digestsOf(Object.entries(files).map(([name, text]) => ({ name, text })))));
}

const SCORE = '0a448493b4782967b150582570326227';
const VIEWS = 'bc764cd8ddf7a0cff126f51c16239658';
const JOB = '666596f1eff8cdbe363dbdd9927f4c3c';

/** `/jobs/:id` of a source before a keyed vertex, the source held up. */
const job = (busy: number) =>
  JSON.stringify({
    jid: JOB,
    name: 'scores',
    state: 'RUNNING',
    vertices: [
      {
        id: VIEWS,
        name: 'Source: views',
        parallelism: 4,
        status: 'RUNNING',
        metrics: { 'accumulated-backpressured-time': 70_000, 'accumulated-idle-time': 0, 'accumulated-busy-time': 30_000 },
      },
      {
        id: SCORE,
        name: 'score',
        parallelism: 4,
        status: 'RUNNING',
        metrics: { 'accumulated-backpressured-time': 0, 'accumulated-idle-time': 100_000 - busy, 'accumulated-busy-time': busy },
      },
    ],
    plan: { jid: JOB, nodes: [{ id: SCORE, inputs: [{ num: 0, id: VIEWS, ship_strategy: 'HASH' }] }, { id: VIEWS }] },
  });

/** `/jobs/:id/vertices/:vid`, with records read and busy time by subtask. */
const vertex = (rows: readonly [records: number, busy: number][]) =>
  JSON.stringify({
    id: SCORE,
    name: 'score',
    parallelism: rows.length,
    maxParallelism: 128,
    now: 1795955729731,
    subtasks: rows.map(([records, busy], subtask) => ({
      subtask,
      status: 'RUNNING',
      attempt: 0,
      endpoint: 'host:1',
      'start-time': 1,
      'end-time': -1,
      duration: 1,
      metrics: {
        'read-records': records,
        'accumulated-busy-time': busy,
        'accumulated-idle-time': 100_000 - busy,
        'accumulated-backpressured-time': 0,
      },
    })),
  });

const EXECUTION = '11111111111111111111111111111111_cbc357ccb763df2852fee8c4fc7d55f2_0_0';

/** What both sides write of one execution; the TaskManager's clock is so many hours ahead. */
const master = (lines: readonly string[] = []) =>
  [
    '2026-11-20 10:00:00,000 INFO  org.apache.flink.runtime.entrypoint.ClusterEntrypoint [] -  Starting StandaloneSessionClusterEntrypoint (Version: 1.18.1, Scala: 2.12, Rev:a8c8b1c, Date:2023-12-19T22:17:31+01:00)',
    `2026-11-20 10:00:01,000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - Job scores (${JOB}) switched from state CREATED to RUNNING.`,
    `2026-11-20 10:00:02,000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - score (1/1) (${EXECUTION}) switched from SCHEDULED to DEPLOYING.`,
    `2026-11-20 10:00:02,010 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - Deploying score (1/1) (attempt #0) with attempt id ${EXECUTION} and vertex id cbc357ccb763df2852fee8c4fc7d55f2_0 to tm-a @ host (dataPort=1) with allocation id 1`,
    `2026-11-20 10:00:03,000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - score (1/1) (${EXECUTION}) switched from DEPLOYING to RUNNING.`,
    ...lines,
  ].join('\n');
const worker = (hour: string, lines: readonly string[] = []) =>
  [
    `2026-11-20 ${hour}:00:02,200 INFO  org.apache.flink.runtime.taskmanager.Task [] - score (1/1)#0 (${EXECUTION}) switched from CREATED to DEPLOYING.`,
    `2026-11-20 ${hour}:00:02,800 INFO  org.apache.flink.runtime.taskmanager.Task [] - score (1/1)#0 (${EXECUTION}) switched from DEPLOYING to RUNNING.`,
    ...lines,
  ].join('\n');

const dump = (second: number, frames: readonly string[], state = 'RUNNABLE') =>
  [
    `2026-11-20 10:01:${second}`,
    'Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):',
    '',
    `"score (1/1)#0" #60 prio=5 os_prio=0 cpu=1.00ms elapsed=60.00s tid=0x00007f0000000060 nid=0x60 runnable  [0x00007f0000001000]`,
    `   java.lang.Thread.State: ${state}`,
    ...frames.map((frame) => `\tat ${frame}`),
    '\tat org.apache.flink.streaming.runtime.tasks.StreamTask.invoke(StreamTask.java:900)',
    '\tat java.lang.Thread.run(java.base@17.0.15/Thread.java:840)',
    '',
    '"GC Thread#0" os_prio=0 cpu=1.00ms elapsed=60.00s tid=0x00007f0000000070 nid=0x70 runnable',
    '',
    'JNI global refs: 10, weak refs: 0',
    '',
  ].join('\n');

const SOCKET = [
  'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)',
  'sun.nio.ch.NioSocketImpl.read(java.base@17.0.15/NioSocketImpl.java:350)',
  'java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)',
  'org.postgresql.core.PGStream.receiveChar(PGStream.java:453)',
  'org.example.Enrich.map(Enrich.java:41)',
];

describe('a skewed key', () => {
  it('is told by the records and the load of the subtasks of a vertex that holds up others', async () => {
    const { verdict, vertices } = await incident({
      'job.json': job(40_000),
      'vertex.json': vertex([
        [9000, 95_000],
        [900, 10_000],
        [880, 9000],
        [910, 9500],
      ]),
    });
    assert.equal(verdict.code, 'skewed-key');
    assert.equal(verdict.certainty, 'suspected');
    assert.match(verdict.sentence, /only subtask 1 of "score" is at work/);
    assert.ok(vertices.some(({ name, id }) => name === 'score' && id === SCORE));
  });

  it('is not told where all subtasks have as much to do', async () => {
    const { verdict } = await incident({
      'job.json': job(95_000),
      'vertex.json': vertex([
        [9000, 95_000],
        [8900, 96_000],
        [8800, 95_000],
        [9100, 95_500],
      ]),
    });
    assert.equal(verdict.code, 'back-pressure');
  });

  it('is told by a document of back-pressure whose file is named after its vertex', async () => {
    const levels = (shares: readonly number[]) =>
      JSON.stringify({
        status: 'ok',
        backpressureLevel: 'ok',
        'end-timestamp': 1795955729731,
        subtasks: shares.map((busyRatio, subtask) => ({ subtask, backpressureLevel: 'ok', ratio: 0, idleRatio: 1 - busyRatio, busyRatio })),
      });
    const named = await incident({ 'job.json': job(40_000), [`jobs/${JOB}/vertices/${SCORE}/backpressure.json`]: levels([0.1, 0.97, 0.12, 0.1]) });
    assert.equal(named.verdict.code, 'skewed-key');
    assert.match(named.verdict.sentence, /subtask 2/);
    const unnamed = await incident({ 'job.json': job(40_000), 'backpressure-1.json': levels([0.1, 0.97, 0.12, 0.1]) });
    assert.notEqual(unnamed.verdict.code, 'skewed-key');
  });
});

describe('back-pressure', () => {
  it('names the place where a flame graph has most of the samples of the busy vertex', async () => {
    const node = (name: string, value: number, children: readonly object[] = []) => ({ name, value, children });
    const flame = (inside: number) =>
      JSON.stringify({
        endTimestamp: 1795955658861,
        data: node('root', 100, [
          node('org.apache.flink.streaming.runtime.tasks.StreamTask.invoke:900', 100, [
            node('org.example.Score.map:41', inside, [node('java.util.HashMap.get:560', inside)]),
            node('org.apache.flink.runtime.io.Read.poll:3', 100 - inside),
          ]),
        ]),
      });
    const path = `jobs/${JOB}/vertices/${SCORE}/flamegraph.json`;
    const { verdict } = await incident({ 'job.json': job(95_000), [path]: flame(93) });
    assert.equal(verdict.code, 'back-pressure');
    assert.match(verdict.sentence, /it is in Score\.map/);
    assert.ok(verdict.evidence.some(({ text, at }) => /^93 % of the samples/.test(text) && at?.source === path));
    assert.doesNotMatch((await incident({ 'job.json': job(95_000), [path]: flame(30) })).verdict.sentence, /Score\.map/);
  });

  it('is told by metrics of vertices whose documents measure nothing', async () => {
    const bare = JSON.stringify({
      ...JSON.parse(job(0)),
      vertices: JSON.parse(job(0)).vertices.map((one: object) => ({ ...one, metrics: {} })),
    });
    const metrics = (busy: number, held: number) =>
      JSON.stringify([
        { id: 'busyTimeMsPerSecond', min: busy, max: busy, avg: busy, sum: busy },
        { id: 'backPressuredTimeMsPerSecond', min: held, max: held, avg: held, sum: held },
      ]);
    const of = (id: string) => `jobs/${JOB}/vertices/${id}/metrics.json`;
    const { verdict } = await incident({ 'job.json': bare, [of(VIEWS)]: metrics(100, 900), [of(SCORE)]: metrics(980, 0) });
    assert.equal(verdict.code, 'back-pressure');
    assert.match(verdict.sentence, /"score" is too slow/);
  });
});

describe('a call that does not come back', () => {
  it('is told when all dumps show the subtask at one read from the network', async () => {
    const { verdict } = await incident({ 'dump-1.txt': dump(10, SOCKET), 'dump-2.txt': dump(20, SOCKET), 'dump-3.txt': dump(30, SOCKET) });
    assert.equal(verdict.code, 'blocked-call');
    assert.match(verdict.sentence, /"score" waits for an answer from the network in Enrich\.map/);
  });

  it('is not told of one dump, nor where they differ', async () => {
    const moved = SOCKET.map((frame) => frame.replace('Enrich.java:41', 'Enrich.java:77'));
    for (const files of [{ 'dump-1.txt': dump(10, SOCKET) }, { 'dump-1.txt': dump(10, SOCKET), 'dump-2.txt': dump(20, moved) }])
      assert.notEqual((await incident(files)).verdict.code, 'blocked-call');
  });
});

describe('a wait that a thread was to end which is gone', () => {
  const files = Object.fromEntries(filesIn('test/fixtures/flink/2.3.0/full-buffer').map(({ name, text }) => [name, text]));
  const said = ({ verdict }: Incident) => verdict.evidence.filter(({ text }) => text.startsWith('Thread "audit-sender"'));

  it('names that thread, from the log of its process', async () => {
    const [found, ...more] = said(await incident(files));
    assert.equal(found?.text, 'Thread "audit-sender" has ended with IllegalStateException in HiddenWaits$AuditBuffer.send');
    assert.equal(found?.at?.source, 'taskmanager.log');
    assert.deepEqual(more, []);
  });

  it('names none of another class', async () => {
    const other = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, name.endsWith('.log') ? text.replaceAll('AuditBuffer.send', 'Another.send') : text]),
    );
    const found = await incident(other);
    assert.equal(found.verdict.code, 'hidden-wait');
    assert.deepEqual(said(found), []);
  });
});

describe('a TaskManager that is lost', () => {
  const lost = ['2026-11-20 10:10:00,000 WARN  org.apache.flink.runtime.jobmaster.JobMaster [] - TaskManager with id tm-a is no longer reachable.'];
  const failed = [
    `2026-11-20 10:10:00,100 WARN  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - score (1/1) (${EXECUTION}) switched from RUNNING to FAILED on tm-a @ host (dataPort=1).`,
    'org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id tm-a is no longer reachable.',
    '\tat org.apache.flink.runtime.jobmaster.JobMaster.a(JobMaster.java:1)',
  ];

  it('without its log: that is said', async () => {
    const { verdict } = await incident({ 'jobmanager.log': master([...lost, ...failed]) });
    assert.equal(verdict.code, 'taskmanager-lost');
    assert.equal(verdict.certainty, 'unknown');
    assert.match(verdict.sentence, /TaskManager tm-a was lost; its own log is not here/);
  });

  it('with its log: it breaks off, or it goes on', async () => {
    const off = await incident({ 'jobmanager.log': master([...lost, ...failed]), 'taskmanager.log': worker('10') });
    assert.match(off.verdict.sentence, /its own log breaks off: it was killed/);
    const on = ['2026-11-20 10:12:00,000 INFO  org.apache.flink.runtime.taskexecutor.TaskExecutor [] - Still here.'];
    const lived = await incident({ 'jobmanager.log': master([...lost, ...failed]), 'taskmanager.log': worker('10', on) });
    assert.match(lived.verdict.sentence, /its own log goes on: the network/);
  });

  it('with its GC log: all its threads were stopped for something else than a collection', async () => {
    const gc = (seconds: number) =>
      [
        '[2026-11-20T10:00:00.000+0000][0.010s][info][gc] Using G1',
        '[2026-11-20T10:00:03.000+0000][3.010s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 20M->5M(256M) 3.000ms',
        `[2026-11-20T10:09:59.000+0000][599.010s][info][safepoint] Safepoint "FindDeadlocks", Time since last: 1000000 ns, Reaching safepoint: 1000 ns, Cleanup: 1000 ns, At safepoint: ${seconds}000000000 ns, Total: ${seconds}000002000 ns`,
        '[2026-11-20T10:12:00.000+0000][720.010s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 20M->5M(256M) 3.000ms',
      ].join('\n');
    const timedOut = [
      '2026-11-20 10:10:00,000 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - The heartbeat of TaskManager with id tm-a timed out.',
      ...failed.map((line) => line.replace('is no longer reachable', 'timed out')),
    ];
    const files = { 'jobmanager.log': master(timedOut), 'taskmanager.log': worker('10', ['2026-11-20 10:12:00,000 INFO  a.B [] - Still here.']) };
    const { verdict } = await incident({ ...files, 'taskmanager-gc.log': gc(48) });
    assert.match(verdict.sentence, /TaskManager tm-a was lost; all its threads stood still, but not for a collection/);
    assert.ok(verdict.evidence.some(({ text }) => /taskmanager-gc\.log: Safepoint "FindDeadlocks" stopped all threads for 48/.test(text)));
    assert.doesNotMatch((await incident({ ...files, 'taskmanager-gc.log': gc(2) })).verdict.sentence, /stood still/);
  });

  it('with its pod: the container was killed for its memory, before all else', async () => {
    const pod = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'tm-a', namespace: 'flink' },
          spec: { containers: [{ name: 'flink-main-container', image: 'flink:1.18.1' }] },
          status: {
            phase: 'Running',
            containerStatuses: [
              {
                name: 'flink-main-container',
                ready: true,
                restartCount: 1,
                state: { running: { startedAt: '2026-11-20T10:10:10Z' } },
                lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-11-20T10:09:58Z' } },
              },
            ],
          },
        },
      ],
    });
    const { verdict } = await incident({ 'jobmanager.log': master([...lost, ...failed]), 'taskmanager.log': worker('10'), 'pods.json': pod });
    assert.equal(verdict.certainty, 'proved');
    assert.equal(verdict.sentence, 'TaskManager tm-a was lost: it was OOM-killed (OOMKilled).');
    assert.equal(verdict.next, null, 'the pod is described already');
    assert.match(verdict.advice.join(' '), /^A higher memory limit.* Native memory/);
    assert.doesNotMatch(verdict.advice.join(' '), /memory\.managed is false/);
    const unbounded = JSON.stringify([
      { key: 'state.backend.type', value: 'rocksdb' },
      { key: 'state.backend.rocksdb.memory.managed', value: 'false' },
    ]);
    const configured = await incident({
      'jobmanager.log': master([...lost, ...failed]),
      'taskmanager.log': worker('10'),
      'pods.json': pod,
      'jobmanager-config.json': unbounded,
    });
    assert.match(configured.verdict.advice.join(' '), /memory\.managed is false in the configuration/);
  });

  const signal = (second: string, logger: string) =>
    `2026-11-20 10:10:${second},000 WARN  org.apache.flink.runtime.${logger} [] - RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.`;

  it('is not ended by a signal that the JobManager tells of itself', async () => {
    const files = { 'jobmanager.log': master([...lost, ...failed, signal('18', 'entrypoint.ClusterEntrypoint')]), 'taskmanager.log': worker('10') };
    assert.match((await incident(files)).verdict.sentence, /its own log breaks off/);
    const own = { 'jobmanager.log': master([...lost, ...failed]), 'taskmanager.log': worker('10', ['2026-11-20 10:09:58,000 WARN  org.apache.flink.runtime.taskexecutor.TaskManagerRunner [] - RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.']) }; // biome-ignore format: a line
    assert.match((await incident(own)).verdict.sentence, /SIGTERM/);
  });

  it('with all others is the end of the cluster, and no cause of what was wrong before', async () => {
    const stopped = [
      signal('01', 'taskexecutor.TaskManagerRunner'),
      `2026-11-20 10:10:02,000 WARN  org.apache.flink.runtime.taskmanager.Task [] - score (1/1)#0 (${EXECUTION}) switched from RUNNING to FAILED with failure cause:`,
      'org.apache.flink.util.FlinkException: Disconnect from JobManager responsible for 1.',
      '\tat org.apache.flink.runtime.taskexecutor.TaskExecutor.disconnectJobManagerConnection(TaskExecutor.java:1904)',
    ];
    const dumps = { 'dump-1.txt': dump(10, SOCKET), 'dump-2.txt': dump(20, SOCKET), 'dump-3.txt': dump(30, SOCKET) };
    const whole = await incident({ 'jobmanager.log': master([signal('01', 'entrypoint.ClusterEntrypoint')]), 'taskmanager.log': worker('10', stopped), ...dumps }); // biome-ignore format: a line
    assert.equal(whole.verdict.code, 'blocked-call');
    const one = await incident({ 'jobmanager.log': master(), 'taskmanager.log': worker('10', stopped), ...dumps });
    assert.match(one.verdict.sentence, /SIGTERM from outside/);
  });
});

describe('a task that is being cancelled', () => {
  const failure = [
    `2026-11-20 10:01:00,000 WARN  org.apache.flink.runtime.taskmanager.Task [] - other (1/1)#0 (${EXECUTION.replace(/^1/, '2')}) switched from RUNNING to FAILED with failure cause:`,
    'java.io.IOException: disk full',
    '\tat org.example.Sink.write(Sink.java:3)',
  ];
  const cancelled = dump(
    10,
    ['java.lang.Thread.sleep(java.base@17.0.15/Native Method)', 'org.example.Stubborn.map(Stubborn.java:9)'],
    'TIMED_WAITING (sleeping)',
  ).replace(
    '"GC Thread#0"',
    '"Canceler for score (1/1)#0 (1)." #61 daemon prio=5 os_prio=0 cpu=1.00ms elapsed=1.00s tid=0x00007f0000000061 nid=0x61 waiting on condition\n   java.lang.Thread.State: TIMED_WAITING (sleeping)\n\tat java.lang.Thread.sleep(java.base@17.0.15/Native Method)\n\n"GC Thread#0"',
  );

  it('in a dump alone is a consequence of what failed', async () => {
    const { verdict } = await incident({ 'taskmanager.log': worker('10', failure), 'dump.txt': cancelled });
    assert.equal(verdict.code, 'first-failure');
    assert.match(verdict.sentence, /disk full/);
  });
});

describe('a restart loop', () => {
  /** Attempt after attempt of one subtask of a job. */
  const fails = (job: string, minute: number, why: string) => {
    const id = (attempt: number) => `${job.repeat(32)}_cbc357ccb763df2852fee8c4fc7d55f2_0_${attempt}`;
    const says = (second: number, text: string) =>
      `2026-11-20 10:${minute}:0${second},000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - ${text}`;
    return [
      says(0, `score (1/1) (${id(minute)}) switched from RUNNING to FAILED on tm-a @ host (dataPort=1).`),
      `java.io.IOException: ${why}`,
      '\tat org.example.Sink.write(Sink.java:3)',
      says(1, `Job scores (${job.repeat(32)}) switched from state RUNNING to RESTARTING.`),
      says(2, `Job scores (${job.repeat(32)}) switched from state RESTARTING to RUNNING.`),
      says(3, `score (1/1) (${id(minute + 1)}) switched from SCHEDULED to DEPLOYING.`),
    ];
  };

  it('is that of one job: the restarts of another one that fails later are none of its', async () => {
    const loop = [11, 12, 13, 14, 15].flatMap((minute) => fails('b', minute, `file ${minute} has no footer`));
    const alone = await incident({ 'jobmanager.log': master(loop) });
    assert.equal(alone.verdict.code, 'restart-loop');
    const both = await incident({ 'jobmanager.log': master([...fails('a', 10, 'disk full'), ...loop]) });
    assert.equal(both.verdict.code, 'first-failure');
    assert.match(both.verdict.sentence, /disk full/);
    assert.ok(both.findings.some(({ code, message }) => code === 'restart-loop' && message.includes('file 11')));
  });
});

describe('slots that are missing', () => {
  it('are counted by the list of TaskManagers against the plan', async () => {
    const missing = [
      `2026-11-20 10:10:00,100 WARN  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - score (1/1) (${EXECUTION}) switched from SCHEDULED to FAILED on [unassigned resource].`,
      'java.util.concurrent.CompletionException: org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Slot request bulk is not fulfillable! Could not allocate the required slot within slot request timeout',
      '\tat org.apache.flink.runtime.Bulk.a(Bulk.java:1)',
      'Caused by: org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Slot request bulk is not fulfillable! Could not allocate the required slot within slot request timeout',
      '\t... 1 more',
    ];
    const { verdict } = await incident({ 'jobmanager.log': master(missing), 'job.json': job(40_000), 'taskmanagers.json': managers('tm-a', 'tm-b') });
    assert.match(verdict.sentence, /Slots are missing: the job needs 4, the cluster offers 2/);
  });

  const managers = (...ids: string[]) =>
    JSON.stringify({
      taskmanagers: ids.map((id) => ({
        id,
        path: `akka.tcp://flink@host/${id}`,
        dataPort: 1,
        timeSinceLastHeartbeat: 1795955657465,
        slotsNumber: 1,
        freeSlots: 0,
      })),
    });
  const waiting = job(40_000).replaceAll('"status":"RUNNING"', '"status":"CREATED"');
  const pending = [
    'Name:             flink-taskmanager-1',
    'Namespace:        flink',
    'Status:           Pending',
    'Conditions:',
    '  Type           Status',
    '  PodScheduled   False',
    'Containers:',
    '  flink-main-container:',
    '    Image:      flink:2.0',
    'Events:',
    '  Type     Reason            Age   From               Message',
    '  ----     ------            ----  ----               -------',
    '  Warning  FailedScheduling  60s   default-scheduler  0/5 nodes are available: 5 Insufficient memory.',
    '',
  ].join('\n');

  it('are waited for by a job that says RUNNING before anything has failed', async () => {
    const files = { 'job.json': waiting, 'taskmanagers.json': managers('tm-a', 'tm-b') };
    const { verdict } = await incident(files);
    assert.equal(verdict.sentence, 'Slots are missing: the job needs 4, the cluster offers 2.');
    assert.equal(verdict.certainty, 'proved');
    const short = await incident({ ...files, 'pod.txt': pending });
    assert.equal(short.verdict.sentence, 'Slots are missing: the job needs 4, the cluster offers 2; no node for a pod (Insufficient memory).');
    assert.match(short.verdict.evidence.at(-1)?.text ?? '', /flink-taskmanager-1: .*5 Insufficient memory/);
  });

  it('are not waited for where tasks run, nor where there are as many as it needs', async () => {
    for (const files of [
      { 'job.json': job(40_000), 'taskmanagers.json': managers('tm-a', 'tm-b') },
      { 'job.json': waiting, 'taskmanagers.json': managers('tm-a', 'tm-b', 'tm-c', 'tm-d') },
      { 'job.json': waiting.replace('"status":"CREATED"', '"status":"RUNNING"'), 'taskmanagers.json': managers('tm-a') },
    ])
      assert.notEqual((await incident(files)).verdict.code, 'slots-missing');
  });

  it('are waited for as the log of the JobManager tells, without any document', async () => {
    const scheduled = master().replace(/^.*switched from SCHEDULED to DEPLOYING[\s\S]*$/m, `2026-11-20 10:00:02,000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - score (1/4) (${EXECUTION}) switched from CREATED to SCHEDULED.`); // biome-ignore format: a line
    const { verdict } = await incident({ 'jobmanager.log': scheduled, 'taskmanagers.json': managers('tm-a', 'tm-b') });
    assert.equal(verdict.sentence, 'Slots are missing: the job needs 4, the cluster offers 2.');
  });
});

describe('joins', () => {
  it('what a process writes to its standard output goes with its log', async () => {
    const name = 'flink-user-taskexecutor-0-host-2';
    const out = [
      'java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory or process/resource limits reached',
      '\tat java.base/java.lang.Thread.start0(Native Method)',
      '\tat com.shop.Clients.open(Clients.java:72)',
      '',
    ].join('\n');
    const { verdict, processes } = await incident({ [`${name}.log`]: worker('10'), [`${name}.out`]: out, 'jobmanager.log': master() });
    assert.equal(verdict.sentence, 'TaskManager host-2: Native threads are exhausted; Clients.open asked for more.');
    assert.equal(verdict.next, 'jstack PID');
    assert.deepEqual(
      processes.map((process) => [process.name, process.sources.length]),
      [
        [`${name}.log`, 2],
        ['jobmanager.log', 1],
      ],
    );
  });

  it('a JVM that crashed is called as the cluster calls it', async () => {
    const crash = ['#', '# A fatal error has been detected by the Java Runtime Environment:', '#', '#  SIGSEGV (0xb) at pc=0x00007f3a5c4d14f1, pid=1, tid=214', '#', '# Problematic frame:', '# C  [librocksdbjni-linux64.so+0x4d14f1]  rocksdb::Get()+0x41', '#']; // biome-ignore format: a line
    const { verdict } = await incident({ 'jobmanager.log': master(), 'taskmanager.log': worker('10', crash) });
    assert.equal(verdict.sentence, 'TaskManager tm-a: The JVM crashed with SIGSEGV in librocksdbjni-linux64.so.');
  });

  it('one answer saved for each of two vertices is as many documents, by the ids in their names', async () => {
    const answer = JSON.stringify({ status: 'ok', backpressureLevel: 'ok', subtasks: [{ subtask: 0, backpressureLevel: 'ok', ratio: 0, idleRatio: 1, busyRatio: 0 }] }); // biome-ignore format: a line
    const bare = job(0).replace(/"metrics":\{[^}]*\}/g, '"metrics":{}');
    const idle = dump(10, ['jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)', 'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take(TaskMailboxImpl.java:149)'], 'WAITING (parking)'); // biome-ignore format: a line
    const files = { 'jobmanager.log': master(), 'taskmanager.log': worker('10'), 'job.json': bare, 'dump.txt': idle };
    const { verdict } = await incident({ ...files, [`backpressure-${SCORE}.json`]: answer, [`backpressure-${VIEWS}.json`]: answer });
    assert.equal(verdict.health, 'healthy');
    assert.equal((await incident({ ...files, 'backpressure-1.json': answer, 'backpressure-2.json': answer })).verdict.health, 'unknown');
  });

  it('a clock that is hours ahead is estimated, said and corrected; one that agrees is left alone', async () => {
    const ahead = await incident({ 'jobmanager.log': master(), 'taskmanager.log': worker('12') });
    const clock = ahead.processes.find(({ side }) => side === 'TM')?.clock;
    assert.equal(clock?.applied, true);
    assert.ok(Math.abs((clock?.aheadMs ?? 0) - 2 * 3_600_000) < 1000);
    const same = await incident({ 'jobmanager.log': master(), 'taskmanager.log': worker('10') });
    assert.deepEqual(
      same.processes.filter(({ side }) => side === 'TM').map((process) => [process.clock.aheadMs, process.clock.applied, process.id]),
      [[0, false, 'tm-a']],
    );
  });

  it('a dump goes to the process that ran its subtask, whatever it is called; else it is listed as not joined', async () => {
    const other = worker('10').replaceAll('score', 'other');
    const files = { 'jobmanager.log': master(), 'a.log': worker('10'), 'b.log': other };
    const certain = await incident({ ...files, 'whatever.txt': dump(10, SOCKET) });
    assert.deepEqual(certain.processes.find(({ sources }) => sources.includes('a.log'))?.sources, ['a.log', 'whatever.txt']);
    assert.deepEqual(certain.unresolved, []);
    const unknown = await incident({ ...files, 'whatever.txt': dump(10, SOCKET).replaceAll('score', 'third') });
    assert.match(unknown.unresolved[0]?.what ?? '', /the process of whatever\.txt/);
  });

  it('where processes have folders of their own, what lies in one is that of its process', async () => {
    const idle = dump(10, SOCKET).replaceAll('score (1/1)#0', 'main');
    const { processes, unresolved } = await incident({ 'jm/log.txt': master(), 'tm-1/log.txt': worker('10'), 'jm/dump.txt': idle });
    assert.deepEqual(processes.find(({ side }) => side === 'JM')?.sources, ['jm/log.txt', 'jm/dump.txt']);
    assert.deepEqual(unresolved, []);
  });

  it('what is missing is said with what it would decide', async () => {
    const { coverage } = await incident({ 'jobmanager.log': master() });
    assert.ok(coverage.missing.some(({ what, decides }) => what.includes('thread dump') && decides.includes('threads')));
    assert.ok(coverage.missing.some(({ what }) => what.includes('log of')));
  });
});

describe('a checkpoint that subtasks had not acknowledged', () => {
  const SUBTASKS = JSON.stringify({
    id: 56,
    status: 'FAILED',
    num_subtasks: 2,
    num_acknowledged_subtasks: 0,
    subtasks: [0, 1].map((index) => ({ index, status: 'pending_or_failed' })),
  });
  const history = (failure: string, id = 56) =>
    JSON.stringify({
      counts: { restored: 0, total: 57, in_progress: 0, completed: 56, failed: 1 },
      summary: {},
      latest: { completed: null, savepoint: null, failed: null, restored: null },
      history: [{ id, status: 'FAILED', trigger_timestamp: 1, num_subtasks: 6, num_acknowledged_subtasks: 0, failure_message: failure }],
    });
  const folder = (failure: string, id?: number) => ({
    [`jobs/${JOB}.json`]: job(1).replace('"state":"RUNNING"', '"state":"CANCELED"'),
    [`jobs/${JOB}/checkpoints.json`]: history(failure, id),
    [`jobs/${JOB}/checkpoints/details/56/subtasks/${SCORE}.json`]: SUBTASKS,
  });

  it('when it ended with its job says nothing of them', async () => {
    const { verdict, findings } = await incident(folder('Checkpoint Coordinator is suspending.'));
    assert.notEqual(verdict.health, 'failing', verdict.sentence);
    assert.ok(!findings.some(({ code }) => code === 'checkpoint-not-acknowledged'));
  });

  for (const [what, files] of [
    ['that expired', folder('Checkpoint expired before completing.')],
    ['of which nobody tells why it failed', folder('Checkpoint Coordinator is suspending.', 55)],
  ] as const)
    it(`${what} is told`, async () => {
      const { verdict } = await incident(files);
      assert.equal(verdict.health, 'failing');
      assert.match(verdict.sentence, /checkpoint/i);
    });
});
