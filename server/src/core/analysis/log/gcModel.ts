import type { Span } from '../../../../../common/span.ts';
import type { GcStatistics } from '../../gc/model.ts';

/** One pause of a JVM's garbage collector. */
export interface GcPause {
  /** Start in milliseconds on the clock of the log. */
  start: number;
  durationMs: number;
  /** As the GC log names it, for example "Pause Young (Normal) (G1 Evacuation Pause)". */
  kind: string;
  full: boolean;
  /** Asked for by System.gc(). */
  explicit: boolean;
  span?: Span;
}

/** The collections of one JVM over a stretch of time. */
export interface GcTrack {
  from: number;
  to: number;
  /** Of a very large log only the notable and the longest. */
  pauses: readonly GcPause[];
  /** Milliseconds of all pauses between two moments. */
  busyMs(from: number, to: number): number;
  /** Stops of all threads of a second or more that were no collections. */
  stops: readonly GcPause[];
  /** A pause that had begun when the log ended. */
  unfinished: { start: number; kind: string } | null;
  /** Of all pauses. */
  figures: GcStatistics;
  /** Name of the file, for messages. */
  source: string;
  /** "TaskManager", as far as the start of the JVM tells which of the logs is its own. */
  process: string | null;
  /** Milliseconds that were added to the times of the GC log, with the reason; null when both clocks surely agree. */
  offset: { ms: number; why: string } | null;
  /** How far off that may be, in milliseconds. */
  slackMs: number;
  /** False: that both clocks agree so is assumed. */
  sure: boolean;
}

/** The GC logs that are read with a log. */
export interface GcJoin {
  tracks: readonly GcTrack[];
  /** Those whose times cannot be brought to the clock of the log. */
  unjoined: readonly { source: string; why: string }[];
}

export const NO_GC: GcJoin = { tracks: [], unjoined: [] };

/** What a failure asks the collector. */
export interface GcQuestion {
  time: number | null;
  /** A heartbeat that timed out: whose, and after which silence. Else: were there full collections right before? */
  silence: { who: string; ms: number } | null;
  /** How many such processes write the log; 1 when that is not told. */
  processes: number;
}

export interface GcVerdict {
  verdict: 'confirmed' | 'refuted' | 'unclear' | 'not covered';
  text: string;
  evidence: string[];
  /** The collections that it was judged by; null when none could be. */
  track: GcTrack | null;
  /** Those that speak for it, the longest first. */
  pauses: readonly GcPause[];
}

/** A failure that the collector may have had a part in, with what the GC logs say of it. */
export interface GcCase extends GcVerdict {
  /** "heartbeat of TaskManager tm-1 timed out", "managed memory was exhausted". */
  what: string;
  /** A process was not heard of; else memory ran out. */
  silence: boolean;
  time: number | null;
  line: number;
  span: Span;
}
