import type { GcTrack } from '../analysis/gcJoin.ts';
import type { GcLog } from '../gc/model.ts';
import type { LogModel } from './model.ts';

/** Zones differ from UTC by multiples of this. */
const ZONE_STEP = 15 * 60_000;
const MOST_ZONES = (14 * 60 * 60_000) / ZONE_STEP;

/**
 * A JVM's collections on the clock of its Flink log. GC logs state their zone or only an uptime, Flink logs print
 * local time without a zone: the offset is chosen so that both cover the same stretch, and named. Null when the GC
 * log has no times at all, or none of the offsets makes them overlap.
 */
export function gcTrackOf(gc: GcLog, log: LogModel, source: string): GcTrack | null {
  if (log.from === null || log.to === null || log.clock !== 'epoch') return null;
  const pauses = gc.events.filter((event) => event.kind === 'pause' && event.durationMs !== null);
  const walls = pauses.filter((event) => event.wall !== null);
  if (walls.length > 0) {
    const times = walls.map((event) => ({ event, at: event.wall as number }));
    const offset = zoneOffset(times[0]?.at ?? 0, times.at(-1)?.at ?? 0, log.from, log.to);
    if (offset === null) return null;
    return track(gc, times, offset, offset === 0 ? null : { ms: offset, why: 'the logs print different time zones' }, source);
  }
  const uptimes = pauses.filter((event) => event.uptime !== null).map((event) => ({ event, at: event.uptime as number }));
  if (uptimes.length === 0 || log.process.component === null) return null;
  // The banner is printed about a second after the JVM's start; uptimes are counted from there.
  return track(
    gc,
    uptimes,
    log.from,
    { ms: log.from, why: 'the GC log has uptimes only, counted from the first record of the log, about a second after the start of the JVM' },
    source,
  );
}

function track(
  gc: GcLog,
  times: readonly { event: GcLog['events'][number]; at: number }[],
  offset: number,
  reason: GcTrack['offset'],
  source: string,
): GcTrack {
  // Unified logging writes its line when the pause is over, the older form when it begins.
  const early = gc.dialect === 'unified';
  const pauses = times.map(({ event, at }) => {
    const durationMs = event.durationMs as number;
    return {
      start: at + offset - (early ? durationMs : 0),
      durationMs,
      kind: event.name,
      full: event.full,
      explicit: event.explicit,
      span: event.span,
    };
  });
  pauses.sort((a, b) => a.start - b.start);
  const last = pauses.at(-1);
  return { from: pauses[0]?.start ?? 0, to: last === undefined ? 0 : last.start + last.durationMs, pauses, source, offset: reason };
}

/** The offset with the largest overlap; the smallest one among equals. */
function zoneOffset(gcFrom: number, gcTo: number, from: number, to: number): number | null {
  let best: number | null = null;
  let most = 0;
  for (let step = 0; step <= 2 * MOST_ZONES; step++) {
    // 0, +1, -1, +2, -2 …
    const offset = Math.ceil(step / 2) * (step % 2 === 1 ? 1 : -1) * ZONE_STEP;
    const overlap = Math.min(gcTo + offset, to) - Math.max(gcFrom + offset, from);
    if (overlap > most) {
      most = overlap;
      best = offset + 0;
    }
  }
  return best;
}
