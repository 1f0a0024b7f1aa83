/** What was found in Flink's sources and then read: whether two threads can come to wait for each other there. */
export interface Reading {
  /** The end of the path. */
  file: string;
  rule: string;
  /**
   * real: two threads can meet in the opposite orders; arguable: the orders are opposite, but something else keeps the two
   * apart; false: there is no opposite order.
   */
  verdict: 'real' | 'arguable' | 'false';
  why: string;
  /** "VERSION:LINE", blanks between. */
  at: readonly string[];
}

export const READINGS: readonly Reading[] = [
  {
    file: 'BufferManager.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-22946: the surplus floating buffer goes back to the pool under the queue of the channel; two channels do so towards each other',
    at: ['1.11.0:362 1.11.1:362 1.11.3:372 1.12.0:371 1.12.4:383 1.13.0:399 1.13.1:399'],
  },
  {
    file: 'BufferManager.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-18595: releaseAll() of a released channel gives buffers back under its queue, and the pool hands them to a channel that needs its own queue',
    at: ['1.11.0:398 1.11.1:398'],
  },
  {
    file: 'BufferManager.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'moved by FLINK-16641: floating buffers go back to the pool under the queue, and the pool hands them to a channel that needs its own queue',
    at: [
      '1.11.0:408 1.11.1:408 1.11.3:418 1.11.4:441 1.11.6:441 1.12.0:417 1.12.4:428 1.12.5:440 1.12.7:440',
      '1.13.0:444 1.13.1:444 1.13.2:456 1.13.6:456',
    ],
  },
  {
    file: 'ExecutionVertex.java',
    rule: 'java-lock-order',
    verdict: 'arguable',
    why: 'the orders are opposite, but the way to the lock of the graph needs an attempt id that is there twice',
    at: ['1.5.0:599 1.5.1:599 1.6.0:598 1.6.1:598'],
  },
  {
    file: 'HsSubpartitionFileReaderImpl.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'fail() gives buffers back to the data manager under the lock of the reader; release() of the data manager fails its readers under its own lock',
    at: [
      '1.16.0:178 1.16.1:178 1.16.2:178 1.16.3:178 1.17.0:182 1.17.1:201 1.17.2:201 1.18.0:204 1.18.1:204',
      '1.19.0:204 1.19.1:204 1.19.2:204 1.19.3:204 1.20.0:204 1.20.1:204 1.20.2:204 1.20.3:204 1.20.4:204',
      '1.20.5:204',
    ],
  },
  {
    file: 'JobManagerRunner.java',
    rule: 'java-lock-order',
    verdict: 'real',
    why: 'what FLINK-29234 is about: the election is stopped under the lock of the runner, and grants leadership under its own',
    at: ['1.5.0:217 1.5.1:224 1.6.0:224 1.6.1:224 1.6.2:224 1.6.3:224 1.7.2:224 1.8.3:199 1.9.3:199'],
  },
  {
    file: 'JobManagerRunnerImpl.java',
    rule: 'java-lock-order',
    verdict: 'real',
    why: 'what FLINK-29234 is about: the election is stopped under the lock of the runner, and grants leadership under its own',
    at: ['1.10.1:203 1.10.3:203 1.11.0:190 1.11.1:190 1.11.3:190 1.11.4:201 1.11.6:201 1.12.0:191 1.12.4:212', '1.12.5:213 1.12.7:213'],
  },
  {
    file: 'JobMasterServiceLeadershipRunner.java',
    rule: 'java-lock-order',
    verdict: 'real',
    why: 'FLINK-29234: the election is stopped under the lock of the runner, and grants leadership under its own',
    at: ['1.13.0:147 1.13.1:147 1.13.2:147 1.13.6:147 1.14.0:147 1.14.3:147 1.14.4:147 1.14.6:147 1.15.0:148', '1.15.3:148 1.16.0:148'],
  },
  {
    file: 'JobMasterServiceLeadershipRunner.java',
    rule: 'java-lock-order',
    verdict: 'real',
    why: 'leadership is confirmed under the lock of the runner, while the election grants it again under its own lock',
    at: [
      '1.13.0:336 1.13.1:339 1.13.2:339 1.13.6:344 1.14.0:344 1.14.3:344 1.14.4:344 1.14.6:344 1.15.0:328',
      '1.15.3:328 1.15.4:328 1.16.0:328 1.16.1:328 1.16.2:336 1.16.3:336 1.17.0:328 1.17.1:336 1.17.2:336',
    ],
  },
  {
    file: 'LocalBufferPool.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-10491: the owner is asked to spill under the lock of the pool; a spillable subpartition gives buffers back under its own lock',
    at: ['1.5.0:236 1.5.0:334 1.5.1:243 1.5.1:375 1.6.0:243 1.6.0:355 1.6.1:243 1.6.1:355 1.6.2:243 1.6.2:355', '1.6.3:257 1.7.2:257'],
  },
  {
    file: 'LocalBufferPool.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-9676: the listener is called under the lock of the pool and takes the queue of its channel, which gives buffers back under that queue',
    at: ['1.5.0:266'],
  },
  {
    file: 'RemoteInputChannel.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'a buffer that is not needed goes back to the pool under the queue, and the pool calls the next channel, which needs its own queue',
    at: ['1.5.0:371 1.5.1:371 1.6.0:375 1.6.1:371 1.6.2:371'],
  },
  {
    file: 'RemoteInputChannel.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-22946 in its first shape: the surplus floating buffer goes back to the pool under the queue of the channel',
    at: ['1.5.0:609 1.5.1:609 1.6.0:621 1.6.1:624 1.6.2:624 1.6.3:617 1.7.2:617 1.8.3:617 1.9.3:629 1.10.1:629', '1.10.3:636'],
  },
  {
    file: 'RemoteInputChannel.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-18595: releaseAll() gives floating buffers back under the queue, and the pool hands them to a channel that needs its own queue',
    at: ['1.5.0:645 1.5.1:645 1.6.0:657 1.6.1:660 1.6.2:660 1.6.3:653 1.7.2:653 1.8.3:653 1.9.3:665 1.10.1:665'],
  },
  {
    file: 'RemoteInputChannel.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-10141: credit is announced under the queue, which writes to the connection meanwhile',
    at: ['1.6.0:293'],
  },
  {
    file: 'SortMergeSubpartitionReader.java',
    rule: 'java-callback-under-lock',
    verdict: 'real',
    why: 'FLINK-25653: a buffer goes back to the read scheduler under the lock of the reader; the scheduler locks by the lock of its partition, under which the partition fails its readers',
    at: ['1.13.0:103 1.13.0:185 1.13.1:103 1.13.1:185 1.13.2:103 1.13.2:185 1.13.6:103 1.13.6:185', '1.14.0:103 1.14.0:185 1.14.3:103 1.14.3:185'],
  },
  {
    file: 'SpillableSubpartition.java',
    rule: 'java-lock-order',
    verdict: 'real',
    why: 'the other side of FLINK-10491: a buffer goes back to the pool under the lock of the subpartition, and the pool asks to spill under its own',
    at: ['1.5.0:105 1.5.1:105 1.6.0:105 1.6.1:105 1.6.2:105'],
  },
  {
    file: 'SpillableSubpartition.java',
    rule: 'java-lock-order',
    verdict: 'arguable',
    why: 'after FLINK-10491 only the task thread itself goes the other way',
    at: ['1.6.3:105 1.7.2:105'],
  },
  {
    file: 'JdbcOutputFormat.java',
    rule: 'java-waiting-under-lock',
    verdict: 'real',
    why: 'a write that failed is tried again after seconds of sleep, while writing, flushing and closing need the same monitor',
    at: ['3.2.0-1.19:191'],
  },
  {
    file: 'JdbcBatchingOutputFormat.java',
    rule: 'java-waiting-under-lock',
    verdict: 'real',
    why: 'a write that failed is tried again after seconds of sleep, while writing, flushing and closing need the same monitor',
    at: ['1.12.7:205'],
  },
  {
    file: 'MongoWriter.java',
    rule: 'java-waiting-under-lock',
    verdict: 'real',
    why: 'the thread of the timer sleeps between attempts under the monitor that write() and flush() of the task need',
    at: ['1.1.0-1.18:227'],
  },
  {
    file: 'MySqlSnapshotSplitAssigner.java',
    rule: 'java-waiting-under-lock',
    verdict: 'arguable',
    why: 'getNext() calls itself under the lock, where the tables have been found already',
    at: ['3.2.0:518'],
  },
  {
    file: 'JdbcRowDataLookupFunction.java',
    rule: 'java-blocking-in-function',
    verdict: 'real',
    why: 'a query that failed is tried again after seconds of sleep in the thread of the task',
    at: ['1.12.7:208'],
  },
  {
    file: 'JdbcLookupFunction.java',
    rule: 'java-blocking-in-function',
    verdict: 'real',
    why: 'a query that failed is tried again after seconds of sleep in the thread of the task',
    at: ['1.12.7:210'],
  },
  {
    file: 'FileSystemLookupFunction.java',
    rule: 'java-blocking-in-function',
    verdict: 'real',
    why: 'a load that failed is tried again after a sleep in the thread of the task',
    at: ['1.20.0:162'],
  },
];
