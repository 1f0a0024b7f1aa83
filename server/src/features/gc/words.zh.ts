import { size } from '../../core/gc/units.ts';
import type * as english from './words.en.ts';

export const GC_FEATURES: typeof english.GC_FEATURES = {
  groups: {
    unfinished: '日志在一次停顿中结束',
    full: 'Full GC',
    explicit: '由 System.gc() 触发',
    trouble: '异常情况',
    stalls: '等待内存的线程',
    safepoints: '因其他原因的停顿',
    longest: '最长的停顿',
  },
  more: (count) => `还有 ${count} 个`,
  endsInPause: '日志在这次停顿结束之前就结束了：JVM 在其中终止，或文件被截断。',
  heap({ before, after, capacity }) {
    const freed = before - after;
    const of = capacity === null || capacity === 0 ? '' : `，共 ${size(capacity)}（占用 ${Math.round((after / capacity) * 100)} %）`;
    return `堆 ${size(before)} → ${size(after)}${of}；${freed >= 0 ? `释放了 ${size(freed)}` : `比之前多 ${size(-freed)}`}。`;
  },
  ofKind: ({ count, averageMs, maxMs }) => `这种停顿有 ${count} 次，这是其中之一；平均 ${averageMs.toFixed(1)} ms，最长 ${maxMs.toFixed(1)} ms。`,
  isLongest: (pauses) => `${pauses} 次停顿中最长的一次。`,
  longestOf: ({ pauses, maxMs }) => `${pauses} 次停顿中最长的用了 ${maxMs.toFixed(1)} ms。`,
  lenses: {
    report: ({ collector, pauses, totalMs, share }) =>
      `${collector ?? 'GC'}：${pauses} 次停顿，一共 ${(totalMs / 1000).toFixed(1)} s${share === null ? '' : `，占时间的 ${(share * 100).toFixed(1)} %`}`,
    chart: '堆与停顿',
    longest: '最长的停顿',
    unfinished: '日志在这次停顿中结束',
  },
};
