import { size } from '../../gc/units.ts';
import { formatDuration } from '../../wording.ts';
import type * as english from './words.en.ts';

export const GC_REPORT: typeof english.GC_REPORT = {
  facts: {
    collector: '回收器',
    jvm: 'JVM',
    collections: '垃圾回收',
    jvms: '这份日志中先后的 JVM',
    covers: '覆盖',
  },
  collectorUnknown: '不在日志中',
  covers: (from, to, zone) => `${from} 至 ${to} (${zone})`,
  headings: { about: '日志', figures: '数字', kinds: '按种类', longest: '最长的停顿' },
  left: (afterFull) => `${afterFull ? 'Full GC' : '垃圾回收'}之后的堆占用`,
  columns: {
    figure: '项目',
    value: '值',
    kind: '种类',
    count: '次数',
    inAll: '合计 ms',
    longest: '最长',
    pause: '停顿',
    at: '时间',
    ms: 'ms',
    before: '之前的堆',
    after: '之后的堆',
    minute: '分钟',
    heap: '堆',
  },
  nothing: ({ pauses, maxMs, share }) =>
    `没有发现：${pauses} 次停顿，最长 ${formatDuration(maxMs)}${share === null ? '' : `，占时间的 ${(share * 100).toFixed(1)} %`}`,
  noPause: '这份日志中没有回收器的停顿',
  figures: {
    pauses: '停顿次数',
    totalPause: '停顿合计',
    longestPause: '最长的停顿',
    full: 'Full GC 次数',
    explicit: 'System.gc() 触发的回收',
    covered: '覆盖的时间',
    share: '停顿占时间的比例',
    allocation: '分配速率',
    promotion: '晋升速率',
    trend: '回收之后的堆占用',
    left: '最后一次回收之后的堆占用',
  },
  ofHeap: (percent) => `堆的 ${percent} %`,
};

export const GC_CHART: typeof english.GC_CHART = {
  event: ({ name, durationMs, before, after, capacity }) =>
    [
      name,
      ...(durationMs === null ? [] : [formatDuration(durationMs)]),
      ...(before === null || after === null ? [] : [`堆 ${size(before)} → ${size(after)}${capacity === null ? '' : `（共 ${size(capacity)}）`}`]),
    ].join('，'),
  restarts: (count) => `JVM 又启动了 ${count} 次：时间接在上一次结束之后。`,
  left: (count) => `有 ${count} 个事件没有画出；每一段中最长的停顿和最满的堆都已画出。`,
};
