import { table } from '../../../../common/table.ts';
import type { Source } from '../unwrap/source.ts';
import type { LockAction, LockActionKind, LockRef } from './model.ts';

/** JRockit: `-- Blocked trying to get lock: java/lang/Object@0x03A0CC68[fat lock]`, `^-- Holding lock: …[recursive]`. */
const LINE = /^\^?-- (Blocked trying to get lock|Waiting for notification on|Parking to wait for|Holding lock): ([^\s@]+)@(0x)?([\da-fA-F]+)/;

const KINDS = table<LockActionKind>({
  'Blocked trying to get lock': 'waiting-to-lock',
  'Waiting for notification on': 'waiting-on',
  'Parking to wait for': 'parking',
  'Holding lock': 'locked',
});

export function jrockitLock(source: Source, start: number, end: number): LockAction | null {
  const line = source.text.slice(start, end);
  const match = LINE.exec(line);
  if (match === null) return null;
  const [, words = '', className = '', prefix = '', hash = ''] = match;
  const at = start + line.indexOf(': ') + 2;
  const stop = at + className.length + 1 + prefix.length + hash.length;
  return {
    kind: KINDS[words] as LockActionKind,
    lock: lockOf(className, `${prefix}${hash}`),
    span: source.span(start, end),
    lockSpan: source.span(at, stop),
    owner: null,
  };
}

/** `"name" id=24 idx=0x28 tid=584 waiting for java/lang/Object@0x0135B430 held by:` of a circular lock chain. */
export function jrockitChain(text: string, quote: number, end: number): { nameStart: number; nameEnd: number; lock: LockRef | null } | null {
  const match = /^"([\s\S]*)" (?:\(id: \S+\)|id=\S+ idx=\S+ tid=\S+)(?: waiting for ([^\s@]+)@(\S+) held by:| in chain \d+)?$/.exec(
    text.slice(quote, end),
  );
  if (match === null) return null;
  const lock = match[2] === undefined ? null : lockOf(match[2], match[3] as string);
  return { nameStart: quote + 1, nameEnd: quote + 1 + (match[1] as string).length, lock };
}

function lockOf(className: string, hash: string): LockRef {
  const dotted = className.replaceAll('/', '.');
  return { key: `${dotted}@${hash}`, className: dotted };
}

/** JRockit repeats threads in its chains of blocked ones: a line in quotes that is no header. */
export function isChainLink(text: string, start: number, end: number): boolean {
  return /(?: held by:| in chain \d+)$/.test(text.slice(Math.max(start, end - 24), end));
}
