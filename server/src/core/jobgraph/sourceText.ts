import type { Span } from '../../../../common/span.ts';

/**
 * A text to read a plan from, with the way back to the original offsets: the text itself,
 * or what came out of undoing an escape (a JSON string inside an archive, HTML entities).
 */
export interface SourceText {
  readonly text: string;
  /** Span of the original text for offsets of `text`. */
  span(start: number, end: number): Span;
}

export function plainSource(text: string): SourceText {
  return { text, span: (start, end) => ({ start, end }) };
}

/** Collects the pieces of an unescaped text; look-ups are a binary search over the pieces. */
class MappedText {
  readonly #outer: SourceText;
  readonly #parts: string[] = [];
  readonly #inner: number[] = [];
  readonly #original: number[] = [];
  #length = 0;

  constructor(outer: SourceText) {
    this.#outer = outer;
  }

  /** Text taken over as it stands from [start, end) of the outer text. */
  copy(start: number, end: number): void {
    if (end <= start) return;
    this.#mark(start);
    this.#parts.push(this.#outer.text.slice(start, end));
    this.#length += end - start;
  }

  /** A replacement that stands for the outer text from `start` on. */
  replace(start: number, replacement: string): void {
    this.#mark(start);
    this.#parts.push(replacement);
    this.#length += replacement.length;
  }

  finish(end: number): SourceText {
    const text = this.#parts.join('');
    this.#mark(end);
    const inner = Uint32Array.from(this.#inner);
    const original = Uint32Array.from(this.#original);
    const outer = this.#outer;
    const place = (offset: number): number => {
      let low = 0;
      let high = inner.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((inner[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      const base = original[low] ?? 0;
      const next = original[low + 1] ?? base;
      return Math.min(base + offset - (inner[low] ?? 0), Math.max(base, next));
    };
    return {
      text,
      span(start, stop) {
        const from = place(start);
        return outer.span(from, Math.max(from, place(stop)));
      },
    };
  }

  #mark(original: number): void {
    this.#inner.push(this.#length);
    this.#original.push(original);
  }
}

const JSON_ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Undoes JSON string escapes of [start, end), which excludes the quotes. */
export function unescapeJson(outer: SourceText, start: number, end: number): SourceText {
  const mapped = new MappedText(outer);
  const { text } = outer;
  let from = start;
  for (let at = text.indexOf('\\', start); at !== -1 && at < end; at = text.indexOf('\\', from)) {
    mapped.copy(from, at);
    const next = text[at + 1] ?? '';
    if (next === 'u') {
      const code = Number.parseInt(text.slice(at + 2, at + 6), 16);
      mapped.replace(at, Number.isNaN(code) ? '?' : String.fromCharCode(code));
      from = Math.min(at + 6, end);
    } else {
      mapped.replace(at, JSON_ESCAPES[next] ?? next);
      from = at + 2;
    }
  }
  mapped.copy(from, end);
  return mapped.finish(end);
}

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos|nbsp));/g;
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

function entity(decimal: string | undefined, hex: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED[name] ?? '';
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '?';
}

/** Undoes HTML entities of the whole text. */
export function unescapeHtml(outer: SourceText): SourceText {
  const mapped = new MappedText(outer);
  let from = 0;
  for (const match of outer.text.matchAll(ENTITY)) {
    mapped.copy(from, match.index);
    mapped.replace(match.index, entity(match[1], match[2], match[3]));
    from = match.index + match[0].length;
  }
  mapped.copy(from, outer.text.length);
  return mapped.finish(outer.text.length);
}

/** Undoes HTML entities and line breaks of a label; Flink's REST escapes descriptions (JsonPlanGenerator). */
export function decodeHtml(text: string): string {
  if (!text.includes('&') && !text.includes('<')) return text;
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(ENTITY, (_all, decimal, hex, name) => entity(decimal, hex, name))
    .replace(/\n+$/, '');
}
