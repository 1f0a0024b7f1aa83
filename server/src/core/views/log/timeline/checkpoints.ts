import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval, TimelineLane, TimelineMark } from '../../../../../../common/timeline.ts';
import type { LogAnalysis } from '../../../analysis/log/model.ts';
import type { LogEvent } from '../../../log/model.ts';
import { type At, MAX_ITEMS } from './shared.ts';
import { CHECKPOINTS } from './words.ts';

/** Checkpoints that may overlap side by side. */
const MAX_ROWS = 4;

interface Completed {
  checkpoint: string;
  interval: TimelineInterval<Span>;
}

/** Checkpoints from their trigger to their end, and what speaks of one otherwise. */
export function checkpointLane(analysis: LogAnalysis, at: At, end: number): TimelineLane<Span>[] {
  const begun = new Map<string, LogEvent>();
  const completed: Completed[] = [];
  const others: TimelineInterval<Span>[] = [];
  const marks: TimelineMark<Span>[] = [];
  let left = 0;
  for (const event of analysis.log.events) {
    const { id } = event.fields;
    if (!event.id.startsWith('checkpoint-') || id === undefined) continue;
    if (event.id === 'checkpoint-triggered') {
      begun.set(id, event);
      continue;
    }
    const word = event.id.slice('checkpoint-'.length).replaceAll('-', ' ');
    if (event.id === 'checkpoint-completed' || event.id === 'checkpoint-declined' || event.id === 'checkpoint-expired') {
      const start = begun.get(id);
      begun.delete(id);
      const took = Number(event.fields.ms ?? event.fields.ms2 ?? 0);
      const good = event.id === 'checkpoint-completed';
      const interval: TimelineInterval<Span> = {
        id: `checkpoint:${id}:${event.line}`,
        from: Math.min(at(event), start === undefined ? at(event) - took : at(start)),
        to: at(event),
        label: CHECKPOINTS.label(id),
        tone: good ? 'good' : 'warning',
        place: event.span,
        description: CHECKPOINTS.ended(id, word),
      };
      if (good) completed.push({ checkpoint: id, interval });
      else others.push(interval);
    } else if (marks.length < MAX_ITEMS)
      marks.push({
        id: `mark:${event.line}`,
        at: at(event),
        label: CHECKPOINTS.label(id),
        tone: 'warning',
        kind: 'checkpoint',
        place: event.span,
        description: CHECKPOINTS.other(id, word),
      });
    else left++;
  }
  const failures = analysis.failures.episodes.map(({ first }) => at(first)).sort((a, b) => a - b);
  for (const [id, event] of begun) {
    const start = at(event);
    // Whatever was under way when the job failed came to nothing.
    const failure = failures.find((time) => time >= start);
    others.push({
      id: `checkpoint:${id}:open`,
      from: start,
      to: failure ?? null,
      label: CHECKPOINTS.label(id),
      tone: failure === undefined ? 'waiting' : 'warning',
      place: event.span,
      description: failure === undefined ? CHECKPOINTS.open(id, end - start) : CHECKPOINTS.lost(id, failure - start),
    });
  }
  const kept = others.slice(0, MAX_ITEMS);
  left += others.length - kept.length;
  const intervals = [...joined(completed, MAX_ITEMS), ...kept].sort((a, b) => a.from - b.from);
  if (intervals.length + marks.length === 0) return [];
  inRows(intervals);
  return [
    {
      id: 'checkpoints',
      kind: 'checkpoints',
      label: CHECKPOINTS.lane,
      intervals,
      marks,
      description: CHECKPOINTS.counts(completed.length, others.length),
      ...(left > 0 ? { left } : {}),
    },
  ];
}

/** Neighbours as one interval where there are too many of them. */
function joined(all: readonly Completed[], most: number): TimelineInterval<Span>[] {
  const size = Math.ceil(all.length / most);
  if (size <= 1) return all.map(({ interval }) => interval);
  const result: TimelineInterval<Span>[] = [];
  for (let at = 0; at < all.length; at += size) {
    const part = all.slice(at, at + size);
    const [first, last] = [part[0] as Completed, part.at(-1) as Completed];
    result.push({
      ...first.interval,
      ...(part.length === 1
        ? {}
        : {
            to: last.interval.to,
            label: CHECKPOINTS.range(first.checkpoint, last.checkpoint),
            description: CHECKPOINTS.completed(part.length),
          }),
    });
  }
  return result;
}

/** Those that run at the same time one under the other. */
function inRows(sorted: TimelineInterval<Span>[]): void {
  const free: number[] = [];
  for (const interval of sorted) {
    let row = free.findIndex((time) => time <= interval.from);
    if (row === -1) row = Math.min(free.length, MAX_ROWS - 1);
    free[row] = interval.to ?? Number.POSITIVE_INFINITY;
    if (row > 0) interval.row = row;
  }
}
