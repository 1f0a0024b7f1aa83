import type { SampleThread } from '../../server/src/core/knowledge/issues/index.ts';

const ADDRESS = (id: string): string => `0x${(0x700000000 + id.charCodeAt(0) * 0x100).toString(16).padStart(16, '0')}`;

const HEADER_WORDS: Record<string, string> = {
  BLOCKED: 'waiting for monitor entry',
  WAITING: 'in Object.wait()',
  TIMED_WAITING: 'waiting on condition',
  RUNNABLE: 'runnable',
};

/** Writes a sample out as jstack would print it. */
export function hotspotDump(threads: readonly SampleThread[]): string {
  const lines = ['2026-01-02 03:04:05', 'Full thread dump OpenJDK 64-Bit Server VM (11.0.20+8 mixed mode):', ''];
  let id = 10;
  for (const thread of threads) {
    for (let n = 0; n < (thread.times ?? 1); n++) {
      id++;
      const name = thread.times === undefined || /[^ ]$/.test(thread.name) ? thread.name : `${thread.name}${n}`;
      lines.push(
        `"${name}" #${id} daemon prio=5 os_prio=0 cpu=1.00ms elapsed=9.00s tid=0x00007f00000${id} nid=0x${id} ${HEADER_WORDS[thread.state]}  [0x00007f0000001000]`,
      );
      lines.push(`   java.lang.Thread.State: ${thread.state}${thread.state === 'BLOCKED' ? ' (on object monitor)' : ''}`);
      thread.frames.forEach((frame, at) => {
        const owner = frame.slice(0, frame.lastIndexOf('.'));
        const file = `${(owner.slice(owner.lastIndexOf('.') + 1).split('$')[0] as string) || 'X'}.java`;
        lines.push(`\tat ${frame}(${file})`);
        if (at === 0 && thread.wants) lines.push(`\t- waiting to lock <${ADDRESS(thread.wants[0])}> (a ${thread.wants[1]})`);
        for (const [lock, className, frameIndex] of thread.holds ?? [])
          if (frameIndex === at) lines.push(`\t- locked <${ADDRESS(lock)}> (a ${className})`);
      });
      lines.push('');
    }
  }
  return `${lines.join('\n')}\n`;
}
