// The first pass over a big log, in AssemblyScript: cuts lines and records, and drops those that the analysis has no use for,
// sixteen bytes at a time. "npm run scanner" compiles it into server/src/core/log/streaming/scannerCode.ts.
// It knows nothing of logs but the shape it is told; server/src/core/log/streaming/scanner.ts is its other side.
import { BLANK, CLOSE, less, NEWLINE, OPEN } from './bytes';
import { headLevel, levelOf, mayBeHead, messageStart, newline, stampEnd } from './heads';
import { loggerEnd, loggerOf } from './loggers';
import { BEFORE, ITEM_SIZE, ITEMS, LATEST, LEVELS, MARK_STEP, MARKS } from './memory';
import { holdsPhrase, isKnown } from './messages';

export { levelAt, stampEnd } from './heads';
export {
  CHUNK,
  HEADROOM,
  ITEM_SIZE,
  ITEMS,
  KNOWN,
  KNOWN_SIZE,
  LEVELS,
  MARKS,
  MAX_KNOWN,
  MAX_PHRASES,
  PAGES,
  PHRASE_SIZE,
  PHRASES,
  ROOM,
  SHAPE,
} from './memory';
export { known, phrases } from './messages';

/** Does a line of another shape begin a record all the same? */
declare function otherHead(start: i32, end: i32): bool;

// What it is told: behind the level stands a logger; only marks and counts are wanted; every record is wanted.
export let hasLogger: bool = false;
export let indexOnly: bool = false;
export let everything: bool = false;

// What it tells: counts, the line that the next chunk begins with, and how many records were cut.
export let records: i32 = 0;
export let items: i32 = 0;
export let marks: i32 = 0;
export let line: i32 = 0;
export let truncated: i32 = 0;
/** Where the last record of the shape begins that the last scan met; 0 when there was none. */
export let lastHead: i32 = 0;

/** The next chunk begins within a record that was cut: nothing counts up to the next one. */
let skipping: bool = false;
/** The next chunk begins within a line. */
let within: bool = false;
/** Of the record at hand. */
let logger: i32 = -1;
let message: i32 = -1;
/** Where the last record of the shape before it begins; 0: there was none. */
export let before: i32 = 0;
/** The record before it is not of the shape. */
let afterOther: bool = false;

/** In place of a logger: nothing is wanted of the record but its time. */
const ONLY_TIME: i32 = -2;

/** Values of `mode`. */
const MORE: i32 = 0;
const LAST: i32 = 2;
const INFO: i32 = 2;
/** The interest in a logger: the lowest bits of its value. */
const INTEREST: i32 = 3;
const PLAIN: i32 = 0;
const FOREIGN: i32 = 2;

/**
 * Reads the lines from one address to another and leaves ITEMS and MARKS. `mode`: more follows (0), the same but what is
 * there has to be used (1), nothing follows (2). Answers with the address up to which bytes were used.
 */
export function scan(from: i32, to: i32, mode: i32): i32 {
  items = 0;
  marks = 0;
  lastHead = 0;
  if (before !== 0) {
    memory.copy(BEFORE, LATEST, 64);
    before = BEFORE;
  }
  const used = cut(from, to, mode);
  if (before !== 0) memory.copy(LATEST, before, 64);
  return used;
}

/** Cuts what `scan` was given into records. */
function cut(from: i32, to: i32, mode: i32): i32 {
  let at = from;
  let now = line;
  if (within) {
    at = newline(from, to) + 1;
    if (at > to) return to;
    within = false;
    now++;
  }
  // The record at hand, or what stands before the first one.
  let start = at;
  let startLine = now;
  let level = 0;
  let open = false;
  while (at < to) {
    const end = newline(at, to);
    if (end === to && mode === MORE) break;
    const place = headLevel(at, end);
    if (place !== 0 || (mayBeHead(at, end) && otherHead(at, end))) {
      if (open) record(start, at - 1, startLine, now - startLine, level);
      else loose(start, at - 1, startLine, now - startLine);
      skipping = false;
      open = true;
      start = at;
      startLine = now;
      level = place;
      if (place !== 0) lastHead = at;
    }
    at = end + 1;
    now++;
  }
  at = min(at, to);
  if (mode === MORE) {
    line = skipping ? now : startLine;
    return skipping ? at : start;
  }
  const ended = at > from && load<u8>(at - 1) === NEWLINE;
  const last = ended ? at - 1 : at;
  if (open) record(start, last, startLine, now - startLine, level);
  else loose(start, last, startLine, now - startLine);
  line = ended || at === from ? now : now - 1;
  if (mode === LAST) return to;
  if (!skipping) truncated++;
  skipping = true;
  within = !ended;
  return at;
}

/** Text before the first record. */
function loose(start: i32, end: i32, first: i32, lines: i32): void {
  if (lines > 0 && !skipping && !indexOnly && end > start) item(start, end, first, lines, -1, 0);
}

/** A whole record; `level`: where its level stands, 0 where only the slow test has recognised it. */
function record(start: i32, end: i32, first: i32, lines: i32, level: i32): void {
  if (records++ % MARK_STEP === 0) {
    const mark = MARKS + marks++ * 8;
    store<i32>(mark, start);
    store<i32>(mark, first, 4);
  }
  if (indexOnly) return;
  logger = -1;
  message = -1;
  if (level === 0) {
    afterOther = true;
    item(start, end, first, lines, level, before);
    return;
  }
  const which = levelOf(level);
  store<u32>(LEVELS + which * 4, load<u32>(LEVELS + which * 4) + 1);
  const back = before !== 0 && less(start, before, stampEnd);
  const stepped = back || afterOther;
  const asked = wanted(which, level, end) || lines !== 1 || everything;
  if (!asked) logger = ONLY_TIME;
  if (asked || stepped) item(start, end, first, lines, level, back ? before : 0);
  before = start;
  afterOther = false;
}

/**
 * Start, end, first line, number of lines, place of the level (-1: text before the first record), logger, message, number, and
 * where the record before begins whose time is to be compared.
 */
function item(start: i32, end: i32, first: i32, lines: i32, level: i32, earlier: i32): void {
  const at = ITEMS + items++ * ITEM_SIZE;
  store<i32>(at, start);
  store<i32>(at, end, 4);
  store<i32>(at, first, 8);
  store<i32>(at, lines, 12);
  store<i32>(at, level, 16);
  store<i32>(at, logger, 20);
  store<i32>(at, message, 24);
  store<i32>(at, records - 1, 28);
  store<i32>(at, earlier, 32);
}

/** May a record of a single line hold something that the analysis wants? Leaves `logger` and `message`. */
function wanted(which: i32, level: i32, end: i32): bool {
  if (which < INFO && !everything) return false;
  if (!hasLogger) return true;
  let start = level + (which === 2 || which === 3 ? 4 : 5);
  while (start < end && (load<u8>(start) === BLANK || load<u8>(start) === CLOSE || load<u8>(start) === OPEN)) start++;
  const stop = loggerEnd(start, end);
  const value = loggerOf(start, stop);
  logger = value >> 2;
  message = messageStart(stop, end);
  const interest = value & INTEREST;
  if (interest === FOREIGN) return which > INFO && holdsPhrase(stop, end);
  if (which > INFO) return true;
  if (interest === PLAIN) return false;
  return message === -1 || !isKnown(message, end);
}
