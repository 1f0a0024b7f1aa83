import type { Interest } from './loggerInterest.ts';
import { SCANNER_CODE } from './scannerCode.ts';

/** The JavaScript engines' own WebAssembly, as far as it is used here: neither Node's nor the DOM's types are known to the core. */
declare const WebAssembly: {
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown };
};
declare function atob(base64: string): string;

/** WebAssembly counts memory in pages. */
const PAGE = 65_536;
const MAX_LOGGER_LENGTH = 500;
/** A record that is longer is cut: there is no more room before a chunk (HEADROOM of server/wasm/memory.ts). */
export const MAX_RECORD_BYTES = 4 << 20;
/** No timestamp that a scanner recognises is longer. */
export const MAX_STAMP_LENGTH = 60;

interface Global {
  value: number;
}

/** What server/wasm/scanner.ts exports. */
type Constant =
  | 'SHAPE'
  | 'LEVELS'
  | 'KNOWN'
  | 'KNOWN_SIZE'
  | 'MAX_KNOWN'
  | 'PHRASES'
  | 'PHRASE_SIZE'
  | 'MAX_PHRASES'
  | 'MARKS'
  | 'ITEMS'
  | 'ITEM_SIZE'
  | 'CHUNK'
  | 'HEADROOM'
  | 'ROOM'
  | 'PAGES';
type Variable =
  | 'stampEnd'
  | 'levelAt'
  | 'hasLogger'
  | 'indexOnly'
  | 'everything'
  | 'known'
  | 'phrases'
  | 'records'
  | 'items'
  | 'marks'
  | 'line'
  | 'truncated'
  | 'lastHead'
  | 'before';
type Exports = Record<Constant | Variable, Global> & {
  memory: { buffer: ArrayBuffer; grow(pages: number): number };
  scan(from: number, to: number, mode: number): number;
};

/**
 * `more`: more follows, and what is not used comes again with more behind it. `cut`: the same, but what is there must
 * be used, since it is too long to be waited for. `last`: nothing follows.
 */
export type ReadMode = 'more' | 'cut' | 'last';

/** By the numbers that the scanner has for them. */
const MODES: readonly ReadMode[] = ['more', 'cut', 'last'];
const INTERESTS: readonly Interest[] = ['plain', 'wanted', 'foreign'];

/** How the lines begin that begin a record: what stands up to the end of the timestamp, and where the level stands. */
export interface HeadShape {
  /** A line of that shape; a digit in it stands for any. */
  stamp: string;
  /** Place of the level in a line; -1 where it stands behind the name of the thread in brackets. */
  level: number;
}

/** A record that is wanted, or text before the first one. Offsets are addresses in the scanner's memory. */
export interface ScannedItem {
  start: number;
  end: number;
  line: number;
  lines: number;
  /** Where the level stands; 0: not of the shape, but `otherHead` said yes; -1: text before the first record. */
  level: number;
  /** The number of its logger; -1: not looked at; ONLY_TIME: nothing is wanted of the record but its time. */
  logger: number;
  /** Where the message stands; -1: behind something that is not plain. */
  message: number;
  /** Position among all records. */
  index: number;
  /** Where a record begins that came before this one and has a later timestamp, or one that cannot be compared; 0: there is none. */
  before: number;
}

export const ONLY_TIME = -2;

/**
 * The first pass over a big log: cuts lines and records and hands on those that the analysis may want. Written in
 * AssemblyScript (server/wasm/) for the sake of its speed: it works on sixteen bytes at a time.
 */
export class Scanner {
  /** Its whole memory; parts of the file are read into it at `room`. */
  readonly memory: Uint8Array;
  /** Address that chunks are read to, with `headroom` bytes before it for what was left of the chunk before. */
  readonly room: number;
  readonly chunk: number;
  readonly headroom: number;
  readonly #exports: Exports;
  readonly #words: Int32Array;

  /** Names of the loggers that were met, by their numbers. */
  readonly loggers: string[] = [];
  /** Asked rarely: does a line that is not of the shape begin a record all the same? */
  otherHead: (start: number, end: number) => boolean = () => false;

