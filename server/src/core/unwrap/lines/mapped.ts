import type { Span } from '../../../../../common/span.ts';

/** A stretch of logical text that stands unbroken in the source. `length` counts both sides. */
export interface Piece {
  logical: number;
  source: number;
  length: number;
}

/** The pieces of the text between two logical places, counted from the first of them. */
export function cutPieces(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const cut: Piece[] = [];
  for (const piece of pieces) {
    const start = Math.max(piece.logical, from);
    const end = Math.min(piece.logical + piece.length, to);
    if (start < end || (start === end && piece.length === 0))
      cut.push({ logical: start - from, source: piece.source + start - piece.logical, length: end - start });
  }
  if (cut.length === 0 && pieces.length > 0) {
    const last = pieces.findLast((piece) => piece.logical <= from) ?? (pieces[0] as Piece);
    cut.push({ logical: 0, source: last.source + Math.min(last.length, Math.max(0, from - last.logical)), length: 0 });
  }
  return cut;
}

export interface MapOptions {
  utf8?: boolean;
  oneLine?: boolean;
  translate?: ((offset: number) => number) | null;
  unwrapped?: UnwrappedSource | null;
}

/** For a source that was itself taken out of the file: the places of ends, and the file's lines by a place in the source. */
export interface UnwrappedSource {
  end(offset: number): number;
  lineOf(offset: number): number;
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
  readonly #unwrapped: UnwrappedSource | null;

  /**
   * `lines`: the 0-based line of the first character, or of every line where they do not count up by one.
   * `pieces` null: the text stands at `base` as it is. `utf8`: offsets of the source count bytes.
   * `oneLine`: line feeds come from escapes, the source has a single line. `translate`: the text's source is part
   * of a larger file and offsets are counted there. `unwrapped`: see there.
   */
  constructor(text: string, base: number, lines: number | readonly number[], pieces: readonly Piece[] | null = null, options: MapOptions = {}) {
    this.text = text;
    this.#lines = lines;
    this.#base = base;
    this.#pieces = pieces;
    this.#utf8 = options.utf8 === true;
    this.#oneLine = options.oneLine === true;
    this.#translate = options.translate ?? null;
    this.#unwrapped = options.unwrapped ?? null;
  }

  /** 0-based line of the first character. */
  get line(): number {
    if (this.#unwrapped !== null) return this.#unwrapped.lineOf(this.#at(0));
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
    const [from, to] = [this.at(start), this.#unwrapped === null ? this.at(end) : this.#unwrapped.end(this.#at(end))];
    // In a file that is printed newest first the later line stands further up.
    return from <= to ? { start: from, end: to } : { start: to, end: from };
  }

  /** 0-based line of a logical index. */
  lineAt(index: number): number {
    if (this.#unwrapped !== null) return this.#unwrapped.lineOf(this.#at(index));
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
