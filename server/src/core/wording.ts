/**
 * How sentences are put together, once for the whole product: plurals, lists, numbers, quotes, escapes; and the shape of
 * the tables that hold the sentences.
 */
import { visible } from '../../../common/visible.ts';
import { oneLine } from './text.ts';

/** Something said by a code and the facts that go with it; `F` maps each code to its facts. */
export type Coded<F> = { [C in keyof F]: { readonly code: C; readonly facts: F[C] } }[keyof F];

/**
 * The sentences of a room in one language: for each code a function of its facts. The compiler holds a table complete;
 * a second language is a second table of the same type.
 */
export type Words<F> = { readonly [C in keyof F]: (facts: F[C]) => string };

/** The facts of a code that says all by itself. */
export type NoFacts = Record<never, never>;

/** The sentence of a table for what is said by code. */
export function say<F>(words: Words<F>, said: Coded<F>): string {
  return words[said.code](said.facts);
}

/** Of the 100 characters of a message, those that the longest word for its certainty leaves. */
const ROOM = 89;

/** A finding in words, all of them made of its facts: see the fields of `Finding`. */
export interface Saying<Facts> {
  /** @param room how many characters it may have */
  message(facts: Facts, room: number): string;
  details?(facts: Facts): string[];
  advice?(facts: Facts): string[];
  evidence?(facts: Facts): string[];
  missing?(facts: Facts): string[];
}

/** All that is said of a finding. */
export function saidOf<Facts>(saying: Saying<Facts>, facts: Facts, room = ROOM) {
  const { message, details, advice, evidence, missing } = saying;
  return {
    message: message(facts, room),
    details: details?.(facts) ?? [],
    advice: advice?.(facts) ?? [],
    evidence: evidence?.(facts) ?? [],
    missing: missing?.(facts) ?? [],
  };
}

/** "1 edge", "2 edges". */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** "a, b and c"; "a, b and 7 more" where there are more than `limit`. */
export function list(items: readonly string[], limit = 3): string {
  const rest = items.length - limit;
  if (rest > 0) return `${items.slice(0, limit).join(', ')} and ${rest} more`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A list in Chinese: "a、b 和 c"; "a、b 等 9 个" where there are more than `limit`. */
export function listInChinese(items: readonly string[], limit = 3): string {
  if (items.length > limit) return `${items.slice(0, limit).join('、')} 等 ${items.length} 个`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join('、')} 和 ${items.at(-1)}`;
}

/** "1,234,567". */
export const grouped = (value: number): string => value.toLocaleString('en');

/** "89 ms", "2.1 s", "3 min 5 s", "2 h 10 min". */
export function formatDuration(ms: number): string {
  const total = Math.abs(ms);
  if (total < 1000) return `${Math.round(total)} ms`;
  if (total < 60_000) return `${(total / 1000).toFixed(1)} s`;
  const seconds = Math.round(total / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** "+02:00" of minutes east of Greenwich. */
export function zoneName(minutes: number): string {
  const part = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(Math.abs(minutes) / 60)}:${part(Math.abs(minutes) % 60)}`;
}

/** "16 MiB", "1.7 GiB", "512 bytes". */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}

/** At most `limit` characters; the last one is "…" where something was left out. */
export const shorten = (text: string, limit = 80): string => (text.length <= limit ? text : `${text.slice(0, limit - 1)}…`);

/** A name from the file in quotes, on one line: names may have line breaks and thousands of characters. */
export const quoted = (name: string, limit = 80): string => `"${shorten(oneLine(name), limit)}"`;

const SHORTEST_NAME = 8;

/** A name in at most so many characters. */
export type Cut = (limit: number) => string;

/** Words around names. */
type Sentence = (...names: string[]) => string;

/**
 * A sentence that has room in a list of problems: where it would be too long, its names are cut, the longest ones first.
 *
 * @param names those that are cut otherwise than at their end as functions
 * @param sentences where there are several, each says less than the one before it: words are left out before names are cut
 */
export function fitting(names: readonly (string | Cut)[], sentences: Sentence | readonly [Sentence, Sentence], limit = ROOM): string {
  const cuts = names.map((name): Cut => {
    if (typeof name === 'function') return name;
    const line = shorten(oneLine(name), limit);
    return (most) => shorten(line, most);
  });
  const withNames = (sentence: Sentence, most: number): string => sentence(...cuts.map((cut) => cut(most)));
  const [fullest, briefest] = typeof sentences === 'function' ? [sentences, sentences] : sentences;
  const whole = withNames(fullest, limit);
  if (whole.length <= limit) return whole;
  for (let most = limit; ; most--) {
    const text = withNames(briefest, most);
    if (text.length <= limit || most <= SHORTEST_NAME) return shorten(text, limit);
  }
}

