import { detached } from '../text.ts';
import type { Source } from '../unwrap/source.ts';
import { indexWithin } from '../unwrap/within.ts';
import type { Dialect, Frame } from './model.ts';

const SPACE = 32;
const OPEN = 40;
const TAB = 9;
const DASH = 45;
const LOWER_A = 97;
const LOWER_T = 116;
const CLOSE = 41;

/** Reads the frame lines of one thread's block. Lines that are no frames are passed over. */
export function parseFrames(source: Source, from: number, to: number, dialect: Dialect, most = Number.POSITIVE_INFINITY): Frame[] {
  return eachLine(source.text, from, to, most, (start, end) => frameLine(source, start, end, dialect, frameAt, agentFrame));
}

/** The same for {@link Thread.methods}. */
export function parseMethods(source: Source, from: number, to: number, dialect: Dialect): string[] {
  const { text } = source;
  return eachLine(
    text,
    from,
    to,
    Number.POSITIVE_INFINITY,
    (start, end) => knownMethod(text, start, end) ?? frameLine(source, start, end, dialect, methodAt, agentMethod),
  );
}

/** "package.Class.method", as questions about frames go. */
export const methodOf = ({ className, method }: Pick<Frame, 'className' | 'method'>): string => `${className}.${method}`;

function eachLine<T>(text: string, from: number, to: number, most: number, read: (start: number, end: number) => T | null): T[] {
  const found: T[] = [];
  for (let start = from; start < to && found.length < most; ) {
    let end = text.indexOf('\n', start);
    if (end === -1 || end > to) end = to;
    const one = read(start, trimEnd(text, start, end));
    if (one !== null) found.push(one);
    start = end + 1;
  }
  // A list that has grown has room for half as much again.
  return found.slice();
}

type Read<T> = (source: Source, at: number, end: number) => T | null;

/**
 * `at [loader/][module[@version]/]class.method([module@version/]File.java:12)`; HotSpot puts the module inside the
 * parentheses, StackTraceElement.toString before the class, javacore and JRockit write slashes and signatures.
 */
function frameLine<T>(source: Source, lineStart: number, end: number, dialect: Dialect, read: Read<T>, readAgent: Read<T>): T | null {
  const { text } = source;
  let at = lineStart;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) !== LOWER_A) {
    if (text.charCodeAt(at) === DASH && indexWithin(text, ' @bci=', at, end) !== -1) {
      const found = readAgent(source, at, end);
      if (found !== null) return found;
    }
    // A lock line that the JVM printed without a line end has the next line glued to it.
    if (text.startsWith('- eliminated', at)) {
      const glued = indexWithin(text, 'at ', at, end);
      if (glued === -1 || !isBlank(text.charCodeAt(glued - 1))) return null;
      at = glued;
    }
    // javacore: 4XESTACKTRACE at …
    if (text.startsWith('4XESTACKTRACE', at)) {
      at += 13;
      while (at < end && isBlank(text.charCodeAt(at))) at++;
    }
  }
  // dump_to_file of JDK 21 to 23 prints no "at".
  if (text.startsWith('at ', at)) at += 3;
  else if (dialect !== 'dump-to-file-text' || text.charCodeAt(at) === DASH) return null;
  while (at < end && text.charCodeAt(at) === SPACE) at++;
  return read(source, at, end);
}

/** A frame without its "at": what StackTraceElement.toString prints. */
export function frameAt(source: Source, at: number, end: number): Frame | null {
  const { text } = source;
  const close = lastIn(text, CLOSE, at, end);
  const open = bracketOf(text, at, close);
  if (open < at) return null;
  const called = calledAt(text, at, open, close);
  if (called === null) return null;
  const inside = moduleEnd(text, open, close);
  let place = text.slice(Math.max(open, inside) + 1, close);
  const compiled = place.indexOf('(');
  if (compiled !== -1) place = place.slice(0, compiled);
  const colon = place.lastIndexOf(':');
  const number = colon === -1 ? Number.NaN : Number(place.slice(colon + 1));
  const known = place !== 'Native Method' && place !== 'Unknown Source' && place !== '<generated>' && place !== '';
  const module = called.module ?? (inside === -1 ? null : text.slice(open + 1, inside));
  return {
    span: source.span(at, close + 1),
    className: called.className,
    method: called.method,
    file: known ? (Number.isNaN(number) ? place : place.slice(0, colon)) : null,
    line: Number.isNaN(number) ? null : number,
    native: place === 'Native Method',
    module: module === '' ? null : module,
  };
}

function methodAt({ text }: Source, at: number, end: number): string | null {
  const close = lastIn(text, CLOSE, at, end);
  const open = bracketOf(text, at, close);
  return open < at ? null : (calledAt(text, at, open, close)?.whole ?? null);
}

/** Where the place of a frame begins that ends at `close`; before `at` where there is none. */
function bracketOf(text: string, at: number, close: number): number {
  const open = lastIn(text, OPEN, at, close);
  // javacore nests parentheses: (Thread.java:815(Compiled Code))
  return open > at && text.charCodeAt(close - 1) === CLOSE ? lastIn(text, OPEN, at, open) : open;
}

