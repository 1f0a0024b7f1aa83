import {
  BUFFER,
  CANCELER,
  CONSUMER,
  cycle,
  DEQUE,
  dump,
  IDLE_TASK,
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

const QUEUE = `${CONSUMER}BufferManager$AvailableBufferQueue`;
const OLD_QUEUE = `${CONSUMER}RemoteInputChannel$AvailableBufferQueue`;
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

/** Locks of input channels and subpartitions, and how their ends are passed on. */
export const CHANNEL_ISSUES: readonly KnownIssue[] = [
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
];
