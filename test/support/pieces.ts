// Small files of one incident, as Flink and the JVM write them: a test puts together what it needs.

const JOB_ID = 'c5f2b1d09e3a4c7f8a6b5d4e3f2a1b0c';
const GRAPH = '7a1c9e5b3d2f4860a7b9c1d3e5f70912';
export const VERTICES = {
  source: 'bc764cd8ddf7a0cff126f51c16239658',
  enrich: '9dd63673dd41ea021b896d5203f3ba7c',
  sink: '1a936cb48657826a536f331e9fb33b5e',
} as const;

const COORDINATOR = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
const GRAPH_LOGGER = 'org.apache.flink.runtime.executiongraph.ExecutionGraph       [] -';

/** "2026-03-02 10:04:00,000" of minutes and seconds after ten o'clock. */
const stamp = (seconds: number): string =>
  `2026-03-02 10:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')},000`;

const EPOCH = Date.UTC(2026, 2, 2, 10, 0, 0);

export const completed = (seconds: number, id: number): string =>
  `${stamp(seconds)} INFO  ${COORDINATOR} Completed checkpoint ${id} for job ${JOB_ID} (1234567 bytes, checkpointDuration=812 ms, finalizationTime=9 ms).`;
export const triggered = (seconds: number, id: number): string =>
  `${stamp(seconds)} INFO  ${COORDINATOR} Triggering checkpoint ${id} (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ ${EPOCH + seconds * 1000} for job ${JOB_ID}.`;
export const expired = (seconds: number, id: number): string =>
  `${stamp(seconds)} INFO  ${COORDINATOR} Checkpoint ${id} of job ${JOB_ID} expired before completing.`;

/** The id of an execution as Flink 1.16 and newer make it; the subtask counts from 1. */
const execution = (vertex: keyof typeof VERTICES, subtask: number): string => `${GRAPH}_${VERTICES[vertex]}_${subtask - 1}_0`;
export const late = (seconds: number, id: number, vertex: keyof typeof VERTICES, subtask: number): string =>
  `${stamp(seconds)} WARN  ${COORDINATOR} Received late message for now expired checkpoint attempt ${id} from task ${execution(vertex, subtask)} of job ${JOB_ID} at 10.0.1.17:42311-3f2a1b @ 10.0.1.17 (dataPort=40211).`;

const NAMES = { source: 'Source: orders', enrich: 'enrich', sink: 'Sink: ledger' } as const;
const PARALLELISM = 2;

const eachSubtask = <T>(make: (vertex: keyof typeof VERTICES, subtask: number) => T): T[] =>
  (Object.keys(VERTICES) as (keyof typeof VERTICES)[]).flatMap((vertex) => [1, 2].map((subtask) => make(vertex, subtask)));

/** The log of a JobManager whose job runs; `records` come behind. */
export const jobManagerLog = (...records: string[]): string =>
  [
    `${stamp(0)} INFO  org.apache.flink.runtime.jobmaster.JobMaster                 [] - Starting execution of job 'orders' (${JOB_ID}) under job master id 00000000000000000000000000000000.`,
    `${stamp(0)} INFO  ${GRAPH_LOGGER} Job orders (${JOB_ID}) switched from state CREATED to RUNNING.`,
    ...eachSubtask(
      (vertex, subtask) =>
        `${stamp(1)} INFO  ${GRAPH_LOGGER} ${NAMES[vertex]} (${subtask}/${PARALLELISM}) (${execution(vertex, subtask)}) switched from INITIALIZING to RUNNING.`,
    ),
    ...records,
    '',
  ].join('\n');

/** The log of the TaskManager that runs these subtasks. */
export const taskManagerLog = (subtasks: readonly string[], ...records: string[]): string =>
  [
    `${stamp(0)} INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner       [] - Starting TaskManager with ResourceID: 10.0.1.17:42311-3f2a1b`,
    ...subtasks.map(
      (one) =>
        `${stamp(1)} INFO  org.apache.flink.runtime.taskmanager.Task                    [] - ${one}#0 (${idOf(one)}) switched from INITIALIZING to RUNNING.`,
    ),
    ...records,
    '',
  ].join('\n');

