import type { RuleTexts } from '../../model.ts';
import type { GC_RULES } from './index.ts';

/** What the rules of this room are, in Chinese; in English each tells it itself. */
export const TEXTS: Readonly<Record<keyof typeof GC_RULES, RuleTexts>> = {
  'heap-full': {
    title: '即使在 Full GC 之后堆也是满的',
    docs: `最近几次 Full GC 之后，堆仍有 90 % 以上被占用，或老年代有 97 % 以上被占用而且几乎没有释放；或者在 ZGC 和 Shenandoah 下，线程在等待内存，而最近几次对整个堆的回收之后堆仍然这样满。其中的内容都在使用，JVM 把时间花在垃圾回收上却得不到空间。OutOfMemoryError 将会出现，或已经出现。

调大 \`taskmanager.memory.task.heap.size\`（或 \`taskmanager.memory.process.size\`），或找出是什么占着内存：堆转储（\`jmap -dump:live\`）会显示。不断增长的状态应放在 RocksDB 中。`,
  },
  'metaspace-full': {
    title: 'Metaspace 已满',
    docs: `类的元数据放不下，而 Full GC 没有为它腾出空间：已达到 \`-XX:MaxMetaspaceSize\`。每个加载类的线程都会得到 OutOfMemoryError: Metaspace，或等待下一次 Full GC，Flink 自己的线程也一样，所以进程可能静默下来而日志中一个字也没有。

找出谁在一再加载类（\`jcmd PID VM.classloader_stats\`），或调大 \`taskmanager.memory.jvm-metaspace.size\`。`,
  },
  'heap-grows': {
    title: '回收之后的堆占用持续增长',
    docs: `垃圾回收之后剩下的内容沿一条直线增长，在十分钟以上的时间里超过堆的五分之一。有什么东西留住了对象：泄漏、随数据增长的堆上状态、没有上限的缓存，或从不触发的定时器。

相隔一段时间的两份堆转储（\`jcmd PID GC.heap_dump\`）会显示增长的是什么。不断增长的键控状态应放在 RocksDB 中，并设 TTL。`,
  },
  'much-time-in-gc': {
    title: '大量时间花在垃圾回收上',
    docs: `日志所覆盖的时间中有 15 % 以上花在回收器的停顿上。这期间任务停住，心跳可能迟到，吞吐量下降。

更大的堆、每条记录更少的对象（对象重用、不用 Kryo），或把状态放在 RocksDB 中都有帮助。报告中的数字会说明是分配速率的问题，还是堆一直是满的。`,
  },
  'collector-in-trouble': {
    title: '回收器跟不上',
    docs: `回收器报告它的空间或时间不够了：to-space exhausted、concurrent mode failure、promotion failed、allocation stall，或退化的 (degenerated) 周期。每一种都会使线程停住，常常长达数秒。

更多的堆，或更早开始并发周期（\`-XX:InitiatingHeapOccupancyPercent\`）有帮助；更低的分配速率也是。`,
  },
  'long-gc-pause': {
    title: '回收器的长时间停顿',
    docs: `一次超过 5 s 的停顿。JVM 的所有线程都停住，心跳也一样：在默认的 \`heartbeat.timeout\` 50 s 之下，更长的停顿会使 JobManager 放弃这个 TaskManager。

如果停顿远长于它的 CPU 时间，说明机器在换页或缺少 CPU；否则就是堆对这个回收器来说太大，或太满。`,
  },
  'explicit-gc': {
    title: '由 System.gc() 触发的垃圾回收',
    docs: `有代码调用 \`System.gc()\`：用尽的直接缓冲、RMI、某个库，或等待托管内存时的 Flink 1.10 至 1.12.1（FLINK-20663）。在大多数回收器中，每次调用都是一次 Full GC。

在关掉显式垃圾回收（\`-XX:+DisableExplicitGC\`）之前，先找出调用者：直接内存只有靠它们才能释放。`,
  },
};
