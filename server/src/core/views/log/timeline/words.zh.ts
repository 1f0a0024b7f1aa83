import { formatDuration, grouped } from '../../../wording.ts';
import type * as english from './words.en.ts';

export const TIMELINE: typeof english.TIMELINE = { title: '时间线', empty: '日志没有提到可以画出的作业、任务、Checkpoint 或异常。' };

export const NOTES: typeof english.NOTES = {
  subtasksLeft: (count) => `略去了另外 ${count} 个子任务；失败的排在前面。`,
  coarse: '执行尝试太多，每个只画一条，颜色取其最后的状态。',
  executionsLeft: (count) => `另有 ${count} 次执行已计数但没有画出。`,
  laneFull: (lane, left) => `${lane}：另外 ${grouped(left)} 个略去，否则这一行太满。`,
  clockSteps: (count) => `时钟有 ${count} 处往回跳；时间按所写的显示。`,
  noDates: '日志的时间没有日期。',
  noTimes: '日志没有时间：横轴按行数。',
  clock: (source, text) => `${source}：${text}`,
};

export const LEGEND: typeof english.LEGEND = [
  { tone: 'waiting', text: '尚未运行：created、scheduled、deploying、initializing' },
  { tone: 'running', text: '运行中' },
  { tone: 'good', text: '完成' },
  { tone: 'cancelled', text: '被取消' },
  { tone: 'warning', text: '重启中、被拒绝、迟到' },
  { tone: 'bad', text: '失败、停机' },
];

export const JOBS: typeof english.JOBS = {
  change: (job, from, to) => `作业 ${job} 从 ${from} 变为 ${to}。`,
  lane: (name, id) => `作业 ${name ?? ''} (${id}) 的状态。`,
};

type StateEnd = Parameters<typeof english.STATES.state>[2];

const numbered = (attempt: number | null): string => (attempt === null ? '' : ` #${attempt}`);

function endText(end: StateEnd): string {
  switch (end.code) {
    case 'known':
      return '';
    case 'end-of-log':
      return `，直到日志结束（${formatDuration(end.ms)}）`;
    case 'next-attempt':
      return '；没有打印它的结束，下一次尝试开始了';
  }
}

const ATTEMPT = /^执行尝试(?: #\d+)? /;

export const STATES: typeof english.STATES = {
  before: (state, attempt) => `${state}${numbered(attempt)}，在关于它的第一条记录之前就已如此。`,
  state: (state, attempt, end) => `${state}${numbered(attempt)}${endText(end)}。`,
  label: (attempt, last) => `执行尝试${numbered(attempt)} ${last}`,
  ofLabel: (label) => label.replace(ATTEMPT, ''),
  attempt: (attempt, states) => `执行尝试${numbered(attempt)}：${states.join('，')}。`,
  share: (count, of, state) => (count === of ? `全部 ${state}` : `${count} 个 ${state}`),
  together: (of, shares) => `${of} 个子任务中：${shares}。`,
};

export const SUBTASKS: typeof english.SUBTASKS = {
  task: (task, subtasks) => `任务 ${task}，${subtasks} 个子任务。`,
  lane: (subtask, task, attempts) => `${task} 的子任务 ${subtask}，${attempts} 次执行尝试。`,
  cancel: '取消',
  cancelled: '被要求取消。',
  noException: '没有随之打印异常',
  failed: (first) => (first ? '首个失败' : '失败'),
  failure: (first, subtask, cause) => `子任务 ${subtask} 的${first ? '失败，也是首个失败' : '失败'}：${cause}。`,
  attempt: '执行尝试',
  where: '位置',
};

export const CHECKPOINTS: typeof english.CHECKPOINTS = {
  lane: 'Checkpoint',
  label: (id) => `Checkpoint ${id}`,
  range: (first, last) => `Checkpoint ${first} – ${last}`,
  ended: (id, how) => `Checkpoint ${id}：${how}。`,
  other: (id, what) => `Checkpoint ${id}：${what}。`,
  open: (id, ms) => `Checkpoint ${id} 已触发；它的结束不在日志中（${formatDuration(ms)}）。`,
  lost: (id, ms) => `Checkpoint ${id} 已触发；没有打印它的结束，${formatDuration(ms)} 之后发生了失败。`,
  counts: (completed, others) => `${completed} 个 Checkpoint 已完成，${grouped(others)} 个没有完成。`,
  completed: (count) => `${count} 个 Checkpoint 已完成。`,
};

export const RESTARTS: typeof english.RESTARTS = {
  lane: '重启',
  label: (number) => `尝试 #${number}`,
  attempt: (number, until) => `尝试 #${number}${until === null ? '' : `，直到第 ${until} 次失败`}。`,
  counts: (attempts, failures) => `${attempts === 0 ? '' : `${attempts} 次尝试，`}${failures} 次失败。`,
  failure: (number, cause) => `第 ${number} 次失败${cause === null ? '' : `：${cause}`}`,
  outage: (verdict, downMs) => `${verdict}${downMs === null ? '' : ` ${formatDuration(downMs)} 之后重新部署。`}`,
  cause: '原因',
  certainty: '确定程度',
  outcome: '结果',
  unseen: '不在日志中',
  followed: '随后',
};

export const PROCESS: typeof english.PROCESS = {
  exceptions: '异常',
  exception: '异常',
  traces: (traces, groups) => `${traces} 个堆栈，分为 ${groups} 组。`,
  heap: '堆',
  sample: (used, max) => `${used}/${max} MB`,
  used: (used, max) => `堆：${max} MB 中占用 ${used} MB。`,
  samples: '来自 memory logger 的堆样本。',
  pauses: (source) => (source === null ? 'GC 停顿' : `${source} 的 GC 停顿`),
  pause: (kind, ms) => `${kind}：${formatDuration(ms)}。`,
  pausesFrom: (source) => `来自 ${source} 的回收器停顿。`,
};