const SUBTASK = / \(\d{1,9}\/\d{1,9}\)(?:#\d{1,9})?$/;

/** Between the operators of a task. */
const CHAINED = ' -> ';

/** A thread's name that is cut between operators, else before the number of its subtask, else in its middle: threads of a pool differ at their end. */
export function threadCut(name: string): Cut {
  const subtask = SUBTASK.exec(name.slice(-40))?.[0] ?? '';
  const before = name.slice(0, name.length - subtask.length);
  const task = oneLine(before.length > 400 ? `${before.slice(0, 200)}${before.slice(-200)}` : before);
  return (limit) => {
    const left = limit - subtask.length;
    if (task.length <= left) return `${task}${subtask}`;
    const link = task.lastIndexOf(CHAINED, left - CHAINED.length - 1);
    if (link > 0) return `${task.slice(0, link)}${CHAINED}…${subtask}`;
    if (subtask !== '' && left >= 5) return `${shorten(task, left)}${subtask}`;
    const tail = Math.floor(limit / 3);
    return `${shorten(task, limit - tail)}${task.slice(task.length - tail)}`;
  };
}

/** A name that is cut so that what stands in `[from, to)` stays. */
function cutAround(name: string, from: number, to: number, limit: number): string {
  if (name.length <= limit) return name;
  if (to < limit) return shorten(name, limit);
  const start = Math.max(1, Math.min(from, to - limit + 2));
  return shorten(`…${name.slice(start)}`, limit);
}

/** The part of a name, as `[from, to)`, behind what it begins with as the other and before what it ends with as the other. */
function difference(name: string, other: string): [number, number] {
  const shorter = Math.min(name.length, other.length);
  let from = 0;
  while (from < shorter && name[from] === other[from]) from++;
  let same = 0;
  while (same < shorter - from && name.at(-1 - same) === other.at(-1 - same)) same++;
  return [from, Math.max(name.length - same, from + 1)];
}

/** Names of threads that stand in one sentence: where two would be cut to the same text, what tells them apart stays. */
export function threadCuts(names: readonly string[]): Cut[] {
  const cuts = names.map((name) => ({ name, cut: threadCut(name) }));
  return cuts.map(({ name, cut }) => (limit) => {
    const text = cut(limit);
    const twin = cuts.find((other) => other.name !== name && other.cut(limit) === text)?.name;
    return twin === undefined ? text : cutAround(oneLine(name), ...difference(oneLine(name), oneLine(twin)), limit);
  });
}

/** A text of which the end stays when it is cut. */
export const endingCut =
  (text: string): Cut =>
  (limit) =>
    text.length <= limit ? text : `…${text.slice(text.length - limit + 1)}`;

/** So much of a class has to be left to tell something. */
const SHORTEST_CLASS = 6;

/** "Client.call" of "Client.call (Client.java:12)". */
export const bare = (place: string): string => (place.endsWith(')') && place.includes(' (') ? place.slice(0, place.indexOf(' (')) : place);

/** Where in the name of a class a name begins that can stand for it: "A$C$1" and "C$1" of "com.acme.A$C$1". */
const NESTED = /[.$](?=[A-Za-z])/g;
/** Where a word of a name ends: before a capital behind a small letter, or one that begins the next word. */
const WORD_END = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=_)/g;

/** A name that is cut behind one of its words; within the first one where that alone is too long. */
function cutByWords(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const end = [...name.matchAll(WORD_END)].findLast(({ index }) => index < limit && index >= SHORTEST_CLASS - 1)?.index ?? limit - 1;
  return `${name.slice(0, end)}…`;
}

/**
 * "Class.method" in fewer characters, never from within a name: without the outer classes, "RateStore.refresh" of
 * "RatesJob$RateStore.refresh"; else behind a word of the class, "CuratorZookeeper….block"; else of the method.
 */
export const placeCut = (place: string): Cut => {
  const dot = place.lastIndexOf('.');
  const className = place.slice(0, dot);
  const method = place.slice(dot);
  const nested = [0, ...[...className.matchAll(NESTED)].map(({ index }) => index + 1)].map((from) => className.slice(from));
  const innermost = nested.at(-1) ?? className;
  return (limit) => {
    const room = limit - method.length;
    const fits = nested.find((name) => name.length <= room);
    if (fits !== undefined) return `${fits}${method}`;
    return room < SHORTEST_CLASS ? cutByWords(`${innermost}${method}`, limit) : `${cutByWords(innermost, room)}${method}`;
  };
};

/** The name of a thread in quotes; where it has to be cut, the number of its subtask stays. */
export const quotedThread = (name: string, limit = 80): string => `"${threadCut(name)(limit)}"`;

/** The first letter as at the beginning of a sentence; a name with packages keeps its own. */
export const capital = (text: string): string => (QUALIFIED.test(text) ? text : text.slice(0, 1).toUpperCase() + text.slice(1));

