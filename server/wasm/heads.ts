// Lines, and the heads that begin a record.
import { BLANK, CLOSE, DASH, NEWLINE, OPEN } from './bytes';
import { SHAPE } from './memory';

/** Length of the timestamp with what stands before it. */
export let stampEnd: i32 = 0;
/** Place of the level in a line; -1 where it stands behind the name of the thread in brackets. */
export let levelAt: i32 = 0;

/** Names of threads are not longer. */
const MAX_THREAD_LENGTH: i32 = 300;

/** The next line feed; `end` when there is none. */
export function newline(start: i32, end: i32): i32 {
  const wanted = i8x16.splat(NEWLINE);
  for (let at = start; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), wanted));
    if (found !== 0) return min(at + ctz(found), end);
  }
  return end;
}

/** Where the level of a record stands whose line begins at `start`; 0 for lines that begin no record. */
export function headLevel(start: i32, end: i32): i32 {
  if (end - start < stampEnd + 5 || !isStamp(start)) return 0;
  if (levelAt !== -1) return levelOf(start + levelAt) !== -1 && start + levelAt + 4 <= end ? start + levelAt : 0;
  // "[thread] LEVEL": names of threads may hold brackets too.
  const farthest = min(end, start + stampEnd + MAX_THREAD_LENGTH);
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
export function levelOf(at: i32): i32 {
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

/** Most punctuation continues a record, and so do a capitalised word and more than three blanks. The other side looks closer. */
export function mayBeHead(start: i32, end: i32): bool {
  let blanks = 0;
  while (blanks < 3 && start + blanks < end && load<u8>(start + blanks) === BLANK) blanks++;
  const first = load<u8>(start + blanks);
  if (blanks > 0) return end - start >= 12 && first >= 48 && first <= 57;
  if (end - start < 12 || first < 48 || (first > 57 && first < 65)) return false;
  const second = load<u8>(start + 1);
  if (first === OPEN) return second !== BLANK;
  return first > 90 || first <= 57 || (second >= 65 && second <= 90);
}

/** Between logger and message stand blanks, at most an empty context, and a dash; -1 for anything else. */
export function messageStart(loggerEnd: i32, end: i32): i32 {
  let at = loggerEnd;
  while (at < end && load<u8>(at) === BLANK) at++;
  if (at + 1 < end && load<u8>(at) === OPEN && load<u8>(at + 1) === CLOSE) at += 2;
  while (at < end && load<u8>(at) === BLANK) at++;
  return at + 1 < end && load<u8>(at) === DASH && load<u8>(at + 1) === BLANK ? at + 2 : -1;
}
