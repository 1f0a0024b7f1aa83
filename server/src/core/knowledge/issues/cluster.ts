import { ATTEMPT, CANCELER, cycle, dump, FUTURE_GET, inVersion, OBJECT, quiet, TASK, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

/** task.cancellation.timeout, after which the watchdog of Flink ends the process. */
const CANCELLATION_TIMEOUT = 180_000;
const deployingCanceled = `Map (1/2)#0 (${ATTEMPT}) switched from DEPLOYING to CANCELING.`;
const leaseLost = 'Renew deadline reached after 15 seconds while renewing lock ConfigMapLock: flink - orders-cluster-config-map (4a2b)';

const rescaling = (times: number): string[] =>
  Array.from({ length: times }, () => `Desired resources are met, transitioning to the subsequent state, job ${ATTEMPT}.`);

const ELECTION = 'org.apache.flink.runtime.leaderelection.';
const RUNNER = 'org.apache.flink.runtime.jobmaster.JobMasterServiceLeadershipRunner';
const DISPATCHER = 'flink-akka.actor.default-dispatcher-4';
const CURATOR = 'Curator-LeaderLatch-0';
const EVENTS = 'main-EventThread';
const RECIPES = 'org.apache.curator.framework.recipes.';

const sample20008: Sample = cycle(
  undefined,
  [DISPATCHER, [`${RECIPES}cache.NodeCache.close`, `${ELECTION}DefaultLeaderElectionService.stop`], OBJECT],
  [EVENTS, [`${ELECTION}DefaultLeaderElectionService.onGrantLeadership`, `${RECIPES}leader.LeaderLatch.setLeadership`], OBJECT],
);
const sample25847: Sample = cycle(
  undefined,
  [DISPATCHER, [`${ELECTION}DefaultMultipleComponentLeaderElectionService.registerLeaderElectionEventHandler`, 'com.example.Service.start'], OBJECT],
  [CURATOR, ['com.example.Service.grantLeadership', `${ELECTION}DefaultMultipleComponentLeaderElectionService.isLeader`], OBJECT],
);
const sample29234: Sample = cycle(
  '1.15.3',
  [DISPATCHER, [`${ELECTION}DefaultLeaderElectionService.stop`, `${RUNNER}.closeAsync`], OBJECT],
  [EVENTS, [`${RUNNER}.grantLeadership`, `${ELECTION}DefaultLeaderElectionService.onGrantLeadership`], OBJECT],
);
const sample32311: Sample = cycle(
  undefined,
  ['main', [`${ELECTION}ZooKeeperLeaderElectionDriver.close`, `${ELECTION}DefaultLeaderElectionService.close`], OBJECT],
  [
    'DefaultLeaderElectionService-leadershipOperationExecutor-thread-1',
    [`${ELECTION}DefaultLeaderElectionService.lambda$onGrantLeadership$1`, `${ELECTION}DefaultLeaderElectionService.runInLeaderEventThread`],
    OBJECT,
  ],
);
const sample15347: Sample = dump(
  '1.10.0',
  thread(DISPATCHER, 'WAITING', [...FUTURE_GET, 'org.apache.flink.runtime.rpc.akka.SupervisorActor.startAkkaRpcActor'], { times: 1 }),
);
const sample32583: Sample = dump(
  '1.17.1',
  thread('main', 'WAITING', [...FUTURE_GET, 'org.apache.flink.client.program.rest.RestClusterClient.close']),
);
const sample36746: Sample = cycle(
  '2.1.1',
  [
    'flink-pekko.actor.default-dispatcher-7',
    [
      'java.lang.Throwable.writeObject',
      'java.io.ObjectOutputStream.writeObject0',
      'java.lang.Throwable.writeObject',
      'org.apache.flink.util.SerializedThrowable.<init>',
    ],
    'java.lang.RuntimeException',
  ],
  [
    TASK,
    [
      'java.lang.Throwable.getSuppressed',
      'java.io.ObjectOutputStream.writeObject0',
      'java.lang.Throwable.writeObject',
      'org.apache.flink.util.SerializedThrowable.<init>',
    ],
    'java.lang.IllegalStateException',
  ],
);
const GENERATOR = 'org.apache.flink.streaming.api.graph.StreamingJobGraphGenerator';
const sample35766: Sample = dump(
  '1.20.0',
  thread('main', 'RUNNABLE', Array.from({ length: 40 }, () => [`${GENERATOR}.isChainable`, `${GENERATOR}.getHeadOperator`]).flat()),
);
const sample36838: Sample = dump(
  '2.0-preview1',
  thread(TASK, 'RUNNABLE', ['org.forstdb.FlinkEnv.setBackgroundThreads', 'org.apache.flink.state.forst.ForStResourceContainer.close']),
);
const sample26987: Sample = dump(
  '1.15-SNAPSHOT',
  thread('cluster-io-thread-3', 'RUNNABLE', [
    'org.apache.zookeeper.ClientCnxn.submitRequest',
    'org.apache.flink.runtime.zookeeper.ZooKeeperStateHandleStore.getAllAndLock',
  ]),
);
const sample35742: Sample = dump(
  '1.20.1',
  thread(TASK, 'RUNNABLE', [
    'org.rocksdb.RocksDB.createColumnFamilyWithImport',
    'org.apache.flink.contrib.streaming.state.restore.RocksDBHandle.registerStateColumnFamilyHandleWithImport',
  ]),
  thread(CANCELER, 'TIMED_WAITING', ['java.lang.Thread.join', 'org.apache.flink.runtime.taskmanager.Task$TaskCanceler.run']),
);
const coordinators = (times: number): Sample =>
  dump(
    '1.17.1',
    thread('SourceCoordinator-Source: orders', 'WAITING', ['jdk.internal.misc.Unsafe.park', 'java.util.concurrent.ThreadPoolExecutor.getTask'], {
      times,
    }),
  );

/** JobManager, high availability, clients, and the life of tasks. */
export const CLUSTER_ISSUES: readonly KnownIssue[] = [
  {
    key: 'FLINK-20008',
    title: 'Deadlock while a leader election service is closed',
    kind: 'deadlock',
    cause:
      "The service closes its driver under its own lock, and the driver waits for a lock of Curator. A leadership callback holds the lock of Curator and needs the service's.",
    affected: [],
    fixed: ['1.12.0'],
    uncertain: 'Mostly in development versions of 1.12; 1.11 was not verified.',
    precondition: 'High availability with ZooKeeper or Kubernetes.',
    workaround: 'Restart the JobManager.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/curator|\.leader\w+\.Default(?=\w+Service)/, /\.DefaultLeader(?:Election|Retrieval)Service\.(?:stop|close)$/] },
        { frames: [/\.DefaultLeader(?:Election|Retrieval)Service\.\w+$/, /^org\.apache\.curator\.framework\.recipes\./] },
      ],
    },
    samples: [sample20008],
    nearMisses: [without(sample20008, 'LeaderLatch')],
  },
  {
    key: 'FLINK-25847',
    title: 'Deadlock in the multiple-component leader election',
    kind: 'deadlock',
    cause:
      'Listeners were called while the service held its lock. A listener that takes a lock of its own meets a thread that takes the two in the opposite order.',
    affected: [],
    fixed: ['1.15.0'],
    uncertain: 'Only in development versions of 1.15.',
    precondition: 'High availability.',
    workaround: null,
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.DefaultMultipleComponentLeaderElectionService\.\w+$/] },
        { frames: [/\.DefaultMultipleComponentLeaderElectionService\.\w+$/] },
      ],
    },
    samples: [sample25847],
    nearMisses: [without(sample25847, 'isLeader'), inVersion(sample25847, '1.16.0')],
  },
  {
    key: 'FLINK-29234',
    title: 'Deadlock between closing a job and gaining leadership',
    kind: 'deadlock',
    cause:
      "Closing the runner of a job stops its leader election under the runner's lock. A granted leadership holds the election's lock and needs the runner's.",
    affected: ['1.13.0-1.15.3', '1.16.0'],
    fixed: ['1.15.4', '1.16.1', '1.17.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'High availability; a job ends while leadership changes.',
    workaround: 'Restart the JobManager.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.DefaultLeaderElectionService\.stop$/, /\.JobMasterServiceLeadershipRunner\.closeAsync$/] },
        { frames: [/\.JobMasterServiceLeadershipRunner\.grantLeadership$/, /\.DefaultLeaderElectionService\.onGrantLeadership$/] },
      ],
    },
    samples: [sample29234],
    nearMisses: [without(sample29234, 'grantLeadership')],
  },
  {
    key: 'FLINK-32311',
    title: 'Deadlock of closing leader election and its events',
    kind: 'deadlock',
    cause: 'The service closes its driver under its lock and waits for the event thread. The event thread needs that lock.',
    affected: [],
    fixed: ['1.18.0'],
    uncertain: 'Only in development versions of 1.18.',
    precondition: 'High availability.',
    workaround: null,
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.\w*LeaderElectionDriver\.close$/, /\.DefaultLeaderElectionService\.close$/] },
        { frames: [/\.DefaultLeaderElectionService\.runInLeaderEventThread$/] },
      ],
    },
    samples: [sample32311],
    nearMisses: [without(sample32311, 'runInLeaderEventThread')],
  },
  {
    key: 'FLINK-15347',
    title: 'The RPC supervisor starves behind its own dispatcher',
    kind: 'starvation',
    cause:
      'Starting an RPC endpoint waits for the supervisor, which runs on the same dispatcher. With few cores every dispatcher thread waits, and none is left for the supervisor.',
    affected: ['1.10.0'],
    fixed: ['1.10.1', '1.11.0'],
    uncertain: 'The fix in 1.10.1 was not verified.',
    precondition: 'Few cores.',
    workaround: 'More cores.',
    signature: { shape: 'stacks', sides: [{ frames: [/\.CompletableFuture\.get$/, /\.SupervisorActor\.startAkkaRpcActor$/], roles: ['rpc'] }] },
    samples: [sample15347],
    nearMisses: [without(sample15347, 'SupervisorActor')],
  },
  {
    key: 'FLINK-32583',
    title: 'Closing a REST client never ends',
    kind: 'hang',
    cause: 'A connection attempt that races with closing the client is never completed. Who waits for it waits for ever.',
    affected: ['1.5-1.15', '1.16.0-1.16.2', '1.17.0-1.17.1'],
    fixed: ['1.16.3', '1.17.2', '1.18.0'],
    precondition: 'A client, the SQL gateway or application mode.',
    workaround: 'End the client process.',
    signature: { shape: 'stacks', sides: [{ frames: [/\.CompletableFuture\.get$/, /\.RestClusterClient\.\w+$/], states: ['WAITING'] }] },
    samples: [sample32583],
    nearMisses: [without(sample32583, 'RestClusterClient')],
  },
  {
    key: 'FLINK-36746',
    title: 'Deadlock of exceptions that suppress each other',
    kind: 'deadlock',
    cause:
      'Serialising an exception locks it and goes on to those it suppresses. Two threads that start from different ends lock the same exceptions in opposite order.',
    affected: ['1.5-1.19', '1.20.0-1.20.3', '2.0', '2.1.0-2.1.1'],
    fixed: ['1.20.4', '2.1.2', '2.2.0'],
    uncertain: 'The fix in 1.20 was not verified.',
    precondition: 'Several tasks fail with shared exceptions.',
    workaround: null,
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/^java\.lang\.Throwable\.(?:writeObject|addSuppressed|getSuppressed)$/, /\.SerializedThrowable\.<init>$/] },
        { frames: [/^java\.lang\.Throwable\.(?:writeObject|addSuppressed|getSuppressed)$/, /\.SerializedThrowable\.<init>$/] },
      ],
    },
    samples: [sample36746],
    nearMisses: [without(sample36746, 'SerializedThrowable')],
  },
  {
    key: 'FLINK-14949',
    title: 'Cancelling stops for lack of native threads',
    kind: 'hang',
    cause: 'The threads that cancel a task could not be started. The task stays CANCELING, and nobody watches over it.',
    affected: ['<=1.9.1'],
    fixed: ['1.9.2', '1.10.0'],
    precondition: 'The limit of processes or threads is reached.',
    workaround: 'Raise ulimit -u or the limit of the container.',
    signature: {
      shape: 'log',
      says: { event: 'oom', fields: { pool: /native thread/ } },
      toConfirm: 'a subtask that stays CANCELING after this',
    },
    samples: [{ version: '1.9.1', log: 'java.lang.OutOfMemoryError: unable to create new native thread' }],
    nearMisses: [
      { version: '1.9.1', log: 'java.lang.OutOfMemoryError: Java heap space' },
      { version: '1.10.0', log: 'java.lang.OutOfMemoryError: unable to create new native thread' },
    ],
  },
  {
    key: 'FLINK-37024',
    title: 'No watchdog while a deploying task is cancelled',
    kind: 'hang',
    cause: 'The cancellation watchdog was started only for tasks that run. A task stuck in class loading or restore stays CANCELING for ever.',
    affected: ['1.5-1.20'],
    fixed: ['2.0.0'],
    precondition: 'A task is cancelled while it is deployed.',
    workaround: 'End the TaskManager.',
    signature: { shape: 'log', says: { switched: 'task', from: 'DEPLOYING', to: 'CANCELING', stays: true }, during: CANCELLATION_TIMEOUT },
    samples: [{ version: '1.20.0', log: [deployingCanceled, ...quiet(5)] }],
    nearMisses: [
      { version: '2.0.0', log: [deployingCanceled, ...quiet(5)] },
      { version: '1.20.0', log: [deployingCanceled, ...quiet(1)] },
      { version: '1.20.0', log: [deployingCanceled, `Map (1/2)#0 (${ATTEMPT}) switched from CANCELING to CANCELED.`, ...quiet(5)] },
      { version: '1.20.0', log: [`Map (1/2)#0 (${ATTEMPT}) switched from RUNNING to CANCELING.`, ...quiet(5)] },
    ],
  },
  {
    key: 'FLINK-35766',
    title: 'Generating the job graph takes exponential time',
    kind: 'hang',
    cause: 'The head of a chain is searched again for every operator that may yield. Each further such operator doubles the work.',
    affected: ['<=1.20.0'],
    fixed: ['1.20.1', '2.0.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Many chained sinks or asynchronous operators.',
    workaround: null,
    signature: { shape: 'recursion', frames: [/\.StreamingJobGraphGenerator\.(?:getHeadOperator|isChainable)$/], atLeast: 20 },
    samples: [sample35766],
    nearMisses: [
      dump('1.20.0', thread('main', 'RUNNABLE', [`${GENERATOR}.isChainable`, `${GENERATOR}.getHeadOperator`])),
      inVersion(sample35766, '1.20.1'),
    ],
  },
  {
    key: 'FLINK-36838',
    title: 'ForSt does not close',
    kind: 'hang',
    cause: 'Closing the backend shrinks its background pool while work is still running. The native threads do not end.',
    affected: [],
    fixed: ['2.0.0'],
    uncertain: 'Only in the 2.0 preview.',
    precondition: 'ForSt state backend.',
    workaround: null,
    signature: { shape: 'stacks', sides: [{ frames: [/^org\.forstdb\.FlinkEnv\.setBackgroundThreads$/, /\.ForStResourceContainer\.close$/] }] },
    samples: [sample36838],
    nearMisses: [without(sample36838, 'ForStResourceContainer'), inVersion(sample36838, '2.0.1')],
  },
  {
    key: 'FLINK-26987',
    title: 'Endless loop on a ZooKeeper entry marked for deletion',
    kind: 'livelock',
    cause: 'An entry that is being deleted is read again and again. Recovery does not end.',
    affected: [],
    fixed: ['1.15.0'],
    uncertain: 'Only in development versions of 1.15: the sources of 1.14 mark no entries for deletion.',
    precondition: 'High availability with ZooKeeper.',
    workaround: 'Remove the entry from ZooKeeper.',
    signature: { shape: 'stacks', sides: [{ frames: [/\.ZooKeeperStateHandleStore\.getAllAndLock$/] }] },
    samples: [sample26987],
    nearMisses: [without(sample26987, 'getAllAndLock')],
  },
  {
    key: 'FLINK-25728',
    also: ['FLINK-25827'],
    title: 'Futures pile up on an input that stays idle',
    kind: 'leak',
    cause:
      'Every round of the task adds a dependent to the availability future of an idle input. They fill the heap until the input becomes available.',
    affected: ['1.12.0-1.13.5', '1.14.0-1.14.3'],
    fixed: ['1.13.6', '1.14.4', '1.15.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'An operator with several inputs of which one is idle.',
    workaround: null,
    signature: {
      shape: 'log',
      says: { event: 'oom', fields: { pool: /Java heap space|GC overhead limit exceeded/ } },
      toConfirm: 'a heap dump that is full of dependents of CompletableFuture (UniRelay, OrRelay), and an operator with an input that is idle',
    },
    samples: [{ version: '1.13.5', log: 'java.lang.OutOfMemoryError: Java heap space' }],
    nearMisses: [
      { version: '1.13.6', log: 'java.lang.OutOfMemoryError: Java heap space' },
      { version: '1.13.5', log: 'java.lang.OutOfMemoryError: Metaspace' },
    ],
  },
  {
    key: 'FLINK-32411',
    title: 'Source coordinator threads stay behind',
    kind: 'leak',
    cause: 'The context of a source coordinator is not closed when its start fails. Every failover leaves a thread behind.',
    affected: ['1.11.0-1.16.2', '1.17.0-1.17.1'],
    fixed: ['1.16.3', '1.17.2', '1.18.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Sources that fail to start.',
    workaround: 'Restart the JobManager.',
    signature: { shape: 'count', name: /^(SourceCoordinator-(?!.*-worker-thread-).+)$/, atLeast: 3 },
    samples: [coordinators(3)],
    nearMisses: [coordinators(1)],
  },
  {
    key: 'FLINK-34007',
    also: ['FLINK-34333'],
    title: 'Kubernetes JobManager never leads again',
    kind: 'hang',
    cause:
      'The elector of the Kubernetes client is used again after its lease was lost, and does not run a second time. The process lives on without being leader.',
    affected: ['1.18.0-1.18.1'],
    fixed: ['1.19.0'],
    precondition: 'High availability with Kubernetes; the lease could not be renewed in time.',
    workaround: 'Restart the JobManager.',
    signature: {
      shape: 'log',
      says: { event: 'lease-lost' },
      unless: { event: 'leadership-granted' },
      during: 60_000,
    },
    samples: [{ version: '1.18.1', log: [leaseLost, ...quiet(3)] }],
    nearMisses: [
      { version: '1.19.0', log: [leaseLost, ...quiet(3)] },
      { version: '1.18.1', log: [leaseLost, 'New leader elected 4a2b for orders-cluster-config-map.', ...quiet(3)] },
      { version: '1.18.1', log: leaseLost },
    ],
  },
  {
    key: 'FLINK-35742',
    title: 'Cancelling waits for column families that RocksDB creates',
    kind: 'hang',
    cause:
      'Restoring RocksDB state creates its column families in native calls that no interruption reaches. A task with many states is not cancelled before all of them are there.',
    affected: ['1.18-1.20'],
    fixed: ['2.0.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'RocksDB state is restored while the task is cancelled.',
    workaround: 'A longer task.cancellation.timeout.',
    settings: [{ key: 'task.cancellation.timeout', value: '600000', cost: 'a task that is really stuck is ended later' }],
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.RocksDBHandle\.registerStateColumnFamilyHandle\w*$/], roles: ['task'] },
        { frames: [/\.Task\$TaskCanceler\.run$/], roles: ['canceler'] },
      ],
    },
    samples: [sample35742],
    nearMisses: [without(sample35742, 'RocksDBHandle'), inVersion(sample35742, '2.0.0')],
  },
  {
    key: 'FLINK-40379',
    title: 'The adaptive scheduler restarts a job over and over',
    kind: 'livelock',
    cause:
      'For a new parallelism the job is cancelled, and a slot of it is lost or comes back late. It starts with fewer slots, sees the others free again, and the next restart begins.',
    affected: ['1.13.0-'],
    fixed: [],
    uncertain: 'The first affected version was not verified; no release had the fix when this was written.',
    precondition: 'Adaptive scheduler; a task whose cancellation takes long or fails.',
    workaround: 'A longer jobmanager.adaptive-scheduler.scaling-interval.min (executing.cooldown-after-rescaling from 2.0).',
    signature: {
      shape: 'log',
      says: { event: 'rescaled' },
      atLeast: 6,
      within: 15 * 60_000,
      toConfirm: 'the parallelism goes down and up again with every restart although the number of TaskManagers stays the same',
    },
    samples: [{ version: '2.0.0', log: rescaling(6) }],
    nearMisses: [{ version: '2.0.0', log: rescaling(3) }, { version: '1.12.7', log: rescaling(6) }, { log: rescaling(6) }],
  },
];
