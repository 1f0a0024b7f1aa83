import type { Collector } from './model.ts';

const FLAGS: [string, Collector][] = [
  ['-XX:+UseG1GC', 'G1'],
  ['-XX:+UseConcMarkSweepGC', 'CMS'],
  ['-XX:+UseParallelGC', 'Parallel'],
  ['-XX:+UseParallelOldGC', 'Parallel'],
  ['-XX:+UseSerialGC', 'Serial'],
  ['-XX:+UseShenandoahGC', 'Shenandoah'],
  ['-XX:+UseParNewGC', 'ParNew'],
];

/** The lines that Java 8 puts on top of each file: what JVM it is, and with which options. */
export function headerOf(line: string): { jvm?: string; collector?: Collector } {
  if (line.startsWith('CommandLine flags: ')) {
    const found = FLAGS.find(([flag]) => line.includes(flag));
    return found === undefined ? {} : { collector: found[1] };
  }
  const vm = /^(?:Java HotSpot|OpenJDK).{0,40} VM \(.{1,80}?JRE \(([^)]{1,120})\)/.exec(line);
  return vm === null ? {} : { jvm: vm[1] as string };
}
