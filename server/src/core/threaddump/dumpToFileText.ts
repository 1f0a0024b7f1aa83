import { type Header, newHeader } from './header.ts';
import type { ThreadState } from './model.ts';

/**
 * `#22 "name" virtual WAITING 2026-…Z` of `jcmd Thread.dump_to_file` in plain text; JDK 21 to 23 print neither state
 * nor time. Source: jdk/internal/vm/ThreadDumper.java.
 */
const HEADER = /^#(\d+) "([\s\S]*)"( virtual| VIRTUAL)?(?: (NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING|TERMINATED))?(?: \d{4}-\d\d-\d\dT\S+)?\s*$/;

export function dumpToFileHeader(text: string, start: number, end: number): Header | null {
  const match = HEADER.exec(text.slice(start, end));
  if (match === null) return null;
  const [, id, name, virtual, state] = match;
  const nameStart = start + 3 + (id as string).length;
  const header = newHeader('dump-to-file-text', nameStart, nameStart + (name as string).length);
  header.id = Number(id);
  header.key = `#${id}`;
  header.virtual = virtual !== undefined;
  header.state = (state as ThreadState | undefined) ?? null;
  return header;
}
