import { table } from '../../../../../common/table.ts';
import { type Source, SourceBuilder } from '../source.ts';
import { indexWithin } from '../within.ts';

const ESCAPES = table<string>({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', '\\': '\\', '/': '/', "'": "'" });

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

/** Undoes JSON escapes. */
export function decodeJson(raw: string): string {
  return raw.includes('\\') ? (decodedByEngine(raw) ?? raw.replace(/\\(?:u[\da-fA-F]{4}|[\s\S])/g, decodeEscape)) : raw;
}

/** The engine is many times as fast where there are many escapes; null for what is no JSON to the letter. */
function decodedByEngine(raw: string): string | null {
  try {
    const text: unknown = JSON.parse(`"${raw}"`);
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}

function decodeEscape(found: string): string {
  const { length, value } = escapeAt(found, 0);
  return length === found.length ? value : value + found.slice(length);
}

/**
 * The string that the characters from `start` to `end` stand for, appended to `builder`. Stops behind the first escape
 * after `most` characters, and returns where it stopped.
 */
export function decodeInto(builder: SourceBuilder, text: string, start: number, end: number, most = Number.POSITIVE_INFINITY): number {
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

/** What a string holds: the characters from `start` to `end`, which exclude the quotes, without their escapes. */
export function decodedString(source: Source, start: number, end: number): Source {
  const builder = new SourceBuilder(source.text);
  decodeInto(builder, source.text, start, end);
  return builder.build().within(source);
}
