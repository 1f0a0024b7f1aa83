import type { TimelineClock, TimelineMark } from '../../common/timeline.ts';
import { formatDuration, formatTime } from './scale.ts';
import type * as english from './words.en.ts';

const MARKS: Record<TimelineMark<unknown>['kind'], string> = {
  'first-failure': '首个失败',
  failure: '失败',
  exception: '异常',
  restart: '重启',
  cancel: '取消',
  checkpoint: 'Checkpoint',
  event: '事件',
  gc: 'GC 停顿',
};

const lasts = (ms: number, clock: TimelineClock): string => (clock.unit === 'line' ? `${Math.round(ms)} 行` : formatDuration(ms, clock));

export const speakInterval: typeof english.speakInterval = (item, clock, end) => {
  const until = item.to === null ? '到文件结束' : `到 ${formatTime(item.to, clock)}`;
  const from = item.open ? '在文件开始之前就已如此' : `从 ${formatTime(item.from, clock)}`;
  return `${item.label}，${from}，${until}，${lasts((item.to ?? end) - item.from, clock)}。${item.description}`;
};

export const speakMark: typeof english.speakMark = (item, clock) =>
  `${MARKS[item.kind]} ${item.label}，${formatTime(item.at, clock)}。${item.description}`;
