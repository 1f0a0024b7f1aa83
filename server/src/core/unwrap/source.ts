import type { Span } from '../../../../common/span.ts';

/** Where the characters of an unwrapped text stand in the text that it was taken from. */
export interface Mapping {
  /** Place of the character at `offset`. */
  start(offset: number): number;
  /** Place just after the character before `offset`. */
  end(offset: number): number;
}

/**
 * Runs of characters that were taken over. Within a run every character took up `width`
 * characters of the original: 1 for plain text, 2 or 6 for escapes, 0 for inserted ones.
 */
class RunMap implements Mapping {
  readonly #clean: Uint32Array;
  readonly #origin: Uint32Array;
  readonly #width: Uint8Array;

  constructor(clean: Uint32Array, origin: Uint32Array, width: Uint8Array) {
    this.#clean = clean;
    this.#origin = origin;
    this.#width = width;
  }

  start(offset: number): number {
    const run = this.#run(offset);
    return (this.#origin[run] ?? 0) + (offset - (this.#clean[run] ?? 0)) * (this.#width[run] ?? 1);
  }

  end(offset: number): number {
    if (offset <= 0) return this.start(0);
    const run = this.#run(offset - 1);
    return (this.#origin[run] ?? 0) + (offset - (this.#clean[run] ?? 0)) * (this.#width[run] ?? 1);
  }

  /** The last run that begins at or before the offset. */
  #run(offset: number): number {
    let low = 0;
    let high = this.#clean.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#clean[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** A text that stands in one piece further behind. */
export class ShiftMap implements Mapping {
  readonly #base: number;

  constructor(base: number) {
    this.#base = base;
  }

  start(offset: number): number {
    return this.#base + offset;
  }

  end(offset: number): number {
    return this.#base + offset;
  }
}

/** The same where places count the bytes of the text in UTF-8. */
export class ByteMap implements Mapping {
  readonly #text: string;
  readonly #base: number;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  start(offset: number): number {
    return this.#base + utf8Length(this.#text, offset);
  }

  end(offset: number): number {
    return this.start(offset);
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

/** Builds an unwrapped text piece by piece. */
export class SourceBuilder {
  readonly #source: string;
  readonly #parts: string[] = [];
  readonly #clean: number[] = [];
  readonly #origin: number[] = [];
  readonly #width: number[] = [];
  #length = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Characters of the unwrapped text so far. */
  get length(): number {
    return this.#length;
  }

  /** Takes over the original characters from `from` to `to`. */
  copy(from: number, to: number): void {
    if (to <= from) return;
    const last = this.#clean.length - 1;
    const follows = last >= 0 && this.#width[last] === 1 && (this.#origin[last] as number) + (this.#length - (this.#clean[last] as number)) === from;
    if (!follows) this.#run(from, 1);
    this.#parts.push(this.#source.slice(from, to));
    this.#length += to - from;
  }

  /** One character (or more, all standing at the same place) for the original characters from `from` to `to`. */
  replace(from: number, to: number, text: string): void {
    if (text === '') return;
    this.#run(from, Math.min(255, to - from));
    this.#parts.push(text[0] as string);
    this.#length++;
    if (text.length === 1) return;
    this.#run(to, 0);
    this.#parts.push(text.slice(1));
    this.#length += text.length - 1;
  }

  /** Text that the original does not have, such as a line end between two records. */
  insert(at: number, text: string): void {
    this.#run(at, 0);
    this.#parts.push(text);
    this.#length += text.length;
  }

  build(): Source {
    if (this.#clean.length === 0) this.#run(0, 1);
    const map = new RunMap(Uint32Array.from(this.#clean), Uint32Array.from(this.#origin), Uint8Array.from(this.#width));
    return new Source(this.#parts.join(''), map);
  }

  #run(origin: number, width: number): void {
    this.#clean.push(this.#length);
    this.#origin.push(origin);
    this.#width.push(width);
  }
}

const SAME: Mapping = { start: (offset) => offset, end: (offset) => offset };

/** The way back through two wrappers: `inner` was taken out of the text that `outer` was taken out of. */
export function compose(outer: Mapping | null, inner: Mapping | null): Mapping | null {
  if (outer === null) return inner;
  if (inner === null) return outer;
  return {
    start: (offset) => outer.start(inner.start(offset)),
    end: (offset) => outer.end(inner.end(offset)),
  };
}

/** Texts that were taken out of one file, one after the other; what is inserted between them stands for a place of the file. */
export function concatenate(pieces: readonly (Source | { text: string; at: Span })[]): Source {
  const starts: number[] = [];
  const maps: Mapping[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    maps.push(piece instanceof Source ? (piece.map ?? SAME) : { start: () => piece.at.start, end: () => piece.at.end });
    length += piece.text.length;
  }
  const at = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const within = (piece: number, offset: number): number => offset - (starts[piece] ?? 0);
  return new Source(pieces.map(({ text }) => text).join(''), {
    start(offset) {
      const piece = at(offset);
      return maps[piece]?.start(within(piece, offset)) ?? offset;
    },
    end(offset) {
      const piece = at(Math.max(0, offset - 1));
      return maps[piece]?.end(within(piece, offset)) ?? offset;
    },
  });
}

/** A text to read together with the way back, so that every span made from it is one of the original text. */
export class Source {
  readonly text: string;
  /** Null where every character stands where it stood. */
  readonly map: Mapping | null;

  constructor(text: string, map: Mapping | null = null) {
    this.text = text;
    this.map = map;
  }

  /** The same text, where `outer` is what it was taken out of. */
  within(outer: Source): Source {
    return outer.map === null ? this : new Source(this.text, compose(outer.map, this.map));
  }

  span(start: number, end: number): Span {
    const map = this.map;
    if (map === null) return { start, end };
    const from = map.start(start);
    const to = map.end(Math.max(end, start));
    if (to >= from) return { start: from, end: to };
    // Lines in reverse order: the block runs from the start of its last line to the end of its first.
    return { start: map.start(Math.max(start, end - 1)), end: Math.max(from, map.end(start + 1)) };
  }
}