function idOf(name: string): string {
  const match = /^(.*) \((\d+)\/\d+\)$/.exec(name);
  const vertex = (Object.keys(NAMES) as (keyof typeof NAMES)[]).find((one) => NAMES[one] === match?.[1]);
  return vertex === undefined ? `${GRAPH}_${'0'.repeat(32)}_0_0` : execution(vertex, Number(match?.[2]));
}

/** What a TaskManager writes when barriers of a checkpoint come that is over. */
export const aborted = (seconds: number, id: number): string =>
  `${stamp(seconds)} INFO  org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinatorImpl [] - Checkpoint ${id} has been notified as aborted, would not trigger any checkpoint.`;

const LOOP = [
  'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop(MailboxProcessor.java:231)',
  'org.apache.flink.streaming.runtime.tasks.StreamTask.runMailboxLoop(StreamTask.java:932)',
  'org.apache.flink.streaming.runtime.tasks.StreamTask.invoke(StreamTask.java:876)',
  'org.apache.flink.runtime.taskmanager.Task.doRun(Task.java:751)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:566)',
  'java.lang.Thread.run(Thread.java:840)',
];
const PROCESSING = [
  'org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  'org.apache.flink.streaming.runtime.tasks.OneInputStreamTask$StreamTaskNetworkOutput.emitRecord(OneInputStreamTask.java:237)',
  'org.apache.flink.streaming.runtime.io.StreamOneInputProcessor.processInput(StreamOneInputProcessor.java:65)',
  'org.apache.flink.streaming.runtime.tasks.StreamTask.processInput(StreamTask.java:562)',
  ...LOOP,
];

/** A stack, innermost first, with the state of its thread. */
export interface Stack {
  state: string;
  frames: readonly string[];
  /** The line of the lock that it waits for. */
  waits?: string;
}

const PARKED = ['jdk.internal.misc.Unsafe.park(Native Method)', 'java.util.concurrent.locks.LockSupport.park(LockSupport.java:211)'];

export const STACKS = {
  mail: {
    state: 'TIMED_WAITING (parking)',
    frames: [
      ...PARKED,
      'java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1674)',
      'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take(TaskMailboxImpl.java:149)',
      'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.processMail(MailboxProcessor.java:335)',
      ...LOOP,
    ],
  },
  database: {
    state: 'RUNNABLE',
    frames: [
      'sun.nio.ch.SocketDispatcher.read0(Native Method)',
      'sun.nio.ch.NioSocketImpl.tryRead(NioSocketImpl.java:256)',
      'sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:307)',
      'java.net.Socket$SocketInputStream.read(Socket.java:966)',
      'org.postgresql.core.VisibleBufferedInputStream.readMore(VisibleBufferedInputStream.java:192)',
      'org.postgresql.core.v3.QueryExecutorImpl.processResults(QueryExecutorImpl.java:2292)',
      'org.postgresql.jdbc.PgPreparedStatement.executeQuery(PgPreparedStatement.java:134)',
      'com.acme.orders.CustomerLookup.map(CustomerLookup.java:48)',
      ...PROCESSING,
    ],
  },
  socket: {
    state: 'RUNNABLE',
    frames: [
      'java.net.SocketInputStream.socketRead0(Native Method)',
      'java.net.SocketInputStream.read(SocketInputStream.java:171)',
      'com.acme.geo.GeoClient.ask(GeoClient.java:77)',
      'com.acme.orders.GeoLookup.map(GeoLookup.java:31)',
      ...PROCESSING,
    ],
  },
  latch: {
    state: 'WAITING (parking)',
    frames: [
      ...PARKED,
      'java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)',
      'com.acme.orders.Quota.await(Quota.java:19)',
      'com.acme.orders.RateLimit.map(RateLimit.java:27)',
      ...PROCESSING,
    ],
  },
  sleep: {
    state: 'TIMED_WAITING (sleeping)',
    frames: [
      'java.lang.Thread.sleep(Native Method)',
      'com.acme.orders.Retry.pause(Retry.java:22)',
      'com.acme.orders.Retry.map(Retry.java:15)',
      ...PROCESSING,
    ],
  },
  lock: {
    state: 'BLOCKED (on object monitor)',
    waits: '- waiting to lock <0x00000000c1a2b3c8> (a com.acme.orders.RateTable)',
    frames: ['com.acme.orders.RateTable.rate(RateTable.java:40)', 'com.acme.orders.Convert.map(Convert.java:18)', ...PROCESSING],
  },
  pressed: {
    state: 'WAITING (parking)',
    frames: [
      ...PARKED,
      'java.util.concurrent.CompletableFuture$Signaller.block(CompletableFuture.java:1864)',
      'java.util.concurrent.CompletableFuture.get(CompletableFuture.java:2072)',
      'org.apache.flink.runtime.io.network.buffer.LocalBufferPool.requestMemorySegmentBlocking(LocalBufferPool.java:382)',
      'org.apache.flink.runtime.io.network.partition.BufferWritingResultPartition.requestNewUnicastBufferBuilder(BufferWritingResultPartition.java:403)',
      'org.apache.flink.runtime.io.network.api.writer.RecordWriter.emit(RecordWriter.java:105)',
      ...LOOP,
    ],
  },
  work: { state: 'RUNNABLE', frames: ['com.acme.orders.Parse.map(Parse.java:61)', ...PROCESSING] },
  upload: {
    state: 'WAITING (parking)',
    frames: [
      ...PARKED,
      'java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)',
      'com.acme.vault.VaultStream.upload(VaultStream.java:88)',
      'com.acme.vault.VaultStream.closeAndGetHandle(VaultStream.java:61)',
      'org.apache.flink.runtime.state.DefaultOperatorStateBackendSnapshotStrategy.lambda$asyncSnapshot$1(DefaultOperatorStateBackendSnapshotStrategy.java:171)',
      'org.apache.flink.runtime.state.SnapshotStrategyRunner$1.callInternal(SnapshotStrategyRunner.java:91)',
      'java.util.concurrent.FutureTask.run(FutureTask.java:264)',
      'org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable.run(AsyncCheckpointRunnable.java:123)',
      'java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)',
      'java.lang.Thread.run(Thread.java:840)',
    ],
  },
} as const satisfies Record<string, Stack>;

