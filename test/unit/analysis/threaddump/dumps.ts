import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../../../server/src/core/analysis/threaddump/model.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { threadDumpKind } from '../../../../server/src/core/kinds/threadDump.ts';

/** Texts of dumps for tests, as short as the format allows. */

export async function analyseText(text: string, uri = 'file:///dump.txt'): Promise<ThreadDumpAnalysis> {
  return threadDumpKind.analyse({ uri, text }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT });
}

export async function firstDump(text: string): Promise<AnalysedDump> {
  const analysis = await analyseText(text);
  const [dump] = analysis.dumps;
  if (dump === undefined) throw new Error('the text has no dump');
  return dump;
}

const BANNER = '2026-11-20 11:34:02\nFull thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):\n\n';

/** A HotSpot dump as jstack writes it, from thread blocks of {@link thread}; `tail` comes after the last of them. */
export function hotspot(threads: readonly string[], tail = 'JNI global refs: 12, weak refs: 0\n'): string {
  return `${BANNER}${threads.join('\n')}\n${tail}`;
}

/** No two threads of a dump have one id or address; readers take a repetition for the next dump. */
let made = 100;

/** One thread of a HotSpot dump. A line is a frame unless it begins with "-". `synchronizers` as jstack -l lists them. */
export function thread(name: string, state: string, lines: readonly string[], synchronizers?: readonly string[]): string {
  const words = state.startsWith('BLOCKED') ? 'waiting for monitor entry' : state === 'RUNNABLE' ? 'runnable' : 'waiting on condition';
  const body = lines.map((line) => (line.startsWith('-') ? `\t${line}\n` : `\tat ${line}\n`)).join('');
  const list =
    synchronizers === undefined
      ? ''
      : `\n   Locked ownable synchronizers:\n${synchronizers.length === 0 ? '\t- None\n' : synchronizers.map((one) => `\t- ${one}\n`).join('')}`;
  made++;
  return `"${name}" #${made} prio=5 os_prio=0 cpu=1.00ms elapsed=2.00s tid=0x00007f${made.toString(16).padStart(10, '0')} nid=0x${made.toString(16)} ${words}  [0x00007f0000000002]\n   java.lang.Thread.State: ${state}\n${body}${list}`;
}

/** Names of the members of each deadlock, with kind and certainty: "monitor proved [A, B] +C". */
export function told({ waits, deadlocks }: AnalysedDump): string[] {
  const name = (threadIndex: number): string => waits.threads[threadIndex]?.name ?? '?';
  return deadlocks.map(({ kind, certainty, threads, victims }) => {
    const behind = victims.length === 0 ? '' : ` +${victims.map(name).join(',')}`;
    return `${kind} ${certainty} [${threads.map(name).join(', ')}]${behind}`;
  });
}
