import type { Span } from '../../../../common/span.ts';
import { isJdk } from '../../core/analysis/threaddump/names.ts';
import { type Lock, lockOf } from '../../core/analysis/threaddump/waits/model.ts';
import type { Frame, LockAction, Thread } from '../../core/threaddump/model.ts';
import type { Token } from '../types.ts';
import { type DumpDocument, type DumpLookup, elementsOf } from './elements.ts';

/**
 * Above this many characters in one request the grammar's colours have to do for frames: it knows the JDK's from others,
 * and half a million tokens would keep the server from answering anything else. Threads and locks are still told apart.
 */
const LARGE = 2_000_000;

/** Frames of applications stand out, those of the JDK recede; locks and threads of a deadlock carry its modifier. */
export function tokens(document: DumpDocument, span: Span): Token[] {
  const result: Token[] = [];
  const large = span.end - span.start > LARGE;
  for (const { dump, thread } of elementsOf(document).within(span)) {
    header(document.text, dump, thread, result);
    if (large) {
      for (const action of thread.locks) {
        const lock = lockOf(dump.graph, action);
        if (lock !== undefined && dump.cycleLocks.has(lock)) result.push(lockToken(dump, lock, action.lockSpan));
      }
      continue;
    }
    for (const frame of thread.frames) if (touches(frame.span, span)) frameTokens(document.text, frame, result);
    for (const action of thread.locks) if (touches(action.span, span)) lockTokens(document.text, dump, action, result);
    for (const held of thread.synchronizers ?? []) {
      if (touches(held.span, span)) result.push(lockToken(dump, dump.graph.locks.get(held.lock.key), held.lockSpan));
    }
  }
  return ordered(result.filter((token) => touches(token.span, span)));
}

function header(text: string, dump: DumpLookup, thread: Thread, result: Token[]): void {
  result.push({ span: thread.nameSpan, type: 'string', ...(dump.member.has(thread.index) ? { modifiers: ['deadlock'] } : {}) });
  if (thread.state === null || thread.stateInferred) return;
  // The state stands in the header or in the line after it.
  const end = Math.min(thread.span.end, thread.nameSpan.end + 400);
  const at = text.slice(thread.nameSpan.end, end).indexOf(thread.state);
  if (at !== -1) {
    const start = thread.nameSpan.end + at;
    result.push({ span: { start, end: start + thread.state.length }, type: 'enumMember' });
  }
}

function frameTokens(text: string, frame: Frame, result: Token[]): void {
  const slice = text.slice(frame.span.start, frame.span.end);
  // A token cannot go over a line break, and a frame that the file wrapped is not worth the trouble.
  if (slice.includes('\n')) return;
  if (isJdk(frame)) {
    result.push({ span: frame.span, type: 'comment', modifiers: ['library'] });
    return;
  }
  const open = slice.indexOf('(');
  const method = slice.lastIndexOf('.', open === -1 ? slice.length : open) + 1;
  if (open === -1 || method === 0) return;
  const className = Math.max(slice.lastIndexOf('.', method - 2), slice.lastIndexOf('/', method - 2), slice.lastIndexOf(' ', method - 2)) + 1;
  const at = (from: number, to: number): Span => ({ start: frame.span.start + from, end: frame.span.start + to });
  const packageStart = slice.lastIndexOf(' ', className - 1) + 1;
  if (packageStart < className) result.push({ span: at(packageStart, className), type: 'namespace' });
  result.push({ span: at(className, method - 1), type: 'class', modifiers: ['application'] });
  result.push({ span: at(method, open), type: 'method', modifiers: ['application'] });
  const close = slice.lastIndexOf(')');
  if (close > open + 1) result.push({ span: at(open + 1, close), type: 'property' });
}

function lockTokens(text: string, dump: DumpLookup, action: LockAction, result: Token[]): void {
  const before = text.slice(action.span.start, action.lockSpan.start);
  const words = /[a-z][a-z ()-]*[a-z)]/i.exec(before);
  if (words !== null && !before.includes('\n')) {
    const start = action.span.start + words.index;
    result.push({ span: { start, end: start + words[0].length }, type: 'keyword' });
  }
  if (action.lock !== null) result.push(lockToken(dump, lockOf(dump.graph, action), action.lockSpan));
}

function lockToken(dump: DumpLookup, lock: Lock | undefined, span: Span): Token {
  return { span, type: 'variable', ...(lock !== undefined && dump.cycleLocks.has(lock) ? { modifiers: ['deadlock'] } : {}) };
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && a.end > b.start;
}

/** Sorted, and without overlaps: the protocol allows none. */
function ordered(found: Token[]): Token[] {
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = -1;
  return found.filter((token) => {
    if (token.span.start < end || token.span.end <= token.span.start) return false;
    end = token.span.end;
    return true;
  });
}