/** Threads by name, each with its stack, as jstack prints them. */
export function jstack(threads: Readonly<Record<string, Stack>>, minute = 9): string {
  const blocks = Object.entries(threads).map(([name, { state, frames, waits }], index) =>
    [
      `"${name}" #${70 + index} prio=5 os_prio=0 cpu=84.10ms elapsed=541.20s tid=0x00007f0${index}3021${index}000 nid=0x1a${index} waiting on condition  [0x00007f0${index}171fd000]`,
      `   java.lang.Thread.State: ${state}`,
      ...frames.flatMap((frame, at) => [`\tat ${frame}`, ...(at === 0 && waits !== undefined ? [`\t${waits}`] : [])]),
    ].join('\n'),
  );
  return `2026-03-02 10:${String(minute).padStart(2, '0')}:30\nFull thread dump OpenJDK 64-Bit Server VM (17.0.10+7 mixed mode, sharing):\n\n${blocks.join('\n\n')}\n\nJNI global refs: 21, weak refs: 0\n`;
}

/** The same as `/taskmanagers/:id/thread-dump` answers. */
export const restDump = (threads: Readonly<Record<string, Stack>>): string =>
  JSON.stringify({
    threadInfos: Object.entries(threads).map(([threadName, { state, frames }], index) => ({
      threadName,
      stringifiedThreadInfo: `"${threadName}" Id=${70 + index} ${state.split(' ')[0]}\n${frames.map((frame) => `\tat ${frame}\n`).join('')}\n`,
    })),
  });

/** `/jobs/:id/checkpoints/details/:cid`, with how many subtasks of each vertex acknowledged. */
export const checkpointDetails = (
  id: number,
  acknowledged: Readonly<Record<keyof typeof VERTICES, number>>,
  status: 'FAILED' | 'IN_PROGRESS' = 'FAILED',
): string =>
  JSON.stringify({
    className: status === 'FAILED' ? 'failed' : 'in_progress',
    id,
    status,
    is_savepoint: false,
    trigger_timestamp: EPOCH,
    latest_ack_timestamp: EPOCH + 14,
    state_size: 530,
    end_to_end_duration: status === 'FAILED' ? 600_018 : 14,
    num_subtasks: 3 * PARALLELISM,
    num_acknowledged_subtasks: Object.values(acknowledged).reduce((sum, one) => sum + one, 0),
    checkpoint_type: 'CHECKPOINT',
    tasks: Object.fromEntries(
      (Object.keys(VERTICES) as (keyof typeof VERTICES)[]).map((vertex) => [
        VERTICES[vertex],
        {
          id,
          status,
          latest_ack_timestamp: EPOCH + 14,
          state_size: 265,
          end_to_end_duration: 14,
          num_subtasks: PARALLELISM,
          num_acknowledged_subtasks: acknowledged[vertex],
        },
      ]),
    ),
    ...(status === 'FAILED' ? { failure_timestamp: EPOCH + 600_018, failure_message: 'Checkpoint expired before completing.' } : {}),
  });

