import type { Wrapper } from '../../unwrap/lines/prefixes.ts';
import type { Wrapping } from '../../unwrap/lines/wrapping.ts';
import { rejoin } from '../../unwrap/packings/wrapped.ts';
import { compose, Source } from '../../unwrap/source.ts';
import { atOnce } from '../../unwrap/steps.ts';
import { Assembler, lineEnd } from '../assembler.ts';
import type { LogBuilder } from '../builder.ts';
import { type Layout, LayoutMatcher } from '../layouts.ts';
import { logLines } from '../lines.ts';
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
  /** How lines were broken on their way. */
  wrapping: Wrapping | null;
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
  readonly #wrapping: Wrapping | null;
  readonly #matcher: LayoutMatcher;
  #line: number;
  #layout: string | null = null;

  constructor({ access, builder, index, wrapper, wrapping, own, firstLine }: BlockReaderOptions) {
    this.#access = access;
    this.#builder = builder;
    this.#index = index;
    this.#wrapper = wrapper;
    this.#wrapping = wrapping;
    this.#matcher = new LayoutMatcher(own);
    this.#line = firstLine;
  }

  /** Reads whole lines; keeps the last record for the next chunk. */
  read(all: Uint8Array, base: number, mode: ReadMode): number {
    const ended = mode === 'last' ? all.length : all.lastIndexOf(NEWLINE) + 1;
    if (ended === 0 && mode === 'more') return 0;
    const bytes = ended === 0 ? all : all.subarray(0, ended);
    const whole = this.#access.utf8(bytes, 0, bytes.length);
    const offsets = whole.length === bytes.length ? null : new ByteOffsets(whole);
    const toByte = (offset: number) => base + (offsets === null ? offset : offsets.at(offset));
    const { text, map } = this.#wrapping === null ? new Source(whole) : atOnce(rejoin(whole, this.#wrapping, logLines));
    const assembler = new Assembler(text, this.#matcher, this.#wrapper, false, (raw) => {
      if (raw.head !== null) this.#index.add(raw.span.start, raw.text.line);
      this.#builder.add(raw);
    });
    const outer = { start: toByte, end: toByte };
    if (map === null) assembler.place(outer, this.#line);
    else assembler.place(compose(outer, map) ?? outer, this.#line, linesOf(whole, toByte, this.#line));
    let number = 0;
    for (let start = 0; start < text.length; number++) {
      const end = lineEnd(text, start);
      assembler.line(start, end, number);
      start = end + 1;
    }
    this.#layout ??= assembler.layout;
    const open = mode === 'more' ? assembler.open() : null;
    if (open !== null) {
      // What stood before a line that is read again goes with it.
      const start = map === null ? open.start : whole.lastIndexOf('\n', map.start(open.start) - 1) + 1;
      this.#line += map === null ? open.line : newlines(whole, start);
      return toByte(start) - base;
    }
    if (mode === 'cut') this.truncated++;
    assembler.finish();
    this.#line += newlines(whole, whole.length);
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

function newlines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Lines of the file by places in it, of a text that begins at the line `first`. */
function linesOf(text: string, toByte: (offset: number) => number, first: number): (place: number) => number {
  const starts = [toByte(0)];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(toByte(at + 1));
  return (place) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((starts[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return first + low;
  };
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
