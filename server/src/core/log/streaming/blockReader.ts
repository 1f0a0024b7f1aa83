import type { Wrapper } from '../../unwrap/lines/prefixes.ts';
import { Assembler, lineEnd } from '../assembler.ts';
import type { LogBuilder } from '../builder.ts';
import { type Layout, LayoutMatcher } from '../layouts.ts';
import type { ReadResult } from '../records.ts';
import type { ByteAccess, ChunkReader } from './chunkReader.ts';
import type { ReadMode } from './scanner.ts';
import type { SparseIndex } from './sparseIndex.ts';

const NEWLINE = 10;

export interface BlockReaderOptions {
  access: ByteAccess;
  builder: LogBuilder;
  index: SparseIndex;
  wrapper: Wrapper | null;
  /** Layouts of the user's own. */
  own: readonly Layout[];
  firstLine: number;
}

/** Reads a big file whose heads have no fixed shape, chunk by chunk with the code for texts in memory. */
export class BlockReader implements ChunkReader {
  truncated = 0;
  readonly #access: ByteAccess;
  readonly #builder: LogBuilder;
  readonly #index: SparseIndex;
  readonly #wrapper: Wrapper | null;
  readonly #matcher: LayoutMatcher;
  #line: number;
  #layout: string | null = null;

  constructor({ access, builder, index, wrapper, own, firstLine }: BlockReaderOptions) {
    this.#access = access;
    this.#builder = builder;
    this.#index = index;
    this.#wrapper = wrapper;
    this.#matcher = new LayoutMatcher(own);
    this.#line = firstLine;
  }

  /** Reads whole lines; keeps the last record for the next chunk. */
  read(all: Uint8Array, base: number, mode: ReadMode): number {
    const whole = mode === 'last' ? all.length : all.lastIndexOf(NEWLINE) + 1;
    if (whole === 0 && mode === 'more') return 0;
    const bytes = whole === 0 ? all : all.subarray(0, whole);
    const text = this.#access.utf8(bytes, 0, bytes.length);
    const offsets = text.length === bytes.length ? null : new ByteOffsets(text);
    const toByte = (offset: number) => base + (offsets === null ? offset : offsets.at(offset));
    const assembler = new Assembler(text, this.#matcher, this.#wrapper, false, (raw) => {
      if (raw.head !== null) this.#index.add(raw.span.start, raw.text.line);
      this.#builder.add(raw);
    });
    assembler.place({ start: toByte, end: toByte }, this.#line);
    let number = 0;
    for (let start = 0; start < text.length; number++) {
      const end = lineEnd(text, start);
      assembler.line(start, end, number);
      start = end + 1;
    }
    this.#layout ??= assembler.layout;
    const open = mode === 'more' ? assembler.open() : null;
    if (open !== null) {
      this.#line += open.line;
      return toByte(open.start) - base;
    }
    if (mode === 'cut') this.truncated++;
    assembler.finish();
    this.#line += text.endsWith('\n') || text === '' ? number : number - 1;
    return bytes.length;
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
