import { type Head, levelOf } from './head.ts';
import { parseStamp } from './time.ts';

/** `key=value`, the value in quotes where it has blanks. */
const PAIRS = /([\w.@-]{1,60})=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g;
const MAX_PAIRS = 40;

/** Reads a line of logfmt; the message is the value of its key alone. */
export function readLogfmt(line: string): Head | null {
  const head: Head = { stamp: null, level: null, logger: null, thread: null, context: null, message: 0 };
  let pairs = 0;
  for (const match of line.matchAll(PAIRS)) {
    if (++pairs > MAX_PAIRS) break;
    const [whole, key, quoted, bare] = match;
    const value = quoted ?? bare ?? '';
    if (key === 'ts' || key === 'time' || key === 'timestamp') head.stamp ??= parseStamp(value);
    else if (key === 'level') head.level ??= levelOf(value);
    else if (key === 'logger') head.logger ??= value;
    else if (key === 'thread') head.thread ??= value;
    else if (key === 'msg' || key === 'message') {
      head.message = match.index + whole.length - value.length - (quoted === undefined ? 0 : 1);
      head.end = head.message + value.length;
    }
  }
  return head.stamp === null || head.level === null || head.end === undefined ? null : head;
}
