import {
  ATTEMPT,
  BUFFER,
  CANCELER,
  CONSUMER,
  cycle,
  dump,
  FUTURE_GET,
  IDLE_TASK,
  IN_WAIT,
  inVersion,
  OBJECT,
  PARKED,
  PARTITION,
  TASK,
  thread,
  WRITER,
  without,
} from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

const canceled = `Map (1/2)#0 (${ATTEMPT}) switched from CANCELING to CANCELED.`;
const noBuffers = 'java.io.IOException: Insufficient number of network buffers: required 3, but only 0 available.';

const QUEUE = `${CONSUMER}BufferManager$AvailableBufferQueue`;
const OLD_QUEUE = `${CONSUMER}RemoteInputChannel$AvailableBufferQueue`;
const DEQUE = 'java.util.ArrayDeque';

const NOTIFY_PATH = [
  `${CONSUMER}BufferManager.notifyBufferAvailable`,
  `${BUFFER}LocalBufferPool.fireBufferAvailableNotification`,
  `${BUFFER}LocalBufferPool.recycle`,
  `${BUFFER}NetworkBuffer.recycleBuffer`,
];
const RECYCLE_PATH = [...NOTIFY_PATH, `${QUEUE}.addExclusiveBuffer`, `${CONSUMER}BufferManager.recycle`];
const RELEASE_PATH = [...NOTIFY_PATH, `${CONSUMER}BufferManager.releaseAllBuffers`, `${CONSUMER}RemoteInputChannel.releaseAllResources`];

