// The first pass over a big log, in AssemblyScript: cuts lines and records, and drops those that the analysis has no use
// for, sixteen bytes at a time. "npm run scanner" compiles it into server/src/core/log/scannerCode.ts.
// It knows nothing of logs but the shape it is told; server/src/core/log/scanner.ts is its other side.

/** Does a line of another shape begin a record all the same? */
declare function otherHead(start: i32, end: i32): bool;
/** What a logger that is met for the first time is worth: see `Interest`. */
declare function newLogger(start: i32, end: i32): i32;

// ---------------------------------------------------------------- memory, in bytes
/** Of the timestamp: `flip`, `mask` and `room` of 64 bytes each; see `isStamp`. */
export const SHAPE: i32 = 1024;
/** Number of records by level, u32 each, in the order TRACE to FATAL. */
export const LEVELS: i32 = 2048;
/** Beginnings of messages of which enough are known, and how many more there were: length, count, bytes. */
export const KNOWN: i32 = 4096;
export const KNOWN_SIZE: i32 = 128;
export const MOST_KNOWN: i32 = 96;
/** Phrases that make a record of a foreign logger wanted: length, bytes. */
export const PHRASES: i32 = 16_384;
export const PHRASE_SIZE: i32 = 64;
export const MOST_PHRASES: i32 = 16;
/** Loggers by hash: addresses of what stands in NAMES. */
const SLOTS: i32 = 17_408;
const MOST_SLOTS: i32 = 1024;
/** Loggers: value, length, bytes. */
const NAMES: i32 = 21_504;
const NAMES_END: i32 = 126_976;
/** Start and line of every 64th record. */
export const MARKS: i32 = 126_976;
const MARK_STEP: i32 = 64;
/** Records that are wanted: see `record`. */
export const ITEMS: i32 = 196_608;
export const ITEM_SIZE: i32 = 32;
/** Bytes of the file are read to here, or to as many bytes before as were left from the chunk before. */
export const CHUNK: i32 = 1 << 20;
export const HEADROOM: i32 = 4 << 20;
/** No head is shorter than ten bytes. */
const MOST_ITEMS: i32 = CHUNK / 10;
/** Two chunks take turns: one is scanned while the other is filled. */
export const FIRST: i32 = ITEMS + MOST_ITEMS * ITEM_SIZE + HEADROOM;
export const SECOND: i32 = FIRST + CHUNK + HEADROOM;
/** Words are read beyond the end of a chunk. */
export const PAGES: i32 = (SECOND + CHUNK + 65_536) / 65_536;

// ---------------------------------------------------------------- what it is told
/** Length of the timestamp with what stands before it. */
export let stampEnd: i32 = 0;
/** Place of the level in a line; -1 where it stands behind the name of the thread in brackets. */
export let levelAt: i32 = 0;
/** Behind the level stands a logger. */
export let hasLogger: bool = false;
/** Only marks and counts are wanted. */
export let indexOnly: bool = false;
/** Every record is wanted. */
export let everything: bool = false;
export let known: i32 = 0;
export let phrases: i32 = 0;

// ---------------------------------------------------------------- what it tells
export let records: i32 = 0;
export let items: i32 = 0;
export let marks: i32 = 0;
/** Line that the next chunk begins with. */
export let line: i32 = 0;
/** Records that were cut. */
export let truncated: i32 = 0;

// ---------------------------------------------------------------- its state
/** The next chunk begins within a record that was cut: nothing counts up to the next one. */
let skipping: bool = false;
/** The next chunk begins within a line. */
let within: bool = false;
let namesTop: i32 = NAMES;
/** Of the record at hand. */
let logger: i32 = -1;
let message: i32 = -1;

const MORE: i32 = 0;
const LAST: i32 = 2;
const INFO: i32 = 2;
/** Values of `newLogger` are an index times four, plus one of these. */
const PLAIN: i32 = 0;
const FOREIGN: i32 = 2;
const INTEREST: i32 = 3;

const NEWLINE: u8 = 10;
const BLANK: u8 = 32;
const DASH: u8 = 45;
const OPEN: u8 = 91;
const CLOSE: u8 = 93;
/** Names of threads are not longer. */
const LONGEST_THREAD: i32 = 300;

