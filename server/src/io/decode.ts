/** A text with the encoding that its bytes were read by. */
export interface Decoded {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/** How many bytes decide about an encoding that nothing announces. */
const SAMPLE = 64 * 1024;

/**
 * Bytes to text: by the byte order mark, else UTF-16 where every other byte is zero (PowerShell's `>` writes it
 * without a mark when it appends), else UTF-8. Bytes that are no UTF-8 are read as Windows-1252, which never fails.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const wide = wideEncoding(bytes);
  if (wide !== null) return utf16(bytes, wide);
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  if (looksLikeUtf8(start)) return { text: new TextDecoder('utf-8').decode(start), encoding: 'utf-8' };
  return { text: new TextDecoder('windows-1252').decode(start), encoding: 'windows-1252' };
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** Whether text begins as UTF-16, with its mark or without. */
export const isUtf16 = (head: Uint8Array): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || wideEncoding(head) !== null;

/** UTF-16 without a mark: mostly ASCII, so that one byte of nearly every pair is zero. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.1) return 'utf-16be';
  return null;
}

/** A few broken bytes (a name in another code page, a cut at the end) leave it UTF-8; many show that it is none. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, SAMPLE);
  let wide = 0;
  let broken = 0;
  for (let at = 0; at < end; ) {
    const byte = bytes[at] as number;
    const more = byte < 0x80 ? 0 : byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : -1;
    if (more === 0) {
      at++;
      continue;
    }
    let count = 1;
    while (count <= more && ((bytes[at + count] ?? 0) & 0xc0) === 0x80) count++;
    if (more === -1 || (count <= more && at + count < end)) broken++;
    else wide++;
    at += Math.max(1, more === -1 ? 1 : count);
  }
  return broken === 0 || wide >= broken;
}
