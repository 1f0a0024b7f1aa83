import { dump, PARKED, quiet, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

/** Samples here are constructed: the frames as the sources have them, and the messages of public reports. */
const CDC = 'org.apache.flink.cdc.connectors.mysql.debezium.reader.SnapshotSplitReader';
const READER = [
  ...PARKED,
  'java.util.concurrent.LinkedBlockingQueue.take',
  'java.util.concurrent.ThreadPoolExecutor.getTask',
  'java.util.concurrent.ThreadPoolExecutor$Worker.run',
];
const fetcher = thread('Source Data Fetcher for Source: orders (1/2)#0', 'TIMED_WAITING', [
  'java.lang.Object.wait',
  'io.debezium.connector.base.ChangeEventQueue.poll',
  `${CDC}.pollWithBuffer`,
  `${CDC}.pollSplitRecords`,
]);
const backfillGone: Sample = dump(undefined, fetcher, thread('debezium-reader-0', 'WAITING', READER));
const backfillRuns: Sample = dump(
  undefined,
  fetcher,
  thread('debezium-reader-0', 'RUNNABLE', [
    'java.net.SocketInputStream.socketRead0',
    'com.github.shyiko.mysql.binlog.BinaryLogClient.listenForEventPackets',
    'java.util.concurrent.ThreadPoolExecutor$Worker.run',
  ]),
);
const busy = (minutes: number, subtasks: number): string[] =>
  Array.from({ length: minutes * subtasks }, (_, at) => `${at % subtasks}> Schema Registry is busy now, waiting for next request...`);
const undeleted = 'The session cluster has non terminated jobs [acc0759fada1f8a28b8fe4d6fba40d2e] that should be cancelled first';
const METADATA = 'Received source event MetadataUpdateEvent{currentKafkaStreams=[]}: subtask=3';
const NO_MORE = 'notify no more splits for reader 3';
const DROPPED = 'Skipping outdated split due to metadata changes: DynamicKafkaSourceSplit{kafkaClusterId=a, kafkaPartitionSplit=[Partition: t-0]}';
const hudiFetchers = (times: number): Sample =>
  dump(
    undefined,
    thread(
      'Source Data Fetcher for Source: hudi (1/2)#',
      'RUNNABLE',
      [
        'org.apache.hudi.table.format.RecordIterators.next',
        'org.apache.hudi.source.reader.HoodieSourceSplitReader.fetch',
        'org.apache.flink.connector.base.source.reader.fetcher.FetchTask.run',
      ],
      { times },
    ),
  );

/** Bugs of Flink's own connectors, of Flink CDC and of the Kubernetes operator, which have releases of their own. */
export const CONNECTOR_ISSUES: readonly KnownIssue[] = [
  {
    key: 'FLINK-39315',
    also: ['FLINK-39621'],
    title: 'CDC: a snapshot split waits for the end of a backfill that is over',
    kind: 'hang',
    cause:
      'Listeners of earlier splits stay registered at the binlog client that is used again, and end the backfill of the current split or take its last event. The fetcher polls for an end that never comes, while the reader thread has nothing to do.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of Flink CDC (MySQL up to 3.6.0, the fix was open; other incremental sources: FLINK-39621), not of a Flink version.',
    precondition: 'Incremental snapshot with backfill.',
    workaround: 'scan.incremental.snapshot.backfill.skip: true (at least once while the snapshot is read); restart the job.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.ChangeEventQueue\.poll$/, /\.\w*S(?:napshotSplitReader|ourceScanFetcher)\.pollWithBuffer$/] },
        { frames: [/\.ThreadPoolExecutor\.getTask$/], name: /^debezium-(?:snapshot-)?reader-\d+$/ },
      ],
    },
    samples: [backfillGone],
    nearMisses: [backfillRuns, without(backfillGone, 'pollWithBuffer')],
  },
  {
    key: 'FLINK-36690',
    title: 'CDC: the schema registry stays busy, and the pipeline stands still',
    kind: 'deadlock',
    cause:
      'One schema operator may evolve the schema and flushes behind a barrier; another one waits for that permission in front of the barrier. Neither hands anything on, so the checkpoint never gets through.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of Flink CDC 3.2, not of a Flink version; requests out of order had a like effect before 3.2.0 (flink-cdc 3576).',
    precondition: 'A pipeline with a parallelism above 1, aligned checkpoints and schema changes.',
    workaround: 'Parallelism 1 until the schema change is through; Flink CDC 3.3 or later.',
    signature: { shape: 'log', says: { event: 'schema-registry-busy' }, atLeast: 20, lasting: 5 * 60_000 },
    samples: [{ log: busy(10, 4) }],
    nearMisses: [{ log: busy(2, 4) }, { log: busy(1, 2) }],
  },
  {
    key: 'FLINK-39618',
    title: 'A session cluster with running jobs is never deleted',
    kind: 'deadlock',
    cause:
      'Deleting the cluster, the operator leaves it to the cluster to end its session jobs. The cluster is not deleted because the same jobs still run.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Kubernetes operator 1.15.0, not of a Flink version.',
    precondition: 'Session FlinkDeployment and FlinkSessionJob deleted together, with the default options.',
    workaround: 'Cancel the jobs by hand, or kubernetes.operator.session.block-on-unmanaged-jobs: false.',
    signature: {
      shape: 'log',
      says: { event: 'session-cluster-in-use' },
      atLeast: 5,
      lasting: 3 * 60_000,
      toConfirm: 'the jobs that are named belong to FlinkSessionJobs, and the operator is 1.15.0',
    },
    samples: [{ log: Array.from({ length: 6 }, () => undeleted) }],
    nearMisses: [{ log: undeleted }, { log: 'The session jobs [orders] should be deleted first' }],
  },
  {
    key: 'FLINK-40362',
    title: 'Dynamic Kafka source: a reader without splits never ends',
    kind: 'hang',
    cause:
      'A reader that is told first that there are no more splits, and then the clusters and topics, does not hand the former on to the readers that it makes for them. It waits for splits for ever, and the bounded job never finishes.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Kafka connector (5.0.0 and before, as its sources show), not of a Flink version; the fix was merged in August 2026.',
    precondition: 'DynamicKafkaSource with bounds, and more subtasks than splits.',
    workaround: 'A parallelism of at most the number of partitions.',
    signature: {
      shape: 'log',
      says: { event: 'dynamic-kafka-metadata' },
      after: { event: 'dynamic-kafka-no-more-splits' },
      during: 10 * 60_000,
      toConfirm: 'the source is bounded, and no "Adding splits to reader" stands in the log for the subtask that does not end',
    },
    samples: [{ log: [NO_MORE, METADATA, ...quiet(15)] }],
    nearMisses: [{ log: [METADATA, NO_MORE, ...quiet(15)] }, { log: [NO_MORE, METADATA] }],
  },
  {
    key: 'FLINK-39514',
    also: ['FLINK-40094'],
    title: 'Dynamic Kafka source: a split that was dropped holds the watermark back',
    kind: 'hang',
    cause:
      'Splits of clusters or topics that are gone are dropped, but their outputs are not released. The watermark of the source is the least of all outputs, and stays where the dropped split left it.',
    affected: [],
    fixed: [],
    uncertain: 'A bug of the Kafka connector before 5.0.0 (its sources show it in 4.0.1 and no more in 5.0.0), not of a Flink version.',
    precondition: 'DynamicKafkaSource, event time, and a cluster or topic that was taken out of the stream.',
    workaround: 'Restart the job from a checkpoint once the metadata has changed; Kafka connector 5.0.0 or later.',
    signature: {
      shape: 'log',
      says: { event: 'dynamic-kafka-split-dropped' },
      during: 10 * 60_000,
      toConfirm: 'the watermark of that source stands still since, and the connector is older than 5.0.0',
    },
    samples: [{ log: [DROPPED, ...quiet(15)] }],
    nearMisses: [{ log: DROPPED }, { log: [METADATA, ...quiet(15)] }],
  },
  {
    key: 'HUDI-19202',
    title: 'Hudi source: fetcher threads stay after cancel',
    kind: 'leak',
    cause:
      'Waking up the split reader does nothing, so a fetch that reads a slow file goes on. Every failover leaves a fetcher thread of the subtask behind.',
    affected: [],
    fixed: [],
    uncertain: 'Seen in a review of the Hudi source V2 (July 2026); whether a release has it was not verified.',
    precondition: 'Hudi source V2.',
    workaround: 'Restart the TaskManager.',
    signature: {
      shape: 'count',
      name: /^(Source Data Fetcher for .+ \(\d+\/\d+\))#\d*$/,
      atLeast: 2,
      frames: [/\.HoodieSourceSplitReader\.fetch$/],
    },
    samples: [hudiFetchers(3)],
    nearMisses: [hudiFetchers(1), without(hudiFetchers(3), 'HoodieSourceSplitReader')],
  },
];
