import { type Header, newHeader } from './header.ts';
import type { ThreadState } from './model.ts';

/**
 * `"name" daemon prio=5 Id=12 BLOCKED on C@1f owned by "other" Id=13 (suspended) (in native)`:
 * java.lang.management.ThreadInfo.toString, and Flink's ThreadDumpInfo.stringifyThreadInfo without daemon and prio.
 * Names are raw: the name ends at the last `" Id=n STATE`, the owner's at the last `" Id=n`.
 */
const HEADER =
  /^"([\s\S]*)"( daemon)?(?: prio=\d+)? Id=(\d+) (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED)\b(?:( on )([^\s"]+@[\da-fA-F]+))?(?:( owned by ")([\s\S]*)" Id=(-?\d+))?((?: \(suspended\))?(?: \(in native\))?)[\s.,]*$/;

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