  /** `interest`: asked once for every logger. `view`: the platform's own way of looking at bytes. */
  constructor(interest: (logger: string) => Interest, view: (buffer: ArrayBuffer) => Uint8Array) {
    const module = new WebAssembly.Module(Uint8Array.from(atob(SCANNER_CODE), (char) => char.charCodeAt(0)));
    this.#exports = new WebAssembly.Instance(module, {
      scanner: {
        otherHead: (start: number, end: number) => this.otherHead(start, end),
      },
      loggers: {
        newLogger: (start: number, end: number) => {
          const name = String.fromCharCode(...this.memory.subarray(start, Math.min(end, start + MAX_LOGGER_LENGTH)));
          return (this.loggers.push(name) - 1) * 4 + INTERESTS.indexOf(interest(name));
        },
      },
    }).exports as Exports;
    const { CHUNK, HEADROOM, ROOM, PAGES, memory } = this.#exports;
    memory.grow(PAGES.value - memory.buffer.byteLength / PAGE);
    this.memory = view(memory.buffer);
    this.#words = new Int32Array(memory.buffer);
    this.room = ROOM.value;
    this.chunk = CHUNK.value;
    this.headroom = HEADROOM.value;
  }

  get(name: Variable): number {
    return this.#exports[name].value;
  }

  set(name: Exclude<Variable, 'items' | 'marks' | 'lastHead'>, value: number | boolean): void {
    this.#exports[name].value = Number(value);
  }

  /** Tells how records begin, and forgets what was counted before. */
  setShape({ stamp, level }: HeadShape): void {
    const base = this.#exports.SHAPE.value;
    this.memory.fill(0, base, base + 192);
    for (let at = 0; at < stamp.length; at++) {
      const char = stamp.charCodeAt(at);
      const digit = char >= 48 && char <= 57;
      this.memory[base + at] = digit ? 48 : char;
      this.memory[base + 64 + at] = 0xff;
      this.memory[base + 128 + at] = digit ? 0x76 : 0x7f;
    }
    this.set('stampEnd', stamp.length);
    this.set('levelAt', level);
    this.reset();
  }

  reset(): void {
    for (const name of ['records', 'line', 'truncated', 'before'] as const) this.set(name, 0);
    const levels = this.#exports.LEVELS.value;
    this.memory.fill(0, levels, levels + 24);
  }

  /** Number of records by level, TRACE first. */
  levels(): number[] {
    const at = this.#exports.LEVELS.value >> 2;
    return [...this.#words.subarray(at, at + 6)].map((count) => count >>> 0);
  }

  /** A record of a foreign logger that holds one of these is wanted. */
  setPhrases(phrases: readonly string[]): void {
    const { PHRASES, PHRASE_SIZE, MAX_PHRASES } = this.#exports;
    const taken = phrases.slice(0, MAX_PHRASES.value);
    for (const [index, phrase] of taken.entries()) this.#put(PHRASES.value + index * PHRASE_SIZE.value, 4, phrase);
    this.set('phrases', taken.length);
  }

  /** Messages that begin so are only counted from now on; answers with the index of the count, -1 when there is no room. */
  addKnown(start: string): number {
    const { KNOWN, KNOWN_SIZE, MAX_KNOWN } = this.#exports;
    const index = this.get('known');
    if (index >= MAX_KNOWN.value || start.length < 4 || start.length > KNOWN_SIZE.value - 24) return -1;
    const at = KNOWN.value + index * KNOWN_SIZE.value;
    this.#put(at, 8, start);
    this.#words[(at >> 2) + 1] = 0;
    this.set('known', index + 1);
    return index;
  }

  /** How often a known beginning was met since it was added. */
  knownCount(index: number): number {
    const { KNOWN, KNOWN_SIZE } = this.#exports;
    return (this.#words[((KNOWN.value + index * KNOWN_SIZE.value) >> 2) + 1] as number) >>> 0;
  }

  #put(at: number, offset: number, text: string): void {
    this.#words[at >> 2] = text.length;
    for (let index = 0; index < text.length; index++) this.memory[at + offset + index] = text.charCodeAt(index);
  }

  /** Reads from one address to another; answers with the address up to which bytes were used. */
  scan(from: number, to: number, mode: ReadMode): number {
    return this.#exports.scan(from, to, MODES.indexOf(mode));
  }

  /** A wanted record of the last scan. */
  item(index: number): ScannedItem {
    const at = (this.#exports.ITEMS.value + index * this.#exports.ITEM_SIZE.value) >> 2;
    const word = (place: number) => this.#words[at + place] as number;
    return {
      start: word(0),
      end: word(1),
      line: word(2),
      lines: word(3),
      level: word(4),
      logger: word(5),
      message: word(6),
      index: word(7),
      before: word(8),
    };
  }

  /** Address and line of every 64th record of the last scan. */
  mark(index: number): { start: number; line: number } {
    const at = (this.#exports.MARKS.value >> 2) + 2 * index;
    return { start: this.#words[at] as number, line: this.#words[at + 1] as number };
  }
}
