import type { Checkpoint } from '../checkpoint.ts';
import { unwrap } from '../unwrap/index.ts';
import { peel, type Wrapper } from '../unwrap/lines/prefixes.ts';
import type { Source } from '../unwrap/source.ts';
import { inTurns } from '../unwrap/steps.ts';
import { ascii, type Bytes, copyText, isDigit, PADDING, startsAt, textOf } from './bytes.ts';
import type { GcLog } from './model.ts';
import { PreUnifiedReader } from './preUnified.ts';
import { gcReading } from './readable.ts';
import { GcRecorder } from './recorder.ts';
import { UnifiedReader } from './unified.ts';

const NEWLINE = 10;
const OPEN = 0x5b;
const SPACE = 0x20;
const BLOCK = 1 << 18;
/** A line of a container runtime that is cut into several is put together up to this length. */
const MAX_JOINED = 64 * 1024;
/** Where a line of the collector follows something else in its line. */
const WITHIN = /(?:\[[^\][\n]{0,60}\]){1,12} GC\(\d+\) /;
const ID = ascii('GC(');
const OLD = ['[GC', '[Full GC'].map(ascii);
const UNDECORATED = ['GC(', 'Using ', 'Initializing The Z'].map(ascii);

/** Reads GC logs of both forms, also mixed, within other logs, and wrapped by a container runtime. */
export class GcReader {
  readonly #recorder = new GcRecorder();
  readonly #unified = new UnifiedReader(this.#recorder);
  readonly #old = new PreUnifiedReader(this.#recorder);
  readonly #wrapper: Wrapper | null;
  #partial = '';
  /** The text at hand, where it was packed in something, and where its spans begin to count. */
  #source: { source: Source; base: number } | null = null;
  /** Lines read so far. */
  lines = 0;
  #scratch: Bytes = new Uint8Array(4096);

  constructor(wrapper: Wrapper | null = null) {
    this.#wrapper = wrapper;
  }

  /** Reads a text that is in memory, whatever it is packed in; its spans count UTF-16 units from `base`. */
  async readText(packed: string, checkpoint: Checkpoint, base = 0): Promise<void> {
    const { source } = await inTurns(unwrap(packed, gcReading), checkpoint);
    const { text } = source;
    this.#source = source.map === null ? null : { source, base };
    let block = new Uint8Array(BLOCK + PADDING);
    for (let start = 0; start < text.length; ) {
      let end = Math.min(text.length, start + BLOCK);
      if (end < text.length) {
        const newline = text.lastIndexOf('\n', end - 1);
        if (newline >= start) end = newline + 1;
        else {
          const next = text.indexOf('\n', end);
          end = next === -1 ? text.length : next + 1;
        }
      }
      if (end - start + PADDING > block.length) block = new Uint8Array(end - start + PADDING);
      copyText(text, start, end, block);
      this.read(block, end - start, this.#source === null ? base + start : start);
      start = end;
      if (checkpoint.due()) await checkpoint.pause();
    }
    this.#source = null;
  }

  /** Reads whole lines; behind them there must be room for {@link PADDING}. `base` is their place in the file. */
  read(bytes: Bytes, length: number, base: number): void {
    for (let start = 0; start < length; ) {
      let end = start;
      while (end < length && bytes[end] !== NEWLINE) end++;
      if (this.#wrapper === null) this.#line(bytes, start, end, base + start, base + end);
      else this.#peeled(this.#wrapper, textOf(bytes, start, end), base + start, base + end);
      start = end + 1;
      this.lines++;
    }
  }

  #peeled(wrapper: Wrapper, line: string, start: number, end: number): void {
    const peeled = peel(wrapper, line.endsWith('\r') ? line.slice(0, -1) : line);
    if (peeled === null) {
      this.#text(line, start, end);
      return;
    }
    const joined = this.#partial + peeled.text;
    this.#partial = peeled.partial && joined.length < MAX_JOINED ? joined : '';
    if (this.#partial !== '') return;
    for (const part of joined.split('\n')) this.#text(part, peeled.pieces === null ? start + peeled.cut : start, end);
  }

  #text(text: string, start: number, end: number): void {
    if (text.length + PADDING > this.#scratch.length) this.#scratch = new Uint8Array(text.length + PADDING);
    copyText(text, 0, text.length, this.#scratch);
    this.#line(this.#scratch, 0, text.length, start, end);
  }

  #line(bytes: Bytes, start: number, end: number, first: number, last: number): void {
    let [spanStart, spanEnd] = [first, last];
    if (this.#source !== null) {
      const { source, base } = this.#source;
      const span = source.span(first, last);
      spanStart = base + span.start;
      spanEnd = base + span.end;
    }
    if (bytes[start] === OPEN) {
      const second = bytes[start + 1];
      const old = (second === 0x47 || second === 0x46) && OLD.some((words) => startsAt(bytes, start, words));
      if (!old && this.#unified.line(bytes, start, end, spanStart, spanEnd)) return;
    } else if (bytes[start] !== SPACE && !(isDigit(bytes[start]) && this.#recorder.log.dialect === 'pre-unified')) {
      if (this.#undecorated(bytes, start, end, spanStart, spanEnd)) return;
    }
    this.#old.line(bytes, start, end, spanStart, spanEnd);
  }

  /** Lines without decorations (-Xlog:gc::none), or with the line before them that another thread was writing. */
  #undecorated(bytes: Bytes, start: number, end: number, spanStart: number, spanEnd: number): boolean {
    const first = bytes[start];
    if ((first === 0x47 || first === 0x55 || first === 0x49) && UNDECORATED.some((words) => startsAt(bytes, start, words)))
      return this.#unified.line(bytes, start, end, spanStart, spanEnd);
    let id = start;
    while (id < end && !(bytes[id] === 0x47 && startsAt(bytes, id, ID))) id++;
    if (id >= end) return false;
    const match = WITHIN.exec(textOf(bytes, start, end));
    return match !== null && this.#unified.line(bytes, start + match.index, end, spanStart + match.index, spanEnd);
  }

  finish(): GcLog {
    this.#unified.finish();
    this.#old.finish();
    return this.#recorder.finish();
  }
}
