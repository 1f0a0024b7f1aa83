import type { Span } from '../../../../common/span.ts';
import { type JsonNode, stringValue } from '../unwrap/json/tree.ts';
import type { Source } from '../unwrap/source.ts';

/** Numbers as large as this are Long.MAX_VALUE: "never", "no limit". */
const LARGEST = 2 ** 53;

/** A value of a document with its place in the file. What is missing has no values, and the place of what it is missing in. */
export class Field {
  readonly source: Source;
  readonly node: JsonNode | undefined;
  readonly #around: JsonNode | undefined;

  constructor(source: Source, node: JsonNode | undefined, around: JsonNode | undefined = undefined) {
    this.source = source;
    this.node = node;
    this.#around = around;
  }

  get span(): Span {
    const node = this.node ?? this.#around;
    return node === undefined ? this.source.span(0, 0) : this.source.span(node.start, node.end);
  }

  has(key: string): boolean {
    return this.node?.kind === 'object' && this.node.members.has(key);
  }

  get isObject(): boolean {
    return this.node?.kind === 'object';
  }

  get isList(): boolean {
    return this.node?.kind === 'array';
  }

  /** The first of the keys that the object has: what was renamed from version to version. */
  get(...keys: string[]): Field {
    const { node } = this;
    const around = node ?? this.#around;
    if (node?.kind === 'object') {
      for (const key of keys) {
        const value = node.members.get(key);
        if (value !== undefined) return new Field(this.source, value, node);
      }
    }
    return new Field(this.source, undefined, around);
  }

  items(): Field[] {
    return this.node?.kind === 'array' ? this.node.items.map((item) => new Field(this.source, item)) : [];
  }

  entries(): [string, Field][] {
    return this.node?.kind === 'object' ? [...this.node.members].map(([key, value]) => [key, new Field(this.source, value)]) : [];
  }

  /** A string, or what a number or word is printed as; null for null, objects and lists. */
  get text(): string | null {
    const { node } = this;
    if (node === undefined || node.kind === 'object' || node.kind === 'array') return null;
    const text = stringValue(this.source.text, node);
    return node.kind === 'scalar' && (text === 'null' || text === '') ? null : text;
  }

  /** A text of at least one character. */
  get words(): string | null {
    const { text } = this;
    return text === '' ? null : text;
  }

  /** Also one in quotes; null for NaN and for what is no number. */
  get number(): number | null {
    const { text } = this;
    if (text === null || text === '') return null;
    const number = Number(text);
    return Number.isFinite(number) ? number : null;
  }

  /** A count, a size or a time; -1 and the largest long, which stand for "not yet" and "never", are null. */
  get amount(): number | null {
    const { number } = this;
    return number === null || number < 0 || number >= LARGEST ? null : number;
  }

  /** A time since 1970; 0 is "not yet" here. */
  get time(): number | null {
    return this.amount || null;
  }

  get flag(): boolean | null {
    const { text } = this;
    return text === 'true' ? true : text === 'false' ? false : null;
  }

  /** Numbers by key, without those that are 0. */
  amounts(): Record<string, number> {
    const result: Record<string, number> = {};
    for (const [key, value] of this.entries()) {
      const amount = value.amount;
      if (amount !== null && amount > 0) result[key] = amount;
    }
    return result;
  }

  texts(): Record<string, string> {
    const result: Record<string, string> = {};
    for (const [key, value] of this.entries()) {
      const text = value.text;
      if (text !== null) result[key] = text;
    }
    return result;
  }
}
