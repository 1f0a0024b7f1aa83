import type { Settings } from '../../../../common/settings.ts';
import type { Problem } from '../model.ts';
import { BlockReader } from './blockReader.ts';
import { LogBuilder } from './builder.ts';
import { concludeLog } from './conclude.ts';
import { foreignNeedle } from './events.ts';
import { type FastHead, learnFastHead, levelAt, readFastHead } from './fastHead.ts';
import { findWrapper } from './findWrapper.ts';
import { type Head, type Layout, LayoutMatcher } from './layouts.ts';
import { FOREIGN, LoggerInterest, WANTED } from './loggerInterest.ts';
import { MappedText } from './mapped.ts';
import { LEVELS, type LogAnalysis } from './model.ts';
import { isSpecial, type ReadResult, sampleOf } from './records.ts';
import { SparseIndex } from './sparseIndex.ts';

/** What the platform does better than plain JavaScript. Spans of a streamed log count bytes. */
export interface ByteAccess {
  /** On Node a Buffer, whose indexOf is native. */
  allocate(size: number): Uint8Array;
  /** UTF-8 text of a range; `ascii` when `isAscii` was true of it. */
  decode(bytes: Uint8Array, start: number, end: number, ascii: boolean): string;
  /** Are all bytes of a range below 128? May answer false when it does not know. */
  isAscii(bytes: Uint8Array): boolean;
}

/** A record longer than this is cut: its rest is skipped up to the next record. */
const LONGEST_RECORD = 4 << 20;
const SAMPLE_BYTES = 256 * 1024;

/**
 * Reads a log of any size in one pass over its bytes, in bounded memory. Feed it by `reserve` and `commit`
 * (no copying) or `push`, then `finish`.
 */
export class LogStream {
  readonly index = new SparseIndex();
  readonly #access: ByteAccess;
  readonly #indexOnly: boolean;
  readonly #own: readonly Layout[];
  readonly #builder: LogBuilder;
  /** Records of the files before this one, when it is one of several. */
  readonly #before: number;
  readonly #interest = new LoggerInterest();
  #buffer: Uint8Array;
  /** Bytes in the buffer, and how many of them have been cut into lines. */
  #end = 0;
  #scanned = 0;
  /** File offset of the buffer's first byte. */
  #base = 0;
  #line = 0;
  #firstLine = 0;
  /** Start of the record at hand in the buffer, -1 before the first. */
  #start = -1;
  #startLine = 0;
  #body = 0;
  #wanted = false;
  /** Index into LEVELS. */
  #levelAtHand = -1;
  /** The logger at hand is not one of Flink's. */
  #foreign = false;
  /** Head of a record that only the slow test recognised. */
  #slow: Head | null = null;
  #truncated = 0;
  #skipping = false;
  readonly #levels = new Float64Array(LEVELS.length);
  #fast: FastHead | null = null;
  #blocks: BlockReader | null = null;
  #matcher = new LayoutMatcher();
  #decided = false;
  /** Nothing but ASCII in the buffer. */
  #ascii = false;
  bytes = 0;

  /** `layouts`: of the user's own, asked before those that are known. `into`: the file is one of several that are read as one. */
  constructor(
    access: ByteAccess,
    options: { indexOnly?: boolean; layouts?: readonly Layout[]; into?: { builder: LogBuilder; offset: number; line: number } } = {},
  ) {
    this.#access = access;
    this.#own = options.layouts ?? [];
    this.#indexOnly = options.indexOnly === true;
    this.#buffer = access.allocate(1 << 16);
    this.#builder = options.into?.builder ?? new LogBuilder({ streamed: true });
    this.#before = this.#builder.records;
    this.#base = options.into?.offset ?? 0;
    this.#firstLine = options.into?.line ?? 0;
    this.#line = this.#firstLine;
  }