const sample22946: Sample = cycle('1.13.1', [WRITER, RECYCLE_PATH, QUEUE], [TASK, RECYCLE_PATH, QUEUE]);
const sample18595: Sample = cycle('1.11.1', [CANCELER, RELEASE_PATH, QUEUE], [TASK, RECYCLE_PATH, QUEUE]);
const sample9676: Sample = cycle(
  '1.5.0',
  [CANCELER, [`${CONSUMER}RemoteInputChannel.notifyBufferAvailable`, `${BUFFER}LocalBufferPool.recycle`], OLD_QUEUE],
  [TASK, [`${BUFFER}LocalBufferPool.recycle`, `${OLD_QUEUE}.addExclusiveBuffer`, `${CONSUMER}RemoteInputChannel.recycle`], DEQUE],
);
const sample10141: Sample = dump(
  '1.5.3',
  thread('Flink Netty Client (0) Thread 0', 'RUNNABLE', ['com.example.Slow.call', `${CONSUMER}RemoteInputChannel.notifyCreditAvailable`], {
    holds: [['A', OLD_QUEUE, 1]],
  }),
  thread(TASK, 'BLOCKED', [`${CONSUMER}RemoteInputChannel.notifyBufferAvailable`], { wants: ['A', OLD_QUEUE] }),
);
const sample10332: Sample = dump(
  '1.5.4',
  thread(TASK, 'RUNNABLE', ['com.example.Slow.call', `${PARTITION}PipelinedSubpartition.flush`], { holds: [['A', DEQUE, 1]] }),
  thread('Flink Netty Server (0) Thread 0', 'BLOCKED', [`${PARTITION}PipelinedSubpartition.pollBuffer`], { wants: ['A', DEQUE] }),
);
const sample10491: Sample = cycle(
  '1.5.5',
  [TASK, [`${PARTITION}SpillableSubpartition.releaseMemory`, `${BUFFER}LocalBufferPool.setNumBuffers`], DEQUE],
  ['Reduce (2/2)#0', [`${BUFFER}LocalBufferPool.recycle`, `${PARTITION}SpillableSubpartition.spillFinishedBufferConsumers`], DEQUE],
);
const sample12510: Sample = cycle(
  undefined,
  [TASK, [`${PARTITION}PipelinedSubpartition.createReadView`, `${CONSUMER}SingleInputGate.waitAndGetNextData`], DEQUE],
  ['Source (1/2)', [`${CONSUMER}SingleInputGate.queueChannel`, `${PARTITION}PipelinedSubpartition.release`], DEQUE],
);
const sample19026: Sample = cycle(
  undefined,
  [
    'flink-akka.actor.default-dispatcher-3',
    [`${CONSUMER}SingleInputGate.notifyChannelNonEmpty`, `${CONSUMER}LocalInputChannel.requestSubpartition`],
    `${PARTITION}PrioritizedDeque`,
  ],
  [TASK, [`${CONSUMER}LocalInputChannel.getNextBuffer`, `${CONSUMER}SingleInputGate.waitAndGetNextData`], OBJECT],
);
const sample5228: Sample = cycle(
  '1.1.3',
  [TASK, [`${CONSUMER}SingleInputGate.retriggerPartitionRequest`, `${CONSUMER}LocalInputChannel.requestSubpartition`], OBJECT],
  [CANCELER, [`${CONSUMER}LocalInputChannel.releaseAllResources`, `${CONSUMER}SingleInputGate.releaseAllResources`], OBJECT],
);
const READER = `${PARTITION}SortMergeSubpartitionReader`;
const SCHEDULER = `${PARTITION}SortMergeResultPartitionReadScheduler`;
const sample25653: Sample = cycle(
  '1.14.3',
  ['blocking-shuffle-io-thread-1', [`${SCHEDULER}.recycle`, `${BUFFER}NetworkBuffer.recycleBuffer`, `${READER}.releaseInternal`], OBJECT],
  ['Flink Netty Server (0) Thread 1', [`${READER}.releaseAllResources`, `${SCHEDULER}.releaseSubpartitionReader`], OBJECT],
);
const sample28942: Sample = cycle(
  undefined,
  [
    TASK,
    [
      `${PARTITION}SortMergeResultPartition.lambda$recycle`,
      `${BUFFER}CompositeBuffer.recycleBuffer`,
      `${CONSUMER}SingleInputGate.getNextBufferOrEvent`,
    ],
    OBJECT,
  ],
  [
    'Sort (1/2)#0',
    [`${CONSUMER}SingleInputGate.notifyChannelNonEmpty`, `${READER}.notifyDataAvailable`, `${PARTITION}ResultPartitionManager.releasePartition`],
    DEQUE,
  ],
);
const HYBRID = `${PARTITION}hybrid.`;
const sample28785: Sample = cycle(
  undefined,
  [
    'Flink Netty Server (0) Thread 1',
    [`${HYBRID}HsMemoryDataManager.onBufferConsumed`, `${HYBRID}HsSubpartitionView.getNextBuffer`],
    'java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync',
  ],
  [TASK, [`${HYBRID}HsSubpartitionView.getConsumingOffset`, `${HYBRID}HsMemoryDataManager.append`], OBJECT],
);
const REQUEST = `${BUFFER}LocalBufferPool.requestMemorySegmentBlocking`;
const sample31386: Sample = dump(
  '1.16.1',
  thread(TASK, 'WAITING', [...FUTURE_GET, REQUEST, `${PARTITION}SortMergeResultPartition.requestNetworkBuffers`], { times: 2 }),
);
const sample31346: Sample = dump(
  '1.16.1',
  thread('blocking-shuffle-io-thread-1', 'TIMED_WAITING', [
    ...IN_WAIT,
    'org.apache.flink.runtime.io.disk.BatchShuffleReadBufferPool.requestBuffers',
    `${HYBRID}HsFileDataManager.allocateBuffers`,
  ]),
);
const POOL = `${BUFFER}NetworkBufferPool`;
const sample12852: Sample = dump(
  '1.8.3',
  thread(TASK, 'TIMED_WAITING', [...IN_WAIT, `${POOL}.requestMemorySegments`, `${CONSUMER}RemoteInputChannel.assignExclusiveSegments`]),
);
const sample14872: Sample = dump(
  '1.9.3',
  thread('Join (1/2)', 'TIMED_WAITING', [
    ...IN_WAIT,
    `${BUFFER}LocalBufferPool.requestMemorySegment`,
    `${BUFFER}LocalBufferPool.requestBufferBuilderBlocking`,
    `${PARTITION}SpillableSubpartitionView.getNextBuffer`,
  ]),
);
const sample25407: Sample = cycle(
  '1.14.3',
  [TASK, [`${POOL}.internalRequestMemorySegments`, `${BUFFER}LocalBufferPool.<init>`], OBJECT],
  ['flink-taskexecutor-io-thread-1', [`${BUFFER}LocalBufferPool.setNumBuffers`, `${POOL}.tryRedistributeBuffers`], DEQUE],
);
const sample29298: Sample = dump('1.16.0', thread(TASK, 'WAITING', [...FUTURE_GET, REQUEST]), thread('Sink (1/2)#0', 'WAITING', IDLE_TASK));

