import type { Range } from '../../common/span.ts';
import type { TimelineClock, TimelineInterval, TimelineMark } from '../../common/timeline.ts';
import { formatDuration, formatTime } from './scale.ts';
import { MARK_NAMES } from './style.ts';

/** Items in a sentence: titles, and what a screen reader says. */

export function speakInterval(item: TimelineInterval<Range>, clock: TimelineClock, end: number): string {
  const until = item.to === null ? 'until the end of the file' : `to ${formatTime(item.to, clock)}`;
  return `${item.label}, ${item.open ? 'since before the file' : `from ${formatTime(item.from, clock)}`} ${until}, ${formatDuration((item.to ?? end) - item.from, clock)}. ${item.description}`;
}

export function speakMark(item: TimelineMark<Range>, clock: TimelineClock): string {
  return `${MARK_NAMES[item.kind]} ${item.label}, ${formatTime(item.at, clock)}. ${item.description}`;
}
