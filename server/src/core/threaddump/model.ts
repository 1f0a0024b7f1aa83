import type { Span } from '../../../../common/span.ts';
import type { Problem } from '../problems.ts';

/**
 * What a dump says, before any conclusion. Every span points into the original text,
 * also when the dump was unwrapped from a log, a JSON string or a single line.
 */

export type Dialect =
  | 'hotspot'
  | 'hotspot-section'
  | 'jstack-f'
  | 'dump-to-file-text'
  | 'dump-to-file-json'
  | 'threadinfo'
  | 'flink-rest'
  | 'spring-actuator'
  | 'javacore'
  | 'jrockit'
  | 'visualvm'
  /** What Eclipse copies from its Debug view. */
  | 'eclipse'
  /** `/executors/ID/threads` of Spark's REST API. */
  | 'spark-rest'
  /** Thread stacks of a heap dump, as the Memory Analyzer prints them. */
  | 'mat'
  | 'hs-err';

export type ThreadState = 'NEW' | 'RUNNABLE' | 'BLOCKED' | 'WAITING' | 'TIMED_WAITING' | 'TERMINATED';

/**
 * A lock as the dump names it. `key` is what makes two mentions the same lock within one dump:
 * the address ("0x00000007296dfa90") or "class@hash". Never compare keys of different dumps: addresses move.
 */
export interface LockRef {
  key: string;
  className: string | null;
  /** The address is blacked out: all that is known of the lock is its class, which the key then holds. */
  hidden?: true;
}

export type LockActionKind =
  /** BLOCKED at monitor entry: "waiting to lock", "blocked on". */
  | 'waiting-to-lock'
  /** BLOCKED after a notify, taking the monitor back: "waiting to re-lock in wait()". */
  | 'relocking'
  /** In Object.wait(): has given the monitor up. */
  | 'waiting-on'
  /** LockSupport.park with a blocker: an ownable synchronizer, a condition, a future … */
  | 'parking'
  /** Holds the monitor, unless the same thread waits on it further up. */
  | 'locked'
  /** The JIT removed the lock; nobody holds it. */
  | 'eliminated'
  /** Waits until another thread has initialised the class `lock.className`. */
  | 'class-init';

export interface LockAction {
  kind: LockActionKind;
  /** Null where the dump has no object reference. */
  lock: LockRef | null;
  /** The whole line or clause. */
  span: Span;
  /** The id within it, where hover and navigation stand. */
  lockSpan: Span;
  /** Owner as printed beside the lock (ThreadInfo "owned by", dump_to_file "owner #N", javacore "Owned by"). */
  owner: OwnerRef | null;
  /** How many threads wait for it, where the line says so and need not show them (arthas "thread -b"). */
  blocks?: number;
}

export interface OwnerRef {
  name: string | null;
  id: number | null;
}

export interface Frame {
  span: Span;
  /** Fully qualified, without module or loader prefix, as printed otherwise (hidden-class suffixes included). */
  className: string;
  method: string;
  file: string | null;
  /** 1-based, as printed. */
  line: number | null;
  native: boolean;
  /** "java.base@17.0.15", "app//" stripped of its slashes. */
  module: string | null;
}

export interface Thread {
  /** Position in the dump's list. */
  index: number;
  name: string;
  /** Java thread id ("#12", "Id=12", javacore: null). */
  id: number | null;
  /** Native or OS id as printed. */
  nid: string | null;
  daemon: boolean;
  virtual: boolean;
  /** Java id of the virtual thread mounted on this carrier. */
  carries: number | null;
  state: ThreadState | null;
  /** What follows the state: "on object monitor", "parking", header words such as "waiting for monitor entry". */
  stateDetail: string | null;
  /** True where the text did not print the state and it was concluded from a lock line. */
  stateInferred: boolean;
  cpuMs: number | null;
  elapsedMs: number | null;
  /** The whole block. */
  span: Span;
  nameSpan: Span;
  /** Lock lines in the order of the text, innermost frame first. */
  locks: readonly LockAction[];
  /** "Locked ownable synchronizers"; null when the dump does not print the list (jstack without -l). */
  synchronizers: readonly { lock: LockRef; span: Span; lockSpan: Span }[] | null;
  /** Innermost first. Computed when first asked for: asking every thread of a large dump costs ten times its parsing. */
  readonly frames: readonly Frame[];
  /** The innermost frames alone, which are read without those below them. */
  topFrames(count: number): readonly Frame[];
  /**
   * "package.Class.method" of each frame. To read these takes a fraction of what the frames take, and no memory of their own: every
   * method is one string for all threads. So they are what is looked at first, and frames are read where one of them tells.
   */
  readonly methods: readonly string[];
  /**
   * The frames and lock lines as the dump prints them, class names as the format writes them: with dots, in javacores and JRockit
   * with slashes. Null or absent where the dump has no such text: JSON of Spring and dump_to_file.
   */
  readonly stackText?: string | null;
  /** The dump says, or the format implies, that outer frames are missing. */
  framesCut: boolean;
  /** dump_to_file: the thread container (pool, scope). */
  container: string | null;
  /** The dump's list lacks the thread: it is known from the JVM's deadlock section alone. */
  fromSection?: true;
  /** Its first line is not in the text: it has no name, and more of it may be missing. */
  headless?: true;
  /** How many lines before it in its dump name something else: threads with different counts may be of different processes. */
  seams?: number;
}

/** The JVM's own "Found one Java-level deadlock" section. */
export interface DeadlockSection {
  span: Span;
  /** One per reported deadlock, in the order of the text. */
  cycles: SectionEntry[][];
}

export interface SectionEntry {
  /** The section names threads by name only. */
  thread: string;
  lock: LockRef | null;
  kind: 'monitor' | 'ownable' | 'raw-monitor';
  /** Null: "UNKNOWN_owner", a non-Java thread, or released meanwhile. */
  heldBy: string | null;
  span: Span;
}

export interface ThreadDump {
  dialect: Dialect;
  /** "OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing)". */
  jvm: string | null;
  /** As printed. */
  time: string | null;
  span: Span;
  threads: Thread[];
  section: DeadlockSection | null;
  /** What this dump can show; what it cannot must not be taken for "nobody". */
  shows: {
    /** Monitors held and waited for. */
    monitors: boolean;
    /** Ownable synchronizers held. */
    synchronizers: boolean;
    states: boolean;
    /** The text ends in the middle of the dump. */
    complete: boolean;
  };
}

export interface ParsedDumps {
  dumps: ThreadDump[];
  problems: Problem[];
  /** Wrappers that were undone, outermost first: "docker-json", "log-prefix", "one-line" … */
  wrappers: string[];
}

/** The dumps of a text, as its reader has found them. */
export interface TextDumps {
  dumps: ThreadDump[];
  problems: Problem[];
}
