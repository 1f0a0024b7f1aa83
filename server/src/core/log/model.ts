import type { Span } from '../../../../common/span.ts';
import type { Side } from '../knowledge/side.ts';

/** What a Flink log says, before any conclusion. Spans point into the original text, also through wrappers. */

export type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
export const LEVELS: readonly Level[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

export interface LogRecord {
  /** Position among the records of the file, in physical order. */
  index: number;
  /** 0-based line where it starts. */
  line: number;
  /** Number of physical lines, continuation lines included. */
  lines: number;
  span: Span;
  /** Milliseconds: since 1970 (as written, or UTC where the file states a zone), or since midnight where the file has no dates. */
  time: number | null;
  level: Level | null;
  logger: string | null;
  thread: string | null;
  /** NDC or MDC as printed between brackets. */
  context: string | null;
  /** First line of the message. */
  message: string;
  messageSpan: Span;
}

export interface TraceFrame {
  /** Fully qualified, module and loader prefix removed. */
  className: string;
  method: string;
  file: string | null;
  /** 1-based, as printed. */
  line: number | null;
  module: string | null;
  /** Class-path tag of log4j's extended traces: "flink-dist_2.12-1.12.2.jar" and "1.12.2". */
  jar: { name: string; version: string; exact: boolean } | null;
  span: Span;
}

/** Frames on one line or without "at"; frames that somebody left out ("..."). */
export type Damage = 'joined-frames' | 'frames-left-out';

export interface Throwable {
  /** Null: frames without the line that names the exception. */
  className: string | null;
  /** May have several lines; null when there is none. */
  message: string | null;
  /** The line that names it, without "Caused by:". */
  headSpan: Span;
  /** 0-based line of the head. */
  line: number;
  /** Head and own frames. */
  span: Span;
  relation: 'top' | 'caused-by' | 'suppressed' | 'wrapped-by';
  frames: TraceFrame[];
  /** Indices into `frames` before which somebody left frames out ("..."): the neighbours there do not call each other. */
  gaps: number[];
  /** N of "... N more"; -1 where the text says only "... more"; null when there is no such line. */
  elided: number | null;
  elidedSpan: Span | null;
  cause: Throwable | null;
  suppressed: Throwable[];
  /** "[CIRCULAR REFERENCE: …]": printed before, further up. */
  circular: boolean;
  /** What is wrong with the printed text, so that frames must not be completed from the enclosing trace. */
  damage: Damage | null;
}

export interface LogException {
  index: number;
  /** Index of the record that carries it; null: outside every record. */
  record: number | null;
  line: number;
  span: Span;
  top: Throwable;
  /** From the outermost to the root cause. */
  chain: Throwable[];
  time: number | null;
  /** `thread-stack`: where a thread is ("did not react to cancelling signal"), nothing was thrown. */
  kind: 'trace' | 'thread-stack';
}

/** A record (or bare line) that says something known; `fields` are the named parts. */
export interface LogEvent {
  /** Id in knowledge/logEvents.ts. */
  id: string;
  record: number | null;
  line: number;
  span: Span;
  time: number | null;
  fields: Readonly<Record<string, string | undefined>>;
  /** Exception printed with the record. */
  exception: number | null;
}

export interface StateChange {
  from: string;
  to: string;
  time: number | null;
  line: number;
  record: number | null;
  span: Span;
  /** Who says so. */
  side: Side;
  /** Uri of the file, when several were read as one. */
  uri?: string;
}

export interface Mention {
  what:
    | 'received'
    | 'deploying'
    | 'freeing'
    | 'unregistering'
    | 'cancel-attempt'
    | 'cancel-trigger'
    | 'already-ended'
    | 'stuck'
    | 'decline'
    | 'other';
  time: number | null;
  line: number;
  record: number | null;
  span: Span;
  uri?: string;
}

/** One execution attempt of one subtask, as far as the log shows it. */
export interface Execution {
  /** 32 hex digits up to 1.15, "graph_vertex_subtask_attempt" from 1.16; null: only the task name was printed. */
  id: string | null;
  /** Name of the task without "(i/n)#a"; null while only the id is known. */
  task: string | null;
  /** 1-based, as printed. */
  subtask: number | null;
  parallelism: number | null;
  attempt: number | null;
  /** 32 hex digits: the id of the vertex in the job's plan; only in ids of 1.16 and newer. */
  vertex: string | null;
  states: StateChange[];
  mentions: Mention[];
  /** Final state that the TaskManager reported to the JobManager. */
  reported: { state: string; line: number; record: number | null; span: Span; time: number | null } | null;
  /** Exception printed with the switch to FAILED. */
  exception: number | null;
  /** Where it ran, as the JobManager names it. */
  location: string | null;
  /** Last state known; null when no state was ever named. */
  end: string | null;
  /** True when `end` was printed by a state change, false when only reported. */
  endSeen: boolean;
}

export interface JobRun {
  id: string;
  name: string | null;
  states: StateChange[];
}

/** What a start banner, jar tags and start parameters say of the process. */
export interface ProcessFacts {
  component: string | null;
  side: Side | null;
  jdk: { version: string; evidence: 'jar-tag' | 'banner'; span: Span } | null;
  /** Memory lines of "Final TaskExecutor Memory configuration" and -X options, bytes by name. */
  memory: { name: string; bytes: number; span: Span }[];
  jvmOptions: { text: string; span: Span }[];
  /** Options as the process read them at its start, "Loading configuration property: …"; the last of a key holds. */
  settings: { key: string; value: string; span: Span }[];
  flink: { version: string; evidence: 'jar-tag' | 'banner'; span: Span } | null;
  /** Several versions that the text names with the same right; `flink` is null then. */
  flinkConflict: { versions: string[]; span: Span } | null;
}

/** East of Greenwich; by how many events, which have the time since 1970 too: those of checkpoints, or failures that the REST API tells. */
export interface UtcOffset {
  minutes: number;
  by: 'checkpoints' | 'failures';
  events: number;
}

export interface LogModel {
  layout: string | null;
  /** Name of the wrapper around the lines, such as "docker-json". */
  wrapper: string | null;
  recordCount: number;
  levels: Partial<Record<Level, number>>;
  /** All records of a text in memory; of a streamed file those that say something, in physical order. */
  records: LogRecord[];
  exceptions: LogException[];
  /** Exceptions that were counted but not kept. */
  exceptionsLeft: number;
  events: LogEvent[];
  /** How often each event came, with its first lines; `value` is the state or process it names. Complete also for streamed files. */
  eventCounts: { id: string; value: string; count: number; lines: number[] }[];
  executions: Execution[];
  /** Executions that were counted but not kept. */
  executionsLeft: number;
  jobs: JobRun[];
  process: ProcessFacts;
  /** Earliest and latest time, null when no record has one. */
  from: number | null;
  to: number | null;
  /** `day`: the file has times without dates. */
  clock: 'epoch' | 'day' | 'none';
  zone: string | null;
  /** How far its times are ahead of UTC, where it states no zone and events tell. */
  utcOffset: UtcOffset | null;
  /** Places where the clock goes back by more than a moment. */
  clockSteps: { line: number; span: Span; by: number }[];
  /** Newest record first. */
  reversed: boolean;
}

/** The record of an index; undefined when a streamed file's record was not kept. */
export function recordAt(log: LogModel, index: number): LogRecord | undefined {
  const direct = log.records[index];
  if (direct?.index === index) return direct;
  let low = 0;
  let high = log.records.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((log.records[middle] as LogRecord).index < index) low = middle + 1;
    else high = middle;
  }
  const found = log.records[low];
  return found?.index === index ? found : undefined;
}
