// What happens to files on their way: cut, doubled, re-wrapped, escaped, mixed; and some malice.
import type { Random } from './random.ts';

type Mutation = (text: string, random: Random, other: string) => string;

/** Never longer than this many characters, whatever was doubled. */
const LIMIT = 400_000;

function range(text: string, random: Random, longest = 2000): [number, number] {
  const start = random.below(text.length + 1);
  return [start, Math.min(text.length, start + random.below(longest))];
}

const SPECIAL = [
  '\0',
  '\u2028',
  '\ud800',
  '\ufeff',
  '\r',
  '\u00a0',
  '\u001b[31m',
  '"',
  '\\"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '(',
  ')',
  '- locked <0x0>',
  '"x" #1 prio=5',
  'waiting to lock <',
  'Full thread dump',
  'Found one Java-level deadlock:',
  '\n\n\n',
  '\t\t\t\t',
  '%s%n',
  '__proto__',
  'constructor',
  '99999999999999999999',
  '-1',
  '1e999',
  'NaN',
] as const;

const lines = (text: string) => text.split('\n');

const MUTATIONS: Record<string, Mutation> = {
  cutOut(text, random) {
    const [start, end] = range(text, random);
    return text.slice(0, start) + text.slice(end);
  },
  truncate: (text, random) => text.slice(0, random.below(text.length + 1)),
  behead: (text, random) => text.slice(random.below(text.length + 1)),
  double(text, random) {
    const [start, end] = range(text, random);
    return text.slice(0, end) + text.slice(start, end).repeat(1 + random.below(5)) + text.slice(end);
  },
  repeatLine(text, random) {
    const all = lines(text);
    const at = random.below(all.length);
    const line = all[at] ?? '';
    all.splice(at, 0, ...new Array<string>(Math.min(random.below(2000), Math.ceil(LIMIT / (line.length + 1)))).fill(line));
    return all.join('\n');
  },
  swapLines(text, random) {
    const all = lines(text);
    for (let i = 0; i < 1 + random.below(20); i++) {
      const [a, b] = [random.below(all.length), random.below(all.length)];
      [all[a], all[b]] = [all[b] ?? '', all[a] ?? ''];
    }
    return all.join('\n');
  },
  dropLines(text, random) {
    const share = random.next() * 0.5;
    return lines(text)
      .filter(() => random.next() > share)
      .join('\n');
  },
  joinLines(text, random) {
    const [start, end] = range(text, random, 20_000);
    return text.slice(0, start) + text.slice(start, end).replaceAll('\n', random.pick(['', ' ', '\\n'])) + text.slice(end);
  },
  breakLines(text, random) {
    const width = 20 + random.below(120);
    return lines(text)
      .map((line) => line.replace(new RegExp(`(.{${width}})`, 'g'), '$1\n'))
      .join('\n');
  },
  insert(text, random) {
    let result = text;
    for (let i = 0; i < 1 + random.below(8); i++) {
      const at = random.below(result.length + 1);
      result = result.slice(0, at) + random.pick(SPECIAL) + result.slice(at);
    }
    return result;
  },
  replaceCharacters(text, random) {
    const all = [...text];
    for (let i = 0; i < 1 + random.below(50); i++)
      all[random.below(all.length)] = String.fromCharCode(random.below(random.next() < 0.9 ? 128 : 65536));
    return all.join('');
  },
  changeNumbers: (text, random) =>
    text.replace(/\d+/g, (number) => (random.next() < 0.02 ? random.pick(['0', '-1', '4294967296', '9'.repeat(30), '']) : number)),
  mix(text, random, other) {
    const [start, end] = range(other, random, 20_000);
    const at = random.below(text.length + 1);
    return text.slice(0, at) + other.slice(start, end) + text.slice(at);
  },
  /** The beginning of one file, the end of another: a rotation, or a paste over what stood there. */
  splice: (text, random, other) => text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1)),
  /** Lines of two files in turns, as two processes write to one console. */
  interleave(text, random, other) {
    const [a, b] = [lines(text), lines(other)];
    const both: string[] = [];
    for (let i = 0, j = 0; i < a.length || j < b.length; ) {
      for (let run = 1 + random.below(8); run > 0 && i < a.length; run--) both.push(a[i++] ?? '');
      for (let run = 1 + random.below(8); run > 0 && j < b.length; run--) both.push(b[j++] ?? '');
    }
    return both.join('\n');
  },
  append: (text, _, other) => `${text}\n${other}`,
  nest(text, random) {
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
      ['(', ')'],
      ['"', '"'],
    ]);
    const depth = random.below(3000);
    const at = random.below(text.length + 1);
    return text.slice(0, at) + open.repeat(depth) + close.repeat(random.below(2) * depth) + text.slice(at);
  },
  longLine(text, random) {
    const at = random.below(text.length + 1);
    return (
      text.slice(0, at) + random.pick([' ', 'a', '\t', '"', '\\', '<', '.', 'at x.y(', '0x1 ', '- ']).repeat(random.below(50_000)) + text.slice(at)
    );
  },
  /** Long runs of what patterns stumble over, at the end of a token of the text or in its place. */
  longToken(text, random) {
    const tokens = [...text.matchAll(/[\w.$-]{2,60}/g)];
    const token = tokens[random.below(tokens.length)];
    if (token === undefined) return text;
    const unit = random.pick([
      '$$Lambda$',
      '$',
      '$a',
      '.a',
      '/',
      ' \u00a0',
      '\u00a0',
      '\u2028',
      '\r',
      '\r\r\n',
      '((',
      '[[',
      '""',
      '\\\\',
      '@',
      '::',
      'Exception',
      '- ',
      '0',
      '9:',
      '|',
      '*',
      '`',
      '<b>',
      ...(token[0].length > 2 ? [token[0]] : []),
    ]);
    const run = unit.repeat(1 + random.below(Math.ceil(40_000 / unit.length)));
    return text.slice(0, token.index + token[0].length) + run + text.slice(token.index + token[0].length);
  },
  /** Line ends that are none, and blanks that are none. */
  otherBlanks(text, random) {
    const [from, to] = random.pick([
      ['\n', '\r'],
      ['\n', '\u2028'],
      [' ', '\u00a0'],
      ['\t', '\u00a0\u00a0'],
      ['\n', '\n\u00a0'],
    ] as const);
    const share = random.next();
    return text.replaceAll(from, (one) => (random.next() < share ? to : one));
  },
  /** A value of JSON takes the place of another, a key is doubled or another's, an object is put into itself. */
  json(text, random) {
    let result = text;
    for (let i = 0; i < 1 + random.below(4); i++) {
      const values = [...result.matchAll(/"(?:[^"\\\n]|\\.){0,200}"|-?\d+(?:\.\d+)?|\{[^{}]{0,2000}\}|\[[^[\]]{0,2000}\]/g)];
      const target = values[random.below(values.length)];
      if (target === undefined) return result;
      const value =
        random.next() < 0.5
          ? random.pick(values)[0]
          : random.pick(['null', '""', '[]', '{}', '-1', '1e400', 'true', `"${'$'.repeat(500)}"`, `[${target[0]},${target[0]}]`]);
      result = result.slice(0, target.index) + value + result.slice(target.index + target[0].length);
    }
    return result;
  },
  crlf: (text) => text.replaceAll('\n', '\r\n'),
  prefix: (text, random) => {
    const prefix = random.pick([
      '> ',
      '    ',
      'taskmanager_1  | ',
      '2024-01-01T00:00:00.000000000Z stdout F ',
      '2024-01-01 00:00:00,000 INFO  x.Y [] - ',
      '# ',
    ]);
    return lines(text)
      .map((line) => prefix + line)
      .join('\n');
  },
  jsonString: (text) => JSON.stringify({ log: text }),
  csv: (text) => `"time","message"\n"1","${text.replaceAll('"', '""')}"`,
  html: (text) => `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</pre>`,
};

const NAMES = Object.keys(MUTATIONS);

/** One to four mutations of a text; answers with their names as well. */
export function mutate(text: string, random: Random, other: string): { text: string; applied: string[] } {
  const applied: string[] = [];
  let result = text;
  for (let i = 0; i < 1 + random.below(4); i++) {
    const name = random.pick(NAMES);
    applied.push(name);
    result = (MUTATIONS[name] as Mutation)(result, random, other).slice(0, LIMIT);
  }
  return { text: result, applied };
}
