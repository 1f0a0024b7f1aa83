import { dump, PARKED, TASK, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

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

/** Databases, indexes and table formats. */
export const STORE_ISSUES: readonly KnownIssue[] = [
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
