/** What a generated dump holds; the defaults give about 10 MB. */
export interface BigDumpOptions {
  threads: number;
  locks: number;
  /** Lengths of the deadlock cycles. */
  cycles: readonly number[];
  /** Frames of a thread, on average. */
  frames: number;
  seed: number;
}

export const TEN_MEGABYTES: BigDumpOptions = { threads: 5000, locks: 500, cycles: [2, 3], frames: 18, seed: 1 };

const PACKAGES = [
  'org.apache.flink.runtime.io.network.partition.consumer',
  'org.apache.flink.streaming.runtime.tasks',
  'com.acme.orders.pricing',
  'java.util.concurrent',
];
const CLASSES = [
  'BufferManager',
  'StreamTask',
  'LocalBufferPool',
  'PriceCalculator',
  'ThreadPoolExecutor$Worker',
  'RemoteInputChannel',
  'MailboxProcessor',
];
const METHODS = ['notifyBufferAvailable', 'recycle', 'processInput', 'runMailboxLoop', 'compute', 'lambda$run$0', 'invoke', 'run'];

/**
 * HotSpot text as JDK 17's jstack -l prints it. The first threads form the cycles; every other one is runnable, in
 * wait(), parked, or blocked behind one of the locks. The same options give the same text.
 */
export function bigDump(options: BigDumpOptions = TEN_MEGABYTES): string {
  const random = generator(options.seed);
  const parts = ['2026-05-01 12:00:00\nFull thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):\n\n'];
  let next = 0;
  for (const length of options.cycles) {
    for (let at = 0; at < length; at++) {
      const wanted = lockId(next + ((at + 1) % length));
      parts.push(thread(next + at, 'waiting for monitor entry', 'BLOCKED (on object monitor)', random, options.frames, wanted, lockId(next + at)));
    }
    next += length;
  }
  for (; next < options.threads; next++) {
    const kind = next < options.locks ? 0 : Math.floor(random() * 10);
    if (kind === 0) parts.push(thread(next, 'runnable', 'RUNNABLE', random, options.frames, null, next < options.locks ? lockId(next) : null));
    else if (kind < 3) {
      const wanted = lockId(Math.floor(random() * options.locks));
      parts.push(thread(next, 'waiting for monitor entry', 'BLOCKED (on object monitor)', random, options.frames, wanted, null));
    } else if (kind < 6) parts.push(parked(next, random, options.frames));
    else parts.push(thread(next, 'runnable', 'RUNNABLE', random, options.frames, null, null));
  }
  parts.push(
    '"VM Thread" os_prio=0 cpu=10.00ms elapsed=60.00s tid=0x00007fc268000100 nid=0x4417 runnable  \n\nJNI global refs: 15, weak refs: 0\n\n',
  );
  return parts.join('');
}

/** Several dumps of one process, one after the other, as `kill -3` leaves them in a file. */
export function manyDumps(count: number, options: BigDumpOptions): string {
  return Array.from({ length: count }, (_, at) => bigDump({ ...options, seed: options.seed + at })).join('\n');
}

function thread(
  index: number,
  words: string,
  state: string,
  random: () => number,
  frames: number,
  wanted: string | null,
  held: string | null,
): string {
  const lines = [header(index, words), `   java.lang.Thread.State: ${state}`];
  const count = Math.max(2, Math.round(frames * (0.5 + random())));
  for (let at = 0; at < count; at++) {
    lines.push(frame(random));
    if (at === 0 && wanted !== null) lines.push(`\t- waiting to lock <${wanted}> (a java.lang.Object)`);
    if (at === 1 && held !== null) lines.push(`\t- locked <${held}> (a java.lang.Object)`);
  }
  lines.push('', '   Locked ownable synchronizers:', '\t- None', '', '');
  return lines.join('\n');
}

function parked(index: number, random: () => number, frames: number): string {
  const lines = [
    header(index, 'waiting on condition'),
    '   java.lang.Thread.State: WAITING (parking)',
    '\tat jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
    `\t- parking to wait for  <0x${(0x7a0000000 + index * 64).toString(16).padStart(16, '0')}> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)`,
  ];
  for (let at = 0; at < frames; at++) lines.push(frame(random));
  lines.push('', '   Locked ownable synchronizers:', '\t- None', '', '');
  return lines.join('\n');
}

function header(index: number, words: string): string {
  const tid = (0x7fc268000000 + index * 0x1000).toString(16).padStart(16, '0');
  return `"Source: orders -> Map (${index % 256}/256)#${index}" #${index + 10} prio=5 os_prio=0 cpu=${(index * 7) % 5000}.25ms elapsed=3600.12s tid=0x${tid} nid=0x${(index + 20_000).toString(16)} ${words}  [0x${tid}]`;
}

function frame(random: () => number): string {
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] as string;
  const className = pick(CLASSES);
  return `\tat ${pick(PACKAGES)}.${className}.${pick(METHODS)}(${className.split('$')[0]}.java:${Math.floor(random() * 900) + 1})`;
}

function lockId(index: number): string {
  return `0x${(0x729600000 + index * 128).toString(16).padStart(16, '0')}`;
}

/** Numbers from 0 to 1, the same for the same seed (Marsaglia's xorshift). */
export function generator(seed: number): () => number {
  let state = seed * 2_654_435_761 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
