import type { Source } from '../unwrap/source.ts';
import { indexWithin } from '../unwrap/within.ts';
import type { LockAction, LockActionKind, LockRef, OwnerRef } from './model.ts';

/**
 * What the lock lines of HotSpot, ThreadInfo, VisualVM and dump_to_file say; the longer of two texts
 * with the same start comes first. Source: vframe.cpp print_lock_info_on, ThreadInfo.toString, ThreadDumper.
 */
const VERBS: readonly (readonly [string, LockActionKind])[] = [
  ['locked', 'locked'],
  ['waiting on the Class initialization monitor for', 'class-init'],
  ['waiting on', 'waiting-on'],
  ['waiting to lock', 'waiting-to-lock'],
  ['waiting to re-lock in wait()', 'relocking'],
  ['parking to wait for', 'parking'],
  ['blocked on', 'waiting-to-lock'],
  ['eliminated', 'eliminated'],
  ['lock is eliminated', 'eliminated'],
];

const SPACE = 32;
const LESS = 60;

/** A lock as a line names it, with its place; `end` is where reading may go on. */
export interface NamedLock {
  lock: LockRef;
  start: number;
  end: number;
  next: number;
}

/**
 * Reads `<0x…> (a X)`, `<X@hash>`, `X@hash` or `<no object reference available>` at `at`.
 * Undefined: there is no lock there; null lock: the line says that it cannot name one.
 */
export function namedLock(text: string, at: number, end: number): NamedLock | null | undefined {
  let start = at;
  while (start < end && text.charCodeAt(start) === SPACE) start++;
  if (text.charCodeAt(start) !== LESS) return bareLock(text, start, end);
  const close = indexWithin(text, '>', start, end);
  if (close === -1) return undefined;
  const id = text.slice(start + 1, close);
  if (id.includes(' ') || id === '') return null;
  const sign = id.indexOf('@');
  if (sign !== -1) return { lock: { key: id, className: id.slice(0, sign) }, start: start + 1, end: close, next: close + 1 };
  let className: string | null = null;
  let next = close + 1;
  const open = text.startsWith(' (a ', next) ? next + 4 : text.startsWith('(a ', next) ? next + 3 : -1;
  if (open !== -1) {
    const paren = indexWithin(text, ')', open, end);
    if (paren !== -1) {
      className = text.slice(open, paren);
      next = paren + 1;
    }
  }
  const lock: LockRef = isHidden(id) ? { key: `${id} ${className ?? ''}`, className, hidden: true } : { key: id, className };
  return { lock, start: start + 1, end: close, next };
}

/** `0x***`, `0xXXXX`, `redacted`: what stands for every address, and so for none. A number in it may tell one from another. */
function isHidden(id: string): boolean {
  const digits = id.startsWith('0x') ? id.slice(2) : id;
  return !/^[\da-fA-F]+$/.test(digits) && !/\d/.test(digits);
}

/** `java.lang.Object@1a2b3c`, as ThreadInfo.toString prints it. */
function bareLock(text: string, start: number, end: number): NamedLock | undefined {
  const sign = indexWithin(text, '@', start, end);
  if (sign === -1) return undefined;
  let stop = sign + 1;
  while (stop < end && isHex(text.charCodeAt(stop))) stop++;
  const className = text.slice(start, sign);
  if (stop === sign + 1 || /[\s"]/.test(className)) return undefined;
  return { lock: { key: text.slice(start, stop), className }, start, end: stop, next: stop };
}

/**
 * Reads one lock line; `dash` is the place of its "-". Null: it is none.
 * `rest` is where a line that the JVM glued to this one begins, or -1.
 */
export function lockLine(source: Source, dash: number, end: number): { action: LockAction; rest: number } | null {
  const { text } = source;
  let at = dash + 1;
  while (at < end && text.charCodeAt(at) === SPACE) at++;
  for (const [words, kind] of VERBS) {
    if (!text.startsWith(words, at)) continue;
    return action(source, kind, dash, at + words.length, end);
  }
  return null;
}

function action(source: Source, kind: LockActionKind, dash: number, at: number, end: number): { action: LockAction; rest: number } | null {
  const { text } = source;
  if (kind === 'class-init') return classInit(source, dash, at, end);
  const named = namedLock(text, at, end);
  if (named === undefined) {
    // "- lock is eliminated" of dump_to_file names nothing.
    if (kind !== 'eliminated') return null;
    return { action: { kind, lock: null, span: source.span(dash, end), lockSpan: source.span(dash, end), owner: null }, rest: -1 };
  }
  if (named === null) {
    const close = indexWithin(text, '>', at, end);
    const paren = text.startsWith(' (a ', close + 1) ? indexWithin(text, ')', close, end) : close;
    const stop = paren === -1 ? end : paren + 1;
    const rest = stop < end && text.slice(stop, end).trim() !== '' ? stop : -1;
    const span = source.span(dash, rest === -1 ? end : stop);
    return { action: { kind, lock: null, span, lockSpan: source.span(at, close + 1), owner: null }, rest };
  }
  let spanEnd = end;
  let owner: OwnerRef | null = null;
  let rest = -1;
  let blocks: number | null = null;
  if (named.next < end) {
    const tail = text.slice(named.next, end);
    owner = ownerIn(tail);
    blocks = kind === 'locked' ? blockedIn(tail) : null;
    if (owner === null && kind === 'eliminated' && tail.trim() !== '') {
      rest = named.next;
      spanEnd = rest;
    }
  }
  return {
    action: {
      kind,
      lock: named.lock,
      span: source.span(dash, spanEnd),
      lockSpan: source.span(named.start, named.end),
      owner,
      ...(blocks === null ? {} : { blocks }),
    },
    rest,
  };
}

function classInit(source: Source, dash: number, at: number, end: number): { action: LockAction; rest: number } | null {
  const className = source.text.slice(at, end).trim();
  if (className === '') return null;
  const start = source.text.indexOf(className, at);
  const lock = { key: `class-init ${className}`, className };
  const lockSpan = source.span(start, start + className.length);
  return { action: { kind: 'class-init', lock, span: source.span(dash, end), lockSpan, owner: null }, rest: -1 };
}

/** ` owned by "x" Id=5` (ThreadInfo), ` owned by "x" t@5` (VisualVM), `, owner #5` (dump_to_file). */
export function ownerIn(tail: string): OwnerRef | null {
  const byName = /owned by "(.*)"(?: (?:Id=|t@|tid=)(0x[\da-fA-F]+|-?\d+))?/.exec(tail);
  if (byName !== null) return { name: byName[1] as string, id: byName[2] === undefined ? null : Number(byName[2]) };
  const byId = /\bowner #(\d+)/.exec(tail);
  return byId === null ? null : { name: null, id: Number(byId[1]) };
}

/** ` <---- but blocks 4 other threads!` (arthas). */
function blockedIn(tail: string): number | null {
  const count = /<-{1,9} but blocks (\d{1,6}) other threads?!/.exec(tail)?.[1];
  return count === undefined ? null : Number(count);
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}
