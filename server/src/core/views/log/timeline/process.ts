import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval, TimelineLane, TimelineMark } from '../../../../../../common/timeline.ts';
import type { GcTrack } from '../../../analysis/log/gcModel.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { rootOf, throwableTitle } from '../../../log/traces/throwables.ts';
import { formatDuration, plural } from '../../../wording.ts';
import { type At, MAX_ITEMS } from './shared.ts';

/** Every stack trace, wherever it was printed. */
export function exceptionLane({ log, groups }: LogAnalysis, at: At): TimelineLane<Span>[] {
  const marks: TimelineMark<Span>[] = [];
  for (const exception of log.exceptions) {
    if (exception.kind !== 'trace' || marks.length >= MAX_ITEMS) continue;
    if (log.clock !== 'none' && exception.time === null) continue;
    const title = throwableTitle(rootOf(exception));
    marks.push({
      id: `exception:${exception.index}`,
      at: at(exception),
      label: rootOf(exception).className?.replace(/^.*\./, '') ?? 'exception',
      tone: 'bad',
      kind: 'exception',
      place: exception.top.headSpan,
      description: title,
    });
  }
  if (marks.length === 0) return [];
  marks.sort((a, b) => a.at - b.at);
  const traces = log.exceptions.filter((one) => one.kind === 'trace').length;
  const left = traces + log.exceptionsLeft - marks.length;
  return [
    {
      id: 'exceptions',
      kind: 'exceptions',
      label: 'Exceptions',
      intervals: [],
      marks,
      description: `${plural(traces + log.exceptionsLeft, 'stack trace')} in ${plural(groups.length, 'group')}.`,
      ...(left > 0 ? { left } : {}),
    },
  ];
}

/** Samples of the memory logger. */
export function memoryLane({ log }: LogAnalysis, at: At): TimelineLane<Span>[] {
  const marks: TimelineMark<Span>[] = [];
  for (const event of log.events) {
    if (event.id !== 'memory-sample' || event.fields.used === undefined || marks.length >= MAX_ITEMS) continue;
    const { used = '', max = '' } = event.fields;
    const share = Number(used) / Number(max);
    marks.push({
      id: `memory:${event.line}`,
      at: at(event),
      label: `${used}/${max} MB`,
      tone: share > 0.9 ? 'warning' : 'info',
      kind: 'event',
      place: event.span,
      description: `Heap: ${used} of ${max} MB used.`,
    });
  }
  return marks.length === 0
    ? []
    : [{ id: 'memory', kind: 'memory', label: 'Heap', intervals: [], marks, description: 'Samples of the heap from the memory logger.' }];
}

/** Pauses of the collectors, a lane for each JVM; the longest where there are too many. */
export function gcLanes({ gc }: LogAnalysis): TimelineLane<Span>[] {
  return gc.tracks.map((track, index) =>
    gcLane(track, index === 0 ? 'gc' : `gc:${index}`, gc.tracks.length === 1 ? 'GC pauses' : `GC pauses of ${track.source}`),
  );
}

function gcLane({ pauses, source }: GcTrack, id: string, label: string): TimelineLane<Span> {
  const kept =
    pauses.length <= MAX_ITEMS
      ? pauses
      : [...pauses]
          .sort((a, b) => b.durationMs - a.durationMs)
          .slice(0, MAX_ITEMS)
          .sort((a, b) => a.start - b.start);
  const intervals = kept.map(
    (pause, index): TimelineInterval<Span> => ({
      id: `${id}:${index}`,
      from: pause.start,
      to: pause.start + pause.durationMs,
      label: pause.kind,
      tone: pause.full ? 'bad' : pause.durationMs > 1000 ? 'warning' : 'neutral',
      ...(pause.span === undefined ? {} : { place: pause.span }),
      description: `${pause.kind}: ${formatDuration(pause.durationMs)}.`,
    }),
  );
  const left = pauses.length - kept.length;
  return { id, kind: 'gc', label, intervals, marks: [], description: `Pauses of the collector from ${source}.`, ...(left > 0 ? { left } : {}) };
}
