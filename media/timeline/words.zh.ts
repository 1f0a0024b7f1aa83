import { count } from '../shared/dom.ts';
import { formatDuration, formatTime } from './scale.ts';
import type * as english from './words.en.ts';

export const MARK_NAMES: typeof english.MARK_NAMES = {
  'first-failure': '首个失败',
  failure: '失败',
  exception: '异常',
  restart: '重启',
  cancel: '取消',
  checkpoint: 'Checkpoint',
  event: '事件',
  gc: 'GC 停顿',
};

export const LANE_KINDS: typeof english.LANE_KINDS = {
  job: '作业',
  restarts: '重启',
  task: '任务',
  subtask: '子任务',
  checkpoints: 'Checkpoint',
  exceptions: '异常',
  gc: 'GC',
  memory: '内存',
  component: '组件',
};

export const PAGE: typeof english.PAGE = {
  page: '时间线',
  filter: '过滤泳道',
  kinds: '泳道的种类',
  all: '显示全部时间 (0)',
  which: '显示哪些泳道',
  none: '没有时间线',
  nothing: '日志中没有可放到时间上的内容。',
  said: (title, lanes, items) => `${title}：${count(lanes)} 条泳道，${count(items)} 项`,
  showOrHide: (kind) => `显示或隐藏：${kind}`,
  overview: '全部时间：拖动选择一段，双击显示全部',
  several: (number, longest) => `相邻的 ${count(number)} 段，最长的是 ${longest}`,
  closeBy: (mark, more) => `${mark}（附近另有 ${count(more)} 个）`,
};

export const DETAILS: typeof english.DETAILS = {
  state: '状态',
  link: (label, end, lane, certainty) => `${label}：${end} · ${lane}（${certainty}）`,
  linkTitle: (label, certainty) => `${label}（${certainty}）`,
  select: '选中',
  inText: '在文本中显示 (Enter)',
  fill: '使它占满窗口 (Z)',
  connected: '相关',
  at: '时间',
  from: '开始',
  to: '结束',
  lasted: '持续',
  before: '在文件开始之前',
  past: '在文件结束之后',
};

export const speakInterval: typeof english.speakInterval = (item, clock, end) => {
  const until = item.to === null ? '到文件结束' : `到 ${formatTime(item.to, clock)}`;
  const from = item.open ? '在文件开始之前就已如此' : `从 ${formatTime(item.from, clock)}`;
  return `${item.label}，${from}，${until}，${formatDuration((item.to ?? end) - item.from, clock)}。${item.description}`;
};

export const speakMark: typeof english.speakMark = (item, clock) =>
  `${MARK_NAMES[item.kind]} ${item.label}，${formatTime(item.at, clock)}。${item.description}`;
