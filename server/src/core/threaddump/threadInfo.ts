import { type Header, newHeader } from './header.ts';
import type { ThreadState } from './model.ts';

/**
 * `"name" daemon prio=5 Id=12 BLOCKED on C@1f owned by "other" Id=13 (suspended) (in native)`:
 * java.lang.management.ThreadInfo.toString, Flink's ThreadDumpInfo.stringifyThreadInfo without daemon and prio, Jenkins with the thread group (`Id=421 Group=main BLOCKED`),
 * arthas with its measurements (`Id=23 cpuUsage=98.11% deltaTime=199ms time=401000ms RUNNABLE`).
 * Names are raw: the name ends at the last `" Id=n STATE`, the owner's at the last `" Id=n`.
 */
const STATE = /"( daemon)?(?: prio=\d+)? Id=(\d+)(?: (?:Group|cpuUsage)=[^"\n]{0,200}?)? (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b/g;
const ON = / on ([^\s"]+@[\da-fA-F]+)/y;
const OWNED = ' owned by "';
const DETAIL = /(?: \(suspended\))?(?: \(in native\))?$/;
const OWNER_ID = /" Id=(-?\d+)$/;

export function threadInfoHeader(text: string, quote: number, end: number): Header | null {
  let stop = end;
  while (stop > quote && /[\s.,]/.test(text.charAt(stop - 1))) stop--;
  const whole = text.slice(quote, stop);
  const detail = DETAIL.exec(whole)?.[0] ?? '';
  const line = whole.slice(0, whole.length - detail.length);
  const ownerId = OWNER_ID.exec(line);
  for (const match of [...line.matchAll(STATE)].reverse()) {
    // The quote that opens the name is not the one that closes it.
    if (match.index === 0) continue;
    const [words, daemon, id, state] = match;
    ON.lastIndex = match.index + words.length;
    const on = ON.exec(line);
    const rest = match.index + words.length + (on?.[0].length ?? 0);
    const owned = ownerId !== null && line.startsWith(OWNED, rest) && ownerId.index >= rest + OWNED.length;
    if (rest !== line.length && !owned) continue;
    const header = newHeader('threadinfo', quote + 1, quote + match.index);
    header.id = Number(id);
    header.key = `#${id}`;
    header.daemon = daemon !== undefined;
    header.state = state as ThreadState;
    header.words = detail.trim() || null;
    const key = on?.[1];
    if (key !== undefined) {
      const start = quote + rest - key.length;
      const owner = owned && Number(ownerId[1]) >= 0 ? { name: line.slice(rest + OWNED.length, ownerId.index), id: Number(ownerId[1]) } : null;
      header.lock = { ref: { key, className: key.slice(0, key.lastIndexOf('@')) }, start, end: start + key.length, owner };
    }
    return header;
  }
  return null;
}

/** `"C1 CompilerThread0" [Internal] cpuUsage=1.63% deltaTime=3ms time=1170ms`: threads of the JVM itself in arthas' list. */
export function arthasHeader(text: string, quote: number, end: number): Header | null {
  const match = /^"([^"\n]{1,400})" \[Internal\] cpuUsage=\S+ deltaTime=\S+ time=(\d+)ms$/.exec(text.slice(quote, end));
  if (match === null) return null;
  const header = newHeader('threadinfo', quote + 1, quote + 1 + (match[1] as string).length);
  header.cpuMs = Number(match[2]);
  return header;
}
