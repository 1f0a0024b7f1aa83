import { type Head, type Layout, matchLayout } from './layouts.ts';
import { LEVELS, type Level } from './model.ts';
import { parseStamp } from './time.ts';

/**
 * The header of a layout as bytes at fixed places, learnt from the first records of a file:
 * a timestamp of fixed shape at the line's start, and the level behind it. Recognising a record takes a few
 * comparisons instead of a regular expression. Null for layouts that have no such shape.
 */
export interface FastHead {
  layout: Layout;
  /** Places of the timestamp that are compared: digits, and the exact byte of anything else. */
  at: Uint8Array;
  /** 0 stands for "a digit". */
  byte: Uint8Array;
  stampStart: number;
  stampEnd: number;
  level: number;
  /** Longest place that has to be there for a line to be a record. */
  length: number;
}

const SAMPLE = 200;

export function learnFastHead(lines: readonly string[], layout: Layout): FastHead | null {
  if (layout.generic === true) return null;
  let shape: FastHead | null = null;
  let seen = 0;
  for (const line of lines) {
    if (seen >= SAMPLE) break;
    const match = layout.pattern.exec(line);
    const stamp = match?.groups?.ts;
    const level = match?.groups?.level;
    if (stamp === undefined || level === undefined) continue;
    const start = line.indexOf(stamp);
    // Only a bracket or nothing may stand before the time.
    if (start > 1) return null;
    const levelAt = line.indexOf(level, start + stamp.length);
    if (levelAt > 60) return null;
    seen++;
    if (shape === null) shape = shapeOf(line, layout, start, start + stamp.length, levelAt);
    // Varying fractions or a thread name before the level: no fixed place.
    else if (shape.stampEnd !== start + stamp.length || shape.level !== levelAt) return null;
  }
  return seen >= 1 ? shape : null;
}

function shapeOf(line: string, layout: Layout, stampStart: number, stampEnd: number, level: number): FastHead {
  const at: number[] = [];
  const byte: number[] = [];
  for (let index = 0; index < stampEnd; index++) {
    const code = line.charCodeAt(index);
    const digit = code >= 48 && code <= 57;
    // One digit of every group and all the rest: enough to tell a time from anything else.
    if (digit && index > 0 && line.charCodeAt(index - 1) >= 48 && line.charCodeAt(index - 1) <= 57) continue;
    at.push(index);
    byte.push(digit ? 0 : code);
  }
  return { layout, at: Uint8Array.from(at), byte: Uint8Array.from(byte), stampStart, stampEnd, level, length: level + 4 };
}

/** Index into LEVELS of the level at a place; -1 when there is none. */
export function levelAt(bytes: Uint8Array, at: number): number {
  const level = levelByLetters(bytes[at], bytes[at + 3]);
  if (level === -1) return -1;
  // Nothing that is a letter or digit may follow the word: "INFO2022" is a damaged line.
  const after = bytes[at + (level === 2 || level === 3 ? 4 : 5)] ?? 32;
  return after < 48 || after === 93 || after === 124 ? level : -1;
}

/** First and fourth letter tell the levels apart. */
function levelByLetters(first: number | undefined, fourth: number | undefined): number {
  switch (first) {
    case 73: // INFO
      return fourth === 79 ? 2 : -1;
    case 87: // WARN
      return fourth === 78 ? 3 : -1;
    case 68: // DEBUG
      return fourth === 85 ? 1 : -1;
    case 69: // ERROR
      return fourth === 79 ? 4 : -1;
    case 84: // TRACE
      return fourth === 67 ? 0 : -1;
    case 70: // FATAL
      return fourth === 65 ? 5 : -1;
    default:
      return -1;
  }
}

/** The head of a line that the fast test has accepted; falls back to the layout's pattern for anything unusual. */
export function readFastHead(fast: FastHead, line: string): Head | null {
  if (fast.layout.id !== 'flink-log4j') return matchLayout(fast.layout, line);
  let at = fast.level + 4;
  while (line.charCodeAt(at) > 64) at++;
  const level = line.slice(fast.level, at);
  while (line.charCodeAt(at) === 32) at++;
  const loggerStart = at;
  while (line.charCodeAt(at) > 32) at++;
  const logger = line.slice(loggerStart, at);
  // Between logger and dash stand blanks and at most an empty context.
  const dash = line.indexOf('- ', at);
  const before = line.charCodeAt(dash - 2);
  const plain =
    dash > at && line.charCodeAt(dash - 1) === 32 && (before === 32 || dash - 2 < at || (before === 93 && line.charCodeAt(dash - 3) === 91));
  const known = LEVELS.indexOf(level as Level);
  if (known === -1 || !plain || dash - at > 120) return matchLayout(fast.layout, line);
  return {
    stamp: parseStamp(line.slice(fast.stampStart, fast.stampEnd)),
    level: LEVELS[known] as Level,
    logger,
    thread: null,
    context: null,
    message: dash + 2,
  };
}
