import { size } from '../../gc/units.ts';
import { TROUBLE_WORDS } from '../../knowledge/gcPauses.ts';
import { fitting, formatDuration, grouped } from '../../wording.ts';
import type * as english from './words.en.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const GC_MESSAGES: typeof english.GC_MESSAGES = {
  'metaspace-full': ({ collections }) => `Metaspace 已满：${grouped(collections)} 次 Full GC 没有为类腾出空间`,
  'metaspace-full.nearly': ({ collections }) => `Metaspace 勉强够用：为类元数据做了 ${grouped(collections)} 次 Full GC`,
  'collector-in-trouble': ({ trouble, count }) => `${TROUBLE_WORDS[trouble].happened}（${grouped(count)} 次）`,
  'explicit-gc': ({ collections }) => `System.gc() 触发了 ${grouped(collections)} 次垃圾回收`,
  'heap-full': ({ collections, usedKib, capacityKib }) =>
    `堆已满：最近 ${collections} 次 Full GC 之后仍占用 ${size(usedKib)}（共 ${size(capacityKib)}）`,
  'heap-full.old-generation': ({ collections, usedKib, capacityKib }) =>
    `老年代已满：最近 ${collections} 次 Full GC 之后仍占用 ${size(usedKib)}（共 ${size(capacityKib)}）`,
  'heap-grows': ({ grownKib, minutes, lastKib, capacityKib }) =>
    `回收后的堆占用在 ${minutes.toFixed(0)} 分钟内增长了 ${size(grownKib)}，达到堆的 ${percent(lastKib / capacityKib)}`,
  'long-gc-pause': ({ pause, count, ms, shortestMs }) =>
    fitting([pause], (name) =>
      count === 1
        ? `${name} 使所有线程停顿了 ${formatDuration(ms)}`
        : `${name} 有 ${grouped(count)} 次使所有线程停顿，每次 ${formatDuration(shortestMs)} 至 ${formatDuration(ms)}`,
    ),
  'long-gc-pause.unfinished': ({ pause }) => fitting([pause], (name) => `日志在一次停顿中结束：${name}`),
  'much-time-in-gc': ({ share, spanMs, totalPauseMs }) =>
    `${percent(share)} 的时间花在回收器的停顿上：${formatDuration(totalPauseMs)}${totalPauseMs < spanMs ? `（共 ${formatDuration(spanMs)}）` : ''}`,
};

export const GC_DETAILS: typeof english.GC_DETAILS = {
  'metaspace-full': () => '已达到上限（-XX:MaxMetaspaceSize）：需要加载类的线程会得到 OutOfMemoryError，Flink 自身的线程也一样。',
  'explicit-gc': () => '对大多数回收器来说，每一次都是 Full GC。',
  'heap-full.old-generation': ({ freedKib }) => `这几次一共只释放了 ${size(freedKib)}。`,
  'heap-grows': ({ afterFull }) => `${afterFull ? 'Full GC' : '垃圾回收'}之后留下的越来越多：有东西一直持有对象。`,
  'over-heartbeat': ({ heartbeatMs }) => `这超过了 Flink 的 heartbeat.timeout 默认值（${formatDuration(heartbeatMs)}）。`,
  'not-a-collection': () => '这次停顿不是为了垃圾回收。',
  'more-pauses': ({ count }) => `同名的停顿还有 ${count} 次这么久。`,
  unfinished: () => 'JVM 在这次停顿中结束，或者文件被截断。',
  'much-time-in-gc': ({ pauses, longestMs }) => `共 ${pauses} 次停顿，最长的一次 ${formatDuration(longestMs)}。`,
};

export const GC_NOTES: typeof english.GC_NOTES = {
  'in-use': ({ share }) => `这次回收之后占用 ${percent(share)}`,
  'pause-took': ({ ms }) => `用时 ${formatDuration(ms)}`,
  'full-collections': ({ count }) => `一共 ${count} 次 Full GC。`,
  'within-seconds': ({ collections, seconds }) => `最近 ${collections} 次发生在 ${seconds.toFixed(1)} s 之内。`,
  'pauses-of-these': ({ collections, ms }) => `最近 ${collections} 次用了 ${(ms / 1000).toFixed(1)} s，其间所有线程都停着。`,
  'heap-line': ({ firstKib, lastKib, kibPerMinute, fit }) =>
    `开始时 ${size(firstKib)}，结束时 ${size(lastKib)}；每分钟 ${size(kibPerMinute)}，一条直线能解释 ${percent(fit)} 的变化。`,
  'full-in': ({ capacityKib, minutes }) => `照这个速度，${size(capacityKib)} 的堆在 ${minutes.toFixed(0)} 分钟后用满。`,
  'leak-or-data': () => '是泄漏还是必须保留的数据：隔一段时间取两份堆转储，可以看出是什么在增长。',
  'metaspace-threshold': () => 'Metaspace 每次都达到阈值；有余量的 JVM 几次之后就会把阈值调高。',
  'class-loaders': () => '谁在加载类、Metaspace 用了多少：jcmd PID VM.classloader_stats，jcmd PID VM.metaspace。',
  'how-long': () => '停顿了多久：JVM 的终止（或日志的截断）发生在它结束之前。',
};
