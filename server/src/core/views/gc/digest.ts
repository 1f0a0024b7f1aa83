import type { GcAnalysis, GcEvent } from '../../gc/model.ts';
import type { Keep } from '../../incident/digest/fit.ts';
import type { GcDigest } from '../../incident/digest/model.ts';
import type { LineOf } from '../../incident/digest/source.ts';

const MINUTE = 60_000;
/** Pauses that are long enough to be told one by one. */
const LONG = 1000;

/** What a GC log says beyond itself: its figures, the pauses, and those of a second or more one by one. */
export function gcDigest({ log }: GcAnalysis, keep: Keep, lineOf: LineOf): GcDigest {
  const { events, pauses, troubles, unfinished, ...rest } = log;
  const thin = ({ span, ...event }: GcEvent): GcDigest['events'][number] => ({ ...event, line: lineOf(span) });
  const telling = events.filter((event) => (event.durationMs ?? 0) >= LONG || event.full || event.kind === 'stall');
  // The size of the heap is read from the others too.
  const told = keep.holds(events.length) ? events : telling.length >= keep.limit ? telling : events.slice(0, keep.limit);
  const kept = keep.ends(told);
  return {
    ...rest,
    runs: [...keep.ends(log.runs)],
    details: { ...log.details, byName: [...keep.first(log.details.byName)], floors: [...keep.ends(log.details.floors)] },
    events: kept.map(thin),
    eventsLeft: log.eventsLeft + events.length - kept.length,
    unfinished: unfinished === null ? null : thin(unfinished),
    troubles: keep.ends(troubles).map(({ kind, text, span }) => ({ kind, text: text.slice(0, 300), line: lineOf(span) })),
    pauses: [...(keep.holds(pauses.count) ? pauses.list() : keep.ends(pauses.sums(MINUTE)))],
  };
}
