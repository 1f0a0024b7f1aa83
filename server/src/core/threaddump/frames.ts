import type { Source } from '../unwrap/source.ts';
import { indexWithin } from '../unwrap/within.ts';
import type { Dialect, Frame } from './model.ts';

const SPACE = 32;
const TAB = 9;
const DASH = 45;

/** Reads the frame lines of one thread's block. Lines that are no frames are passed over. */
export function parseFrames(source: Source, from: number, to: number, dialect: Dialect, most = Number.POSITIVE_INFINITY): Frame[] {
  const { text } = source;
  const frames: Frame[] = [];
  for (let start = from; start < to && frames.length < most; ) {
    let end = text.indexOf('\n', start);
    if (end === -1 || end > to) end = to;
    const frame = frameLine(source, start, trimEnd(text, start, end), dialect);
    if (frame !== null) frames.push(frame);
    start = end + 1;
  }
  return frames;
}

/**
 * `at [loader/][module[@version]/]class.method([module@version/]File.java:12)`; HotSpot puts the module inside the
 * parentheses, StackTraceElement.toString before the class, javacore and JRockit write slashes and signatures.
 */
function frameLine(source: Source, lineStart: number, end: number, dialect: Dialect): Frame | null {
  const { text } = source;
  let at = lineStart;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) === DASH && indexWithin(text, ' @bci=', at, end) !== -1) {
    const frame = agentFrame(source, at, end);
    if (frame !== null) return frame;
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
  // dump_to_file of JDK 21 to 23 prints no "at".
  if (text.startsWith('at ', at)) at += 3;
  else if (dialect !== 'dump-to-file-text' || text.charCodeAt(at) === DASH) return null;
  while (at < end && text.charCodeAt(at) === SPACE) at++;
  return frameAt(source, at, end);
}

/** A frame without its "at": what StackTraceElement.toString prints. */
export function frameAt(source: Source, at: number, end: number): Frame | null {
  const { text } = source;
  const close = text.lastIndexOf(')', end - 1);
  let open = close < at ? -1 : text.lastIndexOf('(', close);
  // javacore nests parentheses: (Thread.java:815(Compiled Code))
  if (open > at && text.charCodeAt(close - 1) === 41) open = text.lastIndexOf('(', open - 1);
  if (open < at) return null;
  let nameEnd = open;
  while (nameEnd > at && text.charCodeAt(nameEnd - 1) === SPACE) nameEnd--;
  let name = text.slice(at, nameEnd);
  // JRockit and MAT put the signature between the method and the place: wait(J)V(Native Method)
  const signature = name.indexOf('(');
  if (signature !== -1) name = name.slice(0, signature);
  let place = text.slice(open + 1, close);

  let module: string | null = null;
  const inside = place.lastIndexOf('/');
  if (inside !== -1 && /^[\w.$@+-]+$/.test(place.slice(0, inside))) {
    module = place.slice(0, inside);
    place = place.slice(inside + 1);
  }
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name.includes(' ') || name.includes('\t')) return null;
  let className = name.slice(0, dot);
  if (className.includes('/')) {
    const prefix = PREFIX.exec(className);
    if (prefix !== null && !prefix[0].includes('$$Lambda')) {
      module = prefix[2] ?? prefix[1] ?? prefix[3] ?? null;
      className = className.slice(prefix[0].length);
    } else if (module === null && !className.includes('.') && !className.includes('$$Lambda')) {
      className = className.replaceAll('/', '.');
    }
  }
  const compiled = place.indexOf('(');
  if (compiled !== -1) place = place.slice(0, compiled);
  const colon = place.lastIndexOf(':');
  const number = colon === -1 ? Number.NaN : Number(place.slice(colon + 1));
  const known = place !== 'Native Method' && place !== 'Unknown Source' && place !== '<generated>' && place !== '';
  return {
    span: source.span(at, close + 1),
    className,
    method: name.slice(dot + 1),
    file: known ? (Number.isNaN(number) ? place : place.slice(0, colon)) : null,
    line: Number.isNaN(number) ? null : number,
    native: place === 'Native Method',
    module: module === '' ? null : module,
  };
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
