// Loggers, each asked for once.
import { BLANK, CLOSE, same } from './bytes';
import { MAX_SLOTS, NAMES, NAMES_END, SLOTS } from './memory';

/** What a logger that is met for the first time is worth: an index times four, plus its interest. */
declare function newLogger(start: i32, end: i32): i32;

let namesTop: i32 = NAMES;

/** A logger ends at a blank or a bracket. */
export function loggerEnd(start: i32, end: i32): i32 {
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
export function loggerOf(start: i32, end: i32): i32 {
  const length = end - start;
  let slot = hashOf(start, length) & (MAX_SLOTS - 1);
  for (let probes = 0; probes < MAX_SLOTS; probes++) {
    const entry = load<i32>(SLOTS + slot * 4);
    if (entry === 0) break;
    if (load<i32>(entry, 4) === length && same(entry + 8, start, length)) return load<i32>(entry);
    slot = (slot + 1) & (MAX_SLOTS - 1);
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
  if (length < 16) {
    let hash = length;
    for (let at = 0; at < length; at++) hash = hash * 31 + load<u8>(start + at);
    return hash ^ (hash >>> 10);
  }
  const end = start + length;
  const hash = (load<u64>(end - 8) * 0x9e37_79b1) ^ (load<u64>(end - 16) * 0x85eb_ca77);
  return ((hash ^ (hash >>> 32)) as i32) ^ length;
}
