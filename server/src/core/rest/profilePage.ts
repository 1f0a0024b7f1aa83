import type { Span } from '../../../../common/span.ts';
import type { Source } from '../unwrap/source.ts';
import { NO_SUBJECT } from './model/document.ts';
import type { FlameNode, ProfileDocument } from './model/load.ts';

/** So much of a page is looked at; its calls begin some 10 kB behind its beginning. */
const HEAD = 64 * 1024;
/** Calls of a page that are read, and of those the ones with most samples that are kept. */
const MAX_CALLS = 1_000_000;
const MAX_KEPT = 20_000;
/** What is below is counted where it is cut. */
const DEEPEST = 400;
const MAX_NAME = 1000;
const MAX_NAMES = 200_000;
/** Characters of a line: a call has a name and some numbers. */
const MAX_LINE = 20_000;

const BEGINNING = /^[\s\uFEFF]*<!DOCTYPE html>/i;

/**
 * The page that async-profiler draws a flame graph with, and its converters; it is what Flink's profiler gives
 * (ProfilingService, 1.19+, async-profiler 2.9). Its calls are in the script of the page, a line each.
 */
export function isProfilePage(text: string): boolean {
  if (!BEGINNING.test(text)) return false;
  const head = text.slice(0, HEAD);
  return head.includes('async-profiler') && head.includes('levels = Array(');
}

interface Call {
  level: number;
  /** Samples in it and below. */
  width: number;
  name: string;
  what: FlameNode['what'];
  /** Of its line. */
  at: number;
}

/** Reads such a page; a line that is none of its own is passed over. Nothing of it is run. */
export function profilePage(source: Source): ProfileDocument {
  const { text } = source;
  const title = /<h1>([^<\n]{0,200})<\/h1>/.exec(text.slice(0, HEAD))?.[1]?.trim() ?? '';
  const event = EVENTS.find(([pattern]) => pattern.test(title))?.[1] ?? null;
  const { calls, left } = new PageReader(text, event === 'allocations' || event === 'locks').read();
  const span = source.span(0, Math.min(text.length, 200));
  const tree = treeOf(calls, (at) => source.span(at, lineEnd(text, at)));
  return {
    type: 'profile',
    span,
    path: null,
    subject: NO_SUBJECT,
    title,
    event,
    reversed: /\b(?:reverse|inverted) = true;/.test(text.slice(0, HEAD)),
    root: tree.root,
    left: left + tree.left,
  };
}

const EVENTS: readonly [RegExp, ProfileDocument['event']][] = [
  [/wall/i, 'wall'],
  [/alloc/i, 'allocations'],
  [/lock/i, 'locks'],
  [/cpu|itimer/i, 'cpu'],
];

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Goes through the lines of the script, in the older form and in the packed one of 3.0. */
class PageReader {
  readonly #text: string;
  /** Names with dots and no slashes are those of classes: what was allocated, or what was waited for. */
  readonly #classes: boolean;
  readonly #names: string[] = [];
  readonly #calls: Call[] = [];
  #left = 0;
  /** Of the last call: the packed form says what differs. */
  #level = 0;
  #width = 0;

  constructor(text: string, classes: boolean) {
    this.#text = text;
    this.#classes = classes;
  }

  read(): { calls: Call[]; left: number } {
    const text = this.#text;
    let inNames = false;
    for (let at = text.indexOf('levels = Array('); at !== -1 && at < text.length; at = lineEnd(text, at) + 1) {
      const first = text.charCodeAt(at);
      if (first === QUOTE && inNames) this.#name(at);
      else if (text.startsWith('const cpool', at)) inNames = true;
      else if (text.startsWith(']', at)) inNames = false;
      else if (text.charCodeAt(at + 1) === OPEN && (first === F || first === U || first === N)) this.#call(first, at);
    }
    return { calls: this.#calls, left: this.#left };
  }

  /** A name without what it has in common with the one before: how much that is says its first character, from a blank on. */
  #name(at: number): void {
    if (this.#names.length >= MAX_NAMES) return;
    const found = this.#quoted(at);
    const before = this.#names.at(-1);
    const own = found === null ? '' : found.value;
    const whole = before === undefined ? own : before.slice(0, Math.max(0, own.charCodeAt(0) - BLANK) || 0) + own.slice(1);
    this.#names.push(whole.slice(0, MAX_NAME));
  }

  #call(kind: number, at: number): void {
    if (this.#calls.length >= MAX_CALLS) {
      this.#left++;
      return;
    }
    const given = this.#arguments(at + 2);
    if (given === null) return;
    const number = (index: number): number => Number(given[index] ?? 0) || 0;
    const title = given[4];
    if (typeof title === 'string') {
      // f(level, left, width, type, 'title', …), up to 2.9
      if (kind === F) this.#push(number(0), number(2), number(3), title, at);
      return;
    }
    const key = number(0);
    const name = this.#names[Math.floor(key / 8)];
    if (name === undefined) return;
    // f(key, level, left, width, …); u(key, width, …) is what the last one called, n what stands beside it
    const level = kind === F ? number(1) : kind === U ? this.#level + 1 : this.#level;
    const width = number(kind === F ? 3 : 1) || this.#width;
    this.#push(level, width, key % 8, name, at);
  }

