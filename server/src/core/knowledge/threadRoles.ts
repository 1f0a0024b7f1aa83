import { told } from './told.ts';
/**
 * What a thread of a Flink process is for, told by its name. Sources: the Flink class named in each entry.
 * A role says what the thread does; whether its wait is normal is told by its frames (frames.ts).
 */

export type RoleGroup = 'task' | 'source' | 'checkpoint' | 'network' | 'state' | 'rpc' | 'jobmanager' | 'connector' | 'jvm' | 'other';

export interface Role {
  id: string;
  title: string;
  group: RoleGroup;
  /** What the thread does, in plain words. */
  meaning: string;
  /** Where to look next when it stands still. */
  next?: string;
  /** A pool thread: dozens of them waiting for work mean nothing. */
  pool?: boolean;
}

export interface RolePattern {
  role: string;
  /** Named groups: `task` the task's name with its subtask, `op` an operator. */
  pattern: RegExp;
  /** Flink versions that use the name, where known. */
  versions?: string;
  samples: string[];
  nearMisses: string[];
}

const role = (id: string, group: RoleGroup, title: string, meaning: string, more: Partial<Role> = {}): Role => ({
  id,
  group,
  title,
  meaning,
  ...more,
});

export const ROLES: readonly Role[] = told([
  role(
    'task',
    'task',
    'task thread',
    'Runs the operators of one subtask: reads input, processes records and timers, takes the synchronous part of checkpoints. Everything of the subtask waits while this thread waits.',
    {
      next: 'Its top frames say whether it is idle, back-pressured, busy or blocked.',
    },
  ),
  role(
    'legacy-source',
    'source',
    'legacy source thread',
    'Runs the SourceFunction of one subtask. It emits records while it holds the checkpoint lock, so mails of the task thread (checkpoints, timers) wait for it.',
    {
      next: 'When it stands in an emit, look downstream for the cause of the back-pressure.',
    },
  ),
  role('split-fetcher', 'source', 'split fetcher', 'Fetches records of source splits and hands them to the task thread through a small queue.', {
    next: 'Waiting in put: the task thread does not take records. Waiting for a split: nothing to read.',
  }),
  role(
    'channel-state-writer',
    'checkpoint',
    'channel state writer',
    'Writes the in-flight buffers of an unaligned checkpoint. It recycles network buffers at the same time as the task thread does.',
    {
      next: 'Blocked on an AvailableBufferQueue: check for FLINK-22946.',
    },
  ),
  role('channel-state-reader', 'checkpoint', 'channel state reader', 'Restores in-flight buffers of an unaligned checkpoint when a task starts.', {
    next: 'It needs the task thread to consume what it restores.',
  }),
  role('output-flusher', 'network', 'output flusher', 'Flushes half-full network buffers downstream every execution.buffer-timeout.'),
  role('timer', 'task', 'processing-time timer', 'Fires processing-time timers of one task; from 1.10 on it only posts a mail to the task thread.'),
  role(
    'async-checkpoint',
    'checkpoint',
    'asynchronous checkpoint thread',
    'Runs the asynchronous part of snapshots: uploads state. Shared by all tasks of the TaskManager.',
    {
      next: 'Many of them in file-system calls: the checkpoint storage is slow.',
      pool: true,
    },
  ),
  role(
    'task-dispatch',
    'checkpoint',
    'asynchronous call dispatcher',
    'Triggers and confirms checkpoints of one task (Flink up to 1.9); it needs the checkpoint lock.',
  ),
  role('async-io-emitter', 'task', 'async I/O emitter', 'Emits results of an AsyncWaitOperator under the checkpoint lock (Flink up to 1.9).'),
  role(
    'canceler',
    'task',
    'canceler',
    'Cancels one task: closes its inputs and outputs and interrupts it. It is there only while a task is being cancelled.',
    {
      next: 'Blocked: it cannot release the network resources; the task stays CANCELING until the watchdog kills the TaskManager.',
    },
  ),
  role(
    'cancel-interrupter',
    'task',
    'cancel interrupter',
    'Interrupts a task that does not react to cancelling, every task.cancellation.interval (30 s). Its presence means that the task did not react at first.',
  ),
  role(
    'cancel-watchdog',
    'task',
    'cancellation watchdog',
    'Ends the TaskManager process when a task is not cancelled within task.cancellation.timeout (180 s).',
  ),
  role(
    'netty-server',
    'network',
    'Netty server',
    'Sends the output of this TaskManager to others. A blocked one stalls every channel on its event loop.',
    { pool: true },
  ),
  role(
    'netty-client',
    'network',
    'Netty client',
    'Receives the input of this TaskManager from others. A blocked one stalls every channel on its event loop.',
    { pool: true },
  ),
  role('io-manager', 'state', 'IO manager', 'Reads or writes spill files of batch operators and sorters.', { pool: true }),
  role('sorter', 'task', 'external sorter', 'Sorts, merges or spills the input of a batch operator.'),
  role('temp-barrier', 'task', 'temporary barrier', 'Buffers the whole input of a batch operator to break a pipeline.'),
  role('shuffle-read', 'network', 'batch shuffle reader', 'Reads blocking (sort-merge or hybrid) shuffle files for consumers.', { pool: true }),
  role('hybrid-shuffle', 'network', 'hybrid shuffle', 'Spills, flushes or reclaims buffers of the hybrid shuffle.', { pool: true }),
  role('taskexecutor-io', 'rpc', 'TaskExecutor I/O', 'Blocking work of the TaskExecutor: downloads for deployment, slot release, log upload.', {
    pool: true,
  }),
  role('taskmanager-future', 'rpc', 'TaskManager future executor', 'Scheduled work of the TaskManager runner.', { pool: true }),
  role('file-cache', 'state', 'file cache', 'Downloads and expires files of the distributed cache.', { pool: true }),
  role('sampler', 'rpc', 'thread-info sampler', 'Samples task threads for the flame graph.', { pool: true }),
  role('profiler', 'rpc', 'profiler', 'Runs the profiler of the web UI.', { pool: true }),
  role('memory-logger', 'jvm', 'memory logger', 'Logs memory use when taskmanager.debug.memory.log is on.'),
  role('changelog', 'state', 'changelog materialisation', 'Materialises the changelog state backend from time to time.', { pool: true }),
  role('forst', 'state', 'ForSt state executor', 'Runs state requests of the disaggregated ForSt backend.', { pool: true }),
  role('state-transfer', 'state', 'state transfer', 'Uploads or downloads files of incremental checkpoints.', { pool: true }),
  role('async-state', 'state', 'asynchronous state timer', 'Flushes batches of asynchronous state requests.', { pool: true }),
  role('file-compact', 'connector', 'file compaction', 'Compacts small files of a FileSink.', { pool: true }),
  role(
    'rpc',
    'rpc',
    'RPC dispatcher',
    'Runs RPC endpoints (JobMaster, Dispatcher, ResourceManager, TaskExecutor); at any moment one of these threads is the main thread of an endpoint. Blocking here makes heartbeats time out.',
    {
      next: 'The class below the RPC frames shows which endpoint it is.',
      pool: true,
    },
  ),
  role('rpc-network', 'rpc', 'RPC network', 'Sends and receives messages between Flink processes (Akka or Pekko remoting).', { pool: true }),
  role('rpc-scheduler', 'rpc', 'RPC scheduler', 'Timer of the RPC system.', { pool: true }),
  role('rpc-main-scheduler', 'rpc', 'endpoint scheduler', 'Schedules delayed calls into the main thread of an RPC endpoint.', { pool: true }),
  role('rpc-supervisor', 'rpc', 'RPC supervisor', 'Finishes the termination of RPC endpoints.', { pool: true }),
  role(
    'source-enum-worker',
    'jobmanager',
    'split enumerator worker',
    'Runs blocking calls of a SplitEnumerator, such as listing files or partitions.',
  ),
  role('source-coordinator', 'jobmanager', 'source coordinator', 'Main thread of a SplitEnumerator: assigns splits to the subtasks of one source.', {
    next: 'More than one per source and job means that old ones were not closed.',
  }),
  role('checkpoint-timer', 'jobmanager', 'checkpoint timer', 'Triggers checkpoints of one job.'),
  role('jobmanager-io', 'jobmanager', 'JobManager I/O', 'Writes checkpoint metadata and discards old state.', { pool: true }),
  role('cluster-io', 'jobmanager', 'cluster I/O', 'Blocking work of the cluster entry point: high-availability storage, job graphs, jar files.', {
    pool: true,
  }),
  role('rest-handler', 'jobmanager', 'REST handler', 'Answers requests of the web UI and of clients.', { pool: true }),
  role('rest-netty', 'jobmanager', 'REST server', 'Network threads of the REST server.', { pool: true }),
  role('rest-client', 'other', 'REST client', 'Network threads of a Flink client.', { pool: true }),
  role('jobgraph-serializer', 'jobmanager', 'job-graph serialiser', 'Serialises operators while a job graph is built.', { pool: true }),
  role('leader-election', 'jobmanager', 'leader election', 'Runs leadership changes one after another.'),
  role('kubernetes', 'jobmanager', 'Kubernetes integration', 'Watches and elects through the Kubernetes API.', { pool: true }),
  role('blob-server', 'jobmanager', 'BLOB server', 'Accepts connections for jars and large messages.'),
  role('blob-connection', 'jobmanager', 'BLOB connection', 'Serves one client of the BLOB server.'),
  role('metrics', 'rpc', 'metrics', 'Reports metrics.', { pool: true }),
  role('future-timer', 'rpc', 'future timer', 'Times futures out.', { pool: true }),
  role('fs-safety-net', 'jvm', 'file-system safety net', 'Closes streams that user code leaked.'),
  role(
    'shutdown',
    'jvm',
    'JVM terminator',
    'Forces the end of the process when the shutdown takes too long. Its presence means that the JVM is shutting down.',
  ),
  role('security', 'rpc', 'Kerberos renewal', 'Renews Kerberos tickets.'),
  role('kafka-consumer', 'connector', 'legacy Kafka consumer', 'Polls Kafka for a FlinkKafkaConsumer and hands batches to the source thread.'),
  role('kafka-discovery', 'connector', 'Kafka partition discovery', 'Looks for new partitions.'),
  role('kafka-producer', 'connector', 'Kafka producer network', 'Sends batches of a Kafka producer and receives acknowledgements.', { pool: true }),
  role('kafka-heartbeat', 'connector', 'Kafka heartbeat', 'Keeps the membership in a Kafka consumer group.', { pool: true }),
  role('kafka-admin', 'connector', 'Kafka admin client', 'Metadata calls to Kafka.', { pool: true }),
  role('kinesis', 'connector', 'Kinesis consumer', 'Reads shards or emits records of the legacy Kinesis consumer.'),
  role('pulsar', 'connector', 'Pulsar client', 'Network and timers of the Pulsar client.', { pool: true }),
  role('hadoop', 'connector', 'Hadoop client', 'RPC and data streams of HDFS.', { pool: true }),
  role('yarn', 'jobmanager', 'YARN client', 'Talks to the YARN resource and node managers.', { pool: true }),
  role('zookeeper', 'jobmanager', 'ZooKeeper client', 'Sends to ZooKeeper and delivers its events; leadership callbacks run here.', {
    next: 'Blocked here delays every leadership change.',
  }),
  role('s3', 'connector', 'S3 client', 'Transfers and connection keeping of the S3 client.', { pool: true }),
  role('kubernetes-client', 'jobmanager', 'Kubernetes client library', 'HTTP threads of the Kubernetes client.', { pool: true }),
  role('python', 'task', 'Python bridge', 'Connects the task to its Python worker.', { pool: true }),
  role('lookup-cache', 'connector', 'lookup cache loader', 'Reloads a full lookup cache of a SQL join.'),
  role('queryable-state', 'network', 'queryable state', 'Serves queries of the state.', { pool: true }),
  role('jvm', 'jvm', 'JVM thread', 'Belongs to the JVM itself (garbage collector, compiler, reference handling, signals).', { pool: true }),
  role('executor', 'other', 'pool thread', 'A thread of an executor whose name says no more.', { pool: true }),
  role('unnamed', 'other', 'unnamed thread', 'A thread that nobody named; often user code or a library.'),
]);

