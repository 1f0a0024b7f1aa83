import type { GcEvent, GcLog, GcStatistics } from './model.ts';

/** Fewer points than this make no trend. */
const ENOUGH_FOR_TREND = 4;

export function statisticsOf({ events }: GcLog): GcStatistics {
  const pauses = events.filter(({ kind }) => kind === 'pause');
  const durations = pauses.flatMap(({ durationMs }) => durationMs ?? []);
  const totalPauseMs = durations.reduce((sum, ms) => sum + ms, 0);
  const spanMs = spanOf(events);
  const trend = trendOf(events);
  return {
    pauses: pauses.length,
    totalPauseMs: round(totalPauseMs),
    maxPauseMs: round(durations.reduce((most, ms) => Math.max(most, ms), 0)),
    fullGcs: pauses.filter(({ full }) => full).length,
    systemGcs: events.filter(({ explicit }) => explicit).length,
    spanMs,
    pauseShare: spanMs === null || spanMs === 0 ? null : Math.min(1, totalPauseMs / spanMs),
    ...ratesOf(events, spanMs),
    ...trend,
  };
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

export function timeOf(event: GcEvent): number | null {
  return event.uptime ?? event.wall;
}

function spanOf(events: readonly GcEvent[]): number | null {
  const timed = events.filter((event) => timeOf(event) !== null);
  const first = timed[0];
  const last = timed.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const span = (timeOf(last) as number) - (timeOf(first) as number);
  // Several JVMs in one file start from zero again.
  return span > 0 ? span : null;
}

/** What was allocated is what the heap grew between two collections; what was promoted is what a young one did not free. */
function ratesOf(events: readonly GcEvent[], spanMs: number | null): Pick<GcStatistics, 'allocationRate' | 'promotionRate'> {
  if (spanMs === null) return { allocationRate: null, promotionRate: null };
  let allocated = 0;
  let promoted = 0;
  let left: number | null = null;
  for (const { before, after, full } of events) {
    if (before === null || after === null) continue;
    if (left !== null) {
      allocated += Math.max(0, before - left);
      if (!full) promoted += Math.max(0, after - left);
    }
    left = after;
  }
  return { allocationRate: (allocated / spanMs) * 1000, promotionRate: (promoted / spanMs) * 1000 };
}

/** Least squares over the heap left after full collections, or after cycles of a concurrent collector. */
function trendOf(events: readonly GcEvent[]): Pick<GcStatistics, 'heapTrend' | 'heapLeft'> {
  const deep = events.filter((event) => (event.full || event.kind === 'cycle') && event.after !== null && timeOf(event) !== null);
  const last = deep.at(-1);
  const heapLeft = last?.capacity ? (last.after as number) / last.capacity : null;
  if (deep.length < ENOUGH_FOR_TREND) return { heapTrend: null, heapLeft };
  const points = deep.map((event) => [(timeOf(event) as number) / 60_000, event.after as number] as const);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  let covariance = 0;
  let variance = 0;
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  return { heapTrend: variance === 0 ? null : covariance / variance, heapLeft };
}
