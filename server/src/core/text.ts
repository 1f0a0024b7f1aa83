import type { Position, Range, Span } from '../../../common/span.ts';

/** Offsets and positions of one text. Built by one scan; look-ups are a binary search. */
export class LineIndex {
  readonly #starts: Uint32Array;
  readonly #length: number;

  constructor(text: string) {
    let starts = new Uint32Array(1024);
    let count = 1;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      if (count === starts.length) {
        const grown = new Uint32Array(starts.length * 2);
        grown.set(starts);
        starts = grown;
      }
      starts[count++] = at + 1;
    }
    this.#starts = starts.slice(0, count);
    this.#length = text.length;
  }

  /** Of the text. */
  get length(): number {
    return this.#length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineOf(clamped);
    return { line, character: clamped - (this.#starts[line] as number) };
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }

  /** Offset of a position; a character past the end of its line counts from the line's start as LSP clamps it. */
  offset(position: Position): number {
    if (position.line >= this.#starts.length) return this.#length;
    const start = this.#starts[position.line] as number;
    const next = this.#starts[position.line + 1] ?? this.#length + 1;
    return Math.min(start + position.character, Math.max(start, next - 1));
  }

  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }
}

/**
 * A text on one line: every run of blanks that has a line end in it becomes one blank. The run is taken as a whole; a
 * pattern that looks for line ends between blanks takes quadratic time for a long run that has none.
 */
export const oneLine = (text: string): string => text.replace(/\s+/g, (gap) => (/[\r\n]/.test(gap) ? ' ' : gap));

/** Whether a character is a blank or a control character, the no-break space of web pages and the byte order mark included. */
export const isBlank = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0xfeff;

/** The same text on its own: engines cut strings without copying, and one that is kept would keep the file it was cut from. */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