  /** Room for the next bytes of the file. */
  reserve(size: number): Uint8Array {
    if (this.#end + size > this.#buffer.length) {
      const larger = this.#access.allocate(Math.max(this.#end + size, 1 << 16));
      larger.set(this.#buffer.subarray(0, this.#end));
      this.#buffer = larger;
    }
    return this.#buffer.subarray(this.#end, this.#end + size);
  }

  /** Tells that `size` bytes were written into what `reserve` gave. */
  commit(size: number): void {
    this.#end += size;
    this.bytes += size;
    if (!this.#decided) {
      if (this.#end < SAMPLE_BYTES && size > 0) return;
      this.#decide();
    }
    this.#consume(false);
  }

  push(chunk: Uint8Array): void {
    this.reserve(chunk.length).set(chunk);
    this.commit(chunk.length);
  }

  /** Ends the file and draws the conclusions. */
  finish(settings: Settings, uri: string): LogAnalysis {
    const analysis = concludeLog(this.#builder.model(this.end()), settings, { uri, files: [] });
    analysis.problems.push(...this.problems());
    return analysis;
  }

  /** Ends the file: all that was read is in the builder. */
  end(): ReadResult {
    this.close();
    for (const [index, level] of LEVELS.entries()) this.#builder.count(level, this.#levels[index] ?? 0);
    if (this.#blocks === null) this.#builder.setRecords(this.#before + this.index.records);
    return this.#blocks?.result() ?? { layout: this.#fast?.layout.id ?? null, wrapper: null, reversed: false };
  }

  /** What was left out. */
  problems(prefix = '', at = 0): Problem[] {
    if (this.#truncated === 0) return [];
    const records = this.#truncated === 1 ? 'record is' : 'records are';
    return [
      {
        message: `${prefix}${this.#truncated} ${records} longer than ${LONGEST_RECORD >> 20} MiB and read only up to there.`,
        span: { start: at, end: at },
      },
    ];
  }

  /** Lines of the file, once it has ended. */
  get lines(): number {
    return (this.#blocks?.line ?? this.#line) - this.#firstLine + 1;
  }

  /** Ends the file without conclusions, when only the index is wanted. */
  close(): void {
    if (!this.#decided) this.#decide();
    this.#consume(true);
  }

  /** Looks at the beginning and chooses between the fast way and the general one. */
  #decide(): void {
    this.#decided = true;
    const text = this.#access.decode(this.#buffer, 0, Math.min(this.#end, SAMPLE_BYTES), false);
    const lines = sampleOf(text);
    const wrapper = findWrapper(lines);
    const layout = layoutOf(lines);
    if (this.#own.length === 0 && wrapper === null && layout !== null && !isSpecial(lines)) this.#fast = learnFastHead(lines, layout);
    if (this.#fast === null) this.#blocks = new BlockReader(wrapper, this.#own, (raw) => this.#builder.add(raw), this.index, this.#firstLine);
  }

  #consume(final: boolean): void {
    if (this.#blocks !== null) {
      this.#general(this.#blocks, final);
      return;
    }
    const bytes = this.#buffer.subarray(0, this.#end);
    this.#ascii = this.#access.isAscii(bytes);
    let at = this.#scanned;
    for (;;) {
      let newline = bytes.indexOf(10, at);
      if (newline === -1) {
        if (!final || at >= this.#end) break;
        newline = this.#end;
      }
      this.#take(bytes, at, newline);
      this.#line++;
      at = newline + 1;
    }
    this.#scanned = Math.min(at, this.#end);
    if (final) {
      this.#flush(bytes, this.#end);
      return;
    }
    this.#compact();
  }

  /** One line: does it begin a record? */
  #take(bytes: Uint8Array, start: number, end: number): void {
    const fast = this.#fast as FastHead;
    let level = -1;
    let head: Head | null = null;
    if (end - start >= fast.length && matches(fast, bytes, start)) level = levelAt(bytes, start + fast.level);
    if (level === -1) {
      head = this.#otherHead(bytes, start, end);
      if (head === null) {
        this.#body++;
        return;
      }
    }
    this.#flush(bytes, start - 1);
    this.#start = start;
    this.#startLine = this.#line;
    this.#body = 0;
    this.#slow = head;
    this.#skipping = false;
    this.index.add(this.#base + start, this.#line);
    if (this.#indexOnly) return;
    // What nobody is interested in is counted without being decoded; a stack trace below changes that.
    this.#levelAtHand = level;
    this.#foreign = false;
    this.#wanted = head !== null;
    if (head === null && level >= 2) {
      const interest = this.#interest.of(bytes, start + fast.level, end);
      this.#foreign = interest === FOREIGN;
      this.#wanted = level > 2 || interest === WANTED;
    }
    if (head === null) this.#levels[level] = (this.#levels[level] as number) + 1;
  }

  /** Records of other layouts in the same file begin with a digit, a bracket or a level. */
  #otherHead(bytes: Uint8Array, start: number, end: number): Head | null {
    const first = bytes[start] as number;
    const second = bytes[start + 1] as number;
    const likely = (first >= 48 && first <= 57) || (first === 91 && second !== 32) || (first >= 65 && first <= 90 && second >= 65 && second <= 90);
    if (!likely || end - start < 12) return null;
    const stop = bytes[end - 1] === 13 ? end - 1 : end;
    return this.#matcher.match(this.#access.decode(bytes, start, Math.min(stop, start + 2000), this.#ascii));
  }

  #flush(bytes: Uint8Array, end: number): void {
    const start = this.#start;
    if (start < 0) {
      // Text before the first record.
      if (this.#body > 0 && end > 0 && !this.#indexOnly) this.#loose(bytes, 0, end, this.#firstLine);
      return;
    }
    this.#start = -1;
    if (this.#indexOnly || this.#skipping || (!this.#wanted && this.#body === 0)) return;
    const stop = end > start && bytes[end - 1] === 13 ? end - 1 : end;
    const text = this.#access.decode(bytes, start, stop, this.#ascii);
    // A library's single line matters only for what the JVM and container runtimes say.
    if (this.#body === 0 && this.#foreign && !foreignNeedle(text)) return;
    if (this.#body === 0 && this.#slow === null && this.#levelAtHand === 2) {
      const dash = text.indexOf(' - ', (this.#fast as FastHead).level);
      if (dash !== -1 && this.#builder.skipKnown(text, dash + 3)) return;
    }
    const head = this.#slow ?? readFastHead(this.#fast as FastHead, this.#body === 0 ? text : firstLine(text));
    if (head === null) return;
    const base = this.#base + start;
    this.#builder.addStreamed(
      {
        head,
        text: new MappedText(text, base, this.#startLine, null, { utf8: text.length !== stop - start }),
        messageStart: head.message,
        span: { start: base, end: this.#base + stop },
        lines: this.#body + 1,
      },
      this.#before + this.index.records - 1,
      this.#slow !== null,
    );
  }

  #loose(bytes: Uint8Array, start: number, end: number, line: number): void {
    const text = this.#access.decode(bytes, start, Math.min(end, start + LONGEST_RECORD), false);
    this.#builder.add({
      head: null,
      text: new MappedText(text, this.#base + start, line, null, { utf8: text.length !== end - start }),
      messageStart: 0,
      span: { start: this.#base + start, end: this.#base + end },
      lines: this.#body,
    });
  }

  /** Keeps the record at hand and the line that is not complete, forgets what is before. */
  #compact(): void {
    let keep = this.#start >= 0 ? this.#start : this.index.records === 0 ? 0 : this.#scanned;
    if (this.#end - keep > LONGEST_RECORD) {
      // Too long to be waited for: take what is there.
      if (!this.#skipping) {
        this.#truncated++;
        if (this.#start >= 0) {
          this.#wanted = true;
          const start = this.#start;
          this.#flush(this.#buffer.subarray(0, this.#end), Math.max(this.#scanned, Math.min(this.#end, start + LONGEST_RECORD)));
          this.#start = start;
        } else this.#loose(this.#buffer, keep, this.#end, this.#line);
        this.#skipping = true;
      }
      // The line that is not complete yet goes on; of a line that never ends only the last bytes are kept.
      keep = this.#end - this.#scanned > LONGEST_RECORD ? this.#end : this.#scanned;
      this.#scanned = keep;
      this.#start = this.#start >= 0 ? keep : -1;
    }
    this.#buffer.copyWithin(0, keep, this.#end);
    this.#base += keep;
    this.#end -= keep;
    this.#scanned -= keep;
    if (this.#start >= 0) this.#start -= keep;
  }

  /** The general way: text block by block, cut at a line's end. */
  #general(blocks: BlockReader, final: boolean): void {
    let end = this.#end;
    if (!final) {
      end = lastNewline(this.#buffer, this.#end) + 1;
      if (end === 0) {
        if (this.#end < LONGEST_RECORD) return;
        this.#truncated++;
        end = this.#end;
      }
    }
    const text = this.#access.decode(this.#buffer, 0, end, false);
    const used = blocks.read(text, this.#base, end, final);
    this.#buffer.copyWithin(0, used, this.#end);
    this.#base += used;
    this.#end -= used;
  }
}

function lastNewline(bytes: Uint8Array, end: number): number {
  for (let at = end - 1; at >= 0; at--) if (bytes[at] === 10) return at;
  return -1;
}

function matches({ at, byte }: FastHead, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < at.length; index++) {
    const got = bytes[start + (at[index] as number)] as number;
    const want = byte[index] as number;
    if (want === 0 ? got < 48 || got > 57 : got !== want) return false;
  }
  return true;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  const line = end === -1 ? text : text.slice(0, end);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function layoutOf(lines: readonly string[]): Layout | null {
  const counts = new Map<Layout, number>();
  const matcher = new LayoutMatcher();
  for (const line of lines) {
    if (matcher.match(line) === null || matcher.last === null) continue;
    counts.set(matcher.last, (counts.get(matcher.last) ?? 0) + 1);
  }
  let best: Layout | null = null;
  let most = 0;
  for (const [layout, count] of counts) {
    if (count <= most) continue;
    most = count;
    best = layout;
  }
  return best;
}
