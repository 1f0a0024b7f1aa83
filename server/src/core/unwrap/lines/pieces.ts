import type { Mapping } from '../source.ts';

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

/** The way back through pieces; what stands between two of them belongs to the end of the first. `base`: where there are none. */
export class PieceMap implements Mapping {
  readonly #pieces: readonly Piece[];
  readonly #base: number;

  constructor(pieces: readonly Piece[], base: number) {
    this.#pieces = pieces;
    this.#base = base;
  }

  start(offset: number): number {
    const pieces = this.#pieces;
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((pieces[middle] as Piece).logical <= offset) low = middle;
      else high = middle - 1;
    }
    const piece = pieces[low];
    if (piece === undefined) return this.#base;
    return piece.source + Math.max(0, Math.min(offset - piece.logical, piece.length));
  }

  end(offset: number): number {
    return this.start(offset);
  }
}
