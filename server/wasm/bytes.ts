export const NEWLINE: u8 = 10;
export const BLANK: u8 = 32;
export const DASH: u8 = 45;
export const OPEN: u8 = 91;
export const CLOSE: u8 = 93;

/** Are two stretches equal? Sixteen bytes at a time. */
export function same(one: i32, other: i32, length: i32): bool {
  for (let at = 0; at < length; at += 16) {
    const differ = i8x16.bitmask(i8x16.ne(v128.load(one + at), v128.load(other + at)));
    const left = length - at;
    if ((left >= 16 ? differ : differ & ((1 << left) - 1)) !== 0) return false;
  }
  return true;
}
