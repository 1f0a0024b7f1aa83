import type { Span } from '../../../../common/span.ts';
import { isCommand, seamAt, withoutMarks } from '../unwrap/lines/seams.ts';
import { lineEnd } from './assembler.ts';
import { yarnLogs } from './yarnLogs.ts';

/** A log among several in one text, below a line that names it: what tail(1), chats and tickets make of the logs of several processes. */
export interface LogSection {
  /** As the line above it says; null for what stands before the first one. */
  name: string | null;
  span: Span;
}

/** Tickets and chats are short. */
const MAX_LENGTH = 2 * 1024 * 1024;
const MAX_SECTIONS = 200;
/** Shells and entry points say something before the first record. */
const LINES_BEFORE = 8;

/** What tail(1) and head(1) write above each file. */
const TAIL = /^(?:[>|] ?){0,4}==> (.{1,200}) <==\s*$/;
const BEGINS =
  /\d\d:\d\d:\d\d|^(?:[>|] ?){0,4}(?:\{"|# A fatal error|(?:Exception in thread "|Caused by: )?(?:[a-z_]\w{0,60}\.){1,12}[A-Z]\w{0,100}(?:Exception|Error)\b)/;
/** What goes on with a record, or is one: it may name a host or a file too. */
const OF_RECORD =
  /^(?:[>|] ?){0,4}(?:[ \t]|at |Caused by: |\.\.\. \d)|\b(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE)\b|\w(?:Exception|Error)\b/;
/** Rules on both sides, or a heading: it tells by itself that it is no part of a record. What does not, stands alone. */
const MARKED = /^(?:[>|] ?){0,4}(?:[=*#<~_+[-]{1,80} ?\w[^()]*[=*#>~_+\]-]\s*$|#{2,6} )/;
const ENDS = /(?::|\.(?:log|out|err|txt))\s*$/;
const QUOTED = /^(?:[>|] ?){0,4}/;
const MAX_BEFORE = 200;
const NAME = /^[\w@:./\\ ~-]+$/;

/** The logs of a text; none where it holds but one. */
export function logSections(text: string): LogSection[] {
  const containers = yarnLogs(text).filter(({ span }) => begins(text.slice(span.start, span.end), 0));
  if (containers.length > 1) return containers;
  if (text.length > MAX_LENGTH) return [];
  const found: LogSection[] = [];
  let open: LogSection = { name: null, span: { start: 0, end: text.length } };
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const name = nameAt(text, start, end);
    if (name !== null && begins(text, end + 1)) {
      open.span.end = start;
      found.push(open);
      open = { name, span: { start: Math.min(end + 1, text.length), end: text.length } };
      if (found.length > MAX_SECTIONS) return [];
    }
    start = end + 1;
  }
  const logs = [...found, open].filter(({ name, span }) => name !== null || begins(text.slice(0, span.end), 0));
  return logs.length > 1 ? logs : [];
}

/** The source that a line names, as it names it. */
function nameAt(text: string, start: number, end: number): string | null {
  const line = text.slice(start, end);
  const tail = TAIL.exec(line);
  if (tail !== null) return tail[1] ?? null;
  if (OF_RECORD.test(line) || seamAt(text, start, end) !== 'source') return null;
  const name = withoutMarks(line);
  if (isCommand(line.replace(QUOTED, '').trim())) return name;
  if (!NAME.test(name)) return null;
  const before = text.slice(Math.max(0, start - MAX_BEFORE), start);
  // Within the banner of a crash each line begins so; what stands before every line tells nothing of one.
  if ((line.startsWith('# ') && /(?:^|\n)#[^\n]*\n$/.test(before)) || text.startsWith(line.trimEnd(), end + 1)) return null;
  return MARKED.test(line) || (ENDS.test(line) && (start === 0 || /\n[ \t>|\r]*\n$/.test(before))) ? name : null;
}

/** Whether a record, or what may stand for one, is near. */
function begins(text: string, from: number): boolean {
  let start = from;
  for (let left = LINES_BEFORE; left > 0 && start < text.length; left--) {
    const end = lineEnd(text, start);
    if (BEGINS.test(text.slice(start, Math.min(end, start + 300)))) return true;
    start = end + 1;
  }
  return false;
}
