import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval, TimelineLane, TimelineMark } from '../../../../../../common/timeline.ts';
import type { GcTrack } from '../../../analysis/log/gcModel.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import { rootOf, throwableTitle } from '../../../log/traces/throwables.ts';
import { type At, MAX_ITEMS } from './shared.ts';
import { PROCESS } from './words.ts';

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
      label: rootOf(exception).className?.replace(/^.*\./, '') ?? PROCESS.exception,
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
      label: PROCESS.exceptions,
      intervals: [],
      marks,
      description: PROCESS.traces(traces + log.exceptionsLeft, groups.length),
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
      label: PROCESS.sample(used, max),
      tone: share > 0.9 ? 'warning' : 'info',
      kind: 'event',
      place: event.span,
      description: PROCESS.used(used, max),
    });
  }
  return marks.length === 0 ? [] : [{ id: 'memory', kind: 'memory', label: PROCESS.heap, intervals: [], marks, description: PROCESS.samples }];
}

/** Pauses of the collectors, a lane for each JVM; the longest where there are too many. */
export function gcLanes({ gc }: LogAnalysis): TimelineLane<Span>[] {
  return gc.tracks.map((track, index) =>
    gcLane(track, index === 0 ? 'gc' : `gc:${index}`, PROCESS.pauses(gc.tracks.length === 1 ? null : track.source)),
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
      description: PROCESS.pause(pause.kind, pause.durationMs),
    }),
  );
  const left = pauses.length - kept.length;
  return { id, kind: 'gc', label, intervals, marks: [], description: PROCESS.pausesFrom(source), ...(left > 0 ? { left } : {}) };
}
