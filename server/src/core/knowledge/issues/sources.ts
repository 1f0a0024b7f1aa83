import { dump, IDLE_TASK, IN_WAIT, inVersion, OBJECT, PARKED, TASK, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

const FETCHER = 'Source Data Fetcher for Source: orders (1/2)#0';
const QUEUE = 'org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue';
const KINESIS = 'org.apache.flink.streaming.connectors.kinesis.';
const SHARDS = 'shardConsumers-Source: Kinesis (1/2)-thread-0';

const sample37663: Sample = dump(
  '1.18.1',
  thread(FETCHER, 'WAITING', [...PARKED, `${QUEUE}.waitOnPut`, `${QUEUE}.put`]),
  thread('Source: orders (1/2)#0', 'WAITING', IDLE_TASK),
);
const sourcesIdle = (version: string): Sample =>
  dump(
    version,
    thread(FETCHER, 'WAITING', [...PARKED, 'org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher.getNextTaskUnsafe']),
    thread('Source: orders (1/2)#0', 'WAITING', IDLE_TASK),
  );
const sample13226: Sample = dump(
  '1.8.3',
  thread(
    'Async calls on Sink (1/2)',
    'WAITING',
    [
      ...PARKED,
      'org.apache.kafka.clients.producer.internals.TransactionalRequestResult.await',
      'org.apache.flink.streaming.connectors.kafka.FlinkKafkaProducer.commit',
      'org.apache.flink.streaming.runtime.tasks.StreamTask.notifyCheckpointComplete',
    ],
    { holds: [['A', OBJECT, 4]] },
  ),
  thread(TASK, 'BLOCKED', ['org.apache.flink.streaming.runtime.tasks.StreamTask.cleanUp'], { wants: ['A', OBJECT] }),
);
const sample17170: Sample = dump(
  '1.12.3',
  thread(
    'Source: Kinesis (1/2)#0',
    'TIMED_WAITING',
    [...PARKED, `${KINESIS}internals.KinesisDataFetcher.awaitTermination`, `${KINESIS}FlinkKinesisConsumer.cancel`],
    { holds: [['A', OBJECT, 3]] },
  ),
  thread(SHARDS, 'BLOCKED', [`${KINESIS}internals.KinesisDataFetcher.emitRecordAndUpdateState`], { wants: ['A', OBJECT] }),
);
const sample14107: Sample = dump('1.9.0', thread('recordEmitter-Source: Kinesis (1/2)', 'WAITING', [...IN_WAIT, `${KINESIS}util.RecordEmitter.run`]));
const sample22479: Sample = dump(
  '1.12.3',
  thread(SHARDS, 'WAITING', [
    ...PARKED,
    'java.util.concurrent.LinkedBlockingQueue.put',
    `${KINESIS}internals.publisher.fanout.FanOutShardSubscriber.activateSubscription`,
  ]),
);
const FOR_NAME = ['java.lang.Class.forName0', 'java.lang.Class.forName'];
/** As JDK 8 prints it: the services of DriverManager are loaded inside its initialiser, the other side waits in the initialiser of its driver. */
const sample19435: Sample = dump(
  '1.11.3',
  thread('Source: mysql (1/2)', 'RUNNABLE', [
    'sun.reflect.NativeConstructorAccessorImpl.newInstance0',
    'java.lang.Class.newInstance',
    'java.util.ServiceLoader$LazyIterator.nextService',
    'java.sql.DriverManager$2.run',
    'java.security.AccessController.doPrivileged',
    'java.sql.DriverManager.loadInitialDrivers',
    'java.sql.DriverManager.<clinit>',
    'com.mysql.cj.jdbc.Driver.<clinit>',
    ...FOR_NAME,
  ]),
  thread('Sink: postgres (1/2)', 'RUNNABLE', ['org.postgresql.Driver.<clinit>', ...FOR_NAME]),
);
/** A driver that registers itself without waiting: DriverManager is ready. */
const registering: Sample = dump(
  '1.11.3',
  thread('Source: mysql (1/2)', 'RUNNABLE', ['java.sql.DriverManager.loadInitialDrivers', 'java.sql.DriverManager.<clinit>', ...FOR_NAME]),
  thread('Sink: postgres (1/2)', 'RUNNABLE', ['java.sql.DriverManager.registerDriver', 'org.postgresql.Driver.<clinit>', ...FOR_NAME]),
);
const sample13253: Sample = dump(
  undefined,
  thread(
    TASK,
    'TIMED_WAITING',
    [...PARKED, 'java.util.concurrent.ThreadPoolExecutor.awaitTermination', 'org.apache.flink.api.java.io.jdbc.JDBCUpsertOutputFormat.close'],
    { holds: [['A', 'org.apache.flink.api.java.io.jdbc.JDBCUpsertOutputFormat', 3]] },
  ),
  thread('jdbc-upsert-output-format-thread-1', 'BLOCKED', ['org.apache.flink.api.java.io.jdbc.JDBCUpsertOutputFormat.flush'], {
    wants: ['A', 'org.apache.flink.api.java.io.jdbc.JDBCUpsertOutputFormat'],
  }),
);
const BULK = 'org.elasticsearch.action.bulk.';
const sample11046: Sample = dump(
  '1.7.1',
  thread(TASK, 'WAITING', [...PARKED, `${BULK}BulkRequestHandler.execute`, `${BULK}BulkProcessor.execute`, `${BULK}BulkProcessor.internalAdd`], {
    holds: [['A', `${BULK}BulkProcessor`, 4]],
  }),
  thread('elasticsearch[scheduler][T#1]', 'BLOCKED', [`${BULK}BulkProcessor.internalAdd`, `${BULK}Retry$RetryHandler.onResponse`], {
    wants: ['A', `${BULK}BulkProcessor`],
  }),
);
const starRocks: Sample = dump(
  undefined,
  thread('Sink: StarRocks (1/2)#0', 'WAITING', [
    ...PARKED,
    'java.util.concurrent.LinkedBlockingDeque.put',
    'com.starrocks.connector.flink.manager.StarRocksSinkManager.flush',
    'com.starrocks.connector.flink.table.StarRocksDynamicSinkFunction.snapshotState',
  ]),
);
const iceberg: Sample = dump(
  undefined,
  thread(
    'Source Data Fetcher for Source: iceberg (1/2)#',
    'WAITING',
    [
      ...PARKED,
      'org.apache.flink.connector.file.src.util.Pool.pollEntry',
      'org.apache.iceberg.flink.source.reader.ArrayPoolDataIteratorBatcher$ArrayPoolBatchIterator.getCachedEntry',
    ],
    { times: 3 },
  ),
);

const MANAGER = 'org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager';
const sample36585: Sample = dump(
  '2.0-SNAPSHOT',
  thread('SourceFetcher', 'RUNNABLE', ['java.util.concurrent.CompletableFuture.thenRun', `${MANAGER}.lambda$close$1`]),
);
/** Constructed after the pull request: the closing batch was refused, its latch stays up, and the task has nothing left to process. */
const sample40660: Sample = dump(
  '2.1.0',
  thread(FETCHER, 'WAITING', [
    ...PARKED,
    'java.util.concurrent.CountDownLatch.await',
    'org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher.run',
  ]),
  thread('Source: orders (1/2)#0', 'TIMED_WAITING', [...PARKED, 'java.util.concurrent.ThreadPoolExecutor.awaitTermination', `${MANAGER}.close`]),
);
const sample25792: Sample = dump(
  '1.15-SNAPSHOT',
  thread(TASK, 'RUNNABLE', [
    'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl.tryYield',
    'org.apache.flink.connector.base.sink.writer.AsyncSinkWriter.write',
  ]),
);

/** Sources, sinks and their client libraries. */
export const SOURCE_ISSUES: readonly KnownIssue[] = [
  {
    key: 'FLINK-37663',
    title: 'A split fetcher waits for room that is already there',
    kind: 'lost-notification',
    cause:
      'The queue between fetcher and task wakes up a fetcher that no longer waits. The one that does wait stays in put although the queue has room.',
    affected: ['1.12.0-'],
    fixed: [],
    uncertain: 'Whether 1.11.2 and later of 1.11 have it was not verified. No release had the fix when this was written.',
    precondition: 'A source with several fetchers, or a wake-up while a fetcher waits.',
    workaround: 'Restart the job.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.FutureCompletingBlockingQueue\.(?:put|waitOnPut)$/], roles: ['split-fetcher'], states: ['WAITING', 'TIMED_WAITING'] },
        { frames: [/\.TaskMailboxImpl\.take$/], roles: ['task'] },
      ],
    },
    samples: [sample37663],
    nearMisses: [without(sample37663, 'FutureCompletingBlockingQueue')],
  },
  {
    key: 'FLINK-36585',
    title: 'Closing the fetchers of a source spins',
    kind: 'livelock',
    cause:
      'Closing chains one action after the other onto a future without waiting for any of them. While a fetcher takes long to end, this takes a core and fills the heap.',
    affected: [],
    fixed: ['2.0.0'],
    uncertain: 'Only in development versions of 2.0 and its preview.',
    precondition: 'A source closes while a fetcher is busy.',
    workaround: null,
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.CompletableFuture\.\w+$/, /\.SplitFetcherManager\.(?:lambda\$)?close/], states: ['RUNNABLE'] }],
    },
    samples: [sample36585],
    nearMisses: [without(sample36585, 'SplitFetcherManager'), inVersion(sample36585, '2.0.0')],
  },
  {
    key: 'FLINK-40660',
    title: 'A split fetcher that ends waits for a batch that was refused',
    kind: 'lost-notification',
    cause:
      'A fetcher that shuts down puts an empty batch and waits until it is processed. Where a wake-up is left over the queue refuses the batch, nobody sees that, and the wait has no end.',
    affected: ['2.0.0-'],
    fixed: [],
    uncertain: 'No release had the fix when this was written.',
    precondition: 'The queue is full when the fetcher shuts down.',
    workaround: 'Restart the job; closing gives up after source.reader.close.timeout.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.CountDownLatch\.await$/, /\.fetcher\.SplitFetcher\.run$/], roles: ['split-fetcher'], states: ['WAITING'] },
        { frames: [/\.awaitTermination$/, /\.SplitFetcherManager\.close$/], roles: ['task'] },
      ],
    },
    samples: [sample40660],
    nearMisses: [without(sample40660, 'SplitFetcher.run'), without(sample40660, 'SplitFetcherManager'), inVersion(sample40660, '1.20.5')],
  },
  {
    key: 'FLINK-25792',
    title: 'The asynchronous sink spins while it waits for room',
    kind: 'livelock',
    cause: 'Writing an element tries to run a mail again and again while too much is in flight. The task takes a core and does nothing with it.',
    affected: [],
    fixed: ['1.15.0'],
    uncertain: 'Only in development versions of 1.15.',
    precondition: 'A sink on AsyncSinkBase with a slow destination.',
    workaround: null,
    signature: { shape: 'stacks', sides: [{ frames: [/\.MailboxExecutor(?:Impl)?\.tryYield$/, /\.AsyncSinkWriter\.\w+$/], states: ['RUNNABLE'] }] },
    samples: [sample25792],
    nearMisses: [without(sample25792, 'AsyncSinkWriter'), inVersion(sample25792, '1.15.0')],
  },
  {
    key: 'FLINK-37670',
    title: 'Watermark alignment stalls once no splits are left',
    kind: 'hang',
    cause:
      'The fix of FLINK-35157 stopped telling the new maximum watermark to subtasks that get no more splits. Those that still read stay paused for an alignment that cannot move.',
    affected: ['1.19.2-1.19', '1.20.0-1.20.1', '2.0.0'],
    fixed: ['1.20.2', '2.0.1', '2.1.0'],
    precondition: 'Watermark alignment with a bounded assignment.',
    workaround: 'Switch watermark alignment off.',
    signature: {
      shape: 'symptom',
      symptoms: ['split-fetchers', 'sources-idle', 'no-back-pressure'],
      toConfirm: 'watermark alignment is on, and the watermark lag stays the same while sources read nothing',
    },
    samples: [sourcesIdle('1.20.1')],
    nearMisses: [sourcesIdle('1.20.2'), dump('1.20.1', thread('Source: orders (1/2)#0', 'WAITING', IDLE_TASK))],
  },
  {
    key: 'FLINK-35157',
    title: 'Watermark alignment stalls after some subtasks finished',
    kind: 'hang',
    cause: 'A finished subtask leaves its last watermark behind. The group waits for it for ever.',
    affected: ['1.15.0-1.19.1'],
    fixed: ['1.19.2', '1.20.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Watermark alignment with bounded splits.',
    workaround: 'Switch watermark alignment off.',
    signature: {
      shape: 'symptom',
      symptoms: ['split-fetchers', 'sources-idle', 'no-back-pressure'],
      toConfirm: 'watermark alignment is on, and some subtasks of the source are FINISHED',
    },
    samples: [sourcesIdle('1.19.0'), sourcesIdle('1.19.1')],
    nearMisses: [sourcesIdle('1.19.2')],
  },
  {
    key: 'FLINK-40093',
    title: 'Idle splits paused by alignment are not resumed',
    kind: 'hang',
    cause: 'Splits that became idle while paused are left out when the alignment resumes splits. They are never read again.',
    affected: ['2.1.2-2.1', '2.2.1-'],
    fixed: [],
    uncertain: 'No release had the fix when this was written.',
    precondition: 'Split-level alignment with a short idleness timeout.',
    workaround: 'A longer idleness timeout.',
    signature: {
      shape: 'symptom',
      symptoms: ['split-fetchers', 'sources-idle', 'no-back-pressure'],
      toConfirm: 'split-level alignment and withIdleness are used, and some splits have a growing lag',
    },
    samples: [sourcesIdle('2.1.3'), sourcesIdle('2.3.0')],
    nearMisses: [sourcesIdle('1.18.0'), sourcesIdle('2.2.0')],
  },
  {
    key: 'FLINK-13226',
    title: 'Kafka commit on a closed producer holds the checkpoint lock',
    kind: 'hang',
    cause:
      'A transaction is committed on a producer that has been closed, and the call never returns. It holds the checkpoint lock, which the task needs to clean up.',
    affected: ['1.4-1.8'],
    fixed: ['1.9.0'],
    precondition: 'FlinkKafkaProducer with exactly-once.',
    workaround: 'Restart the TaskManager.',
    signature: {
      shape: 'lock',
      lockClass: /^java\.lang\.Object$/,
      holder: { frames: [/\.TransactionalRequestResult\.await$/, /\.notifyCheckpointComplete$/] },
      waiter: { frames: [/\.StreamTask\.(?:cleanUp|releaseOutputResources)$/] },
    },
    samples: [sample13226],
    nearMisses: [without(sample13226, 'TransactionalRequestResult')],
  },
  {
    key: 'FLINK-17170',
    title: 'Kinesis: cancel and fetcher block each other',
    kind: 'deadlock',
    cause:
      'Stopping with a savepoint cancels the consumer under the checkpoint lock and waits for its fetcher. The fetcher needs the lock to emit its last records.',
    affected: ['1.9.0-1.12.3', '1.13.0'],
    fixed: ['1.12.4', '1.13.1', '1.14.0'],
    precondition: 'Stop with savepoint and the legacy Kinesis consumer.',
    workaround: 'Cancel with a savepoint instead.',
    signature: {
      shape: 'lock',
      lockClass: /^java\.lang\.Object$/,
      holder: { frames: [/\.KinesisDataFetcher\.awaitTermination$/, /\.FlinkKinesisConsumer\.cancel$/] },
      waiter: { frames: [/\.KinesisDataFetcher\.emitRecordAndUpdateState$/] },
    },
    samples: [sample17170],
    nearMisses: [without(sample17170, 'FlinkKinesisConsumer.cancel')],
  },
  {
    key: 'FLINK-14107',
    title: 'Kinesis record emitter waits on the wrong queue',
    kind: 'livelock',
    cause: 'With event-time synchronisation the emitter forgets the queue with the smallest watermark. It waits although records are there.',
    affected: ['1.8.0-1.8.2', '1.9.0'],
    fixed: ['1.8.3', '1.9.1'],
    precondition: 'Kinesis source synchronisation.',
    workaround: 'Switch the synchronisation off.',
    signature: { shape: 'stacks', sides: [{ frames: [/^java\.lang\.Object\.(?:wait|wait0)$/, /\.kinesis\.util\.RecordEmitter\.run$/] }] },
    samples: [sample14107],
    nearMisses: [without(sample14107, 'RecordEmitter')],
  },
  {
    key: 'FLINK-22479',
    title: 'Kinesis fan-out: network and source wait for each other',
    kind: 'hang',
    cause:
      'The subscriber hands records over through a queue without timeouts. Network and source thread wait for each other when a subscription ends.',
    affected: ['1.12.0-1.12.3', '1.13.0'],
    fixed: ['1.12.4', '1.13.1'],
    precondition: 'Kinesis with enhanced fan-out.',
    workaround: 'Use polling.',
    signature: { shape: 'stacks', sides: [{ frames: [/BlockingQueue\.(?:put|take)$/, /\.FanOutShardSubscriber/] }] },
    samples: [sample22479],
    nearMisses: [without(sample22479, 'FanOutShardSubscriber')],
  },
  {
    key: 'FLINK-19435',
    also: ['FLINK-35301'],
    title: 'JDBC drivers deadlock while their classes are initialised',
    kind: 'deadlock',
    cause:
      "Two threads initialise DriverManager and a driver in opposite order; the JVM makes each wait for the class of the other. Such a wait is invisible to the JVM's deadlock detection: the threads are RUNNABLE.",
    affected: ['<=1.11', '1.12.0'],
    fixed: ['1.12.1', '1.13.0'],
    precondition: 'Two JDBC drivers are loaded at the same time, mostly on Java 8. Flink CDC has the same bug up to 3.1.0 (FLINK-35301).',
    workaround: 'Put the drivers into lib/, or load them once before.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/^java\.sql\.DriverManager\.(?:<clinit>|loadInitialDrivers|ensureDriversInitialized)$/], states: ['RUNNABLE'] },
        { frames: [/\.\w*Driver\.<clinit>$/], innermost: true, states: ['RUNNABLE'] },
      ],
    },
    samples: [sample19435],
    nearMisses: [without(sample19435, 'postgresql.Driver.<clinit>'), registering],
  },
  {
    key: 'FLINK-13253',
    title: 'JDBC upsert sink closes while its flush needs the same lock',
    kind: 'deadlock',
    cause: 'Closing waits for the flush thread while it holds the monitor of the output format. The flush thread needs that monitor.',
    affected: [],
    fixed: ['1.9.0'],
    uncertain: 'Only in development versions of 1.9.',
    precondition: 'JDBC upsert sink.',
    workaround: null,
    signature: {
      shape: 'lock',
      lockClass: /JDBCUpsertOutputFormat$/,
      holder: { frames: [/\.awaitTermination$/, /\.JDBCUpsertOutputFormat\.close$/] },
      waiter: { frames: [/\.JDBCUpsertOutputFormat\.flush$/] },
    },
    samples: [sample13253],
    nearMisses: [without(sample13253, 'JDBCUpsertOutputFormat.close')],
  },
  {
    key: 'FLINK-11046',
    title: "Elasticsearch sink waits inside the bulk processor's lock",
    kind: 'deadlock',
    cause:
      'A failure handler adds a request while the bulk processor holds its lock and waits for a free slot. The slot is freed by a callback that needs the lock.',
    affected: ['<=1.7.1'],
    fixed: ['1.7.2', '1.8.0'],
    precondition: 'A failure handler that adds requests again.',
    workaround: 'Fewer concurrent requests; a newer Elasticsearch client.',
    signature: {
      shape: 'lock',
      lockClass: /BulkProcessor$/,
      holder: { frames: [/\.BulkProcessor\.(?:internalAdd|execute|flush)$/] },
      waiter: { frames: [/\.BulkProcessor\.\w+$/, /Retry\$RetryHandler\.\w+$/] },
    },
    samples: [sample11046],
    nearMisses: [without(sample11046, 'RetryHandler')],
  },
  {
    key: 'FLINK-13689',
    title: 'Elasticsearch client threads leak while the cluster is down',
    kind: 'leak',
    cause: 'A client whose connection check fails is not closed. Every restart of the job leaves its I/O dispatcher threads behind.',
    affected: ['<=1.10.1'],
    fixed: ['1.10.2', '1.11.0'],
    precondition: 'The job restarts while Elasticsearch is unreachable.',
    workaround: 'Restart the TaskManager.',
    signature: { shape: 'count', name: /^I\/O dispatcher \d+$/, atLeast: 50, frames: [/\.nio\.reactor\.AbstractIOReactor\.execute$/] },
    samples: [
      dump(
        '1.10.1',
        thread('I/O dispatcher ', 'RUNNABLE', ['sun.nio.ch.SelectorImpl.select', 'org.apache.http.impl.nio.reactor.AbstractIOReactor.execute'], {
          times: 60,
        }),
      ),
    ],
    nearMisses: [
      dump(
        '1.10.1',
        thread('I/O dispatcher ', 'RUNNABLE', ['sun.nio.ch.SelectorImpl.select', 'org.apache.http.impl.nio.reactor.AbstractIOReactor.execute'], {
          times: 8,
        }),
      ),
    ],
  },
  {
    key: 'ICEBERG-16426',
    title: 'Iceberg source: fetcher threads stay after cancel',
    kind: 'leak',
    cause: 'The batch pool of the reader waits without reacting to a wake-up. Every failover leaves its fetcher threads behind.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Iceberg connector (up to 1.10.2 and 1.11.0, a fix is merged), not of a Flink version.',
    precondition: 'Iceberg source.',
    workaround: null,
    signature: {
      shape: 'count',
      name: /^(Source Data Fetcher for .+ \(\d+\/\d+\))#\d*$/,
      atLeast: 2,
      frames: [/\.Pool\.pollEntry$/, /\.ArrayPoolDataIteratorBatcher/],
    },
    samples: [iceberg],
    nearMisses: [without(iceberg, 'ArrayPoolDataIteratorBatcher')],
  },
  {
    key: 'STARROCKS-14',
    title: 'StarRocks sink: snapshot waits for a flush thread that has died',
    kind: 'hang',
    cause: 'The flush thread of the sink has ended after an error. The snapshot waits for ever to put into its queue of one element.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the StarRocks connector (1.1.4), not of a Flink version.',
    precondition: 'StarRocks sink.',
    workaround: 'Restart the job; upgrade the connector.',
    signature: { shape: 'stacks', sides: [{ frames: [/\.LinkedBlockingDeque\.put$/, /\.StarRocksDynamicSinkFunction\.snapshotState$/] }] },
    samples: [starRocks],
    nearMisses: [without(starRocks, 'StarRocksDynamicSinkFunction')],
  },
];
