import type { Piece } from './mapped.ts';

/** A string value of a JSON line with the way back to the source. */
export interface JsonText {
  text: string;
  /** Pieces relative to the logical text and to the line. */
  pieces: Piece[];
}

/** Values of a one-line JSON object by dotted path; numbers and words as text. Null for anything that is not an object. */
export function readJsonLine(line: string): Map<string, JsonText> | null {
  const reader = new Reader(line);
  reader.blank();
  if (line.charCodeAt(reader.at) !== 123) return null;
  const values = new Map<string, JsonText>();
  return reader.object('', values, 0) ? values : null;
}

class Reader {
  readonly #line: string;
  at = 0;
  /** The next backslash, where it is known. */
  #escape = -1;

  constructor(line: string) {
    this.#line = line;
  }

  blank(): void {
    while (this.at < this.#line.length && this.#line.charCodeAt(this.at) <= 32) this.at++;
  }

  object(prefix: string, values: Map<string, JsonText>, depth: number): boolean {
    if (depth > 20) return false;
    this.at++;
    for (;;) {
      this.blank();
      const code = this.#line.charCodeAt(this.at);
      if (code === 125) {
        this.at++;
        return true;
      }
      if (code === 44) {
        this.at++;
        continue;
      }
      const key = this.string();
      if (key === null) return false;
      this.blank();
      if (this.#line.charCodeAt(this.at) !== 58) return false;
      this.at++;
      if (!this.value(prefix === '' ? key.text : `${prefix}.${key.text}`, values, depth)) return false;
    }
  }

  value(path: string, values: Map<string, JsonText>, depth: number): boolean {
    this.blank();
    const code = this.#line.charCodeAt(this.at);
    if (code === 123) return this.object(path, values, depth + 1);
    if (code === 34) {
      const text = this.string();
      if (text === null) return false;
      values.set(path, text);
      return true;
    }
    if (code === 91) return this.array(path, values, depth + 1);
    const start = this.at;
    while (this.at < this.#line.length && !',}] \t'.includes(this.#line[this.at] as string)) this.at++;
    if (this.at === start) return false;
    const text = this.#line.slice(start, this.at);
    if (text !== 'null') values.set(path, { text, pieces: [{ logical: 0, source: start, length: text.length }] });
    return true;
  }

  /** Arrays of strings (stack traces) become one text, a line each; other elements get their index as key. */
  array(path: string, values: Map<string, JsonText>, depth: number): boolean {
    if (depth > 20) return false;
    this.at++;
    let joined: JsonText | null = null;
    for (let index = 0; ; index++) {
      this.blank();
      let code = this.#line.charCodeAt(this.at);
      if (code === 44) {
        this.at++;
        this.blank();
        code = this.#line.charCodeAt(this.at);
      }
      if (code === 93) {
        this.at++;
        if (joined !== null) values.set(path, joined);
        return true;
      }
      if (code === 34) {
        const text = this.string();
        if (text === null) return false;
        joined = joined === null ? text : join(joined, text);
      } else if (!this.value(`${path}.${index}`, values, depth)) return false;
    }
  }

  string(): JsonText | null {
    const line = this.#line;
    if (line.charCodeAt(this.at) !== 34) return null;
    this.at++;
    const parts: string[] = [];
    const pieces: Piece[] = [];
    let logical = 0;
    let from = this.at;
    const add = (text: string, source: number) => {
      if (text === '' && pieces.length > 0) return;
      parts.push(text);
      pieces.push({ logical, source, length: text.length });
      logical += text.length;
    };
    // Native searches for what ends a stretch of plain text: strings are long, and few characters are escaped.
    for (let quote = -1; ; ) {
      if (quote < this.at) quote = line.indexOf('"', this.at);
      if (quote === -1) return null;
      const slash = this.#nextEscape(this.at);
      if (slash > quote) {
        add(line.slice(from, quote), from);
        this.at = quote + 1;
        return { text: parts.length === 1 ? (parts[0] as string) : parts.join(''), pieces };
      }
      if (slash > from) add(line.slice(from, slash), from);
      const escaped = line[slash + 1] ?? '';
      const unicode = escaped === 'u' ? line.slice(slash + 2, slash + 6) : '';
      add(escaped === 'u' ? String.fromCharCode(Number.parseInt(unicode, 16) || 0xfffd) : (ESCAPES[escaped] ?? escaped), slash);
      this.at = slash + (escaped === 'u' ? 6 : 2);
      from = this.at;
    }
  }

  #nextEscape(from: number): number {
    if (this.#escape < from) {
      const at = this.#line.indexOf('\\', from);
      this.#escape = at === -1 ? Number.POSITIVE_INFINITY : at;
    }
    return this.#escape;
  }
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

export function join(first: JsonText, second: JsonText): JsonText {
  const offset = first.text.length + 1;
  return {
    text: `${first.text}\n${second.text}`,
    pieces: [...first.pieces, ...second.pieces.map((piece) => ({ ...piece, logical: piece.logical + offset }))],
  };
}
