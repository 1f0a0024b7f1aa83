import type { Span } from '../../../../../common/span.ts';
import type { GcStatistics } from '../../gc/model.ts';
import type { PoolId } from '../../knowledge/memoryErrors.ts';
import type { UtcOffset } from '../../log/model.ts';
import type { Certainty } from '../../model.ts';
import type { ClockFault } from '../../problems.ts';
import type { Coded } from '../../wording.ts';

/** What the times of a GC log were brought to the clock of a log by. */
export interface ClockReasonFacts {
  /** The log states no zone: taken to print the local time of the GC log, in minutes east of Greenwich; null: UTC. */
  'same-local-time': { zoneMinutes: number | null };
  /** The logs print different zones: the JVM started when this process did, but for that. */
  'same-start': { process: string };
  /** Events of the log, which have the time since 1970 too. */
  'told-twice': UtcOffset;
  /** The GC log has uptimes only, counted from so long before the first lines of the process. */
  'uptime-from-start': { process: string; beforeMs: number };
  /** No other difference of zones makes both logs cover the same time. */
  'only-overlap': Record<string, never>;
}
export type ClockReason = Coded<ClockReasonFacts>;

/** A GC log that could not be joined. */
export interface Unjoined {
  source: string;
  fault: ClockFault;
}

/** How the clock of a GC log was brought to that of the log: by adding `ms`, give or take `slackMs`. */
export interface GcClockShift {
  ms: number;
  slackMs: number;
  reason: ClockReason;
}

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
  /** "TaskManager": whose it is, by the start of the JVM, its heap, or the name of the file; null where nothing tells. */
  process: string | null;
  /** What was done to its times; null when both clocks surely agree. */
  shift: GcClockShift | null;
  /** `suspected`: that both clocks agree so is assumed. */
  certainty: Certainty;
}

/** The GC logs that are read with a log. */
export interface GcJoin {
  tracks: readonly GcTrack[];
  /** Those whose times cannot be brought to the clock of the log. */
  unjoined: readonly Unjoined[];
}

export const NO_GC: GcJoin = { tracks: [], unjoined: [] };

/** What a failure asks the collector. */
export interface GcQuestion {
  time: number | null;
  /** A heartbeat that timed out: whose, and after which silence. Else: were there full collections right before? */
  silence: { who: string; ms: number } | null;
  /** How many such processes write the log; 1 when that is not told. */
  processes: number;
  /** Processes of the other side write it too, so that a GC log may be theirs. */
  others: boolean;
}

/** What a GC log says of a moment. Times and durations in ms; the window is what was looked at before the moment. */
export interface GcAnswerFacts {
  /** Full collections right before memory ran out. */
  'full-collections': { source: string };
  'no-full-collection': { source: string; windowMs: number };
  /** The JVM stood still for so much of the window that it could not answer a heartbeat. `acrossMs`: length of the one pause that spans the moment, all of it. */
  'stood-still': { source: string; pausedMs: number; windowMs: number; timeoutMs: number; acrossMs: number | null };
  /** Pauses that do not make the timeout alone. */
  'had-a-part': { source: string; pausedMs: number; windowMs: number; timeoutMs: number };
  /** The log ends within a pause that had begun so long before. */
  'ends-in-pause': { source: string; pause: string; beforeMs: number };
  /** `stop`: all threads stood still all the same, but not for a collection. */
  'no-long-pause': { source: string; pausedMs: number; windowMs: number; stop: { pause: string; durationMs: number } | null };
  /** The log does not cover the window; it ends or begins so long before or after the moment, or (`late`) within the window. */
  gap: { source: string; windowMs: number; at: 'ends-before' | 'begins-after' | 'begins-late'; byMs: number };
}
export type GcAnswer = Coded<GcAnswerFacts>;

/** What all GC logs together say of a moment. */
export interface GcConclusionFacts {
  'no-gc-log': Record<string, never>;
  'no-common-clock': Record<string, never>;
  'failure-without-time': Record<string, never>;
  /** Nothing tells whether a GC log is that of such a process or of another one. */
  'unknown-process': { process: string };
  /** None of them is that of such a process. */
  'other-processes': { process: string };
  answered: { answers: readonly GcAnswer[] };
  /** The same, but more processes write the logs than there are GC logs. */
  'answered-in-part': { answers: readonly GcAnswer[]; processes: number; logs: number };
}
export type GcConclusion = Coded<GcConclusionFacts>;

/** What a conclusion rests on. */
export interface GcEvidenceFacts {
  unjoined: Unjoined;
  /** `beforeMs`: how long before the failure it began; negative: after it. */
  pause: { pause: string; durationMs: number; beforeMs: number };
  /** Share of the window that went into full collections. */
  'full-collections-share': { share: number; windowMs: number };
  clock: GcClockShift;
}
export type GcEvidence = Coded<GcEvidenceFacts>;

export interface GcVerdict {
  /** Had a collector a part in it? */
  verdict: 'confirmed' | 'refuted' | 'unclear' | 'not covered';
  conclusion: GcConclusion;
  evidence: readonly GcEvidence[];
  /** Unknown where no GC log decides it. */
  certainty: Certainty;
  /** Pauses that speak for it, the longest first. */
  pauses: readonly GcPause[];
}

/** A failure that a collection may explain. */
export interface GcSubjectFacts {
  memory: { pool: PoolId };
  /** A process that was not heard of. */
  heartbeat: { process: string; id: string };
}
export type GcSubject = Coded<GcSubjectFacts>;

/** A failure that the collector may have had a part in, with what the GC logs say of it. */
export interface GcCase extends GcVerdict {
  subject: GcSubject;
  time: number | null;
  line: number;
  span: Span;
}
