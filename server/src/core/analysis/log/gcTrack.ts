import type { GcEvent, GcLog } from '../../gc/model.ts';
import type { LogModel } from '../../log/model.ts';
import type { ClockFault } from '../../problems.ts';
import { gcClock } from './gcClock.ts';
import type { GcJoin, GcPause, GcTrack, Unjoined } from './gcModel.ts';
import { gcOwner } from './gcOwner.ts';

/** The collections of a JVM on the clock of its Flink log; or why they cannot be brought there. */
function gcTrackOf(gc: GcLog, log: LogModel, source: string): GcTrack | ClockFault {
  const clock = gcClock(gc, log);
  if ('code' in clock) return clock;
  const { ms, reason, slackMs, certainty } = clock;
  const process = clock.process ?? gcOwner(gc, log, source);
  const wall = gc.runs[0]?.from.wall !== null && gc.runs[0] !== undefined;
  const time = (at: { wall: number | null; uptime: number | null }) => (wall ? at.wall : at.uptime);
  const pauses: GcPause[] = [];
  const stops: GcPause[] = [];
  for (const event of gc.events) {
    const start = startOf(event, time(event));
    if (start === null || event.durationMs === null) continue;
    const { name: kind, durationMs, full, explicit, span } = event;
    if (event.kind === 'pause') pauses.push({ start: start + ms, durationMs, kind, full, explicit, span });
    else if (event.kind === 'safepoint') stops.push({ start: start + ms, durationMs, kind, full, explicit, span });
  }
  pauses.sort((a, b) => a.start - b.start);
  const first = gc.runs[0];
  const last = gc.runs.at(-1);
  const begun = gc.unfinished === null ? null : startOf(gc.unfinished, time(gc.unfinished));
  return {
    from:
      Math.min((first === undefined ? null : time(first.from)) ?? Number.POSITIVE_INFINITY, (pauses[0]?.start ?? Number.POSITIVE_INFINITY) - ms) + ms,
    to: ((last === undefined ? null : time(last.to)) ?? 0) + ms,
    pauses,
    busyMs: (from, to) => gc.pauses.between(from - ms, to - ms),
    stops,
    unfinished: begun === null ? null : { start: begun + ms, kind: gc.unfinished?.name ?? '' },
    figures: gc.statistics,
    source,
    process,
    shift: reason === null ? null : { ms, slackMs, reason },
    certainty,
  };
}

/** Unified logging writes its line when the pause is over, the older form when it begins. */
function startOf({ timedAtEnd, durationMs }: GcEvent, printed: number | null): number | null {
  return printed === null ? null : timedAtEnd ? printed - (durationMs ?? 0) : printed;
}

/** Joins GC logs with a log. */
export function joinGc(logs: readonly { gc: GcLog; source: string }[], log: LogModel): GcJoin {
  const tracks: GcTrack[] = [];
  const unjoined: Unjoined[] = [];
  for (const { gc, source } of logs) {
    const track = gcTrackOf(gc, log, source);
    if ('code' in track) unjoined.push({ source, fault: track });
    else tracks.push(track);
  }
  return { tracks, unjoined };
}
