import { dump, IDLE_TASK, inVersion, PARKED, TASK, thread, without } from './samples.ts';
import type { KnownIssue, Sample } from './types.ts';

const FETCHER = 'Source Data Fetcher for Source: orders (1/2)#0';
const QUEUE = 'org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue';
const sample37663: Sample = dump(
  '1.18.1',
  thread(FETCHER, 'WAITING', [...PARKED, `${QUEUE}.waitOnPut`, `${QUEUE}.put`]),
  thread('Source: orders (1/2)#0', 'WAITING', IDLE_TASK),
);
/** The task has nothing to do because the sink is slow: its source waits with a full queue, as it should. */
const backPressured: Sample = dump(
  '1.18.1',
  ...('threads' in sample37663 ? sample37663.threads : []),
  thread('Sink: slow (1/1)#0', 'RUNNABLE', ['org.shop.Slow.invoke', 'org.apache.flink.streaming.api.operators.StreamSink.processElement']),
);
const sourcesIdle = (version: string): Sample =>
  dump(
    version,
    thread(FETCHER, 'WAITING', [...PARKED, 'org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher.getNextTaskUnsafe']),
    thread('Source: orders (1/2)#0', 'WAITING', IDLE_TASK),
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

/** What all sources and sinks share: split fetchers, watermark alignment, the asynchronous sink. */
export const FETCHER_ISSUES: readonly KnownIssue[] = [
  {
    key: 'FLINK-37663',
    title: 'A split fetcher waits for room that is already there',
    kind: 'lost-notification',
    cause:
      'The queue between fetcher and task wakes up a fetcher that no longer waits. The one that does wait stays in put although the queue has room.',
    affected: ['1.12.0-'],
    fixed: [],
    uncertain: 'Whether 1.11.2 and later of 1.11 have it was not verified. No release had the fix when this was written.',
    precondition: 'A source with several fetchers, or a wake-up while a fetcher waits. Under back-pressure a sound source looks the same.',
    workaround: 'Restart the job.',
    signature: {
      shape: 'stacks',
      sides: [
        { frames: [/\.FutureCompletingBlockingQueue\.(?:put|waitOnPut)$/], roles: ['split-fetcher'], states: ['WAITING', 'TIMED_WAITING'] },
        { frames: [/\.TaskMailboxImpl\.take$/], roles: ['task'] },
      ],
      tasksIn: /\.TaskMailboxImpl\.take$/,
    },
    samples: [sample37663],
    nearMisses: [without(sample37663, 'FutureCompletingBlockingQueue'), backPressured],
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
];
