// Messages, by their beginnings and by phrases in them.
import { same } from './bytes';
import { KNOWN, KNOWN_SIZE, PHRASE_SIZE, PHRASES } from './memory';

/** How many beginnings stand at KNOWN, and phrases at PHRASES. */
export let known: i32 = 0;
export let phrases: i32 = 0;

/** Does a message begin as one of those of which enough are known? Counts it. */
export function isKnown(start: i32, end: i32): bool {
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

export function holdsPhrase(start: i32, end: i32): bool {
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