/** Locks and buffers of the data exchange between tasks. */
export const NETWORK_ISSUES: readonly KnownIssue[] = [
  {
    key: 'FLINK-22946',
    title: 'Network-buffer deadlock between two channels',
    kind: 'deadlock',
    cause:
      'Recycling an exclusive buffer takes the queue lock of its channel and may give a surplus floating buffer back to the pool while still holding it; the pool hands that buffer to another waiting channel, whose notification needs the queue lock of that channel. With unaligned checkpoints two threads recycle buffers of two channels at once, each holding what the other needs.',
    affected: ['1.11.0-1.11.3', '1.12.0-1.12.4', '1.13.0-1.13.1'],
    fixed: ['1.11.4', '1.12.5', '1.13.2', '1.14.0'],
    precondition: 'Unaligned checkpoints are on; at least two remote channels of one gate use floating buffers.',
    workaround: 'Switch unaligned checkpoints off, or restart the TaskManager when it happens.',
    settings: [{ key: 'execution.checkpointing.unaligned', value: 'false', cost: 'checkpoints take longer under back-pressure' }],
    signature: {
      shape: 'cycle',
      lockClass: /\.BufferManager\$AvailableBufferQueue$/,
      sides: [
        {
          frames: [
            /\.BufferManager\.notifyBufferAvailable$/,
            /\.LocalBufferPool\.recycle$/,
            /\$AvailableBufferQueue\.addExclusiveBuffer$/,
            /\.BufferManager\.recycle$/,
          ],
        },
        {
          frames: [
            /\.BufferManager\.notifyBufferAvailable$/,
            /\.LocalBufferPool\.recycle$/,
            /\$AvailableBufferQueue\.addExclusiveBuffer$/,
            /\.BufferManager\.recycle$/,
          ],
        },
      ],
    },
    samples: [sample22946],
    nearMisses: [without(sample22946, 'addExclusiveBuffer'), sample18595],
  },
  {
    key: 'FLINK-18595',
    title: 'Deadlock of releasing a channel and recycling its buffers',
    kind: 'deadlock',
    cause:
      'Releasing a channel recycles its floating buffers under the queue lock, which notifies other channels. A task thread that recycles towards the released channel holds the lock that the notification needs.',
    affected: ['1.5-1.9', '1.10.0-1.10.1', '1.11.0-1.11.1'],
    fixed: ['1.10.2', '1.11.2', '1.12.0'],
    precondition: 'A task is being cancelled or fails over.',
    workaround: 'After task.cancellation.timeout (180 s) the watchdog ends the TaskManager; restart it earlier by hand.',
    signature: {
      shape: 'cycle',
      lockClass: /\$AvailableBufferQueue$/,
      sides: [
        {
          frames: [
            /\.notifyBufferAvailable$/,
            /\.LocalBufferPool\.recycle$/,
            /\.(?:releaseFloatingBuffers|releaseAllBuffers|releaseAll)$/,
            /\.RemoteInputChannel\.releaseAllResources$/,
          ],
        },
        { frames: [/\.notifyBufferAvailable$/, /\$AvailableBufferQueue\.addExclusiveBuffer$/, /\.(?:BufferManager|RemoteInputChannel)\.recycle$/] },
      ],
    },
    samples: [sample18595],
    nearMisses: [without(sample18595, 'releaseAllResources'), sample22946],
  },
  {
    key: 'FLINK-9676',
    title: "Deadlock of a buffer pool and a channel's buffer queue",
    kind: 'deadlock',
    cause:
      'The pool called its listener while it held its own lock, and the listener takes the queue lock of a channel. A thread that recycles takes the two locks in the opposite order.',
    affected: ['1.5.0'],
    fixed: ['1.5.1', '1.6.0'],
    precondition: 'A task is cancelled while buffers are recycled.',
    workaround: 'Restart the TaskManager.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.RemoteInputChannel\.notifyBufferAvailable$/, /\.LocalBufferPool\.recycle$/] },
        {
          frames: [/\.LocalBufferPool\.recycle$/, /RemoteInputChannel\$AvailableBufferQueue\.addExclusiveBuffer$/, /\.RemoteInputChannel\.recycle$/],
        },
      ],
    },
    samples: [sample9676],
    nearMisses: [without(sample9676, 'addExclusiveBuffer')],
  },
  {
    key: 'FLINK-10141',
    title: 'Credit notifications under the queue lock of a channel',
    kind: 'contention',
    cause:
      "Credits and available data were announced while the channel's lock was held. Network and task threads waited for each other longer than needed.",
    affected: ['1.5.0-1.5.3', '1.6.0'],
    fixed: ['1.5.4', '1.6.1', '1.7.0'],
    precondition: 'Credit-based flow control.',
    workaround: null,
    signature: {
      shape: 'lock',
      lockClass: /(?:RemoteInputChannel\$AvailableBufferQueue|^java\.util\.ArrayDeque)$/,
      holder: { frames: [/\.RemoteInputChannel\.(?:notifyCreditAvailable|notifyChannelNonEmpty)$/] },
      waiter: { frames: [/\.RemoteInputChannel\.\w+$/] },
    },
    samples: [sample10141],
    nearMisses: [without(sample10141, 'notifyCreditAvailable')],
  },
  {
    key: 'FLINK-10332',
    title: 'A subpartition notifies its reader under its own lock',
    kind: 'contention',
    cause:
      'Adding or flushing a buffer announced the data while the lock of the subpartition was held. Netty threads that wanted the next buffer waited meanwhile.',
    affected: ['<=1.5.4', '1.6.0-1.6.1'],
    fixed: ['1.5.5', '1.6.2', '1.7.0'],
    precondition: 'Pipelined exchanges.',
    workaround: null,
    signature: {
      shape: 'lock',
      lockClass: /^java\.util\.ArrayDeque$/,
      holder: { frames: [/\.PipelinedSubpartition\.(?:add|flush|createReadView)$/] },
      waiter: { frames: [/\.PipelinedSubpartition\.\w+$/] },
    },
    samples: [sample10332],
    nearMisses: [without(sample10332, 'PipelinedSubpartition.flush')],
  },
  {
    key: 'FLINK-10491',
    title: 'Deadlock of resizing a buffer pool and spilling',
    kind: 'deadlock',
    cause:
      "Resizing a pool asked its owner to release memory while the pool's lock was held. A subpartition that spills takes the two locks in the opposite order.",
    affected: ['<=1.5.5', '1.6.0-1.6.2'],
    fixed: ['1.5.6', '1.6.3', '1.7.0'],
    precondition: 'Batch jobs or blocking result partitions.',
    workaround: 'Restart the TaskManager.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.SpillableSubpartition\.releaseMemory$/, /\.LocalBufferPool\.setNumBuffers$/] },
        { frames: [/\.LocalBufferPool\.recycle$/, /\.SpillableSubpartition\.spillFinishedBufferConsumers$/] },
      ],
    },
    samples: [sample10491],
    nearMisses: [without(sample10491, 'setNumBuffers')],
  },
  {
    key: 'FLINK-12510',
    title: 'Deadlock of a local channel and its producer',
    kind: 'deadlock',
    cause:
      'The gate polled a channel while it held the list of channels with data. The producer announces data under its own lock and needs that list.',
    affected: [],
    fixed: ['1.9.0'],
    uncertain: 'Only in development versions of 1.9.',
    precondition: 'Local channels.',
    workaround: null,
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.PipelinedSubpartition(?:View)?\.\w+$/, /\.SingleInputGate\.waitAndGetNextData$/] },
        { frames: [/\.SingleInputGate\.queueChannel$/, /\.PipelinedSubpartition\.(?:createReadView|release|add|flush)$/] },
      ],
    },
    samples: [sample12510],
    nearMisses: [without(sample12510, 'queueChannel'), inVersion(sample12510, '1.9.1')],
  },
  {
    key: 'FLINK-19026',
    also: ['FLINK-19391'],
    title: 'Deadlock of reading a gate and requesting a subpartition',
    kind: 'deadlock',
    cause: "A local channel announced its data while it held its request lock. The task thread holds the gate's list and needs the request lock.",
    affected: [],
    fixed: ['1.12.0'],
    uncertain: 'Only in development versions of 1.12.',
    precondition: 'Local channels, updated partitions.',
    workaround: null,
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.SingleInputGate\.notifyChannelNonEmpty$/, /\.LocalInputChannel\.requestSubpartition$/] },
        { frames: [/\.LocalInputChannel\.\w+$/, /\.SingleInputGate\.\w+$/] },
      ],
    },
    samples: [sample19026],
    nearMisses: [without(sample19026, 'requestSubpartition'), inVersion(sample19026, '1.12.0')],
  },
  {
    key: 'FLINK-5228',
    title: 'Deadlock of re-requesting a partition and releasing it',
    kind: 'deadlock',
    cause: 'A failed request was triggered again while the request lock was held. Releasing the gate takes the locks in the opposite order.',
    affected: ['<=1.1.3'],
    fixed: ['1.1.4', '1.2.0'],
    precondition: 'A task is cancelled while it starts.',
    workaround: 'Restart the TaskManager.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.SingleInputGate\.retriggerPartitionRequest$/, /\.LocalInputChannel\.requestSubpartition$/] },
        { frames: [/\.LocalInputChannel\.releaseAllResources$/, /\.SingleInputGate\.releaseAllResources$/] },
      ],
    },
    samples: [sample5228],
    nearMisses: [without(sample5228, 'retriggerPartitionRequest')],
  },
  {
    key: 'FLINK-25653',
    title: 'Deadlock between a sort-merge reader and its scheduler',
    kind: 'deadlock',
    cause:
      "A sort-merge reader recycled its buffers under its own lock, which calls back into the scheduler. A thread in the scheduler holds the scheduler's lock and needs the reader's.",
    affected: ['1.13.0-1.14.3'],
    fixed: ['1.14.4', '1.15.0'],
    uncertain: 'Whether 1.13 is affected was not verified.',
    precondition: 'Batch jobs with sort-merge blocking shuffle.',
    workaround: 'Use the hash shuffle.',
    settings: [{ key: 'taskmanager.network.sort-shuffle.min-parallelism', value: '2147483647', cost: 'many more shuffle files' }],
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.SortMergeResultPartitionReadScheduler\.recycle$/, /\.SortMergeSubpartitionReader\.(?:addBuffer|releaseInternal)$/] },
        { frames: [/\.SortMergeSubpartitionReader\.(?:getNextBuffer|release\w*)$/, /\.SortMergeResultPartitionReadScheduler\.\w+$/] },
      ],
    },
    samples: [sample25653],
    nearMisses: [without(sample25653, 'releaseInternal')],
  },
  {
    key: 'FLINK-28942',
    title: 'Deadlock while a sort-merge partition is released',
    kind: 'deadlock',
    cause: "A partition released its readers while it held its own lock. The consumer holds the gate's list and recycles into that partition.",
    affected: [],
    fixed: ['1.16.0'],
    uncertain: 'Only in development versions of 1.16.',
    precondition: 'Sort-merge shuffle with partial records.',
    workaround: null,
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.SortMergeResultPartition\./, /\.CompositeBuffer\.recycleBuffer$/, /\.SingleInputGate\.getNextBufferOrEvent$/] },
        {
          frames: [
            /\.SingleInputGate\.notifyChannelNonEmpty$/,
            /\.SortMergeSubpartitionReader\.notifyDataAvailable$/,
            /\.ResultPartitionManager\.releasePartition$/,
          ],
        },
      ],
    },
    samples: [sample28942],
    nearMisses: [without(sample28942, 'CompositeBuffer')],
  },
  {
    key: 'FLINK-28785',
    title: 'Hybrid-shuffle deadlock of a view and the data manager',
    kind: 'deadlock',
    cause:
      "A spilling decision under the write lock asks each view for its offset, which takes the view's lock. A reader holds the view's lock and needs the read lock.",
    affected: [],
    fixed: ['1.16.0'],
    uncertain: 'Only in development versions of 1.16.',
    precondition: 'Hybrid shuffle.',
    workaround: 'Use the blocking shuffle.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.HsMemoryDataManager\.\w+$/, /\.HsSubpartitionView\.getNextBuffer$/], states: ['BLOCKED', 'WAITING'] },
        { frames: [/\.HsSubpartitionView\.getConsumingOffset$/, /\.HsMemoryDataManager\.\w+$/], states: ['BLOCKED'] },
      ],
    },
    samples: [sample28785],
    nearMisses: [without(sample28785, 'getConsumingOffset')],
  },
  {
    key: 'FLINK-31386',
    title: 'Sort-merge partitions starve each other of network buffers',
    kind: 'starvation',
    cause: 'Partitions took more buffers than were guaranteed to them. Others that need buffers to consume, and so to release them, get none.',
    affected: ['1.13.0-1.16.1'],
    fixed: ['1.16.2', '1.17.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Blocking shuffle with little network memory.',
    workaround: 'Raise taskmanager.memory.network.fraction and max.',
    signature: {
      shape: 'stacks',
      sides: [
        {
          frames: [/\.LocalBufferPool\.requestMemorySegmentBlocking$/, /\.SortMergeResultPartition\.(?:requestNetworkBuffers|getFreeSegment|emit)$/],
          roles: ['task'],
          atLeast: 2,
        },
      ],
    },
    samples: [sample31386],
    nearMisses: [without(sample31386, 'SortMergeResultPartition')],
  },
  {
    key: 'FLINK-31346',
    title: 'Shuffle reader waits for read memory without timing out',
    kind: 'hang',
    cause: 'The reader took some buffers and then waited for more without a timeout. Readers of other partitions hold what it waits for.',
    affected: ['1.16.0-1.16.1'],
    fixed: ['1.16.2', '1.17.0'],
    precondition: 'Hybrid or blocking shuffle with little read memory.',
    workaround: 'Raise taskmanager.memory.framework.off-heap.batch-shuffle.size.',
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.BatchShuffleReadBufferPool\.requestBuffers$/, /\.HsFileDataManager\.(?:run|allocateBuffers)$/] }],
    },
    samples: [sample31346],
    nearMisses: [without(sample31346, 'HsFileDataManager')],
  },
  {
    key: 'FLINK-12852',
    title: 'Exclusive buffers cannot be allocated',
    kind: 'starvation',
    cause:
      'Producers hold every network buffer, and consumers that would drain them wait for their exclusive buffers. From 1.9 on this fails after 30 s with a message.',
    affected: ['<=1.8'],
    fixed: ['1.9.0'],
    precondition: 'Little network memory.',
    workaround: 'Raise the network memory.',
    signature: {
      shape: 'stacks',
      sides: [
        {
          frames: [/\.NetworkBufferPool\.requestMemorySegments$/, /\.RemoteInputChannel\.assignExclusiveSegments$/],
          states: ['WAITING', 'TIMED_WAITING'],
        },
      ],
    },
    samples: [sample12852],
    nearMisses: [without(sample12852, 'assignExclusiveSegments')],
  },
  {
    key: 'FLINK-14872',
    title: 'Tasks that read several blocking partitions starve',
    kind: 'starvation',
    cause: 'Floating buffers of blocking inputs were not bounded. Some readers took all of them, and the rest waited for ever.',
    affected: ['<=1.9'],
    fixed: ['1.10.0'],
    precondition: 'Batch jobs with several blocking inputs.',
    workaround: 'Raise the network memory.',
    signature: {
      shape: 'stacks',
      sides: [{ frames: [/\.LocalBufferPool\.requestBufferBuilderBlocking$/, /\.SpillableSubpartitionView\.getNextBuffer$/] }],
    },
    samples: [sample14872],
    nearMisses: [without(sample14872, 'SpillableSubpartitionView')],
  },
  {
    key: 'FLINK-25407',
    also: ['FLINK-24035'],
    title: 'Deadlock while a buffer pool is created',
    kind: 'deadlock',
    cause:
      'A pool created without any buffer asks for segments and takes the factory lock on failure. A thread that redistributes buffers takes the two locks in the opposite order.',
    affected: ['1.14.0-1.14.3'],
    fixed: ['1.14.4', '1.15.0'],
    precondition: 'Network memory is used up while tasks are deployed.',
    workaround: 'Raise the network memory.',
    signature: {
      shape: 'cycle',
      sides: [
        { frames: [/\.NetworkBufferPool\.\w+$/, /\.LocalBufferPool\.<init>$/] },
        { frames: [/\.LocalBufferPool\.setNumBuffers$/, /\.NetworkBufferPool\.\w+$/] },
      ],
    },
    samples: [sample25407],
    nearMisses: [without(sample25407, 'LocalBufferPool.<init>')],
  },
  {
    key: 'FLINK-23466',
    title: 'A channel never gets credits again',
    kind: 'lost-notification',
    cause:
      'A buffer listener was registered again too late and missed the buffer that became free. The channel waits for credits for ever, and all of its upstream with it.',
    affected: ['1.5-1.13'],
    fixed: ['1.14.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Floating buffers.',
    workaround: 'Restart the job.',
    signature: {
      shape: 'symptom',
      symptoms: ['back-pressure', 'tasks-idle'],
      toConfirm: 'a second dump minutes later with the same threads at the same place, while numRecordsIn of the idle task stands still',
    },
    samples: [dump('1.13.1', thread(TASK, 'WAITING', [...FUTURE_GET, REQUEST]), thread('Sink (1/2)#0', 'WAITING', IDLE_TASK))],
    nearMisses: [
      dump('1.14.0', thread(TASK, 'WAITING', [...FUTURE_GET, REQUEST]), thread('Sink (1/2)#0', 'WAITING', IDLE_TASK)),
      dump('1.13.1', thread('Sink (1/2)#0', 'WAITING', IDLE_TASK)),
    ],
  },
  {
    key: 'FLINK-29298',
    title: 'A task waits for a buffer although the global pool has some',
    kind: 'lost-notification',
    cause: 'A pool that looked available skipped the callback of the global pool. The task waits for a buffer that nobody hands to it.',
    affected: ['1.14.0-1.16.0'],
    fixed: ['1.16.1', '1.17.0'],
    uncertain: 'The first affected version was not verified.',
    precondition: 'Little network memory.',
    workaround: 'Restart the job.',
    signature: {
      shape: 'symptom',
      symptoms: ['back-pressure', 'tasks-idle'],
      toConfirm: 'one task waiting for a buffer in two dumps while every task downstream of it is idle',
    },
    samples: [sample29298],
    nearMisses: [inVersion(sample29298, '1.16.1')],
  },
  {
    key: 'FLINK-23724',
    title: 'Network buffers leak when a partition is released',
    kind: 'leak',
    cause: 'Buffer builders were not closed when a partition was released while it was written. Their buffers are lost to the TaskManager.',
    affected: ['1.13.0-1.13.2'],
    fixed: ['1.13.3', '1.14.0'],
    precondition: 'Tasks are cancelled.',
    workaround: 'Restart the TaskManager.',
    signature: {
      shape: 'log',
      says: { event: 'network-buffers', fields: { required: /\d/ } },
      after: { switched: 'task', to: 'CANCELED' },
      toConfirm: 'the number of available buffers goes down with every restart of a job that did not change',
    },
    samples: [{ version: '1.13.2', log: [canceled, noBuffers] }],
    nearMisses: [
      { version: '1.13.2', log: noBuffers },
      { version: '1.14.0', log: [canceled, noBuffers] },
    ],
  },
  {
    key: 'FLINK-10367',
    title: 'Stack overflow while buffers are recycled',
    kind: 'overflow',
    cause:
      'Recycling a buffer notifies a listener, which may recycle again. With many channels the recursion overflows the stack and buffers are lost.',
    affected: ['<=1.6.2', '1.7.0'],
    fixed: ['1.6.3', '1.7.1', '1.8.0'],
    precondition: 'Gates with many channels are released.',
    workaround: 'Larger thread stacks (-Xss).',
    signature: { shape: 'recursion', frames: [/\.LocalBufferPool\.recycle$/, /\.RemoteInputChannel\.notifyBufferAvailable$/], atLeast: 20 },
    samples: [
      dump(
        '1.6.2',
        thread(
          CANCELER,
          'RUNNABLE',
          Array.from({ length: 30 }, () => [`${BUFFER}LocalBufferPool.recycle`, `${CONSUMER}RemoteInputChannel.notifyBufferAvailable`]).flat(),
        ),
      ),
    ],
    nearMisses: [
      dump('1.6.2', thread(CANCELER, 'RUNNABLE', [`${BUFFER}LocalBufferPool.recycle`, `${CONSUMER}RemoteInputChannel.notifyBufferAvailable`])),
    ],
  },
  {
    key: 'FLINK-22368',
    title: 'End of a partition is not passed on',
    kind: 'hang',
    cause: 'A released channel stayed in the list of channels with data. The end of the partition behind it never reached the task.',
    affected: ['1.12.0-1.12.3', '1.13.0'],
    fixed: ['1.12.4', '1.13.1'],
    precondition: 'Bounded input ends.',
    workaround: null,
    signature: {
      shape: 'symptom',
      symptoms: ['tasks-idle', 'no-back-pressure'],
      toConfirm: 'upstream tasks are FINISHED while this task stays RUNNING and idle',
    },
    samples: [dump('1.13.0', thread('Sink (1/2)#0', 'WAITING', IDLE_TASK))],
    nearMisses: [
      dump('1.13.1', thread('Sink (1/2)#0', 'WAITING', IDLE_TASK)),
      dump('1.13.0', thread('Sink (1/2)#0', 'RUNNABLE', [...PARKED, 'com.example.F.map'])),
    ],
  },
  {
    key: 'FLINK-33879',
    title: 'Hybrid shuffle waits for buffers that its memory tier keeps',
    kind: 'hang',
    cause:
      'The memory tier holds buffers until somebody reads them. When the pool shrinks meanwhile, the other tiers find none left and wait for ever.',
    affected: ['1.18.0-1.18.1'],
    fixed: ['1.19.0'],
    precondition: 'Hybrid shuffle (batch) while network memory is redistributed.',
    workaround: 'Blocking shuffle, or more network memory.',
    settings: [{ key: 'execution.batch-shuffle-mode', value: 'ALL_EXCHANGES_BLOCKING', cost: 'stages run one after the other' }],
    signature: {
      shape: 'symptom',
      symptoms: ['hybrid-shuffle-waits'],
      toConfirm: 'a second dump minutes later with the same threads in TieredStorageMemoryManagerImpl, while no downstream task reads',
    },
    samples: [
      dump(
        '1.18.1',
        thread(TASK, 'TIMED_WAITING', [...FUTURE_GET, `${PARTITION}hybrid.tiered.storage.TieredStorageMemoryManagerImpl.requestBufferBlocking`]),
      ),
    ],
    nearMisses: [
      dump(
        '1.19.0',
        thread(TASK, 'TIMED_WAITING', [...FUTURE_GET, `${PARTITION}hybrid.tiered.storage.TieredStorageMemoryManagerImpl.requestBufferBlocking`]),
      ),
      dump('1.18.1', thread(TASK, 'WAITING', [...FUTURE_GET, REQUEST])),
    ],
  },
];
