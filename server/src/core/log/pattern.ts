import { table } from '../../../../common/table.ts';
import { escapeRegExp } from '../wording.ts';
import type { Layout } from './layouts.ts';
import { DATE_TIME, TIME_ONLY } from './time.ts';

/**
 * Reads a conversion pattern of log4j 1, log4j 2 or logback ("%d{ISO8601} %-5p [%t] %c{1} - %m%n") as a layout.
 * Null when the pattern has no message, or nothing before it that tells a record from other lines.
 */
export function layoutOfPattern(pattern: string): Layout | null {
  const used = new Set<string>();
  let source = '';
  let telling = false;
  let at = 0;
  for (const match of pattern.matchAll(CONVERSION)) {
    source += literal(pattern.slice(at, match.index));
    at = match.index + match[0].length;
    const [, modifier = '', word = '', option = ''] = match;
    if (word === '%') {
      source += '%';
      continue;
    }
    const part = partOf(word, option);
    if (part === 'message') return telling ? finish(pattern, source) : null;
    if (part === null) continue;
    const blanks = modifier === '' ? '' : ' *';
    const name = part.name !== null && !used.has(part.name) ? part.name : null;
    if (part.name !== null) used.add(part.name);
    source += `${blanks}${name === null ? `(?:${part.source})` : `(?<${name}>${part.source})`}${blanks}`;
    telling ||= part.name === 'ts' || part.name === 'level';
  }
  return null;
}

/** Layouts of the setting logjam.log.patterns; patterns that cannot be read are named in `rejected`. */
export function layoutsOfPatterns(patterns: readonly string[]): { layouts: Layout[]; rejected: string[] } {
  const layouts: Layout[] = [];
  const rejected: string[] = [];
  for (const pattern of patterns) {
    const layout = layoutOfPattern(pattern);
    if (layout === null) rejected.push(pattern);
    else layouts.push(layout);
  }
  return { layouts, rejected };
}

const CONVERSION = /%(-?\d*(?:\.-?\d+)?)([a-zA-Z]+|%)((?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)/g;

const LEVEL = 'TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|SEVERE';
/** Names of conversions, log4j's and logback's; the longest that fits wins, the rest is literal text. */
const PARTS = table<{ name: string | null; source: string } | 'message' | null>({
  d: { name: 'ts', source: '' },
  date: { name: 'ts', source: '' },
  p: { name: 'level', source: LEVEL },
  le: { name: 'level', source: LEVEL },
  level: { name: 'level', source: LEVEL },
  c: { name: 'logger', source: '[\\w.$\\[\\]/-]+' },
  lo: { name: 'logger', source: '[\\w.$\\[\\]/-]+' },
  logger: { name: 'logger', source: '[\\w.$\\[\\]/-]+' },
  C: { name: null, source: '[\\w.$<>-]+' },
  class: { name: null, source: '[\\w.$<>-]+' },
  t: { name: 'thread', source: '.*?' },
  tn: { name: 'thread', source: '.*?' },
  thread: { name: 'thread', source: '.*?' },
  threadName: { name: 'thread', source: '.*?' },
  x: { name: 'context', source: '.*?' },
  X: { name: 'context', source: '.*?' },
  NDC: { name: 'context', source: '.*?' },
  MDC: { name: 'context', source: '.*?' },
  mdc: { name: 'context', source: '.*?' },
  F: { name: null, source: '[\\w.$-]*\\??' },
  file: { name: null, source: '[\\w.$-]*\\??' },
  L: { name: null, source: '[\\d?]*' },
  line: { name: null, source: '[\\d?]*' },
  M: { name: null, source: '[\\w$<>?]*' },
  method: { name: null, source: '[\\w$<>?]*' },
  l: { name: null, source: '\\S+' },
  location: { name: null, source: '\\S+' },
  r: { name: null, source: '\\d+' },
  relative: { name: null, source: '\\d+' },
  pid: { name: null, source: '\\d+' },
  sn: { name: null, source: '\\d+' },
  T: { name: null, source: '\\d+' },
  m: 'message',
  msg: 'message',
  message: 'message',
  n: null,
  ex: null,
  throwable: null,
});

function partOf(word: string, option: string): { name: string | null; source: string } | 'message' | null {
  for (let length = word.length; length > 0; length--) {
    const part = PARTS[word.slice(0, length)];
    if (part === undefined) continue;
    const rest = literal(word.slice(length));
    if (part === 'message' || part === null) return part;
    const source = part.name === 'ts' ? stampSource(option) : part.source;
    return rest === '' ? (part.name === 'ts' ? { name: 'ts', source } : part) : { name: null, source: source + rest };
  }
  // A conversion that is not known stands for some text.
  return { name: null, source: '.*?' };
}

/** Dates by name or by their letters; anything unusual falls back to every date that is known. */
function stampSource(option: string): string {
  const format = option.replace(/^\{|\}.*/gs, '');
  if (format === 'UNIX' || format === 'UNIX_MILLIS') return '\\d{10,13}';
  if (format === 'ABSOLUTE' || /^HH:mm:ss/.test(format)) return TIME_ONLY;
  if (format === '' || format.startsWith('ISO8601') || format === 'DEFAULT' || format === 'DATE' || format === 'COMPACT') return DATE_TIME;
  return format.replace(FORMAT_PARTS, (part, quoted: string | undefined, letter: string | undefined) => {
    if (quoted !== undefined) return literal(quoted);
    return letter === undefined ? literal(part) : (LETTER_SOURCES[letter]?.(part.length) ?? '.*?');
  });
}

/** Quoted text, a run of one letter, or any other character of a date format. */
const FORMAT_PARTS = /'([^']*)'|([a-zA-Z])\2*|[^a-zA-Z']/g;
const digits = (count: number) => `\\d{${count}}`;
const LETTER_SOURCES = table<(count: number) => string>({
  y: (count) => digits(Math.max(2, count)),
  u: (count) => digits(Math.max(2, count)),
  M: (count) => (count > 2 ? '[A-Za-z]+' : digits(2)),
  d: (count) => (count === 1 ? '\\d{1,2}' : digits(2)),
  H: () => '\\d{1,2}',
  h: () => '\\d{1,2}',
  m: () => digits(2),
  s: () => digits(2),
  S: (count) => digits(count),
  a: () => '(?:AM|PM)',
  E: () => '[A-Za-z]+',
  Z: () => '[+-]\\d\\d:?\\d\\d',
  X: () => '(?:Z|[+-]\\d\\d(?::?\\d\\d)?)',
  z: () => '[A-Z]{2,5}',
});

function literal(text: string): string {
  return escapeRegExp(text).replace(/ +/g, ' +');
}

function finish(pattern: string, source: string): Layout | null {
  try {
    return { id: `pattern:${pattern}`, title: pattern, pattern: new RegExp(`^${source}(?<msg>.*)$`), samples: [], nearMisses: [] };
  } catch {
    return null;
  }
}
