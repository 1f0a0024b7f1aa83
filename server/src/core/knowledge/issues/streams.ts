import { dump, IN_WAIT, OBJECT, PARKED, TASK, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

const KINESIS = 'org.apache.flink.streaming.connectors.kinesis.';
const SHARDS = 'shardConsumers-Source: Kinesis (1/2)-thread-0';
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
  // Up to 1.8 the task thread releases its outputs in invoke itself.
  thread(TASK, 'BLOCKED', ['org.apache.flink.streaming.runtime.tasks.StreamTask.invoke', 'org.apache.flink.runtime.taskmanager.Task.run'], {
    wants: ['A', OBJECT],
  }),
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

/** Kafka and Kinesis. */
export const STREAM_ISSUES: readonly KnownIssue[] = [
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
      waiter: { frames: [/\.StreamTask\.invoke$/], innermost: true },
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
];
