import type { GcChartDocument, GcChartEvent } from '../../../../../common/gcChart.ts';
import type { Span } from '../../../../../common/span.ts';
import type { GcAnalysis, GcEvent } from '../../gc/model.ts';
import { zoneName } from '../../wording.ts';
import { gcVerdict } from './report.ts';
import { GC_CHART } from './words.ts';

/** More than this are not told apart on a screen. */
const MAX_EVENTS = 4000;

/** Null where the log shows no collection with a time. */
export function gcChart<P>(analysis: GcAnalysis, place: (span: Span) => P): GcChartDocument<P> | null {
  const { log } = analysis;
  const dated = log.events.filter(({ wall }) => wall !== null).length * 2 > log.events.length;
  const { events, restarts } = inTime(log.events, dated);
  if (events.length === 0) return null;
  const shown = thinned(events);
  const notes: string[] = [];
  if (restarts > 0) notes.push(GC_CHART.restarts(restarts));
  if (shown.length < events.length || log.eventsLeft > 0) notes.push(GC_CHART.left(events.length + log.eventsLeft - shown.length));
  return {
    verdict: gcVerdict(analysis).text,
    dated,
    zone: log.zoneMinutes === null ? null : zoneName(log.zoneMinutes),
    events: shown.map(
      ({ event, time }): GcChartEvent<P> => ({
        time,
        kind: event.kind === 'cycle' ? 'cycle' : event.kind !== 'pause' ? 'other' : event.full ? 'full' : 'young',
        after: event.after,
        capacity: event.capacity,
        pauseMs: event.kind === 'cycle' ? null : event.durationMs,
        text: GC_CHART.event(event),
        place: place(event.span),
      }),
    ),
    notes,
  };
}

interface Timed {
  event: GcEvent;
  time: number;
}

/** Uptimes of one JVM after the other go on where the last one ended. */
function inTime(events: readonly GcEvent[], dated: boolean): { events: Timed[]; restarts: number } {
  const timed: Timed[] = [];
  let base = 0;
  let last = 0;
  let restarts = 0;
  for (const event of events) {
    const printed = dated ? event.wall : event.uptime;
    if (printed === null) continue;
    if (!dated && printed + base < last - 1000) {
      base = last;
      restarts++;
    }
    last = printed + base;
    timed.push({ event, time: last });
  }
  return { events: dated ? timed.sort((a, b) => a.time - b.time) : timed, restarts };
}

/** Of neighbours the longest pause and the fullest heap: a peak is never left out. */
function thinned(events: readonly Timed[]): Timed[] {
  if (events.length <= MAX_EVENTS) return [...events];
  const size = Math.ceil(events.length / (MAX_EVENTS / 2));
  const kept: Timed[] = [];
  for (let at = 0; at < events.length; at += size) {
    const some = events.slice(at, at + size);
    const longest = some.reduce((best, one) => ((one.event.durationMs ?? 0) > (best.event.durationMs ?? 0) ? one : best));
    const fullest = some.reduce((best, one) => ((one.event.after ?? 0) > (best.event.after ?? 0) ? one : best));
    kept.push(...some.filter((one) => one === longest || one === fullest));
  }
  return kept;
}
