import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { normalisedFrame } from '../../analysis/threaddump/stackGroups.ts';
import type { Thread } from '../../threaddump/model.ts';

/**
 * A dump in a form in which equal things look equal: threads in the order of their names, no addresses,
 * generated names without their numbers. For the diff editor, never for the reader alone.
 */
export function normalisedDump({ dump }: AnalysedDump): string {
  const threads = [...dump.threads].sort((a, b) => compare(a.name, b.name) || (a.id ?? 0) - (b.id ?? 0));
  return `${threads.map(normalisedThread).join('\n\n')}\n`;
}

function normalisedThread(thread: Thread): string {
  const id = thread.id === null ? '' : ` #${thread.id}`;
  const wait = thread.locks.find(({ kind }) => kind !== 'locked' && kind !== 'eliminated');
  const on = wait?.lock?.className == null ? '' : ` on a ${wait.lock.className}`;
  const lines = [`"${thread.name}"${id} ${thread.state ?? ''}${on}`.trimEnd()];
  for (const frame of thread.frames) lines.push(`    at ${normalisedFrame(frame)}`);
  if (thread.framesCut) lines.push('    …');
  return lines.join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
