import {
  ATTEMPT,
  BUFFER,
  CANCELER,
  CONSUMER,
  cycle,
  DEQUE,
  dump,
  FUTURE_GET,
  IDLE_TASK,
  IN_WAIT,
  inVersion,
  OBJECT,
  PARTITION,
  TASK,
  thread,
  without,
} from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

const canceled = `Map (1/2)#0 (${ATTEMPT}) switched from CANCELING to CANCELED.`;
const noBuffers = 'java.io.IOException: Insufficient number of network buffers: required 3, but only 0 available.';
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
const sample31346Blocking: Sample = dump(
  '1.15.3',
  thread('blocking-shuffle-io-thread-2', 'TIMED_WAITING', [
    ...IN_WAIT,
    'org.apache.flink.runtime.io.disk.BatchShuffleReadBufferPool.requestBuffers',
    `${PARTITION}SortMergeResultPartitionReadScheduler.allocateBuffers`,
    `${PARTITION}SortMergeResultPartitionReadScheduler.run`,
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

/** Network buffers, their pools and credits, and the partitions that are written whole before they are read. */
export const BUFFER_ISSUES: readonly KnownIssue[] = [
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
    affected: ['1.13.0-1.16.1'],
    fixed: ['1.16.2', '1.17.0'],
    precondition: 'Hybrid or blocking shuffle with little read memory.',
    workaround: 'Raise taskmanager.memory.framework.off-heap.batch-shuffle.size.',
    signature: {
      shape: 'stacks',
      sides: [
        {
          frames: [
            /\.BatchShuffleReadBufferPool\.requestBuffers$/,
            /\.(?:HsFileDataManager|SortMergeResultPartitionReadScheduler)\.(?:run|allocateBuffers)$/,
          ],
        },
      ],
    },
    samples: [sample31346, sample31346Blocking],
    nearMisses: [without(sample31346, 'HsFileDataManager'), without(sample31346Blocking, 'SortMergeResultPartitionReadScheduler')],
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
