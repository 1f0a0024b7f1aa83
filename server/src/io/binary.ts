/** Zeros that are not those of UTF-16 stand in no text. The beginning of a file is enough. */
export function isBinary(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 8192);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < end; at++) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  return even + odd > 8 && Math.min(even, odd) > Math.max(even, odd) / 4;
}
