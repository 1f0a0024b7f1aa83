import { cycle, dump, OBJECT, PARKED, TASK, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

/** Samples here are constructed: the frames of the public reports, written out in short. */
const BULK = 'org.elasticsearch.action.bulk.';
const PULSAR = 'org.apache.pulsar.client.impl.';
const BINLOG = 'com.github.shyiko.mysql.binlog.';

const bulkLatch: Sample = dump(
  undefined,
  thread(
    TASK,
    'WAITING',
    [...PARKED, 'java.util.concurrent.CountDownLatch.await', `${BULK}BulkRequestHandler.execute`, `${BULK}BulkProcessor.execute`],
    { holds: [['A', `${BULK}BulkProcessor`, 4]] },
  ),
  thread('elasticsearch[scheduler][T#1]', 'BLOCKED', [`${BULK}BulkProcessor$Flush.run`, 'java.util.concurrent.ThreadPoolExecutor$Worker.run'], {
    wants: ['A', `${BULK}BulkProcessor`],
  }),
);
const pulsarTopics: Sample = dump(
  undefined,
  thread(
    'pulsar-client-io-1-1',
    'BLOCKED',
    [
      'java.util.concurrent.ConcurrentHashMap.putVal',
      `${PULSAR}MultiTopicsConsumerImpl.lambda$doSubscribeTopicPartitions$1`,
      'java.util.concurrent.ConcurrentHashMap.compute',
      `${PULSAR}MultiTopicsConsumerImpl.doSubscribeTopicPartitions`,
    ],
    { wants: ['A', 'java.util.concurrent.ConcurrentHashMap$Node'], holds: [['B', 'java.util.concurrent.ConcurrentHashMap$ReservationNode', 2]] },
  ),
  thread(
    'pulsar-client-io-1-2',
    'BLOCKED',
    [
      'java.util.concurrent.ConcurrentHashMap.putVal',
      `${PULSAR}MultiTopicsConsumerImpl.lambda$doSubscribeTopicPartitions$1`,
      'java.util.concurrent.ConcurrentHashMap.compute',
      `${PULSAR}MultiTopicsConsumerImpl.doSubscribeTopicPartitions`,
    ],
    { wants: ['B', 'java.util.concurrent.ConcurrentHashMap$ReservationNode'], holds: [['A', 'java.util.concurrent.ConcurrentHashMap$Node', 2]] },
  ),
);
const pulsarUnacked: Sample = cycle(
  undefined,
  [
    'pulsar-timer-4-1',
    [`${PULSAR}ConsumerImpl.redeliverUnacknowledgedMessages`, `${PULSAR}UnAckedMessageTracker$2.run`],
    'org.apache.pulsar.client.impl.ConsumerImpl',
  ],
  [
    'pulsar-client-internal-5-1',
    [`${PULSAR}UnAckedMessageTracker.add`, `${PULSAR}ConsumerImpl.messageProcessed`],
    'java.util.concurrent.locks.ReentrantReadWriteLock',
  ],
);
const pulsarNacks: Sample = cycle(
  undefined,
  ['pulsar-timer-4-1', [`${PULSAR}ConsumerImpl.redeliverUnacknowledgedMessages`, `${PULSAR}NegativeAcksTracker.triggerRedelivery`], OBJECT],
  ['pulsar-client-internal-5-1', [`${PULSAR}NegativeAcksTracker.close`, `${PULSAR}ConsumerImpl.closeAsync`], OBJECT],
);
const binlogKeepAlive: Sample = dump(
  undefined,
  thread('Source Data Fetcher for Source: mysql (1/2)#0', 'TIMED_WAITING', [
    ...PARKED,
    'java.util.concurrent.ThreadPoolExecutor.awaitTermination',
    `${BINLOG}BinaryLogClient.terminateKeepAliveThread`,
    `${BINLOG}BinaryLogClient.disconnect`,
  ]),
  thread('blc-keepalive-db-1:3306', 'WAITING', [
    ...PARKED,
    'java.util.concurrent.locks.ReentrantLock.lock',
    `${BINLOG}BinaryLogClient.connect`,
    `${BINLOG}BinaryLogClient$6.run`,
  ]),
);
const okioWatchdog: Sample = dump(
  undefined,
  thread('Okio Watchdog', 'BLOCKED', ['okhttp3.internal.http2.Http2Stream.closeInternal', 'okio.AsyncTimeout$Watchdog.run'], {
    wants: ['A', 'okhttp3.internal.http2.Http2Stream'],
  }),
  thread('OkHttp Dispatcher', 'WAITING', [...PARKED, 'java.util.concurrent.locks.ReentrantLock.lock', 'okio.AsyncTimeout.exit'], {
    holds: [['A', 'okhttp3.internal.http2.Http2Stream', 3]],
  }),
);
const paimonFetchers = (times: number): Sample =>
  dump(
    undefined,
    thread(
      'Source Data Fetcher for Source: paimon (1/2)#',
      'WAITING',
      [
        ...PARKED,
        'org.apache.flink.connector.file.src.util.Pool.pollEntry',
        'org.apache.paimon.flink.source.FileStoreSourceSplitReader.pool',
        'org.apache.paimon.flink.source.FileStoreSourceSplitReader.fetch',
      ],
      { times },
    ),
  );
const hiveLock: Sample = dump(
  undefined,
  thread('Global Committer : orders (1/1)#0', 'TIMED_WAITING', [
    'java.lang.Thread.sleep',
    'org.apache.paimon.hive.HiveCatalogLock.lock',
    'org.apache.paimon.hive.HiveCatalogLock.runWithLock',
  ]),
);
const asyncOnClose: Sample = dump(
  undefined,
  thread('Source Data Fetcher for Source: mysql (1/2)#0', 'BLOCKED', [
    'sun.security.ssl.SSLSocketImpl.close',
    `${BINLOG}network.protocol.PacketChannel.close`,
    `${BINLOG}BinaryLogClient.disconnectChannel`,
  ]),
  thread('blc-db-1:3306', 'RUNNABLE', ['java.net.SocketOutputStream.socketWrite0', 'sun.security.ssl.SSLSocketOutputRecord.deliver']),
);

const INGESTER = 'co.elastic.clients.elasticsearch._helpers.bulk.';
const ingester: Sample = dump(
  undefined,
  thread('I/O client dispatch - 1', 'WAITING', [
    ...PARKED,
    'java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitUninterruptibly',
    `${INGESTER}FnCondition.whenReadyIf`,
    `${INGESTER}FnCondition.whenReady`,
    `${INGESTER}BulkIngester.add`,
    'com.example.RetryListener.afterBulk',
    'java.util.concurrent.CompletableFuture.completeExceptionally',
    'co.elastic.clients.transport.ElasticsearchTransportBase.performRequestAsync',
    `${INGESTER}BulkIngester.lambda$flush$2`,
    `${INGESTER}FnCondition.whenReadyIf`,
    `${INGESTER}BulkIngester.flush`,
  ]),
);
const FACTORY = 'org.springframework.kafka.core.DefaultKafkaProducerFactory';
const springKafka: Sample = dump(
  undefined,
  thread(
    'scheduling-1',
    'WAITING',
    [
      'java.lang.Object.wait',
      'java.lang.Thread.join',
      'org.apache.kafka.clients.producer.KafkaProducer.close',
      `${FACTORY}$CloseSafeProducer.closeDelegate`,
      `${FACTORY}.expire`,
    ],
    { holds: [['A', FACTORY, 4]] },
  ),
  thread('kafka-producer-network-thread | producer-4', 'BLOCKED', [`${FACTORY}.removeProducer`, `${FACTORY}$CloseSafeProducer.close`], {
    wants: ['A', FACTORY],
  }),
);

/** Bugs of client libraries and of connectors that have releases of their own: no version of Flink decides about them. */
export const LIBRARY_ISSUES: readonly KnownIssue[] = [
  {
    key: 'ELASTICSEARCH-47599',
    also: ['ELASTICSEARCH-44556', 'ELASTICSEARCH-78871'],
    title: 'Elasticsearch bulk processor waits for itself',
    kind: 'deadlock',
    cause:
      'A bulk request is awaited inside the lock of the processor. Retries and periodic flushes share one scheduler thread, and a flush that waits for that lock keeps the retry from running.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Elasticsearch client before 7.3.0 (retries) and the releases of 7.x that follow (flushes), not of a Flink version.',
    precondition: 'Elasticsearch sink with flush interval and retries.',
    workaround: 'Switch the retries of the bulk processor off (BackoffPolicy.noBackoff()); a newer client.',
    signature: {
      shape: 'lock',
      lockClass: /BulkProcessor$/,
      holder: { frames: [/\.CountDownLatch\.await$/, /\.BulkRequestHandler\.execute$/, /\.BulkProcessor\.\w+$/] },
      waiter: { frames: [/\.BulkProcessor\$Flush\.run$/] },
    },
    samples: [bulkLatch],
    nearMisses: [without(bulkLatch, 'CountDownLatch'), without(bulkLatch, 'BulkProcessor$Flush')],
  },
  {
    key: 'PULSAR-20669',
    title: 'Pulsar client: consumers of several topics block each other inside a map',
    kind: 'deadlock',
    cause:
      'A subscription is made inside ConcurrentHashMap.compute, which locks a bin of the map. Two I/O threads that do so wait for the bins of each other.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Pulsar client before 2.10.5 and 2.11.2, not of a Flink version.',
    precondition: 'Several topics and more than one I/O thread.',
    workaround: 'One I/O thread; a newer client.',
    signature: {
      shape: 'stacks',
      sides: [
        {
          frames: [/\.ConcurrentHashMap\.\w+$/, /\.ConcurrentHashMap\.compute\w*$/, /\.MultiTopicsConsumerImpl\.doSubscribeTopicPartitions$/],
          states: ['BLOCKED'],
          atLeast: 2,
        },
      ],
    },
    samples: [pulsarTopics],
    nearMisses: [without(pulsarTopics, 'MultiTopicsConsumerImpl.doSubscribeTopicPartitions')],
  },
  {
    key: 'PULSAR-10767',
    title: 'Pulsar client: redelivery and acknowledgement lock in opposite order',
    kind: 'deadlock',
    cause:
      "The tracker of unacknowledged messages asks the consumer to redeliver while it holds its own lock. A thread of the consumer holds the consumer's lock and needs the tracker's.",
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Pulsar client before 2.8.0, not of a Flink version.',
    precondition: 'An acknowledgement timeout is set.',
    workaround: 'A newer client, or no acknowledgement timeout.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.ConsumerImpl\.redeliverUnacknowledgedMessages$/, /\.UnAckedMessageTracker\$\d+\.run$/] },
        { frames: [/\.UnAcked(?:Topic)?MessageTracker\.\w+$/, /\.Consumer(?:Impl|Base)\.\w+$/] },
      ],
    },
    samples: [pulsarUnacked],
    nearMisses: [without(pulsarUnacked, 'UnAckedMessageTracker$2')],
  },
  {
    key: 'PULSAR-23650',
    title: 'Pulsar client: negative acknowledgements and closing lock in opposite order',
    kind: 'deadlock',
    cause: 'The timer of negative acknowledgements redelivers under its lock and needs the consumer. Closing the consumer needs that lock.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Pulsar client 4.0 before the fix of November 2024, not of a Flink version.',
    precondition: 'Negative acknowledgements.',
    workaround: 'A newer client.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.Consumer(?:Impl|Base)\.\w+$/, /\.NegativeAcksTracker\.triggerRedelivery$/] },
        { frames: [/\.NegativeAcksTracker\.\w+$/, /\.Consumer(?:Impl|Base)\.\w+$/] },
      ],
    },
    samples: [pulsarNacks],
    nearMisses: [without(pulsarNacks, 'triggerRedelivery')],
  },
  {
    key: 'MYSQL-BINLOG-321',
    also: ['DBZ-9548'],
    title: 'MySQL binlog client: disconnecting waits for itself',
    kind: 'deadlock',
    cause:
      'Disconnecting ends the keep-alive thread and waits for it under a lock of the connection. The keep-alive thread reconnects at that moment and needs the same lock.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of mysql-binlog-connector-java (all releases of shyiko, osheroff before 2022-07), not of a Flink version.',
    precondition: 'MySQL CDC source; the connection is lost while the source closes.',
    workaround: 'Switch keep-alive off (connect.keep.alive: false).',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.awaitTermination$/, /\.BinaryLogClient\.(?:terminate\w*|disconnect)$/] },
        { frames: [/\.ReentrantLock\.lock$/, /\.BinaryLogClient\.\w+$/, /\.BinaryLogClient\$\d+\.run$/], states: ['WAITING', 'BLOCKED'] },
      ],
    },
    samples: [binlogKeepAlive],
    nearMisses: [without(binlogKeepAlive, 'awaitTermination'), without(binlogKeepAlive, 'ReentrantLock')],
  },
  {
    key: 'MYSQL-BINLOG-133',
    also: ['DBZ-7570'],
    title: 'MySQL binlog client: closing a TLS socket never ends',
    kind: 'hang',
    cause: 'Closing a TLS socket sends a last message and needs the lock of the writing side. A thread that stands in a socket write holds it.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of mysql-binlog-connector-java before 0.29.2, not of a Flink version.',
    precondition: 'MySQL CDC source with TLS on a connection that no longer takes data.',
    workaround: 'Debezium option use.nongraceful.disconnect: true.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.SSLSocketImpl\.(?=\w*[cC]lose)\w+$/, /\.(?:PacketChannel|BinaryLogClient)\.\w+$/], states: ['BLOCKED', 'WAITING'] },
        { frames: [/socketWrite0?$|SocketDispatcher\.write0$|NioSocketImpl\.(?=\w*[wW]rite)\w+$/, /\.ssl\.\w+\.\w+$/] },
      ],
    },
    samples: [asyncOnClose],
    nearMisses: [without(asyncOnClose, 'SSLSocketImpl'), without(asyncOnClose, 'socketWrite0')],
  },
  {
    key: 'OKIO-1834',
    title: 'okio watchdog and a call of okhttp wait for each other',
    kind: 'deadlock',
    cause:
      'The watchdog closes a stream that has timed out while it holds the lock of all timeouts. The thread of the call holds the stream and leaves its timeout, for which it needs that lock.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of okio 3.16.0 with okhttp 5.1.0 (fabric8 7.3.0), not of a Flink version.',
    precondition: 'Kubernetes client: high availability or the operator.',
    workaround: 'Another release of okio.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.Http2Stream\.\w+$/, /\.AsyncTimeout\$Watchdog\.run$/], states: ['BLOCKED', 'WAITING'] },
        { frames: [/\.AsyncTimeout\.exit$/], states: ['BLOCKED', 'WAITING'] },
      ],
    },
    samples: [okioWatchdog],
    nearMisses: [without(okioWatchdog, 'Http2Stream'), without(okioWatchdog, 'AsyncTimeout.exit')],
  },
  {
    key: 'PAIMON-4092',
    title: 'Paimon source: fetcher threads stay after cancel',
    kind: 'leak',
    cause: 'The batch pool of the reader waits without reacting to a wake-up. Every failover leaves a fetcher thread of the subtask behind.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of Paimon before the fix of September 2024, not of a Flink version.',
    precondition: 'Paimon source.',
    workaround: 'Restart the TaskManager; a newer Paimon.',
    signature: {
      shape: 'count',
      name: /^(Source Data Fetcher for .+ \(\d+\/\d+\))#\d*$/,
      atLeast: 2,
      frames: [/\.Pool\.pollEntry$/, /\.FileStoreSourceSplitReader\.\w+$/],
    },
    samples: [paimonFetchers(3)],
    nearMisses: [paimonFetchers(1)],
  },
  {
    key: 'PAIMON-6782',
    title: 'Paimon: a lock of the Hive catalog is not given back after an error',
    kind: 'hang',
    cause: 'A commit that fails between taking and using the lock of the Hive catalog leaves it held. The next commit asks for it again and again.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of Paimon up to 1.2.0, not of a Flink version.',
    precondition: 'Hive catalog with its lock switched on.',
    workaround: 'Release the lock in the metastore; a newer Paimon.',
    signature: { shape: 'stacks', sides: [{ frames: [/^java\.lang\.Thread\.sleep0?$/, /\.HiveCatalogLock\.lock$/], states: ['TIMED_WAITING'] }] },
    samples: [hiveLock],
    nearMisses: [without(hiveLock, 'HiveCatalogLock.lock')],
  },
  {
    key: 'ELASTICSEARCH-JAVA-925',
    title: 'Elasticsearch bulk ingester waits for itself in a callback',
    kind: 'deadlock',
    cause:
      'A request that fails at once is answered in the thread that sends it. The answer adds documents again and waits for room, which only this thread could make.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Elasticsearch Java client 8 and 9 (open), not of a Flink version.',
    precondition: 'A listener that adds failed documents again, or retries, while the cluster is unreachable.',
    workaround: 'Retry from a thread of its own.',
    signature: {
      shape: 'stacks',
      sides: [
        {
          frames: [
            /\.LockSupport\.park$/,
            /\.FnCondition\.whenReadyIf$/,
            /\.BulkIngester\.\w+$/,
            /\.\w+\.performRequestAsync$/,
            /\.FnCondition\.whenReadyIf$/,
          ],
          states: ['WAITING'],
        },
      ],
    },
    samples: [ingester],
    nearMisses: [without(ingester, 'performRequestAsync'), without(ingester, 'FnCondition')],
  },
  {
    key: 'SPRING-KAFKA-2744',
    title: 'spring-kafka blocks its own network thread on closing',
    kind: 'deadlock',
    cause:
      'Expiring a producer holds the factory and waits for the end of the network thread of Kafka. A callback in that thread removes the producer and needs the factory.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of spring-kafka before the releases of 2.9 and 3.0 after July 2023, not of a Flink version.',
    precondition: 'A producer with a maximum age, in Spring code.',
    workaround: 'A newer spring-kafka, or no maximum age of producers.',
    signature: {
      shape: 'lock',
      lockClass: /DefaultKafkaProducerFactory$/,
      holder: { frames: [/^java\.lang\.Thread\.join$/, /\.KafkaProducer\.close$/, /\.DefaultKafkaProducerFactory\.\w+$/] },
      waiter: { frames: [/\.DefaultKafkaProducerFactory\.removeProducer$/] },
    },
    samples: [springKafka],
    nearMisses: [without(springKafka, 'java.lang.Thread.join'), without(springKafka, 'removeProducer')],
  },
];
