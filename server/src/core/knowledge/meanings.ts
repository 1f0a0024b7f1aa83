import type { ThreadState } from '../threaddump/model.ts';
import { told } from './told.ts';

/** What the states of java.lang.Thread mean for a reader of a dump. */
export const STATE_MEANINGS: Record<ThreadState, string> = told({
  NEW: 'created, not started.',
  RUNNABLE: 'running or ready to run. A thread in a native call (a selector, a socket) is RUNNABLE too, although it waits.',
  BLOCKED: 'waits to enter a synchronized block or method whose monitor another thread holds.',
  WAITING: 'waits for another thread without a limit of time: Object.wait, LockSupport.park, Thread.join.',
  TIMED_WAITING: 'waits or sleeps, with a limit of time.',
  TERMINATED: 'has ended.',
});

export interface KnownClass {
  /** Against the fully qualified class name. */
  pattern: RegExp;
  meaning: string;
  samples: string[];
  nearMisses: string[];
}

const known = (pattern: RegExp, meaning: string, sample: string): KnownClass => ({
  pattern,
  meaning,
  samples: [sample],
  nearMisses: [`${sample}Test`, `my.${sample}`],
});

const FLINK = String.raw`^org\.apache\.flink\.`;
const flink = (tail: string, meaning: string, sample: string): KnownClass =>
  known(new RegExp(`${FLINK}${tail}$`), meaning, `org.apache.flink.${sample}`);

/** Classes that dumps of Flink show as locks or frames. */
export const KNOWN_CLASSES: readonly KnownClass[] = told([
  flink(
    String.raw`runtime\.io\.network\.partition\.consumer\.(?:BufferManager|RemoteInputChannel)\$AvailableBufferQueue`,
    'the free buffers of one remote input channel, exclusive and floating; the monitor guards credits and the listener of the buffer pool.',
    'runtime.io.network.partition.consumer.BufferManager$AvailableBufferQueue',
  ),
  flink(
    String.raw`runtime\.io\.network\.partition\.consumer\.BufferManager`,
    'gives buffers to one input channel and takes them back; a surplus goes back to the pool of the gate.',
    'runtime.io.network.partition.consumer.BufferManager',
  ),
  flink(
    String.raw`runtime\.io\.network\.buffer\.LocalBufferPool`,
    'the network buffers of one input gate or result partition.',
    'runtime.io.network.buffer.LocalBufferPool',
  ),
  flink(
    String.raw`runtime\.io\.network\.buffer\.NetworkBufferPool`,
    'all network buffers of the TaskManager.',
    'runtime.io.network.buffer.NetworkBufferPool',
  ),
  flink(
    String.raw`runtime\.io\.network\.buffer\.NetworkBuffer`,
    'one network buffer; the last release gives it back to its pool.',
    'runtime.io.network.buffer.NetworkBuffer',
  ),
  flink(
    String.raw`runtime\.io\.network\.partition\.consumer\.SingleInputGate`,
    'the input of one task from one upstream vertex: a list of channels, of which some have data.',
    'runtime.io.network.partition.consumer.SingleInputGate',
  ),
  flink(
    String.raw`runtime\.io\.network\.partition\.consumer\.RemoteInputChannel`,
    'input from a task in another TaskManager.',
    'runtime.io.network.partition.consumer.RemoteInputChannel',
  ),
  flink(
    String.raw`runtime\.io\.network\.partition\.consumer\.LocalInputChannel`,
    'input from a task in the same TaskManager.',
    'runtime.io.network.partition.consumer.LocalInputChannel',
  ),
  flink(
    String.raw`runtime\.io\.network\.partition\.PrioritizedDeque`,
    'the channels of a gate that have data, urgent ones first.',
    'runtime.io.network.partition.PrioritizedDeque',
  ),
  flink(
    String.raw`runtime\.io\.network\.partition\.PipelinedSubpartition`,
    'the output of one task to one downstream subtask.',
    'runtime.io.network.partition.PipelinedSubpartition',
  ),
  flink(
    String.raw`runtime\.checkpoint\.channel\.ChannelStateWriteRequestExecutorImpl`,
    'writes the in-flight data of unaligned checkpoints in a thread of its own.',
    'runtime.checkpoint.channel.ChannelStateWriteRequestExecutorImpl',
  ),
  flink(String.raw`runtime\.memory\.MemoryManager`, 'the managed memory of one slot: hash tables, sorters, RocksDB.', 'runtime.memory.MemoryManager'),
  flink(
    String.raw`streaming\.runtime\.tasks\.mailbox\.TaskMailboxImpl`,
    'the mailbox of a task: checkpoints, timers and other work that has to run in the task thread.',
    'streaming.runtime.tasks.mailbox.TaskMailboxImpl',
  ),
  flink(
    String.raw`streaming\.runtime\.tasks\.mailbox\.MailboxProcessor`,
    'the main loop of a task: processes records while no mail is waiting.',
    'streaming.runtime.tasks.mailbox.MailboxProcessor',
  ),
  flink(String.raw`streaming\.runtime\.tasks\.StreamTask`, 'one subtask with its chain of operators.', 'streaming.runtime.tasks.StreamTask'),
  flink(String.raw`runtime\.taskmanager\.Task`, 'one execution attempt of a subtask on this TaskManager.', 'runtime.taskmanager.Task'),
  flink(
    String.raw`connector\.base\.source\.reader\.synchronization\.FutureCompletingBlockingQueue`,
    'hands records from split fetchers to the task thread.',
    'connector.base.source.reader.synchronization.FutureCompletingBlockingQueue',
  ),
  known(
    /^java\.util\.concurrent\.locks\.AbstractQueuedSynchronizer\$ConditionObject$/,
    'a condition: the thread has given its lock up and waits to be signalled. Nobody owns a condition.',
    'java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject',
  ),
  known(
    /^java\.util\.concurrent\.locks\.ReentrantLock\$(?:Nonf|F)airSync$/,
    "a ReentrantLock. Its owner is printed only with jstack -l, or beside the waiter in Flink's own dumps.",
    'java.util.concurrent.locks.ReentrantLock$NonfairSync',
  ),
  known(
    /^java\.util\.concurrent\.locks\.ReentrantReadWriteLock\$(?:Nonf|F)airSync$/,
    'a read-write lock. Readers leave no trace in a dump, so its holder may be invisible.',
    'java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync',
  ),
  known(
    /^java\.util\.concurrent\.CompletableFuture\$Signaller$/,
    'a future that somebody has to complete; a dump does not say who.',
    'java.util.concurrent.CompletableFuture$Signaller',
  ),
  known(
    /^java\.util\.concurrent\.CountDownLatch\$Sync$/,
    'a latch that opens when it has been counted down.',
    'java.util.concurrent.CountDownLatch$Sync',
  ),
]);
