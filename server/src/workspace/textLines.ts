import type { FindLine, FoundLine } from '../../../common/contracts.ts';
import type { Position } from '../../../common/span.ts';
import type { LineIndex } from '../core/text.ts';
import { escapeRegExp } from '../core/wording.ts';
import type { Paged } from './platform.ts';

/** A line longer than this is cut for showing. */
const MAX_LINE_LENGTH = 4000;

/** The lines of a text that is in memory: of a compressed file, or where there is no disk. It does not grow. */
export class TextLines implements Paged {
  readonly #text: string;
  readonly #index: LineIndex;

  constructor(text: string, index: LineIndex) {
    this.#text = text;
    this.#index = index;
  }

  get lines(): number {
    return this.#index.lineCount;
  }

  get bytes(): number {
    return this.#text.length;
  }

  async extend(): Promise<boolean> {
    return false;
  }

  async read(from: number, count: number): Promise<string[]> {
    const lines: string[] = [];
    for (let line = from; line < Math.min(this.lines, from + count); line++) {
      const text = this.#line(line);
      lines.push(text.length <= MAX_LINE_LENGTH ? text : `${text.slice(0, MAX_LINE_LENGTH)}… (${text.length} characters)`);
    }
    return lines;
  }

  #line(line: number): string {
    const end = line + 1 < this.lines ? this.#index.lineStart(line + 1) - 1 : this.#text.length;
    return this.#text.slice(this.#index.lineStart(line), end).replace(/\r$/, '');
  }

  async positions(offsets: readonly number[]): Promise<Position[]> {
    return offsets.map((offset) => this.#index.position(offset));
  }

  async find({ text, matchCase, from, backwards }: FindLine): Promise<FoundLine | null> {
    if (text === '') return null;
    const wanted = new RegExp(escapeRegExp(text), matchCase ? 'g' : 'gi');
    const [before, after] = [this.#index.lineStart(from), this.#index.lineStart(from + 1)];
    const found = backwards
      ? (this.#last(wanted, 0, before) ?? this.#last(wanted, before, this.#text.length))
      : (this.#first(wanted, after, this.#text.length) ?? this.#first(wanted, 0, after));
    if (found === null) return null;
    return { line: this.#index.lineOf(found), wrapped: backwards ? found >= before : found < after };
  }

  #first(wanted: RegExp, start: number, end: number): number | null {
    wanted.lastIndex = start;
    const at = wanted.exec(this.#text)?.index ?? end;
    return at < end ? at : null;
  }

  /** In windows from the end: a match is most often near. */
  #last(wanted: RegExp, start: number, end: number): number | null {
    for (let size = 1 << 16, stop = end; stop > start; size *= 2) {
      const from = Math.max(start, stop - size);
      let last: number | null = null;
      for (let at = this.#first(wanted, from, stop); at !== null; at = this.#first(wanted, at + 1, stop)) last = at;
      if (last !== null) return last;
      stop = from;
    }
    return null;
  }
}
