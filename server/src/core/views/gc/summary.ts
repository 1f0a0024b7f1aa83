import type { GcAnalysis, GcStatistics } from '../../gc/model.ts';

/** The `summary` of the command line's JSON for a GC log. */
export interface GcSummary extends GcStatistics {
  collector: string | null;
  /** Collections that the log speaks of. */
  events: number;
}

export function gcSummary({ log, statistics }: GcAnalysis): GcSummary {
  return { collector: log.collector, events: log.collections, ...statistics };
}