/**
 * Reads the lines from one address to another and leaves ITEMS and MARKS. `mode`: more follows (0), the same but what is
 * there has to be used (1), nothing follows (2). Answers with the address up to which bytes were used.
 */
export function scan(from: i32, to: i32, mode: i32): i32 {
  items = 0;
  marks = 0;
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
      else before(start, at - 1, startLine, now - startLine);
      skipping = false;
      open = true;
      start = at;
      startLine = now;
      level = place;
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
  else before(start, last, startLine, now - startLine);
  line = ended || at === from ? now : now - 1;
  if (mode === LAST) return to;
  if (!skipping) truncated++;
  skipping = true;
  within = !ended;
  return at;
}

/** Text before the first record. */
function before(start: i32, end: i32, first: i32, lines: i32): void {
  if (lines > 0 && !skipping && !indexOnly && end > start) item(start, end, first, lines, -1);
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
  if (level !== 0) {
    const which = levelOf(level);
    store<u32>(LEVELS + which * 4, load<u32>(LEVELS + which * 4) + 1);
    if (!wanted(which, level, end) && lines === 1 && !everything) return;
  }
  item(start, end, first, lines, level);
}

/** Start, end, first line, number of lines, place of the level (-1: text before the first record), logger, message, number. */
function item(start: i32, end: i32, first: i32, lines: i32, level: i32): void {
  const at = ITEMS + items++ * ITEM_SIZE;
  store<i32>(at, start);
  store<i32>(at, end, 4);
  store<i32>(at, first, 8);
  store<i32>(at, lines, 12);
  store<i32>(at, level, 16);
  store<i32>(at, logger, 20);
  store<i32>(at, message, 24);
  store<i32>(at, records - 1, 28);
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

// ---------------------------------------------------------------- lines and heads

/** The next line feed; `end` when there is none. */
function newline(start: i32, end: i32): i32 {
  const wanted = i8x16.splat(NEWLINE);
  for (let at = start; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}

/** Where the level of a record stands whose line begins at `start`; 0 for lines that begin no record. */
function headLevel(start: i32, end: i32): i32 {
  if (end - start < stampEnd + 5 || !isStamp(start)) return 0;
  if (levelAt !== -1) return levelOf(start + levelAt) !== -1 && start + levelAt + 4 <= end ? start + levelAt : 0;
  // "[thread] LEVEL": names of threads may hold brackets too.
  const farthest = min(end, start + stampEnd + LONGEST_THREAD);
  for (let at = start + stampEnd; at < farthest; at++) {
    if (load<u8>(at) !== CLOSE || load<u8>(at + 1) !== BLANK) continue;
    let place = at + 2;
    while (place < end && load<u8>(place) === BLANK) place++;
    if (place + 4 <= end && levelOf(place) !== -1) return place;
  }
  return 0;
}

/**
 * Compares up to 64 bytes with the shape of the timestamp. `mask`: what is compared. `flip` turns what is wanted into
 * zero, and a digit into its value. `room` is what can be added before the highest bit is set: 0x76 lets the values of
 * digits pass, 0x7f only zero.
 */
function isStamp(start: i32): bool {
  for (let at = 0; at < stampEnd; at += 16) {
    const left = v128.xor(v128.and(v128.load(start + at), v128.load(SHAPE + 64 + at)), v128.load(SHAPE + at));
    if (i8x16.bitmask(v128.or(left, i8x16.add(left, v128.load(SHAPE + 128 + at)))) !== 0) return false;
  }
  return true;
}

/** Index of the level at a place, TRACE being 0; -1 when there is none. */
function levelOf(at: i32): i32 {
  let level = -1;
  let length = 5;
  switch (load<u32>(at)) {
    case 0x4341_5254: // TRAC
      level = 0;
      break;
    case 0x5542_4544: // DEBU
      level = 1;
      break;
    case 0x4f46_4e49: // INFO
      level = 2;
      length = 4;
      break;
    case 0x4e52_4157: // WARN
      level = 3;
      length = 4;
      break;
    case 0x4f52_5245: // ERRO
      level = 4;
      break;
    case 0x4154_4146: // FATA
      level = 5;
      break;
    default:
      return -1;
  }
  // Nothing that is a letter or digit may follow the word: "INFO2022" is a damaged line.
  const after = load<u8>(at + length);
  return after < 48 || after === CLOSE || after === 124 ? level : -1;
}

/** Blanks and most punctuation continue a record, and so does a capitalised word. The other side looks closer. */
function mayBeHead(start: i32, end: i32): bool {
  const first = load<u8>(start);
  if (end - start < 12 || first < 48 || (first > 57 && first < 65)) return false;
  const second = load<u8>(start + 1);
  if (first === OPEN) return second !== BLANK;
  return first > 90 || first <= 57 || (second >= 65 && second <= 90);
}

/** Between logger and message stand blanks, at most an empty context, and a dash; -1 for anything else. */
function messageStart(loggerEnd: i32, end: i32): i32 {
  let at = loggerEnd;
  while (at < end && load<u8>(at) === BLANK) at++;
  if (at + 1 < end && load<u8>(at) === OPEN && load<u8>(at + 1) === CLOSE) at += 2;
  while (at < end && load<u8>(at) === BLANK) at++;
  return at + 1 < end && load<u8>(at) === DASH && load<u8>(at + 1) === BLANK ? at + 2 : -1;
}

// ---------------------------------------------------------------- loggers

/** A logger ends at a blank or a bracket. */
function loggerEnd(start: i32, end: i32): i32 {
  const blank = i8x16.splat(BLANK + 1);
  const close = i8x16.splat(CLOSE);
  for (let at = start; at < end; at += 16) {
    const bytes = v128.load(at);
    const found = i8x16.bitmask(v128.or(i8x16.lt_u(bytes, blank), i8x16.eq(bytes, close)));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}

/** The value of a logger, remembered by its bytes. */
function loggerOf(start: i32, end: i32): i32 {
  const length = end - start;
  let slot = hashOf(start, length) & (MOST_SLOTS - 1);
  for (let probes = 0; probes < MOST_SLOTS; probes++) {
    const entry = load<i32>(SLOTS + slot * 4);
    if (entry === 0) break;
    if (load<i32>(entry, 4) === length && same(entry + 8, start, length)) return load<i32>(entry);
    slot = (slot + 1) & (MOST_SLOTS - 1);
  }
  const value = newLogger(start, end);
  if (namesTop + length + 24 < NAMES_END && load<i32>(SLOTS + slot * 4) === 0) {
    store<i32>(SLOTS + slot * 4, namesTop);
    store<i32>(namesTop, value);
    store<i32>(namesTop, length, 4);
    memory.copy(namesTop + 8, start, length);
    namesTop = (namesTop + 8 + length + 7) & ~7;
  }
  return value;
}

/** Length and last letters tell a logger from most others. */
function hashOf(start: i32, length: i32): i32 {
  let hash = length;
  for (let at = max(0, length - 16); at < length; at++) hash = hash * 31 + load<u8>(start + at);
  return hash ^ (hash >>> 10);
}

function same(one: i32, other: i32, length: i32): bool {
  for (let at = 0; at < length; at += 16) {
    const differ = i8x16.bitmask(i8x16.ne(v128.load(one + at), v128.load(other + at)));
    const left = length - at;
    if ((left >= 16 ? differ : differ & ((1 << left) - 1)) !== 0) return false;
  }
  return true;
}

// ---------------------------------------------------------------- messages

/** Does a message begin as one of those of which enough are known? Counts it. */
function isKnown(start: i32, end: i32): bool {
  const first = load<u32>(start);
  for (let entry = KNOWN; entry < KNOWN + known * KNOWN_SIZE; entry += KNOWN_SIZE) {
    if (load<u32>(entry, 8) !== first) continue;
    const length = load<i32>(entry);
    if (start + length > end || !same(entry + 8, start, length)) continue;
    store<u32>(entry, load<u32>(entry, 4) + 1, 4);
    return true;
  }
  return false;
}

function holdsPhrase(start: i32, end: i32): bool {
  for (let entry = PHRASES; entry < PHRASES + phrases * PHRASE_SIZE; entry += PHRASE_SIZE) {
    const length = load<i32>(entry);
    const first = i8x16.splat(load<u8>(entry, 4));
    const second = i8x16.splat(load<u8>(entry, 5));
    for (let at = start; at + length <= end; at += 16) {
      let found = i8x16.bitmask(v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at, 1), second)));
      for (; found !== 0; found &= found - 1) {
        const place = at + ctz(found);
        if (place + length <= end && same(entry + 4, place, length)) return true;
      }
    }
  }
  return false;
}
