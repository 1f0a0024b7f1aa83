import { Assembler, type RawRecord } from './assembler.ts';
import { type Layout, LayoutMatcher } from './layouts.ts';
import type { ReadResult } from './records.ts';
import type { SparseIndex } from './sparseIndex.ts';
import type { Wrapper } from './wrappers.ts';

/** Reads a big file that has no header of fixed shape, block by block with the code for texts in memory. */
export class BlockReader {
  readonly #wrapper: Wrapper | null;
  readonly #matcher: LayoutMatcher;
  readonly #add: (record: RawRecord) => void;
  readonly #index: SparseIndex;
  #line: number;
  #layout: string | null = null;

  constructor(wrapper: Wrapper | null, own: readonly Layout[], add: (record: RawRecord) => void, index: SparseIndex, firstLine: number) {
    this.#wrapper = wrapper;
    this.#matcher = new LayoutMatcher(own);
    this.#add = add;
    this.#index = index;
    this.#line = firstLine;
  }

  /** Reads whole lines; keeps the last record for the next block unless `final`. Returns the number of bytes used up. */
  read(text: string, base: number, bytes: number, final: boolean): number {
    const offsets = text.length === bytes ? null : new ByteOffsets(text);
    const toByte = (offset: number) => base + (offsets === null ? offset : offsets.at(offset));
    const assembler = new Assembler(text, this.#matcher, this.#wrapper, false, (raw) => {
      if (raw.head !== null) this.#index.add(raw.span.start, raw.text.line);
      this.#add(raw);
    });
    assembler.place(toByte, this.#line);
    let number = 0;
    for (let start = 0; start < text.length; number++) {
      let end = text.indexOf('\n', start);
      if (end === -1) end = text.length;
      assembler.line(start, end, number);
      start = end + 1;
    }
    this.#layout ??= assembler.layout;
    if (final) {
      assembler.finish();
      this.#line += number;
      return bytes;
    }
    const open = assembler.open();
    // A record as long as the whole block is not waited for.
    if (open === null || open.start === 0) {
      assembler.finish();
      this.#line += number;
      return bytes;
    }
    this.#line += open.line;
    return toByte(open.start) - base;
  }

  /** Line after what has been read. */
  get line(): number {
    return this.#line;
  }

  result(): ReadResult {
    return { layout: this.#layout, wrapper: this.#wrapper, reversed: false };
  }
}

/** Byte offsets of a text that is not ASCII, by line. */
class ByteOffsets {
  readonly #text: string;
  readonly #chars: number[] = [];
  readonly #bytes: number[] = [];

  constructor(text: string) {
    this.#text = text;
    let bytes = 0;
    for (let at = 0, from = 0; at <= text.length; ) {
      this.#chars.push(at);
      this.#bytes.push(bytes);
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length + 1 : end + 1;
      bytes += utf8(text, from, Math.min(at, text.length));
      from = at;
    }
  }

  at(offset: number): number {
    let low = 0;
    let high = this.#chars.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chars[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return (this.#bytes[low] as number) + utf8(this.#text, this.#chars[low] as number, offset);
  }
}

function utf8(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code <= 0xdfff ? 2 : 3;
  }
  return bytes;
}
