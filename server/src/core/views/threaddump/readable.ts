import { frameOf } from '../../analysis/threaddump/names.ts';
import type { Frame, LockAction, LockRef, Thread, ThreadDump } from '../../threaddump/model.ts';
import { LOCK_LINES } from './words.ts';

/** Threads share lines: it came through something that joined them, and nobody can read it so. */
export function isCrowded({ threads, span }: ThreadDump, text: string): boolean {
  let lines = 0;
  for (let at = text.indexOf('\n', span.start); at !== -1 && at < span.end; at = text.indexOf('\n', at + 1))
    if (++lines >= threads.length) return false;
  return threads.length > 1;
}

/** A dump as jstack prints one, whatever form it came in: a line for each frame and lock. What was read of it stands in it, no more. */
export function readableDump({ jvm, time, threads }: ThreadDump): string {
  const head = [...(time === null ? [] : [time]), `Full thread dump${jvm === null ? '' : ` ${jvm}`}:`];
  return `${[head.join('\n'), ...threads.map(threadText)].join('\n\n')}\n`;
}

function threadText(thread: Thread): string {
  const { name, id, nid, daemon, virtual, state, stateDetail, frames, locks, synchronizers, framesCut } = thread;
  const words = [...(id === null ? [] : [`#${id}`]), ...(daemon ? ['daemon'] : []), ...(virtual ? ['virtual'] : []), `nid=${nid ?? '0x0'}`];
  const detail = /^(?:on object monitor|parking|sleeping)$/.test(stateDetail ?? '') ? ` (${stateDetail})` : '';
  const lines = [`"${name}" ${words.join(' ')}`, ...(state === null ? [] : [`   java.lang.Thread.State: ${state}${detail}`])];
  const at = new Map<Frame | undefined, LockAction[]>();
  for (const action of locks) {
    const frame = frameOf(thread, action) ?? frames[0];
    at.set(frame, [...(at.get(frame) ?? []), action]);
  }
  const told = (frame: Frame | undefined) => (at.get(frame) ?? []).flatMap((action) => lockLine(action));
  if (frames.length === 0) lines.push(...told(undefined));
  for (const frame of frames) lines.push(`\tat ${frameText(frame)}`, ...told(frame));
  if (framesCut) lines.push('\t...');
  if (synchronizers !== null)
    lines.push(
      '',
      '   Locked ownable synchronizers:',
      ...(synchronizers.length === 0 ? ['\t- None'] : synchronizers.map(({ lock }) => `\t- ${lockText(lock)}`)),
    );
  return lines.join('\n');
}

function frameText({ className, method, file, line, native, module }: Frame): string {
  const place = native ? 'Native Method' : file === null ? 'Unknown Source' : `${file}${line === null ? '' : `:${line}`}`;
  return `${className}.${method}(${module === null ? '' : `${module}/`}${place})`;
}

function lockLine({ kind, lock }: LockAction): string[] {
  if (kind === 'class-init') return lock === null ? [] : [`\t- ${LOCK_LINES[kind]} ${lock.className ?? lock.key}`];
  return [`\t- ${LOCK_LINES[kind]} ${lock === null ? '<no object reference available>' : lockText(lock)}`];
}

/** "<0x00000000ff00df78> (a java.lang.Object)", or as ThreadInfo writes it. */
function lockText({ key, className, hidden }: LockRef): string {
  const id = hidden === true ? '<...>' : key.startsWith('0x') ? `<${key}>` : key;
  return className === null || (hidden !== true && !key.startsWith('0x')) ? id : `${id} (a ${className})`;
}