/** Where the character stands last before `end`; -1 where it does not from `at` on. A search in the whole text would go back over all lines that lack it. */
function lastIn(text: string, character: number, at: number, end: number): number {
  for (let i = end - 1; i >= at; i--) if (text.charCodeAt(i) === character) return i;
  return -1;
}

/** Where between the brackets the slash behind a module stands; -1: there is none. */
function moduleEnd(text: string, open: number, close: number): number {
  const place = text.slice(open + 1, close);
  const slash = place.lastIndexOf('/');
  return slash !== -1 && /^[\w.$@+-]+$/.test(place.slice(0, slash)) ? open + 1 + slash : -1;
}

/** What stands before the place of a frame. */
interface Called {
  className: string;
  method: string;
  /** Null: none stands there. */
  module: string | null;
  /** {@link methodOf} */
  whole: string;
  /** It is read so wherever it stands. */
  plain: boolean;
}

/**
 * What was read before, in all files: a dump has the same few thousand over and over, and one string for all of them is found in
 * tables at once. What has slashes is read otherwise where a module stands in its place; then a bracket stands behind it here.
 */
const CALLED = new Map<string, Called>();
const MAX_CALLED = 20_000;
/** No compiler writes longer names; one that somebody made is not kept. */
const MAX_NAME = 500;

/** Of a line as HotSpot prints nearly all of them: the method, where it was read before. Null: it has to be read. */
function knownMethod(text: string, start: number, end: number): string | null {
  const isCall =
    text.charCodeAt(start) === TAB &&
    text.charCodeAt(start + 1) === LOWER_A &&
    text.charCodeAt(start + 2) === LOWER_T &&
    text.charCodeAt(start + 3) === SPACE &&
    text.charCodeAt(end - 1) === CLOSE;
  if (!isCall) return null;
  const line = text.slice(start, end);
  const known = CALLED.get(line.slice(4, Math.max(4, line.indexOf('('))));
  return known?.plain === true ? known.whole : null;
}

function calledAt(text: string, at: number, open: number, close: number): Called | null {
  let end = open;
  while (end > at && text.charCodeAt(end - 1) === SPACE) end--;
  const name = text.slice(at, end);
  const plain = CALLED.get(name);
  if (plain?.plain === true) return plain;
  const own = detached(name);
  const inModule = own.includes('/') && moduleEnd(text, open, close) !== -1;
  const key = inModule ? `${own}(` : own;
  const known = CALLED.get(key);
  if (known !== undefined) return known;
  const read = called(own, inModule);
  if (read === null || own.length > MAX_NAME) return read;
  if (CALLED.size >= MAX_CALLED) CALLED.clear();
  CALLED.set(key, read);
  return read;
}

function called(before: string, inModule: boolean): Called | null {
  // JRockit and MAT put the signature between the method and the place: wait(J)V(Native Method)
  const signature = before.indexOf('(');
  const name = signature === -1 ? before : before.slice(0, signature);
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.includes(' ') || name.includes('\t')) return null;
  let module: string | null = null;
  let className = name.slice(0, dot);
  if (className.includes('/')) {
    const prefix = PREFIX.exec(className);
    if (prefix !== null && !prefix[0].includes('$$Lambda')) {
      module = prefix[2] ?? prefix[1] ?? prefix[3] ?? null;
      className = className.slice(prefix[0].length);
    } else if (!inModule && !className.includes('.') && !className.includes('$$Lambda')) {
      className = className.replaceAll('/', '.');
    }
  }
  const method = name.slice(dot + 1);
  return { className, method, module, whole: methodOf({ className, method }), plain: !before.includes('/') };
}

/** `- a.B.m(java.lang.Object, long) @bci=0, line=5 (Compiled frame; …)` as jstack -F prints it. */
function agentFrame(source: Source, dash: number, end: number): Frame | null {
  const match = AGENT_FRAME.exec(source.text.slice(dash, end));
  if (match === null) return null;
  return {
    span: source.span(dash + 2, end),
    className: match[1] as string,
    method: match[2] as string,
    file: null,
    line: match[3] === undefined ? null : Number(match[3]),
    native: false,
    module: null,
  };
}

function agentMethod(source: Source, dash: number, end: number): string | null {
  const frame = agentFrame(source, dash, end);
  return frame === null ? null : methodOf(frame);
}

const AGENT_FRAME = /^- ([\w.$/<>+]+)\.([\w$<>]+)\([^)]*\)(?: @bci=-?\d+)?(?:, line=(\d+))?/;

/**
 * Class loader and module that StackTraceElement.toString prints before the class: `app//`, `java.base@17.0.15/`. A class without
 * a package is told from the last part of one with slashes only by the two of a loader.
 */
const PREFIX = /^(?:([\w.$@+-]*)\/)?(?:([\w.$-]+(?:@[^/]*)?)?\/)(?=[\w$]+\.)|^([\w.$@+-]+)\/\/(?=[\w$]+(?:\/|$))/;

function trimEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && text.charCodeAt(trimmed - 1) <= SPACE) trimmed--;
  return trimmed;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === 0xa0;
}
