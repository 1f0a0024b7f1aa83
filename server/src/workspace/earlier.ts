import type { LineIndex } from '../core/text.ts';

/** A text that was read. */
interface Read {
  text: string;
  index: LineIndex;
}

/** A document as it was when it was last read, while what a person has changed since is still being read. */
export interface Earlier<D extends Read> {
  document: D;
  /** Whether a line, counted from 0, is another one than it was. All lines are where they were. */
  changed(line: number): boolean;
}

/** Null where lines have come or gone since: what is said of others by their numbers would be wrong. */
export function earlierOf<D extends Read>(document: D, text: string): Earlier<D> | null {
  const before = document.text;
  const start = alike(before, text, (from, to, a) => a.slice(from, to));
  const room = Math.min(before.length, text.length) - start;
  const end = Math.min(
    room,
    alike(before, text, (from, to, a) => a.slice(a.length - to, a.length - from)),
  );
  const gone = before.slice(start, before.length - end);
  if (newlines(gone) !== newlines(text.slice(start, text.length - end))) return null;
  const first = document.index.lineOf(start);
  const last = document.index.lineOf(before.length - end);
  return { document, changed: (line) => line >= first && line <= last };
}

const BLOCK = 65_536;

/** Characters that two texts have in common at one of their ends; `part` takes those from one to another distance of it. */
function alike(a: string, b: string, part: (from: number, to: number, text: string) => string): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  for (let step = BLOCK; step >= 1; step = Math.floor(step / 16)) {
    while (same < length) {
      const to = Math.min(length, same + step);
      if (part(same, to, a) !== part(same, to, b)) break;
      same = to;
    }
  }
  return same;
}

const newlines = (text: string): number => text.split('\n').length;
