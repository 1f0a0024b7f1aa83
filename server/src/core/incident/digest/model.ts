import type { Kind } from '../../../../../common/ids.ts';
import type { GcEvent, GcLog } from '../../gc/model.ts';
import type { Execution, LogEvent, LogException, LogModel, LogRecord, Mention, ProcessFacts, StateChange } from '../../log/model.ts';
import type { Certainty, Facts, Severity } from '../../model.ts';
import type { RestDocument } from '../../rest/model.ts';
import type { Source } from '../../unwrap/source.ts';

/**
 * What sources say that matters beyond themselves: plain JSON, so that it may be made on one machine and concluded from on
 * another. Lines count from 0. docs/architecture.md, *Incidents*, describes it.
 */
export interface Digest {
  schema: 1;
  /** Sorted by id; each once. */
  sources: SourceDigest[];
  /** Of these there are too many to keep what they say; sorted by id. */
  counted: CountedSource[];
  /** What nothing could be read of, sorted; each once. */
  unread: Unread[];
}

/** A file that was not read, or is none of ours. */
export interface Unread {
  name: string;
  /** In a sentence. */
  why: string;
  /** It was meant to be read: damaged, vanished, over a limit. */
  failed: boolean;
}

/** That a source was read, and how soon it is wanted where there is no room for all: by `rank` from 0, then by `since`. */
export interface CountedSource<K extends Kind = Kind> {
  /** By content: the same file under two names is one source. 16 hexadecimal digits. */
  id: string;
  kind: K;
  /** Under which it was read, sorted. */
  names: string[];
  bytes: number;
  rank: number;
  /** The time of its first failure. */
  since: number | null;
  /** Of its JSON in the full form, in bytes. */
  size: number;
}

interface SourceBase<K extends Kind> extends CountedSource<K> {
  dialect: string;
  flinkVersion: { range: string; evidence: string } | null;
  findings: FoundDigest[];
  /** Items of the lists that were left out to keep the digest small. */
  left: number;
  form: Form;
}

/** How much there is of a source: all that its digest told, or a few members of each list. */
export type Form = 'full' | 'thin';

/** A finding of the source by itself. */
export interface FoundDigest {
  id: string;
  code: string;
  severity: Severity;
  certainty: Certainty;
  message: string;
  /** The first of them. */
  advice: string[];
  facts: Facts;
  fingerprint: string;
  knownIssue: string | null;
  line: number;
}

/** By kind: what there is besides the findings. */
export interface BodyOf {
  'flink-log': LogDigest;
  'thread-dump': DumpsDigest;
  'gc-log': GcDigest;
  'job-graph': PlanDigest;
  'rest-document': RestDigest;
  'java-source': Record<never, never>;
}

export type DigestKind = keyof BodyOf;

export type SourceOf<K extends DigestKind> = SourceBase<K> & { body: BodyOf[K] };

export type SourceDigest = { [K in DigestKind]: SourceOf<K> }[DigestKind];

type Placeless<T> = Omit<T, 'span' | 'messageSpan'>;

/** One frame is a string: "org.example.Job.map(Job.java:12)". */
export interface ThinThrowable {
  className: string | null;
  message: string | null;
  line: number;
  relation: 'top' | 'caused-by' | 'suppressed' | 'wrapped-by';
  frames: string[];
}

export interface ThinException extends Pick<LogException, 'record' | 'line' | 'time' | 'kind'> {
  chain: ThinThrowable[];
}

export interface ThinExecution extends Omit<Execution, 'states' | 'mentions' | 'reported'> {
  states: Placeless<StateChange>[];
  mentions: Placeless<Mention>[];
  reported: Placeless<NonNullable<Execution['reported']>> | null;
}

export type ThinRecord = Placeless<LogRecord>;

export interface ThinFacts {
  component: string | null;
  side: ProcessFacts['side'];
  jdk: Placeless<NonNullable<ProcessFacts['jdk']>> | null;
  memory: { name: string; bytes: number }[];
  jvmOptions: string[];
  settings: { key: string; value: string }[];
  flink: Placeless<NonNullable<ProcessFacts['flink']>> | null;
  flinkVersions: string[];
}

/**
 * A log without its places and without what no conclusion needs. It is a segment of what its process wrote: `opens` and
 * `ends` say how it is cut from its neighbours.
 */
