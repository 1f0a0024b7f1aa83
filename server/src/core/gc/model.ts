import type { Span } from '../../../../common/span.ts';
import type { AnalysisBase } from '../model.ts';
import type { PauseTable } from './pauseTable.ts';

/** What a JVM's garbage-collection log says. Sizes in KiB, times in ms. */

export type Collector = 'G1' | 'Parallel' | 'Serial' | 'CMS' | 'ParNew' | 'ZGC' | 'Shenandoah' | 'Epsilon';

export interface GcEvent {
  kind: /** Stop-the-world. */
    | 'pause'
    /** A whole concurrent cycle, or the step of one that frees memory; its pauses are events of their own where they are logged. */
    | 'cycle'
    /** A thread that had to wait for memory (ZGC). */
    | 'stall'
    /** All threads stood still for a second or more, but not for a collection. */
    | 'safepoint';
  /** "Pause Young (Normal) (G1 Evacuation Pause)", "GC (Allocation Failure)". */
  name: string;
  full: boolean;
  /** Asked for by System.gc(). */
  explicit: boolean;
  /** As printed: epoch ms, or null where the log has only uptimes. */
  wall: number | null;
  /** Since the JVM's start. */
  uptime: number | null;
  /** The printed times are those of its end (unified logging), not of its beginning. */
  timedAtEnd: boolean;
  /** Null: not printed, or cut off. */
  durationMs: number | null;
  before: number | null;
  after: number | null;
  /** Size of the heap at that moment. */
  capacity: number | null;
  /** The old generation alone, where the log tells its size. */
  old: GenerationSizes | null;
  span: Span;
}

export interface GenerationSizes {
  before: number;
  after: number;
  capacity: number;
}

/** A sign of trouble that the collector itself reports. */
export interface GcTrouble {
  kind: TroubleKind;
  text: string;
  span: Span;
}

export type TroubleKind =
  | 'to-space-exhausted'
  | 'concurrent-mode-failure'
  | 'promotion-failed'
  | 'allocation-stall'
  | 'degenerated'
  | 'out-of-memory';

/** One life of a JVM; a file may hold several, one after the other. */
export interface GcRun {
  /** When the JVM started, in epoch ms: wall clock less uptime. Null where not both are printed. */
  started: number | null;
  /** Printed times of its first and last line. */
  from: { wall: number | null; uptime: number | null };
  to: { wall: number | null; uptime: number | null };
}

export interface GcLog {
  dialect: 'unified' | 'pre-unified';
  collector: Collector | null;
  /** "17.0.15+6-Debian-1deb12u1", as printed. */
  jvm: string | null;
  /** Collections: distinct GC ids in unified logs, entries "[GC" and "[Full GC" before. */
  collections: number;
  /** In the order of the file; of a very large log only the notable and the longest. */
  events: GcEvent[];
  /** Events that were counted but not kept. */
  eventsLeft: number;
  /** All pauses, also those whose events were not kept. */
  pauses: PauseTable;
  /** What the times in it count; null: there are none. */
  pauseClock: 'wall' | 'uptime' | null;
  /** The first ones. */
  troubles: GcTrouble[];
  troubleCounts: Partial<Record<TroubleKind, number>>;
  /** A pause that had begun when the log ended. */
  unfinished: GcEvent | null;
  runs: GcRun[];
  /** Minutes east of Greenwich of the printed times; null where no zone is printed. */
  zoneMinutes: number | null;
  statistics: GcStatistics;
  details: GcDetails;
}

/** Events of one name. */
export interface GcNameFigures {
  name: string;
  count: number;
  totalMs: number;
  maxMs: number;
}

/** The lowest that collections brought the heap down to in one stretch of time. */
export interface HeapFloor {
  /** ms since the start of the log. */
  at: number;
  used: number;
}

export interface GcStatistics {
  pauses: number;
  totalPauseMs: number;
  maxPauseMs: number;
  fullGcs: number;
  systemGcs: number;
  /** Time that the log covers, without that between two lives of a JVM; null where no time is printed. */
  spanMs: number | null;
  /** Share of that span spent in pauses, 0 to 1. */
  pauseShare: number | null;
  /** KiB a second. */
  allocationRate: number | null;
  /** KiB a second that young collections moved to the old generation; null where the log does not tell its size. */
  promotionRate: number | null;
  /** Growth of the heap in use after collections, in KiB a minute; null where the log is too short for a trend. */
  heapTrend: number | null;
  /** The heap left after the last full collection (or cycle) as a share of its size. */
  heapLeft: number | null;
}

/** What the report says beyond the figures of the summary. */
export interface GcDetails {
  byName: GcNameFigures[];
  floors: HeapFloor[];
  /** How well a straight line describes the floors, 0 to 1; null without a trend. */
  trendFit: number | null;
  /** The trend is that of full collections (or whole cycles), not of all. */
  trendOfDeep: boolean;
  /** Size of the heap when it was last printed. */
  capacity: number | null;
}

export interface GcAnalysis extends AnalysisBase<'gc-log'> {
  log: GcLog;
  statistics: GcStatistics;
}
