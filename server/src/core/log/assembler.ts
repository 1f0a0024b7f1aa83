import type { Span } from '../../../../common/span.ts';
import { type Head, levelOf } from './head.ts';
import { type JsonText, join, readJsonLine } from './json.ts';
import type { LayoutMatcher } from './layouts.ts';
import { MappedText, type Piece } from './mapped.ts';
import { parseStamp } from './time.ts';
import { peel, type Wrapper } from './wrappers.ts';

/** A record as cut out of the file; `head` null for text outside every record. */
export interface RawRecord {
  head: Head | null;
  text: MappedText;
  /** Index in `text` where the message starts. */
  messageStart: number;
  span: Span;
  /** Number of physical lines. */
  lines: number;
}

/** No layout needs more of a line than this to be recognised. */
export const HEAD_LENGTH = 2000;
export const LONGEST_JSON = 1 << 20;
/** Text outside records is handed on in blocks of about this many lines. */
const BLOCK_LINES = 4000;
const ANSI = /\x1b\[[0-9;]*[A-Za-z]/g;
/** Lines of `yarn logs` that separate files. */
const SECTION = /^(?:Container: container_\S+ on \S+|LogType: ?\S+|End of LogType: ?\S+.*|LogAggregationType: ?\S+|={20,})$/;

interface Line {
  text: string;
  pieces: Piece[] | null;
  /** Source offset of the logical text's start when `pieces` is null. */
  base: number;
  start: number;
  end: number;
  number: number;
}

/** Puts lines together to records. */
export class Assembler {
  layout: string | null = null;
  readonly #source: string;
  readonly #matcher: LayoutMatcher;
  readonly #wrapper: Wrapper | null;
  readonly #reversed: boolean;
  readonly #add: (record: RawRecord) => void;
  #head: Head | null = null;
  #first: Line | null = null;
  /** All lines of the record at hand, where they do not simply follow each other in the source. */
  #lines: Line[] = [];
  #count = 0;
  #plain = true;
  #end = 0;
  /** First half of a line that a container runtime has cut. */
  #partial: Line | null = null;

  constructor(source: string, matcher: LayoutMatcher, wrapper: Wrapper | null, reversed: boolean, add: (record: RawRecord) => void) {
    this.#source = source;
    this.#matcher = matcher;
    this.#wrapper = wrapper;
    this.#reversed = reversed;
    this.#add = add;
  }

  #translate: ((offset: number) => number) | null = null;
  #firstLine = 0;

  /** For a text that is a block of a larger file: how its offsets are counted there, and its first line. */
  place(translate: (offset: number) => number, firstLine: number): void {
    this.#translate = translate;
    this.#firstLine = firstLine;
  }

  /** Where the record at hand starts in the text; null when there is none. */
  open(): { start: number; line: number } | null {
    return this.#first === null ? null : { start: this.#first.start, line: this.#first.number };
  }

  line(start: number, end: number, number: number): void {
    const stop = end > start && this.#source.charCodeAt(end - 1) === 13 ? end - 1 : end;
    let line: Line = { text: this.#source.slice(start, stop), pieces: null, base: start, start, end: stop, number };
    let partial = false;
    if (this.#wrapper !== null) {
      const peeled = peel(this.#wrapper, line.text);
      if (peeled !== null) {
        partial = peeled.partial;
        line = {
          ...line,
          text: peeled.text,
          pieces: peeled.pieces?.map((piece) => ({ ...piece, source: piece.source + start })) ?? null,
          base: start + peeled.cut,
        };
      }
    }
    if (line.text.includes('\x1b')) line = withoutColours(line);
    if (this.#partial !== null) line = glue(this.#partial, line);
    this.#partial = partial ? line : null;
    if (!partial) this.#logical(line);
  }

  #logical(line: Line): void {
    if (line.text.charCodeAt(0) === 123 && line.text.length < LONGEST_JSON && this.#json(line)) return;
    const head = this.#matcher.match(line.text.length > HEAD_LENGTH ? line.text.slice(0, HEAD_LENGTH) : line.text);
    if (head !== null) {
      this.#flush();
      this.layout ??= this.#matcher.last?.id ?? null;
      this.#head = head;
    } else if (SECTION.test(line.text) || (this.#head === null && this.#count >= BLOCK_LINES && line.text.trim() === '')) this.#flush();
    this.#append(line);
  }

  #append(line: Line): void {
    if (this.#first === null) {
      this.#first = line;
      this.#plain = line.pieces === null && line.base === line.start && !this.#reversed;
    } else if (this.#plain && (line.pieces !== null || line.base !== line.start)) {
      // From here on the record cannot be cut out of the source in one piece.
      this.#plain = false;
      this.#lines = [...this.#physicalLines(this.#first, this.#end)];
    }
    if (!this.#plain) this.#lines.push(line);
    this.#count++;
    this.#end = line.end;
  }

  #physicalLines(first: Line, end: number): Line[] {
    const lines: Line[] = [];
    for (let start = first.start, number = first.number; start <= end; number++) {
      const stop = Math.min(lineEnd(this.#source, start), end);
      lines.push({ text: this.#source.slice(start, stop), pieces: null, base: start, start, end: stop, number });
      start = stop + 1;
    }
    return lines;
  }

  /** A record in JSON: level, logger, message and stack trace under the names that log libraries use. */
  #json(line: Line): boolean {
    const values = readJsonLine(line.text);
    if (values === null) return false;
    const value = (...names: string[]): JsonText | null => {
      for (const name of names) {
        const found = values.get(name);
        if (found !== undefined) return found;
      }
      return null;
    };
    const message = value('message', 'msg', 'log', 'event.original');
    const level = levelOf(value('level', 'log.level', 'messageType', 'severity', 'levelname')?.text);
    if (message === null || level === null) return false;
    this.#flush();
    const stack = value(
      'throwableInformation',
      'throwable',
      'thrown.extendedStackTrace',
      'error.stack_trace',
      'exception.stacktrace',
      'stack_trace',
      'exception',
      'stacktrace',
    );
    const whole = stack === null || stack.text.trim() === '' ? message : join(message, stack);
    const time = value('@timestamp', 'timestamp', 'time', 'ts', 'date', 'asctime');
    const epoch = value('timeMillis', 'instant.epochSecond');
    const numeric = epoch ?? (time !== null && /^\d{10,13}$/.test(time.text) ? time : null);
    const stamp = numeric !== null ? epochStamp(numeric.text) : time === null ? null : parseStamp(time.text);
    const pieces = line.pieces === null ? whole.pieces.map((piece) => ({ ...piece, source: piece.source + line.base })) : line.pieces.slice(0, 1);
    this.layout ??= 'json';
    const head: Head = {
      stamp,
      level,
      logger: value('loggerName', 'logger', 'log.logger', 'logger_name', 'name')?.text ?? null,
      thread: value('thread', 'threadName', 'process.thread.name', 'thread_name')?.text ?? null,
      context: value('mdc.flink-job-id', 'contextMap.flink-job-id', 'flink-job-id')?.text ?? null,
      message: 0,
    };
    this.#add({
      head,
      text: new MappedText(whole.text, line.start, line.number + this.#firstLine, pieces, { oneLine: true, translate: this.#translate }),
      messageStart: 0,
      span: this.#span(line.start, line.end),
      lines: 1,
    });
    return true;
  }

  #flush(): void {
    const first = this.#first;
    if (first === null) return;
    const head = this.#head;
    if (this.#plain) {
      const text = new MappedText(this.#source.slice(first.start, this.#end), first.start, first.number + this.#firstLine, null, {
        translate: this.#translate,
      });
      this.#add({ head, text, messageStart: head?.message ?? 0, span: this.#span(first.start, this.#end), lines: this.#count });
    } else {
      const pieces: Piece[] = [];
      const parts: string[] = [];
      const numbers: number[] = [];
      let logical = 0;
      let from = Number.POSITIVE_INFINITY;
      let to = 0;
      for (const line of this.#lines) {
        for (const piece of line.pieces ?? [{ logical: 0, source: line.base, length: line.text.length }])
          pieces.push({ ...piece, logical: piece.logical + logical });
        parts.push(line.text);
        numbers.push(line.number + this.#firstLine);
        logical += line.text.length + 1;
        from = Math.min(from, line.start);
        to = Math.max(to, line.end);
      }
      this.#add({
        head,
        text: new MappedText(parts.join('\n'), from, numbers, pieces, { translate: this.#translate }),
        messageStart: head?.message ?? 0,
        span: this.#span(from, to),
        lines: this.#count,
      });
    }
    this.#head = null;
    this.#first = null;
    this.#lines = [];
    this.#count = 0;
  }

  #span(start: number, end: number): Span {
    return this.#translate === null ? { start, end } : { start: this.#translate(start), end: this.#translate(end) };
  }

  finish(): void {
    if (this.#partial !== null) this.#logical(this.#partial);
    this.#flush();
  }
}

function epochStamp(text: string): ReturnType<typeof parseStamp> {
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  return { ms: text.length <= 10 ? value * 1000 : value, dated: true, zone: 'Z' };
}

function withoutColours(line: Line): Line {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let logical = 0;
  let from = 0;
  const keep = (to: number) => {
    if (to === from) return;
    parts.push(line.text.slice(from, to));
    pieces.push({ logical, source: line.base + from, length: to - from });
    logical += to - from;
  };
  for (const match of line.text.matchAll(ANSI)) {
    keep(match.index);
    from = match.index + match[0].length;
  }
  keep(line.text.length);
  // Inside JSON the way back is lost with the colours; the line's start is still right.
  return { ...line, text: parts.join(''), pieces: line.pieces === null ? pieces : line.pieces.slice(0, 1) };
}

/** A container runtime cuts long lines: the second half follows as a line of its own. */
function glue(first: Line, second: Line): Line {
  const offset = first.text.length;
  const of = (line: Line): Piece[] => line.pieces ?? [{ logical: 0, source: line.base, length: line.text.length }];
  return {
    ...first,
    text: first.text + second.text,
    pieces: [...of(first), ...of(second).map((piece) => ({ ...piece, logical: piece.logical + offset }))],
    end: second.end,
  };
}

export function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
