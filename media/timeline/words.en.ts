import type { Range } from '../../common/span.ts';
import type { LaneKind, TimelineClock, TimelineInterval, TimelineMark } from '../../common/timeline.ts';
import { count, plural } from '../shared/dom.ts';
import { formatDuration, formatTime } from './scale.ts';

export const MARK_NAMES: Readonly<Record<TimelineMark<unknown>['kind'], string>> = {
  'first-failure': 'first failure',
  failure: 'failure',
  exception: 'exception',
  restart: 'restart',
  cancel: 'cancel',
  checkpoint: 'checkpoint',
  event: 'event',
  gc: 'GC pause',
};

export const LANE_KINDS: Readonly<Record<LaneKind, string>> = {
  job: 'Jobs',
  restarts: 'Restarts',
  task: 'Tasks',
  subtask: 'Subtasks',
  checkpoints: 'Checkpoints',
  exceptions: 'Exceptions',
  gc: 'GC',
  memory: 'Memory',
  component: 'Components',
};

export const PAGE = {
  page: 'Timeline',
  filter: 'Filter lanes',
  kinds: 'Kinds of lanes',
  all: 'Show all time (0)',
  which: 'Which lanes are shown',
  none: 'No timeline',
  nothing: 'The log holds nothing that has a place in time.',
  said: (title: string, lanes: number, items: number) => `${title}: ${plural(lanes, 'lane')}, ${plural(items, 'item')}`,
  showOrHide: (kind: string) => `Show or hide: ${kind}`,
  overview: 'The whole time: drag to choose a part, double-click for all',
  several: (number: number, longest: string) => `${count(number)} intervals close together, mostly ${longest}`,
  closeBy: (mark: string, more: number) => `${mark} And ${count(more)} more close by.`,
};

export const DETAILS = {
  state: 'state',
  link: (label: string, end: string, lane: string, certainty: string) => `${label}: ${end} · ${lane} (${certainty})`,
  linkTitle: (label: string, certainty: string) => `${label} (${certainty})`,
  select: 'Select',
  inText: 'Show in the text (Enter)',
  fill: 'Fill the window with it (Z)',
  connected: 'Connected',
  at: 'at',
  from: 'from',
  to: 'to',
  lasted: 'lasted',
  before: 'before the file',
  past: 'past the end of the file',
};

/** Items in a sentence: titles, and what a screen reader says. */

export function speakInterval(item: TimelineInterval<Range>, clock: TimelineClock, end: number): string {
  const until = item.to === null ? 'until the end of the file' : `to ${formatTime(item.to, clock)}`;
  return `${item.label}, ${item.open ? 'since before the file' : `from ${formatTime(item.from, clock)}`} ${until}, ${formatDuration((item.to ?? end) - item.from, clock)}. ${item.description}`;
}

export function speakMark(item: TimelineMark<Range>, clock: TimelineClock): string {
  return `${MARK_NAMES[item.kind]} ${item.label}, ${formatTime(item.at, clock)}. ${item.description}`;
}
