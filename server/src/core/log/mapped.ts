import type { Span } from '../../../../common/span.ts';

/** A stretch of logical text that stands unbroken in the source. `length` counts both sides. */
export interface Piece {
  logical: number;
  source: number;
  length: number;
}

export interface MapOptions {
  utf8?: boolean;
  oneLine?: boolean;
  translate?: ((offset: number) => number) | null;
}

/**
 * Text as the logger wrote it, with the way back to the file: wrappers, colours and escapes are gone,
 * lines are joined by a line feed.
 */
export class MappedText {
  readonly text: string;
  readonly #lines: number | readonly number[];
  readonly #base: number;
  readonly #pieces: readonly Piece[] | null;
  #lineStarts: number[] | null = null;
  readonly #utf8: boolean;
  readonly #translate: ((offset: number) => number) | null;

  readonly #oneLine: boolean;

  /**
   * `lines`: the 0-based line of the first character, or of every line where they do not count up by one.
   * `pieces` null: the text stands at `base` as it is. `utf8`: offsets of the source count bytes.
   * `oneLine`: line feeds come from escapes, the source has a single line. `translate`: the text's source is part
   * of a larger file and offsets are counted there.
   */
  constructor(text: string, base: number, lines: number | readonly number[], pieces: readonly Piece[] | null = null, options: MapOptions = {}) {
    this.text = text;
    this.#lines = lines;
    this.#base = base;
    this.#pieces = pieces;
    this.#utf8 = options.utf8 === true;
    this.#oneLine = options.oneLine === true;
    this.#translate = options.translate ?? null;
  }

  /** 0-based line of the first character. */
  get line(): number {
    return typeof this.#lines === 'number' ? this.#lines : (this.#lines[0] ?? 0);
  }

  /** Source offset of a logical index. */
  at(index: number): number {
    const offset = this.#at(index);
    return this.#translate === null ? offset : this.#translate(offset);
  }

  #at(index: number): number {
    const pieces = this.#pieces;
    if (pieces === null) return this.#base + (this.#utf8 ? utf8Length(this.text, index) : index);
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((pieces[middle] as Piece).logical <= index) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low];
    if (piece === undefined) return this.#base;
    return piece.source + Math.max(0, Math.min(index - piece.logical, piece.length));
  }

  span(start: number, end: number): Span {
    const [from, to] = [this.at(start), this.at(end)];
    // In a file that is printed newest first the later line stands further up.
    return from <= to ? { start: from, end: to } : { start: to, end: from };
  }

  /** 0-based line of a logical index. */
  lineAt(index: number): number {
    if (this.#oneLine) return this.line;
    if (this.#lineStarts === null) {
      this.#lineStarts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
    }
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#lineStarts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return typeof this.#lines === 'number' ? this.#lines + low : (this.#lines[low] ?? this.line);
  }
}

function utf8Length(text: string, end: number): number {
  let bytes = end;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    // Each half of a surrogate pair stands for two of the four bytes.
    else bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
  }
  return bytes;
}
