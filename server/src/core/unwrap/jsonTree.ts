import type { UnwrapBuilder } from './positionMap.ts';
import { indexWithin } from './within.ts';

/** A JSON value with its place. Strings and keys stay text until they are asked for. */
export type JsonNode =
  | { kind: 'object'; start: number; end: number; members: Map<string, JsonNode> }
  | { kind: 'array'; start: number; end: number; items: JsonNode[] }
  /** `start` and `end` are those of the characters between the quotes. */
  | { kind: 'string'; start: number; end: number; escaped: boolean }
  | { kind: 'scalar'; start: number; end: number };

const QUOTE = 34;
const BACKSLASH = 92;
/** Deeper nesting than any dump has is passed over, so that no input can exhaust the stack. */
const MAX_DEPTH = 64;

export interface JsonTree {
  root: JsonNode;
  /** Where reading ended: after the value, or at the end of a text that was cut. */
  next: number;
  cut: boolean;
}

/** Reads the value at `at`. A text that ends too soon, or has a comma too many, gives what could be read. Null: no value. */
export function readJson(text: string, at = 0): JsonTree | null {
  const reader = new TreeReader(text, at);
  const root = reader.value(0);
  return root === null ? null : { root, next: reader.at, cut: reader.cut };
}

class TreeReader {
  readonly #text: string;
  at: number;
  cut = false;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  value(depth: number): JsonNode | null {
    const code = this.#blank();
    if (code === 123) return this.#object(depth);
    if (code === 91) return this.#array(depth);
    if (code === QUOTE) return this.#string();
    return this.#scalar();
  }

  #object(depth: number): JsonNode {
    const node: JsonNode = { kind: 'object', start: this.at, end: this.#text.length, members: new Map() };
    this.at++;
    for (;;) {
      const code = this.#blank();
      if (code === -1) break;
      if (code === 125 || code === 93) {
        if (code === 125) this.at++;
        node.end = this.at;
        return node;
      }
      if (code !== QUOTE) {
        this.at++;
        continue;
      }
      const key = this.#string();
      if (this.#blank() !== 58) continue;
      this.at++;
      const value = depth < MAX_DEPTH ? this.value(depth + 1) : this.#scalar();
      if (value !== null) node.members.set(stringValue(this.#text, key), value);
    }
    this.cut = true;
    return node;
  }

  #array(depth: number): JsonNode {
    const node: JsonNode = { kind: 'array', start: this.at, end: this.#text.length, items: [] };
    this.at++;
    for (;;) {
      const code = this.#blank();
      if (code === -1) break;
      if (code === 93 || code === 125) {
        if (code === 93) this.at++;
        node.end = this.at;
        return node;
      }
      if (code === 44) {
        this.at++;
        continue;
      }
      const before = this.at;
      const value = depth < MAX_DEPTH ? this.value(depth + 1) : this.#scalar();
      if (value !== null) node.items.push(value);
      if (this.at === before) this.at++;
    }
    this.cut = true;
    return node;
  }

  #string(): JsonNode & { kind: 'string' } {
    const text = this.#text;
    const start = this.at + 1;
    let escaped = false;
    let at = start;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) {
        this.cut = true;
        this.at = text.length;
        return { kind: 'string', start, end: text.length, escaped: true };
      }
      let slashes = 0;
      while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH && quote - slashes > start) slashes++;
      if (slashes % 2 === 0) {
        this.at = quote + 1;
        escaped ||= indexWithin(text, '\\', start, quote) !== -1;
        return { kind: 'string', start, end: quote, escaped };
      }
      escaped = true;
      at = quote + 1;
    }
  }

  #scalar(): JsonNode | null {
    const text = this.#text;
    const start = this.at;
    while (this.at < text.length && !/[\s,\]}:"]/.test(text[this.at] as string)) this.at++;
    return this.at === start ? null : { kind: 'scalar', start, end: this.at };
  }

  #blank(): number {
    const text = this.#text;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code > 32 && code !== 44 && code !== 0xfeff) return code;
      if (code === 44) return code;
      this.at++;
    }
    return -1;
  }
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/', "'": "'" };

/** Length and meaning of the escape whose backslash stands at `at`. Unknown ones stand for themselves. */
export function escapeAt(text: string, at: number): { length: number; value: string } {
  const letter = text[at + 1] ?? '';
  if (letter === 'u') {
    const hex = text.slice(at + 2, at + 6);
    if (/^[\da-fA-F]{4}$/.test(hex)) return { length: 6, value: String.fromCharCode(Number.parseInt(hex, 16)) };
  }
  const value = ESCAPES[letter];
  return value === undefined ? { length: 1, value: '\\' } : { length: 2, value };
}

/**
 * The string that the characters from `start` to `end` stand for, appended to `builder`. Stops behind the first escape
 * after `most` characters, and returns where it stopped.
 */
export function decodeInto(builder: UnwrapBuilder, text: string, start: number, end: number, most = Number.POSITIVE_INFINITY): number {
  let done = start;
  for (let at = indexWithin(text, '\\', start, end); at !== -1; at = indexWithin(text, '\\', done, end)) {
    builder.copy(done, at);
    const { length, value } = escapeAt(text, at);
    builder.replace(at, Math.min(end, at + length), value);
    done = Math.min(end, at + length);
    if (done - start >= most) return done;
  }
  builder.copy(done, end);
  return end;
}

export function stringValue(text: string, node: JsonNode): string {
  const raw = text.slice(node.start, node.end);
  if (node.kind !== 'string' || !node.escaped) return raw;
  return raw.replace(/\\(?:u[\da-fA-F]{4}|[\s\S])/g, (found) => escapeAt(found, 0).value);
}

export function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.get(key) : undefined;
}

export function items(node: JsonNode | undefined): JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

/** A string's value; null for a missing or null one. */
export function stringAt(text: string, node: JsonNode | undefined, key: string): string | null {
  const value = member(node, key);
  return value?.kind === 'string' ? stringValue(text, value) : null;
}

/** A number, also one in quotes as dump_to_file writes its ids. */
export function numberAt(text: string, node: JsonNode | undefined, key: string): number | null {
  const value = member(node, key);
  if (value === undefined || value.kind === 'object' || value.kind === 'array' || value.end === value.start) return null;
  const number = Number(text.slice(value.start, value.end));
  return Number.isNaN(number) ? null : number;
}

export function isTrue(text: string, node: JsonNode | undefined, key: string): boolean {
  const value = member(node, key);
  return value?.kind === 'scalar' && text.startsWith('true', value.start);
}
