import { table } from '../../../../../common/table.ts';
import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';

const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;

/** Where such a value begins: a dictionary, also as the first of a list, whose first key stands in single quotes. */
const BEGINS = /[[({](?:\s{0,99}[[({]){0,9}\s{0,99}(?<=\{\s{0,99})'[^'\\\n]{1,100}'\s{0,9}:/g;
/** Names of constants, and the mark before a string. */
const WORD = /[A-Za-z_]\w{0,20}/y;
const CONSTANTS = table({ True: 'true', False: 'false', None: 'null', nan: 'null', inf: 'null' });
const BRACKETS = table({ '(': '[', ')': ']' });
const MARK = /^(?:[rubf]|rb|br)$/i;
/** Escapes that JSON does not have, or writes in another way. */
const ESCAPES = table({ "'": "'", a: '\\u0007', v: '\\u000b', '0': '\\u0000', '\n': '' });
const CODE = /x[\da-fA-F]{2}|U[\da-fA-F]{8}/y;

/** What Python prints of a value: JSON but for its quotes and its constants, as people paste it who asked for a document by a script. */
export const pythonValues: Packing = {
  id: 'python-values',
  title: 'a value as Python prints it',
  sign: (sample) => sample.search(BEGINS) !== -1,
  *undo(text): Steps<Source | null> {
    const builder = new SourceBuilder(text);
    let done = 0;
    for (const { index } of text.matchAll(BEGINS)) {
      if (index < done) continue;
      builder.copy(done, index);
      done = yield* value(builder, text, index);
    }
    builder.copy(done, text.length);
    return builder.build();
  },
  samples: ["{'root-exception': 'a.B: \"no\" table\\n\\tat a.B.c(B.java:1)', 'truncated': False, 'timestamp': None}", "[{'id': 'a', 'value': '1'}]"],
  nearMisses: ['{"a": "it\'s", "b": true}', "the task 'a': b"],
};

/** Writes the value that begins at a place; where it ends, or the text. */
function* value(builder: SourceBuilder, text: string, from: number): Steps<number> {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    yield;
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === APOSTROPHE) {
      at = string(builder, text, at);
      continue;
    }
    const character = text[at] as string;
    if ('[{('.includes(character)) depth++;
    else if (']})'.includes(character)) depth--;
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    const next = at + (word?.length ?? 1);
    const written = word === undefined ? BRACKETS[character] : (CONSTANTS[word] ?? (isMark(text, word, next) ? '' : undefined));
    if (written === undefined) builder.copy(at, next);
    else builder.replace(at, next, written);
    at = next;
    if (depth === 0) return at;
  }
  return text.length;
}

const isMark = (text: string, word: string, next: number): boolean => MARK.test(word) && /["']/.test(text.charAt(next));

/** Writes a string that begins at a place, with what stands behind it as a part of it: long ones are printed in parts. */
function string(builder: SourceBuilder, text: string, from: number): number {
  builder.replace(from, from + 1, '"');
  let at = from;
  for (;;) {
    at = characters(builder, text, at + 1, text.charCodeAt(at));
    if (at >= text.length) return at;
    const gap = /\s*/y;
    gap.lastIndex = at + 1;
    gap.exec(text);
    const next = text.charCodeAt(gap.lastIndex);
    if (next !== QUOTE && next !== APOSTROPHE) break;
    at = gap.lastIndex;
  }
  builder.replace(at, at + 1, '"');
  return at + 1;
}

/** Writes what stands in quotes; where the quote stands that ends it. */
function characters(builder: SourceBuilder, text: string, from: number, quote: number): number {
  let done = from;
  const put = (start: number, end: number, written: string): void => {
    builder.copy(done, start);
    builder.replace(start, end, written);
    done = end;
  };
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) break;
    if (code === QUOTE) put(at, at + 1, '\\"');
    if (code !== BACKSLASH) continue;
    CODE.lastIndex = ++at;
    const number = CODE.exec(text)?.[0];
    if (number !== undefined) {
      put(at - 1, at + number.length, escaped(Number.parseInt(number.slice(1), 16)));
      at += number.length - 1;
      continue;
    }
    const written = ESCAPES[text.charAt(at)];
    if (written !== undefined) put(at - 1, at + 1, written);
    if (text.charCodeAt(at) === NEWLINE) done = at + 1;
  }
  builder.copy(done, at);
  return at;
}

function escaped(code: number): string {
  const text = code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  return JSON.stringify(text).slice(1, -1);
}