/** A name with packages, or an option, is written as it is: "java.lang.OutOfMemoryError". */
const QUALIFIED = /^[a-z][\w-]{0,60}(?:\.[\w$-]{2,200}){2}/;

/** A text that stands for itself in a regular expression. */
export const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * Text from a file on one line of Markdown: it may hold anything, and nothing in it may act. Characters that act only in
 * some places are left alone in the others, so that the text stays readable where nobody renders it: brackets around no
 * link, an underscore within a word, a dash that begins no list, an ampersand that begins no entity. An address that would
 * be a link as it stands is code. What our own words put behind a text never begins with a bracket.
 */
export function escapeMarkdown(text: string): string {
  const line = oneLine(visible(text));
  const links = bracketsOfLinks(line);
  let escaped = '';
  let from = 0;
  // Code that begins beside a backtick would be other code.
  if (line.includes('`')) return escapedPart(line, 0, line.length, links);
  for (const { 0: address, index } of line.matchAll(ADDRESS)) {
    escaped += `${escapedPart(line, from, index, links)}\`${address}\``;
    from = index + address.length;
  }
  return escaped + escapedPart(line, from, line.length, links);
}

/** What readers of Markdown make a link of by themselves, without what ends a sentence. */
const ADDRESS = /(?<!\\)\b(?:https?|ftp):\/\/[\w/?%=&#,:;.@+!$'~*-]{0,2000}[\w/%=&#+$~-]/gi;

/** The part of a line from one place to another. */
function escapedPart(line: string, from: number, to: number, links: ReadonlySet<number>): string {
  let escaped = '';
  /** Underscores beside each other act together: by what stands before the first of them. */
  let emphasis = false;
  for (let at = from; at < to; at++) {
    if (line[at] === '_' && line[at - 1] !== '_') emphasis = !WORD.test(line[at - 1] ?? '');
    escaped += links.has(at) || (line[at] === '_' ? emphasis : acts(line, at)) ? `\\${line[at]}` : line[at];
  }
  return escaped;
}

/** Brackets that may be taken for those of a link, an image or the definition of one: with what follows, or without a partner. */
function bracketsOfLinks(line: string): ReadonlySet<number> {
  const found = new Set<number>();
  const open: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '[') open.push(at);
    if (line[at] !== ']') continue;
    const partner = open.pop();
    const next = line[at + 1];
    // What begins a line and has a colon behind it defines a link; the colon may be one of our words.
    const defines = (next === undefined || next === ':') && line.slice(0, partner).trim() === '';
    if (partner !== undefined && next !== '(' && next !== '[' && !defines) continue;
    found.add(at);
    if (partner !== undefined) found.add(partner);
  }
  for (const at of open) found.add(at);
  return found;
}

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;

/** Whether a character other than brackets and underscores does something in Markdown where it stands. */
function acts(line: string, at: number): boolean {
  const before = line[at - 1] ?? '';
  const next = line[at + 1] ?? '';
  switch (line[at]) {
    case '`':
    case '*':
    case '|':
    case '~':
      return true;
    case '\\':
      return next === '' || PUNCTUATION.test(next);
    case '<':
      return next === '' || /[a-z/!?]/i.test(next);
    case '(':
      return before === ']';
    case '&':
      return /^#?\w{1,32};/.test(line.slice(at + 1, at + 35));
    // What would be a link as it stands; other schemes are none to any reader of Markdown.
    case ':':
      return line.startsWith('//', at + 1) && /(?:https?|ftp)$/i.test(line.slice(Math.max(0, at - 5), at));
    // A place of whatever protocol the page has.
    case '/':
      return next === '/' && before !== ':' && before !== '/';
    case '.':
      return /\bwww$/i.test(line.slice(Math.max(0, at - 4), at)) || beginsList(line, at);
    case '@':
      return /^[\w.-]*\w\.\w/.test(line.slice(at + 1, at + 300));
    case ')':
      return beginsList(line, at);
    case '>':
    case '#':
    case '+':
    case '-':
      return at === 0 && /[\s#>]/.test(next);
    default:
      return false;
  }
}

/** The mark behind the number of an item of a list, which has at most nine digits. */
const beginsList = (line: string, at: number): boolean => at < 10 && /\s/.test(line[at + 1] ?? '') && /^\d+$/.test(line.slice(0, at));

/** Text from a file as code in Markdown. */
export function markdownCode(text: string): string {
  const line = oneLine(visible(text));
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/**
 * Sentences one after the other: behind a full stop of Chinese stands no blank, unless the sentence is set in bold: Markdown
 * ends that only before a blank then.
 */
export const sentences = (all: readonly string[]): string =>
  all.reduce((before, one) => (before === '' || /[。！？；：]$/.test(before) ? `${before}${one}` : `${before} ${one}`), '');

export const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');