const TASK = String.raw`(?<task>.+ \(\d+/\d+\)(?:#\d+)?)`;
const p = (role: string, pattern: RegExp, samples: string[], nearMisses: string[], versions?: string): RolePattern => ({
  role,
  pattern,
  samples,
  nearMisses,
  ...(versions === undefined ? {} : { versions }),
});

/** Tried in this order: prefixed names first, bare task names after them, generic pools last. */
export const ROLE_PATTERNS: readonly RolePattern[] = [
  p(
    'legacy-source',
    new RegExp(`^Legacy Source Thread - ${TASK}$`),
    ['Legacy Source Thread - Source: Custom Source -> Map (1/4)#0'],
    ['Legacy Source - x (1/4)'],
    '1.9+',
  ),
  p(
    'split-fetcher',
    new RegExp(`^Source Data Fetcher for ${TASK}$`),
    ['Source Data Fetcher for Source: orders[1] -> Calc[2] (2/8)#3'],
    ['Source Data Fetcher'],
    '1.11+',
  ),
  p(
    'channel-state-writer',
    new RegExp(`^Channel state writer ${TASK}$`),
    ['Channel state writer Join(xxxxxx) (34/256)#1'],
    ['Channel state reader Join (1/2)#0'],
    '1.11 - 1.16',
  ),
  p('channel-state-writer', /^Channel state writer ?$/, ['Channel state writer', 'Channel state writer '], ['Channel state writers'], '1.17+'),
  p(
    'channel-state-reader',
    /^channel-state-unspilling-(?:thread-\d+|(?<task>.+) \([0-9a-f_]+\)-thread-\d+)$/,
    ['channel-state-unspilling-thread-1'],
    ['channel-state-thread-1'],
    '1.11+',
  ),
  p('output-flusher', /^OutputFlusher(?: for (?<task>.+))?$/, ['OutputFlusher for Source: Kafka', 'OutputFlusher'], ['OutputFlushers'], '1.5+'),
  p(
    'timer',
    /^(?:System )?Time Trigger for (?<task>.+)$/,
    ['Time Trigger for Window (1/2)#0', 'System Time Trigger for Window (1/2)#0'],
    ['Timer-0'],
    '1.5+',
  ),
  p('async-checkpoint', /^AsyncOperations-thread-\d+$/, ['AsyncOperations-thread-12'], ['AsyncOperations'], '1.9+'),
  p('task-dispatch', /^Async calls on (?<task>.+)$/, ['Async calls on Source: Custom Source (1/1)'], ['Async call'], '1.5 - 1.9'),
  p(
    'async-io-emitter',
    /^AsyncIO-Emitter-Thread \((?<op>.+)\)$/,
    ['AsyncIO-Emitter-Thread (async wait operator (1/2))'],
    ['AsyncIO-Emitter'],
    '1.5 - 1.9',
  ),
  p(
    'canceler',
    /^Canceler for (?<task>.+) \((?<exec>[0-9a-f_]+)\)\.$/,
    ['Canceler for Map (1/2)#0 (0d7ec821946a5183b4b8ad7915c212df).'],
    ['Canceler for Map (1/2)#0'],
    '1.5+',
  ),
  p(
    'cancel-interrupter',
    /^Canceler\/Interrupts for (?<task>.+) \((?<exec>[0-9a-f_]+)\)\.$/,
    ['Canceler/Interrupts for Map (1/2)#0 (0d7ec821946a5183b4b8ad7915c212df).'],
    ['Canceler/Interrupts'],
    '1.5+',
  ),
  p(
    'cancel-watchdog',
    /^Cancellation Watchdog for (?<task>.+) \((?<exec>[0-9a-f_]+)\)\.$/,
    ['Cancellation Watchdog for Map (1/2)#0 (0d7ec821946a5183b4b8ad7915c212df).'],
    ['Watchdog for Map'],
    '1.5+',
  ),
  p('netty-server', /^Flink Netty Server \([^)]+\) Thread \d+$/, ['Flink Netty Server (0) Thread 3'], ['Netty Server Thread 3'], '1.5+'),
  p('netty-client', /^Flink Netty Client \([^)]+\) Thread \d+$/, ['Flink Netty Client (44183) Thread 0'], ['Netty Client Thread 0'], '1.5+'),
  p('io-manager', /^IOManager (?:reader|writer) thread #\d+$/, ['IOManager writer thread #1'], ['IOManager thread #1'], '1.5+'),
  p(
    'sorter',
    /^SortMerger (?:Reading Thread|sorting thread|merging thread|spilling thread)$/,
    ['SortMerger spilling thread'],
    ['SortMerger'],
    '1.5+',
  ),
  p('temp-barrier', /^Temp writer$/, ['Temp writer'], ['Temp writer 1'], '1.5+'),
  p('shuffle-read', /^blocking-shuffle-io-thread-\d+$/, ['blocking-shuffle-io-thread-4'], ['shuffle-io-thread-4'], '1.13+'),
  p(
    'hybrid-shuffle',
    /^(?:hybrid spiller thread.*|(?:Producer merge|Segment) partition file flush thread|buffer reclaim checker|remote storage scanner-thread-\d+)$/,
    ['hybrid spiller thread [a]', 'buffer reclaim checker'],
    ['reclaim checker'],
    '1.16+',
  ),
  p('taskexecutor-io', /^flink-taskexecutor-io-thread-\d+$/, ['flink-taskexecutor-io-thread-1'], ['taskexecutor-io'], '1.10+'),
  p('taskmanager-future', /^taskmanager-future-thread-\d+$/, ['taskmanager-future-thread-2'], ['taskmanager-thread'], '1.5+'),
  p('file-cache', /^flink-file-cache-thread-\d+$/, ['flink-file-cache-thread-1'], ['file-cache'], '1.5+'),
  p('sampler', /^flink-thread-info-sampler-thread-\d+$/, ['flink-thread-info-sampler-thread-1'], ['sampler-thread'], '1.13+'),
  p('profiler', /^flink-profiling-service-thread-\d+$/, ['flink-profiling-service-thread-1'], ['profiling-service'], '1.19+'),
  p('memory-logger', /^Memory Logger$/, ['Memory Logger'], ['Memory Loggers'], '1.5+'),
  p(
    'changelog',
    /^periodic-materialization-scheduler-(?<task>.+)-thread-\d+$/,
    ['periodic-materialization-scheduler-Map (1/2)#0-thread-1'],
    ['periodic-materialization'],
    '1.15+',
  ),
  p(
    'forst',
    /^ForSt-(?:StateExecutor-(?:Coordinator(?:-And-Write)?|IO|read-IO|write-IO)|LruLoader)(?:-thread)?-?\d*$/,
    ['ForSt-StateExecutor-IO-thread-3'],
    ['ForSt'],
    '1.20+',
  ),
  p(
    'state-transfer',
    /^Flink-(?:RocksDB|ForSt)StateDataTransfer(?:Helper)?-thread-\d+$/,
    ['Flink-RocksDBStateDataTransfer-thread-1'],
    ['RocksDBStateDataTransfer'],
    '1.5+',
  ),
  p(
    'async-state',
    /^asyncRequestBuffer-timeout-scheduler-thread-\d+$/,
    ['asyncRequestBuffer-timeout-scheduler-thread-1'],
    ['asyncRequestBuffer'],
    '2.1+',
  ),
  p('file-compact', /^compact-executor-thread-\d+$/, ['compact-executor-thread-1'], ['compact-thread'], '1.15+'),
  p(
    'rpc',
    /^(?:flink|flink-metrics)-(?:akka|pekko)\.(?:actor|remote)\.(?<dispatcher>[\w.-]+)-\d+$/,
    ['flink-akka.actor.default-dispatcher-5', 'flink-pekko.actor.default-dispatcher-16'],
    ['akka.actor.default-dispatcher'],
    '1.5+',
  ),
  p('rpc-network', /^flink(?:-metrics)?-\d+$/, ['flink-8', 'flink-metrics-9'], ['flink', 'flink-x-8'], '1.5+'),
  p('rpc-scheduler', /^flink(?:-metrics)?-scheduler-\d+$/, ['flink-scheduler-1'], ['flink-scheduler'], '1.5+'),
  p(
    'rpc-main-scheduler',
    /^(?<endpoint>(?:jobmanager|dispatcher|resourcemanager|taskmanager)[\w-]*)-main-scheduler-thread-\d+$/,
    ['jobmanager_2-main-scheduler-thread-1'],
    ['main-scheduler-thread-1'],
    '1.16+',
  ),
  p(
    'rpc-supervisor',
    /^RpcService-Supervisor-Termination-Future-Executor-thread-\d+$/,
    ['RpcService-Supervisor-Termination-Future-Executor-thread-1'],
    ['RpcService-Supervisor'],
    '1.11+',
  ),
  p(
    'source-enum-worker',
    /^SourceCoordinator-(?<task>.+)-worker-thread-\d+$/,
    ['SourceCoordinator-Source: Kafka-worker-thread-1'],
    ['worker-thread'],
    '1.11+',
  ),
  p('source-coordinator', /^SourceCoordinator-(?<task>.+)$/, ['SourceCoordinator-Source: Kafka'], ['SourceCoordinator'], '1.11+'),
  p('checkpoint-timer', /^Checkpoint Timer$/, ['Checkpoint Timer'], ['Checkpoint Timer 2'], '1.5+'),
  p('jobmanager-io', /^jobmanager-(?:io|future)-thread-\d+$/, ['jobmanager-io-thread-7'], ['jobmanager-thread'], '1.5+'),
  p('cluster-io', /^(?:mini-)?cluster-io-thread-\d+$/, ['cluster-io-thread-3', 'mini-cluster-io-thread-3'], ['cluster-thread'], '1.5+'),
  p('rest-handler', /^Flink-DispatcherRestEndpoint-thread-\d+$/, ['Flink-DispatcherRestEndpoint-thread-2'], ['DispatcherRestEndpoint'], '1.6+'),
  p('rest-netty', /^flink-rest-server-netty-(?:boss|worker)-thread-\d+$/, ['flink-rest-server-netty-worker-thread-1'], ['flink-rest-server'], '1.5+'),
  p(
    'rest-client',
    /^(?:flink-rest-client-netty-thread-\d+|Flink-RestClusterClient-(?:IO|Retry)-thread-\d+)$/,
    ['flink-rest-client-netty-thread-1'],
    ['flink-rest-client'],
    '1.5+',
  ),
  p(
    'jobgraph-serializer',
    /^flink-operator-serialization-io-thread-\d+$/,
    ['flink-operator-serialization-io-thread-1'],
    ['operator-serialization'],
    '1.16+',
  ),
  p(
    'leader-election',
    /^DefaultLeaderElectionService-leadershipOperationExecutor-thread-\d+$/,
    ['DefaultLeaderElectionService-leadershipOperationExecutor-thread-1'],
    ['leadershipOperationExecutor'],
    '1.18+',
  ),
  p(
    'kubernetes',
    /^(?:KubernetesLeaderElector-ExecutorService-thread-\d+|config-map-watch-handler-thread-\d+|KubernetesClient-Informer-thread-\d+|flink-kubeclient-io-for-.+-thread-\d+)$/,
    ['KubernetesLeaderElector-ExecutorService-thread-1'],
    ['config-map-watch-handler'],
    '1.12+',
  ),
  p('blob-server', /^BLOB Server listener at \d+$/, ['BLOB Server listener at 44037'], ['BLOB Server'], '1.5+'),
  p('blob-connection', /^BLOB connection for .+$/, ['BLOB connection for /10.0.0.1:4711'], ['BLOB connection'], '1.5+'),
  p(
    'metrics',
    /^(?:Flink-Metric(?:Registry|-Reporter|-View-Updater)-thread-\d+|SystemResourcesCounter probing thread)$/,
    ['Flink-Metric-View-Updater-thread-1', 'Flink-MetricRegistry-thread-1'],
    ['Flink-Metric-thread-1'],
    '1.5+',
  ),
  p(
    'future-timer',
    /^FlinkCompletableFutureDelayScheduler-thread-\d+$/,
    ['FlinkCompletableFutureDelayScheduler-thread-1'],
    ['CompletableFutureDelayScheduler'],
    '1.5+',
  ),
  p('fs-safety-net', /^CloseableReaperThread$/, ['CloseableReaperThread'], ['ReaperThread'], '1.5+'),
  p('shutdown', /^(?:JVM Terminator Launcher|Jvm Terminator)$/, ['Jvm Terminator'], ['Terminator'], '1.5+'),
  p('security', /^TGTRenewalExecutorService-thread-\d+$/, ['TGTRenewalExecutorService-thread-1'], ['TGTRenewal'], '1.15+'),
  p(
    'kafka-consumer',
    /^(?:Kafka Fetcher for (?<task>.+)|Kafka 0\.\d+ Fetcher for (?<op>.+))$/,
    ['Kafka Fetcher for Source: Kafka -> Map (1/2)#0'],
    ['Kafka Fetcher'],
    'up to 1.16',
  ),
  p(
    'kafka-discovery',
    /^Kafka Partition Discovery for (?<task>.+)$/,
    ['Kafka Partition Discovery for Source: Kafka (1/2)'],
    ['Kafka Partition Discovery'],
    'up to 1.17',
  ),
  p('kafka-producer', /^kafka-producer-network-thread \| .+$/, ['kafka-producer-network-thread | producer-1'], ['kafka-producer-network-thread']),
  p('kafka-heartbeat', /^kafka-coordinator-heartbeat-thread \| .+$/, ['kafka-coordinator-heartbeat-thread | group'], ['kafka-coordinator']),
  p('kafka-admin', /^kafka-admin-client-thread \| .+$/, ['kafka-admin-client-thread | adminclient-1'], ['kafka-admin']),
  p(
    'kinesis',
    /^(?:shardConsumers-(?<task>.+)-thread-\d+|recordEmitter-(?<op>.+))$/,
    ['shardConsumers-Source: Kinesis (1/2)-thread-0', 'recordEmitter-Source: Kinesis (1/2)'],
    ['shardConsumers'],
  ),
  p('pulsar', /^pulsar-(?:client|timer|io|listener)\S*$/, ['pulsar-client-io-1-1'], ['pulsar']),
  p(
    'hadoop',
    /^(?:IPC Client \(\d+\) connection to .+|IPC Parameter Sending Thread #\d+|LeaseRenewer:.+|DataStreamer for file .+|ResponseProcessor for block .+|org\.apache\.hadoop\.(?=.*(?:Cleaner|PeerCache)).*|client DomainSocketWatcher)$/s,
    ['IPC Client (123) connection to nn:8020 from flink', 'LeaseRenewer:flink@nn:8020'],
    ['IPC Client'],
  ),
  p(
    'yarn',
    /^(?:AMRM (?:Heartbeater thread|Callback Handler Thread)|(?=.*NMClientAsync).*|container-log.*)$/s,
    ['AMRM Heartbeater thread', 'org.apache.hadoop.yarn.client.api.async.impl.NMClientAsyncImpl #0'],
    ['AMRM thread'],
  ),
  p(
    'zookeeper',
    /^(?:main-(?:SendThread|EventThread)|Curator-).*$/,
    ['main-SendThread(zk-1:2181)', 'Curator-ConnectionStateManager-0'],
    ['SendThread'],
  ),
  p(
    's3',
    /^(?:s3-transfer-manager-worker-.*|(?:java-sdk-http|idle)-connection-reaper|s3a-transfer-.+|aws-java-sdk-.*)$/,
    ['s3a-transfer-shared-pool1-t2', 'java-sdk-http-connection-reaper'],
    ['s3-worker'],
  ),
  p('kubernetes-client', /^(?:vert\.x-.*|OkHttp .+|(?=.*fabric8).*)$/s, ['vert.x-eventloop-thread-0', 'OkHttp https://10.0.0.1/...'], ['OkHttp']),
  p('python', /^(?:py4j-gateway|grpc-.*|PythonFunctionFactory-thread-\d+|fn-.*)$/, ['grpc-default-executor-3', 'py4j-gateway'], ['python'], '1.9+'),
  p('lookup-cache', /^full-cache-loader-executor$/, ['full-cache-loader-executor'], ['cache-loader'], '1.16+'),
  p(
    'queryable-state',
    /^Flink (?<name>.+) (?:Thread|EventLoop Thread|Event Loop Thread) \d+$/,
    ['Flink Queryable State Server Thread 1'],
    ['Flink Thread'],
    '1.5+',
  ),
  p(
    'task',
    /^(?<task>.+ \(\d+\/\d+\)(?:#\d+)?)$/,
    ['Join(xxxxxx) (34/256)#1', 'Source: a -> Map (1/4)', 'Map "x" (2/2)#7'],
    ['Map (1/4)#', 'Map 1/4', 'Map (1/4) idle'],
    '1.5+',
  ),
  p(
    'jvm',
    /^(?:main|Reference Handler|Finalizer|Signal Dispatcher|Attach Listener|Common-Cleaner|Cleaner-\d+|Notification Thread|DestroyJavaVM|Service Thread|Monitor Deflation Thread|Monitor Ctrl-Break|C[12] CompilerThread\d+|Sweeper thread|VM Thread|VM Periodic Task Thread|GC Thread#\d+|GC task thread#\d+ .*|G1 .+|Concurrent Mark-Sweep GC Thread|ParGC Thread|Surrogate Locker Thread.*|JFR .+|Log4j2-.+|process reaper.*|RMI .+|JMX .+|ForkJoinPool-\d+-worker-\d+|ForkJoinPool\.commonPool-worker-\d+)$/,
    ['Reference Handler', 'C2 CompilerThread0', 'G1 Main Marker', 'main'],
    ['Reference', 'main-1'],
  ),
  p('executor', /^(?<pool>.+)-thread-(?<n>\d+)$/, ['pool-3-thread-1', 'my-sink-thread-2'], ['pool-3', 'thread-2-x'], '1.5+'),
  p('unnamed', /^Thread-\d+$/, ['Thread-42'], ['Thread-x', 'MyThread-1']),
];