  #push(level: number, width: number, type: number, raw: string, at: number): void {
    this.#level = level;
    this.#width = width;
    const { name, what } = named(raw, type, this.#classes);
    this.#calls.push({ level, width, name, what, at });
  }

  /** Numbers and texts up to the bracket; null for what is no call. */
  #arguments(from: number): (number | string)[] | null {
    const text = this.#text;
    const found: (number | string)[] = [];
    const stop = Math.min(text.length, from + MAX_LINE);
    for (let at = from; at < stop && found.length < 10; ) {
      const first = text.charCodeAt(at);
      if (first === QUOTE) {
        const quoted = this.#quoted(at);
        if (quoted === null) return null;
        found.push(quoted.value);
        at = quoted.end;
      } else {
        let value = 0;
        for (let digit = text.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - ZERO) value = value * 10 + digit;
        found.push(Math.min(value, Number.MAX_SAFE_INTEGER));
      }
      const next = text.charCodeAt(at++);
      if (next === CLOSE) return found;
      if (next !== COMMA) return null;
    }
    return null;
  }

  /** A text in quotes on one line; behind a backslash anything is itself. */
  #quoted(from: number): { value: string; end: number } | null {
    const text = this.#text;
    const stop = Math.min(text.length, from + MAX_LINE);
    let value = '';
    let start = from + 1;
    for (let at = start; at < stop; at++) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) return null;
      if (code === QUOTE) return { value: value + text.slice(start, at), end: at + 1 };
      if (code !== BACKSLASH) continue;
      value += text.slice(start, at);
      start = ++at;
    }
    return null;
  }
}

const LINE_FEED = 0x0a;
const BLANK = 0x20;
const QUOTE = 0x27;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const F = 0x66;
const N = 0x6e;
const U = 0x75;

/** Frames of C++, of the kernel and of other native code: these numbers in all versions. */
const NATIVE: ReadonlySet<number> = new Set([3, 4, 5]);
/** "com/acme/Job.map", also with its signature; with dots where the profiler was told so. */
const METHOD = /^[\p{L}_$][\p{L}\p{N}_$./+<>-]*\.(?:[\p{L}_$][\p{L}\p{N}_$]*|<(?:cl)?init>)(?:\(|$)/u;
const CLASS = /^[\p{L}_$][\p{L}\p{N}_$./+-]*(?:\[\])*$/u;
/** The number of a hidden class, which is no package of it. */
const HIDDEN = /\.(0x[0-9a-f]{1,16})(?=\.)/;
/** How a frame was compiled, where it stands in the name. */
const SUFFIX = /_\[[jik01]\]$/;

function named(raw: string, type: number, classes: boolean): { name: string; what: FlameNode['what'] } {
  const name = raw.slice(0, MAX_NAME).replace(SUFFIX, '');
  const slash = name.indexOf('/');
  if (classes && slash === -1 && !name.includes('::') && CLASS.test(name) && (name.includes('.') || name.endsWith('[]')))
    return { name, what: 'class' };
  if (!METHOD.test(name) || (NATIVE.has(type) && slash === -1)) return { name, what: 'native' };
  const [method = ''] = name.split('(', 1);
  return { name: method.replaceAll('/', '.').replace(HIDDEN, '/$1') + name.slice(method.length), what: undefined };
}

/** The calls stand in the order of the tree. Where there are too many, those with the fewest samples are counted in the call above. */
function treeOf(calls: readonly Call[], spanOf: (at: number) => Span): { root: FlameNode | null; left: number } {
  const [first] = calls;
  if (first === undefined) return { root: null, left: 0 };
  const least = calls.length <= MAX_KEPT ? 0 : (calls.map(({ width }) => width).sort((a, b) => b - a)[MAX_KEPT] as number);
  // Of those with as many, the first ones: what a call is called from stands before it, and has no fewer.
  let equal = least === 0 ? 0 : MAX_KEPT - calls.filter(({ width }) => width > least).length;
  const node = ({ name, width, what, at }: Call): FlameNode => ({ name, value: width, children: [], span: spanOf(at), ...(what && { what }) });
  const root = node(first);
  const nodes: FlameNode[] = [root];
  const open: FlameNode[] = [root];
  let left = 0;
  for (const call of calls.slice(1)) {
    const above = call.level < 1 || call.level > DEEPEST ? undefined : open[call.level - 1];
    open.length = Math.min(open.length, Math.max(1, call.level));
    if (above === undefined || call.width < least || (call.width === least && equal-- <= 0)) {
      left++;
      continue;
    }
    const made = node(call);
    above.children.push(made);
    open.push(made);
    nodes.push(made);
  }
  for (const one of nodes) one.children.sort((a, b) => b.value - a.value);
  return { root, left };
}
