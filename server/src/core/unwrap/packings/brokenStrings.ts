import { quotationOf } from '../lines/wrapping.ts';
import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

/** Narrower than this nothing is wrapped. */
const MIN_WIDTH = 40;
/** How much of a text tells what stands before its lines. */
const LOOKED_AT = 64 * 1024;
/** Where nearly all lines that were broken are equally long, they were broken when they were full, also within words. */
const NEARLY_ALL = 0.8;

/** A document of one line, which was broken after it was quoted. */
const QUOTED_ONCE = /^ ?(?:[>|] ?)+(?=[{[])/m;

/** A line that begins a member or ends an object: the string before it is not broken, the quote that closes it is missing. */
const NEXT_MEMBER = /^\s*(?:"[\w.-]{1,80}"\s{0,9}:|[}\]]\s{0,9},?\s{0,9}$)/;
/** Text that somebody has put into quotes as it was printed: its line ends are its own. */
const PRINTED = /^\s*(?:at [\w.$/@<>-]|Caused by: |Suppressed: |\.\.\. \d+ )/;

/**
 * JSON whose strings a mail program, a terminal or a form has broken. A string of JSON holds no line ends (RFC 8259): where
 * one does although it has escapes, or its line had no room for the next word, the line end is no part of it.
 */
export const brokenStrings: Packing = {
  id: 'wrapped-json',
  title: 'JSON whose strings are broken into several lines',
  joins: true,
  sign: (sample) => /[{[]/.test(sample) && breaksOf(sample).breaks.length > 0,
  *undo(text): Steps<Source | null> {
    const { breaks, prefix } = breaksOf(text);
    if (breaks.length === 0) return null;
    const joins = joiner(breaks);
    const builder = new SourceBuilder(text);
    const broken = new Map(breaks.map((one) => [one.end, one]));
    let from: number | null = null;
    for (const { start, end, next } of linesOf(text, prefix)) {
      yield;
      builder.copy(from ?? start, end);
      const here = broken.get(end);
      from = here?.next ?? null;
      if (here !== undefined) builder.replace(end, here.next, joins(here));
      else if (next > end) builder.replace(end, next, '\n');
    }
    return builder.build();
  },
  samples: [
    '{\n  "root-exception" : "a.B: the table of the orders was not\nthere\\n\\tat a.B.c(B.java:1)",\n  "timestamp" : 1\n}',
    '> {"errors":["a.B: the table of the orders was not\n> there\\n\\tat a.B.c(B.java:1)"]}',
  ],
  nearMisses: [
    '{\n  "a" : "b\\nc",\n  "d" : 1\n}',
    '{"stacktrace": "a.B: the table of the orders was not there\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)"}',
    '{\n  "a" : "b,\n  "d" : "e\\nf"\n}',
  ],
};

/** Does a text begin with such JSON? Cheap for large texts. */
export const hasBrokenStrings = (text: string): boolean => brokenStrings.sign(text.slice(0, LOOKED_AT));

interface Line {
  /** With what stands before it. */
  from: number;
  /** Behind what stands before the line, and its end without the characters that end it. */
  start: number;
  end: number;
  /** Where the next line begins. */
  next: number;
}

/** A place within a document at which a line ends. */
interface Break {
  /** Within a string; elsewhere a line end is only no part of the document where it stands within a number. */
  inString: boolean;
  end: number;
  /** Where the string goes on. */
  next: number;
  /** Of the whole line: what stands before it may have been put there before it was broken, or since, and then before all. */
  width: number;
  /** Of the line without that: no word has more room. */
  room: number;
  /** The line ends within an escape. */
  inEscape: boolean;
  /** Blanks at the beginning of the next line, and those of the line that the string began in. */
  lead: number;
  hang: number;
  /** Nothing but one word stands in the line. */
  oneWord: boolean;
  /** Words around the break, or the parts of one. */
  before: string;
  behind: string;
}

function* linesOf(text: string, prefix: RegExp | null): Generator<Line, void> {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const stop = found === -1 ? text.length : found;
    const end = stop > at && text[stop - 1] === '\r' ? stop - 1 : stop;
    const next = Math.min(text.length, stop + 1);
    const before = prefix === null ? 0 : (prefix.exec(text.slice(at, Math.min(end, at + 200)))?.[0].length ?? 0);
    yield { from: at, start: at + before, end, next };
    at = stop + 1;
  }
}

/** Where strings are broken, of those documents that show it. */
function breaksOf(text: string): { breaks: Break[]; prefix: RegExp | null } {
  const sample = text.slice(0, LOOKED_AT);
  const prefix = quotationOf(sample.split('\n')) ?? (QUOTED_ONCE.test(sample) ? QUOTED_ONCE : null);
  const documents: Reader[] = [];
  let document = new Reader(0);
  let last: Line | null = null;
  for (const line of linesOf(text, prefix)) {
    if (last !== null && document.depth > 0) {
      if (document.inString && NEXT_MEMBER.test(text.slice(line.start, Math.min(line.end, line.start + 200)))) document.inString = false;
      else document.found.push(breakAt(text, last, line, document));
    }
    if (document.depth === 0 && !document.inString) {
      documents.push(document);
      last = null;
      const indent = /^[ \t\uFEFF]*(?=[{[])/.exec(text.slice(line.start, Math.min(line.end, line.start + 200)))?.[0];
      document = new Reader(indent?.length);
      if (indent === undefined) continue;
    }
    document.read(text, line);
    last = line;
  }
  documents.push(document);
  // Where one document proves that somebody broke the lines, the others went the same way.
  const all = documents.some((one) => one.escaped && one.found.some(({ inString }) => inString));
  return { breaks: documents.flatMap((one) => one.proved(text, all)), prefix };
}

function breakAt(text: string, line: Line, { start, end }: Line, { inString, inEscape, indent, hang }: Reader): Break {
  const next = start + Math.min(indent, /^ */.exec(text.slice(start, Math.min(end, start + indent)))?.[0].length ?? 0);
  const words = text.slice(Math.max(line.start, line.end - 400), line.end).split(/\s+/);
  return {
    inString,
    end: line.end,
    next,
    width: line.end - line.from,
    room: line.end - line.start - indent,
    inEscape,
    lead: blanksAt(text, next, end),
    hang,
    oneWord: words.filter((word) => word !== '').length === 1,
    before: words.at(-1) ?? '',
    behind: text.slice(next, Math.min(end, next + 400)).split(/\s/, 1)[0] ?? '',
  };
}

const MOST_BLANKS = 80;

function blanksAt(text: string, start: number, end: number): number {
  return /^ */.exec(text.slice(start, Math.min(end, start + MOST_BLANKS)))?.[0].length ?? 0;
}

/** Who keeps paragraphs set in begins each further line as far in as the first: those blanks are no part of the string. */
function withoutIndent(text: string, found: readonly Break[]): Break[] {
  const within = found.filter(({ inString }) => inString);
  if (!within.every(({ lead, hang }) => lead > 0 && lead === hang)) return [...found];
  return found.map((one) => {
    if (!one.inString) return one;
    const next = one.next + one.lead;
    return { ...one, next, behind: text.slice(next, next + 400).split(/\s/, 1)[0] ?? '' };
  });
}

/** Goes through one document and knows where its strings are. */
class Reader {
  /** Blanks before its first line: a quotation has as many before the others. */
  readonly indent: number;
  depth = 0;
  inString = false;
  inEscape = false;
  found: Break[] = [];
  /** Blanks before the line that the string of this place began in, behind those of the document. */
  hang = 0;
  /** A string has a line end that is written as one. */
  escaped = false;

  constructor(indent = 0) {
    this.indent = indent;
  }

  read(text: string, { start, end }: Line): void {
    if (!this.inString) this.hang = Math.max(0, blanksAt(text, start, end) - this.indent);
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (this.inEscape) {
        this.inEscape = false;
        if (code === 110 /* n */) this.escaped = true;
      } else if (code === 92 /* \ */ && this.inString) this.inEscape = true;
      else if (code === 34 /* " */) this.inString = !this.inString;
      else if (this.inString) continue;
      else if (code === 123 || code === 91) this.depth++;
      else if ((code === 125 || code === 93) && --this.depth <= 0) {
        this.depth = 0;
        return;
      }
    }
  }

  /** The breaks, where the document, or another in the same text, shows that its line ends are none of its own. */
  proved(text: string, byOthers: boolean): readonly Break[] {
    this.found = withoutIndent(text, this.found);
    const within = this.found.filter(({ inString }) => inString);
    if (within.length === 0) return [];
    if (this.escaped) return this.found;
    // A string without an end may have run into anything.
    if (this.inString) return [];
    // A word that is longer than a line may have been left whole.
    const worded = within.filter(({ oneWord }) => !oneWord);
    const width = mostOf(worded.length === 0 ? within : worded, 'width');
    const printed = within.some((one) => PRINTED.test(text.slice(one.next, one.next + 200)));
    if (printed) return [];
    return byOthers || (width >= MIN_WIDTH && within.every((one) => isRoomless(one, width))) ? this.found : [];
  }
}

/** What stood between the two parts of a line: nothing within a word and where the blank was kept, else a blank. */
function joiner(breaks: readonly Break[]): (one: Break) => string {
  const within = breaks.filter(({ inString }) => inString);
  const width = mostOf(within, 'width');
  const room = mostOf(within, 'room');
  const full = within.filter((one) => one.width === width).length;
  const anywhere = full > 1 && full >= within.length * NEARLY_ALL;
  // Who leaves long words whole has lines of any length.
  const breaksWords = within.every((one) => isRoomless(one, width));
  return ({ inString, width: own, inEscape, before, behind }) => {
    // A word that is longer than a line was broken where the line was full.
    const cut = own === width && (anywhere || (breaksWords && before.length + behind.length > room && !WHOLE.test(before)));
    if (!inString) return cut ? '' : '\n';
    if (ATTEMPT.test(before + behind)) return '';
    // Behind the word of a frame stands a blank, however long the two are together.
    if (!inEscape && !anywhere && /\\tat$/.test(before)) return ' ';
    return cut || inEscape || before === '' || behind === '' || /\w-$/.test(before) ? '' : ' ';
  };
}

/** The id of an attempt, which is one word. */
const ATTEMPT = /^\(?[0-9a-f]{32}(?:_[0-9a-f]{32}_\d{1,9}_\d{1,9})?\)?[.,]?$/;
/** The end of a word: nobody breaks a long one just before or behind it. */
const WHOLE = /[),;\]]$/;

const mostOf = (breaks: readonly Break[], of: 'width' | 'room'): number => breaks.reduce((most, one) => Math.max(most, one[of]), 0);

/** Had the line no room for the next word? Who leaves the blank at the end of a line wants room for that, too. */
const isRoomless = ({ width: own, behind }: Break, width: number): boolean => own + 1 + behind.length >= width;
