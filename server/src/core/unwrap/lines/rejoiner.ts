import type { LineSense, Open } from '../packing.ts';
import {
  breakable,
  firstWord,
  isOpen,
  type Line,
  MAX_BLANKS,
  type Measure,
  maySucceed,
  START,
  startOf,
  trimmed,
  type Wrapping,
  widthOf,
} from './wrapping.ts';

/** Of a line that was put together so much is looked at to see whether it has an end. */
const MAX_LOOKED_AT = 2000;

/** Puts broken lines together, one after the other. */
export class Rejoiner {
  readonly #wrapping: Wrapping;
  readonly #sense: LineSense;
  #last: Line | null = null;
  /** What was put together so far, as far as it is looked at. */
  #whole = '';

  constructor(wrapping: Wrapping, sense: LineSense) {
    this.#wrapping = wrapping;
    this.#sense = sense;
  }

  /** What stands between the line before and this one, which goes on with it; null where it begins a line. */
  next(line: Line): string | null {
    const between = this.#last === null ? null : this.#between(this.#last, line);
    this.#whole = between === null ? line.text : this.#whole.length > MAX_LOOKED_AT ? this.#whole : this.#whole + between + line.text;
    this.#last = line;
    return between;
  }

  #between(last: Line, line: Line): string | null {
    // Blanks alone are the rest of a line only where they were kept.
    const filled = ({ text }: Line) => (this.#wrapping.way === 'kept' ? text : text.trim()) !== '';
    if (!filled(last) || !filled(line) || !maySucceed(last, line)) return null;
    for (const measure of this.#wrapping.measures) {
      if (line.before === '' && last.before !== '' && !measure.whole) continue;
      const between = this.#wrapping.way === 'anywhere' ? this.#full(last, line, measure) : this.#roomless(last, line, measure);
      if (between !== null) return between;
    }
    return null;
  }

  /** Broken when it was full; blanks at its end may have gone since. */
  #full(last: Line, line: Line, measure: Measure): string | null {
    const { width } = this.#wrapping;
    const length = widthOf(last, measure);
    if (length < width - 1 || length > width || !this.#goesOn(last, line)) return null;
    return length === width ? '' : ' ';
  }

  /** Broken between words: there was no room for the next one. */
  #roomless(last: Line, line: Line, measure: Measure): string | null {
    const { width, full, way, breaksWords } = this.#wrapping;
    const length = widthOf(trimmed(last), measure);
    if (length > width && breakable(last, width)) return null;
    const exact = widthOf(last, measure) === full;
    const blank = last.text.length > last.text.trimEnd().length;
    // Who breaks between words leaves no blanks before a line, but within many of them.
    if (/^(?:\s{2}|\t)/.test(line.text) && !(exact && blank) && !(way === 'words' && this.#open(last) === 'padded')) return null;
    const blanks = this.#open(last) === 'padded' ? MAX_BLANKS : 0;
    if (Math.max(length + 1, widthOf(last, measure)) + blanks + firstWord(line.text) < width) return null;
    const word = breaksWords && exact && !breakable(last, width) && (way === 'kept' || !ENDS.test(last.text) || this.#open(last) === 'yes');
    if ((way === 'kept' && !blank && !word) || !this.#goesOn(last, line, word)) return null;
    return blank || word || /\w-$/.test(last.text) ? '' : ' ';
  }

  /** `cut`: the line before ends within a word, for certain. */
  #goesOn(last: Line, line: Line, cut = false): boolean {
    if (this.#wrapping.starts.has(startOf(line.text))) return false;
    const begins = this.#sense.begins(line.text);
    if (begins === 'no') return true;
    // An object within an object begins as any other does, but not as the one that it is in.
    if (this.#whole.startsWith('{"') && this.#open(last) !== 'no') return !line.text.startsWith(this.#whole.slice(0, START));
    if (begins === 'yes') return false;
    const { way } = this.#wrapping;
    return cut || way === 'kept' || (way === 'anywhere' && !SENTENCE_END.test(last.text)) || this.#open(last) !== 'no';
  }

  #open(last: Line): Open {
    return isOpen(this.#whole, last.text, this.#sense);
  }
}

/** Not of a name that has dots in it. */
const SENTENCE_END = /(?:^|\s)[^\s.]+[.!]\s*$/;
/** A word that is over, unless something is open. */
const ENDS = /[:!?)]$/;
