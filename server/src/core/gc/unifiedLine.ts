import { type Bytes, isDigit, numberIn, numberStart, sizeAt, sizeEnding } from './bytes.ts';
import type { Draft } from './draft.ts';

/** Parts of a line of unified logging. */

const OPEN = 0x5b;
const CLOSE = 0x5d;
const SPACE = 0x20;
const MAX_DECORATIONS = 12;

/** The offset behind the decorations "[…][…] ", of the line itself where there are none, or -1. */
export function contentStart(bytes: Bytes, start: number, end: number): number {
  let at = start;
  for (let n = 0; bytes[at] === OPEN && n < MAX_DECORATIONS; n++) {
    let close = at + 1;
    while (close < end && bytes[close] !== CLOSE) close++;
    if (close >= end) return -1;
    at = close + 1;
  }
  if (at === start) return at;
  return bytes[at] === SPACE ? at + 1 : -1;
}

/** Where the number of "… 4.250ms" begins; -1 when the line does not end in one. */
export function durationStart(bytes: Bytes, from: number, stop: number): number {
  if (bytes[stop - 1] !== 0x73 || bytes[stop - 2] !== 0x6d) return -1;
  const start = numberStart(bytes, stop - 2, from);
  return start < stop - 2 && bytes[start - 1] === SPACE ? start : -1;
}

/** Java 9 printed beginning and end as well: "… 24M->11M(256M) (0.123s, 0.126s) 3.456ms". */
export function withoutTimes(bytes: Bytes, from: number, end: number): number {
  if (bytes[end - 1] !== 0x29 || bytes[end - 2] !== 0x73) return end;
  let at = end - 1;
  while (at > from && bytes[at] !== 0x28) at--;
  return isDigit(bytes[at + 1]) ? at - 1 : end;
}

/** Reads "24M->11M(256M)" or "24M(5%)->11M(4%)" right before `end`, and tells where what is before it ends. */
export function sizesBefore(bytes: Bytes, from: number, end: number, draft: Draft): number {
  let arrow = end - 1;
  while (arrow > from && bytes[arrow] !== 0x3e) {
    if (bytes[arrow] === SPACE) return end;
    arrow--;
  }
  if (arrow <= from || bytes[arrow - 1] !== 0x2d) return end;
  let unit = arrow - 2;
  if (bytes[unit] === 0x29) {
    while (unit > from && bytes[unit] !== 0x28) unit--;
    unit--;
  }
  const before = sizeEnding(bytes, unit, from);
  const after = sizeAt(bytes, arrow + 1);
  if (Number.isNaN(before) || Number.isNaN(after)) return end;
  draft.before = before;
  draft.after = after;
  let open = arrow + 1;
  while (open < end && bytes[open] !== 0x28) open++;
  if (open < end) draft.capacity = sizeAt(bytes, open + 1);
  return numberStart(bytes, unit, from) - 1;
}

export function wholeAt(bytes: Bytes, at: number): number {
  let end = at;
  while (isDigit(bytes[end])) end++;
  return end === at ? Number.NaN : numberIn(bytes, at, end);
}
