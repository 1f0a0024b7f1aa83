/** What kind of trouble an exception tells of, by its class and its message. */
export type ExceptionCategory = 'classes' | 'slots' | 'checkpoint' | 'stuck-cancellation' | 'disk-full' | 'lost-connection';

export interface CategoryKind {
  category: ExceptionCategory;
  /** Against "class: message". */
  pattern: RegExp;
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** The first that fits counts. */
export const EXCEPTION_CATEGORIES: readonly CategoryKind[] = [
  {
    category: 'classes',
    pattern:
      /ClassNotFoundException|NoClassDefFoundError|NoSuchMethodError|NoSuchFieldError|IncompatibleClassChangeError|UnsupportedClassVersionError/,
    samples: ['java.lang.ClassNotFoundException: org.example.Order', 'java.lang.NoSuchMethodError: void org.example.A.b()'],
    nearMisses: ['java.io.FileNotFoundException: /tmp/x'],
  },
  {
    category: 'slots',
    pattern: /NoResourceAvailableException/,
    samples: ['org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.'],
    nearMisses: ['org.apache.flink.util.FlinkException: x'],
  },
  {
    category: 'checkpoint',
    pattern: /checkpoint/i,
    samples: ['org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.'],
    nearMisses: ['org.apache.flink.util.FlinkException: x'],
  },
  {
    category: 'stuck-cancellation',
    pattern: /Task did not exit gracefully/,
    samples: ['org.apache.flink.util.FlinkRuntimeException: Task did not exit gracefully within 180 + seconds.'],
    nearMisses: ['org.apache.flink.util.FlinkRuntimeException: x'],
  },
  {
    category: 'disk-full',
    pattern: /No space left on device/,
    samples: ['java.io.IOException: No space left on device'],
    nearMisses: ['java.io.IOException: disk full'],
  },
  {
    category: 'lost-connection',
    pattern:
      /Connect(?:ion)?\w*Exception|Connection (?:reset|refused)|Unreachable|HeartbeatTimeout|Heartbeat of|RemoteTransport|UnknownHost|Broken pipe/,
    samples: [
      'java.net.ConnectException: Connection refused (Connection refused)',
      'java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-1 timed out.',
      'java.net.UnknownHostException: broker-3',
    ],
    nearMisses: ['java.util.concurrent.TimeoutException: x'],
  },
];
