import type { Piece } from '../lines/pieces.ts';
import { decodeJson, escapeAt } from './escapes.ts';
import { JsonReader } from './reader.ts';

/** A string value of a JSON line with the way back to the source. */
export interface JsonText {
  readonly text: string;
  /** Pieces relative to the logical text and to the line. */
  readonly pieces: readonly Piece[];
}

/** A text to which others are appended. */
interface Growing {
  text: string;
  pieces: Piece[];
}

const MAX_DEPTH = 20;

/** Values of a one-line JSON object by dotted path; numbers and words as text. Null for anything that is not a whole object. */
export function readJsonLine(line: string): Map<string, JsonText> | null {
  const reader = new JsonReader(line);
  const values = new Map<string, JsonText>();
  return reader.enterObject() && readObject(reader, '', values, 0) ? values : null;
}

function readObject(reader: JsonReader, prefix: string, values: Map<string, JsonText>, depth: number): boolean {
  for (let key = reader.nextKey(); key !== null; key = reader.nextKey()) {
    // `{host=a, id: 1}` is what Java prints of a map.
    if (depth > MAX_DEPTH || reader.text[reader.keyStart - 1] !== '"' || reader.issues.length > 0) return false;
    const name = key.includes('\\') ? textOf(reader.text, reader.keyStart, reader.keyStop).text : key;
    if (!readValue(reader, prefix === '' ? name : `${prefix}.${name}`, values, depth)) return false;
  }
  return reader.issues.length === 0;
}

function readValue(reader: JsonReader, path: string, values: Map<string, JsonText>, depth: number): boolean {
  if (reader.enterObject()) return readObject(reader, path, values, depth + 1);
  if (reader.enterArray()) return readArray(reader, path, values, depth + 1);
  if (reader.rawString() !== null) values.set(path, textOf(reader.text, reader.start, reader.stop));
  else {
    reader.scalar();
    const text = reader.text.slice(reader.start, reader.stop);
    if (text === '') return false;
    if (text !== 'null') values.set(path, { text, pieces: [{ logical: 0, source: reader.start, length: text.length }] });
  }
  return true;
}

/** Arrays of strings (stack traces) become one text, a line each; other elements get their index as key. */
function readArray(reader: JsonReader, path: string, values: Map<string, JsonText>, depth: number): boolean {
  let first: JsonText | null = null;
  let joined: Growing | null = null;
  for (let index = 0; reader.nextItem(); index++) {
    if (depth > MAX_DEPTH) return false;
    if (reader.rawString() !== null) {
      const text = textOf(reader.text, reader.start, reader.stop);
      if (first === null) first = text;
      else joined = append(joined ?? growing(first), text);
    } else if (!readValue(reader, `${path}.${index}`, values, depth)) return false;
  }
  const whole = joined ?? first;
  if (whole !== null) values.set(path, whole);
  return reader.issues.length === 0;
}

/** The text that stands between two quotes. */
function textOf(line: string, start: number, end: number): JsonText {
  const raw = line.slice(start, end);
  return raw.includes('\\') ? new Decoded(raw, start) : { text: raw, pieces: [{ logical: 0, source: start, length: raw.length }] };
}

/** A text with escapes. Its way back has two pieces an escape, and is made for those few texts of which a place is asked. */
class Decoded implements JsonText {
  readonly text: string;
  readonly #raw: string;
  readonly #start: number;
  #pieces: Piece[] | null = null;

  constructor(raw: string, start: number) {
    this.text = decodeJson(raw);
    this.#raw = raw;
    this.#start = start;
  }

  get pieces(): readonly Piece[] {
    this.#pieces ??= piecesOf(this.#raw, this.#start);
    return this.#pieces;
  }
}

function piecesOf(raw: string, start: number): Piece[] {
  const pieces: Piece[] = [];
  let logical = 0;
  const add = (source: number, length: number): void => {
    pieces.push({ logical, source, length });
    logical += length;
  };
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    if (at > from) add(start + from, at - from);
    const { length, value } = escapeAt(raw, at);
    add(start + at, value.length);
    from = Math.min(raw.length, at + length);
  }
  if (from < raw.length) add(start + from, raw.length - from);
  return pieces;
}

export function join(first: JsonText, second: JsonText): JsonText {
  return append(growing(first), second);
}

const growing = ({ text, pieces }: JsonText): Growing => ({ text, pieces: [...pieces] });

/** Joins into the first; copying for each line of a long trace would take quadratic time. */
function append(first: Growing, second: JsonText): Growing {
  const offset = first.text.length + 1;
  for (const piece of second.pieces) first.pieces.push({ ...piece, logical: piece.logical + offset });
  first.text = `${first.text}\n${second.text}`;
  return first;
}
