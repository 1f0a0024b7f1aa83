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
    const flush = (end: number) => {
      if (end === from) return;
      parts.push(line.slice(from, end));
      pieces.push({ logical, source: from, length: end - from });
      logical += end - from;
    };
    for (;;) {
      const code = line.charCodeAt(this.at);
      if (Number.isNaN(code)) return null;
      if (code === 34) {
        flush(this.at);
        this.at++;
        if (pieces.length === 0) pieces.push({ logical: 0, source: from, length: 0 });
        return { text: parts.join(''), pieces };
      }
      if (code !== 92) {
        this.at++;
        continue;
      }
      flush(this.at);
      const escaped = line[this.at + 1] ?? '';
      const unicode = escaped === 'u' ? line.slice(this.at + 2, this.at + 6) : '';
      const char = escaped === 'u' ? String.fromCharCode(Number.parseInt(unicode, 16) || 0xfffd) : (ESCAPES[escaped] ?? escaped);
      parts.push(char);
      pieces.push({ logical, source: this.at, length: char.length });
      logical += char.length;
      this.at += escaped === 'u' ? 6 : 2;
      from = this.at;
    }
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
