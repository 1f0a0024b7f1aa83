import type { Checkpoint } from '../checkpoint.ts';
import type { Unwrapped } from './positionMap.ts';

/** Lines shorter than this are left alone: nothing was flattened into them. */
const MIN_LINE = 80;

/** Where a line of a dump begins, by what it starts with. The blank before it takes the place of the line end. */
const STARTS =
  /(?<!owned by|held by|locked by)[ \t\u00a0]+(?=at (?:[\w.$-]+@[^/\s()]*\/|[\w.$-]*\/+)*[\w$]+(?:[.$/][\w$<>-]+)+ ?\([^()\n]{0,200}(?:\([^()\n]*\))?\)|-\s+(?:waiting (?:on|to)|locked|parking to|blocked on|eliminated|lock is elim|None\b|<0x|[\w.$[;]+@[\da-f]+)|"(?:(?! at [\w.$/@-]+\()[^\n]){0,4000}?" (?:#\d+ |Id=\d+ [A-Z]|(?:daemon )?prio=|os_prio=|- Thread t@|id=\S+ idx=|tid=)|"[^"\n]{1,400}":(?= (?:at|- |waiting|java\.lang))|java\.lang\.Thread\.State: |Carrying virtual thread #|Mounted virtual thread #|Locked ownable synchronizers:|Number of locked synchronizers = |JNI global ref|Found (?:one Java-level deadlock|\d+ deadlock)|={10,}|Java stack information for|waiting (?:to lock (?:monitor|Monitor@)|for ownable synch)|which is held by "|Full thread dump |Threads class SMR|#\d+ "[^\n]{0,4000}?" (?:virtual|NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING))/g;

/**
 * Breaks the lines that a whole stack was flattened into, as Jira and chat programs do. A blank becomes a line end,
 * so every character stays where it is. Null: no line of the text is of that kind.
 */
export async function breakOneLine(text: string, checkpoint: Checkpoint): Promise<Unwrapped | null> {
  const parts: string[] = [];
  let done = 0;
  for (let start = 0; start < text.length; ) {
    if (checkpoint.due()) await checkpoint.pause();
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    if (end - start >= MIN_LINE) {
      const line = text.slice(start, end);
      if (isFlattened(line)) {
        parts.push(text.slice(done, start), broken(line));
        done = end;
      }
    }
    start = end + 1;
  }
  if (done === 0) return null;
  parts.push(text.slice(done));
  return { text: parts.join(''), map: null };
}

/** Three frames, a frame and a lock, or a header and its state on one line. */
export function isFlattened(line: string): boolean {
  if (/\)[ \t]+at [^\n]*?\)[ \t]+at /.test(line)) return true;
  if (/^[ \t]*".*\][ \t]+java\.lang\.Thread\.State: /.test(line)) return true;
  return /\) +- (?:waiting|locked|parking| waiting| blocked| locked)/.test(line) && /\bat [\w.$/@-]+\(/.test(line);
}

function broken(line: string): string {
  return line.replace(STARTS, (blank) => `${' '.repeat(blank.length - 1)}\n`);
}