export interface LogDigest
  extends Pick<
    LogModel,
    | 'layout'
    | 'wrapper'
    | 'recordCount'
    | 'levels'
    | 'exceptionsLeft'
    | 'executionsLeft'
    | 'eventCounts'
    | 'from'
    | 'to'
    | 'clock'
    | 'zone'
    | 'reversed'
  > {
  lines: number;
  /** The first record begins further down: what stands before it may belong to the last record of the segment before. */
  opens: { line: number; exception: number | null };
  /** The last record, to which the beginning of the next segment may belong. */
  ends: { record: number | null; exception: number | null };
  records: ThinRecord[];
  exceptions: ThinException[];
  events: Placeless<LogEvent>[];
  executions: ThinExecution[];
  jobs: { id: string; name: string | null; states: Placeless<StateChange>[] }[];
  process: ThinFacts;
  clockSteps: { line: number; by: number }[];
}

export interface GcDigest extends Omit<GcLog, 'events' | 'pauses' | 'troubles' | 'unfinished'> {
  events: (Placeless<GcEvent> & { line: number })[];
  unfinished: (Placeless<GcEvent> & { line: number }) | null;
  troubles: { kind: GcLog['troubles'][number]['kind']; text: string; line: number }[];
  /** Begin and length of every pause, or of all pauses of a minute together. */
  pauses: [number, number][];
}

export interface DumpsDigest {
  dumps: DumpDigest[];
}

/** One dump of a JVM. */
export interface DumpDigest {
  line: number;
  /** As printed, and in ms since 1970 as far as the text tells. */
  time: string | null;
  at: number | null;
  threads: number;
  states: Record<string, number>;
  /** The text does not end in the middle of the dump. */
  complete: boolean;
  /** Shows who holds monitors. */
  monitors: boolean;
  deadlocks: DeadlockDigest[];
  /** Threads that do the work of subtasks. */
  tasks: TaskThread[];
  /** Threads that write the state of checkpoints; whose, their names do not tell. Not in digests of older versions. */
  uploads?: TaskThread[];
}

export interface DeadlockDigest {
  kind: string;
  certainty: Certainty;
  threads: string[];
  locks: string[];
  line: number;
}

/** The thread of a subtask, or one that works for it. */
export interface TaskThread {
  thread: string;
  role: string;
  task: string;
  subtask: number | null;
  parallelism: number | null;
  attempt: number | null;
  state: string | null;
  /** What it does: "busy", "idle", "back-pressured", "blocked", "waiting" … */
  activity: string;
  /** What it waits for, and in which phase of the task: null where it does not wait in code of the user's. */
  waits: { for: string; phase: string; timed: boolean } | null;
  /** It reads from a network connection. */
  socket: boolean;
  /**
   * What it is at outside of its own code, or for a checkpoint or memory: the id of a known frame, or 'network'. Not in digests of
   * older versions.
   */
  does?: string | null;
  /** Who holds the lock that it waits for, and the class of the lock. */
  blocked: { holder: string | null; lock: string } | null;
  /** The innermost frame of the user's own code, and of a library called by it: "Job$Map.map (Job.java:12)". */
  user: string | null;
  external: string | null;
  line: number;
}

/** A job and how its vertices fare. */
export interface PlanDigest {
  plans: {
    format: string;
    jobId: string | null;
    name: string | null;
    state: string | null;
    vertices: VertexDigest[];
    /** From one vertex to another, by their places in the list. */
    edges: [number, number][];
    bottleneck: { vertex: number; busy: number; producer: number; backPressured: number } | null;
    line: number;
  }[];
}

export interface VertexDigest {
  id: string;
  name: string;
  parallelism: number | null;
  status: string | null;
  /** Shares of the time, 0 to 1. */
  busy: number | null;
  backPressured: number | null;
  idle: number | null;
  /** It has waited for buffers since it began; null where that is not counted, or not yet for long enough. */
  heldUp: boolean | null;
  /** Records from other tasks and to them, up to the moment of the document. */
  read: number | null;
  written: number | null;
  line: number;
}

/** As it is read, with lines in place of places and without the texts of traces. */
export type Thin<T> = T extends readonly (infer I)[]
  ? Thin<I>[]
  : T extends object
    ? {
        [K in keyof T as K extends 'span' ? 'line' : K extends `${string}Span` ? never : T[K] extends Source ? never : K]: K extends 'span'
          ? number
          : Thin<T[K]>;
      }
    : T;

/** Documents of the REST API, as far as they tell more than that they are there. */
export interface RestDigest {
  archive: boolean;
  documents: Thin<RestDocument>[];
  /** The failures among them, read as a log. */
  failures: LogDigest | null;
  /** The jobs and plans among them. */
  plans: PlanDigest;
}
