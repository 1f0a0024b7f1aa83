import { Ahead } from '../ahead.ts';
import type { Packing } from '../packing.ts';
import { Source } from '../source.ts';
import type { Steps } from '../steps.ts';

/** Lines shorter than this are left alone: nothing was flattened into them. */
const MIN_LINE = 80;

/** Where a line of a dump begins, by what it starts with. The blank before it takes the place of the line end. */
const BEGINNING =
  /at [\w.$@+/<>~-]+ ?\((?<=[\w$][.$/][\w$<>-]+ ?\()[^()\n]{0,200}(?:\([^()\n]{0,200}\))?\)|-\s+(?:waiting (?:on|to)|locked|parking to|blocked on|eliminated|lock is elim|None\b|<0x|[\w.$[;]+@[\da-f]+)|"[^"\n]{1,400}":(?= (?:at|- |waiting|java\.lang))|java\.lang\.Thread\.State: |Carrying virtual thread #|Mounted virtual thread #|Locked ownable synchronizers:|Number of locked synchronizers = |JNI global ref|Found (?:one Java-level deadlock|\d+ deadlock)|={10,}|Java stack information for|waiting (?:to lock (?:monitor|Monitor@)|for ownable synch)|which is held by "|Full thread dump |Threads class SMR/y;
/** A thread's name is raw: its header is known by what stands behind the quote that closes it. */
const OPENING = /(#\d+ )?"/y;
const BEHIND_NAME = /" (?:#\d+ |Id=\d+ [A-Z]|(?:daemon )?prio=|os_prio=|- Thread t@|id=\S+ idx=|tid=)/g;
const BEHIND_NUMBERED_NAME = /" (?:virtual|NEW|RUNNABLE|BLOCKED|WAITING|TIMED_WAITING)/g;
const FRAME_BEGINNING = / at [\w.$/@-]+\(/g;
const MAX_NAME_LENGTH = 4000;
const BLANKS = /[ \t\u00a0]+/g;

/**
 * Lines of a dump that web pages, issue trackers and chat programs have joined. A blank becomes a line end, so every
 * character stays where it is.
 */
export const flattened: Packing = {
  id: 'one-line',
  title: 'lines of a dump joined by blanks',
  sign: (sample) => sample.split('\n').some((line) => line.length >= MIN_LINE && isFlattened(line)),
  *undo(text): Steps<Source | null> {
    const parts: string[] = [];
    let done = 0;
    for (let start = 0; start < text.length; ) {
      yield;
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
    return new Source(parts.join(''));
  },
  samples: [
    '"main" #1 prio=5 os_prio=0 tid=0x01 nid=0x1 runnable [0x01]  java.lang.Thread.State: RUNNABLE at a.B.c(B.java:1) at a.B.d(B.java:2) at a.B.e(B.java:3)',
  ],
  nearMisses: ['\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)'],
};

/** Three frames, a frame and a lock, or a header and its state on one line. */
export function isFlattened(line: string): boolean {
  if (/\)[ \t]+at [^\n]*?\)[ \t]+at /.test(line)) return true;
  if (/^[ \t]*".*\][ \t]+java\.lang\.Thread\.State: /.test(line)) return true;
  return /\) +- (?:waiting|locked|parking| waiting| blocked| locked)/.test(line) && /\bat [\w.$/@-]+\(/.test(line);
}

function broken(line: string): string {
  const beginnings = new Beginnings(line);
  const parts: string[] = [];
  let done = 0;
  for (const { index, 0: blanks } of line.matchAll(BLANKS)) {
    const at = index + blanks.length;
    // The name of an owner stands in the line that speaks of it.
    if (blanks.length === 1 && /(?:owned|held|locked) by$/.test(line.slice(Math.max(0, index - 9), index))) continue;
    if (!beginnings.has(at)) continue;
    parts.push(line.slice(done, index), ' '.repeat(blanks.length - 1), '\n');
    done = at;
  }
  parts.push(line.slice(done));
  return parts.join('');
}

/** Tells whether a line of a dump begins at an offset, of offsets that grow. */
class Beginnings {
  readonly #line: string;
  readonly #behindName: Ahead;
  readonly #behindNumbered: Ahead;
  readonly #frame: Ahead;

  constructor(line: string) {
    this.#line = line;
    this.#behindName = new Ahead(line, BEHIND_NAME);
    this.#behindNumbered = new Ahead(line, BEHIND_NUMBERED_NAME);
    this.#frame = new Ahead(line, FRAME_BEGINNING);
  }

  has(at: number): boolean {
    BEGINNING.lastIndex = at;
    if (BEGINNING.test(this.#line)) return true;
    OPENING.lastIndex = at;
    const opening = OPENING.exec(this.#line);
    if (opening === null) return false;
    const name = at + opening[0].length;
    if (opening[1] !== undefined) return this.#behindNumbered.from(name) - name <= MAX_NAME_LENGTH;
    const behind = this.#behindName.from(name);
    return behind - name <= MAX_NAME_LENGTH && this.#frame.from(name) >= behind;
  }
}
