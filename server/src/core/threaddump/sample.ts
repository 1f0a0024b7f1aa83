import { FRAME } from '../unwrap/lines/frame.ts';
import { isFlattened } from '../unwrap/packings/flattened.ts';

/** Up to this length the whole text is looked at; of longer ones a window at the first sign of a dump and two further on. */
const WHOLE = 256 * 1024;
const WINDOW = 64 * 1024;

/** What a line of a dump has and other lines have not. */
export const DUMP_WORDS =
  /\bat [\w.$@+/<>~-]+ ?\((?<=[\w$][.$/][\w$<>-]+ ?\()|java\.lang\.Thread\.State: |"{1,2} (?:#\d+ |(?:daemon )?(?:os_)?prio=|Id=\d+ [A-Z])|- +(?:waiting (?:to lock|on)|locked|parking to wait|blocked on) |Full thread dump|\b[34]XM?E?(?:THREADINFO|STACKTRACE)\b|waiting to lock monitor|which is held by|Locked ownable|locked synchronizers/;

const FIRST_SIGN = /\bat [\w.$/@-]+\(|Thread\.State: |Full thread dump|" (?:#\d+|Id=\d+|prio=|daemon )|XMTHREADINFO|"threadInfos"|"threadContainers"/;

/** Whole lines of the text that stand for the rest when its wrapper is sought. */
export function sampleLines(text: string): string[] {
  if (text.length <= WHOLE) return linesOf(text, 0, text.length);
  const sign = Math.max(0, text.slice(0, 8 * 1024 * 1024).search(FIRST_SIGN));
  const first = Math.max(0, text.lastIndexOf('\n', sign - 2000) + 1);
  const lines = linesOf(text, first, first + WINDOW);
  for (const at of [Math.floor(text.length / 2), text.length - WINDOW / 4]) {
    if (at < first + WINDOW) continue;
    const start = text.indexOf('\n', at) + 1;
    if (start > 0) lines.push(...linesOf(text, start, start + WINDOW / 4));
  }
  return lines;
}

/** Lines between two places, without their ends; the last one only when it is whole. */
function linesOf(text: string, from: number, to: number): string[] {
  const end = Math.min(to, text.length);
  const lines = text.slice(from, end).split('\n');
  if (end < text.length && lines.length > 1) lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

const STATE = 'java.lang.Thread.State: ';

/** How lines of a dump begin. */
const CLEAN =
  /^\s*(?:at |"|- |-- |\^-- |java\.lang\.Thread\.State: |Locked ownable|Number of locked|Carrying |Mounted |waiting (?:to lock|for)|which is|Found |Full |JNI |\d[A-Z]+|NULL|Thread \d+: |\.\.\.$|$)/;

/** Lines longer than this are looked at more closely: a whole stack may be flattened into one. */
const LONG = 400;

/** The dump stands as the JVM printed it: nothing before the lines, no escapes, nothing broken or flattened. */
export function looksClean(lines: readonly string[]): boolean {
  let dump = 0;
  let stateAfterHeader = 0;
  let stateBeforeHeader = 0;
  let previous = '';
  for (const [at, line] of lines.entries()) {
    if (line.length > LONG && (FRAME.test(line) || line.includes('\\n'))) return false;
    const code = line.charCodeAt(0);
    if (code === 123 /* { */ || code === 91 /* [ */) return false;
    if (line.includes('&lt;') || line.includes('&quot;') || line.includes('&#34;')) return false;
    if (line.includes('\r') || (line.length > 80 && isFlattened(line))) return false;
    if (CLEAN.test(line)) {
      if (line.startsWith('\tat ') || line.startsWith('"')) {
        dump++;
        if (line.startsWith('\tat ') && !line.endsWith(')')) return false;
        if (line.startsWith('"') && (previous.includes(STATE) || (previous.startsWith('\tat ') && lines[at + 1] === ''))) stateBeforeHeader++;
        if (/&(?:quot|lt|gt|#\d+);/.test(line) || line.includes('""')) return false;
      } else if (line.includes(STATE) && previous.startsWith('"')) stateAfterHeader++;
    } else if (DUMP_WORDS.test(line) || line.includes('&quot;') || line.includes('\u0000') || line.includes('\u001b')) return false;
    else if (previous.startsWith('"')) return false;
    previous = line;
  }
  return dump > 0 && stateBeforeHeader <= stateAfterHeader;
}
