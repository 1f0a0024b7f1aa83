import { type Mapping, Source } from '../source.ts';

/**
 * Which lines of the file (from 0) the lines of a text are: they count up from the first; each has its own; line feeds
 * came from escapes in a single one; or they are those of the places in the file.
 */
export type LineNumbers = number | readonly number[] | { only: number } | ((place: number) => number);

/**
 * A text as the logger wrote it, without wrappers, colours and escapes and with lines joined by a line feed; besides the
 * way back to the file it knows the file's lines.
 */
export class LineSource extends Source {
  readonly #lines: LineNumbers;
  #starts: number[] | null = null;

  constructor(text: string, map: Mapping | null, lines: LineNumbers) {
    super(text, map);
    this.#lines = lines;
  }

  /** 0-based line of the first character. */
  get line(): number {
    return this.lineAt(0);
  }

  /** 0-based line of a character. */
  lineAt(index: number): number {
    const lines = this.#lines;
    if (typeof lines === 'function') return lines(this.map?.start(index) ?? index);
    if (typeof lines === 'object' && 'only' in lines) return lines.only;
    const at = index === 0 ? 0 : this.#lineOf(index);
    return typeof lines === 'number' ? lines + at : (lines[at] ?? lines[0] ?? 0);
  }

  /** Which of the text's own lines. */
  #lineOf(index: number): number {
    if (this.#starts === null) {
      this.#starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    }
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
