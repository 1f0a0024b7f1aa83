import {
  ATTEMPT,
  BUFFER,
  CANCELER,
  CONSUMER,
  dump,
  FUTURE_GET,
  IDLE_TASK,
  IN_WAIT,
  inVersion,
  PARKED,
  quiet,
  TASK,
  thread,
  thrown,
  WRITER,
  without,
} from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

const failing = `Job Windows (${ATTEMPT}) switched from state RUNNING to FAILING.`;

const rocksCheckpoint = (version: string): Sample =>
  dump(
    version,
    thread(TASK, 'RUNNABLE', [
      'org.rocksdb.Checkpoint.createCheckpoint',
      'org.apache.flink.contrib.streaming.state.snapshot.RocksDBSnapshotStrategyBase.takeDBNativeCheckpoint',
    ]),
  );
const sample37976: Sample = dump(
  '2.1-SNAPSHOT',
  thread(TASK, 'WAITING', [
    ...PARKED,
    'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take',
    'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl.yield',
    'org.apache.flink.table.runtime.operators.TableKeyedAsyncWaitOperator.waitInFlightInputsFinished',
  ]),
);

const CHANNEL = 'org.apache.flink.runtime.checkpoint.channel.';
const sample28077: Sample = dump(
  '1.16-SNAPSHOT',
  thread(WRITER, 'WAITING', [
    ...FUTURE_GET,
    `${CHANNEL}ChannelStateWriteRequest.lambda$buildFutureWriteRequest$0`,
    `${CHANNEL}ChannelStateWriteRequestExecutorImpl.loop`,
  ]),
  thread(CANCELER, 'TIMED_WAITING', ['java.lang.Thread.join', 'org.apache.flink.runtime.taskmanager.Task$TaskCanceler.run']),
);
const idleUnaligned = (version: string): Sample =>
  dump(version, thread(TASK, 'WAITING', IDLE_TASK), thread(WRITER, 'WAITING', [...IN_WAIT, `${CHANNEL}ChannelStateWriteRequestExecutorImpl.loop`]));
const sample39519: Sample = dump(
  '2.3-SNAPSHOT',
  thread('channel-state-unspilling-thread-1', 'WAITING', [
    ...IN_WAIT,
    `${CONSUMER}RecoveredInputChannel.requestBufferBlocking`,
    `${CHANNEL}InputChannelRecoveredStateHandler.getBuffer`,
  ]),
);
const sample15638: Sample = dump(
  '1.4.0',
  thread(
    TASK,
    'WAITING',
    [
      ...IN_WAIT,
      'org.apache.flink.streaming.api.operators.async.queue.OrderedStreamElementQueue.put',
      'org.apache.flink.streaming.api.operators.async.AsyncWaitOperator.addAsyncBufferEntry',
    ],
    { holds: [['A', 'java.lang.Object', 2]] },
  ),
  thread(
    'AsyncIO-Emitter-Thread (async wait operator (1/2))',
    'BLOCKED',
    ['org.apache.flink.streaming.api.operators.async.Emitter.output', 'org.apache.flink.streaming.api.operators.async.Emitter.run'],
    { wants: ['A', 'java.lang.Object'] },
  ),
);

const sample30251: Sample = dump(
  '1.16.2',
  thread(TASK, 'TIMED_WAITING', [
    ...IN_WAIT,
    'org.apache.hadoop.hdfs.DFSOutputStream.completeFile',
    'org.apache.flink.runtime.state.filesystem.FsCheckpointStreamFactory$FsCheckpointStateOutputStream.close',
    'org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable.close',
    'org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinatorImpl.cancelAsyncCheckpointRunnable',
    'org.apache.flink.streaming.runtime.tasks.SubtaskCheckpointCoordinatorImpl.notifyCheckpointAborted',
  ]),
);
const CHANGELOG = 'org.apache.flink.changelog.fs.';
const sample26592: Sample = dump(
  '1.15-SNAPSHOT',
  thread(
    TASK,
    'WAITING',
    [...IN_WAIT, `${CHANGELOG}BatchingStateChangeUploadScheduler.upload`, `${CHANGELOG}FsStateChangelogWriter.persistInternal`],
    {
      holds: [['A', 'java.lang.Object', 2]],
    },
  ),
  thread('changelog-uploader-thread-1', 'BLOCKED', [`${CHANGELOG}FsStateChangelogWriter.handleUploadSuccess`], { wants: ['A', 'java.lang.Object'] }),
);
const ASYNC = 'org.apache.flink.runtime.asyncprocessing.AsyncExecutionController';
const sample37089: Sample = dump(
  '2.0-preview1',
  thread(TASK, 'WAITING', [
    ...PARKED,
    'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl.yield',
    `${ASYNC}.drainInflightRecords`,
    `${ASYNC}.seizeCapacity`,
    `${ASYNC}.handleRequest`,
  ]),
);

