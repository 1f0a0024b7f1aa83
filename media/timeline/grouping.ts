import type { Range } from '../../common/span.ts';
import type { TimelineInterval, TimelineMark, TimelineTone } from '../../common/timeline.ts';
import { type Scale, toX } from './scale.ts';

/** What is too narrow to be told apart is drawn together: by what there is most of, column by column. */

/** Intervals narrower than this, in px, are drawn together with their neighbours. */
const NARROW = 3;
/** Width of a column of narrow intervals. */
const COLUMN = 4;
/** Marks nearer than this to the one before are drawn with it; what is bad needs less room. */
const MARK_ROOM = 9;
const BAD_ROOM = 4;

/** When equally much of each is there, the worse one shows. */
const WORST: readonly TimelineTone[] = ['bad', 'warning', 'cancelled', 'waiting', 'running', 'good', 'info', 'neutral'];

export interface Bar {
  x: number;
  width: number;
  row: number;
  /** The one that stands for all: it gives label, tone and id. */
  shown: TimelineInterval<Range>;
  /** More than one: they are too narrow to be drawn alone. */
  items: TimelineInterval<Range>[];
}

/** The intervals in sight as bars. `selected` is shown rather than others of its column. */
export function barsOf(intervals: readonly TimelineInterval<Range>[], scale: Scale, end: number, rows: number, selected?: string): Bar[] {
  const right = scale.left + scale.width;
  const bars: Bar[] = [];
  const columns = new Map<string, { column: number; row: number; items: TimelineInterval<Range>[] }>();
  for (const item of intervals) {
    const until = item.to ?? Math.max(end, scale.to);
    if (until < scale.from || item.from > scale.to) continue;
    const x = Math.max(scale.left - 4, toX(scale, item.from));
    const stop = Math.min(right + 4, toX(scale, until));
    const row = Math.min(rows - 1, item.row ?? 0);
    if (stop - x >= NARROW) {
      bars.push({ x, width: stop - x, row, shown: item, items: [item] });
      continue;
    }
    const column = Math.floor((x + stop) / 2 / COLUMN);
    const key = `${row} ${column}`;
    const present = columns.get(key);
    if (present === undefined) columns.set(key, { column, row, items: [item] });
    else present.items.push(item);
  }
  const length = (item: TimelineInterval<Range>) => (item.to ?? end) - item.from;
  let last: Bar | undefined;
  for (const { column, row, items } of [...columns.values()].sort((a, b) => a.row - b.row || a.column - b.column)) {
    const x = column * COLUMN;
    const shown = items.find((item) => item.id === selected) ?? mostOf(items, length);
    if (last !== undefined && last.row === row && last.x + last.width === x && last.shown.label === shown.label && shown.id !== selected) {
      last.width += COLUMN;
      last.items.push(...items);
    } else {
      last =
        items.length === 1 ? { x: toX(scale, shown.from), width: NARROW, row, shown, items } : { x, width: COLUMN, row, shown, items: [...items] };
      bars.push(last);
    }
  }
  return bars;
}

/** The longest one of the label that takes most of the time. */
function mostOf(items: readonly TimelineInterval<Range>[], length: (item: TimelineInterval<Range>) => number): TimelineInterval<Range> {
  const sums = new Map<string, { time: number; longest: TimelineInterval<Range> }>();
  for (const item of items) {
    const sum = sums.get(item.label);
    if (sum === undefined) sums.set(item.label, { time: length(item), longest: item });
    else {
      sum.time += length(item);
      if (length(item) > length(sum.longest)) sum.longest = item;
    }
  }
  const [most] = [...sums.values()].sort((a, b) => b.time - a.time || WORST.indexOf(a.longest.tone) - WORST.indexOf(b.longest.tone));
  return most?.longest ?? (items[0] as TimelineInterval<Range>);
}

export interface Cluster {
  x: number;
  shown: TimelineMark<Range>;
  /** Marks close by that are not drawn. */
  more: number;
}

/** The marks in sight; those that would cover each other are drawn as one. */
export function clustersOf(marks: readonly TimelineMark<Range>[], scale: Scale, selected?: string): Cluster[] {
  const clusters: Cluster[] = [];
  for (const mark of marks) {
    if (mark.at < scale.from || mark.at > scale.to) continue;
    const x = toX(scale, mark.at);
    const last = clusters.at(-1);
    const keeps = (one: TimelineMark<Range>) => one.kind === 'first-failure' || one.id === selected;
    const room = mark.tone === 'bad' && last?.shown.tone === 'bad' ? BAD_ROOM : MARK_ROOM;
    if (last === undefined || x - last.x >= room || (keeps(mark) && keeps(last.shown))) clusters.push({ x, shown: mark, more: 0 });
    else {
      last.more++;
      if (keeps(mark) || (mark.tone === 'bad' && last.shown.tone !== 'bad' && !keeps(last.shown))) [last.x, last.shown] = [x, mark];
    }
  }
  // That attempts were cancelled is said by their states too: many in one place would only hide those.
  return clusters.filter(({ shown, more }) => shown.kind !== 'cancel' || more === 0 || shown.id === selected);
}
