import type { Span } from '../../../../common/span.ts';
import { FLINK_20663 } from '../knowledge/memory-errors.ts';
import { formatDuration } from '../log/time.ts';

/** One pause of a JVM's garbage collector. */
export interface GcPause {
  /** Start in milliseconds on the clock of the log: since 1970, or since midnight for logs without dates. */
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
  pauses: readonly GcPause[];
  /** Name of the file, for messages. */
  source: string;
  /** Milliseconds that were added to the times of the GC log, with the reason; null when both clocks agree. */
  offset: { ms: number; why: string } | null;
}

export interface GcVerdict {
  verdict: 'confirmed' | 'refuted' | 'not covered';
  text: string;
  evidence: string[];
}

/** Share of time in full collections above which they are taken for a cause by themselves. */
const BUSY_SHARE = 0.3;
const BUSY_WINDOW = 5 * 60_000;

/** Had the collector a part in a failure at `time`? Says "not covered" unless a GC log covers the moment. */
export function judgeGc(time: number | null, track: GcTrack | null): GcVerdict {
  if (track === null) return { verdict: 'not covered', text: 'No GC log of this JVM was read, so neither confirmed nor refuted.', evidence: [] };
  if (time === null) return { verdict: 'not covered', text: 'The failure has no time to look up in the GC log.', evidence: [] };
  const from = time - FLINK_20663.backOffMs - 100;
  if (track.from > from || track.to < time)
    return { verdict: 'not covered', text: `${track.source} does not cover the ${formatDuration(time - from)} before the failure.`, evidence: [] };
  const overlapping = track.pauses.filter((pause) => pause.start <= time && pause.start + pause.durationMs >= from);
  const windowStart = Math.max(track.from, time - BUSY_WINDOW);
  const fullMs = track.pauses.reduce(
    (sum, pause) => (pause.full && pause.start >= windowStart && pause.start <= time ? sum + pause.durationMs : sum),
    0,
  );
  const share = time > windowStart ? fullMs / (time - windowStart) : 0;
  const offset = track.offset === null ? [] : [`Clock offset applied: ${formatDuration(track.offset.ms)} (${track.offset.why}).`];
  const full = overlapping.filter((pause) => pause.full || pause.explicit);
  if (full.length > 0 || share > BUSY_SHARE) {
    const evidence = full.map(
      (pause) => `${pause.kind}, ${formatDuration(pause.durationMs)}, ${formatDuration(time - pause.start)} before the failure`,
    );
    if (share > BUSY_SHARE)
      evidence.push(`${Math.round(share * 100)} % of the ${formatDuration(time - windowStart)} before the failure went into full collections`);
    return { verdict: 'confirmed', text: `${track.source} shows full collections right before the failure.`, evidence: [...evidence, ...offset] };
  }
  return {
    verdict: 'refuted',
    text: `${track.source} covers the failure and shows no full collection in the ${formatDuration(time - from)} before it.`,
    evidence: offset,
  };
}