/** Checkpoints, barriers and channel state. */
export const CHECKPOINT_ISSUES: readonly KnownIssue[] = [
  {
    key: 'FLINK-28077',
    title: 'Cancelling waits for channel state that never comes',
    kind: 'hang',
    cause:
      'When a task is cancelled, the channel state writer waits for the data of a channel to discard it. The future with that data is never completed by the cancelled task.',
    affected: [],
    fixed: ['1.16.0'],
    uncertain: 'Only in development versions of 1.16: the sources of 1.15 have no such future.',
    precondition: 'Unaligned checkpoints, a task is cancelled.',
    workaround: 'The cancellation watchdog ends the TaskManager after 180 s.',
    settings: [{ key: 'execution.checkpointing.unaligned', value: 'false', cost: 'checkpoints take longer under back-pressure' }],
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.CompletableFuture\.get$/, /\.channel\.ChannelStateWriteRequest\./], roles: ['channel-state-writer'] },
        { frames: [/\.Task\$TaskCanceler\.run$/], roles: ['canceler'] },
      ],
    },
    samples: [sample28077],
    nearMisses: [without(sample28077, 'ChannelStateWriteRequest.lambda')],
  },
  {
    key: 'FLINK-5638',
    also: ['FLINK-7949'],
    title: 'Asynchronous I/O: full queue under the checkpoint lock',
    kind: 'deadlock',
    cause: 'The operator waits for room in its queue while it holds the checkpoint lock. The emitter that would make room needs that lock.',
    affected: ['1.2.0', '<=1.4.0'],
    fixed: ['1.4.1', '1.5.0'],
    precondition: 'Asynchronous I/O with a full queue, on close or recovery.',
    workaround: 'A larger capacity.',
    signature: {
      shape: 'lock',
      lockClass: /^java\.lang\.Object$/,
      holder: { frames: [/StreamElementQueue\.put$/, /\.AsyncWaitOperator\.\w+$/] },
      waiter: { frames: [/\.async\.Emitter\.\w+$/] },
    },
    samples: [sample15638],
    nearMisses: [without(sample15638, 'StreamElementQueue.put')],
  },
  {
    key: 'FLINK-39018',
    title: 'Unaligned barrier not announced while recovering',
    kind: 'hang',
    cause: 'A priority event added to a blocked subpartition was not announced to its reader. The checkpoint expires although nothing is slow.',
    affected: ['1.12.0-2.2.1'],
    fixed: ['2.3.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Unaligned checkpoints while a restored job still reads its in-flight data.',
    workaround: 'A longer checkpoint timeout, or a later first checkpoint.',
    signature: {
      shape: 'symptom',
      symptoms: ['tasks-idle', 'unaligned-checkpoints'],
      toConfirm: 'the log says "Checkpoint … expired before completing" right after a restore, and only then',
    },
    samples: [idleUnaligned('1.20.0')],
    nearMisses: [dump('1.20.0', thread(TASK, 'WAITING', IDLE_TASK))],
  },
  {
    key: 'FLINK-39519',
    also: ['FLINK-38930'],
    title: 'Restoring in-flight data waits for its own buffers',
    kind: 'deadlock',
    cause:
      'With checkpoints during recovery one thread needs buffers before and after filtering from the same pool. It waits for buffers that only it could release.',
    affected: [],
    fixed: ['2.3.0'],
    uncertain: 'Only in development versions of 2.3.',
    precondition: 'execution.checkpointing.during-recovery is on.',
    workaround: 'Switch execution.checkpointing.during-recovery off.',
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.RecoveredInputChannel\.requestBufferBlocking$/], roles: ['channel-state-reader'], states: ['WAITING', 'TIMED_WAITING'] }],
    },
    samples: [sample39519],
    nearMisses: [without(sample39519, 'RecoveredInputChannel'), inVersion(sample39519, '1.20.0')],
  },
  {
    key: 'FLINK-18238',
    title: 'An aborted checkpoint leaves downstream tasks aligning',
    kind: 'hang',
    cause: 'When a checkpoint was aborted, the marker that tells downstream tasks was not sent. They hold channels for an alignment that never ends.',
    affected: [],
    fixed: ['1.11.0'],
    uncertain: 'Only in development versions of 1.11.',
    precondition: 'A checkpoint is aborted.',
    workaround: null,
    signature: {
      shape: 'symptom',
      symptoms: ['tasks-idle', 'back-pressure'],
      toConfirm: 'the log of the JobManager names an aborted checkpoint just before records stop',
    },
    samples: [
      dump(
        '1.11-SNAPSHOT',
        thread(TASK, 'WAITING', IDLE_TASK),
        thread('Source (1/2)#0', 'WAITING', [...FUTURE_GET, `${BUFFER}LocalBufferPool.requestMemorySegmentBlocking`]),
      ),
    ],
    nearMisses: [
      dump(
        '1.11.0',
        thread(TASK, 'WAITING', IDLE_TASK),
        thread('Source (1/2)#0', 'WAITING', [...FUTURE_GET, `${BUFFER}LocalBufferPool.requestMemorySegmentBlocking`]),
      ),
    ],
  },
  {
    key: 'FLINK-23741',
    title: 'The final checkpoint waits for a task that has finished',
    kind: 'hang',
    cause: 'Two futures around the final checkpoint were not linked. A task waits for a checkpoint that a finished task can no longer confirm.',
    affected: [],
    fixed: ['1.14.0'],
    uncertain: 'Only in development versions of 1.14.',
    precondition: 'Checkpoints after tasks finished.',
    workaround: null,
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.TaskMailboxImpl\.take$/, /\.StreamTask\.(?:afterInvoke|finalCheckpoint|waitForFinalCheckpoint)$/], roles: ['task'] }],
    },
    samples: [
      dump(
        '1.14-SNAPSHOT',
        thread(TASK, 'TIMED_WAITING', [
          ...PARKED,
          'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take',
          'org.apache.flink.streaming.runtime.tasks.StreamTask.afterInvoke',
        ]),
      ),
    ],
    nearMisses: [
      dump(
        '1.14.0',
        thread(TASK, 'TIMED_WAITING', [
          ...PARKED,
          'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take',
          'org.apache.flink.streaming.runtime.tasks.StreamTask.afterInvoke',
        ]),
      ),
    ],
  },
  {
    key: 'FLINK-12889',
    title: 'A job stays FAILING after an asynchronous checkpoint error',
    kind: 'hang',
    cause: 'An error in the pool for asynchronous operations was swallowed. The task it belonged to never reports its end.',
    affected: ['<=1.8.1'],
    fixed: ['1.8.2', '1.9.0'],
    precondition: 'The asynchronous part of a checkpoint dies.',
    workaround: 'Restart the TaskManager.',
    signature: { shape: 'log', says: { switched: 'job', from: 'RUNNING', to: 'FAILING', stays: true }, during: 300_000 },
    samples: [{ version: '1.8.1', log: [failing, ...quiet(6)] }],
    nearMisses: [
      { version: '1.9.0', log: [failing, ...quiet(6)] },
      { version: '1.8.1', log: [failing, `Job Windows (${ATTEMPT}) switched from state FAILING to RESTARTING.`, ...quiet(6)] },
      { version: '1.8.1', log: [failing, ...quiet(2)] },
    ],
  },
  {
    key: 'FLINK-20654',
    title: 'Buffers are recycled twice while channel state is written',
    kind: 'corruption',
    cause:
      'After an exception, buffers handed to the channel state writer were released by both sides. Records come out broken or reference counts are wrong.',
    affected: ['1.11.0-1.11.3', '1.12.0-1.12.1'],
    fixed: ['1.11.4', '1.12.2', '1.13.0'],
    uncertain: 'The fix came with 1.12.2 or 1.12.3.',
    precondition: 'Unaligned checkpoints and an exception in the task.',
    workaround: 'Switch unaligned checkpoints off.',
    settings: [{ key: 'execution.checkpointing.unaligned', value: 'false', cost: 'checkpoints take longer under back-pressure' }],
    signature: { shape: 'log', says: { thrown: /\.IllegalReferenceCountException: / } },
    samples: [
      { version: '1.12.1', log: thrown('org.apache.flink.shaded.netty4.io.netty.util.IllegalReferenceCountException: refCnt: 0, decrement: 1') },
    ],
    nearMisses: [
      { version: '1.12.1', log: thrown('java.lang.IllegalStateException: refCnt') },
      { version: '1.13.0', log: thrown('io.netty.util.IllegalReferenceCountException: refCnt: 0') },
    ],
  },
  {
    key: 'FLINK-30251',
    title: 'Aborting a checkpoint makes the task wait for a file system',
    kind: 'hang',
    cause:
      'The notification of an aborted checkpoint closes its streams in the thread of the task. A file system that is slow to close them keeps the task from processing records.',
    affected: ['1.11.0-1.17'],
    fixed: ['1.18.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Checkpoints are aborted while their files are written.',
    workaround: 'A longer checkpoint timeout, so that fewer checkpoints are aborted.',
    signature: {
      shape: 'stacks',
      sides: [
        {
          frames: [/FsCheckpointStateOutputStream\.\w+$/, /\.SubtaskCheckpointCoordinatorImpl\.(?:notifyCheckpointAborted|abort\w*|cancelAsync\w+)$/],
          roles: ['task'],
        },
      ],
    },
    samples: [sample30251],
    nearMisses: [without(sample30251, 'FsCheckpointStateOutputStream'), inVersion(sample30251, '1.18.0')],
  },
  {
    key: 'FLINK-26592',
    title: 'Changelog writer waits for room that nobody frees',
    kind: 'deadlock',
    cause:
      'A task waits for the uploads in flight while it holds the lock of its changelog writer. The uploader needs that lock to report an upload as done.',
    affected: [],
    fixed: ['1.15.0'],
    uncertain: 'Only in development versions of 1.15.',
    precondition: 'Changelog state backend.',
    workaround: null,
    signature: {
      shape: 'lock',
      holder: { frames: [/^java\.lang\.Object\.wait0?$/, /\.FsStateChangelogWriter\.\w+$/] },
      waiter: { frames: [/\.FsStateChangelogWriter\.\w+$/] },
    },
    samples: [sample26592],
    nearMisses: [without(sample26592, 'handleUploadSuccess'), inVersion(sample26592, '1.15.0')],
  },
  {
    key: 'FLINK-37089',
    also: ['FLINK-37017'],
    title: 'Asynchronous state: records wait for each other',
    kind: 'hang',
    cause:
      'A request made while a record is processed waits until fewer records are in flight. One of those it waits for is the record that is being processed.',
    affected: [],
    fixed: ['2.0.0'],
    uncertain: 'Only in development versions of 2.0 and its preview.',
    precondition: 'Asynchronous state (ForSt) with many records in flight.',
    workaround: null,
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.MailboxExecutor\w*\.yield$/, /\.AsyncExecutionController\.(?:drainInflightRecords|seizeCapacity)$/], roles: ['task'] }],
    },
    samples: [sample37089],
    nearMisses: [without(sample37089, 'AsyncExecutionController'), inVersion(sample37089, '2.0.0')],
  },
  {
    key: 'FLINK-21726',
    title: 'A RocksDB checkpoint waits for a flush that nobody began',
    kind: 'hang',
    cause:
      'Before its checkpoint RocksDB waits until a flush would not stall writes. With more than three write buffers and a merge of three, two full ones are neither flushed nor few enough.',
    affected: ['<=1.13'],
    fixed: ['1.14.0'],
    uncertain: 'The fix is one of RocksDB (7921); that it came with the RocksDB of Flink 1.14 was not verified in its sources.',
    precondition: 'SPINNING_DISK_OPTIMIZED_HIGH_MEM with universal compaction, or as many write buffers set by hand.',
    workaround: 'state.backend.rocksdb.writebuffer.number-to-merge: 2, or at most three write buffers.',
    settings: [{ key: 'state.backend.rocksdb.writebuffer.number-to-merge', value: '2', cost: 'write buffers are flushed smaller' }],
    signature: {
      shape: 'symptom',
      symptoms: ['rocksdb-checkpoint'],
      toConfirm: 'a second dump minutes later with the same task in Checkpoint.createCheckpoint, and max_write_buffer_number above 3',
    },
    samples: [rocksCheckpoint('1.12.7')],
    nearMisses: [rocksCheckpoint('1.14.0'), dump('1.12.7', thread(TASK, 'RUNNABLE', ['org.rocksdb.RocksDB.get']))],
  },
  {
    key: 'FLINK-37976',
    title: 'A keyed asynchronous lookup waits for miscounted records',
    kind: 'hang',
    cause: 'Records in flight and records of an epoch were counted differently. The operator drains what is in flight and never comes to an end.',
    affected: [],
    fixed: ['2.1.0'],
    uncertain: 'Only in development versions of 2.1.',
    precondition: 'Delta join or an asynchronous lookup join in the order of keys.',
    workaround: null,
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.MailboxExecutor(?:Impl)?\.yield$/, /\.TableKeyedAsyncWaitOperator\.\w+$/], roles: ['task'] }],
    },
    samples: [sample37976],
    nearMisses: [without(sample37976, 'TableKeyedAsyncWaitOperator'), inVersion(sample37976, '2.1.0')],
  },
];
