import type { Span } from '../../../../common/span.ts';
import { COLOUR, isColoured } from '../unwrap/lines/colours.ts';
import { type LineNumbers, LineSource } from '../unwrap/lines/lineSource.ts';
import { cutPieces, type Piece, PieceMap } from '../unwrap/lines/pieces.ts';
import { type Peeled, peel, type Wrapper } from '../unwrap/lines/prefixes.ts';
import { compose, type Mapping, ShiftMap } from '../unwrap/source.ts';
import type { Head } from './head.ts';
import { readJsonRecord } from './jsonRecord.ts';
import { BEFORE_DIAGNOSTICS, DIAGNOSTICS, type LayoutMatcher, quotesDiagnostics, tellsDiagnostics } from './layouts.ts';

/** A record as cut out of the file; `head` null for text outside every record. */
export interface RawRecord {
  head: Head | null;
  text: LineSource;
  /** Index in `text` where the message starts. */
  messageStart: number;
  span: Span;
  /** Number of physical lines. */
  lines: number;
}

export const MAX_JSON_LENGTH = 1 << 20;
/** Text outside records is handed on in blocks of about this many lines. */
const BLOCK_LINES = 4000;
/** Lines of `yarn logs` that separate files. */
const SECTION = /^(?:Container: container_\S+ on \S+|LogType: ?\S+|End of LogType: ?\S.*|LogAggregationType: ?\S+|={20,})$/;

interface Line {
  text: string;
  pieces: Piece[] | null;
  /** Source offset of the logical text's start when `pieces` is null. */
  base: number;
  start: number;
  end: number;
  number: number;
}

/** The record that a process has begun. */
interface Open {
  head: Head | null;
  first: Line | null;
  lines: Line[];
  count: number;
  plain: boolean;
  end: number;
  partial: Line | null;
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

  /** Lines of several processes stand mixed: their open records by what the wrapper says of the process. */
  readonly #sources: Map<string, Open> | null;
  #process = '';
  /** Records of mixed processes, until all are there and can be put in order. */
  /** With the lines at which they begin in the text that is read, which stand elsewhere in the file where records were put in order. */
  #waiting: { record: RawRecord; line: number }[] = [];

  constructor(source: string, matcher: LayoutMatcher, wrapper: Wrapper | null, reversed: boolean, add: (record: RawRecord) => void, mixed = false) {
    this.#sources = mixed ? new Map() : null;
    this.#source = source;
    this.#matcher = matcher;
    this.#wrapper = wrapper;
    this.#reversed = reversed;
    this.#add = add;
  }

  /** From the text to the file; null where it is the file. */
  #outer: Mapping | null = null;
  #firstLine = 0;
  #lineOf: ((place: number) => number) | null = null;

  /**
   * For a text that is part of a larger file, or was taken out of one: the way back to the file, and the line at which it
   * begins there; `lineOf`, by the place in the file, where its lines are not those of the file.
   */
  place(outer: Mapping, firstLine: number, lineOf: ((place: number) => number) | null = null): void {
    this.#outer = outer;
    this.#firstLine = firstLine;
    this.#lineOf = lineOf;
  }

  /** Where the record at hand starts in the text; null when there is none. */
  open(): { start: number; line: number } | null {
    return this.#first === null ? null : { start: this.#first.start, line: this.#first.number };
  }

  line(start: number, end: number, number: number): void {
    let stop = end;
    while (stop > start && this.#source.charCodeAt(stop - 1) === 13) stop--;
    let line: Line = { text: this.#source.slice(start, stop), pieces: null, base: start, start, end: stop, number };
    if (isColoured(line.text)) line = uncoloured(line);
    const peeled = this.#wrapper === null ? null : peel(this.#wrapper, line.text);
    if (peeled === null) {
      this.#whole(line, false);
      return;
    }
    if (this.#sources !== null) this.#turnTo(sourceOf(peeled.prefix), this.#sources);
    line = within(line, peeled);
    let at = 0;
    for (let next = line.text.indexOf('\n'); next !== -1; next = line.text.indexOf('\n', at)) {
      this.#whole(part(line, at, next), false);
      at = next + 1;
    }
    this.#whole(at === 0 ? line : part(line, at, line.text.length), peeled.partial);
  }

  #whole(cut: Line, partial: boolean): void {
    const line = this.#partial === null ? cut : glue(this.#partial, cut);
    this.#partial = partial ? line : null;
    if (!partial) this.#logical(line);
  }

  /** Another of the processes whose lines are mixed goes on with its record. */
  #turnTo(source: string, sources: Map<string, Open>): void {
    if (source === this.#process) return;
    sources.set(this.#process, {
      head: this.#head,
      first: this.#first,
      lines: this.#lines,
      count: this.#count,
      plain: this.#plain,
      end: this.#end,
      partial: this.#partial,
    });
    this.#process = source;
    this.#restore(sources.get(source) ?? null);
  }

  #restore(open: Open | null): void {
    this.#head = open?.head ?? null;
    this.#first = open?.first ?? null;
    this.#lines = open?.lines ?? [];
    this.#count = open?.count ?? 0;
    this.#plain = open?.plain ?? false;
    this.#end = open?.end ?? 0;
    this.#partial = open?.partial ?? null;
  }

  /** @param line its first one, counted as the lines that are read */
  #emit(record: RawRecord, line: number): void {
    if (this.#sources === null) this.#add(record);
    else this.#waiting.push({ record, line: line + this.#firstLine });
  }