/** `/jobs/:id/checkpoints/details/:cid/subtasks/:vid`; subtasks that had not acknowledged count from 1. */
export const checkpointSubtasks = (id: number, pending: readonly number[]): string =>
  JSON.stringify({
    id,
    status: 'FAILED',
    latest_ack_timestamp: EPOCH + 14,
    state_size: 265,
    end_to_end_duration: 14,
    num_subtasks: PARALLELISM,
    num_acknowledged_subtasks: PARALLELISM - pending.length,
    subtasks: [1, 2].map((subtask) =>
      pending.includes(subtask)
        ? { index: subtask - 1, status: 'pending_or_failed' }
        : {
            index: subtask - 1,
            status: 'completed',
            ack_timestamp: EPOCH + 14,
            end_to_end_duration: 14,
            state_size: 265,
            checkpoint: { sync: 1, async: 2 },
            alignment: { buffered: 0, processed: 0, persisted: 0, duration: 1 },
            start_delay: 3,
          },
    ),
  });

/** `/jobs/:id/plan`. */
export const planDocument = (): string =>
  JSON.stringify({
    plan: {
      jid: JOB_ID,
      name: 'orders',
      type: 'STREAMING',
      nodes: [
        {
          id: VERTICES.sink,
          parallelism: PARALLELISM,
          operator: '',
          description: NAMES.sink,
          inputs: [{ num: 0, id: VERTICES.enrich, ship_strategy: 'HASH', exchange: 'pipelined_bounded' }],
        },
        {
          id: VERTICES.enrich,
          parallelism: PARALLELISM,
          operator: '',
          description: NAMES.enrich,
          inputs: [{ num: 0, id: VERTICES.source, ship_strategy: 'HASH', exchange: 'pipelined_bounded' }],
        },
        { id: VERTICES.source, parallelism: PARALLELISM, operator: '', description: NAMES.source },
      ],
    },
  });

const POD = 'orders-taskmanager-1-2';
const NEXT_POD = 'orders-taskmanager-1-3';
const RESOURCES = 'org.apache.flink.runtime.resourcemanager.active.ActiveResourceManager [] -';

const UNREACHABLE = [
  `org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id ${POD}(10.0.1.17:6122) is no longer reachable.`,
  '\tat org.apache.flink.runtime.jobmaster.JobMaster$TaskManagerHeartbeatListener.notifyTargetUnreachable(JobMaster.java:1529) ~[flink-dist-1.18.1.jar:1.18.1]',
];
const TIMED_OUT = [
  `java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id ${POD}(10.0.1.17:6122) timed out.`,
  '\tat org.apache.flink.runtime.jobmaster.JobMaster$TaskManagerHeartbeatListener.notifyHeartbeatTimeout(JobMaster.java:1495) ~[flink-dist-1.18.1.jar:1.18.1]',
];

