import type { ThreadState } from '../../threaddump/model.ts';
import type { Sample, SampleThread } from './types.ts';

/** Short forms that many entries share. */
const NETWORK = 'org.apache.flink.runtime.io.network.';
export const BUFFER = `${NETWORK}buffer.`;
export const PARTITION = `${NETWORK}partition.`;
export const CONSUMER = `${PARTITION}consumer.`;
export const OBJECT = 'java.lang.Object';

export const PARKED = ['jdk.internal.misc.Unsafe.park', 'java.util.concurrent.locks.LockSupport.park'];
export const IN_WAIT = ['java.lang.Object.wait'];
export const FUTURE_GET = [...PARKED, 'java.util.concurrent.CompletableFuture$Signaller.block', 'java.util.concurrent.CompletableFuture.get'];
export const TASK = 'Map -> Sink (1/2)#0';
export const CANCELER = 'Canceler for Map -> Sink (1/2)#0 (0d7ec821946a5183b4b8ad7915c212df).';
export const ATTEMPT = 'acc0759fada1f8a28b8fe4d6fba40d2e';
/** Records that say nothing of a failure, for so many minutes. */
export const quiet = (minutes: number): string[] => Array.from({ length: minutes }, (_, at) => `Triggering a checkpoint is not due yet (${at}).`);
/** A record that carries an exception. */
export const thrown = (head: string): string => `Caught an exception.\n${head}\n\tat com.example.Function.call(Function.java:12)`;
export const WRITER = 'Channel state writer Map -> Sink (1/2)#0';

/** Two threads that hold what the other wants; each holds its lock since its last frame but one, or last. */
export function cycle(
  version: string | undefined,
  [first, firstFrames, firstWants]: [name: string, frames: string[], wants: string],
  [second, secondFrames, secondWants]: [name: string, frames: string[], wants: string],
): Sample {
  const threads: SampleThread[] = [
    { name: first, state: 'BLOCKED', frames: firstFrames, wants: ['A', firstWants], holds: [['B', secondWants, firstFrames.length - 1]] },
    { name: second, state: 'BLOCKED', frames: secondFrames, wants: ['B', secondWants], holds: [['A', firstWants, secondFrames.length - 1]] },
  ];
  return version === undefined ? { threads } : { version, threads };
}

export function thread(name: string, state: ThreadState, frames: string[], more: Partial<SampleThread> = {}): SampleThread {
  return { name, state, frames, ...more };
}

export function dump(version: string | undefined, ...threads: SampleThread[]): Sample {
  return version === undefined ? { threads } : { version, threads };
}

/** A near miss: the sample in which no stack has the frame that tells the bug apart. */
export function without(sample: Sample, frame: string): Sample {
  if (!('threads' in sample)) return sample;
  const threads = sample.threads.map((one) => ({
    ...one,
    frames: one.frames.map((line) => (line.includes(frame) ? 'com.example.Unrelated.call' : line)),
  }));
  return { ...sample, threads };
}

/** The same picture in a version that has the fix. */
export function inVersion(sample: Sample, version: string): Sample {
  return { ...sample, version };
}

export const IDLE_TASK = [
  ...PARKED,
  'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take',
  'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop',
];

export const DEQUE = 'java.util.ArrayDeque';
