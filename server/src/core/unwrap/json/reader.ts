import type { ProblemCode, ProblemFacts } from '../../problems.ts';
import type { Coded } from '../../wording.ts';
import { decodeJson } from './escapes.ts';
import { knownKey } from './keys.ts';

const QUOTE = 34;
const DOT = 46;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** How many places of one text are reported; damage repeats itself. */
const MAX_ISSUES = 20;

/** Damage of JSON. */
export type JsonIssueFacts = Pick<ProblemFacts, Extract<ProblemCode, `json-${string}`>>;

export type JsonIssue = Coded<JsonIssueFacts> & { start: number; end: number };

/** An object of short scalars, passed over at one go. The bounds keep the matching linear and small. */
const FLAT_OBJECT = /\{[^"{}[\]]{0,99}(?:"[^"\\\n]{0,99}"[^"{}[\]]{0,99}){0,99}\}/y;

/** A value that is not there, as in `"id" : ,`. */
export const MISSING: unique symbol = Symbol('missing');
export type Scalar = string | number | boolean | null | typeof MISSING;

/**
 * Pull reader over JSON text that never gives up: blanked values, trailing or missing commas, comments, elisions (`...`),
 * bare words, raw line ends in strings and a text that ends in the middle are read as far as they make sense.
 * It builds nothing, so that a large plan costs little more than its vertices. One forward pass.
 *
 * Loops look like `r.enterObject(); for (let k = r.nextKey(); k !== null; k = r.nextKey()) …`;
 * a value that nobody reads is skipped.
 */
export class JsonReader {
  readonly text: string;
  pos: number;
  /** Place of the last scalar or key: a string's place excludes its quotes. */
  start = 0;
  stop = 0;
  /** Whether the last scalar was a string in quotes. */
  quoted = false;
  /** Place of the last key, without quotes. */
  keyStart = 0;
  keyStop = 0;
  readonly issues: JsonIssue[] = [];
  /** The text ended inside a value. */
  truncated = false;
  readonly #end: number;
  #valueAt = -1;
  #lineEnd = -1;

  constructor(text: string, pos = 0, end = text.length) {
    this.text = text;
    this.pos = pos;
    this.#end = end;
  }

  /** Code of the next character that is not blank, or -1 at the end. */
  peek(): number {
    const { text } = this;
    const end = this.#end;
    let at = this.pos;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code > 32) {
        if (code === 47 && this.#skipComment(at)) {
          at = this.pos - 1;
          continue;
        }
        if (code !== 0xfeff && code !== 0xa0) {
          this.pos = at;
          return code;
        }
      }
    }
    this.pos = end;
    return -1;
  }

  atObject(): boolean {
    return this.peek() === OPEN_OBJECT;
  }

  atArray(): boolean {
    return this.peek() === OPEN_ARRAY;
  }

  /** Steps into an object; false (and nothing read) when the next value is something else. */
  enterObject(): boolean {
    if (this.peek() !== OPEN_OBJECT) return false;
    this.pos++;
    this.#valueAt = -1;
    return true;
  }

  enterArray(): boolean {
    if (this.peek() !== OPEN_ARRAY) return false;
    this.pos++;
    this.#valueAt = -1;
    return true;
  }

  /** Next key of the object, or null at its end. */
  nextKey(): string | null {
    while (this.#next(CLOSE_OBJECT, CLOSE_ARRAY, 'json-object-ends-as-list')) {
      const code = this.peek();
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        this.#issue({ code: 'json-value-without-name', facts: {} }, this.pos, this.pos + 1);
        this.skip();
        continue;
      }
      if (code === QUOTE) this.#string();
      else {
        this.#word();
        if (this.stop === this.start) this.pos++;
        if (this.#isElision()) continue;
      }
      this.keyStart = this.start;
      this.keyStop = this.stop;
      const key = this.#key();
      if (this.peek() === COLON) {
        this.pos++;
        this.peek();
      } else if (code !== QUOTE) {
        continue;
      } else {
        this.#issue({ code: 'json-colon-missing', facts: { name: key.slice(0, 40) } }, this.keyStart, this.keyStop);
      }
      this.#valueAt = this.pos;
      return key;
    }
    return null;
  }

  /** True when the array has one more item; the reader then stands on it. */
  nextItem(): boolean {
    while (this.#next(CLOSE_ARRAY, CLOSE_OBJECT, 'json-list-ends-as-object')) {
      if (this.peek() === DOT) {
        const before = this.pos;
        this.#word();
        if (this.#isElision()) continue;
        this.pos = before;
      }
      this.#valueAt = this.pos;
      return true;
    }
    return false;
  }

  /** Past a value that nobody has read, commas and colons, to what comes next; false where the object or list ends, by its own bracket or another. */
  #next(own: number, other: number, endsAs: 'json-object-ends-as-list' | 'json-list-ends-as-object'): boolean {
    if (this.#valueAt === this.pos) this.skip();
    for (;;) {
      switch (this.peek()) {
        case -1:
          this.#cut();
          return false;
        case own:
          this.pos++;
          return false;
        case other:
          this.#issue({ code: endsAs, facts: {} }, this.pos, this.pos + 1);
          return false;
        case COMMA:
        case COLON:
          this.pos++;
          continue;
        default:
          return true;
      }
    }
  }

  /** Reads a string, number, boolean or null; MISSING when there is none, objects and lists included (they are left alone). */
  scalar(): Scalar {
    const code = this.peek();
    this.quoted = false;
    if (code === QUOTE) {
      this.#string();
      this.quoted = true;
      const raw = this.text.slice(this.start, this.stop);
      return raw.includes('\\') ? decodeJson(raw) : raw;
    }
    this.start = this.pos;
    this.stop = this.pos;
    if (code === -1 || code === COMMA || code === COLON || code === CLOSE_OBJECT || code === CLOSE_ARRAY) return MISSING;
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) return MISSING;
    if (code >= 48 && code <= 57) {
      const integer = this.#digits();
      if (integer >= 0) return integer;
    }
    this.#word();
    if (this.stop === this.start) {
      this.pos++;
      return MISSING;
    }
    const word = this.text.slice(this.start, this.stop);
    if (word === 'null') return null;
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word.startsWith('...')) return MISSING;
    const number = Number(word);
    // A number that is larger than any stays the text that it is.
    return Number.isFinite(number) ? number : word;
  }

  /** A string as it stands between its quotes, escapes included; null when the next value is no string. */
  rawString(): string | null {
    if (this.peek() !== QUOTE) return null;
    this.#string();
    return this.text.slice(this.start, this.stop);
  }

  number(): number | null {
    const value = this.scalar();
    if (typeof value === 'number') return value;
    if (typeof value !== 'string' || value === '') return null;
    const number = Number(value);
    return Number.isFinite(number) ? number : null;
  }

  string(): string | null {
    const value = this.scalar();
    return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  }

  /** Passes over the next value, whatever it is. */
  skip(): void {
    const code = this.peek();
    if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) {
      if (code === QUOTE) this.#string();
      else if (code !== -1 && code !== COMMA && code !== CLOSE_OBJECT && code !== CLOSE_ARRAY) {
        this.#word();
        if (this.pos === this.start) this.pos++;
      }
      return;
    }
    if (code === OPEN_OBJECT) {
      FLAT_OBJECT.lastIndex = this.pos;
      if (FLAT_OBJECT.test(this.text) && FLAT_OBJECT.lastIndex <= this.#end) {
        this.pos = FLAT_OBJECT.lastIndex;
        return;
      }
    }
    const { text } = this;
    const end = this.#end;
    let depth = 0;
    let at = this.pos;
    while (at < end) {
      const char = text.charCodeAt(at);
      if (char === QUOTE) {
        this.pos = at;
        this.#string();
        at = this.pos;
        continue;
      }
      at++;
      if (char === OPEN_OBJECT || char === OPEN_ARRAY) depth++;
      else if ((char === CLOSE_OBJECT || char === CLOSE_ARRAY) && --depth === 0) {
        this.pos = at;
        return;
      }
    }
    this.pos = end;
    this.#cut();
  }

  #key(): string {
    const { text, start, stop } = this;
    if (stop === start) return '';
    const known = knownKey(text, start, stop);
    return known.length === stop - start && text.startsWith(known, start) ? known : text.slice(start, stop);
  }

  #cut(): void {
    if (this.truncated) return;
    this.truncated = true;
    this.#issue({ code: 'json-ends-early', facts: {} }, Math.max(0, this.#end - 1), this.#end);
  }

  #issue(issue: Coded<JsonIssueFacts>, start: number, end: number): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ ...issue, start, end });
  }

  /** Reads a string from its opening quote on. */
  #string(): void {
    const { text } = this;
    const start = this.pos + 1;
    // Most strings are short: a look at each character is cheaper than two searches.
    const near = Math.min(start + 48, this.#end);
    for (let at = start; at < near; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.start = start;
        this.stop = at;
        this.pos = at + 1;
        return;
      }
      if (code === BACKSLASH || code === 10) break;
    }
    let close = text.indexOf('"', start);
    while (close !== -1 && text.charCodeAt(close - 1) === BACKSLASH && isEscaped(text, start, close)) close = text.indexOf('"', close + 1);
    if (close === -1 || close >= this.#end) close = this.#end;
    if (this.#lineEnd < start) {
      const next = text.indexOf('\n', start);
      this.#lineEnd = next === -1 ? Number.MAX_SAFE_INTEGER : next;
    }
    if (this.#lineEnd < close && !this.#plausibleEnd(close)) {
      // A quote is missing: the string cannot run into the next line's names.
      this.#issue({ code: 'json-string-not-closed', facts: {} }, start - 1, this.#lineEnd);
      this.start = start;
      this.stop = this.#lineEnd;
      while (this.stop > start && /[\s,]/.test(text[this.stop - 1] ?? '')) this.stop--;
      this.pos = this.#lineEnd;
      return;
    }
    if (close === this.#end) this.#cut();
    this.start = start;
    this.stop = close;
    this.pos = Math.min(close + 1, this.#end);
  }

  /** Whether a quote that ends a string of several lines is followed by what follows strings. */
  #plausibleEnd(close: number): boolean {
    if (close === this.#end) return false;
    let at = close + 1;
    while (at < this.#end && this.text.charCodeAt(at) <= 32) at++;
    const code = at < this.#end ? this.text.charCodeAt(at) : -1;
    return code === COMMA || code === COLON || code === CLOSE_OBJECT || code === CLOSE_ARRAY || code === -1;
  }

  #digits(): number {
    const { text } = this;
    let value = 0;
    let at = this.pos;
    for (; at < this.#end; at++) {
      const code = text.charCodeAt(at);
      if (code < 48 || code > 57) {
        if (code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY || code <= 32) break;
        return -1;
      }
      if (at - this.pos > 14) return -1;
      value = value * 10 + code - 48;
    }
    this.start = this.pos;
    this.stop = at;
    this.pos = at;
    return value;
  }

  /** A run of characters without JSON punctuation; `<vertex-id>` and `NaN` are such. */
  #word(): void {
    const { text } = this;
    let at = this.pos;
    for (; at < this.#end; at++) {
      const code = text.charCodeAt(at);
      if (code <= 32 || code === COMMA || code === COLON || code === QUOTE) break;
      if (code === OPEN_OBJECT || code === OPEN_ARRAY || code === CLOSE_OBJECT || code === CLOSE_ARRAY) break;
    }
    this.start = this.pos;
    this.stop = at;
    this.pos = at;
  }

  #isElision(): boolean {
    return this.text.charCodeAt(this.start) === 46;
  }

  #skipComment(at: number): boolean {
    const next = this.text.charCodeAt(at + 1);
    if (next !== 47 && next !== 42) return false;
    const close = next === 47 ? this.text.indexOf('\n', at) : this.text.indexOf('*/', at + 2);
    this.pos = close === -1 ? this.#end : close + (next === 47 ? 1 : 2);
    return true;
  }
}

function isEscaped(text: string, from: number, quote: number): boolean {
  let count = 0;
  for (let at = quote - 1; at >= from && text.charCodeAt(at) === BACKSLASH; at--) count++;
  return count % 2 === 1;
}
