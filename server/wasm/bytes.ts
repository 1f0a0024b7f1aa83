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

/** Does one stretch come before another of the same length, byte by byte? Sixteen at a time. */
export function less(one: i32, other: i32, length: i32): bool {
  for (let at = 0; at < length; at += 16) {
    const left = length - at;
    let differ = i8x16.bitmask(i8x16.ne(v128.load(one + at), v128.load(other + at)));
    if (left < 16) differ &= (1 << left) - 1;
    if (differ !== 0) return load<u8>(one + at + ctz(differ)) < load<u8>(other + at + ctz(differ));
  }
  return false;
}
