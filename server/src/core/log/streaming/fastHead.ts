import { findHead, type Head, type Layout, matchLayout } from '../layouts.ts';
import { LEVELS, type Level } from '../model.ts';
import { parseStamp } from '../time.ts';
import { MAX_STAMP_LENGTH, type ScannedItem, type Scanner } from './scanner.ts';

/**
 * How the records of one file begin, learnt from its first ones: a timestamp of fixed shape at the line's start and
 * the level behind it, so that the scanner can recognise them. What the scanner finds further on counts only where
 * it agrees with the layout's pattern on all samples.
 */
export interface FastHead {
  layout: Layout;
  stampStart: number;
  stampEnd: number;
  /** The thread stands in brackets between time and level. */
  threadFirst: boolean;
  /** The scanner finds logger, message and thread, so that the whole head can be read without the pattern. */
  whole: boolean;
}

const SAMPLE = 200;
/** A level that always stands in the same place stands near. */
const FARTHEST_LEVEL = 60;
const MAX_LINE_LENGTH = 4000;

/** Tells the scanner the shape of a file's heads; null for layouts whose heads have none. `scratch`: an address with room for a line. */
export function learnFastHead(scanner: Scanner, scratch: number, lines: readonly string[], layout: Layout): FastHead | null {
  if (layout.generic === true) return null;
  let fast: FastHead | null = null;
  let seen = 0;
  let [loggers, messages, threads] = [true, true, true];
  scanner.set('everything', true);
  scanner.set('hasLogger', true);
  for (const line of lines) {
    if (seen >= SAMPLE) break;
    const groups = findHead(layout, line)?.groups;
    if (groups?.ts === undefined || groups.level === undefined) continue;
    fast ??= shapeOf(scanner, line, layout, groups);
    const item = fast === null ? null : probe(scanner, scratch, line);
    if (fast === null || item === null) return null;
    const head = matchLayout(layout, line) as Head;
    if (levelOf(line, item.level) !== head.level) return null;
    seen++;
    loggers &&= scanner.loggers[item.logger] === head.logger;
    messages &&= item.message === -1 || item.message === head.message;
    threads &&= threadOf(fast, line, item.level) === head.thread;
  }
  scanner.set('everything', false);
  scanner.set('hasLogger', loggers && messages);
  scanner.reset();
  return fast === null ? null : { ...fast, whole: loggers && messages && threads };
}

function shapeOf(
  scanner: Scanner,
  line: string,
  layout: Layout,
  { ts = '', level = '', thread }: Record<string, string | undefined>,
): FastHead | null {
  const stampStart = line.indexOf(ts);
  const stampEnd = stampStart + ts.length;
  const levelStart = line.indexOf(level, stampEnd);
  const threadFirst = thread !== undefined && line.indexOf(`[${thread}]`) < levelStart;
  // Only a bracket or nothing may stand before the time.
  if (stampStart > 1 || stampEnd > MAX_STAMP_LENGTH || (!threadFirst && levelStart > FARTHEST_LEVEL)) return null;
  scanner.setShape({ stamp: line.slice(0, stampEnd), level: threadFirst ? -1 : levelStart });
  return { layout, stampStart, stampEnd, threadFirst, whole: false };
}

/** A line as the scanner sees it, places counted from its start; null when it begins no record. */
function probe(scanner: Scanner, scratch: number, line: string): ScannedItem | null {
  const length = Math.min(line.length, MAX_LINE_LENGTH);
  for (let at = 0; at < length; at++) scanner.memory[scratch + at] = Math.min(line.charCodeAt(at), 0xff);
  scanner.scan(scratch, scratch + length, 'last');
  const item = scanner.get('items') === 1 ? scanner.item(0) : null;
  if (item === null || item.level <= 0) return null;
  return { ...item, level: item.level - scratch, message: item.message === -1 ? -1 : item.message - scratch };
}

function threadOf({ threadFirst, stampEnd }: FastHead, line: string, level: number): string | null {
  return threadFirst ? line.slice(line.indexOf('[', stampEnd) + 1, line.lastIndexOf(']', level)).trim() : null;
}

/** The head of an ASCII line of which the scanner has found all parts; null when it has not. Places count from the line's start. */
export function headOf(fast: FastHead, line: string, logger: string | undefined, level: number, message: number): Head | null {
  if (!fast.whole || logger === undefined || message < 0) return null;
  return {
    stamp: parseStamp(line.slice(fast.stampStart, fast.stampEnd)),
    level: levelOf(line, level),
    logger,
    thread: threadOf(fast, line, level),
    context: null,
    message,
  };
}

/** The scanner has seen that a whole level stands there: the first letter tells which. */
function levelOf(line: string, at: number): Level {
  return LEVELS.find((level) => level.charCodeAt(0) === line.charCodeAt(at)) as Level;
}
