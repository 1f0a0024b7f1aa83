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
    all.splice(at, 0, ...new Array<string>(random.below(2000)).fill(all[at] ?? ''));
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
