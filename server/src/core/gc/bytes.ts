/**
 * GC logs are read as bytes: from a file as they are, from a text in memory as its characters (all that matters is ASCII).
 * That is several times quicker than asking a string for its characters. Offsets are those of the source either way.
 */
export type Bytes = Uint8Array;

/** Readers may look this far beyond the end of a line without asking. */
export const PADDING = 64;

export function ascii(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function startsAt(bytes: Bytes, at: number, words: Bytes): boolean {
  for (let index = 0; index < words.length; index++) if (bytes[at + index] !== words[index]) return false;
  return true;
}

/** Text of a range; what is not ASCII comes out as it would in Latin 1. */
export function textOf(bytes: Bytes, start: number, end: number): string {
  return end <= start ? '' : String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 4000)));
}

/** Shorter texts are copied by hand. */
const SHORT = 64;

interface Encoder {
  encodeInto(text: string, into: Bytes): { read: number; written: number };
}
/** Of Node and of browsers alike; not a part of the language. */
const encoder = (globalThis as { TextEncoder?: new () => Encoder }).TextEncoder;

/** Puts a part of a text into `into`, one byte for each UTF-16 unit. */
export function copyText(text: string, start: number, end: number, into: Bytes): void {
  if (encoder !== undefined && end - start > SHORT) {
    const { read, written } = new encoder().encodeInto(text.slice(start, end), into);
    // A byte for each unit: it was plain ASCII.
    if (read === end - start && written === read) return;
  }
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    into[at - start] = code < 256 ? code : 0x3f;
  }
}

export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 0x30 && code <= 0x39;
}

/** Digits, and the point or (in some locales) comma between them. */
export function isNumeric(code: number | undefined): boolean {
  return code !== undefined && ((code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2c);
}

/** The number in a range that holds nothing else; point or comma. */
export function numberIn(bytes: Bytes, start: number, end: number): number {
  let digits = 0;
  let scale = 0;
  for (let at = start; at < end; at++) {
    const code = bytes[at] as number;
    if (code === 0x2e || code === 0x2c) scale = 1;
    else {
      digits = digits * 10 + code - 0x30;
      scale *= 10;
    }
  }
  return scale > 1 ? digits / scale : digits;
}

/** KiB in a unit; NaN for a letter that is none. */
function kibIn(unit: number | undefined): number {
  switch (unit) {
    case 0x4b:
      return 1;
    case 0x4d:
      return 1024;
    case 0x47:
      return 1024 * 1024;
    case 0x42:
      return 1 / 1024;
    case 0x54:
      return 1024 * 1024 * 1024;
    default:
      return Number.NaN;
  }
}

/** KiB of the size that begins at an offset: "11M"; NaN when there is none. */
export function sizeAt(bytes: Bytes, at: number): number {
  let end = at;
  while (isNumeric(bytes[end])) end++;
  return end === at ? Number.NaN : numberIn(bytes, at, end) * kibIn(bytes[end]);
}

/** Where the number of the size begins whose unit stands at `unit`: that of "24M" in "… 24M->11M". */
export function numberStart(bytes: Bytes, unit: number, least: number): number {
  let start = unit;
  while (start > least && isNumeric(bytes[start - 1])) start--;
  return start;
}

/** KiB of the size whose unit stands at `unit`; NaN when there is none. */
export function sizeEnding(bytes: Bytes, unit: number, least: number): number {
  const start = numberStart(bytes, unit, least);
  return start === unit ? Number.NaN : numberIn(bytes, start, unit) * kibIn(bytes[unit]);
}
