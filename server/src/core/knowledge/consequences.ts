import { told } from './told.ts';

/** Why something fails because something else had failed before. */
export type ConsequenceReason =
  | 'cancelled'
  | 'peer-failed'
  | 'partition-missing'
  | 'producer-failed'
  | 'producer-disconnected'
  | 'going-down'
  | 'peer-silent'
  | 'peer-ended'
  | 'peer-closed'
  | 'callee-gone'
  | 'interrupted'
  | 'slots-gone'
  | 'slots-lost'
  | 'restart-refused'
  | 'lost-leadership'
  | 'being-torn-down';

export interface ConsequenceKind {
  className: RegExp;
  /** Where the class is general. */
  message?: RegExp;
  reason: ConsequenceReason;
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** Exceptions that are thrown because something else failed before. By class, and by message where the class is general. */
export const CONSEQUENCES: readonly ConsequenceKind[] = [
  {
    className: /\.?CancelTaskException$/,
    reason: 'cancelled',
    samples: ['org.apache.flink.runtime.execution.CancelTaskException'],
    nearMisses: ['java.util.concurrent.CancellationException: x'],
  },
  {
    // That of Akka and Pekko says that an actor system did not start.
    className: /(?:^|\.netty\.exception\.)RemoteTransportException$/,
    reason: 'peer-failed',
    samples: ['org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection unexpectedly closed'],
    nearMisses: [
      'org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: x',
      'akka.remote.RemoteTransportException: Startup timed out',
    ],
  },
  {
    className: /\.?PartitionNotFoundException$/,
    reason: 'partition-missing',
    samples: ['org.apache.flink.runtime.io.network.partition.PartitionNotFoundException: Partition a not found.'],
    nearMisses: ['PartitionException: x'],
  },
  {
    className: /\.?ProducerFailedException$/,
    reason: 'producer-failed',
    samples: ['org.apache.flink.runtime.io.network.partition.ProducerFailedException: x'],
    nearMisses: ['ProducerFencedException: x'],
  },
  {
    className: /\.?PartitionConnectionException$/,
    reason: 'producer-disconnected',
    samples: ['org.apache.flink.runtime.io.network.partition.PartitionConnectionException: x'],
    nearMisses: ['ConnectionException: x'],
  },
  {
    className: /\.?(?:FlinkException|JobException|RuntimeException|FlinkExpectedException)$/,
    message:
      /^(?:The TaskExecutor is shutting down|Disconnect from JobManager responsible for|JobManager responsible for .* lost the leadership|Job (?:is|was) (?:being )?cancel|TaskExecutor .* has no more allocated slots|The adaptive scheduler was stopped|Scheduler is being stopped|Recovery is suppressed)/,
    reason: 'going-down',
    samples: [
      'org.apache.flink.util.FlinkException: The TaskExecutor is shutting down.',
      'org.apache.flink.util.FlinkException: Disconnect from JobManager responsible for 0.',
    ],
    nearMisses: ['org.apache.flink.util.FlinkException: x'],
  },
  {
    className: /\.?TimeoutException$/,
    message: /^(?:The h|H)eartbeat of /,
    reason: 'peer-silent',
    samples: ['java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id a timed out.'],
    nearMisses: ['java.util.concurrent.TimeoutException: x'],
  },
  {
    className: /\.?(?:JobMasterException|ResourceManagerException|FlinkException)$/,
    message: /(?:TaskManager|JobManager|ResourceManager) with id \S+ is no longer reachable/,
    reason: 'peer-ended',
    samples: [
      'org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id a is no longer reachable.',
      'org.apache.flink.runtime.resourcemanager.exceptions.ResourceManagerException: TaskManager with id a is no longer reachable.',
    ],
    nearMisses: ['org.apache.flink.runtime.jobmaster.JobMasterException: x'],
  },
  {
    className: /[.$]NativeIoException$/,
    message: /Connection reset by peer|Broken pipe|Connection refused/,
    reason: 'peer-closed',
    samples: ['org.apache.flink.shaded.netty4.io.netty.channel.unix.Errors$NativeIoException: recvAddress(..) failed: Connection reset by peer'],
    nearMisses: ['java.io.IOException: Connection reset by peer'],
  },
  {
    // A request for a partition meets a connection that was closed before: its other end went first.
    className: /\.netty\.exception\.LocalTransportException$/,
    message: /^Sending the partition request to /,
    reason: 'peer-closed',
    samples: [
      "org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: Sending the partition request to '/10.0.0.7:36233 (#0)' failed.",
    ],
    nearMisses: ['org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: Cannot allocate memory'],
  },
  {
    className: /\.?RecipientUnreachableException$/,
    reason: 'callee-gone',
    samples: ['org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException: Could not send message'],
    nearMisses: ['UnreachableException: x'],
  },
  {
    // The SlotManager of 1.5 to 1.8 unregisters a TaskManager: its heartbeat timed out, its container ended, or it came back.
    className: /(?:^|\.)(?:FlinkException|Exception)$/,
    message: /^The assigned slot \S+ was removed/,
    reason: 'slots-gone',
    samples: ['org.apache.flink.util.FlinkException: The assigned slot container_1_0 was removed.'],
    nearMisses: ['org.apache.flink.util.FlinkException: The slot was assigned.'],
  },
  {
    className: /\.?(?:Exception|FlinkException)$/,
    message: /^(?:Job leader for job id \w+ lost leadership|Found new job leader for job id \w+|ResourceManager leader changed to new address)/,
    reason: 'lost-leadership',
    samples: [
      'java.lang.Exception: Job leader for job id dd4f07c1f866b7afff42759d7a35de3f lost leadership.',
      'org.apache.flink.util.FlinkException: Found new job leader for job id dd4f07c1f866b7afff42759d7a35de3f.',
    ],
    nearMisses: ['java.lang.Exception: leadership'],
  },
  {
    className: /\.?(?:IllegalStateException|CancelTaskException)$/,
    message: /^Buffer pool (?:is|has already been) destroyed/,
    reason: 'being-torn-down',
    samples: ['java.lang.IllegalStateException: Buffer pool is destroyed.'],
    nearMisses: ['java.lang.IllegalStateException: Buffer pool is full.'],
  },
  {
    className: /(?:^|\.)RocksDBException$/,
    message: /^Shutdown in progress/,
    reason: 'being-torn-down',
    samples: ['org.rocksdb.RocksDBException: Shutdown in progress'],
    nearMisses: ['org.rocksdb.RocksDBException: Corruption'],
  },
  {
    className: /(?:^|\.)RejectedExecutionException$/,
    message: /\[(?:Shutting down|Terminated)\b/,
    reason: 'being-torn-down',
    samples: [
      'java.util.concurrent.RejectedExecutionException: Task x rejected from java.util.concurrent.ThreadPoolExecutor@1[Terminated, pool size = 0]',
    ],
    nearMisses: ['java.util.concurrent.RejectedExecutionException: queue full'],
  },
  {
    className: /(?:^|\.)(?:ClosedByInterruptException|InterruptException|InterruptedIOException)$/,
    reason: 'interrupted',
    samples: [
      'java.nio.channels.ClosedByInterruptException',
      'org.apache.kafka.common.errors.InterruptException: java.lang.InterruptedException',
      'java.io.InterruptedIOException: getFileStatus on s3a://b/c',
    ],
    nearMisses: ['java.nio.channels.ClosedChannelException'],
  },
  {
    className: /\.?InterruptedException$/,
    reason: 'interrupted',
    samples: ['java.lang.InterruptedException: sleep interrupted'],
    nearMisses: ['java.io.InterruptedIOException: x'],
  },
];

/** Where to look for what failed first, when a task failed only because it was stopped, or because another one had failed. */
export const ELSEWHERE: string = told(
  'The log of the JobManager from here back: the first "switched from … to FAILED" of the attempt has the exception that the others follow from.',
);
