import type { Span } from '../../../../../../common/span.ts';
import type { TimelineInterval, TimelineLane, TimelineTone } from '../../../../../../common/timeline.ts';
import { MAX_ITEMS } from './shared.ts';
import { STATES } from './words.ts';

/** What most needs to be seen when not all subtasks are alike. */
const ORDER: readonly TimelineTone[] = ['bad', 'warning', 'cancelled', 'waiting', 'running', 'good', 'info', 'neutral'];

interface Kind {
  label: string;
  tone: TimelineTone;
}

/**
 * Subtasks as one: how many of them are in which state, from one change to the next. What lasts less than `least`
 * is left to the lanes of the subtasks.
 */
export function togetherIntervals(id: string, lanes: readonly TimelineLane<Span>[], least: number): TimelineInterval<Span>[] {
  const changes: { time: number; kind: string; by: 1 | -1; place: Span | undefined }[] = [];
  const kinds = new Map<string, Kind>();
  for (const lane of lanes) {
    for (const { from, to, label, tone, place } of lane.intervals) {
      if (to !== null && to <= from) continue;
      // An attempt's number says nothing about many.
      const kind = STATES.ofLabel(label);
      kinds.set(kind, { label: kind, tone });
      changes.push({ time: from, kind, by: 1, place });
      if (to !== null) changes.push({ time: to, kind, by: -1, place });
    }
  }
  changes.sort((a, b) => a.time - b.time || a.by - b.by);
  const counts = new Map<string, number>();
  const result: TimelineInterval<Span>[] = [];
  let text = '';
  let at = 0;
  while (at < changes.length && result.length < MAX_ITEMS) {
    const { time, place } = changes[at] as (typeof changes)[number];
    for (let change = changes[at]; change !== undefined && change.time === time; change = changes[++at])
      counts.set(change.kind, (counts.get(change.kind) ?? 0) + change.by);
    const present = [...counts]
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => ({ ...(kinds.get(kind) as Kind), count }))
      .sort((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone) || (a.label < b.label ? -1 : 1));
    const now = present.map(({ label, count }) => STATES.share(count, lanes.length, label)).join(', ');
    if (now === text) continue;
    text = now;
    const last = result.at(-1);
    if (last !== undefined && last.to === null) {
      last.to = time;
      if (time - last.from < least) result.pop();
    }
    const [worst] = present;
    if (worst === undefined) continue;
    result.push({
      id: `${id}|${time}`,
      from: time,
      to: null,
      label: now,
      tone: worst.tone,
      ...(place === undefined ? {} : { place }),
      description: STATES.together(lanes.length, now),
    });
  }
  const last = result.at(-1);
  if (last !== undefined && at < changes.length) last.to = changes[at]?.time ?? null;
  return result;
}