/** The job loses a TaskManager on Kubernetes, restarts, and no slot comes; `end` are the records of how that TaskManager ended. */
export const neverReplacedLog = (...end: string[]): string =>
  [
    `${stamp(0)} INFO  ${GRAPH_LOGGER} Job orders (${JOB_ID}) switched from state CREATED to RUNNING.`,
    ...end,
    `${stamp(301)} INFO  ${GRAPH_LOGGER} enrich (2/2) (${execution('enrich', 2)}) switched from RUNNING to FAILED on ${POD} @ 10.0.1.17 (dataPort=40211).`,
    ...(end.includes(heartbeatLost()) ? TIMED_OUT : UNREACHABLE),
    `${stamp(301)} INFO  ${GRAPH_LOGGER} Job orders (${JOB_ID}) switched from state RUNNING to RESTARTING.`,
    `${stamp(302)} INFO  ${GRAPH_LOGGER} Job orders (${JOB_ID}) switched from state RESTARTING to RUNNING.`,
    `${stamp(303)} INFO  ${RESOURCES} Requesting new worker with resource spec WorkerResourceSpec {cpuCores=2.0, taskHeapSize=1.425gb (1530082070 bytes)}, current pending count: 1.`,
    `${stamp(603)} WARN  org.apache.flink.runtime.jobmaster.slotpool.DeclarativeSlotPoolBridge [] - Could not acquire the minimum required resources, failing slot requests. Acquired: [ResourceRequirement{resourceProfile=ResourceProfile{UNKNOWN}, numberOfRequiredSlots=1}]. Current slot pool status: Registered TMs: 1, registered slots: 1 free slots: 0`,
    `${stamp(603)} INFO  ${GRAPH_LOGGER} enrich (2/2) (${execution('enrich', 2).replace(/0$/, '1')}) switched from SCHEDULED to FAILED on [unassigned resource].`,
    'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.',
    `${stamp(603)} INFO  ${GRAPH_LOGGER} Job orders (${JOB_ID}) switched from state RUNNING to FAILING.`,
    'org.apache.flink.runtime.JobException: Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=1, backoffTimeMS=1000)',
    '\tat org.apache.flink.runtime.executiongraph.failover.flip1.ExecutionFailureHandler.handleFailure(ExecutionFailureHandler.java:139) ~[flink-dist-1.18.1.jar:1.18.1]',
    'Caused by: org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.',
    '',
  ].join('\n');

export const workerTerminated = (diagnostics: string): string =>
  `${stamp(300)} WARN  ${RESOURCES} Worker ${POD} is terminated. Diagnostics: ${diagnostics}`;
export const heartbeatLost = (): string =>
  `${stamp(300)} INFO  org.apache.flink.runtime.jobmaster.JobMaster                 [] - Heartbeat of TaskManager with id ${POD}(10.0.1.17:6122) timed out.`;

/** The log of the TaskManager that was told to end. */
export const toldToEndLog = (): string =>
  [
    `${stamp(0)} INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner       [] - Starting TaskManager with ResourceID: ${POD}`,
    `${stamp(1)} INFO  org.apache.flink.runtime.taskmanager.Task                    [] - enrich (2/2)#0 (${execution('enrich', 2)}) switched from INITIALIZING to RUNNING.`,
    `${stamp(298)} INFO  org.apache.flink.runtime.taskexecutor.TaskManagerRunner       [] - RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.`,
    '',
  ].join('\n');

/** `kubectl describe pod` of the pod that is to take its place. */
export const pendingPod = (): string =>
  [
    `Name:             ${NEXT_POD}`,
    'Namespace:        streams',
    'Priority:         0',
    'Service Account:  flink',
    'Node:             <none>',
    'Labels:           app=orders',
    '                  component=taskmanager',
    '                  type=flink-native-kubernetes',
    'Status:           Pending',
    'IP:               ',
    'Controlled By:    Deployment/orders',
    'Containers:',
    '  flink-main-container:',
    '    Image:      flink:1.18.1',
    '    Requests:',
    '      cpu:     2',
    '      memory:  4Gi',
    'Conditions:',
    '  Type           Status',
    '  PodScheduled   False ',
    'QoS Class:       Burstable',
    'Events:',
    '  Type     Reason            Age                From               Message',
    '  ----     ------            ----               ----               -------',
    '  Warning  FailedScheduling  4m (x12 over 11m)  default-scheduler  0/5 nodes are available: 5 Insufficient cpu. preemption: 0/5 nodes are available: 5 No preemption victims found for incoming pod.',
    '',
  ].join('\n');

/** `kubectl get events` of the pod that ended, by the reason and message of each. */
export const podEvents = (events: readonly (readonly [reason: string, message: string, pod?: string])[]): string =>
  [
    'LAST SEEN   TYPE      REASON                OBJECT                       MESSAGE',
    ...events.map(([reason, message, pod = POD]) => `12m         Warning   ${reason.padEnd(21)} ${`pod/${pod}`.padEnd(28)} ${message}`),
    '',
  ].join('\n');
export const NO_NODE = ['FailedScheduling', '0/5 nodes are available: 5 Insufficient cpu.', NEXT_POD] as const;