  #logical(line: Line): void {
    if (line.text.charCodeAt(0) === 123 && line.text.length < MAX_JSON_LENGTH && this.#json(line)) return;
    const head = this.#matcher.match(line.text);
    if (head !== null && !(this.#matcher.last?.id === DIAGNOSTICS && this.#quotes(line))) {
      this.#flush();
      this.layout ??= this.#matcher.last?.id ?? null;
      this.#head = head;
    } else if (SECTION.test(line.text) || (this.#head === null && this.#count >= BLOCK_LINES && line.text.trim() === '')) this.#flush();
    this.#append(line);
  }

  /** Is a line of diagnostics part of the record that is open? */
  #quotes({ start }: Line): boolean {
    return tellsDiagnostics(this.#first?.text ?? '') || quotesDiagnostics(this.#source.slice(Math.max(0, start - BEFORE_DIAGNOSTICS), start));
  }

  #append(line: Line): void {
    if (this.#first === null) {
      this.#first = line;
      this.#plain = line.pieces === null && line.base === line.start && !this.#reversed && this.#sources === null;
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

  /** A record in JSON. */
  #json(line: Line): boolean {
    const record = readJsonRecord(line.text);
    if (record === null) return false;
    this.#flush();
    const { text, pieces } = record.text;
    const back = line.pieces === null ? pieces.map((piece) => ({ ...piece, source: piece.source + line.base })) : line.pieces.slice(0, 1);
    this.layout ??= 'json';
    const located = this.#located(text, new PieceMap(back, line.start), { only: line.number + this.#firstLine });
    this.#emit({ head: record.head, text: located, messageStart: 0, span: this.#span(line.start, line.end), lines: 1 }, line.number);
    return true;
  }

  #flush(): void {
    const first = this.#first;
    if (first === null) return;
    const head = this.#head;
    if (this.#plain) {
      const text = this.#located(this.#source.slice(first.start, this.#end), new ShiftMap(first.start), first.number + this.#firstLine);
      const span = this.#span(first.start, this.#end);
      this.#emit({ head, text, messageStart: head?.message ?? 0, span, lines: this.#height(first) }, first.number);
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
      const text = this.#located(parts.join('\n'), new PieceMap(pieces, from), numbers);
      const span = this.#span(from, to);
      this.#emit({ head, text, messageStart: head?.message ?? 0, span, lines: this.#height(first) }, first.number);
    }
    this.#head = null;
    this.#first = null;
    this.#lines = [];
    this.#count = 0;
  }

  #located(text: string, map: Mapping, lines: LineNumbers): LineSource {
    return new LineSource(text, compose(this.#outer, map), this.#lineOf ?? lines);
  }

  /** Number of lines in the file. */
  #height(first: Line): number {
    return this.#lineOf === null ? this.#count : this.#lineOf(this.#at(this.#end)) - this.#lineOf(this.#at(first.start)) + 1;
  }

  /** Place of a character in the file. */
  #at(offset: number): number {
    return this.#outer?.start(offset) ?? offset;
  }

  #span(start: number, end: number): Span {
    return { start: this.#at(start), end: this.#outer?.end(end) ?? end };
  }

  finish(): void {
    this.#close();
    if (this.#sources === null) return;
    this.#sources.delete(this.#process);
    for (const open of this.#sources.values()) {
      this.#restore(open);
      this.#close();
    }
    const turn = this.#reversed ? -1 : 1;
    this.#waiting.sort((a, b) => turn * (a.line - b.line));
    for (const { record } of this.#waiting) this.#add(record);
    this.#waiting = [];
  }

  #close(): void {
    if (this.#partial !== null) this.#logical(this.#partial);
    this.#partial = null;
    this.#flush();
  }
}

function uncoloured(line: Line): Line {
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
  for (const match of line.text.matchAll(COLOUR)) {
    keep(match.index);
    from = match.index + match[0].length;
  }
  keep(line.text.length);
  // Inside JSON the way back is lost with the colours; the line's start is still right.
  return { ...line, text: parts.join(''), pieces: line.pieces === null ? pieces : line.pieces.slice(0, 1) };
}

/** A line without its wrapper. */
function within(line: Line, { text, pieces, cut }: Peeled): Line {
  if (pieces !== null)
    return {
      ...line,
      text,
      pieces: line.pieces === null ? pieces.map((piece) => ({ ...piece, source: piece.source + line.base })) : line.pieces.slice(0, 1),
    };
  if (line.pieces !== null) return { ...line, text, pieces: cutPieces(line.pieces, cut, cut + text.length) };
  return { ...line, text, base: line.base + cut };
}

function part(line: Line, from: number, to: number): Line {
  const pieces = line.pieces ?? [{ logical: 0, source: line.base, length: line.text.length }];
  return { ...line, text: line.text.slice(from, to), pieces: cutPieces(pieces, from, to) };
}

const STAMPS = /\d{4}-\d\d-\d\d[T ]?[\d:.,+Z-]*|[A-Z][a-z]{2} [ \d]\d (?=\d\d:)|\d\d:\d\d:\d\d[.,\d]*|\d{13,}|\b[FP] $/g;

/** What a wrapper says of the process that wrote a line: everything but the time. */
export function sourceOf(prefix: string): string {
  return prefix.replace(STAMPS, '');
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
