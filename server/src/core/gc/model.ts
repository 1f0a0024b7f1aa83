import type { Span } from '../../../../common/span.ts';
import type { AnalysisBase } from '../model.ts';

/** What a JVM's garbage-collection log says. Sizes in KiB, times in ms. */

export type Collector = 'G1' | 'Parallel' | 'Serial' | 'CMS' | 'ParNew' | 'ZGC' | 'Shenandoah' | 'Epsilon';

export interface GcEvent {
  kind: /** Stop-the-world. */
    | 'pause'
    /** A whole concurrent cycle as ZGC reports it; its pauses are events of their own where they are logged. */
    | 'cycle'
    /** A thread that had to wait for memory (ZGC). */
    | 'stall';
  /** "Pause Young (Normal) (G1 Evacuation Pause)", "GC (Allocation Failure)". */
  name: string;
  full: boolean;
  /** Asked for by System.gc(). */
  explicit: boolean;
  /** Of the moment the line was written: epoch ms, or null where the log has only uptimes. */
  wall: number | null;
  /** Since the JVM's start. */
  uptime: number | null;
  durationMs: number | null;
  before: number | null;
  after: number | null;
  /** Size of the heap at that moment. */
  capacity: number | null;
  span: Span;
}

/** A sign of trouble that the collector itself reports. */
export interface GcTrouble {
  kind: 'to-space-exhausted' | 'concurrent-mode-failure' | 'promotion-failed' | 'allocation-stall' | 'degenerated' | 'out-of-memory';
  text: string;
  span: Span;
}

export interface GcLog {
  dialect: 'unified' | 'pre-unified';
  collector: Collector | null;
  /** "17.0.15+6-Debian-1deb12u1", as printed. */
  jvm: string | null;
  /** Collections: distinct GC ids in unified logs, entries "[GC" and "[Full GC" before. */
  collections: number;
  events: GcEvent[];
  troubles: GcTrouble[];
}

export interface GcStatistics {
  pauses: number;
  totalPauseMs: number;
  maxPauseMs: number;
  fullGcs: number;
  systemGcs: number;
  /** From the first event to the last; null where no time is printed. */
  spanMs: number | null;
  /** Share of that span spent in pauses, 0 to 1. */
  pauseShare: number | null;
  /** KiB a second. */
  allocationRate: number | null;
  /** KiB a second that survived young collections and stayed. */
  promotionRate: number | null;
  /** Growth of the heap left after full collections (or after all, where none is full), in KiB a minute; null with fewer than 4 of them. */
  heapTrend: number | null;
  /** The heap left after the last of them as a share of its size. */
  heapLeft: number | null;
}

export interface GcAnalysis extends AnalysisBase<'gc-log'> {
  log: GcLog;
  statistics: GcStatistics;
}
