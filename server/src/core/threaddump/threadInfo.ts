import { type Header, newHeader } from './header.ts';
import type { ThreadState } from './model.ts';

/**
 * `"name" daemon prio=5 Id=12 BLOCKED on C@1f owned by "other" Id=13 (suspended) (in native)`:
 * java.lang.management.ThreadInfo.toString, Flink's ThreadDumpInfo.stringifyThreadInfo without daemon and prio, Jenkins with the thread group (`Id=421 Group=main BLOCKED`),
 * arthas with its measurements (`Id=23 cpuUsage=98.11% deltaTime=199ms time=401000ms RUNNABLE`).
 * Names are raw: the name ends at the last `" Id=n STATE`, the owner's at the last `" Id=n`.
 */
const HEADER =
  /^"([\s\S]*)"( daemon)?(?: prio=\d+)? Id=(\d+)(?: (?:Group|cpuUsage)=[^"\n]{0,200}?)? (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b(?:( on )([^\s"]+@[\da-fA-F]+))?(?:( owned by ")([\s\S]*)" Id=(-?\d+))?((?: \(suspended\))?(?: \(in native\))?)[\s.,]*$/;

export function threadInfoHeader(text: string, quote: number, end: number): Header | null {
  const match = HEADER.exec(text.slice(quote, end));
  if (match === null) return null;
  const [, name, daemon, id, state, on, key, , ownerName, ownerId, detail] = match;
  const header = newHeader('threadinfo', quote + 1, quote + 1 + (name as string).length);
  header.id = Number(id);
  header.key = `#${id}`;
  header.daemon = daemon !== undefined;
  header.state = state as ThreadState;
  header.words = (detail as string).trim() || null;
  if (on !== undefined && key !== undefined) {
    const tail = text.slice(header.nameEnd, end);
    const start = header.nameEnd + tail.indexOf(` on ${key}`) + 4;
    const owner = ownerId === undefined || Number(ownerId) < 0 ? null : { name: ownerName as string, id: Number(ownerId) };
    header.lock = { ref: { key, className: key.slice(0, key.lastIndexOf('@')) }, start, end: start + key.length, owner };
  }
  return header;
}

/** `"C1 CompilerThread0" [Internal] cpuUsage=1.63% deltaTime=3ms time=1170ms`: threads of the JVM itself in arthas' list. */
export function arthasHeader(text: string, quote: number, end: number): Header | null {
  const match = /^"([^"\n]{1,400})" \[Internal\] cpuUsage=\S+ deltaTime=\S+ time=(\d+)ms$/.exec(text.slice(quote, end));
  if (match === null) return null;
  const header = newHeader('threadinfo', quote + 1, quote + 1 + (match[1] as string).length);
  header.cpuMs = Number(match[2]);
  return header;
}
