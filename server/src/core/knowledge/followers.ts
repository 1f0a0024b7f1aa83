/** Why something fails because something else had failed before. */
export type FollowerReason =
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
  | 'interrupted';

export interface FollowerKind {
  className: RegExp;
  /** Where the class is general. */
  message?: RegExp;
  reason: FollowerReason;
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** Exceptions that are thrown because something else failed before. By class, and by message where the class is general. */
export const FOLLOWERS: readonly FollowerKind[] = [
  {
    className: /\.?CancelTaskException$/,
    reason: 'cancelled',
    samples: ['org.apache.flink.runtime.execution.CancelTaskException'],
    nearMisses: ['java.util.concurrent.CancellationException: x'],
  },
  {
    className: /\.?RemoteTransportException$/,
    reason: 'peer-failed',
    samples: ['org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection unexpectedly closed'],
    nearMisses: ['org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: x'],
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
    className: /\.?(?:JobMasterException|FlinkException)$/,
    message: /(?:TaskManager|JobManager|ResourceManager) with id \S+ is no longer reachable/,
    reason: 'peer-ended',
    samples: ['org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id a is no longer reachable.'],
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
    className: /\.?RecipientUnreachableException$/,
    reason: 'callee-gone',
    samples: ['org.apache.flink.runtime.rpc.exceptions.RecipientUnreachableException: Could not send message'],
    nearMisses: ['UnreachableException: x'],
  },
  {
    className: /\.?InterruptedException$/,
    reason: 'interrupted',
    samples: ['java.lang.InterruptedException: sleep interrupted'],
    nearMisses: ['java.io.InterruptedIOException: x'],
  },
];
