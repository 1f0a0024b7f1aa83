import type { Side } from './side.ts';

/**
 * What Flink's own log messages mean. Every entry carries messages that must match and near misses that must not;
 * a test runs them all. Patterns look at the message of a record (without time, level and logger), or at any of its
 * lines where `anywhere` is set.
 */
export interface LogEventKind {
  id: string;
  title: string;
  group: 'task' | 'job' | 'checkpoint' | 'restart' | 'process' | 'network' | 'memory' | 'slots' | 'iteration' | 'rpc' | 'source' | 'config';
  pattern: RegExp;
  /** The message starts with one of these: lets the matcher skip the pattern. */
  starts?: readonly string[];
  /** One of these is somewhere in the message. */
  contains?: readonly string[];
  /** Looked for in the whole record, stack traces included. */
  anywhere?: boolean;
  sides: readonly Side[];
  /** Flink versions that print it, as a reader would say it. */
  versions: string;
  meaning: string;
  /** What it is for somebody who looks for what went wrong. */
  severity: 'fatal' | 'error' | 'warning' | 'info';
  /** True: quotes what another process or its container said of its end, so that phrases of those count in it at any level. */
  quotes?: boolean;
  /** True: caused by an earlier failure elsewhere, never the root. */
  consequence?: boolean;
  remedy?: string;
  /** Class that prints it. */
  source: string;
  samples: readonly string[];
  nearMisses: readonly string[];
}
