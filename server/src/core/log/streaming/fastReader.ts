import type { LogEventKind } from '../../knowledge/logEvents.ts';
import { LineSource } from '../../unwrap/lines/lineSource.ts';
import { ByteMap, ShiftMap } from '../../unwrap/source.ts';
import type { LogBuilder } from '../builder.ts';
import { FOREIGN_PHRASES, tellingStarts } from '../events.ts';
import { BEFORE_DIAGNOSTICS, DIAGNOSTICS, type Head, LayoutMatcher, matchLayout, quotesDiagnostics } from '../layouts.ts';
import { LEVELS } from '../model.ts';
import type { ReadResult } from '../records.ts';
import { parseStamp } from '../time.ts';
import type { ByteAccess, ChunkReader } from './chunkReader.ts';
import { type FastHead, headOf } from './fastHead.ts';
import { ONLY_TIME, type ReadMode, type ScannedItem, type Scanner } from './scanner.ts';
import type { SparseIndex } from './sparseIndex.ts';

/** No head is longer. */
const MAX_HEAD_LENGTH = 2000;
const RETURN = 13;

export interface FastReaderOptions {
  access: ByteAccess;
  scanner: Scanner;
  builder: LogBuilder;
  index: SparseIndex;
  /** Only the index is wanted. */
  indexOnly: boolean;
  firstLine: number;
}

/**
 * Reads a big file whose records have heads of one shape. The scanner drops what nobody is interested in: by its level,
 * its logger or the first words of its message, unless a stack trace stands below. What it hands on is parsed here.
 */
export class FastReader implements ChunkReader {
  readonly #fast: FastHead;
  readonly #access: ByteAccess;
  readonly #scanner: Scanner;
  readonly #builder: LogBuilder;
  readonly #index: SparseIndex;
  /** Records of the files before this one, when it is one of several. */
  readonly #before: number;
  readonly #matcher = new LayoutMatcher();
  /** Heads of another shape in the chunk at hand. */
  #others: Head[] = [];
  /** Kinds of messages that the scanner only counts. */
  readonly #counted: { kind: LogEventKind; count: number }[] = [];
  #bytes: Uint8Array = new Uint8Array();
  #ascii = false;
  /** Address of the first byte at hand. */
  #from = 0;
  /** What makes an offset of the file of an address. */
  #shift = 0;

  constructor(fast: FastHead, { access, scanner, builder, index, indexOnly, firstLine }: FastReaderOptions) {
    this.#fast = fast;
    this.#access = access;
    this.#scanner = scanner;
    this.#builder = builder;
    this.#index = index;
    this.#before = builder.records;
    this.#bytes = scanner.memory;
    scanner.set('line', firstLine);
    scanner.set('indexOnly', indexOnly);
    scanner.setPhrases(FOREIGN_PHRASES);
    scanner.otherHead = (start, end) => {
      const head = this.#matcher.match(this.#text(start, Math.min(this.#stop(start, end), start + MAX_HEAD_LENGTH)));
      if (head === null || (this.#matcher.last?.id === DIAGNOSTICS && quotesDiagnostics(this.#textBefore(start)))) return false;
      this.#others.push(head);
      return true;
    };
  }

  read(bytes: Uint8Array, base: number, mode: ReadMode): number {
    const from = bytes.byteOffset;
    this.#from = from;
    this.#ascii = this.#access.isAscii(bytes);
    this.#shift = base - from;
    this.#others = [];
    const used = this.#scanner.scan(from, from + bytes.length, mode);
    const marks = this.#scanner.get('marks');
    if (this.#index.empty && marks > 0) this.#passTime(this.#scanner.mark(0).start);
    for (let at = 0; at < marks; at++) {
      const { start, line } = this.#scanner.mark(at);
      this.#index.mark(start + this.#shift, line);
    }
    const items = this.#scanner.get('items');
    let others = 0;
    for (let at = 0; at < items; at++) {
      const item = this.#scanner.item(at);
      if (item.level === -1) this.#loose(item);
      else this.#record(item, item.level === 0 ? (this.#others[others++] as Head) : null);
    }
    const last = this.#scanner.get('lastHead');
    if (last !== 0) this.#passTime(last);
    for (const kind of this.#builder.takeKnown()) {
      for (const start of tellingStarts(kind)) {
        const count = this.#scanner.addKnown(start);
        if (count !== -1) this.#counted.push({ kind, count });
      }
    }
    return used - from;
  }

  /** The clock of a record that may not be looked at itself. */
  #passTime(start: number): void {
    const stamp = parseStamp(this.#access.latin1(this.#bytes, start + this.#fast.stampStart, start + this.#fast.stampEnd));
    if (stamp !== null) this.#builder.passTime(stamp);
  }

  /** `other`: the head, where it has not the shape that the scanner knows. */
  #record({ start, end, line, lines, level, logger, message, index, before }: ScannedItem, other: Head | null): void {
    if (before !== 0) this.#passTime(before);
    const stop = this.#stop(start, end);
    const text = this.#text(start, stop);
    const head =
      other ??
      (this.#ascii ? headOf(this.#fast, text, this.#scanner.loggers[logger], level - start, message - start) : null) ??
      matchLayout(this.#fast.layout, firstLine(text));
    if (head === null) return;
    const base = start + this.#shift;
    const raw = {
      head,
      text: new LineSource(text, text.length === stop - start ? new ShiftMap(base) : new ByteMap(text, base), line),
      messageStart: head.message,
      span: { start: base, end: stop + this.#shift },
      lines,
    };
    if (logger === ONLY_TIME) this.#builder.addTime(raw);
    else this.#builder.addStreamed(raw, this.#before + index, other !== null);
  }

  /** Text before the first record. */
  #loose({ start, end, line, lines }: ScannedItem): void {
    const text = this.#text(start, end);
    const base = start + this.#shift;
    this.#builder.add({
      head: null,
      text: new LineSource(text, text.length === end - start ? new ShiftMap(base) : new ByteMap(text, base), line),
      messageStart: 0,
      span: { start: base, end: end + this.#shift },
      lines,
    });
  }

  /** The end of a line without a carriage return. */
  #stop(start: number, end: number): number {
    return end > start && this.#bytes[end - 1] === RETURN ? end - 1 : end;
  }

  /** The record at hand is there as a whole. */
  #textBefore(start: number): string {
    return this.#text(Math.max(this.#from, start - BEFORE_DIAGNOSTICS), start);
  }

  #text(start: number, end: number): string {
    return this.#ascii ? this.#access.latin1(this.#bytes, start, end) : this.#access.utf8(this.#bytes, start, end);
  }

  get line(): number {
    return this.#scanner.get('line');
  }

  get truncated(): number {
    return this.#scanner.get('truncated');
  }

  result(): ReadResult {
    for (const [level, count] of this.#scanner.levels().entries()) this.#builder.count(LEVELS[level] as (typeof LEVELS)[number], count);
    for (const { kind, count } of this.#counted) this.#builder.countKnown(kind, this.#scanner.knownCount(count));
    this.#index.records = this.#scanner.get('records');
    this.#builder.setRecords(this.#before + this.#index.records);
    return { layout: this.#fast.layout.id, wrapper: null, reversed: false };
  }
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  const line = end === -1 ? text : text.slice(0, end);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
