import { decodeInto, escapeAt } from '../json/escapes.ts';
import { JsonReader } from '../json/reader.ts';
import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

const LITERAL = /^(\s*(?:\+ *)?")(.*)"\s*(?:[,+;]\s*)?$/;

export const stringLines: Packing = {
  id: 'string-lines',
  title: 'string literals of a program or a list, one a line',
  sign: (sample) => {
    const filled = sample.split('\n').filter((line) => line.trim() !== '');
    const quoted = filled.filter((line) => LITERAL.test(line));
    return quoted.length >= 3 && quoted.length >= filled.length * 0.8 && quoted.some((line) => line.includes('\\'));
  },
  *undo(text): Steps<Source> {
    const builder = new SourceBuilder(text);
    for (const { start, end } of lines(text)) {
      yield;
      const match = LITERAL.exec(text.slice(start, end));
      if (match === null) builder.copy(start, Math.min(text.length, end + 1));
      else {
        const from = start + (match[1] as string).length;
        const to = from + (match[2] as string).length;
        decodeInto(builder, text, from, to);
        if (!text.startsWith('\\n', to - 2)) builder.insert(to, '\n');
      }
    }
    return builder.build();
  },
  samples: ['  + "one\\n"\n  + "two\\n"\n  + "three\\n";'],
  nearMisses: ['"main" #1 prio=5\n"other" #2 prio=5\n"third" #3 prio=5'],
};

/**
 * What changes within a literal: the quote that opens it becomes a line end, so that what follows begins a line; so does
 * the quote of a thread's header that follows `key=`; escapes. A quote that opens a header is no literal's.
 */
const PARTS =
  /"(?=\\")|(?<=[=:] ?)(\\")(?=[^"\\]*\\" (?:#\d|Id=\d|daemon |prio=|os_prio=))|\\(?:u[\da-fA-F]{4}|[\s\S])|^["'](?![^"\\]{1,400}" (?:#\d|Id=\d|daemon |prio=|os_prio=))|["']$/g;

/** Text inside a string literal: `\n\tat …`. Lines that are JSON are left as they are: their strings are read where they stand. */
export const string: Packing = {
  id: 'string',
  title: 'a string with escapes',
  sign: (sample) => /\\[nt"]/.test(sample),
  *undo(text): Steps<Source> {
    const builder = new SourceBuilder(text);
    for (const { start, end } of lines(text)) {
      yield;
      let done = start;
      const line = text.slice(start, end);
      if (line.includes('\\') && !isJson(line)) {
        for (const { 0: found, 1: header, index } of line.matchAll(PARTS)) {
          builder.copy(done, start + index);
          const { length, value } = found.startsWith('\\') ? escapeAt(found, 0) : { length: 1, value: '' };
          const opens = found === '"' && line[index + 1] === '\\';
          if (header !== undefined) builder.replace(start + index, start + index + 2, '\n"');
          else builder.replace(start + index, start + index + length, opens ? '\n' : value);
          done = start + index + (header === undefined ? length : found.length);
          if (done % 64 === 0) yield;
        }
      }
      builder.copy(done, Math.min(text.length, end + 1));
    }
    return builder.build();
  },
  samples: ['"one\\ntwo"', 'dump=\\"main\\" #1 prio=5\\n\\tat a.B.c(B.java:1)'],
  nearMisses: ['{"level":"ERROR","stack":"a.B: c\\n\\tat a.B.c(B.java:1)"}', 'C:\\Users'],
};

/** A line that is one JSON object or list, or the beginning of one. */
function isJson(line: string): boolean {
  if (!/^[\s\uFEFF]*(?:\{\s*["}]|\[\s*[[{"\]])/.test(line)) return false;
  const reader = new JsonReader(line);
  reader.skip();
  return reader.truncated || /^[\s,\]]*$/.test(line.slice(reader.pos));
}

function* lines(text: string): Generator<{ start: number; end: number }, void> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    yield { start, end };
    start = end + 1;
  }
}
