import type { Packing } from '../packing.ts';
import { Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

/** How a line of a dump begins; a line that begins otherwise may be the rest of a broken one. */
const START =
  /^\s*(?:at(?: |$)|\d[A-Z]{2,}|NULL\b|"|- |-- |\^-- |java\.lang\.Thread\.State|Locked ownable|Number of locked|Carrying |Mounted |Full thread|Found |Java stack|JNI |=+$|waiting (?:to lock|for)|which is held|#\d+ "|\.\.\.$|\d{4}-\d\d-\d\d|}|$)/;

/** A tab takes up to eight columns on a terminal. */
const TAB = 8;

const USUAL_WIDTHS = new Set([72, 76, 78, 79, 80, 96, 100, 120, 128, 132, 140, 150, 160, 180, 200, 220, 240, 250, 255, 256]);

/** How much of a text tells at which width it was broken. */
const LOOKED_AT = 512 * 1024;

/** Narrower than this nothing is wrapped. */
const MIN_WIDTH = 40;

/** Lines that were broken at a width: in the middle of a word by terminals, between words by mail programs. */
export const broken: Packing = {
  id: 'hard-wrapped',
  title: 'lines of a dump broken at a width',
  sign: (sample) => {
    const lines = linesOf(sample);
    // The long lines of a javacore are its own.
    return !lines.some((line) => /^(?:0SECTION|3XMTHREADINFO)\b/.test(line)) && wayOf(lines) !== null;
  },
  *undo(text): Steps<Source | null> {
    const way = wayOf(linesOf(text));
    if (way === null) return null;
    return way === 'soft' ? yield* joinSoft(text) : yield* joinAt(text, way);
  },
  samples: [
    `\tat ${'abcdefg.'.repeat(8)}Handl\ner.run(Handler.java:1)\n\tat ${'abcdefg.'.repeat(8)}Handl\ner.end(Handler.java:2)`,
    `\tat ${'abcdefg.'.repeat(8)}Handler.run\n(Handler.java:1)\n\tat ${'abcdefg.'.repeat(7)}Handler.end\n(Handler.java:2)`,
  ],
  nearMisses: ['\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)'],
};

function linesOf(text: string): string[] {
  return text
    .slice(0, LOOKED_AT)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Which lines go on in the next one: those of a width, or those that end in the middle of something; null where none do. */
function wayOf(lines: readonly string[]): ((line: string) => boolean) | 'soft' | null {
  for (const measure of [(line: string) => line.length, columns]) {
    const width = hardWidth(lines, measure);
    if (width !== null) return (line) => measure(line) === width;
  }
  return softWrapped(lines) ? 'soft' : null;
}

/** The width at which lines end again and again, and go on in the next line. */
function hardWidth(lines: readonly string[], measure: (line: string) => number): number | null {
  let width = 0;
  for (const line of lines) width = Math.max(width, measure(line));
  if (width < MIN_WIDTH) return null;
  let full = 0;
  let certain = 0;
  let broken = 0;
  for (const [at, line] of lines.entries()) {
    if (measure(line) !== width || at + 1 >= lines.length) continue;
    full++;
    const next = lines[at + 1] as string;
    if (!goesOn(line, next)) continue;
    broken++;
    if (/^\S/.test(next) && !/\d\d:\d\d/.test(next) && /^\s*(?:at |- |")/.test(line)) certain++;
  }
  if (broken >= 2 && broken >= full * 0.6) return width;
  // A single broken line tells only at a width that programs wrap at.
  return certain > 0 && USUAL_WIDTHS.has(width) ? width : null;
}

/** The next line is no beginning, or this one is a frame or lock that has no end. */
/** dump_to_file of JDK 21 to 23 prints its frames indented and without "at". */
const BARE_FRAME = /^\s{4,}[\w.$@/-]+\.[\w$<>]+\([^)]*\)$/;

function goesOn(line: string, next: string): boolean {
  return next.trim() !== '' && !BARE_FRAME.test(next) && (!START.test(next) || incomplete(line));
}

function* joinAt(text: string, full: (line: string) => boolean): Steps<Source> {
  const builder = new SourceBuilder(text);
  for (const { start, end, next, nextEnd } of eachLine(text)) {
    yield;
    const stop = text[end - 1] === '\r' ? end - 1 : end;
    const line = text.slice(start, stop);
    if (next !== -1 && full(line) && goesOn(line, text.slice(next, nextEnd))) builder.copy(start, stop);
    else builder.copy(start, Math.min(text.length, end + 1));
  }
  return builder.build();
}

/** Broken between words: a frame or lock without its end, going on in a line that begins nothing. */
function softWrapped(lines: readonly string[]): boolean {
  let broken = 0;
  let whole = 0;
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (next === undefined || !/^\s*(?:at\b|- |".* (?:on|owned|owned by)$)/.test(line)) continue;
    if (incomplete(line) && next.trim() !== '' && !START.test(next)) broken++;
    else whole++;
  }
  return broken >= 2 && broken * 20 >= whole;
}

/** The line end becomes a blank: every character stays where it is. */
function* joinSoft(text: string): Steps<Source> {
  const parts: string[] = [];
  for (const { start, end, next, nextEnd } of eachLine(text)) {
    yield;
    const line = text.slice(start, end);
    const following = next === -1 ? '' : text.slice(next, nextEnd);
    const joins =
      following.trim() !== '' && (START.test(following) ? / (?:owned|held) by\s*$/.test(line) : incomplete(line) || openHeader(line, following));
    parts.push(line, next === -1 ? text.slice(end) : joins ? ' ' : '\n');
  }
  return new Source(parts.join(''));
}

function incomplete(line: string): boolean {
  const trimmed = line.trim();
  if (/^".* (?:on|owned|owned by)$/.test(trimmed)) return true;
  if (/^at\b/.test(trimmed)) return !trimmed.endsWith(')');
  return /^- (?:locked|waiting (?:on|to)|parking|eliminated)\b/.test(trimmed) && !/\)$|>$|@[\da-f]+$/.test(trimmed);
}

function openHeader(line: string, next: string): boolean {
  return (
    /^\s*"/.test(line) &&
    !/\]\s*$/.test(line) &&
    /(?:^|\s)(?:tid=|nid=|prio=|os_prio=|cpu=|elapsed=|runnable|waiting|in Object\.wait|\[0x|Id=\d|owned by|by "|(?:NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING)\b)/.test(
      next,
    )
  );
}

/** Every line with the one after it; `next` is -1 for the last. */
function* eachLine(text: string): Generator<{ start: number; end: number; next: number; nextEnd: number }, void> {
  let start = 0;
  let end = text.indexOf('\n');
  if (end === -1) end = text.length;
  while (start < text.length) {
    const next = end + 1 < text.length ? end + 1 : -1;
    let nextEnd = next === -1 ? -1 : text.indexOf('\n', next);
    if (next !== -1 && nextEnd === -1) nextEnd = text.length;
    yield { start, end, next, nextEnd };
    if (next === -1) return;
    start = next;
    end = nextEnd;
  }
}

function columns(line: string): number {
  let at = 0;
  for (let index = 0; index < line.length; index++) at = line.charCodeAt(index) === 9 ? at - (at % TAB) + TAB : at + 1;
  return at;
}
